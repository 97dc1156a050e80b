"""What a day shows to the president, the secretariat, the councillors and the reception."""

from __future__ import annotations

import pytest
from django.urls import reverse

from filrouge.base.trail.models import Entry, ReadPerson
from filrouge.claims import actions as claims
from filrouge.claims.models import Aid
from filrouge.claims.tests.desk import Desk, browser, open_desk
from filrouge.council import actions as council
from filrouge.council.models import Session

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen_time")]


@pytest.fixture
def desk(centre) -> Desk:
    return open_desk(centre)


def day_of(actor) -> str:
    html = browser(actor).get(reverse("my_work")).content.decode()
    found = html.partition("<main")[2].partition("</main>")[0]
    return " ".join(found.replace("\xa0", " ").replace("&#x27;", "'").split())


def test_the_president_sees_urgent_requests_with_their_words(desk):
    urgent = desk.register(
        Aid.FINANCIAL, person=desk.samira(), urgent=True, words="Plus rien à manger."
    )
    desk.register(Aid.FINANCIAL, person=desk.samira("Calme"), words="Une paire de lunettes.")
    html = day_of(desk.president)
    assert "Demandes urgentes" in html and "Samira" in html
    assert "« Plus rien à manger. »" in html and "lunettes" not in html
    assert reverse("claims:urgent", args=[urgent.pk]) in html
    assert "reçue" in html and "en retard" not in html
    for other in (desk.councillor, desk.secretary, desk.nadia, desk.director):
        assert "Demandes urgentes" not in day_of(other)


def test_reading_an_urgent_request_is_noted_as_an_opening(desk):
    claim = desk.register(Aid.FINANCIAL, person=desk.samira(), urgent=True, words="Rien.")
    day_of(desk.president)
    entry = Entry.objects.get(centre_id=desk.centre.pk, chain="reads", action="my_work")
    assert entry.user_id == desk.president.user.pk
    rows = ReadPerson.objects.filter(centre_id=desk.centre.pk, entry=entry)
    assert [(row.person_id, row.opened) for row in rows] == [(claim.person_id, True)]


def test_a_decided_urgent_request_leaves_the_list(desk):
    claim = desk.register(Aid.FINANCIAL, person=desk.samira(), urgent=True)
    claims.decide_urgently(
        desk.president, claim.pk, body_id=desk.body.pk, amount_cents=5000, reasons="Rien à manger."
    )
    assert "Demandes urgentes" not in day_of(desk.president)


def test_the_secretariat_puts_a_transfer_on_an_agenda_and_the_line_goes(desk):
    claim = desk.register(person=desk.samira())
    assert "Transmissions" not in day_of(desk.secretary)
    claims.transfer(desk.head, claim.pk, "CPAS de Montclair", "", "Elle y habite.", None)
    html = day_of(desk.secretary)
    assert "Transmissions à porter au conseil" in html and "CPAS de Montclair" in html
    assert reverse("claims:step", args=[claim.pk, "conseil"]) in html
    assert "Transmissions" not in day_of(desk.director) + day_of(desk.nadia)
    item = claims.schedule(desk.secretary, claim.pk, desk.session().pk)
    assert "Transmissions" not in day_of(desk.secretary)
    council.remove_item(desk.secretary, item.pk, "Trop tôt.")
    assert "Transmissions" in day_of(desk.secretary)


def test_a_session_says_what_there_is_to_do(desk):
    session = desk.session()
    html = day_of(desk.secretary)
    assert "Aucun point encore" in html and ">Préparer<" in html
    assert "Lire les fiches" not in html and "0 point" not in html
    assert ">Voir la séance<" in day_of(desk.president)
    _claim, _item = desk.scheduled(person=desk.samira())
    assert "1 point<" in day_of(desk.secretary)
    desk.open_session()
    assert "Tenir la séance" in day_of(desk.secretary)
    Session.objects.filter(pk=session.pk).update(opened_at=None)
    assert "1 point<" in day_of(desk.secretary) and "Voir la séance" in day_of(desk.secretary)
    html = day_of(desk.councillor)
    assert "1 point<" in html and "Lire les fiches" in html


def test_the_hour_and_the_place_of_a_session_stand_apart_from_its_day(desk):
    desk.session()
    html = day_of(desk.secretary)
    due = html.partition('class="queue-due"')[2].partition("</p>")[0]
    assert " h " not in due and "Maison communale" in html


def test_the_reception_begins_with_the_person_or_the_request(desk):
    html = day_of(desk.reception)
    for words in ("Trouver une personne", "Enregistrer une demande"):
        assert words in html
    assert "délais" not in html


def test_a_request_begins_with_whom_it_is_for(desk):
    samira = desk.samira()
    client, page = browser(desk.reception), reverse("new_request")
    assert client.get(page).status_code == 200
    html = client.get(page, {"q": samira.last_name[:4]}).content.decode()
    assert reverse("claims:new", args=[samira.pk]) in html
    html = client.get(page, {"q": "Inconnue"}).content.decode()
    assert f"{reverse('people:new')}?nom=Inconnue" in html
    assert browser(desk.secretary).get(page).status_code == 403
