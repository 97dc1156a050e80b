"""What people add to the law that is shipped: values with their source, readings with their reason.

Both tables are append-only: a correction is a new line, a change of mind a new choice.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from filrouge.base.centres.models import Membership, User
from filrouge.base.records import CentreRecord, Record
from filrouge.law.parameter_store import Origin, ParameterValue, Status, Unit


class ParameterLine(Record):
    """One value of the law added for the whole installation, as ``law.added_values`` accepts it.

    ``author`` is the name as it was that day: it enters the digest that decisions freeze, so it
    may not follow a later change of name.
    """

    name = models.CharField(_("paramètre"), max_length=80)
    unit = models.CharField(max_length=20, choices=[(unit.value, unit.label) for unit in Unit])
    value = models.JSONField(_("valeur"))
    """A whole number (cents, minutes…), a list of them, or a word."""
    valid_from = models.DateField(_("valable depuis le"))
    valid_to = models.DateField(_("jusqu'au"), null=True)
    known_from = models.DateField(_("connue depuis le"))
    article = models.CharField(_("article"), max_length=300, blank=True)
    source = models.CharField(_("source"), max_length=300)
    status = models.CharField(
        _("certitude"), max_length=1, choices=[(one.value, one.value) for one in Status]
    )
    note = models.TextField(_("note"), blank=True, max_length=2000)
    author = models.CharField(_("ajoutée par"), max_length=160)
    user = models.ForeignKey(User, on_delete=models.RESTRICT, related_name="+")
    created_at = models.DateTimeField(_("ajoutée le"))

    class Meta:
        verbose_name = _("valeur de la loi")
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="law_line_ends_after_start",
                violation_error_message=_("La fin de la valeur précède son début."),
            ),
            models.CheckConstraint(
                condition=~Q(source=""),
                name="law_line_has_source",
                violation_error_message=_("Une valeur de la loi dit d'où elle vient."),
            ),
        ]
        indexes = [models.Index(fields=["name", "valid_from"], name="law_line_by_name")]

    def __str__(self) -> str:
        return f"{self.name} {self.valid_from}"

    def over(self, model: ParameterValue) -> ParameterValue:
        """The line as the law reads it; label, level and options come from the shipped one."""
        value = tuple(self.value) if isinstance(self.value, list) else self.value
        return ParameterValue(
            name=self.name,
            label=model.label,
            value=value,
            unit=Unit(self.unit),
            valid_from=self.valid_from,
            article=self.article or model.article,
            source=self.source,
            status=Status(self.status),
            valid_to=self.valid_to,
            known_from=self.known_from,
            note=self.note,
            origin=Origin.INSTALLATION,
            author=self.author,
            level=model.level,
            options=model.options,
        )


class CentreChoice(CentreRecord):
    """The reading a centre takes of a text that is open, with its reason; the latest holds."""

    key = models.CharField(_("question"), max_length=80)
    """Of ``law.choices``."""
    reading = models.CharField(_("lecture"), max_length=40)
    reason = models.TextField(_("raison"), max_length=2000)
    author = models.ForeignKey(Membership, on_delete=models.RESTRICT, related_name="+")
    chosen_at = models.DateTimeField(_("choisie le"))

    class Meta:
        verbose_name = _("lecture choisie")
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="law_choice_has_reason",
                violation_error_message=_("Un choix entre deux lectures est motivé."),
            ),
        ]
        indexes = [models.Index(fields=["centre", "key", "-chosen_at"], name="law_choice_by_key")]

    def __str__(self) -> str:
        return f"{self.key}: {self.reading}"
