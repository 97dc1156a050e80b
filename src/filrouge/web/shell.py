"""What every page shows around its content: the house's name, the menu, the account."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from filrouge import __version__
from filrouge.base.access.actor import Actor
from filrouge.base.access.rules import Permission


def _entries(actor: Actor) -> list[tuple[str, str, bool]]:
    """Menu lines: label, address, whether the hat has any use of it."""
    may = actor.may
    return [
        (_("Mon travail"), reverse("my_work"), True),
        (_("Équipe"), reverse("team_work"), may(Permission.TEAM_QUEUE)),
        (_("Personnes"), reverse("people:list"), may(Permission.IDENTITY_READ)),
        (_("Demandes"), reverse("claims:list"), may(Permission.CLAIM_READ)),
        (_("Registre"), reverse("claims:register"), may(Permission.REGISTER_READ)),
        (_("Conseil"), reverse("council:sessions"), may(Permission.AGENDA_READ)),
        (_("Paiements"), reverse("claims:payments"), may(Permission.PAYMENT_READ)),
        (_("La loi"), reverse("lawbook:parameters"), True),
        (_("Le centre"), reverse("settings"), may(Permission.SETTINGS)),
    ]


def navigation(request: HttpRequest, actor: Actor) -> list[dict[str, Any]]:
    entries = [(label, url) for label, url, useful in _entries(actor) if useful]
    if actor.user.must_change_password:
        return []
    home = reverse("my_work")
    longest = max(
        (
            url
            for _label, url in entries
            if request.path == url or (url != home and request.path.startswith(url))
        ),
        key=len,
        default="",
    )
    return [{"label": label, "url": url, "current": url == longest} for label, url in entries]


def places(request: HttpRequest, actor: Actor) -> list[tuple[str, str, str]]:
    """Pages and actions that the search finds: label, what it is, address."""
    pages = [(label, _("page"), url) for label, url, useful in _entries(actor) if useful]
    acts = [
        (
            _("Ouvrir un dossier pour une nouvelle personne"),
            "people:new",
            Permission.IDENTITY_WRITE,
        ),
        (_("Enregistrer une demande"), "new_request", Permission.CLAIM_REGISTER),
    ]
    pages += [(label, _("action"), reverse(name)) for label, name, need in acts if actor.may(need)]
    pages += [
        (_("Mon compte : mot de passe, absences"), _("page"), reverse("account")),
        (_("Aide et raccourcis du clavier"), _("page"), reverse("help")),
        (_("Déclaration d'accessibilité"), _("page"), reverse("accessibility")),
    ]
    if len(getattr(request, "hats", [])) > 1:
        pages.append((_("Changer de fonction"), _("action"), reverse("hats")))
    return pages


def account(request: HttpRequest, actor: Actor) -> dict[str, Any]:
    hats = getattr(request, "hats", [])
    links = [{"label": _("Mon compte et mes absences"), "url": reverse("account")}]
    if len(hats) > 1:
        links.insert(0, {"label": _("Changer de fonction"), "url": reverse("hats")})
    return {
        "name": actor.user.get_short_name(),
        "roles": [str(actor.role.label)] + ([actor.service.name] if actor.service else []),
        "links": [] if actor.user.must_change_password else links,
        "logout_url": reverse("logout"),
    }


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context processor of the frame; a signed-out page gets the bare frame."""
    actor: Actor | None = getattr(request, "actor", None)
    common = {"filrouge_version": __version__}
    if actor is None:
        return common
    return {
        **common,
        "actor": actor,
        "today": actor.today,
        "centre_name": actor.centre.short_name,
        "navigation": navigation(request, actor),
        "account": account(request, actor),
    }
