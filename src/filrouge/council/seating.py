"""Who sits in which body, as the administrator reads it."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from uuid import UUID

from django.db.models import Q

from filrouge.base.access.actor import Actor
from filrouge.base.access.rules import Permission
from filrouge.base.centres.models import Membership
from filrouge.council import queries
from filrouge.council.access import SEATED
from filrouge.council.models import Attendance, Body, Seat


def bodies_with_seats(actor: Actor) -> list[tuple[Body, list[Seat]]]:
    """Every body with its seats, for the administrator: who preside and who sit today first."""
    actor.demand(Permission.SETTINGS)
    found = list(queries.bodies(actor))
    seats = Seat.objects.filter(centre_id=actor.centre_id).select_related("membership__user")
    by_body: dict[UUID, list[Seat]] = defaultdict(list)
    for seat in seats.order_by(
        "-presides",
        "membership__user__last_name",
        "membership__user__first_name",
        "starts_on",
        "id",
    ):
        by_body[seat.body_id].append(seat)
    return [
        (body, sorted(by_body[body.pk], key=lambda seat: not seat.sits(actor.today)))
        for body in found
    ]


def last_served(seat: Seat) -> date | None:
    """Day of the last session whose list of members, present or not, this seat stands on.

    From then on the seat only gets an end. The seat comes from ``access_seat``.
    """
    called = Attendance.objects.filter(
        centre_id=seat.centre_id, membership_id=seat.membership_id,
        session__body_id=seat.body_id, session__held_on__gte=seat.starts_on,
    )  # fmt: skip
    if seat.ends_on is not None:
        called = called.filter(session__held_on__lte=seat.ends_on)
    days = called.order_by("-session__held_on").values_list("session__held_on", flat=True)
    return days.first()


def may_sit(actor: Actor) -> list[Membership]:
    """The councillors and presidents of the centre, in function today or later."""
    actor.demand(Permission.SETTINGS)
    hats = Membership.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=actor.today),
        centre_id=actor.centre_id, role__in=SEATED, user__is_active=True,
    )  # fmt: skip
    return list(
        hats.select_related("user").order_by(
            "user__last_name", "user__first_name", "starts_on", "id"
        )
    )
