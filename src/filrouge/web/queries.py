"""What the shell reads across the rooms: the day's work, the search, the centre's people."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from filrouge.base.access.actor import Actor
from filrouge.base.access.rules import Permission
from filrouge.base.centres.models import Absence, Membership, Role, Service, User
from filrouge.base.trail import reading
from filrouge.claims.access import urgent_for
from filrouge.claims.access import visible_to as visible_claims
from filrouge.claims.models import Claim, Notification
from filrouge.claims.queries import untold_transfers
from filrouge.council import queries as council
from filrouge.council.models import Session
from filrouge.council.states import Stage, stage_of
from filrouge.dossier.terms import queries as terms
from filrouge.dossier.terms.models import Term
from filrouge.people import names
from filrouge.people import queries as people
from filrouge.web.person import is_my_turn, waits_for
from filrouge.web.templatetags.filrouge import (
    ago,
    clock,
    file_number,
    level_of,
    long_date,
    short_date,
)

DEMO_DOMAIN = "valbourg.example"
DEMO_PASSWORD = "valbourg-demo-2026"  # noqa: S105 - shown on purpose on the demo's login page

NAMELESS = (Role.DIRECTOR_GENERAL,)
"""Above the services, the queue is figures: a tool of help, not of control."""


# The day's work ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Group:
    """A part of the day; ``empty`` is what the page says when it holds nothing."""

    id: str
    title: str
    lines: list[dict[str, Any]]
    empty: str = ""


LONGEST_LIST = 50

_LINE: dict[str, Any] = {
    "person_url": None, "what": "", "why": "", "words": "", "due": None, "remaining": "",
    "level": "", "url": None, "action": "", "waiting_for": "", "second_url": None, "second": "",
    "also": (),
}  # fmt: skip
"""A line of a queue with nothing on it."""


def my_groups(actor: Actor) -> list[Group]:
    """One's own queue, the way a day goes; empty parts are left out."""
    queue = terms.my_work(actor)
    parts = [
        ("retard", _("En retard"), queue.late),
        ("aujourdhui", _("Aujourd'hui"), queue.today),
        ("semaine", _("Cette semaine"), queue.this_week),
        ("plus-tard", _("Plus tard"), queue.later),
        ("attente", _("En attente d'autres"), queue.waiting_for_others),
    ]
    seen: dict[tuple[UUID, str], dict[str, Any]] = {}
    groups = [Group(key, title, _lines(actor, rows, seen)) for key, title, rows in parts]
    return [group for group in groups if group.lines]


def _lines(
    actor: Actor, rows: Iterable[Term], seen: dict[tuple[UUID, str], dict[str, Any]]
) -> list[dict[str, Any]]:
    """A line for each step to do; a later term of the same step is told on its line."""
    named = actor.may(Permission.IDENTITY_READ)
    lines = []
    for term in rows:
        key = (term.subject_id, term.next_step)
        if key in seen:
            seen[key]["also"].append(_also(term))
            continue
        seen[key] = line_of(actor, term, named=named)
        lines.append(seen[key])
    return lines


def _also(term: Term) -> str:
    return _("puis : %(term)s, %(day)s") % {"term": term.label, "day": long_date(term.due_on)}


def line_of(actor: Actor, term: Term, *, named: bool) -> dict[str, Any]:
    """A line of a queue: person, what, why, term, and the one button when it is one's turn."""
    mine = is_my_turn(actor, term)
    return _LINE | {
        "person": term.person.full_name,
        "person_url": reverse("people:person", args=[term.person_id]) if named else None,
        "what": term.next_step,
        "why": f"{term.label} · {term.article}",
        "due": term.due_on,
        "level": level_of(term.due_on, actor.today),
        "url": term.address if mine else None,
        "action": term.button,
        "waiting_for": "" if mine else waits_for(term),
        "also": [],
    }


def urgent_requests(actor: Actor) -> list[Group]:
    """Urgent requests for social aid that nobody decided yet, for the president who may.

    The person's own words stand on the line: showing it is an opening, and noted as one.
    """
    lines = []
    for claim in urgent_for(actor)[:LONGEST_LIST]:
        reading.note_opened(claim.person_id, subject_kind="claim", subject_id=claim.pk)
        lines.append(_urgent_line(actor, claim))
    return [Group("urgent", _("Demandes urgentes"), lines)] if lines else []


