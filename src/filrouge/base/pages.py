"""What every view does: who asks, a form sent once, a draft that was kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Protocol

from django import forms
from django.http import HttpRequest
from django.utils.dateparse import parse_date

from filrouge.base.access.actor import Actor
from filrouge.base.centres.submissions import once
from filrouge.base.forms import attempt


def actor_of(request: HttpRequest) -> Actor:
    """The signed-in user in the hat they wear; every page but the public ones has one."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def accept_once(actor: Actor, form: forms.Form, action: Callable[[], str]) -> str | None:
    """Run what a ``CreatingForm`` asks, once however often it is sent.

    *action* makes the record and returns the address to go to. Gives that address, or ``None``
    when a rule refused: its sentences are then on the form.
    """
    key = form.cleaned_data.get("submission_key", "")

    def run() -> str:
        return once(centre_id=actor.centre_id, user_id=actor.user.pk, key=key, action=action)

    return attempt(form, run)


class Drafts(Protocol):
    """Where half-filled forms wait; the shell puts one on each request."""

    def kept(self, key: str) -> Mapping[str, Sequence[str]] | None: ...

    def forget(self, key: str) -> None: ...


def drafts_of(request: HttpRequest) -> Drafts:
    """The drafts of the signed-in user (``data-draft`` on a form saves under the same key)."""
    drafts: Drafts = request.drafts  # type: ignore[attr-defined]
    return drafts


def day_in(request: HttpRequest, name: str, otherwise: date) -> date:
    """The day that the address carries (``?au=2026-03-18``); *otherwise* when there is none."""
    try:
        return parse_date(request.GET.get(name, "")) or otherwise
    except ValueError:
        return otherwise
