"""A request for aid, from the register to the notified decision.

One claim, one right, one decision: a person who asks for two aids at once makes two entries in
the register, each with its own clock, on one receipt (``intake``).
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from filrouge.base.centres.models import Membership, PaymentRhythm, Service
from filrouge.base.records import CentreRecord, VersionedRecord
from filrouge.council.models import Measure
from filrouge.dossier.documents.models import Document, DocumentKind
from filrouge.law import eligibility
from filrouge.law.terms import Regime
from filrouge.people.models import LARGEST_AMOUNT, Person

CONDITIONS = {condition.key.value: condition for condition in eligibility.CONDITIONS}
"""The six conditions by their stable key, in the order of the law."""


class Channel(models.TextChoices):
    COUNTER = "counter", _("au guichet")
    PHONE = "phone", _("par téléphone")
    LETTER = "letter", _("par lettre")
    EMAIL = "email", _("par courriel")
    CPAS_ONLINE = "cpas_online", _("par CPAS Online")
    EX_OFFICIO = "ex_officio", _("d'office")


class Aid(models.TextChoices):
    """What can be asked. Integration income has its own law; the rest is social aid."""

    RIS = "ris", _("revenu d'intégration")
    EQUIVALENT = "equivalent", _("aide équivalente au revenu d'intégration")
    FINANCIAL = "financial", _("aide financière")
    MEDICAL = "medical", _("aide médicale ou pharmaceutique")
    URGENT_MEDICAL = "urgent_medical", _("aide médicale urgente")
    ADVANCE = "advance", _("avance sur une autre prestation")
    RENTAL_GUARANTEE = "rental_guarantee", _("garantie locative")
    INSTALLATION = "installation", _("prime d'installation")
    HEATING = "heating", _("allocation de chauffage")
    ENERGY = "energy", _("aide en énergie ou en eau")
    DEBT_MEDIATION = "debt_mediation", _("médiation de dettes")
    GUIDANCE = "guidance", _("accompagnement social")
    HOUSING = "housing", _("aide au logement")
    MEALS = "meals", _("repas à domicile")

    @property
    def regime(self) -> Regime:
        """Which law sets the terms, the conditions and the appeal."""
        return Regime.RIS if self is Aid.RIS else Regime.SOCIAL_AID


class State(models.TextChoices):
    """States that are stored; scheduled, decided and notified are read from the facts."""

    REGISTERED = "registered", _("enregistrée")
    INQUIRY = "inquiry", _("en enquête")
    PROPOSED = "proposed", _("à approuver")
    APPROVED = "approved", _("approuvée")
    TRANSFERRED = "transferred", _("transmise au CPAS compétent")
    WITHDRAWN = "withdrawn", _("retirée")


class Claim(VersionedRecord):
    """An entry of the chronological register."""

    person = models.ForeignKey(Person, on_delete=models.RESTRICT, related_name="claims")
    intake = models.UUIDField(editable=False)
    """Shared by the claims of one request: one receipt covers them."""
    year = models.PositiveSmallIntegerField(editable=False)
    number = models.PositiveIntegerField(editable=False)
    entered_at = models.DateTimeField(_("inscrite au registre"), editable=False)
    entered_by = models.ForeignKey(Membership, on_delete=models.RESTRICT, related_name="+")
    received_on = models.DateField(_("reçue le"))
    late_entry_reason = models.CharField(
        _("pourquoi l'inscription est tardive"), max_length=200, blank=True
    )
    channel = models.CharField(_("canal"), max_length=12, choices=Channel.choices)
    aid = models.CharField(_("aide demandée"), max_length=20, choices=Aid.choices)
    urgent = models.BooleanField(_("urgent"), default=False)
    words = models.TextField(_("ce que dit la personne, dans ses mots"), blank=True)
    service = models.ForeignKey(Service, on_delete=models.RESTRICT, related_name="+")
    referent = models.ForeignKey(
        Membership, on_delete=models.RESTRICT, null=True, related_name="claims"
    )
    state = models.CharField(max_length=12, choices=State.choices, default=State.REGISTERED)
    receipt = models.ForeignKey(
        Document, on_delete=models.RESTRICT, null=True, related_name="+", editable=False
    )
    state_of_need = models.TextField(_("état de besoin"), blank=True)
    """Finding of the state of need, for aid under the organic law of 1976."""

    class Meta:
        verbose_name = _("demande")
        constraints = [
            models.UniqueConstraint(fields=["centre", "year", "number"], name="claim_number_once"),
        ]
        indexes = [
            models.Index(fields=["centre", "-year", "-number"], name="claim_by_number"),
            models.Index(fields=["centre", "person"], name="claim_by_person"),
            models.Index(fields=["centre", "referent", "state"], name="claim_by_referent"),
            models.Index(fields=["centre", "state", "-year", "-number"], name="claim_by_state"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        return f"{self.year}-{self.number:04d}"

    @property
    def regime(self) -> Regime:
        return Aid(self.aid).regime

    @property
    def entered_late(self) -> bool:
        """The entry was made on another day than the request was received."""
        return bool(self.late_entry_reason)


class Result(models.TextChoices):
    MET = "met", _("remplie")
    NOT_MET = "not_met", _("non remplie")
    UNKNOWN = "unknown", _("pas encore établie")
    EXEMPT = "exempt", _("dispensée")


class Exemption(models.TextChoices):
    """Reasons that exempt from willingness to work (law of 26 May 2002, art. 3, 5°)."""

    HEALTH = "health", _("raison de santé")
    EQUITY = "equity", _("raison d'équité")


class Finding(CentreRecord):
    """What the inquiry established about one condition; a newer finding replaces it."""

    claim = models.ForeignKey(Claim, on_delete=models.RESTRICT, related_name="findings")
    condition = models.CharField(max_length=24)
    """Key of ``law.eligibility``."""
    result = models.CharField(_("constat"), max_length=8, choices=Result.choices)
    exemption = models.CharField(_("dispense"), max_length=8, choices=Exemption.choices, blank=True)
    appraised_by = models.CharField(_("apprécié par"), max_length=120, blank=True)
    text = models.TextField(_("ce qui l'établit"), blank=True)
    evidence = models.ManyToManyField(Document, blank=True, related_name="+")
    recorded_by = models.ForeignKey(Membership, on_delete=models.RESTRICT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name = _("constat")
        constraints = [
            models.CheckConstraint(
                condition=Q(result=Result.EXEMPT, exemption__in=Exemption.values)
                | (~Q(result=Result.EXEMPT) & Q(exemption="")),
                name="finding_exempt_has_ground",
                violation_error_message=_(
                    "Une dispense cite sa raison : santé ou équité. Les autres constats n'en ont pas."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(result=Result.EXEMPT) | ~Q(appraised_by=""),
                name="finding_exempt_has_author",
                violation_error_message=_(
                    "Indiquez qui a apprécié la raison de santé ou d'équité."
                ),
            ),
        ]
        indexes = [
            models.Index(fields=["centre", "claim", "-recorded_at"], name="finding_by_claim")
        ]

    def __str__(self) -> str:
        return f"{self.condition}: {self.result}"


class HomeVisit(CentreRecord):
    """A visit to where the person lives, part of the social inquiry."""

    claim = models.ForeignKey(Claim, on_delete=models.RESTRICT, related_name="visits")
    visited_on = models.DateField(_("date de la visite"))
    text = models.TextField(_("ce qui a été constaté"))
    visited_by = models.ForeignKey(Membership, on_delete=models.RESTRICT, related_name="+")

    class Meta:
        verbose_name = _("visite à domicile")

    def __str__(self) -> str:
        return f"{self.claim} {self.visited_on}"


class FrozenEntitlement(CentreRecord):
    """A computation as it was made: inputs, steps, amounts, parameters. Append-only."""

    claim = models.ForeignKey(Claim, on_delete=models.RESTRICT, related_name="entitlements")
    on = models.DateField(_("droit au"))
    case = models.JSONField()
    """The inputs, as ``law.case.Case.as_dict`` gives them."""
    result = models.JSONField()
    """The outcome with its steps, as ``law.ris.Entitlement.as_dict`` gives it."""
    category = models.PositiveSmallIntegerField()
    category_reason = models.TextField()
    monthly_cents = models.PositiveBigIntegerField()
    yearly_cents = models.PositiveBigIntegerField()
    first_month_cents = models.PositiveBigIntegerField(null=True)
    parameters_digest = models.CharField(max_length=64)
    package_version = models.CharField(max_length=20)
    frozen_by = models.ForeignKey(Membership, on_delete=models.RESTRICT, related_name="+")
    frozen_at = models.DateTimeField()

    class Meta:
        verbose_name = _("calcul figé")
        indexes = [models.Index(fields=["centre", "claim", "-frozen_at"], name="frozen_by_claim")]

    def __str__(self) -> str:
        return f"{self.claim} {self.on}"


class Proposal(CentreRecord):
    """What the social worker proposes to the body; a new one replaces it when sent back."""

    claim = models.ForeignKey(Claim, on_delete=models.RESTRICT, related_name="proposals")
    measure = models.CharField(_("proposition"), max_length=12, choices=Measure.choices)
    entitlement = models.ForeignKey(
        FrozenEntitlement, on_delete=models.RESTRICT, null=True, blank=True, related_name="+"
    )
    amount_cents = models.PositiveBigIntegerField(_("montant par mois"), null=True, blank=True)
    starts_on = models.DateField(_("à partir du"), null=True, blank=True)
    ends_on = models.DateField(_("jusqu'au"), null=True, blank=True)
    rhythm = models.CharField(
        _("paiement"), max_length=12, choices=PaymentRhythm.choices, blank=True
    )
    piis_due = models.BooleanField(_("un PIIS est dû"), default=False)
    piis_by = models.DateField(_("PIIS à conclure pour le"), null=True, blank=True)
    grounds_in_fact = models.TextField(_("motifs de fait"))
    grounds_in_law = models.TextField(_("motifs de droit"))
    despite_unknown = models.TextField(
        _("pourquoi proposer alors qu'une condition n'est pas établie"), blank=True
    )
    author = models.ForeignKey(Membership, on_delete=models.RESTRICT, related_name="+")
    proposed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("proposition")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="proposal_ends_after_start",
                violation_error_message=_("La fin de l'aide ne peut pas précéder son début."),
            ),
            models.CheckConstraint(
                condition=Q(amount_cents__isnull=True) | Q(amount_cents__lte=LARGEST_AMOUNT),
                name="proposal_amount_sane",
                violation_error_message=_("Ce montant est invraisemblable : vérifiez la virgule."),
            ),
        ]
        indexes = [
            models.Index(fields=["centre", "claim", "-proposed_at"], name="proposal_by_claim")
        ]

    def __str__(self) -> str:
        return f"{self.claim}: {self.get_measure_display()}"


class Review(CentreRecord):
    """The second pair of eyes on a proposal."""

    proposal = models.OneToOneField(Proposal, on_delete=models.RESTRICT, related_name="review")
    approved = models.BooleanField()
    reason = models.TextField(_("raison du renvoi"), blank=True)
    reviewer = models.ForeignKey(Membership, on_delete=models.RESTRICT, related_name="+")
    instead_of = models.ForeignKey(
        Membership, on_delete=models.RESTRICT, null=True, related_name="+"
    )
    reviewed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("relecture")
        constraints = [
            models.CheckConstraint(
                condition=Q(approved=True) | ~Q(reason=""),
                name="review_sent_back_has_reason",
                violation_error_message=_("Dites ce qui est à revoir."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.proposal}"


class Transfer(CentreRecord):
    """The request sent on to the centre that is competent (law of 2 April 1965; five days)."""

    claim = models.OneToOneField(Claim, on_delete=models.RESTRICT, related_name="transfer")
    to_centre = models.CharField(_("CPAS compétent"), max_length=160)
    to_address = models.CharField(_("son adresse"), max_length=200, blank=True)
    reasons = models.TextField(_("motifs"))
    signed_by = models.ForeignKey(Membership, on_delete=models.RESTRICT, related_name="+")
    sent_on = models.DateField(_("envoyé le"))
    letter = models.ForeignKey(Document, on_delete=models.RESTRICT, null=True, related_name="+")
    letter_to_person = models.ForeignKey(
        Document, on_delete=models.RESTRICT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("transmission")

    def __str__(self) -> str:
        return f"{self.claim} → {self.to_centre}"


class Delivery(models.TextChoices):
    REGISTERED_POST = "registered", _("lettre recommandée")
    HANDED_OVER = "handed_over", _("remise contre accusé de réception")


class Notification(CentreRecord):
    """The decision told to the person, with every mandatory mention (art. 21 § 3 and 4)."""

    claim = models.ForeignKey(Claim, on_delete=models.RESTRICT, related_name="notifications")
    decision = models.OneToOneField(
        "council.Decision", on_delete=models.RESTRICT, related_name="notification"
    )
    letter = models.ForeignKey(Document, on_delete=models.RESTRICT, null=True, related_name="+")
    """The letter as it stands: unsigned first, then as both signed it."""
    translation = models.ForeignKey(
        Document, on_delete=models.RESTRICT, null=True, related_name="+", editable=False
    )
    """An informative translation to enclose; only the centre's own language counts."""
    president_signed_at = models.DateTimeField(_("signée par le président"), null=True)
    president = models.ForeignKey(
        Membership, on_delete=models.RESTRICT, null=True, related_name="+"
    )
    director_signed_at = models.DateTimeField(_("signée par le directeur général"), null=True)
    director = models.ForeignKey(Membership, on_delete=models.RESTRICT, null=True, related_name="+")
    delivery = models.CharField(_("envoi"), max_length=12, choices=Delivery.choices, blank=True)
    delivery_number = models.CharField(_("numéro du recommandé"), max_length=40, blank=True)
    sent_on = models.DateField(_("envoyée ou remise le"), null=True)
    prepared_by = models.ForeignKey(Membership, on_delete=models.RESTRICT, related_name="+")

    class Meta:
        verbose_name = _("notification")
        constraints = [
            models.CheckConstraint(
                condition=~Q(delivery=Delivery.REGISTERED_POST) | ~Q(delivery_number=""),
                name="notification_registered_number",
                violation_error_message=_("Indiquez le numéro du recommandé."),
            ),
        ]
        indexes = [models.Index(fields=["centre", "claim"], name="notification_by_claim")]

    def __str__(self) -> str:
        return f"{self.claim}"


