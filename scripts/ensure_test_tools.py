#!/usr/bin/env python3
"""Make sure that the tests find PostgreSQL's server programs and Chromium.

Installs what is missing with apt when run as root on Debian or Ubuntu; elsewhere it says exactly
what to install and ends with code 1.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass

from postgres import find_programs

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find_browser() -> str | None:
    """Path of a Chromium or Chrome on this machine, or None."""
    return next((found for name in BROWSERS if (found := shutil.which(name))), None)


@dataclass(frozen=True, slots=True)
class Tool:
    what: str
    package: str
    """Name of the Debian package."""
    elsewhere: str
    """How to get it on another system."""
    find: Callable[[], object]


TOOLS = (
    Tool(
        "PostgreSQL's server programs (initdb, pg_ctl)",
        "postgresql",
        "install PostgreSQL 15 or newer and put its 'bin' folder on PATH",
        find_programs,
    ),
    Tool(
        "Chromium",
        "chromium",
        "install Chromium or Google Chrome so that 'chromium' or 'google-chrome' is on PATH",
        find_browser,
    ),
)


def _install(packages: list[str]) -> bool:
    """Install with apt; False when that is not possible here."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    print("Installing with apt:", ", ".join(packages), flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (
        ["apt-get", "update", "-qq"],
        ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages],
    ):
        answer = subprocess.run(
            command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL
        )
        if answer.returncode != 0:
            return False
    return True


def main() -> int:
    missing = [tool for tool in TOOLS if not tool.find()]
    if missing and _install([tool.package for tool in missing]):
        missing = [tool for tool in TOOLS if not tool.find()]
    if not missing:
        return 0
    packages = " ".join(tool.package for tool in missing)
    print("The tests need tools that are not on this machine:", file=sys.stderr)
    for tool in missing:
        print(f"  - {tool.what}: {tool.elsewhere}", file=sys.stderr)
    print(
        "On Debian or Ubuntu: "
        f"sudo apt-get update && sudo apt-get install --no-install-recommends {packages}",
        file=sys.stderr,
    )
    return 1


if __name__ == "__main__":
    sys.exit(main())
