"""The pages of a request as their users meet them: shown, refused at the field, sent twice."""

from __future__ import annotations

import html
import io
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from tests import guards

from filrouge.base.access.actor import Actor
from filrouge.claims import actions
from filrouge.claims.models import Aid, Claim, Finding, FrozenEntitlement, HomeVisit, Proposal
from filrouge.claims.tests.desk import SESSION, TODAY, Desk, browser
from filrouge.dossier.documents.models import Document
from filrouge.people import actions as people
from filrouge.people.models import MissionKind

pytestmark = pytest.mark.django_db
Selects = Callable[[int], AbstractContextManager[list[str]]]


@pytest.fixture(autouse=True)
def _monday(frozen_time: Any) -> Any:
    return frozen_time


def page(claim: Claim, step: str) -> str:
    return reverse("claims:step", args=[claim.pk, step])


def door(claim: Claim, act: str) -> str:
    return reverse(f"claims:{act}", args=[claim.pk])


def send(who: Actor, claim: Claim, act: str, **typed: Any) -> Any:
    """Send the form of an act, as ``enquete/visiter``."""
    return browser(who).post(reverse("claims:act", args=[claim.pk, *act.split("/")]), typed)


def words(answer: Any) -> str:
    return " ".join(html.unescape(answer.content.decode()).split())


# Every step for its role

STAGES: dict[str, Callable[[Desk], Claim]] = {
    "registered": lambda desk: desk.register(words="Mon chômage s'arrête."),
    "unassigned": lambda desk: desk.register(by=desk.reception),
    "inquiry": lambda desk: desk.in_inquiry(),
    "established": lambda desk: desk.established(),
    "need": lambda desk: desk.in_inquiry(Aid.HEATING),
    "proposed": lambda desk: desk.proposed(),
    "approved": lambda desk: desk.approved(),
    "scheduled": lambda desk: desk.scheduled()[0],
    "decided": lambda desk: desk.decided()[0],
    "prepared": lambda desk: desk.prepared(),
    "signed": lambda desk: desk.signed(),
    "notified": lambda desk: desk.notified(),
}
STEPS = ("demande", "enquete", "calcul", "proposition", "conseil", "notification")
LATE = ("decided", "prepared", "signed", "notified")


@pytest.mark.parametrize("stage", STAGES)
def test_every_step_opens_for_everyone_who_reads_the_request(
    desk: Desk, stage: str, frozen_time: Any
) -> None:
    claim = STAGES[stage](desk)
    if stage in LATE:
        frozen_time.move_to(SESSION + timedelta(hours=1), tick=False)
    for who in (desk.nadia, desk.head, desk.secretary, desk.director):
        if stage == "unassigned" and who is desk.nadia:
            continue
        client = browser(who)
        for step in STEPS:
            if stage == "need" and step == "calcul":
                continue
            answer = client.get(page(claim, step))
            assert answer.status_code == 200, (who.role, step)
            assert "Samira Lejeune" in words(answer)


def test_a_request_opens_at_the_step_where_it_stands(desk: Desk) -> None:
    client = browser(desk.nadia)
    for claim, step in (
        (desk.register(person=desk.samira()), "demande"),
        (desk.in_inquiry(person=desk.samira()), "enquete"),
        (desk.proposed(person=desk.samira()), "proposition"),
        (desk.approved(person=desk.samira()), "conseil"),
    ):
        assert client.get(door(claim, "claim"))["Location"] == page(claim, step)


def test_an_aid_that_is_not_computed_has_no_step_for_it(desk: Desk) -> None:
    claim = desk.in_inquiry(Aid.HEATING)
    assert browser(desk.nadia).get(page(claim, "calcul")).status_code == 404
    assert browser(desk.nadia).get(page(claim, "ailleurs")).status_code == 404


def test_the_right_buttons_stand_on_the_right_desks(desk: Desk) -> None:
    claim = desk.proposed()
    shown = {who: words(browser(who).get(page(claim, "proposition"))) for who in (
        desk.nadia, desk.head, desk.secretary,
    )}  # fmt: skip
    assert "Approuver" in shown[desk.head]
    assert "La reprendre pour la corriger" in shown[desk.nadia]
    for who in (desk.nadia, desk.secretary):
        assert "Approuver" not in shown[who]


