"""Starting, handing over and stopping terms; called inside the actions of the rooms above."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from filrouge.base.access.actor import Actor
from filrouge.base.centres.models import Membership, Role, Service
from filrouge.base.records import store
from filrouge.dossier.terms.models import Term
from filrouge.law import terms as law_terms
from filrouge.people.models import Person


@dataclass(frozen=True, slots=True)
class Turn:
    """Whose turn it is, for what, and the page and button where it is done."""

    next_step: str
    button: str
    address: str
    membership: Membership | None = None
    role: Role | None = None
    service: Service | None = None


def start(
    actor: Actor,
    person: Person,
    term: law_terms.Term,
    turn: Turn,
    *,
    subject_kind: str,
    subject_id: UUID,
    referent: Membership | None,
) -> Term:
    """Let a term computed by the law run on a subject."""
    running = Term(
        centre=actor.centre,
        person=person,
        kind=term.kind.value,
        label=term.label,
        article=term.article,
        counting=term.counting,
        status=term.status,
        subject_kind=subject_kind,
        subject_id=subject_id,
        starts_on=term.start,
        due_on=term.due,
        referent=referent,
        **_whose(turn),
    )
    store(running)
    return running


def hand_over(actor: Actor, subject_id: UUID, turn: Turn) -> None:
    """Give the next step of every running term of a subject to somebody else."""
    _running(actor, subject_id).update(**_whose(turn))


def change_referent(actor: Actor, subject_id: UUID, referent: Membership) -> None:
    """A file changes hands: the former referent's turn becomes the new one's."""
    for term in running_on(actor, subject_id):
        if term.waits_for_membership_id and term.waits_for_membership_id == term.referent_id:
            term.waits_for_membership = referent
        term.referent = referent
        store(term)


def stop(
    actor: Actor, subject_id: UUID, kinds: tuple[law_terms.TermKind, ...], on: date, by: str
) -> None:
    """Stop the running terms of these kinds because of a fact of that day."""
    running = _running(actor, subject_id).filter(kind__in=[kind.value for kind in kinds])
    running.update(stopped_on=on, stopped_by=by)


def stop_all(actor: Actor, subject_id: UUID, on: date, by: str) -> None:
    """Stop whatever still runs on a subject (withdrawn, transferred)."""
    stop(actor, subject_id, tuple(law_terms.TermKind), on, by)


def running_on(actor: Actor, subject_id: UUID) -> QuerySet[Term]:
    """The running terms of a subject, locked until the transaction ends."""
    return _running(actor, subject_id).select_for_update(of=("self",)).order_by("due_on", "id")


def _running(actor: Actor, subject_id: UUID) -> QuerySet[Term]:
    return Term.objects.filter(
        centre_id=actor.centre_id, subject_id=subject_id, stopped_on__isnull=True
    )


def _whose(turn: Turn) -> dict[str, Any]:
    """The columns that say whose turn it is."""
    return {
        "next_step": turn.next_step,
        "button": turn.button,
        "address": turn.address,
        "waits_for_membership": turn.membership,
        "waits_for_role": turn.role.value if turn.role else "",
        "waits_for_service": turn.service,
    }
