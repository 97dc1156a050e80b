"""Bodies and who sits in them, from a day to a day: set up by the administrator."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from filrouge.base.access.actor import Actor
from filrouge.base.access.rules import Permission
from filrouge.base.centres.models import Membership
from filrouge.base.records import RuleBroken, store
from filrouge.base.trail.journal import record_act
from filrouge.council import words
from filrouge.council.access import SEATED, access_body, access_seat
from filrouge.council.models import Body, Seat
from filrouge.council.seating import last_served


@transaction.atomic
def create_body(actor: Actor, *, name: str, kind: str, casting_vote: bool) -> Body:
    """Set up a body that decides; it has no seat yet."""
    actor.demand(Permission.SETTINGS)
    body = Body(centre=actor.centre, name=name.strip(), kind=kind, casting_vote=casting_vote)
    store(body)
    record_act(actor, "council.create_body", "body", body.pk)
    return body


@transaction.atomic
def change_body(actor: Actor, body_id: UUID, *, name: str, kind: str, casting_vote: bool) -> Body:
    """Correct a body. Decisions already taken keep the votes they were counted with."""
    body = access_body(actor, body_id, Permission.SETTINGS, lock=True)
    asked = {"name": name.strip(), "kind": kind, "casting_vote": casting_vote}
    changed = [field for field, value in asked.items() if getattr(body, field) != value]
    if not changed:
        return body
    for field in changed:
        setattr(body, field, asked[field])
    store(body)
    record_act(actor, "council.change_body", "body", body.pk, why=",".join(changed))
    return body


@transaction.atomic
def give_seat(
    actor: Actor,
    body_id: UUID,
    *,
    membership_id: UUID,
    presides: bool,
    starts_on: date,
    ends_on: date | None,
) -> Seat:
    """Seat a councillor or the president of the centre in a body.

    Raises ``ValidationError`` by field: someone who does not sit, days outside the function,
    nobody twice at once, one who presides at a time.
    """
    body = access_body(actor, body_id, Permission.SETTINGS, lock=True)
    membership = _who_sits(actor, membership_id)
    seat = Seat(
        centre=actor.centre, body=body, membership=membership, presides=presides,
        starts_on=starts_on, ends_on=ends_on,
    )  # fmt: skip
    _check(seat)
    store(seat)
    record_act(actor, "council.give_seat", "seat", seat.pk, why=_as_code(seat))
    return seat


@transaction.atomic
def change_seat(
    actor: Actor, seat_id: UUID, *, presides: bool, starts_on: date, ends_on: date | None
) -> Seat:
    """Change the days of a seat, or who presides.

    A seat that already served at a session keeps its start and its chair, and does not end
    before that session: what was decided stays decided by those who sat.
    """
    seat = access_seat(actor, seat_id, Permission.SETTINGS, lock=True)
    served = last_served(seat)
    if served is not None and (starts_on, presides) != (seat.starts_on, seat.presides):
        raise RuleBroken(
            _(
                "Ce siège a servi à la séance du %(day)s : son début et sa présidence ne changent "
                "plus. Mettez-lui une fin, puis ajoutez un siège."
            )
            % {"day": words.day(served)}
        )
    if served is not None and ends_on is not None and ends_on < served:
        raise RuleBroken(
            {
                "ends_on": _(
                    "Ce siège a servi à la séance du %(day)s : il finit au plus tôt ce jour-là."
                )
                % {"day": words.day(served)}
            }
        )
    seat.presides, seat.starts_on, seat.ends_on = presides, starts_on, ends_on
    _check(seat)
    store(seat)
    record_act(actor, "council.change_seat", "seat", seat.pk, why=_as_code(seat))
    return seat


@transaction.atomic
def remove_seat(actor: Actor, seat_id: UUID) -> Body:
    """Take back a seat given by mistake; one that served at a session gets an end instead."""
    seat = access_seat(actor, seat_id, Permission.SETTINGS, lock=True)
    served = last_served(seat)
    if served is not None:
        raise RuleBroken(
            _("Ce siège a servi à la séance du %(day)s : mettez-lui une fin.")
            % {"day": words.day(served)}
        )
    record_act(actor, "council.remove_seat", "seat", seat.pk, why=_as_code(seat))
    body = seat.body
    seat.delete()
    return body


def end_seats(actor: Actor, membership: Membership) -> None:
    """Whoever leaves a function leaves its seats the same day; the caller has locked the hat."""
    ends_on = membership.ends_on
    if ends_on is None:
        return
    beyond = Seat.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gt=ends_on),
        centre_id=actor.centre_id, membership=membership,
    )  # fmt: skip
    for seat in beyond.order_by("body_id", "starts_on", "id"):
        if seat.starts_on > ends_on:
            remove_seat(actor, seat.pk)
            continue
        change_seat(
            actor, seat.pk, presides=seat.presides, starts_on=seat.starts_on, ends_on=ends_on
        )


def _who_sits(actor: Actor, membership_id: UUID) -> Membership:
    members = Membership.objects.filter(centre_id=actor.centre_id, role__in=SEATED)
    membership = members.select_related("user").filter(pk=membership_id).first()
    if membership is None:
        raise RuleBroken(
            {"membership": _("Seuls un conseiller ou le président du centre siègent.")}
        )
    return membership


def _check(seat: Seat) -> None:
    """What a single row cannot say: the function behind it, and the other seats of the body."""
    _check_days(seat)
    others = _at_the_same_time(seat)
    if others.filter(membership__user=seat.membership.user_id).exists():
        raise RuleBroken(
            {"membership": _("Cette personne a déjà un siège dans cet organe pendant ces jours.")}
        )
    chair = others.filter(presides=True).first() if seat.presides else None
    if chair is not None:
        raise RuleBroken(
            {
                "presides": _(
                    "%(name)s préside déjà pendant ces jours. Une seule personne préside."
                )
                % {"name": chair.membership.user.get_full_name()}
            }
        )


def _check_days(seat: Seat) -> None:
    held = seat.membership
    if seat.ends_on is not None and seat.ends_on < seat.starts_on:
        raise RuleBroken({"ends_on": _("La fin ne peut pas précéder le début.")})
    if seat.starts_on < held.starts_on:
        raise RuleBroken(
            {
                "starts_on": _("Cette personne exerce sa fonction depuis le %(day)s seulement.")
                % {"day": words.day(held.starts_on)}
            }
        )
    if held.ends_on is not None and (seat.ends_on is None or seat.ends_on > held.ends_on):
        raise RuleBroken(
            {
                "ends_on": _(
                    "La fonction finit le %(day)s : le siège finit au plus tard ce jour-là."
                )
                % {"day": words.day(held.ends_on)}
            }
        )


def _at_the_same_time(seat: Seat) -> QuerySet[Seat]:
    """The other seats of the body that share a day with this one."""
    others = (
        Seat.objects.filter(
            Q(ends_on__isnull=True) | Q(ends_on__gte=seat.starts_on),
            centre_id=seat.centre_id, body_id=seat.body_id,
        )
        .exclude(pk=seat.pk)
        .select_related("membership__user")
        .order_by("starts_on", "id")
    )  # fmt: skip
    return others if seat.ends_on is None else others.filter(starts_on__lte=seat.ends_on)


def _as_code(seat: Seat) -> str:
    """The seat for the trail: by key and days, without a name."""
    chair = ",presides" if seat.presides else ""
    return f"{seat.membership_id},{seat.starts_on}/{seat.ends_on or ''}{chair}"