def test_a_late_entry_shows_in_the_register_and_on_the_request(desk: Desk) -> None:
    claim = desk.register(
        received_on=TODAY - timedelta(days=3), late_entry_reason="Lettre mal classée."
    )
    register = words(browser(desk.reception).get(reverse("claims:register")))
    for shown in (register, words(browser(desk.nadia).get(page(claim, "demande")))):
        assert "inscrite plus tard" in shown
        assert "Lettre mal classée." in shown


def test_the_register_shows_neither_words_nor_outcome(desk: Desk) -> None:
    desk.register(words="Mon mari me bat.")
    shown = words(browser(desk.reception).get(reverse("claims:register")))
    assert "Samira" in shown
    assert "Mon mari" not in shown


# Lists


def test_a_list_shows_only_what_its_reader_may_open(desk: Desk) -> None:
    desk.register()
    client = browser(desk.karim)
    assert "Lejeune" not in words(client.get(reverse("claims:list")))
    assert "Lejeune" in words(browser(desk.nadia).get(reverse("claims:list")))


def test_a_list_is_narrowed_by_stage_aid_and_name(desk: Desk) -> None:
    desk.register(person=desk.samira())
    desk.in_inquiry(Aid.HEATING, person=desk.samira("Karima"))
    client, address = browser(desk.nadia), reverse("claims:list")
    for query, here, gone in (
        ("etape=inquiry", "Karima", "Samira"),
        ("aide=ris", "Samira", "Karima"),
        ("q=karim", "Karima", "Samira"),
        ("q=2026-0001", "Samira", "Karima"),
    ):
        shown = words(client.get(f"{address}?{query}"))
        assert here in shown, query
        assert f"Lejeune {gone}" not in shown, query


@pytest.mark.parametrize(
    "query",
    [
        "etape=nulle+part",
        "aide=9",
        "apres=²-1",
        "apres=x",
        "q=²-1",
        "q=%00",
        "apres=9999999999999-1",
    ],
)
def test_a_list_stays_calm_about_addresses_typed_by_hand(desk: Desk, query: str) -> None:
    desk.register()
    assert browser(desk.nadia).get(f"{reverse('claims:list')}?{query}").status_code == 200


def test_twenty_six_requests_make_two_pages(desk: Desk) -> None:
    person = desk.samira()
    for _ in range(26):
        desk.register(Aid.MEALS, person=person)
    client, address = browser(desk.nadia), reverse("claims:list")
    first = client.get(address)
    assert len(first.context["rows"]) == 25
    second = client.get(address + first.context["page"]["next_url"])
    assert [row.reference for row in second.context["rows"]] == ["2026-0001"]


def test_an_export_holds_the_rows_of_the_list_and_typed_days(desk: Desk) -> None:
    desk.register()
    answer = browser(desk.nadia).get(reverse("claims:export"))
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert sheet is not None
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    line = next(row for row in rows if "2026-0001" in row)
    assert "Lejeune" in line
    assert any(getattr(value, "year", None) == 2026 for value in line)


def test_the_financial_direction_takes_no_list_of_requests_away(desk: Desk) -> None:
    desk.register()
    assert browser(desk.treasurer).get(reverse("claims:export")).status_code == 403


@pytest.mark.parametrize("count", [1, 25])
def test_a_list_asks_the_database_the_same_twelve_times_at_most(desk: Desk, count: int) -> None:
    for _ in range(count):
        desk.register(Aid.MEALS, person=desk.samira())
    client = browser(desk.nadia)
    for name in ("claims:list", "claims:register"):
        with guards.counted_selects() as seen:
            client.get(reverse(name))
        assert len(seen) <= 12, "\n".join(seen)


QUERIES = {
    "demande": 18, "enquete": 20, "calcul": 23, "proposition": 15, "conseil": 18,
    "notification": 16,
}  # fmt: skip


@pytest.mark.parametrize("step", QUERIES)
def test_a_step_asks_the_database_a_pinned_number_of_times(
    desk: Desk, step: str, selects: Selects
) -> None:
    claim = desk.approved()
    for _ in range(4):
        desk.register(Aid.MEALS, person=claim.person)
    client = browser(desk.nadia)
    with selects(QUERIES[step]):
        client.get(page(claim, step))


