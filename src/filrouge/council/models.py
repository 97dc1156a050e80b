"""Deciding bodies, their sessions, what they decided and the minutes of it."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from filrouge.base.centres.models import Membership, PaymentRhythm
from filrouge.base.records import CentreRecord, VersionedRecord
from filrouge.people.models import Person


class BodyKind(models.TextChoices):
    COUNCIL = "council", _("Conseil de l'action sociale")
    SPECIAL_COMMITTEE = "special_committee", _("Comité spécial du service social")
    PERMANENT_BUREAU = "permanent_bureau", _("Bureau permanent")


class Body(CentreRecord):
    """A body that decides, with its own seats."""

    kind = models.CharField(_("sorte"), max_length=20, choices=BodyKind.choices)
    name = models.CharField(_("nom"), max_length=120)
    casting_vote = models.BooleanField(
        _("la voix du président départage"),
        default=True,
        help_text=_("En cas de parité, la voix du président est prépondérante."),
    )

    class Meta:
        verbose_name = _("organe")
        constraints = [
            models.UniqueConstraint(
                fields=["centre", "name"],
                name="body_name_once",
                violation_error_message=_("Un organe porte déjà ce nom."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class Seat(CentreRecord):
    """A councillor's place in a body, from a day to a day."""

    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="seats")
    membership = models.ForeignKey(Membership, on_delete=models.RESTRICT, related_name="seats")
    presides = models.BooleanField(_("préside"), default=False)
    starts_on = models.DateField(_("depuis le"))
    ends_on = models.DateField(_("jusqu'au"), null=True, blank=True)

    class Meta:
        verbose_name = _("siège")
        constraints = [
            models.UniqueConstraint(
                fields=["centre", "body", "membership", "starts_on"],
                name="seat_once",
                violation_error_message=_("Cette personne a déjà ce siège."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="seat_ends_after_start",
                violation_error_message=_("La fin ne peut pas précéder le début."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.membership.user} · {self.body}"

    def sits(self, on: date) -> bool:
        """Whether the seat is in function on that day."""
        return self.starts_on <= on and (self.ends_on is None or on <= self.ends_on)


class Session(VersionedRecord):
    """A meeting of a body. Its agenda closes with the convocation, save urgent items."""

    body = models.ForeignKey(Body, on_delete=models.RESTRICT, related_name="sessions")
    starts_at = models.DateTimeField(_("début de la séance"))
    held_on = models.DateField(_("date de la séance"))
    place = models.CharField(_("lieu"), max_length=160, blank=True)
    convocation_due_on = models.DateField(_("convocation à envoyer au plus tard le"))
    convened_on = models.DateField(_("convocation envoyée le"), null=True, blank=True)
    opened_at = models.DateTimeField(_("séance ouverte"), null=True, blank=True)
    closed_at = models.DateTimeField(_("séance levée"), null=True, blank=True)

    class Meta:
        verbose_name = _("séance")
        constraints = [
            models.UniqueConstraint(
                fields=["centre", "body", "starts_at"],
                name="session_once",
                violation_error_message=_("Cet organe se réunit déjà à ce moment."),
            ),
            models.CheckConstraint(
                condition=Q(convocation_due_on__lte=F("held_on")),
                name="session_convened_before",
                violation_error_message=_("La convocation précède la séance."),
            ),
        ]
        indexes = [models.Index(fields=["centre", "held_on"], name="session_by_day")]

    def __str__(self) -> str:
        return f"{self.body} · {self.held_on}"

    @property
    def convened_late(self) -> bool:
        """Whether the convocation left after its last day."""
        return self.convened_on is not None and self.convened_on > self.convocation_due_on


class Attendance(CentreRecord):
    """A member's presence at a session."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="attendances")
    membership = models.ForeignKey(Membership, on_delete=models.RESTRICT, related_name="+")
    present = models.BooleanField(_("présent"), default=False)
    excused = models.BooleanField(_("excusé"), default=False)
    presides = models.BooleanField(_("préside"), default=False)
    arrived_at = models.DateTimeField(_("arrivé à"), null=True, blank=True)
    """Only for who came after the session was opened."""
    left_at = models.DateTimeField(_("parti à"), null=True, blank=True)

    class Meta:
        verbose_name = _("présence")
        constraints = [
            models.UniqueConstraint(
                fields=["centre", "session", "membership"], name="attendance_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.membership)

    @property
    def in_the_room(self) -> bool:
        """Whether the member came and has not left."""
        return self.present and self.left_at is None


RATIFICATION = "council.decision"
"""``subject_kind`` of an item that asks a body to ratify an urgent decision of its president."""


class AgendaItem(VersionedRecord):
    """A point of an agenda with the sheet that the proposing room froze: need to know, no more."""

    session = models.ForeignKey(Session, on_delete=models.RESTRICT, related_name="items")
    position = models.PositiveSmallIntegerField()
    person = models.ForeignKey(Person, on_delete=models.RESTRICT, null=True, related_name="+")
    subject_kind = models.CharField(max_length=30)
    subject_id = models.UUIDField()
    title = models.CharField(max_length=200)
    """Without the person's name: initials and number at most."""
    sheet = models.JSONField()
    """A frozen ``council.sheets.Sheet``."""
    urgent = models.BooleanField(_("urgence votée"), default=False)
    urgent_reason = models.CharField(_("raison de l'urgence"), max_length=200, blank=True)
    proposed_by = models.ForeignKey(Membership, on_delete=models.RESTRICT, related_name="+")
    adjourned_at = models.DateTimeField(null=True, blank=True)
    adjourned_reason = models.TextField(blank=True)
    hearing_first = models.BooleanField(_("entendre la personne d'abord"), default=False)
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_reason = models.TextField(blank=True)

    class Meta:
        verbose_name = _("point de l'ordre du jour")
        constraints = [
            models.CheckConstraint(
                condition=Q(urgent=False) | ~Q(urgent_reason=""),
                name="agenda_urgency_has_reason",
                violation_error_message=_("Un point urgent demande une raison écrite."),
            ),
            models.UniqueConstraint(
                fields=["centre", "session", "subject_id"],
                condition=Q(removed_at__isnull=True),
                name="agenda_subject_once",
                violation_error_message=_("Ce point est déjà à l'ordre du jour de cette séance."),
            ),
        ]
        indexes = [
            models.Index(fields=["centre", "session", "position"], name="item_by_session"),
            models.Index(fields=["centre", "subject_id"], name="item_by_subject"),
        ]

    def __str__(self) -> str:
        return self.title


class Withdrawal(CentreRecord):
    """A member leaves the room for one item because of a conflict of interest."""

    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="withdrawals")
    membership = models.ForeignKey(Membership, on_delete=models.RESTRICT, related_name="+")
    reason = models.CharField(_("raison"), max_length=200)

    class Meta:
        verbose_name = _("retrait")
        constraints = [
            models.UniqueConstraint(
                fields=["centre", "item", "membership"],
                name="withdrawal_once",
                violation_error_message=_("Ce membre s'est déjà retiré pour ce point."),
            )
        ]

    def __str__(self) -> str:
        return str(self.membership)


class Measure(models.TextChoices):
    """What is decided about a right."""

    GRANT = "grant", _("octroyer")
    GRANT_LESS = "grant_less", _("octroyer moins que demandé")
    REFUSE = "refuse", _("refuser")
    NO_ACTION = "no_action", _("ne pas donner suite")
    TAKE_NOTE = "take_note", _("prendre acte")


GRANTING = (Measure.GRANT, Measure.GRANT_LESS)


class Decision(CentreRecord):
    """What a body (or the president, in urgency) decided. Immutable: a change is a new decision."""

    item = models.OneToOneField(
        AgendaItem, on_delete=models.RESTRICT, null=True, related_name="decision"
    )
    """None for an urgent decision of the president, until a session ratifies it."""
    body = models.ForeignKey(Body, on_delete=models.RESTRICT, related_name="decisions")
    person = models.ForeignKey(
        Person, on_delete=models.RESTRICT, null=True, related_name="decisions"
    )
    subject_kind = models.CharField(max_length=30)
    subject_id = models.UUIDField()
    aid = models.CharField(max_length=24, blank=True)
    """Kind of aid, in the words of the room that proposed it."""
    sheet = models.JSONField()
    """The ``council.sheets.Sheet`` that was decided upon: it stays with what was decided."""
    decided_on = models.DateField(_("date de la décision"))
    decided_at = models.DateTimeField()
    follows_proposal = models.BooleanField(_("suit la proposition"))
    measure = models.CharField(_("mesure"), max_length=12, choices=Measure.choices)
    amount_cents = models.PositiveBigIntegerField(_("montant par mois"), null=True)
    category = models.PositiveSmallIntegerField(_("catégorie"), null=True)
    starts_on = models.DateField(_("à partir du"), null=True)
    ends_on = models.DateField(_("jusqu'au"), null=True)
    rhythm = models.CharField(
        _("paiement"), max_length=12, choices=PaymentRhythm.choices, blank=True
    )
    grounds_in_fact = models.TextField(_("motifs de fait"))
    grounds_in_law = models.TextField(_("motifs de droit"))
    reasons = models.TextField(_("raisons de décider autrement"), blank=True)
    votes_for = models.PositiveSmallIntegerField(_("pour"), default=0)
    votes_against = models.PositiveSmallIntegerField(_("contre"), default=0)
    abstentions = models.PositiveSmallIntegerField(_("abstentions"), default=0)
    casting_vote_used = models.BooleanField(_("voix prépondérante du président"), default=False)
    urgent_by_president = models.BooleanField(_("décision urgente du président"), default=False)
    ratifies = models.OneToOneField(
        "self", on_delete=models.RESTRICT, null=True, related_name="ratification"
    )
    recorded_by = models.ForeignKey(Membership, on_delete=models.RESTRICT, related_name="+")

    class Meta:
        verbose_name = _("décision")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="decision_ends_after_start",
                violation_error_message=_("La fin de l'aide ne peut pas précéder son début."),
            ),
            models.CheckConstraint(
                condition=Q(follows_proposal=True) | ~Q(reasons=""),
                name="decision_otherwise_has_reasons",
                violation_error_message=_("Décider autrement demande des raisons écrites."),
            ),
        ]
        indexes = [
            models.Index(fields=["centre", "subject_id"], name="decision_by_subject"),
            models.Index(fields=["centre", "person", "decided_on"], name="decision_by_person"),
            models.Index(fields=["centre", "aid", "measure", "starts_on"], name="decision_by_aid"),
        ]

    def __str__(self) -> str:
        return f"{self.get_measure_display()} · {self.decided_on}"


