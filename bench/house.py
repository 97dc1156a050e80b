"""The people who open the measured pages, and one file with everything on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from filrouge.base.access.actor import Actor
from filrouge.base.centres.models import Membership, Role
from filrouge.claims import actions as claims
from filrouge.claims import queries
from filrouge.claims.models import CONDITIONS, Aid, Channel, Claim, Result
from filrouge.dossier.documents.models import Document, DocumentKind, DocumentRequest
from filrouge.dossier.thread.actions import add_note
from filrouge.dossier.thread.models import Audience, Nature
from filrouge.law.case import IncomeKind
from filrouge.people import actions as people
from filrouge.people.models import Mission, Person

FULL = "Wallerand"
"""Family name of the person whose file holds everything."""
NOTES = 45


@dataclass(frozen=True, slots=True)
class House:
    """Who opens what."""

    worker: Membership
    head: Membership
    person: Person
    """The full file."""
    claim: Claim
    usual: Person
    """A file like most of those of the worker."""
    people: int


def find() -> House:
    """The house of the database at hand; the full file is made on first use."""
    worker = _busiest(Role.SOCIAL_WORKER)
    head = Membership.objects.filter(
        role=Role.HEAD_OF_SERVICE, service_id=worker.service_id
    ).select_related("user").order_by("id")[0]  # fmt: skip
    actor = Actor(membership=worker, now=timezone.now())
    person = Person.objects.filter(centre_id=worker.centre_id, last_name=FULL).first()
    if person is None:
        with transaction.atomic():
            person = _full_file(actor)
    usual = (
        Person.objects.filter(missions__membership=worker, missions__ends_on__isnull=True)
        .exclude(pk=person.pk)
        .order_by("sort_key")[10]
    )
    return House(
        worker=worker,
        head=head,
        person=person,
        claim=Claim.objects.get(centre_id=worker.centre_id, person=person),
        usual=usual,
        people=Person.objects.filter(centre_id=worker.centre_id).count(),
    )


def _busiest(role: Role) -> Membership:
    """The hat with most files in hand that somebody of its own service leads."""
    hats = Membership.objects.filter(role=role, service__isnull=False).select_related(
        "user", "centre"
    )
    heads = set(
        Membership.objects.filter(role=Role.HEAD_OF_SERVICE).values_list("service_id", flat=True)
    )
    return max(
        (hat for hat in hats.order_by("id") if hat.service_id in heads),
        key=lambda hat: Mission.objects.filter(membership=hat, ends_on__isnull=True).count(),
    )


def _full_file(actor: Actor) -> Person:
    """More knots than a page shows, a household of five, papers, a frozen computation."""
    start = actor.later(days=-20)
    identity = {"last_name": FULL, "first_name": "Ophélie", "sex": "f", "interpreter": True,
                "spoken_languages": "français, arabe"}  # fmt: skip
    person = people.register_person(start, identity)
    request = claims.Request(start.today, Channel.COUNTER, (Aid.RIS,), words="Je n'ai plus rien.")
    (claim,) = claims.register(start, person.pk, request)
    claims.open_inquiry(start, claim.pk)
    for rank in range(4):
        child = {"first_name": f"Enfant{rank}", "last_name": FULL, "relation": "child",
                 "birth_date": start.today - timedelta(days=365 * (rank + 3)), "dependent": True,
                 "starts_on": start.today}  # fmt: skip
        people.add_household_member(start, person.pk, child)
    wage = {"kind": IncomeKind.WAGE.value, "amount_cents": 60_000, "starts_on": start.today}
    people.add_income(start, person.pk, wage)
    drafts = [claims.FindingDraft(key, Result.MET, "Vu les pièces.") for key in CONDITIONS]
    claims.record_findings(start, claim.pk, drafts)
    _papers(start, person)
    case = queries.case_for(start, claim, start.today)
    claims.freeze_entitlement(start, claim.pk, case, "Une personne avec enfants à charge.")
    for rank in range(NOTES):
        add_note(start.later(hours=rank), person.pk, f"Entretien {rank}", "Ce qui a été dit. " * 8,
                 Audience.TEAM, Nature.WORKING_NOTE)  # fmt: skip
    return person


def _papers(actor: Actor, person: Person) -> None:
    kinds = [kind for kind in DocumentKind if kind not in ("letter", "minutes")]
    Document.objects.bulk_create(
        Document(
            centre=actor.centre, person=person, kind=kind, title=str(kind.label),
            received_on=actor.today, valid_until=actor.today + timedelta(days=90),
            media_type="application/pdf", size=1000, digest="0" * 64,
            stored_as=f"bench/{person.pk}/{kind.value}", added_by=actor.membership, added_at=actor.now,
        )
        for kind in kinds[:12]
    )  # fmt: skip
    DocumentRequest.objects.bulk_create(
        DocumentRequest(
            centre=actor.centre, person=person, kind=kind, asked_on=actor.today,
            due_on=actor.today + timedelta(days=15), asked_by=actor.membership,
        )
        for kind in kinds[12:16]
    )  # fmt: skip
