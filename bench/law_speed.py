#!/usr/bin/env python3
"""How fast, how large and how exact `filrouge.law` is, beside OpenFisca-Core, NumPy and Polars.

Run by `make bench-law` in an environment of its own. Every measure runs in a fresh process; the
parent only compares. Times are those of the computation alone, inputs ready in memory; memory is
the peak of the whole process, inputs included.

    python bench/law_speed.py [--quick]     all tables (--quick: small sizes, fewer cases)
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).parent.parent / "src"))

from filrouge.law import parameter_store
from filrouge.law.population import Population, monthly_rights

SEED = 20_260_301
MONTHS = tuple(date(2025, month, 1) for month in range(1, 13))
ENGINES = ("openfisca", "numpy", "polars", "filrouge")
NAMES = {
    "openfisca": "OpenFisca-Core",
    "numpy": "NumPy int64 by hand",
    "polars": "Polars int64",
    "filrouge": "filrouge.law",
}
Run = Callable[[], Any]


# ---------------------------------------------------------------- the simple rule


class People:
    """People in households of 1 to 4; the first ones are the same at every size.

    `income` is per person in cents per year; `offsets` says where each household starts;
    `category` is per household.
    """

    def __init__(self, size: int) -> None:
        random = np.random.default_rng(SEED)
        sizes = random.integers(1, 5, 1_000_000)
        income = random.integers(0, 1_200_000, 1_000_000)
        category = random.integers(1, 4, 1_000_000)
        ends = np.cumsum(sizes)
        count = int(np.searchsorted(ends, size))
        self.offsets = np.append(np.append(0, ends[:count]), size)[: count + 2]
        self.income = income[:size].copy()
        self.category = category[: len(self.offsets) - 1].copy()
        self.household = np.repeat(np.arange(len(self.category)), np.diff(self.offsets))


def values_on(day: date) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Yearly amounts and general exemptions by category, in cents."""
    store = parameter_store.shipped()
    return store.table("ris.amount.yearly", day), store.table("exemption.general", day)


def in_decimal(day: date, size: int) -> np.ndarray:
    """The month of each household in cents, in `Decimal` euros: obviously right."""
    people = People(size)
    amounts, exemptions = ([Decimal(v) / 100 for v in values] for values in values_on(day))
    cent, found = Decimal("0.01"), np.empty(len(people.category), dtype=np.int64)
    incomes, offsets = people.income.tolist(), people.offsets.tolist()
    for row, rank in enumerate(people.category.tolist()):
        amount = amounts[rank - 1]
        resources = Decimal(sum(incomes[offsets[row] : offsets[row + 1]])) / 100
        if resources < amount:
            resources -= min(exemptions[rank - 1], resources)
        month = max(Decimal(0), amount - resources) / 12
        found[row] = int(month.quantize(cent, ROUND_HALF_UP) * 100)
    return found


def numpy_run(size: int, months: int) -> Run:
    """The rule as one would write it by hand, by chunks that stay in the cache."""
    people = People(size)
    chunk = 32_000

    def run() -> np.ndarray:
        due = np.empty((months, len(people.category)), dtype=np.int64)
        for start in range(0, len(people.category), chunk):
            rank = people.category[start : start + chunk]
            stop = start + len(rank)
            first, last = people.offsets[start], people.offsets[stop]
            income, starts = people.income[first:last], people.offsets[start:stop] - first
            for line, day in enumerate(MONTHS[:months]):
                amounts, exemptions = (np.array((0, *values)) for values in values_on(day))
                amount, resources = amounts[rank], np.add.reduceat(income, starts)
                off = np.where(resources < amount, np.minimum(exemptions[rank], resources), 0)
                due[line, start:stop] = (np.maximum(0, amount - (resources - off)) + 6) // 12
        return due

    return run


def filrouge_run(size: int, months: int) -> Run:
    people = People(size)
    table = {
        "category": people.category,
        "incomes": {"row": people.household, "amount": people.income},
    }
    checked = Population.read(table)
    return lambda: monthly_rights(checked, MONTHS[:months])


