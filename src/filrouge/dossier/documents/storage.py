"""The one place where files are kept: encrypted, each with a nonce of its own.

A stored file is ``FLR1`` (4 bytes), the key's identifier (8), the nonce (12), then what
AES-256-GCM makes of the content. Header and name are authenticated too: a file that was
changed, cut, or put in the place of another is refused.
"""

from __future__ import annotations

import base64
import hashlib
import os
import uuid
import weakref
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.files.base import ContentFile, File
from django.core.files.storage import Storage, default_storage
from django.db import transaction

from filrouge.environment import ConfigurationError, kept_secret

MAGIC = b"FLR1"
KEY_BYTES = 32
NONCE_BYTES = 12
_HEADER = len(MAGIC) + 8


class DamagedFile(Exception):
    """The stored bytes are not those that were written, or their key is unknown here."""


def key_identifier(key: bytes) -> bytes:
    """Eight bytes that name a key without telling it."""
    return hashlib.sha256(b"filrouge document key" + key).digest()[:8]


def decode_keys(text: str, source: str) -> list[bytes]:
    """Keys of 32 bytes in base64, separated by commas or lines; the first one encrypts.

    The others only read: to change the key, put the new one in front. Raises
    ``ConfigurationError`` naming *source*.
    """
    keys = []
    for part in text.replace("\n", ",").split(","):
        plain = part.strip().replace("-", "+").replace("_", "/").rstrip("=")
        if not plain:
            continue
        try:
            key = base64.b64decode(plain + "=" * (-len(plain) % 4), validate=True)
        except ValueError as error:
            raise ConfigurationError(f"{source}: a key in base64 is expected") from error
        if len(key) != KEY_BYTES:
            raise ConfigurationError(f"{source}: a key has {KEY_BYTES} bytes, not {len(key)}")
        keys.append(key)
    if not keys:
        raise ConfigurationError(f"{source}: no key found")
    return keys


class EncryptedStorage(Storage):
    """Files under ``<data>/documents/ab/<name>``, written whole or not at all."""

    def __init__(self, location: Path | str | None = None) -> None:
        self._location = Path(location) if location is not None else None

    @property
    def data(self) -> Path:
        return self._location or Path(settings.ENVIRONMENT.data)

    @property
    def folder(self) -> Path:
        return self.data / "documents"

    def keys(self) -> list[bytes]:
        """The keys of this installation, made at first use."""
        given = os.environ.get("FILROUGE_DOCUMENT_KEY", "")
        if given.strip():
            return decode_keys(given, "FILROUGE_DOCUMENT_KEY")
        path = self.data / "documents.key"
        if not path.exists() and any(self.names()):
            raise ConfigurationError(
                f"{path}: the key of the stored documents is missing; put it back from its copy"
            )
        return decode_keys(kept_secret(path, KEY_BYTES), str(path))

    def path(self, name: str) -> str:
        return str(self._path(name))

    def _path(self, name: str) -> Path:
        path = (self.folder / name).resolve()
        if not path.is_relative_to(self.folder.resolve()):
            raise ValueError(f"outside of the documents' folder: {name!r}")
        return path

    def _open(self, name: str, mode: str = "rb") -> File[bytes]:
        if mode != "rb":
            raise ValueError("stored files are read whole and never edited")
        return ContentFile(self._decrypt(name, self._path(name).read_bytes()), name=name)

    def _decrypt(self, name: str, stored: bytes) -> bytes:
        header, nonce = stored[:_HEADER], stored[_HEADER : _HEADER + NONCE_BYTES]
        if not header.startswith(MAGIC) or len(nonce) != NONCE_BYTES:
            raise DamagedFile(f"{name}: not a file that was stored here")
        key = next((k for k in self.keys() if key_identifier(k) == header[len(MAGIC) :]), None)
        if key is None:
            raise DamagedFile(f"{name}: encrypted with a key that this installation has not")
        body = stored[_HEADER + NONCE_BYTES :]
        try:
            return AESGCM(key).decrypt(nonce, body, header + name.encode())
        except InvalidTag as error:
            raise DamagedFile(f"{name}: the stored file was altered") from error

    def _save(self, name: str, content: File[Any] | IO[Any]) -> str:
        content.seek(0)
        key, nonce = self.keys()[0], os.urandom(NONCE_BYTES)
        header = MAGIC + key_identifier(key)
        body = AESGCM(key).encrypt(nonce, content.read(), header + name.encode())
        _write_whole(self._path(name), header + nonce + body)
        return name

    def delete(self, name: str) -> None:
        self._path(name).unlink(missing_ok=True)

    def exists(self, name: str) -> bool:
        return self._path(name).exists()

    def size(self, name: str) -> int:
        """Bytes of the content, not of the encrypted file (header and tag are left out)."""
        return self._path(name).stat().st_size - _HEADER - NONCE_BYTES - 16

    def names(self) -> Iterator[str]:
        """Every stored file, for the check that compares them with the table."""
        if self.folder.is_dir():
            for path in sorted(self.folder.glob("??/*")):
                yield f"{path.parent.name}/{path.name}"


def _write_whole(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    unfinished = path.with_name(path.name + ".part")
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise


class _StaysOnceCommitted:
    """A callback of the transaction. Called: the file stays. Forgotten: the file goes.

    Django drops the callbacks of a transaction, or of a savepoint, that it rolls back; with the
    last reference the finalizer runs.
    """

    def __init__(self, name: str) -> None:
        self._remove = weakref.finalize(self, default_storage.delete, name)

    def __call__(self) -> None:
        self._remove.detach()


def keep(content: bytes) -> str:
    """Store *content* and return its name; it vanishes if the running transaction fails."""
    key = uuid.uuid4().hex
    name = default_storage.save(f"{key[:2]}/{key}", ContentFile(content))
    transaction.on_commit(_StaysOnceCommitted(name))
    return name


def read(name: str) -> bytes:
    """The content of a stored file; raises ``DamagedFile`` or ``FileNotFoundError``."""
    with default_storage.open(name) as file:
        return bytes(file.read())
