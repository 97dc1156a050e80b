"""The letters of a claim: from records to the words of the Typst templates."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from filrouge.base.access.actor import BRUSSELS, Actor
from filrouge.base.centres.models import Language, Membership, PaymentRhythm, Role
from filrouge.claims.models import Aid, Claim, Delivery, Notification, Transfer
from filrouge.council.models import GRANTING, Decision, Measure
from filrouge.dossier.documents.letters import euros, frame, recipient_block, render
from filrouge.dossier.documents.models import Document, DocumentRequest
from filrouge.law import terms as law_terms
from filrouge.law.category import Category
from filrouge.law.explained import figure_lines, unsure
from filrouge.law.terms import Regime, TermKind

ARTICLES: dict[Regime, dict[str, str]] = {
    Regime.RIS: {
        "register": gettext_noop("loi du 26 mai 2002, art. 18, § 3"),
        "duties": gettext_noop("loi du 26 mai 2002, art. 22, § 1er"),
        "cooperate": gettext_noop("loi du 26 mai 2002, art. 19, § 2"),
        "payment": gettext_noop(
            "loi du 26 mai 2002, art. 23 ; arrêté royal du 11 juillet 2002, art. 36"
        ),
        "appeal": gettext_noop("loi du 26 mai 2002, art. 47 ; Code judiciaire, art. 580, 8°"),
        "hearing": gettext_noop("loi du 26 mai 2002, art. 20"),
    },
    Regime.SOCIAL_AID: {
        "register": gettext_noop("loi organique du 8 juillet 1976, art. 58"),
        "duties": gettext_noop("loi organique du 8 juillet 1976, art. 60, § 1er"),
        "cooperate": gettext_noop("loi organique du 8 juillet 1976, art. 60, § 1er"),
        "payment": gettext_noop("loi organique du 8 juillet 1976, art. 62bis"),
        "appeal": gettext_noop(
            "loi organique du 8 juillet 1976, art. 71 ; Code judiciaire, art. 580, 8°"
        ),
        "hearing": gettext_noop("loi organique du 8 juillet 1976, art. 62bis"),
    },
}
TRANSFER_LAW = gettext_noop(
    "Loi du 2 avril 1965, art. 1er et 2 ; loi organique du 8 juillet 1976, art. 58, § 3."
)


def receipt(actor: Actor, claims: Sequence[Claim]) -> bytes:
    """The receipt of one request, for all the claims it made; the person's copy."""
    first = claims[0]
    regimes = {claim.regime for claim in claims}
    content = _frame(actor, first, _("Accusé de réception de votre demande"))
    content |= {
        "requests": [
            {"number": claim.reference, "aid": str(claim.get_aid_display()), "asked": ""}
            for claim in claims
        ],
        "received_on": first.received_on,
        "registered_on": first.entered_at.astimezone(BRUSSELS).date(),
        "late_entry": first.entered_late,
        "channel": str(first.get_channel_display()),
        "words": first.words,
        "terms": [row for regime in sorted(regimes) for row in _receipt_terms(first, regime)],
        "rights": [_(RIGHTS[key]) % ARTICLES[first.regime][key] for key in RIGHTS],
        "register_article": ARTICLES[first.regime]["register"],
    }
    return render("claims/receipt.typ", content)


RIGHTS = {
    "hearing": gettext_noop(
        "Vous pouvez demander à être entendu avant la décision, avec la personne de votre choix (%s)."
    ),
    "duties": gettext_noop("Vous devez nous signaler tout de suite ce qui change pour vous (%s)."),
}


def _receipt_terms(claim: Claim, regime: Regime) -> list[dict[str, Any]]:
    asked = (
        (
            TermKind.TRANSFER,
            _("transmettre la demande si un autre CPAS est compétent"),
            _("5 jours"),
        ),
        (TermKind.DECISION, _("prendre une décision"), _("30 jours")),
    )
    rows = []
    for kind, what, days in asked:
        term = law_terms.compute(kind, claim.received_on, regime=regime)
        rows.append({"what": what, "days": days, "by": term.due, "article": term.article})
    decision = law_terms.compute(TermKind.DECISION, claim.received_on, regime=regime)
    notice = law_terms.compute(TermKind.NOTIFICATION, decision.due, regime=regime)
    rows.append(
        {
            "what": _("vous notifier cette décision"),
            "days": _("8 jours après elle"),
            "by": notice.due,
            "article": notice.article,
        }
    )
    return rows


