"""The pages of the law as everybody meets them, and those of the administrator."""

import html
import io
import re

import openpyxl
import pytest
from django.urls import reverse
from tests import world

from filrouge.base.centres.models import Role
from filrouge.law import parameter_store
from filrouge.lawbook import actions
from filrouge.lawbook.models import CentreChoice, ParameterLine

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen_time", "one_centre_only")]
MONTHLY = "ris.amount.monthly"
TRIED = "p-au=2026-04-01&p-categorie=2&r0-nature=wage&r0-montant=600,00&r0-spi=oui"


@pytest.fixture
def iris(centre):
    return world.actor(centre, Role.ADMINISTRATOR, name="iris")


@pytest.fixture
def reader(client, centre):
    client.force_login(world.hat(centre, Role.RECEPTIONIST).user)
    return client


@pytest.fixture
def writer(client, iris):
    client.force_login(iris.user)
    return client


def words(answer) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def typed(**more):
    return {
        "name": MONTHLY,
        "value": "911,52 ; 1367,28 ; 1847,80",
        "valid_from": "2026-04-01",
        "known_from": "2026-02-27",
        "status": "A",
        "source": "Moniteur belge du 27 février 2026",
        **more,
    }


def test_everybody_reads_every_parameter_with_its_value_of_a_day(reader, selects):
    reader.get("/loi/")
    with selects(4):
        page = reader.get("/loi/", {"au": "2025-06-01"})
    text = words(page)
    assert "876,13 € / 1 314,20 € / 1 776,07 €" in text.replace("\u202f", " ").replace("\xa0", " ")
    assert "190 paramètres" in text or "paramètres, dim. 1er juin 2025" in text
    for name in parameter_store.shipped().names():
        assert reverse("lawbook:parameter", args=[name]) in page.content.decode()


def test_the_search_needs_no_accents_and_finds_by_article(reader):
    assert "Revenu moyen" not in words(reader.get("/loi/", {"q": "deces"}))
    found = words(reader.get("/loi/", {"q": "epargne abattement"}))
    assert "Abattement" in found
    nothing = words(reader.get("/loi/", {"q": "zzzz"}))
    assert "Aucun paramètre ne correspond" in nothing


def test_a_certainty_narrows_the_list(reader):
    page = reader.get("/loi/", {"certitude": "X"}).content.decode()
    assert "inconnu ou contradictoire" in page and 'class="badge done"' not in page


def test_a_parameter_shows_a_curve_that_is_read_aloud_and_the_same_in_a_table(reader, selects):
    with selects(5):
        page = reader.get(reverse("lawbook:parameter", args=[MONTHLY])).content.decode()
    assert 'role="img"' in page and "<title id=" in page and "<desc id=" in page
    assert page.count('<path class="series') == 3
    rows = len(parameter_store.shipped().history(MONTHLY))
    assert page.count('<th scope="row">') == rows
    assert "style=" not in page


def test_every_parameter_has_its_page(reader):
    for name in parameter_store.shipped().names():
        assert reader.get(reverse("lawbook:parameter", args=[name])).status_code == 200
    assert reader.get(reverse("lawbook:parameter", args=["no.such"])).status_code == 404


def test_two_dates_are_compared(reader, selects):
    with selects(4):
        page = reader.get("/loi/comparer/", {"de": "2026-02-28", "a": "2026-03-01"})
    assert "Cohabitants dont les ressources comptent" in words(page)
    same = reader.get("/loi/comparer/", {"de": "2026-04-01", "a": "2026-04-02"})
    assert "Rien n’a changé" in words(same)


@pytest.mark.parametrize(
    ("first", "last"),
    [("2026-03-01", "2026-02-01"), ("31/31/2026", "2026-02-01"), ("2026-02-31", "")],
)
def test_wrong_dates_are_refused_at_their_field(reader, first, last):
    answer = reader.get("/loi/comparer/", {"de": first, "a": last})
    assert answer.status_code == 422
    assert answer.content.decode().count('class="field-error"') == 1


def test_the_lists_are_workbooks_with_typed_cells(reader):
    for address in ("/loi/export.xlsx", f"/loi/essayer/export.xlsx?{TRIED}"):
        sheet = openpyxl.load_workbook(io.BytesIO(reader.get(address).content)).active
        assert sheet.max_row > 5
    values = [row[1].value for row in sheet.iter_rows(min_row=2)]
    assert max(value for value in values if value) == 16085.64


