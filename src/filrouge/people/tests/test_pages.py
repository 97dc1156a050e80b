"""Finding, registering and completing a person, as a user does it in the browser."""

import io
import re
from datetime import date

import openpyxl
import pytest
from django.urls import reverse
from tests import world

from filrouge.base.centres.models import Role, ServiceKind
from filrouge.base.trail.models import ReadPerson
from filrouge.people.actions import change_identity, give_mission
from filrouge.people.models import HouseholdMember, Income, Mission, MissionKind, Person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen_time", "one_centre_only")]
BORN = date(1991, 5, 14)


@pytest.fixture
def team(centre):
    return world.service(centre)


@pytest.fixture
def worker(centre, team):
    return world.hat(centre, Role.SOCIAL_WORKER, name="nadia", team=team)


@pytest.fixture
def head(centre, team):
    return world.hat(centre, Role.HEAD_OF_SERVICE, name="claire", team=team)


@pytest.fixture
def samira(centre, system, worker):
    person = world.person(centre, "Lejeune", "Samira", birth_date=BORN, niss=world.niss(BORN, 42))
    give_mission(system, person.pk, worker, MissionKind.REFERENT)
    return person


@pytest.fixture
def signed_in(client):
    def sign_in(hat):
        client.force_login(hat.user)
        return client

    return sign_in


def key_of(response) -> str:
    return re.search(r'name="submission_key" value="([^"]+)"', response.content.decode())[1]


def typed(**more):
    return {
        "first_name": "Karim",
        "last_name": "Benali",
        "sex": "m",
        "language": "fr",
        "residence_status": "unknown",
        **more,
    }


def test_a_person_is_registered_and_the_page_opens(signed_in, worker):
    client = signed_in(worker)
    form = client.get(reverse("people:new"))
    sent = typed(birth_date="03/06/1985", submission_key=key_of(form))
    answer = client.post(reverse("people:new"), sent, follow=True)
    person = Person.objects.get(centre_id=worker.centre_id)
    assert (person.full_name, person.birth_date) == ("Karim Benali", date(1985, 6, 3))
    assert answer.redirect_chain[0][0] == reverse("people:person", args=[person.pk])
    assert "Le dossier est ouvert" in answer.content.decode()


def test_a_double_click_registers_once(signed_in, worker):
    client = signed_in(worker)
    sent = typed(submission_key=key_of(client.get(reverse("people:new"))))
    first = client.post(reverse("people:new"), sent)
    second = client.post(reverse("people:new"), sent)
    assert first.url == second.url
    assert Person.objects.filter(centre_id=worker.centre_id).count() == 1


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("niss", "91.05.14-042.00", "existe pas"),
        ("niss", "12345", "11 chiffres"),
        ("birth_date", "2031-01-01", "dans l&#x27;avenir"),
        ("birth_date", "1800-01-01", "125 ans"),
        ("birth_date", "31/02/1990", "date qui existe"),
        ("iban", "BE00 0000 0000 0000", "chiffre est faux"),
        ("last_name", "", "obligatoire"),
    ],
)
def test_bad_input_gets_a_sentence_at_its_field_and_nothing_typed_is_lost(
    signed_in, worker, field, value, said
):
    answer = signed_in(worker).post(reverse("people:new"), typed(city="Valbourg") | {field: value})
    html = answer.content.decode()
    assert answer.status_code == 422
    at_field = re.search(rf'id="id_{field}_error">(.*?)</p>', html, re.S)
    assert at_field and said in at_field[1]
    assert f'href="#id_{field}"' in html
    assert 'value="Valbourg"' in html
    assert not Person.objects.filter(centre_id=worker.centre_id).exists()


def test_a_known_national_number_blocks_and_leads_to_the_file(signed_in, worker, samira):
    answer = signed_in(worker).post(reverse("people:new"), typed(niss=samira.niss))
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "déjà connu" in html
    assert reverse("people:person", args=[samira.pk]) in html


def test_the_same_name_and_birth_date_wants_a_tick(signed_in, worker, samira):
    client = signed_in(worker)
    sent = typed(first_name="SAMIRA", last_name="Lejeûne", birth_date="1991-05-14")
    refused = client.post(reverse("people:new"), sent)
    assert refused.status_code == 422
    assert "n&#x27;est pas la même personne" in refused.content.decode()
    accepted = client.post(reverse("people:new"), sent | {"not_the_same": "on"})
    assert accepted.status_code == 302
    assert Person.objects.filter(centre_id=worker.centre_id).count() == 2


