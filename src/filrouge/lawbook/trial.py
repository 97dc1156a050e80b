"""Trying a case without a file: what the address carries, as a case of the law.

The address is the form: nothing is stored. Every field is a date, an amount, a share, a number or
one of a list: there is no place for a name or a story, and a field that the form does not have is
refused. What is typed goes to ``law.case`` as it is; its sentences come back at their fields.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from filrouge.base.forms import DayField, EurosInput, describe
from filrouge.law.case import (
    BusinessOrigin,
    Case,
    CaseError,
    IncomeKind,
    Ownership,
    PropertyKind,
    Relation,
    SpiKind,
)
from filrouge.law.category import COUPLE, Category

LONGEST = 24
MOST_LINES = 20
REASON = gettext_lazy("Essai sans dossier : la décision dira la raison.")
_FIELD_NAME = re.compile(r"([a-z])(\d{0,3})-([a-z]+)")
_CASE_PATH = re.compile(r"^(\w+)(?:\[(\d+)\])?(?:\.(?:equity\.)?(\w+))?")


class LawForm(forms.Form):
    """A group of facts. ``law`` says under which name the law knows each field."""

    law: dict[str, str] = {}
    usual: dict[str, str] = {}
    """What a field holds when nobody touched it: not carried by the link."""
    fold: tuple[str, ...] = ()
    """Fields seldom needed, folded away until one is filled."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("use_required_attribute", False)
        super().__init__(*args, **kwargs)
        for name, one in self.fields.items():
            one.required = False
            one.initial = None if name == "part" else self.usual.get(name)

    def typed(self) -> dict[str, str]:
        """What was given, by field, without the usual values and the empty ones."""
        found = {}
        for name in self.fields:
            text = str(self.data.get(self.add_prefix(name), "")).strip()
            if text and text != self.usual.get(name, ""):
                found[name] = text
        return found

    def facts(self) -> dict[str, object]:
        """What was given, under the names of the law; too long a text is refused."""
        given: dict[str, object] = {}
        for name, text in self.typed().items():
            if len(text) > LONGEST:
                self.refuse(name, _("C'est trop long : ce champ attend une valeur, pas un texte."))
            else:
                given[self.law[name]] = text
        return given

    def refuse(self, name: str, message: str) -> None:
        self.errors  # noqa: B018  # filled first, or a later look would empty it
        self.add_error(name if name in self.fields else None, message)

    def field_of(self, law_name: str) -> str:
        """The field that the law calls so."""
        return next((name for name, known in self.law.items() if known == law_name), "")

    @property
    def plain(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name not in self.fold]

    @property
    def folded(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name in self.fold]

    @property
    def unfolds(self) -> bool:
        """Whether a folded field was filled or refused."""
        shown = set(self.typed()) | set(self.errors)
        return any(name in shown for name in self.fold)


def _day(label: Any, **more: Any) -> forms.Field:
    return _described(DayField(label=label), **more)


def _euros(label: Any, **more: Any) -> forms.Field:
    return _described(forms.CharField(label=label, widget=EurosInput), **more)


def _number(label: Any, **more: Any) -> forms.Field:
    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "size": 6})
    return _described(forms.CharField(label=label, widget=widget), **more)


def _share(label: Any) -> forms.Field:
    widget = forms.TextInput(attrs={"autocomplete": "off", "size": 6, "placeholder": "1/1"})
    return forms.CharField(label=label, widget=widget)


def _one_of(
    label: Any, members: Iterable[tuple[str, Any]], nothing: Any = None, **more: Any
) -> forms.Field:
    listed = list(members)
    if nothing is not None:
        listed.insert(0, ("", nothing))
    return _described(forms.ChoiceField(label=label, choices=listed), **more)


def _yes_no(label: Any, **more: Any) -> forms.Field:
    return _one_of(label, [("", gettext_lazy("non")), ("oui", gettext_lazy("oui"))], **more)


