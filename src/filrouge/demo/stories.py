"""Three invented people whose stories the tour, the documentation and the tests share."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from filrouge.claims import actions as claims
from filrouge.claims import letters, queries
from filrouge.claims.models import Channel, Delivery, Result
from filrouge.demo.centre import House, at
from filrouge.demo.journeys import DIRECTOR, PRESIDENT, Found, Journey, Means
from filrouge.demo.meetings import Calendar
from filrouge.demo.people_names import CITY, POSTAL_CODE, iban, niss
from filrouge.demo.timeline import (
    Timeline,
    working_day_before,
    working_days_after,
    working_days_earlier,
)
from filrouge.dossier.documents import actions as documents
from filrouge.dossier.documents.letters import day as letter_day
from filrouge.dossier.documents.letters import render
from filrouge.dossier.documents.models import Document, DocumentKind
from filrouge.dossier.thread.actions import tie
from filrouge.dossier.thread.models import Audience, Family
from filrouge.law.case import IncomeKind
from filrouge.law.category import Relation
from filrouge.people import actions as people
from filrouge.people.models import MissionKind, Period, ResidenceStatus, Sex

__all__ = ["JOELLE", "MATHEO", "SAMIRA", "STORIES", "Story"]


@dataclass(frozen=True, slots=True)
class Story:
    """One of the three: who it is, and who follows the file."""

    first_name: str
    last_name: str
    born: date
    sex: Sex
    serial: int
    account: int
    nationality: str
    languages: str
    street: str
    worker: str
    """Key of the social worker in ``centre.STAFF``."""
    summary: str

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}"

    @property
    def niss(self) -> str:
        return niss(self.born, self.serial)

    @property
    def iban(self) -> str:
        return iban(self.account)

    def as_fields(self) -> dict[str, object]:
        return {
            "last_name": self.last_name,
            "first_name": self.first_name,
            "birth_date": self.born,
            "sex": self.sex,
            "niss": self.niss,
            "residence_status": ResidenceStatus.BELGIAN,
            "nationality": self.nationality,
            "spoken_languages": self.languages,
            "phone": f"0499 00 99 {self.account % 100:02d}",
            "street": self.street,
            "postal_code": POSTAL_CODE,
            "city": CITY,
            "iban": self.iban,
        }


SAMIRA = Story(
    "Samira", "Lejeune", date(1991, 5, 14), Sex.FEMALE, 980, 1_000_001, "belge",
    "français, arabe", "Rue des Trois Tilleuls 12 bte 3", "nadia",
    "A commencé un mi-temps ; son droit est calculé, la proposition reste à écrire.",
)  # fmt: skip
SAMIRA_FILE_NUMBER = 4518
SAMIRA_WAGE_CENTS = 600_00
"""Net a month; 600,00 − 315,67 of exemption, times twelve, is the 3 411,96 of the computation."""
SAMIRA_WORDS = "Mon chômage s'arrête à la fin du mois et je commence un mi-temps."
SAMIRA_MONTHLY_CENTS = 1_076_97

MATHEO = Story(
    "Mathéo", "Brancaleri", date(2004, 8, 23), Sex.MALE, 981, 1_000_002, "belge",
    "français, italien", "Avenue du Canal Vert 48", "hafida",
    "Vit chez ses parents depuis mars 2026 : le calcul de ce ménage n'est pas encore couvert.",
)  # fmt: skip

JOELLE = Story(
    "Joëlle", "Mbangalu", date(1989, 11, 3), Sex.FEMALE, 982, 1_000_003, "belge",
    "français, lingala", "Cité du Gai Logis 7", "quentin",
    "Seule avec deux enfants : droit accordé, notifié et payé ; la révision annuelle approche.",
)  # fmt: skip

STORIES = (SAMIRA, MATHEO, JOELLE)


def journey_of(house: House, story: Story, away_from: date) -> Journey:
    """The request of one of the three."""
    return Journey(house=house, fields=story.as_fields(), worker=story.worker, away_from=away_from)


def keep_receipt(journey: Journey, moment: datetime) -> None:
    """The letter given at once."""
    actor = journey.follower(moment)
    claim = journey.known_claim
    claims.keep_receipt(actor, [claim], letters.receipt(actor, [claim]))


def receive_paper(
    journey: Journey,
    moment: datetime,
    kind: DocumentKind,
    title: str,
    *,
    valid_until: date | None = None,
    received_on: date | None = None,
) -> Document:
    """A page that stands for what the person handed in."""
    actor = journey.follower(moment)
    pdf = render("demo/paper.typ", {"title": title, "name": journey.known_person.full_name})
    return documents.receive(
        actor, journey.known_person.pk, upload=documents.Upload(f"{kind.value}.pdf", pdf),
        kind=kind, title=title, received_on=received_on or actor.today, valid_until=valid_until,
    )  # fmt: skip


# Samira Lejeune ---------------------------------------------------------------------------


def tell_samira(house: House, timeline: Timeline, desk: date, away_from: date) -> None:
    """From the information session to the frozen computation; the proposal is for the reader."""
    journey = journey_of(house, SAMIRA, away_from)
    received = working_day_before(desk - timedelta(days=21))
    informed = working_day_before(received - timedelta(days=78))
    visited = working_day_before(desk - timedelta(days=9))
    handed_in = working_day_before(desk - timedelta(days=13))
    alone_since = _first_of_month(received, visited)
    journey.words = SAMIRA_WORDS
    journey.means = Means(incomes=_samira_incomes(received, visited))
    timeline.open_file(at(informed, 14, 0), journey.name, journey.open_file("sabrina"))
    timeline.on(informed, 16, 30, lambda moment: _tell_information(journey, moment))
    timeline.on(received, 10, 40, journey.register("nadia"))
    timeline.on(received, 10, 45, lambda moment: keep_receipt(journey, moment))
    timeline.on(
        received, 10, 50,
        lambda moment: receive_paper(
            journey, moment, DocumentKind.HOUSEHOLD, "Composition de ménage",
            valid_until=desk + timedelta(days=15), received_on=informed,
        ),
    )  # fmt: skip
    timeline.on(received, 11, 15, lambda moment: _give_insertion(journey, moment))
    timeline.on(working_days_after(received, 1), 9, 30, journey.open_inquiry)
    timeline.on(handed_in, 11, 0, lambda moment: _samira_papers(journey, moment, alone_since))
    timeline.on(
        visited, 14, 0,
        journey.visit(
            f"Studio, bail vu. Vit seule depuis le {_day(alone_since)}. Compteurs à son nom."
        ),
    )  # fmt: skip
    timeline.on(working_days_after(visited, 1), 9, 10, journey.record_means)
    timeline.on(
        working_days_after(visited, 1), 9, 30, lambda moment: _samira_findings(journey, moment)
    )
    reason = (
        f"Isolée depuis le {_day(alone_since)}. Salaire à temps partiel commencé le "
        f"{_day(visited)}, exonération socioprofessionnelle ouverte."
    )
    timeline.on(desk, 10, 12, lambda moment: journey.compute(moment, reason))


def _first_of_month(received: date, by: date) -> date:
    """The first of the month in which she moved: after the request if the visit saw it."""
    following = (received.replace(day=1) + timedelta(days=32)).replace(day=1)
    return following if following <= by else received.replace(day=1)


def _day(day: date) -> str:
    """The day without its year, in words."""
    return letter_day(day).rsplit(" ", 1)[0]


def _samira_incomes(received: date, hired: date) -> tuple[dict[str, object], ...]:
    month_end = (received.replace(day=1) + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    return (
        {
            "kind": IncomeKind.UNEMPLOYMENT.value, "label": "Allocations de chômage",
            "amount_cents": 1_183_00, "period": Period.MONTH, "starts_on": date(2022, 11, 1),
            "ends_on": min(month_end, hired - timedelta(days=1)),
        },
        {
            "kind": IncomeKind.WAGE.value, "label": "Aide-ménagère, mi-temps",
            "amount_cents": SAMIRA_WAGE_CENTS, "period": Period.MONTH, "exempted_work": True,
            "starts_on": hired,
        },
    )  # fmt: skip


def _tell_information(journey: Journey, moment: datetime) -> None:
    """The reception has no room of its own yet: its knot is tied here."""
    tie(
        journey.house.actor("sabrina", moment), journey.known_person, "information",
        "Séance d'information sur la fin du chômage", family=Family.PATHWAY,
        text="Présente. Elle : « Je préfère venir avant que ça coince. » Rendez-vous pris.",
        audience=Audience.PERSON,
    )  # fmt: skip


def _give_insertion(journey: Journey, moment: datetime) -> None:
    people.give_mission(
        journey.head(moment), journey.known_person.pk, journey.house.hats["luc"],
        MissionKind.INSERTION, reason="Mi-temps à compléter",
    )  # fmt: skip


def _samira_papers(journey: Journey, moment: datetime, alone_since: date) -> None:
    lease_end = alone_since.replace(year=alone_since.year + 3) - timedelta(days=1)
    receive_paper(journey, moment, DocumentKind.LEASE, "Bail", valid_until=lease_end)
    receive_paper(journey, moment, DocumentKind.EMPLOYMENT, "Contrat de travail")
    receive_paper(journey, moment, DocumentKind.MEANS, "Extraits choisis par elle")


def _samira_findings(journey: Journey, moment: datetime) -> None:
    papers: dict[str, list[UUID]] = {}
    for document in Document.objects.filter(
        centre_id=journey.house.centre.pk, person=journey.known_person
    ):
        papers.setdefault(document.kind, []).append(document.pk)
    proofs = {
        "residence": (DocumentKind.LEASE, DocumentKind.HOUSEHOLD),
        "resources": (DocumentKind.MEANS, DocumentKind.EMPLOYMENT),
        "work": (DocumentKind.EMPLOYMENT,),
    }
    texts = {
        "residence": "Vit seule dans un studio à Valbourg, vu lors de la visite.",
        "age": "Née le 14 mai 1991.",
        "status": "Belge, vu au registre national.",
        "resources": "Salaire à mi-temps seulement ; extraits choisis par elle vus ensemble.",
        "work": "Travaille à mi-temps et cherche à compléter son horaire avec le service ISP.",
        "other_rights": "Fin de droit aux allocations de chômage vue ; aucun autre droit ouvert.",
    }
    drafts = []
    for condition, text in texts.items():
        evidence = tuple(key for kind in proofs.get(condition, ()) for key in papers.get(kind, []))
        drafts.append(claims.FindingDraft(condition, Result.MET, text, evidence=evidence))
    claims.record_findings(journey.follower(moment), journey.known_claim.pk, drafts)


# Mathéo Brancaleri ------------------------------------------------------------------------


def tell_matheo(house: House, timeline: Timeline, desk: date, away_from: date) -> None:
    """In inquiry with his parents under the roof: *non couvert* since 1 March 2026."""
    journey = journey_of(house, MATHEO, away_from)
    received = working_days_earlier(desk, 7)
    journey.channel = Channel.COUNTER
    journey.words = (
        "Je suis revenu chez mes parents en mars, je n'ai rien à moi et je cherche du travail."
    )
    journey.means = Means(members=_matheo_parents())
    journey.findings = (
        Found("residence", "Habite chez ses parents à Valbourg depuis mars 2026."),
        Found("age", "Né le 23 août 2004."),
        Found("status", "Belge, vu au registre national."),
    )
    timeline.open_file(at(received, 9, 20), journey.name, journey.open_file("hafida"))
    timeline.on(received, 9, 25, journey.register("hafida"))
    timeline.on(received, 9, 30, lambda moment: keep_receipt(journey, moment))
    timeline.on(working_days_after(received, 1), 10, 0, journey.open_inquiry)
    timeline.on(working_days_after(received, 2), 9, 40, journey.record_means)
    timeline.on(working_days_after(received, 2), 10, 0, journey.find())
    timeline.on(
        working_days_after(received, 2), 10, 30, lambda moment: _matheo_asked(journey, moment)
    )


def _matheo_parents() -> tuple[dict[str, object], ...]:
    since = date(2026, 3, 1)
    common = {"last_name": "Brancaleri", "relation": Relation.PARENT.value, "starts_on": since}
    return (
        common | {
            "first_name": "Rosaria", "birth_date": date(1974, 2, 2), "net_monthly_cents": 1_640_00,
        },
        common | {
            "first_name": "Vincent", "birth_date": date(1971, 9, 17), "net_monthly_cents": 2_180_00,
        },
    )  # fmt: skip


def _matheo_asked(journey: Journey, moment: datetime) -> None:
    """Only what is nowhere in the file is asked, by letter."""
    actor = journey.follower(moment)
    wanted = [
        (DocumentKind.JOB_SEEKING, ""),
        (DocumentKind.PAYSLIP, "de chacun de vos parents, du mois passé"),
    ]
    due = actor.today + timedelta(days=14)
    asked = claims.ask_documents(actor, journey.known_claim.pk, wanted, due)
    claim = journey.known_claim
    pdf = letters.missing_documents(actor, claim, asked, [])
    documents.keep_letter(
        actor, journey.known_person, title="Documents demandés", pdf=pdf,
        subject_kind=claims.SUBJECT, subject_id=claim.pk,
    )  # fmt: skip


# Joëlle Mbangalu --------------------------------------------------------------------------


def tell_joelle(house: House, timeline: Timeline, sessions: Calendar, away_from: date) -> None:
    """Category 3, decided at the oldest session: her yearly review comes within weeks."""
    journey = journey_of(house, JOELLE, away_from)
    meeting = sessions.committees[0]
    received = working_day_before(meeting.held_on - timedelta(days=20))
    journey.words = "Je me suis séparée. Je suis seule avec les deux enfants, sans revenu à moi."
    journey.piis = True
    journey.means = _joelle_means(received)
    journey.findings = (
        Found("residence", "Vit avec ses deux enfants dans un logement social de Valbourg."),
        Found("age", "Née le 3 novembre 1989."),
        Found("status", "Belge, vu au registre national."),
        Found("resources", "Aucun revenu propre ; allocations familiales pour les enfants."),
        Found("work", "Inscrite au Forem, souhaite se former comme puéricultrice."),
        Found("other_rights", "Contribution alimentaire demandée au juge, rien de versé encore."),
    )
    proposed = working_days_earlier(meeting.cutoff, 2)
    timeline.open_file(at(received, 10, 0), journey.name, journey.open_file("quentin"))
    timeline.on(received, 10, 5, journey.register("quentin"))
    timeline.on(received, 10, 10, lambda moment: keep_receipt(journey, moment))
    timeline.on(working_days_after(received, 1), 9, 0, journey.open_inquiry)
    timeline.on(working_days_after(received, 1), 9, 20, journey.record_means)
    timeline.on(
        working_days_after(received, 2), 14, 0,
        journey.visit("Trois pièces, chambre pour les enfants. Le père n'y vit plus."),
    )  # fmt: skip
    timeline.on(proposed, 9, 0, journey.find())
    timeline.on(proposed, 14, 0, journey.compute)
    timeline.on(proposed, 15, 0, journey.propose)
    timeline.on(working_days_after(proposed, 1), 9, 0, journey.approve)
    meeting.agenda.append(journey)
    told = working_days_after(meeting.held_on, 1)
    timeline.on(told, 13, 0, lambda moment: _joelle_letter(journey, moment))
    timeline.on(told, 15, 0, journey.sign(PRESIDENT))
    timeline.on(told, 16, 0, lambda moment: _joelle_signed(journey, moment))
    timeline.on(working_days_after(told, 1), 11, 0, lambda moment: _joelle_sent(journey, moment))
    timeline.on(working_days_after(told, 4), 11, 0, journey.pay)


def _joelle_means(received: date) -> Means:
    since = received - timedelta(days=45)
    children = (("Noah", date(2016, 4, 9)), ("Inaya", date(2019, 12, 1)))
    return Means(
        members=[
            {
                "first_name": first, "last_name": "Mbangalu", "birth_date": born,
                "relation": Relation.CHILD.value, "dependent": True, "starts_on": since,
            }
            for first, born in children
        ],
        incomes=[
            {
                "kind": IncomeKind.CHILDREN_FAMILY_BENEFIT.value, "amount_cents": 392_00,
                "period": Period.MONTH, "starts_on": date(2016, 4, 9),
            }
        ],
    )  # fmt: skip


def _joelle_letter(journey: Journey, moment: datetime) -> None:
    actor, claim = journey.secretary(moment), journey.known_claim
    decision = queries.decision_on(actor, claim)
    if decision is not None:
        claims.prepare_notification(actor, claim.pk, letters.decision(actor, claim, decision))


def _joelle_signed(journey: Journey, moment: datetime) -> None:
    """With the second signature the final letter is made."""
    actor, claim = journey.house.actor(DIRECTOR, moment), journey.known_claim
    claims.sign_notification(
        actor,
        claim.pk,
        lambda notification: letters.decision(actor, claim, notification.decision, notification),
    )


def _joelle_sent(journey: Journey, moment: datetime) -> None:
    actor = journey.secretary(moment)
    claims.send_notification(
        actor, journey.known_claim.pk, delivery=Delivery.REGISTERED_POST,
        delivery_number="RR 0000 0000 4521 BE", sent_on=actor.today,
    )  # fmt: skip
