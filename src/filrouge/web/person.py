"""Everything the page of a person shows, gathered from the rooms in a handful of queries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from filrouge.base.access.actor import Actor
from filrouge.base.access.rules import Permission
from filrouge.base.trail import reading
from filrouge.base.trail.queries import count_readers
from filrouge.claims import queries as claims
from filrouge.claims.models import Claim
from filrouge.dossier.documents import queries as documents
from filrouge.dossier.documents.models import Document, DocumentKind, DocumentRequest
from filrouge.dossier.terms import queries as terms
from filrouge.dossier.terms.models import Term
from filrouge.dossier.thread import queries as thread
from filrouge.dossier.thread.models import Family
from filrouge.people import queries as people
from filrouge.people.access import holds
from filrouge.people.households import category_of
from filrouge.people.models import HouseholdMember, Mission, MissionKind, Person, Sex
from filrouge.web.knots import knots
from filrouge.web.templatetags.filrouge import MONTHS, file_number, level_of, short_date

SOON = 30
"""Days before the end of a document's validity when it is said."""


_SECTION: dict[str, Any] = {"text": "", "rows": None, "link": None, "links": None}


@dataclass(frozen=True, slots=True)
class Filter:
    """What the thread is narrowed to; every part stands in the address."""

    family: str = ""
    team: str = ""
    before: str = ""


def portrait(person: Person, today: date, situation: str = "") -> str:
    """The line under the name: ``née le 14 mai 1991 · 34 ans · dossier 004 518 · …``."""
    parts = []
    if person.birth_date is not None:
        born = {Sex.FEMALE: _("née le %s"), Sex.MALE: _("né le %s")}.get(
            Sex(person.sex), _("né(e) le %s")
        )
        parts.append(born % _day(person.birth_date))
        parts.append(ngettext("%d an", "%d ans", person.age(today) or 0) % (person.age(today) or 0))
    parts.append(_("dossier %s") % file_number(person.file_number))
    if situation:
        parts.append(situation)
    if person.spoken_languages:
        parts.append(_("parle %s") % person.spoken_languages)
    if person.interpreter:
        parts.append(_("interprète utile"))
    return " · ".join(parts)


def _day(day: date) -> str:
    number = "1er" if day.day == 1 else str(day.day)
    return f"{number} {MONTHS[day.month - 1]} {day.year}"


def situation_of(person: Person, category: int) -> str:
    """The household category as one says it of a person."""
    feminine = person.sex == Sex.FEMALE
    if person.homeless:
        return _("sans abri")
    return {
        1: _("cohabitante") if feminine else _("cohabitant"),
        2: _("isolée") if feminine else _("isolé"),
        3: _("famille à charge"),
    }[category]


def page(actor: Actor, person: Person, chosen: Filter) -> dict[str, Any]:
    """The whole page, for an actor whose access to the file is checked."""
    today = actor.today
    running = terms.running_on_file(actor, person, 6)
    household = people.household_on(actor, person, today)
    category = category_of(household, today)
    own_claims = claims.claims_of(actor, person.pk)
    first = running[0] if running else None
    return {
        "lead": portrait(person, today, situation_of(person, int(category.category))),
        "term": term_card(actor, first) if first else None,
        "other_terms": [other_term(term, today) for term in running[1:]],
        "actions": header_actions(actor, person, first),
        "may_edit": holds(actor, person.pk, Permission.IDENTITY_WRITE),
        **_thread(actor, person, chosen, own_claims),
        "sections": [
            _SECTION | _followers(actor, person, list(people.followers_of(actor, [person.pk]))),
            _SECTION | _household(person, household, int(category.category), today),
            _SECTION | _documents(actor, person),
            _SECTION | _claims(actor, person, own_claims),
            _SECTION | _secrecy(actor, person),
        ],
    }


def term_card(actor: Actor, term: Term) -> dict[str, Any]:
    """The next step, pinned on top."""
    return {
        "what": term.label,
        "remaining": _sentence(term.next_step),
        "why": term.article,
        "due": term.due_on,
        "level": level_of(term.due_on, actor.today),
        "waiting": "" if is_my_turn(actor, term) else waits_for(term),
        "counting": term.counting,
        "url": None,
        "action": None,
    }


