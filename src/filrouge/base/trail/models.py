"""Two append-only, hash-chained journals per centre: what was done, and what was read.

Entries hold keys, never names. What might have to be erased one day stands apart in
``Payload`` and is tied to its entry by digest. Database triggers refuse any change
(``protection.py``).
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from filrouge.base.records import CentreRecord, Record


class Chain(models.TextChoices):
    ACTS = "acts", _("actes")
    READS = "reads", _("lectures")


class ChainHead(CentreRecord):
    """The last link of a chain; locked last, after every other lock of the transaction."""

    chain = models.CharField(max_length=8, choices=Chain.choices)
    sequence = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64, default="0" * 64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["centre", "chain"], name="chain_head_once")]

    def __str__(self) -> str:
        return f"{self.chain} {self.sequence}"


class Entry(CentreRecord):
    """One link. ``canonical`` is the text that was hashed, stored as hashed."""

    chain = models.CharField(max_length=8, choices=Chain.choices)
    sequence = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    user_id = models.UUIDField()
    role = models.CharField(max_length=20)
    action = models.CharField(max_length=60)
    subject_kind = models.CharField(max_length=30)
    subject_id = models.UUIDField(null=True)
    person_id = models.UUIDField(null=True)
    canonical = models.TextField()
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["centre", "chain", "sequence"], name="trail_entry_once")
        ]
        indexes = [
            models.Index(fields=["centre", "person_id", "chain"], name="trail_by_person"),
            models.Index(fields=["centre", "user_id", "chain"], name="trail_by_user"),
        ]

    def __str__(self) -> str:
        return f"{self.chain} {self.sequence} {self.action}"


class ReadPerson(models.Model):
    """Whose data a read entry showed: what "who read my file" is answered from.

    ``opened`` tells a file, letter, export or API call from a line in a list.
    """

    entry = models.ForeignKey(Entry, on_delete=models.RESTRICT, related_name="people")
    centre_id = models.UUIDField()
    person_id = models.UUIDField()
    opened = models.BooleanField()

    class Meta:
        indexes = [models.Index(fields=["centre_id", "person_id", "opened"], name="read_by_person")]

    def __str__(self) -> str:
        return str(self.person_id)


class Payload(Record):
    """Erasable detail of an entry, found again by the digest that the entry holds."""

    entry = models.ForeignKey(Entry, on_delete=models.RESTRICT, related_name="payloads")
    digest = models.CharField(max_length=64)
    text = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.digest
