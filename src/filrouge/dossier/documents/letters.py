"""Writing letters: a Typst template and a dictionary give an accessible PDF.

Templates are named by room, ``claims/receipt.typ`` is ``claims/letters/receipt.typ``; the head of
each says which keys it expects. Content travels as JSON data and is only ever shown as text:
nothing that a person types is read as markup. Fonts come from this package, never from the
machine, so that a letter is the same everywhere.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any, Final

import typst

from filrouge.base.access.actor import BRUSSELS, Actor
from filrouge.base.centres.models import Centre, Membership, Service
from filrouge.people.models import Person

PACKAGE = Path(__file__).resolve().parents[2]
FONTS = Path(__file__).resolve().parent / "fonts"
STANDARD: Final = "ua-1"

MONTHS = {
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
}
_NO_BREAK = "\u00a0"
_THIN = "\u202f"


class LetterError(Exception):
    """A template cannot be made with this content; the message names both."""


def template_path(template: str | Path) -> Path:
    """Where a template lies; ``"claims/receipt.typ"`` is short for the room's letters folder."""
    path = Path(template)
    if not path.is_absolute():
        path = PACKAGE / path.parent / "letters" / path.name
    return path.resolve()


def render(template: str | Path, content: Mapping[str, Any], language: str = "fr") -> bytes:
    """The letter as a tagged PDF (PDF/UA-1) with its language and title set.

    *content* holds text, numbers, booleans, dates, lists and dictionaries; dates are written out
    in *language*; None is an empty place. Raises ``LetterError`` when a key that the template
    expects is not there.
    """
    path = template_path(template)
    inputs = {"content": json.dumps(_plain(content, language)), "language": language}
    try:
        with _one_at_a_time:
            pdf = _compiler().compile(
                input=str(path), format="pdf", sys_inputs=inputs, pdf_standards=[STANDARD],
                timestamp=_stamp(content),
            )  # fmt: skip
    except typst.TypstError as error:
        raise LetterError(f"{path.name}: {error}") from error
    if not isinstance(pdf, bytes):
        raise LetterError(f"{path.name}: no document came out")
    return pdf


_one_at_a_time = threading.Lock()


@cache
def _compiler() -> typst.Compiler:
    """One compiler for the process: it keeps fonts and read templates between letters."""
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)]
    )
    return typst.Compiler(root=str(PACKAGE), font_paths=fonts)


def _stamp(content: Mapping[str, Any]) -> datetime:
    """The day of the letter: the same content gives the same bytes, whenever it is made."""
    on = content.get("on")
    if isinstance(on, date):
        return datetime(on.year, on.month, on.day, 12, tzinfo=UTC)
    return datetime(2000, 1, 1, tzinfo=UTC)


def _plain(value: Any, language: str) -> Any:
    if isinstance(value, datetime):
        return day(value.astimezone(BRUSSELS).date(), language)
    if isinstance(value, date):
        return day(value, language)
    if isinstance(value, Mapping):
        return {str(key): _plain(inner, language) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner, language) for inner in value]
    if value is None or isinstance(value, bool | int):
        return value
    return _text(str(value), language)


_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def _text(value: str, language: str) -> str:
    """Text as it is, save a date in ISO 8601 (frozen sheets hold those), which is written out."""
    if _ISO_DAY.fullmatch(value):
        with suppress(ValueError):
            return day(date.fromisoformat(value), language)
    return value


def day(on: date, language: str = "fr") -> str:
    """A date written out: ``1er mars 2026``, ``1 maart 2026``, ``1. März 2026``."""
    month = MONTHS[language].split()[on.month - 1]
    number = {"fr": "1er" if on.day == 1 else str(on.day), "de": f"{on.day}."}.get(
        language, str(on.day)
    )
    return f"{number}{_NO_BREAK}{month} {on.year}"


def euros(cents: int, language: str = "fr") -> str:
    """An amount: ``1 340,47 €`` in French, ``1.340,47 €`` in Dutch and German."""
    whole, rest = divmod(abs(cents), 100)
    grouped = f"{whole:,}".replace(",", _THIN if language == "fr" else ".")
    sign = "\u2212" if cents < 0 else ""
    return f"{sign}{grouped},{rest:02d}{_NO_BREAK}€"


def centre_block(centre: Centre) -> dict[str, str]:
    """What the letterhead shows of a centre."""
    return {
        "name": centre.name,
        "address": centre.address,
        "city": f"{centre.postal_code} {centre.city}".strip(),
        "phone": centre.phone,
        "email": centre.email,
        "enterprise_number": centre.enterprise_number,
        "opening_hours": centre.opening_hours,
    }


def recipient_block(person: Person) -> dict[str, Any]:
    """Name and address of a person, line by line; a homeless person has only a name."""
    city = f"{person.postal_code} {person.city}".strip()
    return {
        "name": person.full_name,
        "lines": [line for line in (person.street, city) if line],
    }


def frame(
    actor: Actor,
    *,
    title: str,
    reference: str,
    recipient: Mapping[str, Any] | None = None,
    worker: Membership | None = None,
    service: Service | None = None,
    on: date | None = None,
) -> dict[str, Any]:
    """The keys that every letter shares, to be completed with those of its template.

    *worker* is who follows the file (the actor if nobody is named), *service* theirs.
    """
    worker = worker or actor.membership
    service = service or worker.service
    return {
        "title": title,
        "centre": centre_block(actor.centre),
        "recipient": dict(recipient) if recipient else None,
        "on": on or actor.today,
        "reference": reference,
        "service": service.name if service else "",
        "worker": worker.user.get_full_name(),
        "phone": actor.centre.phone,
        "email": worker.user.email,
    }
