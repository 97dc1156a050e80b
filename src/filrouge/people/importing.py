"""Bringing persons in from a list: read the file, examine every line, then write in small batches.

Nothing is written before every line was examined. Each line is written once, even when the import
is started again after it was interrupted: the same file goes on where it stopped.

Columns (French headers, capitals and accents do not matter; ``COLUMNS`` lists the other names that
are understood): nom*, prénom*, date de naissance, sexe, numéro national, situation de séjour,
nationalité, langue, langues parlées, interprète, téléphone, courriel, rue, code postal, localité,
sans abri, compte bancaire. Those marked * are required.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
import time
import warnings
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from filrouge.base.access.actor import Actor
from filrouge.base.access.rules import Permission
from filrouge.base.centres.models import Language, Submission
from filrouge.people import names
from filrouge.people.actions import fill, register_person
from filrouge.people.identifiers import compact
from filrouge.people.models import Person, ResidenceStatus, Sex

LARGEST_FILE = 20 * 1024 * 1024
LARGEST_LIST = 200_000
BATCH_SECONDS = 0.12
"""A batch ends after this time: on SQLite, nobody else can log a reading meanwhile."""
PAUSE_SECONDS = 0.03
"""Between two batches on SQLite, so that those who wait get their turn."""
KEYS_AT_ONCE = 500


class UnreadableFile(Exception):
    """The file as a whole cannot be used; the text says why and what to do, in one sentence."""


class Stopped(Exception):
    """A line was refused while writing; all batches before it stay, and the import can go on."""

    def __init__(self, line: Line, written: int) -> None:
        super().__init__(line.told)
        self.line, self.written = line, written


class Verdict(StrEnum):
    """What will become of a line."""

    NEW = gettext_noop("à créer")
    DONE = gettext_noop("déjà importée")
    DOUBLE = gettext_noop("doublon")
    WRONG = gettext_noop("erreur")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the list: what it says, and what was found wrong with it."""

    number: int
    """As the spreadsheet numbers it; the header is 1."""
    fields: dict[str, Any]
    verdict: Verdict = Verdict.NEW
    errors: tuple[str, ...] = ()

    @property
    def who(self) -> str:
        return f"{self.fields.get('first_name', '')} {self.fields.get('last_name', '')}".strip()

    @property
    def told(self) -> str:
        return f"{self.number} : {' '.join(self.errors)}"

    def refused(self, verdict: Verdict, *errors: str) -> Line:
        return replace(self, verdict=verdict, errors=(*self.errors, *errors))


@dataclass(frozen=True, slots=True)
class Table:
    """The file once read: a name for each column, the rows as they stand, and its digest."""

    columns: tuple[str, ...]
    rows: tuple[tuple[int, tuple[Any, ...]], ...]
    digest: str
    ignored: tuple[str, ...] = ()
    """Headers that say nothing to us; the report names them."""


COLUMNS: dict[str, tuple[str, ...]] = {
    "last_name": ("nom", "nom de famille", "naam"),
    "first_name": ("prenom", "prenoms", "voornaam"),
    "birth_date": ("date de naissance", "naissance", "ne le", "nee le", "geboortedatum"),
    "sex": ("sexe", "genre", "geslacht"),
    "niss": ("niss", "numero national", "registre national", "n national", "numero bis",
             "numero national ou bis", "rijksregisternummer"),
    "residence_status": ("situation de sejour", "sejour", "statut de sejour"),
    "nationality": ("nationalite", "nationaliteit"),
    "language": ("langue", "langue des echanges", "taal"),
    "spoken_languages": ("langues parlees", "autres langues"),
    "interpreter": ("interprete", "interprete utile"),
    "phone": ("telephone", "gsm", "tel", "mobile", "telefoon"),
    "email": ("courriel", "e mail", "email", "adresse electronique", "mail"),
    "street": ("rue", "adresse", "rue et numero", "straat"),
    "postal_code": ("code postal", "cp", "postcode"),
    "city": ("localite", "commune", "ville", "gemeente"),
    "homeless": ("sans abri", "sans domicile"),
    "iban": ("compte", "compte bancaire", "iban", "numero de compte", "rekening"),
}  # fmt: skip
REQUIRED = ("last_name", "first_name")
FIELD_OF = {header: name for name, headers in COLUMNS.items() for header in headers}


