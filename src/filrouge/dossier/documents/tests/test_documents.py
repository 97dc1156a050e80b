"""What workers do with documents, and who may open them."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.storage import default_storage
from django.db import transaction
from django.http import Http404
from django.test import RequestFactory
from tests import world

from filrouge.base.access.actor import Actor
from filrouge.base.centres.models import Centre, Role
from filrouge.base.records import RuleBroken
from filrouge.base.trail import reading
from filrouge.dossier.documents import actions, queries, storage, views
from filrouge.dossier.documents.access import access_document, visible_to
from filrouge.dossier.documents.actions import Upload
from filrouge.dossier.documents.models import Document, DocumentKind, DocumentRequest
from filrouge.dossier.documents.tests.test_contents import docx, pdf, png
from filrouge.dossier.thread.models import Event
from filrouge.people.actions import give_mission
from filrouge.people.models import MissionKind, Person

TODAY = world.MONDAY.date()


@pytest.fixture
def person(centre: Centre) -> Person:
    return world.person(centre)


@pytest.fixture
def worker(centre: Centre, person: Person, system: Actor) -> Actor:
    """A social worker who follows the person."""
    actor = world.actor(centre, name="claire", team=world.service(centre))
    give_mission(system, person.pk, actor.membership, MissionKind.REFERENT)
    return actor


@pytest.fixture
def files(db: None) -> Iterator[set[str]]:
    """Names of the files that were stored before the test."""
    yield set(default_storage.names())  # type: ignore[attr-defined]


def stored(before: set[str]) -> set[str]:
    return set(default_storage.names()) - before  # type: ignore[attr-defined]


def received(actor: Actor, person: Person, **more: Any) -> Document:
    given: dict[str, Any] = {
        "upload": Upload("bail.pdf", pdf()),
        "kind": DocumentKind.LEASE,
        "title": "Bail rue des Tilleuls",
        "received_on": TODAY,
    }
    return actions.receive(actor, person.pk, **given | more)


def kept(actor: Actor, person: Person | None, kind: DocumentKind = DocumentKind.LETTER) -> Document:
    with transaction.atomic():
        return actions.keep_letter(
            actor, person, title="Accusé de réception", pdf=pdf(), subject_kind="claim",
            subject_id=uuid.uuid4(), kind=kind,
        )  # fmt: skip


def test_a_received_document_can_be_read_back_and_stands_on_the_thread(
    worker: Actor, person: Person
) -> None:
    document = received(worker, person)
    assert storage.read(document.stored_as) == pdf()
    assert document.media_type == "application/pdf"
    event = Event.objects.get(centre=worker.centre, person=person, kind="document_received")
    assert event.title == "Document reçu : Bail rue des Tilleuls"
    assert event.subject_id == document.pk


def test_a_received_document_answers_what_was_asked_of_its_kind(
    worker: Actor, person: Person
) -> None:
    asked = actions.ask(
        worker, person.pk, [(DocumentKind.LEASE, ""), (DocumentKind.PAYSLIP, "")],
        TODAY + timedelta(days=14),
    )  # fmt: skip
    document = received(worker, person)
    assert [r.kind for r in queries.open_requests(worker, person)] == [DocumentKind.PAYSLIP]
    assert DocumentRequest.objects.get(pk=asked[0].pk).answered_by == document


def test_what_is_still_valid_or_already_asked_is_not_asked_again(
    worker: Actor, person: Person
) -> None:
    received(worker, person)
    due = TODAY + timedelta(days=14)
    wanted = [(DocumentKind.LEASE, ""), (DocumentKind.IDENTITY, ""), (DocumentKind.IDENTITY, "")]
    assert [r.kind for r in actions.ask(worker, person.pk, wanted, due)] == [DocumentKind.IDENTITY]
    assert actions.ask(worker, person.pk, wanted, due) == []


def test_an_expired_document_is_asked_again(worker: Actor, person: Person) -> None:
    received(worker, person, received_on=date(2025, 1, 6), valid_until=date(2026, 3, 1))
    asked = actions.ask(worker, person.pk, [(DocumentKind.LEASE, "")], TODAY)
    assert [r.kind for r in asked] == [DocumentKind.LEASE]


def test_another_payslip_may_be_asked_by_its_month(worker: Actor, person: Person) -> None:
    received(worker, person, kind=DocumentKind.PAYSLIP)
    asked = actions.ask(worker, person.pk, [(DocumentKind.PAYSLIP, "février 2026")], TODAY)
    assert [r.detail for r in asked] == ["février 2026"]


def test_a_request_dropped_is_not_awaited_and_cannot_be_dropped_twice(
    worker: Actor, person: Person
) -> None:
    (asked,) = actions.ask(worker, person.pk, [(DocumentKind.LEASE, "")], TODAY)
    actions.drop_request(worker, asked.pk, "La personne est sans abri.")
    assert queries.open_requests(worker, person) == []
    with pytest.raises(RuleBroken):
        actions.drop_request(worker, asked.pk)


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"received_on": TODAY + timedelta(days=1)}, "received_on"),
        ({"valid_until": TODAY - timedelta(days=1)}, "valid_until"),
        ({"upload": Upload("bail.pdf", png())}, "upload"),
        ({"upload": Upload("bail.pdf", b"")}, "upload"),
        ({"title": " "}, "title"),
    ],
)
def test_a_refused_document_says_why_at_its_field_and_leaves_nothing(
    worker: Actor, person: Person, files: set[str], more: dict[str, Any], field: str
) -> None:
    with pytest.raises(ValidationError) as refused:
        received(worker, person, **more)
    assert list(refused.value.message_dict) == [field]
    assert stored(files) == set()
    assert not Document.objects.filter(centre=worker.centre).exists()


def test_the_same_file_twice_is_told_with_the_first_one(worker: Actor, person: Person) -> None:
    received(worker, person)
    with pytest.raises(ValidationError, match="Bail rue des Tilleuls"):
        received(worker, person, title="Encore le bail")


def test_a_failed_transaction_leaves_no_file(
    worker: Actor, person: Person, files: set[str]
) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        kept(worker, person)
        assert len(stored(files)) == 1
        raise RuntimeError
    assert stored(files) == set()


@pytest.mark.django_db(transaction=True)
def test_a_committed_file_stays(centre: Centre) -> None:
    document = kept(world.system(centre), None)
    assert storage.read(document.stored_as) == pdf()


def test_expiry_is_announced_unless_a_later_document_replaces_it(
    worker: Actor, person: Person
) -> None:
    soon = received(worker, person, valid_until=TODAY + timedelta(days=20))
    assert queries.expiring(worker, person, TODAY) == [soon]
    received(worker, person, upload=Upload("nouveau.docx", docx()))
    assert queries.expiring(worker, person, TODAY) == []


def test_what_is_missing_keeps_the_order_asked(worker: Actor, person: Person) -> None:
    received(worker, person)
    needed = [DocumentKind.PAYSLIP, DocumentKind.LEASE, DocumentKind.IDENTITY]
    assert queries.missing(worker, person, needed, TODAY) == [needed[0], needed[2]]
    assert queries.missing(worker, person, needed, TODAY - timedelta(days=1)) == needed


OPENERS = {
    "document": {Role.DIRECTOR_GENERAL, Role.SYSTEM},
    "letter": {Role.DIRECTOR_GENERAL, Role.SYSTEM, Role.SECRETARIAT},
    "session": {
        Role.DIRECTOR_GENERAL, Role.SYSTEM, Role.SECRETARIAT, Role.COUNCILLOR, Role.PRESIDENT,
    },
}  # fmt: skip


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("sort", list(OPENERS))
def test_who_opens_what_without_a_mission(
    worker: Actor, person: Person, centre: Centre, role: Role, sort: str
) -> None:
    document = {
        "document": lambda: received(worker, person),
        "letter": lambda: kept(worker, person),
        "session": lambda: kept(worker, None, DocumentKind.MINUTES),
    }[sort]()
    reader = world.actor(centre, role, name=f"lecteur {role}")
    listed = visible_to(reader).filter(pk=document.pk).exists()
    assert listed == (role in OPENERS[sort])
    if listed:
        assert access_document(reader, document.pk) == document
    else:
        with pytest.raises(PermissionDenied):
            access_document(reader, document.pk)


def test_a_document_of_another_centre_does_not_exist(
    worker: Actor, person: Person, other_centre: Centre
) -> None:
    document = received(worker, person)
    with pytest.raises(Http404):
        access_document(world.system(other_centre), document.pk)
    assert not visible_to(world.system(other_centre)).exists()


def test_opening_a_document_is_noted_as_such(worker: Actor, person: Person) -> None:
    document = received(worker, person)
    with reading.gathering() as gathered:
        access_document(worker, document.pk)
    assert gathered.opened == {person.pk}
    assert (gathered.subject_kind, gathered.subject_id) == ("document", document.pk)


def opened(actor: Actor, document: Document) -> Any:
    request = RequestFactory().get(f"/documents/{document.pk}/")
    request.actor = actor  # type: ignore[attr-defined]
    return views.open_document(request, document.pk)


def test_a_pdf_is_shown_and_an_office_file_is_saved(worker: Actor, person: Person) -> None:
    shown = opened(worker, received(worker, person))
    assert shown.content == pdf()
    assert shown["Content-Disposition"] == 'inline; filename="bail-rue-des-tilleuls.pdf"'
    assert shown["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in shown["Cache-Control"]
    saved = opened(worker, received(worker, person, upload=Upload("bail.docx", docx())))
    assert saved["Content-Disposition"].startswith("attachment")
