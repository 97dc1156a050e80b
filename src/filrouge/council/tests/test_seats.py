"""Who sits where: what the administrator may set up, and what stops it."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from tests import world

from filrouge.base.access.actor import Actor
from filrouge.base.centres.models import Centre, Membership, Role
from filrouge.base.records import RuleBroken
from filrouge.base.trail.models import Entry
from filrouge.council import actions, seating
from filrouge.council.models import Body, BodyKind, Seat
from filrouge.council.tests.house import House

pytestmark = pytest.mark.django_db
START = date(2025, 1, 1)


@pytest.fixture
def ada(centre: Centre) -> Actor:
    return world.actor(centre, Role.ADMINISTRATOR)


@pytest.fixture
def bureau(ada: Actor) -> Body:
    return actions.create_body(
        ada, name=" Bureau permanent ", kind=BodyKind.PERMANENT_BUREAU, casting_vote=True
    )


def sit(ada: Actor, body: Body, member: Membership, **more: Any) -> Seat:
    given: dict[str, Any] = {"presides": False, "starts_on": START, "ends_on": None, **more}
    return actions.give_seat(ada, body.pk, membership_id=member.pk, **given)


def refused_at(field: str, act: Any) -> str:
    with pytest.raises(ValidationError) as refusal:
        act()
    return " ".join(refusal.value.message_dict[field])


def test_a_body_is_created_changed_and_traced(ada: Actor, bureau: Body) -> None:
    assert bureau.name == "Bureau permanent"
    actions.change_body(
        ada, bureau.pk, name="Bureau", kind=BodyKind.PERMANENT_BUREAU, casting_vote=False
    )
    actions.change_body(
        ada, bureau.pk, name="Bureau", kind=BodyKind.PERMANENT_BUREAU, casting_vote=False
    )
    bureau.refresh_from_db()
    assert (bureau.name, bureau.casting_vote) == ("Bureau", False)
    acts = Entry.objects.filter(centre_id=ada.centre_id, subject_kind="body").order_by("sequence")
    assert [act.action for act in acts] == ["council.create_body", "council.change_body"]


def test_two_bodies_never_share_a_name(ada: Actor, bureau: Body) -> None:
    with pytest.raises(ValidationError, match="porte déjà ce nom"):
        actions.create_body(ada, name=bureau.name, kind=BodyKind.COUNCIL, casting_vote=True)


def test_only_the_administrator_seats_anybody(house: House) -> None:
    for actor in (house.secretary, house.director, house.president):
        with pytest.raises(PermissionDenied):
            sit(actor, house.body, house.members[1])
        with pytest.raises(PermissionDenied):
            actions.create_body(actor, name="Autre", kind=BodyKind.COUNCIL, casting_vote=True)


def test_only_those_who_hold_the_function_sit(ada: Actor, bureau: Body) -> None:
    worker = world.hat(bureau.centre, Role.SOCIAL_WORKER)
    stranger = world.hat(world.centre("Montclair"), Role.COUNCILLOR)
    for member in (worker, stranger):
        assert "siègent" in refused_at("membership", lambda member=member: sit(ada, bureau, member))


def test_nobody_sits_twice_at_once_even_under_two_functions(ada: Actor, bureau: Body) -> None:
    first = world.hat(bureau.centre, Role.COUNCILLOR, name="emile")
    second = world.hat(bureau.centre, Role.PRESIDENT, name="emile")
    sit(ada, bureau, first, ends_on=date(2026, 2, 28))
    words = refused_at("membership", lambda: sit(ada, bureau, second, starts_on=date(2026, 2, 28)))
    assert "déjà un siège" in words
    sit(ada, bureau, second, starts_on=date(2026, 3, 1), presides=True)


def test_one_person_presides_at_a_time(ada: Actor, bureau: Body) -> None:
    old = world.hat(bureau.centre, Role.PRESIDENT, name="rose")
    new = world.hat(bureau.centre, Role.COUNCILLOR, name="emile")
    seat = sit(ada, bureau, old, presides=True)
    day = date(2026, 4, 1)
    words = refused_at("presides", lambda: sit(ada, bureau, new, presides=True, starts_on=day))
    assert "Prénom Rose préside déjà" in words
    actions.change_seat(ada, seat.pk, presides=True, starts_on=START, ends_on=date(2026, 3, 31))
    sit(ada, bureau, new, presides=True, starts_on=day)
    refused_at(
        "presides",
        lambda: actions.change_seat(ada, seat.pk, presides=True, starts_on=START, ends_on=None),
    )


def test_a_seat_stays_within_the_function(ada: Actor, bureau: Body) -> None:
    member = world.hat(bureau.centre, Role.COUNCILLOR, name="emile")
    before = date(2019, 12, 31)
    assert "depuis le" in refused_at(
        "starts_on", lambda: sit(ada, bureau, member, starts_on=before)
    )
    Membership.objects.filter(pk=member.pk).update(ends_on=date(2026, 6, 30))
    assert "30 juin 2026" in refused_at("ends_on", lambda: sit(ada, bureau, member))
    assert "précéder" in refused_at("ends_on", lambda: sit(ada, bureau, member, ends_on=before))


def test_leaving_a_function_ends_its_seats(ada: Actor, bureau: Body) -> None:
    from filrouge.web.actions import change_hat

    member = world.hat(bureau.centre, Role.COUNCILLOR, name="emile")
    seat = sit(ada, bureau, member, ends_on=date(2026, 12, 31))
    later = sit(ada, bureau, member, starts_on=date(2027, 1, 1))
    last = date(2026, 5, 31)
    hat = {"service": None, "ends_on": last, "quota": 100, "substitute": None}
    change_hat(ada, member.pk, hat)
    seat.refresh_from_db()
    assert seat.ends_on == last
    assert not Seat.objects.filter(pk=later.pk).exists()


def test_a_seat_that_served_only_gets_an_end(ada: Actor, house: House) -> None:
    item = house.in_session()
    held = item.session.held_on
    seat = Seat.objects.get(centre=house.centre, membership=house.members[1])
    with pytest.raises(RuleBroken, match="a servi à la séance"):
        actions.remove_seat(ada, seat.pk)
    with pytest.raises(RuleBroken, match="ne changent plus"):
        actions.change_seat(ada, seat.pk, presides=True, starts_on=START, ends_on=None)
    assert "au plus tôt" in refused_at(
        "ends_on",
        lambda: actions.change_seat(
            ada, seat.pk, presides=False, starts_on=START, ends_on=date(2026, 3, 1)
        ),
    )
    actions.change_seat(ada, seat.pk, presides=False, starts_on=START, ends_on=held)
    assert seating.last_served(seat) == held


def test_a_seat_given_by_mistake_is_taken_back_and_traced(ada: Actor, bureau: Body) -> None:
    seat = sit(ada, bureau, world.hat(bureau.centre, Role.COUNCILLOR))
    actions.remove_seat(ada, seat.pk)
    assert not Seat.objects.filter(pk=seat.pk).exists()
    entry = Entry.objects.get(centre_id=ada.centre_id, action="council.remove_seat")
    assert str(seat.membership_id) in entry.canonical


def test_another_centre_s_body_and_seat_do_not_exist(house: House) -> None:
    stranger = world.actor(world.centre("Montclair"), Role.ADMINISTRATOR)
    seat = Seat.objects.filter(centre=house.centre).order_by("id")[0]
    for act in (
        lambda: sit(stranger, house.body, house.members[1]),
        lambda: actions.remove_seat(stranger, seat.pk),
        lambda: actions.remove_seat(stranger, uuid4()),
    ):
        with pytest.raises(Http404):
            act()


# The pages --------------------------------------------------------------------------------


def test_an_empty_centre_teaches_what_to_do_first(client: Any, ada: Actor) -> None:
    from django.urls import reverse

    client.force_login(ada.user)
    html = client.get(reverse("settings_bodies")).content.decode()
    assert "Créez d’abord le conseil" in html
    sent = {"name": "Conseil", "kind": "council", "casting_vote": "on", "submission_key": "one"}
    made = client.post(reverse("settings_bodies"), sent)
    assert client.post(reverse("settings_bodies"), sent).url == made.url
    assert "ni président ni conseiller" in client.get(made.url).content.decode()
    world.hat(ada.centre, Role.PRESIDENT, name="rose")
    assert "commençant par celui qui préside" in client.get(made.url).content.decode()


def test_the_administrator_seats_and_unseats_in_the_pages(
    client: Any, ada: Actor, bureau: Body, frozen_time: Any
) -> None:
    from django.urls import reverse

    rose = world.hat(ada.centre, Role.PRESIDENT, name="rose")
    client.force_login(ada.user)
    page = reverse("settings_body", args=[bureau.pk])
    sent = {
        "what": "seat", "seat-membership": str(rose.pk), "seat-starts_on": "2026-03-02",
        "seat-ends_on": "", "seat-presides": "on",
    }  # fmt: skip
    assert client.post(page, sent).status_code == 302
    again = client.post(page, sent)
    assert again.status_code == 422 and "déjà un siège" in again.content.decode()
    html = client.get(page).content.decode()
    assert "Prénom Rose" in html and "préside" in html
    seat = Seat.objects.get(centre=ada.centre)
    edit = reverse("settings_seat", args=[seat.pk])
    assert "Retirer ce siège" in client.get(edit).content.decode()
    changed = {"starts_on": "2026-03-02", "ends_on": "2026-12-31"}
    assert client.post(edit, changed).url == page
    seat.refresh_from_db()
    assert (seat.presides, seat.ends_on) == (False, date(2026, 12, 31))
    assert client.post(edit, {"remove": "1"}).url == page
    assert not Seat.objects.filter(centre=ada.centre).exists()
    rules = {"what": "body", "body-name": "Bureau", "body-kind": "permanent_bureau"}
    assert client.post(page, rules).status_code == 302
    bureau.refresh_from_db()
    assert (bureau.name, bureau.casting_vote) == ("Bureau", False)


def test_a_seat_that_served_says_so_on_its_page(client: Any, ada: Actor, house: House) -> None:
    from django.urls import reverse

    house.in_session()
    seat = Seat.objects.get(centre=house.centre, membership=house.members[1])
    client.force_login(ada.user)
    edit = reverse("settings_seat", args=[seat.pk])
    html = client.get(edit).content.decode()
    assert "Ce siège a servi" in html and "Retirer ce siège" not in html
