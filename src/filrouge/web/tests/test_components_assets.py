"""The stylesheet keeps its promises, and the vendored files are the ones that were reviewed."""

import hashlib
import re
from pathlib import Path

import pytest

STATIC = Path(__file__).resolve().parents[1] / "static" / "web"
CSS = (STATIC / "filrouge.css").read_text()
TOKEN = re.compile(r"--([a-z-]+):\s*(#[0-9A-Fa-f]{6})")


def block(opening: str) -> dict[str, str]:
    """The colour tokens declared right after a selector."""
    start = CSS.index(opening)
    return dict(TOKEN.findall(CSS[start : CSS.index("}", start)]))


LIGHT = block(":root {")
DARK = {**LIGHT, **block(':root[data-theme="dark"] {')}
THEMES = {"light": LIGHT, "dark": DARK}

TEXT = [
    ("ink", "paper"),
    ("ink", "surface"),
    ("ink", "quiet"),
    ("muted", "paper"),
    ("muted", "surface"),
    ("muted", "quiet"),
    ("on-thread", "thread"),
    ("on-thread", "thread-hover"),
    ("on-strong", "strong-bg"),
    *(
        (name, ground)
        for name in ("late", "soon", "done", "info")
        for ground in ("paper", "surface")
    ),
    *((name, f"{name}-bg") for name in ("late", "soon", "done", "info")),
]
EDGES = [
    (name, ground)
    for name in ("focus", "field", "thread", "late")
    for ground in ("paper", "surface")
]


def luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: str, second: str) -> float:
    lighter, darker = sorted((luminance(first), luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("text", "ground"), TEXT)
def test_text_is_readable_in_both_themes(theme, text, ground):
    assert contrast(THEMES[theme][text], THEMES[theme][ground]) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("edge", "ground"), EDGES)
def test_focus_borders_and_the_thread_stand_out_in_both_themes(theme, edge, ground):
    assert contrast(THEMES[theme][edge], THEMES[theme][ground]) >= 3


def test_both_ways_to_the_dark_theme_give_the_same_colours():
    assert block(':root:not([data-theme="light"]) {') == block(':root[data-theme="dark"] {')


def test_the_colours_are_the_ones_that_were_decided():
    decided = {
        "paper": "#FBFAF8",
        "ink": "#1E2227",
        "muted": "#5B6470",
        "line": "#DFE3E8",
        "thread": "#B3202C",
        "late": "#9F1239",
        "soon": "#92400E",
        "done": "#166534",
        "info": "#1D4ED8",
    }
    assert {name: LIGHT[name] for name in decided} == decided


def test_the_stylesheet_needs_nothing_from_elsewhere():
    addresses = re.findall(r"url\(\"?([^)\"]+)", CSS)
    assert addresses
    for address in addresses:
        assert (STATIC / address).is_file(), address
    assert "@import" not in CSS


def test_every_variable_used_is_declared():
    declared = set(re.findall(r"(--[a-z0-9-]+):", CSS))
    assert set(re.findall(r"var\((--[a-z0-9-]+)", CSS)) <= declared


def test_motion_is_short_and_can_be_switched_off():
    assert "prefers-reduced-motion: reduce" in CSS
    assert all(int(ms) < 150 for ms in re.findall(r"(\d+)ms", CSS))


def test_the_vendored_files_are_the_reviewed_ones():
    vendor = STATIC / "vendor"
    listed = dict(
        re.findall(r"\| `([^`]+)` \| `([0-9a-f]{64})` \|", (vendor / "VENDORED.md").read_text())
    )
    present = {
        str(path.relative_to(vendor)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in vendor.glob("*/*")
    }
    assert listed == present


def test_our_script_brings_no_outside_address_and_no_evaluated_code():
    script = (STATIC / "filrouge.js").read_text() + (STATIC / "theme.js").read_text()
    assert not re.search(r"https?://|\beval\(|new Function", script)
