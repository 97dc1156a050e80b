"""Who is in the room, and whether that is enough to deliberate and to vote."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from filrouge.base.records import RuleBroken
from filrouge.council.models import AgendaItem, Attendance, Session


def of(session: Session) -> QuerySet[Attendance]:
    """The members' presence, who presides first, then by name."""
    return (
        Attendance.objects.filter(centre_id=session.centre_id, session=session)
        .select_related("membership__user")
        .order_by("-presides", "membership__user__last_name", "membership__user__first_name", "id")
    )


def needed(members: int) -> int:
    """The smallest number that is more than half of the members in function."""
    return members // 2 + 1


def demand_quorum(present: int, members: int) -> None:
    """Raise ``RuleBroken`` with the figures when too few members are in the room."""
    if present >= needed(members):
        return
    raise RuleBroken(
        _(
            "Le quorum n'est pas atteint : %(present)d présent(s) sur %(members)d membres en "
            "fonction, il en faut au moins %(needed)d."
        )
        % {"present": present, "members": members, "needed": needed(members)}
    )


def voters(item: AgendaItem, attending: Iterable[Attendance]) -> list[Attendance]:
    """The members in the room who have not withdrawn from this point."""
    withdrawn = {one.membership_id for one in item.withdrawals.all()}
    return [one for one in attending if one.in_the_room and one.membership_id not in withdrawn]
