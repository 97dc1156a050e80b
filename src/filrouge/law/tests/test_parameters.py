"""The data of the law: complete, ordered, checked, and equal to its formula."""

from dataclasses import replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filrouge.law import parameter_store
from filrouge.law.parameter_questions import examine
from filrouge.law.parameter_store import (
    Level,
    Origin,
    ParameterError,
    ParameterValue,
    Status,
    Unit,
    load,
    read_file,
)

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
        ("      status: B\n", "", 11, "il manque le champ « status »"),
        ("  unit: eur\n", "", 2, "il manque le champ « unit »"),
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


CHOICE = """\
a.c:
  label: Un choix
  unit: choice
  level: centre
  options:
    one: "Une lecture."
    two: "Une autre."
  values:
    - valid_from: 2020-01-01
      value: one
      status: X
      source: Deux pages
      note: Elles se contredisent.
"""


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("value: one", "value: three", 10, "choisissez parmi one, two"),
        ("level: centre", "level: commune", 4, "national"),
        ("    two:", "    one:", 7, "deux fois"),
    ],
)
def test_a_wrong_choice_is_refused_with_its_name_and_line(
    tmp_path: Path, old: str, new: str, line: int, words: str
) -> None:
    (tmp_path / "mine.yaml").write_text(CHOICE.replace(old, new), encoding="utf-8")
    with pytest.raises(ParameterError) as error:
        load(tmp_path)
    assert str(error.value).startswith(f"mine.yaml, ligne {line} : ")
    assert words in str(error.value)


def test_a_line_without_article_cites_its_source(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(CHOICE, encoding="utf-8")
    line = load(tmp_path).history("a.c")[0]
    assert line.article == "Source : Deux pages"
    assert line.meaning == "Une lecture."
    assert line.level is Level.CENTRE


def added(origin: Origin, **changes: object) -> ParameterValue:
    """A line added on top of the shipped yearly amounts of March 2026."""
    base = parameter_store.shipped().entry("ris.amount.yearly", date(2026, 3, 1))
    facts: dict[str, object] = {
        "origin": origin,
        "author": "Directrice",
        "source": "Moniteur",
        "valid_from": date(2026, 9, 1),
        "known_from": date(2026, 8, 20),
        "value": (1, 2, 3),
    }
    return replace(base, **{**facts, **changes})  # type: ignore[arg-type]


def test_a_new_index_added_for_the_installation_holds_from_its_date_only() -> None:
    store = parameter_store.shipped().with_values([added(Origin.INSTALLATION)])
    assert store.value("ris.amount.yearly", date(2026, 9, 1)) == (1, 2, 3)
    assert store.entry("ris.amount.yearly", date(2026, 9, 1)).author == "Directrice"
    before = date(2026, 8, 31)
    shipped = parameter_store.shipped()
    assert store.value("ris.amount.yearly", before) == shipped.value("ris.amount.yearly", before)


def test_what_was_known_on_a_day_leaves_out_what_was_learnt_later() -> None:
    store = parameter_store.shipped().with_values([added(Origin.INSTALLATION)])
    assert store.as_known_on(date(2026, 8, 19)).digest() == parameter_store.shipped().digest()
    assert store.as_known_on(date(2026, 8, 20)).digest() == store.digest()


def test_the_digest_covers_who_added_what() -> None:
    shipped = parameter_store.shipped()
    one = shipped.with_values([added(Origin.INSTALLATION)])
    other = shipped.with_values([added(Origin.INSTALLATION, author="Président")])
    assert len({shipped.digest(), one.digest(), other.digest()}) == 3


def test_the_line_known_last_holds_whatever_its_layer() -> None:
    mine = added(Origin.INSTALLATION, valid_from=date(2026, 3, 1), known_from=date(2026, 3, 5))
    confirmed = added(
        Origin.SHIPPED, valid_from=date(2026, 3, 1), known_from=date(2026, 4, 1), value=(4, 5, 6)
    )
    store = parameter_store.shipped().with_values([mine, confirmed])
    assert store.value("ris.amount.yearly", date(2026, 3, 2)) == (4, 5, 6)
    assert examine(store).overtaken == (mine,)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (added(Origin.INSTALLATION, author=" "), "auteur"),
        (added(Origin.INSTALLATION, source=""), "source"),
        (added(Origin.INSTALLATION, known_from=None), "date de connaissance"),
        (added(Origin.INSTALLATION, unit=Unit.PERCENT), "unité"),
        (added(Origin.INSTALLATION, value=(1, 2)), "nombre de valeurs : 3"),
        (added(Origin.INSTALLATION, name="ris.amount.weekly"), "n'existe pas"),
        (added(Origin.CENTRE), "niveau d'un centre"),
    ],
)
def test_an_added_line_that_its_layer_may_not_set_is_refused(
    line: ParameterValue, words: str
) -> None:
    with pytest.raises(ParameterError, match=words):
        parameter_store.shipped().with_values([line])


def test_a_centre_chooses_between_readings_and_nothing_else() -> None:
    shipped = parameter_store.shipped()
    base = shipped.entry("refund.first_wave.criterion", date(2026, 1, 1))
    chosen = replace(
        base, origin=Origin.CENTRE, author="CAS", value="exclusion", known_from=date(2026, 2, 1)
    )
    store = shipped.with_values([chosen])
    assert store.value("refund.first_wave.criterion", date(2026, 5, 1)) == "exclusion"
    with pytest.raises(ParameterError, match="choisissez parmi"):
        shipped.with_values([replace(chosen, value="nobody")])


def test_results_for_past_dates_do_not_change_when_values_are_added() -> None:
    store = parameter_store.shipped().with_values([added(Origin.INSTALLATION)])
    shipped = parameter_store.shipped()
    for name in shipped.names():
        for line in shipped.history(name):
            assert store.entry(name, line.valid_from) == shipped.entry(name, line.valid_from)


NAMES = parameter_store.shipped().names()


@given(st.sampled_from(NAMES), st.dates(date(2002, 10, 1), date(2060, 1, 1)))
def test_on_any_date_the_line_that_began_last_and_has_not_ended_holds(name: str, on: date) -> None:
    store = parameter_store.shipped()
    lines = [line for line in store.history(name) if line.valid_from <= on]
    if not lines or (lines[-1].valid_to and lines[-1].valid_to < on):
        with pytest.raises(ParameterError):
            store.entry(name, on)
    else:
        assert store.entry(name, on) is lines[-1]


@given(
    st.sampled_from([line for line in parameter_store.shipped().lines() if not line.valid_to]),
    st.integers(1, 4000),
    st.dates(date(2002, 10, 1), date(2060, 1, 1)),
)
def test_an_added_line_never_changes_a_date_before_it(
    line: ParameterValue, later: int, on: date
) -> None:
    shipped = parameter_store.shipped()
    last = shipped.history(line.name)[-1]
    if last.valid_to:
        return
    start = date.fromordinal(last.valid_from.toordinal() + later)
    extra = replace(
        last, valid_from=start, known_from=start, origin=Origin.INSTALLATION, author="Directrice"
    )
    store = shipped.with_values([extra])
    assert store.digest() != shipped.digest()
    assert store.as_known_on(date.fromordinal(start.toordinal() - 1)).digest() == shipped.digest()
    if line.valid_from <= on < start and on >= shipped.history(line.name)[0].valid_from:
        assert store.entry(line.name, on) == shipped.entry(line.name, on)
