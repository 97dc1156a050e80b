"""What the shell writes: absences, one's own account, the centre's settings."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.http import Http404
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from filrouge.base.access.actor import Actor
from filrouge.base.access.rules import Permission
from filrouge.base.centres.models import Absence, Centre, Membership, Role, Service, User
from filrouge.base.records import RuleBroken, store
from filrouge.base.trail.journal import record_act
from filrouge.council.actions import end_seats

LONGEST_ABSENCE = timedelta(days=731)


# Absences ---------------------------------------------------------------------------------


def _may_speak_for(actor: Actor, membership: Membership) -> bool:
    """One's own hats, and the team's for its head: who falls ill does not sign in first."""
    if membership.user_id == actor.user.pk:
        return True
    return actor.may(Permission.TEAM_QUEUE) and membership.service_id in actor.service_ids


@transaction.atomic
def record_absence(
    actor: Actor, membership_id: UUID, replaced_by: Membership, starts_on: date, ends_on: date
) -> Absence:
    """Say who is away and who takes over the queue meanwhile.

    Raises ``ValidationError`` by field: dates the wrong way round, an absence that overlaps
    another, a colleague of another function.
    """
    membership = (
        Membership.objects.select_for_update(of=("self",))
        .select_related("user")
        .filter(centre_id=actor.centre_id, pk=membership_id)
        .first()
    )
    if membership is None:
        raise Http404
    if not _may_speak_for(actor, membership):
        raise PermissionDenied(_("Chacun note ses absences, ou son chef de service pour lui."))
    if ends_on < starts_on:
        raise ValidationError({"ends_on": _("La fin de l'absence ne peut pas précéder son début.")})
    if ends_on - starts_on > LONGEST_ABSENCE:
        raise ValidationError(
            {"ends_on": _("Une absence compte au plus deux ans : vérifiez l'année.")}
        )
    if replaced_by.centre_id != actor.centre_id or replaced_by.role != membership.role:
        raise ValidationError({"replaced_by": _("Choisissez un collègue de la même fonction.")})
    overlapping = Absence.objects.filter(
        centre_id=actor.centre_id, membership=membership,
        starts_on__lte=ends_on, ends_on__gte=starts_on,
    )  # fmt: skip
    if overlapping.exists():
        raise ValidationError({"starts_on": _("Une absence est déjà notée pour ces jours.")})
    absence = Absence(
        centre=actor.centre, membership=membership, replaced_by=replaced_by,
        starts_on=starts_on, ends_on=ends_on,
    )  # fmt: skip
    store(absence)
    record_act(actor, "centre.record_absence", "absence", absence.pk)
    return absence


@transaction.atomic
def undo_absence(actor: Actor, absence_id: UUID) -> None:
    """Take an absence back: it goes if it has not begun, else it ends yesterday."""
    absence = (
        Absence.objects.select_for_update(of=("self",))
        .select_related("membership")
        .filter(centre_id=actor.centre_id, pk=absence_id)
        .first()
    )
    if absence is None:
        raise RuleBroken(_("Cette absence n'est plus notée. Rechargez la page."))
    if not _may_speak_for(actor, absence.membership):
        raise PermissionDenied(_("Chacun note ses absences, ou son chef de service pour lui."))
    record_act(actor, "centre.undo_absence", "absence", absence.pk)
    if absence.starts_on >= actor.today:
        absence.delete()
        return
    absence.ends_on = actor.today - timedelta(days=1)
    store(absence)


# One's own account ------------------------------------------------------------------------


@transaction.atomic
def change_own_name(actor: Actor, first_name: str, last_name: str) -> User:
    """Correct how one is called in the house."""
    user = User.objects.select_for_update().get(pk=actor.user.pk)
    user.first_name, user.last_name = first_name.strip(), last_name.strip()
    user.full_clean(exclude=["password"])
    user.save(update_fields=["first_name", "last_name"])
    record_act(actor, "account.change_name", "user", user.pk)
    return user


@transaction.atomic
def change_own_password(actor: Actor, password: str) -> User:
    """Choose a new password; the form checked the old one and the strength of the new one.

    Every other session of the user ends: a session holds only as long as its password.
    """
    user = User.objects.select_for_update().get(pk=actor.user.pk)
    user.set_password(password)
    user.must_change_password = False
    user.save(update_fields=["password", "must_change_password"])
    record_act(actor, "account.change_password", "user", user.pk)
    return user


# The centre -------------------------------------------------------------------------------

CENTRE_FIELDS = (
    "name", "short_name", "enterprise_number", "nis_code", "address", "postal_code", "city",
    "phone", "email", "opening_hours", "language", "labour_tribunal", "labour_tribunal_address",
    "convocation_clear_days", "payment_rhythm",
)  # fmt: skip


@transaction.atomic
def change_centre(actor: Actor, fields: Mapping[str, Any]) -> Centre:
    """The letterhead and the settings that are the centre's own to choose."""
    actor.demand(Permission.SETTINGS)
    centre = Centre.objects.select_for_update().get(pk=actor.centre_id)
    changed = [name for name in CENTRE_FIELDS if getattr(centre, name) != fields[name]]
    if not changed:
        return centre
    for name in changed:
        setattr(centre, name, fields[name])
    store(centre)
    record_act(actor, "centre.change_settings", "centre", centre.pk, why=",".join(changed))
    return centre


