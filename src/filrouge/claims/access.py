"""The two ways to reach a claim: one by key, or those that an actor may see."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from filrouge.base.access.actor import Actor
from filrouge.base.access.rules import Permission, Scope
from filrouge.base.trail import reading
from filrouge.claims.models import Aid, Claim, Notification, State
from filrouge.council.models import GRANTING, Decision
from filrouge.people.access import holds, missions_within


def visible_to(actor: Actor, need: Permission = Permission.CLAIM_READ) -> QuerySet[Claim]:
    """Claims of the centre on which the actor holds *need*."""
    scope = actor.scope(need)
    claims = Claim.objects.filter(centre_id=actor.centre_id)
    if scope is Scope.NONE:
        return claims.none()
    if scope is Scope.CENTRE:
        return claims
    return claims.filter(_within(actor, scope))


def _within(actor: Actor, scope: Scope) -> Q:
    mission = Exists(missions_within(actor, scope).filter(person_id=OuterRef("person_id")))
    within = Q(mission) | Q(referent_id__in=actor.stands_for)
    if scope is Scope.SERVICE:
        within |= Q(service_id__in=actor.service_ids)
    return within


def _holds(actor: Actor, claim: Claim, need: Permission) -> bool:
    """The same as ``visible_to``, for a claim in hand: a query only when nothing nearer says so."""
    scope = actor.scope(need)
    if scope in (Scope.NONE, Scope.CENTRE):
        return scope is Scope.CENTRE
    if claim.referent_id in actor.stands_for:
        return True
    if scope is Scope.SERVICE and claim.service_id in actor.service_ids:
        return True
    return holds(actor, claim.person_id, need)


def access_claim(
    actor: Actor, claim_id: UUID, need: Permission = Permission.CLAIM_READ, *, lock: bool = False
) -> Claim:
    """One claim, for one purpose.

    Raises ``Http404`` when the centre has no such claim and ``PermissionDenied`` when the hat
    or the missing mission forbids it.
    """
    claims = Claim.objects.filter(centre_id=actor.centre_id, pk=claim_id)
    if lock:
        claims = claims.select_for_update(of=("self",))
    claim = claims.select_related("person", "service", "referent__user").first()
    if claim is None:
        raise Http404
    actor.demand(need)
    if not _holds(actor, claim, need):
        raise PermissionDenied(
            _(
                "Vous n'avez pas de mission dans ce dossier. Adressez-vous à la personne qui le suit."
            )
        )
    reading.note_opened(claim.person_id, subject_kind="claim", subject_id=claim.pk)
    return claim


def access_notification(actor: Actor, claim_id: UUID, *, lock: bool = False) -> Notification:
    """The notification being prepared or sent for a claim, for those who sign or send it."""
    notifications = Notification.objects.filter(centre_id=actor.centre_id, claim_id=claim_id)
    if lock:
        notifications = notifications.select_for_update(of=("self",))
    notification = (
        notifications.select_related("claim__person", "decision", "letter")
        .order_by("-decision__decided_at")
        .first()
    )
    if notification is None:
        raise Http404
    if not (actor.may(Permission.CLAIM_NOTIFY) or actor.may(Permission.MINUTES_SIGN)):
        actor.demand(Permission.CLAIM_NOTIFY)
    reading.note_opened(
        notification.claim.person_id, subject_kind="notification", subject_id=notification.pk
    )
    return notification


def access_payable(actor: Actor, claim_id: UUID, *, lock: bool = False) -> tuple[Claim, Decision]:
    """A claim whose aid was granted, as the financial direction may see it: no grounds."""
    claims = Claim.objects.filter(centre_id=actor.centre_id, pk=claim_id)
    if lock:
        claims = claims.select_for_update(of=("self",))
    claim = claims.select_related("person", "referent__user").first()
    decision = (
        Decision.objects.filter(
            centre_id=actor.centre_id, subject_id=claim_id, amount_cents__isnull=False
        )
        .order_by("-decided_at", "-id")
        .first()
    )
    if claim is None:
        raise Http404
    actor.demand(Permission.PAYMENT_READ)
    if decision is None or decision.measure not in GRANTING:
        raise Http404
    reading.note_opened(claim.person_id, subject_kind="payment", subject_id=claim.pk)
    return claim, decision


def access_urgent(actor: Actor, claim_id: UUID, *, lock: bool = False) -> Claim:
    """An urgent request for social aid, for the president who may grant it at once."""
    claims = Claim.objects.filter(centre_id=actor.centre_id, pk=claim_id)
    if lock:
        claims = claims.select_for_update(of=("self",))
    claim = claims.select_related("person", "referent__user", "service").first()
    if claim is None:
        raise Http404
    actor.demand(Permission.URGENT_DECIDE)
    if not claim.urgent:
        raise Http404
    reading.note_opened(claim.person_id, subject_kind="claim", subject_id=claim.pk, why="urgent")
    return claim


def urgent_for(actor: Actor) -> QuerySet[Claim]:
    """Urgent requests for social aid that nobody decided yet, for the president."""
    if not actor.may(Permission.URGENT_DECIDE):
        return Claim.objects.none()
    decided = Decision.objects.filter(centre_id=actor.centre_id, subject_id=OuterRef("pk"))
    return (
        Claim.objects.filter(centre_id=actor.centre_id, urgent=True)
        .exclude(aid=Aid.RIS)
        .exclude(state__in=[State.TRANSFERRED, State.WITHDRAWN])
        .filter(~Exists(decided))
        .select_related("person", "referent__user")
        .order_by("received_on", "id")
    )
