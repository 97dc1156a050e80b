"""A small house to test in, made through the real actions."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from filrouge.base.access.actor import BRUSSELS, Actor, system_actor
from filrouge.base.centres.models import Centre, Membership, Role, Service, ServiceKind, User
from filrouge.people.actions import register_person
from filrouge.people.models import Person

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=BRUSSELS)
PASSWORD = "un fil rouge de laine"


def centre(short_name: str = "Valbourg") -> Centre:
    """A centre of that name, made once."""
    return Centre.objects.get_or_create(
        short_name=short_name,
        defaults={
            "name": f"CPAS de {short_name}",
            "address": "rue du Fil 1",
            "postal_code": "5990",
            "city": short_name,
            "labour_tribunal": "Tribunal du travail de Liège",
            "labour_tribunal_address": "place Saint-Lambert 30, 4000 Liège",
        },
    )[0]


def service(
    of: Centre, name: str = "Service social général", kind: ServiceKind = ServiceKind.GENERAL
) -> Service:
    return Service.objects.get_or_create(centre=of, name=name, defaults={"kind": kind})[0]


def hat(
    of: Centre,
    role: Role = Role.SOCIAL_WORKER,
    *,
    name: str = "",
    team: Service | None = None,
    password: str | None = None,
) -> Membership:
    """A function in the centre, held by the user of that name (made once)."""
    name = name or str(role.value)
    email = f"{name}@{of.short_name}.example".lower().replace(" ", ".")
    user = User.objects.filter(email=email).first() or User.objects.create_user(
        email, password, first_name="Prénom", last_name=name.title()
    )
    return Membership.objects.get_or_create(
        centre=of, user=user, role=role, service=team, defaults={"starts_on": date(2020, 1, 1)}
    )[0]


def actor(
    of: Centre, role: Role = Role.SOCIAL_WORKER, *, now: datetime = MONDAY, **more: Any
) -> Actor:
    return Actor(membership=hat(of, role, **more), now=now)


def system(of: Centre, now: datetime = MONDAY) -> Actor:
    return system_actor(of, now)


def niss(born: date, serial: int) -> str:
    """A national number with the right check digits."""
    stem = f"{born:%y%m%d}{serial:03d}"
    value = int(f"2{stem}" if born.year >= 2000 else stem)
    return f"{stem}{97 - value % 97:02d}"


def person(of: Centre, last_name: str = "Dubois", first_name: str = "Marie", **more: Any) -> Person:
    """A person known to the centre, registered by the system actor."""
    return register_person(system(of), {"last_name": last_name, "first_name": first_name, **more})
