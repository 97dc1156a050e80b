"""Legal terms of a file and the queue of work that they drive."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from filrouge.base.centres.models import Membership, Role, Service
from filrouge.base.records import CentreRecord
from filrouge.people.models import Person


class Term(CentreRecord):
    """A term computed by ``law.terms`` from a fact: never typed, stopped by another fact.

    ``waits_for_*`` says whose turn it is; the queue is read from it.
    """

    person = models.ForeignKey(Person, on_delete=models.RESTRICT, related_name="terms")
    kind = models.CharField(max_length=24)
    label = models.CharField(_("délai"), max_length=200)
    article = models.CharField(_("article"), max_length=200)
    counting = models.TextField(_("calcul"), blank=True)
    status = models.CharField(_("certitude"), max_length=1)
    subject_kind = models.CharField(max_length=30)
    subject_id = models.UUIDField()
    starts_on = models.DateField(_("court depuis le"))
    due_on = models.DateField(_("échéance"))
    stopped_on = models.DateField(_("arrêté le"), null=True)
    stopped_by = models.CharField(_("arrêté par"), max_length=200, blank=True)
    next_step = models.CharField(_("prochaine étape"), max_length=200)
    address = models.CharField(max_length=200)
    """Path of the page where the next step is done."""
    button = models.CharField(max_length=60)
    waits_for_membership = models.ForeignKey(
        Membership, on_delete=models.RESTRICT, null=True, related_name="+"
    )
    waits_for_role = models.CharField(max_length=20, choices=Role.choices, blank=True)
    waits_for_service = models.ForeignKey(
        Service, on_delete=models.RESTRICT, null=True, related_name="+"
    )
    referent = models.ForeignKey(Membership, on_delete=models.RESTRICT, null=True, related_name="+")
    """Who answers for the file: sees the term even while it waits for others."""

    class Meta:
        verbose_name = _("délai")
        constraints = [
            models.CheckConstraint(condition=Q(due_on__gte=F("starts_on")), name="term_due_later"),
            models.UniqueConstraint(
                fields=["centre", "subject_id", "kind"],
                condition=Q(stopped_on__isnull=True),
                name="term_open_once",
                violation_error_message=_("Ce délai court déjà."),
            ),
        ]
        indexes = [
            models.Index(
                fields=["centre", "waits_for_membership", "due_on"],
                condition=Q(stopped_on__isnull=True),
                name="term_queue_member",
            ),
            models.Index(
                fields=["centre", "waits_for_role", "due_on"],
                condition=Q(stopped_on__isnull=True),
                name="term_queue_role",
            ),
            models.Index(
                fields=["centre", "referent", "due_on"],
                condition=Q(stopped_on__isnull=True),
                name="term_queue_referent",
            ),
            models.Index(
                fields=["centre", "due_on"],
                condition=Q(stopped_on__isnull=True),
                name="term_running",
            ),
            models.Index(fields=["centre", "person", "due_on"], name="term_by_person"),
        ]

    def __str__(self) -> str:
        return f"{self.label}: {self.due_on}"
