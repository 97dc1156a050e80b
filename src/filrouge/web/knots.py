"""The thread as it is drawn: each event a knot, in the words of its reader."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from filrouge.base.access.actor import Actor
from filrouge.base.access.rules import Permission
from filrouge.claims.models import FrozenEntitlement
from filrouge.dossier.thread.models import Audience, Event, Family, Nature
from filrouge.law.explained import figure_lines

BADGES = {
    "claims.receipt": (gettext_noop("accusé remis"), "done"),
    "claims.freeze": (gettext_noop("figé"), "info"),
    "claims.approve": (gettext_noop("approuvée"), "done"),
    "claims.send_back": (gettext_noop("à revoir"), "soon"),
    "claims.notify": (gettext_noop("délai de recours ouvert"), "info"),
    "claims.pay": (gettext_noop("payé"), "done"),
    "claims.appeal": (gettext_noop("recours"), "soon"),
}
STRONG = {"claims.register", "claims.freeze"}


def knots(
    actor: Actor, events: Iterable[Event], claim_urls: dict[UUID, str]
) -> list[dict[str, Any]]:
    """Knots for the thread component; a frozen computation carries its table."""
    events = list(events)
    frozen = _frozen(actor, events)
    opens = actor.may(Permission.CLAIM_READ)
    return [_knot(event, frozen, claim_urls, opens=opens) for event in events]


def _frozen(actor: Actor, events: list[Event]) -> dict[UUID, FrozenEntitlement]:
    keys = [
        event.subject_id
        for event in events
        if event.subject_kind == "entitlement" and event.subject_id is not None
    ]
    if not keys:
        return {}
    rows = FrozenEntitlement.objects.filter(centre_id=actor.centre_id, pk__in=keys)
    return {row.pk: row for row in rows}


def _knot(
    event: Event,
    frozen: dict[UUID, FrozenEntitlement],
    claim_urls: dict[UUID, str],
    *,
    opens: bool,
) -> dict[str, Any]:
    knot: dict[str, Any] = {
        "id": f"noeud-{event.pk}",
        "title": event.title,
        "when": event.at,
        "body": event.text,
        "badge": _badge(event),
        "audience": _audience(event),
        "strong": event.family == Family.DECISIONS or event.kind in STRONG,
        "url": claim_urls.get(event.subject_id) if event.subject_id else None,
        "rows": None,
        "template": None,
        "author": _author(event),
    }
    entitlement = frozen.get(event.subject_id) if event.subject_id else None
    if entitlement is not None:
        knot["template"] = "web/_knot_figures.html"
        knot["lines"] = figure_lines(_main_steps(entitlement.result["steps"]))
        knot["url"] = (
            reverse("claims:step", args=[entitlement.claim_id, "calcul"]) if opens else None
        )
        knot["caption"] = _("Calcul au %(day)s, valeurs de la loi %(digest)s") % {
            "day": entitlement.on.strftime("%d/%m/%Y"),
            "digest": entitlement.parameters_digest[:8],
        }
    return knot


def _main_steps(steps: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """What adds up to the right; subtotals and notes are on the page of the computation."""
    return [step for step in steps if step["role"] not in ("subtotal", "note")]


def _badge(event: Event) -> dict[str, str] | None:
    found = BADGES.get(event.kind)
    if found is not None:
        return {"text": _(found[0]), "level": found[1]}
    if event.nature == Nature.CONFIDENCE:
        return {"text": _("confidence"), "level": "lock"}
    return None


def _audience(event: Event) -> str:
    """Who else reads a note; facts of a procedure need no mention."""
    if event.audience == Audience.PERSONAL:
        return _("pour vous seul")
    if event.audience == Audience.SERVICE:
        return event.service.name if event.service else _("service")
    return _("équipe de suivi") if event.family == Family.NOTES else ""


def _author(event: Event) -> str:
    if event.family != Family.NOTES:
        return ""
    name = event.membership.user.get_full_name()
    return f"{name}, {event.service.name}" if event.service else name
