"""A councillor's wider consultation of a file: asked, answered, done on site."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from filrouge.base.access.actor import Actor
from filrouge.base.access.rules import Permission
from filrouge.base.records import RuleBroken, store
from filrouge.base.trail.journal import record_act
from filrouge.council.access import access_consultation, access_item
from filrouge.council.models import AgendaItem, Consultation
from filrouge.council.states import Stage, stage_of
from filrouge.dossier.thread.actions import tie
from filrouge.dossier.thread.models import Audience, Family


@transaction.atomic
def ask_consultation(actor: Actor, item_id: UUID, reason: str) -> Consultation:
    """A member asks the director general to consult more of a file than its sheet."""
    item = access_item(actor, item_id, Permission.CONSULTATION_ASK, lock=True)
    _demand_convened(item)
    consultation = Consultation(
        centre=actor.centre,
        item=item,
        asked_by=actor.membership,
        asked_at=actor.now,
        reason=reason.strip(),
    )
    store(consultation)
    record_act(
        actor, "council.ask_consultation", "consultation", consultation.pk,
        person_id=item.person_id, detail=consultation.reason,
    )  # fmt: skip
    return consultation


def _demand_convened(item: AgendaItem) -> None:
    if item.person is None:
        raise RuleBroken(_("Ce point ne concerne pas le dossier d'une personne."))
    if stage_of(item.session) not in (Stage.CONVENED, Stage.OPEN):
        raise RuleBroken(
            _("Un dossier se consulte quand il est à l'ordre du jour d'une séance convoquée.")
        )


@transaction.atomic
def answer_consultation(
    actor: Actor, consultation_id: UUID, granted: bool, answer: str
) -> Consultation:
    """The director general grants or refuses; a refusal is reasoned.

    Raises ``RuleBroken`` while the file is still being prepared, that is while its item is not
    on a convened agenda, and when the answer was already given.
    """
    consultation = access_consultation(
        actor, consultation_id, Permission.CONSULTATION_GRANT, lock=True
    )
    item = consultation.item
    if consultation.answered_at is not None:
        raise RuleBroken(_("Cette demande de consultation a déjà reçu une réponse."))
    if not granted and not answer.strip():
        raise RuleBroken({"answer": _("Un refus demande une raison écrite.")})
    if granted:
        _demand_convened(item)
    consultation.granted, consultation.answer = granted, answer.strip()
    consultation.answered_by, consultation.answered_at = actor.membership, actor.now
    store(consultation)
    record_act(
        actor, "council.answer_consultation", "consultation", consultation.pk,
        person_id=item.person_id, why="granted" if granted else "refused",
    )  # fmt: skip
    return consultation


@transaction.atomic
def record_on_site(actor: Actor, consultation_id: UUID) -> Consultation:
    """The member has consulted the file on site; the thread says it."""
    consultation = access_consultation(
        actor, consultation_id, Permission.CONSULTATION_GRANT, lock=True
    )
    item = consultation.item
    if not consultation.granted:
        raise RuleBroken(_("Cette consultation n'a pas été accordée."))
    if consultation.consulted_on_site_at is not None or item.person is None:
        raise RuleBroken(_("Cette consultation est déjà inscrite."))
    consultation.consulted_on_site_at = actor.now
    store(consultation)
    tie(
        actor, item.person, "council_consulted", _("Dossier consulté sur place"),
        family=Family.DECISIONS, audience=Audience.COUNCIL,
        text=_("%(member)s, membre du conseil, avec l'accord du directeur général.")
        % {"member": consultation.asked_by.user},
        subject_kind=item.subject_kind, subject_id=item.subject_id,
    )  # fmt: skip
    record_act(
        actor, "council.consulted_on_site", "consultation", consultation.pk,
        person_id=item.person_id, why=str(consultation.asked_by_id),
    )  # fmt: skip
    return consultation
