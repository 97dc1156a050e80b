"""A point: its sheet, and every act on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from filrouge.base.access.actor import Actor
from filrouge.base.access.rules import Permission
from filrouge.base.centres.models import PaymentRhythm
from filrouge.base.centres.submissions import once
from filrouge.base.pages import accept_once, actor_of
from filrouge.base.records import RuleBroken
from filrouge.council import actions, queries, states
from filrouge.council.access import access_item
from filrouge.council.forms import (
    ActForm,
    FollowForm,
    HearForm,
    OtherwiseForm,
    ReasonForm,
    RescheduleForm,
    WithdrawForm,
)
from filrouge.council.models import AgendaItem, Measure
from filrouge.council.queries import SheetPage
from filrouge.council.states import ItemStage, Stage
from filrouge.council.views.shared import ITEM_LEVELS, crumbs, pages, session_step, shown
from filrouge.law.explained import figure_lines


def _follow(actor: Actor, item: AgendaItem, form: FollowForm) -> None:
    actions.decide(actor, item.pk, follows_proposal=True, **form.votes())


def _otherwise(actor: Actor, item: AgendaItem, form: OtherwiseForm) -> None:
    actions.decide(actor, item.pk, follows_proposal=False, **form.ruling(), **form.votes())


def _adjourn(actor: Actor, item: AgendaItem, form: ReasonForm) -> None:
    given = form.cleaned_data
    actions.adjourn(actor, item.pk, given["reason"], version=given["version"])


def _hear(actor: Actor, item: AgendaItem, form: HearForm) -> None:
    given = form.cleaned_data
    actions.adjourn(actor, item.pk, given["reason"], True, version=given["version"])


def _withdraw(actor: Actor, item: AgendaItem, form: WithdrawForm) -> None:
    given = form.cleaned_data
    actions.withdraw_member(actor, item.pk, UUID(given["membership"]), given["reason"])


def _remove(actor: Actor, item: AgendaItem, form: ReasonForm) -> None:
    given = form.cleaned_data
    actions.remove_item(actor, item.pk, given["reason"], given["version"])


def _reschedule(actor: Actor, item: AgendaItem, form: RescheduleForm) -> None:
    given = form.cleaned_data
    actions.reschedule(actor, item.pk, UUID(given["session"]), given["urgent_reason"])


def _consult(actor: Actor, item: AgendaItem, form: ReasonForm) -> None:
    actions.ask_consultation(actor, item.pk, form.cleaned_data["reason"])


def _deciding(actor: Actor, page: SheetPage) -> bool:
    return states.may(actor, page.item.session, "hold") and page.stage is ItemStage.TO_DECIDE


def _withdrawing(actor: Actor, page: SheetPage) -> bool:
    return states.may(actor, page.item.session, "withdraw") and bool(page.may_withdraw)


def _removing(actor: Actor, page: SheetPage) -> bool:
    return states.may(actor, page.item.session, "remove") and page.stage is ItemStage.TO_DECIDE


def _rescheduling(actor: Actor, page: SheetPage) -> bool:
    return bool(page.other_sessions)


def _consulting(actor: Actor, page: SheetPage) -> bool:
    convened = page.session_stage in (Stage.CONVENED, Stage.OPEN)
    about_someone = page.item.person_id is not None
    may = actor.may(Permission.CONSULTATION_ASK)
    return may and convened and about_someone and page.consultation is None


@dataclass(frozen=True, slots=True)
class Act:
    """What may be done about a point: its key, its words, its form, and when it is offered."""

    slug: str
    key: str
    label: str | Promise
    help: str | Promise
    submit: str | Promise
    done: str | Promise
    form: type[ActForm]
    run: Callable[[Actor, AgendaItem, Any], None]
    offered: Callable[[Actor, SheetPage], bool]
    goes_on: bool = False
    """Whether the next point to decide follows at once."""


ACTS = (
    Act(
        "suivre", "s", _("Suivre la proposition"),
        _("La fiche figée devient la décision, avec ses motifs."),
        _("Décider comme proposé"), _("Décidé comme proposé."),
        FollowForm, _follow, _deciding, goes_on=True,
    ),
    Act(
        "autrement", "a", _("Décider autrement"),
        _("La proposition est reprise : changez ce qui diffère et écrivez pourquoi."),
        _("Décider autrement"), _("Décidé autrement que proposé."),
        OtherwiseForm, _otherwise, _deciding, goes_on=True,
    ),
    Act(
        "reporter", "r", _("Reporter"),
        _("Le délai de décision continue de courir."),
        _("Reporter le point"), _("Point reporté : le délai continue de courir."),
        ReasonForm, _adjourn, _deciding, goes_on=True,
    ),
    Act(
        "entendre", "e", _("Entendre d'abord"),
        _("Le point revient après l'audition ; le délai de décision continue de courir."),
        _("Reporter pour entendre"), _("Point reporté pour entendre la personne."),
        HearForm, _hear, _deciding, goes_on=True,
    ),
    Act(
        "retrait", "", _("Un membre se retire"),
        _("En cas de conflit d'intérêts : ni fiche, ni vote sur ce point."),
        _("Noter le retrait"), _("Le retrait est noté."),
        WithdrawForm, _withdraw, _withdrawing,
    ),
    Act(
        "retirer", "", _("Retirer de l'ordre du jour"),
        _("Le délai de décision continue de courir."),
        _("Retirer le point"), _("Le point est retiré de l'ordre du jour."),
        ReasonForm, _remove, _removing,
    ),
    Act(
        "inscrire", "", _("Inscrire à une autre séance"),
        _("La même fiche passe à l'ordre du jour de la séance choisie."),
        _("Inscrire"), _("Le point est à l'ordre du jour."),
        RescheduleForm, _reschedule, _rescheduling,
    ),
    Act(
        "consulter", "c", _("Demander à consulter le dossier"),
        _("Le directeur général répond ; la consultation se fait sur place et laisse une trace."),
        _("Demander"), _("La demande est envoyée au directeur général."),
        ReasonForm, _consult, _consulting,
    ),
)  # fmt: skip


@pages
def item(request: HttpRequest, item_id: UUID) -> HttpResponse:
    """The sheet of a point; ``?acte=`` opens the form of an act on it."""
    actor = actor_of(request)
    point = access_item(actor, item_id)
    page = queries.sheet_page(actor, point)
    offered = [act for act in ACTS if act.offered(actor, page)]
    chosen = next((act for act in offered if act.slug == request.GET.get("acte")), None)
    form = chosen.form(request.POST or None, page=page) if chosen else None
    if request.method == "POST":
        if chosen is None or form is None:
            return redirect(_too_late(request, actor, point))
        address = _done(actor, point, page, chosen, form) if form.is_valid() else None
        if address is not None:
            messages.success(request, str(chosen.done))
            return redirect(address)
    context = _context(page) | {"acts": offered, "chosen": chosen, "form": form}
    return shown(request, "council/item.html", context, *([form] if form else []))


def _too_late(request: HttpRequest, actor: Actor, point: AgendaItem) -> str:
    """Where to go when an act is not offered any more: a second click follows the first."""

    def refuse() -> str:
        raise RuleBroken(str(_("Ceci n'est plus possible : voyez où en est le point.")))

    key = request.POST.get("submission_key", "")
    try:
        return once(centre_id=actor.centre_id, user_id=actor.user.pk, key=key, action=refuse)
    except RuleBroken as refusal:
        messages.error(request, refusal.messages[0])
        return reverse("council:item", args=[point.pk])


def _done(actor: Actor, point: AgendaItem, page: SheetPage, act: Act, form: ActForm) -> str | None:
    def run() -> str:
        act.run(actor, point, form)
        return _after(actor, point) if act.goes_on else reverse("council:item", args=[point.pk])

    return accept_once(actor, form, run)


def _after(actor: Actor, point: AgendaItem) -> str:
    """The next point to decide, or the agenda when there is none."""
    following = queries.next_to_decide(actor, point)
    if following is None:
        return reverse("council:session", args=[point.session_id])
    return reverse("council:item", args=[following.pk])


def _context(page: SheetPage) -> dict[str, Any]:
    name = page.sheet["initials"]
    return {
        "page": page,
        "session": page.item.session,
        "sheet": page.sheet,
        "dates": page.own_dates,
        "measure": Measure(page.sheet["measure"]).label,
        "rhythm": _rhythm(page.sheet["rhythm"]),
        "lines": figure_lines(page.sheet["calculation"]),
        "level": ITEM_LEVELS[page.stage],
        "crumbs": crumbs(session_step(page.item.session), (name, "")),
    }


def _rhythm(value: str) -> str:
    return str(PaymentRhythm(value).label) if value else ""


@require_POST
def move(request: HttpRequest, item_id: UUID, way: str) -> HttpResponse:
    """Treat a point earlier or later in the agenda."""
    act = {"monter": actions.move_up, "descendre": actions.move_down}[way]
    moved = act(actor_of(request), item_id)
    return redirect("council:session", session_id=moved.session_id)
