"""What several tests do in the pages, in the words of the pages."""

from __future__ import annotations

import io
from datetime import date, timedelta
from typing import Any

import pypdf
from playwright.sync_api import Locator, Page, expect

from filrouge.demo.people_names import iban, niss
from tests.browser.site import Site, today

CONDITIONS = ("residence", "age", "status", "resources", "work", "other_rights")


def day(of: date) -> str:
    """A day as the browser's calendar takes it."""
    return of.isoformat()


def a_pdf(title: str) -> dict[str, Any]:
    """A file as a person hands it in: one page with a title in its properties."""
    writer = pypdf.PdfWriter()
    writer.add_blank_page(width=595, height=842)
    writer.add_metadata({"/Title": title})
    stream = io.BytesIO()
    writer.write(stream)
    return {"name": f"{title}.pdf", "mimeType": "application/pdf", "buffer": stream.getvalue()}


def field(page: Page, name: str) -> Locator:
    """A field of the form in sight, by its name."""
    return page.locator(f"main [name='{name}']:visible")


def press(page: Page, button: str) -> None:
    """Push a button or follow a link of the page, by its words."""
    named = page.get_by_role("main").get_by_text(button, exact=True)
    wanted = named.locator("xpath=ancestor-or-self::*[self::a or self::button]")
    visible = wanted.and_(page.locator("a:visible, button:visible"))
    visible.first.click()


def unfold(page: Page, summary: str) -> None:
    page.locator("summary", has_text=summary).first.click()


def told(page: Page, words: str) -> None:
    """The page says what was done."""
    expect(page.get_by_role("status").filter(has_text=words).first).to_be_visible()


def stands(page: Page, heading: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_contain_text(heading)


def follow(page: Page, link: Locator) -> None:
    """Open a page that may show a PDF: only its bytes are asked for."""
    address = link.get_attribute("href")
    assert address
    answer = page.request.get(address)
    assert answer.ok and answer.body().startswith(b"%PDF"), address


def text_of_pdf(page: Page, link: Locator) -> str:
    """The words of a letter, read through its link as the person who is signed in."""
    address = link.get_attribute("href")
    assert address
    answer = page.request.get(address)
    assert answer.ok and answer.headers["content-type"] == "application/pdf", address
    pages = pypdf.PdfReader(io.BytesIO(answer.body())).pages
    text = " ".join("\n".join(one.extract_text() for one in pages).split())
    return text.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")


def open_file(site: Site, key: str, first: str, last: str, born: date, serial: int) -> str:
    """Somebody new at the counter; gives the address of the person's page."""
    page = site.page(key)
    page.goto("/personnes/nouvelle/")
    field(page, "first_name").fill(first)
    field(page, "last_name").fill(last)
    field(page, "birth_date").fill(day(born))
    field(page, "niss").fill(niss(born, serial))
    field(page, "residence_status").select_option("belgian")
    field(page, "nationality").fill("belge")
    field(page, "street").fill("Rue du Vieux Pont 4")
    field(page, "postal_code").fill("4999")
    field(page, "city").fill("Valbourg")
    field(page, "iban").fill(iban(9_000_000 + serial))
    press(page, "Ouvrir le dossier")
    stands(page, f"{first} {last}")
    return page.url.removeprefix(site.base)


def register(page: Page, person: str, *aids: str, urgent: bool = False, words: str = "") -> None:
    """A request at the counter, today."""
    page.goto(person)
    press(page, "Enregistrer une demande")
    for aid in aids:
        page.locator(f"[name=aids][value={aid}]").check()
    field(page, "words").fill(words)
    if urgent:
        field(page, "urgent").check()
    press(page, "Inscrire au registre et préparer l'accusé")
    told(page, "Demande enregistrée")


def claim_of(site: Site, key: str, name: str) -> str:
    """Address of the last request of somebody, found in the list."""
    page = site.page(key)
    page.goto(f"/demandes/?q={name}")
    address = page.locator("tbody a[href^='/demandes/']").first.get_attribute("href")
    assert address
    return address


def confide(site: Site, claim: str, worker: str, head: str = "francoise") -> None:
    """The head of service gives a request to a social worker."""
    page = site.page(head)
    page.goto(f"{claim}attribuer/")
    page.get_by_role("radio", name=worker).check()
    press(page, "Confier la demande")
    told(page, "Demande confiée")


def establish_all(page: Page, claim: str) -> None:
    """The six conditions are met, each with its fact."""
    page.goto(f"{claim}enquete/")
    for name in CONDITIONS:
        page.locator(f"[name={name}-result][value=met]").check()
        field(page, f"{name}-text").fill("Vu ensemble, pièces à l'appui.")
    press(page, "Enregistrer les constats")
    told(page, "Constats enregistrés")


def freeze(page: Page, claim: str, category: int, why: str) -> None:
    page.goto(f"{claim}calcul/")
    if category:
        with page.expect_response(lambda answer: "/calcul/" in answer.url):
            field(page, "category").select_option(str(category))
    field(page, "category_reason").fill(why)
    press(page, "Figer et passer à la proposition")
    page.wait_for_url("**/proposition/")


def plan_session(page: Page, body: str, on: date, hour: str) -> str:
    """A session of a body; gives its address."""
    page.goto("/conseil/seances/nouvelle/")
    field(page, "body").select_option(label=body)
    field(page, "day").fill(day(on))
    field(page, "hour").fill(hour)
    field(page, "place").fill("Salle du conseil")
    press(page, "Planifier")
    told(page, "La séance est planifiée")
    return page.url


def yesterday() -> date:
    return today() - timedelta(days=1)