class FirstPayment(CentreRecord):
    """The day on which the first payment of a decision left (art. 23 § 1: fifteen days)."""

    decision = models.OneToOneField(
        "council.Decision", on_delete=models.RESTRICT, related_name="first_payment"
    )
    paid_on = models.DateField(_("payé le"))
    amount_cents = models.PositiveBigIntegerField(_("montant payé"))
    recorded_by = models.ForeignKey(Membership, on_delete=models.RESTRICT, related_name="+")

    class Meta:
        verbose_name = _("premier paiement")

    def __str__(self) -> str:
        return str(self.paid_on)


class Appeal(CentreRecord):
    """An appeal lodged at the labour tribunal."""

    decision = models.ForeignKey(
        "council.Decision", on_delete=models.RESTRICT, related_name="appeals"
    )
    lodged_on = models.DateField(_("introduit le"))
    reference = models.CharField(_("numéro de rôle"), max_length=40, blank=True)
    note = models.TextField(_("ce que la personne conteste"), blank=True)
    recorded_by = models.ForeignKey(Membership, on_delete=models.RESTRICT, related_name="+")

    class Meta:
        verbose_name = _("recours")

    def __str__(self) -> str:
        return f"{self.decision} {self.lodged_on}"


# What usually proves each condition; a proposal to the worker, never a demand (art. 3).
USUAL_EVIDENCE: dict[str, tuple[DocumentKind, ...]] = {
    "residence": (DocumentKind.HOUSEHOLD, DocumentKind.LEASE),
    "age": (DocumentKind.IDENTITY,),
    "status": (DocumentKind.IDENTITY,),
    "resources": (
        DocumentKind.PAYSLIP,
        DocumentKind.UNEMPLOYMENT,
        DocumentKind.BENEFIT,
        DocumentKind.MEANS,
        DocumentKind.PROPERTY,
    ),
    "work": (DocumentKind.JOB_SEEKING, DocumentKind.MEDICAL, DocumentKind.STUDIES),
    "other_rights": (DocumentKind.CLAIMED_RIGHTS, DocumentKind.UNEMPLOYMENT),
}
