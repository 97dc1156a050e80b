"""The shell's own forms: signing in, account, absences, notes, the centre's settings."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.contrib.auth import password_validation
from django.utils.translation import gettext_lazy as _

from filrouge.base.centres.models import Centre, Membership, Role, Service, ServiceKind, User
from filrouge.base.forms import CreatingForm, DayField, describe
from filrouge.dossier.thread.models import Audience, Nature
from filrouge.web.actions import CENTRE_FIELDS


class LoginForm(forms.Form):
    email = forms.EmailField(
        label=_("Adresse électronique"),
        widget=forms.EmailInput(attrs={"autocomplete": "username", "autofocus": True}),
    )
    password = forms.CharField(
        label=_("Mot de passe"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class NoteForm(CreatingForm):
    """A note on the thread: who may read it is chosen, never guessed."""

    title = forms.CharField(
        label=_("En quelques mots"),
        max_length=200,
        help_text=_("Ce que le fil montre : « Visite à domicile », « Appel du propriétaire »."),
    )
    text = forms.CharField(
        label=_("Ce qui s'est passé"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("La personne peut demander à le lire : des faits, dans des mots simples."),
    )
    nature = forms.ChoiceField(
        label=_("Nature"),
        help_text=_(
            "Les faits se partagent, les confidences jamais : c'est le secret professionnel."
        ),
        choices=[
            (Nature.FACT, _("Un fait")),
            (Nature.WORKING_NOTE, _("Une note de travail")),
            (Nature.CONFIDENCE, _("Une confidence : elle reste pour vous seul")),
        ],
        widget=forms.RadioSelect,
        initial=Nature.FACT,
    )
    audience = forms.ChoiceField(
        label=_("Qui peut la lire"),
        choices=[
            (Audience.TEAM, _("L'équipe qui suit le dossier")),
            (Audience.SERVICE, _("Mon service seulement")),
            (Audience.PERSONAL, _("Moi seul")),
        ],
        widget=forms.RadioSelect,
        initial=Audience.TEAM,
        help_text=_("Jamais le conseil : il ne reçoit que la fiche de sa décision."),
    )


class NameForm(forms.Form):
    first_name = forms.CharField(label=_("Prénom"), max_length=80)
    last_name = forms.CharField(label=_("Nom"), max_length=80)


class PasswordForm(forms.Form):
    """A new password, after the old one."""

    old = forms.CharField(
        label=_("Mot de passe actuel"), strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )  # fmt: skip
    new = forms.CharField(
        label=_("Nouveau mot de passe"), strip=False,
        help_text=_("Au moins 12 caractères. Quatre mots sans rapport font un bon mot de passe."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )  # fmt: skip
    again = forms.CharField(
        label=_("Encore une fois"), strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )  # fmt: skip

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        if user.must_change_password:
            self.fields["old"].label = _("Mot de passe provisoire, celui que vous avez reçu")

    def clean_old(self) -> str:
        old: str = self.cleaned_data["old"]
        if not self.user.check_password(old):
            raise forms.ValidationError(_("Ce n'est pas votre mot de passe actuel."))
        return old

    def clean_new(self) -> str:
        new: str = self.cleaned_data["new"]
        password_validation.validate_password(new, self.user)
        if self.user.check_password(new):
            raise forms.ValidationError(
                _("C'est déjà votre mot de passe : choisissez-en un autre.")
            )
        return new

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "new" in cleaned and cleaned.get("again") != cleaned["new"]:
            self.add_error("again", _("Les deux mots de passe sont différents."))
        return cleaned


def _choices(hats: Iterable[Membership], nobody: Any) -> list[tuple[str, Any]]:
    return [("", nobody), *((str(hat.pk), _told(hat)) for hat in hats)]


def _told(hat: Membership) -> str:
    place = hat.service.name if hat.service else hat.get_role_display()
    return f"{hat.user.get_full_name()} ({place})"


class AbsenceForm(CreatingForm):
    """Days away and who takes over the queue."""

    starts_on = DayField(label=_("Du"))
    ends_on = DayField(label=_("Au"))
    replaced_by = forms.ChoiceField(
        label=_("Remplacé par"),
        help_text=_("Ce collègue voit votre file et vos dossiers pendant ces jours, pas après."),
    )

    def __init__(self, *args: Any, colleagues: Iterable[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.colleagues = {str(hat.pk): hat for hat in colleagues}
        field: Any = self.fields["replaced_by"]
        field.choices = _choices(self.colleagues.values(), _("Choisir…"))

    def clean_replaced_by(self) -> Membership:
        return self.colleagues[self.cleaned_data["replaced_by"]]


class TeamAbsenceForm(AbsenceForm):
    """The same for a colleague of the team, by the head of service."""

    membership = forms.ChoiceField(label=_("Qui est absent"))
    field_order = ["membership", "starts_on", "ends_on", "replaced_by"]

    def __init__(
        self,
        *args: Any,
        members: Iterable[Membership],
        colleagues: Iterable[Membership],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, colleagues=colleagues, **kwargs)
        self.members = {str(hat.pk): hat for hat in members}
        field: Any = self.fields["membership"]
        field.choices = _choices(self.members.values(), _("Choisir…"))

    def clean_membership(self) -> Membership:
        return self.members[self.cleaned_data["membership"]]


class CentreForm(forms.ModelForm):  # type: ignore[type-arg]
    """The letterhead and the settings of the centre."""

    class Meta:
        model = Centre
        fields = CENTRE_FIELDS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        describe(
            self.fields["convocation_clear_days"],
            rule=str(_("Ni le jour de l'envoi ni celui de la séance ne comptent.")),
        )
        describe(self.fields["payment_rhythm"], article="AR du 11 juillet 2002, art. 36")


class ServiceForm(CreatingForm):
    name = forms.CharField(label=_("Nom du service"), max_length=80)
    kind = forms.ChoiceField(label=_("Sorte"), choices=ServiceKind.choices)


class HatForm(forms.Form):
    """What a hat may change into; nothing of the past is rewritten."""

    service = forms.ChoiceField(label=_("Service"), required=False)
    quota = forms.IntegerField(
        label=_("Temps consacré aux dossiers (en %)"), min_value=1, max_value=100, initial=100,
        help_text=_("Un mi-temps reçoit moitié moins de nouvelles demandes."),
    )  # fmt: skip
    ends_on = DayField(label=_("Exercée jusqu'au"), required=False)
    substitute = forms.ChoiceField(
        label=_("Remplaçant désigné"), required=False,
        help_text=_("Relit les propositions dont cette personne est l'auteur, et en son absence."),
    )  # fmt: skip

    def __init__(
        self, *args: Any, services: Iterable[Service], hats: Iterable[Membership], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.services = {str(service.pk): service for service in services}
        self.hats = {str(hat.pk): hat for hat in hats}
        place: Any = self.fields["service"]
        place.choices = [("", _("Aucun")), *((key, one.name) for key, one in self.services.items())]
        other: Any = self.fields["substitute"]
        other.choices = _choices(self.hats.values(), _("Personne"))

    def clean_service(self) -> Service | None:
        return self.services.get(self.cleaned_data["service"])

    def clean_substitute(self) -> Membership | None:
        return self.hats.get(self.cleaned_data["substitute"])


class AccountForm(HatForm, CreatingForm):
    """Someone who begins to work in the centre, or takes a second function."""

    email = forms.EmailField(label=_("Adresse électronique"))
    first_name = forms.CharField(label=_("Prénom"), max_length=80)
    last_name = forms.CharField(label=_("Nom"), max_length=80)
    role = forms.ChoiceField(
        label=_("Fonction"),
        choices=[(role.value, role.label) for role in Role if role is not Role.SYSTEM],
    )
    starts_on = DayField(label=_("Exercée depuis le"))
    field_order = [
        "email", "first_name", "last_name", "role", "service", "starts_on", "ends_on", "quota",
        "substitute",
    ]  # fmt: skip


def hat_initial(hat: Membership) -> dict[str, Any]:
    """What the form of a known hat shows first."""
    ends_on: date | None = hat.ends_on
    return {
        "service": str(hat.service_id or ""),
        "quota": hat.quota,
        "ends_on": ends_on,
        "substitute": str(hat.substitute_id or ""),
    }