def _described(one: forms.Field, article: str = "", help_text: Any = "") -> forms.Field:
    one.help_text = help_text
    if article:
        describe(one, article=article)
    return one


def _members(kind: Any) -> list[tuple[str, Any]]:
    return [(str(member.value), _capital(member.label)) for member in kind]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


class PersonForm(LawForm):
    """When, and who the person is to the law."""

    law = {
        "au": "on", "categorie": "category", "demande": "requested_on", "debut": "starts_on",
        "enfants": "children", "etudes": "full_time_student", "revision": "reviewed_on",
        "cession": "property_transferred",
    }  # fmt: skip
    usual = {"enfants": "0"}
    fold = ("demande", "debut", "revision", "etudes", "cession")
    au = _day(
        gettext_lazy("Droit au"),
        help_text=gettext_lazy("Le droit est calculé avec la loi de ce jour."),
    )
    categorie = _one_of(
        gettext_lazy("Catégorie"),
        [(str(int(one)), f"{int(one)}, {one.label}") for one in Category],
        article="Loi du 26 mai 2002, art. 14 § 1",
    )  # fmt: skip
    enfants = _number(
        gettext_lazy("Enfants mineurs à charge"), article="AR du 11 juillet 2002, art. 25"
    )
    demande = _day(
        gettext_lazy("Demande reçue le"),
        help_text=gettext_lazy("Dit quel article 34 vaut : ancien, ou nouveau depuis le 1/3/2026."),
    )
    debut = _day(gettext_lazy("Premier jour du droit"))
    revision = _day(gettext_lazy("Dernière révision du dossier"))
    etudes = _yes_no(gettext_lazy("Études de plein exercice"))
    cession = _yes_no(gettext_lazy("A donné ou vendu un bien dans les dix ans"))


class IncomeLine(LawForm):
    law = {
        "nature": "kind", "montant": "amount", "par": "period", "spi": "spi", "sorte": "spi_kind",
        "debut": "work_started_on", "jours": "covers_days", "cheques": "cheques",
        "annee": "reference_year", "origine": "business", "exonere": "exempt_part",
    }  # fmt: skip
    usual = {"par": "month", "sorte": "general", "origine": "own"}
    fold = ("sorte", "debut", "jours", "cheques", "annee", "origine", "exonere")
    nature = _one_of(gettext_lazy("Nature"), _members(IncomeKind), "—")
    montant = _euros(gettext_lazy("Montant net"))
    par = _one_of(
        gettext_lazy("Par"), [("month", gettext_lazy("mois")), ("year", gettext_lazy("an"))]
    )
    spi = _yes_no(gettext_lazy("Exonération du travail"), article="art. 35")
    sorte = _one_of(gettext_lazy("Sorte d'exonération"), _members(SpiKind), article="art. 35")
    debut = _day(gettext_lazy("Travail commencé le"))
    jours = _number(gettext_lazy("Jours du mois payés, si incomplet"))
    cheques = _number(gettext_lazy("Nombre de chèques ALE"), article="art. 22 § 1")
    annee = _number(gettext_lazy("Année de référence (indépendant)"), article="art. 24")
    origine = _one_of(
        gettext_lazy("Origine (indépendant)"), _members(BusinessOrigin), article="art. 24"
    )
    exonere = _euros(gettext_lazy("Part exonérée par le plafond"), article="art. 22 § 1")


class CapitalLine(LawForm):
    law = {"montant": "amount", "part": "share"}
    usual = {"part": "1/1"}
    montant = _euros(gettext_lazy("Épargne, le tout"), article="art. 27")
    part = _share(gettext_lazy("Part de la personne"))


