"""Coming in, changing hats, going out."""

from __future__ import annotations

from django.contrib.auth import login as begin_session
from django.contrib.auth import logout as end_session
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from filrouge.base.pages import actor_of
from filrouge.web import entry, queries
from filrouge.web.addresses import client_address
from filrouge.web.forms import LoginForm
from filrouge.web.middleware import HAT_KEY, worn_hats

pages = require_http_methods(["GET", "HEAD", "POST"])


def _wanted(request: HttpRequest) -> str:
    """The page asked for before signing in, if it is one of ours."""
    address = request.POST.get("next") or request.GET.get("next", "")
    ours = url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return address if ours else ""


@sensitive_post_parameters("password")
@login_not_required
@pages
def login(request: HttpRequest) -> HttpResponse:
    """Sign in; the refusal never says which of the two was wrong."""
    wanted = _wanted(request)
    if request.user.is_authenticated:
        return redirect(wanted or "my_work")
    form = LoginForm(request.POST or None, initial={"email": request.GET.get("compte", "")})
    status = 200
    if request.method == "POST":
        if form.is_valid():
            answer = _try(request, form, wanted)
            if answer is not None:
                return answer
        status = 422
    accounts = queries.demo_accounts()
    context = {
        "form": form,
        "next": wanted,
        "accounts": accounts,
        "demo_password": queries.DEMO_PASSWORD if accounts else "",
    }
    return render(request, "web/login.html", context, status=status)


def _try(request: HttpRequest, form: LoginForm, wanted: str) -> HttpResponse | None:
    email, now = form.cleaned_data["email"], timezone.now()
    address = client_address(request)
    if entry.is_held_back(email, address, now):
        form.add_error(
            None, _("Trop d'essais à la suite. Attendez un quart d'heure, puis recommencez.")
        )
        return None
    user = entry.sign_in(request, email, form.cleaned_data["password"], now)
    if user is None:
        form.add_error(None, _("L'adresse ou le mot de passe n'est pas juste."))
        return None
    begin_session(request, user)
    if len(worn_hats(request)) > 1:
        request.session["after_hat"] = wanted
        return redirect("hats")
    return redirect(wanted or "my_work")


@login_not_required
@require_GET
def login_without_hat(request: HttpRequest) -> HttpResponse:
    """The account is sound but holds no function today."""
    return render(request, "web/login_without_hat.html", status=403)


@require_POST
def logout(request: HttpRequest) -> HttpResponse:
    end_session(request)
    return redirect("login")


@pages
def hats(request: HttpRequest) -> HttpResponse:
    """Choose in which function to work; rights follow the hat."""
    worn = worn_hats(request)
    if request.method == "POST":
        chosen = next((hat for hat in worn if str(hat.pk) == request.POST.get("hat")), None)
        if chosen is not None:
            wanted = request.session.pop("after_hat", "")
            request.session[HAT_KEY] = str(chosen.pk)
            request.session.cycle_key()
            return redirect(wanted or "my_work")
    context = {"worn": worn, "current": actor_of(request).membership}
    return render(request, "web/hats.html", context)
