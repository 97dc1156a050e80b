"""A file is what its content says."""

from __future__ import annotations

import io
import zipfile
import zlib

import openpyxl
import pytest
from django.core.exceptions import ValidationError
from pypdf import PdfWriter

from filrouge.dossier.documents import contents
from filrouge.dossier.documents.contents import DOCX, JPEG, ODT, PDF, PNG, XLSX, recognise

LIMIT = 1024 * 1024


def chunk(kind: bytes, body: bytes) -> bytes:
    crc = zlib.crc32(kind + body).to_bytes(4, "big")
    return len(body).to_bytes(4, "big") + kind + body + crc


def png() -> bytes:
    header = (1).to_bytes(4, "big") * 2 + bytes([8, 0, 0, 0, 0])
    pixels = chunk(b"IDAT", zlib.compress(b"\x00\x00"))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + pixels + chunk(b"IEND", b"")


JPEG_BYTES = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + b"\x00" * 20 + b"\xff\xd9"


def pdf(*, action: str = "", packed: bool = False) -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    out = io.BytesIO()
    writer.write(out)
    plain = out.getvalue()
    if action:
        return plain.replace(b"/Type /Catalog", b"/Type /Catalog " + action.encode(), 1)
    if not packed:
        return plain
    objects = zlib.compress(b"1 0 2 40 << /S /JavaScript /JS (app.alert(1)) >>")
    stream = b"9 0 obj << /Type /ObjStm /Filter /FlateDecode >> stream\n" + objects
    return plain.replace(b"xref", stream + b"\nendstream endobj\nxref", 1)


def archive(files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as made:
        for name, body in files.items():
            made.writestr(name, body)
    return out.getvalue()


def xlsx() -> bytes:
    out = io.BytesIO()
    openpyxl.Workbook().save(out)
    return out.getvalue()


def docx(**more: bytes) -> bytes:
    types = f'<Types><Override ContentType="{DOCX.media_type}.main+xml"/></Types>'.encode()
    return archive({"[Content_Types].xml": types, "word/document.xml": b"<w/>", **more})


def odt() -> bytes:
    return archive({"mimetype": ODT.media_type.encode(), "content.xml": b"<x/>"})


def refused(name: str, content: bytes, limit: int = LIMIT) -> str:
    with pytest.raises(ValidationError) as caught:
        recognise(name, content, limit)
    assert len(caught.value.messages) == 1
    return str(caught.value.messages[0])


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("bail.pdf", pdf(), PDF),
        ("carte.PNG", png(), PNG),
        ("photo.jpeg", JPEG_BYTES, JPEG),
        ("scan", JPEG_BYTES, JPEG),
        ("Bail M. Dupont", pdf(), PDF),
        ("tableau.xlsx", xlsx(), XLSX),
        ("lettre.docx", docx(), DOCX),
        ("lettre.odt", odt(), ODT),
    ],
)
def test_real_files_are_recognised(name: str, content: bytes, expected: object) -> None:
    assert recognise(name, content, LIMIT) is expected


def test_a_picture_called_pdf_is_refused_and_told() -> None:
    message = refused("bail.pdf", png())
    assert ".pdf" in message
    assert "PNG" in message


def test_an_empty_file_is_refused() -> None:
    assert "vide" in refused("bail.pdf", b"")


def test_a_file_over_the_limit_is_refused_with_the_limit() -> None:
    assert "15 Mo" in refused("bail.pdf", b"%PDF-" + b"x" * 16 * 1024 * 1024, 15 * 1024 * 1024)


def test_a_zip_bomb_is_refused_without_unpacking() -> None:
    types = b"<Types/>"
    bomb = archive({"[Content_Types].xml": types, "word/document.xml": b"\x00" * 300_000_000})
    assert len(bomb) < LIMIT
    assert "anormalement grand" in refused("lettre.docx", bomb)


def test_an_archive_of_thousands_of_entries_is_refused() -> None:
    many = {f"e{number}": b"" for number in range(contents.MOST_ENTRIES + 1)}
    assert "anormalement grand" in refused("lettre.docx", archive(many))


def test_a_plain_archive_is_not_an_office_file() -> None:
    assert "type accepté" in refused("dossier.docx", archive({"a.txt": b"bonjour"}))


def test_a_broken_archive_is_told_as_damaged() -> None:
    assert "abîmé" in refused("lettre.docx", docx()[:80])


def test_macros_are_refused() -> None:
    assert "macros" in refused("lettre.docx", docx(**{"word/vbaProject.bin": b"x"}))


@pytest.mark.parametrize(
    "content",
    [
        pdf(action="/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>"),
        pdf(action="/AA << /S /Java#53cript >>"),
        pdf(action="/OpenAction << /S /Launch /F (cmd.exe) >>"),
        pdf(packed=True),
    ],
    ids=["script", "hidden name", "launch", "packed"],
)  # fmt: skip
def test_a_pdf_that_acts_by_itself_is_refused(content: bytes) -> None:
    assert "programme" in refused("bail.pdf", content)


def test_a_pdf_cut_short_is_refused() -> None:
    assert "incomplet" in refused("bail.pdf", pdf()[:60])


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"\x00\x00\x00\x18ftypheic" + b"\x00" * 20, "JPEG"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "PDF"),
        (b"<html><script>alert(1)</script>", "type accepté"),
        (b"MZ\x90\x00", "type accepté"),
    ],
)
def test_other_kinds_are_refused_with_what_to_do(content: bytes, word: str) -> None:
    assert word in refused("fichier", content)
