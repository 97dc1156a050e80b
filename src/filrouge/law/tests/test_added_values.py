"""Values added by an administrator, from a form or a file."""

from datetime import date
from pathlib import Path

import pytest

from filrouge.law import parameter_store
from filrouge.law.added_values import AddedValueError, read_added, read_added_file, switched
from filrouge.law.parameter_store import Origin, ParameterError

FORM = {
    "name": "ris.amount.monthly",
    "valid_from": "01/01/2027",
    "known_from": "2026-12-18",
    "value": "911,56 ; 1 367,34 ; 1847.89",
    "status": "a",
    "source": "Moniteur belge",
    "author": "Directrice générale",
}

FILE = """\
- name: ris.amount.monthly
  valid_from: 2027-01-01
  known_from: 2026-12-18
  value: [911.56, 1367.34, 1847.89]
  status: A
  source: Moniteur belge
  author: Directrice générale
- name: iop.indemnity.hour
  valid_from: 2026-06-01
  known_from: 2026-05-20
  value: 2.50
  status: A
  source: Décision du conseil
  author: Présidente
"""


def test_a_form_gives_a_line_with_its_author_and_the_unit_of_the_parameter() -> None:
    line = read_added(FORM, parameter_store.shipped())
    assert line.value == (91156, 136734, 184789)
    assert (line.valid_from, line.known_from) == (date(2027, 1, 1), date(2026, 12, 18))
    assert (line.origin, line.author) == (Origin.INSTALLATION, "Directrice générale")
    assert line.article == "Loi du 26 mai 2002, art. 14 § 1"
    store = parameter_store.shipped().with_values([line])
    assert store.value("ris.amount.monthly", date(2027, 1, 1)) == line.value


@pytest.mark.parametrize(
    ("field", "given", "words"),
    [
        ("name", "ris.amount", "n'existe pas"),
        ("name", "", "obligatoire"),
        ("value", "1 ; 2", "3 valeurs"),
        ("value", "1 ; 2 ; trois", "trois"),
        ("value", "1 ; 2 ; -3", "négative"),
        ("valid_from", "demain", "date"),
        ("valid_from", "", "obligatoire"),
        ("known_from", "2026-13-01", "date"),
        ("valid_to", "2026-12-31", "précède"),
        ("status", "Z", "A, B, C, U ou X"),
        ("source", "  ", "obligatoire"),
        ("author", "", "obligatoire"),
    ],
)
def test_a_wrong_field_is_named(field: str, given: str, words: str) -> None:
    with pytest.raises(AddedValueError) as error:
        read_added({**FORM, field: given}, parameter_store.shipped())
    assert [(problem.field, words in problem.message) for problem in error.value.problems] == [
        (field, True)
    ]


def test_every_wrong_field_is_named_at_once_and_an_unknown_one_too() -> None:
    with pytest.raises(AddedValueError) as error:
        read_added({**FORM, "author": "", "value": "x", "colour": "red"}, parameter_store.shipped())
    assert {problem.field for problem in error.value.problems} == {"author", "value", "colour"}


def test_a_value_that_is_not_sure_says_why() -> None:
    with pytest.raises(AddedValueError, match="note"):
        read_added({**FORM, "status": "C"}, parameter_store.shipped())


def test_a_centre_sets_what_the_law_leaves_to_it_and_nothing_national() -> None:
    with pytest.raises(AddedValueError, match="niveau d'un centre"):
        read_added(FORM, parameter_store.shipped(), Origin.CENTRE)
    fields = {**FORM, "name": "iop.indemnity.hour", "value": "2.50"}
    assert read_added(fields, parameter_store.shipped(), Origin.CENTRE).value == 250


def test_a_choice_is_one_of_its_readings_and_a_date_is_a_date() -> None:
    fields = {**FORM, "name": "abroad.counting", "value": "weeks"}
    with pytest.raises(AddedValueError, match="days, whole_weeks"):
        read_added(fields, parameter_store.shipped())
    fields = {**FORM, "name": "refund.new_entrants.first", "value": "2026-07-15"}
    assert read_added(fields, parameter_store.shipped()).value == "2026-07-15"
    with pytest.raises(AddedValueError, match="date"):
        read_added({**fields, "value": "juillet"}, parameter_store.shipped())


def test_a_file_of_added_values_is_read(tmp_path: Path) -> None:
    path = tmp_path / "values.yaml"
    path.write_text(FILE, encoding="utf-8")
    lines = read_added_file(path, parameter_store.shipped())
    assert [line.value for line in lines] == [(91156, 136734, 184789), 250]


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("value: 2.50", "value: deux", 11, "deux"),
        ("name: iop.indemnity.hour", "name: iop.indemnity", 8, "n'existe pas"),
        ("  author: Présidente\n", "", 8, "author"),
        ("author: Présidente", "autor: Présidente", 14, "champ inconnu"),
        ("valid_from: 2026-06-01", "valid_from: [1, 2]", 9, "texte"),
        ("known_from: 2026-05-20", "known_from: hier", 10, "date"),
        ("[911.56, 1367.34, 1847.89]", "[911.56, 1367.34]", 4, "3 valeurs"),
        ("- name: iop", "- - name: iop", 8, "YAML"),
    ],
)
def test_a_wrong_file_names_the_file_and_the_line(
    tmp_path: Path, old: str, new: str, line: int, words: str
) -> None:
    assert old in FILE
    path = tmp_path / "values.yaml"
    path.write_text(FILE.replace(old, new), encoding="utf-8")
    with pytest.raises(ParameterError) as error:
        read_added_file(path, parameter_store.shipped())
    assert words in str(error.value)
    if words != "YAML":
        assert str(error.value).startswith(f"values.yaml, ligne {line} : ")


def test_the_same_line_twice_an_empty_file_and_a_missing_one_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "values.yaml"
    path.write_text(FILE + FILE, encoding="utf-8")
    with pytest.raises(ParameterError, match=r"ligne 15.*deux valeurs"):
        read_added_file(path, parameter_store.shipped())
    path.write_text("", encoding="utf-8")
    with pytest.raises(ParameterError, match="vide"):
        read_added_file(path, parameter_store.shipped())
    with pytest.raises(ParameterError, match="ne peut pas être lu"):
        read_added_file(tmp_path / "none.yaml", parameter_store.shipped())


def test_a_centre_switches_readings_by_name() -> None:
    shipped = parameter_store.shipped()
    choices = {"refund.first_wave.criterion": "exclusion", "iop.indemnity.basis": "days"}
    store = switched(shipped, choices, "Conseil", date(2026, 2, 1))
    assert store.value("refund.first_wave.criterion", date(2026, 1, 1)) == "exclusion"
    assert store.value("iop.indemnity.basis", date(2026, 1, 1)) == "days"
    assert {line.name for line in store.layer(Origin.CENTRE)} == set(choices)
    assert store.entry("iop.indemnity.basis", date(2026, 1, 1)).status == "X"


@pytest.mark.parametrize(
    ("choices", "words"),
    [
        ({"refund.first_wave.criterion": "nobody"}, "choisissez parmi"),
        ({"refund.first_wave": "exclusion"}, "n'existe pas"),
        ({"abroad.days": "28"}, "niveau d'un centre"),
    ],
)
def test_an_unknown_reading_or_a_national_value_is_refused(
    choices: dict[str, str], words: str
) -> None:
    with pytest.raises(AddedValueError, match=words):
        switched(parameter_store.shipped(), choices, "Conseil", date(2026, 2, 1))
