"""The need-to-know sheet that a claim gives to the body that decides."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from filrouge.base.access.actor import Actor
from filrouge.base.centres.models import Role
from filrouge.base.records import RuleBroken
from filrouge.claims import queries
from filrouge.claims.models import CONDITIONS, Aid, Claim, Proposal
from filrouge.council.models import Measure
from filrouge.council.sheets import FollowUp, Sheet, SheetFinding
from filrouge.law import terms as law_terms
from filrouge.law.terms import TermKind


def title_of(claim: Claim) -> str:
    """Title of the agenda item: number, aid and initials, never the name."""
    return f"{claim.reference} · {claim.get_aid_display()} · {claim.person.initials}"


def sheet_for(actor: Actor, claim: Claim) -> Sheet:
    """Freeze what the decision needs from a claim with an approved proposal."""
    proposal = queries.latest_proposal(actor, claim)
    if proposal is None:
        raise RuleBroken(_("Cette demande n'a pas de proposition."))
    entitlement = proposal.entitlement
    return Sheet(
        **_identity(actor, claim),
        household=entitlement.category_reason if entitlement else "",
        findings=_findings(actor, claim),
        measure=proposal.measure,
        amount_cents=proposal.amount_cents,
        category=entitlement.category if entitlement else None,
        starts_on=_iso(proposal.starts_on),
        ends_on=_iso(proposal.ends_on),
        rhythm=proposal.rhythm,
        calculation=tuple(entitlement.result["steps"]) if entitlement else (),
        grounds_in_fact=proposal.grounds_in_fact,
        grounds_in_law=proposal.grounds_in_law,
        piis=_piis(proposal),
        follow_up=follow_up(claim),
    )


def transfer_sheet(actor: Actor, claim: Claim) -> Sheet:
    """What the body is told of a request that was sent on to the competent centre."""
    sent = claim.transfer
    return Sheet(
        **_identity(actor, claim),
        household="",
        findings=(),
        measure=Measure.TAKE_NOTE.value,
        amount_cents=None,
        category=None,
        starts_on=None,
        ends_on=None,
        rhythm="",
        calculation=(),
        grounds_in_fact=_("Transmise au %(centre)s le %(day)s. %(reasons)s")
        % {
            "centre": sent.to_centre,
            "day": sent.sent_on.strftime("%d/%m/%Y"),
            "reasons": sent.reasons,
        },
        grounds_in_law=_("Loi du 2 avril 1965, art. 1er et 2 ; loi du 26 mai 2002, art. 18, § 4."),
        piis="",
        follow_up=(),
    )


def urgent_sheet(actor: Actor, claim: Claim, amount_cents: int, reasons: str) -> Sheet:
    """The sheet of an urgent decision of the president, for its ratification."""
    return Sheet(
        **_identity(actor, claim),
        household="",
        findings=_findings(actor, claim),
        measure=Measure.GRANT.value,
        amount_cents=amount_cents,
        category=None,
        starts_on=actor.today.isoformat(),
        ends_on=actor.today.isoformat(),
        rhythm="",
        calculation=(),
        grounds_in_fact=reasons,
        grounds_in_law=_(
            "Loi organique du 8 juillet 1976, art. 28 : aide urgente du président, "
            "ratifiée à la plus prochaine séance."
        ),
        piis="",
        follow_up=follow_up(claim),
    )


def _identity(actor: Actor, claim: Claim) -> dict[str, Any]:
    decide_by = law_terms.compute(TermKind.DECISION, claim.received_on, regime=claim.regime)
    person = claim.person
    return {
        "reference": claim.reference,
        "initials": person.initials,
        "name": person.full_name,
        "birth_year": person.birth_date.year if person.birth_date else None,
        "aid": claim.aid,
        "aid_label": str(claim.get_aid_display()),
        "asked": claim.words,
        "received_on": claim.received_on.isoformat(),
        "decide_before": decide_by.due.isoformat(),
    }


def _findings(actor: Actor, claim: Claim) -> tuple[SheetFinding, ...]:
    if Aid(claim.aid) is not Aid.RIS:
        return (SheetFinding(_("État de besoin"), "", claim.state_of_need),)
    latest = queries.findings_of(actor, claim)
    return tuple(
        SheetFinding(condition.label, str(latest[key].get_result_display()), latest[key].text)
        for key, condition in CONDITIONS.items()
        if key in latest
    )


def _piis(proposal: Proposal) -> str:
    if not proposal.piis_due:
        return ""
    if proposal.piis_by is None:
        return _("Un projet individualisé d'intégration sociale est dû.")
    return _("Un projet individualisé d'intégration sociale est dû pour le %s.") % (
        proposal.piis_by.strftime("%d/%m/%Y")
    )


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def follow_up(claim: Claim) -> tuple[FollowUp, ...]:
    """What a decision starts: eight days to notify, fifteen to pay what is granted."""
    return (
        FollowUp(
            term=TermKind.NOTIFICATION.value,
            regime=claim.regime.value,
            next_step=_("Notifier la décision"),
            button=_("Notifier"),
            address=reverse("claims:step", args=[claim.pk, "notification"]),
            role=Role.SECRETARIAT.value,
        ),
        FollowUp(
            term=TermKind.PAYMENT.value,
            regime=claim.regime.value,
            next_step=_("Faire le premier paiement"),
            button=_("Payer"),
            address=reverse("claims:pay", args=[claim.pk]),
            role=Role.FINANCIAL_DIRECTOR.value,
            only_if_granted=True,
        ),
    )
