"""Who gets in where: every address × every function × inside or outside × own or other centre.

``PAGES`` holds one line per address. A line says who passes, by letter: first those who pass on
any record of their centre, then, after ``+``, those who pass only from inside: social workers
and insertion agents with a mission on the file, heads of service for the files of their service
(or with a mission), councillors and presidents with a seat in the body.

An address without a line fails, and so does a line without an address. Whatever the function, a
record of another centre does not exist (404), and nobody passes without signing in.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django.plugin import DjangoDbBlocker

    from filrouge.base.centres.models import Membership

pytestmark = pytest.mark.django_db

ROLES = {
    "R": "receptionist",
    "W": "social_worker",
    "I": "insertion_agent",
    "H": "head_of_service",
    "S": "secretariat",
    "C": "councillor",
    "P": "president",
    "D": "director_general",
    "F": "financial_director",
    "A": "administrator",
}
EVERYONE = "".join(ROLES)
FILE = "D+WIH"
"""Whoever reads a file."""
CLAIM = "SD+WH"
"""Whoever reads a request."""
SHEET = "SD+CP"
"""Whoever reads a session and its sheets."""


@dataclass(frozen=True)
class Page:
    """One address. ``get`` and ``post``: who passes; ``None``: the method is not allowed (405).

    ``post`` is sent without data (or with *body*): it says who gets past the door, not that
    what they send would be accepted.
    """

    get: str | None = None
    post: str | None = None
    records: tuple[str, ...] = ()
    """Keys of ``World.records``, or the words of the address as they are."""
    status: int = 200
    """What who passes sees on GET."""
    public: bool = False
    body: tuple[tuple[str, str], ...] = ()
    hidden: bool = True
    """False: who passes nowhere is refused (403) before anything is looked for, in any centre."""


def record(name: str, get: str | None = None, post: str | None = None, **more: Any) -> Page:
    return Page(get, post, (name,), **more)


def steps(name: str, *acts: tuple[str, str]) -> dict[str, Page]:
    return {
        f"claims:act {step}/{act}": Page(None, who, (name, step, act))
        for act, who in acts
        for step in [STEP_OF[act]]
    }


STEP_OF = {
    "ouvrir": "demande", "constater": "enquete", "besoin": "enquete", "visiter": "enquete",
    "demander": "enquete", "figer": "calcul", "proposer": "proposition",
    "approuver": "proposition", "renvoyer": "proposition", "reprendre": "proposition",
    "inscrire": "conseil", "preparer": "notification", "envoyer": "notification",
    "recours": "notification",
}  # fmt: skip
CHAIR = (("membership", "00000000-0000-7000-8000-000000000000"), ("act", "chair"))

PAGES: dict[str, Page] = {
    # the shell
    "my_work": Page(EVERYONE),
    "team_work": Page("H", "H"),
    "search": Page(EVERYONE),
    "new_request": Page("RWH"),
    "login": Page(EVERYONE, EVERYONE, public=True, status=302),
    "login_without_hat": Page(EVERYONE, public=True, status=403),
    "logout": Page(None, EVERYONE),
    "hats": Page(EVERYONE, EVERYONE),
    "account": Page(EVERYONE, EVERYONE),
    "help": Page(EVERYONE, public=True),
    "accessibility": Page(EVERYONE, public=True),
    "healthz": Page(EVERYONE, public=True),
    "draft": Page(None, EVERYONE, ("une-cle",)),
    "styleguide": Page(EVERYONE, status=404),
    # the centre
    "settings": Page("A", "A"),
    "settings_services": Page("A", "A"),
    "settings_users": Page("A", "A"),
    "settings_hat": record("hat", "A", "A", hidden=False),
    "settings_password": record("hat", "A", "A", hidden=False),
    "settings_bodies": Page("A", "A"),
    "settings_body": record("body", "A", "A", hidden=False),
    "settings_seat": record("seat", "A", "A", hidden=False),
    # people
    "people:list": Page("RWIHSD"),
    "people:export": Page("WHSD"),
    "people:new": Page("RWIH", "RWIH"),
    "people:duplicates": Page("RWIH", "RWIH"),
    "people:person": record("person", "RWIHSD"),
    "people:edit": record("person", "RWH+I", "RWH+I"),
    "people:household": record("person", FILE, FILE),
    "people:resources": record("person", FILE, FILE),
    "people:followers": record("person", "DH+WI", "H"),
    "people:note": record("person", "+WIH", "+WIH"),
    "people:readers": record("person", FILE),
    # documents
    "documents:list": record("person", FILE),
    "documents:add": record("person", "+WIH", "+WIH"),
    "documents:open": record("letter", "SD+WIH"),
    "documents:open paper": record("paper", FILE),
    "documents:drop": record("request", None, "+WIH"),
    # requests
    "claims:list": Page("WHSD"),
    "claims:export": Page("WHSD"),
    "claims:register": Page("RWHSD"),
    "claims:payments": Page("DF"),
    "claims:new": record("person", "RWH", "RWH"),
    "claims:claim": record("claim", CLAIM, status=302),
    "claims:step demande": Page(CLAIM, None, ("claim", "demande")),
    "claims:step enquete": Page(CLAIM, None, ("claim", "enquete")),
    "claims:step calcul": Page(CLAIM, None, ("claim", "calcul")),
    "claims:step proposition": Page(CLAIM, None, ("claim", "proposition")),
    "claims:step conseil": Page(CLAIM, None, ("claim", "conseil")),
    "claims:step notification": Page(CLAIM, None, ("claim", "notification")),
    "claims:step inquiry": Page(CLAIM, None, ("urgent", "enquete")),
    "claims:assign": record("claim", "H", "H"),
    "claims:transfer": record("claim", "D+H", "D+H"),
    "claims:withdraw": record("claim", "+WH", "+WH"),
    "claims:urgent": record("urgent", "P", "P"),
    "claims:sign": record("claim", "PD", "PD"),
    "claims:pay": record("claim", "DF", "DF"),
    "claims:preview": record("claim", "SPD"),
    "claims:receipt": record("claim", "RWH"),
    **steps(
        "claim",
        ("ouvrir", "+WH"), ("constater", CLAIM), ("besoin", CLAIM), ("visiter", CLAIM),
        ("demander", CLAIM), ("figer", CLAIM), ("proposer", CLAIM), ("approuver", "+H"),
        ("renvoyer", CLAIM), ("reprendre", "+WH"), ("inscrire", CLAIM), ("preparer", "SD"),
        ("envoyer", CLAIM), ("recours", CLAIM),
    ),
    # the council
    "council:sessions": Page("SCPD"),
    "council:new_session": Page("SD", "SD"),
    "council:session": record("held", SHEET),
    "council:convene": record("held", None, "SD"),
    "council:open_session": record("convened", "SD", "SD"),
    "council:presence": record("held", None, "SD", body=CHAIR),
    "council:close_session": record("held", None, "SD"),
    "council:minutes": record("held", SHEET, "D"),
    "council:approve_minutes": record("held", None, "SD"),
    "council:sign_minutes": record("held", None, "D+P"),
    "council:minutes_pdf": record("held", SHEET),
    "council:item": record("item", SHEET, SHEET),
    "council:move_up": record("item", None, "SD"),
    "council:move_down": record("item", None, "SD"),
    "council:consultations": Page("CPD"),
    "council:answer": record("consultation", "D", "D"),
    "council:on_site": record("consultation", None, "D"),
    # the law
    "lawbook:parameters": Page(EVERYONE),
    "lawbook:export": Page(EVERYONE),
    "lawbook:parameter": Page(EVERYONE, None, ("ris.amount.monthly",)),
    "lawbook:compare": Page(EVERYONE),
    "lawbook:trial": Page(EVERYONE),
    "lawbook:trial_export": Page(EVERYONE),
    "lawbook:add": Page("A", "A"),
    "lawbook:choices": Page(EVERYONE, "A"),
}  # fmt: skip


def name_of(line: str) -> str:
    """The address of a line; what follows the name only tells lines apart."""
    return line.partition(" ")[0]


KEYS = {
    "person", "claim", "urgent", "paper", "letter", "request", "held", "convened", "item",
    "consultation", "hat", "body", "seat",
}  # fmt: skip
"""What ``furnish`` puts in each centre."""
EVENING = datetime(2026, 3, 24, 20, 0, tzinfo=ZoneInfo("Europe/Brussels"))
"""After the session at which the request of the world was decided."""


# --- the small world, built once through the actions ---------------------------------------


@dataclass
class Visitor:
    """Somebody at the door: a function, and whether they stand inside."""

    letter: str
    title: str
    inside: bool
    membership: Membership
    session: str = ""
    """Key of the browser's session, begun once."""

    def passes(self, who: str) -> bool:
        anywhere, _plus, from_inside = who.partition("+")
        return self.letter in anywhere or (self.inside and self.letter in from_inside)


