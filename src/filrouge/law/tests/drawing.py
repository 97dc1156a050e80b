"""Draws random cases, all articles, from a seed."""

from datetime import date, timedelta
from random import Random

from filrouge.law import parameter_store
from filrouge.law.case import (
    Appraisal,
    BusinessOrigin,
    Capital,
    Case,
    Cohabitant,
    Income,
    IncomeKind,
    Ownership,
    Period,
    Property,
    PropertyKind,
    Share,
    SpiCounter,
    SpiKind,
    Spouse,
    Transfer,
    WorkedPeriod,
)
from filrouge.law.category import COUPLE, Category, Relation
from filrouge.law.choices import CHOICES
from filrouge.law.money import Cents

SHARES: tuple[Share, ...] = ((1, 1), (1, 1), (1, 2), (1, 3), (2, 3), (3, 8), (5, 12))
FIRST_DAY = date(2002, 10, 1)
DATES = (
    date(2027, 3, 9),
    *(
        day
        for line in parameter_store.history("ris.amount.yearly")
        for day in (line.valid_from, line.valid_from + timedelta(days=17))
    ),
)


def draw_choices(random: Random) -> dict[str, str]:
    """Some readings other than the default ones."""
    return {
        choice.key: random.choice(tuple(choice.readings))
        for choice in CHOICES
        if random.random() < 0.5
    }


def draw_case(random: Random, on: date | None = None) -> Case:
    """One case; covered or not, the formula is total."""
    on = on or random.choice(DATES)
    start = draw_start(random, on)
    incomes = [draw_income(random, on) for _ in range(random.choice((0, 1, 1, 2, 4)))]
    category = random.choice(tuple(Category))
    return Case(
        on=on,
        category=category,
        requested_on=max(FIRST_DAY, start - timedelta(days=random.choice((0, 0, 20, 400)))),
        starts_on=start,
        children=random.choice((0, 0, 1, 2, 5)),
        incomes=tuple(incomes),
        capital=tuple(draw_capital(random)),
        properties=tuple(draw_properties(random)),
        spouse=draw_spouse(random),
        cohabitants=tuple(draw_cohabitants(random, on)),
        full_time_student=random.random() < 0.2,
        reviewed_on=start + (on - start) // 2 if start < on and random.random() < 0.3 else None,
        transfers=tuple(draw_transfers(random, on)),
        attribution=draw_attribution(random),
        spi_counter=draw_counter(random, on, incomes),
    )


def draw_start(random: Random, on: date) -> date:
    """First day of the right: in the month, or up to three years before."""
    if random.random() < 0.5:
        return on.replace(day=random.randint(1, on.day))
    return max(FIRST_DAY, on - timedelta(days=random.randint(0, 1200)))


def draw_income(random: Random, on: date) -> Income:
    """One income, small enough to matter."""
    kind = random.choice(tuple(IncomeKind))
    if random.random() < 0.3:
        kind = random.choice((IncomeKind.WAGE, IncomeKind.SELF_EMPLOYED))
    period = random.choice(tuple(Period))
    monthly = period is Period.MONTH
    cheques = random.randint(0, 80) if kind is IncomeKind.ALE_CHEQUES else 0
    spi = kind.is_work and random.random() < 0.7
    covers = random.randint(1, 31) if monthly and not cheques and random.random() < 0.1 else 0
    return Income(
        kind,
        Cents(random.randint(0, 90_000 if monthly else 900_000)),
        period,
        spi=spi,
        cheques=cheques,
        spi_kind=random.choice(tuple(SpiKind)) if spi else SpiKind.GENERAL,
        work_started_on=on - timedelta(days=random.randint(0, 600))
        if spi and random.random() < 0.3
        else None,
        covers_days=covers if kind is not IncomeKind.ALE_CHEQUES else 0,
        business=random.choice(tuple(BusinessOrigin))
        if kind is IncomeKind.SELF_EMPLOYED
        else BusinessOrigin.OWN,
        exempt_part=Cents(random.randint(0, 30_000))
        if kind.has_unchecked_ceiling and random.random() < 0.5
        else None,
    )


