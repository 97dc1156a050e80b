"""What axe-core says about a page, and what it does not test: headings, titles, width."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

SCRIPT = Path(__file__).resolve().parents[1] / "vendor" / "axe" / "axe.min.js"
STANDARD = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}

_RUN = """async (only) => {
  const found = await axe.run(document, { runOnly: only, resultTypes: ["violations"] });
  return found.violations.flatMap((rule) => rule.nodes.map((node) =>
    `${rule.id}: ${node.target.join(" ")} ${node.failureSummary.replace(/\\s+/g, " ")}`));
}"""
_SHAPE = """() => ({
  lang: document.documentElement.lang,
  title: document.title,
  headings: document.querySelectorAll("h1").length,
})"""
_TOO_WIDE = """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  const wide = [...document.querySelectorAll("main *, header *, footer *")].filter(
    (one) => one.getBoundingClientRect().right > width + 1 && !one.closest(".table-wrap"));
  return [`${document.documentElement.scrollWidth} px wide: ` +
    wide.slice(0, 3).map((one) => `${one.tagName}.${one.className}`).join(", ")];
}"""


def complaints(page: Page, *, thorough: bool = True) -> list[str]:
    """Everything that a page does wrong: in light, in dark, on a phone."""
    shape: dict[str, Any] = page.evaluate(_SHAPE)
    told = []
    if not shape["lang"].startswith("fr"):
        told.append(f"lang is {shape['lang']!r}")
    if len(shape["title"].removesuffix(" · Filrouge")) < 3:
        told.append(f"title is {shape['title']!r}")
    if shape["headings"] != 1:
        told.append(f"{shape['headings']} h1")
    page.evaluate("document.querySelectorAll('main details').forEach((one) => { one.open = true })")
    page.evaluate(SCRIPT.read_text())
    told += page.evaluate(_RUN, {"type": "tag", "values": STANDARD})
    if thorough:
        page.emulate_media(color_scheme="dark")
        dark = page.evaluate(_RUN, {"type": "rule", "values": ["color-contrast"]})
        told += [f"dark {line}" for line in dark]
        page.emulate_media(color_scheme="light")
        page.set_viewport_size(PHONE)  # type: ignore[arg-type]
        told += [f"phone {line}" for line in page.evaluate(_TOO_WIDE)]
        page.set_viewport_size(DESK)  # type: ignore[arg-type]
    return told


def well_made(page: Page) -> None:
    """Fails with everything that the page does wrong."""
    found = complaints(page)
    assert not found, f"{page.url}\n" + "\n".join(found)