@dataclass
class World:
    visitors: list[Visitor]
    ours: dict[str, Any]
    theirs: dict[str, Any]

    def address(self, line: str, page: Page, records: dict[str, Any]) -> str:
        from django.urls import reverse

        return reverse(name_of(line), args=[records.get(key, key) for key in page.records])


def furnish(desk: Any) -> dict[str, Any]:
    """A person with a decided request, an urgent one, papers, a held and a convened session."""
    from filrouge.base.centres.models import Role
    from filrouge.claims import actions as claims
    from filrouge.claims import letters
    from filrouge.claims.models import Aid
    from filrouge.claims.tests.desk import SESSION
    from filrouge.council import actions as council
    from filrouge.dossier.documents import actions as documents
    from filrouge.dossier.documents.models import DocumentKind
    from tests import world

    person = desk.samira()
    (claim,) = desk.register_all(person=person)
    claims.keep_receipt(desk.nadia, [claim], letters.receipt(desk.nadia, [claim]))
    claims.open_inquiry(desk.nadia, claim.pk)
    for condition in ("residence", "age", "status", "resources", "work", "other_rights"):
        desk.find(claim, condition)
    (request,) = claims.ask_documents(
        desk.nadia, claim.pk, [(DocumentKind.LEASE, "")], desk.nadia.today + timedelta(days=9)
    )
    paper = documents.receive(
        desk.nadia, person.pk, upload=("papier.pdf", b"%PDF-1.4\nbail\n%%EOF\n"),
        kind=DocumentKind.PAYSLIP, title="Fiche de paie", received_on=desk.nadia.today,
    )  # fmt: skip
    desk.freeze(claim)
    claims.propose(desk.nadia, claim.pk, desk.draft(claim), None)
    claims.approve(desk.head, claim.pk)
    item = claims.schedule(desk.secretary, claim.pk, desk.session().pk)
    desk.open_session()
    decision = desk.decide(item)
    evening = desk.that_evening(desk.secretary)
    claim = desk.fresh(claim)
    claims.prepare_notification(evening, claim.pk, letters.decision(evening, claim, decision))
    urgent = desk.register(Aid.FINANCIAL, person=person, urgent=True)
    claims.open_inquiry(desk.nadia, urgent.pk)
    claims.record_state_of_need(desk.nadia, urgent.pk, "Plus de quoi manger.")
    claims.propose(desk.nadia, urgent.pk, desk.draft(urgent), None)
    claims.approve(desk.head, urgent.pk)
    convened = council.plan_session(evening, desk.body.pk, SESSION + timedelta(days=1), "Salle")
    point = claims.schedule(evening, urgent.pk, convened.pk)
    council.convene(evening, convened.pk)
    consultation = council.ask_consultation(
        desk.that_evening(desk.councillor), point.pk, "Je connais mal ce dossier."
    )
    return {
        "person": person.pk, "claim": claim.pk, "urgent": urgent.pk, "paper": paper.pk,
        "letter": claim.receipt_id, "request": request.pk, "held": desk.session().pk,
        "convened": convened.pk, "item": point.pk, "consultation": consultation.pk,
        "hat": world.hat(desk.centre, Role.RECEPTIONIST, name="accueil", team=None).pk,
        "body": desk.body.pk, "seat": desk.body.seats.order_by("starts_on", "id")[0].pk,
    }  # fmt: skip