def _urgent_line(actor: Actor, claim: Claim) -> dict[str, Any]:
    aid = str(claim.get_aid_display())
    return _LINE | {
        "person": claim.person.full_name,
        "what": aid[:1].upper() + aid[1:],
        "words": claim.words,
        "why": _("Demande %s") % claim.reference,
        "due": claim.received_on,
        "remaining": _("reçue %s") % ago(claim.received_on, actor.today),
        "url": reverse("claims:urgent", args=[claim.pk]),
        "action": _("Décider"),
    }


def transfers_to_report(actor: Actor) -> list[Group]:
    """Requests sent on to another centre that no agenda holds yet, for the secretariat."""
    if actor.role in NAMELESS or not actor.may(Permission.CLAIM_NOTIFY):
        return []
    claims = list(untold_transfers(actor)[:LONGEST_LIST])
    reading.note_listed(claim.person_id for claim in claims)
    named = actor.may(Permission.IDENTITY_READ)
    lines = [_transfer_line(actor, claim, named=named) for claim in claims]
    return [Group("transmises", _("Transmissions à porter au conseil"), lines)] if lines else []


def _transfer_line(actor: Actor, claim: Claim, *, named: bool) -> dict[str, Any]:
    return _LINE | {
        "person": claim.person.full_name,
        "person_url": reverse("people:person", args=[claim.person_id]) if named else None,
        "what": _("Inscrire la transmission : l'organe en prend acte"),
        "why": _("Demande %(number)s · transmise à : %(centre)s")
        % {"number": claim.reference, "centre": claim.transfer.to_centre},
        "due": claim.transfer.sent_on,
        "remaining": _("transmise %s") % ago(claim.transfer.sent_on, actor.today),
        "url": reverse("claims:step", args=[claim.pk, "conseil"]),
        "action": _("Inscrire"),
    }


def letters_to_sign(actor: Actor) -> list[dict[str, str]]:
    """Letters that wait for this hat's signature, by the number of their request."""
    if not actor.may(Permission.MINUTES_SIGN):
        return []
    unsigned = (
        Q(president_signed_at__isnull=True)
        if actor.role == Role.PRESIDENT
        else Q(director_signed_at__isnull=True)
    )
    waiting = (
        Notification.objects.filter(unsigned, centre_id=actor.centre_id, sent_on__isnull=True)
        .select_related("claim", "decision")
        .order_by("decision__decided_at", "id")[:50]
    )
    return [
        {
            "label": _("Demande %s") % one.claim.reference,
            "detail": f"{one.claim.get_aid_display()}, {one.decision.get_measure_display()}",
            "url": reverse("claims:sign", args=[one.claim_id]),
        }
        for one in waiting
    ]


def open_sessions(actor: Actor) -> list[Group]:
    """Sessions that are not closed yet, with the number of their points."""
    if not actor.may(Permission.AGENDA_READ):
        return []
    lines = [_session_line(actor, session) for session in council.upcoming(actor)]
    return [Group("seances", _("Séances à venir"), lines)] if lines else []


def _session_line(actor: Actor, session: Session) -> dict[str, Any]:
    points: int = session.item_count  # type: ignore[attr-defined]
    url = reverse("council:session", args=[session.pk])
    return _LINE | {
        "person": session.body.name,
        "person_url": url,
        "what": ngettext("%d point", "%d points", points) % points
        if points
        else _("Aucun point encore"),
        "why": " · ".join(part for part in (clock(session.starts_at), session.place) if part),
        "due": session.held_on,
        "url": url,
        "action": _session_button(actor, session, points),
    }


def _session_button(actor: Actor, session: Session, points: int) -> str:
    """What this hat does with a session now: prepare it, hold it, read its sheets, or look."""
    stage = stage_of(session)
    if stage is Stage.DRAFT and actor.may(Permission.AGENDA_PREPARE):
        return _("Préparer")
    if stage is Stage.OPEN and actor.may(Permission.DECISION_RECORD):
        return _("Tenir la séance")
    reads = actor.role != Role.SECRETARIAT
    return _("Lire les fiches") if points and reads else _("Voir la séance")


def turn_counts(actor: Actor) -> dict[str, int]:
    """How many terms wait for each function, and how many of them are late; no names."""
    rows = terms.running(actor).order_by().select_related(None)
    found = rows.values_list("waits_for_role").annotate(total=Count("pk")).order_by()
    return {str(Role(role).label): total for role, total in found if role}


