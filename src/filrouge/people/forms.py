"""What pages ask about a person, the household, the means they live from, and who follows them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from filrouge.base.centres.models import Language, Membership
from filrouge.base.forms import CreatingForm, DayField, EditingForm, EurosField, describe
from filrouge.law.case import IncomeKind
from filrouge.law.category import Relation
from filrouge.people.identifiers import compact, validate_iban, validate_niss
from filrouge.people.models import (
    LARGEST_AMOUNT,
    AssetKind,
    MissionKind,
    Period,
    Person,
    ResidenceStatus,
    Sex,
)


class NissField(forms.CharField):
    """A national or bis number, typed with or without its dots."""

    def to_python(self, value: Any) -> str:
        text = super().to_python(value) or ""
        if text:
            validate_niss(text)
        return compact(text)

    def prepare_value(self, value: Any) -> Any:
        """Eleven digits are shown the way the card shows them."""
        text = str(value or "")
        if len(text) == 11 and text.isdigit():
            return f"{text[:2]}.{text[2:4]}.{text[4:6]}-{text[6:9]}.{text[9:]}"
        return value


class IbanField(forms.CharField):
    """An account number, typed with or without spaces."""

    def to_python(self, value: Any) -> str:
        text = super().to_python(value) or ""
        if text:
            validate_iban(text)
        return compact(text)

    def prepare_value(self, value: Any) -> Any:
        text = str(value or "")
        if text.isalnum():
            return " ".join(text[start : start + 4] for start in range(0, len(text), 4))
        return value


class PersonForm(forms.Form):
    """Who the person is and how to reach them. Only the name is needed to begin."""

    first_name = forms.CharField(label=_("Prénom"), max_length=80)
    last_name = forms.CharField(label=_("Nom"), max_length=80)
    birth_date = DayField(label=_("Date de naissance"), required=False)
    niss = NissField(
        label=_("Numéro national ou bis"),
        required=False,
        max_length=20,
        help_text=_("Au dos de la carte d'identité, avec ou sans les points."),
    )
    sex = forms.ChoiceField(label=_("Sexe"), choices=Sex.choices, initial=Sex.OTHER)
    phone = forms.CharField(label=_("Téléphone"), max_length=40, required=False)
    email = forms.EmailField(label=_("Adresse électronique"), required=False)
    street = forms.CharField(label=_("Rue et numéro"), max_length=200, required=False)
    postal_code = forms.CharField(label=_("Code postal"), max_length=10, required=False)
    city = forms.CharField(label=_("Localité"), max_length=80, required=False)
    homeless = forms.BooleanField(label=_("Sans abri"), required=False)
    language = forms.ChoiceField(
        label=_("Langue des échanges"), choices=Language.choices, initial=Language.FRENCH
    )
    spoken_languages = forms.CharField(
        label=_("Langues parlées"),
        max_length=120,
        required=False,
        help_text=_("Séparées par des virgules : « arabe, un peu de français »."),
    )
    interpreter = forms.BooleanField(label=_("Un interprète est utile"), required=False)
    residence_status = forms.ChoiceField(
        label=_("Situation de séjour"),
        choices=ResidenceStatus.choices,
        initial=ResidenceStatus.UNKNOWN,
        help_text=_("Elle ouvre ou ferme le droit à l'intégration, jamais l'aide urgente."),
    )
    nationality = forms.CharField(label=_("Nationalité"), max_length=60, required=False)
    iban = IbanField(label=_("Compte bancaire"), required=False, max_length=42)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        describe(self.fields["residence_status"], article="Loi du 26 mai 2002, art. 3, 3°")
        self.fields["phone"].widget = forms.TextInput(attrs={"type": "tel"})
        for field in self.fields.values():
            field.widget.attrs.setdefault("autocomplete", "off")

    def groups(self) -> list[dict[str, Any]]:
        """The fields as the page shows them."""
        names = {
            _("Qui"): ("first_name", "last_name", "birth_date", "niss", "sex"),
            _("Où la joindre"): ("phone", "email", "street", "postal_code", "city", "homeless"),
            _("Se comprendre"): ("language", "spoken_languages", "interpreter"),
            _("Séjour et paiement"): ("residence_status", "nationality", "iban"),
        }
        return [
            {"legend": legend, "fields": [self[name] for name in fields]}
            for legend, fields in names.items()
        ]


class NewPersonForm(PersonForm, CreatingForm):
    """A person the centre does not know yet."""

    not_the_same = forms.BooleanField(label=_("Ce n'est pas la même personne"), required=False)


class EditPersonForm(PersonForm, EditingForm):
    """What identifies a known person, corrected or completed."""


class HouseholdForm(CreatingForm):
    """Someone who lives with the person from a day on."""

    first_name = forms.CharField(label=_("Prénom"), max_length=80, required=False)
    last_name = forms.CharField(label=_("Nom"), max_length=80, required=False)
    birth_date = DayField(label=_("Date de naissance"), required=False)
    file_number = forms.IntegerField(
        label=_("Numéro de dossier, si elle en a un ici"),
        required=False,
        min_value=1,
        help_text=_("Le nom et la date de naissance en sont alors repris."),
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    relation = forms.ChoiceField(
        label=_("Lien avec la personne"),
        choices=[(kind.value, kind.label) for kind in Relation if kind is not Relation.APPLICANT],
    )
    starts_on = DayField(label=_("Vit là depuis le"))
    shares_household = forms.BooleanField(
        label=_("Règle principalement en commun les questions ménagères"),
        required=False,
        initial=True,
        help_text=_(
            "Il faut les deux : un avantage économique et des tâches faites en commun. "
            "Les faits l'emportent sur le registre."
        ),
    )
    dependent = forms.BooleanField(label=_("À charge de la personne"), required=False)
    net_monthly_cents = EurosField(
        label=_("Ses ressources nettes par mois"),
        required=False,
        largest=LARGEST_AMOUNT,
        help_text=_("Utile pour un conjoint, un partenaire, un parent ou un enfant majeur."),
    )
    has_right_to_integration = forms.BooleanField(
        label=_("Bénéficie elle-même du droit à l'intégration"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        describe(self.fields["shares_household"], article="Loi du 26 mai 2002, art. 14 § 1, 1°")
        describe(self.fields["net_monthly_cents"], article="AR du 11 juillet 2002, art. 34")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("file_number") and "file_number" not in self.errors:
            for name in ("first_name", "last_name"):
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(
                        name, _("Donnez son nom et son prénom, ou son numéro de dossier.")
                    )
        return cleaned


class EndForm(forms.Form):
    """Until when a fact counts."""

    ends_on = DayField(label=_("Jusqu'au"))


def income_choices() -> list[tuple[Any, list[tuple[str, Any]]]]:
    """Natures of income: those that count first, those that the law leaves out after."""
    counted = [(kind.value, kind.label) for kind in IncomeKind if not kind.is_exempt]
    exempt = [(kind.value, kind.label) for kind in IncomeKind if kind.is_exempt]
    return [(_("Ressources qui comptent"), counted), (_("Ressources exonérées"), exempt)]


class IncomeForm(CreatingForm):
    """A resource that comes in regularly."""

    kind = forms.ChoiceField(label=_("Nature"), choices=income_choices)
    label = forms.CharField(
        label=_("Précision"), max_length=120, required=False,
        help_text=_("L'employeur, la caisse, qui paie."),
    )  # fmt: skip
    amount_cents = EurosField(label=_("Montant net"), largest=LARGEST_AMOUNT)
    period = forms.ChoiceField(label=_("Période"), choices=Period.choices, initial=Period.MONTH)
    exempted_work = forms.BooleanField(
        label=_("L'exonération socioprofessionnelle est ouverte"),
        required=False,
        help_text=_("Pour un revenu du travail ou d'une formation, pendant le temps qu'elle dure."),
    )
    starts_on = DayField(label=_("Depuis le"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        describe(self.fields["exempted_work"], article="AR du 11 juillet 2002, art. 35")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        kind = cleaned.get("kind")
        if cleaned.get("exempted_work") and kind and not IncomeKind(kind).is_work:
            self.add_error(
                "exempted_work", _("Cette exonération ne concerne que les revenus du travail.")
            )
        return cleaned


class AssetForm(CreatingForm):
    """Capital or property."""

    kind = forms.ChoiceField(label=_("Nature"), choices=AssetKind.choices)
    label = forms.CharField(label=_("Précision"), max_length=120, required=False)
    amount_cents = EurosField(
        label=_("Montant, ou revenu cadastral non indexé"),
        largest=LARGEST_AMOUNT,
        help_text=_(
            "Pour un bien : le revenu cadastral de l'avertissement-extrait de rôle, par an."
        ),
    )
    share_numerator = forms.IntegerField(
        label=_("Part de la personne"), min_value=1, max_value=100_000, initial=1
    )
    share_denominator = forms.IntegerField(
        label=_("sur"), min_value=1, max_value=100_000, initial=1,
        help_text=_("1 sur 1 : seule propriétaire ; 1 sur 2 : la moitié."),
    )  # fmt: skip
    mortgage_interest_cents = EurosField(
        label=_("Intérêts hypothécaires payés par an"), required=False, largest=LARGEST_AMOUNT
    )
    rent_cents = EurosField(label=_("Loyer reçu par an"), required=False, largest=LARGEST_AMOUNT)
    starts_on = DayField(label=_("Depuis le"))

    def clean_mortgage_interest_cents(self) -> int:
        return self.cleaned_data["mortgage_interest_cents"] or 0

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        numerator, denominator = cleaned.get("share_numerator"), cleaned.get("share_denominator")
        if numerator and denominator and numerator > denominator:
            self.add_error("share_numerator", _("La part ne peut pas dépasser la totalité."))
        return cleaned


class MissionForm(CreatingForm):
    """A colleague who follows the file from today on."""

    membership = forms.ChoiceField(label=_("Collègue"))
    kind = forms.ChoiceField(label=_("Mission"), choices=MissionKind.choices)
    reason = forms.CharField(
        label=_("Raison"), max_length=200, required=False,
        help_text=_("La personne peut la lire si elle demande qui voit son dossier."),
    )  # fmt: skip

    def __init__(self, *args: Any, colleagues: Iterable[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.colleagues = {str(colleague.pk): colleague for colleague in colleagues}
        self.fields["membership"].choices = [  # type: ignore[attr-defined]
            ("", _("Choisir…")),
            *((key, _named(colleague)) for key, colleague in self.colleagues.items()),
        ]

    def clean_membership(self) -> Membership:
        return self.colleagues[self.cleaned_data["membership"]]


def _named(membership: Membership) -> str:
    place = membership.service.name if membership.service else membership.get_role_display()
    return f"{membership.user.get_full_name()} ({place})"


def initial_of(person: Person) -> dict[str, Any]:
    """What the form of a known person shows first."""
    values = {name: getattr(person, name) for name in PersonForm.base_fields}
    return values | {"version": person.version}
