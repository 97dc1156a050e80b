"""What waits for whom: late, today, replaced, shared out; and what those above do not see."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from filrouge.base.access.actor import Actor
from filrouge.claims import actions, workload
from filrouge.claims.models import Aid, Claim
from filrouge.claims.tests.desk import TODAY, Desk
from filrouge.dossier.terms import queries
from filrouge.dossier.terms.models import Term

pytestmark = pytest.mark.django_db


def claims_in(terms: Iterable[Term]) -> set[object]:
    return {term.subject_id for term in terms}


def all_of(actor: Actor) -> set[object]:
    queue = queries.my_work(actor)
    return claims_in(queue.late + queue.today + queue.this_week + queue.later)


def test_a_request_without_decision_after_30_days_is_shown_late(desk: Desk) -> None:
    claim = desk.in_inquiry()
    on_time, after = desk.nadia.later(days=30), desk.nadia.later(days=31)
    assert claims_in(queries.my_work(on_time).today) == {claim.pk}
    assert claims_in(queries.my_work(on_time).late) == set()
    assert claims_in(queries.my_work(after).late) == {claim.pk}


def test_a_term_comes_into_the_week_seven_days_before_its_end(desk: Desk) -> None:
    claim = desk.in_inquiry()
    assert claims_in(queries.my_work(desk.nadia.later(days=22)).later) == {claim.pk}
    assert claims_in(queries.my_work(desk.nadia.later(days=23)).this_week) == {claim.pk}


def test_opening_the_inquiry_stops_the_term_for_a_transfer(desk: Desk) -> None:
    claim = desk.in_inquiry()
    transfer = Term.objects.get(centre=desk.centre, subject_id=claim.pk, kind="transfer")
    assert transfer.stopped_on == TODAY
    assert transfer.stopped_by == "le centre est compétent"


def test_an_inquiry_does_not_open_before_somebody_has_the_request(desk: Desk) -> None:
    claim = desk.register(by=desk.reception)
    with pytest.raises(actions.registration.RuleBroken, match="Attribuez"):
        actions.open_inquiry(desk.head, claim.pk)


def test_a_proposal_waits_for_the_head_while_its_author_still_sees_it(desk: Desk) -> None:
    claim = desk.proposed()
    assert all_of(desk.nadia) == set()
    assert claims_in(queries.my_work(desk.nadia).waiting_for_others) == {claim.pk}
    assert all_of(desk.head) == {claim.pk}
    assert all_of(desk.other_head) == set()


def test_an_approved_proposal_waits_for_the_secretariat(desk: Desk) -> None:
    claim = desk.approved()
    assert all_of(desk.secretary) == {claim.pk}
    assert all_of(desk.head) == set()


def test_an_absence_hands_the_queue_to_the_colleague_and_back(desk: Desk) -> None:
    claim = desk.in_inquiry()
    assert all_of(desk.karim) == set()
    desk.absent(desk.nadia, replaced_by=desk.karim, days=5)
    stand_in = desk.karim.later(days=0)
    assert all_of(stand_in) == {claim.pk}
    desk.find(claim, "age", by=stand_in)
    assert all_of(desk.karim.later(days=6)) == set()


def test_the_stand_in_loses_the_file_when_the_colleague_is_back(desk: Desk) -> None:
    claim = desk.in_inquiry()
    desk.absent(desk.nadia, replaced_by=desk.karim, days=5)
    with pytest.raises(PermissionDenied):
        desk.find(claim, "age", by=desk.karim.later(days=6))


def test_a_head_sees_the_queue_of_the_own_team_only(desk: Desk) -> None:
    ours = desk.in_inquiry()
    theirs = desk.register(Aid.ENERGY, by=desk.eva, person=desk.samira())
    assert claims_in(queries.team_work(desk.head)) == {ours.pk}
    assert claims_in(queries.team_work(desk.other_head)) == {theirs.pk}


def test_a_head_sees_what_nobody_has_taken_yet(desk: Desk) -> None:
    claim = desk.register(by=desk.reception)
    assert claims_in(queries.team_work(desk.head)) == {claim.pk}


def test_nobody_but_a_head_of_service_sees_a_team_queue(desk: Desk) -> None:
    desk.in_inquiry()
    for who in (desk.director, desk.president, desk.secretary, desk.nadia, desk.administrator):
        with pytest.raises(PermissionDenied):
            queries.team_work(who)


def test_those_above_get_figures_without_names(desk: Desk) -> None:
    desk.in_inquiry()
    assert queries.counts(desk.director) == {"running": 1, "late": 0}
    assert queries.counts(desk.director.later(days=31)) == {"running": 1, "late": 1}


# Sharing the work out


def load_of(desk: Desk, claim: Claim, who: Actor) -> workload.Load:
    return next(load for load in workload.loads(desk.head, claim) if load.worker == who.membership)


@pytest.mark.parametrize(
    ("aid", "quota", "weight"),
    [
        (Aid.RIS, 100, 10),
        (Aid.RIS, 50, 20),
        (Aid.ENERGY, 100, 3),
        (Aid.MEALS, 80, 3),
        (Aid.RIS, 75, 13),
    ],
)
def test_a_need_weighs_twice_as_much_on_half_time(aid: Aid, quota: int, weight: int) -> None:
    assert workload.weight_of(aid, quota) == weight


def test_the_load_shows_files_new_requests_and_what_this_one_would_add(desk: Desk) -> None:
    desk.register(person=desk.samira())
    desk.register(Aid.ENERGY, person=desk.samira())
    claim = desk.register(by=desk.reception)
    nadia, karim = load_of(desk, claim, desk.nadia), load_of(desk, claim, desk.karim)
    assert (nadia.files, nadia.new_claims, nadia.load, nadia.added, nadia.after) == (
        2,
        2,
        13,
        10,
        23,
    )
    assert nadia.added_percent == 77
    assert (karim.files, karim.load, karim.added, karim.after) == (0, 0, 20, 20)
    assert karim.added_percent == 100


def test_the_least_loaded_present_worker_comes_first_and_the_absent_last(desk: Desk) -> None:
    desk.register(person=desk.samira())
    claim = desk.register(by=desk.reception)
    desk.absent(desk.eva, replaced_by=desk.nadia)
    order = [load.worker.user.last_name for load in workload.loads(desk.head, claim)]
    assert order == ["Karim", "Nadia", "Eva"]


def test_the_load_forgets_requests_older_than_thirty_days(desk: Desk) -> None:
    desk.register(person=desk.samira())
    later = desk.head.later(days=30)
    claim = desk.register(by=desk.reception.later(days=30), received_on=later.today)
    loads = {load.worker: load for load in workload.loads(later, claim)}
    assert loads[desk.nadia.membership].load == 0
    assert loads[desk.nadia.membership].files == 1


def test_only_who_shares_the_work_out_sees_loads(desk: Desk) -> None:
    claim = desk.register(by=desk.reception)
    for who in (desk.nadia, desk.director, desk.president):
        with pytest.raises(PermissionDenied):
            workload.loads(who, claim)


def test_a_colleague_whose_function_has_ended_is_not_offered(desk: Desk) -> None:
    claim = desk.register(by=desk.reception)
    hat = desk.karim.membership
    hat.ends_on = TODAY - timedelta(days=1)
    hat.save()
    assert hat not in [load.worker for load in workload.loads(desk.head, claim)]
    with pytest.raises(actions.registration.ValidationError):
        actions.assign(desk.head, claim.pk, hat.pk)
