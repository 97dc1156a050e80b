"""The commands on the values of the law: show, history, diff, search, check, docs."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from filrouge.law.cli import main

ROOT = Path(__file__).parents[4]

ADDED = """\
- name: ris.amount.monthly
  valid_from: 2027-01-01
  known_from: 2026-12-18
  value: [911.56, 1367.34, 1847.89]
  status: A
  source: Moniteur belge
  author: Directrice générale
"""


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    try:
        code = main(arguments)
    except SystemExit as stop:
        code = int(str(stop.code))
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def test_a_family_is_shown_on_a_date(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _err = run(capsys, "show", "ris.amounts", "--on", "2025-06-01")
    assert code == 0
    assert "876,13" in out and "10\u202f513,60" in out and "Guide-Bxl" in out
    assert "893,65" not in out


def test_without_a_date_the_last_value_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    _code, out, _err = run(capsys, "show", "ris.amount.monthly")
    assert "893,65" in out and "[C, calculé par nous]" in out


def test_a_choice_is_shown_with_its_readings(capsys: pytest.CaptureFixture[str]) -> None:
    _code, out, _err = run(capsys, "show", "abroad.counting")
    assert "whole_weeks" in out and "[X, " in out


def test_data_is_in_cents_with_status_and_source(capsys: pytest.CaptureFixture[str]) -> None:
    _code, out, _err = run(capsys, "show", "ris.amount.monthly", "--on", "2025-06-01", "--json")
    (line,) = json.loads(out)
    assert line["value"] == [87613, 131420, 177607]
    assert (line["status"], line["unit"], line["origin"]) == ("B", "eur_per_month", "shipped")


def test_history_has_every_line(capsys: pytest.CaptureFixture[str]) -> None:
    _code, out, _err = run(capsys, "history", "refund.first_wave.rate", "--json")
    assert [line["value"] for line in json.loads(out)] == [100, 90, 80, 75]
    _code, out, _err = run(capsys, "history", "refund.first_wave.rate")
    assert out.count("%") == 4


def test_what_changed_between_two_dates(capsys: pytest.CaptureFixture[str]) -> None:
    _code, out, _err = run(capsys, "diff", "2025-01-01", "2026-04-01")
    assert "ris.amount.monthly" in out and "858,97" in out and "893,65" in out
    assert "aucune valeur" in out and "abroad.days" not in out
    _code, out, _err = run(capsys, "diff", "2026-04-01", "2026-04-02")
    assert "Rien n'a changé" in out
    _code, out, _err = run(capsys, "diff", "2025", "2026", "--json")
    names = {change["name"] for change in json.loads(out)}
    assert "refund.new_entrants" in names


@pytest.mark.parametrize("words", [["récidive"], ["RECIDIVE"], ["récidive", "piis"]])
def test_a_search_leaves_accents_and_case_aside(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _err = run(capsys, "search", *words)
    assert code == 0 and "sanction.piis.repeat_window" in out


def test_a_search_without_result_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _err = run(capsys, "search", "zèbre")
    assert code == 1 and "Rien sur « zèbre »" in out


def test_the_check_names_the_known_deviation_and_what_is_not_sure(
    capsys: pytest.CaptureFixture[str],
) -> None:
    code, out, _err = run(capsys, "check")
    assert code == 0
    assert "483,85" in out and "Écart connu" in out
    assert "[X] refund.first_wave.criterion" in out and "[U] term.decision.shift" in out
    _code, out, _err = run(capsys, "check", "--json")
    data = json.loads(out)
    assert data["sound"] is True and len(data["deviations"]) == 1
    assert all(choice["default"] in choice["readings"] for choice in data["choices"])
    assert data["choices"]
    assert {line["status"] for line in data["unconfirmed"]} == {"U", "X"}


def test_added_values_are_layered_and_a_wrong_amount_is_seen(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "values.yaml"
    path.write_text(ADDED, encoding="utf-8")
    arguments = ("show", "ris.amount.monthly", "--on", "2027-01-01", "--values", str(path))
    _code, out, _err = run(capsys, *arguments)
    assert "911,56" in out and "Directrice générale" in out
    _code, out, _err = run(capsys, *arguments, "--known-on", "2026-12-17")
    assert "893,65" in out
    code, out, _err = run(capsys, "check", "--values", str(path))
    assert code == 1 and "par la formule" in out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["show", "ris.amnt.monthly"], "Voulez-vous dire ris.amount.monthly"),
        (["show", ""], "inconnu"),
        (["show", "ris.amounts", "--on", "hier"], "n'est pas une date"),
        (["show", "ris.amounts", "--on", "1999-01-01"], "01/10/2002"),
        (["show", "abroad.days", "--on", "2015-01-01"], "n'a pas de valeur"),
        (["show", "ris.amounts", "--values", "none.yaml"], "ne peut pas être lu"),
        (["history", "rien.du.tout"], "inconnu"),
        (["diff", "2026-01-01", "2025-01-01"], "précède"),
        (["diff", "2026-01-01"], "Usage"),
        (["search", " "], "au moins un mot"),
        (["docs", "pages", "--examples", "nowhere"], "n'existe pas"),
    ],
)
def test_a_wrong_command_is_one_french_sentence(
    arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = run(capsys, *arguments)
    assert (code, out) == (2, "")
    assert words in err and "Traceback" not in err
    assert len(err.strip().splitlines()) == 1


def test_a_wrong_file_of_values_names_its_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "values.yaml"
    path.write_text(ADDED.replace("status: A", "status: Z"), encoding="utf-8")
    code, _out, err = run(capsys, "check", "--values", str(path))
    assert code == 2 and err.startswith("values.yaml, ligne 5 : ")


def test_the_django_command_says_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    from django.core.management import call_command

    call_command("law", "show", "ris.amount.monthly", "--on", "2025-06-01")
    with_django = capsys.readouterr().out
    _code, out, _err = run(capsys, "show", "ris.amount.monthly", "--on", "2025-06-01")
    assert with_django == out


def test_the_documentation_is_up_to_date() -> None:
    from filrouge.law.rule_pages import pages

    directory = ROOT / "docs" / "law"
    written = {path.name: path.read_text(encoding="utf-8") for path in directory.glob("*.md")}
    wanted = pages(ROOT / "examples")
    assert set(written) == set(wanted), "python -m filrouge.law docs docs/law"
    for name, text in wanted.items():
        assert written[name] == text, f"{name}: python -m filrouge.law docs docs/law"


def test_every_rule_has_a_page_and_every_family_of_values_is_on_one() -> None:
    from filrouge.law import parameter_store
    from filrouge.law.rule_pages import all_rules, pages

    text = "\n".join(pages(ROOT / "examples").values())
    assert [rule.key for rule in all_rules() if rule.label not in text] == []
    families = {name.partition(".")[0] for name in parameter_store.shipped().names()}
    income = {"ris", "exemption", "assets", "cohabitants"}
    assert [name for name in families - income if f"`{name}." not in text] == []


def test_writing_the_pages_removes_those_of_rules_that_are_gone(tmp_path: Path) -> None:
    from filrouge.law.rule_pages import MARK, write_pages

    (tmp_path / "gone.md").write_text(MARK, encoding="utf-8")
    (tmp_path / "mine.md").write_text("Notes", encoding="utf-8")
    written = write_pages(tmp_path, ROOT / "examples")
    names = {path.name for path in tmp_path.glob("*.md")}
    assert names == {path.name for path in written} | {"mine.md"}


def test_the_values_are_in_the_package_and_the_rules_load_without_django() -> None:
    code = (
        "import sys\n"
        "from importlib.resources import files\n"
        "names = {item.name for item in (files('filrouge.law') / 'parameters').iterdir()}\n"
        "assert {'iop.yaml', 'refund.yaml', 'ris_amounts.yaml'} <= names\n"
        "from filrouge.law import aids, added_values, article60, iop, piis, recovery, refund\n"
        "from filrouge.law import sanctions, suspension, parameter_commands\n"
        "assert 'django' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