def replaced_today(actor: Actor) -> list[str]:
    """Names of the colleagues whose queue is also the actor's today."""
    others = [key for key in actor.stands_for if key != actor.membership.pk]
    if not others:
        return []
    hats = Membership.objects.filter(centre_id=actor.centre_id, pk__in=others)
    return [hat.user.get_full_name() for hat in hats.select_related("user").order_by("id")]


def team_groups(actor: Actor, rows: list[Term]) -> list[Group]:
    """The team's terms the way a day goes, each with a way to give it to somebody else."""
    week = actor.today + timedelta(days=7)
    seen: dict[tuple[UUID, str], dict[str, Any]] = {}
    lines = []
    for term in rows:
        key = (term.subject_id, term.next_step)
        if key in seen:
            seen[key]["also"].append(_also(term))
            continue
        seen[key] = _team_line(actor, term)
        lines.append((term.due_on, seen[key]))
    groups = [
        Group("retard", _("En retard"), [line for due, line in lines if due < actor.today]),
        Group(
            "semaine",
            _("Aujourd'hui et cette semaine"),
            [line for due, line in lines if actor.today <= due <= week],
        ),
        Group("plus-tard", _("Plus tard"), [line for due, line in lines if due > week]),
    ]
    return [group for group in groups if group.lines]


def _team_line(actor: Actor, term: Term) -> dict[str, Any]:
    line = line_of(actor, term, named=True)
    owner = term.referent.user.get_full_name() if term.referent else _("à attribuer")
    line["why"] = f"{owner} · {term.label}"
    if term.subject_kind == "claim":
        line["second_url"] = reverse("claims:assign", args=[term.subject_id])
        line["second"] = _("Réattribuer") if term.referent else _("Attribuer")
        if line["url"] == line["second_url"]:
            line["second_url"] = None
    return line


def replacing_colleagues(actor: Actor, members: Iterable[Membership]) -> list[Membership]:
    """Who could replace somebody of the team: the same functions, in the whole centre."""
    roles = {hat.role for hat in members}
    rows = worn(actor).filter(role__in=roles).select_related("user", "service")
    return list(rows.order_by("user__last_name", "user__first_name", "id"))


def as_key(text: str) -> UUID:
    """The key that a page sent back; raises ``Http404`` for anything else."""
    try:
        return UUID(text)
    except ValueError as error:
        raise Http404 from error


@dataclass(frozen=True, slots=True)
class Worker:
    """A colleague of the team with what waits for them."""

    membership: Membership
    late: int
    week: int
    running: int
    away: Absence | None


def team(actor: Actor) -> tuple[list[Worker], list[Term]]:
    """The head's team, who carries what, and every running term of it."""
    rows = terms.team_work(actor)
    hats = (
        worn(actor)
        .filter(service_id__in=actor.service_ids)
        .exclude(role__in=[Role.SYSTEM, Role.ADMINISTRATOR])
        .select_related("user", "service")
        .order_by("user__last_name", "user__first_name", "id")
    )
    away = {absence.membership_id: absence for absence in absences_today(actor)}
    return [_worker(actor, hat, rows, away.get(hat.pk)) for hat in hats], rows


def _worker(actor: Actor, hat: Membership, rows: list[Term], away: Absence | None) -> Worker:
    own = [term for term in rows if term.referent_id == hat.pk]
    week = actor.today + timedelta(days=7)
    return Worker(
        membership=hat,
        late=sum(term.due_on < actor.today for term in own),
        week=sum(actor.today <= term.due_on <= week for term in own),
        running=len(own),
        away=away,
    )


def worn(actor: Actor) -> QuerySet[Membership]:
    """Hats of the centre that are worn today."""
    return Membership.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=actor.today),
        centre_id=actor.centre_id,
        starts_on__lte=actor.today,
        user__is_active=True,
    )


def absences_today(actor: Actor) -> list[Absence]:
    """Who is away today in the centre, and who replaces them."""
    rows = Absence.objects.filter(
        centre_id=actor.centre_id, starts_on__lte=actor.today, ends_on__gte=actor.today
    )
    return list(rows.select_related("replaced_by__user").order_by("ends_on", "id"))


def absences_of(actor: Actor, hats: Iterable[UUID]) -> list[Absence]:
    """Running and coming absences of some hats, soonest first."""
    rows = Absence.objects.filter(
        centre_id=actor.centre_id, membership_id__in=list(hats), ends_on__gte=actor.today
    )
    rows = rows.select_related("membership__user", "membership__service", "replaced_by__user")
    return list(rows.order_by("starts_on", "id"))


