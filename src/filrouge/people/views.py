"""Pages on the person alone: finding, registering, household, means, who follows."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from filrouge.base.access.actor import Actor
from filrouge.base.access.rules import Permission
from filrouge.base.forms import attempt, facts
from filrouge.base.pages import accept_once, actor_of, day_in
from filrouge.base.spreadsheets import Column, spreadsheet_response, workbook
from filrouge.law.case import IncomeKind
from filrouge.law.category import Relation
from filrouge.people import actions, queries
from filrouge.people.access import access_person, holds
from filrouge.people.forms import (
    AssetForm,
    EditPersonForm,
    EndForm,
    HouseholdForm,
    IncomeForm,
    MissionForm,
    NewPersonForm,
    initial_of,
)
from filrouge.people.households import category_of
from filrouge.people.models import Asset, HouseholdMember, Income, MissionKind, Person

pages = require_http_methods(["GET", "HEAD", "POST"])


def crumbs(person: Person, last: str = "") -> list[dict[str, str]]:
    """Where a page about a person stands."""
    trail = [
        {"label": _("Personnes"), "url": reverse("people:list")},
        {"label": person.full_name, "url": reverse("people:person", args=[person.pk])},
    ]
    if last:
        return [*trail, {"label": last, "url": ""}]
    trail[-1]["url"] = ""
    return trail


def shown(
    request: HttpRequest, template: str, context: dict[str, Any], *sent: forms.Form
) -> HttpResponse:
    """The page; 422 when a form of it came back with something to correct."""
    refused = any(form.errors for form in sent)
    return render(request, template, context, status=422 if refused else 200)


# Finding ----------------------------------------------------------------------------------


@require_GET
def person_list(request: HttpRequest) -> HttpResponse:
    """Everybody the actor may find, or the files they follow."""
    actor = actor_of(request)
    actor.demand(Permission.IDENTITY_READ)
    text, mine = request.GET.get("q", "").strip(), request.GET.get("suivis") == "1"
    page = queries.list_page(actor, text=text, mine=mine, after=request.GET.get("apres", ""))
    context = {
        "rows": page.rows,
        "next_cursor": page.next_cursor,
        "q": text,
        "mine": mine,
        "first_page": not request.GET.get("apres"),
        "may_add": actor.may(Permission.IDENTITY_WRITE),
        "may_export": actor.may(Permission.EXPORT_LIST) and bool(page.rows),
        "follows": actor.may(Permission.FILE_READ),
    }
    return render(request, "people/list.html", context)


@require_GET
def export(request: HttpRequest) -> HttpResponse:
    """The same list as a spreadsheet; logged like an opening, since it leaves the house."""
    actor = actor_of(request)
    rows = queries.export_rows(
        actor, text=request.GET.get("q", "").strip(), mine=request.GET.get("suivis") == "1"
    )
    columns = [
        Column(_("Dossier"), 10), Column(_("Nom"), 24), Column(_("Prénom"), 20),
        Column(_("Naissance"), 12), Column(_("Numéro national"), 18), Column(_("Téléphone"), 18),
        Column(_("Rue et numéro"), 30), Column(_("Code postal"), 11), Column(_("Localité"), 20),
        Column(_("Dossier ouvert le"), 16), Column(_("Suivi par"), 30),
    ]  # fmt: skip
    lines = (
        (
            person.file_number, person.last_name, person.first_name, person.birth_date,
            person.niss, person.phone, person.street, person.postal_code, person.city,
            person.registered_on,
            ", ".join(hat.user.get_full_name() for hat in person.followers),  # type: ignore[attr-defined]
        )
        for person in rows
    )  # fmt: skip
    return spreadsheet_response("personnes", workbook(_("Personnes"), columns, lines))


@pages
def duplicates(request: HttpRequest) -> HttpResponse:
    """Known persons that the form being filled in might double (fragment, while typing)."""
    actor = actor_of(request)
    actor.demand(Permission.IDENTITY_WRITE)
    form = NewPersonForm(request.POST if request.method == "POST" else request.GET)
    form.is_valid()
    return render(request, "people/_duplicates.html", _doubled(actor, form))


def _doubled(actor: Actor, form: NewPersonForm) -> dict[str, Any]:
    """Who is already known with that NISS, or with that name and birth date."""
    typed = form.cleaned_data
    known = queries.likely_duplicates(
        actor,
        typed.get("last_name", ""),
        typed.get("first_name", ""),
        typed.get("birth_date"),
        typed.get("niss", ""),
    )
    same_number = [person for person in known if person.niss and person.niss == typed.get("niss")]
    return {"form": form, "known": known, "blocks": bool(same_number)}


# Registering ------------------------------------------------------------------------------


@pages
def new(request: HttpRequest) -> HttpResponse:
    """Open a file; a person who might already be known is shown first."""
    actor = actor_of(request)
    actor.demand(Permission.IDENTITY_WRITE)
    if request.method != "POST":
        form = NewPersonForm(initial=_words_of(request.GET.get("nom", "")))
        context = {"form": form, "known": [], "blocks": False}
        return render(request, "people/new.html", context)
    form = NewPersonForm(request.POST)
    complete = form.is_valid()
    doubled = _doubled(actor, form)
    if complete and _may_be_new(form, doubled):
        address = accept_once(actor, form, lambda: _registered(actor, form))
        if address is not None:
            messages.success(request, _("Le dossier est ouvert."))
            return redirect(address)
    return shown(request, "people/new.html", doubled, form)


def _words_of(text: str) -> dict[str, str]:
    """A searched name that was not found, as the beginning of a form."""
    if any(sign.isdigit() for sign in text):
        return {"niss": text}
    first, _separator, last = text.strip().partition(" ")
    return (
        {"first_name": first.title(), "last_name": last.title()}
        if last
        else {"last_name": first.title()}
    )


def _may_be_new(form: NewPersonForm, doubled: dict[str, Any]) -> bool:
    if doubled["blocks"]:
        form.add_error(
            "niss",
            _("Ce numéro national est celui d'une personne déjà connue : ouvrez son dossier."),
        )
        return False
    if doubled["known"] and not form.cleaned_data["not_the_same"]:
        form.add_error(
            "not_the_same",
            _("Une personne du même nom et de la même date de naissance a déjà un dossier. "
              "Ouvrez-le, ou confirmez que ce n'est pas elle."),
        )  # fmt: skip
        return False
    return True


def _registered(actor: Actor, form: NewPersonForm) -> str:
    person = actions.register_person(actor, facts(form))
    return reverse("people:person", args=[person.pk])


@pages
def edit(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Correct or complete what identifies the person."""
    actor = actor_of(request)
    person = access_person(actor, person_id, Permission.IDENTITY_WRITE)
    form = EditPersonForm(request.POST or None, initial=initial_of(person))
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"]
        if attempt(form, lambda: actions.change_identity(actor, person_id, facts(form), version)):
            messages.success(request, _("Les données sont enregistrées."))
            return redirect("people:person", person_id=person_id)
    context = {"person": person, "form": form, "crumbs": crumbs(person, _("Modifier"))}
    return shown(request, "people/edit.html", context, form)


