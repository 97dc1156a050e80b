"""Anybody finds anybody: any part of a name, without accents, by NISS or by file number."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filrouge.base.access.actor import Actor
from filrouge.base.centres.models import Centre, Role
from filrouge.people import names
from filrouge.people.actions import change_identity
from filrouge.people.models import Person
from filrouge.people.queries import likely_duplicates, list_page, search
from tests import world

pytestmark = pytest.mark.django_db
BORN = date(1993, 5, 18)
NISS = world.niss(BORN, 223)


@pytest.fixture
def receptionist(centre: Centre) -> Actor:
    return world.actor(centre, Role.RECEPTIONIST)


def found(actor: Actor, text: str) -> list[str]:
    return [line.person.full_name for line in search(actor, text)]


@pytest.fixture
def zoe(centre: Centre) -> Person:
    return world.person(
        centre, "Lefèvre-Müller", "Zoé", birth_date=BORN, niss=NISS, residence_status="belgian"
    )


@pytest.mark.parametrize(
    "text",
    [
        "Lefèvre",
        "lefevre",
        "LEFEVRE",
        "fevr",
        "uller",
        "MÜLL",
        "zoe",
        "oé",
        "zoe lefevre",
        "lefevre zoe",
        "Müller, Zoé",
        "lefevre-muller",
        "  zoé   MULLER ",
    ],
)
def test_any_part_of_the_name_finds(zoe: Person, receptionist: Actor, text: str) -> None:
    assert found(receptionist, text) == ["Zoé Lefèvre-Müller"]


@pytest.mark.parametrize("text", ["levre", "zoe dupont", "xyz", "", "  ", "-", "%", "_", "%%"])
def test_what_is_not_in_the_name_does_not(zoe: Person, receptionist: Actor, text: str) -> None:
    assert found(receptionist, text) == []


@pytest.mark.parametrize("cut", [6, 8, 10])
def test_the_beginning_of_the_niss_finds(zoe: Person, receptionist: Actor, cut: int) -> None:
    assert found(receptionist, NISS[:cut]) == ["Zoé Lefèvre-Müller"]


def test_the_whole_niss_finds(zoe: Person, receptionist: Actor) -> None:
    assert found(receptionist, NISS) == ["Zoé Lefèvre-Müller"]


def test_the_niss_is_found_as_people_write_it(zoe: Person, receptionist: Actor) -> None:
    written = f"{NISS[:2]}.{NISS[2:4]}.{NISS[4:6]}-{NISS[6:9]}.{NISS[9:]}"
    assert found(receptionist, written) == ["Zoé Lefèvre-Müller"]


def test_the_file_number_finds_that_file_only(
    zoe: Person, centre: Centre, receptionist: Actor
) -> None:
    other = world.person(centre, "Dubois", "Jean")
    assert found(receptionist, str(zoe.file_number)) == ["Zoé Lefèvre-Müller"]
    assert found(receptionist, str(other.file_number)) == ["Jean Dubois"]


def test_ligatures_and_foreign_letters_are_found_as_typed_here(
    centre: Centre, receptionist: Actor
) -> None:
    world.person(centre, "Œuvrard", "Łukasz")
    world.person(centre, "Sørensen", "Ægir")
    world.person(centre, "Nuñez", "Ñusta")
    assert found(receptionist, "oeuvrard") == ["Łukasz Œuvrard"]
    assert found(receptionist, "lukasz") == ["Łukasz Œuvrard"]
    assert found(receptionist, "sorensen") == ["Ægir Sørensen"]
    assert found(receptionist, "nunez nusta") == ["Ñusta Nuñez"]


def test_another_centre_is_never_found(
    zoe: Person, other_centre: Centre, receptionist: Actor
) -> None:
    stranger = world.actor(other_centre, Role.RECEPTIONIST)
    for text in ("lefevre", NISS, str(zoe.file_number)):
        assert found(stranger, text) == []


def test_a_corrected_name_is_found_and_the_former_one_no_more(
    zoe: Person, system: Actor, receptionist: Actor
) -> None:
    change_identity(system, zoe.pk, {"last_name": "Vandenbroucke"}, zoe.version)
    assert found(receptionist, "broucke") == ["Zoé Vandenbroucke"]
    assert found(receptionist, "lefevre") == []


def test_answers_come_in_the_order_of_names(centre: Centre, receptionist: Actor) -> None:
    for last, first in (("Étienne", "Luc"), ("Eben", "Ana"), ("Ezra", "Bob"), ("El Amrani", "Aya")):
        world.person(centre, last, f"{first} Test")
    assert found(receptionist, "test") == [
        "Ana Test Eben",
        "Aya Test El Amrani",
        "Luc Test Étienne",
        "Bob Test Ezra",
    ]


def test_pages_follow_each_other_without_a_hole_or_a_double(
    centre: Centre, receptionist: Actor
) -> None:
    names_given = ["Martin", "martin", "Mârtin", "Zola", "Abel", "De Smet", "d'Hondt", "Özgür"]
    for name in names_given:
        world.person(centre, name, "Jo")
    seen, after = [], ""
    while True:
        page = list_page(receptionist, after=after, size=3)
        seen += [row.last_name for row in page.rows]
        if page.next_cursor is None:
            break
        after = page.next_cursor
    assert sorted(seen) == sorted(names_given)
    assert [names.plain(name) for name in seen] == sorted(names.plain(name) for name in seen)


def test_a_double_is_seen_by_niss_and_by_name_with_birth_date(zoe: Person, system: Actor) -> None:
    assert likely_duplicates(system, "Autre", "Nom", None, NISS) == [zoe]
    assert likely_duplicates(system, "LEFEVRE MULLER", "zoe", BORN, "") == [zoe]
    assert likely_duplicates(system, "Lefèvre-Müller", "Zoé", None, "") == []
    assert likely_duplicates(system, "Lefèvre-Müller", "Zoé", date(1993, 5, 19), "") == []


def test_a_search_reads_one_centre_only(
    zoe: Person, receptionist: Actor, one_centre_only: None
) -> None:
    assert found(receptionist, "lefevre")
    assert list_page(receptionist).rows


@given(st.text(min_size=1, max_size=40))
def test_every_part_of_every_word_is_kept(text: str) -> None:
    parts = names.parts(text)
    for word in names.words(text):
        if len(word) > names.LONGEST_PART:
            continue
        for start in range(len(word)):
            for end in range(start + 2, len(word) + 1):
                assert any(part.startswith(word[start:end]) for part in parts)


@given(st.text(max_size=60))
def test_a_plain_name_is_plain(text: str) -> None:
    plain = names.plain(text)
    assert plain == names.plain(plain)
    assert all(sign in "abcdefghijklmnopqrstuvwxyz0123456789 " for sign in plain)