def test_those_above_see_figures_and_no_name(desk: Desk) -> None:
    desk.in_inquiry()
    for who in (desk.director, desk.president):
        shown = words(browser(who).get(reverse("my_work")))
        assert "Lejeune" not in shown
        assert browser(who).get(reverse("team_work")).status_code == 403
    assert "Lejeune" in words(browser(desk.head).get(reverse("team_work")))


def test_the_choice_of_a_worker_shows_the_load_of_each(desk: Desk) -> None:
    desk.register(person=desk.samira())
    claim = desk.register(by=desk.reception)
    shown = words(browser(desk.head).get(door(claim, "assign")))
    for name in ("Nadia", "Karim", "Eva", "50"):
        assert name in shown


# Registering


def request_form(**more: Any) -> dict[str, Any]:
    return {
        "aids": ["ris"], "channel": "counter", "received_on": "2026-03-02",
        "words": "Mon chômage s'arrête.", "late_entry_reason": "", "submission_key": "k1", **more,
    }  # fmt: skip


def test_a_request_sent_twice_is_registered_once_with_one_receipt(desk: Desk) -> None:
    address = reverse("claims:new", args=[desk.samira().pk])
    client = browser(desk.nadia)
    first, second = client.post(address, request_form()), client.post(address, request_form())
    claim = Claim.objects.get(centre=desk.centre)
    assert first["Location"] == second["Location"] == page(claim, "demande")
    assert Document.objects.filter(centre=desk.centre).count() == 1
    assert claim.receipt is not None


def test_the_reception_goes_back_to_the_card_of_the_person(desk: Desk) -> None:
    person = desk.samira()
    address = reverse("claims:new", args=[person.pk])
    answer = browser(desk.reception).post(address, request_form())
    assert answer["Location"] == reverse("people:person", args=[person.pk])


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"received_on": "2026-03-03"}, "received_on"),
        ({"received_on": "2026-02-31"}, "received_on"),
        ({"received_on": "2026-02-27"}, "late_entry_reason"),
        ({"aids": []}, "aids"),
        ({"aids": ["fortune"]}, "aids"),
        ({"channel": "pigeon"}, "channel"),
    ],
)
def test_a_mistake_at_the_counter_is_one_sentence_at_its_field_and_nothing_is_lost(
    desk: Desk, wrong: dict[str, Any], field: str
) -> None:
    address = reverse("claims:new", args=[desk.samira().pk])
    answer = browser(desk.nadia).post(address, request_form(**wrong))
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    (sentence,) = answer.context["form"].errors[field]
    assert html.unescape(sentence) in words(answer)
    assert "Mon chômage s'arrête." in words(answer)
    assert not Claim.objects.filter(centre=desk.centre).exists()


# Mistakes during the inquiry


def test_six_findings_are_sent_together(desk: Desk) -> None:
    claim = desk.in_inquiry()
    typed = {f"{key}-result": "met" for key in (
        "residence", "age", "status", "resources", "work", "other_rights",
    )}  # fmt: skip
    answer = send(desk.nadia, claim, "enquete/constater", **typed)
    assert answer["Location"] == page(claim, "calcul")
    assert Finding.objects.filter(centre=desk.centre).count() == 6


def test_one_wrong_finding_keeps_the_whole_page_as_typed_and_writes_nothing(desk: Desk) -> None:
    claim = desk.in_inquiry()
    typed = {f"{key}-result": "met" for key in (
        "residence", "age", "status", "resources", "other_rights",
    )}  # fmt: skip
    typed |= {
        "work-result": "exempt",
        "work-exemption": "health",
        "residence-text": "vue chez elle",
    }
    answer = send(desk.nadia, claim, "enquete/constater", **typed)
    assert answer.status_code == 422
    forms = {form.prefix: form for form in answer.context["finding_forms"]}
    assert list(forms["work"].errors) == ["appraised_by"]
    assert "Indiquez qui a apprécié" in words(answer)
    assert "vue chez elle" in words(answer)
    assert not Finding.objects.filter(centre=desk.centre).exists()


