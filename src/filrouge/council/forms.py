"""What people fill in about the council; the rules are in the actions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from filrouge.base.access.actor import BRUSSELS
from filrouge.base.centres.models import Membership, PaymentRhythm
from filrouge.base.forms import CreatingForm, DayField, EditingForm, EurosField
from filrouge.council.models import Body, BodyKind, Measure, Session
from filrouge.council.queries import SheetPage
from filrouge.council.words import day

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

_CATEGORIES = [
    ("", gettext_lazy("Sans objet")),
    ("1", gettext_lazy("1 · cohabitant")),
    ("2", gettext_lazy("2 · isolé")),
    ("3", gettext_lazy("3 · famille à charge")),
]


def _text(
    label: str | _StrPromise, help_text: str | _StrPromise = "", rows: int = 3, **more: Any
) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=help_text, widget=forms.Textarea({"rows": rows}), **more
    )


class PlanForm(CreatingForm):
    """A new session."""

    body = forms.ChoiceField(label=gettext_lazy("Organe"))
    day = DayField(label=gettext_lazy("Date"))
    hour = forms.TimeField(
        label=gettext_lazy("Heure"),
        initial=time(18, 30),
        widget=forms.TimeInput({"type": "time"}, format="%H:%M"),
    )
    place = forms.CharField(label=gettext_lazy("Lieu"), required=False, max_length=160)

    def __init__(self, *args: Any, bodies: Iterable[Body], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(body.pk), body.name) for body in bodies]
        body = self.fields["body"]
        if isinstance(body, forms.ChoiceField):
            body.choices = choices
        if choices:
            body.initial = choices[0][0]

    @property
    def body_id(self) -> UUID:
        return UUID(self.cleaned_data["body"])

    @property
    def starts_at(self) -> datetime:
        """The moment typed, in Belgian time."""
        on: date = self.cleaned_data["day"]
        at: time = self.cleaned_data["hour"]
        return datetime.combine(on, at, tzinfo=BRUSSELS)


class BodyForm(CreatingForm):
    """A body that decides."""

    name = forms.CharField(label=gettext_lazy("Nom de l'organe"), max_length=120)
    kind = forms.ChoiceField(label=gettext_lazy("Sorte"), choices=BodyKind.choices)
    casting_vote = forms.BooleanField(
        label=gettext_lazy("La voix du président départage"),
        required=False,
        initial=True,
        help_text=gettext_lazy("En cas de parité, la voix du président est prépondérante."),
    )


class SeatForm(forms.Form):
    """From when to when somebody sits, and who presides."""

    starts_on = DayField(label=gettext_lazy("Siège depuis le"))
    ends_on = DayField(
        label=gettext_lazy("Jusqu'au"),
        required=False,
        help_text=gettext_lazy("Laissez vide tant que le mandat court."),
    )
    presides = forms.BooleanField(label=gettext_lazy("Préside l'organe"), required=False)


class NewSeatForm(SeatForm, CreatingForm):
    """A councillor or the president takes a seat."""

    membership = forms.ChoiceField(label=gettext_lazy("Qui siège"))
    field_order = ["membership", "starts_on", "ends_on", "presides"]

    def __init__(self, *args: Any, members: Iterable[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["membership"]
        field.choices = [("", _("Choisir…"))] + [
            (str(one.pk), f"{one.user.get_full_name()} ({one.get_role_display()})")
            for one in members
        ]

    def clean_membership(self) -> UUID:
        return UUID(self.cleaned_data["membership"])


def member_choices(members: Iterable[Membership]) -> list[tuple[str, str]]:
    return [(str(member.pk), member.user.get_full_name()) for member in members]


class OpenForm(EditingForm):
    """Who is in the room when a session opens."""

    present = forms.MultipleChoiceField(
        label=gettext_lazy("Présents"), required=False, widget=forms.CheckboxSelectMultiple
    )
    excused = forms.MultipleChoiceField(
        label=gettext_lazy("Excusés"), required=False, widget=forms.CheckboxSelectMultiple
    )
    presiding = forms.ChoiceField(label=gettext_lazy("Préside"))

    def __init__(self, *args: Any, members: Sequence[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("present", "excused", "presiding"):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = member_choices(members)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        both = set(cleaned.get("present", [])) & set(cleaned.get("excused", []))
        if both:
            self.add_error("excused", _("Un membre est présent ou excusé, pas les deux."))
        return cleaned

    def keys(self, name: str) -> list[UUID]:
        return [UUID(key) for key in self.cleaned_data[name]]


class RemarksForm(EditingForm):
    """What the director general adds to the minutes."""

    remarks = _text(
        gettext_lazy("Observations"),
        gettext_lazy("Ce que les présences, les votes et les décisions ne disent pas déjà."),
        rows=6,
        required=False,
    )


class ApproveForm(EditingForm):
    """In which session the body approves the minutes."""

    session = forms.ChoiceField(label=gettext_lazy("Approuvé lors de"))

    def __init__(self, *args: Any, sessions: Iterable[Session], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["session"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(str(one.pk), day(one.held_on)) for one in sessions]


class AnswerForm(forms.Form):
    """The director general's answer to a request to consult a file."""

    granted = forms.ChoiceField(
        label=gettext_lazy("Réponse"),
        choices=[("yes", gettext_lazy("Accorder")), ("no", gettext_lazy("Refuser"))],
        widget=forms.RadioSelect,
    )
    answer = _text(
        gettext_lazy("Quand et comment, ou pourquoi pas"),
        gettext_lazy("Un refus demande une raison écrite."),
        required=False,
    )


