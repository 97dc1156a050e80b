"""Everything that is written about a person, one function per thing a user does."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from filrouge.base.access.actor import Actor
from filrouge.base.access.rules import Permission
from filrouge.base.centres.models import Membership
from filrouge.base.centres.numbering import next_number
from filrouge.base.records import RuleBroken, check_version, store, store_change
from filrouge.base.trail.journal import record_act
from filrouge.people import names
from filrouge.people.access import access_person
from filrouge.people.identifiers import compact, niss_birth_date
from filrouge.people.models import (
    Asset,
    HouseholdMember,
    Income,
    Mission,
    MissionKind,
    NamePart,
    Person,
)

PERSON_FIELDS = (
    "last_name", "first_name", "birth_date", "sex", "niss", "residence_status", "nationality",
    "language", "spoken_languages", "interpreter", "phone", "email", "street", "postal_code",
    "city", "homeless", "iban",
)  # fmt: skip


@transaction.atomic
def register_person(actor: Actor, fields: Mapping[str, Any]) -> Person:
    """Open a file for a person the centre does not know yet.

    Raises ``ValidationError`` by field: wrong NISS or IBAN, birth date in the future, a NISS
    that is already known (the existing file must be opened instead).
    """
    actor.demand(Permission.IDENTITY_WRITE)
    person = Person(centre=actor.centre, registered_on=actor.today)
    fill(person, fields, actor.today)
    person.file_number = next_number(actor.centre, "person")
    store(person)
    index_names(person)
    record_act(actor, "people.register", "person", person.pk, person_id=person.pk)
    return person


@transaction.atomic
def change_identity(
    actor: Actor, person_id: UUID, fields: Mapping[str, Any], version: int | None
) -> Person:
    """Correct or complete what identifies a person; the former values stay in the trail."""
    person = access_person(actor, person_id, Permission.IDENTITY_WRITE, lock=True)
    check_version(person, version)
    before = {name: str(getattr(person, name)) for name in PERSON_FIELDS}
    fill(person, fields, actor.today)
    changed = {
        name: {"from": before[name], "to": str(getattr(person, name))}
        for name in PERSON_FIELDS
        if before[name] != str(getattr(person, name))
    }
    if not changed:
        return person
    store_change(person)
    index_names(person)
    record_act(
        actor,
        "people.change_identity",
        "person",
        person.pk,
        person_id=person.pk,
        why=",".join(sorted(changed)),
        detail=str(changed),
    )
    return person


def fill(person: Person, fields: Mapping[str, Any], today: date) -> None:
    for name in PERSON_FIELDS:
        if name in fields:
            setattr(person, name, fields[name])
    person.last_name = " ".join(person.last_name.split())
    person.first_name = " ".join(person.first_name.split())
    person.niss = compact(person.niss)
    person.iban = compact(person.iban)
    person.sort_key = names.plain(f"{person.last_name} {person.first_name}")[:161]
    _check_birth(person, today)


def _check_birth(person: Person, today: date) -> None:
    if person.birth_date is None:
        return
    if person.birth_date > today:
        raise ValidationError({"birth_date": _("La date de naissance est dans l'avenir.")})
    if person.birth_date.year < today.year - 125:
        raise ValidationError(
            {"birth_date": _("Cette date donne plus de 125 ans : vérifiez l'année.")}
        )
    carried = niss_birth_date(person.niss) if person.niss else None
    if carried is not None and carried != person.birth_date:
        raise ValidationError(
            {
                "birth_date": _(
                    "Le numéro national indique une naissance le %(date)s : l'un des deux est faux."
                )
                % {"date": carried.strftime("%d/%m/%Y")}
            }
        )


def index_names(person: Person) -> None:
    """Write the search parts of one person again."""
    NamePart.objects.filter(person=person).delete()
    NamePart.objects.bulk_create(
        NamePart(centre_id=person.centre_id, person=person, part=part)
        for part in sorted(names.parts(person.last_name, person.first_name))
    )


@transaction.atomic
def give_mission(
    actor: Actor,
    person_id: UUID,
    membership: Membership,
    kind: MissionKind,
    *,
    reason: str = "",
    need: Permission = Permission.MISSION_ASSIGN,
) -> Mission:
    """Let a colleague follow a file from today on. A new referent ends the former one."""
    person = access_person(actor, person_id, need, lock=True)
    if membership.centre_id != actor.centre_id:
        raise RuleBroken(_("Ce collègue n'appartient pas au centre."))
    running = Mission.objects.filter(centre_id=actor.centre_id, person=person, ends_on__isnull=True)
    if kind in (MissionKind.REFERENT, MissionKind.INSERTION):
        end_missions(running.filter(kind=kind).exclude(membership=membership), actor.today)
    known = running.filter(kind=kind, membership=membership).first()
    if known is not None:
        return known
    mission = Mission(
        centre=actor.centre,
        person=person,
        membership=membership,
        service=membership.service,
        kind=kind,
        starts_on=actor.today,
        reason=reason,
    )
    store(mission)
    record_act(
        actor, "people.give_mission", "mission", mission.pk, person_id=person.pk, why=kind.value
    )
    return mission


@transaction.atomic
def end_mission(actor: Actor, person_id: UUID, mission_id: UUID) -> Mission:
    """End a colleague's mission: from tomorrow on the file is closed to them."""
    person = access_person(actor, person_id, Permission.MISSION_ASSIGN, lock=True)
    mission = Mission.objects.filter(
        centre_id=actor.centre_id, person=person, pk=mission_id, ends_on__isnull=True
    ).first()
    if mission is None:
        raise RuleBroken(_("Cette mission est déjà terminée. Rechargez la page."))
    end_missions([mission], actor.today)
    record_act(
        actor, "people.end_mission", "mission", mission.pk, person_id=person.pk, why=mission.kind
    )
    return mission