def draw_counter(random: Random, on: date, incomes: list[Income]) -> SpiCounter | None:
    """The counter of the exemption; always there for a job in shortage."""
    needs = any(income.spi_kind is SpiKind.SHORTAGE for income in incomes)
    if not needs and random.random() < 0.6:
        return None
    first = on - timedelta(days=random.randint(0, 2600)) if random.random() < 0.8 else None
    periods = []
    cursor = first
    while cursor and cursor < on and len(periods) < 4:
        last = cursor + timedelta(days=random.randint(0, 700))
        periods.append(WorkedPeriod(cursor, last))
        cursor = last + timedelta(days=random.randint(1, 90))
    shortage = on - timedelta(days=random.randint(0, 120))
    return SpiCounter(first, tuple(periods), shortage.replace(day=1) if needs else None)


def draw_capital(random: Random) -> list[Capital]:
    """No, one or a few capitals, in any shares."""
    return [
        Capital(Cents(random.randint(0, 3_000_000)), random.choice(SHARES))
        for _ in range(random.choice((0, 0, 1, 2, 3)))
    ]


def draw_properties(random: Random) -> list[Property]:
    """Any number of each kind."""
    kinds = [kind for kind in PropertyKind if random.random() < 0.25]
    if kinds and random.random() < 0.3:
        kinds.append(random.choice(tuple(PropertyKind)))
    return [
        Property(
            kind,
            Cents(random.randint(0, 250_000)),
            random.choice(SHARES),
            Cents(random.choice((0, random.randint(0, 300_000)))),
            random.choice((None, Cents(random.randint(0, 900_000)))),
            random.choice((Ownership.FULL, Ownership.FULL, Ownership.USUFRUCT, Ownership.BARE)),
            Cents(random.choice((0, 0, random.randint(0, 100_000)))),
        )
        for kind in kinds
    ]


def draw_transfers(random: Random, on: date) -> list[Transfer]:
    """Things given or sold, some too long ago."""
    return [draw_transfer(random, on) for _ in range(random.choice((0, 0, 0, 1, 2)))]


def draw_transfer(random: Random, on: date) -> Transfer:
    """One thing given or sold."""
    sold = random.random() < 0.6
    equity = Appraisal(random.randint(0, 100), "soins payés") if random.random() < 0.2 else None
    return Transfer(
        transferred_on=on - timedelta(days=random.randint(0, 4200)),
        value=Cents(random.randint(0, 20_000_000)),
        share=random.choice(SHARES),
        ownership=random.choice(tuple(Ownership)),
        for_value=sold,
        home_or_only_land=sold and random.random() < 0.5,
        debts=Cents(random.choice((0, random.randint(0, 5_000_000)))) if sold else Cents(0),
        equity=equity,
    )


def draw_spouse(random: Random) -> Spouse | None:
    """Nobody, or a partner."""
    if random.random() < 0.7:
        return None
    with_right = random.random() < 0.2
    return Spouse(
        Cents(random.randint(0, 160_000)),
        with_right,
        activation_wage=with_right and random.random() < 0.5,
        receives_couple_amount=with_right and random.random() < 0.3,
    )


def draw_cohabitants(random: Random, on: date) -> list[Cohabitant]:
    """People under the roof, of any relation but a partner."""
    relations = [one for one in Relation if one not in COUPLE and one is not Relation.PARENT]
    found = [random.choice(relations) for _ in range(random.choice((0, 0, 1, 2)))]
    found += [Relation.PARENT] * random.choice((0, 0, 0, 1, 2))
    return [
        Cohabitant(
            relation,
            random.choice((None, on - timedelta(days=random.randint(0, 25_000)))),
            net_monthly=random.choice((None, Cents(random.randint(0, 250_000)))),
            has_right_to_integration=random.random() < 0.1,
            family_benefit=Cents(random.choice((0, random.randint(0, 25_000)))),
            family_supplements=Cents(random.choice((0, random.randint(0, 8_000)))),
        )
        for relation in found
    ]


def draw_attribution(random: Random) -> Appraisal | None:
    """What the centre decides, or nothing."""
    if random.random() < 0.5:
        return None
    limit = random.choice((None, Cents(random.randint(0, 60_000))))
    return Appraisal(random.choice((0, 50, 100, 33)), "situation du parent", limit)
