#!/usr/bin/env python3
"""Every check that needs no test: format, lint, types, floors, migrations, deployment.

Runs them all and tells all that failed, not the first only.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

BIN = Path(sys.executable).parent
DEPLOYED = {
    "FILROUGE_TLS": "1",
    "FILROUGE_HOSTS": "filrouge.example.org",
    "FILROUGE_ORIGINS": "https://filrouge.example.org",
    "FILROUGE_SECRET_KEY": "a-key-for-this-check-only-" + "0123456789abcdefghijklmnopqrstuvwxyz",
}
CHECKS = {
    "format": ["ruff", "format", "--check", "--output-format", "concise", "."],
    "lint": ["ruff", "check", "--output-format", "concise", "."],
    "types": ["mypy"],
    "floors": ["lint-imports", "--no-logo"],
    "migrations": ["filrouge", "makemigrations", "--check", "--dry-run"],
    "deployment": [
        "filrouge", "check", "--configuration-only", "--deploy", "--fail-level", "WARNING",
    ],
}  # fmt: skip


def main(wanted: list[str]) -> int:
    unknown = set(wanted) - set(CHECKS)
    if unknown:
        print(f"No such check: {', '.join(sorted(unknown))}. There are: {', '.join(CHECKS)}.")
        return 2
    failed = []
    with tempfile.TemporaryDirectory() as data:
        environment = {**os.environ, **DEPLOYED, "FILROUGE_DATA": data, "DATABASE_URL": ""}
        for name in wanted or CHECKS:
            start = time.monotonic()
            program, *arguments = CHECKS[name]
            answer = subprocess.run(
                [BIN / program, *arguments],
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
            )
            sound = answer.returncode == 0
            word = "ok" if sound else "FAILED"
            print(f"{name:<12} {word:<7} {time.monotonic() - start:5.1f} s", flush=True)
            if not sound:
                failed.append(name)
                print(answer.stdout, flush=True)
    if failed:
        print(f"make check: {', '.join(failed)} failed.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
