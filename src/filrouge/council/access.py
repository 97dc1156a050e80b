"""The two ways to reach a session or an agenda item: one by key, or those an actor may see."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from filrouge.base.access.actor import Actor
from filrouge.base.access.rules import Permission, Scope
from filrouge.base.centres.models import Membership, Role
from filrouge.base.trail import reading
from filrouge.council.models import AgendaItem, Body, Consultation, Seat, Session, Withdrawal
from filrouge.council.states import Stage, stage_of

SEATED = (Role.COUNCILLOR, Role.PRESIDENT)
"""Roles that see a body's sessions only through their seat in it."""


def seats_on(session: Session) -> QuerySet[Seat]:
    """The members in function on the day of a session, who preside first, then by name."""
    return (
        Seat.objects.filter(
            Q(ends_on__isnull=True) | Q(ends_on__gte=session.held_on),
            centre_id=session.centre_id,
            body_id=session.body_id,
            starts_on__lte=session.held_on,
        )
        .select_related("membership__user")
        .order_by("-presides", "membership__user__last_name", "membership__user__first_name", "id")
    )


def own_hats(actor: Actor) -> QuerySet[Membership]:
    """The user's hats in the centre: a seat may hang on the councillor's or the president's."""
    return Membership.objects.filter(centre_id=actor.centre_id, user_id=actor.user.pk)


def _own_seats(actor: Actor) -> QuerySet[Seat]:
    return Seat.objects.filter(centre_id=actor.centre_id, membership__in=own_hats(actor))


def visible_sessions(actor: Actor, need: Permission = Permission.AGENDA_READ) -> QuerySet[Session]:
    """Sessions of the centre that the actor may see; a councillor's from the convocation on."""
    sessions = Session.objects.filter(centre_id=actor.centre_id)
    if actor.scope(need) is Scope.NONE:
        return sessions.none()
    if actor.role not in SEATED:
        return sessions
    seat = _own_seats(actor).filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=OuterRef("held_on")),
        body_id=OuterRef("body_id"),
        starts_on__lte=OuterRef("held_on"),
    )
    sessions = sessions.filter(Exists(seat))
    if actor.role == Role.COUNCILLOR:
        sessions = sessions.filter(convened_on__isnull=False)
    return sessions


def visible_items(actor: Actor, need: Permission = Permission.AGENDA_READ) -> QuerySet[AgendaItem]:
    """Items whose sheet the actor may open now."""
    items = AgendaItem.objects.filter(
        centre_id=actor.centre_id, session__in=visible_sessions(actor, need)
    )
    if actor.role not in SEATED:
        return items
    withdrawn = Withdrawal.objects.filter(
        centre_id=actor.centre_id, item=OuterRef("pk"), membership__in=own_hats(actor)
    )
    items = items.filter(~Exists(withdrawn))
    if actor.role == Role.COUNCILLOR:
        items = items.filter(session__closed_at__isnull=True, removed_at__isnull=True)
    return items


def access_session(
    actor: Actor,
    session_id: UUID,
    need: Permission = Permission.AGENDA_READ,
    *,
    lock: bool = False,
) -> Session:
    """One session, for one purpose.

    Raises ``Http404`` when the centre has no such session and ``PermissionDenied`` when the
    hat, the missing seat or the stage forbids it. With *lock* the row stays locked until the
    transaction ends.
    """
    sessions = Session.objects.filter(centre_id=actor.centre_id).select_related("body")
    if lock:
        sessions = sessions.select_for_update(of=("self",))
    else:
        sessions = sessions.select_related("body", "minutes")
    session = sessions.filter(pk=session_id).first()
    if session is None:
        raise Http404
    actor.demand(need)
    if actor.role in SEATED and not visible_sessions(actor, need).filter(pk=session_id).exists():
        raise PermissionDenied(
            _("Cette séance n'est pas convoquée, ou vous ne siégez pas dans cet organe.")
        )
    return session


def access_item(
    actor: Actor,
    item_id: UUID,
    need: Permission = Permission.AGENDA_READ,
    *,
    lock: bool = False,
) -> AgendaItem:
    """One agenda item with its sheet, for one purpose; opening it is noted in the reading log.

    Raises like ``access_session``. A councillor reads a sheet between the convocation and the
    end of the session; a member who withdrew from an item never does. With *lock* the session
    is locked first, then the item.
    """
    items = AgendaItem.objects.filter(centre_id=actor.centre_id)
    session_id = items.filter(pk=item_id).values_list("session_id", flat=True).first()
    if session_id is None:
        raise Http404
    session = access_session(actor, session_id, need, lock=lock)
    if lock:
        items = items.select_for_update(of=("self",))
    else:
        items = items.select_related("decision__body", "person", "proposed_by__user")
        items = items.prefetch_related("withdrawals__membership__user")
    item = items.get(pk=item_id)
    item.session = session
    if actor.role in SEATED and not visible_items(actor, need).filter(pk=item_id).exists():
        raise PermissionDenied(_why_not(session))
    reading.note_opened(item.person_id, subject_kind="agenda_item", subject_id=item.pk)
    return item


def _why_not(session: Session) -> str:
    if stage_of(session) in (Stage.DRAFT, Stage.CONVENED, Stage.OPEN):
        return _("Vous vous êtes retiré de ce point, ou il n'est plus à l'ordre du jour.")
    return _("La séance est levée : ses fiches ne se consultent plus, seules ses décisions.")


def access_consultation(
    actor: Actor, consultation_id: UUID, need: Permission, *, lock: bool = False
) -> Consultation:
    """One request to consult a file, through the item it is about; raises like ``access_item``."""
    consultations = Consultation.objects.filter(centre_id=actor.centre_id, pk=consultation_id)
    item_id = consultations.values_list("item_id", flat=True).first()
    if item_id is None:
        raise Http404
    item = access_item(actor, item_id, need, lock=lock)
    if lock:
        consultations = consultations.select_for_update(of=("self",))
    consultation = consultations.select_related("asked_by__user").get()
    consultation.item = item
    return consultation


def access_body(actor: Actor, body_id: UUID, need: Permission, *, lock: bool = False) -> Body:
    """One deciding body of the centre, for one purpose; raises like ``access_session``."""
    bodies = Body.objects.filter(centre_id=actor.centre_id)
    if lock:
        bodies = bodies.select_for_update()
    body = bodies.filter(pk=body_id).first()
    if body is None:
        raise Http404
    actor.demand(need)
    if actor.role in SEATED and not _seated_today(actor, body):
        raise PermissionDenied(_("Vous ne siégez pas dans cet organe."))
    return body


def access_seat(actor: Actor, seat_id: UUID, need: Permission, *, lock: bool = False) -> Seat:
    """One seat, through its body, which is locked first; raises like ``access_body``."""
    seats = Seat.objects.filter(centre_id=actor.centre_id, pk=seat_id)
    body_id = seats.values_list("body_id", flat=True).first()
    if body_id is None:
        raise Http404
    body = access_body(actor, body_id, need, lock=lock)
    if lock:
        seats = seats.select_for_update(of=("self",))
    seat = seats.select_related("membership__user").get()
    seat.body = body
    return seat


def _seated_today(actor: Actor, body: Body) -> bool:
    return (
        _own_seats(actor)
        .filter(Q(ends_on__isnull=True) | Q(ends_on__gte=actor.today))
        .filter(body=body, starts_on__lte=actor.today)
        .exists()
    )
