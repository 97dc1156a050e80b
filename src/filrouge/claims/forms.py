"""Forms of a claim; they parse and label, the actions decide."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from filrouge.base.access.actor import Actor
from filrouge.base.centres.models import Membership, PaymentRhythm
from filrouge.base.forms import CreatingForm, DayField, EditingForm, EurosField, describe
from filrouge.claims.models import Aid, Channel, Delivery, Exemption, Result
from filrouge.claims.queries import STAGES, ConditionLine
from filrouge.council.models import Body, Measure, Session
from filrouge.law.category import Category


def choices_of(form: forms.Form, name: str, choices: Sequence[tuple[str, Any]]) -> None:
    """Give a choice field the choices that depend on the page."""
    cast(forms.ChoiceField, form.fields[name]).choices = choices


LONG = forms.Textarea(attrs={"rows": 5})
SHORT = forms.Textarea(attrs={"rows": 3})


class RequestForm(CreatingForm):
    """What is noted at the counter."""

    aids = forms.MultipleChoiceField(
        label=_("Ce que la personne demande"),
        choices=Aid.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Chaque aide reçoit son numéro et ses délais ; un seul accusé de réception."),
        error_messages={"required": _("Cochez au moins une aide demandée.")},
    )
    words = forms.CharField(
        label=_("Ce que dit la personne, dans ses mots"),
        widget=SHORT,
        required=False,
        max_length=4000,
        help_text=_("Elle relira ces mots sur son accusé de réception."),
    )
    channel = forms.ChoiceField(
        label=_("Comment la demande arrive-t-elle ?"), choices=Channel.choices
    )
    received_on = describe(
        DayField(label=_("Reçue le")),
        rule=str(_("Les délais courent depuis ce jour.")),
        article="Loi du 26 mai 2002, art. 18 ; loi organique du 8 juillet 1976, art. 58",
    )
    late_entry_reason = forms.CharField(
        label=_("Pourquoi elle n'a pas été inscrite le jour même"),
        required=False,
        max_length=200,
        help_text=_("Seulement si la demande est plus ancienne qu'aujourd'hui."),
    )
    urgent = forms.BooleanField(label=_("La demande est urgente"), required=False)


class AssignForm(forms.Form):
    membership = forms.ModelChoiceField(
        label=_("Confier à"), queryset=Membership.objects.none(), widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez un travailleur social en fonction.")},
    )  # fmt: skip

    def __init__(self, *args: Any, workers: list[Membership], **options: Any) -> None:
        super().__init__(*args, **options)
        among = Membership.objects.filter(pk__in=[worker.pk for worker in workers])
        cast("forms.ModelChoiceField[Membership]", self.fields["membership"]).queryset = among


class TransferForm(EditingForm):
    to_centre = forms.CharField(label=_("CPAS compétent"), max_length=160)
    to_address = forms.CharField(label=_("Son adresse"), max_length=200, required=False)
    reasons = describe(
        forms.CharField(label=_("Pourquoi il est compétent"), widget=LONG, max_length=4000),
        rule=str(_("En général, le centre de la résidence habituelle au jour de la demande.")),
        article="Loi du 2 avril 1965, art. 1er et 2",
    )


class ReasonForm(EditingForm):
    reason = forms.CharField(label=_("Raison"), widget=SHORT, max_length=2000)


class FindingForm(forms.Form):
    """One condition of the six."""

    result = forms.ChoiceField(label=_("Constat"), widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("Ce qui l'établit"), widget=SHORT, required=False, max_length=4000
    )
    evidence = forms.MultipleChoiceField(
        label=_("Documents du dossier qui le prouvent"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, line: ConditionLine, **options: Any) -> None:
        super().__init__(*args, **{**options, "prefix": line.key})
        results = [
            choice for choice in Result.choices if choice[0] != Result.EXEMPT or line.exemptions
        ]
        choices_of(self, "result", results)
        describe(self.fields["result"], rule=line.question, article=line.article)
        choices_of(self, "evidence", [(str(paper.pk), paper.title) for paper in line.papers])
        if not line.papers:
            del self.fields["evidence"]
        if line.exemptions:
            self.fields["exemption"] = forms.ChoiceField(
                label=_("Si elle est dispensée, pour quelle raison"),
                choices=[("", _("sans objet")), *Exemption.choices],
                required=False,
            )
            self.fields["appraised_by"] = forms.CharField(
                label=_("Qui a apprécié cette raison"), required=False, max_length=120
            )
        self.fields["result"].initial = line.result
        if line.finding is not None:
            self.fields["text"].initial = line.finding.text
            if "evidence" in self.fields:
                self.fields["evidence"].initial = [
                    str(paper.pk) for paper in line.finding.evidence.all()
                ]
            if line.exemptions:
                self.fields["exemption"].initial = line.finding.exemption
                self.fields["appraised_by"].initial = line.finding.appraised_by

    def evidence_ids(self) -> list[UUID]:
        return [UUID(key) for key in self.cleaned_data.get("evidence", [])]


class NeedForm(EditingForm):
    state_of_need = describe(
        forms.CharField(
            label=_("L'état de besoin constaté"),
            widget=LONG,
            max_length=8000,
            error_messages={"required": _("Décrivez l'état de besoin constaté.")},
        ),
        rule=str(
            _("Ce qui manque à la personne pour mener une vie conforme à la dignité humaine.")
        ),
        article="Loi organique du 8 juillet 1976, art. 1er et 60",
    )


class VisitForm(CreatingForm):
    visited_on = DayField(label=_("Date de la visite"))
    text = forms.CharField(
        label=_("Ce qui a été constaté"),
        widget=SHORT,
        max_length=4000,
        help_text=_("Des faits. Les confidences vont dans vos notes personnelles."),
    )


class AskForm(CreatingForm):
    kinds = forms.MultipleChoiceField(
        label=_("Documents à demander"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Cochez au moins un document.")},
    )
    due_on = DayField(label=_("À remettre pour le"))

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        choices_of(self, "kinds", choices)


class FreezeForm(CreatingForm):
    """The computation: the facts come from the file, only these choices are made here."""

    on = describe(
        DayField(label=_("Droit calculé au")),
        rule=str(_("Le ménage, les ressources et les montants de ce jour-là.")),
    )
    starts_on = describe(
        DayField(label=_("Premier jour du droit")),
        rule=str(
            _("Au plus tôt le jour de la demande. Un mois entamé se paie au prorata des jours.")
        ),
        article="Loi du 26 mai 2002, art. 21, § 2",
    )
    category = forms.TypedChoiceField(
        label=_("Catégorie"),
        coerce=lambda value: Category(int(value)),
        choices=[(category.value, f"{category.value} · {category.label}") for category in Category],
    )
    category_reason = describe(
        forms.CharField(label=_("Pourquoi cette catégorie"), widget=SHORT, max_length=2000),
        rule=str(_("Les faits constatés l'emportent sur le registre.")),
        article="Loi du 26 mai 2002, art. 14, § 1er",
    )


class ProposalForm(CreatingForm, EditingForm):
    measure = forms.ChoiceField(
        label=_("Proposition"),
        choices=[choice for choice in Measure.choices if choice[0] != Measure.TAKE_NOTE],
        widget=forms.RadioSelect,
    )
    amount_cents = EurosField(label=_("Montant par mois"), required=False)
    starts_on = DayField(label=_("À partir du"), required=False)
    ends_on = DayField(label=_("Jusqu'au"), required=False)
    rhythm = describe(
        forms.ChoiceField(
            label=_("Rythme de paiement"),
            choices=[("", _("sans objet")), *PaymentRhythm.choices],
            required=False,
        ),
        article="Loi du 26 mai 2002, art. 23",
    )
    piis_due = describe(
        forms.BooleanField(label=_("Un projet individualisé (PIIS) est dû"), required=False),
        rule=str(
            _(
                "Obligatoire avant 25 ans, et pour qui n'a pas eu ce droit dans les trois derniers mois."
            )
        ),
        article="Loi du 26 mai 2002, art. 11",
    )
    piis_by = DayField(label=_("PIIS à conclure pour le"), required=False)
    grounds_in_fact = forms.CharField(
        label=_("Motifs de fait"),
        widget=forms.Textarea(attrs={"rows": 9}),
        max_length=20000,
        help_text=_("Rédigés depuis vos constats : relisez, corrigez, retirez ce qui est de trop."),
        error_messages={"required": _("Une décision se motive en fait.")},
    )
    grounds_in_law = forms.CharField(
        label=_("Motifs de droit"),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=20000,
        error_messages={"required": _("Une décision se motive en droit.")},
    )
    despite_unknown = forms.CharField(
        label=_("Pourquoi proposer alors qu'une condition n'est pas établie"),
        widget=SHORT,
        required=False,
        max_length=2000,
    )


class ScheduleForm(CreatingForm):
    session = forms.TypedChoiceField(
        label=_("Séance"),
        coerce=UUID,
        error_messages={"required": _("Choisissez une séance.")},
    )
    urgent_reason = forms.CharField(
        label=_("Urgence"),
        required=False,
        max_length=300,
        help_text=_(
            "Seulement si la convocation est déjà partie : pourquoi le point ne peut attendre."
        ),
    )

    def __init__(self, *args: Any, sessions: list[Session], **options: Any) -> None:
        super().__init__(*args, **options)
        choices_of(self, "session", [(str(one.pk), _session_label(one)) for one in sessions])


def _session_label(session: Session) -> str:
    label = f"{session.body}, {session.held_on:%d/%m/%Y}"
    if session.convened_on is not None:
        return str(_("%s (convocation déjà envoyée)") % label)
    closing = session.convocation_due_on.strftime("%d/%m/%Y")
    return str(
        _("%(session)s (ordre du jour ouvert jusqu'au %(day)s)")
        % {"session": label, "day": closing}
    )


class SendForm(CreatingForm):
    delivery = forms.ChoiceField(
        label=_("Envoi"), choices=Delivery.choices, widget=forms.RadioSelect
    )
    delivery_number = forms.CharField(
        label=_("Numéro du recommandé"), required=False, max_length=40
    )
    sent_on = describe(
        DayField(label=_("Envoyée ou remise le")),
        rule=str(_("Cette date arrête le délai de huit jours.")),
        article="Loi du 26 mai 2002, art. 21, § 4",
    )


class PaymentForm(CreatingForm):
    paid_on = describe(
        DayField(label=_("Premier paiement fait le")),
        rule=str(_("Dans les quinze jours de la décision.")),
        article="Loi du 26 mai 2002, art. 23, § 1er",
    )
    amount_cents = EurosField(label=_("Montant payé"))


class AppealForm(CreatingForm):
    lodged_on = DayField(label=_("Recours introduit le"))
    reference = forms.CharField(label=_("Numéro de rôle"), required=False, max_length=40)
    note = forms.CharField(
        label=_("Ce que la personne conteste"), widget=SHORT, required=False, max_length=4000
    )


class UrgentForm(CreatingForm):
    body = forms.ModelChoiceField(label=_("Organe qui ratifiera"), queryset=Body.objects.none())
    amount_cents = EurosField(label=_("Montant de l'aide"))
    reasons = describe(
        forms.CharField(
            label=_("Pourquoi l'aide ne peut pas attendre"), widget=LONG, max_length=4000
        ),
        article="Loi organique du 8 juillet 1976, art. 28",
    )

    def __init__(self, *args: Any, actor: Actor, **options: Any) -> None:
        super().__init__(*args, **options)
        bodies = Body.objects.filter(centre_id=actor.centre_id).order_by("name")
        cast("forms.ModelChoiceField[Body]", self.fields["body"]).queryset = bodies


def stage_choices() -> list[tuple[str, str]]:
    return [("", str(_("Toutes"))), *((key, str(label)) for key, label in STAGES.items())]
