"""Planning, convening, opening: what the secretariat does and what stops it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from tests import world

from filrouge.base.centres.models import Centre, Role
from filrouge.base.records import Conflict, RuleBroken
from filrouge.council import actions, queries
from filrouge.council.access import access_item, access_session, visible_items, visible_sessions
from filrouge.council.models import Attendance
from filrouge.council.states import Stage, stage_of
from filrouge.council.tests.house import SHEET, House, make_house
from filrouge.dossier.documents.models import Document
from filrouge.dossier.terms.models import Term

pytestmark = pytest.mark.django_db


def test_the_last_day_of_the_convocation_is_counted_back_in_clear_days(house: House) -> None:
    session = house.plan()
    assert session.held_on == date(2026, 3, 16)
    assert session.convocation_due_on == date(2026, 3, 10)


def test_a_session_is_not_planned_in_the_past(house: House) -> None:
    with pytest.raises(RuleBroken) as refusal:
        house.plan(days=-1)
    assert "starts_at" in refusal.value.message_dict


def test_convening_keeps_the_convocation_and_the_agenda_by_initials(house: House) -> None:
    session = house.plan()
    house.schedule(session)
    convened = house.convene(session)
    assert stage_of(convened) is Stage.CONVENED
    assert not convened.convened_late
    titles = Document.objects.filter(subject_id=session.pk).order_by("title")
    assert [paper.title for paper in titles] == [
        "Convocation du 16/03/2026", "Ordre du jour du 16/03/2026",
    ]  # fmt: skip


def test_a_late_convocation_is_sent_and_said(house: House) -> None:
    session = house.plan()
    house.schedule(session)
    convened = actions.convene(house.secretary.later(days=10), session.pk)
    assert convened.convened_late


def test_an_empty_agenda_is_not_convened(house: House) -> None:
    with pytest.raises(RuleBroken, match="ordre du jour est vide"):
        house.convene(house.plan())


def test_a_convened_agenda_takes_only_urgent_points_with_a_reason(house: House) -> None:
    session = house.plan()
    house.schedule(session)
    house.convene(session)
    other = house.person(first_name="Karim")
    with pytest.raises(RuleBroken, match="arrêté"):
        house.schedule(session, other)
    with pytest.raises(ValidationError, match="raison"):
        house.schedule(session, other, urgent=True)
    item = house.schedule(session, other, urgent=True, urgent_reason="Expulsion demain")
    assert item.urgent


def test_the_same_point_is_not_scheduled_twice(house: House) -> None:
    item = house.schedule(house.plan())
    with pytest.raises(RuleBroken, match="déjà à l'ordre du jour"):
        actions.schedule(
            house.secretary, house.plan(days=21).pk, subject_kind="claim",
            subject_id=item.subject_id, person=item.person, title="encore",
            sheet=SHEET,
        )  # fmt: skip


def test_a_scheduled_point_waits_for_the_secretariat(house: House) -> None:
    item = house.schedule(house.plan())
    term = Term.objects.get(subject_id=item.subject_id)
    assert term.waits_for_role == Role.SECRETARIAT
    assert str(item.pk) in term.address


def test_points_move_up_and_down_until_the_convocation(house: House) -> None:
    session = house.plan()
    first = house.schedule(session)
    second = house.schedule(session, house.person(first_name="Karim"))
    actions.move_up(house.secretary, second.pk)
    agenda = queries.agenda(house.secretary, access_session(house.secretary, session.pk))
    assert [line.item.pk for line in agenda.lines] == [second.pk, first.pk]
    house.convene(session)
    with pytest.raises(RuleBroken):
        actions.move_down(house.secretary, second.pk)


def test_a_session_opens_only_with_more_than_half_of_the_members(house: House) -> None:
    session = house.plan()
    house.schedule(session)
    house.convene(session)
    with pytest.raises(RuleBroken, match=r"2 présent.*5 membres.*au moins 3"):
        house.open(session, present=2)
    assert stage_of(house.open(session, present=3)) is Stage.OPEN
    assert Attendance.objects.filter(session=session, present=True).count() == 3


def test_a_session_does_not_open_before_its_day(house: House) -> None:
    session = house.plan()
    house.schedule(session)
    house.convene(session)
    keys = [member.pk for member in house.members]
    with pytest.raises(RuleBroken, match="pas avant"):
        actions.open_session(house.secretary, session.pk, present=keys, presiding=keys[0])


def test_someone_without_a_seat_is_not_present(house: House) -> None:
    session = house.plan()
    house.schedule(session)
    house.convene(session)
    keys = [*(member.pk for member in house.members), house.director.membership.pk]
    with pytest.raises(RuleBroken) as refusal:
        actions.open_session(house.at(session), session.pk, present=keys, presiding=keys[0])
    assert "present" in refusal.value.message_dict


def test_two_people_on_one_session_get_a_conflict(house: House) -> None:
    session = house.plan()
    house.schedule(session)
    with pytest.raises(Conflict):
        actions.convene(house.secretary, session.pk, version=session.version + 1)


def test_who_presides_hands_the_chair_over_before_leaving(house: House) -> None:
    item = house.in_session()
    at, session = house.at(item.session), item.session
    with pytest.raises(RuleBroken, match="qui préside"):
        actions.record_departure(at, session.pk, house.members[0].pk)
    actions.change_chair(at, session.pk, house.members[1].pk)
    gone = actions.record_departure(at, session.pk, house.members[0].pk)
    assert not gone.in_the_room


def test_a_session_closes_when_every_point_is_dealt_with(house: House) -> None:
    item = house.in_session()
    with pytest.raises(RuleBroken, match="restent à décider"):
        actions.close_session(house.at(item.session), item.session_id)
    house.decide(item)
    assert actions.close_session(house.at(item.session), item.session_id).closed_at is not None


# Who sees what ----------------------------------------------------------------------------


def test_a_councillor_opens_sheets_from_the_convocation_to_the_end(house: House) -> None:
    session = house.plan()
    item = house.schedule(session)
    councillor = house.councillor(1)
    assert not visible_sessions(councillor).exists()
    with pytest.raises(PermissionDenied):
        access_item(councillor, item.pk)
    house.convene(session)
    assert access_item(councillor, item.pk).sheet["name"] == "Marie Dubois"
    house.open(session)
    item = type(item).objects.select_related("session").get(pk=item.pk)
    house.decide(item)
    actions.close_session(house.at(session), session.pk)
    with pytest.raises(PermissionDenied, match="levée"):
        access_item(councillor, item.pk)
    assert not visible_items(councillor).exists()
    agenda = queries.agenda(councillor, access_session(councillor, session.pk))
    assert [(line.may_open, line.decision is not None) for line in agenda.lines] == [(False, True)]


def test_a_councillor_without_a_seat_sees_nothing_of_the_body(house: House) -> None:
    session = house.plan()
    item = house.schedule(session)
    house.convene(session)
    stranger = world.actor(house.centre, Role.COUNCILLOR, name="autre")
    assert not visible_sessions(stranger).exists()
    with pytest.raises(PermissionDenied):
        access_session(stranger, session.pk)
    with pytest.raises(PermissionDenied):
        access_item(stranger, item.pk)


def test_another_centre_does_not_know_the_session(house: House, other_centre: Centre) -> None:
    session = house.plan()
    item = house.schedule(session)
    elsewhere = make_house(other_centre)
    for actor in (elsewhere.secretary, elsewhere.president, elsewhere.director):
        with pytest.raises(Http404):
            access_session(actor, session.pk)
        with pytest.raises(Http404):
            access_item(actor, item.pk)
    assert not visible_sessions(elsewhere.secretary).exists()


@pytest.mark.parametrize(
    "role", [Role.SOCIAL_WORKER, Role.RECEPTIONIST, Role.FINANCIAL_DIRECTOR, Role.ADMINISTRATOR]
)
def test_others_of_the_house_do_not_open_a_sheet(house: House, role: Role) -> None:
    item = house.schedule(house.plan())
    with pytest.raises(PermissionDenied):
        access_item(world.actor(house.centre, role), item.pk)


# Choosing a session -----------------------------------------------------------------------


def test_the_next_session_in_time_is_found(house: House) -> None:
    soon, later = house.plan(), house.plan(days=28)
    assert list(queries.open_sessions(house.secretary)) == [soon, later]
    assert queries.next_session_before(house.secretary, date(2026, 3, 22)) == soon
    overdue = house.secretary.later(days=10)
    assert queries.next_session_before(overdue, later.held_on + timedelta(days=1)) == later
    assert queries.next_session_before(house.secretary, date(2026, 3, 10)) is None


# Consultation -----------------------------------------------------------------------------


def test_a_wider_consultation_is_asked_answered_and_told_on_the_thread(house: House) -> None:
    session = house.plan()
    item = house.schedule(session)
    house.convene(session)
    asked = actions.ask_consultation(house.councillor(1), item.pk, "Le bail est-il connu ?")
    with pytest.raises(RuleBroken, match="pas été accordée"):
        actions.record_on_site(house.director, asked.pk)
    with pytest.raises(ValidationError, match="raison"):
        actions.answer_consultation(house.director, asked.pk, False, " ")
    actions.answer_consultation(house.director, asked.pk, True, "Mardi à 10 h, à mon bureau.")
    done = actions.record_on_site(house.director, asked.pk)
    assert done.consulted_on_site_at is not None
    assert item.person is not None
    assert item.person.events.filter(kind="council_consulted").count() == 1
    assert queries.consultations(house.councillor(1)) == [asked]
    assert queries.consultations(house.councillor(2)) == []


def test_a_file_that_is_still_being_prepared_is_not_consulted(house: House) -> None:
    item = house.schedule(house.plan())
    with pytest.raises(RuleBroken, match="convoquée"):
        actions.ask_consultation(house.president, item.pk, "Pour préparer")
