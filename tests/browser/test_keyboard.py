"""The heart of the job without a mouse: found, registered, established, computed, proposed."""

from __future__ import annotations

from datetime import date

from playwright.sync_api import Page, expect

from tests.browser.acts import CONDITIONS, claim_of, confide, field, open_file, told
from tests.browser.site import Site

FOCUS = """() => {
  const one = document.activeElement, style = getComputedStyle(one);
  const seen = one.getBoundingClientRect();
  const label = one.closest("label");
  return {
    name: one.name || "", value: one.value || "", type: one.type || "",
    text: (one.innerText || "").trim(),
    tag: one.tagName,
    visible: (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2)
      || style.boxShadow !== "none"
      || (label && getComputedStyle(label).outlineStyle !== "none"),
    inside: seen.top >= -1 && seen.bottom <= innerHeight + 1,
  };
}"""


def tab_to(page: Page, *, name: str = "", text: str = "", value: str = "") -> None:
    """Go on with Tab until the element has the focus; the focus is seen at every stop."""
    for _ in range(160):
        page.keyboard.press("Tab")
        here = page.evaluate(FOCUS)
        if here["tag"] in ("BODY", "HTML"):
            continue
        assert here["visible"], f"no visible focus on {here}"
        if name and here["name"] == name and (not value or here["value"] == value):
            return
        if text and here["text"].startswith(text):
            return
    raise AssertionError(f"Tab never reaches {name or text}")


def test_from_the_request_to_the_proposal_without_a_mouse(site: Site) -> None:
    open_file(site, "nadia", "Barnabé", "Clavier", date(1992, 9, 9), 981)
    page = site.page("nadia")
    _find_with_the_palette(page)
    _register(page)
    confide(site, claim_of(site, "francoise", "Clavier"), "Nadia Baudart")
    claim = claim_of(site, "nadia", "Clavier")
    page.goto(claim)
    tab_to(page, text="Oui, ouvrir l'enquête")
    page.keyboard.press("Enter")
    told(page, "Enquête ouverte")
    _establish(page)
    _freeze(page)
    _propose(page)


def _find_with_the_palette(page: Page) -> None:
    page.goto("/")
    page.keyboard.press("/")
    expect(page.locator("#palette-q")).to_be_focused()
    page.keyboard.type("clavier barn")
    option = page.get_by_role("option").first
    expect(option).to_contain_text("Clavier")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Escape")
    expect(page.locator("#palette")).to_be_hidden()
    page.keyboard.press("Control+k")
    page.keyboard.type("Clavier")
    expect(page.get_by_role("option").first).to_contain_text("Clavier")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Barnabé Clavier")


def _register(page: Page) -> None:
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUS)["text"] == "Aller au contenu"
    page.keyboard.press("Enter")
    for words in ("Enregistrer une demande", "Nouvelle demande"):
        if page.get_by_role("link", name=words).count():
            tab_to(page, text=words)
            break
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Enregistrer une demande")
    tab_to(page, name="aids", value="ris")
    page.keyboard.press("Space")
    tab_to(page, name="words")
    page.keyboard.type("Je viens demander de l'aide.")
    tab_to(page, text="Inscrire au registre")
    page.keyboard.press("Enter")
    told(page, "Demande enregistrée")


def _establish(page: Page) -> None:
    for name in CONDITIONS:
        tab_to(page, name=f"{name}-result")
        # A group of buttons is one stop; the arrows choose, and go round.
        for _ in range(5):
            if page.evaluate(FOCUS)["value"] == "met":
                break
            page.keyboard.press("ArrowUp")
        page.keyboard.press("Space")
        expect(page.locator(f"[name={name}-result][value=met]")).to_be_checked()
        tab_to(page, name=f"{name}-text")
        page.keyboard.type("Établi ensemble.")
    tab_to(page, text="Enregistrer les constats")
    page.keyboard.press("Enter")
    told(page, "Constats enregistrés")


def _freeze(page: Page) -> None:
    page.wait_for_url("**/calcul/")
    tab_to(page, name="category")
    page.keyboard.press("2")
    expect(field(page, "category")).to_have_value("2")
    tab_to(page, name="category_reason")
    page.keyboard.type("Vit seul.")
    tab_to(page, text="Figer et passer à la proposition")
    page.keyboard.press("Enter")
    page.wait_for_url("**/proposition/")


def _propose(page: Page) -> None:
    tab_to(page, name="measure")
    page.keyboard.press("Space")
    expect(page.locator("[name=measure]:checked")).to_have_count(1)
    tab_to(page, text="Remettre au chef de service")
    page.keyboard.press("Enter")
    told(page, "Proposition remise au chef de service")