def visitors_of(desk: Any, person_id: Any) -> list[Visitor]:
    """One colleague for each way of standing inside or outside."""
    from filrouge.base.centres.models import Role, ServiceKind
    from filrouge.council.models import Seat
    from filrouge.people import actions as people
    from filrouge.people.models import MissionKind
    from tests import world

    found = []

    def add(letter: str, title: str, inside: bool, team: Any, mission: bool = False) -> None:
        name = f"{letter} {len(found)}"
        membership = world.hat(desk.centre, Role(ROLES[letter]), name=name, team=team)
        if mission:
            people.give_mission(desk.head, person_id, membership, MissionKind.CO_REFERENT)
        if letter in "CP" and inside:
            Seat.objects.create(
                centre=desk.centre, body=desk.body, membership=membership,
                starts_on=date(2020, 1, 1),
            )  # fmt: skip
        found.append(Visitor(letter, title, inside, membership))

    for letter in "WI":
        add(letter, "own service, mission", True, desk.general, mission=True)
        add(letter, "own service, no mission", False, desk.general)
        add(letter, "other service, mission", True, desk.energy, mission=True)
        add(letter, "other service, no mission", False, desk.energy)
    # A mission of a colleague opens the file to the head of that service: other ones are needed.
    debts = world.service(desk.centre, "Médiation de dettes", ServiceKind.DEBTS)
    insertion = world.service(desk.centre, "Insertion", ServiceKind.INSERTION)
    add("H", "own service", True, desk.general)
    add("H", "other service, a worker of hers has a mission", True, desk.energy)
    add("H", "other service, mission", True, debts, mission=True)
    add("H", "other service, no mission", False, insertion)
    for letter in "CP":
        add(letter, "seat", True, None)
        add(letter, "no seat", False, None)
    for letter in "RSDFA":
        add(letter, "alone", True, None)
    return found


