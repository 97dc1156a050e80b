"""Belgian identifiers: NISS (national or bis number) and IBAN."""

from __future__ import annotations

import re
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from stdnum import exceptions
from stdnum.be import bis, nn
from stdnum.iso7064 import mod_97_10


def compact(text: str) -> str:
    """Drop the spaces, dots and dashes that people write."""
    return re.sub(r"[\s.\-/]", "", text).upper()


def validate_niss(value: str) -> None:
    """Raise ``ValidationError`` unless *value* is a national number or a bis number."""
    number = compact(value)
    if not re.fullmatch(r"\d{11}", number):
        raise ValidationError(
            _("Un numéro national compte 11 chiffres, par exemple 93.05.18-223.61.")
        )
    if not (nn.is_valid(number) or bis.is_valid(number)):
        raise ValidationError(
            _("Ce numéro national n'existe pas : un chiffre est faux ou deux sont inversés.")
        )


def niss_birth_date(value: str) -> date | None:
    """The birth date that a NISS carries, when it is complete."""
    number = compact(value)
    for module in (nn, bis):
        try:
            found: date | None = module.get_birth_date(number)
        except (exceptions.ValidationError, ValueError):
            continue
        return found
    return None


def validate_iban(value: str) -> None:
    """Raise ``ValidationError`` unless the ISO 13616 check digits are right.

    Bank codes are not looked up: lists of banks are never complete and must not block a payment.
    """
    number = compact(value)
    if not re.fullmatch(r"[A-Z]{2}\d{2}[A-Z0-9]{10,30}", number):
        raise ValidationError(
            _("Un compte commence par deux lettres, par exemple BE68 5390 0754 7034.")
        )
    if number.startswith("BE") and len(number) != 16:
        raise ValidationError(_("Un compte belge compte 16 caractères."))
    if not mod_97_10.is_valid(number[4:] + number[:4]):
        raise ValidationError(_("Ce numéro de compte n'existe pas : un chiffre est faux."))
