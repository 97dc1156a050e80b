"""The examples that public sources give with their cents."""

from datetime import date
from pathlib import Path

import pytest

from filrouge.law.case_file import read_case
from filrouge.law.ris import Entitlement, entitlement

EXAMPLES = Path(__file__).parents[4] / "examples"


def shown(name: str) -> tuple[Entitlement, dict[str, int | None]]:
    result = entitlement(read_case(EXAMPLES / f"{name}.yaml"))
    return result, {step.key: step.amount for step in result.steps}


@pytest.mark.parametrize(
    ("name", "key", "cents"),
    [
        ("student-wage-800", "work_month", 508_37),
        ("student-wage-800", "monthly", 131_63),
        ("student-wage-1000", "work_month", 708_37),
        ("student-wage-1000", "monthly", 0),
        ("savings-25500", "capital", 1_678_00),
        ("partner-1000", "spouse_month", 157_88),
        ("built-property", "built", 3_750_00),
        ("part-time-wage", "base", 16_085_64),
        ("part-time-wage", "work", 3_411_96),
        ("part-time-wage", "general", 250_00),
        ("part-time-wage", "monthly", 1_076_97),
        ("household-of-three", "spouse", 8_908_20),
        ("household-of-three", "capital", 49_50),
        ("household-of-three", "monthly", 1_090_93),
        ("cohabiting-parents", "cohabitants_month", 312_70),
        ("cohabiting-parents", "family_benefit", 2_280_00),
        ("cohabiting-parents", "monthly", 403_86),
        ("cohabiting-parents", "first_month", 323_09),
        ("cohabiting-parent-before-2026", "cohabitants_decided", 156_35),
        ("cohabiting-parent-before-2026", "monthly", 750_21),
        ("sold-house", "transfer_value", 31_400_00),
        ("sold-house", "transfer_abatement", 3_500_00),
        ("sold-house", "transfer", 2_354_00),
        ("artist", "spi_exempt", 3_787_99),
        ("artist", "work", 1_012_01),
        ("exemption-used-up", "work", 7_200_00),
        ("work-from-the-20th", "work_month", 304_33),
        ("properties-and-accounts", "built", 1_005_00),
        ("properties-and-accounts", "capital", 132_00),
    ],
)
def test_an_example_gives_its_published_cents(name: str, key: str, cents: int) -> None:
    _result, amounts = shown(name)
    assert amounts[key] == cents


def test_without_the_wage_the_student_has_a_right_of_640_euros() -> None:
    from dataclasses import replace

    case = read_case(EXAMPLES / "student-wage-800.yaml")
    assert entitlement(replace(case, incomes=case.incomes[:1])).monthly_right == 640_00


def test_every_example_is_covered_but_the_parent_without_figures() -> None:
    covered = {path.stem: entitlement(read_case(path)).covered for path in EXAMPLES.glob("*.yaml")}
    assert [name for name, is_covered in covered.items() if not is_covered] == [
        "parent-without-figures"
    ]
    assert len(covered) >= 15


@pytest.mark.parametrize(
    ("on", "single"),
    [(date(2005, 8, 1), 625_60), (date(2020, 1, 15), 940_11), (date(2025, 2, 1), 1_314_20)],
)
def test_someone_without_resources_receives_the_published_amount(on: date, single: int) -> None:
    from filrouge.law.ris import Case, Category

    result = entitlement(Case(on=on, category=Category.SINGLE))
    assert result.monthly_right == single


def test_the_account_of_the_steps_adds_up_to_the_right() -> None:
    result, amounts = shown("part-time-wage")
    total = sum(
        step.signed_amount or 0
        for step in result.steps
        if step.role in ("base", "resource", "exemption")
    )
    assert total == amounts["yearly"] == result.yearly_right
    assert all(step.article for step in result.steps)
    assert result.steps[0].article == "Loi du 26 mai 2002, art. 14 § 1, 2°"


def test_an_unconfirmed_value_is_shown_with_the_result() -> None:
    result, _amounts = shown("part-time-wage")
    assert {use.name: use.status for use in result.unconfirmed} == {
        "ris.amount.yearly": "C",
        "exemption.spi.monthly": "C",
    }
