"""The integration income again, slowly, in `Decimal` euros: obviously right, to compare with.

Written from the facts of the case, article by article, without a line of the formula.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal, localcontext

from filrouge.law import parameter_store
from filrouge.law.case import (
    BusinessOrigin,
    Case,
    Cohabitant,
    Income,
    IncomeKind,
    Ownership,
    Property,
    PropertyKind,
    SpiKind,
    Transfer,
)
from filrouge.law.category import Relation, age
from filrouge.law.choices import CHOICES

CENT = Decimal("0.01")
FINE = Decimal("1e-25")  # absorbs the endless decimals of thirds before rounding
ZERO = Decimal(0)
SWITCH = date(2026, 3, 1)
NEVER = date(9999, 1, 1)


def _euros(cents: int) -> Decimal:
    return Decimal(cents) / 100


def rounded(amount: Decimal) -> Decimal:
    return amount.quantize(FINE).quantize(CENT, ROUND_HALF_UP)


def _fraction(share: tuple[int, int]) -> Decimal:
    return Decimal(share[0]) / Decimal(share[1])


def month_days(day: date) -> int:
    following = (day.replace(day=28) + timedelta(days=4)).replace(day=1)
    return (following - timedelta(days=1)).day


def years_since(first: date, last: date) -> int:
    """Anniversaries of the first day passed on the last."""
    return last.year - first.year - ((last.month, last.day) < (first.month, first.day))


class Reference:
    """One case, computed plainly."""

    def __init__(self, case: Case, choices: Mapping[str, str] | None = None) -> None:
        self.case = case
        self.taken = {choice.key: choice.default for choice in CHOICES} | dict(choices or {})
        self.new = case.on >= SWITCH and (
            case.requested_on >= SWITCH
            or (case.reviewed_on is not None and case.reviewed_on >= SWITCH)
        )

    def law(self, name: str, category: int | None = None) -> Decimal:
        found = parameter_store.value(name, self.case.on)
        if isinstance(found, tuple):
            assert category is not None
            found = found[category - 1]
        assert isinstance(found, int)
        return _euros(found)

    def count(self, name: str) -> int:
        return parameter_store.shipped().number(name, self.case.on)

    # -- the right ----------------------------------------------------------------------------

    def yearly(self) -> Decimal:
        """Right per year, not rounded."""
        case = self.case
        amount = self.law("ris.amount.yearly", int(case.category))
        plain, general, artistic, ale = self.incomes()
        others = plain + self.estate() + self.given_and_saved() + self.household()
        total = others + ale + self.work(general, artistic, others + ale, amount)
        if case.spouse and case.spouse.receives_couple_amount:
            return ZERO
        if total >= amount:
            return ZERO
        off = min(self.law("exemption.general", int(case.category)), total - ale)
        return amount - (total - off)

    def month(self) -> tuple[Decimal, Decimal]:
        """Month, and first month (zero when it is whole)."""
        yearly = self.yearly()
        month = rounded(yearly / 12)
        start = self.case.starts_on
        on = self.case.on
        if start.day == 1 or (start.year, start.month) != (on.year, on.month):
            return month, ZERO
        length = month_days(start)
        days = length - start.day + 1
        if self.taken["ris.first_month.rounding"] == "month_first":
            return month, rounded(month * days / length)
        return month, rounded(yearly * days / (12 * length))

    # -- art. 22 to 24 and 35 -----------------------------------------------------------------

    def incomes(self) -> tuple[Decimal, Decimal, Decimal, Decimal]:
        plain = general = artistic = ale = ZERO
        for income in self.case.incomes:
            amount = self.one_year(income)
            if income.kind is IncomeKind.ALE_CHEQUES:
                cheques = income.cheques * (12 if income.period == "month" else 1)
                ale += amount - cheques * self.law("exemption.ale_cheque")
            elif self.is_exempted_work(income) and income.business != "business_transfer":
                if income.spi_kind is SpiKind.ARTISTIC:
                    artistic += amount
                else:
                    general += amount
            elif not self.is_left_out(income):
                plain += amount
        return plain, general, artistic, max(ZERO, ale)

    def one_year(self, income: Income) -> Decimal:
        amount = _euros(income.amount)
        if income.exempt_part is not None:
            amount -= _euros(income.exempt_part)
        if income.covers_days:
            length = month_days(self.case.on)
            amount = rounded(amount * length / min(income.covers_days, length))
        return max(ZERO, amount) * (12 if income.period == "month" else 1)

    def is_left_out(self, income: Income) -> bool:
        if income.business is BusinessOrigin.BUSINESS_TRANSFER:
            return True
        return income.kind.is_exempt and income.exempt_part is None

    def is_exempted_work(self, income: Income) -> bool:
        if not income.spi:
            return False
        return (income.work_started_on or NEVER) >= self.case.starts_on

    def work(
        self, general: Decimal, artistic: Decimal, others: Decimal, amount: Decimal
    ) -> Decimal:
        if not self.counter_is_open():
            return general + artistic
        month = self.law("exemption.spi.monthly")
        case = self.case
        grant = any(income.kind is IncomeKind.STUDY_GRANT for income in case.incomes)
        if case.full_time_student and grant and case.on < date(2022, 1, 1):
            month = self.law("exemption.spi.student_with_grant")
        if self.shortage_is_open():
            month = self.law("exemption.spi.shortage")
        off_general = min(general, 12 * month)
        yearly = "exemption.spi.artistic"
        if case.on < date(2022, 1, 1):  # unknown then: such a case is not covered
            yearly = "exemption.spi.monthly"
        off_artistic = min(artistic, self.law(yearly))
        off = max(off_general, off_artistic)
        if self.taken["spi.variants"] == "added":
            off = off_general + off_artistic
        after = general + artistic - off
        return after if others + after < amount else general + artistic

    def shortage_is_open(self) -> bool:
        case = self.case
        wanted = any(income.spi_kind is SpiKind.SHORTAGE for income in case.incomes)
        if not wanted or case.on < date(2024, 1, 1) or case.spi_counter is None:
            return False
        first = case.spi_counter.shortage_from
        assert first is not None
        months = (case.on.year - first.year) * 12 + case.on.month - first.month
        return 0 <= months < 3

    def counter_is_open(self) -> bool:
        counter, on = self.case.spi_counter, self.case.on
        if counter is None or counter.first_day is None:
            return True
        if years_since(counter.first_day, on) >= 6:
            return False
        used: set[date] = set()
        until = on if self.taken["spi.counter"] == "days" else on.replace(day=1)
        day = counter.first_day
        while day < min(until, date(2014, 10, 1)):
            used.add(day)
            day += timedelta(days=1)
        for period in counter.periods:
            day = max(period.first, date(2014, 10, 1))
            while day <= period.last and day < until:
                used.add(day)
                day += timedelta(days=1)
        if self.taken["spi.counter"] == "days":
            return len(used) < 3 * 365
        return len({(day.year, day.month) for day in used}) < 36

    # -- art. 25 to 27 ------------------------------------------------------------------------

    def estate(self) -> Decimal:
        total = ZERO
        for kind in PropertyKind:
            owned = [
                item
                for item in self.case.properties
                if item.kind is kind and item.ownership is not Ownership.BARE
            ]
            if not owned:
                continue
            if self.taken["assets.several"] == "each":
                total += sum((self.one_estate(item, True) for item in owned), ZERO)
                continue
            total += min(
                sum((self.one_estate(item, item is chosen) for item in owned), ZERO)
                for chosen in owned
            )
        return total

    def one_estate(self, item: Property, with_abatement: bool) -> Decimal:
        share = _fraction(item.share)
        if item.kind is PropertyKind.BUILT:
            abatement = self.law("assets.built.abatement")
            abatement += self.law("assets.built.abatement_per_child") * self.case.children
        else:
            abatement = self.law("assets.unbuilt.abatement")
        if not with_abatement:
            abatement = ZERO
        flat = max(ZERO, _euros(item.cadastral_income) * share - share * abatement) * 3
        rent = ZERO if item.rent is None else _euros(item.rent) * share
        interest = _euros(item.mortgage_interest) + _euros(item.life_annuity)
        if self.taken["assets.rented.rule"] == "interest_after":
            return self.less_interest(max(flat, rent), interest)
        return max(self.less_interest(flat, interest), rent)

    def less_interest(self, amount: Decimal, interest: Decimal) -> Decimal:
        if self.taken["assets.mortgage.limit"] == "half":
            interest = min(interest, amount / 2)
        return max(ZERO, amount - interest)

    def slices(self, amount: Decimal, lower: Decimal, upper: Decimal) -> Decimal:
        counted = ZERO
        if amount > lower:
            counted += (min(amount, upper) - lower) * Decimal("0.06")
        if amount > upper:
            counted += (amount - upper) * Decimal("0.10")
        return counted

    def given_and_saved(self) -> Decimal:
        lower, upper = self.law("assets.capital.lower"), self.law("assets.capital.upper")
        held: dict[Decimal, Decimal] = {}
        for item in self.case.capital:
            share = _fraction(item.share)
            held[share] = held.get(share, ZERO) + _euros(item.amount) * share
        recent = [item for item in self.case.transfers if self.is_recent(item)]
        left = self.left_of_transfers(recent)
        given_lower = min(
            (rounded(lower * _fraction(item.share)) for item in recent), default=lower
        )
        given_upper = min(
            (rounded(upper * _fraction(item.share)) for item in recent), default=upper
        )
        with_capital = self.taken["transfers.slices"] == "with_capital" and left > 0
        if with_capital:
            share = min(held, default=Decimal(1))
            return self.slices(
                sum(held.values(), ZERO) + left,
                min(lower * share, given_lower),
                min(upper * share, given_upper),
            )
        total = self.slices(left, given_lower, given_upper)
        if self.taken["assets.capital.shares"] == "lowest" and held:
            share = min(held)
            return total + self.slices(sum(held.values(), ZERO), lower * share, upper * share)
        for share, amount in held.items():
            total += self.slices(amount, lower * share, upper * share)
        return total

    # -- art. 28 to 32 ------------------------------------------------------------------------

    def is_recent(self, item: Transfer) -> bool:
        return years_since(item.transferred_on, self.case.requested_on) < 10

    def left_of_transfers(self, recent: list[Transfer]) -> Decimal:
        if self.taken["transfers.abatement"] == "each":
            return sum((self.abated([item]) for item in recent), ZERO)
        return self.abated(recent)

    def abated(self, items: list[Transfer]) -> Decimal:
        given = sum((self.net_value(item) for item in items if not item.for_value), ZERO)
        sold = [item for item in items if item.for_value and self.net_value(item) > 0]
        if not sold:
            return given
        case = self.case
        first = min(item.transferred_on for item in sold)
        start = case.starts_on
        months = (start.year - first.year) * 12 + start.month - first.month - 1
        months = max(0, months)
        if self.taken["transfers.anniversary"] == "right":
            months += 12 * max(0, years_since(start, case.on))
        per_year = self.law("assets.transfer.abatement", int(case.category))
        value = sum((self.net_value(item) for item in sold), ZERO)
        return given + max(ZERO, rounded(value - per_year * months / 12))

    def net_value(self, item: Transfer) -> Decimal:
        rate = {"full": Decimal(1), "usufruct": Decimal("0.4"), "bare": Decimal("0.6")}
        share = _fraction(item.share)
        value = _euros(item.value) * share * rate[item.ownership.value]
        if item.for_value and item.home_or_only_land:
            value -= self.law("assets.transfer.slice") * share
        if item.for_value:
            value -= _euros(item.debts)
        percent = item.equity.percent if item.equity else 100
        return rounded(max(ZERO, value) * percent / 100)

    # -- art. 34 ------------------------------------------------------------------------------

    def household(self) -> Decimal:
        case, total = self.case, ZERO
        partner = case.spouse
        if partner and partner.has_right_to_integration and not partner.activation_wage:
            partner = None
        people = [one for one in case.cohabitants if self.may_count(one)]
        pool = [_euros(one.net_monthly or 0) for one in people]
        if partner and case.category == 3:
            total += _euros(partner.net_monthly) * 12
        elif partner:
            together = self.taken["cohabitants.sum"] == "together"
            if self.new and people and together:
                pool.append(_euros(partner.net_monthly))
            else:
                total += self.above([_euros(partner.net_monthly)])
        if self.taken["cohabitants.sum"] == "each":
            excess = sum((self.above([one]) for one in pool), ZERO)
        else:
            excess = self.above(pool)
        total += self.decided(excess)
        if self.new:
            for one in people:
                total += _euros(one.family_benefit) * 12
                if self.taken["cohabitants.family_supplements"] == "counted":
                    total += _euros(one.family_supplements) * 12
        return total

    def may_count(self, one: Cohabitant) -> bool:
        if one.has_right_to_integration:
            return False
        if one.birth_date and age(one.birth_date, self.case.on) < 18:
            return False
        circle = {Relation.PARENT, Relation.CHILD}
        if self.new:
            circle |= {
                Relation.EX_SPOUSE,
                Relation.GRANDPARENT,
                Relation.GRANDCHILD,
                Relation.PARENT_IN_LAW,
                Relation.CHILD_IN_LAW,
            }
        return one.relation in circle

    def above(self, monthly: list[Decimal]) -> Decimal:
        if self.taken["cohabitants.partner.comparison"] == "year":
            level = self.law("ris.amount.yearly", 1) * len(monthly)
            return max(ZERO, sum(monthly, ZERO) * 12 - level)
        level = self.law("ris.amount.monthly", 1) * len(monthly)
        return max(ZERO, sum(monthly, ZERO) - level) * 12

    def decided(self, excess: Decimal) -> Decimal:
        decision = self.case.attribution
        if self.new and (decision is None or self.taken["cohabitants.equity"] == "refused"):
            return excess
        if decision is None:
            return ZERO
        counted = excess * decision.percent / 100
        if decision.at_most is not None:
            counted = min(counted, _euros(decision.at_most) * 12)
        return counted


def reference(case: Case, choices: Mapping[str, str] | None = None) -> tuple[Decimal, Decimal]:
    """Month and first month (zero when whole), in euros."""
    with localcontext() as context:
        context.prec = 60
        return Reference(case, choices).month()