@pytest.mark.parametrize(
    ("act", "typed", "name", "field"),
    [
        (
            "enquete/visiter",
            {"visited_on": "2026-03-03", "text": "Vu."},
            "visit_form",
            "visited_on",
        ),
        ("enquete/visiter", {"visited_on": "2026-03-02", "text": ""}, "visit_form", "text"),
        ("enquete/demander", {"due_on": "2026-03-12"}, "ask_form", "kinds"),
        ("enquete/demander", {"due_on": "2026-03-01", "kinds": ["lease"]}, "ask_form", "due_on"),
        ("calcul/figer", {"on": "2026-02-31"}, "freeze_form", "on"),
        ("calcul/figer", {"starts_on": "2026-03-01"}, "freeze_form", "starts_on"),
        ("calcul/figer", {"category": "9"}, "freeze_form", "category"),
        ("calcul/figer", {"category_reason": " "}, "freeze_form", "category_reason"),
        ("proposition/proposer", {"amount_cents": "99 999,00"}, "form", "amount_cents"),
        ("proposition/proposer", {"amount_cents": "-5"}, "form", "amount_cents"),
        ("proposition/proposer", {"amount_cents": "mille"}, "form", "amount_cents"),
        ("proposition/proposer", {"ends_on": "2026-03-01"}, "form", "ends_on"),
        ("proposition/proposer", {"starts_on": "2026-03-01"}, "form", "starts_on"),
        ("proposition/proposer", {"grounds_in_law": ""}, "form", "grounds_in_law"),
        ("proposition/proposer", {"rhythm": ""}, "form", "rhythm"),
    ],
)
def test_a_mistake_is_one_sentence_at_its_field_with_what_was_typed(
    desk: Desk, act: str, typed: dict[str, Any], name: str, field: str
) -> None:
    claim = desk.established()
    if act.startswith("proposition"):
        desk.freeze(claim)
    usual = {
        "enquete/visiter": {}, "enquete/demander": {},
        "calcul/figer": {
            "on": "2026-03-02", "starts_on": "2026-03-02", "category": "2",
            "category_reason": "Elle vit seule.",
        },
        "proposition/proposer": {
            "measure": "grant", "amount_cents": "1 340,47", "starts_on": "2026-03-02",
            "rhythm": "monthly", "grounds_in_fact": "Elle vit seule.", "grounds_in_law": "Art. 14.",
        },
    }[act]  # fmt: skip
    answer = send(desk.nadia, claim, act, **{**usual, **typed})
    assert answer.status_code == 422
    form = answer.context[name]
    assert list(form.errors) == [field]
    (sentence,) = form.errors[field]
    assert " ".join(html.unescape(sentence).split()) in words(answer)
    for kept in {**usual, **typed}.values():
        if isinstance(kept, str) and len(kept) > 3:
            assert kept in words(answer) or kept.replace("-", "/") in words(answer)
    written = (HomeVisit, Proposal) if act.startswith("prop") else (HomeVisit, FrozenEntitlement)
    assert not any(model.objects.filter(centre=desk.centre).exists() for model in written)


@pytest.mark.parametrize(
    "query", ["on=2026-02-31", "on=hier", "starts_on=2026-99-99", "category=x"]
)
def test_the_live_computation_stays_calm_about_days_that_do_not_exist(
    desk: Desk, query: str
) -> None:
    claim = desk.established()
    assert browser(desk.nadia).get(f"{page(claim, 'calcul')}?{query}").status_code == 200


@pytest.mark.parametrize("on", ["1990-01-01", "2090-01-01"])
def test_a_day_outside_the_law_is_a_sentence_not_a_failure(desk: Desk, on: str) -> None:
    claim = desk.established()
    answer = browser(desk.nadia).get(f"{page(claim, 'calcul')}?on={on}")
    assert answer.status_code == 200
    sent = send(
        desk.nadia, claim, "calcul/figer", on=on, starts_on="2026-03-02", category="2",
        category_reason="Elle vit seule.",
    )  # fmt: skip
    assert sent.status_code in {302, 422}


