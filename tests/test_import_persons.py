"""A list of persons comes in whole, once, or says why not in one sentence."""

from __future__ import annotations

from datetime import date, datetime
from io import StringIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command

from filrouge.base.access.actor import Actor
from filrouge.base.centres.models import Centre
from filrouge.base.trail.journal import verify
from filrouge.base.trail.models import Chain
from filrouge.people import importing
from filrouge.people.importing import Line, Stopped, UnreadableFile, Verdict
from filrouge.people.models import Person
from tests import world

pytestmark = pytest.mark.django_db

BORN = date(1993, 5, 18)
NISS = world.niss(BORN, 223)
LIST = (
    "Nom;Prénom;Date de naissance;Numéro national;Sexe;Localité\n"
    f"Lefèvre;Zoé;18/05/1993;{NISS};femme;Valbourg\n"
    "Dubois;Jean;1980-01-31;;h;Valbourg\n"
)


def written(folder: Path, content: str | bytes, name: str = "liste.csv") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def examined(system: Actor, folder: Path, content: str | bytes) -> list[Line]:
    return importing.examine(system, importing.read_table(written(folder, content)))


def command(path: Path, *options: str) -> str:
    out = StringIO()
    call_command("import", "persons", str(path), *options, stdout=out, stderr=out)
    return out.getvalue()


def test_a_list_is_examined_first_and_nothing_is_written(centre: Centre, tmp_path: Path) -> None:
    told = command(written(tmp_path, LIST))
    assert "Ligne 2  Zoé Lefèvre  à créer" in told
    assert "2 lignes : 2 à créer." in told
    assert "rien n'a été écrit" in told
    assert not Person.objects.exists()


def test_the_list_is_written_when_asked(centre: Centre, tmp_path: Path) -> None:
    assert "2 personnes enregistrées" in command(written(tmp_path, LIST), "--write")
    zoe = Person.objects.get(centre=centre, niss=NISS)
    assert (zoe.full_name, zoe.birth_date, zoe.sex, zoe.city) == (
        "Zoé Lefèvre",
        BORN,
        "f",
        "Valbourg",
    )
    assert verify(centre.pk, Chain.ACTS).length == 2


def test_the_same_file_again_writes_nobody_twice(centre: Centre, tmp_path: Path) -> None:
    path = written(tmp_path, LIST)
    command(path, "--write")
    told = command(path, "--write")
    assert "2 déjà importée" in told and "0 personnes enregistrées" in told
    assert Person.objects.count() == 2


