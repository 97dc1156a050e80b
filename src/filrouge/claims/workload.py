"""The load of each social worker, so that a new claim goes where it weighs least.

A need has a weight; a worker who spends half the time on files feels it twice. The figures are
shown to the head of service, who decides; nobody above sees them (source 002: a tool of help).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q

from filrouge.base.access.actor import Actor
from filrouge.base.access.rules import Permission
from filrouge.base.centres.models import Absence, Membership, Role
from filrouge.claims.models import Aid, Claim
from filrouge.people.models import Mission, MissionKind

WEIGHTS: dict[str, int] = {
    Aid.RIS: 10,
    Aid.EQUIVALENT: 10,
    Aid.DEBT_MEDIATION: 6,
    Aid.GUIDANCE: 5,
    Aid.HOUSING: 5,
    Aid.URGENT_MEDICAL: 4,
    Aid.ENERGY: 3,
    Aid.FINANCIAL: 3,
    Aid.RENTAL_GUARANTEE: 3,
}
USUAL_WEIGHT = 2
WINDOW = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Load:
    """What a worker carries. Loads are weight points per full-time equivalent, last 30 days."""

    worker: Membership
    files: int
    new_claims: int
    quota: int
    load: int
    added: int
    absent: bool

    @property
    def after(self) -> int:
        return self.load + self.added

    @property
    def added_percent(self) -> int:
        """By how much the claim would raise the load, in whole percent."""
        return round(100 * self.added / self.load) if self.load else 100


def weight_of(aid: str, quota: int) -> int:
    """Weight of a need for a worker with that quota (percent): half time counts double."""
    return (WEIGHTS.get(aid, USUAL_WEIGHT) * 100 + quota // 2) // quota


def loads(actor: Actor, claim: Claim) -> list[Load]:
    """Social workers in function today, the least loaded present one first."""
    actor.demand(Permission.MISSION_ASSIGN)
    workers = [
        worker
        for worker in Membership.objects.filter(
            centre_id=actor.centre_id, role=Role.SOCIAL_WORKER
        ).select_related("user", "service")
        if worker.is_worn(actor.today)
    ]
    files = _files(actor, workers)
    recent = _recent(actor, workers)
    absent = _absent(actor, actor.today)
    rows = [
        Load(
            worker=worker,
            files=files.get(worker.pk, 0),
            new_claims=sum(recent.get(worker.pk, {}).values()),
            quota=worker.quota,
            load=sum(
                weight_of(aid, worker.quota) * count
                for aid, count in recent.get(worker.pk, {}).items()
            ),
            added=weight_of(claim.aid, worker.quota),
            absent=worker.pk in absent,
        )
        for worker in workers
    ]
    # Those of the service that received the claim first: another service is asked only on purpose.
    return sorted(
        rows,
        key=lambda row: (
            row.absent,
            row.worker.service_id != claim.service_id,
            row.after,
            row.worker.user.last_name,
        ),
    )


def _files(actor: Actor, workers: list[Membership]) -> dict[object, int]:
    rows = (
        Mission.objects.filter(
            centre_id=actor.centre_id,
            membership__in=workers,
            kind=MissionKind.REFERENT,
            ends_on__isnull=True,
        )
        .values("membership_id")
        .annotate(count=Count("pk"))
        .order_by()
    )
    return {row["membership_id"]: row["count"] for row in rows}


def _recent(actor: Actor, workers: list[Membership]) -> dict[object, dict[str, int]]:
    rows = (
        Claim.objects.filter(
            Q(received_on__gt=actor.today - WINDOW),
            centre_id=actor.centre_id,
            referent__in=workers,
        )
        .values("referent_id", "aid")
        .annotate(count=Count("pk"))
        .order_by()
    )
    found: dict[object, dict[str, int]] = {}
    for row in rows:
        found.setdefault(row["referent_id"], {})[row["aid"]] = row["count"]
    return found


def _absent(actor: Actor, on: date) -> set[object]:
    away = Absence.objects.filter(
        centre_id=actor.centre_id, starts_on__lte=on, ends_on__gte=on
    ).values_list("membership_id", flat=True)
    return set(away)
