"""The proposal and the second pair of eyes on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from filrouge.base.access.actor import Actor
from filrouge.base.access.rules import Permission
from filrouge.base.centres.models import Membership, Role
from filrouge.base.records import RuleBroken, check_version, store, store_change
from filrouge.base.trail.journal import record_act
from filrouge.claims import states, turns
from filrouge.claims.access import access_claim
from filrouge.claims.actions.registration import SUBJECT
from filrouge.claims.models import Aid, Claim, FrozenEntitlement, Proposal, Review, State
from filrouge.claims.queries import latest_entitlement, unknown_conditions
from filrouge.council.models import GRANTING, Measure
from filrouge.dossier.terms import actions as terms
from filrouge.dossier.thread.actions import tie
from filrouge.law.money import Cents, format_euros


@dataclass(frozen=True, slots=True)
class Draft:
    """A proposal as written by the social worker. Amounts in cents per month."""

    measure: Measure
    grounds_in_fact: str
    grounds_in_law: str
    amount_cents: int | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    rhythm: str = ""
    piis_due: bool = False
    piis_by: date | None = None
    despite_unknown: str = ""


@transaction.atomic
def propose(actor: Actor, claim_id: UUID, draft: Draft, version: int | None) -> Proposal:
    """Propose a decision to the body; the head of service reads it first.

    Raises ``RuleBroken`` while a condition is not known and no written reason says why.
    """
    claim = access_claim(actor, claim_id, Permission.CLAIM_INSTRUCT, lock=True)
    if claim.state == State.REGISTERED:
        raise RuleBroken(_("Ouvrez d'abord l'enquête."))
    before, after = states.move(claim, "propose")
    check_version(claim, version)
    frozen = _check_draft(actor, claim, draft)
    granting = draft.measure in GRANTING
    proposal = Proposal(
        centre=actor.centre,
        claim=claim,
        measure=draft.measure,
        entitlement=frozen if granting else None,
        amount_cents=draft.amount_cents if granting else None,
        starts_on=draft.starts_on if granting else None,
        ends_on=draft.ends_on if granting else None,
        rhythm=draft.rhythm if granting else "",
        piis_due=draft.piis_due and granting,
        piis_by=draft.piis_by if draft.piis_due and granting else None,
        grounds_in_fact=draft.grounds_in_fact.strip(),
        grounds_in_law=draft.grounds_in_law.strip(),
        despite_unknown=draft.despite_unknown.strip(),
        author=actor.membership,
        proposed_at=actor.now,
    )
    store(proposal)
    store_change(claim)
    tie(
        actor, claim.person, "claims.propose",
        _("Proposition : %s") % proposal.get_measure_display(),
        text=_summary(proposal), from_state=before, to_state=after,
        subject_kind=SUBJECT, subject_id=claim.pk,
    )  # fmt: skip
    terms.hand_over(actor, claim.pk, turns.review(claim))
    record_act(actor, "claims.propose", SUBJECT, claim.pk, person_id=claim.person_id)
    return proposal


def _summary(proposal: Proposal) -> str:
    """The proposal in one line; its grounds are read where they are decided upon."""
    if proposal.amount_cents is None or proposal.starts_on is None:
        return ""
    return _("%(amount)s par mois, à partir du %(day)s.") % {
        "amount": format_euros(Cents(proposal.amount_cents)),
        "day": proposal.starts_on.strftime("%d/%m/%Y"),
    }


def _check_draft(actor: Actor, claim: Claim, draft: Draft) -> FrozenEntitlement | None:
    """What the law asks before a proposal; returns the frozen computation it rests on."""
    unknown = unknown_conditions(actor, claim)
    if unknown and not draft.despite_unknown.strip():
        raise ValidationError(
            {
                "despite_unknown": _(
                    "Encore à établir : %s. Établissez-le, ou écrivez pourquoi proposer sans attendre."
                )
                % ", ".join(unknown)
            }
        )
    frozen = latest_entitlement(actor, claim)
    if draft.measure not in GRANTING:
        return None
    if draft.starts_on is None:
        raise ValidationError({"starts_on": _("Dites à partir de quand.")})
    if draft.starts_on < claim.received_on:
        raise ValidationError(
            {"starts_on": _("Le droit s'ouvre au plus tôt le jour de la demande.")}
        )
    if draft.ends_on is not None and draft.ends_on < draft.starts_on:
        raise ValidationError({"ends_on": _("La fin de l'aide ne peut pas précéder son début.")})
    lasting = Aid(claim.aid) in (Aid.RIS, Aid.EQUIVALENT)
    if lasting and draft.amount_cents is not None and not draft.rhythm:
        raise ValidationError({"rhythm": _("Choisissez le rythme de paiement.")})
    if Aid(claim.aid) is not Aid.RIS:
        return frozen
    if frozen is None:
        raise RuleBroken(_("Figez d'abord le calcul : c'est lui qui fonde le montant."))
    if draft.amount_cents is None or draft.amount_cents > frozen.monthly_cents:
        raise ValidationError(
            {"amount_cents": _("Le montant ne peut pas dépasser celui du calcul figé.")}
        )
    return frozen


@transaction.atomic
def take_back(actor: Actor, claim_id: UUID) -> Claim:
    """The author, or who replaces them today, takes an unread proposal back to correct it."""
    claim = access_claim(actor, claim_id, Permission.CLAIM_INSTRUCT, lock=True)
    before, after = states.move(claim, "take_back")
    author = _latest(actor, claim).author
    if author.user_id != actor.user.pk and author.pk not in actor.stands_for:
        raise PermissionDenied(
            _("Seul l'auteur reprend sa proposition : %s. Un chef de service la renvoie.")
            % author.user
        )
    store_change(claim)
    tie(
        actor, claim.person, "claims.take_back", _("Proposition reprise par son auteur"),
        from_state=before, to_state=after, subject_kind=SUBJECT, subject_id=claim.pk,
    )  # fmt: skip
    terms.hand_over(actor, claim.pk, turns.inquiry(claim))
    record_act(actor, "claims.take_back", SUBJECT, claim.pk, person_id=claim.person_id)
    return claim


@transaction.atomic
def approve(actor: Actor, claim_id: UUID, version: int | None = None) -> Review:
    """The head of service, or the named substitute, approves: it may go to the body."""
    return _review(actor, claim_id, "approve", "", version)


@transaction.atomic
def send_back(actor: Actor, claim_id: UUID, reason: str, version: int | None = None) -> Review:
    """The head of service sends the proposal back, saying what is to be seen again."""
    if not reason.strip():
        raise ValidationError({"reason": _("Dites ce qui est à revoir.")})
    return _review(actor, claim_id, "send_back", reason.strip(), version)


def _latest(actor: Actor, claim: Claim) -> Proposal:
    return (
        Proposal.objects.filter(centre_id=actor.centre_id, claim=claim)
        .select_related("author__user")
        .latest("proposed_at", "id")
    )


def _review(
    actor: Actor, claim_id: UUID, transition: str, reason: str, version: int | None
) -> Review:
    claim = access_claim(actor, claim_id, Permission.CLAIM_APPROVE, lock=True)
    before, after = states.move(claim, transition)
    check_version(claim, version)
    proposal = _latest(actor, claim)
    approved = transition == "approve"
    review = Review(
        centre=actor.centre,
        proposal=proposal,
        approved=approved,
        reason=reason,
        reviewer=actor.membership,
        instead_of=_instead_of(actor, claim, proposal),
        reviewed_at=actor.now,
    )
    store(review)
    store_change(claim)
    tie(
        actor, claim.person, f"claims.{transition}",
        _("Proposition approuvée") if approved else _("Proposition renvoyée"),
        text=reason, reason=reason, from_state=before, to_state=after,
        subject_kind=SUBJECT, subject_id=claim.pk,
    )  # fmt: skip
    turn = turns.schedule(claim) if approved else turns.sent_back(claim)
    terms.hand_over(actor, claim.pk, turn)
    record_act(actor, f"claims.{transition}", SUBJECT, claim.pk, person_id=claim.person_id)
    return review


def _instead_of(actor: Actor, claim: Claim, proposal: Proposal) -> Membership | None:
    """Four eyes: whose place a substitute takes; refuses one's own proposal."""
    if proposal.author.user_id == actor.user.pk:
        raise PermissionDenied(
            _("Quatre yeux : votre propre proposition est relue par votre remplaçant désigné.")
        )
    if actor.membership.service_id == claim.service_id:
        return None
    heads = Membership.objects.filter(
        centre_id=actor.centre_id, service=claim.service, role=Role.HEAD_OF_SERVICE
    ).select_related("user")
    worn = [one for one in heads.order_by("-starts_on", "id") if one.is_worn(actor.today)]
    if not worn:
        return None
    head = next((one for one in worn if one.pk in actor.stands_for), worn[0])
    away = head.pk in actor.stands_for
    own = proposal.author.user_id == head.user_id
    if away or (head.substitute_id == actor.membership.pk and own):
        return head
    raise PermissionDenied(
        _("%s est présent et relit les propositions de son service.") % head.user
    )
