"""Files of a person: received once, kept encrypted, found again by every service that may."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from filrouge.base.centres.models import Membership
from filrouge.base.records import CentreRecord
from filrouge.people.models import Person


class DocumentKind(models.TextChoices):
    IDENTITY = "identity", _("titre d'identité ou de séjour")
    HOUSEHOLD = "household", _("composition de ménage")
    LEASE = "lease", _("bail ou preuve du logement")
    EMPLOYMENT = "employment", _("contrat de travail")
    PAYSLIP = "payslip", _("fiche de paie")
    UNEMPLOYMENT = "unemployment", _("décision ou attestation de chômage")
    BENEFIT = "benefit", _("attestation d'une autre prestation")
    CLAIMED_RIGHTS = "claimed_rights", _("preuve des droits demandés ailleurs")
    JOB_SEEKING = "job_seeking", _("inscription comme demandeur d'emploi")
    STUDIES = "studies", _("attestation d'études")
    MEDICAL = "medical", _("certificat médical")
    MEANS = "means", _("extraits choisis par la personne")
    PROPERTY = "property", _("extrait cadastral ou acte")
    BANK_ACCOUNT = "bank_account", _("preuve du compte bancaire")
    MANDATE = "mandate", _("mandat ou procuration")
    INVOICE = "invoice", _("facture ou rappel")
    LETTER = "letter", _("lettre du centre")
    MINUTES = "minutes", _("procès-verbal")
    OTHER = "other", _("autre document")


class Document(CentreRecord):
    """A file and what is known of it. The title is searchable, the content never."""

    person = models.ForeignKey(
        Person, on_delete=models.RESTRICT, null=True, blank=True, related_name="documents"
    )
    """None for documents of a session (agenda, minutes)."""
    kind = models.CharField(_("nature"), max_length=16, choices=DocumentKind.choices)
    title = models.CharField(_("titre"), max_length=160)
    received_on = models.DateField(_("reçu le"))
    valid_until = models.DateField(_("valable jusqu'au"), null=True, blank=True)
    media_type = models.CharField(max_length=100, editable=False)
    size = models.PositiveIntegerField(editable=False)
    digest = models.CharField(max_length=64, editable=False)
    stored_as = models.CharField(max_length=200, unique=True, editable=False)
    added_by = models.ForeignKey(Membership, on_delete=models.RESTRICT, related_name="+")
    added_at = models.DateTimeField()
    subject_kind = models.CharField(max_length=30, blank=True)
    subject_id = models.UUIDField(null=True, blank=True)

    class Meta:
        verbose_name = _("document")
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("received_on")),
                name="document_valid_after_received",
                violation_error_message=_(
                    "Ce document n'était déjà plus valable le jour de sa réception."
                ),
            ),
        ]
        indexes = [
            models.Index(fields=["centre", "person", "kind"], name="document_by_person"),
            models.Index(fields=["centre", "subject_id"], name="document_by_subject"),
        ]

    def __str__(self) -> str:
        return self.title


class DocumentRequest(CentreRecord):
    """A piece asked of the person, by a day, because it was nowhere in the file."""

    person = models.ForeignKey(Person, on_delete=models.RESTRICT, related_name="asked_documents")
    kind = models.CharField(_("nature"), max_length=16, choices=DocumentKind.choices)
    detail = models.CharField(_("précision"), max_length=160, blank=True)
    asked_on = models.DateField(_("demandé le"))
    due_on = models.DateField(_("à remettre pour le"))
    asked_by = models.ForeignKey(Membership, on_delete=models.RESTRICT, related_name="+")
    answered_by = models.ForeignKey(
        Document, on_delete=models.RESTRICT, null=True, blank=True, related_name="answers"
    )
    dropped_on = models.DateField(_("plus nécessaire depuis le"), null=True, blank=True)
    subject_kind = models.CharField(max_length=30, blank=True)
    subject_id = models.UUIDField(null=True, blank=True)

    class Meta:
        verbose_name = _("document demandé")
        constraints = [
            models.CheckConstraint(
                condition=Q(due_on__gte=F("asked_on")),
                name="request_due_later",
                violation_error_message=_("La date de remise est déjà passée."),
            ),
            models.UniqueConstraint(
                fields=["centre", "person", "kind", "detail"],
                condition=Q(answered_by__isnull=True, dropped_on__isnull=True),
                name="request_open_once",
                violation_error_message=_(
                    "Ce document est déjà demandé : on ne demande qu'une fois."
                ),
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())
