"""The life of a session and of an agenda item as data; every state is computed from facts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from filrouge.base.access.actor import Actor
from filrouge.base.access.rules import Permission
from filrouge.base.records import RuleBroken
from filrouge.council.models import AgendaItem, Minutes, Session


class Stage(models.TextChoices):
    """Where a session stands."""

    DRAFT = "draft", _("en préparation")
    CONVENED = "convened", _("convoquée")
    OPEN = "open", _("en cours")
    CLOSED = "closed", _("levée")
    APPROVED = "approved", _("procès-verbal approuvé")
    SIGNED = "signed", _("procès-verbal signé")


class ItemStage(models.TextChoices):
    """Where a point of the agenda stands."""

    TO_DECIDE = "to_decide", _("à décider")
    DECIDED = "decided", _("décidé")
    ADJOURNED = "adjourned", _("reporté")
    REMOVED = "removed", _("retiré")


ENDED = (Stage.CLOSED, Stage.APPROVED, Stage.SIGNED)
"""The meeting is over."""


def minutes_of(session: Session) -> Minutes | None:
    """The minutes of a session; none before it was opened."""
    try:
        return session.minutes
    except Minutes.DoesNotExist:
        return None


def stage_of(session: Session) -> Stage:
    """The stage that the facts of a session amount to."""
    if session.closed_at is None:
        if session.opened_at is not None:
            return Stage.OPEN
        return Stage.DRAFT if session.convened_on is None else Stage.CONVENED
    minutes = minutes_of(session)
    if minutes is None or minutes.approved_in_id is None:
        return Stage.CLOSED
    return Stage.SIGNED if minutes.is_final else Stage.APPROVED


def item_stage_of(item: AgendaItem) -> ItemStage:
    """The stage that the facts of an agenda item amount to."""
    if item.removed_at is not None:
        return ItemStage.REMOVED
    if hasattr(item, "decision"):
        return ItemStage.DECIDED
    return ItemStage.TO_DECIDE if item.adjourned_at is None else ItemStage.ADJOURNED


def _always(_session: Session) -> bool:
    return True


def _has_items(session: Session) -> bool:
    return session.items.filter(centre_id=session.centre_id, removed_at__isnull=True).exists()


def _all_dealt_with(session: Session) -> bool:
    return not session.items.filter(
        centre_id=session.centre_id,
        removed_at__isnull=True,
        adjourned_at__isnull=True,
        decision__isnull=True,
    ).exists()


@dataclass(frozen=True, slots=True)
class Transition:
    """One act on a session: from where, to where, who may, and what must hold first.

    ``refusal`` is what the user reads when the session is at another stage, ``missing`` when
    the precondition does not hold.
    """

    name: str
    origins: tuple[Stage, ...]
    target: Stage | None
    """None when the act leaves the session where it is."""
    need: Permission
    refusal: str | Promise
    precondition: Callable[[Session], bool] = _always
    missing: str | Promise = ""


_S = Stage

TRANSITIONS = {
    transition.name: transition
    for transition in (
        Transition(
            "convene", (_S.DRAFT,), _S.CONVENED, Permission.AGENDA_PREPARE,
            _("Cette séance est déjà convoquée."),
            _has_items, _("L'ordre du jour est vide : inscrivez au moins un point."),
        ),
        Transition(
            "schedule", (_S.DRAFT,), None, Permission.AGENDA_PREPARE,
            _(
                "L'ordre du jour de cette séance est arrêté. Choisissez une séance suivante, "
                "ou inscrivez le point en urgence avec une raison."
            ),
        ),
        Transition(
            "schedule_urgently", (_S.DRAFT, _S.CONVENED, _S.OPEN), None,
            Permission.AGENDA_PREPARE,
            _("Cette séance est levée : choisissez une séance suivante."),
        ),
        Transition(
            "arrange", (_S.DRAFT,), None, Permission.AGENDA_PREPARE,
            _("L'ordre du jour est arrêté par la convocation : il ne change plus d'ordre."),
        ),
        Transition(
            "remove", (_S.DRAFT, _S.CONVENED, _S.OPEN), None, Permission.AGENDA_PREPARE,
            _("Cette séance est levée : son ordre du jour ne change plus."),
        ),
        Transition(
            "open", (_S.CONVENED,), _S.OPEN, Permission.DECISION_RECORD,
            _("Une séance s'ouvre une fois, après sa convocation."),
        ),
        Transition(
            "hold", (_S.OPEN,), None, Permission.DECISION_RECORD,
            _("Cette séance n'est pas en cours : ouvrez-la d'abord avec les présences."),
        ),
        Transition(
            "withdraw", (_S.CONVENED, _S.OPEN), None, Permission.DECISION_RECORD,
            _("Un membre se retire entre la convocation et la fin de la séance."),
        ),
        Transition(
            "close", (_S.OPEN,), _S.CLOSED, Permission.DECISION_RECORD,
            _("Cette séance n'est pas en cours."),
            _all_dealt_with,
            _("Des points restent à décider : décidez-les ou reportez-les d'abord."),
        ),
        Transition(
            "keep_remarks", (_S.OPEN, _S.CLOSED), None, Permission.MINUTES_KEEP,
            _("Ce procès-verbal est approuvé, ou la séance n'a pas commencé : il ne change pas."),
        ),
        Transition(
            "approve_minutes", (_S.CLOSED,), _S.APPROVED, Permission.DECISION_RECORD,
            _("Ce procès-verbal n'attend pas d'approbation."),
        ),
        Transition(
            "sign_minutes", (_S.APPROVED,), _S.SIGNED, Permission.MINUTES_SIGN,
            _("Un procès-verbal se signe une fois, après son approbation par l'organe."),
        ),
    )
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ItemTransition:
    """One act on an agenda item."""

    name: str
    origins: tuple[ItemStage, ...]
    target: ItemStage
    need: Permission
    refusal: str | Promise


_I = ItemStage
_SETTLED = _("Ce point n'est plus à décider. Rechargez la page.")

ITEM_TRANSITIONS = {
    transition.name: transition
    for transition in (
        ItemTransition("decide", (_I.TO_DECIDE,), _I.DECIDED, Permission.DECISION_RECORD, _SETTLED),
        ItemTransition(
            "adjourn", (_I.TO_DECIDE,), _I.ADJOURNED, Permission.DECISION_RECORD, _SETTLED
        ),
        ItemTransition("remove", (_I.TO_DECIDE,), _I.REMOVED, Permission.AGENDA_PREPARE, _SETTLED),
        ItemTransition(
            "withdraw", (_I.TO_DECIDE,), _I.TO_DECIDE, Permission.DECISION_RECORD, _SETTLED
        ),
        ItemTransition(
            "reschedule", (_I.ADJOURNED, _I.REMOVED), _I.TO_DECIDE, Permission.AGENDA_PREPARE,
            _("Seul un point reporté ou retiré s'inscrit à une autre séance."),
        ),
    )
}  # fmt: skip


def check(session: Session, name: str) -> Transition:
    """The named act on a locked session. Raises ``RuleBroken`` when its moment is not now."""
    transition = TRANSITIONS[name]
    if stage_of(session) not in transition.origins:
        raise RuleBroken(str(transition.refusal))
    if not transition.precondition(session):
        raise RuleBroken(str(transition.missing))
    return transition


def check_item(item: AgendaItem, name: str) -> ItemTransition:
    """The named act on a locked item. Raises ``RuleBroken`` when its moment is not now."""
    transition = ITEM_TRANSITIONS[name]
    if item_stage_of(item) not in transition.origins:
        raise RuleBroken(str(transition.refusal))
    return transition


def may(actor: Actor, session: Session, name: str) -> bool:
    """Whether a page should offer an act: right hat and right stage."""
    transition = TRANSITIONS[name]
    return actor.may(transition.need) and stage_of(session) in transition.origins
