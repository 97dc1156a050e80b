"""Persons, the household and the means they live from, and who follows them.

Everything that changes with time is a dated fact; a correction is a new fact.
"""

from __future__ import annotations

from datetime import date

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from filrouge.base.centres.models import Language, Membership, Service
from filrouge.base.fields import KeyTextField
from filrouge.base.records import CentreRecord, VersionedRecord
from filrouge.law.case import IncomeKind
from filrouge.law.category import Relation
from filrouge.people.identifiers import validate_iban, validate_niss

LARGEST_AMOUNT = 10_000_000_00
"""Ten million euro, in cents: above it an amount is a slip of the keyboard."""


class Sex(models.TextChoices):
    FEMALE = "f", _("femme")
    MALE = "m", _("homme")
    OTHER = "x", _("autre ou non précisé")


class ResidenceStatus(models.TextChoices):
    """The statuses that condition 3 tells apart (law of 26 May 2002, art. 3)."""

    BELGIAN = "belgian", _("Belge")
    EU_CITIZEN = (
        "eu_citizen",
        _("citoyen de l'Union ou membre de sa famille, séjour de plus de trois mois"),
    )
    POPULATION_REGISTER = "population_register", _("étranger inscrit au registre de la population")
    REFUGEE = "refugee", _("réfugié reconnu")
    STATELESS = "stateless", _("apatride")
    SUBSIDIARY_PROTECTION = "subsidiary_protection", _("protection subsidiaire")
    TEMPORARY_PROTECTION = "temporary_protection", _("protection temporaire")
    FOREIGNERS_REGISTER = "foreigners_register", _("étranger inscrit au registre des étrangers")
    ASYLUM_SEEKER = "asylum_seeker", _("demandeur de protection internationale")
    NO_STAY = "no_stay", _("sans titre de séjour")
    UNKNOWN = "unknown", _("à établir")


class Person(VersionedRecord):
    """A person with a file in this centre."""

    file_number = models.PositiveIntegerField(_("numéro de dossier"), editable=False)
    last_name = models.CharField(_("nom"), max_length=80)
    first_name = models.CharField(_("prénom"), max_length=80)
    birth_date = models.DateField(_("date de naissance"), null=True, blank=True)
    sex = models.CharField(_("sexe"), max_length=1, choices=Sex.choices, default=Sex.OTHER)
    niss = KeyTextField(
        _("numéro national ou bis"), max_length=11, blank=True, validators=[validate_niss]
    )
    residence_status = models.CharField(
        _("situation de séjour"),
        max_length=24,
        choices=ResidenceStatus.choices,
        default=ResidenceStatus.UNKNOWN,
    )
    nationality = models.CharField(_("nationalité"), max_length=60, blank=True)
    language = models.CharField(
        _("langue des échanges"), max_length=2, choices=Language.choices, default=Language.FRENCH
    )
    spoken_languages = models.CharField(_("langues parlées"), max_length=120, blank=True)
    interpreter = models.BooleanField(_("interprète utile"), default=False)
    phone = models.CharField(_("téléphone"), max_length=40, blank=True)
    email = models.EmailField(_("adresse électronique"), blank=True)
    street = models.CharField(_("rue et numéro"), max_length=200, blank=True)
    postal_code = models.CharField(_("code postal"), max_length=10, blank=True)
    city = models.CharField(_("localité"), max_length=80, blank=True)
    homeless = models.BooleanField(_("sans abri"), default=False)
    iban = models.CharField(
        _("compte bancaire"), max_length=34, blank=True, validators=[validate_iban]
    )
    registered_on = models.DateField(_("dossier ouvert le"), editable=False)
    sort_key = KeyTextField(max_length=161, editable=False)

    class Meta:
        verbose_name = _("personne")
        constraints = [
            models.UniqueConstraint(
                fields=["centre", "file_number"],
                name="person_file_number_once",
                violation_error_message=_("Ce numéro de dossier est déjà attribué."),
            ),
            models.UniqueConstraint(
                fields=["centre", "niss"],
                condition=~Q(niss=""),
                name="person_niss_once",
                violation_error_message=_(
                    "Ce numéro national est déjà celui d'une personne connue du centre : "
                    "ouvrez son dossier au lieu d'en créer un second."
                ),
            ),
        ]
        indexes = [models.Index(fields=["centre", "sort_key", "id"], name="person_by_name")]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}"

    @property
    def initials(self) -> str:
        """What a council sheet shows until it is opened."""
        return f"{self.first_name[:1]}. {self.last_name[:1]}."

    @property
    def address(self) -> str:
        return ", ".join(
            part for part in (self.street, f"{self.postal_code} {self.city}".strip()) if part
        )

    def age(self, on: date) -> int | None:
        """Completed years on that day."""
        if self.birth_date is None:
            return None
        before_birthday = (on.month, on.day) < (self.birth_date.month, self.birth_date.day)
        return on.year - self.birth_date.year - before_birthday


