"""The proposal and its second pair of eyes."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction

from filrouge.base.access.actor import Actor
from filrouge.base.records import Conflict, RuleBroken
from filrouge.claims import actions, grounds, queries
from filrouge.claims.models import Aid, Claim, Proposal, Result
from filrouge.claims.tests.desk import RIGHT, TODAY, Desk
from filrouge.council.models import Measure

pytestmark = pytest.mark.django_db


def by_the_head(desk: Desk) -> Claim:
    """A request that the head of service followed and proposed herself."""
    claim = desk.established()
    desk.freeze(claim)
    actions.propose(desk.head, claim.pk, desk.draft(claim), None)
    return desk.fresh(claim)


def name_substitute(desk: Desk) -> None:
    hat = desk.head.membership
    hat.substitute = desk.other_head.membership
    hat.save()


def fresh(actor: Actor) -> Actor:
    """The same hat on the next request."""
    return actor.at(actor.now)


# What is proposed


def test_the_grounds_are_drafted_from_findings_and_computation(desk: Desk) -> None:
    claim = desk.established()
    desk.freeze(claim)
    draft = desk.draft(claim)
    assert "Résidence : remplie. vu" in draft.grounds_in_fact
    assert "1 340,47" in draft.grounds_in_fact.replace("\u202f", " ").replace("\xa0", " ")
    assert "Loi du 26 mai 2002" in draft.grounds_in_law
    assert "Articles appliqués au calcul" in draft.grounds_in_law


def test_a_condition_not_met_suggests_a_refusal_and_cites_its_article(desk: Desk) -> None:
    claim = desk.established()
    desk.find(
        claim, "resources", Result.NOT_MET, text="Salaire complet.", by=desk.nadia.later(minutes=1)
    )
    found = queries.findings_of(desk.nadia, claim)
    assert grounds.suggested_measure(found, None) is Measure.REFUSE
    cited = grounds.in_law(claim, Measure.REFUSE, found, None)
    assert "art. 3, 4°" in cited
    assert "n'est pas remplie" in cited


def test_integration_income_is_granted_on_a_frozen_computation_only(desk: Desk) -> None:
    claim = desk.established()
    with pytest.raises(RuleBroken, match="Figez"):
        actions.propose(desk.nadia, claim.pk, desk.draft(claim, amount_cents=RIGHT), None)


def test_an_amount_beyond_the_frozen_right_is_refused(desk: Desk) -> None:
    claim = desk.established()
    desk.freeze(claim)
    with pytest.raises(ValidationError) as refused:
        actions.propose(desk.nadia, claim.pk, desk.draft(claim, amount_cents=RIGHT + 1), None)
    assert list(refused.value.message_dict) == ["amount_cents"]
    actions.propose(desk.nadia, claim.pk, desk.draft(claim, amount_cents=RIGHT - 1), None)


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("starts_on", {"starts_on": None}),
        ("starts_on", {"starts_on": TODAY - timedelta(days=1)}),
        ("ends_on", {"ends_on": TODAY - timedelta(days=1)}),
        ("rhythm", {"rhythm": ""}),
        ("amount_cents", {"amount_cents": None}),
    ],
)
def test_what_a_grant_lacks_is_said_at_its_field(
    desk: Desk, field: str, wrong: dict[str, object]
) -> None:
    claim = desk.established()
    desk.freeze(claim)
    with pytest.raises(ValidationError) as refused:
        actions.propose(desk.nadia, claim.pk, desk.draft(claim, **wrong), None)
    assert list(refused.value.message_dict) == [field]
    assert not Proposal.objects.filter(centre=desk.centre).exists()


def test_a_refusal_carries_neither_amount_nor_period(desk: Desk) -> None:
    claim = desk.established()
    desk.freeze(claim)
    draft = desk.draft(claim, Measure.REFUSE, amount_cents=5, starts_on=TODAY, piis_due=True)
    proposal = actions.propose(desk.nadia, claim.pk, draft, None)
    assert (proposal.amount_cents, proposal.starts_on, proposal.entitlement) == (None, None, None)
    assert not proposal.piis_due


def test_a_request_is_proposed_once(desk: Desk) -> None:
    claim = desk.proposed()
    with pytest.raises(RuleBroken, match="déjà une proposition"):
        actions.propose(desk.nadia, claim.pk, desk.draft(claim), None)


def test_a_proposal_needs_an_open_inquiry(desk: Desk) -> None:
    claim = desk.register()
    with pytest.raises(RuleBroken, match="Ouvrez d'abord"):
        actions.propose(desk.nadia, claim.pk, desk.draft(claim, Measure.REFUSE), None)


def test_a_proposal_never_changes(desk: Desk) -> None:
    desk.proposed()
    with pytest.raises(DatabaseError), transaction.atomic():
        Proposal.objects.filter(centre=desk.centre).update(amount_cents=1)


# Four eyes


def test_the_head_of_the_service_approves(desk: Desk) -> None:
    claim = desk.proposed()
    review = actions.approve(desk.head, claim.pk)
    assert (review.reviewer, review.instead_of) == (desk.head.membership, None)
    assert desk.stage(claim) == "approved"


def test_a_social_worker_approves_nothing(desk: Desk) -> None:
    claim = desk.proposed()
    for who in (desk.nadia, desk.karim, desk.secretary, desk.director, desk.president):
        with pytest.raises(PermissionDenied):
            actions.approve(who, claim.pk)


def test_nobody_approves_their_own_proposal(desk: Desk) -> None:
    claim = by_the_head(desk)
    with pytest.raises(PermissionDenied, match="Quatre yeux"):
        actions.approve(desk.head, claim.pk)
    assert desk.stage(claim) == "proposed"


def test_four_eyes_hold_for_a_person_with_two_hats(desk: Desk) -> None:
    claim = desk.proposed()
    hat = desk.head.membership
    hat.user = desk.nadia.user
    hat.save()
    with pytest.raises(PermissionDenied, match="Quatre yeux"):
        actions.approve(Actor(hat, desk.head.now), claim.pk)


def test_the_named_substitute_reads_what_the_head_wrote(desk: Desk) -> None:
    name_substitute(desk)
    claim = by_the_head(desk)
    review = actions.approve(fresh(desk.other_head), claim.pk)
    assert review.instead_of == desk.head.membership


def test_who_replaces_an_absent_head_approves_in_their_place(desk: Desk) -> None:
    claim = desk.proposed()
    desk.absent(desk.head, replaced_by=desk.other_head)
    review = actions.approve(fresh(desk.other_head), claim.pk)
    assert review.instead_of == desk.head.membership


def test_the_substitute_does_not_approve_while_the_head_is_there(desk: Desk) -> None:
    name_substitute(desk)
    claim = desk.proposed()
    with pytest.raises(PermissionDenied, match="est présent"):
        actions.approve(fresh(desk.other_head), claim.pk)


def test_a_head_of_another_service_does_not_approve(desk: Desk) -> None:
    claim = desk.proposed()
    with pytest.raises(PermissionDenied):
        actions.approve(desk.other_head, claim.pk)


def test_a_proposal_is_sent_back_with_its_reason_and_comes_again(desk: Desk) -> None:
    claim = desk.proposed()
    with pytest.raises(ValidationError) as refused:
        actions.send_back(desk.head, claim.pk, " ")
    assert list(refused.value.message_dict) == ["reason"]
    actions.send_back(desk.head, claim.pk, "Le loyer manque.")
    assert desk.stage(claim) == "inquiry"
    again = desk.nadia.later(minutes=5)
    actions.propose(again, claim.pk, desk.draft(claim, amount_cents=1_000_00), None)
    latest = queries.latest_proposal(desk.nadia, claim)
    assert latest is not None
    assert latest.amount_cents == 1_000_00
    actions.approve(desk.head.later(minutes=9), claim.pk)


def test_the_author_takes_an_unread_proposal_back(desk: Desk) -> None:
    claim = desk.proposed()
    actions.take_back(desk.nadia, claim.pk)
    assert desk.stage(claim) == "inquiry"


def test_nobody_else_takes_a_proposal_back(desk: Desk) -> None:
    claim = desk.proposed()
    with pytest.raises(PermissionDenied, match="Seul l'auteur"):
        actions.take_back(desk.head, claim.pk)


def test_a_proposal_that_was_read_is_not_taken_back(desk: Desk) -> None:
    claim = desk.approved()
    with pytest.raises(RuleBroken, match="déjà été relue"):
        actions.take_back(desk.nadia, claim.pk)


def test_what_was_rewritten_meanwhile_is_not_approved_unread(desk: Desk) -> None:
    claim = desk.proposed()
    shown = claim.version
    actions.take_back(desk.nadia, claim.pk)
    later = desk.nadia.later(minutes=5)
    actions.propose(later, claim.pk, desk.draft(claim, amount_cents=1_00), None)
    with pytest.raises(Conflict):
        actions.approve(desk.head, claim.pk, shown)


def test_social_aid_may_be_proposed_without_an_amount(desk: Desk) -> None:
    claim = desk.established(Aid.GUIDANCE)
    draft = desk.draft(claim, amount_cents=None, rhythm="")
    assert actions.propose(desk.nadia, claim.pk, draft, None).amount_cents is None
