"""The centre's settings, for the administrator: never a file of any person."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from filrouge.base.access.actor import Actor
from filrouge.base.access.rules import Permission
from filrouge.base.centres.models import Centre
from filrouge.base.forms import attempt
from filrouge.base.pages import accept_once, actor_of
from filrouge.web import actions, queries
from filrouge.web.forms import AccountForm, CentreForm, HatForm, ServiceForm, hat_initial

pages = require_http_methods(["GET", "HEAD", "POST"])


def settings_tabs(current: str) -> list[dict[str, Any]]:
    """The pages of the settings, the current one marked."""
    tabs = [
        (_("En-tête et réglages"), "settings"),
        (_("Services"), "settings_services"),
        (_("Utilisateurs"), "settings_users"),
        (_("Organes"), "settings_bodies"),
    ]
    return [
        {"label": label, "url": reverse(name), "current": name == current} for label, name in tabs
    ]


def administrator(request: HttpRequest) -> Actor:
    """Who asks, if they set the centre up; raises ``PermissionDenied`` for anybody else."""
    actor = actor_of(request)
    actor.demand(Permission.SETTINGS)
    return actor


@pages
def settings(request: HttpRequest) -> HttpResponse:
    """The letterhead and the centre's own choices."""
    actor = administrator(request)
    centre = Centre.objects.get(pk=actor.centre_id)
    form = CentreForm(request.POST or None, instance=centre)
    if request.method == "POST" and form.is_valid():
        fields = form.cleaned_data
        if attempt(form, lambda: actions.change_centre(actor, fields)):
            messages.success(request, _("Les réglages sont enregistrés."))
            return redirect("settings")
    context = {"form": form, "tabs": settings_tabs("settings")}
    return render(request, "web/settings.html", context, status=422 if form.errors else 200)


@pages
def services(request: HttpRequest) -> HttpResponse:
    """The teams of the centre."""
    actor = administrator(request)
    renamed = request.POST.get("service", "")
    form = ServiceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data

        def act() -> str:
            if renamed:
                key = queries.as_key(renamed)
                actions.rename_service(actor, key, typed["name"], typed["kind"])
            else:
                actions.add_service(actor, typed["name"], typed["kind"])
            return reverse("settings_services")

        address = accept_once(actor, form, act)
        if address is not None:
            messages.success(request, _("Le service est enregistré."))
            return redirect(address)
    rows = queries.services_of_centre(actor)
    context = {
        "tabs": settings_tabs("settings_services"),
        "form": form if not renamed else ServiceForm(),
        "renamed": renamed,
        "rows": [
            {
                "service": row,
                "form": form
                if renamed == str(row.pk)
                else ServiceForm(
                    initial={"name": row.name, "kind": row.kind}, auto_id=f"id_{row.pk}_%s"
                ),
            }
            for row in rows
        ],
    }
    return render(
        request, "web/settings_services.html", context, status=422 if form.errors else 200
    )


@sensitive_variables("opened")
@pages
def users(request: HttpRequest) -> HttpResponse:
    """Who works in the centre, in which function; a new account shows its first password once."""
    actor = administrator(request)
    hats = queries.hats_of_centre(actor)
    form = AccountForm(
        request.POST or None,
        services=queries.services_of_centre(actor),
        hats=[hat for hat in hats if hat.is_worn(actor.today)],
        initial={"starts_on": actor.today},
    )
    opened: dict[str, str] = {}
    if request.method == "POST" and form.is_valid():
        address = accept_once(actor, form, lambda: _opened(actor, form, opened))
        if address is not None and not opened.get("password"):
            messages.success(request, _("La fonction est enregistrée."))
            return redirect(address)
        if address is not None:
            return render(request, "web/settings_opened.html", {"opened": opened, "again": False})
    context = {
        "tabs": settings_tabs("settings_users"),
        "form": form,
        "rows": [{"hat": hat, "worn": hat.is_worn(actor.today)} for hat in hats],
    }
    return render(request, "web/settings_users.html", context, status=422 if form.errors else 200)


@sensitive_variables("password", "opened")
def _opened(actor: Actor, form: AccountForm, opened: dict[str, str]) -> str:
    typed = form.cleaned_data
    hat, password = actions.open_account(
        actor,
        email=typed["email"],
        first_name=typed["first_name"],
        last_name=typed["last_name"],
        hat=typed,
    )
    opened |= {"name": hat.user.get_full_name(), "email": hat.user.email, "password": password}
    return reverse("settings_users")


@pages
def hat(request: HttpRequest, membership_id: UUID) -> HttpResponse:
    """One function: until when, which share of time, who stands in."""
    actor = administrator(request)
    found = actions.membership_of_centre(actor, membership_id)
    others = [one for one in queries.hats_of_centre(actor) if one.user_id != found.user_id]
    form = HatForm(
        request.POST or None,
        services=queries.services_of_centre(actor),
        hats=[one for one in others if one.is_worn(actor.today) or one.pk == found.substitute_id],
        initial=hat_initial(found),
    )
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        if attempt(form, lambda: actions.change_hat(actor, membership_id, typed)):
            messages.success(request, _("La fonction est enregistrée."))
            return redirect("settings_users")
    context = {
        "tabs": settings_tabs("settings_users"),
        "form": form,
        "hat": found,
        "own": found.user_id == actor.user.pk,
    }
    return render(request, "web/settings_hat.html", context, status=422 if form.errors else 200)


@sensitive_variables("password", "opened")
@pages
def password(request: HttpRequest, membership_id: UUID) -> HttpResponse:
    """Say what a temporary password does; once asked, show it once."""
    actor = administrator(request)
    found = actions.membership_of_centre(actor, membership_id)
    if request.method == "POST":
        user, password = actions.give_password(actor, membership_id)
        opened = {"name": user.get_full_name(), "email": user.email, "password": password}
        return render(request, "web/settings_opened.html", {"opened": opened, "again": True})
    context = {
        "tabs": settings_tabs("settings_users"),
        "hat": found,
        "own": found.user_id == actor.user.pk,
        "elsewhere": actions.works_elsewhere(actor, found),
    }
    return render(request, "web/settings_password.html", context)
