"""Every page of every role: nothing for axe to say, in light and dark, and no wider than a phone."""

from __future__ import annotations

from collections import deque
from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import Resolver404, get_resolver, resolve
from playwright.sync_api import Page

from tests.browser.axe import complaints
from tests.browser.site import Site

ROLES = {
    "sabrina": "reception", "nadia": "social worker", "luc": "insertion agent",
    "francoise": "head of service", "monique": "secretariat", "fatma": "councillor",
    "mireille": "president", "anne": "director general", "olivier": "financial director",
    "iris": "administrator",
}  # fmt: skip

NOT_PAGES = {
    # files
    "claims:export", "people:export", "claims:preview", "claims:receipt", "council:minutes_pdf",
    "documents:open", "lawbook:export", "lawbook:trial_export",
    # answers to a form or a script, or a redirection
    "logout", "draft", "people:duplicates", "documents:drop", "claims:act", "claims:claim",
    "council:convene", "council:presence", "council:close_session", "council:approve_minutes",
    "council:sign_minutes", "council:move_up", "council:move_down", "council:on_site", "healthz",
    # only for who builds the house
    "styleguide",
}  # fmt: skip
ELSEWHERE = {
    "login", "login_without_hat", "hats", "search", "claims:urgent", "claims:transfer",
    "claims:sign", "council:open_session", "council:minutes", "council:answer",
}  # fmt: skip
"""Pages that no link of the demo leads to on every day; other tests open them."""

seen: set[str] = set()


def names() -> set[str]:
    """Names of all addresses that answer with a page."""

    def walk(patterns: list[object], space: str = "") -> set[str]:
        found: set[str] = set()
        for one in patterns:
            if hasattr(one, "url_patterns"):
                inner = f"{space}{one.namespace}:" if one.namespace else space
                found |= walk(one.url_patterns, inner)
            elif getattr(one, "name", None):
                found.add(f"{space}{one.name}")
        return found

    return walk(get_resolver().url_patterns) - NOT_PAGES


def kind_of(address: str) -> str | None:
    """What page stands at an address: its name, with the step or the act that it shows."""
    parts = urlsplit(address)
    try:
        match = resolve(parts.path)
    except Resolver404:
        return None
    if match.view_name in NOT_PAGES:
        return None
    act = parse_qs(parts.query).get("acte", [""])[0]
    return " ".join(part for part in (match.view_name, match.kwargs.get("step"), act) if part)


def links(page: Page) -> list[str]:
    return page.evaluate(
        '[...document.querySelectorAll(\'a[href^="/"], a[href^="?"]\')]'
        ".map((link) => link.pathname + link.search)"
    )


@pytest.mark.parametrize("key", ROLES)
def test_every_page_of_a_role(site: Site, key: str) -> None:
    page = site.page(key)
    to_visit, known, found = deque(["/"]), {"my_work"}, []
    while to_visit:
        address = to_visit.popleft()
        answer = page.goto(address)
        assert answer
        if answer.status != 200:
            found.append(f"{address}: a link leads to {answer.status}")
            continue
        kind = kind_of(page.url.removeprefix(site.base)) or address
        seen.add(kind.split()[0])
        found += [f"{kind} ({address}): {line}" for line in complaints(page)]
        for link in links(page):
            kind = kind_of(link)
            if kind and kind not in known:
                known.add(kind)
                to_visit.append(link)
    assert not found, "\n".join(found)


def test_what_opens_over_a_page_and_what_is_refused(site: Site) -> None:
    stranger = site.window()
    page = stranger.new_page()
    found = []
    for address in ("/connexion/", "/aide/", "/accessibilite/", "/nulle-part/"):
        page.goto(address)
        found += [f"{address}: {line}" for line in complaints(page)]
    page.goto("/connexion/")
    page.get_by_role("button", name="Entrer").click()
    found += [f"refused: {line}" for line in complaints(page)]
    stranger.close()
    page = site.page("nadia")
    for address in ("/fonctions/", "/chercher/?q=samira"):
        page.goto(address)
        found += [f"{address}: {line}" for line in complaints(page)]
    page.goto("/centre/")  # 403
    found += [f"403: {line}" for line in complaints(page)]
    page.goto("/")
    page.keyboard.press("Control+k")
    page.keyboard.type("samira")
    page.get_by_role("option").first.wait_for()
    found += [f"palette: {line}" for line in complaints(page)]
    page.keyboard.press("Escape")
    page.locator("details.account > summary").click()
    found += [f"account menu: {line}" for line in complaints(page)]
    assert not found, "\n".join(found)


@pytest.fixture(scope="module", autouse=True)
def _all_names_were_met(request: pytest.FixtureRequest) -> None:
    """When all roles were walked, no page may have been missed."""
    chosen = [item for item in request.session.items if item.path == request.path]

    def check() -> None:
        if len(chosen) > len(ROLES) and not request.session.testsfailed:
            assert not names() - seen - ELSEWHERE, f"never met: {names() - seen - ELSEWHERE}"

    request.addfinalizer(check)