def test_a_household_not_covered_says_so_and_cannot_be_frozen(desk: Desk) -> None:
    claim = desk.established()
    people.add_household_member(
        desk.nadia, claim.person_id,
        {"first_name": "Rachid", "last_name": "Lejeune", "relation": "parent",
         "starts_on": TODAY, "net_monthly_cents": 0},
    )  # fmt: skip
    assert "Non couvert" in words(browser(desk.nadia).get(page(claim, "calcul")))
    answer = send(
        desk.nadia, claim, "calcul/figer", on="2026-03-02", starts_on="2026-03-02", category="1",
        category_reason="Elle vit chez son père.",
    )  # fmt: skip
    assert answer.status_code == 422
    assert "Elle vit chez son père." in words(answer)
    assert not FrozenEntitlement.objects.filter(centre=desk.centre).exists()


# Two people, two windows, two clicks


def test_two_people_on_one_form_get_a_page_that_shows_what_was_typed(desk: Desk) -> None:
    claim = desk.in_inquiry(Aid.HEATING)
    first = send(
        desk.nadia,
        claim,
        "enquete/besoin",
        state_of_need="La cuve est vide.",
        version=claim.version,
    )
    assert first.status_code == 302
    second = send(
        desk.head,
        claim,
        "enquete/besoin",
        state_of_need="Plus de chauffage.",
        version=claim.version,
    )
    assert second.status_code == 409
    assert "Plus de chauffage." in words(second)
    assert desk.fresh(claim).state_of_need == "La cuve est vide."


def test_a_transfer_on_a_stale_page_is_a_conflict(desk: Desk) -> None:
    claim = desk.register(by=desk.reception)
    actions.assign(desk.head, claim.pk, desk.nadia.membership.pk)
    typed = {
        "to_centre": "CPAS de Montclair",
        "reasons": "Elle y habite.",
        "version": claim.version,
    }
    answer = browser(desk.head).post(door(claim, "transfer"), typed)
    assert answer.status_code == 409
    for said in ("CPAS de Montclair", "Elle y habite."):
        assert said in words(answer)
    assert not Document.objects.filter(centre=desk.centre).exists()


def test_a_transfer_by_page_keeps_both_letters(desk: Desk) -> None:
    claim = desk.register()
    typed = {
        "to_centre": "CPAS de Montclair",
        "reasons": "Elle y habite.",
        "version": claim.version,
    }
    answer = browser(desk.head).post(door(claim, "transfer"), typed)
    assert answer["Location"] == page(claim, "demande")
    assert Document.objects.filter(centre=desk.centre, kind="letter").count() == 2


def test_a_form_sent_from_a_forgotten_window_is_answered_with_what_was_typed(desk: Desk) -> None:
    claim = desk.proposed()
    answer = send(
        desk.nadia, claim, "proposition/proposer", measure="refuse",
        grounds_in_fact="Je réécris tout.", grounds_in_law="Art. 3.",
    )  # fmt: skip
    assert answer.status_code == 422
    assert "déjà une proposition en cours" in words(answer)
    assert "Je réécris tout." in words(answer)


def test_a_proposal_that_changed_meanwhile_is_not_approved_by_an_old_page(desk: Desk) -> None:
    claim = desk.proposed()
    actions.take_back(desk.nadia, claim.pk)
    again = desk.nadia.later(minutes=1)
    actions.propose(again, claim.pk, desk.draft(claim, amount_cents=1_00), None)
    answer = send(desk.head, claim, "proposition/approuver", version=claim.version)
    assert answer.status_code == 409
    assert desk.stage(claim) == "proposed"


def test_a_visit_noted_twice_by_a_double_click_is_noted_once(desk: Desk) -> None:
    claim = desk.in_inquiry()
    for _ in range(2):
        answer = send(
            desk.nadia, claim, "enquete/visiter", visited_on="2026-03-02", text="Vu.",
            submission_key="clic",
        )  # fmt: skip
        assert answer.status_code == 302
    assert HomeVisit.objects.filter(centre=desk.centre).count() == 1


