"""What the shell itself keeps: half-filled forms, and failed attempts to sign in."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from filrouge.base.centres.models import User
from filrouge.base.records import CentreRecord, Record


class Draft(CentreRecord):
    """A form that its author has not sent yet; nobody else ever sees it."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    key = models.SlugField(max_length=100)
    content = models.JSONField()
    """Field name to the list of typed values."""
    updated_at = models.DateTimeField()

    class Meta:
        verbose_name = _("brouillon")
        constraints = [models.UniqueConstraint(fields=["centre", "user", "key"], name="draft_once")]
        indexes = [models.Index(fields=["updated_at"], name="draft_by_age")]

    def __str__(self) -> str:
        return self.key


class FailedLogin(Record):
    """A wrong password, by account and address: both are kept as digests only."""

    pair = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("essai de connexion manqué")
        indexes = [
            models.Index(fields=["pair", "at"], name="failed_login_by_pair"),
            models.Index(fields=["at"], name="failed_login_by_age"),
        ]

    def __str__(self) -> str:
        return self.pair[:8]
