"""The history of a parameter as a step curve: geometry only, the page draws it.

A value of the law holds until the next one, so nothing is drawn between two points but a step.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from filrouge.law.parameter_printing import figure
from filrouge.law.parameter_store import ParameterValue, Unit

WIDTH, HEIGHT = 760, 300
LEFT, RIGHT, TOP, BOTTOM = 84, 132, 14, 34
LABEL_GAP = 17
TICKS = 4
BY_CATEGORY = ("ris.", "exemption.general", "assets.transfer.abatement")


@dataclass(frozen=True, slots=True)
class Tick:
    at: float
    label: str


@dataclass(frozen=True, slots=True)
class Series:
    """One figure of the parameter through time."""

    rank: int
    label: str
    path: str
    label_y: float
    last: str


@dataclass(frozen=True, slots=True)
class Chart:
    """What the page draws; coordinates are those of the view box."""

    series: tuple[Series, ...]
    across: tuple[Tick, ...]
    up: tuple[Tick, ...]
    mark: float | None
    summary: str
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    top: int = TOP
    bottom: int = HEIGHT - BOTTOM


@dataclass(frozen=True, slots=True)
class Stretch:
    """A value and the days on which it holds; the end is left out."""

    start: date
    end: date
    figures: tuple[int, ...]


def chart(history: Iterable[ParameterValue], on: date) -> Chart | None:
    """The curve of a parameter, with a mark on a date; ``None`` when there is nothing to draw.

    A word, a date or a value that never changed has no curve: the table says it all.
    """
    lines = holding(history)
    if len(lines) < 2 or lines[0].unit.is_text:
        return None
    first = lines[0].valid_from
    last = max(lines[-1].valid_from + timedelta(days=365), on + timedelta(days=180))
    if lines[-1].valid_to:
        last = max(lines[-1].valid_to + timedelta(days=180), lines[-1].valid_from)
    stretches = _stretches(lines, last)
    top = max(max(stretch.figures) for stretch in stretches)
    step = _nice(top, lines[0].unit)
    highest = step * max(1, -(-top // step))
    scale = _Scale(first, last, highest)
    names = [series_label(lines[0].name, rank, lines[0].size) for rank in range(lines[0].size)]
    return Chart(
        series=_series(stretches, scale, names, lines[-1].unit),
        across=_years(scale),
        up=tuple(
            Tick(scale.y(value), _axis(value, lines[0].unit))
            for value in range(0, highest + 1, step)
        ),
        mark=scale.x(on) if first <= on <= last else None,
        summary=_summary(lines),
    )


def holding(history: Iterable[ParameterValue]) -> list[ParameterValue]:
    """The lines that hold: of those that begin the same day, the one known last."""
    return list({line.valid_from: line for line in history}.values())


def series_label(name: str, rank: int, size: int) -> str:
    """What one figure of a table is for; nothing for a single figure."""
    if size == 1:
        return ""
    if name.startswith(BY_CATEGORY):
        return _("catégorie %d") % (rank + 1)
    return _("valeur %d") % (rank + 1)


@dataclass(frozen=True, slots=True)
class _Scale:
    first: date
    last: date
    highest: int

    def x(self, day: date) -> float:
        span = max((self.last - self.first).days, 1)
        return round(LEFT + (WIDTH - LEFT - RIGHT) * (day - self.first).days / span, 1)

    def y(self, value: float) -> float:
        room = HEIGHT - TOP - BOTTOM
        return round(HEIGHT - BOTTOM - room * value / max(self.highest, 1), 1)


def _stretches(lines: list[ParameterValue], last: date) -> list[Stretch]:
    found = []
    for line, following in zip(lines, [*lines[1:], None], strict=True):
        end = following.valid_from if following else last
        if line.valid_to:
            end = min(end, line.valid_to + timedelta(days=1))
        figures = line.value if isinstance(line.value, tuple) else (line.number,)
        found.append(Stretch(line.valid_from, end, figures))
    return found


def _series(
    stretches: list[Stretch], scale: _Scale, names: list[str], unit: Unit
) -> tuple[Series, ...]:
    ends = [scale.y(stretches[-1].figures[rank]) for rank in range(len(names))]
    places = _apart(ends)
    return tuple(
        Series(
            rank=rank + 1,
            label=label,
            path=_path(stretches, rank, scale),
            label_y=places[rank],
            last=_axis(stretches[-1].figures[rank], unit, exact=True),
        )
        for rank, label in enumerate(names)
    )


def _path(stretches: list[Stretch], rank: int, scale: _Scale) -> str:
    parts: list[str] = []
    before: date | None = None
    for stretch in stretches:
        x, y = scale.x(stretch.start), scale.y(stretch.figures[rank])
        parts.append(f"V{y}" if before == stretch.start else f"M{x} {y}")
        parts.append(f"H{scale.x(stretch.end)}")
        before = stretch.end
    return " ".join(parts)


def _apart(wanted: list[float]) -> list[float]:
    """Places for labels near the wanted heights, never over one another."""
    placed: dict[int, float] = {}
    floor = float(HEIGHT)
    for rank in sorted(range(len(wanted)), key=lambda one: -wanted[one]):
        placed[rank] = min(wanted[rank], floor - LABEL_GAP)
        floor = placed[rank]
    return [round(placed[rank] + 4, 1) for rank in range(len(wanted))]


def _years(scale: _Scale) -> tuple[Tick, ...]:
    first, last = scale.first.year + 1, scale.last.year
    every = max(1, -(-(last - first + 1) // 8))
    return tuple(
        Tick(scale.x(date(year, 1, 1)), str(year))
        for year in range(first, last + 1)
        if year % every == 0
    )


def _nice(top: int, unit: Unit) -> int:
    """A round step that gives about four lines; whole euros for money."""
    rough = max(1, top // TICKS)
    size = 1
    while size * 10 <= rough:
        size *= 10
    step = next(size * factor for factor in (1, 2, 5, 10) if size * factor >= rough)
    return max(step, 100) if unit.is_money and top >= 100 else step


def _axis(value: int, unit: Unit, exact: bool = False) -> str:
    if not unit.is_money:
        return figure(value, unit)
    euros, cents = divmod(value, 100)
    grouped = f"{euros:,}".replace(",", "\u202f")
    return f"{grouped},{cents:02d}\u00a0€" if exact or cents else f"{grouped}\u00a0€"


def _summary(lines: list[ParameterValue]) -> str:
    def told(line: ParameterValue) -> str:
        figures = line.value if isinstance(line.value, tuple) else (line.number,)
        return " / ".join(_axis(one, line.unit, exact=True) for one in figures)

    return _("%(count)d valeurs, de %(first)s le %(from)s à %(last)s le %(to)s.") % {
        "count": len(lines),
        "first": told(lines[0]),
        "from": lines[0].valid_from.strftime("%d/%m/%Y"),
        "last": told(lines[-1]),
        "to": lines[-1].valid_from.strftime("%d/%m/%Y"),
    }
