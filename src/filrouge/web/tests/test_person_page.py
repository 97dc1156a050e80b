"""The page of a person, for each kind of reader, and the day's work."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from tests import world

from filrouge.base.access.actor import Actor
from filrouge.base.centres.models import Role, ServiceKind
from filrouge.base.trail.models import Chain, Entry, ReadPerson
from filrouge.claims import actions as claims
from filrouge.claims import queries as claim_queries
from filrouge.claims.models import Aid, Channel
from filrouge.dossier.terms.models import Term
from filrouge.dossier.thread.actions import add_note
from filrouge.dossier.thread.models import Audience, Nature
from filrouge.law.case import IncomeKind
from filrouge.people.actions import add_income

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen_time")]
BORN = date(1991, 5, 14)
LATER = world.MONDAY + timedelta(days=21)


@pytest.fixture
def team(centre):
    return world.service(centre)


@pytest.fixture
def nadia(centre, team):
    return world.hat(centre, Role.SOCIAL_WORKER, name="nadia", team=team)


@pytest.fixture
def head(centre, team):
    return world.hat(centre, Role.HEAD_OF_SERVICE, name="claire", team=team)


@pytest.fixture
def reception(centre):
    desk = world.service(centre, "Accueil", ServiceKind.RECEPTION)
    return world.hat(centre, Role.RECEPTIONIST, name="jo", team=desk)


@pytest.fixture
def samira(centre, nadia):
    """A file with a request in inquiry, a frozen computation and notes."""
    person = world.person(
        centre, "Lejeune", "Samira", birth_date=BORN, niss=world.niss(BORN, 42), sex="f",
        spoken_languages="français, arabe",
    )  # fmt: skip
    actor = Actor(nadia, world.MONDAY)
    request = claims.Request(date(2026, 3, 2), Channel.COUNTER, (Aid.RIS,), words="Je cherche.")
    claim = claims.register(actor, person.pk, request)[0]
    claims.open_inquiry(actor, claim.pk)
    income = {"kind": IncomeKind.WAGE.value, "amount_cents": 60000, "starts_on": date(2026, 3, 1)}
    add_income(actor, person.pk, income)
    case = claim_queries.case_for(actor, claim, date(2026, 3, 2))
    claims.freeze_entitlement(actor, claim.pk, case, "Vit seule.")
    add_note(actor, person.pk, "Visite", "Studio, bail vu.", Audience.TEAM, Nature.FACT)
    add_note(actor, person.pk, "Secret", "Confié.", Audience.TEAM, Nature.CONFIDENCE)
    return person


def page_of(client, hat, person, **query):
    client.force_login(hat.user)
    return client.get(reverse("people:person", args=[person.pk]), query)


def main(answer) -> str:
    return answer.content.decode().split("<main", 1)[1].split("</main>")[0]


def test_the_page_tells_who_what_is_next_and_the_whole_thread(client, nadia, samira):
    html = main(page_of(client, nadia, samira))
    assert (
        "née le 14 mai 1991 · 34 ans · dossier 000\u00a0001 · isolée · parle français, arabe"
        in html
    )
    assert "Décider de la demande" in html and "art. 21 § 1" in html
    assert "Continuer l&#x27;enquête" in html
    for words in ("Demande enregistrée", "Studio, bail vu.", "Confié.", "Droit par mois"):
        assert words in html


def test_the_frozen_computation_is_explained_inside_its_knot(client, nadia, samira):
    html = main(page_of(client, nadia, samira))
    knot = html[html.index("Calcul du revenu d&#x27;intégration") :]
    assert "figé" in knot and "art. 14 § 2" in knot and "Certitude" in knot


def test_the_thread_is_narrowed_by_its_address(client, nadia, samira):
    html = main(page_of(client, nadia, samira, famille="notes"))
    assert "Studio, bail vu." in html and "Demande enregistrée" not in html
    assert "Demande enregistrée" in main(page_of(client, nadia, samira, famille="inconnue"))
    assert "Demande enregistrée" in main(page_of(client, nadia, samira, avant="n'importe quoi"))


def test_a_confidence_stays_with_its_author(client, head, nadia, samira):
    html = main(page_of(client, head, samira))
    assert "Studio, bail vu." in html and "Confié." not in html


def test_a_long_thread_is_read_page_by_page(client, nadia, samira):
    for rank in range(61):
        actor = Actor(nadia, world.MONDAY + timedelta(minutes=rank))
        add_note(actor, samira.pk, f"Note {rank:02d}", "", Audience.TEAM, Nature.FACT)
    first = main(page_of(client, nadia, samira))
    assert "Note 60" in first and "Demande enregistrée" not in first and "Plus ancien" in first
    older = first.split('">Plus ancien')[0].rsplit('href="', 1)[1].replace("&amp;", "&")
    rest = main(client.get(older))
    assert "Demande enregistrée" in rest and "Note 60" not in rest


def test_reception_sees_the_card_and_no_file(client, reception, samira):
    html = main(page_of(client, reception, samira))
    for shown in (
        "Samira Lejeune",
        "91.05.14-042",
        "2026-0001",
        "Nadia",
        "Enregistrer une demande",
    ):
        assert shown in html
    for hidden in ("Studio", "Je cherche", "Droit par mois", "isolée", "Ressources", "Décider de"):
        assert hidden not in html


def test_a_colleague_without_mission_sees_who_follows_and_nothing_else(
    client, centre, team, samira
):
    paul = world.hat(centre, Role.SOCIAL_WORKER, name="paul", team=team)
    html = main(page_of(client, paul, samira))
    assert "Nadia" in html and "pas de mission" in html
    assert "Studio" not in html and "Droit par mois" not in html


@pytest.mark.parametrize(
    "role", [Role.COUNCILLOR, Role.PRESIDENT, Role.FINANCIAL_DIRECTOR, Role.ADMINISTRATOR]
)
def test_other_functions_open_no_person(client, centre, samira, role):
    answer = page_of(client, world.hat(centre, role), samira)
    assert answer.status_code == 403
    assert "Lejeune" not in answer.content.decode()


def test_another_centre_s_person_does_not_exist(client, nadia, other_centre):
    assert page_of(client, nadia, world.person(other_centre)).status_code == 404


def test_each_opening_is_logged_before_it_is_shown(client, nadia, reception, samira):
    page_of(client, nadia, samira)
    page_of(client, reception, samira)
    reads = Entry.objects.filter(chain=Chain.READS, people__person_id=samira.pk)
    rows = list(reads.order_by("sequence").values_list("user_id", "action"))
    assert rows == [(nadia.user_id, "people:person"), (reception.user_id, "people:person")]
    client.force_login(nadia.user)
    html = main(client.get(reverse("people:readers", args=[samira.pk])))
    assert "la page du dossier" in html and "fiche d&#x27;identité seulement" in html
    assert "a figé un calcul" in html and "référent social" in html


def test_reading_writes_nothing_but_the_reading_log(client, nadia, samira):
    acts = Entry.objects.filter(chain=Chain.ACTS).count()
    page_of(client, nadia, samira)
    assert Entry.objects.filter(chain=Chain.ACTS).count() == acts


def test_the_person_page_costs_at_most_25_queries(client, selects, nadia, samira):
    page_of(client, nadia, samira)
    with selects(18):
        client.get(reverse("people:person", args=[samira.pk]))


def test_a_note_is_tied_to_the_thread(client, nadia, samira):
    client.force_login(nadia.user)
    sent = {"title": "Appel", "text": "Du propriétaire.", "audience": "team", "nature": "fact"}
    answer = client.post(reverse("people:note", args=[samira.pk]), sent, follow=True)
    assert "Du propriétaire." in main(answer)


def test_a_refused_note_keeps_its_words(client, nadia, samira):
    client.force_login(nadia.user)
    sent = {"title": "", "text": "Long récit.", "audience": "team", "nature": "fact"}
    answer = client.post(reverse("people:note", args=[samira.pk]), sent)
    assert answer.status_code == 422 and "Long récit." in main(answer)


# The day's work ---------------------------------------------------------------------------


def test_my_work_says_what_why_when_and_the_one_button(client, nadia, samira):
    client.force_login(nadia.user)
    html = main(client.get(reverse("my_work")))
    for shown in (
        "Samira Lejeune",
        "Établir les conditions",
        "art. 21 § 1",
        "Continuer l&#x27;enquête",
    ):
        assert shown in html


def test_two_terms_of_one_step_stand_on_one_line(client, centre, nadia):
    person = world.person(centre, "Benali", "Karim")
    request = claims.Request(date(2026, 3, 2), Channel.PHONE, (Aid.RIS,))
    claims.register(Actor(nadia, world.MONDAY), person.pk, request)
    assert Term.objects.filter(person=person).count() == 2
    client.force_login(nadia.user)
    html = main(client.get(reverse("my_work")))
    assert html.count("queue-line") == 1
    assert "puis : Décider de la demande" in html


def test_what_is_late_says_so_in_words(client, nadia, samira, frozen_time):
    frozen_time.move_to(world.MONDAY + timedelta(days=31), tick=False)
    client.force_login(nadia.user)
    html = main(client.get(reverse("my_work")))
    assert "En retard" in html and "en retard de 1 jour" in html


def test_an_empty_day_teaches_the_next_action(client, reception):
    client.force_login(reception.user)
    html = main(client.get(reverse("my_work")))
    assert "Quelqu’un se présente" in html and "Trouver une personne" in html


def test_above_the_services_the_queue_is_figures_without_names(client, centre, samira):
    director = world.hat(centre, Role.DIRECTOR_GENERAL)
    client.force_login(director.user)
    html = main(client.get(reverse("my_work")))
    assert "délai" in html and "Lejeune" not in html and "Nadia" not in html


@pytest.mark.parametrize("role", list(Role)[:-1])
def test_every_function_has_a_day(client, centre, samira, role):
    client.force_login(world.hat(centre, role, name=f"x{role.value}").user)
    assert client.get(reverse("my_work")).status_code == 200


def test_the_head_sees_the_team_and_shares_the_work_out(client, head, nadia, samira):
    client.force_login(head.user)
    html = main(client.get(reverse("team_work")))
    assert "Nadia" in html and "Samira Lejeune" in html and "Réattribuer" in html
    nobody = main(client.get(reverse("team_work"), {"qui": str(head.pk)}))
    assert "Samira Lejeune" not in nobody


def test_the_head_notes_the_absence_of_who_fell_ill(client, centre, team, head, nadia):
    paul = world.hat(centre, Role.SOCIAL_WORKER, name="paul", team=team)
    client.force_login(head.user)
    sent = {
        "membership": str(nadia.pk),
        "starts_on": "2026-03-02",
        "ends_on": "2026-03-04",
        "replaced_by": str(paul.pk),
    }
    answer = client.post(reverse("team_work"), sent, follow=True)
    assert "remplacé par" in main(answer)


def test_the_day_s_work_costs_few_queries(client, selects, nadia, samira):
    client.force_login(nadia.user)
    client.get(reverse("my_work"))
    with selects(8):
        client.get(reverse("my_work"))


# Search -----------------------------------------------------------------------------------


def results(client, text, **more):
    return client.get(reverse("search"), {"q": text, "fragment": "1", **more}).content.decode()


def test_anybody_is_found_by_any_part_of_the_name_or_a_number(client, nadia, samira):
    client.force_login(nadia.user)
    for text in ("SAMI", "jeune", "lejeune samira", samira.niss, str(samira.file_number)):
        assert "Samira Lejeune" in results(client, text), text
    assert "<html" not in results(client, "sam")
    assert ReadPerson.objects.filter(person_id=samira.pk, opened=False).exists()


def test_a_request_is_found_by_its_number_and_opens_for_whom_it_may(
    client, nadia, reception, samira
):
    client.force_login(nadia.user)
    assert "/demandes/" in results(client, "2026-0001")
    client.force_login(reception.user)
    html = results(client, "2026-1")
    assert reverse("people:person", args=[samira.pk]) in html and "/demandes/" not in html


def test_pages_and_actions_are_found_by_their_words(client, nadia):
    client.force_login(nadia.user)
    assert reverse("account") in results(client, "absences")
    assert reverse("people:new") in results(client, "nouvelle pers")
    assert results(client, "zzzz").count('role="option"') == 0


def test_the_search_page_works_without_script(client, nadia, samira):
    client.force_login(nadia.user)
    assert "Samira Lejeune" in main(client.get(reverse("search"), {"q": "sam"}))
    assert "Rien ne correspond" in main(client.get(reverse("search"), {"q": "zzzz"}))


def test_a_search_costs_few_queries(client, selects, nadia, samira):
    client.force_login(nadia.user)
    results(client, "sam")
    with selects(6):
        results(client, "sam")
