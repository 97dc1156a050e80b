"""The commands `ris`, `terms`, `amounts`: documented output, and bad input in one sentence."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from filrouge.law.cli import main

ROOT = Path(__file__).parents[4]
EXAMPLES = ROOT / "examples"


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    try:
        code = main(arguments)
    except SystemExit as stop:
        code = int(str(stop.code))
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def documented() -> list[tuple[str, str]]:
    """Commands of examples/README.md with the output printed below each."""
    blocks = (EXAMPLES / "README.md").read_text(encoding="utf-8").split("```console\n$ ")[1:]
    found = []
    for block in blocks:
        command, _newline, rest = block.partition("\n")
        found.append((command, rest.partition("```")[0]))
    return found


@pytest.mark.parametrize(("command", "output"), documented())
def test_a_documented_command_prints_what_is_documented(
    command: str,
    output: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(ROOT)
    words = command.split()
    assert words[:3] == ["python", "-m", "filrouge.law"]
    _code, out, err = run(capsys, *words[3:])
    assert _without_digest(out + err) == _without_digest(output)


def _without_digest(text: str) -> list[str]:
    return [line for line in text.splitlines() if not line.startswith("Données de la loi")]


def test_there_are_at_least_five_documented_commands() -> None:
    assert len(documented()) >= 5


def test_json_holds_the_case_and_its_result_in_cents(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _err = run(capsys, "ris", str(EXAMPLES / "part-time-wage.yaml"), "--json")
    data = json.loads(out)
    assert code == 0
    assert data["entitlement"]["monthly_right"] == 107_697
    assert data["case"]["incomes"][0]["amount"] == "600.00"


def test_another_date_uses_the_law_of_that_date(capsys: pytest.CaptureFixture[str]) -> None:
    path = str(EXAMPLES / "savings-25500.yaml")
    _code, out, _err = run(capsys, "ris", path, "--on", "2026-04-15")
    assert "mercredi 15 avril 2026" in out
    path = str(EXAMPLES / "part-time-wage.yaml")
    code, _out, err = run(capsys, "ris", path, "--on", "2025-06-15")
    assert code == 2 and "précède le mois" in err


def test_a_case_not_covered_says_so_and_ends_with_its_own_code(
    capsys: pytest.CaptureFixture[str],
) -> None:
    code, out, _err = run(capsys, "ris", str(EXAMPLES / "parent-without-figures.yaml"))
    assert code == 3
    assert "NON COUVERT" in out


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "ne contient pas de champs"),
        (b"- a\n- b\n", "ne contient pas de champs"),
        (b"on: [1, 2\n", "YAML lisible, ligne"),
        (b"on: 2026-03-01\non: 2026-03-01\n", "deux fois, ligne 2"),
        (b"\xff\xfe\x00on", "UTF-8"),
        (b"PK\x03\x04\x00\x00", "YAML lisible"),
        (b"on: 2026-03-01\n", "category : Ce champ est obligatoire."),
        (b"on: 2026-03-01\ncategory: null\n", "category : Ce champ est obligatoire."),
        (b"a: &a [*a]\n", "YAML lisible"),
        (b"on: 2026-03-01\ncategory: 2\n? [x]\n: 1\n", ""),
        (b"[" * 50_000, "YAML lisible"),
        (b"#" * 200_001, "200 ko"),
        (b"on: 2026-03-01\ncategory: 2\nchildren: \xd9\xa3\n", "nombre entier"),
        (b"on: 2026-03-01\ncategory: 2\nincomes: [{kind: wage, amount: 1e3}]\n", "montant"),
        (b"on: 2026-03-01\ncategory: 2\nincomes: [{kind: wage, amount: .inf}]\n", "montant"),
    ],
)
def test_a_bad_file_is_one_sentence_and_never_a_traceback(
    content: bytes, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "case.yaml"
    path.write_bytes(content)
    code, out, err = run(capsys, "ris", str(path))
    assert code == 2
    assert out == ""
    assert words in err and "Traceback" not in err and err.strip()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["ris", "missing.yaml"], "n'existe pas"),
        (["ris", "."], "ne peut pas être lu"),
        (["ris", str(EXAMPLES / "savings-25500.yaml"), "--on", "tomorrow"], "n'est pas une date"),
        (["ris", str(EXAMPLES / "savings-25500.yaml"), "--on", "1999-01-01"], "01/10/2002"),
        (["terms", "--received", "2026-02-30"], "n'est pas une date"),
        (["terms", "--received", "9999-12-31"], "01/01/2200"),
        (["terms"], "Usage"),
        (["terms", "--received", "2026-02-27", "--aid", "other"], "Usage"),
        (["amounts", "--from", "2026", "--to", "2015"], "précède"),
        (["amounts", "--from", "1999"], "n'est pas une date"),
        (["unknown"], "Usage"),
        ([], "Usage"),
    ],
)
def test_a_wrong_command_is_refused_in_french(
    arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = run(capsys, *arguments)
    assert code == 2
    assert out == ""
    assert words in err and "Traceback" not in err


def test_the_index_vectors_from_2015_to_2026_are_printed(
    capsys: pytest.CaptureFixture[str],
) -> None:
    code, out, _err = run(capsys, "amounts")
    assert code == 0
    assert "1\u202f340,47" in out and "16\u202f085,64" in out
    assert sum(line[:2].isdigit() for line in out.splitlines()) == 26
    assert all(len(line) <= 100 for line in out.splitlines())


def test_terms_are_given_as_data_and_for_social_aid(capsys: pytest.CaptureFixture[str]) -> None:
    _code, out, _err = run(capsys, "terms", "--received", "2026-02-27", "--aid", "social")
    assert "8 juillet 1976" in out and "aide sociale" in out
    _code, out, _err = run(capsys, "terms", "--received", "27/02/2026", "--json")
    assert [term["due"] for term in json.loads(out)][:2] == ["2026-03-04", "2026-03-29"]


def test_the_module_runs_on_its_own() -> None:
    command = [sys.executable, "-m", "filrouge.law", "terms", "--received", "2026-02-27"]
    result = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    assert "mercredi 4 mars 2026" in result.stdout
