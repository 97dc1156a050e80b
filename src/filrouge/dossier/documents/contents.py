"""What a received file really is: told by its content, never by its name alone."""

from __future__ import annotations

import re
import zipfile
import zlib
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

MOST_ENTRIES = 3_000
LARGEST_UNPACKED = 200 * 1024 * 1024
LARGEST_RATIO = 200
_PEEK = 64 * 1024


@dataclass(frozen=True, slots=True)
class FileType:
    """A kind of file that the centre keeps."""

    media_type: str
    extensions: tuple[str, ...]
    """Without the dot; the first one is used for downloads."""
    label: str
    shown_in_page: bool = False


PDF = FileType("application/pdf", ("pdf",), "PDF", shown_in_page=True)
JPEG = FileType("image/jpeg", ("jpg", "jpeg", "jpe", "jfif"), "JPEG", shown_in_page=True)
PNG = FileType("image/png", ("png",), "PNG", shown_in_page=True)
_OOXML = "application/vnd.openxmlformats-officedocument."
DOCX = FileType(_OOXML + "wordprocessingml.document", ("docx",), "Word")
XLSX = FileType(_OOXML + "spreadsheetml.sheet", ("xlsx",), "Excel")
_ODF = "application/vnd.oasis.opendocument."
ODT = FileType(_ODF + "text", ("odt",), "OpenDocument")
ODS = FileType(_ODF + "spreadsheet", ("ods",), "OpenDocument")
FILE_TYPES = (PDF, JPEG, PNG, DOCX, XLSX, ODT, ODS)
ACCEPTED = tuple(f".{extension}" for known in FILE_TYPES for extension in known.extensions)


def type_named(media_type: str) -> FileType | None:
    """The type of a document that was accepted earlier."""
    return next((known for known in FILE_TYPES if known.media_type == media_type), None)


def recognise(name: str, content: bytes, limit: int) -> FileType:
    """What the file is. *limit* is the largest accepted size in bytes.

    Raises ``ValidationError`` with one sentence: empty, too large, of a kind that is not kept,
    not what its name says, or carrying something that acts by itself when opened.
    """
    check_size(len(content), limit)
    found = _by_content(content)
    _check_name(name, found)
    if found is PDF:
        _check_pdf(content)
    return found


