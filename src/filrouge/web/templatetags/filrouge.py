"""How amounts, dates, hours and people are written on every page.

Everything here is display: nothing computes a right or a term. Amounts are integer euro cents,
durations integer minutes, legal dates are ``date`` and instants are aware ``datetime``.
"""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from django import template
from django.forms import BoundField
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

register = template.Library()

BRUSSELS = ZoneInfo("Europe/Brussels")
THIN_SPACE = "\u202f"
HARD_SPACE = "\u00a0"
MINUS = "\u2212"

# Written out rather than taken from the system's locale: a page reads the same on every machine.
WEEKDAYS = ("lun.", "mar.", "mer.", "jeu.", "ven.", "sam.", "dim.")
MONTHS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)

CONFIDENCE = {
    "A": (gettext_noop("confirmé (source officielle)"), "done"),
    "B": (gettext_noop("confirmé (source secondaire)"), "info"),
    "C": (gettext_noop("calculé par nous"), "quiet"),
    "U": (gettext_noop("non confirmé"), "soon"),
    "X": (gettext_noop("inconnu ou contradictoire"), "late"),
}


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", THIN_SPACE)


@register.filter
def euros(cents: int | None) -> str:
    """An amount of euro cents as ``1 314,20 €``; nothing for a missing amount."""
    if cents is None:
        return ""
    whole, rest = divmod(abs(int(cents)), 100)
    sign = MINUS if cents < 0 else ""
    return f"{sign}{_grouped(whole)},{rest:02d}{HARD_SPACE}€"


@register.filter
def signed_euros(cents: int | None) -> str:
    """An amount that is added or taken away: ``+ 250,00 €`` or ``− 3 411,96 €``."""
    if cents is None:
        return ""
    sign = MINUS if cents < 0 else "+"
    return f"{sign}{HARD_SPACE}{euros(abs(int(cents)))}"


def _local(value: dt.date) -> dt.date:
    """The Belgian calendar day of a date or of an instant."""
    return value.astimezone(BRUSSELS).date() if isinstance(value, dt.datetime) else value


@register.filter
def long_date(value: dt.date | None) -> str:
    """``lun. 2 mars 2026``, in Belgium's calendar."""
    if not value:
        return ""
    day = _local(value)
    number = "1er" if day.day == 1 else str(day.day)
    words = (WEEKDAYS[day.weekday()], number, MONTHS[day.month - 1], str(day.year))
    return HARD_SPACE.join(words)


@register.filter
def short_date(value: dt.date | None) -> str:
    """``02/03/2026``, for tables where many dates line up."""
    return _local(value).strftime("%d/%m/%Y") if value else ""


@register.filter
def moment(value: dt.datetime | None) -> str:
    """``mer. 18 mars 2026, 10 h 12``, in Belgian time."""
    if not value:
        return ""
    return f"{long_date(value)}, {clock(value)}"


def clock(value: dt.datetime) -> str:
    """``10 h 12``, in Belgian time."""
    local = value.astimezone(BRUSSELS)
    return f"{local.hour}{HARD_SPACE}h{HARD_SPACE}{local.minute:02d}"


@register.filter
def when(value: dt.date | str | None) -> str:
    """A legal date as a day, an instant with its hour, words as they are (``déc. 2025``)."""
    if isinstance(value, dt.datetime):
        return moment(value)
    if isinstance(value, dt.date):
        return long_date(value)
    return value or ""


@register.filter
def machine_date(value: dt.date | str | None) -> str:
    """The ISO form for the ``datetime`` attribute of ``<time>``; nothing for plain words."""
    return value.isoformat() if isinstance(value, dt.date) else ""


@register.filter
def relative_days(value: dt.date | None, today: dt.date) -> str:
    """A term as seen today: ``dans 3 jours``, ``aujourd'hui``, ``en retard de 2 jours``."""
    if not value:
        return ""
    days = (_local(value) - _local(today)).days
    if days == 0:
        return _("aujourd'hui")
    if days > 0:
        return ngettext("dans %(days)d jour", "dans %(days)d jours", days) % {"days": days}
    late = ngettext("en retard de %(days)d jour", "en retard de %(days)d jours", -days)
    return late % {"days": -days}


