"""What the formula needs: ints for one case, int64 arrays for a population."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from math import lcm
from typing import Any

from filrouge.law.case import (
    Case,
    Cohabitant,
    Income,
    IncomeKind,
    Ownership,
    PropertyKind,
    Share,
    SpiKind,
    Transfer,
)
from filrouge.law.category import ADULT_AGE
from filrouge.law.days import DAYS_PER_YEAR, day_number, month_length
from filrouge.law.money import MAX_AMOUNT
from filrouge.law.operations import Items, OneCase, Whole, is_absent

NO_DECISION = -1
"""Value of `attribution` when the centre decided nothing."""

RIGHTS = {Ownership.FULL: 1, Ownership.USUFRUCT: 2, Ownership.BARE: 3}
"""Number of each right held, in columns."""


@dataclass(frozen=True, slots=True)
class CapitalFigures:
    """Capitals held in one share: amount in cents and share, both over the denominator."""

    amount: Whole = 0
    share: Whole = 0


@dataclass(frozen=True, slots=True)
class PropertyFigures:
    """One property; yearly cents.

    Attributes:
        built: 1 built, 0 unbuilt.
        income, rent: cadastral income and rent × share, over the denominator.
        share: share over the denominator; 0 for bare ownership, which counts for nothing.
        interest: mortgage interest and life annuity paid by the applicant.
    """

    built: Whole = 1
    income: Whole = 0
    share: Whole = 0
    interest: Whole = 0
    rent: Whole = 0


@dataclass(frozen=True, slots=True)
class TransferFigures:
    """One thing given or sold.

    Attributes:
        on: day number of the transfer.
        value: market value of the whole, in cents.
        share_top, share_bottom: the applicant's share.
        right: 1 full ownership, 2 usufruct, 3 bare ownership.
        for_value: 1 sold, 0 given.
        home: 1 for the home or the only unbuilt property.
        debts: debts paid from the price, in cents.
        percent: part the centre counts (art. 32), 100 unless decided otherwise.
    """

    on: Whole = 0
    value: Whole = 0
    share_top: Whole = 1
    share_bottom: Whole = 1
    right: Whole = 1
    for_value: Whole = 0
    home: Whole = 0
    debts: Whole = 0
    percent: Whole = 100


@dataclass(frozen=True, slots=True)
class CohabitantFigures:
    """One person under the roof whose resources may count; monthly cents.

    Attributes:
        circle: 1 first degree, 2 other maintenance debtor, 0 never counted.
        adult_on: day number of the eighteenth birthday; 0 when unknown (counts as an adult).
        monthly: resources that count.
        benefit: family benefits received for the applicant, without supplements.
        supplement: their supplements, without the one for disability.
    """

    circle: Whole = 0
    adult_on: Whole = 0
    monthly: Whole = 0
    benefit: Whole = 0
    supplement: Whole = 0


@dataclass(frozen=True, slots=True)
class IncomeFigures:
    """One income of a population that counts in full, in cents per year.

    For people-to-household sums; for one case the sum is in `ordinary` already.
    """

    amount: Whole = 0


NO_INCOME: Items[IncomeFigures] = OneCase()
NO_CAPITAL: Items[CapitalFigures] = OneCase()
NO_PROPERTY: Items[PropertyFigures] = OneCase()
NO_TRANSFER: Items[TransferFigures] = OneCase()
NO_COHABITANT: Items[CohabitantFigures] = OneCase()


@dataclass(frozen=True, slots=True)
class Figures:
    """The facts of a case, or of a population, as the formula takes them.

    Money is in cents per year unless said; dates are day numbers (`filrouge.law.days`), 0 when
    there is none; "over the denominator" means multiplied by `denominator`, the least common
    multiple of the shares of capitals and properties.

    Attributes:
        category: 1, 2 or 3.
        children: dependent minor children.
        starts_on: first day of the right. In its month the right is paid by days; before, it is 0.
        requested_on: day of the request; as new as the date of the law when 0.
        reviewed_on: last review of a running file.
        ordinary: income that counts in full.
        work: work income with the exemption of art. 35 open.
        artistic: work income with the yearly exemption of irregular artists open.
        student_grant: 1 for a full-time student with a grant.
        shortage_from: first day of the three months in a job in shortage.
        spi_first: first day the exemption was granted; 0 when nothing was used.
        spi_days, spi_months: calendar days and months of it used up.
        ale: ALE income.
        ale_cheques: number of ALE cheques per year.
        denominator: common denominator of the shares.
        couple_paid: 1 when the partner already receives the category 3 amount for both.
        spouse: 1 when the resources of a spouse or partner count.
        spouse_monthly: these resources, cents per month.
        attribution: part of the cohabitants' resources the centre counts, in percent; -1 when it
            decided nothing.
        attribution_limit: highest amount of them counted per month.
        days: days paid in the month when `starts_on` is not given; 0 when the month is whole.
        month_length: days of that month.
        incomes, capitals, properties, transfers, cohabitants: any number of each per case.
    """

    category: Whole
    children: Whole = 0
    starts_on: Whole = 0
    requested_on: Whole = 0
    reviewed_on: Whole = 0
    ordinary: Whole = 0
    work: Whole = 0
    artistic: Whole = 0
    student_grant: Whole = 0
    shortage_from: Whole = 0
    spi_first: Whole = 0
    spi_days: Whole = 0
    spi_months: Whole = 0
    ale: Whole = 0
    ale_cheques: Whole = 0
    denominator: Whole = 1
    couple_paid: Whole = 0
    spouse: Whole = 0
    spouse_monthly: Whole = 0
    attribution: Whole = NO_DECISION
    attribution_limit: Whole = MAX_AMOUNT
    days: Whole = 0
    month_length: Whole = 30
    incomes: Items[IncomeFigures] = NO_INCOME
    capitals: Items[CapitalFigures] = NO_CAPITAL
    properties: Items[PropertyFigures] = NO_PROPERTY
    transfers: Items[TransferFigures] = NO_TRANSFER
    cohabitants: Items[CohabitantFigures] = NO_COHABITANT

    @property
    def scale(self) -> Whole:
        """What yearly values are a numerator over: 100 × denominator.

        Without any fact that the law counts in percent it is 1 × denominator.
        """
        things = (self.capitals, self.properties, self.transfers, self.cohabitants)
        in_percent = not (is_absent(self.spouse) and all(group.is_empty() for group in things))
        return 100 * self.denominator if in_percent else self.denominator


def figures(case: Case) -> Figures:
    """Bring the facts of one case to the figures of the formula."""
    shares = [item.share for item in case.capital] + [item.share for item in case.properties]
    denominator = lcm(*(bottom for _top, bottom in shares))
    spouse = case.spouse if case.spouse and case.spouse.counts else None
    return Figures(
        category=int(case.category),
        children=case.children,
        starts_on=day_number(case.starts_on),
        requested_on=day_number(case.requested_on),
        reviewed_on=day_number(case.reviewed_on),
        denominator=denominator,
        couple_paid=int(case.spouse is not None and case.spouse.receives_couple_amount),
        spouse=int(spouse is not None),
        spouse_monthly=spouse.net_monthly if spouse else 0,
        capitals=OneCase(_capitals(case, denominator)),
        properties=OneCase(tuple(_properties(case, denominator))),
        transfers=OneCase(tuple(_transfer(item) for item in case.transfers)),
        cohabitants=OneCase(tuple(_cohabitant(item) for item in case.cohabitants if item.circle)),
        **_work_figures(case),
        **_decision(case),
    )


def opens_exemption(income: Income, case: Case) -> bool:
    """True when art. 35 may apply: asked for, and the work did not start before the right."""
    if not income.spi:
        return False
    return income.work_started_on is None or income.work_started_on >= case.starts_on


def _work_figures(case: Case) -> dict[str, Any]:
    length = month_length(case.on)
    totals = {"ordinary": 0, "work": 0, "artistic": 0, "ale": 0, "ale_cheques": 0}
    for income in case.incomes:
        if income.is_left_out:
            continue
        if income.kind is IncomeKind.ALE_CHEQUES:
            totals["ale_cheques"] += income.cheques * income.period.per_year
            column = "ale"
        elif opens_exemption(income, case):
            column = "artistic" if income.spi_kind is SpiKind.ARTISTIC else "work"
        else:
            column = "ordinary"
        totals[column] += income.counted_in(length)
    has_shortage = any(income.spi_kind is SpiKind.SHORTAGE for income in case.incomes)
    counter = case.spi_counter
    if counter is None:
        return totals
    return totals | {
        "spi_first": day_number(counter.first_day),
        "spi_days": counter.days_used(case.on),
        "spi_months": counter.months_used(case.on.replace(day=1)),
        "shortage_from": day_number(counter.shortage_from) if has_shortage else 0,
    }


def _decision(case: Case) -> dict[str, Any]:
    student = int(case.full_time_student and case.has_study_grant)
    if case.attribution is None:
        return {"student_grant": student}
    limit = case.attribution.at_most
    return {
        "student_grant": student,
        "attribution": case.attribution.percent,
        "attribution_limit": MAX_AMOUNT if limit is None else limit,
    }


def _capitals(case: Case, denominator: int) -> tuple[CapitalFigures, ...]:
    amounts: dict[int, int] = {}
    for item in case.capital:
        share = _over(item.share, denominator)
        amounts[share] = amounts.get(share, 0) + item.amount * share
    return tuple(CapitalFigures(amount, share) for share, amount in amounts.items())


def _properties(case: Case, denominator: int) -> Iterator[PropertyFigures]:
    for item in case.properties:
        if item.ownership is Ownership.BARE:
            continue
        share = _over(item.share, denominator)
        yield PropertyFigures(
            built=int(item.kind is PropertyKind.BUILT),
            income=item.cadastral_income * share,
            share=share,
            interest=item.mortgage_interest + item.life_annuity,
            rent=(item.rent or 0) * share,
        )


def _transfer(item: Transfer) -> TransferFigures:
    return TransferFigures(
        on=day_number(item.transferred_on),
        value=item.value,
        share_top=item.share[0],
        share_bottom=item.share[1],
        right=RIGHTS[item.ownership],
        for_value=int(item.for_value),
        home=int(item.home_or_only_land),
        debts=item.debts,
        percent=item.equity.percent if item.equity else 100,
    )


def _cohabitant(item: Cohabitant) -> CohabitantFigures:
    return CohabitantFigures(
        circle=item.circle,
        adult_on=adult_on(item.birth_date),
        monthly=item.net_monthly or 0,
        benefit=item.family_benefit,
        supplement=item.family_supplements,
    )


def adult_on(birth_date: date | None) -> int:
    """Day number of the eighteenth birthday; 0 when the birth date is unknown."""
    return day_number(birth_date) + ADULT_AGE * DAYS_PER_YEAR if birth_date else 0


def _over(share: Share, denominator: int) -> int:
    return share[0] * (denominator // share[1])
