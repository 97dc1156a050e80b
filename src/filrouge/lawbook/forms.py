"""The forms of the administrator: a value added, a reading chosen."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from filrouge.base.forms import CreatingForm, DayField
from filrouge.law.choices import Choice
from filrouge.law.parameter_store import ParameterStore, ParameterValue, Status, Unit
from filrouge.lawbook import queries

STATUSES = {
    Status.OFFICIAL: _("A : une source officielle la publie"),
    Status.SECONDARY: _("B : une source secondaire la donne"),
    Status.COMPUTED: _("C : calculée par nous"),
    Status.UNCONFIRMED: _("U : non confirmée"),
    Status.CONFLICTING: _("X : les sources se contredisent"),
}


class ValueForm(CreatingForm):
    """A value of the law as its publication gives it; the law room itself checks it."""

    name = forms.ChoiceField(label=_("Paramètre"))
    value = forms.CharField(label=_("Valeur"), max_length=200)
    valid_from = DayField(label=_("Valable depuis le"))
    valid_to = DayField(
        label=_("Jusqu'au"),
        required=False,
        help_text=_("Vide : elle vaut jusqu'à la prochaine. Une fin dit que la loi l'a arrêtée."),
    )
    known_from = DayField(
        label=_("Connue depuis le"),
        help_text=_(
            "Le jour de la publication : ce qui fut décidé avant ne pouvait pas l'employer."
        ),
    )
    status = forms.ChoiceField(
        label=_("Certitude"), choices=[(one.value, label) for one, label in STATUSES.items()]
    )
    source = forms.CharField(
        label=_("Source"),
        max_length=300,
        help_text=_("Où chacun peut la relire : « Moniteur belge du 18 décembre 2026 »."),
    )
    article = forms.CharField(
        label=_("Article"), max_length=300, required=False,
        help_text=_("Vide : celui du paramètre."),
    )  # fmt: skip
    note = forms.CharField(
        label=_("Note"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Nécessaire pour une valeur C, U ou X : ce qu'il faut en savoir."),
    )  # fmt: skip

    def __init__(self, *args: Any, store: ParameterStore, name: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["name"]
        field.choices = _parameters(store)
        if name in store.names():
            self._shape_value(store.history(name)[-1])

    def _shape_value(self, model: ParameterValue) -> None:
        """The field of the value as this parameter needs it."""
        if model.options:
            self.fields["value"] = forms.ChoiceField(
                label=_("Valeur"), choices=[(key, text or key) for key, text in model.options]
            )
        elif model.unit is Unit.DATE:
            self.fields["value"] = forms.CharField(
                label=_("Valeur"), help_text=_("Une date, par exemple 2027-01-01."), max_length=10
            )
        else:
            self.fields["value"].label = _("Valeur, en %s") % model.unit.label
            if model.size > 1:
                self.fields["value"].help_text = (
                    _("%d valeurs dans l'ordre, séparées par un point-virgule.") % model.size
                )


def _parameters(store: ParameterStore) -> list[tuple[str, Any]]:
    groups: dict[str, list[tuple[str, str]]] = {}
    for name in store.names():
        label = store.history(name)[-1].label
        groups.setdefault(queries.subject_label(name), []).append((name, label))
    return [("", _("Choisir…")), *groups.items()]


class ReadingForm(CreatingForm):
    """Which reading the centre takes, and why."""

    reading = forms.ChoiceField(label=_("Lecture du centre"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Pourquoi"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        help_text=_("Cette raison est montrée à côté du choix ; un tribunal peut la demander."),
    )

    def __init__(self, *args: Any, choice: Choice, **kwargs: Any) -> None:
        super().__init__(*args, prefix=choice.key, **kwargs)
        self.choice = choice
        field: Any = self.fields["reading"]
        field.choices = list(choice.readings.items())