# Household and means ----------------------------------------------------------------------


@pages
def household(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Who lives with the person on a day, and the category that follows from it."""
    actor = actor_of(request)
    person = access_person(actor, person_id)
    may_write = holds(actor, person_id, Permission.FILE_WRITE)
    form = HouseholdForm(initial={"starts_on": actor.today})
    if request.method == "POST":
        if "end" in request.POST:
            _ended(request, actor, person_id, HouseholdMember)
            return redirect("people:household", person_id=person_id)
        form = HouseholdForm(request.POST)
        if form.is_valid():
            address = accept_once(actor, form, lambda: _joined(actor, person, form))
            if address is not None:
                messages.success(request, _("Le ménage est à jour."))
                return redirect(address)
    on = day_in(request, "au", actor.today)
    members = queries.household_on(actor, person, on)
    context = {
        "person": person,
        "on": on,
        "members": [_member_line(member, on) for member in members],
        "category": category_of(members, on),
        "form": form,
        "may_write": may_write,
        "is_today": on == actor.today,
        "crumbs": crumbs(person, _("Ménage")),
    }
    return shown(request, "people/household.html", context, form)


def _member_line(member: HouseholdMember, on: Any) -> dict[str, Any]:
    born = member.birth_date
    years = on.year - born.year - ((on.month, on.day) < (born.month, born.day)) if born else None
    return {"member": member, "relation": Relation(member.relation).label, "age": years}


def _joined(actor: Actor, person: Person, form: HouseholdForm) -> str:
    values = facts(form)
    number = values.pop("file_number")
    if number:
        known = queries.person_numbered(actor, number)
        if known is None:
            raise ValidationError({"file_number": _("Aucun dossier du centre ne porte ce numéro.")})
        values |= {
            "known_as": known,
            "first_name": known.first_name,
            "last_name": known.last_name,
            "birth_date": known.birth_date,
        }
    actions.add_household_member(actor, person.pk, values)
    return reverse("people:household", args=[person.pk])


def _ended(
    request: HttpRequest,
    actor: Actor,
    person_id: UUID,
    model: type[HouseholdMember | Income | Asset],
) -> None:
    """Put an end to one line; a refusal is told on top of the page."""
    form = EndForm(request.POST)
    try:
        key = UUID(request.POST["end"])
        if not form.is_valid():
            raise ValidationError(
                _("Écrivez jusqu'à quand la ligne compte, par exemple 31/03/2026.")
            )
        actions.end_fact(actor, person_id, model, key, form.cleaned_data["ends_on"])
    except ValueError:
        messages.error(request, _("Cette ligne n'existe plus. Rechargez la page."))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("C'est noté : la ligne reste lisible à sa date."))


@pages
def resources(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """What the person lives from on a day, each nature with the article that counts it."""
    actor = actor_of(request)
    person = access_person(actor, person_id)
    income = IncomeForm(prefix="revenu", initial={"starts_on": actor.today})
    asset = AssetForm(prefix="bien", initial={"starts_on": actor.today})
    if request.method == "POST":
        intent = request.POST.get("what", "")
        if intent == "end":
            kind = Asset if request.POST.get("of") == "asset" else Income
            _ended(request, actor, person_id, kind)
            return redirect("people:resources", person_id=person_id)
        form: IncomeForm | AssetForm
        if intent == "asset":
            form = asset = AssetForm(request.POST, prefix="bien")
        else:
            form = income = IncomeForm(request.POST, prefix="revenu")
        if form.is_valid():
            address = accept_once(actor, form, lambda: _noted(actor, person_id, form))
            if address is not None:
                messages.success(request, _("La ressource est notée."))
                return redirect(address)
    on = day_in(request, "au", actor.today)
    context = {
        "person": person,
        "on": on,
        "is_today": on == actor.today,
        "incomes": [_income_line(line) for line in queries.incomes_on(actor, person, on)],
        "assets": queries.assets_on(actor, person, on),
        "income_form": income,
        "asset_form": asset,
        "kinds": list(IncomeKind),
        "may_write": holds(actor, person_id, Permission.FILE_WRITE),
        "crumbs": crumbs(person, _("Ressources")),
    }
    return shown(request, "people/resources.html", context, income, asset)


def _income_line(income: Income) -> dict[str, Any]:
    kind = IncomeKind(income.kind)
    return {
        "income": income,
        "label": kind.label,
        "article": kind.article,
        "exempt": kind.is_exempt,
    }


def _noted(actor: Actor, person_id: UUID, form: IncomeForm | AssetForm) -> str:
    add = actions.add_asset if isinstance(form, AssetForm) else actions.add_income
    add(actor, person_id, facts(form))
    return reverse("people:resources", args=[person_id])


# Who follows the file ---------------------------------------------------------------------


@pages
def followers(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Who follows the file and why; a head of service gives and ends missions."""
    actor = actor_of(request)
    may_assign = actor.may(Permission.MISSION_ASSIGN)
    need = (
        Permission.MISSION_ASSIGN
        if may_assign or request.method == "POST"
        else Permission.FILE_READ
    )
    person = access_person(actor, person_id, need)
    colleagues = queries.colleagues(actor) if may_assign else []
    form = MissionForm(colleagues=colleagues)
    if request.method == "POST" and "end" in request.POST:
        _mission_ended(request, actor, person_id)
        return redirect("people:followers", person_id=person_id)
    if request.method == "POST":
        form = MissionForm(request.POST, colleagues=colleagues)
        if form.is_valid():
            address = accept_once(actor, form, lambda: _entrusted(actor, person_id, form))
            if address is not None:
                messages.success(
                    request, _("La mission est donnée : le dossier s'ouvre pour ce collègue.")
                )
                return redirect(address)
    missions = queries.missions_of(actor, person)
    running = [one for one in missions if one.ends_on is None or one.ends_on >= actor.today]
    context = {
        "person": person,
        "running": running,
        "ended": [one for one in missions if one not in running],
        "form": form,
        "may_assign": may_assign,
        "crumbs": crumbs(person, _("Suivi")),
    }
    return shown(request, "people/followers.html", context, form)


def _mission_ended(request: HttpRequest, actor: Actor, person_id: UUID) -> None:
    try:
        actions.end_mission(actor, person_id, UUID(request.POST["end"]))
    except ValueError:
        messages.error(request, _("Cette mission est déjà terminée. Rechargez la page."))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(
            request, _("La mission est terminée : le dossier se ferme pour ce collègue.")
        )


def _entrusted(actor: Actor, person_id: UUID, form: MissionForm) -> str:
    typed = form.cleaned_data
    actions.give_mission(
        actor, person_id, typed["membership"], MissionKind(typed["kind"]), reason=typed["reason"]
    )
    return reverse("people:followers", args=[person_id])
