#!/usr/bin/env python3
"""A throw-away PostgreSQL for tests: made in a temporary folder, gone at the end.

    scripts/postgres.py run -- pytest

gives the command a ``DATABASE_URL``. Needs the server's programs only (package ``postgresql``),
no running service. PostgreSQL refuses to run as root: then it runs as the user ``postgres``.
Durability is off: never use this for real data.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

PROGRAMS = ("initdb", "pg_ctl", "createdb")
ROLE = DATABASE = "filrouge"
LONGEST_SOCKET_FOLDER = 80
SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "listen_addresses": "",
    "max_connections": "60",
    "timezone": "UTC",
}


class NoServer(Exception):
    """PostgreSQL cannot be started here; the text says what to do."""


def find_programs() -> Path | None:
    """Folder of the newest PostgreSQL server on this machine, or None."""
    folders = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"),
        key=lambda folder: int(folder.parent.name) if folder.parent.name.isdigit() else 0,
        reverse=True,
    )
    on_path = shutil.which("initdb")
    if on_path:
        folders.append(Path(on_path).resolve().parent)
    for folder in folders:
        if all((folder / program).exists() for program in PROGRAMS):
            return folder
    return None


def _identity() -> dict[str, Any]:
    """Arguments of ``subprocess`` that leave root, which PostgreSQL refuses."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        try:
            user = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    raise NoServer("PostgreSQL refuses to run as root and there is no user 'postgres' here.")


def _call(arguments: list[str | Path], identity: dict[str, Any], folder: Path) -> None:
    answer = subprocess.run(
        [str(argument) for argument in arguments],
        **identity,
        cwd=folder,
        env={**os.environ, "LC_ALL": "C.UTF-8"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if answer.returncode != 0:
        raise NoServer(f"{Path(arguments[0]).name} failed:\n{answer.stdout}")


def _initialise(programs: Path, cluster: Path, identity: dict[str, Any], folder: Path) -> None:
    """A cluster that sorts as French does, where the server knows how; else by byte."""
    plain: list[str | Path] = [
        programs / "initdb", "--pgdata", cluster, "--username", ROLE, "--auth", "trust",
        "--encoding", "UTF8", "--locale", "C.UTF-8", "--no-sync",
    ]  # fmt: skip
    try:
        _call([*plain, "--locale-provider=icu", "--icu-locale=fr-BE"], identity, folder)
    except NoServer:
        shutil.rmtree(cluster, ignore_errors=True)
        _call(plain, identity, folder)


@contextmanager
def throwaway() -> Iterator[str]:
    """Start a server that listens on a private socket only; yields its address."""
    programs = find_programs()
    if programs is None:
        raise NoServer("PostgreSQL's server is not installed: run scripts/ensure_test_tools.py")
    base = None if len(tempfile.gettempdir()) <= LONGEST_SOCKET_FOLDER else "/tmp"
    folder = Path(tempfile.mkdtemp(prefix="filrouge-pg-", dir=base))
    identity = _identity()
    if identity:
        os.chown(folder, identity["user"], identity["group"])
    cluster = folder / "cluster"
    options = " ".join(f"-c {name}={value or chr(39) * 2}" for name, value in SETTINGS.items())
    try:
        _initialise(programs, cluster, identity, folder)
        started: list[str | Path] = [
            programs / "pg_ctl", "start", "--wait", "--silent", "--pgdata", cluster,
            "--log", folder / "log", "--options", f"-k {folder} {options}",
        ]  # fmt: skip
        _call(started, identity, folder)
        _call([programs / "createdb", "-h", folder, "-U", ROLE, DATABASE], identity, folder)
        yield f"postgresql://{ROLE}@/{DATABASE}?host={quote(str(folder), safe='')}"
    finally:
        if (cluster / "postmaster.pid").exists():
            stop = [programs / "pg_ctl", "stop", "--mode", "immediate", "--pgdata", cluster]
            _call([*stop, "--silent"], identity, folder)
        shutil.rmtree(folder, ignore_errors=True)


def _leave(*_: object) -> None:
    raise SystemExit(143)


def main(arguments: list[str]) -> int:
    if arguments[:2] != ["run", "--"] or len(arguments) < 3:
        print("Usage: scripts/postgres.py run -- COMMAND [ARGUMENT ...]", file=sys.stderr)
        return 2
    signal.signal(signal.SIGTERM, _leave)
    try:
        with throwaway() as address:
            environment = {**os.environ, "DATABASE_URL": address}
            return subprocess.run(arguments[2:], env=environment, check=False).returncode
    except NoServer as problem:
        print(problem, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
