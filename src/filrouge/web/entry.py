"""Signing in: slow down who guesses, never lock out somebody else."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.contrib.auth import authenticate
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from filrouge.base.centres.models import User
from filrouge.web.addresses import client_address
from filrouge.web.models import FailedLogin

MOST_FAILURES = 5
WINDOW = timedelta(minutes=15)
KEPT = timedelta(days=1)


def pair_of(email: str, address: str) -> str:
    """Digest of an account as typed and the address it was tried from."""
    text = f"{email.strip().lower()}\n{address}"
    return salted_hmac("filrouge.web.entry", text, algorithm="sha256").hexdigest()


def is_held_back(email: str, address: str, now: datetime) -> bool:
    """Whether this address failed too often on this account in the last quarter of an hour."""
    failures = FailedLogin.objects.filter(pair=pair_of(email, address), at__gt=now - WINDOW)
    return failures.count() >= MOST_FAILURES


def sign_in(request: HttpRequest, email: str, password: str, now: datetime) -> User | None:
    """The user whom e-mail and password name; a failure is counted, old ones are forgotten.

    An unknown account takes as long as a wrong password: Django hashes in both cases.
    """
    address = client_address(request)
    user = authenticate(request, username=email.strip().lower(), password=password)
    FailedLogin.objects.filter(at__lt=now - KEPT).delete()
    if isinstance(user, User):
        FailedLogin.objects.filter(pair=pair_of(email, address)).delete()
        return user
    FailedLogin.objects.create(pair=pair_of(email, address), at=now)
    return None
