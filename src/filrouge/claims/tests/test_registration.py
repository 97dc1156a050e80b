"""Entering a request in the register: numbers without a gap, one clock each, one receipt."""

from __future__ import annotations

import io
import threading
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction
from pypdf import PdfReader
from tests import world

from filrouge.base.centres.models import Centre
from filrouge.base.records import Conflict, RuleBroken
from filrouge.claims import actions, letters
from filrouge.claims.models import Aid, Claim, State
from filrouge.claims.tests.desk import TODAY, Desk, open_desk
from filrouge.dossier.documents.models import Document
from filrouge.dossier.terms.models import Term
from filrouge.people.models import Mission

pytestmark = pytest.mark.django_db


def text_of(pdf: bytes) -> str:
    """All words of a letter, on one line, with plain spaces and apostrophes."""
    pages = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    return " ".join(pages.replace("\u2019", "'").replace("\u202f", " ").split())


def running(claim: Claim) -> dict[str, Term]:
    terms = Term.objects.filter(centre=claim.centre_id, subject_id=claim.pk, stopped_on=None)
    return {term.kind: term for term in terms}


# Numbers


def test_requests_of_a_year_are_numbered_from_one_without_a_gap(desk: Desk) -> None:
    found = [desk.register(person=desk.samira()).reference for _ in range(3)]
    assert found == ["2026-0001", "2026-0002", "2026-0003"]


def test_an_aborted_registration_leaves_no_gap(desk: Desk) -> None:
    desk.register()
    with pytest.raises(RuntimeError), transaction.atomic():
        desk.register()
        raise RuntimeError("the printer burns")
    assert desk.register().reference == "2026-0002"


def test_a_refused_registration_leaves_no_gap(desk: Desk) -> None:
    with pytest.raises(ValidationError):
        desk.register(received_on=TODAY + timedelta(days=1))
    assert desk.register().reference == "2026-0001"


def test_each_year_starts_again_at_one(desk: Desk) -> None:
    desk.register()
    new_year = desk.nadia.later(days=365)
    assert desk.register(by=new_year, received_on=new_year.today).reference == "2027-0001"


def test_each_centre_has_its_own_register(desk: Desk, other_centre: Centre) -> None:
    desk.register()
    assert open_desk(other_centre).register().reference == "2026-0001"


def test_the_number_of_a_request_is_not_the_number_of_the_file(desk: Desk) -> None:
    person = desk.samira()
    first, second = desk.register(person=person), desk.register(Aid.HEATING, person=person)
    assert first.person.file_number == second.person.file_number
    assert first.number != second.number


