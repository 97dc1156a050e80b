"""Category of the integration income, proposed from the household on a date (art. 14 § 1).

A proposal only: facts prevail over registers, and the social inquiry decides.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum, StrEnum

from filrouge.law.choices import readings
from filrouge.law.labels import _

ADULT_AGE = 18


class Category(IntEnum):
    """Category of the integration income; the number is the one people use."""

    COHABITANT = 1
    SINGLE = 2
    DEPENDENT_FAMILY = 3

    @property
    def label(self) -> str:
        """Name in French."""
        return _CATEGORY_LABELS[self]

    @property
    def article(self) -> str:
        """Where the law defines it."""
        return f"Loi du 26 mai 2002, art. 14 § 1, {self.value}°"


_CATEGORY_LABELS = {
    Category.COHABITANT: _("cohabitant"),
    Category.SINGLE: _("isolé"),
    Category.DEPENDENT_FAMILY: _("famille à charge"),
}


class Relation(StrEnum):
    """What a member of the household is to the applicant."""

    APPLICANT = "applicant"
    SPOUSE = "spouse"
    EX_SPOUSE = "ex_spouse"
    PARTNER = "partner"
    CHILD = "child"
    PARTNER_CHILD = "partner_child"
    PARENT = "parent"
    GRANDPARENT = "grandparent"
    GRANDCHILD = "grandchild"
    PARENT_IN_LAW = "parent_in_law"
    CHILD_IN_LAW = "child_in_law"
    SIBLING = "sibling"
    OTHER_RELATIVE = "other_relative"
    UNRELATED = "unrelated"

    @property
    def label(self) -> str:
        """Name in French."""
        return _RELATION_LABELS[self]


_RELATION_LABELS = {
    Relation.APPLICANT: _("demandeur"),
    Relation.SPOUSE: _("conjoint"),
    Relation.EX_SPOUSE: _("ex-conjoint"),
    Relation.PARTNER: _("partenaire"),
    Relation.CHILD: _("enfant"),
    Relation.PARTNER_CHILD: _("enfant du partenaire"),
    Relation.PARENT: _("parent"),
    Relation.GRANDPARENT: _("grand-parent"),
    Relation.GRANDCHILD: _("petit-enfant"),
    Relation.PARENT_IN_LAW: _("beau-parent"),
    Relation.CHILD_IN_LAW: _("gendre ou belle-fille"),
    Relation.SIBLING: _("frère ou sœur"),
    Relation.OTHER_RELATIVE: _("autre membre de la famille"),
    Relation.UNRELATED: _("sans lien de parenté"),
}

COUPLE = frozenset({Relation.SPOUSE, Relation.PARTNER})

CHILDREN = frozenset(
    {
        Relation.CHILD,
        Relation.PARTNER_CHILD,
        Relation.GRANDCHILD,
        Relation.SIBLING,
        Relation.OTHER_RELATIVE,
        Relation.UNRELATED,
    }
)
"""Relations whose minors can be children in the applicant's charge."""


@dataclass(frozen=True, slots=True)
class Member:
    """One person of the household, on a date.

    Attributes:
        relation: what the person is to the applicant.
        birth_date: None when unknown; the person then counts as an adult.
        shares_household: lives under the same roof AND mainly shares household matters with the
            applicant; both an economic benefit and shared tasks must be found.
        is_dependent: in the applicant's charge (for minors).
        is_married: a married minor does not make a dependent family.
        since: first day under the roof; None when always there.
        until: last day under the roof; None when still there.
        in_alternating_custody: a child who lives half the time with the other parent.
    """

    relation: Relation
    birth_date: date | None = None
    shares_household: bool = True
    is_dependent: bool = True
    is_married: bool = False
    since: date | None = None
    until: date | None = None
    in_alternating_custody: bool = False

    def is_there(self, on: date) -> bool:
        """True when under the roof on a day."""
        return (self.since is None or self.since <= on) and (self.until is None or on <= self.until)


@dataclass(frozen=True, slots=True)
class CategoryProposal:
    """The category proposed, why (a French sentence), its article, and the children counted.

    `covers_partner`: the one category 3 amount covers the spouse or partner too.
    """

    category: Category
    reason: str
    article: str
    children: int
    covers_partner: bool = False