# Acts on a point --------------------------------------------------------------------------


class ActForm(CreatingForm, EditingForm):
    """A form on a point: it knows the page it stands on."""

    def __init__(self, *args: Any, page: SheetPage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.page = page
        self.fields["version"].initial = page.item.version
        self.prepare()
        shown = [name for name, field in self.fields.items() if not field.widget.is_hidden]
        if shown and not self.is_bound:
            self.fields[shown[0]].widget.attrs["autofocus"] = True

    def prepare(self) -> None:
        """Fill in what depends on the page."""

    def choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices


class FollowForm(ActForm):
    """The vote on the proposal as it stands."""

    votes_for = forms.IntegerField(label=gettext_lazy("Pour"), min_value=0)
    votes_against = forms.IntegerField(label=gettext_lazy("Contre"), min_value=0, initial=0)
    abstentions = forms.IntegerField(label=gettext_lazy("Abstentions"), min_value=0, initial=0)
    president_votes_for = forms.BooleanField(
        label=gettext_lazy("Qui préside vote pour (compte en cas de parité)"),
        required=False,
        initial=True,
    )

    def prepare(self) -> None:
        self.fields["votes_for"].initial = len(self.page.voters)
        if not self.page.item.session.body.casting_vote:
            del self.fields["president_votes_for"]

    def votes(self) -> dict[str, Any]:
        names = ("votes_for", "votes_against", "abstentions", "version")
        given = {name: self.cleaned_data[name] for name in names}
        return given | {"president_votes_for": self.cleaned_data.get("president_votes_for", False)}


class OtherwiseForm(FollowForm):
    """Another measure than the one proposed, with its reasons."""

    measure = forms.ChoiceField(label=gettext_lazy("Mesure"), choices=Measure.choices)
    amount_cents = EurosField(label=gettext_lazy("Montant par mois"), required=False)
    category = forms.ChoiceField(
        label=gettext_lazy("Catégorie"), choices=_CATEGORIES, required=False
    )
    starts_on = DayField(label=gettext_lazy("À partir du"), required=False)
    ends_on = DayField(label=gettext_lazy("Jusqu'au"), required=False)
    rhythm = forms.ChoiceField(
        label=gettext_lazy("Paiement"),
        choices=[("", gettext_lazy("Sans objet")), *PaymentRhythm.choices],
        required=False,
    )
    reasons = _text(gettext_lazy("Pourquoi décider autrement"))
    grounds_in_fact = _text(gettext_lazy("Motifs de fait"), rows=5)
    grounds_in_law = _text(gettext_lazy("Motifs de droit"), rows=4)

    field_order = (
        "measure", "amount_cents", "category", "starts_on", "ends_on", "rhythm", "reasons",
        "grounds_in_fact", "grounds_in_law", "votes_for", "votes_against", "abstentions",
        "president_votes_for",
    )  # fmt: skip

    def prepare(self) -> None:
        super().prepare()
        sheet = self.page.sheet
        for name in ("measure", "amount_cents", "rhythm", "grounds_in_fact", "grounds_in_law"):
            self.fields[name].initial = sheet[name]
        self.fields["category"].initial = str(sheet["category"] or "")
        for name in ("starts_on", "ends_on"):
            self.fields[name].initial = self.page.own_dates[name]

    def ruling(self) -> dict[str, Any]:
        """What is decided, as the action expects it."""
        names = (
            "measure", "amount_cents", "starts_on", "ends_on", "rhythm", "reasons",
            "grounds_in_fact", "grounds_in_law",
        )  # fmt: skip
        given = {name: self.cleaned_data[name] for name in names}
        category = self.cleaned_data["category"]
        return given | {"category": int(category) if category else None}


class ReasonForm(ActForm):
    """An act that needs a written reason."""

    reason = _text(gettext_lazy("Raison"))


class HearForm(ReasonForm):
    """Put off until the person was heard."""

    def prepare(self) -> None:
        self.fields["reason"].initial = _("Le conseil souhaite entendre la personne.")


class WithdrawForm(ActForm):
    """A member who stays out of a point."""

    membership = forms.ChoiceField(label=gettext_lazy("Membre qui se retire"))
    reason = forms.CharField(label=gettext_lazy("Raison"), max_length=200)

    def prepare(self) -> None:
        self.choose("membership", member_choices(self.page.may_withdraw))


class RescheduleForm(ActForm):
    """Another session for a point that was put off or removed."""

    session = forms.ChoiceField(label=gettext_lazy("Séance"))
    urgent_reason = forms.CharField(
        label=gettext_lazy("Urgence"),
        help_text=gettext_lazy("À remplir seulement si l'ordre du jour est déjà arrêté."),
        required=False,
        max_length=200,
    )

    def prepare(self) -> None:
        self.choose(
            "session",
            [(str(one.pk), f"{one.body}, {day(one.held_on)}") for one in self.page.other_sessions],
        )
