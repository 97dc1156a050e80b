"""The demo centre: what a newcomer finds in it, whatever the seed's day."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.contrib.auth.hashers import check_password
from django.core.management import call_command
from django.core.management.base import CommandError

from filrouge.base.centres.models import Absence, Centre, Membership, Role, User
from filrouge.base.trail.journal import verify
from filrouge.base.trail.models import Chain
from filrouge.claims.models import Appeal, Claim, Proposal, Review, Transfer
from filrouge.claims.queries import stage_of, with_stage
from filrouge.council.models import Body, Decision, Measure, Minutes, Seat
from filrouge.council.models import Session as Meeting
from filrouge.demo import centre as demo_centre
from filrouge.demo import load, meetings, stories, wording
from filrouge.demo.people_names import Registry, niss
from filrouge.demo.timeline import Timeline, working_day_before
from filrouge.dossier.documents.models import Document, DocumentKind
from filrouge.dossier.terms.models import Term
from filrouge.people.identifiers import niss_birth_date, validate_iban, validate_niss
from filrouge.people.models import Income, Mission, Person

TODAY = date(2026, 3, 18)
"""The day of the tour's pictures."""


@pytest.fixture(scope="module")
def valbourg(django_db_setup: None, django_db_blocker: Any) -> Iterator[load.Summary]:
    """The demo centre, built once for this file and rolled back after it."""
    from django.db import transaction
    from django.utils import translation

    with django_db_blocker.unblock(), translation.override("fr"):
        outer = transaction.atomic()
        outer.__enter__()
        try:
            yield load.load(TODAY)
        finally:
            transaction.set_rollback(True)
            outer.__exit__(None, None, None)


@pytest.fixture
def house(valbourg: load.Summary, django_db_blocker: Any) -> Iterator[Centre]:
    with django_db_blocker.unblock():
        yield Centre.objects.get(short_name=demo_centre.SHORT_NAME)


def drawn(today: date, seed: int) -> str:
    """Everything that a seed and a day decide, before anything is written."""
    house = demo_centre.House(Centre(convocation_clear_days=5))
    desk = working_day_before(today)
    timeline = Timeline(latest=demo_centre.at(desk, 10, 12))
    sessions = meetings.calendar(house, desk)
    load.draw(house, timeline, sessions, today, seed)
    agendas = [
        (
            meeting.held_on,
            [(one.fields, one.words, one.worker, one.means) for one in meeting.agenda],
        )
        for meeting in sessions.all()
    ]
    facts = repr((sorted(timeline.openings), len(timeline), agendas))
    return hashlib.sha256(facts.encode()).hexdigest()


def test_the_centre_has_its_650_files_and_231_running_rights(
    valbourg: load.Summary, house: Centre
) -> None:
    assert (valbourg.files, valbourg.running_ris) == (650, 231)


def test_180_people_who_left_unemployment_asked(house: Centre) -> None:
    told = (*wording.ASKING_AFTER_UNEMPLOYMENT, stories.SAMIRA_WORDS)
    asked = Claim.objects.filter(
        centre=house, aid="ris", received_on__gte=date(2026, 1, 1), words__in=told
    )
    assert asked.values("person").distinct().count() == 180
    examined = asked.exclude(state__in=("registered", "transferred"))
    left = Income.objects.filter(centre=house, kind="unemployment", ends_on__gte=date(2025, 12, 31))
    assert set(examined.values_list("person", flat=True)) == set(
        left.values_list("person", flat=True)
    )


def test_a_request_stands_at_every_step(valbourg: load.Summary) -> None:
    assert all(valbourg.stages.values()), valbourg.stages


def test_some_terms_are_late_and_some_end_today(house: Centre) -> None:
    running = Term.objects.filter(centre=house, stopped_on__isnull=True, kind="decision")
    assert running.filter(due_on__lt=TODAY).count() >= 4
    assert running.filter(due_on=TODAY).count() >= 1


def test_the_particular_cases_are_there_once(house: Centre) -> None:
    decisions = Decision.objects.filter(centre=house)
    assert decisions.filter(measure=Measure.REFUSE).count() == 2
    assert Appeal.objects.filter(centre=house).count() == 1
    assert Claim.objects.filter(centre=house, state="withdrawn").count() == 1
    assert Transfer.objects.filter(centre=house).count() == 1
    assert decisions.filter(urgent_by_president=True, ratification__isnull=True).count() == 1
    assert decisions.filter(follows_proposal=False).count() == 1
    assert Review.objects.filter(centre=house, approved=False).count() == 1
    assert Claim.objects.filter(centre=house, late_entry_reason__contains="par erreur").count() == 1


def test_one_proposal_waits_for_the_substitute_of_the_head_who_wrote_it(house: Centre) -> None:
    own = Proposal.objects.filter(
        centre=house, author__role=Role.HEAD_OF_SERVICE, review__isnull=True
    ).get()
    assert own.claim.state == "proposed"
    assert own.author.substitute is not None
    assert own.author.substitute.role == Role.HEAD_OF_SERVICE


def test_the_staff_is_complete(house: Centre) -> None:
    hats = Membership.objects.filter(centre=house)
    assert hats.filter(role=Role.SOCIAL_WORKER).count() == 11
    assert hats.filter(role=Role.SECRETARIAT).count() == 2
    assert hats.filter(role=Role.HEAD_OF_SERVICE, substitute__isnull=True).count() == 0
    assert Seat.objects.filter(body__kind="council", centre=house).count() == 9
    assert Seat.objects.filter(body__kind="council", centre=house, presides=True).count() == 1
    assert Absence.objects.filter(centre=house, ends_on__gte=TODAY).count() == 1