def end_missions(missions: Any, today: date) -> None:
    """Close missions yesterday, or today for those that began today."""
    for mission in missions:
        mission.ends_on = max(mission.starts_on, today - timedelta(days=1))
        store(mission)


@transaction.atomic
def add_household_member(
    actor: Actor, person_id: UUID, fields: Mapping[str, Any]
) -> HouseholdMember:
    """Record that someone lives with the person from a day on."""
    person = access_person(actor, person_id, Permission.FILE_WRITE, lock=True)
    member = HouseholdMember(centre=actor.centre, person=person, **fields)
    if member.birth_date is not None and member.birth_date > actor.today:
        raise ValidationError({"birth_date": _("La date de naissance est dans l'avenir.")})
    if (names.plain(str(member)), member.birth_date) == (
        names.plain(person.full_name),
        person.birth_date,
    ):
        raise ValidationError(
            {"last_name": _("La personne elle-même est déjà comptée dans le ménage.")}
        )
    store(member)
    record_act(actor, "people.add_household_member", "household", member.pk, person_id=person.pk)
    return member


@transaction.atomic
def add_income(actor: Actor, person_id: UUID, fields: Mapping[str, Any]) -> Income:
    """Record a resource that comes in regularly."""
    person = access_person(actor, person_id, Permission.FILE_WRITE, lock=True)
    income = Income(centre=actor.centre, person=person, **fields)
    store(income)
    record_act(actor, "people.add_income", "income", income.pk, person_id=person.pk)
    return income


@transaction.atomic
def add_asset(actor: Actor, person_id: UUID, fields: Mapping[str, Any]) -> Asset:
    """Record capital or property."""
    person = access_person(actor, person_id, Permission.FILE_WRITE, lock=True)
    asset = Asset(centre=actor.centre, person=person, **fields)
    store(asset)
    record_act(actor, "people.add_asset", "asset", asset.pk, person_id=person.pk)
    return asset


@transaction.atomic
def end_fact(
    actor: Actor,
    person_id: UUID,
    model: type[HouseholdMember | Income | Asset],
    key: UUID,
    ends_on: date,
) -> None:
    """Say until when a household member, an income or an asset counts; nothing is deleted."""
    person = access_person(actor, person_id, Permission.FILE_WRITE, lock=True)
    fact = model.objects.filter(centre_id=actor.centre_id, person=person, pk=key).first()
    if fact is None:
        raise RuleBroken(_("Cette ligne n'existe plus. Rechargez la page."))
    if ends_on < fact.starts_on:
        raise ValidationError({"ends_on": _("La fin ne peut pas précéder le début.")})
    fact.ends_on = ends_on
    store(fact)
    record_act(actor, f"people.end_{model.__name__.lower()}", "fact", fact.pk, person_id=person.pk)
