"""Files are encrypted, and what was touched is refused."""

from __future__ import annotations

import base64
import os
import stat
from pathlib import Path

import pytest
from django.core.files.base import ContentFile

from filrouge.dossier.documents.storage import DamagedFile, EncryptedStorage, decode_keys
from filrouge.environment import ConfigurationError

SECRET = b"Certificat medical de Nadia Exemple"


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> EncryptedStorage:
    monkeypatch.delenv("FILROUGE_DOCUMENT_KEY", raising=False)
    return EncryptedStorage(tmp_path)


def _kept(store: EncryptedStorage, content: bytes = SECRET, name: str = "ab/abcd") -> Path:
    return Path(store.path(store.save(name, ContentFile(content))))


def test_a_file_comes_back_as_it_was_and_is_unreadable_on_disk(store: EncryptedStorage) -> None:
    path = _kept(store)
    assert SECRET not in path.read_bytes()
    with store.open("ab/abcd") as file:
        assert file.read() == SECRET
    assert store.size("ab/abcd") == len(SECRET)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_the_key_is_made_once_and_only_its_owner_reads_it(store: EncryptedStorage) -> None:
    _kept(store)
    key = store.data / "documents.key"
    before = key.read_text()
    _kept(store, name="ab/other")
    assert key.read_text() == before
    assert stat.S_IMODE(key.stat().st_mode) == 0o600


def test_the_same_content_is_never_stored_twice_alike(store: EncryptedStorage) -> None:
    assert _kept(store).read_bytes() != _kept(store, name="ab/other").read_bytes()


@pytest.mark.parametrize("position", [0, 5, 14, 30, -1])
def test_a_file_altered_by_one_bit_is_refused(store: EncryptedStorage, position: int) -> None:
    path = _kept(store)
    stored = bytearray(path.read_bytes())
    stored[position] ^= 1
    path.write_bytes(bytes(stored))
    with pytest.raises(DamagedFile, match="ab/abcd"):
        store.open("ab/abcd")


def test_a_file_cut_short_is_refused(store: EncryptedStorage) -> None:
    path = _kept(store)
    for length in (0, 3, 15, 40):
        path.write_bytes(path.read_bytes()[:length])
        with pytest.raises(DamagedFile):
            store.open("ab/abcd")


def test_a_file_put_in_the_place_of_another_is_refused(store: EncryptedStorage) -> None:
    one, other = _kept(store), _kept(store, b"autre", "ab/other")
    other.write_bytes(one.read_bytes())
    with pytest.raises(DamagedFile, match="altered"):
        store.open("ab/other")


def test_files_written_with_the_former_key_still_open(
    store: EncryptedStorage, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, new = (base64.b64encode(os.urandom(32)).decode() for _ in range(2))
    monkeypatch.setenv("FILROUGE_DOCUMENT_KEY", old)
    before = _kept(store)
    monkeypatch.setenv("FILROUGE_DOCUMENT_KEY", f"{new},{old}")
    after = _kept(store, name="ab/other")
    assert before.read_bytes()[4:12] != after.read_bytes()[4:12]
    for name in ("ab/abcd", "ab/other"):
        with store.open(name) as file:
            assert file.read() == SECRET
    monkeypatch.setenv("FILROUGE_DOCUMENT_KEY", new)
    with pytest.raises(DamagedFile, match="key"):
        store.open("ab/abcd")


def test_a_lost_key_is_said_rather_than_replaced(store: EncryptedStorage) -> None:
    _kept(store)
    (store.data / "documents.key").unlink()
    with pytest.raises(ConfigurationError, match=r"documents\.key"):
        _kept(store, name="ab/other")


@pytest.mark.parametrize("text", ["", "trop court", "YWJj", "é" * 44])
def test_a_wrong_key_names_where_it_comes_from(text: str) -> None:
    with pytest.raises(ConfigurationError, match="FILROUGE_DOCUMENT_KEY"):
        decode_keys(text, "FILROUGE_DOCUMENT_KEY")


def test_nothing_half_written_stays(
    store: EncryptedStorage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full_disk(_descriptor: int) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr(os, "fsync", full_disk)
    with pytest.raises(OSError, match="No space"):
        _kept(store)
    assert list(store.names()) == []


def test_a_name_cannot_leave_the_folder(store: EncryptedStorage) -> None:
    with pytest.raises(ValueError, match="outside"):
        store.delete("../../secret.key")
