"""Voting, deciding, putting off, deciding urgently: what is written and what starts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction

from filrouge.base.centres.models import Centre
from filrouge.base.records import RuleBroken
from filrouge.council import actions, queries
from filrouge.council.access import access_item
from filrouge.council.models import AgendaItem, Decision, Measure
from filrouge.council.sheets import Sheet
from filrouge.council.tests.house import SHEET, House, make_house
from filrouge.dossier.terms.models import Term
from filrouge.dossier.thread.models import Audience

pytestmark = pytest.mark.django_db


def terms_on(subject_id: object) -> dict[str, Term]:
    return {term.kind: term for term in Term.objects.filter(subject_id=subject_id)}


def test_following_copies_the_frozen_sheet(house: House) -> None:
    item = house.in_session()
    decision = house.decide(item, votes_for=4, abstentions=1)
    assert (decision.measure, decision.amount_cents) == (Measure.GRANT, 1_340_47)
    assert decision.grounds_in_law == SHEET.grounds_in_law
    assert decision.decided_on == date(2026, 3, 16)
    assert queries.decision_for(house.secretary, item.subject_id) == decision


def test_a_decision_stops_the_term_and_starts_those_that_follow(house: House) -> None:
    item = house.in_session()
    house.decide(item)
    found = terms_on(item.subject_id)
    assert found["decision"].stopped_on == date(2026, 3, 16)
    assert found["notification"].due_on == date(2026, 3, 24)
    assert found["notification"].waits_for_role == "secretariat"
    assert found["payment"].starts_on == date(2026, 3, 16)


def test_a_refusal_starts_no_payment(house: House, sheet_with: Callable[..., Sheet]) -> None:
    refusal = sheet_with(
        measure="refuse", amount_cents=None, category=None, starts_on=None, rhythm=""
    )
    item = house.in_session(sheet=refusal)
    house.decide(item)
    assert set(terms_on(item.subject_id)) == {"decision", "notification"}


def test_the_decision_is_told_on_the_thread_in_plain_words(house: House) -> None:
    item = house.in_session()
    house.decide(item)
    assert item.person is not None
    event = item.person.events.get(kind="council_decided")
    assert event.audience == Audience.COUNCIL
    assert event.title == "Décision : aide accordée"
    assert "par mois, à partir du vendredi 20 février 2026." in event.text


def test_deciding_otherwise_needs_reasons(house: House) -> None:
    item = house.in_session()
    otherwise = {
        "follows_proposal": False, "measure": "grant_less", "amount_cents": 90_000,
        "starts_on": date(2026, 3, 1), "category": 1, "rhythm": "monthly",
        "grounds_in_fact": "Vit avec sa mère.", "grounds_in_law": "Art. 14.",
    }  # fmt: skip
    with pytest.raises(RuleBroken) as refusal:
        house.decide(item, **otherwise)
    assert "reasons" in refusal.value.message_dict
    decision = house.decide(item, **otherwise, reasons="Le registre dit autre chose.")
    assert not decision.follows_proposal
    assert decision.amount_cents == 90_000


def test_no_more_votes_than_members_who_may_vote(house: House) -> None:
    item = house.in_session(present=4)
    with pytest.raises(RuleBroken, match="5 voix pour 4"):
        house.decide(item, votes_for=5)
    actions.withdraw_member(house.at(item.session), item.pk, house.members[1].pk, "Sa nièce")
    with pytest.raises(RuleBroken, match="4 voix pour 3"):
        house.decide(item, votes_for=4)
    assert house.decide(item, votes_for=3).votes_for == 3


def test_a_member_who_withdrew_does_not_read_the_sheet(house: House) -> None:
    item = house.in_session()
    actions.withdraw_member(house.at(item.session), item.pk, house.members[1].pk, "Sa nièce")
    with pytest.raises(PermissionDenied, match="retiré"):
        access_item(house.councillor(1), item.pk)
    assert access_item(house.councillor(2), item.pk) == item


def test_the_majority_carries(house: House) -> None:
    item = house.in_session()
    with pytest.raises(RuleBroken, match="n'est pas adoptée"):
        house.decide(item, votes_for=2, votes_against=3)
    assert not Decision.objects.filter(centre=house.centre).exists()


def test_on_equality_the_voice_of_the_president_decides(house: House) -> None:
    item = house.in_session(present=4)
    decision = house.decide(item, votes_for=2, votes_against=2)
    assert decision.casting_vote_used


@pytest.mark.parametrize("obstacle", ["president against", "president withdrawn"])
def test_on_equality_without_that_voice_nothing_is_adopted(house: House, obstacle: str) -> None:
    item = house.in_session()
    if obstacle == "president withdrawn":
        actions.withdraw_member(house.at(item.session), item.pk, house.members[0].pk, "Voisin")
    with pytest.raises(RuleBroken, match="Parité"):
        house.decide(
            item, votes_for=2, votes_against=2,
            president_votes_for=obstacle == "president withdrawn",
        )  # fmt: skip


def test_a_body_without_casting_vote_adopts_nothing_on_equality(other_centre: Centre) -> None:
    house = make_house(other_centre, casting_vote=False)
    item = house.in_session(present=4)
    with pytest.raises(RuleBroken, match="Parité"):
        house.decide(item, votes_for=2, votes_against=2)


def test_without_quorum_nothing_is_decided_any_more(house: House) -> None:
    item = house.in_session(present=3)
    actions.record_departure(house.at(item.session), item.session_id, house.members[2].pk)
    with pytest.raises(RuleBroken, match="quorum"):
        house.decide(item, votes_for=2)


def test_a_decision_does_not_precede_the_request(
    house: House, sheet_with: Callable[..., Sheet]
) -> None:
    item = house.in_session(sheet=sheet_with(received_on="2026-03-20"))
    with pytest.raises(RuleBroken, match="précéder"):
        house.decide(item)


def test_a_point_is_decided_once(house: House) -> None:
    item = house.in_session()
    house.decide(item)
    with pytest.raises(RuleBroken, match="plus à décider"):
        house.decide(item)


def test_a_decision_never_changes(house: House) -> None:
    decision = house.decide(house.in_session())
    with pytest.raises(DatabaseError), transaction.atomic():
        Decision.objects.filter(pk=decision.pk).update(amount_cents=1)
    with pytest.raises(DatabaseError), transaction.atomic():
        Decision.objects.filter(pk=decision.pk)._raw_delete("default")


# Putting off ------------------------------------------------------------------------------


def test_the_clock_keeps_running_while_a_point_is_put_off(house: House) -> None:
    item = house.in_session()
    actions.adjourn(house.at(item.session), item.pk, "Bail à vérifier", hearing_first=True)
    term = terms_on(item.subject_id)["decision"]
    assert term.stopped_on is None
    assert "entendue" in term.next_step
    assert item.person is not None
    event = item.person.events.get(kind="council_adjourned")
    assert event.text == (
        "Le délai de décision continue de courir : il prend fin le dimanche 22 mars 2026."
    )


def test_a_point_put_off_comes_back_in_another_session(house: House) -> None:
    item = house.in_session()
    at = house.at(item.session)
    actions.adjourn(at, item.pk, "Bail à vérifier")
    session = house.plan(days=21)
    again = actions.reschedule(at, item.pk, session.pk)
    assert (again.subject_id, again.sheet) == (item.subject_id, item.sheet)
    with pytest.raises(RuleBroken, match="déjà à l'ordre du jour"):
        actions.reschedule(at, item.pk, session.pk)


def test_a_removed_point_keeps_its_term(house: House) -> None:
    item = house.schedule(house.plan())
    with pytest.raises(ValidationError, match="pourquoi"):
        actions.remove_item(house.secretary, item.pk, "")
    actions.remove_item(house.secretary, item.pk, "Proposition à revoir")
    assert terms_on(item.subject_id)["decision"].stopped_on is None


# Urgency ----------------------------------------------------------------------------------


def urgent(house: House, subject: object = None) -> Decision:
    return actions.decide_urgently(
        house.president, body_id=house.body.pk, subject_kind="claim",
        subject_id=subject or uuid4(), person=house.person(), sheet=SHEET,  # type: ignore[arg-type]
        reasons="Plus de chauffage, enfant de deux ans.",
    )  # fmt: skip


def test_an_urgent_decision_is_ratified_at_the_next_session(house: House) -> None:
    session = house.plan()
    decision = urgent(house)
    item = AgendaItem.objects.select_related("session").get(subject_id=decision.pk)
    assert item.session == session
    house.convene(session)
    house.open(session)
    ratifying = house.decide(item)
    assert ratifying.ratifies == decision
    assert queries.decision_for(house.secretary, decision.subject_id) == decision
    assert list(queries.granted_on(house.secretary, date(2026, 4, 1), "ris")) == [decision]


def test_an_urgent_decision_waits_for_the_first_session_planned(house: House) -> None:
    decision = urgent(house)
    assert not AgendaItem.objects.filter(subject_id=decision.pk).exists()
    session = house.plan()
    assert AgendaItem.objects.get(subject_id=decision.pk).session == session
    later = house.plan(days=21)
    assert not AgendaItem.objects.filter(session=later).exists()


def test_urgency_goes_on_a_convened_agenda_too(house: House) -> None:
    session = house.plan()
    house.schedule(session)
    house.convene(session)
    assert AgendaItem.objects.get(subject_id=urgent(house).pk).urgent


def test_a_body_that_decides_otherwise_replaces_the_urgent_decision(house: House) -> None:
    session = house.plan()
    decision = urgent(house)
    item = AgendaItem.objects.select_related("session").get(subject_id=decision.pk)
    house.convene(session)
    house.open(session)
    other = house.decide(
        item, follows_proposal=False, measure="refuse", reasons="Ressources cachées.",
        grounds_in_fact="Un compte épargne.", grounds_in_law="Art. 3.",
    )  # fmt: skip
    assert other.ratifies is None
    assert queries.decision_for(house.secretary, decision.subject_id) == other
    assert not queries.granted_on(house.secretary, date(2026, 4, 1)).exists()


def test_only_the_president_decides_urgently_and_says_why(house: House) -> None:
    with pytest.raises(PermissionDenied):
        actions.decide_urgently(
            house.secretary, body_id=house.body.pk, subject_kind="claim", subject_id=uuid4(),
            person=house.person(), sheet=SHEET, reasons="Froid",
        )  # fmt: skip
    with pytest.raises(RuleBroken) as refusal:
        actions.decide_urgently(
            house.president, body_id=house.body.pk, subject_kind="claim", subject_id=uuid4(),
            person=house.person(first_name="Ali"), sheet=SHEET, reasons=" ",
        )  # fmt: skip
    assert "reasons" in refusal.value.message_dict


# What later decisions do ------------------------------------------------------------------


def test_a_later_decision_on_the_same_right_replaces_the_earlier(
    house: House, sheet_with: Callable[..., Sheet]
) -> None:
    person = house.person()
    session = house.plan()
    first = house.schedule(session, person)
    second = house.schedule(session, person, sheet_with(starts_on="2026-04-01"))
    house.convene(session)
    house.open(session)
    for item in (first, second):
        item.session = session
    one = house.decide(first)
    two = actions.decide(
        house.at(session).later(minutes=5), second.pk, follows_proposal=True, votes_for=5
    )
    assert list(queries.granted_on(house.secretary, date(2026, 3, 31), "ris")) == [one]
    assert list(queries.granted_on(house.secretary, date(2026, 4, 1), "ris")) == [two]
    page = queries.sheet_page(house.secretary, access_item(house.secretary, second.pk))
    assert page.earlier == [one]


def test_decisions_and_items_of_many_subjects_come_in_one_query(
    house: House, selects: Callable[[int], object]
) -> None:
    item = house.in_session()
    decision = house.decide(item)
    ids = [item.subject_id, uuid4()]
    with selects(1):  # type: ignore[attr-defined]
        assert queries.decisions_for_subjects(house.secretary, ids) == {item.subject_id: decision}
    with selects(1):  # type: ignore[attr-defined]
        assert queries.items_for_subjects(house.secretary, ids) == {item.subject_id: [item]}
