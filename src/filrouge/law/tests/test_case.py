"""Facts of a case: what is refused, and what is not covered."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from filrouge.law.case import (
    Appraisal,
    Capital,
    Case,
    CaseError,
    Cohabitant,
    Income,
    IncomeKind,
    Property,
    PropertyKind,
    SpiKind,
    Spouse,
)
from filrouge.law.category import Category, Relation
from filrouge.law.money import Cents
from filrouge.law.ris import entitlement

GOOD: dict[str, Any] = {
    "on": "2026-03-01",
    "category": 2,
    "incomes": [{"kind": "wage", "amount": "600,00", "spi": True}],
    "capital": [{"amount": 900, "share": "1/2"}],
    "properties": [{"kind": "built", "cadastral_income": "745.00"}],
    "spouse": {"net_monthly": "10"},
    "cohabitants": [{"relation": "sibling"}],
}


def with_change(path: str, value: object) -> dict[str, Any]:
    import copy

    data = copy.deepcopy(GOOD)
    target: Any = data
    *parents, last = path.split(".")
    for name in parents:
        target = target[int(name)] if name.isdigit() else target[name]
    target[int(last) if last.isdigit() else last] = value
    return data


@pytest.mark.parametrize(
    ("path", "value", "place", "words"),
    [
        ("categorie", 1, "categorie", "Champ inconnu"),
        ("category", 4, "category", "n'est pas connu"),
        ("category", None, "category", "obligatoire"),
        ("on", None, "on", "obligatoire"),
        ("on", "1/2/3", "on", "n'est pas une date"),
        ("on", "2002-09-30", "on", "avant le 1er octobre 2002"),
        ("requested_on", "2026-02-30", "requested_on", "n'est pas une date"),
        ("starts_on", "2026-05-01", "on", "précède le mois"),
        ("requested_on", "2026-05-01", "on", "précède le mois"),
        ("children", "deux", "children", "nombre entier"),
        ("children", -1, "children", "de 0 à 30"),
        ("incomes", {"kind": "wage"}, "incomes", "Une liste"),
        ("incomes.0", "wage", "incomes[0]", "ensemble de champs"),
        ("incomes.0.kind", "salary", "incomes[0].kind", "Valeurs permises : wage"),
        ("incomes.0.amount", "-5", "incomes[0].amount", "négatif"),
        ("incomes.0.amount", "10000000,01", "incomes[0].amount", "10 000 000"),
        ("incomes.0.amount", "beaucoup", "incomes[0].amount", "n'est pas un montant"),
        ("incomes.0.amount", 600.1, "incomes[0].amount", "guillemets"),
        ("incomes.0.amount", True, "incomes[0].amount", "n'est pas un montant"),
        ("incomes.0.amount", None, "incomes[0].amount", "obligatoire"),
        ("incomes.0.period", "week", "incomes[0].period", "month, year"),
        ("incomes.0.spi", "peut-être", "incomes[0].spi", "ni oui ni non"),
        ("incomes.0.kind", "pension", "incomes[0].spi", "revenu du travail"),
        ("incomes.0.cheques", 3, "incomes[0].cheques", "chèques ALE"),
        ("incomes.0.montant", 3, "incomes[0].montant", "Champ inconnu"),
        ("incomes.0.label", 1.5, "incomes[0].label", "Un texte"),
        ("capital.0.share", "3/2", "capital[0].share", "ne dépasse pas 1"),
        ("capital.0.share", "0/2", "capital[0].share", "plus grande que zéro"),
        ("capital.0.share", "1/0", "capital[0].share", "dénominateur"),
        ("capital.0.share", "1/20000", "capital[0].share", "dénominateur"),
        ("capital.0.share", "la moitié", "capital[0].share", "n'est pas une part"),
        ("properties.0.kind", "boat", "properties[0].kind", "built, unbuilt"),
        ("properties.0.rent", "-1", "properties[0].rent", "négatif"),
        ("properties.0.share", "2", "properties[0].share", "ne dépasse pas 1"),
        ("spouse.net_monthly", None, "spouse.net_monthly", "obligatoire"),
        ("spouse", "oui", "spouse", "ensemble de champs"),
        ("cohabitants.0.relation", "cat", "cohabitants[0].relation", "n'est pas connu"),
        ("cohabitants.0.birth_date", "2027-01-01", "cohabitants[0].birth_date", "après la date"),
        ("cohabitants", [{"relation": "partner"}] * 2, "cohabitants", "deux conjoints"),
        ("cohabitants", [{"relation": "parent"}] * 3, "cohabitants", "plus de deux parents"),
        ("cohabitants.0.net_monthly", "-1", "cohabitants[0].net_monthly", "négatif"),
        ("attribution", {"reason": "r"}, "attribution.percent", "obligatoire"),
        ("attribution", {"percent": 101, "reason": "r"}, "attribution.percent", "de 0 à 100"),
        ("attribution", {"percent": 50}, "attribution.reason", "motivée"),
        ("reviewed_on", "2026-02-28", "reviewed_on", "entre le début"),
        ("incomes.0.covers_days", 32, "incomes[0].covers_days", "de 0 à 31"),
        ("incomes.0.spi_kind", "genius", "incomes[0].spi_kind", "general, artistic, shortage"),
        ("incomes.0.spi_kind", "shortage", "spi_counter.shortage_from", "premier jour"),
        ("incomes.0.reference_year", 2024, "incomes[0].reference_year", "indépendant"),
        ("incomes.0.business", "deceased_spouse", "incomes[0].business", "indépendant"),
        ("incomes.0.exempt_part", "5", "incomes[0].exempt_part", "volontaire"),
        ("transfers", [{"value": 1}], "transfers[0].transferred_on", "obligatoire"),
        (
            "transfers",
            [{"value": 1, "transferred_on": "2026-03-02"}],
            "transfers[0].transferred_on",
            "après la date",
        ),
        (
            "transfers",
            [{"value": 1, "transferred_on": "2020-01-01", "debts": 5}],
            "transfers[0].debts",
            "bien vendu",
        ),
        (
            "transfers",
            [{"value": 1, "transferred_on": "2020-01-01", "share": "3/2"}],
            "transfers[0].share",
            "ne dépasse pas 1",
        ),
        (
            "spi_counter",
            {"shortage_from": "2026-01-15"},
            "spi_counter.shortage_from",
            "1er d'un mois",
        ),
        (
            "spi_counter",
            {"first_day": "2025-01-01", "periods": [{"first": "2025-02-01", "last": "2025-01-01"}]},
            "spi_counter.periods[0].last",
            "précède son début",
        ),
        (
            "spi_counter",
            {
                "first_day": "2025-01-01",
                "periods": [
                    {"first": "2025-02-01", "last": "2025-03-01"},
                    {"first": "2025-03-01", "last": "2025-04-01"},
                ],
            },
            "spi_counter.periods[1].first",
            "sans se chevaucher",
        ),
        (
            "spouse",
            {"net_monthly": 0, "receives_couple_amount": True},
            "spouse.receives_couple_amount",
            "suppose le droit",
        ),
    ],
)
def test_a_wrong_fact_is_refused_at_its_place(
    path: str, value: object, place: str, words: str
) -> None:
    with pytest.raises(CaseError) as error:
        Case.from_dict(with_change(path, value))
    assert error.value.path == place
    assert words in error.value.message


def test_all_errors_are_told_at_once() -> None:
    data = with_change("incomes.0.amount", "-5") | {"category": 9, "children": 99, "colour": "red"}
    with pytest.raises(CaseError) as error:
        Case.from_dict(data)
    places = {problem.path for problem in error.value.problems}
    assert places == {"category", "colour", "children", "incomes[0].amount"}


def test_a_good_case_is_read_to_the_cent() -> None:
    case = Case.from_dict(GOOD)
    assert case.incomes == (Income(IncomeKind.WAGE, Cents(60_000), spi=True),)
    assert case.capital == (Capital(Cents(90_000), (1, 2)),)
    assert case.requested_on == case.starts_on == date(2026, 3, 1)
    assert Case.from_dict(GOOD, on=date(2026, 4, 2)).on == date(2026, 4, 2)
    assert Case.from_dict({"requested_on": "25/02/2026", "category": "single"}).on == date(
        2026, 2, 25
    )


def test_a_case_built_in_code_is_checked_too() -> None:
    with pytest.raises(CaseError, match="négatif"):
        Case(
            on=date(2026, 3, 1),
            category=Category.SINGLE,
            incomes=(Income(IncomeKind.WAGE, Cents(-1)),),
        )
    with pytest.raises(CaseError, match="avant la demande"):
        Case(
            on=date(2026, 3, 1),
            category=Category.SINGLE,
            requested_on=date(2026, 2, 1),
            starts_on=date(2026, 1, 1),
        )


BASE = Case(on=date(2026, 3, 1), category=Category.COHABITANT)
BEFORE = Case(on=date(2026, 2, 28), category=Category.COHABITANT)


def living_with(case: Case, relation: Relation, birth: date | None = date(1970, 1, 1)) -> Case:
    return replace(case, cohabitants=(Cohabitant(relation, birth),))


def estate(kind: PropertyKind = PropertyKind.BUILT) -> Property:
    return Property(kind, Cents(3_000))


@pytest.mark.parametrize(
    ("case", "words"),
    [
        (living_with(BASE, Relation.PARENT), "depuis le 1er mars 2026"),
        (living_with(BASE, Relation.CHILD, None), "depuis le 1er mars 2026"),
        (living_with(BASE, Relation.GRANDPARENT), "depuis le 1er mars 2026"),
        (living_with(BASE, Relation.EX_SPOUSE), "depuis le 1er mars 2026"),
        (living_with(BEFORE, Relation.PARENT), "décision motivée de ne rien compter"),
        (
            replace(
                BEFORE, cohabitants=(Cohabitant(Relation.PARENT, None, net_monthly=Cents(90_000)),)
            ),
            "Indiquez sa décision motivée",
        ),
        (living_with(BASE, Relation.PARTNER), "doivent être indiquées"),
        (replace(BASE, property_transferred=True), "a été cédé"),
        (Case(on=date(2004, 5, 1), category=Category.DEPENDENT_FAMILY), "monoparentales"),
        (
            Case(
                on=date(2021, 5, 1),
                category=Category.SINGLE,
                incomes=(
                    Income(IncomeKind.WAGE, Cents(9_000), spi=True, spi_kind=SpiKind.ARTISTIC),
                ),
            ),
            "artistique",
        ),
    ],
)
def test_what_cannot_be_computed_yet_says_so(case: Case, words: str) -> None:
    result = entitlement(case)
    assert not result.covered
    assert words in result.not_covered[0]


@pytest.mark.parametrize(
    "case",
    [
        living_with(BASE, Relation.SIBLING),
        living_with(BASE, Relation.UNRELATED, None),
        living_with(BASE, Relation.CHILD, date(2015, 1, 1)),
        living_with(BEFORE, Relation.GRANDPARENT),
        replace(living_with(BASE, Relation.PARTNER), spouse=Spouse(Cents(0))),
        replace(BASE, properties=(estate(), estate(PropertyKind.UNBUILT), estate())),
        replace(BASE, capital=(Capital(Cents(500_000)), Capital(Cents(600_000), (1, 2)))),
        replace(living_with(BASE, Relation.PARENT), attribution=Appraisal(0, "rupture")),
        replace(living_with(BEFORE, Relation.PARENT), attribution=Appraisal(0, "rupture")),
        replace(BASE, capital=(Capital(Cents(200_000)), Capital(Cents(100_000), (1, 2)))),
    ],
)
def test_what_changes_nothing_is_covered(case: Case) -> None:
    result = entitlement(case)
    assert result.covered
    assert result.monthly_right == entitlement(BASE if case.on == BASE.on else BEFORE).monthly_right


def test_a_partner_with_the_right_is_left_out_with_a_note() -> None:
    case = replace(BASE, spouse=Spouse(Cents(300_000), has_right_to_integration=True))
    result = entitlement(case)
    assert result.monthly_right == entitlement(BASE).monthly_right
    assert any(step.key == "spouse" and step.amount is None for step in result.steps)


def test_the_first_month_is_paid_by_days_with_one_rounding() -> None:
    case = Case(on=date(2026, 2, 25), category=Category.SINGLE)
    result = entitlement(case)
    assert (result.first_month_days, result.first_month_length) == (4, 28)
    assert result.first_month == 187_74  # 15 770,41 × 4 ÷ (12 × 28) = 187,743
    later = replace(case, on=date(2026, 3, 18), requested_on=date(2026, 2, 25))
    assert entitlement(later).first_month is None


def test_ale_cheques_count_only_above_the_ceiling() -> None:
    cheques = Income(IncomeKind.ALE_CHEQUES, Cents(20_000), cheques=30)
    case = Case(on=date(2026, 3, 1), category=Category.SINGLE, incomes=(cheques,))
    result = entitlement(case)
    assert result.countable == 12 * (20_000 - 30 * 600)
    assert "exemption.ale_cheque" in {use.name for use in result.unconfirmed}


def test_a_let_property_counts_for_its_rent_and_says_which_reading_was_taken() -> None:
    let = Property(PropertyKind.BUILT, Cents(100_000), (1, 2), Cents(10_000), rent=Cents(600_000))
    case = Case(on=date(2026, 3, 1), category=Category.SINGLE, properties=(let,))
    result = entitlement(case)
    assert {step.key: step.amount for step in result.steps}["built"] == 300_000
    assert "assets.rented.rule" in {use.name for use in result.unconfirmed}


def test_an_entry_that_is_not_a_set_of_fields_gives_one_error_only() -> None:
    with pytest.raises(CaseError) as error:
        Case.from_dict(with_change("incomes.0", "wage"))
    assert len(error.value.problems) == 1
