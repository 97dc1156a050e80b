"""The installation's settings, read once from the environment and typed here.

Every variable is optional; the defaults run one centre on one laptop.
"""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit


class ConfigurationError(ValueError):
    """A variable has a value that cannot be used; the message names it."""


@dataclass(frozen=True, slots=True)
class Environment:
    """What the person who runs Filrouge decides outside the interface."""

    data: Path
    """Folder of the embedded database, the keys and the encrypted files."""
    database_url: str
    debug: bool
    hosts: tuple[str, ...]
    trusted_origins: tuple[str, ...]
    behind_tls: bool
    """True when a TLS proxy stands in front: cookies become secure and HSTS is sent."""
    secret_key: str
    upload_limit: int
    """Largest accepted file, in bytes."""


def _flag(name: str, default: bool) -> bool:
    value = os.environ.get(name, "").strip().lower()
    if not value:
        return default
    if value in {"1", "true", "yes", "on", "oui"}:
        return True
    if value in {"0", "false", "no", "off", "non"}:
        return False
    raise ConfigurationError(f"{name}: '{value}' is neither yes nor no")


def _listed(name: str, default: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in os.environ.get(name, default).split(",") if part.strip())


def default_data_folder() -> Path:
    """Where data live when ``FILROUGE_DATA`` is not set (XDG data home)."""
    home = os.environ.get("XDG_DATA_HOME", "").strip()
    return (Path(home) if home else Path.home() / ".local" / "share") / "filrouge"


def private_folder(path: Path) -> None:
    """Make a folder that only its owner can enter; what stands already keeps its rights."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)


def kept_secret(path: Path, size: int = 50) -> str:
    """Read a secret kept in a file of mode 600, making it on first use."""
    if not path.exists():
        private_folder(path.parent)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(size))
    return path.read_text().strip()


def read() -> Environment:
    """Read the environment; raises ``ConfigurationError`` with the variable's name."""
    data = Path(os.environ.get("FILROUGE_DATA", "") or default_data_folder()).resolve()
    try:
        upload_limit = int(os.environ.get("FILROUGE_UPLOAD_LIMIT", 15 * 1024 * 1024))
    except ValueError as error:
        raise ConfigurationError("FILROUGE_UPLOAD_LIMIT: a number of bytes is expected") from error
    return Environment(
        data=data,
        database_url=os.environ.get("DATABASE_URL", ""),
        debug=_flag("FILROUGE_DEBUG", False),
        hosts=_listed("FILROUGE_HOSTS", "127.0.0.1,localhost,[::1]"),
        trusted_origins=_listed("FILROUGE_ORIGINS", ""),
        behind_tls=_flag("FILROUGE_TLS", False),
        secret_key=os.environ.get("FILROUGE_SECRET_KEY", "") or kept_secret(data / "secret.key"),
        upload_limit=upload_limit,
    )


def database(url: str, data: Path) -> dict[str, object]:
    """Django's settings for the database named by *url*; embedded SQLite when empty."""
    if not url:
        return sqlite(data / "filrouge.sqlite3")
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return sqlite(Path(unquote(parts.path)))
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ConfigurationError("DATABASE_URL: only postgresql:// and sqlite:// are supported")
    query = dict(pair.split("=", 1) for pair in parts.query.split("&") if "=" in pair)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(query.pop("host", "")) or (parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": query,
    }


def sqlite(path: Path) -> dict[str, object]:
    """SQLite as a server database: WAL, full sync, write lock taken at BEGIN."""
    private_folder(path.parent)
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
                "PRAGMA cache_size=-8000; PRAGMA temp_store=MEMORY;"
            ),
        },
    }
