"""A real browser on the real server, with the demo centre behind it."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.browser.site import ROOT, Site, demo_data, serving

sys.path.insert(0, str(ROOT / "scripts"))
from ensure_test_tools import find_browser

HERE = Path(__file__).parent
expect.set_options(timeout=15_000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One for each file of tests: its event loop may not stand under tests that use the database."""
    path = find_browser()
    if path is None:
        pytest.fail("No Chromium: scripts/ensure_test_tools.py says what to install.")
    alone = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path,
            args=[*alone, "--font-render-hinting=none", "--lang=fr-BE"],
            env={**os.environ, "LANGUAGE": "fr_BE", "LANG": "fr_BE.UTF-8"},
        )
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def _address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    data = tmp_path_factory.mktemp("valbourg") / "data"
    shutil.copytree(demo_data(), data)
    with serving(data) as address:
        yield address
    shutil.rmtree(data, ignore_errors=True)


@pytest.fixture(scope="module")
def _site(browser: Browser, _address: str) -> Site:
    return Site(_address, browser)


@pytest.fixture
def site(_site: Site, request: pytest.FixtureRequest) -> Iterator[Site]:
    """The centre; a script error, a refused content or a server error fails the test."""
    _site.faults.clear()
    failed = request.session.testsfailed
    yield _site
    if request.session.testsfailed > failed:
        _site.shoot_all(ROOT / ".pytest_cache" / "browser-failures" / request.node.name)
    _site.leave()
    assert not _site.faults, "\n".join(_site.faults)
