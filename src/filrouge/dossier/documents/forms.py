"""What a page asks for when a document is added, or is not needed any more."""

from __future__ import annotations

import secrets
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from filrouge.dossier.documents import contents
from filrouge.dossier.documents.models import DocumentKind
from filrouge.dossier.documents.queries import NEVER_PROOF


class DayInput(forms.DateInput):
    """The browser's own calendar, which speaks ISO 8601 whatever the language."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def kind_choices() -> list[tuple[str, Any]]:
    """Nothing is chosen beforehand: a wrong nature would answer a request by mistake."""
    kinds = [(kind.value, kind.label) for kind in DocumentKind if kind not in NEVER_PROOF]
    return [("", _("Choisissez une nature")), *kinds]


class UploadForm(forms.Form):
    """A document that the person hands in. Everything but the file survives a refusal."""

    upload = forms.FileField(
        label=_("Fichier"),
        allow_empty_file=True,
        widget=forms.ClearableFileInput(attrs={"accept": ",".join(contents.ACCEPTED)}),
        help_text=_("PDF, photo JPEG ou PNG, Word, Excel ou OpenDocument."),
    )
    kind = forms.ChoiceField(label=_("Nature"), choices=kind_choices)
    title = forms.CharField(
        label=_("Titre"),
        max_length=160,
        required=False,
        help_text=_("Pour le retrouver : « Bail rue des Tilleuls ». Sans titre, la nature suffit."),
    )
    received_on = forms.DateField(label=_("Reçu le"), widget=DayInput())
    valid_until = forms.DateField(
        label=_("Valable jusqu'au"),
        required=False,
        widget=DayInput(),
        help_text=_("Tant qu'il est valable, il ne sera plus redemandé à la personne."),
    )
    key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def __init__(self, data: Any = None, files: Any = None, *, today: date, kind: str = "") -> None:
        initial = {"received_on": today, "kind": kind, "key": secrets.token_urlsafe(16)}
        super().__init__(data, files, initial=initial)

    def clean_upload(self) -> UploadedFile[Any]:
        """Refuse what is too large before it is read into memory."""
        upload: UploadedFile[Any] = self.cleaned_data["upload"]
        contents.check_size(upload.size or 0, settings.ENVIRONMENT.upload_limit)
        return upload

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("title") and cleaned.get("kind"):
            label = str(DocumentKind(cleaned["kind"]).label)
            cleaned["title"] = label[:1].upper() + label[1:]
        return cleaned


class DropForm(forms.Form):
    """Why an asked document is not awaited any more."""

    reason = forms.CharField(label=_("Pourquoi"), max_length=200, required=False)
