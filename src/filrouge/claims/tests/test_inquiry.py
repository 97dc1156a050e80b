"""The six conditions, what proves them, what is still missing, and the amount that follows."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction

from filrouge.base.records import Conflict, RuleBroken
from filrouge.claims import actions, queries
from filrouge.claims.models import (
    CONDITIONS,
    Aid,
    Claim,
    Exemption,
    Finding,
    FrozenEntitlement,
    Result,
)
from filrouge.claims.tests.desk import RIGHT, TODAY, Desk
from filrouge.council.models import Measure
from filrouge.dossier.documents import actions as documents
from filrouge.dossier.documents.models import Document, DocumentKind
from filrouge.law.reading import CaseError
from filrouge.people import actions as people

pytestmark = pytest.mark.django_db


def received(desk: Desk, claim: Claim, kind: DocumentKind, **more: object) -> Document:
    content = b"%PDF-1.4\n" + kind.value.encode() + b"\n%%EOF\n"
    given = {"title": str(kind.label), "received_on": TODAY, **more}
    return documents.receive(
        desk.nadia, claim.person_id, upload=("papier.pdf", content), kind=kind, **given
    )


def line(desk: Desk, claim: Claim, key: str) -> queries.ConditionLine:
    return next(one for one in queries.condition_lines(desk.nadia, claim) if one.key == key)


# Findings


def test_the_six_conditions_of_the_law_start_as_not_known(desk: Desk) -> None:
    lines = queries.condition_lines(desk.nadia, desk.in_inquiry())
    assert [one.key for one in lines] == [
        "residence", "age", "status", "resources", "work", "other_rights",
    ]  # fmt: skip
    assert {one.result for one in lines} == {"unknown"}
    assert all(one.article.startswith("Loi du 26 mai 2002, art. 3") for one in lines)


def test_a_newer_finding_replaces_the_former_which_stays(desk: Desk) -> None:
    claim = desk.in_inquiry()
    desk.find(claim, "residence", Result.NOT_MET, text="absente à la visite")
    desk.find(claim, "residence", text="présente", by=desk.nadia.later(minutes=1))
    assert line(desk, claim, "residence").result == "met"
    assert Finding.objects.filter(centre=desk.centre, claim=claim).count() == 2


def test_a_finding_once_recorded_never_changes(desk: Desk) -> None:
    finding = desk.find(desk.in_inquiry(), "age")
    with pytest.raises(DatabaseError), transaction.atomic():
        Finding.objects.filter(pk=finding.pk).update(result=Result.NOT_MET)
    with pytest.raises(DatabaseError), transaction.atomic():
        Finding.objects.filter(pk=finding.pk).delete()


def test_only_willingness_to_work_can_be_exempt(desk: Desk) -> None:
    claim = desk.in_inquiry()
    for key in set(CONDITIONS) - {"work"}:
        with pytest.raises(ValidationError) as refused:
            desk.find(
                claim, key, Result.EXEMPT, exemption=Exemption.HEALTH, appraised_by="Dr Modèle"
            )
        assert list(refused.value.message_dict) == ["result"]


def test_an_exemption_cites_its_ground(desk: Desk) -> None:
    with pytest.raises(ValidationError) as refused:
        desk.find(desk.in_inquiry(), "work", Result.EXEMPT, appraised_by="Dr Modèle")
    assert refused.value.message_dict == {
        "exemption": ["Une dispense cite sa raison : santé ou équité."]
    }


def test_an_exemption_names_who_appraised_it(desk: Desk) -> None:
    with pytest.raises(ValidationError) as refused:
        desk.find(desk.in_inquiry(), "work", Result.EXEMPT, exemption=Exemption.EQUITY)
    assert list(refused.value.message_dict) == ["appraised_by"]


def test_an_exemption_with_ground_and_author_counts_as_established(desk: Desk) -> None:
    claim = desk.in_inquiry()
    for key in set(CONDITIONS) - {"work"}:
        desk.find(claim, key)
    assert queries.unknown_conditions(desk.nadia, claim) == [CONDITIONS["work"].label]
    desk.find(claim, "work", Result.EXEMPT, exemption=Exemption.HEALTH, appraised_by="Dr Modèle")
    assert queries.unknown_conditions(desk.nadia, claim) == []


def test_the_findings_of_one_page_are_recorded_together_or_not_at_all(desk: Desk) -> None:
    claim = desk.in_inquiry()
    drafts = [
        actions.FindingDraft("residence", Result.MET),
        actions.FindingDraft("work", Result.EXEMPT),
    ]
    with pytest.raises(actions.FindingRefused) as refused:
        actions.record_findings(desk.nadia, claim.pk, drafts)
    assert refused.value.condition == "work"
    assert not Finding.objects.filter(centre=desk.centre).exists()


def test_a_finding_rests_on_documents_of_the_same_file(desk: Desk) -> None:
    claim = desk.in_inquiry()
    paper = received(desk, claim, DocumentKind.LEASE)
    other = desk.in_inquiry(person=desk.samira(first_name="Autre"))
    foreign = received(desk, other, DocumentKind.LEASE)
    finding = desk.find(claim, "residence", evidence=[paper.pk, foreign.pk])
    assert list(finding.evidence.order_by("id")) == [paper]


def test_findings_are_made_during_the_inquiry_only(desk: Desk) -> None:
    with pytest.raises(RuleBroken):
        desk.find(desk.register(), "age")
    with pytest.raises(RuleBroken):
        desk.find(desk.proposed(person=desk.samira()), "age")


def test_a_colleague_without_mission_records_nothing(desk: Desk) -> None:
    claim = desk.in_inquiry()
    for who in (desk.karim, desk.eva, desk.other_head, desk.secretary, desk.reception):
        with pytest.raises(PermissionDenied):
            desk.find(claim, "age", by=who)


# Documents


def test_a_valid_document_of_the_file_counts_and_is_not_asked_again(desk: Desk) -> None:
    claim = desk.in_inquiry()
    asked = {kind for kind, _label in line(desk, claim, "residence").missing}
    assert asked == {DocumentKind.HOUSEHOLD, DocumentKind.LEASE}
    received(desk, claim, DocumentKind.LEASE)
    residence = line(desk, claim, "residence")
    assert [paper.kind for paper in residence.papers] == [DocumentKind.LEASE]
    assert {kind for kind, _label in residence.missing} == {DocumentKind.HOUSEHOLD}


def test_an_expired_document_is_missing_again(desk: Desk) -> None:
    claim = desk.in_inquiry()
    received(
        desk, claim, DocumentKind.LEASE, received_on=date(2026, 1, 5), valid_until=date(2026, 2, 1)
    )
    assert DocumentKind.LEASE in {kind for kind, _label in line(desk, claim, "residence").missing}


def test_nothing_is_missing_for_a_condition_that_is_established(desk: Desk) -> None:
    claim = desk.in_inquiry()
    for key in set(CONDITIONS) - {"residence"}:
        desk.find(claim, key)
    kinds = [
        kind for kind, _label in queries.missing_kinds(queries.condition_lines(desk.nadia, claim))
    ]
    assert kinds == [DocumentKind.HOUSEHOLD, DocumentKind.LEASE]


def test_what_was_asked_is_not_asked_twice(desk: Desk) -> None:
    claim = desk.in_inquiry()
    due = TODAY + timedelta(days=10)
    first = actions.ask_documents(desk.nadia, claim.pk, [(DocumentKind.LEASE, "")], due)
    assert [one.kind for one in first] == [DocumentKind.LEASE]
    residence = line(desk, claim, "residence")
    assert [one.kind for one in residence.asked] == [DocumentKind.LEASE]
    assert DocumentKind.LEASE not in {kind for kind, _label in residence.missing}


def test_a_visit_is_noted_after_it_was_made(desk: Desk) -> None:
    claim = desk.in_inquiry()
    with pytest.raises(ValidationError) as refused:
        actions.record_visit(desk.nadia, claim.pk, TODAY + timedelta(days=1), "vu")
    assert list(refused.value.message_dict) == ["visited_on"]
    actions.record_visit(desk.nadia, claim.pk, TODAY, "Logement occupé.")
    (visit,) = queries.visits_of(desk.nadia, claim)
    assert visit.text == "Logement occupé."


# Before a proposal


def test_nothing_is_proposed_while_a_condition_is_not_known(desk: Desk) -> None:
    claim = desk.in_inquiry()
    for key in set(CONDITIONS) - {"status"}:
        desk.find(claim, key)
    with pytest.raises(ValidationError) as refused:
        actions.propose(desk.nadia, claim.pk, desk.draft(claim, Measure.REFUSE), None)
    (sentence,) = refused.value.message_dict["despite_unknown"]
    assert CONDITIONS["status"].label in sentence


def test_a_condition_found_not_known_is_not_established_either(desk: Desk) -> None:
    claim = desk.established()
    desk.find(claim, "age", Result.UNKNOWN, by=desk.nadia.later(minutes=1))
    assert queries.unknown_conditions(desk.nadia, claim) == [CONDITIONS["age"].label]


def test_a_written_reason_lets_the_proposal_pass(desk: Desk) -> None:
    claim = desk.in_inquiry()
    draft = desk.draft(claim, Measure.REFUSE, despite_unknown="Elle ne répond plus.")
    proposal = actions.propose(desk.nadia, claim.pk, draft, None)
    assert proposal.despite_unknown == "Elle ne répond plus."


def test_social_aid_rests_on_the_state_of_need_not_on_the_six_conditions(desk: Desk) -> None:
    claim = desk.in_inquiry(Aid.HEATING)
    assert queries.unknown_conditions(desk.nadia, claim) == ["l'état de besoin"]
    with pytest.raises(ValidationError) as refused:
        actions.propose(desk.nadia, claim.pk, desk.draft(claim), None)
    assert list(refused.value.message_dict) == ["despite_unknown"]
    claim = actions.record_state_of_need(desk.nadia, claim.pk, "La cuve est vide.")
    proposal = actions.propose(desk.nadia, claim.pk, desk.draft(claim), None)
    assert "La cuve est vide." in proposal.grounds_in_fact
    assert "8 juillet 1976" in proposal.grounds_in_law
    assert "26 mai 2002" not in proposal.grounds_in_law


def test_an_empty_state_of_need_is_refused(desk: Desk) -> None:
    claim = desk.in_inquiry(Aid.HEATING)
    with pytest.raises(ValidationError) as refused:
        actions.record_state_of_need(desk.nadia, claim.pk, "  ")
    assert list(refused.value.message_dict) == ["state_of_need"]


def test_two_colleagues_writing_the_state_of_need_do_not_overwrite_each_other(desk: Desk) -> None:
    claim = desk.in_inquiry(Aid.HEATING)
    actions.record_state_of_need(desk.nadia, claim.pk, "La cuve est vide.", claim.version)
    with pytest.raises(Conflict):
        actions.record_state_of_need(desk.head, claim.pk, "Plus de chauffage.", claim.version)
    assert desk.fresh(claim).state_of_need == "La cuve est vide."


# Computation


def earning(desk: Desk, claim: Claim, **more: object) -> None:
    given = {
        "kind": "wage", "amount_cents": 600_00, "starts_on": date(2026, 3, 9), "exempted_work": True,
    }  # fmt: skip
    people.add_income(desk.nadia, claim.person_id, {**given, **more})


def test_the_right_of_samira_who_works_a_little_is_1076_97(desk: Desk) -> None:
    claim = desk.established(received_on=date(2026, 2, 25), late_entry_reason="Lettre égarée.")
    earning(desk, claim)
    assert desk.freeze(claim, date(2026, 3, 18)).monthly_cents == 1_076_97


def test_the_facts_of_the_chosen_day_count(desk: Desk) -> None:
    claim = desk.established()
    earning(desk, claim)
    assert desk.freeze(claim, date(2026, 3, 8)).monthly_cents == RIGHT


def test_a_household_gives_its_category_with_the_reason(desk: Desk) -> None:
    claim = desk.established()
    assert queries.category_for(desk.nadia, claim, TODAY).category == 2
    child = {"first_name": "Lina", "last_name": "Lejeune", "birth_date": date(2019, 1, 1)}
    people.add_household_member(
        desk.nadia, claim.person_id,
        {**child, "relation": "child", "dependent": True, "starts_on": date(2019, 1, 1)},
    )  # fmt: skip
    proposed = queries.category_for(desk.nadia, claim, TODAY)
    assert proposed.category == 3
    assert proposed.reason


def test_a_cohabiting_parent_since_march_2026_is_not_covered_and_cannot_be_frozen(
    desk: Desk,
) -> None:
    claim = desk.established()
    parent = {"first_name": "Rachid", "last_name": "Lejeune", "birth_date": date(1960, 1, 1)}
    people.add_household_member(
        desk.nadia, claim.person_id,
        {**parent, "relation": "parent", "starts_on": date(2020, 1, 1), "net_monthly_cents": 0},
    )  # fmt: skip
    with pytest.raises(RuleBroken, match="Non couvert"):
        desk.freeze(claim)
    assert not FrozenEntitlement.objects.filter(centre=desk.centre).exists()


def test_a_frozen_computation_keeps_inputs_steps_and_parameters_and_never_changes(
    desk: Desk,
) -> None:
    frozen = desk.freeze(desk.established())
    assert frozen.case["on"] == "2026-03-02"
    assert frozen.result["steps"]
    assert len(frozen.parameters_digest) == 64
    with pytest.raises(DatabaseError), transaction.atomic():
        FrozenEntitlement.objects.filter(pk=frozen.pk).update(monthly_cents=1)
    with pytest.raises(DatabaseError), transaction.atomic():
        FrozenEntitlement.objects.filter(pk=frozen.pk).delete()


def test_a_correction_makes_a_new_computation_and_the_latest_counts(desk: Desk) -> None:
    claim = desk.established()
    desk.freeze(claim)
    case = queries.case_for(desk.nadia, claim, TODAY, category=queries.Category.COHABITANT)
    second = actions.freeze_entitlement(
        desk.nadia.later(minutes=1), claim.pk, case, "Elle partage un logement."
    )
    assert queries.latest_entitlement(desk.nadia, claim) == second
    assert FrozenEntitlement.objects.filter(centre=desk.centre, claim=claim).count() == 2


def test_a_right_does_not_start_before_the_request(desk: Desk) -> None:
    claim = desk.established()
    with pytest.raises(CaseError) as refused:
        desk.freeze(claim, starts_on=TODAY - timedelta(days=1))
    assert refused.value.path == "starts_on"


def test_an_aid_that_is_not_computed_here_is_not_frozen(desk: Desk) -> None:
    claim = desk.established(Aid.HEATING)
    with pytest.raises(RuleBroken):
        desk.freeze(claim)