def level_of(due: dt.date, today: dt.date) -> str:
    """How pressing a term is: late, due within ten days, or in good time."""
    days = (_local(due) - _local(today)).days
    if days < 0:
        return "late"
    return "soon" if days <= 10 else "ok"


@register.filter
def ago(value: dt.date | None, today: dt.date) -> str:
    """A past event as seen today: ``il y a 4 jours``; a future one: ``dans 4 jours``."""
    if not value:
        return ""
    days = (_local(today) - _local(value)).days
    if days <= 0:
        return relative_days(value, today)
    return ngettext("il y a %(days)d jour", "il y a %(days)d jours", days) % {"days": days}


@register.filter
def hours(minutes: int | None) -> str:
    """Minutes as ``7 h 36``; whole hours as ``76 h``."""
    if minutes is None:
        return ""
    whole, rest = divmod(abs(int(minutes)), 60)
    sign = MINUS if minutes < 0 else ""
    text = f"{sign}{_grouped(whole)}{HARD_SPACE}h"
    return f"{text}{HARD_SPACE}{rest:02d}" if rest else text


@register.filter
def niss(value: str | None) -> str:
    """A national number as ``42.01.22-051.81``; anything that has not 11 digits as it is."""
    text = str(value or "")
    digits = "".join(character for character in text if character.isdigit())
    if len(digits) != 11:
        return text
    return f"{digits[:2]}.{digits[2:4]}.{digits[4:6]}-{digits[6:9]}.{digits[9:]}"


@register.filter
def file_number(value: int | None) -> str:
    """A file number as ``004 518``, the way it is read out."""
    text = "" if value is None else f"{value:06d}"
    return f"{text[:-3]}{HARD_SPACE}{text[-3:]}" if text else ""


_LAWS = (("Loi du 26 mai 2002, ", ""), ("AR du 11 juillet 2002, ", "AR "))


@register.filter
def short_article(text: str) -> str:
    """An article without the name of the law that the whole table is about."""
    for long, short in _LAWS:
        text = text.replace(long, short)
    return text


@register.filter
def initials(name: str | None) -> str:
    """``NB`` for Nadia Baudart: the first letters of the first and of the last word."""
    words = [word for word in (name or "").replace("-", " ").split() if word[0].isalpha()]
    ends = words if len(words) < 2 else [words[0], words[-1]]
    return "".join(word[0].upper() for word in ends)


@register.filter
def status_badge(letter: str | None) -> str:
    """How sure we are of a figure, in plain words; an unlisted letter counts as unknown."""
    return _(CONFIDENCE.get(letter or "X", CONFIDENCE["X"])[0])


@register.filter
def status_level(letter: str | None) -> str:
    """The badge level that goes with ``status_badge``."""
    return CONFIDENCE.get(letter or "X", CONFIDENCE["X"])[1]


@register.filter
def described(field: BoundField, has_rule: object = False) -> SafeString:
    """The widget of a form field, tied to its help, its rule and its error for screen readers."""
    ids = []
    if field.help_text or has_rule:
        ids.append(f"{field.auto_id}_helptext")
    if field.errors:
        ids.append(f"{field.auto_id}_error")
    if not ids or field.use_fieldset:
        return field.as_widget()
    return field.as_widget(attrs={"aria-describedby": " ".join(ids)})


@register.simple_tag
def url_with(request: HttpRequest, **changes: object) -> str:
    """This page's address with some query values changed; ``None`` or nothing removes one."""
    query = request.GET.copy()
    for key, value in changes.items():
        if value is None or value == "":
            query.pop(key, None)
        else:
            query[key] = str(value)
    encoded = query.urlencode()
    return f"{request.path}?{encoded}" if encoded else request.path
