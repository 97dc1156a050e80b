"""The person who acts, in the hat they wear now, at the moment they act."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cached_property
from uuid import UUID
from zoneinfo import ZoneInfo

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.utils.translation import gettext as _

from filrouge.base.access.rules import Permission, Scope, scope_of
from filrouge.base.centres.models import Absence, Centre, Membership, Role, Service, User

BRUSSELS = ZoneInfo("Europe/Brussels")
SYSTEM_EMAIL = "systeme@filrouge.invalid"


@dataclass(frozen=True)
class Actor:
    """A hat worn at an instant. Everything that reads or writes is told who asks.

    ``now`` is an aware instant; ``today`` is its legal date in Brussels. ``address`` is the
    network address for the trail, empty for commands.
    """

    membership: Membership
    now: datetime
    address: str = ""
    request_id: str = ""

    @property
    def user(self) -> User:
        return self.membership.user

    @property
    def centre(self) -> Centre:
        return self.membership.centre

    @property
    def centre_id(self) -> UUID:
        return self.membership.centre_id

    @property
    def service(self) -> Service | None:
        return self.membership.service

    @property
    def role(self) -> Role:
        return Role(self.membership.role)

    @property
    def today(self) -> date:
        return self.now.astimezone(BRUSSELS).date()

    @cached_property
    def stands_for(self) -> tuple[UUID, ...]:
        """Keys of the hats whose queue is the actor's today: their own and those replaced."""
        replaced = Absence.objects.filter(
            centre_id=self.centre_id,
            replaced_by=self.membership,
            starts_on__lte=self.today,
            ends_on__gte=self.today,
        ).values_list("membership_id", flat=True)
        return (self.membership.pk, *replaced)

    @cached_property
    def service_ids(self) -> tuple[UUID, ...]:
        """Services whose files a service-wide permission covers today.

        One's own, and those of the heads whose named substitute or replacement one is.
        """
        others = Membership.objects.filter(
            Q(pk__in=self.stands_for) | Q(substitute=self.membership),
            centre_id=self.centre_id,
            service__isnull=False,
        )
        own = [self.membership.service_id] if self.membership.service_id else []
        return tuple({*own, *others.values_list("service_id", flat=True)})

    def scope(self, permission: Permission) -> Scope:
        return scope_of(self.role, permission)

    def may(self, permission: Permission) -> bool:
        """Whether the hat gives the permission on anything at all."""
        return self.scope(permission) > Scope.NONE

    def demand(self, permission: Permission) -> Scope:
        """The reach of the permission; raises ``PermissionDenied`` when there is none."""
        scope = self.scope(permission)
        if scope is Scope.NONE:
            raise PermissionDenied(_("Votre fonction ne donne pas accès à ceci."))
        return scope

    def at(self, moment: datetime) -> Actor:
        """The same hat at another instant (entering history, demo)."""
        return replace(self, now=moment)

    def later(self, **delta: float) -> Actor:
        return self.at(self.now + timedelta(**delta))


def system_actor(centre: Centre, now: datetime) -> Actor:
    """The named actor of commands and jobs in *centre*; made on first use."""
    user, made = User.objects.get_or_create(
        email=SYSTEM_EMAIL,
        defaults={"first_name": "Filrouge", "last_name": "système", "is_system": True},
    )
    if made:
        user.set_unusable_password()
        user.save(update_fields=["password"])
    membership, _made = Membership.objects.get_or_create(
        centre=centre,
        user=user,
        role=Role.SYSTEM,
        service=None,
        defaults={"starts_on": date(2000, 1, 1)},
    )
    return Actor(membership=membership, now=now)
