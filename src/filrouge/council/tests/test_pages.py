"""The pages of the council, as each hat sees them."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from filrouge.base.access.actor import Actor
from filrouge.base.centres.models import Centre
from filrouge.base.trail.models import ReadPerson
from filrouge.council import actions
from filrouge.council.models import AgendaItem, Consultation, Decision, Minutes, Session
from filrouge.council.states import Stage, stage_of
from filrouge.council.tests.house import House, make_house

pytestmark = pytest.mark.django_db


def signed_in(actor: Actor) -> Client:
    client = Client()
    client.force_login(actor.user)
    return client


def page(client: Client, name: str, *keys: Any, query: str = "") -> str:
    response = client.get(reverse(f"council:{name}", args=keys) + query)
    assert response.status_code == 200, response.status_code
    return response.content.decode()


@pytest.fixture
def evening(house: House, frozen_time: Any) -> AgendaItem:
    """A session is being held; the clock is there."""
    item = house.in_session()
    frozen_time.move_to(item.session.starts_at, tick=False)
    return item


def test_the_secretariat_plans_convenes_opens_and_closes(house: House, frozen_time: Any) -> None:
    client = signed_in(house.secretary)
    form = {"body": house.body.pk, "day": "16/03/2026", "hour": "18:30", "place": "Salle"}
    for _click in range(2):
        response = client.post(
            reverse("council:new_session"), form | {"submission_key": "une fois"}
        )
    session = Session.objects.get()
    assert response["Location"] == reverse("council:session", args=[session.pk])
    house.schedule(session)
    assert "Envoyer la convocation" in page(client, "session", session.pk)
    client.post(reverse("council:convene", args=[session.pk]), {"version": session.version})
    frozen_time.move_to(session.starts_at, tick=False)
    client = signed_in(house.secretary)
    assert "Quorum : 3 présents au moins" in page(client, "open_session", session.pk)
    keys = [str(member.pk) for member in house.members]
    given = {"present": keys[:2], "excused": keys[2:3], "presiding": keys[0], "version": 2}
    refused = client.post(reverse("council:open_session", args=[session.pk]), given)
    assert refused.status_code == 422
    assert "Le quorum n&#x27;est pas atteint" in refused.content.decode()
    client.post(
        reverse("council:open_session", args=[session.pk]), given | {"present": keys[:2] + keys[3:]}
    )
    item = AgendaItem.objects.select_related("session__body").get()
    assert stage_of(item.session) is Stage.OPEN
    form = {"membership": keys[2], "act": "arrive"}
    client.post(reverse("council:presence", args=[session.pk]), form)
    house.decide(item)
    client.post(reverse("council:close_session", args=[session.pk]), {"version": 3})
    assert stage_of(Session.objects.get()) is Stage.CLOSED
    assert "arrivée à" in page(client, "minutes", session.pk)


def test_a_session_in_the_past_is_refused_at_its_day(house: House, frozen_time: Any) -> None:
    form = {"body": house.body.pk, "day": "01/03/2026", "hour": "18:30", "place": "Salle"}
    response = signed_in(house.secretary).post(reverse("council:new_session"), form)
    assert response.status_code == 422
    assert "Date : Cette date est passée" in response.content.decode()


def test_the_agenda_shows_initials_and_the_sheet_the_name(
    house: House, evening: AgendaItem
) -> None:
    client = signed_in(house.councillor(1))
    agenda = page(client, "session", evening.session_id)
    assert "M. D." in agenda
    assert "Marie Dubois" not in agenda
    sheet = page(client, "item", evening.pk)
    assert "Marie Dubois" in sheet
    assert "1\u202f340,47" in sheet
    assert 'data-key="s"' not in sheet
    opened = ReadPerson.objects.filter(person_id=evening.person_id, opened=True)
    assert opened.count() == 1


def test_every_act_on_a_point_has_its_key_and_its_form(house: House, evening: AgendaItem) -> None:
    client = signed_in(house.secretary)
    sheet = page(client, "item", evening.pk)
    for key in "sare":
        assert f'data-key="{key}"' in sheet
    for slug in ("suivre", "autrement", "reporter", "entendre", "retrait", "retirer"):
        assert 'id="acte"' in page(client, "item", evening.pk, query=f"?acte={slug}")


def test_following_leads_to_the_next_point(house: House, frozen_time: Any) -> None:
    session = house.plan()
    first = house.schedule(session)
    second = house.schedule(session, house.person(first_name="Karim"))
    house.convene(session)
    house.open(session)
    frozen_time.move_to(session.starts_at, tick=False)
    client = signed_in(house.secretary)
    vote = {
        "votes_for": 5, "votes_against": 0, "abstentions": 0, "president_votes_for": "on",
        "version": 1, "submission_key": "clic",
    }  # fmt: skip
    address = reverse("council:item", args=[first.pk]) + "?acte=suivre"
    for _click in range(2):
        response = client.post(address, vote)
    assert Decision.objects.count() == 1
    assert response["Location"] == reverse("council:item", args=[second.pk])
    vote |= {"submission_key": "autre"}
    last = client.post(reverse("council:item", args=[second.pk]) + "?acte=suivre", vote)
    assert last["Location"] == reverse("council:session", args=[session.pk])


def test_deciding_otherwise_loses_nothing_that_was_typed(house: House, evening: AgendaItem) -> None:
    client = signed_in(house.secretary)
    address = reverse("council:item", args=[evening.pk]) + "?acte=autrement"
    given = {
        "measure": "grant_less", "amount_cents": "900,50", "category": "1",
        "starts_on": "2026-03-01", "rhythm": "monthly", "reasons": "Le bail dit autre chose.",
        "grounds_in_fact": "Vit avec sa mère.", "grounds_in_law": "Art. 14.",
        "votes_for": 6, "votes_against": 0, "abstentions": 0, "version": evening.version,
    }  # fmt: skip
    refused = client.post(address, given)
    assert refused.status_code == 422
    assert "6 voix pour 5 membre(s)" in refused.content.decode()
    assert "Le bail dit autre chose." in refused.content.decode()
    client.post(address, given | {"votes_for": 5})
    decision = Decision.objects.get()
    assert (decision.amount_cents, decision.category) == (900_50, 1)


def test_a_stale_form_meets_the_conflict_page(house: House, evening: AgendaItem) -> None:
    client = signed_in(house.secretary)
    address = reverse("council:item", args=[evening.pk]) + "?acte=reporter"
    response = client.post(address, {"reason": "Bail à vérifier", "version": 7})
    assert response.status_code == 409


def test_a_point_put_off_is_scheduled_again(house: House, evening: AgendaItem) -> None:
    client = signed_in(house.secretary)
    address = reverse("council:item", args=[evening.pk])
    client.post(f"{address}?acte=entendre", {"reason": "L'entendre", "version": 1})
    later = house.plan(days=28)
    assert "Inscrire à une autre séance" in page(client, "item", evening.pk)
    assert 'id="acte"' in page(client, "item", evening.pk, query="?acte=inscrire")
    client.post(f"{address}?acte=inscrire", {"session": str(later.pk), "version": 2})
    assert AgendaItem.objects.filter(session=later, subject_id=evening.subject_id).exists()


def test_a_withdrawal_is_noted_and_closes_the_sheet(house: House, evening: AgendaItem) -> None:
    member = str(house.members[1].pk)
    address = reverse("council:item", args=[evening.pk])
    form = {"membership": member, "reason": "Sa nièce", "version": 1}
    signed_in(house.secretary).post(f"{address}?acte=retrait", form)
    assert signed_in(house.councillor(1)).get(address).status_code == 403
    assert "Se retire" in page(signed_in(house.councillor(2)), "session", evening.session_id)


def test_a_consultation_is_asked_and_answered(house: House, evening: AgendaItem) -> None:
    councillor, director = signed_in(house.councillor(1)), signed_in(house.director)
    address = reverse("council:item", args=[evening.pk])
    assert 'id="acte"' in page(councillor, "item", evening.pk, query="?acte=consulter")
    councillor.post(f"{address}?acte=consulter", {"reason": "Le bail ?", "version": 1})
    one = Consultation.objects.get()
    assert "en attente" in page(councillor, "consultations")
    assert "Répondre" in page(director, "consultations")
    assert "Le bail ?" in page(director, "answer", one.pk)
    refused = director.post(reverse("council:answer", args=[one.pk]), {"granted": "no"})
    assert refused.status_code == 422
    director.post(reverse("council:answer", args=[one.pk]), {"granted": "yes", "answer": "Mardi"})
    director.post(reverse("council:on_site", args=[one.pk]))
    assert "Consulté sur place" in page(director, "consultations")
    assert "Accordée." in page(councillor, "item", evening.pk)


def test_minutes_are_completed_approved_and_signed(
    house: House, evening: AgendaItem, frozen_time: Any
) -> None:
    house.decide(evening)
    session = actions.close_session(house.at(evening.session), evening.session_id)
    director, secretary = signed_in(house.director), signed_in(house.secretary)
    address = reverse("council:minutes", args=[session.pk])
    assert director.post(address, {"remarks": "Huis clos.", "version": 1}).status_code == 302
    member = page(signed_in(house.councillor(1)), "minutes", session.pk)
    assert "accordé" in member
    assert "aucune ressource" not in member
    following = house.plan(days=28)
    house.schedule(following, house.person(first_name="Karim"))
    actions.convene(house.at(session), following.pk)
    house.open(following)
    frozen_time.move_to(following.starts_at, tick=False)
    director, secretary = signed_in(house.director), signed_in(house.secretary)
    assert "Noter l'approbation" in page(secretary, "minutes", session.pk)
    secretary.post(
        reverse("council:approve_minutes", args=[session.pk]),
        {"session": str(following.pk), "version": 2},
    )
    for client, version in ((signed_in(house.president), 3), (director, 4)):
        assert "Signer" in page(client, "minutes", session.pk)
        client.post(reverse("council:sign_minutes", args=[session.pk]), {"version": version})
    assert Minutes.objects.get(session=session).is_final
    assert "Signer" not in page(director, "minutes", session.pk)
    pdf = director.get(reverse("council:minutes_pdf", args=[session.pk]))
    assert pdf.content.startswith(b"%PDF")


def test_lists_and_pages_of_another_centre_do_not_exist(
    house: House, evening: AgendaItem, other_centre: Centre
) -> None:
    client = signed_in(make_house(other_centre).secretary)
    assert "Aucune séance" in page(client, "sessions")
    for name in ("session", "open_session", "minutes", "minutes_pdf"):
        key = evening.session_id
        assert client.get(reverse(f"council:{name}", args=[key])).status_code == 404
    assert client.get(reverse("council:item", args=[evening.pk])).status_code == 404


def test_pages_ask_few_questions(
    house: House,
    frozen_time: Any,
    selects: Callable[[int], AbstractContextManager[list[str]]],
) -> None:
    session = house.plan()
    for name in ("Ada", "Bob", "Cleo", "Dan"):
        house.schedule(session, house.person(first_name=name))
    house.convene(session)
    item = session.items.order_by("position").first()
    assert item is not None
    client = signed_in(house.secretary)
    page(client, "session", session.pk)  # the first reading of a centre also starts its chain
    with selects(SESSIONS):
        page(client, "sessions")
    with selects(AGENDA):
        page(client, "session", session.pk)
    with selects(SHEET_PAGE):
        page(client, "item", item.pk)


SESSIONS, AGENDA, SHEET_PAGE = 5, 10, 12
