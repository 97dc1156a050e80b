"""Whose turn it is at each stage of a claim: the words and the button of the work queue."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from filrouge.base.centres.models import Role
from filrouge.claims.models import Claim
from filrouge.dossier.terms.actions import Turn


def page(claim: Claim, step: str) -> str:
    return reverse("claims:step", args=[claim.pk, step])


def after_registration(claim: Claim) -> Turn:
    """Somebody must take the claim, or its referent must say whether the centre is competent."""
    if claim.referent is None:
        return Turn(
            _("Attribuer la demande à un travailleur social"),
            _("Attribuer"),
            reverse("claims:assign", args=[claim.pk]),
            role=Role.HEAD_OF_SERVICE,
            service=claim.service,
        )
    return Turn(
        _("Vérifier que le centre est compétent, puis ouvrir l'enquête"),
        _("Vérifier"),
        page(claim, "demande"),
        membership=claim.referent,
    )


def inquiry(claim: Claim) -> Turn:
    return Turn(
        _("Établir les conditions, puis proposer"),
        _("Continuer l'enquête"),
        page(claim, "enquete"),
        membership=claim.referent,
    )


def sent_back(claim: Claim) -> Turn:
    return Turn(
        _("Revoir la proposition renvoyée"),
        _("Revoir"),
        page(claim, "proposition"),
        membership=claim.referent,
    )


def review(claim: Claim) -> Turn:
    return Turn(
        _("Relire la proposition"),
        _("Relire"),
        page(claim, "proposition"),
        role=Role.HEAD_OF_SERVICE,
        service=claim.service,
    )


def schedule(claim: Claim) -> Turn:
    return Turn(
        _("Inscrire à l'ordre du jour d'une séance"),
        _("Inscrire"),
        page(claim, "conseil"),
        role=Role.SECRETARIAT,
    )


def appeal(claim: Claim) -> Turn:
    return Turn(
        _("Laisser courir le délai de recours"),
        _("Voir"),
        page(claim, "notification"),
        membership=claim.referent,
    )


def yearly_review(claim: Claim) -> Turn:
    return Turn(
        _("Revoir le droit : il l'est au moins une fois par an"),
        _("Revoir"),
        reverse("people:person", args=[claim.person_id]),
        membership=claim.referent,
    )
