"""What the household of a day says: its category, and how it is told."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from filrouge.law import category as law_category
from filrouge.law.category import CategoryProposal, Member, Relation
from filrouge.people.models import HouseholdMember


def category_of(household: Iterable[HouseholdMember], on: date) -> CategoryProposal:
    """The category that the household of that day suggests, with its reason and article."""
    members = [
        Member(
            relation=Relation(member.relation),
            birth_date=member.birth_date,
            shares_household=member.shares_household,
            is_dependent=member.dependent,
        )
        for member in household
    ]
    return law_category.propose(members, on)