def build() -> World:
    from django.test import Client

    from filrouge.claims.tests.desk import open_desk
    from tests import world

    ours, theirs = open_desk(world.centre()), open_desk(world.centre("Montclair"))
    records, foreign = furnish(ours), furnish(theirs)
    visitors = visitors_of(ours, records["person"])
    for visitor in visitors:
        client = Client()
        client.force_login(visitor.membership.user)
        visitor.session = client.session.session_key or ""
    return World(visitors, records, foreign)


@pytest.fixture(scope="module")
def house(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """The world of this module; gone at its end."""
    import time_machine
    from django.db import transaction
    from django.utils import translation

    with django_db_blocker.unblock(), translation.override("fr"), transaction.atomic():
        with time_machine.travel(EVENING, tick=False):
            built = build()
        yield built
        transaction.set_rollback(True)


@pytest.fixture
def door(house: World, time_machine: Any) -> Iterator[World]:
    """The world in the evening of the session; what a test does to it is undone."""
    from django.db import transaction

    time_machine.move_to(EVENING, tick=False)
    with transaction.atomic():
        yield house
        transaction.set_rollback(True)


def signed_in(visitor: Visitor) -> Client:
    """A browser that carries the session of the visitor, whatever the former one did to it."""
    from django.conf import settings
    from django.test import Client

    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = visitor.session
    return client


def knock(client: Client, method: str, address: str, page: Page) -> int:
    """The status; what the request wrote is undone at once."""
    from django.db import transaction

    with transaction.atomic():
        answer = client.get(address) if method == "get" else client.post(address, dict(page.body))
        transaction.set_rollback(True)
    return int(answer.status_code)


# --- the table -----------------------------------------------------------------------------


def addresses() -> dict[str, str]:
    """Every named address of the project, with its pattern."""
    from django.urls import URLPattern, get_resolver

    def walk(patterns: Any, prefix: str, spaces: tuple[str, ...]) -> Iterator[tuple[str, str]]:
        for entry in patterns:
            path = f"{prefix}{entry.pattern}"
            if isinstance(entry, URLPattern):
                yield ":".join((*spaces, entry.name or f"unnamed {path}")), path
            else:
                inner = (*spaces, entry.namespace) if entry.namespace else spaces
                yield from walk(entry.url_patterns, path, inner)

    return dict(walk(get_resolver().url_patterns, "", ()))


def test_every_address_has_a_line_and_every_line_an_address() -> None:
    assert {name_of(line) for line in PAGES} == set(addresses())


def test_every_step_and_act_of_a_request_has_its_line() -> None:
    from filrouge.claims.views.acts import ACTS
    from filrouge.claims.views.steps import STEPS

    assert {page.records[1:] for line, page in PAGES.items() if name_of(line) == "claims:act"} == {
        *ACTS
    }
    shown = {page.records[1] for line, page in PAGES.items() if name_of(line) == "claims:step"}
    assert shown == set(STEPS)


def test_every_address_that_names_a_record_is_tried_on_another_centre() -> None:
    with_key = {name for name, pattern in addresses().items() if "<uuid:" in pattern}
    tried = {name_of(line) for line, page in PAGES.items() if page.records}
    assert with_key <= tried


def test_every_function_of_the_house_stands_in_the_table() -> None:
    from filrouge.base.centres.models import Role

    assert set(ROLES.values()) == {role.value for role in Role} - {"system"}


def expected(who: str | None, visitor: Visitor, status: int) -> tuple[int, ...]:
    if who is None:
        return (405,)
    return (status,) if visitor.passes(who) else (403,)


PASSED_POST = (200, 204, 302, 422)


@pytest.mark.parametrize("line", PAGES)
def test_only_those_in_the_table_look_at_a_page(door: World, line: str) -> None:
    page = PAGES[line]
    address = door.address(line, page, door.ours)
    wrong = []
    for visitor in door.visitors:
        answer = knock(signed_in(visitor), "get", address, page)
        due = expected(page.get, visitor, page.status)
        if answer not in due:
            wrong.append(f"{visitor.letter} ({visitor.title}): {answer} instead of {due[0]}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("line", PAGES)
def test_only_those_in_the_table_send_a_form(door: World, line: str) -> None:
    page = PAGES[line]
    address = door.address(line, page, door.ours)
    wrong = []
    for visitor in door.visitors:
        answer = knock(signed_in(visitor), "post", address, page)
        may = page.post is not None and visitor.passes(page.post)
        due = PASSED_POST if may else expected(page.post, visitor, 0)
        if answer not in due:
            wrong.append(f"{visitor.letter} ({visitor.title}): {answer} instead of {due}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("line", PAGES)
def test_nobody_passes_without_signing_in(door: World, line: str) -> None:
    from django.test import Client
    from django.urls import reverse

    page = PAGES[line]
    for method, who in (("get", page.get), ("post", page.post)):
        if who is None:
            continue
        address = door.address(line, page, door.ours)
        body = dict(page.body)
        client = Client()
        answer = client.get(address) if method == "get" else client.post(address, body)
        if page.public:
            assert answer.status_code in {200, 403, 422}
            continue
        assert answer.status_code == 302, line
        assert answer["Location"].startswith(reverse("login"))


@pytest.mark.parametrize("line", [line for line, page in PAGES.items() if {*page.records} & KEYS])
def test_a_record_of_another_centre_does_not_exist(door: World, line: str) -> None:
    page = PAGES[line]
    address = door.address(line, page, door.theirs)
    wrong = []
    seen = set()
    for visitor in door.visitors:
        if visitor.letter in seen:
            continue
        seen.add(visitor.letter)
        for method, who in (("get", page.get), ("post", page.post)):
            answer = knock(signed_in(visitor), method, address, page)
            due = 405 if who is None else 404
            if who is not None and not page.hidden and visitor.letter not in who:
                due = 403
            if answer != due:
                wrong.append(f"{method} {visitor.letter}: {answer} instead of {due}")
    assert not wrong, "\n".join(wrong)