class NamePart(models.Model):
    """Every suffix of each normalised word that finds a person: any part of a name by B-tree."""

    centre = models.ForeignKey("centres.Centre", on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="name_parts")
    part = KeyTextField(max_length=80)

    class Meta:
        indexes = [
            models.Index(fields=["centre", "part", "person"], name="name_part_by_part"),
        ]

    def __str__(self) -> str:
        return self.part


class MissionKind(models.TextChoices):
    REFERENT = "referent", _("référent social")
    CO_REFERENT = "co_referent", _("co-référent")
    INSERTION = "insertion", _("insertion")
    INQUIRY = "inquiry", _("enquête en cours")
    REPLACEMENT = "replacement", _("remplacement")
    CONSULTATION = "consultation", _("consultation accordée")


class Mission(CentreRecord):
    """Why a worker may open a file, from a day to a day. Access follows it and ends with it."""

    person = models.ForeignKey(Person, on_delete=models.RESTRICT, related_name="missions")
    membership = models.ForeignKey(Membership, on_delete=models.RESTRICT, related_name="missions")
    service = models.ForeignKey(Service, on_delete=models.RESTRICT, null=True, related_name="+")
    kind = models.CharField(_("mission"), max_length=16, choices=MissionKind.choices)
    starts_on = models.DateField(_("depuis le"))
    ends_on = models.DateField(_("jusqu'au"), null=True, blank=True)
    reason = models.CharField(_("raison"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("mission")
        constraints = [
            models.UniqueConstraint(
                fields=["centre", "person", "membership", "kind"],
                condition=Q(ends_on__isnull=True),
                name="mission_once",
                violation_error_message=_("Ce collègue suit déjà ce dossier à ce titre."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="mission_ends_after_start",
                violation_error_message=_("La fin ne peut pas précéder le début."),
            ),
        ]
        indexes = [
            models.Index(fields=["centre", "membership", "person"], name="mission_by_member"),
            models.Index(fields=["centre", "service", "person"], name="mission_by_service"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.membership}"


class HouseholdMember(CentreRecord):
    """Someone who lives under one roof with the person whose file this is, from a day to a day."""

    person = models.ForeignKey(Person, on_delete=models.RESTRICT, related_name="household")
    known_as = models.ForeignKey(
        Person,
        on_delete=models.RESTRICT,
        null=True,
        blank=True,
        related_name="households",
        verbose_name=_("dossier de cette personne"),
    )
    first_name = models.CharField(_("prénom"), max_length=80)
    last_name = models.CharField(_("nom"), max_length=80)
    birth_date = models.DateField(_("date de naissance"), null=True, blank=True)
    relation = models.CharField(
        _("lien avec la personne"), max_length=20, choices=[(r.value, r.label) for r in Relation]
    )
    shares_household = models.BooleanField(
        _("partage principalement les questions ménagères"),
        default=True,
        help_text=_(
            "Les deux sont nécessaires : un avantage économique et des tâches faites en commun. "
            "Les faits l'emportent sur le registre."
        ),
    )
    dependent = models.BooleanField(_("à charge"), default=False)
    net_monthly_cents = models.PositiveBigIntegerField(
        _("ressources nettes par mois"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(LARGEST_AMOUNT)],
    )
    has_right_to_integration = models.BooleanField(
        _("bénéficie lui-même du droit à l'intégration"), default=False
    )
    starts_on = models.DateField(_("vit là depuis le"))
    ends_on = models.DateField(_("jusqu'au"), null=True, blank=True)

    class Meta:
        verbose_name = _("membre du ménage")
        constraints = [
            models.UniqueConstraint(
                fields=["centre", "person", "known_as"],
                condition=Q(ends_on__isnull=True, known_as__isnull=False),
                name="household_member_once",
                violation_error_message=_("Cette personne figure déjà dans le ménage."),
            ),
            models.UniqueConstraint(
                fields=["centre", "person", "first_name", "last_name", "birth_date"],
                condition=Q(ends_on__isnull=True, birth_date__isnull=False),
                name="household_name_once",
                violation_error_message=_("Cette personne figure déjà dans le ménage."),
            ),
            models.UniqueConstraint(
                fields=["centre", "person", "first_name", "last_name"],
                condition=Q(ends_on__isnull=True, birth_date__isnull=True),
                name="household_undated_name_once",
                violation_error_message=_("Cette personne figure déjà dans le ménage."),
            ),
            models.CheckConstraint(
                condition=Q(known_as__isnull=True) | ~Q(known_as=F("person")),
                name="household_not_oneself",
                violation_error_message=_("La personne elle-même est déjà comptée dans le ménage."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="household_ends_after_start",
                violation_error_message=_("La fin ne peut pas précéder le début."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_name} {self.last_name}"


class Period(models.TextChoices):
    MONTH = "month", _("par mois")
    YEAR = "year", _("par an")


class Income(CentreRecord):
    """A resource that comes in regularly (royal decree of 11 July 2002, art. 22 to 24, 33, 35)."""

    person = models.ForeignKey(Person, on_delete=models.RESTRICT, related_name="incomes")
    kind = models.CharField(
        _("nature"), max_length=32, choices=[(k.value, k.label) for k in IncomeKind]
    )
    label = models.CharField(_("précision"), max_length=120, blank=True)
    amount_cents = models.PositiveBigIntegerField(
        _("montant net"), validators=[MaxValueValidator(LARGEST_AMOUNT)]
    )
    period = models.CharField(
        _("période"), max_length=5, choices=Period.choices, default=Period.MONTH
    )
    exempted_work = models.BooleanField(
        _("exonération socioprofessionnelle ouverte (art. 35)"), default=False
    )
    starts_on = models.DateField(_("depuis le"))
    ends_on = models.DateField(_("jusqu'au"), null=True, blank=True)

    class Meta:
        verbose_name = _("ressource")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="income_ends_after_start",
                violation_error_message=_("La fin ne peut pas précéder le début."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.amount_cents}"


class AssetKind(models.TextChoices):
    CAPITAL = "capital", _("épargne et placements (art. 27)")
    BUILT = "built", _("bien bâti (art. 25)")
    UNBUILT = "unbuilt", _("bien non bâti (art. 25)")


class Asset(CentreRecord):
    """What the person owns: capital, or property by its non-indexed cadastral income."""

    person = models.ForeignKey(Person, on_delete=models.RESTRICT, related_name="assets")
    kind = models.CharField(_("nature"), max_length=8, choices=AssetKind.choices)
    label = models.CharField(_("précision"), max_length=120, blank=True)
    amount_cents = models.PositiveBigIntegerField(
        _("montant, ou revenu cadastral non indexé"),
        validators=[MaxValueValidator(LARGEST_AMOUNT)],
    )
    share_numerator = models.PositiveIntegerField(_("part"), default=1)
    share_denominator = models.PositiveIntegerField(
        _("sur"), default=1, validators=[MinValueValidator(1)]
    )
    mortgage_interest_cents = models.PositiveBigIntegerField(
        _("intérêts hypothécaires par an"),
        default=0,
        validators=[MaxValueValidator(LARGEST_AMOUNT)],
    )
    rent_cents = models.PositiveBigIntegerField(
        _("loyer reçu par an"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(LARGEST_AMOUNT)],
    )
    starts_on = models.DateField(_("depuis le"))
    ends_on = models.DateField(_("jusqu'au"), null=True, blank=True)

    class Meta:
        verbose_name = _("bien")
        constraints = [
            models.CheckConstraint(
                condition=Q(share_numerator__lte=F("share_denominator")),
                name="asset_share_at_most_one",
                violation_error_message=_("La part ne peut pas dépasser la totalité."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.amount_cents}"
