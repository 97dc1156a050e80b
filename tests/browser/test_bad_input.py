"""Wrong input by hand: one sentence at the field, a summary that leads to it, nothing typed lost."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.browser.acts import (
    a_pdf,
    claim_of,
    confide,
    day,
    field,
    open_file,
    press,
    register,
    told,
)
from tests.browser.axe import complaints
from tests.browser.site import UPLOAD_LIMIT, Site, today

BORN = date(1979, 2, 8)
PICTURE = b"\x89PNG\r\n\x1a\n" + b"\0" * 64


def refused(page: Page, name: str, words: str) -> None:
    """One sentence at the field, the field marked, and a summary that leads to it."""
    error = page.locator(f"#id_{name}_error")
    expect(error).to_contain_text(words)
    expect(page.locator(".error-summary")).to_be_focused()
    expect(page.locator(f".error-summary a[href^='#id_{name}']")).to_be_visible()
    invalid = page.locator(f"#id_{name}[aria-invalid=true], .has-error #id_{name}_0")
    expect(invalid.first).to_be_attached()
    found = complaints(page, thorough=False)
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("name", "typed", "words"),
    [
        ("niss", "91.05.14-980.62", "numéro"),
        ("iban", "BE71 0961 2345 6760", "compte"),
        ("birth_date", "tomorrow", "avenir"),
    ],
)
def test_a_person_with_a_mistake(site: Site, name: str, typed: str, words: str) -> None:
    page = site.page("sabrina")
    page.goto("/personnes/nouvelle/")
    field(page, "first_name").fill("Zélie")
    field(page, "last_name").fill("Fautrier")
    field(page, "street").fill("Rue Haute 8")
    wrong = day(today() + timedelta(days=1)) if typed == "tomorrow" else typed
    field(page, name).fill(wrong)
    press(page, "Ouvrir le dossier")
    refused(page, name, words)
    expect(field(page, name)).to_have_value(wrong)
    expect(field(page, "first_name")).to_have_value("Zélie")
    expect(field(page, "street")).to_have_value("Rue Haute 8")
    page.goto("/personnes/?q=Fautrier")
    expect(page.get_by_text("Personne ne correspond")).to_be_visible()


def test_a_request_of_tomorrow(site: Site) -> None:
    person = open_file(site, "sabrina", "Ursule", "Lendemain", BORN, 985)
    page = site.page("sabrina")
    page.goto(person)
    press(page, "Enregistrer une demande")
    field(page, "received_on").fill(day(today() + timedelta(days=1)))
    field(page, "words").fill("Bonjour.")
    press(page, "Inscrire au registre et préparer l'accusé")
    refused(page, "aids", "Cochez au moins une aide demandée.")
    page.get_by_label("aide financière", exact=True).check()
    press(page, "Inscrire au registre et préparer l'accusé")
    refused(page, "received_on", "")
    expect(page.get_by_label("aide financière", exact=True)).to_be_checked()
    expect(field(page, "words")).to_have_value("Bonjour.")


def test_files_that_are_not_what_they_say(site: Site) -> None:
    page = site.page("nadia")
    page.goto("/personnes/?q=lejeune samira")
    page.locator("tbody a").first.click()
    page.goto(f"{page.url}documents/ajouter/")
    for content, name in ((PICTURE, "bail.pdf"), (b"%PDF-1.7" + b"0" * UPLOAD_LIMIT, "gros.pdf")):
        page.get_by_label("Fichier").set_input_files(
            {"name": name, "mimeType": "application/pdf", "buffer": content}
        )
        field(page, "kind").select_option("lease")
        field(page, "title").fill("Bail signé")
        press(page, "Mettre au dossier")
        refused(page, "upload", "")
        expect(field(page, "title")).to_have_value("Bail signé")
        expect(field(page, "kind")).to_have_value("lease")
    page.get_by_label("Fichier").set_input_files(a_pdf("Bail"))
    press(page, "Mettre au dossier")
    told(page, "Le document est dans le dossier")


def test_absurd_amounts_and_dates(site: Site) -> None:
    person = open_file(site, "nadia", "Ignace", "Chiffrart", BORN, 983)
    page = site.page("nadia")
    register(page, person, "ris")
    claim = claim_of(site, "francoise", "Chiffrart")
    confide(site, claim, "Nadia Baudart")
    page.goto(f"{person}ressources/")
    page.locator("summary", has_text="Ajouter une ressource").click()
    for typed in ("-600", "six cents", "999999999999"):
        field(page, "revenu-amount_cents").fill(typed)
        field(page, "revenu-label").fill("Titres-services")
        press(page, "Noter la ressource")
        refused(page, "revenu-amount_cents", "")
        expect(field(page, "revenu-amount_cents")).to_have_value(typed)
        expect(field(page, "revenu-label")).to_have_value("Titres-services")
    page.goto(f"{person}menage/")
    page.locator("summary", has_text="Ajouter quelqu’un au ménage").click()
    field(page, "first_name").fill("Ignace")
    field(page, "last_name").fill("Chiffrart")
    field(page, "birth_date").fill(day(today() + timedelta(days=30)))
    field(page, "relation").select_option("child")
    field(page, "starts_on").fill(day(today()))
    press(page, "Ajouter au ménage")
    refused(page, "birth_date", "")
    expect(field(page, "relation")).to_have_value("child")
    page.goto(claim)
    press(page, "Oui, ouvrir l'enquête")
    page.locator("summary", has_text="Noter une visite à domicile").click()
    field(page, "visited_on").fill(day(today() + timedelta(days=2)))
    field(page, "text").last.fill("Vu.")
    press(page, "Noter la visite")
    refused(page, "visited_on", "Une visite se note après l'avoir faite.")
