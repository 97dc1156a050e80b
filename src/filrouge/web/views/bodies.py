"""The deciding bodies and their seats, set up by the administrator."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from filrouge.base.access.actor import Actor
from filrouge.base.access.rules import Permission
from filrouge.base.forms import attempt, facts
from filrouge.base.pages import accept_once
from filrouge.council import actions, seating
from filrouge.council.access import access_body, access_seat
from filrouge.council.forms import BodyForm, NewSeatForm, SeatForm
from filrouge.council.models import Body, Seat
from filrouge.web.views.centre import administrator, pages, settings_tabs


@pages
def bodies(request: HttpRequest) -> HttpResponse:
    """The bodies that decide, who sits in each, and a form to add one."""
    actor = administrator(request)
    form = BodyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        address = accept_once(actor, form, lambda: _created(actor, form))
        if address is not None:
            messages.success(request, _("L'organe est créé. Dites maintenant qui y siège."))
            return redirect(address)
    context = {
        "tabs": settings_tabs("settings_bodies"),
        "form": form,
        "rows": [
            {"body": body, "seats": _told(actor, seats)}
            for body, seats in seating.bodies_with_seats(actor)
        ],
    }
    return render(request, "web/settings_bodies.html", context, status=422 if form.errors else 200)


def _created(actor: Actor, form: BodyForm) -> str:
    return _address(actions.create_body(actor, **facts(form)))


def _address(body: Body) -> str:
    return reverse("settings_body", args=[body.pk])


def _told(actor: Actor, seats: list[Seat]) -> list[dict[str, Any]]:
    return [{"seat": seat, "sits": seat.sits(actor.today)} for seat in seats]


@pages
def body(request: HttpRequest, body_id: UUID) -> HttpResponse:
    """One body: its name and rules, its seats, a form to add one."""
    actor = administrator(request)
    found = access_body(actor, body_id, Permission.SETTINGS)
    members = seating.may_sit(actor)
    sent = request.POST.get("what", "") if request.method == "POST" else ""
    rules = BodyForm(
        request.POST if sent == "body" else None,
        prefix="body",
        initial={"name": found.name, "kind": found.kind, "casting_vote": found.casting_vote},
    )
    seat = NewSeatForm(
        request.POST if sent == "seat" else None,
        prefix="seat",
        members=members,
        initial={"starts_on": actor.today},
    )
    done = _accepted(actor, found, sent, rules, seat)
    if done:
        messages.success(request, done)
        return redirect("settings_body", body_id)
    seats = next(rows for one, rows in seating.bodies_with_seats(actor) if one.pk == body_id)
    context = {
        "tabs": settings_tabs("settings_bodies"),
        "body": found,
        "seats": _told(actor, seats),
        "may_sit": bool(members),
        "body_form": rules,
        "seat_form": seat,
    }
    refused = rules.errors or seat.errors
    return render(request, "web/settings_body.html", context, status=422 if refused else 200)


def _accepted(actor: Actor, found: Body, sent: str, rules: BodyForm, seat: NewSeatForm) -> str:
    """Do what the sent form asks; gives the sentence to say, or nothing."""
    if sent == "body" and rules.is_valid():
        changed = attempt(rules, lambda: actions.change_body(actor, found.pk, **facts(rules)))
        return _("L'organe est enregistré.") if changed else ""
    if sent == "seat" and seat.is_valid():
        return _("Le siège est enregistré.") if _seated(actor, found, seat) else ""
    return ""


def _seated(actor: Actor, found: Body, form: NewSeatForm) -> str | None:
    typed = facts(form)
    typed["membership_id"] = typed.pop("membership")

    def act() -> str:
        actions.give_seat(actor, found.pk, **typed)
        return _address(found)

    return accept_once(actor, form, act)


@pages
def seat(request: HttpRequest, seat_id: UUID) -> HttpResponse:
    """One seat: its days, who presides; taken back when it was given by mistake."""
    actor = administrator(request)
    found = access_seat(actor, seat_id, Permission.SETTINGS)
    undone = request.method == "POST" and "remove" in request.POST
    form = SeatForm(
        None if undone else request.POST or None,
        initial={
            "starts_on": found.starts_on, "ends_on": found.ends_on, "presides": found.presides,
        },
    )  # fmt: skip
    if undone:
        actions.remove_seat(actor, seat_id)
        messages.success(request, _("Le siège est retiré."))
        return redirect(_address(found.body))
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        if attempt(form, lambda: actions.change_seat(actor, seat_id, **typed)):
            messages.success(request, _("Le siège est enregistré."))
            return redirect(_address(found.body))
    context = {"tabs": settings_tabs("settings_bodies"), "seat": found, "form": form}
    context["served"] = seating.last_served(found)
    return render(request, "web/settings_seat.html", context, status=422 if form.errors else 200)
