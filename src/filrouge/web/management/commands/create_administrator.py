"""``filrouge create_administrator``: the first centre and the first person who signs in."""

from __future__ import annotations

import getpass
import os
import sys
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from filrouge.base.access.actor import BRUSSELS, system_actor
from filrouge.base.centres.models import Centre, Membership, Role, User
from filrouge.base.records import store
from filrouge.base.trail.journal import record_act
from filrouge.web.management.commands._plain import PlainCommand

CENTRE_FIELDS = (
    "name",
    "address",
    "postal_code",
    "city",
    "labour_tribunal",
    "labour_tribunal_address",
)
"""Asked only when the centre does not exist yet."""
USER_FIELDS = ("email", "first_name", "last_name")
PASSWORD_VARIABLE = "FILROUGE_ADMIN_PASSWORD"  # noqa: S105


def option(field: str) -> str:
    return f"--{field.replace('_', '-')}"


def label(field: str) -> str:
    model = Centre if field in (*CENTRE_FIELDS, "short_name") else User
    of_centre = " du centre" if field in ("name", "address") else ""
    return f"{model._meta.get_field(field).verbose_name}{of_centre}"  # type: ignore[union-attr]


class Command(PlainCommand):
    help = "ouvrir un centre et son premier compte d'administrateur"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--centre", metavar="NOM COURT", help="centre existant ou à ouvrir")
        for field in (*CENTRE_FIELDS, *USER_FIELDS):
            parser.add_argument(option(field), help=label(field))
        parser.epilog = (
            "Ce qui manque est demandé. Sans terminal, le mot de passe est lu dans la variable "
            f"{PASSWORD_VARIABLE}."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        short_name = options["centre"] or ask("Nom court du centre", "--centre")
        centre = Centre.objects.filter(short_name=short_name).first()
        if centre is None:
            centre = Centre(short_name=short_name, **self.answers(CENTRE_FIELDS, options))
        user = self.known_or_new_user(options)
        is_new = user._state.adding
        if is_new:
            user.set_password(chosen_password(user))
        hire(centre, user)
        done = "Compte ouvert" if is_new else "Compte déjà connu"
        self.stdout.write(
            f"{done} : {user.email}, administrateur de {centre.name}. "
            "Il règle le centre et ouvre les autres comptes ; il ne lit aucun dossier."
        )

    def answers(self, fields: tuple[str, ...], options: dict[str, Any]) -> dict[str, str]:
        missing = [option(field) for field in fields if not options[field]]
        if missing and not sys.stdin.isatty():
            raise CommandError(f"Il manque : {', '.join(missing)}.", returncode=2)
        return {
            field: options[field] or ask(label(field).capitalize(), option(field))
            for field in fields
        }

    def known_or_new_user(self, options: dict[str, Any]) -> User:
        email = (options["email"] or ask("Adresse électronique", "--email")).strip().lower()
        known = User.objects.filter(email=email).first()
        if known is not None:
            return known
        named = self.answers(("first_name", "last_name"), options)
        user = User(email=email, **named)
        user.full_clean(exclude=["password"])
        return user


def ask(question: str, flag: str) -> str:
    """Ask until there is an answer; without a terminal, say which option was forgotten."""
    if not sys.stdin.isatty():
        raise CommandError(f"Il manque : {flag}.", returncode=2)
    while not (answer := input(f"{question} : ").strip()):
        pass
    return answer


def chosen_password(user: User) -> str:
    """A password good enough, typed twice or taken from the environment."""
    given = os.environ.get(PASSWORD_VARIABLE, "")
    if given or not sys.stdin.isatty():
        if not given:
            raise CommandError(
                f"Il manque le mot de passe, dans {PASSWORD_VARIABLE}.", returncode=2
            )
        validate_password(given, user)
        return given
    while True:
        first = getpass.getpass("Mot de passe (12 signes ou plus) : ")
        try:
            validate_password(first, user)
        except ValidationError as error:
            print(" ".join(error.messages))
            continue
        if first == getpass.getpass("Encore une fois : "):
            return first
        print("Les deux ne sont pas pareils.")


@transaction.atomic
def hire(centre: Centre, user: User) -> Membership:
    """Write what is new of the centre, the user and the hat, and trace it."""
    now = timezone.now()
    today = now.astimezone(BRUSSELS).date()
    if centre._state.adding:
        store(centre)
    if user._state.adding:
        user.save()
    known = Membership.objects.filter(
        centre=centre, user=user, role=Role.ADMINISTRATOR, ends_on__isnull=True
    ).first()
    if known is not None:
        return known
    hat = Membership(centre=centre, user=user, role=Role.ADMINISTRATOR, starts_on=today)
    store(hat)
    record_act(system_actor(centre, now), "centres.create_administrator", "membership", hat.pk)
    return hat
