"""The category proposed from the household."""

from datetime import date

import pytest

from filrouge.law.category import Category, Member, Relation, age, propose
from filrouge.law.eligibility import CONDITIONS, ConditionKey, Exemption, condition

ON = date(2026, 3, 1)
CHILD = Member(Relation.CHILD, date(2022, 1, 14))
ADULT_CHILD = Member(Relation.CHILD, date(2005, 1, 14))


@pytest.mark.parametrize(
    ("members", "homeless", "category", "children"),
    [
        ((), False, Category.SINGLE, 0),
        ((Member(Relation.APPLICANT, date(1990, 1, 1)),), False, Category.SINGLE, 0),
        ((Member(Relation.PARTNER),), False, Category.COHABITANT, 0),
        ((Member(Relation.UNRELATED, shares_household=False),), False, Category.SINGLE, 0),
        ((CHILD,), False, Category.DEPENDENT_FAMILY, 1),
        ((Member(Relation.SPOUSE), CHILD, CHILD), False, Category.DEPENDENT_FAMILY, 2),
        ((ADULT_CHILD,), False, Category.COHABITANT, 0),
        ((Member(Relation.CHILD, date(2009, 1, 1), is_married=True),), False, 1, 0),
        ((Member(Relation.SIBLING, date(2012, 1, 1), is_dependent=False),), False, 1, 0),
        ((), True, Category.SINGLE, 0),
        ((Member(Relation.UNRELATED),), True, Category.SINGLE, 0),
        ((CHILD,), True, Category.DEPENDENT_FAMILY, 1),
    ],
)
def test_the_household_gives_a_category_with_its_reason(
    members: tuple[Member, ...], homeless: bool, category: Category, children: int
) -> None:
    proposal = propose(members, ON, homeless)
    assert proposal.category is Category(category)
    assert proposal.children == children
    assert proposal.reason.endswith(".")
    assert proposal.article == f"Loi du 26 mai 2002, art. 14 § 1, {int(category)}°"


def test_a_child_stops_counting_the_day_of_eighteen() -> None:
    child = Member(Relation.CHILD, date(2008, 3, 1))
    assert propose([child], date(2026, 2, 28)).category is Category.DEPENDENT_FAMILY
    assert propose([child], date(2026, 3, 1)).category is Category.COHABITANT
    assert age(date(2008, 2, 29), date(2026, 2, 28)) == 17
    assert age(date(2008, 2, 29), date(2026, 3, 1)) == 18


def test_there_are_six_conditions_and_only_work_has_exemptions() -> None:
    assert [item.key for item in CONDITIONS] == list(ConditionKey)
    assert len(CONDITIONS) == 6
    for item in CONDITIONS:
        assert item.evidence and item.article and item.question.endswith("?")
        assert bool(item.exemptions) == (item.key is ConditionKey.WORK)
    assert condition(ConditionKey.WORK).exemptions == (Exemption.HEALTH, Exemption.EQUITY)
    assert {reason.label for reason in Exemption} == {"raison de santé", "raison d'équité"}


def test_every_category_and_relation_has_a_french_name() -> None:
    assert all(item.label for item in (*Category, *Relation))