@transaction.atomic
def add_service(actor: Actor, name: str, kind: str) -> Service:
    actor.demand(Permission.SETTINGS)
    service = Service(centre=actor.centre, name=name.strip(), kind=kind)
    store(service)
    record_act(actor, "centre.add_service", "service", service.pk)
    return service


@transaction.atomic
def rename_service(actor: Actor, service_id: UUID, name: str, kind: str) -> Service:
    actor.demand(Permission.SETTINGS)
    service = _service(actor, service_id)
    service.name, service.kind = name.strip(), kind
    store(service)
    record_act(actor, "centre.rename_service", "service", service.pk)
    return service


def _service(actor: Actor, service_id: UUID) -> Service:
    found = Service.objects.select_for_update().filter(centre_id=actor.centre_id, pk=service_id)
    service = found.first()
    if service is None:
        raise Http404
    return service


@sensitive_variables("password")
@transaction.atomic
def open_account(
    actor: Actor, *, email: str, first_name: str, last_name: str, hat: Mapping[str, Any]
) -> tuple[Membership, str]:
    """Let someone work in the centre. Gives the hat, and a first password when the user is new.

    Somebody who already works elsewhere in the installation keeps their account and password.
    """
    actor.demand(Permission.SETTINGS)
    email = email.strip().lower()
    user = User.objects.filter(email=email).first()
    password = ""
    if user is None:
        password = _random_password()
        user = User.objects.create_user(
            email, password, first_name=first_name.strip(), last_name=last_name.strip(),
            must_change_password=True,
        )  # fmt: skip
        record_act(actor, "centre.open_account", "user", user.pk)
    return give_hat(actor, user, hat), password


def _random_password() -> str:
    """Sixteen random signs, to be shown once and changed at the first entry."""
    return secrets.token_urlsafe(12)


@sensitive_variables("password")
@transaction.atomic
def give_password(actor: Actor, membership_id: UUID) -> tuple[User, str]:
    """A temporary password for a colleague who lost theirs: the former one opens nothing more.

    Every session of that user ends with it. Refused for oneself (the account's page does it)
    and for somebody who also works in another centre: no administrator may come into the
    files of a centre that is not theirs.
    """
    actor.demand(Permission.SETTINGS)
    membership = membership_of_centre(actor, membership_id)
    if membership.user_id == actor.user.pk:
        raise RuleBroken(_("Votre propre mot de passe se change sur la page « Mon compte »."))
    if works_elsewhere(actor, membership):
        raise RuleBroken(
            _(
                "Cette personne travaille aussi dans un autre centre : son mot de passe se change "
                "sur le serveur, pas ici."
            )
        )
    user = User.objects.select_for_update().get(pk=membership.user_id)
    password = _random_password()
    user.set_password(password)
    user.must_change_password = True
    user.save(update_fields=["password", "must_change_password"])
    record_act(actor, "centre.give_password", "user", user.pk)
    return user, password


def works_elsewhere(actor: Actor, membership: Membership) -> bool:
    """Whether the user of that hat wears one, today or later, in another centre."""
    hats = Membership.objects.filter(user=membership.user_id).exclude(centre_id=actor.centre_id)
    return hats.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=actor.today)).exists()


@transaction.atomic
def give_hat(actor: Actor, user: User, hat: Mapping[str, Any]) -> Membership:
    """A function in the centre: role, service, from when, share of the time for files."""
    actor.demand(Permission.SETTINGS)
    if hat["role"] == Role.SYSTEM:
        raise ValidationError({"role": _("Cette fonction n'est pas pour une personne.")})
    membership = Membership(
        centre=actor.centre, user=user, role=hat["role"], service=hat["service"],
        starts_on=hat["starts_on"], ends_on=hat["ends_on"], quota=hat["quota"],
        substitute=hat["substitute"],
    )  # fmt: skip
    store(membership)
    record_act(actor, "centre.give_hat", "membership", membership.pk, why=membership.role)
    return membership


@transaction.atomic
def change_hat(actor: Actor, membership_id: UUID, hat: Mapping[str, Any]) -> Membership:
    """Until when a function is held, its share of time, the named substitute.

    Whoever leaves the function leaves the seats that hang on it the same day.
    """
    actor.demand(Permission.SETTINGS)
    membership = membership_of_centre(actor, membership_id, lock=True)
    substitute = hat["substitute"]
    if substitute is not None and substitute.user_id == membership.user_id:
        raise ValidationError({"substitute": _("On ne peut pas se remplacer soi-même.")})
    membership.service = hat["service"]
    membership.ends_on = hat["ends_on"]
    membership.quota = hat["quota"]
    membership.substitute = substitute
    store(membership)
    end_seats(actor, membership)
    record_act(actor, "centre.change_hat", "membership", membership.pk, why=membership.role)
    return membership


def membership_of_centre(actor: Actor, membership_id: UUID, *, lock: bool = False) -> Membership:
    """One hat of the centre; raises ``Http404`` for another centre's and for the system's."""
    hats = Membership.objects.filter(centre_id=actor.centre_id).exclude(role=Role.SYSTEM)
    if lock:
        hats = hats.select_for_update(of=("self",))
    membership = hats.select_related("user", "service").filter(pk=membership_id).first()
    if membership is None:
        raise Http404
    return membership
