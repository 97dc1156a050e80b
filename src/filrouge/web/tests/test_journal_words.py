"""Every page and every act can be told to the person, in exact words."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.urls import URLPattern, get_resolver, reverse

import filrouge
from filrouge.claims.models import Aid
from filrouge.claims.tests.desk import browser, open_desk
from filrouge.web.journal_words import DONE, READ

SOURCE = Path(filrouge.__file__).parent
COMPOSED = {
    "f'claims.{transition}'": {"claims.approve", "claims.send_back"},
    "f'people.end_{model.__name__.lower()}'": {
        "people.end_householdmember", "people.end_income", "people.end_asset",
    },
}  # fmt: skip
"""Names of acts that the code puts together, and what they may become."""


def addresses() -> set[str]:
    def walk(patterns, spaces: tuple[str, ...]) -> Iterator[str]:
        for entry in patterns:
            if isinstance(entry, URLPattern):
                yield ":".join((*spaces, entry.name or str(entry.pattern)))
            else:
                inner = (*spaces, entry.namespace) if entry.namespace else spaces
                yield from walk(entry.url_patterns, inner)

    return set(walk(get_resolver().url_patterns, ()))


def acts() -> set[str]:
    """The names that the source gives to ``record_act``."""
    found: set[str] = set()
    for path in SOURCE.rglob("*.py"):
        if {"tests", "migrations"} & set(path.parts) or path.name == "journal.py":
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for function in ast.walk(tree):
            if isinstance(function, ast.FunctionDef):
                for call in calls_of(function, "record_act"):
                    found |= names_of(call.args[1], function, tree, path)
    return found


def calls_of(tree: ast.AST, name: str) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == name:
            yield node


def names_of(given: ast.expr, function: ast.FunctionDef, tree: ast.AST, path: Path) -> set[str]:
    """One name as it stands, those of a composed one, or those handed to the function."""
    if isinstance(given, ast.Constant):
        return {given.value}
    if isinstance(given, ast.JoinedStr):
        assert ast.unparse(given) in COMPOSED, f"{path}: add {ast.unparse(given)} to COMPOSED"
        return COMPOSED[ast.unparse(given)]
    assert isinstance(given, ast.Name), f"{path}: a name that this test cannot read"
    place = [argument.arg for argument in function.args.args].index(given.id)
    handed = [call.args[place] for call in calls_of(tree, function.name)]
    assert handed and all(isinstance(one, ast.Constant) for one in handed), path
    return {one.value for one in handed if isinstance(one, ast.Constant)}


def test_every_act_of_the_trail_has_its_words() -> None:
    assert acts() - set(DONE) == set(), "acts without words in web/journal_words.py"
    assert set(DONE) - acts() == set(), "words for acts that do not exist"


def test_every_page_has_its_words() -> None:
    assert addresses() - set(READ) == set(), "pages without words in web/journal_words.py"
    assert set(READ) - addresses() == set(), "words for pages that do not exist"


def test_words_say_what_they_are() -> None:
    assert [words for words in DONE.values() if not words.startswith("a ")] == []
    assert len(acts()) > 50 and "council.decide_urgently" in acts()


@pytest.mark.django_db
@pytest.mark.usefixtures("frozen_time")
def test_the_person_reads_who_read_what_in_plain_words(centre) -> None:
    desk = open_desk(centre)
    samira = desk.samira()
    desk.register(Aid.FINANCIAL, person=samira, urgent=True, words="Plus rien.")
    browser(desk.president).get(reverse("my_work"))
    browser(desk.nadia).get(reverse("search"), {"q": "Samira"})
    browser(desk.reception).get(reverse("people:person", args=[samira.pk]))
    page = reverse("people:readers", args=[samira.pk])
    html = browser(desk.director).get(page).content.decode()
    assert "une demande urgente, avec ses mots" in html
    assert "a inscrit une demande" in html and "identité seulement" in html
    assert "recherche" not in html.partition("Ont lu")[2].partition("Y ont travaillé")[0]
    html = browser(desk.director).get(page, {"listes": "1"}).content.decode()
    assert "les résultats d&#x27;une recherche" in html