class PropertyLine(LawForm):
    law = {
        "nature": "kind", "rc": "cadastral_income", "part": "share", "droit": "ownership",
        "interets": "mortgage_interest", "loyer": "rent", "rente": "life_annuity",
    }  # fmt: skip
    usual = {"part": "1/1", "droit": "full"}
    fold = ("interets", "loyer", "rente")
    nature = _one_of(gettext_lazy("Bien"), _members(PropertyKind), "—", article="art. 25")
    rc = _euros(gettext_lazy("Revenu cadastral non indexé"))
    part = _share(gettext_lazy("Part de la personne"))
    droit = _one_of(gettext_lazy("Droit"), _members(Ownership))
    interets = _euros(gettext_lazy("Intérêts hypothécaires par an"), article="art. 25")
    loyer = _euros(gettext_lazy("Loyer reçu par an"), article="art. 26")
    rente = _euros(gettext_lazy("Rente viagère payée par an"))


class TransferLine(LawForm):
    law = {
        "le": "transferred_on", "valeur": "value", "part": "share", "droit": "ownership",
        "vendu": "for_value", "maison": "home_or_only_land", "dettes": "debts",
        "equite": "percent",
    }  # fmt: skip
    usual = {"part": "1/1", "droit": "full"}
    fold = ("droit", "maison", "dettes", "equite")
    le = _day(gettext_lazy("Cédé le"), article="art. 28 à 32")
    valeur = _euros(gettext_lazy("Valeur du bien ce jour-là"))
    part = _share(gettext_lazy("Part de la personne"))
    vendu = _yes_no(gettext_lazy("Vendu"), help_text=gettext_lazy("« non » : donné."))
    droit = _one_of(gettext_lazy("Droit cédé"), _members(Ownership))
    maison = _yes_no(gettext_lazy("Son habitation, ou son seul terrain"))
    dettes = _euros(gettext_lazy("Dettes payées avec le prix"))
    equite = _number(gettext_lazy("Compté par équité (en %)"), article="art. 32")

    def facts(self) -> dict[str, object]:
        given = super().facts()
        return _with_appraisal(given, "equity", "percent")


class SpouseForm(LawForm):
    """A spouse or partner who does not share the request."""

    law = {
        "net": "net_monthly", "droit": "has_right_to_integration", "activation": "activation_wage",
        "couple": "receives_couple_amount",
    }  # fmt: skip
    net = _euros(gettext_lazy("Ressources nettes par mois"), article="art. 34")
    droit = _yes_no(gettext_lazy("A son propre droit à l'intégration"))
    activation = _yes_no(gettext_lazy("Article 60, § 7 ou mesure d'activation"))
    couple = _yes_no(gettext_lazy("Reçoit déjà la catégorie 3 pour les deux"))


class CohabitantLine(LawForm):
    law = {
        "lien": "relation", "naissance": "birth_date", "net": "net_monthly",
        "droit": "has_right_to_integration", "familiales": "family_benefit",
        "supplements": "family_supplements",
    }  # fmt: skip
    fold = ("droit", "familiales", "supplements")
    lien = _one_of(
        gettext_lazy("Lien avec la personne"),
        [(one.value, _capital(one.label)) for one in Relation if one not in COUPLE],
        "—",
        article="art. 34",
    )
    naissance = _day(gettext_lazy("Naissance"))
    net = _euros(gettext_lazy("Ressources nettes par mois"))
    droit = _yes_no(gettext_lazy("Reçoit le revenu d'intégration"))
    familiales = _euros(gettext_lazy("Allocations familiales reçues pour la personne, par mois"))
    supplements = _euros(gettext_lazy("Leurs suppléments, par mois"))


class DecisionForm(LawForm):
    """What the law leaves to the centre, and what was used of the exemption for work."""

    law = {
        "compte": "percent", "plafond": "at_most", "spi": "first_day", "penurie": "shortage_from",
    }  # fmt: skip
    compte = _number(
        gettext_lazy("Ressources des cohabitants comptées (en %)"),
        article="art. 34",
        help_text=gettext_lazy(
            "Attribution fictive jusqu'au 28/2/2026, exception d'équité depuis."
        ),
    )
    plafond = _euros(gettext_lazy("Compter au plus, par mois"), article="art. 34")
    spi = _day(
        gettext_lazy("Premier jour d'une exonération du travail déjà reçue"), article="art. 35"
    )
    penurie = _day(gettext_lazy("Premier jour des trois mois d'un métier en pénurie"))


