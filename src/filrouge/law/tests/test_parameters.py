"""The data of the law: complete, ordered, checked, and equal to its formula."""

from dataclasses import replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest

from filrouge.law import parameter_store
from filrouge.law.parameter_store import ParameterError, Status, load, read_file

CENT = Decimal("0.01")


def yearly_by_formula(base: int, step: int) -> int:
    coefficient = (Decimal("1.02") ** step).quantize(Decimal("0.0001"), ROUND_HALF_UP)
    return int((Decimal(base) * coefficient).quantize(Decimal(1), ROUND_HALF_UP))


def test_every_published_amount_follows_the_index_formula_but_one() -> None:
    store = parameter_store.shipped()
    deviations = []
    for line in store.history("ris.amount.yearly"):
        on = line.valid_from
        step = store.number("ris.index_step", on)
        for rank, base in enumerate(store.table("ris.base.yearly", on)):
            assert store.table("ris.amount.yearly", on)[rank] == yearly_by_formula(base, step)
            monthly = store.table("ris.amount.monthly", on)[rank]
            if monthly != (2 * store.table("ris.amount.yearly", on)[rank] + 12) // 24:
                deviations.append((on, rank + 1, monthly))
    assert deviations == [(date(2009, 6, 1), 1, 483_85)]
    assert len(store.history("ris.amount.yearly")) == 41


def test_the_exemption_for_work_follows_its_index() -> None:
    store = parameter_store.shipped()
    for line in store.history("exemption.spi.monthly"):
        step = store.number("ris.index_step", line.valid_from)
        assert line.value == yearly_by_formula(177_76, step)


def test_a_value_never_shipped_without_unit_source_and_article() -> None:
    store = parameter_store.shipped()
    for name in store.names():
        for line in store.history(name):
            assert line.source and line.article and line.label
            assert line.status.is_confirmed or line.status is Status.COMPUTED or line.note, name


def test_a_correction_is_a_new_line_and_the_old_one_can_still_be_asked() -> None:
    store = parameter_store.shipped()
    shipped = store.entry("ris.amount.yearly", date(2026, 3, 1))
    corrected = replace(shipped, value=(1, 2, 3), known_from=date(2026, 3, 20))
    newer = store.with_values([corrected])
    assert newer.value("ris.amount.yearly", date(2026, 4, 1)) == (1, 2, 3)
    asked_before = newer.entry("ris.amount.yearly", date(2026, 4, 1), known_on=date(2026, 3, 19))
    assert asked_before.value == shipped.value
    assert newer.digest() != store.digest()


def test_a_date_before_the_law_or_an_unknown_name_is_refused() -> None:
    with pytest.raises(ParameterError):
        parameter_store.value("ris.amount.yearly", date(2002, 9, 30))
    with pytest.raises(ParameterError):
        parameter_store.value("ris.amount", date(2026, 1, 1))


GOOD = """\
a.b:
  label: Un montant
  unit: eur
  article: art. 1
  values:
    - valid_from: 2020-01-01
      valid_to: 2020-12-31
      value: 10.50
      status: A
      source: Moniteur
    - valid_from: 2021-01-01
      value: 11
      status: B
      source: Moniteur
"""


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("unit: eur", "unit: franc", 3, "unité inconnue"),
        ("2021-01-01", "2021-02-01", 11, "trou"),
        ("2021-01-01", "2020-06-01", 11, "chevauche"),
        ("2021-01-01", "2019-01-01", 11, "ordre"),
        ("2021-01-01", "2020-01-01", 11, "deux valeurs"),
        ("2021-01-01", "hier", 11, "date"),
        ("value: 11", "value: onze", 12, "onze"),
        ("value: 11", "value: -11", 12, "négative"),
        ("value: 11", "value: [1, 2]", 12, "texte"),
        ("status: B", "status: Z", 13, "statut"),
        ("source: Moniteur\n    - ", "sauce: Moniteur\n    - ", 10, "champ inconnu"),
        ("      source: Moniteur\n    - ", "    - ", 6, "il manque"),
        ("2020-12-31", "2019-12-31", 7, "précède"),
        ("  label: Un montant\n", "  label: Un montant\n  label: b\n", 3, "deux fois"),
        ("a.b:", "a.b: [", 3, "YAML"),
    ],
)
def test_a_wrong_file_is_refused_with_its_name_and_line(
    tmp_path: Path, old: str, new: str, line: int, words: str
) -> None:
    assert old in GOOD
    head, _found, tail = GOOD.rpartition(old) if old != "unit: eur" else GOOD.partition(old)
    path = tmp_path / "mine.yaml"
    path.write_text(head + new + tail, encoding="utf-8")
    with pytest.raises(ParameterError) as error:
        load(tmp_path)
    assert str(error.value).startswith(f"mine.yaml, ligne {line} : ")
    assert words in str(error.value)


def test_the_good_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(GOOD, encoding="utf-8")
    assert [value.value for value in read_file(path)] == [1050, 1100]


def test_the_same_name_in_two_files_or_an_empty_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "one.yaml").write_text(GOOD, encoding="utf-8")
    (tmp_path / "two.yaml").write_text(GOOD, encoding="utf-8")
    with pytest.raises(ParameterError, match="déjà dans one"):
        load(tmp_path)
    (tmp_path / "two.yaml").write_text("", encoding="utf-8")
    with pytest.raises(ParameterError, match="vide"):
        load(tmp_path)