def test_duplicates_are_shown_while_typing(signed_in, worker, samira):
    client = signed_in(worker)
    sent = {"first_name": "samira", "last_name": "lejeune", "birth_date": "1991-05-14"}
    fragment = client.post(reverse("people:duplicates"), sent).content.decode()
    assert "Samira Lejeune" in fragment
    assert "<html" not in fragment
    assert client.post(reverse("people:duplicates"), {"last_name": "L"}).content.strip() == b""


def test_two_people_on_one_form_get_a_page_that_loses_nothing(signed_in, worker, system, samira):
    client = signed_in(worker)
    page = reverse("people:edit", args=[samira.pk])
    shown = client.get(page)
    version = re.search(r'name="version" value="(\d+)"', shown.content.decode())[1]
    change_identity(system, samira.pk, {"phone": "081 00 00 00"}, None)
    sent = typed(first_name="Samira", last_name="Lejeune", sex="f", city="Namur", version=version)
    answer = client.post(page, sent)
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "Localité" in html and "Namur" in html
    samira.refresh_from_db()
    assert (samira.phone, samira.city) == ("081 00 00 00", "")


def test_the_household_of_a_day_gives_the_category(signed_in, worker, samira):
    client = signed_in(worker)
    page = reverse("people:household", args=[samira.pk])
    assert "Catégorie 2" in client.get(page).content.decode()
    sent = {
        "first_name": "Adam",
        "last_name": "Lejeune",
        "relation": "child",
        "birth_date": "2020-01-05",
        "starts_on": "2026-02-01",
        "shares_household": "on",
        "dependent": "on",
    }
    assert client.post(page, sent).status_code == 302
    assert "Catégorie 3" in client.get(page).content.decode()
    assert "Catégorie 2" in client.get(page, {"au": "2026-01-31"}).content.decode()
    assert "Catégorie 3" in client.get(page, {"au": "hier"}).content.decode()


def test_nobody_stands_twice_in_a_household(signed_in, worker, samira):
    client = signed_in(worker)
    page = reverse("people:household", args=[samira.pk])
    sent = {
        "first_name": "Adam",
        "last_name": "Lejeune",
        "relation": "child",
        "starts_on": "2026-02-01",
    }
    client.post(page, sent)
    answer = client.post(page, sent)
    assert answer.status_code == 422
    assert "figure déjà dans le ménage" in answer.content.decode()
    assert HouseholdMember.objects.filter(centre_id=samira.centre_id).count() == 1


def test_the_person_is_not_a_member_of_their_own_household(signed_in, worker, samira):
    page = reverse("people:household", args=[samira.pk])
    sent = {
        "file_number": str(samira.file_number),
        "relation": "unrelated",
        "starts_on": "2026-02-01",
    }
    answer = signed_in(worker).post(page, sent)
    assert answer.status_code == 422
    assert "déjà comptée" in answer.content.decode()


def test_a_member_with_a_file_lends_name_and_birth_date(signed_in, centre, worker, samira):
    adam = world.person(centre, "Lejeune", "Adam", birth_date=date(2020, 1, 5))
    page = reverse("people:household", args=[samira.pk])
    sent = {"file_number": str(adam.file_number), "relation": "child", "starts_on": "2026-02-01"}
    assert signed_in(worker).post(page, sent).status_code == 302
    member = HouseholdMember.objects.get(person=samira)
    assert (member.first_name, member.birth_date, member.known_as) == (
        "Adam",
        date(2020, 1, 5),
        adam,
    )


def test_an_income_is_noted_ended_and_still_read_at_its_date(signed_in, worker, samira):
    client = signed_in(worker)
    page = reverse("people:resources", args=[samira.pk])
    sent = {
        "what": "income",
        "revenu-kind": "wage",
        "revenu-amount_cents": "1 314,20",
        "revenu-period": "month",
        "revenu-starts_on": "2026-01-01",
    }
    assert client.post(page, sent).status_code == 302
    income = Income.objects.get(person=samira)
    assert income.amount_cents == 131420
    end = {"what": "end", "of": "income", "end": str(income.pk), "ends_on": "2026-01-31"}
    client.post(page, end)
    assert "Aucune ressource" in client.get(page).content.decode()
    html = client.get(page, {"au": "2026-01-15"}).content.decode()
    assert "1\u202f314,20\u00a0€" in html and "art. 23 et 35" in html


