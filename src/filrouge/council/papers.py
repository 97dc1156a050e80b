"""The papers of a session: convocation, agenda, urgent decision, minutes."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from filrouge.base.access.actor import Actor
from filrouge.base.centres.models import Membership, Role
from filrouge.council import minutes as growing
from filrouge.council import words
from filrouge.council.models import AgendaItem, Body, Decision, Minutes, Session
from filrouge.dossier.documents import letters
from filrouge.dossier.documents.actions import keep_letter
from filrouge.dossier.documents.models import Document, DocumentKind
from filrouge.law.money import format_euros

SESSION = "session"
MINUTES = "minutes"
DECISION = "decision"
SIGNING = (Role.PRESIDENT, Role.DIRECTOR_GENERAL)


def keep_convocation(actor: Actor, session: Session) -> list[Document]:
    """Keep the convocation and the agenda of a session, as sent: initials only."""
    items = list(growing.items_of(session).filter(removed_at__isnull=True))
    content = _session_frame(actor, session, _("Convocation"))
    content |= {
        "recipient": {
            "name": _("Mesdames et Messieurs les membres"),
            "lines": [str(session.body)],
        },
        "items": [_line(number, item) for number, item in enumerate(items, 1)],
        "clear_days": max(0, (session.held_on - actor.today).days - 1),
        "article": "",
        "consult": _("Les fiches se consultent dans Filrouge jusqu'à la fin de la séance."),
        "signatories": _unsigned(actor),
    }
    agenda = content | {"title": _("Ordre du jour"), "recipient": None}
    day = session.held_on.strftime("%d/%m/%Y")
    return [
        _keep(actor, session, _("Convocation du %s") % day, "council/convocation.typ", content),
        _keep(actor, session, _("Ordre du jour du %s") % day, "council/agenda.typ", agenda),
    ]


def _keep(
    actor: Actor, session: Session, title: str, template: str, content: dict[str, Any]
) -> Document:
    return keep_letter(
        actor, None, title=title, pdf=letters.render(template, content),
        subject_kind=SESSION, subject_id=session.pk,
    )  # fmt: skip


def _session_frame(actor: Actor, session: Session, title: str) -> dict[str, Any]:
    content = letters.frame(actor, title=title, reference=str(session.body))
    return content | {
        "body": str(session.body),
        "held_on": words.day(session.held_on),
        "starts_at": growing.hour(session.starts_at),
        "place": session.place,
    }


def _line(number: int, item: AgendaItem) -> dict[str, Any]:
    return {
        "number": number,
        "title": item.title,
        "reference": item.sheet["reference"],
        "before": item.sheet["decide_before"],
        "urgent": item.urgent,
    }


def _in_function(actor: Actor, role: Role) -> Membership | None:
    hats = Membership.objects.filter(centre_id=actor.centre_id, role=role).select_related("user")
    worn = (hat for hat in hats.order_by("-starts_on", "id") if hat.is_worn(actor.today))
    return next(worn, None)


def _unsigned(actor: Actor) -> list[dict[str, str]]:
    """Who signs on paper: the president and the director general in function."""
    signing = [(role, _in_function(actor, role)) for role in SIGNING]
    return [
        {"role": str(role.label), "name": hat.user.get_full_name(), "signed": ""}
        for role, hat in signing
        if hat is not None
    ]


def keep_urgent_decision(actor: Actor, decision: Decision, session: Session | None) -> Document:
    """Keep the president's urgent decision in the person's file."""
    person = decision.person
    if person is None:
        raise ValueError("an urgent decision is about a person")
    content = letters.frame(
        actor, title=_("Décision urgente"), reference=decision.sheet["reference"]
    )
    content |= {
        "person": {
            "name": person.full_name, "birth_date": person.birth_date, "address": person.address,
        },
        "request_number": decision.sheet["reference"],
        "aid": decision.sheet["aid_label"],
        "decided_on": words.day(decision.decided_on),
        "decided_at": growing.hour(decision.decided_at),
        "need": decision.reasons,
        "outcome": _("L'aide est accordée : %(aid)s.") % {"aid": decision.sheet["aid_label"]},
        "amount": format_euros(decision.amount_cents) if decision.amount_cents else "",
        "law": decision.grounds_in_law,
        "ratify": _ratify(decision.body, session),
        "signatories": [
            {"role": str(actor.role.label), "name": actor.user.get_full_name(),
             "signed": _signed(decision.decided_on)}
        ],
    }  # fmt: skip
    return keep_letter(
        actor, person, title=_("Décision urgente %s") % decision.sheet["reference"],
        pdf=letters.render("council/urgent_decision.typ", content),
        subject_kind=DECISION, subject_id=decision.pk,
    )  # fmt: skip


def _ratify(body: Body, session: Session | None) -> str:
    if session is None:
        return _("À ratifier à la plus prochaine séance : %(body)s.") % {"body": body}
    return _("À ratifier en séance du %(day)s : %(body)s.") % {
        "day": words.day(session.held_on),
        "body": body,
    }


def _signed(on: Any) -> str:
    return _("signé le %(day)s") % {"day": words.day(on)}


def minutes_pdf(actor: Actor, session: Session, minutes: Minutes, *, with_grounds: bool) -> bytes:
    """The minutes as a PDF: a draft until both signatures stand.

    Without the grounds they tell what was decided, by initials, and nothing of the files.
    """
    text = minutes.frozen_text or growing.compose(session).as_json()
    if not with_grounds:
        text = growing.without_grounds(text)
    content = _session_frame(actor, session, _("Procès-verbal"))
    content |= text
    content |= {
        "on": session.held_on,
        "final": minutes.is_final,
        "items": [_told(item) for item in text["items"]],
        "signatories": _signatures(actor, minutes),
    }
    return letters.render("council/minutes.typ", content)


def _told(item: dict[str, Any]) -> dict[str, Any]:
    urgency = item["urgency"]
    title = f"{item['title']} ({_('urgence')} : {urgency})" if urgency else item["title"]
    return {**item, "title": title, "withdrawn": list(item["withdrawn"])}


def _signatures(actor: Actor, minutes: Minutes) -> list[dict[str, str]]:
    signed = {
        Role.PRESIDENT: (minutes.president, minutes.president_signed_at),
        Role.DIRECTOR_GENERAL: (minutes.director, minutes.director_signed_at),
    }
    told = []
    for role, (hat, at) in signed.items():
        who = hat or _in_function(actor, role)
        if who is not None:
            told.append(
                {
                    "role": str(role.label),
                    "name": who.user.get_full_name(),
                    "signed": _signed(at.date()) if at else "",
                }
            )
    return told


def keep_minutes(actor: Actor, session: Session, minutes: Minutes) -> Document:
    """Keep the signed minutes as every member may read them: by initials, without the grounds.

    The whole text, grounds included, is what is frozen in ``Minutes.frozen_text``.
    """
    title = _("Procès-verbal du %s") % session.held_on.strftime("%d/%m/%Y")
    return keep_letter(
        actor, None, title=title, pdf=minutes_pdf(actor, session, minutes, with_grounds=False),
        subject_kind=MINUTES, subject_id=minutes.pk, kind=DocumentKind.MINUTES,
    )  # fmt: skip
