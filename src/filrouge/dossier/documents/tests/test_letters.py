"""Letters hold every mention, show text as typed, and can be read by a screen reader."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import pytest
from pypdf import PdfReader

from filrouge.dossier.documents import letters
from filrouge.dossier.documents.tests import samples


def text_of(pdf: bytes) -> str:
    """All words of a letter, on one line, with plain spaces and apostrophes."""
    pages = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    return " ".join(pages.replace("\u2019", "'").replace("\u202f", " ").split())


@pytest.mark.parametrize("name", sorted(samples.LETTERS))
def test_every_letter_is_tagged_with_language_and_title(name: str) -> None:
    template, content, language = samples.LETTERS[name]
    reader = PdfReader(io.BytesIO(letters.render(template, content, language)))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert str(root["/Lang"]).startswith(language)
    assert "/StructTreeRoot" in root
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata is not None
    assert reader.metadata.title == content["title"]


def test_only_the_shipped_font_is_used() -> None:
    template, content, language = samples.LETTERS["decision"]
    reader = PdfReader(io.BytesIO(letters.render(template, content, language)))
    names = {
        font.get_object()["/BaseFont"]
        for page in reader.pages
        for font in page["/Resources"]["/Font"].values()
    }
    assert all("SourceSans3" in name for name in names)


@pytest.mark.parametrize(
    "mention",
    [
        "19 mars 2026", "Le comité spécial du service social", "876,97 € par mois",
        "Catégorie 2", "Vous vivez seule", "Votre contrat de travail",
        "loi du 26 mai 2002", "Salaire net", "− 5 811,96 €", "art. 23 et 35",
        "chaque mois, par virement", "au plus tard le 3 avril 2026", "62,64 €",
        "tribunal du travail de Liège", "place Saint-Exemple 30", "trois mois",
        "requête écrite", "ne suspend pas", "droit d'être entendue", "PIIS",
        "D-1042", "2026-0117", "Service social général", "Claire Modèle", "04 555 01 12",
        "Jean Modèle", "Anne Patron", "pas encore pu vérifier", "RE 123 456 789 BE",
    ],
)  # fmt: skip
def test_a_decision_holds_every_mandatory_mention(mention: str, decision_text: str) -> None:
    assert mention in decision_text


@pytest.fixture(scope="module")
def decision_text() -> str:
    return text_of(letters.render(*samples.LETTERS["decision"]))


def test_a_receipt_tells_terms_reference_and_late_entry() -> None:
    told = text_of(letters.render(*samples.LETTERS["receipt"]))
    for mention in ("2026-0117", "2026-0118", "27 février 2026", "5 jours", "30 jours",
                    "1er avril 2026", "art. 21, § 1", "inscrite au registre le 2 mars 2026",
                    "Service social général", "04 555 01 12", "lundi et mercredi"):  # fmt: skip
        assert mention in told


def test_only_the_french_text_counts() -> None:
    assert "Alleen de Franse tekst" in text_of(letters.render(*samples.LETTERS["dutch"]))
    assert "Nur der französische Text" in text_of(letters.render(*samples.LETTERS["german"]))


@pytest.mark.parametrize(
    "typed",
    ["#import \"/x.typ\": *", "$x^2$", "*gras* et _penché_", "= Titre", "@renvoi <cible>",
     "#panic()", "#sys.inputs", "a // b /* c */", "\\u{41}", "`code`", "- liste", "~", "[x](y)"],
)  # fmt: skip
def test_what_a_person_types_is_never_markup(typed: str) -> None:
    template, content, language = samples.LETTERS["receipt"]
    told = text_of(letters.render(template, content | {"words": typed}, language))
    assert typed in told


def test_the_same_content_gives_the_same_bytes() -> None:
    assert letters.render(*samples.LETTERS["agenda"]) == letters.render(*samples.LETTERS["agenda"])


def test_a_missing_key_names_the_letter_and_the_key() -> None:
    content: dict[str, Any] = dict(samples.LETTERS["receipt"][1])
    del content["channel"]
    with pytest.raises(letters.LetterError, match=r"receipt\.typ.*channel"):
        letters.render("claims/receipt.typ", content)


@pytest.mark.parametrize(
    ("language", "told"), [("fr", "1er mars 2026"), ("nl", "1 maart 2026"), ("de", "1. März 2026")]
)
def test_dates_are_written_out_in_the_language(language: str, told: str) -> None:
    assert letters.day(date(2026, 3, 1), language).replace("\u00a0", " ") == told


@pytest.mark.parametrize(
    ("cents", "language", "told"),
    [(134047, "fr", "1\u202f340,47\u00a0€"), (134047, "nl", "1.340,47\u00a0€"),
     (-5, "fr", "\u22120,05\u00a0€"), (0, "de", "0,00\u00a0€")],
)  # fmt: skip
def test_amounts_are_written_in_the_language(cents: int, language: str, told: str) -> None:
    assert letters.euros(cents, language) == told


def test_days_in_frozen_sheets_are_written_out_but_references_stay() -> None:
    template, content, language = samples.LETTERS["agenda"]
    item = {"number": 1, "title": "RIS", "reference": "2026-0117", "before": "2026-03-29"}
    told = text_of(letters.render(template, content | {"items": [item]}, language))
    assert "29 mars 2026" in told
    assert "2026-0117" in told