def test_a_case_is_tried_without_a_file_and_explained_line_by_line(reader, selects):
    with selects(5):
        page = reader.get(f"/loi/essayer/?{TRIED}")
    text = words(page).replace("\u202f", " ").replace("\xa0", " ")
    assert page.status_code == 200 and "par mois" in text
    assert "Montant de la catégorie, par an" in text and "16 085,64 €" in text
    assert reverse("lawbook:parameter", args=["assets.capital.rate"]) not in page.content.decode()
    assert f"/loi/essayer/?{TRIED.replace(',', '%2C')}" in html.unescape(page.content.decode())


def test_the_live_answer_renames_the_address_to_the_shortest_link(reader):
    answer = reader.get(
        f"/loi/essayer/?{TRIED}&r0-par=month&k0-montant=", headers={"HX-Request": "1"}
    )
    assert answer["HX-Replace-Url"] == f"/loi/essayer/?{TRIED.replace(',', '%2C')}"


def test_what_the_law_room_does_not_cover_says_so(reader):
    page = reader.get("/loi/essayer/?p-au=2026-04-01&p-categorie=2&p-cession=oui")
    assert page.status_code == 200 and "Non couvert" in words(page)


def test_a_wrong_case_is_refused_at_its_field(reader):
    page = reader.get(f"/loi/essayer/?{TRIED}&r1-nature=wage&r1-montant=beaucoup")
    assert page.status_code == 422
    content = page.content.decode()
    assert 'id="id_r1-montant_error"' in content and "figures-row" not in content
    assert reader.get(f"/loi/essayer/export.xlsx?{TRIED}&nom=x").status_code == 422


def test_the_readings_of_the_centre_change_the_trial(writer, iris):
    two = "p-au=2026-04-01&p-categorie=2" + "".join(
        f"&b{n}-nature=built&b{n}-rc=2000" for n in (0, 1)
    )
    before = words(writer.get(f"/loi/essayer/?{two}"))
    actions.choose_reading(iris, "assets.several", "each", "Avis du SPP.")
    assert words(writer.get(f"/loi/essayer/?{two}")) != before


# Writing


def test_a_value_is_seen_before_it_is_added(writer):
    shown = writer.get(f"/loi/ajouter/?nom={MONTHLY}")
    assert "893,65 ; 1340,47 ; 1811,57" in html.unescape(shown.content.decode())
    seen = writer.post("/loi/ajouter/", typed(etape="verifier"))
    assert seen.status_code == 200 and not ParameterLine.objects.exists()
    assert "La formule d’indexation donne un autre montant" in words(seen)
    done = writer.post("/loi/ajouter/", typed(etape="ajouter", submission_key="k"))
    assert done["Location"] == reverse("lawbook:parameter", args=[MONTHLY])
    writer.post("/loi/ajouter/", typed(etape="ajouter", submission_key="k"))
    assert ParameterLine.objects.count() == 1
    page = words(writer.get(done["Location"]))
    assert "ajouté pour l'installation" in page and "Prénom Iris, Valbourg" in page


def test_going_back_keeps_what_was_typed(writer):
    page = writer.post("/loi/ajouter/", typed(etape="corriger"))
    assert page.status_code == 200 and "Moniteur belge du 27" in page.content.decode()


def test_a_wrong_value_comes_back_on_the_form(writer):
    page = writer.post("/loi/ajouter/", typed(value="1 ; 2", etape="verifier"))
    assert page.status_code == 422 and "3 valeurs sont attendues" in words(page)
    assert 'id="id_value_error"' in page.content.decode()


def test_a_reading_is_chosen_with_its_reason(writer, centre):
    data = {"question": "assets.several", "assets.several-reading": "each"}
    refused = writer.post("/loi/choix/", data)
    assert refused.status_code == 422 and not CentreChoice.objects.filter(centre=centre).exists()
    done = writer.post("/loi/choix/", {**data, "assets.several-reason": "Avis du SPP."})
    assert done["Location"] == "/loi/choix/#assets.several"
    page = words(writer.get("/loi/choix/"))
    assert "choix du centre" in page and "Avis du SPP." in page
    assert writer.post("/loi/choix/", {"question": "nope"}).status_code == 422


def test_the_choices_are_read_by_everybody_and_changed_by_none_of_them(reader, selects):
    with selects(4):
        page = reader.get("/loi/choix/")
    assert "Choisir une lecture" not in words(page)
    assert reader.post("/loi/choix/", {"question": "assets.several"}).status_code == 403
    assert "Ajouter une valeur" not in words(reader.get("/loi/"))