@dataclass(frozen=True)
class Group:
    """Facts of one kind: one form, or a line for each."""

    key: str
    """In the address: ``r0-montant``."""
    law: str
    form: type[LawForm]
    title: Any = ""
    many: bool = True


GROUPS = (
    Group("p", "", PersonForm, many=False),
    Group("r", "incomes", IncomeLine, gettext_lazy("Ce qui rentre")),
    Group("k", "capital", CapitalLine, gettext_lazy("Épargne")),
    Group("b", "properties", PropertyLine, gettext_lazy("Biens immobiliers")),
    Group("t", "transfers", TransferLine, gettext_lazy("Biens donnés ou vendus")),
    Group("c", "cohabitants", CohabitantLine, gettext_lazy("Personnes sous le même toit")),
    Group("s", "spouse", SpouseForm, gettext_lazy("Conjoint ou partenaire"), many=False),
    Group("d", "decision", DecisionForm, gettext_lazy("Ce que le centre apprécie"), many=False),
)


@dataclass
class Lines:
    """A group as the page shows it: what was typed, then one empty line."""

    group: Group
    forms: list[LawForm] = field(default_factory=list)
    spare: LawForm | None = None

    @property
    def is_open(self) -> bool:
        """Whether something was typed or refused there, or a line was asked for."""
        asked = self.group.many and bool(self.forms)
        return asked or any(form.typed() or form.errors for form in self.forms)

    @property
    def is_full(self) -> bool:
        return len(self.forms) >= MOST_LINES

    @property
    def shown(self) -> list[LawForm]:
        return [*self.forms, self.spare] if self.spare else self.forms