def _sentence(text: str) -> str:
    text = text[:1].lower() + text[1:]
    return text if text.endswith(".") else f"{text}."


def other_term(term: Term, today: date) -> dict[str, Any]:
    return {"label": term.label, "due": term.due_on, "level": level_of(term.due_on, today)}


def is_my_turn(actor: Actor, term: Term) -> bool:
    """Whether the next step of a term is for this hat."""
    if term.waits_for_membership_id in actor.stands_for:
        return True
    in_service = term.waits_for_service_id is None or term.waits_for_service_id in actor.service_ids
    return term.waits_for_role == actor.role.value and in_service


def waits_for(term: Term) -> str:
    """Whose turn it is, in words."""
    if term.waits_for_membership is not None:
        return _("attend %s") % term.waits_for_membership.user.get_short_name()
    words = {
        "head_of_service": _("attend le chef de service"),
        "secretariat": _("attend le secrétariat"),
        "financial_director": _("attend le directeur financier"),
        "president": _("attend le président"),
        "director_general": _("attend le directeur général"),
    }
    return words.get(term.waits_for_role, _("attend une autre personne"))


def header_actions(actor: Actor, person: Person, term: Term | None) -> list[dict[str, Any]]:
    """At most three buttons; the next step is the red one."""
    actions: list[dict[str, Any]] = []
    if actor.may(Permission.FILE_WRITE):
        actions.append(
            {"label": _("Ajouter au fil"), "url": reverse("people:note", args=[person.pk])}
        )
    if actor.may(Permission.CLAIM_REGISTER):
        actions.append(
            {"label": _("Nouvelle demande"), "url": reverse("claims:new", args=[person.pk])}
        )
    here = reverse("people:person", args=[person.pk])
    if term is not None and is_my_turn(actor, term) and term.address != here:
        actions.append({"label": term.button, "url": term.address, "primary": True})
    elif len(actions) == 2 and term is None:
        actions[1]["primary"] = True
    return actions


def _thread(
    actor: Actor, person: Person, chosen: Filter, own_claims: list[Claim]
) -> dict[str, Any]:
    page = thread.thread_page(
        actor, person, family=chosen.family, service=chosen.team, before=chosen.before
    )
    urls: dict[UUID, str] = {}
    if actor.may(Permission.CLAIM_READ):
        urls = {claim.pk: reverse("claims:claim", args=[claim.pk]) for claim in own_claims}
    return {
        "knots": knots(actor, page.events, urls),
        "families": [
            {"value": value, "label": Family(value).label} for value in Family.values
            if value in page.families or value == chosen.family
        ],
        "teams": page.services,
        "chosen": chosen,
        "older": page.next_cursor,
    }  # fmt: skip


def _followers(actor: Actor, person: Person, missions: list[Mission]) -> dict[str, Any]:
    rows = [
        {
            "label": mission.membership.user.get_full_name(),
            "detail": str(MissionKind(mission.kind).label),
            "value": None,
        }
        for mission in missions
    ]
    url = reverse("people:followers", args=[person.pk])
    label = _("Missions et historique") if rows else _("Confier le dossier")
    text = "" if rows else _("Personne pour l'instant.")
    return {
        "title": _("Suivent le dossier"),
        "rows": rows,
        "text": text,
        "link": {"url": url, "label": label},
    }


def _household(
    person: Person, household: Iterable[HouseholdMember], category: int, today: date
) -> dict[str, Any]:
    members = list(household)
    alone = _("%s, seule") if person.sex == Sex.FEMALE else _("%s, seul")
    own = person.first_name if members else alone % person.first_name
    rows: list[dict[str, Any]] = [{"label": own, "value": _("catégorie %d") % category}]
    rows += [
        {
            "label": str(member),
            "detail": str(member.get_relation_display()),
            "value": _age(member, today),
        }
        for member in members
    ]
    key = [person.pk]
    return {
        "title": _("Ménage au %s") % _day(today),
        "rows": rows,
        "links": [
            {"url": reverse("people:household", args=key), "label": _("Ménage")},
            {"url": reverse("people:resources", args=key), "label": _("Ressources")},
        ],
    }