def polars_run(size: int, months: int) -> Run:
    import polars as pl

    people = People(size)
    persons = pl.DataFrame({"household": people.household, "income": people.income})
    households = pl.DataFrame(
        {"household": np.arange(len(people.category)), "category": people.category}
    )

    def by_category(values: tuple[int, ...]) -> pl.Expr:
        first, second, third = (pl.lit(value, dtype=pl.Int64) for value in values)
        rank = pl.col("category")
        return pl.when(rank == 1).then(first).when(rank == 2).then(second).otherwise(third)

    def month(day: date) -> pl.Series:
        amount, exemption = (by_category(values) for values in values_on(day))
        resources = pl.col("income")
        off = pl.when(resources < amount).then(pl.min_horizontal(exemption, resources))
        left = pl.max_horizontal(pl.lit(0, dtype=pl.Int64), amount - resources + off.otherwise(0))
        summed = persons.lazy().group_by("household").agg(pl.col("income").sum())
        joined = households.lazy().join(summed, on="household", how="left", maintain_order="left")
        return joined.select(((left + 6) // 12).alias("right")).collect()["right"]

    return lambda: [month(day) for day in MONTHS[:months]]


def openfisca_run(size: int, months: int) -> Run:
    """As its guide writes a model: entities, one variable per notion, parameters by category."""
    from openfisca_core.entities import build_entity
    from openfisca_core.indexed_enums import Enum
    from openfisca_core.parameters import ParameterNode
    from openfisca_core.periods import MONTH
    from openfisca_core.simulations import SimulationBuilder
    from openfisca_core.taxbenefitsystems import TaxBenefitSystem
    from openfisca_core.variables import Variable

    person = build_entity(key="person", plural="persons", label="Person", is_person=True)
    roles = [{"key": "member", "plural": "members", "label": "Member"}]
    household = build_entity(key="household", plural="households", label="Household", roles=roles)

    class Category(Enum):
        c1 = "cohabitant"
        c2 = "single"
        c3 = "dependent family"

    class category(Variable):
        value_type, entity, definition_period = Enum, household, MONTH
        possible_values, default_value = Category, Category.c1

    class income(Variable):
        value_type, entity, definition_period = float, person, MONTH

    class resources(Variable):
        value_type, entity, definition_period = float, household, MONTH

        def formula(home, period, parameters):  # type: ignore[no-untyped-def]
            return home.sum(home.members("income", period))

    class amount(Variable):
        value_type, entity, definition_period = float, household, MONTH

        def formula(home, period, parameters):  # type: ignore[no-untyped-def]
            return parameters(period).amount[home("category", period)]

    class exemption(Variable):
        value_type, entity, definition_period = float, household, MONTH

        def formula(home, period, parameters):  # type: ignore[no-untyped-def]
            below = home("resources", period) < home("amount", period)
            general = parameters(period).general[home("category", period)]
            return below * np.minimum(general, home("resources", period))

    class right(Variable):
        value_type, entity, definition_period = float, household, MONTH

        def formula(home, period, parameters):  # type: ignore[no-untyped-def]
            counted = home("resources", period) - home("exemption", period)
            return np.round(np.maximum(0, home("amount", period) - counted) / 12, 2)

    def node(name: str) -> dict[str, Any]:
        lines = parameter_store.history(name)
        return {
            f"c{rank + 1}": {
                "values": {
                    line.valid_from.isoformat(): {"value": line.value[rank] / 100}  # type: ignore[index, operator]
                    for line in lines
                }
            }
            for rank in range(3)
        }

    system = TaxBenefitSystem([person, household])
    system.add_variables(category, income, resources, amount, exemption, right)
    tree = {"amount": node("ris.amount.yearly"), "general": node("exemption.general")}
    system.parameters = ParameterNode("", data=tree)
    people = People(size)
    euros = (people.income / 100).astype(np.float32)
    names = np.array([f"c{rank}" for rank in range(1, 4)])[people.category - 1]
    encoded = Category.encode(names)
    periods = [f"{day:%Y-%m}" for day in MONTHS[:months]]

    def fresh() -> Any:
        builder = SimulationBuilder()
        builder.create_entities(system)
        builder.declare_person_entity("person", np.arange(size))
        homes = builder.declare_entity("household", np.arange(len(people.category)))
        builder.join_with_persons(homes, people.household, ["member"] * size)
        simulation = builder.build(system)
        for period in periods:
            simulation.set_input("category", period, encoded)
            simulation.set_input("income", period, euros)
        return simulation

    waiting = [fresh() for _ in range(repeats_of("openfisca", size, months) + 1)]

    def run() -> list[np.ndarray]:
        simulation = waiting.pop()
        return [simulation.calculate("right", period) for period in periods]

    return run


def repeats_of(engine: str, size: int, months: int) -> int:
    """Runs whose median is kept, fewer for the long ones."""
    return 3 if size * months > 1_000_000 and engine == "openfisca" else 5


def cents_of(engine: str, line: Any) -> np.ndarray:
    """A month's result in cents."""
    if engine == "openfisca":
        return np.rint(np.asarray(line, dtype=np.float64) * 100).astype(np.int64)
    return np.asarray(line)


def child_simple(engine: str, size: int, months: int, expected: Path) -> dict[str, float]:
    run = globals()[f"{engine}_run"](size, months)
    result, times = run(), []
    for _ in range(repeats_of(engine, size, months)):
        started = time.perf_counter()
        result = run()
        times.append(time.perf_counter() - started)
    peak = peak_mebibytes()
    wrong = 0
    for line, day in enumerate(MONTHS[:months]):
        known = np.load(expected / f"{size}-{values_key(day)}.npy", mmap_mode="r")
        wrong += int(np.count_nonzero(cents_of(engine, result[line]) != known))
    return {"seconds": statistics.median(times), "peak": peak, "wrong": wrong}


def values_key(day: date) -> str:
    """A name for the values of a day: months with the same values share their truth."""
    return "-".join(str(value) for value in values_on(day)[0])


def peak_mebibytes() -> float:
    """Peak memory of this process, without what its parent held before it began."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


# ---------------------------------------------------------------- the whole rule set


def households(size: int) -> dict[str, Any]:
    """Households with every fact that the formula takes, drawn from a fixed seed."""
    from filrouge.law.days import day_number

    random = np.random.default_rng(SEED)

    def whole(low: int, high: int, rows: int = size) -> np.ndarray:
        return random.integers(low, high, rows)

    def some(part: float, values: np.ndarray) -> np.ndarray:
        return np.where(random.random(len(values)) < part, values, 0)

    def days(first: int, last: int, rows: int = size) -> np.ndarray:
        months = random.integers(first * 12, last * 12, rows)
        return months * 31 + random.integers(0, 28, rows)

    def rows(part: float, most: int) -> np.ndarray:
        many = np.where(random.random(size) < part, random.integers(1, most + 1, size), 0)
        return np.repeat(np.arange(size), many)

    starts = days(2022, 2027)
    table: dict[str, Any] = {
        "category": whole(1, 4),
        "children": some(0.3, whole(1, 5)),
        "starts_on": starts,
        "requested_on": starts - some(0.1, np.full(size, 31)),
        "reviewed_on": some(0.3, np.full(size, day_number(date(2026, 3, 15)))),
        "ordinary": some(0.4, whole(0, 1_200_000)),
        "work": some(0.25, whole(0, 1_500_000)),
        "artistic": some(0.02, whole(0, 800_000)),
        "student_grant": some(0.05, np.ones(size, dtype=np.int64)),
        "shortage_from": some(0.01, np.full(size, day_number(date(2026, 1, 1)))),
        "spi_first": some(0.15, days(2019, 2026)),
        "spi_days": some(0.15, whole(0, 1_400)),
        "ale": some(0.02, whole(0, 400_000)),
        "ale_cheques": some(0.02, whole(0, 600)),
        "denominator": np.full(size, 12, dtype=np.int64),
        "spouse": some(0.25, np.ones(size, dtype=np.int64)),
        "couple_paid": some(0.01, np.ones(size, dtype=np.int64)),
        "attribution": np.where(random.random(size) < 0.1, whole(0, 101), -1),
    }
    table["spouse_monthly"] = table["spouse"] * whole(0, 250_000)
    row = rows(0.35, 3)
    share = random.choice(np.array((12, 12, 6, 4)), len(row))
    table["capitals"] = {
        "row": row,
        "amount": whole(0, 3_000_000, len(row)) * share,
        "share": share,
    }
    row = rows(0.12, 2)
    share = random.choice(np.array((12, 12, 6, 4)), len(row))
    table["properties"] = {
        "row": row,
        "built": some(0.7, np.ones(len(row), dtype=np.int64)),
        "income": whole(0, 250_000, len(row)) * share,
        "share": share,
        "interest": some(0.3, whole(0, 300_000, len(row))),
        "rent": some(0.2, whole(0, 900_000, len(row))) * share,
    }
    row = rows(0.05, 2)
    table["transfers"] = {
        "row": row,
        "on": days(2014, 2025, len(row)),
        "value": whole(0, 20_000_000, len(row)),
        "share_top": np.ones(len(row), dtype=np.int64),
        "share_bottom": whole(1, 4, len(row)),
        "right": whole(1, 4, len(row)),
        "for_value": whole(0, 2, len(row)),
        "home": whole(0, 2, len(row)),
        "debts": some(0.3, whole(0, 5_000_000, len(row))),
        "percent": np.full(len(row), 100, dtype=np.int64),
    }
    row = rows(0.3, 4)
    table["cohabitants"] = {
        "row": row,
        "circle": whole(0, 3, len(row)),
        "adult_on": some(0.5, days(1990, 2030, len(row))),
        "monthly": whole(0, 250_000, len(row)),
        "benefit": some(0.2, whole(0, 25_000, len(row))),
        "supplement": some(0.1, whole(0, 8_000, len(row))),
    }
    return table


YEAR_2026 = tuple(date(2026, month, 1) for month in range(1, 13))


def child_whole(size: int) -> dict[str, float]:
    started = time.perf_counter()
    table = households(size)
    drawn = time.perf_counter() - started
    inputs = peak_mebibytes()
    started = time.perf_counter()
    people = Population.read(table)
    read = time.perf_counter() - started
    times = []
    for _ in range(3):
        started = time.perf_counter()
        due = monthly_rights(people, YEAR_2026)
        times.append(time.perf_counter() - started)
    return {
        "draw": drawn,
        "inputs": inputs,
        "read": read,
        "seconds": statistics.median(times),
        "peak": peak_mebibytes(),
        "paid": int(np.count_nonzero(due)),
        "total": int(due.sum()),
    }


# ---------------------------------------------------------------- exactness and one case


def compare(seed: int, size: int) -> tuple[int, int, int]:
    """Random cases, all articles and dates: (cases, with a right, different from Decimal)."""
    from collections import defaultdict
    from random import Random

    from filrouge.law.population import columns, entitlements
    from filrouge.law.tests.drawing import draw_case
    from filrouge.law.tests.reference import reference

    random = Random(seed)
    by_date = defaultdict(list)
    for _ in range(size):
        case = draw_case(random)
        by_date[case.on].append(case)
    positive = wrong = 0
    for on, cases in by_date.items():
        rights = entitlements(columns(cases), on)
        months, firsts = rights.monthly_right.tolist(), rights.first_month.tolist()
        for case, month, first in zip(cases, months, firsts, strict=True):
            positive += month > 0
            wrong += reference(case) != (Decimal(month) / 100, Decimal(first) / 100)
    return size, positive, wrong


def child_explained() -> dict[str, float]:
    from random import Random

    from filrouge.law.ris import entitlement
    from filrouge.law.tests.drawing import draw_case

    random = Random(SEED)
    cases = [draw_case(random) for _ in range(3_000)]
    for case in cases:
        entitlement(case)
    times = []
    for case in cases:
        started = time.perf_counter()
        entitlement(case)
        times.append((time.perf_counter() - started) * 1e6)
    times.sort()
    return {"median": statistics.median(times), "p95": times[int(0.95 * len(times))]}


# ---------------------------------------------------------------- the tables


def child(*arguments: object) -> dict[str, float]:
    """Run one measure in a fresh process."""
    words = [sys.executable, __file__, "--child", *(str(word) for word in arguments)]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(str(word) for word in arguments)}:\n{done.stderr[-3000:]}")
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def simple_table(sizes: tuple[int, ...], expected: Path) -> None:
    print(
        "\n1. The same simple rule: incomes of the people of a household summed, less the general"
    )
    print(
        "   exemption, off the amount of the category, month rounded to the cent. Median of 3 to 5"
    )
    print("   runs, each in its own process.\n")
    head = f"{'people x months':>16} {'engine':<20} {'seconds':>10} {'million/s':>10}"
    print(f"{head} {'peak MiB':>9} {'/OpenFisca':>11} {'/by hand':>9} {'wrong':>9}")
    for size in sizes:
        for months in (1, 12):
            found = {engine: child("simple", engine, size, months, expected) for engine in ENGINES}
            for engine, line in found.items():
                speed = size * months / line["seconds"] / 1e6
                faster = found["openfisca"]["seconds"] / line["seconds"]
                slower = line["seconds"] / found["numpy"]["seconds"]
                print(
                    f"{f'{size:,} x {months}':>16} {NAMES[engine]:<20} {line['seconds']:>10.5f} "
                    f"{speed:>10.1f} {line['peak']:>9.0f} {f'{faster:.1f} x':>11} "
                    f"{f'{slower:.2f} x':>9} {line['wrong']:>9,}",
                    flush=True,
                )


def whole_table(size: int) -> None:
    line = child("whole", size)
    print("\n2. The whole rule set (all articles), drawn households, each month of 2026.\n")
    print(f"   households x months         {size:,} x 12")
    print(f"   seconds (one core)          {line['seconds']:.2f}")
    print(f"   million household-months/s  {size * 12 / line['seconds'] / 1e6:.1f}")
    print(f"   reading and checking        {line['read']:.2f} s")
    print(f"   peak memory                 {line['peak']:,.0f} MiB (inputs {line['inputs']:,.0f})")
    print(f"   months with a right         {line['paid']:,}; total {line['total'] / 100:,.2f} EUR")


def exact_table(cases: int) -> None:
    started = time.perf_counter()
    part = 10_000
    seeds = range(SEED, SEED + cases // part)
    with ProcessPoolExecutor(2) as pool:
        found = list(pool.map(compare, seeds, [part] * len(seeds)))
    total, positive, wrong = (sum(values) for values in zip(*found, strict=True))
    print("\n3. Random cases, all articles, categories and dates, against Decimal.\n")
    print(f"   cases {total:,}; with a right {positive:,}; different by a cent or more: {wrong:,}")
    print(
        f"   seconds (two processes, drawing and Decimal included) {time.perf_counter() - started:.0f}"
    )


def explained_table() -> None:
    line = child("explained")
    print("\n4. One explained case (all its steps), 3,000 random cases of every kind.\n")
    print(f"   median {line['median']:.0f} µs, 95 % under {line['p95']:.0f} µs\n")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--child", nargs="+")
    options = parser.parse_args()
    if options.child:
        print(json.dumps(answer(options.child)))
        return
    busy = os.getloadavg()[0]
    print(
        f"Python {sys.version.split()[0]}, NumPy {np.__version__}, {os.cpu_count()} cores, load {busy:.1f}"
    )
    if busy > 0.7:
        print("The machine is busy: times are too long, ratios less so.")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sizes = (10_000, 100_000) if options.quick else (10_000, 100_000, 1_000_000)
        for size in sizes:
            for day in {values_key(day): day for day in MONTHS}.values():
                np.save(folder / f"{size}-{values_key(day)}.npy", in_decimal(day, size))
        simple_table(sizes, folder)
    whole_table(100_000 if options.quick else 1_000_000)
    explained_table()
    exact_table(20_000 if options.quick else 1_000_000)


def answer(words: list[str]) -> dict[str, float]:
    """The measure asked of a child."""
    kind, *rest = words
    if kind == "simple":
        return child_simple(rest[0], int(rest[1]), int(rest[2]), Path(rest[3]))
    if kind == "whole":
        return child_whole(int(rest[0]))
    return child_explained()


if __name__ == "__main__":
    main()
