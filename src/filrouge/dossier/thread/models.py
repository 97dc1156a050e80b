"""The red thread: what happened to a person's file, one knot after the other."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from filrouge.base.centres.models import Membership, Service
from filrouge.base.records import CentreRecord
from filrouge.people.models import Person


class Audience(models.TextChoices):
    """Who may read an event. Each reader also needs access to the file."""

    PERSONAL = "personal", _("note personnelle")
    SERVICE = "service", _("service")
    TEAM = "team", _("équipe de suivi")
    COUNCIL = "council", _("conseil")
    PERSON = "person", _("la personne")


class Nature(models.TextChoices):
    """Facts may be shared, confidences never (professional secrecy)."""

    FACT = "fact", _("fait")
    CONFIDENCE = "confidence", _("confidence")
    WORKING_NOTE = "note", _("note de travail")


class Family(models.TextChoices):
    """The filters of the person's page."""

    CLAIMS = "claims", _("Demandes")
    PATHWAY = "pathway", _("Parcours")
    DOCUMENTS = "documents", _("Documents")
    NOTES = "notes", _("Notes d'équipe")
    DECISIONS = "decisions", _("Décisions")


class Event(CentreRecord):
    """A knot: written once by the action that caused it, never changed (append-only)."""

    person = models.ForeignKey(Person, on_delete=models.RESTRICT, related_name="events")
    kind = models.CharField(max_length=40)
    family = models.CharField(max_length=12, choices=Family.choices)
    at = models.DateTimeField()
    membership = models.ForeignKey(Membership, on_delete=models.RESTRICT, related_name="+")
    service = models.ForeignKey(Service, on_delete=models.RESTRICT, null=True, related_name="+")
    audience = models.CharField(max_length=10, choices=Audience.choices)
    nature = models.CharField(max_length=12, choices=Nature.choices, default=Nature.FACT)
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    from_state = models.CharField(max_length=20, blank=True)
    to_state = models.CharField(max_length=20, blank=True)
    reason = models.TextField(blank=True)
    subject_kind = models.CharField(max_length=30, blank=True)
    subject_id = models.UUIDField(null=True)

    class Meta:
        verbose_name = _("événement")
        indexes = [models.Index(fields=["centre", "person", "-at"], name="event_by_person")]

    def __str__(self) -> str:
        return self.title
