"""Planning a session and making its agenda."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext as _

from filrouge.base.access.actor import BRUSSELS, Actor
from filrouge.base.access.rules import Permission
from filrouge.base.centres.models import Role
from filrouge.base.records import RuleBroken, check_version, store, store_change
from filrouge.base.trail.journal import record_act
from filrouge.council import papers, states, words
from filrouge.council.access import access_body, access_item, access_session
from filrouge.council.models import RATIFICATION, AgendaItem, Body, Decision, Session
from filrouge.council.sheets import Sheet
from filrouge.dossier.terms import actions as terms
from filrouge.dossier.thread.actions import tie
from filrouge.dossier.thread.models import Audience, Family
from filrouge.law.terms import convocation_cutoff
from filrouge.people.models import Person


@transaction.atomic
def plan_session(actor: Actor, body_id: UUID, starts_at: datetime, place: str) -> Session:
    """Plan a meeting of a body; the last day of the convocation is counted back from it.

    Urgent decisions of the president that wait for ratification go on its agenda at once.
    Raises ``ValidationError`` on ``starts_at``: in the past, or at the moment of another
    session of the same body.
    """
    body = access_body(actor, body_id, Permission.AGENDA_PREPARE)
    held_on = starts_at.astimezone(BRUSSELS).date()
    if held_on < actor.today:
        raise RuleBroken({"starts_at": _("Cette date est passée : planifiez une séance à venir.")})
    session = Session(
        centre=actor.centre,
        body=body,
        starts_at=starts_at,
        held_on=held_on,
        place=place,
        convocation_due_on=convocation_cutoff(held_on, actor.centre.convocation_clear_days),
    )
    store(session)
    for decision in urgent_to_ratify(actor, body):
        propose_ratification(actor, decision, session)
    record_act(actor, "council.plan_session", "session", session.pk)
    return session


@transaction.atomic
def convene(actor: Actor, session_id: UUID, version: int | None = None) -> Session:
    """Send the convocation: the agenda closes, the sheets open to the members.

    The convocation with its agenda is kept as a document. A convocation sent after its last day
    is not refused: ``Session.convened_late`` says it, and so do the minutes.
    """
    session = access_session(actor, session_id, Permission.AGENDA_PREPARE, lock=True)
    check_version(session, version)
    states.check(session, "convene")
    if actor.today > session.held_on:
        raise RuleBroken(_("La date de cette séance est passée : planifiez-en une autre."))
    session.convened_on = actor.today
    store_change(session)
    papers.keep_convocation(actor, session)
    late = "late" if session.convened_late else ""
    record_act(actor, "council.convene", "session", session.pk, why=late)
    return session


@transaction.atomic
def schedule(
    actor: Actor,
    session_id: UUID,
    *,
    subject_kind: str,
    subject_id: UUID,
    person: Person | None,
    title: str,
    sheet: Sheet,
    urgent: bool = False,
    urgent_reason: str = "",
) -> AgendaItem:
    """Put a point on an agenda with the sheet that the proposing room froze.

    *person* comes from that room's access function; *title* never holds the person's name. The
    running terms of the subject now wait for the council's secretariat. Refused once the
    session is convened, unless *urgent* with its reason, and always once it is closed.
    """
    session = access_session(actor, session_id, Permission.AGENDA_PREPARE, lock=True)
    states.check(session, "schedule_urgently" if urgent else "schedule")
    item = _add(
        actor, session, subject_kind=subject_kind, subject_id=subject_id, person=person,
        title=title, sheet=sheet.as_json(), urgent_reason=_reason_of(urgent, urgent_reason),
    )  # fmt: skip
    _tell_scheduled(actor, item)
    record_act(
        actor, "council.schedule", "agenda_item", item.pk, person_id=item.person_id,
        why=subject_kind,
    )  # fmt: skip
    return item


def _reason_of(urgent: bool, reason: str) -> str:
    if urgent and not reason.strip():
        raise RuleBroken({"urgent_reason": _("Un point urgent demande une raison écrite.")})
    return reason.strip() if urgent else ""


@transaction.atomic
def reschedule(
    actor: Actor, item_id: UUID, session_id: UUID, urgent_reason: str = ""
) -> AgendaItem:
    """Put an adjourned or removed point, with the same sheet, on the agenda of another session."""
    former = access_item(actor, item_id, Permission.AGENDA_PREPARE, lock=True)
    session = access_session(actor, session_id, Permission.AGENDA_PREPARE, lock=True)
    states.check_item(former, "reschedule")
    states.check(session, "schedule_urgently" if urgent_reason.strip() else "schedule")
    if session.pk == former.session_id and former.adjourned_at is not None:
        raise RuleBroken({"session": _("Choisissez une autre séance que celle du report.")})
    item = _add(
        actor, session, subject_kind=former.subject_kind, subject_id=former.subject_id,
        person=former.person, title=former.title, sheet=former.sheet,
        urgent_reason=urgent_reason.strip(),
    )  # fmt: skip
    _tell_scheduled(actor, item)
    record_act(
        actor, "council.reschedule", "agenda_item", item.pk, person_id=item.person_id,
        why=str(former.pk),
    )  # fmt: skip
    return item


@transaction.atomic
def remove_item(actor: Actor, item_id: UUID, reason: str, version: int | None = None) -> AgendaItem:
    """Take a point off the agenda before it is decided; its terms keep running."""
    item = access_item(actor, item_id, Permission.AGENDA_PREPARE, lock=True)
    check_version(item, version)
    states.check(item.session, "remove")
    states.check_item(item, "remove")
    if not reason.strip():
        raise RuleBroken({"reason": _("Écrivez pourquoi ce point est retiré.")})
    item.removed_at = actor.now
    item.removed_reason = reason.strip()
    store_change(item)
    give_back(actor, item, _("Inscrire à une autre séance"))
    tell(
        actor, item, "council_removed", _("Retiré de l'ordre du jour"),
        text=_("Le délai de décision continue de courir."), reason=item.removed_reason,
        moved=(states.ItemStage.TO_DECIDE, states.ItemStage.REMOVED),
    )  # fmt: skip
    record_act(actor, "council.remove_item", "agenda_item", item.pk, person_id=item.person_id)
    return item


@transaction.atomic
def move_up(actor: Actor, item_id: UUID) -> AgendaItem:
    """Let a point be treated one place earlier."""
    return _swap(actor, item_id, before=True)


@transaction.atomic
def move_down(actor: Actor, item_id: UUID) -> AgendaItem:
    """Let a point be treated one place later."""
    return _swap(actor, item_id, before=False)


def _swap(actor: Actor, item_id: UUID, *, before: bool) -> AgendaItem:
    item = access_item(actor, item_id, Permission.AGENDA_PREPARE, lock=True)
    states.check(item.session, "arrange")
    others = AgendaItem.objects.select_for_update().filter(
        centre_id=actor.centre_id, session_id=item.session_id, removed_at__isnull=True
    )
    if before:
        other = others.filter(position__lt=item.position).order_by("-position").first()
    else:
        other = others.filter(position__gt=item.position).order_by("position").first()
    if other is None:
        return item
    item.position, other.position = other.position, item.position
    store_change(item)
    store_change(other)
    record_act(actor, "council.arrange", "agenda_item", item.pk, person_id=item.person_id)
    return item


# Shared with the other actions of the room -----------------------------------------------


def _add(
    actor: Actor,
    session: Session,
    *,
    subject_kind: str,
    subject_id: UUID,
    person: Person | None,
    title: str,
    sheet: dict[str, Any],
    urgent_reason: str,
) -> AgendaItem:
    _refuse_twice(actor, subject_id)
    items = AgendaItem.objects.filter(centre_id=actor.centre_id, session=session)
    last = items.aggregate(last=Max("position"))["last"]
    item = AgendaItem(
        centre=actor.centre,
        session=session,
        position=(last or 0) + 1,
        person=person,
        subject_kind=subject_kind,
        subject_id=subject_id,
        title=title,
        sheet=sheet,
        urgent=bool(urgent_reason),
        urgent_reason=urgent_reason,
        proposed_by=actor.membership,
    )
    store(item)
    return item


def _refuse_twice(actor: Actor, subject_id: UUID) -> None:
    waiting = AgendaItem.objects.filter(
        centre_id=actor.centre_id,
        subject_id=subject_id,
        removed_at__isnull=True,
        adjourned_at__isnull=True,
        decision__isnull=True,
        session__closed_at__isnull=True,
    ).select_related("session__body")
    item = waiting.first()
    if item is not None:
        raise RuleBroken(
            _("Ce point est déjà à l'ordre du jour : %(body)s, %(day)s.")
            % {"body": item.session.body, "day": words.day(item.session.held_on)}
        )


def _tell_scheduled(actor: Actor, item: AgendaItem) -> None:
    day = words.day(item.session.held_on)
    terms.hand_over(
        actor,
        item.subject_id,
        terms.Turn(
            next_step=_("Décision en séance du %(day)s") % {"day": day},
            button=_("Voir le point"),
            address=item_address(item),
            role=Role.SECRETARIAT,
        ),
    )
    text = _("%(body)s, séance du %(day)s.") % {"body": item.session.body, "day": day}
    tell(
        actor, item, "council_scheduled", _("Mis à l'ordre du jour"), text=text,
        reason=item.urgent_reason, moved=("", states.ItemStage.TO_DECIDE),
    )  # fmt: skip


def item_address(item: AgendaItem) -> str:
    """The path of an item's page."""
    return reverse("council:item", args=[item.pk])