def _frame(actor: Actor, claim: Claim, title: str) -> dict[str, Any]:
    return frame(
        actor,
        title=title,
        reference=f"{claim.person.file_number:06d} / {claim.reference}",
        recipient=recipient_block(claim.person),
        worker=claim.referent or actor.membership,
        service=claim.service,
    )


def missing_documents(
    actor: Actor, claim: Claim, asked: Sequence[DocumentRequest], there: Sequence[Document]
) -> bytes:
    """What is still missing, and only that, with the day by which it is expected."""
    decision = law_terms.compute(TermKind.DECISION, claim.received_on, regime=claim.regime)
    content = _frame(actor, claim, _("Les documents qui manquent encore"))
    content |= {
        "request_number": claim.reference,
        "aid": str(claim.get_aid_display()),
        "missing": [
            {"kind": str(one.get_kind_display()), "detail": one.detail, "why": ""} for one in asked
        ],
        "there": [{"kind": one.title, "on": one.received_on} for one in there],
        "due_on": min(one.due_on for one in asked),
        "ways": [
            _("au guichet ou à une permanence"),
            _("par courrier à notre adresse"),
            _("par courriel à votre assistant social"),
        ],
        "decide_before": decision.due,
        "article": ARTICLES[claim.regime]["cooperate"],
    }
    return render("claims/missing_documents.typ", content)


def transfer(actor: Actor, claim: Claim, sent: Transfer) -> tuple[bytes, bytes]:
    """The letter to the competent centre and the one that tells the person."""
    term = law_terms.compute(TermKind.TRANSFER, claim.received_on, regime=claim.regime)
    person = claim.person
    signatory = {"role": str(actor.role.label), "name": actor.user.get_full_name()}
    common = {
        "request_number": claim.reference,
        "aid": str(claim.get_aid_display()),
        "received_on": claim.received_on,
        "reasons": sent.reasons,
        "signatory": signatory,
    }
    to_centre = _frame(actor, claim, _("Transmission d'une demande d'aide"))
    to_centre["recipient"] = {
        "name": sent.to_centre,
        "lines": [line for line in (sent.to_address,) if line],
    }
    to_centre |= common | {
        "registered_on": claim.entered_at.astimezone(BRUSSELS).date(),
        "person": {
            "name": person.full_name,
            "birth_date": person.birth_date,
            "address": person.address,
            "niss": person.niss,
        },
        "law": TRANSFER_LAW,
        "transfer_article": term.article,
        "transfer_by": term.due,
        "enclosures": [],
    }
    to_person = _frame(actor, claim, _("Votre demande est transmise au CPAS compétent"))
    to_person |= common | {
        "to": {"name": sent.to_centre, "address": sent.to_address, "phone": ""},
        "article": term.article,
    }
    return (
        render("claims/transfer.typ", to_centre),
        render("claims/transfer_person.typ", to_person),
    )


def decision(
    actor: Actor, claim: Claim, decided: Decision, notification: Notification | None = None
) -> bytes:
    """The notification with every mandatory mention; unsigned until *notification* is signed."""
    content = _frame(actor, claim, _("Décision sur votre demande"))
    content |= (
        _what_was_decided(claim, decided)
        | _why(decided)
        | _rights(actor, claim)
        | _signatures(actor, notification)
    )
    return render("claims/decision.typ", content)


