"""The stepper of a claim: one page per step, each saying what is missing; its acts are posts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_safe

from filrouge.base.access.actor import Actor
from filrouge.base.access.rules import Permission
from filrouge.base.pages import actor_of
from filrouge.claims import grounds, queries
from filrouge.claims.access import access_claim, visible_to
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
from filrouge.claims.models import Aid, Claim, Delivery
from filrouge.council import queries as council
from filrouge.council.models import Session
from filrouge.dossier.documents import queries as documents
from filrouge.dossier.documents.models import DocumentKind
from filrouge.dossier.terms.queries import terms_of
from filrouge.law import ris
from filrouge.law.category import Category
from filrouge.law.explained import figure_lines
from filrouge.law.ris import CaseError
from filrouge.people import queries as people
from filrouge.people.access import holds

Forms = dict[str, Any]
COMPUTED = (Aid.RIS, Aid.EQUIVALENT)

STEPS = {
    "demande": gettext_noop("Demande"),
    "enquete": gettext_noop("Enquête"),
    "calcul": gettext_noop("Calcul"),
    "proposition": gettext_noop("Proposition"),
    "conseil": gettext_noop("Conseil"),
    "notification": gettext_noop("Notification"),
}


def _steps_for(claim: Claim) -> list[str]:
    return [key for key in STEPS if key != "calcul" or Aid(claim.aid) in COMPUTED]


def staged(actor: Actor, claim: Claim) -> str:
    annotated = queries.with_stage(visible_to(actor)).get(pk=claim.pk)
    return queries.stage_of(annotated)


STEP_OF_STAGE = {
    "registered": "demande",
    "inquiry": "enquete",
    "proposed": "proposition",
    "approved": "conseil",
    "scheduled": "conseil",
    "decided": "notification",
    "notified": "notification",
    "transferred": "demande",
    "withdrawn": "demande",
}


def _stepper(actor: Actor, claim: Claim, shown: str, stage: str, missing: list[str]) -> list[Forms]:
    """Where the claim stands: past steps done, later ones open to look at once there is something."""
    order = _steps_for(claim)
    reached = order.index(STEP_OF_STAGE[stage])
    if stage == "inquiry" and "calcul" in order and queries.latest_entitlement(actor, claim):
        reached = order.index("calcul")
    if stage == "notified":
        reached = len(order)
    may_propose = stage == "inquiry"
    steps = []
    for position, key in enumerate(order):
        state = "done" if position < reached else "todo"
        if key == shown:
            state = "current"
        elif position > reached and not (may_propose and key in ("calcul", "proposition")):
            state = "blocked"
        lacking = ", ".join(missing) if key == "enquete" and missing and stage == "inquiry" else ""
        steps.append(
            {
                "label": _(STEPS[key]),
                "url": reverse("claims:step", args=[claim.pk, key]),
                "state": state,
                "missing": _("Reste : %s") % lacking if lacking else "",
            }
        )
    return steps


@require_safe
def current(request: HttpRequest, claim_id: UUID) -> HttpResponse:
    """Go to the step where the claim stands."""
    actor = actor_of(request)
    claim = access_claim(actor, claim_id)
    return redirect("claims:step", claim_id, STEP_OF_STAGE[staged(actor, claim)])


@require_safe
def step(request: HttpRequest, claim_id: UUID, step: str) -> HttpResponse:
    """One step of a claim."""
    claim = access_claim(actor_of(request), claim_id)
    return show(request, claim, step, {"chosen": request.GET.dict()} if request.GET else {})


def show(request: HttpRequest, claim: Claim, step: str, marked: Forms) -> HttpResponse:
    """Render a step; *marked* holds forms that were refused, to be shown instead of fresh ones."""
    actor = actor_of(request)
    if step not in _steps_for(claim):
        raise Http404
    stage = staged(actor, claim)
    missing = queries.unknown_conditions(actor, claim)
    context = {
        "claim": claim,
        "person": claim.person,
        "stage": stage,
        "stage_label": queries.STAGES[stage],
        "steps": _stepper(actor, claim, step, stage, missing),
        "missing": missing,
        "may_instruct": _holds(actor, claim, Permission.CLAIM_INSTRUCT),
        "may_approve": _holds(actor, claim, Permission.CLAIM_APPROVE),
        "may_notify": actor.may(Permission.CLAIM_NOTIFY),
        "may_open_file": _may_open_file(actor, claim),
        **PAGES[step](actor, claim, stage, marked),
    }
    status = 422 if set(marked) - {"chosen"} else 200
    return render(request, f"claims/steps/{step}.html", context, status=status)


def _holds(actor: Actor, claim: Claim, need: Permission) -> bool:
    return visible_to(actor, need).filter(pk=claim.pk).exists()


def _may_open_file(actor: Actor, claim: Claim) -> bool:
    return holds(actor, claim.person_id, Permission.FILE_READ)


def _request_page(actor: Actor, claim: Claim, stage: str, marked: Forms) -> Forms:
    running = [term for term in terms_of(actor, [claim.pk]) if term.stopped_on is None]
    decide_by = next((term.due_on for term in running if term.kind == "decision"), None)
    return {
        "decide_by": decide_by,
        "last_session": council.last_session_before(actor, decide_by) if decide_by else None,
        "terms": terms_of(actor, [claim.pk]),
        "may_transfer": stage == "registered" and _holds(actor, claim, Permission.CLAIM_TRANSFER),
        "may_assign": claim.state in ("registered", "inquiry", "proposed", "approved")
        and actor.may(Permission.MISSION_ASSIGN),
        "transfer": getattr(claim, "transfer", None),
        "siblings": [
            one for one in queries.claims_of(actor, claim.person_id) if one.pk != claim.pk
        ],
    }


def _inquiry_page(actor: Actor, claim: Claim, stage: str, marked: Forms) -> Forms:
    lines = queries.condition_lines(actor, claim) if Aid(claim.aid) is Aid.RIS else []
    today = actor.today
    choices = queries.missing_kinds(lines) or [
        (kind.value, str(kind.label)) for kind in DocumentKind if kind not in _OWN_PAPERS
    ]
    forms_by_line = [marked.get(line.key) or FindingForm(line=line) for line in lines]
    return {
        "lines": lines,
        "finding_forms": forms_by_line,
        "conditions": list(zip(lines, forms_by_line, strict=True)),
        "need_form": marked.get("need")
        or NeedForm(initial={"state_of_need": claim.state_of_need, "version": claim.version}),
        "visit_form": marked.get("visit") or VisitForm(initial={"visited_on": today}),
        "ask_form": marked.get("ask")
        or AskForm(choices=choices, initial={"due_on": today + timedelta(days=10)}),
        "visits": queries.visits_of(actor, claim),
        "asked": documents.open_requests(actor, claim.person),
        "valid": documents.valid_on(actor, claim.person, today),
        "is_ris": Aid(claim.aid) is Aid.RIS,
    }


_OWN_PAPERS = (DocumentKind.LETTER, DocumentKind.MINUTES)


def _calculation_page(actor: Actor, claim: Claim, stage: str, marked: Forms) -> Forms:
    """The live computation follows the choices of the form, before anything is frozen."""
    frozen = queries.latest_entitlement(actor, claim)
    form = marked.get("freeze") or _fresh_calculation(actor, claim, marked)
    on = _day_of(form, "on") or claim.received_on
    person = claim.person
    context: Forms = {
        "frozen": frozen,
        "frozen_lines": figure_lines(frozen.result["steps"]) if frozen else [],
        "freeze_form": form,
        "again": bool(marked),
        "on": on,
        "household": people.household_on(actor, person, on),
        "incomes": people.incomes_on(actor, person, on),
        "assets": people.assets_on(actor, person, on),
    }
    try:
        case = queries.case_for(
            actor, claim, on, category=_category_of(form), starts_on=_day_of(form, "starts_on")
        )
    except CaseError as error:
        return {**context, "case_problems": [problem.message for problem in error.problems]}
    computed = ris.entitlement(case)
    lines = figure_lines([entry.as_dict() for entry in computed.steps])
    return {**context, "live": computed, "live_lines": lines}


def _fresh_calculation(actor: Actor, claim: Claim, asked: Forms) -> FreezeForm:
    chosen: Forms = asked.get("chosen", {})
    frozen = queries.latest_entitlement(actor, claim)
    on = _day(chosen.get("on", "")) or (frozen.on if frozen else claim.received_on)
    proposed = queries.category_for(actor, claim, on)
    return FreezeForm(
        initial={
            "on": on,
            "starts_on": chosen.get("starts_on") or claim.received_on,
            "category": chosen.get("category") or proposed.category.value,
            "category_reason": chosen.get("category_reason") or proposed.reason,
        }
    )


def _day_of(form: forms.Form, name: str) -> date | None:
    value = form[name].value()
    return value if isinstance(value, date) else _day(str(value or ""))


def _day(text: str) -> date | None:
    """A day as the calendar of the browser writes it; ``None`` for one that does not exist."""
    try:
        return parse_date(text)
    except ValueError:
        return None


def _category_of(form: forms.Form) -> Category | None:
    value = str(form["category"].value() or "")
    return Category(int(value)) if value in {"1", "2", "3"} else None


def _proposal_page(actor: Actor, claim: Claim, stage: str, marked: Forms) -> Forms:
    proposal = queries.latest_proposal(actor, claim)
    frozen = queries.latest_entitlement(actor, claim)
    context: Forms = {
        "proposal": proposal,
        "review": getattr(proposal, "review", None) if proposal else None,
        "frozen": frozen,
        "frozen_lines": figure_lines(frozen.result["steps"]) if frozen else [],
        "send_back_form": marked.get("send_back") or ReasonForm(initial={"version": claim.version}),
        "own": proposal is not None and proposal.author.user_id == actor.user.pk,
        "needs_calculation": Aid(claim.aid) is Aid.RIS and frozen is None,
    }
    if stage == "inquiry":
        context["form"] = marked.get("propose") or _fresh_proposal(actor, claim)
    return context


def _fresh_proposal(actor: Actor, claim: Claim) -> ProposalForm:
    """A proposal drafted from the findings, or the one that was sent back."""
    former = queries.latest_proposal(actor, claim)
    findings = queries.findings_of(actor, claim)
    frozen = queries.latest_entitlement(actor, claim)
    measure = grounds.suggested_measure(findings, frozen)
    initial: Forms = {
        "version": claim.version,
        "measure": measure,
        "starts_on": claim.received_on,
        "rhythm": actor.centre.payment_rhythm,
        "grounds_in_fact": grounds.in_fact(claim, findings, frozen),
        "grounds_in_law": grounds.in_law(claim, measure, findings, frozen),
    }
    if frozen is not None:
        initial["amount_cents"] = frozen.monthly_cents
        initial["starts_on"] = frozen.case["starts_on"]
    if former is not None:
        initial |= {
            name: getattr(former, name)
            for name in ("measure", "ends_on", "rhythm", "piis_due", "piis_by", "grounds_in_fact",
                         "grounds_in_law", "despite_unknown")
        }  # fmt: skip
    form = ProposalForm(initial=initial)
    if not queries.unknown_conditions(actor, claim):
        del form.fields["despite_unknown"]
    return form


def _council_page(actor: Actor, claim: Claim, stage: str, marked: Forms) -> Forms:
    item = queries.agenda_item_of(actor, claim)
    waits = stage == "approved" or (stage == "transferred" and item is None)
    sessions = sessions_for(actor) if waits else []
    decided = queries.decision_on(actor, claim)
    decide_by = next(
        (term for term in terms_of(actor, [claim.pk]) if term.kind == "decision"), None
    )
    return {
        "item": item,
        "decision": decided,
        "sessions": sessions,
        "decide_by": decide_by,
        "schedule_form": marked.get("schedule") or ScheduleForm(sessions=sessions),
        "waits": waits,
        "may_open_sheet": actor.may(Permission.AGENDA_READ),
    }


def sessions_for(actor: Actor) -> list[Session]:
    """Where a point can still go: open agendas first, then, with a written urgency, convened ones."""
    return [*council.open_sessions(actor), *council.urgent_sessions(actor)]


def _notification_page(actor: Actor, claim: Claim, stage: str, marked: Forms) -> Forms:
    decided = queries.decision_on(actor, claim)
    return {
        "decision": decided,
        "notification": queries.notification_of(actor, claim),
        "terms": terms_of(actor, [claim.pk]),
        "payment": queries.payment_of(actor, decided) if decided else None,
        "appeals": list(decided.appeals.order_by("lodged_on")) if decided else [],
        "send_form": marked.get("send")
        or SendForm(initial={"sent_on": actor.today, "delivery": Delivery.REGISTERED_POST}),
        "appeal_form": marked.get("appeal") or AppealForm(initial={"lodged_on": actor.today}),
    }


PAGES: dict[str, Callable[[Actor, Claim, str, Forms], Forms]] = {
    "demande": _request_page,
    "enquete": _inquiry_page,
    "calcul": _calculation_page,
    "proposition": _proposal_page,
    "conseil": _council_page,
    "notification": _notification_page,
}