def check_size(size: int, limit: int) -> None:
    """Refuse an empty file and one of more than *limit* bytes."""
    if size <= 0:
        raise ValidationError(_("Ce fichier est vide : choisissez-en un autre."), code="empty")
    if size > limit:
        raise ValidationError(
            _("Ce fichier dépasse %(size)d Mo : réduisez-le ou envoyez-le en plusieurs parties."),
            code="too_large",
            params={"size": max(1, limit // (1024 * 1024))},
        )


def _by_content(content: bytes) -> FileType:
    if content.startswith(b"%PDF-"):
        return PDF
    if content.startswith(b"\xff\xd8\xff"):
        return JPEG
    if content.startswith(b"\x89PNG\r\n\x1a\n") and content[12:16] == b"IHDR":
        return PNG
    if content.startswith(b"PK\x03\x04"):
        return _office_file(content)
    if content[4:8] == b"ftyp" and content[8:12] in {b"heic", b"heix", b"mif1", b"msf1", b"hevc"}:
        raise ValidationError(
            _("Les photos HEIC ne s'ouvrent pas partout : enregistrez celle-ci en JPEG."),
            code="unknown",
        )
    if content.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        raise ValidationError(
            _("Cet ancien format Word ou Excel n'est pas accepté : enregistrez-le en PDF."),
            code="unknown",
        )
    raise _unknown()


def _unknown() -> ValidationError:
    return ValidationError(
        _("Ce fichier n'est pas d'un type accepté : PDF, JPEG, PNG, Word, Excel ou OpenDocument."),
        code="unknown",
    )


def _check_name(name: str, found: FileType) -> None:
    """A name may lack an extension; one that it has must not promise something else."""
    extension = PurePath(name).suffix.lstrip(".").lower()
    if extension in found.extensions or not re.fullmatch(r"[a-z0-9]{2,5}", extension):
        return
    raise ValidationError(
        _("Le nom annonce un fichier .%(extension)s, mais le contenu est de type %(found)s."),
        code="contradiction",
        params={"extension": extension, "found": found.label},
    )


def _office_file(content: bytes) -> FileType:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            _check_archive(archive, len(content))
            return _office_type(archive)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError) as error:
        raise ValidationError(
            _("Ce fichier est abîmé : il ne s'ouvre pas. Demandez-en un autre exemplaire."),
            code="damaged",
        ) from error


def _check_archive(archive: zipfile.ZipFile, size: int) -> None:
    """Sizes are compared before anything is unpacked; only a few kilobytes ever are."""
    entries = archive.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    allowed = min(LARGEST_UNPACKED, max(LARGEST_RATIO * size, 1024 * 1024))
    if len(entries) > MOST_ENTRIES or unpacked > allowed:
        raise ValidationError(
            _("Ce fichier est anormalement grand une fois ouvert : il n'est pas accepté."),
            code="bomb",
        )
    if any(PurePath(entry.filename).name.lower().startswith("vbaproject") for entry in entries):
        raise ValidationError(
            _("Ce fichier contient des macros : enregistrez-le en PDF et réessayez."),
            code="active",
        )


def _office_type(archive: zipfile.ZipFile) -> FileType:
    names = set(archive.namelist())
    if "mimetype" in names:
        inner = _beginning(archive, "mimetype").strip().decode("ascii", "replace")
        for known in (ODT, ODS):
            if inner == known.media_type:
                return known
        raise _unknown()
    if "[Content_Types].xml" in names:
        inner = _beginning(archive, "[Content_Types].xml").decode("utf-8", "replace")
        if "word/document.xml" in names and f"{DOCX.media_type}.main+xml" in inner:
            return DOCX
        if "xl/workbook.xml" in names and f"{XLSX.media_type}.main+xml" in inner:
            return XLSX
    raise _unknown()


def _beginning(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as file:
        return file.read(_PEEK)


_STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
_HEX = re.compile(rb"#([0-9A-Fa-f]{2})")
_ACTS = re.compile(rb"/(?:JavaScript|JS|Launch)(?![A-Za-z0-9_])")


def _check_pdf(content: bytes) -> None:
    if b"%%EOF" not in content[-4096:]:
        raise ValidationError(
            _("Ce PDF est incomplet : demandez-en un autre exemplaire."), code="damaged"
        )
    if _acts_by_itself(content):
        raise ValidationError(
            _("Ce PDF contient un programme qui se lance à l'ouverture : imprimez-le en PDF "
              "simple et réessayez."),
            code="active",
        )  # fmt: skip


def _acts_by_itself(content: bytes) -> bool:
    """Whether JavaScript or a launch action stands in the objects, packed ones included."""
    if _names_action(_STREAM.sub(b"", content)):
        return True
    if b"/ObjStm" not in content:
        return False
    return any(_names_action(_unpacked(match.group(1))) for match in _STREAM.finditer(content))


def _names_action(objects: bytes) -> bool:
    plain = _HEX.sub(lambda match: bytes([int(match.group(1), 16)]), objects)
    return _ACTS.search(plain) is not None


def _unpacked(packed: bytes) -> bytes:
    """At most one megabyte of a compressed stream of objects; nothing if it is not one.

    Such a stream begins with pairs of whole numbers, which tells it from pages and pictures.
    """
    try:
        plain = zlib.decompressobj().decompress(packed, 1024 * 1024)
    except zlib.error:
        return b""
    return plain if re.match(rb"\s*\d+\s+\d+[\s\d]*[<\[(/]", plain) else b""
