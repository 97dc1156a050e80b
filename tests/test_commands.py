"""The command line: what it answers, and that bad usage is one sentence and never a traceback."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from io import StringIO
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.template import engines

from filrouge.base.centres.models import Centre, Membership, Role, User
from filrouge.base.trail.journal import record_act
from filrouge.base.trail.models import Chain, Entry
from tests import world

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"


def filrouge(folder: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    """The command as a user runs it, in a folder of its own."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-m", "filrouge", *arguments],
        env={**kept, "FILROUGE_DATA": str(folder), **more},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["serv"], "Vouliez-vous dire « serve » ?"),
        (["ris"], "Il manque : CAS.yaml."),
        (["ris", "none.yaml"], "n'existe pas"),
        (["ris", "none.yaml", "--color"], "Argument inconnu : --color."),
        (["terms", "--received"], "--received attend une valeur."),
        (["terms", "--received", "2026-02-31"], "n'est pas une date"),
        (["import", "people", "x.csv"], "« people » n'est pas permis"),
        (["import", "persons", "x.csv"], "filrouge migrate"),
        (["serve", "--port", "web"], "« web » n'est pas un nombre entier"),
        (["serve", "--port", "70000"], "n'est pas un port"),
        (["create_administrator"], "filrouge migrate"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_bad_usage_is_one_sentence(tmp_path: Path, arguments: list[str], words: str) -> None:
    if arguments == ["create_administrator"]:
        arguments = [*arguments, "--centre", "Valbourg"]
    answer = filrouge(tmp_path, *arguments)
    assert answer.returncode in (1, 2)
    assert words in answer.stderr
    assert "Traceback" not in answer.stderr and "Error" not in answer.stderr
    assert answer.stderr.count("\n") == 1


def test_a_wrong_setting_is_one_sentence_that_names_it(tmp_path: Path) -> None:
    answer = filrouge(tmp_path, "check", FILROUGE_TLS="peut-être")
    assert answer.returncode == 2
    assert answer.stderr.startswith("Réglage inutilisable : FILROUGE_TLS")


def test_help_lists_our_commands_with_what_they_do(tmp_path: Path) -> None:
    answer = filrouge(tmp_path)
    for name in ("serve", "check", "import", "ris", "terms", "create_administrator"):
        assert f"\n  {name} " in answer.stdout


def test_check_tells_that_the_database_is_not_ready(tmp_path: Path) -> None:
    answer = filrouge(tmp_path, "check")
    assert answer.returncode == 1
    assert "✗ Base :" in answer.stderr and "filrouge migrate" in answer.stderr


def test_ris_and_terms_answer_as_the_law_does(tmp_path: Path) -> None:
    out = StringIO()
    call_command("ris", str(EXAMPLES / "household-of-three.yaml"), stdout=out)
    assert "Revenu d'intégration" in out.getvalue()
    out = StringIO()
    call_command("terms", "--received", "2026-02-27", stdout=out)
    assert "mercredi 4 mars 2026" in out.getvalue()


def test_serve_refuses_a_port_that_is_taken(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(CommandError, match="déjà pris"):
            call_command("serve", port=taken.getsockname()[1])


# --- check -----------------------------------------------------------------------------------


def checked() -> tuple[int, str]:
    out = StringIO()
    # In tests it is an object that fails, which Django's own check does not like.
    plain_engine = mock.patch.object(engines["django"].engine, "string_if_invalid", "")
    try:
        with plain_engine:
            call_command("check", stdout=out, stderr=out)
    except SystemExit as end:
        return int(end.code or 0), out.getvalue()
    return 0, out.getvalue()


@pytest.mark.django_db
def test_check_finds_nothing_in_a_sound_house(centre: Centre) -> None:
    record_act(world.system(centre), "tests.act", "centre", centre.pk)
    code, told = checked()
    assert code == 0, told
    assert "✓ Chaîne des actes de Valbourg : intacte, longueur 1" in told
    assert "✓ Chaîne des lectures de Valbourg : intacte, longueur 0" in told


@pytest.mark.django_db
def test_check_names_the_table_that_lost_its_protection(centre: Centre) -> None:
    suffix = "append_only" if connection.vendor == "postgresql" else "no_update"
    on = ' ON "trail_entry"' if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f'DROP TRIGGER "trail_entry_{suffix}"{on}')
    code, told = checked()
    assert code == 1
    assert "✗ La table trail_entry n'est plus protégée" in told


@pytest.mark.django_db
def test_check_names_the_entry_that_was_altered(centre: Centre) -> None:
    from tests.test_trail import without_triggers

    record_act(world.system(centre), "tests.act", "centre", centre.pk)
    without_triggers("trail_entry")
    Entry.objects.filter(chain=Chain.ACTS).update(canonical="{}")
    code, told = checked()
    assert code == 1
    assert "✗ Chaîne des actes de Valbourg : l'entrée 1 a été modifiée" in told


@pytest.mark.django_db
def test_check_names_a_secret_that_others_can_read(centre: Centre) -> None:
    path = Path(settings.ENVIRONMENT.data) / "secret.key"
    path.chmod(0o644)
    try:
        code, told = checked()
    finally:
        path.chmod(0o600)
    assert code == 1
    assert f"chmod 600 {path}" in told


@pytest.mark.django_db
def test_check_names_wrong_parameters(centre: Centre, monkeypatch: pytest.MonkeyPatch) -> None:
    from filrouge.law import parameter_store

    def broken() -> Any:
        raise parameter_store.ParameterError("assets.yaml, ligne 3 : valeur absente.")

    monkeypatch.setattr(parameter_store, "shipped", broken)
    code, told = checked()
    assert code == 1
    assert "✗ Paramètres légaux : assets.yaml, ligne 3" in told


# --- the first administrator -----------------------------------------------------------------

ANSWERS = {
    "centre": "Valbourg",
    "name": "CPAS de Valbourg",
    "address": "rue du Fil 1",
    "postal_code": "5990",
    "city": "Valbourg",
    "labour_tribunal": "Tribunal du travail de Liège",
    "labour_tribunal_address": "place Saint-Lambert 30, 4000 Liège",
    "email": "Ada@valbourg.example",
    "first_name": "Ada",
    "last_name": "Lejeune",
}


@pytest.fixture
def no_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", StringIO())
    monkeypatch.setenv("FILROUGE_ADMIN_PASSWORD", world.PASSWORD)


@pytest.mark.django_db
def test_the_first_administrator_opens_the_centre(no_terminal: None) -> None:
    call_command("create_administrator", **ANSWERS, stdout=StringIO())
    user = User.objects.get(email="ada@valbourg.example")
    hat = Membership.objects.get(user=user)
    assert (hat.role, hat.centre.name) == (Role.ADMINISTRATOR, "CPAS de Valbourg")
    assert user.check_password(world.PASSWORD)
    assert Entry.objects.filter(action="centres.create_administrator").count() == 1


@pytest.mark.django_db
def test_asking_twice_makes_one(no_terminal: None) -> None:
    for _ in range(2):
        call_command("create_administrator", **ANSWERS, stdout=StringIO())
    assert Membership.objects.filter(role=Role.ADMINISTRATOR).count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"email": "ada"}, "adresse"),
        ({"last_name": None}, "--last-name"),
        ({"city": None}, "--city"),
    ],
)
def test_what_is_missing_or_wrong_is_said_and_nothing_is_kept(
    no_terminal: None, change: dict[str, Any], words: str
) -> None:
    with pytest.raises(CommandError) as refusal:
        call_command("create_administrator", **{**ANSWERS, **change}, stdout=StringIO())
    assert words in str(refusal.value).lower()
    assert not Centre.objects.exists() and not User.objects.exists()


@pytest.mark.django_db
def test_a_weak_password_is_refused(no_terminal: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FILROUGE_ADMIN_PASSWORD", "azerty")
    with pytest.raises(CommandError, match="12"):
        call_command("create_administrator", **ANSWERS, stdout=StringIO())
    assert not User.objects.exists()
