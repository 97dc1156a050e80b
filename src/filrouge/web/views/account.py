"""One's own account: name, password, absences."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from filrouge.base.access.actor import Actor
from filrouge.base.forms import attempt
from filrouge.base.pages import accept_once, actor_of
from filrouge.web import actions, queries
from filrouge.web.forms import AbsenceForm, NameForm, PasswordForm
from filrouge.web.views.work import undo_absence


@sensitive_post_parameters("motdepasse-old", "motdepasse-new", "motdepasse-again")
@require_http_methods(["GET", "HEAD", "POST"])
def account(request: HttpRequest) -> HttpResponse:
    """Three small forms; the one that was sent says so."""
    actor = actor_of(request)
    user = actor.user
    first = user.must_change_password
    if request.method == "POST" and "undo" in request.POST and not first:
        return undo_absence(request, "account")
    sent = request.POST.get("what", "") if request.method == "POST" else ""
    if first and sent != "password":
        sent = ""
    name = NameForm(
        request.POST if sent == "name" else None,
        initial={"first_name": user.first_name, "last_name": user.last_name},
    )
    password = PasswordForm(user, request.POST if sent == "password" else None, prefix="motdepasse")
    absence = AbsenceForm(
        request.POST if sent == "absence" else None,
        prefix="absence",
        colleagues=queries.replacements_for(actor, actor.membership),
    )
    done = _accepted(request, actor, sent, name, password, absence)
    if done:
        messages.success(request, done)
        if first:
            return redirect("hats" if "after_hat" in request.session else "my_work")
        return redirect("account")
    context = {
        "first": first,
        "name_form": name,
        "password_form": password,
        "absence_form": absence,
        "absences": queries.absences_of(actor, [actor.membership.pk]),
        "hat": actor.membership,
    }
    refused = any(form.errors for form in (name, password, absence))
    return render(request, "web/account.html", context, status=422 if refused else 200)


def _accepted(
    request: HttpRequest,
    actor: Actor,
    sent: str,
    name: NameForm,
    password: PasswordForm,
    absence: AbsenceForm,
) -> str:
    """Do what the sent form asks; gives the sentence to say, or nothing."""
    form: forms.Form | None = {"name": name, "password": password, "absence": absence}.get(sent)
    if form is None or not form.is_valid():
        return ""
    typed = form.cleaned_data
    if form is name:
        done = attempt(
            form,
            lambda: actions.change_own_name(actor, typed["first_name"], typed["last_name"]),
        )
        return _("Votre nom est enregistré.") if done else ""
    if form is password:
        user = attempt(form, lambda: actions.change_own_password(actor, typed["new"]))
        if user is None:
            return ""
        update_session_auth_hash(request, user)
        return _("Votre mot de passe est changé. Les autres sessions ouvertes sont fermées.")
    return _("L'absence est notée.") if accept_once(actor, form, lambda: _away(actor, form)) else ""


def _away(actor: Actor, form: forms.Form) -> str:
    typed = form.cleaned_data
    actions.record_absence(
        actor, actor.membership.pk, typed["replaced_by"], typed["starts_on"], typed["ends_on"]
    )
    return reverse("account")