def replacements_for(actor: Actor, hat: Membership) -> list[Membership]:
    """Colleagues in function today who hold the same function."""
    same = worn(actor).filter(role=hat.role).exclude(user_id=hat.user_id)
    return list(
        same.select_related("user", "service").order_by("user__last_name", "user__first_name", "id")
    )


# Search -----------------------------------------------------------------------------------

_NUMBER = re.compile(r"(20\d\d)\s*[-/ ]\s*(\d{1,6})")


def search(actor: Actor, text: str, pages: Iterable[tuple[str, str, str]]) -> list[dict[str, Any]]:
    """Persons, requests by number, pages and actions; empty groups are left out."""
    groups = [
        {"label": _("Personnes"), "results": _found_persons(actor, text)},
        {"label": _("Demandes"), "results": _found_claims(actor, text)},
        {"label": _("Pages et actions"), "results": _found_pages(text, pages)},
    ]
    return [group for group in groups if group["results"]]


def _found_persons(actor: Actor, text: str) -> list[dict[str, str]]:
    return [
        {
            "label": found.person.full_name,
            "detail": " · ".join(
                part
                for part in (
                    short_date(found.person.birth_date),
                    _("dossier %s") % file_number(found.person.file_number),
                    "" if found.opens else _("fiche seulement"),
                )
                if part
            ),
            "url": reverse("people:person", args=[found.person.pk]),
        }
        for found in people.search(actor, text)
    ]


def _found_claims(actor: Actor, text: str) -> list[dict[str, str]]:
    match = _NUMBER.fullmatch(text.strip())
    may_open = actor.may(Permission.CLAIM_READ)
    if match is None or not (may_open or actor.may(Permission.REGISTER_READ)):
        return []
    need = (
        Permission.REGISTER_READ if actor.may(Permission.REGISTER_READ) else Permission.CLAIM_READ
    )
    claims = visible_claims(actor, need).filter(year=int(match[1]), number=int(match[2]))
    rows = list(claims.select_related("person").order_by("-year", "-number")[:5])
    reading.note_listed(claim.person_id for claim in rows)
    opened = set(
        visible_claims(actor)
        .filter(pk__in=[claim.pk for claim in rows])
        .values_list("pk", flat=True)
    )
    return [
        {
            "label": _("Demande %s") % claim.reference,
            "detail": f"{claim.person.full_name} · {claim.get_aid_display()}",
            "url": reverse("claims:claim", args=[claim.pk])
            if claim.pk in opened
            else reverse("people:person", args=[claim.person_id]),
        }
        for claim in rows
    ]


def _found_pages(text: str, pages: Iterable[tuple[str, str, str]]) -> list[dict[str, str]]:
    wanted = names.plain(text)
    if not wanted:
        return []
    return [
        {"label": label, "detail": detail, "url": url}
        for label, detail, url in pages
        if wanted in names.plain(f"{label} {detail}")
    ][:8]


# The centre -------------------------------------------------------------------------------


def demo_accounts() -> list[dict[str, str]]:
    """One account for each function of the demo centre; nothing where it is not loaded."""
    if not User.objects.filter(email__endswith=f"@{DEMO_DOMAIN}").exists():
        return []
    hats = Membership.objects.filter(
        user__email__endswith=f"@{DEMO_DOMAIN}", user__is_active=True
    ).exclude(role=Role.SYSTEM)
    shown: dict[str, Membership] = {}
    for hat in hats.select_related("user", "service").order_by("starts_on", "id"):
        shown.setdefault(hat.role, hat)
    return [
        {
            "role": str(Role(role).label),
            "name": shown[role].user.get_full_name(),
            "email": shown[role].user.email,
        }
        for role in Role.values
        if role in shown
    ]


def hats_of_centre(actor: Actor) -> list[Membership]:
    """Every hat of the centre, past ones last; for the administrator."""
    rows = Membership.objects.filter(centre_id=actor.centre_id).exclude(role=Role.SYSTEM)
    rows = rows.select_related("user", "service", "substitute__user")
    found = list(rows.order_by("user__last_name", "user__first_name", "starts_on", "id"))
    return sorted(found, key=lambda hat: not hat.is_worn(actor.today))


def services_of_centre(actor: Actor) -> list[Service]:
    return list(Service.objects.filter(centre_id=actor.centre_id).order_by("name", "id"))