def test_asking_for_documents_keeps_the_letter_that_lists_them(desk: Desk) -> None:
    claim = desk.in_inquiry()
    answer = send(
        desk.nadia, claim, "enquete/demander", kinds=["lease", "payslip"], due_on="2026-03-12"
    )
    assert answer.status_code == 302
    letter = Document.objects.get(centre=desk.centre)
    assert "2026-0001" in letter.title
    shown = words(browser(desk.nadia).get(page(claim, "enquete")))
    assert "Demandés, attendus" in shown


# The end of the thread


def test_the_letter_is_seen_prepared_signed_and_sent_by_its_own_hands(
    desk: Desk, frozen_time: Any
) -> None:
    claim, _decision = desk.decided()
    frozen_time.move_to(SESSION + timedelta(hours=1), tick=False)
    secretary = browser(desk.secretary)
    assert secretary.get(door(claim, "preview"))["Content-Type"] == "application/pdf"
    assert secretary.post(f"{page(claim, 'notification')}preparer/").status_code == 302
    for who in (desk.president, desk.director):
        client = browser(who)
        assert door(claim, "preview") in words(client.get(door(claim, "sign")))
        assert client.get(door(claim, "preview"))["Content-Type"] == "application/pdf"
        assert client.post(door(claim, "sign"))["Location"] == reverse("my_work")
    sent = {"delivery": "registered", "delivery_number": "", "sent_on": "2026-03-24"}
    refused = send(desk.secretary, claim, "notification/envoyer", **sent)
    assert refused.status_code == 422
    assert list(refused.context["send_form"].errors) == ["delivery_number"]
    sent["delivery_number"] = "RR 1 BE"
    assert send(desk.secretary, claim, "notification/envoyer", **sent).status_code == 302
    assert desk.stage(claim) == "notified"


def test_the_payment_is_noted_on_its_page_and_leaves_the_list(desk: Desk, frozen_time: Any) -> None:
    claim = desk.notified()
    frozen_time.move_to(SESSION + timedelta(hours=1), tick=False)
    client = browser(desk.treasurer)
    assert "Lejeune" in words(client.get(reverse("claims:payments")))
    shown = words(client.get(door(claim, "pay")))
    assert "Résidence" not in shown
    early = client.post(door(claim, "pay"), {"paid_on": "2026-03-23", "amount_cents": "1 340,47"})
    assert (early.status_code, list(early.context["form"].errors)) == (422, ["paid_on"])
    client.post(door(claim, "pay"), {"paid_on": "2026-03-24", "amount_cents": "1 340,47"})
    assert "Lejeune" not in words(client.get(reverse("claims:payments")))


def test_urgent_aid_by_page_is_refused_for_integration_income(desk: Desk) -> None:
    desk.session()
    claim = desk.register(urgent=True)
    typed = {"body": str(desk.body.pk), "amount_cents": "150", "reasons": "Rien à manger."}
    answer = browser(desk.president).post(door(claim, "urgent"), typed)
    assert answer.status_code == 422
    assert "L'aide urgente est une aide sociale" in words(answer)
    assert "Rien à manger." in words(answer)


def test_urgent_aid_by_page_goes_to_ratification(desk: Desk) -> None:
    desk.session()
    claim = desk.register(Aid.FINANCIAL, urgent=True)
    typed = {"body": str(desk.body.pk), "amount_cents": "150", "reasons": "Rien à manger."}
    answer = browser(desk.president).post(door(claim, "urgent"), typed)
    assert answer["Location"] == reverse("council:sessions")
    assert desk.session().items.count() == 1


def test_a_withdrawal_asks_how_the_person_said_it(desk: Desk) -> None:
    claim = desk.register()
    client: Client = browser(desk.nadia)
    assert client.post(door(claim, "withdraw"), {"reason": ""}).status_code == 422
    answer = client.post(door(claim, "withdraw"), {"reason": "Elle a trouvé du travail."})
    assert answer["Location"] == page(claim, "demande")
    assert "retirée" in words(client.get(page(claim, "demande")))


def test_a_colleague_on_mission_works_as_the_referent_does(desk: Desk) -> None:
    claim = desk.in_inquiry()
    people.give_mission(desk.head, claim.person_id, desk.eva.membership, MissionKind.CO_REFERENT)
    answer = send(desk.eva, claim, "enquete/visiter", visited_on="2026-03-02", text="Vu.")
    assert answer.status_code == 302