def test_every_body_has_past_and_coming_sessions_with_minutes(house: Centre) -> None:
    for body in Body.objects.filter(centre=house):
        sessions = Meeting.objects.filter(centre=house, body=body)
        assert sessions.filter(closed_at__isnull=False).count() >= 2
        assert sessions.filter(held_on__gt=TODAY).exists()
        assert Minutes.objects.filter(session__body=body, frozen_text__isnull=False).exists()


def test_numbers_are_gapless_in_the_order_of_the_register(house: Centre) -> None:
    for year in Claim.objects.filter(centre=house).values_list("year", flat=True).distinct():
        claims = Claim.objects.filter(centre=house, year=year).order_by("number")
        assert list(claims.values_list("number", flat=True)) == list(range(1, len(claims) + 1))
        entered = list(claims.values_list("entered_at", flat=True))
        assert entered == sorted(entered)
    numbers = list(
        Person.objects.filter(centre=house)
        .order_by("file_number")
        .values_list("file_number", flat=True)
    )
    assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))


def test_samira_waits_for_her_proposal_with_the_figures_of_the_tour(house: Centre) -> None:
    person = Person.objects.get(centre=house, file_number=stories.SAMIRA_FILE_NUMBER)
    assert person.full_name == stories.SAMIRA.full_name
    claim = with_stage(Claim.objects.filter(person=person)).get()
    assert stage_of(claim) == "inquiry"
    frozen = claim.entitlements.get()
    assert frozen.monthly_cents == stories.SAMIRA_MONTHLY_CENTS
    assert frozen.category == 2
    amounts = {step["amount"] for step in frozen.result["steps"]}
    assert {1_608_564, 341_196, 25_000, 107_697} <= amounts
    due = Term.objects.get(person=person, kind="decision", stopped_on__isnull=True).due_on
    assert (due - TODAY).days == 9
    followers = Mission.objects.filter(person=person, ends_on__isnull=True)
    assert set(followers.values_list("membership__user__last_name", flat=True)) == {
        "Baudart",
        "Fabry",
    }


def test_the_two_other_stories_are_where_the_tour_finds_them(house: Centre) -> None:
    matheo = Claim.objects.get(centre=house, person__last_name=stories.MATHEO.last_name)
    assert matheo.state == "inquiry"
    assert not matheo.entitlements.exists()
    joelle = with_stage(Claim.objects.filter(person__last_name=stories.JOELLE.last_name)).get()
    assert stage_of(joelle) == "notified"
    decision = Decision.objects.get(subject_id=joelle.pk)
    assert decision.category == 3
    assert hasattr(decision, "first_payment")
    review = Term.objects.get(subject_id=joelle.pk, kind="review", stopped_on__isnull=True)
    assert 0 < (review.due_on - TODAY).days < 60


def test_no_letter_is_made_for_anybody_but_the_three(house: Centre) -> None:
    letters = Document.objects.filter(centre=house, kind=DocumentKind.LETTER, person__isnull=False)
    urgent = Decision.objects.filter(centre=house, urgent_by_president=True).values("person")
    named = set(letters.exclude(person__in=urgent).values_list("person__last_name", flat=True))
    assert named == {story.last_name for story in stories.STORIES}


def test_identifiers_are_well_formed_and_given_once(house: Centre) -> None:
    people = list(Person.objects.filter(centre=house))
    for person in people:
        validate_niss(person.niss)
        validate_iban(person.iban)
        assert niss_birth_date(person.niss) == person.birth_date
    assert len({person.niss for person in people}) == len(people)
    assert len({person.full_name for person in people}) == len(people)


def test_the_trail_verifies(house: Centre) -> None:
    assert verify(house.pk, Chain.ACTS).sound
    assert verify(house.pk, Chain.READS).sound


def test_the_shown_accounts_open_with_the_shown_password(house: Centre) -> None:
    roles = {account.role for account in demo_centre.accounts()}
    assert roles == {str(role.label) for role in Role if role is not Role.SYSTEM}
    users = [User.objects.get(email=account.email) for account in demo_centre.accounts()]
    assert check_password(demo_centre.PASSWORD, users[0].password)
    assert len({user.password for user in users}) == 1
    assert "fatma.yilmazer@valbourg.example" in {user.email for user in users}


@pytest.mark.parametrize("today", [TODAY, date(2026, 3, 16), date(2026, 11, 21), date(2028, 2, 29)])
def test_the_same_seed_and_day_draw_the_same_centre(today: date) -> None:
    assert drawn(today, 1976) == drawn(today, 1976)
    assert drawn(today, 1976) != drawn(today, 1977)


def test_a_second_demo_is_refused(house: Centre) -> None:
    with pytest.raises(CommandError, match="déjà chargée"):
        call_command("demo", stdout=StringIO())


def test_a_day_before_the_rules_of_march_2026_is_refused(db: None) -> None:
    with pytest.raises(CommandError, match="au plus tôt"):
        call_command("demo", today=date(2026, 1, 5), stdout=StringIO())


def test_a_real_centre_is_never_erased(centre: Centre) -> None:
    with pytest.raises(CommandError, match="rien n'est effacé"):
        call_command("demo", reset=True, yes=True, stdout=StringIO())


def test_drawn_people_never_share_a_name_or_a_number() -> None:
    from random import Random

    registry = Registry(Random(4))
    drawn = [registry.draw(TODAY) for _number in range(900)]
    assert len({(one.first_name, one.last_name) for one in drawn}) == len(drawn)
    assert len({one.niss for one in drawn}) == len(drawn)


def test_check_digits_of_births_from_2000() -> None:
    validate_niss(niss(date(2004, 8, 23), 981))
    validate_niss(niss(date(1991, 5, 14), 980))
