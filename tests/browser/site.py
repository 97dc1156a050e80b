"""The real server on a copy of the demo centre, and visitors who use it with a real browser."""

from __future__ import annotations

import hashlib
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Response

import filrouge

ROOT = Path(__file__).resolve().parents[2]
SOURCES = Path(filrouge.__file__).resolve().parent
SCREENS = ROOT / "docs" / "screens"
WIDTH, HEIGHT = 1280, 900
TALLEST = 2600
"""A picture shows the top of a longer page."""
UPLOAD_LIMIT = 400_000
"""Small on this server, so that a file over the limit is quickly made."""

LOOKS_ONLY = {".html", ".css", ".js", ".svg", ".woff2"}
"""Changes of these leave the data of the demo as they are."""


def today() -> date:
    return datetime.now(ZoneInfo("Europe/Brussels")).date()


# The data ---------------------------------------------------------------------------------


def demo_data() -> Path:
    """A folder with the demo centre, built once for these sources and this day."""
    folder = _cache() / f"valbourg-{today():%Y%m%d}-{_sources_digest()}"
    if not folder.exists():
        for old in _cache().glob("valbourg-*"):
            shutil.rmtree(old, ignore_errors=True)
        made = Path(tempfile.mkdtemp(prefix="making-", dir=_cache()))
        answer = subprocess.run(
            [sys.executable, "-m", "filrouge", "demo"],
            env=_environment(made), capture_output=True, text=True, stdin=subprocess.DEVNULL,
        )  # fmt: skip
        if answer.returncode:
            shutil.rmtree(made, ignore_errors=True)
            raise RuntimeError(f"The demo centre was not built:\n{answer.stdout}{answer.stderr}")
        try:
            made.rename(folder)
        except OSError:  # another worker was first
            shutil.rmtree(made, ignore_errors=True)
    return folder


def _cache() -> Path:
    folder = Path(os.environ.get("FILROUGE_TEST_CACHE") or ROOT / ".pytest_cache" / "browser")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _sources_digest() -> str:
    digest = hashlib.sha256()
    for path in sorted(SOURCES.rglob("*")):
        skipped = {"__pycache__", "tests"} & set(path.parts) or path.suffix in LOOKS_ONLY
        if path.is_file() and not skipped:
            digest.update(str(path.relative_to(SOURCES)).encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def _environment(data: Path) -> dict[str, str]:
    """What the server is told: nothing of the tests' own settings."""
    ours = ("FILROUGE_", "DATABASE_URL", "DJANGO_SETTINGS_MODULE")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return kept | {"FILROUGE_DATA": str(data), "FILROUGE_UPLOAD_LIMIT": str(UPLOAD_LIMIT)}


# The server -------------------------------------------------------------------------------


@contextmanager
def serving(data: Path) -> Iterator[str]:
    """``filrouge serve`` on a free port; gives its address once it answers."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = (data / "server.log").open("w+")
    server = subprocess.Popen(
        [sys.executable, "-m", "filrouge", "serve", "--port", str(port), "--workers", "1"],
        env=_environment(data), stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT,
    )  # fmt: skip
    try:
        _wait_until_it_answers(f"http://127.0.0.1:{port}", server, data / "server.log")
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        try:
            server.wait(15)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()
        log.close()


def _wait_until_it_answers(base: str, server: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + 90
    while time.monotonic() < end and server.poll() is None:
        try:
            with urllib.request.urlopen(f"{base}/healthz", timeout=5) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"The server did not open:\n{log.read_text()}")


# The visitors -----------------------------------------------------------------------------


class Site:
    """The centre as its people meet it: each enters once, in a browser window of their own."""

    def __init__(self, base: str, browser: Browser) -> None:
        self.base = base
        self.browser = browser
        self.faults: list[str] = []
        """What no page may do: script errors, refused content, server errors."""
        self._windows: dict[str, BrowserContext] = {}
        self._storage: dict[str, Any] = {}

    def window(self, key: str = "", **options: Any) -> BrowserContext:
        """A fresh window of somebody who is signed in, or of a stranger."""
        if key and key not in self._storage:
            with_form = self.window()
            self.sign_in(with_form.new_page(), key)
            self._storage[key] = with_form.storage_state()
            with_form.close()
        options.setdefault("viewport", {"width": WIDTH, "height": HEIGHT})
        context = self.browser.new_context(
            base_url=self.base, locale="fr-BE", timezone_id="Europe/Brussels",
            storage_state=self._storage.get(key), reduced_motion="reduce", **options,
        )  # fmt: skip
        context.set_default_timeout(20_000)
        context.add_init_script(
            "addEventListener('securitypolicyviolation', (event) => console.error("
            "`content policy: ${event.violatedDirective} ${event.blockedURI}`))"
        )
        context.on("console", self._heard)
        context.on("weberror", lambda error: self.faults.append(f"script: {error.error}"))
        context.on("response", self._answered)
        return context

    def page(self, key: str) -> Page:
        """The window in which somebody works during a test."""
        if key not in self._windows:
            self._windows[key] = self.window(key)
            self._windows[key].new_page()
        return self._windows[key].pages[0]

    def sign_in(self, page: Page, key: str) -> None:
        from filrouge.demo.centre import PASSWORD, STAFF  # Django is not ready before the tests

        page.goto("/connexion/")
        email = next(hat.email for hat in STAFF if hat.key == key)
        page.get_by_label("Adresse électronique").fill(email)
        page.get_by_label("Mot de passe").fill(PASSWORD)
        page.get_by_role("button", name="Entrer").click()
        page.wait_for_url(f"{self.base}/")

    def leave(self) -> list[BrowserContext]:
        """Close every window; gives nothing back to the next test."""
        for context in self._windows.values():
            context.close()
        closed = list(self._windows.values())
        self._windows.clear()
        return closed

    def shoot_all(self, folder: Path) -> None:
        """What everybody saw when a test failed."""
        folder.mkdir(parents=True, exist_ok=True)
        for key, context in self._windows.items():
            for number, page in enumerate(context.pages):
                page.screenshot(path=folder / f"{key}-{number}.png", full_page=True)

    def shoot(self, page: Page, name: str) -> None:
        """Keep a picture for the documentation; only when asked (``make screens``)."""
        if os.environ.get("FILROUGE_SCREENS"):
            SCREENS.mkdir(parents=True, exist_ok=True)
            page.mouse.move(0, 0)
            height = min(page.evaluate("document.documentElement.scrollHeight"), TALLEST)
            page.screenshot(
                path=SCREENS / f"{name}.png",
                full_page=True,
                clip={"x": 0, "y": 0, "width": WIDTH, "height": height},
                animations="disabled",
            )

    def _heard(self, message: ConsoleMessage) -> None:
        # A refused form answers 422 and the browser notes it: that is what we want of it.
        refused = message.text.startswith("Failed to load resource") and " 4" in message.text
        if message.type == "error" and not refused:
            self.faults.append(f"console: {message.text} ({message.location.get('url')})")

    def _answered(self, response: Response) -> None:
        asset = "/static/" in response.url and response.status >= 400
        if response.status >= 500 or asset:
            self.faults.append(f"{response.status} {response.url}")
