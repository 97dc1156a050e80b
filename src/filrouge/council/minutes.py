"""The minutes as they grow: composed from presence, points, votes and decisions."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from filrouge.base.access.actor import BRUSSELS
from filrouge.council import attendance, words
from filrouge.council.models import AgendaItem, Attendance, Minutes, Session
from filrouge.council.states import ItemStage, item_stage_of, minutes_of


@dataclass(frozen=True, slots=True)
class Point:
    """One point of the agenda, as told in the minutes. Texts are empty when there is nothing."""

    number: int
    title: str
    reference: str
    urgency: str
    withdrawn: tuple[str, ...]
    outcome: str
    votes: str
    reasons: str
    facts: str
    law: str
    status: str


@dataclass(frozen=True, slots=True)
class MinutesText:
    """The whole of the minutes as plain text; hours are ``18 h 30``, dates are written out."""

    body: str
    held_on: str
    place: str
    convened: str
    opened_at: str
    closed_at: str
    present: tuple[dict[str, str], ...]
    excused: tuple[dict[str, str], ...]
    absent: tuple[dict[str, str], ...]
    items: tuple[Point, ...]
    remarks: str
    approved: str
    approves: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def compose(session: Session) -> MinutesText:
    """The minutes of a session, from what is recorded until now. *session* is accessed."""
    minutes = minutes_of(session)
    attending = list(attendance.of(session))
    return MinutesText(
        body=str(session.body),
        held_on=words.day(session.held_on),
        place=session.place,
        convened=_convened(session),
        opened_at=hour(session.opened_at),
        closed_at=hour(session.closed_at),
        present=tuple(_member(one) for one in attending if one.present),
        excused=tuple(_member(one) for one in attending if one.excused),
        absent=tuple(_member(one) for one in attending if not one.present and not one.excused),
        items=tuple(_point(number, item) for number, item in enumerate(items_of(session), 1)),
        remarks=minutes.remarks if minutes else "",
        approved=_approved(minutes),
        approves=_approves(session),
    )


def without_grounds(text: dict[str, Any]) -> dict[str, Any]:
    """The minutes as a member reads them once the sheets are closed."""
    hidden = {"facts": "", "law": "", "reasons": ""}
    return {**text, "items": [{**item, **hidden} for item in text["items"]]}


def items_of(session: Session) -> QuerySet[AgendaItem]:
    """The points of a session in order, with all that the minutes and the agenda show."""
    return (
        AgendaItem.objects.filter(centre_id=session.centre_id, session=session)
        .select_related("decision__body", "person")
        .prefetch_related("withdrawals__membership__user")
        .order_by("position", "id")
    )


def hour(moment: datetime | None) -> str:
    """``18 h 30`` in Belgian time; empty for a moment that has not come."""
    if moment is None:
        return ""
    local = moment.astimezone(BRUSSELS)
    return f"{local.hour}\u00a0h\u00a0{local.minute:02d}"


def _convened(session: Session) -> str:
    if session.convened_on is None:
        return ""
    told = {"day": words.day(session.convened_on)}
    if session.convened_late:
        return _("Convoquée le %(day)s, hors délai.") % told
    return _("Convoquée le %(day)s.") % told


def _member(one: Attendance) -> dict[str, str]:
    told = []
    if one.presides:
        told.append(_("préside"))
    if one.arrived_at is not None:
        told.append(_("arrivée à %(hour)s") % {"hour": hour(one.arrived_at)})
    if one.left_at is not None:
        told.append(_("départ à %(hour)s") % {"hour": hour(one.left_at)})
    return {"name": one.membership.user.get_full_name(), "role": ", ".join(told)}


def _point(number: int, item: AgendaItem) -> Point:
    decision = item.decision if item_stage_of(item) is ItemStage.DECIDED else None
    return Point(
        number=number,
        title=item.title,
        reference=item.sheet["reference"],
        urgency=item.urgent_reason,
        withdrawn=tuple(one.membership.user.get_full_name() for one in item.withdrawals.all()),
        outcome=words.full_outcome(decision) if decision else "",
        votes=words.votes(decision) if decision else "",
        reasons=decision.reasons if decision else "",
        facts=decision.grounds_in_fact if decision else "",
        law=decision.grounds_in_law if decision else "",
        status=_status(item),
    )


def _status(item: AgendaItem) -> str:
    if item.removed_at is not None:
        return _("Retiré de l'ordre du jour : %(reason)s") % {"reason": item.removed_reason}
    if item.adjourned_at is None:
        return ""
    if item.hearing_first:
        return _("Reporté pour entendre la personne : %(reason)s") % {
            "reason": item.adjourned_reason
        }
    return _("Reporté : %(reason)s") % {"reason": item.adjourned_reason}


def _approved(minutes: Minutes | None) -> str:
    if minutes is None or minutes.approved_in is None:
        return ""
    return _("Approuvé en séance du %(day)s.") % {"day": words.day(minutes.approved_in.held_on)}


def _approves(session: Session) -> tuple[str, ...]:
    approved = Minutes.objects.filter(centre_id=session.centre_id, approved_in=session)
    days = approved.order_by("session__held_on", "id").values_list("session__held_on", flat=True)
    return tuple(words.day(held_on) for held_on in days)
