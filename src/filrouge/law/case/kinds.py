"""Kinds of facts: incomes, periods, property, exemptions for work."""

from enum import StrEnum

from filrouge.law.labels import _


class IncomeKind(StrEnum):
    """Kinds of income: those that count, then those art. 22 § 1 leaves out."""

    WAGE = "wage"
    SELF_EMPLOYED = "self_employed"
    UNEMPLOYMENT = "unemployment"
    SICKNESS = "sickness"
    PENSION = "pension"
    OWN_MAINTENANCE = "own_maintenance"
    OWN_FAMILY_BENEFIT = "own_family_benefit"
    FREE_HOUSING = "free_housing"
    OTHER = "other"
    ALE_CHEQUES = "ale_cheques"
    CPAS_AID = "cpas_aid"
    CHILDREN_FAMILY_BENEFIT = "children_family_benefit"
    CHILD_MAINTENANCE = "child_maintenance"
    STUDY_GRANT = "study_grant"
    FOSTER_CARE = "foster_care"
    DISABILITY_INTEGRATION = "disability_integration"
    DISABILITY_FAMILY_SUPPLEMENT = "disability_family_supplement"
    CARE_ALLOWANCE = "care_allowance"
    IRREGULAR_GIFT = "irregular_gift"
    TRAINING_PREMIUM = "training_premium"
    TRANSITION_INTERNSHIP = "transition_internship"
    VOLUNTEER = "volunteer"
    ATTENDANCE_TOKENS = "attendance_tokens"
    GUARDIAN_FLAT_RATE = "guardian_flat_rate"
    MOVING_ALLOWANCE = "moving_allowance"
    TAX_CREDIT = "tax_credit"
    WAR_ANNUITY = "war_annuity"

    @property
    def label(self) -> str:
        """Name in French."""
        return _KIND_LABELS[self]

    @property
    def article(self) -> str:
        """Article of the decree of 11 July 2002 that says how it counts."""
        return f"AR du 11 juillet 2002, art. {_KIND_ARTICLES.get(self, '22 § 1')}"

    @property
    def is_exempt(self) -> bool:
        """True when art. 22 § 1 leaves it out in full."""
        return self not in _KIND_ARTICLES and self is not IncomeKind.ALE_CHEQUES

    @property
    def is_work(self) -> bool:
        """True when the socio-professional exemption (art. 35) may apply."""
        return self in (IncomeKind.WAGE, IncomeKind.SELF_EMPLOYED)

    @property
    def has_unchecked_ceiling(self) -> bool:
        """True when the law caps the exemption and the cap is not in our data."""
        return self in (IncomeKind.TRAINING_PREMIUM, IncomeKind.VOLUNTEER)


