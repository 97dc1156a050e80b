"""Building the demo centre: one transaction, the real actions, the same result for a seed and a day."""

from __future__ import annotations

import gc
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from random import Random

from django.db import transaction
from django.db.models import Q

from filrouge.base.access.actor import system_actor
from filrouge.base.centres.models import Centre, Counter
from filrouge.claims.models import Claim
from filrouge.claims.queries import STAGES, stage_of, with_stage
from filrouge.council.models import GRANTING, Decision
from filrouge.demo import centre as demo_centre
from filrouge.demo import meetings, population, stories
from filrouge.demo.centre import at
from filrouge.demo.people_names import Registry
from filrouge.demo.timeline import Timeline, working_day_before
from filrouge.people.models import Person

SEED = 1976
"""Year of the organic law of the CPAS."""
FIRST_DAY = date(2026, 3, 16)
"""The stories play under the rules in force since 1 March 2026."""


class DemoRefused(Exception):
    """The demo centre cannot be built here; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What was built."""

    today: date
    files: int
    claims: int
    running_ris: int
    stages: dict[str, int]
    steps: int


def is_loaded() -> bool:
    """Whether the demo centre stands in this database."""
    return Centre.objects.filter(short_name=demo_centre.SHORT_NAME).exists()


def stands_alone() -> bool:
    """Whether this database holds nothing but the demo centre: only then may it be rebuilt."""
    centres = list(Centre.objects.order_by("pk")[:2])
    return not centres or (
        len(centres) == 1 and centres[0].enterprise_number == demo_centre.ENTERPRISE_NUMBER
        and centres[0].short_name == demo_centre.SHORT_NAME
    )  # fmt: skip


@transaction.atomic
def load(today: date, seed: int = SEED, tell: Callable[[int, int], None] | None = None) -> Summary:
    """Build the whole centre as of *today*; *tell* learns how many steps of how many are done.

    Raises ``DemoRefused`` when some centre exists already or *today* is too early.
    """
    if Centre.objects.exists():
        raise DemoRefused(
            "Un centre existe déjà dans cette base : la démonstration veut la sienne."
        )
    if today < FIRST_DAY:
        raise DemoRefused(f"La démonstration se joue au plus tôt le {FIRST_DAY:%d/%m/%Y}.")
    collecting = gc.isenabled()
    gc.disable()
    try:
        return _build(today, seed, tell)
    finally:
        if collecting:
            gc.enable()


def _build(today: date, seed: int, tell: Callable[[int, int], None] | None) -> Summary:
    house = demo_centre.build(today)
    desk = working_day_before(today)
    timeline = Timeline(latest=at(desk, 10, 12))
    system_actor(house.centre, timeline.latest)
    sessions = meetings.calendar(house, desk)
    draw(house, timeline, sessions, today, seed)
    _continue_numbers(house, timeline)
    meetings.write(timeline, sessions, desk)
    total = len(timeline)
    timeline.run(None if tell is None else lambda done: tell(done, total))
    return summary(house.centre, today, total)


def draw(
    house: demo_centre.House,
    timeline: Timeline,
    sessions: meetings.Calendar,
    today: date,
    seed: int,
) -> None:
    """Draw everybody and every step from the seed; nothing is written yet."""
    desk = working_day_before(today)
    chance = Random(seed)  # noqa: S311 - invented people, no secret
    registry = Registry(chance)
    for hat in demo_centre.STAFF:
        registry.taken(hat.first_name, hat.last_name)
    for story in stories.STORIES:
        registry.taken(story.first_name, story.last_name)
    away_from = demo_centre.away_from(today)
    stories.tell_samira(house, timeline, desk, away_from)
    stories.tell_matheo(house, timeline, desk, away_from)
    stories.tell_joelle(house, timeline, sessions, away_from)
    crowd = population.Crowd(house, timeline, sessions, today, desk, chance, registry, away_from)
    population.populate(crowd)


def _continue_numbers(house: demo_centre.House, timeline: Timeline) -> None:
    """File numbers go on from the paper register, so that Samira's file is number 4518."""
    openings = sorted(timeline.openings)
    before = next(
        rank for rank, (_at, _order, who) in enumerate(openings) if who == stories.SAMIRA.full_name
    )
    Counter.objects.create(
        centre=house.centre, series="person", year=0,
        last=stories.SAMIRA_FILE_NUMBER - 1 - before,
    )  # fmt: skip


def summary(centre: Centre, today: date, steps: int = 0) -> Summary:
    """Count what stands in the centre."""
    stages = dict.fromkeys(STAGES, 0)
    for claim in with_stage(Claim.objects.filter(centre=centre)):
        stages[stage_of(claim)] += 1
    return Summary(
        today=today,
        files=Person.objects.filter(centre=centre).count(),
        claims=sum(stages.values()),
        running_ris=running_ris(centre, today),
        stages=stages,
        steps=steps,
    )


def running_ris(centre: Centre, on: date) -> int:
    """People with a granted integration income that runs on a day."""
    granted = Decision.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=on),
        centre=centre, aid="ris", measure__in=GRANTING, starts_on__lte=on,
    )  # fmt: skip
    return granted.values("person_id").distinct().count()
