"""From the agenda to the notified, paid and contested decision, and urgent aid."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction
from django.http import Http404

from filrouge.base.records import RuleBroken
from filrouge.claims import access, actions, letters, queries
from filrouge.claims.models import Aid, Claim, Delivery, FirstPayment
from filrouge.claims.tests.desk import RIGHT, SESSION, TODAY, Desk
from filrouge.claims.tests.test_registration import text_of
from filrouge.council import actions as council
from filrouge.council.models import AgendaItem, Decision, Measure
from filrouge.dossier.terms.models import Term

pytestmark = pytest.mark.django_db
DECIDED_ON = SESSION.date()


def terms_of(claim: Claim) -> dict[str, Term]:
    terms = Term.objects.filter(centre=claim.centre_id, subject_id=claim.pk).order_by("starts_on")
    return {term.kind: term for term in terms}


# Agenda and decision


def test_only_an_approved_proposal_goes_before_the_body(desk: Desk) -> None:
    claim = desk.proposed()
    with pytest.raises(RuleBroken, match="approuvée"):
        actions.schedule(desk.secretary, claim.pk, desk.session().pk)


def test_only_the_secretariat_puts_a_point_on_the_agenda(desk: Desk) -> None:
    claim = desk.approved()
    for who in (desk.nadia, desk.head, desk.president, desk.councillor):
        with pytest.raises(PermissionDenied):
            actions.schedule(who, claim.pk, desk.session().pk)


def test_the_sheet_holds_what_the_decision_needs_and_the_title_no_name(desk: Desk) -> None:
    claim, item = desk.scheduled(words="Mon chômage s'arrête.")
    assert item.title == "2026-0001 · revenu d'intégration · S. L."
    assert item.sheet["amount_cents"] == RIGHT
    assert item.sheet["asked"] == "Mon chômage s'arrête."
    assert item.sheet["decide_before"] == "2026-04-01"
    assert len(item.sheet["findings"]) == 6
    assert desk.stage(claim) == "scheduled"


def test_a_request_stands_on_one_agenda_at_a_time(desk: Desk) -> None:
    claim, _item = desk.scheduled()
    with pytest.raises(RuleBroken, match="déjà à l'ordre du jour"):
        actions.schedule(desk.secretary, claim.pk, desk.session().pk)


def test_a_decided_request_does_not_come_again_by_itself(desk: Desk) -> None:
    claim, _decision = desk.decided()
    later = council.plan_session(
        desk.that_evening(desk.secretary), desk.body.pk, SESSION + timedelta(days=14), "Salle"
    )
    with pytest.raises(RuleBroken, match="déjà décidée"):
        actions.schedule(desk.that_evening(desk.secretary), claim.pk, later.pk)


def test_a_decision_stops_its_term_and_starts_those_to_notify_and_to_pay(desk: Desk) -> None:
    claim, decision = desk.decided()
    terms = terms_of(claim)
    assert terms["decision"].stopped_on == DECIDED_ON
    assert terms["notification"].due_on == DECIDED_ON + timedelta(days=8)
    assert terms["payment"].due_on == DECIDED_ON + timedelta(days=15)
    assert (terms["notification"].waits_for_role, terms["payment"].waits_for_role) == (
        "secretariat", "financial_director",
    )  # fmt: skip
    assert (decision.amount_cents, desk.stage(claim)) == (RIGHT, "decided")


def test_a_refusal_has_nothing_to_pay(desk: Desk) -> None:
    claim, _decision = desk.decided(measure=Measure.REFUSE)
    assert "payment" not in terms_of(claim)
    with pytest.raises(Http404):
        access.access_payable(desk.treasurer, claim.pk)


# The letter


MENTIONS = [
    "Nous vous accordons : revenu d'intégration",
    "24 mars 2026", "Comité spécial", "1 340,47 €", "par mois", "chaque mois",
    "Résidence : remplie",
    "Catégorie", "2 (isolé)", "Elle vit seule.",
    "loi du 26 mai 2002",
    "8 avril 2026",
    "tribunal du travail de Liège", "place Saint-Lambert 30", "trois mois", "requête écrite",
    "art. 47", "ne suspend pas", "art. 728", "art. 1017", "être entendu",
    "000001 / 2026-0001", "Service social général", "Prénom Nadia",
    "Prénom Presidente", "Prénom Directrice", "signé le 24/03/2026",
]  # fmt: skip


def test_the_letter_of_a_grant_holds_every_mandatory_mention(desk: Desk) -> None:
    claim = desk.signed()
    actor = desk.that_evening(desk.director)
    notification = access.access_notification(actor, claim.pk)
    text = text_of(
        letters.decision(actor, notification.claim, notification.decision, notification)
    ).casefold()
    missing = [said for said in MENTIONS if said.casefold() not in text]
    assert missing == []


def test_the_letter_of_a_refusal_gives_grounds_and_appeal_and_no_amount(desk: Desk) -> None:
    claim, decision = desk.decided(measure=Measure.REFUSE)
    text = text_of(letters.decision(desk.that_evening(desk.secretary), desk.fresh(claim), decision))
    for said in ("Nous refusons votre demande", "Résidence : remplie", "art. 3 et 4", "trois mois"):
        assert said in text, said
    assert "1 340,47" not in text


def test_the_letter_of_social_aid_cites_its_own_law(desk: Desk) -> None:
    claim, decision = desk.decided(Aid.HEATING)
    text = text_of(letters.decision(desk.that_evening(desk.secretary), desk.fresh(claim), decision))
    assert "8 juillet 1976, art. 71" in text
    assert "50,00 €" in text
    assert "26 mai 2002" not in text


def test_a_decision_otherwise_tells_its_reasons_and_its_own_amount(desk: Desk) -> None:
    claim, item = desk.scheduled()
    desk.open_session()
    decision = desk.decide(
        item, follows_proposal=False, measure=Measure.GRANT_LESS, amount_cents=500_00,
        starts_on=TODAY, rhythm="monthly", grounds_in_fact="Elle est hébergée.",
        grounds_in_law="Loi du 26 mai 2002, art. 14.", reasons="Le comité tient compte du toit.",
    )  # fmt: skip
    text = text_of(letters.decision(desk.that_evening(desk.secretary), desk.fresh(claim), decision))
    assert "500,00 €" in text
    assert "Le comité tient compte du toit." in text
    assert "1 340,47" not in text


def test_a_dutch_speaker_gets_an_informative_translation_beside_the_letter(desk: Desk) -> None:
    claim, decision = desk.decided(person=desk.samira(language="nl"))
    secretary = desk.that_evening(desk.secretary)
    pdf = letters.decision_translation(secretary, desk.fresh(claim), decision)
    assert pdf is not None
    assert "leefloon" in text_of(pdf)


def test_a_french_speaker_gets_no_translation(desk: Desk) -> None:
    claim, decision = desk.decided()
    assert letters.decision_translation(desk.secretary, desk.fresh(claim), decision) is None


# Signatures and sending


def test_nothing_is_prepared_before_the_decision(desk: Desk) -> None:
    claim, _item = desk.scheduled()
    with pytest.raises(RuleBroken, match="pas encore décidée"):
        actions.prepare_notification(desk.secretary, claim.pk, None)


def test_a_letter_is_prepared_once(desk: Desk) -> None:
    claim = desk.prepared()
    with pytest.raises(RuleBroken, match="déjà prête"):
        actions.prepare_notification(desk.that_evening(desk.secretary), claim.pk, None)


@pytest.mark.parametrize("who", ["president", "director"])
def test_a_letter_does_not_leave_with_one_signature(desk: Desk, who: str) -> None:
    claim = desk.prepared()
    desk.sign(claim, getattr(desk, who))
    with pytest.raises(RuleBroken, match="attend encore une signature"):
        desk.send(claim)
    assert desk.stage(claim) == "decided"


def test_the_signed_letter_replaces_the_unsigned_one(desk: Desk) -> None:
    claim = desk.prepared()
    draft = access.access_notification(desk.secretary, claim.pk).letter
    assert desk.sign(claim, desk.president).letter == draft
    assert desk.sign(claim, desk.director).letter != draft


def test_each_signs_once(desk: Desk) -> None:
    claim = desk.prepared()
    desk.sign(claim, desk.president)
    with pytest.raises(RuleBroken, match="déjà signé"):
        desk.sign(claim, desk.president)


def test_only_president_and_director_general_sign(desk: Desk) -> None:
    claim = desk.prepared()
    for who in (desk.secretary, desk.councillor, desk.head, desk.nadia, desk.treasurer):
        with pytest.raises(PermissionDenied):
            desk.sign(claim, who)


def test_a_registered_letter_has_its_number(desk: Desk) -> None:
    claim = desk.signed()
    with pytest.raises(ValidationError) as refused:
        desk.send(claim, delivery_number=" ")
    assert list(refused.value.message_dict) == ["delivery_number"]
    sent = desk.send(claim, delivery=Delivery.HANDED_OVER, delivery_number="")
    assert sent.sent_on == DECIDED_ON


@pytest.mark.parametrize("days", [-1, 1])
def test_a_letter_leaves_neither_before_the_decision_nor_tomorrow(desk: Desk, days: int) -> None:
    claim = desk.signed()
    with pytest.raises(ValidationError) as refused:
        desk.send(claim, sent_on=DECIDED_ON + timedelta(days=days))
    assert list(refused.value.message_dict) == ["sent_on"]


def test_sending_stops_the_eight_days_and_starts_appeal_and_review(desk: Desk) -> None:
    claim = desk.notified()
    terms = terms_of(claim)
    assert terms["notification"].stopped_on == DECIDED_ON
    assert terms["appeal"].due_on == date(2026, 6, 24)
    assert terms["review"].due_on == date(2027, 3, 24)
    assert terms["payment"].stopped_on is None
    assert desk.stage(claim) == "notified"


def test_an_aid_given_once_is_not_reviewed_every_year(desk: Desk) -> None:
    assert "review" not in terms_of(desk.notified(Aid.HEATING))


def test_a_letter_leaves_once(desk: Desk) -> None:
    claim = desk.notified()
    with pytest.raises(RuleBroken, match="déjà partie"):
        desk.send(claim)


# Payment and appeal


def test_the_first_payment_stops_the_fifteen_days(desk: Desk) -> None:
    claim = desk.notified()
    treasurer = desk.that_evening(desk.treasurer)
    (due,) = queries.payable(treasurer)
    assert (due.claim, due.due_on, due.paid) == (claim, date(2026, 4, 8), None)
    actions.record_first_payment(treasurer, claim.pk, DECIDED_ON, RIGHT)
    assert terms_of(claim)["payment"].stopped_on == DECIDED_ON
    assert queries.payable(treasurer) == []
    assert len(queries.payable(treasurer, only_due=False)) == 1


def test_a_payment_is_noted_once_and_never_changes(desk: Desk) -> None:
    claim = desk.notified()
    treasurer = desk.that_evening(desk.treasurer)
    actions.record_first_payment(treasurer, claim.pk, DECIDED_ON, RIGHT)
    with pytest.raises(RuleBroken, match="déjà noté"):
        actions.record_first_payment(treasurer, claim.pk, DECIDED_ON, RIGHT)
    with pytest.raises(DatabaseError), transaction.atomic():
        FirstPayment.objects.filter(centre=desk.centre).update(amount_cents=1)


@pytest.mark.parametrize("days", [-1, 1])
def test_a_payment_follows_the_decision_and_is_not_noted_beforehand(desk: Desk, days: int) -> None:
    claim, _decision = desk.decided()
    with pytest.raises(ValidationError) as refused:
        actions.record_first_payment(
            desk.that_evening(desk.treasurer), claim.pk, DECIDED_ON + timedelta(days=days), RIGHT
        )
    assert list(refused.value.message_dict) == ["paid_on"]


def test_only_the_financial_direction_records_payments(desk: Desk) -> None:
    claim, _decision = desk.decided()
    for who in (desk.director, desk.nadia, desk.secretary, desk.president):
        with pytest.raises(PermissionDenied):
            actions.record_first_payment(desk.that_evening(who), claim.pk, DECIDED_ON, RIGHT)


def test_an_appeal_is_noted_and_stops_its_term(desk: Desk) -> None:
    claim = desk.notified()
    appeal = actions.record_appeal(
        desk.nadia.at(SESSION + timedelta(days=20)), claim.pk,
        lodged_on=DECIDED_ON + timedelta(days=15), reference="26/101/A", note="Le montant.",
    )  # fmt: skip
    assert appeal.decision.subject_id == claim.pk
    assert terms_of(claim)["appeal"].stopped_on == DECIDED_ON + timedelta(days=15)


def test_an_appeal_does_not_precede_the_decision(desk: Desk) -> None:
    claim = desk.notified()
    with pytest.raises(ValidationError) as refused:
        actions.record_appeal(
            desk.that_evening(desk.nadia), claim.pk, lodged_on=TODAY, reference="", note=""
        )
    assert list(refused.value.message_dict) == ["lodged_on"]


def test_there_is_no_appeal_without_a_decision(desk: Desk) -> None:
    claim = desk.in_inquiry()
    with pytest.raises(RuleBroken):
        actions.record_appeal(desk.nadia, claim.pk, lodged_on=TODAY, reference="", note="")


# Urgent aid by the president


def urgently(desk: Desk, claim: Claim, **more: object) -> Decision:
    given: dict[str, object] = {
        "body_id": desk.body.pk, "amount_cents": 150_00, "reasons": "Deux enfants sans repas.",
    }  # fmt: skip
    return actions.decide_urgently(desk.president, claim.pk, **{**given, **more})  # type: ignore[arg-type]


def test_urgent_aid_is_granted_at_once_and_stands_on_the_next_agenda_to_ratify(desk: Desk) -> None:
    session = desk.session()
    claim = desk.register(Aid.FINANCIAL, urgent=True)
    assert list(access.urgent_for(desk.president)) == [claim]
    decision = urgently(desk, claim)
    assert (decision.amount_cents, decision.urgent_by_president) == (150_00, True)
    item = AgendaItem.objects.get(centre=desk.centre, session=session)
    assert (item.subject_kind, item.subject_id) == ("council.decision", decision.pk)
    assert "Ratification" in item.title
    assert "Lejeune" not in item.title
    assert terms_of(claim)["decision"].stopped_on == TODAY
    assert list(access.urgent_for(desk.president)) == []


def test_integration_income_is_not_granted_in_urgency(desk: Desk) -> None:
    claim = desk.register(Aid.RIS, urgent=True)
    with pytest.raises(RuleBroken, match="aide sociale"):
        urgently(desk, claim)
    assert list(access.urgent_for(desk.president)) == []


def test_only_the_president_decides_urgently_and_only_urgent_requests(desk: Desk) -> None:
    claim = desk.register(Aid.FINANCIAL)
    with pytest.raises(Http404):
        urgently(desk, claim)
    urgent = desk.register(Aid.FINANCIAL, urgent=True, person=desk.samira())
    for who in (desk.director, desk.head, desk.nadia, desk.councillor):
        with pytest.raises(PermissionDenied):
            actions.decide_urgently(
                who, urgent.pk, body_id=desk.body.pk, amount_cents=1, reasons="urgent"
            )


def test_urgent_aid_is_granted_once_with_reasons(desk: Desk) -> None:
    claim = desk.register(Aid.FINANCIAL, urgent=True)
    with pytest.raises(ValidationError):
        urgently(desk, claim, reasons=" ")
    urgently(desk, claim)
    with pytest.raises(RuleBroken, match="déjà décidée"):
        urgently(desk, claim)


def test_a_body_that_decides_otherwise_on_urgent_aid_is_notified_anew(desk: Desk) -> None:
    desk.session()
    claim = desk.register(Aid.FINANCIAL, urgent=True)
    first = urgently(desk, claim)
    actions.prepare_notification(desk.secretary, claim.pk, None)
    desk.sign(claim, desk.president)
    desk.sign(claim, desk.director)
    desk.send(claim, sent_on=TODAY)
    assert desk.stage(claim) == "notified"
    desk.open_session()
    item = AgendaItem.objects.get(centre=desk.centre)
    second = desk.decide(
        item, follows_proposal=False, measure=Measure.REFUSE, reasons="Un autre revenu.",
        grounds_in_fact="Elle a reçu son salaire.", grounds_in_law="Loi du 8 juillet 1976, art. 1er.",
    )  # fmt: skip
    assert queries.decision_on(desk.secretary, claim) == second != first
    assert desk.stage(claim) == "decided"
    assert queries.notification_of(desk.secretary, claim) is None
    actions.prepare_notification(desk.that_evening(desk.secretary), claim.pk, None)
