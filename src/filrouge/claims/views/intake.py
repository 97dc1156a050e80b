"""Registering a request, giving it to someone, sending it on, withdrawing it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from filrouge.base.access.actor import Actor
from filrouge.base.access.rules import Permission
from filrouge.base.forms import attempt
from filrouge.base.pages import accept_once, actor_of
from filrouge.claims import actions, letters, workload
from filrouge.claims.access import access_claim
from filrouge.claims.actions import Request
from filrouge.claims.forms import AssignForm, ReasonForm, RequestForm, TransferForm
from filrouge.claims.models import Aid, Channel, Claim, Transfer
from filrouge.dossier.documents.views import served
from filrouge.people.access import access_person


def new(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Enter a request in the register and hand over its receipt."""
    actor = actor_of(request)
    person = access_person(actor, person_id, Permission.CLAIM_REGISTER)
    form = RequestForm(
        request.POST or None, initial={"received_on": actor.today, "channel": Channel.COUNTER}
    )
    if request.method == "POST" and form.is_valid():
        address = accept_once(actor, form, lambda: _register(actor, person_id, form))
        if address is not None:
            messages.success(
                request,
                _("Demande enregistrée. Remettez ou envoyez l'accusé de réception aujourd'hui."),
            )
            return redirect(address)
    context = {"form": form, "person": person}
    return render(request, "claims/new.html", context, status=422 if form.errors else 200)


def _register(actor: Actor, person_id: UUID, form: RequestForm) -> str:
    given = form.cleaned_data
    claims = actions.register(
        actor,
        person_id,
        Request(
            received_on=given["received_on"],
            channel=Channel(given["channel"]),
            aids=tuple(Aid(value) for value in given["aids"]),
            urgent=given["urgent"],
            words=given["words"],
            late_entry_reason=given["late_entry_reason"],
        ),
    )
    actions.keep_receipt(actor, claims, letters.receipt(actor, claims))
    if actor.may(Permission.CLAIM_READ):
        return reverse("claims:step", args=[claims[0].pk, "demande"])
    return reverse("people:person", args=[person_id])


@require_safe
def receipt(request: HttpRequest, claim_id: UUID) -> HttpResponse:
    """The receipt to hand over, also for who registers without reading the file."""
    claim = access_claim(actor_of(request), claim_id, Permission.CLAIM_REGISTER)
    if claim.receipt is None:
        raise Http404
    return served(request, claim.receipt)


def assign(request: HttpRequest, claim_id: UUID) -> HttpResponse:
    """Choose who takes a claim, with the load of each in sight."""
    actor = actor_of(request)
    claim = access_claim(actor, claim_id, Permission.MISSION_ASSIGN)
    loads = workload.loads(actor, claim)
    workers = [load.worker for load in loads]
    form = AssignForm(
        request.POST or None,
        workers=workers,
        initial={"membership": claim.referent_id or (workers[0].pk if workers else None)},
    )
    chosen = (
        form.cleaned_data["membership"].pk if request.method == "POST" and form.is_valid() else None
    )
    if chosen and attempt(form, lambda: actions.assign(actor, claim_id, chosen)) is not None:
        messages.success(request, _("Demande confiée."))
        return redirect("team_work")
    context = {
        "claim": claim,
        "loads": loads,
        "form": form,
        "chosen": str(form["membership"].value()),
    }
    return render(request, "claims/assign.html", context, status=422 if form.errors else 200)


def transfer(request: HttpRequest, claim_id: UUID) -> HttpResponse:
    """Send a request on to the competent centre, before any inquiry."""
    actor = actor_of(request)
    claim = access_claim(actor, claim_id, Permission.CLAIM_TRANSFER)
    form = TransferForm(request.POST or None, initial={"version": claim.version})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if attempt(form, lambda: _transfer(actor, claim, given)):
            messages.success(
                request, _("Demande transmise. Les deux lettres sont dans le dossier.")
            )
            return redirect("claims:step", claim_id, "demande")
    return render(
        request, "claims/transfer.html", {"claim": claim, "form": form},
        status=422 if form.errors else 200,
    )  # fmt: skip


@transaction.atomic
def _transfer(actor: Actor, claim: Claim, given: dict[str, str]) -> Transfer:
    sent = actions.transfer(
        actor, claim.pk, given["to_centre"], given["to_address"], given["reasons"],
        int(given["version"]) if given["version"] else None,
    )  # fmt: skip
    to_centre, to_person = letters.transfer(actor, claim, sent)
    actions.keep_transfer_letters(actor, claim.pk, to_centre, to_person)
    return sent


def withdraw(request: HttpRequest, claim_id: UUID) -> HttpResponse:
    """The person withdraws the request."""
    actor = actor_of(request)
    claim = access_claim(actor, claim_id, Permission.CLAIM_INSTRUCT)
    form = ReasonForm(request.POST or None, initial={"version": claim.version})
    form.fields["reason"].label = _("Comment la personne a retiré sa demande")
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if attempt(
            form, lambda: actions.withdraw(actor, claim_id, given["reason"], given["version"])
        ):
            messages.success(request, _("Demande retirée. Elle reste au registre."))
            return redirect("claims:step", claim_id, "demande")
    return render(
        request, "claims/withdraw.html", {"claim": claim, "form": form},
        status=422 if form.errors else 200,
    )  # fmt: skip
