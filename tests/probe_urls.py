"""The real addresses, and a few views that do what no view may do."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from filrouge.base.centres.models import Service
from filrouge.base.trail import reading
from filrouge.people.models import Person


def writes(request: HttpRequest) -> HttpResponse:
    """A GET that changes a record."""
    Service.objects.filter(centre_id=request.actor.centre_id).update(name="écrit")  # type: ignore[attr-defined]
    return HttpResponse("fait")


def shows(request: HttpRequest) -> HttpResponse:
    """A page that shows somebody."""
    person = Person.objects.filter(centre_id=request.actor.centre_id).order_by("id")[0]  # type: ignore[attr-defined]
    reading.note_opened(person.pk)
    return HttpResponse(f"dossier de {person.full_name}")


def shows_and_fails(request: HttpRequest) -> HttpResponse:
    shows(request)
    raise RuntimeError("after reading")


def visits(request: HttpRequest) -> HttpResponse:
    """A page that keeps something in the session."""
    request.session["seen"] = "oui"
    return HttpResponse("vu")


urlpatterns = [
    path("essai/ecrit/", writes),
    path("essai/montre/", shows),
    path("essai/montre-et-echoue/", shows_and_fails),
    path("essai/visite/", visits),
    path("", include("filrouge.web.urls")),
]
handler500 = "filrouge.web.errors.failed"