@pytest.mark.django_db(transaction=True)
def test_two_counters_at_the_same_moment_get_two_numbers_in_a_row(centre: Centre) -> None:
    desk = open_desk(centre)
    people = [desk.samira() for _ in range(8)]
    start, problems = threading.Barrier(2), []

    def register(half: list[object]) -> None:
        try:
            start.wait(10)
            for person in half:
                desk.register(person=person, by=desk.reception)
        except BaseException as problem:  # shown by the test, not lost in the thread
            problems.append(problem)
        finally:
            connection.close()

    threads = [threading.Thread(target=register, args=(people[rank::2],)) for rank in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert problems == []
    numbers = Claim.objects.filter(centre=centre).order_by("number").values_list("number")
    assert [number for (number,) in numbers] == list(range(1, 9))


# What is written


def test_two_aids_make_two_entries_on_one_receipt(desk: Desk) -> None:
    claims = desk.register_all(Aid.RIS, Aid.RENTAL_GUARANTEE)
    assert [claim.aid for claim in claims] == ["ris", "rental_guarantee"]
    assert len({claim.intake for claim in claims}) == 1
    assert len({claim.number for claim in claims}) == 2
    pdf = letters.receipt(desk.nadia, claims)
    document = actions.keep_receipt(desk.nadia, claims, pdf)
    assert Document.objects.filter(centre=desk.centre).count() == 1
    assert {desk.fresh(claim).receipt_id for claim in claims} == {document.pk}
    text = text_of(pdf)
    for said in ("2026-0001", "2026-0002", "revenu d'intégration", "garantie locative"):
        assert said in text


def test_the_receipt_says_terms_reference_service_worker_and_the_own_words(desk: Desk) -> None:
    person = desk.samira()
    claims = desk.register_all(person=person, words="Mon chômage s'arrête.")
    text = text_of(letters.receipt(desk.nadia, claims))
    for said in (
        "2 mars 2026", "1er avril 2026", "art. 21", f"{person.file_number:06d} / 2026-0001",
        "Service social général", "Nadia", "Mon chômage s'arrête.", "être entendu",
    ):  # fmt: skip
        assert said in text, said


def test_the_terms_of_integration_income_and_of_social_aid_cite_their_own_law(desk: Desk) -> None:
    ris, heating = desk.register_all(Aid.RIS, Aid.HEATING)
    assert "26 mai 2002" in running(ris)["decision"].article
    assert "8 juillet 1976" in running(heating)["decision"].article
    assert running(ris)["decision"].due_on == running(heating)["decision"].due_on


def test_the_legal_terms_run_from_the_day_of_receipt(desk: Desk) -> None:
    terms = running(desk.register())
    assert set(terms) == {"transfer", "decision"}
    assert {term.starts_on for term in terms.values()} == {TODAY}
    assert terms["decision"].due_on == date(2026, 4, 1)


def test_a_request_dated_tomorrow_is_refused_at_its_field(desk: Desk) -> None:
    with pytest.raises(ValidationError) as refused:
        desk.register(received_on=TODAY + timedelta(days=1))
    assert list(refused.value.message_dict) == ["received_on"]
    assert not Claim.objects.filter(centre=desk.centre).exists()


def test_a_forgotten_request_needs_its_reason(desk: Desk) -> None:
    with pytest.raises(ValidationError) as refused:
        desk.register(received_on=TODAY - timedelta(days=3))
    assert list(refused.value.message_dict) == ["late_entry_reason"]


def test_a_forgotten_request_keeps_its_true_day_and_its_terms_run_from_it(desk: Desk) -> None:
    received = TODAY - timedelta(days=3)
    claim = desk.register(received_on=received, late_entry_reason="Lettre mal classée.")
    assert claim.entered_late
    assert (claim.received_on, claim.entered_at) == (received, desk.nadia.now)
    assert running(claim)["decision"].due_on == received + timedelta(days=30)


def test_a_reason_for_being_late_is_not_kept_when_the_request_is_on_time(desk: Desk) -> None:
    assert not desk.register(late_entry_reason="par habitude").entered_late


def test_a_request_without_any_aid_is_refused(desk: Desk) -> None:
    request = actions.Request(
        received_on=TODAY, channel=actions.registration.Channel.COUNTER, aids=()
    )
    with pytest.raises(ValidationError) as refused:
        actions.register(desk.nadia, desk.samira().pk, request)
    assert list(refused.value.message_dict) == ["aids"]


def test_nobody_registers_without_the_right_to(desk: Desk) -> None:
    person = desk.samira()
    for who in (desk.insertion, desk.secretary, desk.councillor, desk.administrator):
        with pytest.raises(PermissionDenied):
            desk.register(by=who, person=person)


# Who takes it


def test_the_social_worker_who_registers_follows_the_file(desk: Desk) -> None:
    claim = desk.register()
    assert claim.referent == desk.nadia.membership
    assert Mission.objects.get(person=claim.person, centre=desk.centre).membership == claim.referent


def test_a_request_at_the_counter_waits_for_the_head_of_the_general_service(desk: Desk) -> None:
    claim = desk.register(by=desk.reception)
    assert claim.referent is None
    assert claim.service == desk.general
    term = running(claim)["decision"]
    assert (term.waits_for_role, term.waits_for_service) == ("head_of_service", desk.general)


def test_a_second_request_goes_to_whoever_already_follows_the_person(desk: Desk) -> None:
    person = desk.samira()
    desk.register(person=person)
    again = desk.register(Aid.HEATING, by=desk.reception, person=person)
    assert again.referent == desk.nadia.membership
    assert desk.register(Aid.MEALS, by=desk.karim, person=person).referent == again.referent


def test_a_request_does_not_go_to_a_colleague_who_has_left(desk: Desk) -> None:
    person = desk.samira()
    desk.register(person=person)
    hat = desk.nadia.membership
    hat.ends_on = TODAY
    hat.save()
    tomorrow = desk.reception.later(days=1)
    again = desk.register(Aid.HEATING, by=tomorrow, person=person, received_on=tomorrow.today)
    assert again.referent is None


def test_a_centre_without_a_general_service_is_told_what_is_missing(centre: Centre) -> None:
    reception = world.actor(centre, world.Role.RECEPTIONIST)
    request = actions.Request(
        received_on=TODAY, channel=actions.registration.Channel.COUNTER, aids=(Aid.RIS,)
    )
    with pytest.raises(RuleBroken, match="service social général"):
        actions.register(reception, world.person(centre).pk, request)


# Sending on, withdrawing


def test_a_transfer_stops_both_terms_and_keeps_the_entry(desk: Desk) -> None:
    claim = desk.register()
    sent = actions.transfer(desk.head, claim.pk, "CPAS de Montclair", "", "Elle y habite.", None)
    assert sent.signed_by == desk.head.membership
    assert running(claim) == {}
    assert desk.fresh(claim).state == State.TRANSFERRED


def test_the_transfer_letters_name_the_other_centre_the_reasons_and_the_signatory(
    desk: Desk,
) -> None:
    claim = desk.register()
    sent = actions.transfer(
        desk.head, claim.pk, "CPAS de Montclair", "rue Haute 1", "Elle habite Montclair.", None
    )
    to_centre, to_person = letters.transfer(desk.head, claim, sent)
    actions.keep_transfer_letters(desk.head, claim.pk, to_centre, to_person)
    for letter in (text_of(to_centre), text_of(to_person)):
        for said in ("CPAS de Montclair", "Elle habite Montclair.", "2026-0001", "Cheffe"):
            assert said in letter, said
    assert "Samira Lejeune" in text_of(to_centre)
    assert Document.objects.filter(centre=desk.centre, person=claim.person).count() == 2


def test_a_transfer_comes_before_any_inquiry(desk: Desk) -> None:
    claim = desk.in_inquiry()
    with pytest.raises(RuleBroken, match="avant toute enquête"):
        actions.transfer(desk.head, claim.pk, "CPAS de Montclair", "", "Elle y habite.", None)


def test_a_social_worker_does_not_sign_a_transfer(desk: Desk) -> None:
    claim = desk.register()
    with pytest.raises(PermissionDenied):
        actions.transfer(desk.nadia, claim.pk, "CPAS de Montclair", "", "Elle y habite.", None)


def test_a_transferred_request_is_put_before_the_body_to_take_note(desk: Desk) -> None:
    claim = desk.register()
    actions.transfer(desk.head, claim.pk, "CPAS de Montclair", "", "Elle y habite.", None)
    item = actions.schedule(desk.secretary, claim.pk, desk.session().pk)
    assert item.sheet["measure"] == "take_note"
    assert "CPAS de Montclair" in item.sheet["grounds_in_fact"]


def test_a_withdrawn_request_stays_in_the_register_with_its_clocks_stopped(desk: Desk) -> None:
    claim = desk.in_inquiry()
    actions.withdraw(desk.nadia, claim.pk, "Elle a trouvé du travail.", None)
    assert desk.stage(claim) == "withdrawn"
    assert running(claim) == {}
    assert Claim.objects.get(pk=claim.pk, centre=desk.centre).number == claim.number


def test_a_request_is_withdrawn_only_in_words(desk: Desk) -> None:
    claim = desk.register()
    with pytest.raises(ValidationError) as refused:
        actions.withdraw(desk.nadia, claim.pk, "  ", None)
    assert list(refused.value.message_dict) == ["reason"]


def test_a_request_on_an_agenda_is_not_withdrawn_behind_the_back_of_the_body(desk: Desk) -> None:
    claim, _item = desk.scheduled()
    with pytest.raises(RuleBroken, match="ordre du jour du 24/03/2026"):
        actions.withdraw(desk.nadia, claim.pk, "Elle renonce.", None)


def test_a_decided_request_is_not_withdrawn(desk: Desk) -> None:
    claim, _decision = desk.decided()
    with pytest.raises(RuleBroken, match="décidée"):
        actions.withdraw(desk.nadia, claim.pk, "Elle renonce.", None)


def test_a_stale_form_is_a_conflict_and_changes_nothing(desk: Desk) -> None:
    claim = desk.register(by=desk.reception)
    shown = claim.version
    actions.assign(desk.head, claim.pk, desk.nadia.membership.pk)
    with pytest.raises(Conflict):
        actions.transfer(desk.head, claim.pk, "CPAS de Montclair", "", "Elle y habite.", shown)
    assert desk.fresh(claim).state == State.REGISTERED


def test_the_head_gives_a_request_to_a_worker_and_the_queue_follows(desk: Desk) -> None:
    claim = desk.register(by=desk.reception)
    actions.assign(desk.head, claim.pk, desk.karim.membership.pk)
    assert desk.fresh(claim).referent == desk.karim.membership
    assert {term.waits_for_membership for term in running(claim).values()} == {
        desk.karim.membership
    }
    actions.assign(desk.head, claim.pk, desk.eva.membership.pk)
    assert {term.referent for term in running(claim).values()} == {desk.eva.membership}
    assert desk.fresh(claim).service == desk.energy


def test_a_request_is_given_to_social_workers_in_function_only(desk: Desk) -> None:
    claim = desk.register(by=desk.reception)
    for who in (desk.secretary, desk.insertion):
        with pytest.raises(ValidationError):
            actions.assign(desk.head, claim.pk, who.membership.pk)
