"""How names are normalised so that anybody finds anybody: no accents, no case, any part."""

from __future__ import annotations

import re
import unicodedata

LONGEST_PART = 80


_NOT_DECOMPOSED = str.maketrans(
    {"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
)
"""Letters that Unicode does not take apart into a plain letter and an accent."""


def plain(text: str) -> str:
    """Lower case without accents or ligatures; everything else becomes a space."""
    text = text.casefold().translate(_NOT_DECOMPOSED)
    decomposed = unicodedata.normalize("NFKD", text)
    kept = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    return re.sub(r"[^a-z0-9]+", " ", kept).strip()


def words(text: str) -> list[str]:
    return plain(text).split()


def parts(*texts: str) -> set[str]:
    """Every suffix, from two characters on, of each word of *texts*."""
    found: set[str] = set()
    for text in texts:
        for word in words(text):
            cut = word[:LONGEST_PART]
            found.update(cut[start:] for start in range(max(1, len(cut) - 1)))
    return found
