"""Who we are: centres, their services, the people who work there and the hats they wear."""

from __future__ import annotations

from datetime import date

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from filrouge.base.records import CentreRecord, Record, uuid7


class Role(models.TextChoices):
    """The functions of a CPAS, as far as Filrouge tells them apart."""

    RECEPTIONIST = "receptionist", _("Accueil")
    SOCIAL_WORKER = "social_worker", _("Assistant social")
    INSERTION_AGENT = "insertion_agent", _("Agent d'insertion")
    HEAD_OF_SERVICE = "head_of_service", _("Chef de service")
    SECRETARIAT = "secretariat", _("Secrétariat du conseil")
    COUNCILLOR = "councillor", _("Conseiller de l'action sociale")
    PRESIDENT = "president", _("Président")
    DIRECTOR_GENERAL = "director_general", _("Directeur général")
    FINANCIAL_DIRECTOR = "financial_director", _("Directeur financier")
    ADMINISTRATOR = "administrator", _("Administrateur")
    SYSTEM = "system", _("Système")


class Language(models.TextChoices):
    FRENCH = "fr", _("français")
    DUTCH = "nl", _("néerlandais")
    GERMAN = "de", _("allemand")


class PaymentRhythm(models.TextChoices):
    """How often an aid is paid (royal decree of 11 July 2002, art. 36)."""

    WEEKLY = "weekly", _("chaque semaine")
    FORTNIGHTLY = "fortnightly", _("tous les quinze jours")
    MONTHLY = "monthly", _("chaque mois")


class Centre(Record):
    """One CPAS: its letterhead and the settings that are its own to choose."""

    name = models.CharField(_("nom"), max_length=120)
    short_name = models.CharField(_("nom court"), max_length=40, unique=True)
    enterprise_number = models.CharField(_("numéro d'entreprise"), max_length=12, blank=True)
    nis_code = models.CharField(_("code NIS de la commune"), max_length=5, blank=True)
    address = models.CharField(_("rue et numéro"), max_length=200)
    postal_code = models.CharField(_("code postal"), max_length=10)
    city = models.CharField(_("localité"), max_length=80)
    phone = models.CharField(_("téléphone"), max_length=40, blank=True)
    email = models.EmailField(_("adresse électronique"), blank=True)
    opening_hours = models.CharField(_("permanences"), max_length=200, blank=True)
    language = models.CharField(
        _("langue administrative"),
        max_length=2,
        choices=Language.choices,
        default=Language.FRENCH,
    )
    labour_tribunal = models.CharField(_("tribunal du travail compétent"), max_length=120)
    labour_tribunal_address = models.CharField(_("adresse du greffe"), max_length=200)
    convocation_clear_days = models.PositiveSmallIntegerField(
        _("jours francs entre la convocation et la séance"),
        default=5,
        validators=[MaxValueValidator(30)],
    )
    payment_rhythm = models.CharField(
        _("rythme de paiement habituel"),
        max_length=12,
        choices=PaymentRhythm.choices,
        default=PaymentRhythm.MONTHLY,
    )

    class Meta:
        verbose_name = _("centre")

    def __str__(self) -> str:
        return self.name


class ServiceKind(models.TextChoices):
    RECEPTION = "reception", _("Accueil")
    GENERAL = "general", _("Service social général")
    INSERTION = "insertion", _("Insertion socioprofessionnelle")
    ENERGY = "energy", _("Énergie")
    DEBTS = "debts", _("Médiation de dettes")
    ADMINISTRATION = "administration", _("Administration")