def give_back(actor: Actor, item: AgendaItem, next_step: str) -> None:
    """The running terms of an item that was not decided wait for the secretariat again."""
    terms.hand_over(
        actor,
        item.subject_id,
        terms.Turn(
            next_step=next_step,
            button=_("Choisir une séance"),
            address=item_address(item),
            role=Role.SECRETARIAT,
        ),
    )


def tell(
    actor: Actor,
    item: AgendaItem,
    kind: str,
    title: str,
    *,
    text: str,
    reason: str,
    moved: tuple[str, str],
) -> None:
    """Tie an item's event to the thread of the person it is about, if it is about one."""
    if item.person is None:
        return
    tie(
        actor, item.person, kind, title, family=Family.DECISIONS, text=text,
        audience=Audience.COUNCIL, from_state=moved[0], to_state=moved[1], reason=reason,
        subject_kind=item.subject_kind, subject_id=item.subject_id,
    )  # fmt: skip


def urgent_to_ratify(actor: Actor, body: Body) -> list[Decision]:
    """Urgent decisions of a body's president that are on no agenda yet."""
    proposed = AgendaItem.objects.filter(
        centre_id=actor.centre_id, subject_kind=RATIFICATION, removed_at__isnull=True
    ).values("subject_id")
    return list(
        Decision.objects.filter(
            centre_id=actor.centre_id, body=body, urgent_by_president=True,
            ratification__isnull=True,
        )
        .exclude(pk__in=proposed)
        .order_by("decided_at", "id")
    )  # fmt: skip


def propose_ratification(actor: Actor, decision: Decision, session: Session) -> AgendaItem:
    """Put an urgent decision on a locked session's agenda, even when it is convened already."""
    sheet: dict[str, Any] = decision.sheet
    subject = f"{sheet['reference']} · {sheet['aid_label']} · {sheet['initials']}"
    whole = _("Ratification d'une décision urgente : %(subject)s") % {"subject": subject}
    convened = session.convened_on is not None
    return _add(
        actor, session, subject_kind=RATIFICATION, subject_id=decision.pk, person=decision.person,
        title=whole[:200], sheet=sheet,
        urgent_reason=_("Ratification à la plus prochaine séance") if convened else "",
    )  # fmt: skip
