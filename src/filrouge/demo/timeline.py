"""Days and instants: history is written in the order in which it happened."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from filrouge.demo.centre import at
from filrouge.law.terms import is_working_day

Step = Callable[[datetime], object]


def working_day_before(day: date) -> date:
    """The day itself when offices are open, else the last working day before it."""
    while not is_working_day(day):
        day -= timedelta(days=1)
    return day


def working_days_after(day: date, count: int) -> date:
    """The *count*-th working day after a day."""
    for _number in range(count):
        day += timedelta(days=1)
        while not is_working_day(day):
            day += timedelta(days=1)
    return day


def working_days_earlier(day: date, count: int) -> date:
    """The *count*-th working day before a day."""
    for _number in range(count):
        day = working_day_before(day - timedelta(days=1))
    return day


@dataclass(slots=True)
class Timeline:
    """Steps with their instants; those after *latest* have not happened yet and are dropped."""

    latest: datetime
    openings: list[tuple[datetime, int, str]] = field(default_factory=list)
    """When each file is opened, for whom: file numbers follow this order."""
    _steps: list[tuple[datetime, int, Step]] = field(default_factory=list)

    def add(self, moment: datetime, step: Step) -> None:
        """Let *step* happen at *moment*; steps of the same instant keep their order."""
        if moment <= self.latest:
            self._steps.append((moment, len(self._steps), step))

    def open_file(self, moment: datetime, who: str, step: Step) -> None:
        """A step that takes the next file number."""
        if moment <= self.latest:
            self.openings.append((moment, len(self._steps), who))
        self.add(moment, step)

    def on(self, day: date, hour: int, minute: int, step: Step) -> None:
        self.add(at(day, hour, minute), step)

    def __len__(self) -> int:
        return len(self._steps)

    def run(self, tell: Callable[[int], None] | None = None) -> None:
        """Let everything happen, oldest first; *tell* learns how many steps are done."""
        self._steps.sort(key=lambda step: step[:2])
        for done, (moment, _order, step) in enumerate(self._steps, 1):
            step(moment)
            if tell is not None and done % 50 == 0:
                tell(done)