@dataclass(frozen=True, slots=True)
class CategoryPeriod:
    """Days, both included, during which the household gives one category."""

    first: date
    last: date
    proposal: CategoryProposal


def age(birth_date: date, on: date) -> int:
    """Age in whole years on a date (someone born on 29 February turns on 1 March)."""
    return on.year - birth_date.year - ((on.month, on.day) < (birth_date.month, birth_date.day))


def is_minor(birth_date: date | None, on: date) -> bool:
    """True under 18; an unknown birth date counts as an adult."""
    return birth_date is not None and age(birth_date, on) < ADULT_AGE


def _is_dependent_child(member: Member, on: date, alternating: str) -> bool:
    if member.in_alternating_custody and alternating == "not_dependent":
        return False
    return (
        member.relation in CHILDREN
        and member.shares_household
        and member.is_dependent
        and not member.is_married
        and is_minor(member.birth_date, on)
    )


def propose(
    members: Sequence[Member],
    on: date,
    homeless_with_piis: bool = False,
    choices: Mapping[str, str] | None = None,
) -> CategoryProposal:
    """Propose a category from the household on a date.

    Args:
        members: the people around the applicant (the applicant may be listed, and is ignored).
        on: the date looked at.
        homeless_with_piis: homeless, with an individual project of social integration.
        choices: readings of the centre (alternating custody).

    Source: law of 26 May 2002, art. 14 § 1.
    """
    alternating = readings(choices)["category.alternating_custody"]
    others = [
        member
        for member in members
        if member.relation is not Relation.APPLICANT and member.is_there(on)
    ]
    children = sum(_is_dependent_child(member, on, alternating) for member in others)
    sharing = [member for member in others if member.shares_household]
    if children:
        category = Category.DEPENDENT_FAMILY
        reason = _("Vit avec une famille à sa charge, dont au moins un enfant mineur non marié.")
    elif homeless_with_piis:
        category = Category.SINGLE
        reason = _("Sans abri avec un projet individualisé d'intégration sociale.")
    elif sharing:
        category = Category.COHABITANT
        reason = _(
            "Vit sous le même toit que d'autres personnes et règle principalement "
            "en commun les questions ménagères."
        )
    elif others:
        category = Category.SINGLE
        reason = _("Partage le logement, sans régler en commun les questions ménagères.")
    else:
        category = Category.SINGLE
        reason = _("Vit seul.")
    covers = category is Category.DEPENDENT_FAMILY and any(
        member.relation in COUPLE for member in sharing
    )
    return CategoryProposal(category, reason, category.article, children, covers)


def propose_over(
    members: Sequence[Member],
    first: date,
    last: date,
    homeless_with_piis: bool = False,
    choices: Mapping[str, str] | None = None,
) -> tuple[CategoryPeriod, ...]:
    """The categories of a period, with the day each begins (arrivals, departures, birthdays).

    Raises:
        ValueError: the period is upside down.
    """
    if last < first:
        raise ValueError("la fin de la période précède son début")
    periods: list[CategoryPeriod] = []
    for day in sorted(_days_of_change(members, first, last)):
        proposal = propose(members, day, homeless_with_piis, choices)
        if periods and periods[-1].proposal == proposal:
            continue
        if periods:
            ended = periods[-1]
            periods[-1] = CategoryPeriod(ended.first, day - timedelta(days=1), ended.proposal)
        periods.append(CategoryPeriod(day, last, proposal))
    return tuple(periods)


def _days_of_change(members: Sequence[Member], first: date, last: date) -> set[date]:
    days = {first}
    for member in members:
        if member.since:
            days.add(member.since)
        if member.until and member.until < last:
            days.add(member.until + timedelta(days=1))
        if member.birth_date:
            days.add(_birthday(member.birth_date, ADULT_AGE))
    return {day for day in days if first <= day <= last}


def _birthday(birth_date: date, years: int) -> date:
    """The day someone turns that age; born on 29 February, on 1 March of other years."""
    try:
        return birth_date.replace(year=birth_date.year + years)
    except ValueError:
        return date(birth_date.year + years, 3, 1)