class Trial:
    """One trial: its forms, and the case they give when the law accepts it."""

    def __init__(self, query: QueryDict, today: date) -> None:
        self.query = query
        self.today = today
        self.groups = {group.key: self._lines(group) for group in GROUPS}
        self.refused: list[str] = []
        self.case: Case | None = None
        if self.is_asked:
            self.case = self._case()

    @property
    def is_asked(self) -> bool:
        """Whether the address holds a case at all."""
        return any(name != "plus" for name in self.query)

    @property
    def form(self) -> LawForm:
        """The person's form, which is always there."""
        return self.groups["p"].forms[0]

    @property
    def link(self) -> str:
        """The shortest query that gives this trial again."""
        query = QueryDict(mutable=True)
        for lines in self.groups.values():
            rank = 0
            for form in lines.forms:
                typed = form.typed()
                prefix = f"{lines.group.key}{rank}" if lines.group.many else lines.group.key
                for name, text in typed.items():
                    query[f"{prefix}-{name}"] = text
                rank += bool(typed)
        return query.urlencode()

    @property
    def problems(self) -> list[tuple[str, str, str]]:
        """Every refusal: where to go, what it is about, the sentence."""
        found = [("", "", sentence) for sentence in self.refused]
        for lines in self.groups.values():
            for rank, form in enumerate(lines.forms, 1):
                about = str(lines.group.title)
                if lines.group.many:
                    about = f"{about} {rank}"
                for name, sentences in form.errors.items():
                    label = str(form[name].label) if name in form.fields else ""
                    place = form[name].id_for_label if name in form.fields else ""
                    told = ", ".join(part for part in (about, label) if part)
                    found += [(place, told, str(sentence)) for sentence in sentences]
        return found

    def _lines(self, group: Group) -> Lines:
        if not group.many:
            data = self.query if any(n.startswith(f"{group.key}-") for n in self.query) else None
            form = group.form(data if data is not None else QueryDict(), prefix=group.key)
            if group.key == "p":
                self._preset(form)
            return Lines(group, [form])
        pattern = re.compile(rf"{group.key}(\d{{1,3}})-")
        ranks = sorted({int(m[1]) for name in self.query if (m := pattern.match(name))})
        forms_ = [group.form(self.query, prefix=f"{group.key}{rank}") for rank in ranks]
        filled = [form for form in forms_ if form.typed()]
        wants_more = not filled or self.query.get("plus") == group.key
        spare_rank = (ranks[-1] + 1) if ranks else 0
        spare = group.form(QueryDict(), prefix=f"{group.key}{spare_rank}") if wants_more else None
        if spare is not None:
            spare.is_bound = False
        return Lines(group, filled, spare)

    def _preset(self, form: LawForm) -> None:
        """A fresh page proposes today and a person alone."""
        if self.is_asked:
            return
        form.is_bound = False
        form.initial = {"au": self.today, "categorie": "2", "enfants": "0"}

    def _case(self) -> Case | None:
        self._refuse_unknown()
        data, places = self._facts()
        try:
            case = Case.from_dict(data)
        except CaseError as error:
            for problem in error.problems:
                self._place(problem.path, problem.message, places)
            return None
        return None if self.problems else case

    def _refuse_unknown(self) -> None:
        for name in self.query:
            if name != "plus" and not _is_a_field(name):
                self.refused.append(
                    _("Ce lien contient « %s », que l'essai n'accepte pas.") % name[:LONGEST]
                )
        for lines in self.groups.values():
            if len(lines.forms) > MOST_LINES:
                self.refused.append(
                    _("%(what)s : %(most)d lignes au plus.")
                    % {"what": lines.group.title, "most": MOST_LINES}
                )

    def _facts(self) -> tuple[dict[str, object], dict[str, LawForm]]:
        """The plain data of a case, and which form each part came from."""
        data: dict[str, object] = {}
        places: dict[str, LawForm] = {}
        for lines in self.groups.values():
            group = lines.group
            if group.many:
                data[group.law] = [form.facts() for form in lines.forms]
                places |= {f"{group.law}[{rank}]": form for rank, form in enumerate(lines.forms)}
        person = self.form
        data |= person.facts()
        places[""] = person
        spouse, decision = self.groups["s"].forms[0], self.groups["d"].forms[0]
        data |= _spouse_of(spouse, places) | _decision_of(decision, places)
        return data, places

    def _place(self, path: str, message: str, places: Mapping[str, LawForm]) -> None:
        match = _CASE_PATH.match(path)
        head, rank, inner = match.groups() if match else (path, None, None)
        key = f"{head}[{rank}]" if rank is not None else head
        form = places.get(key)
        law_name = inner or ""
        if form is None:
            form, law_name = self.form, head or ""
        name = form.field_of(law_name)
        told = {str(sentence) for sentences in form.errors.values() for sentence in sentences}
        if name not in form.errors and message not in told:
            form.refuse(name, message)


def _is_a_field(name: str) -> bool:
    """Whether a name of the address is a field of the form, filled or not."""
    match = _FIELD_NAME.fullmatch(name)
    group = next((one for one in GROUPS if match and one.key == match[1]), None)
    if match is None or group is None:
        return False
    return group.many == bool(match[2]) and match[3] in group.form.base_fields


def _spouse_of(form: LawForm, places: dict[str, LawForm]) -> dict[str, object]:
    facts = form.facts()
    places["spouse"] = form
    return {"spouse": facts} if facts else {}


def _decision_of(form: LawForm, places: dict[str, LawForm]) -> dict[str, object]:
    facts = form.facts()
    places["attribution"] = places["spi_counter"] = form
    counter = {name: facts.pop(name) for name in ("first_day", "shortage_from") if name in facts}
    found: dict[str, object] = {"spi_counter": counter} if counter else {}
    if facts:
        found["attribution"] = {"reason": str(REASON), **facts}
    return found


def _with_appraisal(given: dict[str, object], key: str, percent: str) -> dict[str, object]:
    """A percentage that the centre decides, with the reason that a trial gives."""
    if percent in given:
        given[key] = {"percent": given.pop(percent), "reason": str(REASON)}
    return given