def _what_was_decided(claim: Claim, decided: Decision) -> dict[str, Any]:
    granted = decided.measure in GRANTING
    amount = euros(decided.amount_cents) if granted and decided.amount_cents is not None else ""
    monthly = Aid(claim.aid) in (Aid.RIS, Aid.EQUIVALENT)
    payment = law_terms.compute(TermKind.PAYMENT, decided.decided_on, regime=claim.regime)
    rhythm = PaymentRhythm(decided.rhythm).label if decided.rhythm else ""
    return {
        "request_number": claim.reference,
        "aid": str(claim.get_aid_display()),
        "received_on": claim.received_on,
        "granted": granted,
        "outcome": outcome(claim, decided),
        "decided_on": decided.decided_on,
        "body": decided.body.name,
        "urgent_by_president": decided.urgent_by_president,
        "ratification": _("L'organe compétent la ratifie à sa prochaine séance.")
        if decided.urgent_by_president
        else "",
        "amount": amount,
        "amount_note": _("par mois") if amount and monthly else "",
        "rhythm": _("%s, sur votre compte") % rhythm if granted and rhythm else "",
        "first_payment": payment.due if granted and amount else "",
        "starts_on": decided.starts_on if granted else "",
        "ends_on": decided.ends_on if granted and decided.ends_on else "",
        "piis": decided.sheet.get("piis", "") if granted else "",
    }


OUTCOMES = {
    Measure.GRANT: gettext_noop("Nous vous accordons : %s."),
    Measure.GRANT_LESS: gettext_noop(
        "Nous vous accordons moins que ce que vous demandiez pour : %s."
    ),
    Measure.REFUSE: gettext_noop("Nous refusons votre demande : %s."),
    Measure.NO_ACTION: gettext_noop("Nous ne donnons pas suite à votre demande : %s."),
    Measure.TAKE_NOTE: gettext_noop("Nous prenons acte de votre demande : %s."),
}


def outcome(claim: Claim, decided: Decision) -> str:
    """The decision in one sentence of plain French."""
    return _(OUTCOMES[Measure(decided.measure)]) % claim.get_aid_display()


def _why(decided: Decision) -> dict[str, Any]:
    steps = decided.sheet.get("calculation") or []
    if not decided.follows_proposal:
        # The body decided otherwise: the proposed computation is no longer what is granted.
        steps = [] if decided.amount_cents != decided.sheet.get("amount_cents") else steps
    facts = decided.grounds_in_fact
    if decided.reasons and not decided.urgent_by_president:
        facts = f"{facts}\n{decided.reasons}"
    category = decided.category
    return {
        "facts": facts,
        "law": decided.grounds_in_law,
        "category": f"{category} ({Category(category).label})" if category else "",
        "category_why": decided.sheet.get("household", "") if category else "",
        "first_amount": _first_month(steps),
        "computation": [_computation_line(step) for step in steps],
        "computation_note": "",
    }


def _first_month(steps: list[dict[str, Any]]) -> str:
    """What the first, partial month brings, when the frozen computation has one."""
    for step in steps:
        if step["key"] == "first_month" and step["amount"] is not None:
            return f"{euros(step['amount'])}. {step['rule']}"
    return ""


def _computation_line(step: dict[str, Any]) -> dict[str, Any]:
    (line,) = figure_lines([step])
    amount = line["amount"]
    value = "" if amount is None else euros(amount)
    if line["signed"] and amount and amount > 0:
        value = f"+ {value}"
    return {
        "label": line["label"],
        "rule": line["rule"],
        "article": line["article"],
        "value": value,
        "strong": line["total"],
        "mark": unsure(step),
    }


def _rights(actor: Actor, claim: Claim) -> dict[str, Any]:
    articles = ARTICLES[claim.regime]
    centre = actor.centre
    return {
        "duties": [
            _("Dites-nous tout de suite ce qui change : adresse, ménage, travail, ressources."),
            _("Prévenez-nous avant un séjour à l'étranger."),
        ],
        "conditions_articles": f"{articles['duties']} ; {articles['payment']}",
        "appeal": {
            "court": centre.labour_tribunal,
            "address": centre.labour_tribunal_address,
            "within": _("trois mois"),
            "from": _("qui suivent la notification de cette décision"),
            "form": _(
                "Par une requête écrite, déposée au greffe ou envoyée par lettre recommandée. Vous "
                "pouvez comparaître vous-même, vous faire représenter par un avocat, ou par un délégué "
                "d'une organisation ou un proche muni d'un mandat écrit (Code judiciaire, art. 728). "
                "Les frais de la procédure sont en principe à la charge du centre (art. 1017)."
            ),
            "article": articles["appeal"],
            "late": _(
                "Si une mention obligatoire manque dans cette lettre, le délai ne commence pas à courir."
            ),
        },
        "hearing": _(
            "Vous pouvez demander à être entendu par le conseil et vous faire accompagner par la "
            "personne de votre choix (%s)."
        )
        % articles["hearing"],
    }