class Minutes(VersionedRecord):
    """The minutes of a session: they grow by themselves, then freeze."""

    session = models.OneToOneField(Session, on_delete=models.RESTRICT, related_name="minutes")
    remarks = models.TextField(_("observations"), blank=True)
    kept_by = models.ForeignKey(Membership, on_delete=models.RESTRICT, related_name="+")
    approved_in = models.ForeignKey(
        Session, on_delete=models.RESTRICT, null=True, blank=True, related_name="approved_minutes"
    )
    president_signed_at = models.DateTimeField(null=True, blank=True)
    president = models.ForeignKey(
        Membership, on_delete=models.RESTRICT, null=True, blank=True, related_name="+"
    )
    director_signed_at = models.DateTimeField(null=True, blank=True)
    director = models.ForeignKey(
        Membership, on_delete=models.RESTRICT, null=True, blank=True, related_name="+"
    )
    frozen_text = models.JSONField(null=True, blank=True)
    """The text as signed by both; null until then."""

    class Meta:
        verbose_name = _("procès-verbal")

    def __str__(self) -> str:
        return str(self.session)

    @property
    def is_final(self) -> bool:
        return self.president_signed_at is not None and self.director_signed_at is not None


class Consultation(CentreRecord):
    """A councillor's reasoned request to consult more of a file, on site, and the answer."""

    item = models.ForeignKey(AgendaItem, on_delete=models.RESTRICT, related_name="consultations")
    asked_by = models.ForeignKey(Membership, on_delete=models.RESTRICT, related_name="+")
    asked_at = models.DateTimeField()
    reason = models.TextField(_("raison"))
    answered_by = models.ForeignKey(
        Membership, on_delete=models.RESTRICT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    granted = models.BooleanField(_("accordée"), null=True)
    answer = models.TextField(_("réponse"), blank=True)
    consulted_on_site_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("consultation")
        constraints = [
            models.UniqueConstraint(
                fields=["centre", "item", "asked_by"],
                name="consultation_once",
                violation_error_message=_("Vous avez déjà demandé à consulter ce dossier."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.asked_by} · {self.item}"
