"""Draws random cases that the law covers, from a seed."""

from datetime import date, timedelta
from random import Random

from filrouge.law import parameter_store
from filrouge.law.case import (
    Capital,
    Case,
    Income,
    IncomeKind,
    Period,
    Property,
    PropertyKind,
    Spouse,
)
from filrouge.law.category import Category
from filrouge.law.money import Cents

SHARES = ((1, 1), (1, 1), (1, 2), (1, 3), (2, 3), (3, 8), (5, 12))
DATES = tuple(
    day
    for line in parameter_store.history("ris.amount.yearly")
    for day in (line.valid_from, line.valid_from + timedelta(days=17))
)


def draw_case(random: Random, on: date | None = None) -> Case:
    """One case; covered or not, the formula is total."""
    on = on or random.choice(DATES)
    start = (
        on.replace(day=random.randint(1, on.day)) if random.random() < 0.7 else date(2002, 10, 1)
    )
    return Case(
        on=on,
        category=random.choice(tuple(Category)),
        requested_on=max(start, date(2002, 10, 1)),
        children=random.choice((0, 0, 1, 2, 5)),
        incomes=tuple(draw_income(random) for _ in range(random.choice((0, 1, 1, 2, 4)))),
        capital=tuple(draw_capital(random)),
        properties=tuple(draw_properties(random)),
        spouse=Spouse(Cents(random.randint(0, 160_000)), random.random() < 0.1)
        if random.random() < 0.3
        else None,
    )


def draw_income(random: Random) -> Income:
    """One income, small enough to matter."""
    kind = random.choice(tuple(IncomeKind))
    period = random.choice(tuple(Period))
    amount = random.randint(0, 90_000 if period is Period.MONTH else 900_000)
    cheques = random.randint(0, 80) if kind is IncomeKind.ALE_CHEQUES else 0
    spi = kind.is_work and random.random() < 0.7
    return Income(kind, Cents(amount), period, spi=spi, cheques=cheques)


def draw_capital(random: Random) -> list[Capital]:
    """No, one or two capitals of one share."""
    share = random.choice(SHARES)
    return [
        Capital(Cents(random.randint(0, 3_000_000)), share)
        for _ in range(random.choice((0, 0, 1, 2)))
    ]


def draw_properties(random: Random) -> list[Property]:
    """At most one of each kind."""
    kinds = [kind for kind in PropertyKind if random.random() < 0.25]
    return [
        Property(
            kind,
            Cents(random.randint(0, 250_000)),
            random.choice(SHARES),
            Cents(random.choice((0, random.randint(0, 300_000)))),
            random.choice((None, Cents(random.randint(0, 900_000)))),
        )
        for kind in kinds
    ]
