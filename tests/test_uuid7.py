"""Keys in addresses: UUIDs of version 7, made without help from Python 3.11."""

import time

import pytest

from filrouge.base.records import uuid7


def test_it_says_version_7_and_the_standard_variant() -> None:
    for _ in range(1000):
        key = uuid7()
        assert key.version == 7
        assert key.variant == "specified in RFC 4122"


def test_its_first_48_bits_are_the_milliseconds_since_1970() -> None:
    before = time.time_ns() // 1_000_000
    stamp = uuid7().int >> 80
    after = time.time_ns() // 1_000_000
    assert before <= stamp <= after


@pytest.mark.parametrize("milliseconds", [0, 1, 0x017F22E279B0, (1 << 48) - 1])
def test_the_moment_is_kept_to_the_millisecond(
    monkeypatch: pytest.MonkeyPatch, milliseconds: int
) -> None:
    monkeypatch.setattr(time, "time_ns", lambda: milliseconds * 1_000_000)
    assert uuid7().int >> 80 == milliseconds


def test_keys_of_one_millisecond_differ(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "time_ns", lambda: 1_700_000_000_000_000_000)
    assert len({uuid7() for _ in range(10_000)}) == 10_000


def test_later_keys_come_later() -> None:
    first = uuid7()
    while time.time_ns() // 1_000_000 <= first.int >> 80:
        pass
    assert uuid7() > first


def test_every_bit_left_to_chance_varies(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "time_ns", lambda: 0)
    ever, always = 0, (1 << 128) - 1
    for _ in range(200):
        value = uuid7().int
        ever, always = ever | value, always & value
    chance = ever & ~always
    assert chance.bit_count() == 74