@pytest.mark.parametrize(
    "content",
    [
        LIST.encode("utf-8-sig"),
        LIST.encode("cp1252"),
        LIST.replace(";", ",").encode(),
        LIST.replace(";", "\t").encode(),
        LIST.replace("\n", "\r\n").encode(),
        LIST.upper().replace("FEMME", "Femme").encode(),
        ("\n\n" + LIST + "\n;;;;;\n").encode(),
        LIST.replace("Jean", '"Jean"').encode(),
    ],
    ids=["bom", "cp1252", "comma", "tab", "crlf", "capitals", "blank lines", "quotes"],
)
def test_what_spreadsheets_write_is_read(system: Actor, tmp_path: Path, content: bytes) -> None:
    lines = examined(system, tmp_path, content)
    assert [line.verdict for line in lines] == [Verdict.NEW, Verdict.NEW]
    assert lines[0].who.casefold() == "zoé lefèvre"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (LIST.encode("utf-16"), "CSV UTF-8"),
        (LIST.encode("cp850"), "accentuées sont abîmées"),
        (LIST.encode("mac-roman"), "accentuées"),
        (LIST.encode().decode("cp1252").encode(), "accentuées sont abîmées"),
        (LIST.replace(";", "|").encode(), "séparez-les"),
        (b"", "vide"),
        (b"\n \n", "vide"),
        (b"Nom;Ville\nDubois;Namur\n", "Il manque la colonne prenom"),
        (b"Nom;Nom;Prenom\na;b;c\n", "deux fois"),
        (b'Nom;Prenom\n"Dubois;Jean\n', "guillemet"),
        (b"PK\x03\x04 not a list", "ce que son nom dit"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", "ancien classeur"),
        (b"\x89PNG\x00\x00", "pas en UTF-8"),
        (b"%PDF-1.7 nothing", "séparez-les"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_in_one_sentence(
    tmp_path: Path, content: bytes, words: str
) -> None:
    with pytest.raises(UnreadableFile) as refusal:
        importing.read_table(written(tmp_path, content))
    assert words in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="n'existe pas"):
        importing.read_table(tmp_path / "none.csv")


def test_a_file_too_large_is_refused_unread(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "LARGEST_FILE", 10)
    with pytest.raises(UnreadableFile, match="20 Mo"):
        importing.read_table(written(tmp_path, LIST))


def test_a_list_too_long_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "LARGEST_LIST", 1)
    with pytest.raises(UnreadableFile, match="dépasse 1 lignes"):
        importing.read_table(written(tmp_path, LIST))


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("Dubois;Jean;31/02/1990;;;", "n'est pas une date"),
        ("Dubois;Jean;2090-01-01;;;", "dans l'avenir"),
        ("Dubois;Jean;01/01/1800;;;", "125 ans"),
        (f"Dubois;Jean;01/01/1990;{NISS};;", "l'un des deux est faux"),
        ("Dubois;Jean;;93051822360;;", "n'existe pas"),
        ("Dubois;Jean;;1234;;", "11 chiffres"),
        ("Dubois;Jean;;;grand;", "« grand » n'est pas un sexe"),
        (";Jean;;;;", "Nom"),
        ("Dubois;;;;;", "Prénom"),
        (f"{'x' * 81};Jean;;;;", "80"),
        ("Dubois;Jean;;;;Valbourg;de trop", "plus de valeurs que de colonnes"),
    ],
)
def test_a_wrong_line_says_what_is_wrong(
    system: Actor, tmp_path: Path, row: str, words: str
) -> None:
    header = LIST.partition("\n")[0]
    (line,) = examined(system, tmp_path, f"{header}\n{row}\n")
    assert line.verdict is Verdict.WRONG
    assert words in " ".join(line.errors)


def test_one_wrong_line_holds_back_the_whole_list(centre: Centre, tmp_path: Path) -> None:
    path = written(tmp_path, LIST + "Dubois;;;;;\n")
    with pytest.raises(CommandError, match="Rien n'a été écrit"):
        command(path, "--write")
    assert not Person.objects.exists()


def test_the_good_lines_come_in_when_asked(centre: Centre, tmp_path: Path) -> None:
    path = written(tmp_path, LIST + "Dubois;;;;;\n")
    assert "2 personnes enregistrées" in command(path, "--write", "--skip-errors")
    assert Person.objects.count() == 2


def test_a_trial_with_a_wrong_line_ends_with_code_1(centre: Centre, tmp_path: Path) -> None:
    with pytest.raises(SystemExit) as end:
        command(written(tmp_path, LIST + "Dubois;;;;;\n"))
    assert end.value.code == 1


def test_a_person_known_by_niss_is_a_double_and_the_file_is_named(
    system: Actor, centre: Centre, tmp_path: Path
) -> None:
    known = world.person(centre, "Lefebvre", "Zoë", niss=NISS)
    first, second = examined(system, tmp_path, LIST)
    assert first.verdict is Verdict.DOUBLE
    assert f"dossier n° {known.file_number}" in first.errors[0]
    assert second.verdict is Verdict.NEW


def test_the_same_name_and_birth_date_is_a_double_where_a_niss_is_missing(
    system: Actor, centre: Centre, tmp_path: Path
) -> None:
    world.person(centre, "DUBOIS", "Jean", birth_date=date(1980, 1, 31))
    assert examined(system, tmp_path, LIST)[1].verdict is Verdict.DOUBLE


def test_two_people_of_one_name_and_day_with_a_niss_each_are_two(
    system: Actor, centre: Centre, tmp_path: Path
) -> None:
    world.person(centre, "Lefèvre", "Zoé", birth_date=BORN, niss=world.niss(BORN, 301))
    assert examined(system, tmp_path, LIST)[0].verdict is Verdict.NEW


def test_a_double_inside_the_list_is_found(system: Actor, tmp_path: Path) -> None:
    again = LIST + f"Autre;Nom;;{NISS};;\nDubois;Jean;31.01.1980;;;\n"
    third, fourth = examined(system, tmp_path, again)[2:]
    assert (third.verdict, fourth.verdict) == (Verdict.DOUBLE, Verdict.DOUBLE)
    assert "ligne 2" in third.errors[0] and "ligne 3" in fourth.errors[0]


