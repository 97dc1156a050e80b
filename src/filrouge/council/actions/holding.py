"""Holding a session: presence, quorum, withdrawals, closing."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from filrouge.base.access.actor import Actor
from filrouge.base.access.rules import Permission
from filrouge.base.centres.models import Membership, Role
from filrouge.base.records import RuleBroken, check_version, store, store_change
from filrouge.base.trail.journal import record_act
from filrouge.council import attendance, states, words
from filrouge.council.access import access_item, access_session, seats_on
from filrouge.council.models import Attendance, Minutes, Seat, Session, Withdrawal

_NO_SEAT = gettext_lazy("Cette personne ne siège pas dans cet organe ce jour-là.")


@transaction.atomic
def open_session(
    actor: Actor,
    session_id: UUID,
    *,
    present: Collection[UUID],
    excused: Collection[UUID] = (),
    presiding: UUID,
    version: int | None = None,
) -> Session:
    """Open a convened session with the members in the room, by key of their membership.

    Raises ``RuleBroken`` before its day, for someone without a seat, a president who is not
    there, or without quorum: more than half of the members in function, with the figures.
    """
    session = access_session(actor, session_id, Permission.DECISION_RECORD, lock=True)
    check_version(session, version)
    states.check(session, "open")
    if actor.today < session.held_on:
        raise RuleBroken(
            _("Cette séance se tient le %(day)s : elle ne s'ouvre pas avant.")
            % {"day": words.day(session.held_on)}
        )
    seats, inside = list(seats_on(session)), set(present)
    _check_presence(seats, inside, presiding)
    attendance.demand_quorum(len(inside), len(seats))
    for seat in seats:
        store(_attendance(session, seat, inside, set(excused), presiding))
    session.opened_at = actor.now
    store_change(session)
    store(Minutes(centre=actor.centre, session=session, kept_by=_keeper(actor)))
    figures = f"{len(inside)}/{len(seats)}"
    record_act(actor, "council.open_session", "session", session.pk, why=figures)
    return session


def _check_presence(seats: list[Seat], present: set[UUID], presiding: UUID) -> None:
    members = {seat.membership_id for seat in seats}
    if not present <= members:
        raise RuleBroken({"present": _NO_SEAT})
    if presiding not in present:
        raise RuleBroken({"presiding": _("Qui préside doit être présent.")})


def _attendance(
    session: Session, seat: Seat, present: set[UUID], excused: set[UUID], presiding: UUID
) -> Attendance:
    member = seat.membership_id
    return Attendance(
        centre=session.centre,
        session=session,
        membership=seat.membership,
        present=member in present,
        excused=member in excused and member not in present,
        presides=member == presiding,
    )


def _keeper(actor: Actor) -> Membership:
    """The director general keeps the minutes; failing one, who opens the session."""
    if actor.role == Role.DIRECTOR_GENERAL:
        return actor.membership
    directors = Membership.objects.filter(centre_id=actor.centre_id, role=Role.DIRECTOR_GENERAL)
    worn = [one for one in directors.order_by("-starts_on", "id") if one.is_worn(actor.today)]
    return worn[0] if worn else actor.membership


@transaction.atomic
def record_arrival(actor: Actor, session_id: UUID, membership_id: UUID) -> Attendance:
    """A member comes in, or comes back, while the session is held."""
    session, one = _attending(actor, session_id, membership_id)
    if one.in_the_room:
        raise RuleBroken(_("Ce membre est déjà en séance."))
    one.present, one.excused = True, False
    one.arrived_at, one.left_at = actor.now, None
    store(one)
    record_act(actor, "council.record_arrival", "session", session.pk, why=str(membership_id))
    return one


@transaction.atomic
def record_departure(actor: Actor, session_id: UUID, membership_id: UUID) -> Attendance:
    """A member leaves the session. Who presides hands the chair over first."""
    session, one = _attending(actor, session_id, membership_id)
    if not one.in_the_room:
        raise RuleBroken(_("Ce membre n'est pas en séance."))
    if one.presides:
        raise RuleBroken(_("Désignez d'abord qui préside à la place de ce membre."))
    one.left_at = actor.now
    store(one)
    record_act(actor, "council.record_departure", "session", session.pk, why=str(membership_id))
    return one


@transaction.atomic
def change_chair(actor: Actor, session_id: UUID, membership_id: UUID) -> Attendance:
    """Another member in the room presides from now on."""
    session, one = _attending(actor, session_id, membership_id)
    if not one.in_the_room:
        raise RuleBroken({"presiding": _("Qui préside doit être présent.")})
    for former in attendance.of(session):
        if former.presides and former.pk != one.pk:
            former.presides = False
            store(former)
    one.presides = True
    store(one)
    record_act(actor, "council.change_chair", "session", session.pk, why=str(membership_id))
    return one


def _attending(actor: Actor, session_id: UUID, membership_id: UUID) -> tuple[Session, Attendance]:
    session = access_session(actor, session_id, Permission.DECISION_RECORD, lock=True)
    states.check(session, "hold")
    for one in attendance.of(session):
        if one.membership_id == membership_id:
            return session, one
    raise RuleBroken(_NO_SEAT)


@transaction.atomic
def withdraw_member(actor: Actor, item_id: UUID, membership_id: UUID, reason: str) -> Withdrawal:
    """A member stays out of one point because of a conflict of interest: no sheet, no vote."""
    item = access_item(actor, item_id, Permission.DECISION_RECORD, lock=True)
    states.check(item.session, "withdraw")
    states.check_item(item, "withdraw")
    seat = seats_on(item.session).filter(membership_id=membership_id).first()
    if seat is None:
        raise RuleBroken({"membership": _NO_SEAT})
    withdrawal = Withdrawal(
        centre=actor.centre, item=item, membership=seat.membership, reason=reason.strip()
    )
    store(withdrawal)
    record_act(
        actor, "council.withdraw_member", "agenda_item", item.pk, person_id=item.person_id,
        why=str(membership_id), detail=withdrawal.reason,
    )  # fmt: skip
    return withdrawal


@transaction.atomic
def close_session(actor: Actor, session_id: UUID, version: int | None = None) -> Session:
    """End the meeting; every point is decided, adjourned or removed by then."""
    session = access_session(actor, session_id, Permission.DECISION_RECORD, lock=True)
    check_version(session, version)
    states.check(session, "close")
    session.closed_at = actor.now
    store_change(session)
    record_act(actor, "council.close_session", "session", session.pk)
    return session