_KIND_LABELS = {
    IncomeKind.WAGE: _("Salaire net"),
    IncomeKind.SELF_EMPLOYED: _("Revenu d'indépendant"),
    IncomeKind.UNEMPLOYMENT: _("Allocations de chômage ou d'insertion"),
    IncomeKind.SICKNESS: _("Indemnités de mutuelle"),
    IncomeKind.PENSION: _("Pension"),
    IncomeKind.OWN_MAINTENANCE: _("Pension alimentaire pour soi-même"),
    IncomeKind.OWN_FAMILY_BENEFIT: _("Allocations familiales perçues pour soi-même"),
    IncomeKind.FREE_HOUSING: _("Logement payé par un tiers qui ne cohabite pas"),
    IncomeKind.OTHER: _("Autre ressource"),
    IncomeKind.ALE_CHEQUES: _("Chèques ALE"),
    IncomeKind.CPAS_AID: _("Aide du CPAS"),
    IncomeKind.CHILDREN_FAMILY_BENEFIT: _("Allocations familiales pour ses enfants"),
    IncomeKind.CHILD_MAINTENANCE: _("Pension alimentaire pour ses enfants"),
    IncomeKind.STUDY_GRANT: _("Bourse d'études"),
    IncomeKind.FOSTER_CARE: _("Indemnité d'accueil d'un enfant placé"),
    IncomeKind.DISABILITY_INTEGRATION: _("Allocation d'intégration pour personne handicapée"),
    IncomeKind.DISABILITY_FAMILY_SUPPLEMENT: _("Supplément familial pour handicap"),
    IncomeKind.CARE_ALLOWANCE: _("Allocation pour soins de longue durée"),
    IncomeKind.IRREGULAR_GIFT: _("Don irrégulier"),
    IncomeKind.TRAINING_PREMIUM: _("Prime de formation ou d'encouragement"),
    IncomeKind.TRANSITION_INTERNSHIP: _("Allocation de stage de transition"),
    IncomeKind.VOLUNTEER: _("Indemnité de volontaire"),
    IncomeKind.ATTENDANCE_TOKENS: _("Jetons de présence d'un mandat public"),
    IncomeKind.GUARDIAN_FLAT_RATE: _("Forfait de tuteur d'un mineur"),
    IncomeKind.MOVING_ALLOWANCE: _("Allocation de déménagement, d'installation ou de loyer"),
    IncomeKind.TAX_CREDIT: _("Crédit d'impôt remboursable"),
    IncomeKind.WAR_ANNUITY: _("Rente ou indemnité de guerre"),
}

_KIND_ARTICLES = {
    IncomeKind.WAGE: "23 et 35",
    IncomeKind.SELF_EMPLOYED: "24 et 35",
    IncomeKind.UNEMPLOYMENT: "22 § 1",
    IncomeKind.SICKNESS: "22 § 1",
    IncomeKind.PENSION: "22 § 1",
    IncomeKind.OWN_MAINTENANCE: "22 § 1",
    IncomeKind.OWN_FAMILY_BENEFIT: "22 § 1",
    IncomeKind.FREE_HOUSING: "33",
    IncomeKind.OTHER: "22 § 1",
}


class Period(StrEnum):
    """What an income's amount covers."""

    MONTH = "month"
    YEAR = "year"

    @property
    def per_year(self) -> int:
        """How many of them make a year."""
        return 12 if self is Period.MONTH else 1


class PropertyKind(StrEnum):
    """Built or unbuilt property (art. 25)."""

    BUILT = "built"
    UNBUILT = "unbuilt"

    @property
    def label(self) -> str:
        """Name in French."""
        return _("Immeuble bâti") if self is PropertyKind.BUILT else _("Terrain non bâti")


class Ownership(StrEnum):
    """What right is held on a thing."""

    FULL = "full"
    USUFRUCT = "usufruct"
    BARE = "bare"

    @property
    def label(self) -> str:
        """Name in French."""
        return {
            Ownership.FULL: _("pleine propriété"),
            Ownership.USUFRUCT: _("usufruit"),
            Ownership.BARE: _("nue-propriété"),
        }[self]


class SpiKind(StrEnum):
    """Variant of the socio-professional exemption of art. 35."""

    GENERAL = "general"
    ARTISTIC = "artistic"
    SHORTAGE = "shortage"

    @property
    def label(self) -> str:
        """Name in French."""
        return {
            SpiKind.GENERAL: _("exonération générale du travail"),
            SpiKind.ARTISTIC: _("activité artistique irrégulière"),
            SpiKind.SHORTAGE: _("métier en pénurie"),
        }[self]


class BusinessOrigin(StrEnum):
    """Where the income of a self-employed person comes from (art. 24)."""

    OWN = "own"
    DECEASED_SPOUSE = "deceased_spouse"
    BUSINESS_TRANSFER = "business_transfer"

    @property
    def label(self) -> str:
        """Name in French."""
        return {
            BusinessOrigin.OWN: _("activité propre"),
            BusinessOrigin.DECEASED_SPOUSE: _("activité continuée du conjoint décédé"),
            BusinessOrigin.BUSINESS_TRANSFER: _("cession de l'entreprise, taxée comme revenu"),
        }[self]