# --- reading the file ------------------------------------------------------------------------


def read_table(path: Path) -> Table:
    """Read a CSV or XLSX file; raises ``UnreadableFile`` with one sentence."""
    content = _bytes_of(path)
    looks_zipped = content[:4] == b"PK\x03\x04"
    wants_xlsx = path.suffix.lower() in {".xlsx", ".xlsm"}
    if looks_zipped != wants_xlsx:
        raise UnreadableFile(
            _("« %(name)s » n'est pas ce que son nom dit : enregistrez-le en CSV ou en XLSX.")
            % {"name": path.name}
        )
    rows = _xlsx_rows(content) if looks_zipped else _csv_rows(content)
    return _table(rows, hashlib.sha256(content).hexdigest())


def _bytes_of(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise UnreadableFile(_("Le fichier dépasse 20 Mo : partagez-le en plusieurs listes."))
        content = path.read_bytes()
    except FileNotFoundError:
        raise UnreadableFile(_("Le fichier « %s » n'existe pas.") % path) from None
    except OSError:
        raise UnreadableFile(_("Le fichier « %s » ne peut pas être lu.") % path) from None
    if not content.strip():
        raise UnreadableFile(_("Le fichier est vide."))
    if content[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        raise UnreadableFile(
            _("Ce fichier est un ancien classeur (.xls) ou est protégé : enregistrez-le en XLSX.")
        )
    return content


_BROKEN_WORD = re.compile(r"[A-Za-z][‚ƒ„…†‡ˆ‰Š‹ŒŽ“”•˜™š›žŸ¡¢£¤¥¦§¨©ª«¬®¯±²³´µ¶¸¹º»¼½¾¿][a-z]")
_READ_TWICE = re.compile(r"Ã[\u0080-\u00bfƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]")


def decode(content: bytes) -> str:
    """Text of a CSV file, written in UTF-8 or in Windows-1252 (Excel in Western Europe).

    Raises ``UnreadableFile`` for any other encoding: a name with wrong letters is never kept.
    """
    advice = _("enregistrez le fichier au format « CSV UTF-8 »")
    if content[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in content:
        raise UnreadableFile(_("Le fichier n'est pas en UTF-8 : %s.") % advice)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = content.decode("cp1252")
        except UnicodeDecodeError:
            raise UnreadableFile(
                _("Les lettres accentuées ne sont pas lisibles : %s.") % advice
            ) from None
    broken = _BROKEN_WORD.search(text) or _READ_TWICE.search(text)
    if broken:
        start = max(0, broken.start() - 10)
        sample = text[start : broken.end() + 10].split("\n")[0].strip()
        raise UnreadableFile(
            _("Les lettres accentuées sont abîmées (« %(sample)s ») : %(advice)s.")
            % {"sample": sample, "advice": advice}
        )
    return text


def _csv_rows(content: bytes) -> Iterator[tuple[int, tuple[Any, ...]]]:
    text = decode(content)
    separator = _separator(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        for row in reader:
            yield reader.line_num, tuple(row)
    except csv.Error:
        raise UnreadableFile(
            _("Ligne %d : un guillemet n'est pas refermé, la suite ne peut pas être lue.")
            % reader.line_num
        ) from None


def _separator(text: str) -> str:
    """The one of ``; , tab`` that makes the most known headers of the first line."""
    first = next((line for line in text.splitlines() if line.strip()), "")

    def known(separator: str) -> int:
        return sum(names.plain(cell.strip('"')) in FIELD_OF for cell in first.split(separator))

    best = max((";", ",", "\t"), key=known)
    if known(best) == 0 or best not in first:
        raise UnreadableFile(
            _(
                "Les colonnes ne sont pas reconnues : séparez-les par « ; », « , » ou une "
                "tabulation, avec leurs noms à la première ligne (au moins nom et prénom)."
            )
        )
    return best


def _xlsx_rows(content: bytes) -> Iterator[tuple[int, tuple[Any, ...]]]:
    import openpyxl

    broken = UnreadableFile(_("Le classeur est abîmé : enregistrez-le de nouveau en XLSX."))
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(item.file_size for item in archive.infolist()) > 20 * LARGEST_FILE:
                raise UnreadableFile(_("Le classeur est trop grand : partagez-le en plusieurs."))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
            try:
                sheet = book.worksheets[0]
                for number, row in enumerate(sheet.iter_rows(values_only=True), 1):
                    yield number, tuple(row)
            finally:
                book.close()
    except UnreadableFile:
        raise
    except Exception as error:  # openpyxl raises anything on a damaged archive
        raise broken from error


def _table(rows: Iterable[tuple[int, tuple[Any, ...]]], digest: str) -> Table:
    filled = (row for row in rows if any(_text(cell) for cell in row[1]))
    _number, header = next(iter(filled), (0, ()))
    columns = tuple(FIELD_OF.get(names.plain(_text(cell)), "") for cell in header)
    missing = [COLUMNS[name][0] for name in REQUIRED if name not in columns]
    if missing:
        raise UnreadableFile(
            _("Il manque la colonne %s à la première ligne.") % " et ".join(missing)
        )
    twice = sorted({COLUMNS[name][0] for name in columns if name and columns.count(name) > 1})
    if twice:
        raise UnreadableFile(_("La colonne « %s » est donnée deux fois.") % twice[0])
    body = tuple(islice(filled, LARGEST_LIST + 1))
    if len(body) > LARGEST_LIST:
        raise UnreadableFile(_("La liste dépasse %d lignes : partagez-la.") % LARGEST_LIST)
    ignored = tuple(
        _text(cell) for cell, name in zip(header, columns, strict=True) if not name and _text(cell)
    )
    return Table(columns, body, digest, ignored)


# --- understanding a cell --------------------------------------------------------------------


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return " ".join(str(cell).split())


def _date(cell: Any) -> date | None:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    text = _text(cell)
    if not text:
        return None
    numbers = re.fullmatch(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})", text)
    iso = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})(?: 00:00:00)?", text)
    try:
        if numbers:
            day, month, year = map(int, numbers.groups())
            return date(year, month, day)
        if iso:
            return date(*map(int, iso.groups()))
    except ValueError:
        pass
    raise ValueError(_("« %s » n'est pas une date, par exemple 18/05/1993.") % text)


def _niss(cell: Any) -> str:
    number = compact(_text(cell))
    # A spreadsheet that took the number for an amount dropped its first zeros.
    return number.zfill(11) if isinstance(cell, int | float) else number


def _flag(cell: Any) -> bool:
    if isinstance(cell, bool):
        return cell
    word = names.plain(_text(cell))
    if word in {"", "non", "n", "0", "faux", "nee"}:
        return False
    if word in {"oui", "o", "1", "vrai", "x", "ja"}:
        return True
    raise ValueError(_("« %s » n'est ni oui ni non.") % _text(cell))


def _choice(known: dict[str, str], default: str, wanted: str) -> Callable[[Any], str]:
    def read(cell: Any) -> str:
        word = names.plain(_text(cell))
        if not word:
            return default
        if word not in known:
            raise ValueError(
                _("« %(text)s » n'est pas %(wanted)s.") % {"text": _text(cell), "wanted": wanted}
            )
        return known[word]

    return read


def _words(choices: Any, **more: str) -> dict[str, str]:
    found = {names.plain(str(choice.label)): str(choice.value) for choice in choices}
    return {**found, **{names.plain(choice.value): choice.value for choice in choices}, **more}


def _readers() -> dict[str, Callable[[Any], Any]]:
    """How each column is read; those not named here are plain text."""
    return {
        "birth_date": _date,
        "niss": _niss,
        "interpreter": _flag,
        "homeless": _flag,
        "sex": _choice(
            _words(Sex, masculin="m", feminin="f", h="m", v="f", autre="x"),
            Sex.OTHER,
            _("un sexe : femme, homme ou autre"),
        ),
        "language": _choice(
            _words(Language, francais="fr", neerlandais="nl", allemand="de"),
            Language.FRENCH,
            _("une langue des échanges : fr, nl ou de"),
        ),
        "residence_status": _choice(
            _words(ResidenceStatus, ue="eu_citizen", inconnu="unknown"),
            ResidenceStatus.UNKNOWN,
            _("une situation de séjour connue"),
        ),
    }


# --- examining -------------------------------------------------------------------------------


def examine(actor: Actor, table: Table) -> list[Line]:
    """Say of each line what would become of it; writes nothing.

    A line is a double when its NISS, or its name and birth date where one of the two has no
    NISS, is already known in the centre or stands higher in the list.
    """
    actor.demand(Permission.IDENTITY_WRITE)
    readers = _readers()
    lines = [_understood(actor, table, readers, number, row) for number, row in table.rows]
    done = _done(actor, table)
    lines = [
        replace(line, verdict=Verdict.DONE, errors=()) if line.number in done else line
        for line in lines
    ]
    return _without_doubles(actor, lines)


def _understood(
    actor: Actor,
    table: Table,
    readers: dict[str, Callable[[Any], Any]],
    number: int,
    row: tuple[Any, ...],
) -> Line:
    fields: dict[str, Any] = {}
    errors = []
    if any(_text(cell) for cell in row[len(table.columns) :]):
        errors.append(_("Il y a plus de valeurs que de colonnes : un séparateur est de trop."))
    for name, cell in zip(table.columns, row, strict=False):
        if not name:
            continue
        read: Callable[[Any], Any] = readers.get(name, _text)
        try:
            fields[name] = read(cell)
        except ValueError as error:
            errors.append(f"{COLUMNS[name][0].capitalize()} : {error}")
    line = Line(number, fields)
    if not errors:
        errors = _invalid(actor, fields)
    return line.refused(Verdict.WRONG, *errors) if errors else line


def _invalid(actor: Actor, fields: dict[str, Any]) -> list[str]:
    """What the form would refuse, without asking the database."""
    filled = {"last_name": "", "first_name": "", **fields}
    person = Person(centre_id=actor.centre_id, registered_on=actor.today)
    try:
        fill(person, filled, actor.today)
        person.clean_fields(exclude={"id", "centre", "file_number", "registered_on", "sort_key"})
    except ValidationError as error:
        return [
            f"{_label(name)} : {' '.join(messages)}"
            for name, messages in error.message_dict.items()
        ]
    fields.update({name: getattr(person, name) for name in ("last_name", "first_name", "niss")})
    return []


def _label(name: str) -> str:
    label = str(Person._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
    return label[:1].upper() + label[1:]


def _key(table: Table, number: int | None = None) -> str:
    return f"import:{table.digest[:40]}:{'' if number is None else number}"


def _done(actor: Actor, table: Table) -> set[int]:
    """Lines of this very file that an earlier run wrote."""
    keys = Submission.objects.filter(
        centre_id=actor.centre_id,
        user_id=actor.user.pk,
        key__startswith=_key(table),
    ).values_list("key", flat=True)
    return {int(key.rpartition(":")[2]) for key in keys}


def _name_key(line: Line) -> tuple[str, date] | None:
    born = line.fields.get("birth_date")
    if not isinstance(born, date):
        return None
    return names.plain(f"{line.fields['last_name']} {line.fields['first_name']}")[:161], born


@dataclass(slots=True)
class _Known:
    """Who is already there, in the centre or higher in the list: where, by NISS and by name."""

    by_niss: dict[str, str] = field(default_factory=dict)
    by_name: dict[tuple[str, date], list[tuple[str, str]]] = field(default_factory=dict)

    def add(self, where: str, niss: str, name: tuple[str, date] | None) -> None:
        if niss:
            self.by_niss.setdefault(niss, where)
        if name is not None:
            self.by_name.setdefault(name, []).append((niss, where))

    def double_of(self, niss: str, name: tuple[str, date] | None) -> str | None:
        if niss in self.by_niss:
            return _("Numéro national déjà connu : %s.") % self.by_niss[niss]
        if name is None:
            return None
        for other, where in self.by_name.get(name, []):
            if not (niss and other):
                return (
                    _("Même nom et même date de naissance : %s. Ajoutez le numéro national.")
                    % where
                )
        return None


def _without_doubles(actor: Actor, lines: list[Line]) -> list[Line]:
    known = _known_in_centre(actor, [line for line in lines if line.verdict is Verdict.NEW])
    judged = []
    for line in lines:
        if line.verdict is Verdict.NEW:
            niss, name = line.fields.get("niss", ""), _name_key(line)
            double = known.double_of(niss, name)
            if double:
                line = line.refused(Verdict.DOUBLE, double)
            else:
                known.add(_("ligne %d de la liste") % line.number, niss, name)
        judged.append(line)
    return judged


def _known_in_centre(actor: Actor, lines: Sequence[Line]) -> _Known:
    known = _Known()
    seen: set[UUID] = set()
    persons = Person.objects.filter(centre_id=actor.centre_id)
    lookups = {
        "niss__in": sorted({line.fields["niss"] for line in lines if line.fields.get("niss")}),
        "sort_key__in": sorted({key[0] for line in lines if (key := _name_key(line))}),
    }
    for lookup, keys in lookups.items():
        for start in range(0, len(keys), KEYS_AT_ONCE):
            rows = persons.filter(**{lookup: keys[start : start + KEYS_AT_ONCE]}).values_list(
                "pk", "file_number", "niss", "sort_key", "birth_date"
            )
            for pk, file_number, niss, sort_key, born in rows:
                if pk not in seen:
                    seen.add(pk)
                    name = (sort_key, born) if born else None
                    known.add(_("dossier n° %d") % file_number, niss, name)
    return known


# --- writing ---------------------------------------------------------------------------------


def write(
    actor: Actor,
    table: Table,
    lines: Sequence[Line],
    *,
    batch: int = 200,
    skip_errors: bool = False,
    progress: Callable[[int], None] = lambda written: None,
) -> tuple[int, list[Line]]:
    """Register the new lines; returns how many, and those refused at the last moment.

    A batch is one transaction of at most *batch* lines and about ``BATCH_SECONDS``. *progress* is
    told after each batch how many lines it wrote. Raises ``Stopped`` at the first refusal unless
    *skip_errors*; what was written before stays and is not written again next time.
    """
    waiting = [line for line in lines if line.verdict is Verdict.NEW]
    written, refused = 0, []
    position = 0
    while position < len(waiting):
        done, bad = _write_batch(actor, table, waiting[position : position + batch])
        position += done + len(bad)
        written += done
        progress(done)
        refused += bad
        if bad and not skip_errors:
            raise Stopped(bad[0], written)
        if connection.vendor == "sqlite" and position < len(waiting):
            time.sleep(PAUSE_SECONDS)
    return written, refused


def _write_batch(actor: Actor, table: Table, lines: Sequence[Line]) -> tuple[int, list[Line]]:
    """Write lines until time is up or one is refused; returns how many, and the refused one."""
    ends_at = time.monotonic() + BATCH_SECONDS
    written = 0
    with transaction.atomic():
        for line in lines:
            try:
                _write_line(actor, table, line)
            except ValidationError as error:
                return written, [line.refused(Verdict.WRONG, *error.messages)]
            written += 1
            if time.monotonic() >= ends_at:
                break
    return written, []


def _write_line(actor: Actor, table: Table, line: Line) -> None:
    with transaction.atomic():
        person = register_person(actor, line.fields)
        Submission.objects.create(
            centre_id=actor.centre_id,
            user_id=actor.user.pk,
            key=_key(table, line.number),
            outcome=str(person.pk),
        )