def test_an_asset_refused_keeps_what_was_typed(signed_in, worker, samira):
    sent = {
        "what": "asset",
        "bien-kind": "built",
        "bien-amount_cents": "abc",
        "bien-label": "Maison",
        "bien-share_numerator": "3",
        "bien-share_denominator": "2",
        "bien-starts_on": "2026-01-01",
    }
    answer = signed_in(worker).post(reverse("people:resources", args=[samira.pk]), sent)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="abc"' in html and 'value="Maison"' in html
    assert "dépasser la totalité" in html


def test_the_head_of_service_gives_and_ends_a_mission(signed_in, centre, head, samira):
    luc = world.hat(centre, Role.INSERTION_AGENT, name="luc", team=world.service(centre))
    client = signed_in(head)
    page = reverse("people:followers", args=[samira.pk])
    sent = {"membership": str(luc.pk), "kind": "insertion", "reason": "Fin de droit"}
    assert client.post(page, sent).status_code == 302
    mission = Mission.objects.get(person=samira, membership=luc)
    client.post(page, {"end": str(mission.pk)})
    mission.refresh_from_db()
    assert mission.ends_on is not None


def test_a_worker_cannot_give_missions(signed_in, worker, samira):
    page = reverse("people:followers", args=[samira.pk])
    assert signed_in(worker).get(page).status_code == 200
    assert signed_in(worker).post(page, {}).status_code == 403


def test_the_list_is_filtered_by_its_address(signed_in, centre, worker, samira):
    world.person(centre, "Benali", "Karim")
    client = signed_in(worker)
    assert "Benali" in client.get(reverse("people:list")).content.decode()
    mine = client.get(reverse("people:list"), {"suivis": "1"}).content.decode()
    assert "Lejeune" in mine and "Benali" not in mine
    found = client.get(reverse("people:list"), {"q": "mir"}).content.decode()
    assert "Lejeune" in found and "Benali" not in found


def test_an_empty_search_offers_to_open_a_file(signed_in, worker):
    html = signed_in(worker).get(reverse("people:list"), {"q": "Zoé & Max"}).content.decode()
    assert reverse("people:new") + "?nom=Zo%C3%A9%20%26%20Max" in html


def test_an_export_holds_typed_cells_and_counts_as_an_opening(signed_in, centre, worker, samira):
    world.person(centre, "Benali", "Karim")
    change_identity(world.system(centre), samira.pk, {"street": "=HYPERLINK(1)"}, None)
    answer = signed_in(worker).get(reverse("people:export"))
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    rows = list(sheet.iter_rows(values_only=True))
    assert len(rows) == 2, "only the files that the worker follows leave the house"
    assert rows[1][0] == samira.file_number
    assert rows[1][3].date() == BORN
    assert sheet["G2"].data_type == "s" and sheet["G2"].value == "=HYPERLINK(1)"
    assert ReadPerson.objects.filter(person_id=samira.pk, opened=True).exists()


def test_reception_exports_nothing(signed_in, centre):
    hat = world.hat(
        centre, Role.RECEPTIONIST, team=world.service(centre, "Accueil", ServiceKind.RECEPTION)
    )
    assert signed_in(hat).get(reverse("people:export")).status_code == 403


@pytest.mark.parametrize("name", ["person", "edit", "household", "resources", "followers"])
def test_a_person_of_another_centre_does_not_exist(signed_in, other_centre, worker, name):
    stranger = world.person(other_centre)
    page = reverse(f"people:{name}", args=[stranger.pk])
    assert signed_in(worker).get(page).status_code == 404


@pytest.mark.parametrize("name", ["household", "resources", "readers", "note"])
def test_without_a_mission_the_file_stays_closed(signed_in, centre, samira, name):
    other = world.hat(centre, Role.SOCIAL_WORKER, name="paul", team=world.service(centre))
    page = reverse(f"people:{name}", args=[samira.pk])
    assert signed_in(other).get(page).status_code == 403


def test_the_list_costs_few_queries(signed_in, selects, centre, worker, samira):
    for rank in range(24):
        world.person(centre, f"Nom{rank:02d}", "Jo")
    client = signed_in(worker)
    client.get(reverse("people:list"))
    with selects(8):
        assert client.get(reverse("people:list")).status_code == 200
