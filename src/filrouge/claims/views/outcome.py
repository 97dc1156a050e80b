"""After the decision: signatures, payments, urgent aid, and the letter seen before it is final."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from filrouge.base.access.rules import Permission
from filrouge.base.pages import accept_once, actor_of
from filrouge.claims import actions, letters, queries
from filrouge.claims.access import access_claim, access_notification, access_payable, access_urgent
from filrouge.claims.forms import PaymentForm, UrgentForm
from filrouge.claims.models import Notification


@require_safe
def preview(request: HttpRequest, claim_id: UUID) -> HttpResponse:
    """The decision letter as it would be, or its informative translation (``?langue=1``).

    For who sends it, and for the president who is asked to sign it.
    """
    actor = actor_of(request)
    if actor.may(Permission.MINUTES_SIGN) and not actor.may(Permission.CLAIM_NOTIFY):
        claim = access_notification(actor, claim_id).claim
    else:
        claim = access_claim(actor, claim_id, Permission.CLAIM_NOTIFY)
    decided = queries.decision_on(actor, claim)
    if decided is None:
        raise Http404
    if request.GET.get("langue"):
        pdf = letters.decision_translation(actor, claim, decided)
    else:
        notification = queries.notification_of(actor, claim)
        pdf = letters.decision(actor, claim, decided, notification)
    if pdf is None:
        raise Http404
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="decision-{claim.reference}.pdf"'
    return response


def sign(request: HttpRequest, claim_id: UUID) -> HttpResponse:
    """Read the letter and sign it, as president or as director general."""
    actor = actor_of(request)
    notification = access_notification(actor, claim_id)
    actor.demand(Permission.MINUTES_SIGN)
    if request.method == "POST":

        def write(signed: Notification) -> bytes:
            return letters.decision(actor, signed.claim, signed.decision, signed)

        actions.sign_notification(actor, claim_id, write)
        messages.success(request, _("Lettre signée."))
        return redirect("my_work")
    mine = (
        notification.president_signed_at
        if actor.role == "president"
        else notification.director_signed_at
    )
    context = {"notification": notification, "claim": notification.claim, "signed_at": mine}
    return render(request, "claims/sign.html", context)


@require_safe
def payments(request: HttpRequest) -> HttpResponse:
    """What is granted and still to be paid: amounts, accounts and terms, no grounds."""
    actor = actor_of(request)
    everything = request.GET.get("tout") == "1"
    rows = queries.payable(actor, only_due=not everything)
    context = {"rows": rows, "everything": everything, "total": len(rows)}
    return render(request, "claims/payments.html", context)


def pay(request: HttpRequest, claim_id: UUID) -> HttpResponse:
    """Note that the first payment left."""
    actor = actor_of(request)
    claim, decided = access_payable(actor, claim_id)
    form = PaymentForm(
        request.POST or None,
        initial={"paid_on": actor.today, "amount_cents": decided.amount_cents},
    )

    def note() -> str:
        given = form.cleaned_data
        actions.record_first_payment(actor, claim_id, given["paid_on"], given["amount_cents"])
        return reverse("claims:payments")

    if request.method == "POST" and form.is_valid():
        address = accept_once(actor, form, note)
        if address is not None:
            messages.success(
                request, _("Premier paiement noté : le délai de quinze jours est arrêté.")
            )
            return redirect(address)
    context = {
        "claim": claim,
        "decision": decided,
        "form": form,
        "paid": queries.payment_of(actor, decided),
        "may_record": actor.may(Permission.PAYMENT_RECORD),
    }
    return render(request, "claims/pay.html", context, status=422 if form.errors else 200)


def urgent(request: HttpRequest, claim_id: UUID) -> HttpResponse:
    """The president grants urgent aid; the body ratifies it at its next session."""
    actor = actor_of(request)
    claim = access_urgent(actor, claim_id)
    form = UrgentForm(request.POST or None, actor=actor)

    def decide() -> str:
        given = form.cleaned_data
        actions.decide_urgently(
            actor, claim_id, body_id=given["body"].pk, amount_cents=given["amount_cents"],
            reasons=given["reasons"],
        )  # fmt: skip
        return reverse("council:sessions")

    if request.method == "POST" and form.is_valid():
        address = accept_once(actor, form, decide)
        if address is not None:
            messages.success(
                request, _("Aide urgente accordée. Sa ratification est à l'ordre du jour.")
            )
            return redirect(address)
    context = {"claim": claim, "form": form, "decision": queries.decision_on(actor, claim)}
    return render(request, "claims/urgent.html", context, status=422 if form.errors else 200)