def _signatures(actor: Actor, notification: Notification | None) -> dict[str, Any]:
    def name(given: Membership | None, role: Role) -> str:
        known = (
            given
            or Membership.objects.filter(centre_id=actor.centre_id, role=role)
            .select_related("user")
            .order_by("starts_on")
            .last()
        )
        return known.user.get_full_name() if known else ""

    def signed(at: datetime | None) -> str:
        if at is None:
            return ""
        return str(_("signé le %s") % at.astimezone(BRUSSELS).strftime("%d/%m/%Y"))

    president = notification.president if notification else None
    director = notification.director if notification else None
    return {
        "president": name(president, Role.PRESIDENT),
        "director": name(director, Role.DIRECTOR_GENERAL),
        "president_signed": signed(notification.president_signed_at if notification else None),
        "director_signed": signed(notification.director_signed_at if notification else None),
        "sent_by": _sent_by(notification),
    }


def _sent_by(notification: Notification | None) -> str:
    if notification is None or not notification.delivery:
        return _("Par envoi recommandé ou contre accusé de réception")
    if notification.delivery == Delivery.REGISTERED_POST:
        return _("Par envoi recommandé %s") % notification.delivery_number
    return _("Remise contre accusé de réception")


AIDS_ABROAD = {
    Language.DUTCH: {
        Aid.RIS: "leefloon",
        Aid.EQUIVALENT: "equivalent leefloon",
        Aid.FINANCIAL: "financiële hulp",
        Aid.MEDICAL: "medische hulp",
        Aid.RENTAL_GUARANTEE: "huurwaarborg",
        Aid.HEATING: "verwarmingstoelage",
    },
    Language.GERMAN: {
        Aid.RIS: "Eingliederungseinkommen",
        Aid.EQUIVALENT: "gleichgestellte Sozialhilfe",
        Aid.FINANCIAL: "finanzielle Hilfe",
        Aid.MEDICAL: "medizinische Hilfe",
        Aid.RENTAL_GUARANTEE: "Mietgarantie",
        Aid.HEATING: "Heizkostenzulage",
    },
}
TITLES_ABROAD = {
    Language.DUTCH: ("Beslissing over uw aanvraag", "drie maanden na de kennisgeving"),
    Language.GERMAN: (
        "Entscheidung über Ihren Antrag",
        "drei Monate nach der Mitteilung",
    ),
}


def decision_translation(actor: Actor, claim: Claim, decided: Decision) -> bytes | None:
    """An informative translation in the person's language, where a template exists."""
    language = Language(claim.person.language)
    if language not in TITLES_ABROAD:
        return None
    title, within = TITLES_ABROAD[language]
    granted = decided.measure in GRANTING and decided.amount_cents is not None
    amount = decided.amount_cents or 0
    payment = law_terms.compute(TermKind.PAYMENT, decided.decided_on, regime=claim.regime)
    aid = Aid(claim.aid)
    content = _frame(actor, claim, title)
    content |= {
        "request_number": claim.reference,
        "decided_on": decided.decided_on,
        "measure": decided.measure,
        "aid": AIDS_ABROAD[language].get(aid, str(aid.label)),
        "amount": euros(amount, language) if granted else "",
        "starts_on": decided.starts_on if granted else "",
        "ends_on": decided.ends_on if granted and decided.ends_on else "",
        "first_payment": payment.due if granted else "",
        "reasons": [],
        "duties": [],
        "appeal": {
            "court": actor.centre.labour_tribunal,
            "address": actor.centre.labour_tribunal_address,
            "within": within,
            "until": "",
        },
    }
    return render("claims/decision_translation.typ", content, language=language)
