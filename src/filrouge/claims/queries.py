"""Reading about claims: lists, the stage of one, what its inquiry still lacks, its case."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from filrouge.base.access.actor import Actor
from filrouge.base.access.rules import Permission
from filrouge.base.centres.models import Membership
from filrouge.base.trail import reading
from filrouge.claims.access import visible_to
from filrouge.claims.models import (
    CONDITIONS,
    USUAL_EVIDENCE,
    Aid,
    Claim,
    Finding,
    FirstPayment,
    FrozenEntitlement,
    HomeVisit,
    Notification,
    Proposal,
    Result,
    State,
)
from filrouge.council.models import GRANTING, AgendaItem, Decision
from filrouge.dossier.documents import queries as documents
from filrouge.dossier.documents.models import Document, DocumentKind, DocumentRequest
from filrouge.dossier.terms.queries import terms_of
from filrouge.law import category as law_category
from filrouge.law.case import (
    Capital,
    Case,
    Cohabitant,
    Income,
    IncomeKind,
    Period,
    Property,
    PropertyKind,
    Spouse,
)
from filrouge.law.category import COUPLE, Category, CategoryProposal, Member, Relation
from filrouge.law.money import Cents
from filrouge.people import queries as people
from filrouge.people.models import AssetKind, HouseholdMember

PAGE = 25

STAGES = {
    "registered": _("enregistrée"),
    "inquiry": _("en enquête"),
    "proposed": _("à approuver"),
    "approved": _("à inscrire"),
    "scheduled": _("à l'ordre du jour"),
    "decided": _("à notifier"),
    "notified": _("notifiée"),
    "transferred": _("transmise"),
    "withdrawn": _("retirée"),
}


def with_stage(claims: QuerySet[Claim]) -> QuerySet[Claim]:
    """Annotate what is read from facts: on an agenda, decided, notified."""
    return claims.annotate(**_facts())


@cache
def _facts() -> dict[str, Exists]:
    """The three questions, built once for the process: they are in most pages."""
    decided = Decision.objects.filter(
        centre_id=OuterRef("centre_id"), subject_id=OuterRef("pk"), subject_kind="claim"
    )
    # The decision in force is the latest: one that replaces another is still to be notified.
    in_force = Decision.objects.filter(
        centre_id=OuterRef("centre_id"), subject_id=OuterRef("claim_id"), subject_kind="claim"
    ).order_by("-decided_at", "-id")
    notified = Notification.objects.filter(
        centre_id=OuterRef("centre_id"),
        claim_id=OuterRef("pk"),
        sent_on__isnull=False,
        decision_id=Subquery(in_force.values("pk")[:1]),
    )
    scheduled = AgendaItem.objects.filter(
        centre_id=OuterRef("centre_id"), subject_id=OuterRef("pk"), removed_at__isnull=True
    )
    return {
        "is_decided": Exists(decided),
        "is_notified": Exists(notified),
        "is_scheduled": Exists(scheduled),
    }


def stage_of(claim: Claim) -> str:
    """Key of ``STAGES`` for a claim that ``with_stage`` annotated."""
    if claim.state in (State.TRANSFERRED, State.WITHDRAWN):
        return claim.state
    for flag, stage in (
        ("is_notified", "notified"),
        ("is_decided", "decided"),
        ("is_scheduled", "scheduled"),
    ):
        if getattr(claim, flag):
            return stage
    return claim.state


def at_stage(claims: QuerySet[Claim], stage: str) -> QuerySet[Claim]:
    """Keep the annotated claims that stand at one stage."""
    closed = Q(state__in=[State.TRANSFERRED, State.WITHDRAWN])
    conditions = {
        "notified": Q(is_notified=True) & ~closed,
        "decided": Q(is_decided=True, is_notified=False) & ~closed,
        "scheduled": Q(is_scheduled=True, is_decided=False) & ~closed,
        "transferred": Q(state=State.TRANSFERRED),
        "withdrawn": Q(state=State.WITHDRAWN),
    }
    in_hand = Q(state=stage, is_scheduled=False, is_decided=False)
    return claims.filter(conditions.get(stage, in_hand))


@dataclass(frozen=True, slots=True)
class Filters:
    """What the list of claims is narrowed to; every part lives in the address."""

    stage: str = ""
    aid: str = ""
    mine: bool = False
    text: str = ""
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    rows: list[Claim]
    next_cursor: str | None


def list_page(
    actor: Actor,
    filters: Filters,
    *,
    after: str = "",
    need: Permission = Permission.CLAIM_READ,
    size: int = PAGE,
) -> Page:
    """Claims that the actor may see, latest entry first, paged by key."""
    claims = narrowed(actor, filters, need)
    if after:
        year, _separator, number = after.partition("-")
        if year.isdecimal() and number.isdecimal():
            claims = claims.filter(
                Q(year__lt=int(year)) | Q(year=int(year), number__lt=int(number))
            )
    rows = list(_shown(actor, claims[: size + 1]))
    more, rows = len(rows) > size, rows[:size]
    for row in rows:
        row.stage = stage_of(row)  # type: ignore[attr-defined]
        row.stage_label = STAGES[stage_of(row)]  # type: ignore[attr-defined]
    reading.note_listed(row.person_id for row in rows)
    return Page(rows, f"{rows[-1].year}-{rows[-1].number}" if more else None)


def narrowed(actor: Actor, filters: Filters, need: Permission) -> QuerySet[Claim]:
    """The filtered claims, in the order of the register, latest first."""
    claims = visible_to(actor, need)
    if filters.mine:
        claims = claims.filter(referent_id__in=actor.stands_for)
    if filters.aid:
        claims = claims.filter(aid=filters.aid)
    if filters.urgent:
        claims = claims.filter(urgent=True)
    if filters.stage:
        claims = at_stage(with_stage(claims), filters.stage)
    if filters.text:
        claims = claims.filter(_matching(actor, filters.text))
    return claims.order_by("-year", "-number")


def _shown(actor: Actor, chosen: QuerySet[Claim]) -> QuerySet[Claim]:
    """Some of the narrowed claims, with their stage and everybody they name.

    The stage is asked of these rows only: for a whole list PostgreSQL finds the stage of every
    claim of the centre first (half a second among 50,000 people). The few colleagues who follow
    them are read once, not once a line.
    """
    hats = Membership.objects.filter(centre_id=actor.centre_id).select_related("user")
    claims = Claim.objects.filter(centre_id=actor.centre_id, pk__in=chosen.values("pk"))
    claims = with_stage(claims).select_related("person", "service")
    return claims.prefetch_related(Prefetch("referent", hats)).order_by("-year", "-number")


def _matching(actor: Actor, text: str) -> Q:
    year, separator, number = text.strip().partition("-")
    if separator and year.isdecimal() and number.isdecimal():
        return Q(year=int(year), number=int(number))
    return Q(person__in=people.matching(actor, text))


def claims_of(actor: Actor, person_id: UUID) -> list[Claim]:
    """The claims of a person whose file the caller opened, latest first."""
    claims = with_stage(Claim.objects.filter(centre_id=actor.centre_id, person_id=person_id))
    rows = list(claims.order_by("-year", "-number"))
    for row in rows:
        row.stage = stage_of(row)  # type: ignore[attr-defined]
        row.stage_label = STAGES[stage_of(row)]  # type: ignore[attr-defined]
    return rows


def decision_on(actor: Actor, claim: Claim) -> Decision | None:
    """The decision in force on a claim: the latest."""
    return (
        Decision.objects.filter(
            centre_id=actor.centre_id, subject_id=claim.pk, subject_kind="claim"
        )
        .select_related("body", "item__session")
        .order_by("-decided_at", "-id")
        .first()
    )


def agenda_item_of(actor: Actor, claim: Claim) -> AgendaItem | None:
    """The latest agenda item that still stands for a claim."""
    return (
        AgendaItem.objects.filter(
            centre_id=actor.centre_id, subject_id=claim.pk, removed_at__isnull=True
        )
        .select_related("session__body")
        .order_by("-session__starts_at", "-id")
        .first()
    )


def untold_transfers(actor: Actor) -> QuerySet[Claim]:
    """Requests sent on to another centre that stand on no agenda yet: a body takes note of each."""
    told = AgendaItem.objects.filter(
        centre_id=actor.centre_id, subject_id=OuterRef("pk"), removed_at__isnull=True
    )
    return (
        visible_to(actor, Permission.CLAIM_NOTIFY)
        .filter(~Exists(told), state=State.TRANSFERRED)
        .select_related("person", "transfer")
        .order_by("transfer__sent_on", "id")
    )


@dataclass(frozen=True, slots=True)
class ConditionLine:
    """One condition of the inquiry with its latest finding and the papers that may prove it."""

    key: str
    label: str
    question: str
    article: str
    note: str
    exemptions: tuple[str, ...]
    finding: Finding | None
    papers: tuple[Document, ...]
    missing: tuple[tuple[str, str], ...]
    asked: tuple[DocumentRequest, ...]

    @property
    def result(self) -> str:
        return self.finding.result if self.finding else Result.UNKNOWN.value

    @property
    def result_label(self) -> str:
        return str(Result(self.result).label)


def findings_of(actor: Actor, claim: Claim) -> dict[str, Finding]:
    """The latest finding on each condition."""
    rows = (
        Finding.objects.filter(centre_id=actor.centre_id, claim=claim)
        .select_related("recorded_by__user")
        .prefetch_related("evidence")
        .order_by("recorded_at", "id")
    )
    return {finding.condition: finding for finding in rows}


def condition_lines(actor: Actor, claim: Claim) -> list[ConditionLine]:
    """The six conditions as they stand: found, proved, still missing."""
    latest = findings_of(actor, claim)
    valid = documents.valid_on(actor, claim.person, actor.today)
    asked = list(documents.open_requests(actor, claim.person))
    return [_condition_line(key, latest.get(key), valid, asked) for key in CONDITIONS]


def _condition_line(
    key: str,
    finding: Finding | None,
    valid: Iterable[Document],
    asked: Iterable[DocumentRequest],
) -> ConditionLine:
    condition = CONDITIONS[key]
    usual = USUAL_EVIDENCE[key]
    papers = tuple(document for document in valid if document.kind in usual)
    requests = tuple(request for request in asked if request.kind in usual)
    present = {document.kind for document in papers} | {request.kind for request in requests}
    missing = tuple((kind.value, str(kind.label)) for kind in usual if kind.value not in present)
    return ConditionLine(
        key=key,
        label=condition.label,
        question=condition.question,
        article=condition.article,
        note=condition.note,
        exemptions=tuple(exemption.value for exemption in condition.exemptions),
        finding=finding,
        papers=papers,
        missing=missing,
        asked=requests,
    )


def missing_kinds(lines: Iterable[ConditionLine]) -> list[tuple[str, str]]:
    """What might usefully be asked: for conditions not established, papers found nowhere."""
    wanted = dict.fromkeys(
        pair for line in lines if line.result == Result.UNKNOWN for pair in line.missing
    )
    return [pair for pair in wanted if pair[0] in DocumentKind.values]


def unknown_conditions(actor: Actor, claim: Claim) -> list[str]:
    """Labels of what the inquiry has still to establish before a proposal."""
    if Aid(claim.aid) is not Aid.RIS:
        return [] if claim.state_of_need else [str(_("l'état de besoin"))]
    latest = findings_of(actor, claim)
    return [
        condition.label
        for key, condition in CONDITIONS.items()
        if key not in latest or latest[key].result == Result.UNKNOWN
    ]


def latest_entitlement(actor: Actor, claim: Claim) -> FrozenEntitlement | None:
    """The computation a proposal rests on: the last one frozen."""
    return (
        FrozenEntitlement.objects.filter(centre_id=actor.centre_id, claim=claim)
        .select_related("frozen_by__user")
        .order_by("-frozen_at", "-id")
        .first()
    )


def latest_proposal(actor: Actor, claim: Claim) -> Proposal | None:
    """The proposal in force, with its review when there is one."""
    return (
        Proposal.objects.filter(centre_id=actor.centre_id, claim=claim)
        .select_related("author__user", "entitlement", "review__reviewer__user")
        .order_by("-proposed_at", "-id")
        .first()
    )


def visits_of(actor: Actor, claim: Claim) -> list[HomeVisit]:
    visits = HomeVisit.objects.filter(centre_id=actor.centre_id, claim=claim)
    return list(visits.select_related("visited_by__user").order_by("-visited_on", "-id"))


def notification_of(actor: Actor, claim: Claim) -> Notification | None:
    """What tells the decision in force; ``None`` while it is still to be prepared."""
    in_force = Decision.objects.filter(
        centre_id=actor.centre_id, subject_id=claim.pk, subject_kind="claim"
    ).order_by("-decided_at", "-id")
    return (
        Notification.objects.filter(
            centre_id=actor.centre_id, claim=claim, decision_id=Subquery(in_force.values("pk")[:1])
        )
        .select_related("letter", "president__user", "director__user", "decision")
        .first()
    )


def payment_of(actor: Actor, decision: Decision) -> FirstPayment | None:
    return FirstPayment.objects.filter(centre_id=actor.centre_id, decision=decision).first()


# ---------------------------------------------------------------- the case of the computation


def category_for(actor: Actor, claim: Claim, on: date) -> CategoryProposal:
    """The category that the household of that day suggests, with its reason."""
    members = [
        Member(
            relation=Relation(member.relation),
            birth_date=member.birth_date,
            shares_household=member.shares_household,
            is_dependent=member.dependent,
        )
        for member in people.household_on(actor, claim.person, on)
    ]
    return law_category.propose(members, on)


def case_for(
    actor: Actor,
    claim: Claim,
    on: date,
    *,
    category: Category | None = None,
    starts_on: date | None = None,
) -> Case:
    """The case of ``law.ris`` from the dated facts of the file; nothing is asked twice.

    Raises ``law.case.CaseError`` when the facts are impossible together.
    """
    proposed = category_for(actor, claim, on)
    household = people.household_on(actor, claim.person, on)
    assets = people.assets_on(actor, claim.person, on)
    return Case(
        on=on,
        category=category or proposed.category,
        requested_on=claim.received_on,
        starts_on=starts_on or claim.received_on,
        children=proposed.children,
        incomes=tuple(
            Income(
                kind=IncomeKind(income.kind),
                amount=Cents(income.amount_cents),
                period=Period(income.period),
                label=income.label,
                spi=income.exempted_work,
            )
            for income in people.incomes_on(actor, claim.person, on)
        ),
        capital=tuple(
            Capital(
                amount=Cents(asset.amount_cents),
                share=(asset.share_numerator, asset.share_denominator),
                label=asset.label,
            )
            for asset in assets
            if asset.kind == AssetKind.CAPITAL
        ),
        properties=tuple(
            Property(
                kind=PropertyKind(asset.kind),
                cadastral_income=Cents(asset.amount_cents),
                share=(asset.share_numerator, asset.share_denominator),
                mortgage_interest=Cents(asset.mortgage_interest_cents),
                rent=None if asset.rent_cents is None else Cents(asset.rent_cents),
            )
            for asset in assets
            if asset.kind != AssetKind.CAPITAL
        ),
        spouse=_spouse(household),
        cohabitants=tuple(
            Cohabitant(Relation(member.relation), member.birth_date, str(member))
            for member in household
            if Relation(member.relation) not in COUPLE
        ),
    )


def _spouse(household: Iterable[HouseholdMember]) -> Spouse | None:
    for member in household:
        if Relation(member.relation) in COUPLE:
            return Spouse(
                net_monthly=Cents(member.net_monthly_cents or 0),
                has_right_to_integration=member.has_right_to_integration,
            )
    return None


# ---------------------------------------------------------------- payments and load


@dataclass(frozen=True, slots=True)
class Payable:
    """A granted decision as the financial director sees it: no grounds."""

    claim: Claim
    decision: Decision
    due_on: date | None
    paid: FirstPayment | None


def payable(actor: Actor, *, only_due: bool = True) -> list[Payable]:
    """Granted decisions to pay, the oldest first; or all of them, the latest first."""
    actor.demand(Permission.PAYMENT_READ)
    decisions = Decision.objects.filter(
        centre_id=actor.centre_id,
        subject_kind="claim",
        measure__in=GRANTING,
        amount_cents__isnull=False,
    ).select_related("first_payment")
    if only_due:
        decisions = decisions.filter(first_payment__isnull=True)
    order = ("decided_on", "id") if only_due else ("-decided_on", "-id")
    rows = list(decisions.order_by(*order)[:200])
    claims = {
        claim.pk: claim
        for claim in Claim.objects.filter(
            centre_id=actor.centre_id, pk__in=[row.subject_id for row in rows]
        ).select_related("person")
    }
    due = _payment_terms(actor, [row.subject_id for row in rows])
    reading.note_listed(claim.person_id for claim in claims.values())
    return [
        Payable(
            claims[row.subject_id],
            row,
            due.get(row.subject_id),
            getattr(row, "first_payment", None),
        )
        for row in rows
        if row.subject_id in claims
    ]


def _payment_terms(actor: Actor, claim_ids: list[UUID]) -> dict[UUID, date]:
    return {
        term.subject_id: term.due_on
        for term in terms_of(actor, claim_ids)
        if term.kind == "payment" and term.stopped_on is None
    }


def export_rows(actor: Actor, filters: Filters, limit: int) -> list[Claim]:
    """The claims of an export: within the reach of the export right, logged as opened."""
    actor.demand(Permission.EXPORT_LIST)
    actor.demand(Permission.CLAIM_READ)
    rows = list(_shown(actor, narrowed(actor, filters, Permission.EXPORT_LIST)[:limit]))
    for row in rows:
        reading.note_opened(row.person_id, subject_kind="export")
    return rows
