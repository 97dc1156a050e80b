"""Trying a case without a file: the address holds it all, and nothing but figures and dates."""

from datetime import date

import pytest
from django.http import QueryDict

from filrouge.law.case import IncomeKind
from filrouge.lawbook.trial import GROUPS, MOST_LINES, Trial

TODAY = date(2026, 3, 2)
BASE = "p-au=2026-04-01&p-categorie=2"


def trial(query: str) -> Trial:
    return Trial(QueryDict(query), TODAY)


def test_a_fresh_page_asks_nothing_of_the_law():
    fresh = trial("")
    assert fresh.case is None and not fresh.problems and not fresh.is_asked


def test_lines_become_the_facts_of_the_case():
    case = trial(
        BASE + "&r0-nature=wage&r0-montant=1 314,20&r0-spi=oui&r4-nature=pension&r4-montant=10"
        "&r4-par=year&k0-montant=8000&k0-part=1/2&b0-nature=built&b0-rc=745&b0-droit=usufruct"
        "&c0-lien=parent&c0-naissance=1970-01-01&c0-net=1500&s-net=200&d-compte=50"
    ).case
    assert [(one.kind, one.amount, one.spi) for one in case.incomes] == [
        (IncomeKind.WAGE, 131420, True), (IncomeKind.PENSION, 1000, False),
    ]  # fmt: skip
    assert case.incomes[1].yearly == 1000
    assert case.capital[0].share == (1, 2)
    assert case.properties[0].ownership.value == "usufruct"
    assert case.cohabitants[0].net_monthly == 150000
    assert case.spouse.net_monthly == 20000
    assert case.attribution.percent == 50 and case.attribution.reason


def test_the_link_gives_the_same_case_and_holds_nothing_usual_or_empty():
    long = trial(
        BASE + "&p-enfants=0&p-demande=&r3-nature=wage&r3-montant=600&r3-par=month&r3-sorte=general"
        "&r3-debut=&k0-montant=&k0-part=&c0-lien=&plus=r"
    )
    assert long.link == "p-au=2026-04-01&p-categorie=2&r0-nature=wage&r0-montant=600"
    assert trial(long.link).case == long.case is not None


@pytest.mark.parametrize(
    ("query", "place", "words"),
    [
        ("&r0-nature=wage&r0-montant=-5", "id_r0-montant", "négatif"),
        ("&r0-nature=wage&r0-montant=cinq", "id_r0-montant", "cinq"),
        ("&r0-montant=5", "id_r0-nature", "obligatoire"),
        ("&r0-nature=nothing&r0-montant=5", "id_r0-nature", ""),
        ("&k0-montant=10&k0-part=3/2", "id_k0-part", "part"),
        ("&b0-nature=built&b0-rc=10&b0-part=x", "id_b0-part", "part"),
        ("&c0-lien=parent&c0-naissance=2099-01-01", "id_c0-naissance", "après"),
        ("&p-enfants=99", "id_p-enfants", "enfants"),
        ("&p-demande=2001-01-01", "id_p-demande", "2002"),
        ("&p-demande=nope", "id_p-demande", "date"),
        ("&d-compte=120", "id_d-compte", "100"),
        ("&s-droit=oui", "id_s-net", "obligatoire"),
        ("&t0-le=2024-01-01&t0-valeur=1000&t0-dettes=5", "id_t0-dettes", "vendu"),
        ("&t0-le=2024-01-01&t0-valeur=1000&t0-equite=500", "id_t0-equite", "100"),
    ],
)
def test_a_wrong_value_gives_one_sentence_at_its_field(query, place, words):
    wrong = trial(BASE + query)
    assert wrong.case is None
    assert [one[0] for one in wrong.problems] == [place]
    assert words in wrong.problems[0][2]


@pytest.mark.parametrize(
    "query",
    [
        "&nom=Dupont",
        "&r0-note=Il travaille",
        "&p0-au=2026-01-01",
        "&r-nature=wage",
        "&r0-nature=wage&r0-montant=" + "9" * 30,
    ],
)
def test_a_name_or_a_story_has_no_place_in_the_address(query):
    wrong = trial(BASE + query)
    assert wrong.case is None and len(wrong.problems) >= 1
    assert "Dupont" not in wrong.link and "travaille" not in wrong.link


def test_too_many_lines_are_refused_and_not_dropped():
    lines = "".join(f"&r{n}-nature=pension&r{n}-montant=1" for n in range(MOST_LINES + 1))
    wrong = trial(BASE + lines)
    assert wrong.case is None and f"{MOST_LINES} lignes" in wrong.problems[0][2]


def test_every_field_is_known_to_the_law():
    for group in GROUPS:
        assert set(group.form.base_fields) == set(group.form.law), group.key
        assert set(group.form.fold) <= set(group.form.base_fields)
