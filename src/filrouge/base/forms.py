"""Fields that people fill in the Belgian way, and how a refusal comes back on the form."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from filrouge.base.records import Conflict

T = TypeVar("T")

_GROUPED = re.compile(r"\d{1,3}([ .]\d{3})+(,\d{1,2})?")
_PLAIN = re.compile(r"\d+([.,]\d{1,2})?")


class DayInput(forms.DateInput):
    """The browser's own calendar, which speaks ISO 8601 whatever the language."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class DayField(forms.DateField):
    """A day, picked in the calendar or typed as 14/05/1991."""

    widget = DayInput

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault(
            "input_formats", ["%Y-%m-%d", "%d/%m/%Y", "%d/%m/%y", "%d-%m-%Y", "%d.%m.%Y"]
        )
        super().__init__(**kwargs)
        self.error_messages["invalid"] = _("Écrivez une date qui existe, par exemple 14/05/1991.")


class EurosInput(forms.TextInput):
    """An amount: figures are asked of a phone's keyboard."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(
            {"inputmode": "decimal", "autocomplete": "off", "class": "euros", **(attrs or {})}
        )


class EurosField(forms.Field):
    """An amount typed as ``1 314,20``, exact to the cent: the value is integer euro cents."""

    widget = EurosInput
    default_error_messages = {
        "invalid": _("Écrivez un montant en euros, par exemple 1 314,20."),
        "negative": _("Un montant ne peut pas être négatif."),
        "too_large": _("Ce montant est invraisemblable : vérifiez la virgule."),
    }

    def __init__(self, *, largest: int = 10_000_000_00, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.largest = largest

    def to_python(self, value: Any) -> int | None:
        if value in self.empty_values:
            return None
        text = (
            re.sub(r"[\s\u00a0\u202f]+", " ", str(value))
            .replace("€", "")
            .replace("EUR", "")
            .strip()
        )
        if re.match("[-\u2212]", text):
            raise ValidationError(self.error_messages["negative"], code="negative")
        if _GROUPED.fullmatch(text):
            text = re.sub(r"[ .]", "", text)
        elif not _PLAIN.fullmatch(text):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        whole, _separator, rest = text.replace(".", ",").partition(",")
        cents = int(whole) * 100 + int(rest.ljust(2, "0") or 0)
        if cents > self.largest:
            raise ValidationError(self.error_messages["too_large"], code="too_large")
        return cents

    def prepare_value(self, value: Any) -> Any:
        """Cents as they are typed; what was typed stays as it was."""
        if not isinstance(value, int) or isinstance(value, bool):
            return value
        whole, rest = divmod(value, 100)
        return f"{whole:,}".replace(",", " ") + f",{rest:02d}"

    def has_changed(self, initial: Any, data: Any) -> bool:
        return str(self.prepare_value(initial) or "") != str(data or "")


class CreatingForm(forms.Form):
    """A form that makes something: posted twice (double click, reload) it makes it once."""

    submission_key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # A key of its own for each form shown; a refused form keeps the key it was posted with.
        self.fields["submission_key"].initial = lambda: str(uuid.uuid4())


class EditingForm(forms.Form):
    """A form on something that exists: it says which version it was filled in on."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


def facts(form: forms.BaseForm) -> dict[str, Any]:
    """The cleaned values without what only serves the form itself."""
    carried = {"submission_key", "version"}
    return {name: value for name, value in form.cleaned_data.items() if name not in carried}


def put_on_form(form: forms.BaseForm, error: ValidationError) -> None:
    """Each sentence at its field; those of fields that the page has not, on top."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for field, found in error.error_dict.items():
        known = field != NON_FIELD_ERRORS and field in form.fields
        form.add_error(field if known else None, found)


def attempt(form: forms.BaseForm, action: Callable[[], T]) -> T | None:
    """Run *action*; when a rule refuses it, put the sentences on the form and give ``None``.

    A conflict goes on to its own page, with what was typed.
    """
    try:
        return action()
    except ValidationError as error:
        put_on_form(form, error)
        return None
    except Conflict as error:
        error.typed = typed_in(form)
        raise


def typed_in(form: forms.BaseForm) -> list[tuple[str, str]]:
    """What was typed in a form that was sent, under the words the user knows."""
    typed = []
    for field in form.visible_fields():
        value = field.value()
        if value in (None, "", [], False):
            continue
        choices = dict(_flat(getattr(field.field, "choices", ())))
        values = value if isinstance(value, list | tuple) else [value]
        words = [str(choices.get(str(one), _("oui") if one is True else one)) for one in values]
        typed.append((str(field.label), ", ".join(words)))
    return typed


def _flat(choices: Any) -> Iterator[tuple[str, Any]]:
    """Choices without their groups."""
    for key, label in choices:
        if isinstance(label, list | tuple):
            yield from _flat(label)
        else:
            yield str(key), label


def restored(form: forms.BaseForm, draft: Mapping[str, Sequence[str]] | None) -> bool:
    """Fill an unsent form with what was typed before; says whether there was anything."""
    if not draft:
        return False
    typed = QueryDict(mutable=True)
    files: MultiValueDict[str, UploadedFile[Any]] = MultiValueDict()
    for name, values in draft.items():
        typed.setlist(name, list(values))
    for name, field in form.fields.items():
        key = form.add_prefix(name)
        # A box that was left empty sends nothing: in a draft that means "no".
        if not field.widget.is_hidden and (
            key in typed or isinstance(field.widget, forms.CheckboxInput)
        ):
            form.initial[name] = field.widget.value_from_datadict(typed, files, key)
    return True


def describe(field: forms.Field, *, rule: str = "", article: str = "") -> Any:
    """Give a field the rule and the article that its help shows beside it."""
    field.rule, field.article = rule, article  # type: ignore[attr-defined]
    return field