def _age(member: HouseholdMember, on: date) -> str | None:
    born = member.birth_date
    if born is None:
        return None
    years = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
    return ngettext("%d an", "%d ans", years) % years


def _documents(actor: Actor, person: Person) -> dict[str, Any]:
    valid = documents.valid_on(actor, person, actor.today, file_is_open=True)
    awaited = documents.open_requests(actor, person, file_is_open=True)
    latest: dict[str, Document] = {}
    for document in valid:
        latest.setdefault(document.kind, document)
    rows = [_document_row(document, actor.today) for document in list(latest.values())[:8]]
    rows += [_awaited_row(request, actor.today) for request in awaited[:6]]
    url = reverse("documents:list", args=[person.pk])
    return {
        "title": _("Documents valables"),
        "rows": rows,
        "text": "" if rows else _("Aucun pour l'instant."),
        "link": {"url": url, "label": _("Tous les documents")},
    }


def _document_row(document: Document, today: date) -> dict[str, Any]:
    label = str(DocumentKind(document.kind).label)
    row: dict[str, Any] = {
        "label": label[:1].upper() + label[1:],
        "url": reverse("documents:open", args=[document.pk]),
        "value": "",
    }
    if document.valid_until is None:
        return row
    if (document.valid_until - today).days <= SOON:
        row |= {"value": _("expire le %s") % short_date(document.valid_until)[:5], "level": "soon"}
    else:
        row["value"] = _("jusqu'au %s") % short_date(document.valid_until)
    return row


def _awaited_row(request: DocumentRequest, today: date) -> dict[str, Any]:
    label = str(DocumentKind(request.kind).label)
    late = request.due_on < today
    words = _("attendu depuis le %s") if late else _("attendu pour le %s")
    return {
        "label": label[:1].upper() + label[1:],
        "value": words % short_date(request.due_on)[:5],
        "level": "late" if late else "info",
    }


def claim_rows(actor: Actor, own_claims: Iterable[Claim]) -> list[dict[str, Any]]:
    opens = actor.may(Permission.CLAIM_READ)
    hands_over = actor.may(Permission.CLAIM_REGISTER)
    return [
        {
            "label": claim.reference,
            "detail": str(claim.get_aid_display()),
            "url": reverse("claims:claim", args=[claim.pk]) if opens else None,
            "value": str(claim.stage_label),  # type: ignore[attr-defined]
            "receipt_url": reverse("claims:receipt", args=[claim.pk])
            if hands_over and claim.receipt_id
            else None,
        }
        for claim in own_claims
    ]


def _claims(actor: Actor, person: Person, own_claims: list[Claim]) -> dict[str, Any]:
    rows = claim_rows(actor, own_claims[:8])
    return {
        "title": _("Demandes"),
        "rows": rows,
        "text": "" if rows else _("Aucune demande n'est inscrite."),
        "link": None,
    }


def _secrecy(actor: Actor, person: Person) -> dict[str, Any]:
    count = count_readers(actor, person.pk)
    text = ngettext(
        "Lu par %d personne. Chaque ouverture est notée.",
        "Lu par %d personnes. Chaque ouverture est notée.",
        count,
    )
    return {
        "title": _("Secret professionnel"),
        "text": text % count if count else _("Personne d'autre ne l'a encore lu."),
        "rows": None,
        "link": {
            "url": reverse("people:readers", args=[person.pk]),
            "label": _("Voir qui et pourquoi"),
        },
    }


def card(actor: Actor, person: Person) -> dict[str, Any]:
    """What reception, or a colleague without a mission, sees: who it is and who follows."""
    reading.note_opened(person.pk, why="identity")
    followers = list(people.followers_of(actor, [person.pk]))
    rows = []
    if actor.may(Permission.REGISTER_READ):
        rows = claim_rows(actor, claims.claims_of(actor, person.pk))
    return {
        "lead": portrait(person, actor.today),
        "followers": followers,
        "claims": rows,
        "shows_claims": actor.may(Permission.REGISTER_READ),
        "may_register": actor.may(Permission.CLAIM_REGISTER),
        "may_edit": holds(actor, person.pk, Permission.IDENTITY_WRITE),
        "may_assign": actor.may(Permission.MISSION_ASSIGN),
        "without_mission": actor.may(Permission.FILE_READ),
    }
