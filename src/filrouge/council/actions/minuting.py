"""Keeping, approving and signing the minutes."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from filrouge.base.access.actor import Actor
from filrouge.base.access.rules import Permission
from filrouge.base.centres.models import Role
from filrouge.base.records import RuleBroken, check_version, store_change
from filrouge.base.trail.journal import record_act
from filrouge.council import minutes as growing
from filrouge.council import papers, states
from filrouge.council.access import access_session
from filrouge.council.models import Minutes, Session


@transaction.atomic
def keep_remarks(
    actor: Actor, session_id: UUID, remarks: str, version: int | None = None
) -> Minutes:
    """The director general completes the minutes until the body approves them."""
    session = access_session(actor, session_id, Permission.MINUTES_KEEP, lock=True)
    minutes = _locked(actor, session)
    check_version(minutes, version)
    states.check(session, "keep_remarks")
    minutes.remarks = remarks.strip()
    store_change(minutes)
    record_act(actor, "council.keep_remarks", "minutes", minutes.pk)
    return minutes


@transaction.atomic
def approve_minutes(
    actor: Actor, session_id: UUID, in_session_id: UUID, version: int | None = None
) -> Minutes:
    """The body, meeting in a later session, approves the minutes of an earlier one."""
    session = access_session(actor, session_id, Permission.DECISION_RECORD, lock=True)
    approving = access_session(actor, in_session_id, Permission.DECISION_RECORD, lock=True)
    minutes = _locked(actor, session)
    check_version(minutes, version)
    states.check(session, "approve_minutes")
    states.check(approving, "hold")
    if approving.body_id != session.body_id or approving.starts_at <= session.starts_at:
        raise RuleBroken(_("Le même organe approuve le procès-verbal, lors d'une séance suivante."))
    minutes.approved_in = approving
    store_change(minutes)
    record_act(actor, "council.approve_minutes", "minutes", minutes.pk, why=str(approving.pk))
    return minutes


@transaction.atomic
def sign_minutes(actor: Actor, session_id: UUID, version: int | None = None) -> Minutes:
    """The president or the director general signs approved minutes; the second freezes them."""
    session = access_session(actor, session_id, Permission.MINUTES_SIGN, lock=True)
    minutes = _locked(actor, session)
    check_version(minutes, version)
    states.check(session, "sign_minutes")
    _sign(actor, minutes)
    if minutes.is_final:
        minutes.frozen_text = growing.compose(session).as_json()
    store_change(minutes)
    if minutes.is_final:
        papers.keep_minutes(actor, session, minutes)
    record_act(actor, "council.sign_minutes", "minutes", minutes.pk)
    return minutes


def _sign(actor: Actor, minutes: Minutes) -> None:
    as_president = actor.role == Role.PRESIDENT
    already = minutes.president_signed_at if as_president else minutes.director_signed_at
    if already is not None:
        raise RuleBroken(_("Vous avez déjà signé ce procès-verbal."))
    if as_president:
        minutes.president, minutes.president_signed_at = actor.membership, actor.now
    else:
        minutes.director, minutes.director_signed_at = actor.membership, actor.now


def _locked(actor: Actor, session: Session) -> Minutes:
    minutes = (
        Minutes.objects.select_for_update(of=("self",))
        .filter(centre_id=actor.centre_id, session=session)
        .first()
    )
    if minutes is None:
        raise RuleBroken(_("Le procès-verbal commence à l'ouverture de la séance."))
    minutes.session = session
    session.minutes = minutes
    return minutes