def test_another_centre_knows_nothing_of_it(
    system: Actor, other_centre: Centre, tmp_path: Path, one_centre_only: None
) -> None:
    world.person(other_centre, "Lefèvre", "Zoé", niss=NISS)
    assert examined(system, tmp_path, LIST)[0].verdict is Verdict.NEW


def test_a_column_we_do_not_know_is_named(centre: Centre, tmp_path: Path) -> None:
    told = command(written(tmp_path, "Nom;Prénom;Pointure\nDubois;Jean;43\n"))
    assert "Colonne « Pointure » : inconnue" in told


def sheet(folder: Path, *rows: list[Any]) -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    path = folder / "liste.xlsx"
    book.save(path)
    return path


def test_a_workbook_is_read_with_its_dates_numbers_and_lost_zeros(
    system: Actor, tmp_path: Path
) -> None:
    born = date(2003, 5, 18)
    niss = world.niss(born, 222)
    path = sheet(
        tmp_path,
        ["Nom", "Prénom", "Date de naissance", "NISS", "Code postal", "Interprète"],
        ["Ünal", "Ayşe", datetime(2003, 5, 18), int(niss), 5990, "oui"],  # noqa: DTZ001
        [None, None, None, None, None, None],
    )
    (line,) = importing.examine(system, importing.read_table(path))
    assert line.verdict is Verdict.NEW, line.errors
    assert line.fields["birth_date"] == born
    assert (line.fields["niss"], line.fields["postal_code"]) == (niss, "5990")
    assert line.fields["interpreter"] is True


def test_a_damaged_workbook_is_refused(tmp_path: Path) -> None:
    path = sheet(tmp_path, ["Nom", "Prénom"], ["Dubois", "Jean"])
    path.write_bytes(path.read_bytes()[:200])
    with pytest.raises(UnreadableFile, match="abîmé"):
        importing.read_table(path)


def test_an_interrupted_import_goes_on_where_it_stopped(
    system: Actor, centre: Centre, tmp_path: Path
) -> None:
    rows = "\n".join(f"Nom{n};Jean" for n in range(25))
    table = importing.read_table(written(tmp_path, f"Nom;Prénom\n{rows}\n"))
    lines = importing.examine(system, table)

    class PowerCut(Exception):
        pass

    seen = []

    def cut(count: int) -> None:
        seen.append(count)
        if sum(seen) >= 10:
            raise PowerCut

    with pytest.raises(PowerCut):
        importing.write(system, table, lines, batch=5, progress=cut)
    assert Person.objects.count() == sum(seen)
    lines = importing.examine(system, table)
    assert sum(line.verdict is Verdict.DONE for line in lines) == sum(seen)
    importing.write(system, table, lines, batch=5)
    numbers = Person.objects.filter(centre=centre).order_by("file_number")
    assert list(numbers.values_list("file_number", flat=True)) == list(range(1, 26))
    assert numbers.values("last_name").distinct().count() == 25


def test_a_line_refused_while_writing_stops_there_and_keeps_what_is_written(
    system: Actor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = importing.read_table(written(tmp_path, LIST))
    lines = importing.examine(system, table)
    real = importing.register_person

    def sudden(actor: Actor, fields: dict[str, Any]) -> Person:
        if fields["last_name"] == "Dubois":
            raise ValidationError("Quelqu'un vient de l'enregistrer.")
        return real(actor, fields)

    monkeypatch.setattr(importing, "register_person", sudden)
    with pytest.raises(Stopped) as stop:
        importing.write(system, table, lines)
    assert (stop.value.line.number, stop.value.written) == (3, 1)
    assert Person.objects.count() == 1


def test_whoever_may_not_register_may_not_import(centre: Centre, tmp_path: Path) -> None:
    from django.core.exceptions import PermissionDenied

    from filrouge.base.centres.models import Role

    with pytest.raises(PermissionDenied):
        examined(world.actor(centre, Role.COUNCILLOR), tmp_path, LIST)


def test_several_centres_ask_which_one(
    centre: Centre, other_centre: Centre, tmp_path: Path
) -> None:
    path = written(tmp_path, LIST)
    with pytest.raises(CommandError, match="Montclair, Valbourg"):
        command(path)
    assert "2 à créer" in command(path, "--centre", "valbourg")