class Service(CentreRecord):
    """A team of the centre."""

    kind = models.CharField(_("sorte"), max_length=20, choices=ServiceKind.choices)
    name = models.CharField(_("nom"), max_length=80)

    class Meta:
        verbose_name = _("service")
        constraints = [
            models.UniqueConstraint(
                fields=["centre", "name"],
                name="service_name_once",
                violation_error_message=_("Un service de ce centre porte déjà ce nom."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: object) -> User:
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.full_clean(exclude=["password"])
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A human being who signs in. What they may do is in their memberships, not here."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    email = models.EmailField(_("adresse électronique"), unique=True)
    first_name = models.CharField(_("prénom"), max_length=80)
    last_name = models.CharField(_("nom"), max_length=80)
    is_active = models.BooleanField(_("compte ouvert"), default=True)
    is_system = models.BooleanField(default=False, editable=False)
    must_change_password = models.BooleanField(default=False, editable=False)
    """The password was given by somebody else: nothing opens before it is changed."""
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["first_name", "last_name"]

    class Meta:
        verbose_name = _("utilisateur")

    def __str__(self) -> str:
        return self.get_full_name()

    def get_full_name(self) -> str:
        return f"{self.first_name} {self.last_name}"

    def get_short_name(self) -> str:
        return f"{self.first_name[:1]}. {self.last_name}"


class Membership(CentreRecord):
    """A hat: this user, in this function, in this service, from a day to a day."""

    user = models.ForeignKey(User, on_delete=models.RESTRICT, related_name="memberships")
    service = models.ForeignKey(
        Service, on_delete=models.RESTRICT, null=True, blank=True, related_name="memberships"
    )
    role = models.CharField(_("fonction"), max_length=20, choices=Role.choices)
    starts_on = models.DateField(_("depuis le"))
    ends_on = models.DateField(_("jusqu'au"), null=True, blank=True)
    quota = models.PositiveSmallIntegerField(
        _("temps consacré aux dossiers (en %)"),
        default=100,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
        help_text=_("Un mi-temps reçoit moitié moins de nouvelles demandes."),
    )
    substitute = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="substitute_for",
        verbose_name=_("remplaçant désigné"),
    )

    class Meta:
        verbose_name = _("fonction exercée")
        constraints = [
            models.UniqueConstraint(
                fields=["centre", "user", "role", "service", "starts_on"],
                condition=Q(service__isnull=False),
                name="membership_once",
                violation_error_message=_("Cette personne exerce déjà cette fonction."),
            ),
            models.UniqueConstraint(
                fields=["centre", "user", "role", "starts_on"],
                condition=Q(service__isnull=True),
                name="membership_without_service_once",
                violation_error_message=_("Cette personne exerce déjà cette fonction."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="membership_ends_after_start",
                violation_error_message=_("La fin ne peut pas précéder le début."),
            ),
        ]
        indexes = [models.Index(fields=["centre", "role"], name="membership_by_role")]

    def __str__(self) -> str:
        return f"{self.user} ({self.get_role_display()})"

    def is_worn(self, on: date) -> bool:
        """Whether the hat may be worn on that day."""
        return self.starts_on <= on and (self.ends_on is None or on <= self.ends_on)


class Absence(CentreRecord):
    """Days away, and the colleague who takes over the queue meanwhile."""

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="absences")
    replaced_by = models.ForeignKey(
        Membership, on_delete=models.RESTRICT, related_name="replacements"
    )
    starts_on = models.DateField(_("du"))
    ends_on = models.DateField(_("au"))

    class Meta:
        verbose_name = _("absence")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="absence_ends_after_start",
                violation_error_message=_("La fin de l'absence ne peut pas précéder son début."),
            ),
            models.CheckConstraint(
                condition=~Q(membership=F("replaced_by")),
                name="absence_replaced_by_another",
                violation_error_message=_("On ne peut pas se remplacer soi-même."),
            ),
        ]
        indexes = [models.Index(fields=["centre", "replaced_by"], name="absence_by_substitute")]

    def __str__(self) -> str:
        return f"{self.membership} → {self.replaced_by}"


class Counter(CentreRecord):
    """The last number given in a series of a year; updated inside the transaction that uses it."""

    series = models.CharField(max_length=20)
    year = models.PositiveSmallIntegerField(default=0)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["centre", "series", "year"], name="counter_once")
        ]

    def __str__(self) -> str:
        return f"{self.series} {self.year}: {self.last}"


class Submission(CentreRecord):
    """A form that was already accepted: posting it again leads to the same record."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=64)
    outcome = models.CharField(max_length=300)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["centre", "user", "key"], name="submission_once")
        ]

    def __str__(self) -> str:
        return self.key
