"""The acts of each step: a post, one action, and the next page or the form as it was typed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from filrouge.base.forms import attempt, put_on_form
from filrouge.base.pages import accept_once, actor_of
from filrouge.claims import actions, letters, queries
from filrouge.claims.access import access_claim
from filrouge.claims.forms import (
    AppealForm,
    AskForm,
    FindingForm,
    FreezeForm,
    NeedForm,
    ProposalForm,
    ReasonForm,
    ScheduleForm,
    SendForm,
    VisitForm,
)
from filrouge.claims.models import Claim, Delivery, Result
from filrouge.claims.views.steps import sessions_for, show, staged
from filrouge.council.models import Measure
from filrouge.dossier.documents import actions as document_actions
from filrouge.dossier.documents import queries as documents
from filrouge.dossier.documents.models import DocumentKind
from filrouge.law.ris import CaseError

Outcome = str | dict[str, Any]
"""Where to go next, or the refused forms by name."""


@require_POST
def act(request: HttpRequest, claim_id: UUID, step: str, act: str) -> HttpResponse:
    """Do one act of a step; a refusal shows the step again with the form as it was typed."""
    handler = ACTS.get((step, act))
    if handler is None:
        raise Http404
    claim = access_claim(actor_of(request), claim_id)
    marked = handler(request, claim)
    if isinstance(marked, str):
        return redirect(marked)
    if staged(actor_of(request), claim) not in SHOWN_AT[act]:
        raise ValidationError(_sentences(marked))
    return show(request, claim, step, marked)


INQUIRY, AGENDA = ("inquiry",), ("approved", "transferred")
SHOWN_AT: dict[str, tuple[str, ...]] = {
    "constater": INQUIRY, "besoin": INQUIRY, "visiter": INQUIRY, "demander": INQUIRY,
    "figer": INQUIRY, "proposer": INQUIRY, "renvoyer": ("proposed",), "inscrire": AGENDA,
    "envoyer": ("decided",), "recours": ("notified",),
}  # fmt: skip
"""The stages whose page shows the form of an act. At another stage (two windows, a form sent
late) a refusal comes on a page of its own, with what was typed."""


def _sentences(refused: dict[str, Any]) -> list[str]:
    return [
        sentence
        for form in refused.values()
        for sentences in form.errors.values()
        for sentence in sentences
    ]


def _here(claim: Claim, step: str) -> str:
    return reverse("claims:step", args=[claim.pk, step])


def _open(request: HttpRequest, claim: Claim) -> Outcome:
    actions.open_inquiry(actor_of(request), claim.pk)
    messages.success(request, _("Enquête ouverte. Le délai de transmission est arrêté."))
    return _here(claim, "enquete")


def _find(request: HttpRequest, claim: Claim) -> Outcome:
    """Record the findings that changed; all six stand on one page."""
    actor = actor_of(request)
    lines = queries.condition_lines(actor, claim)
    posted = {line.key: FindingForm(request.POST, line=line) for line in lines}
    checked = [form.is_valid() for form in posted.values()]  # all six, to show every mistake
    if not all(checked):
        return dict(posted)
    drafts = [
        _draft(line.key, posted[line.key]) for line in lines if _differs(posted[line.key], line)
    ]
    try:
        actions.record_findings(actor, claim.pk, drafts)
    except actions.FindingRefused as refused:
        put_on_form(posted[refused.condition], refused)
        return dict(posted)
    messages.success(request, _("Constats enregistrés.") if drafts else _("Rien n'a changé."))
    done = not queries.unknown_conditions(actor, claim)
    return _here(claim, "calcul" if done else "enquete")


def _differs(form: FindingForm, line: queries.ConditionLine) -> bool:
    given, known = form.cleaned_data, line.finding
    if known is None:
        return bool(given["result"] != Result.UNKNOWN or given["text"])
    evidence = {str(paper.pk) for paper in known.evidence.all()}
    return (
        given["result"] != known.result
        or given["text"] != known.text
        or set(given.get("evidence", evidence)) != evidence
        or given.get("exemption", known.exemption) != known.exemption
        or given.get("appraised_by", known.appraised_by) != known.appraised_by
    )


def _draft(key: str, form: FindingForm) -> actions.FindingDraft:
    given = form.cleaned_data
    exempt = given["result"] == Result.EXEMPT
    return actions.FindingDraft(
        condition=key,
        result=Result(given["result"]),
        text=given["text"],
        exemption=given.get("exemption", "") if exempt else "",
        appraised_by=given.get("appraised_by", "") if exempt else "",
        evidence=tuple(form.evidence_ids()),
    )


def _need(request: HttpRequest, claim: Claim) -> Outcome:
    form = NeedForm(request.POST)
    if not form.is_valid() or not attempt(
        form,
        lambda: actions.record_state_of_need(
            actor_of(request),
            claim.pk,
            form.cleaned_data["state_of_need"],
            form.cleaned_data["version"],
        ),
    ):
        return {"need": form}
    messages.success(request, _("État de besoin enregistré."))
    return _here(claim, "enquete")


def _visit(request: HttpRequest, claim: Claim) -> Outcome:
    actor, form = actor_of(request), VisitForm(request.POST)

    def note() -> str:
        actions.record_visit(
            actor, claim.pk, form.cleaned_data["visited_on"], form.cleaned_data["text"]
        )
        return _here(claim, "enquete")

    address = accept_once(actor, form, note) if form.is_valid() else None
    return address or {"visit": form}


def _ask(request: HttpRequest, claim: Claim) -> Outcome:
    """Ask for what is missing and keep the letter that lists it."""
    actor = actor_of(request)
    form = AskForm(request.POST, choices=[(kind.value, str(kind.label)) for kind in DocumentKind])

    def ask() -> str:
        wanted = [(DocumentKind(kind), "") for kind in form.cleaned_data["kinds"]]
        asked = actions.ask_documents(actor, claim.pk, wanted, form.cleaned_data["due_on"])
        if asked:
            there = documents.valid_on(actor, claim.person, actor.today)
            pdf = letters.missing_documents(actor, claim, asked, there)
            document_actions.keep_letter(
                actor, claim.person, title=_("Documents demandés, %s") % claim.reference, pdf=pdf,
                subject_kind=actions.SUBJECT, subject_id=claim.pk,
            )  # fmt: skip
        return _here(claim, "enquete")

    address = accept_once(actor, form, ask) if form.is_valid() else None
    if address is None:
        return {"ask": form}
    messages.success(request, _("La lettre qui demande ces documents est prête dans le dossier."))
    return address


def _freeze(request: HttpRequest, claim: Claim) -> Outcome:
    actor, form = actor_of(request), FreezeForm(request.POST)
    if not form.is_valid():
        return {"freeze": form}
    given = form.cleaned_data

    def freeze() -> str:
        case = queries.case_for(
            actor, claim, given["on"], category=given["category"], starts_on=given["starts_on"]
        )
        actions.freeze_entitlement(actor, claim.pk, case, given["category_reason"])
        return _here(claim, "proposition")

    try:
        address = accept_once(actor, form, freeze)
    except CaseError as error:
        for problem in error.problems:
            form.add_error(problem.path if problem.path in form.fields else None, problem.message)
        return {"freeze": form}
    return address or {"freeze": form}


def _propose(request: HttpRequest, claim: Claim) -> Outcome:
    actor, form = actor_of(request), ProposalForm(request.POST)
    if not form.is_valid():
        return {"propose": form}
    given = form.cleaned_data
    draft = actions.Draft(
        measure=Measure(given["measure"]),
        grounds_in_fact=given["grounds_in_fact"],
        grounds_in_law=given["grounds_in_law"],
        amount_cents=given["amount_cents"],
        starts_on=given["starts_on"],
        ends_on=given["ends_on"],
        rhythm=given["rhythm"],
        piis_due=given["piis_due"],
        piis_by=given["piis_by"],
        despite_unknown=given["despite_unknown"],
    )

    def propose() -> str:
        actions.propose(actor, claim.pk, draft, given["version"])
        return _here(claim, "proposition")

    address = accept_once(actor, form, propose)
    if address is None:
        return {"propose": form}
    messages.success(request, _("Proposition remise au chef de service."))
    return address


def _approve(request: HttpRequest, claim: Claim) -> Outcome:
    shown = request.POST.get("version", "")
    actions.approve(actor_of(request), claim.pk, int(shown) if shown.isdecimal() else None)
    messages.success(request, _("Proposition approuvée : le secrétariat peut l'inscrire."))
    return _here(claim, "proposition")


def _send_back(request: HttpRequest, claim: Claim) -> Outcome:
    form = ReasonForm(request.POST)
    if not form.is_valid() or not attempt(
        form,
        lambda: actions.send_back(
            actor_of(request), claim.pk, form.cleaned_data["reason"], form.cleaned_data["version"]
        ),
    ):
        return {"send_back": form}
    messages.success(request, _("Proposition renvoyée à son auteur."))
    return _here(claim, "proposition")


def _take_back(request: HttpRequest, claim: Claim) -> Outcome:
    actions.take_back(actor_of(request), claim.pk)
    messages.success(request, _("Proposition reprise : corrigez-la et remettez-la."))
    return _here(claim, "proposition")


def _schedule(request: HttpRequest, claim: Claim) -> Outcome:
    actor = actor_of(request)
    form = ScheduleForm(request.POST, sessions=sessions_for(actor))

    def schedule() -> str:
        given = form.cleaned_data
        actions.schedule(actor, claim.pk, given["session"], urgent_reason=given["urgent_reason"])
        return _here(claim, "conseil")

    address = accept_once(actor, form, schedule) if form.is_valid() else None
    if address is None:
        return {"schedule": form}
    messages.success(request, _("Point inscrit à l'ordre du jour."))
    return address


def _prepare(request: HttpRequest, claim: Claim) -> Outcome:
    actor = actor_of(request)
    decided = queries.decision_on(actor, claim)
    if decided is None:
        raise Http404
    actions.prepare_notification(
        actor,
        claim.pk,
        letters.decision(actor, claim, decided),
        letters.decision_translation(actor, claim, decided),
    )
    messages.success(request, _("Lettre prête. Elle attend les deux signatures."))
    return _here(claim, "notification")


def _send(request: HttpRequest, claim: Claim) -> Outcome:
    actor, form = actor_of(request), SendForm(request.POST)

    def send() -> str:
        given = form.cleaned_data
        actions.send_notification(
            actor, claim.pk, delivery=Delivery(given["delivery"]),
            delivery_number=given["delivery_number"], sent_on=given["sent_on"],
        )  # fmt: skip
        return _here(claim, "notification")

    address = accept_once(actor, form, send) if form.is_valid() else None
    if address is None:
        return {"send": form}
    messages.success(request, _("Envoi noté : le délai de notification est arrêté."))
    return address


def _appeal(request: HttpRequest, claim: Claim) -> Outcome:
    actor, form = actor_of(request), AppealForm(request.POST)

    def note() -> str:
        given = form.cleaned_data
        actions.record_appeal(
            actor, claim.pk, lodged_on=given["lodged_on"], reference=given["reference"],
            note=given["note"],
        )  # fmt: skip
        return _here(claim, "notification")

    address = accept_once(actor, form, note) if form.is_valid() else None
    return address or {"appeal": form}


ACTS: dict[tuple[str, str], Callable[[HttpRequest, Claim], Outcome]] = {
    ("demande", "ouvrir"): _open,
    ("enquete", "constater"): _find,
    ("enquete", "besoin"): _need,
    ("enquete", "visiter"): _visit,
    ("enquete", "demander"): _ask,
    ("calcul", "figer"): _freeze,
    ("proposition", "proposer"): _propose,
    ("proposition", "approuver"): _approve,
    ("proposition", "renvoyer"): _send_back,
    ("proposition", "reprendre"): _take_back,
    ("conseil", "inscrire"): _schedule,
    ("notification", "preparer"): _prepare,
    ("notification", "envoyer"): _send,
    ("notification", "recours"): _appeal,
}
