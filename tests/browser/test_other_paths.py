"""What leaves the main road: another centre, urgency, withdrawal, lateness, two hands at once."""

from __future__ import annotations

from datetime import date, timedelta

from playwright.sync_api import Page, expect

from tests.browser.acts import (
    claim_of,
    confide,
    day,
    establish_all,
    field,
    open_file,
    plan_session,
    press,
    register,
    stands,
    text_of_pdf,
    told,
    unfold,
)
from tests.browser.axe import well_made
from tests.browser.site import Site, today

BORN = date(1984, 6, 20)


def test_another_centre_is_competent(site: Site) -> None:
    person = open_file(site, "sabrina", "Bastien", "Quevauvers", BORN, 991)
    register(site.page("sabrina"), person, "ris", words="J'habite Montclair depuis un an.")
    claim = claim_of(site, "francoise", "Quevauvers")
    confide(site, claim, "Hafida Belmaati")
    worker = site.page("hafida")
    worker.goto(claim)
    expect(worker.get_by_text("votre chef de service signe la transmission")).to_be_visible()
    expect(worker.get_by_role("link", name="Non, transmettre")).to_have_count(0)
    head = site.page("francoise")
    head.goto(claim)
    press(head, "Non, transmettre")
    stands(head, "Transmettre au CPAS compétent")
    well_made(head)
    field(head, "to_centre").fill("CPAS de Montclair")
    field(head, "reasons").fill("Sa résidence habituelle est à Montclair depuis un an.")
    press(head, "Signer et transmettre")
    told(head, "Demande transmise. Les deux lettres sont dans le dossier.")
    expect(head.get_by_role("main")).to_contain_text("CPAS de Montclair")
    # Before any inquiry: it can no longer be opened; the council only takes note.
    expect(head.get_by_role("button", name="Oui, ouvrir l'enquête")).to_have_count(0)
    secretary = site.page("monique")
    secretary.goto(f"{claim}conseil/")
    expect(secretary.get_by_text("il en prend acte")).to_be_visible()
    field(secretary, "session").select_option(index=1)
    press(secretary, "Inscrire à l'ordre du jour")
    told(secretary, "Point inscrit à l'ordre du jour")


def test_urgent_aid_is_granted_by_the_president_and_ratified(site: Site) -> None:
    person = open_file(site, "sabrina", "Mirabelle", "Sart", BORN, 992)
    words = "Le gaz est coupé et j'ai un bébé."
    register(site.page("sabrina"), person, "financial", urgent=True, words=words)
    claim = claim_of(site, "francoise", "Sart")
    president = site.page("mireille")
    president.goto("/")
    president.locator(f"a[href='{claim}urgence/']").first.click()
    expect(president.get_by_text(words)).to_be_visible()
    well_made(president)
    field(president, "body").select_option(label="Bureau permanent")
    field(president, "amount_cents").fill("150")
    field(president, "reasons").fill("Coupure de gaz, enfant de trois mois.")
    press(president, "Accorder l'aide")
    told(president, "accordée")
    secretary = site.page("monique")
    # The ratification stands on the next agenda of the body by itself; that one is days away.
    secretary.goto("/conseil/")
    secretary.locator("tbody tr", has_text="Bureau permanent").first.get_by_role("link").click()
    secretary.locator("tbody tr", has_text="Ratification").last.get_by_role("link").click()
    expect(secretary.get_by_text("Le président demande la ratification")).to_be_visible()
    point = secretary.url
    session = plan_session(secretary, "Bureau permanent", today(), "17:45")
    secretary.goto(f"{point}?acte=retirer")
    field(secretary, "reason").fill("Une séance se tient plus tôt.")
    press(secretary, "Retirer le point")
    told(secretary, "Le point est retiré de l'ordre du jour.")
    secretary.goto(f"{point}?acte=inscrire")
    field(secretary, "session").select_option(session.rstrip("/").rsplit("/", 1)[1])
    press(secretary, "Inscrire")
    told(secretary, "Le point est à l'ordre du jour.")
    secretary.goto(session)
    press(secretary, "Envoyer la convocation")
    press(secretary, "Ouvrir la séance")
    press(secretary, "Ouvrir la séance")
    told(secretary, "La séance est ouverte")
    secretary.keyboard.press("n")
    expect(secretary.get_by_text("Le président demande la ratification")).to_be_visible()
    secretary.keyboard.press("s")
    secretary.wait_for_url("**?acte=suivre")
    press(secretary, "Décider comme proposé")
    secretary.wait_for_url(f"{session}**")
    expect(secretary.get_by_role("main")).to_contain_text("(ratification)")


def test_the_person_withdraws(site: Site) -> None:
    person = open_file(site, "sabrina", "Octave", "Rondeau", BORN, 993)
    register(site.page("sabrina"), person, "heating")
    claim = claim_of(site, "francoise", "Rondeau")
    confide(site, claim, "Nadia Baudart")
    page = site.page("nadia")
    page.goto(claim)
    press(page, "La personne retire sa demande")
    expect(page.get_by_text("Les délais s'arrêtent.")).to_be_visible()
    press(page, "Noter le retrait")
    expect(page.get_by_text("Un point est à corriger")).to_be_visible()
    field(page, "reason").fill("Elle a trouvé une autre solution.")
    press(page, "Noter le retrait")
    expect(page.get_by_role("main")).to_contain_text("retirée")
    page.goto("/registre/?q=Rondeau")
    expect(page.get_by_role("main")).to_contain_text("Rondeau")


def test_a_forgotten_request_is_entered_with_its_true_date(site: Site) -> None:
    person = open_file(site, "sabrina", "Philomène", "Tardivel", BORN, 994)
    page = site.page("sabrina")
    press(page, "Enregistrer une demande")
    page.get_by_label("revenu d'intégration", exact=True).check()
    field(page, "words").fill("J'avais écrit la semaine dernière.")
    field(page, "channel").select_option("letter")
    field(page, "received_on").fill(day(today() - timedelta(days=6)))
    press(page, "Inscrire au registre et préparer l'accusé")
    # Why it comes late is asked; nothing typed is lost.
    expect(page.locator("#id_late_entry_reason_error")).to_be_visible()
    expect(field(page, "words")).to_have_value("J'avais écrit la semaine dernière.")
    expect(field(page, "channel")).to_have_value("letter")
    field(page, "late_entry_reason").fill("Lettre restée dans un autre service.")
    press(page, "Inscrire au registre et préparer l'accusé")
    told(page, "Demande enregistrée")
    page.goto("/registre/?q=Tardivel")
    row = page.locator("tbody tr")
    expect(row).to_contain_text("inscrite plus tard")
    expect(row).to_contain_text("Lettre restée dans un autre service.")
    assert person


def test_two_people_on_one_form(site: Site) -> None:
    person = open_file(site, "sabrina", "Gisèle", "Doublet", BORN, 990)
    first, second = site.page("sabrina"), site.page("rita")
    first.goto(f"{person}modifier/")
    second.goto(f"{person}modifier/")
    field(second, "phone").fill("0499 11 11 11")
    press(second, "Enregistrer")
    stands(second, "Gisèle Doublet")
    field(first, "email").fill("gisele@exemple.be")
    press(first, "Enregistrer")
    stands(first, "Quelqu’un a modifié cette page avant vous")
    expect(first.get_by_role("heading", name="Ce que vous aviez tapé")).to_be_visible()
    expect(first.get_by_role("main")).to_contain_text("gisele@exemple.be")
    well_made(first)
    site.shoot(first, "30-conflit")
    press(first, "Ouvrir la version actuelle")
    expect(first.get_by_role("main")).to_contain_text("Gisèle Doublet")


def test_a_double_click_registers_once(site: Site) -> None:
    person = open_file(site, "sabrina", "Firmin", "Presset", BORN, 989)
    page = site.page("sabrina")
    press(page, "Enregistrer une demande")
    page.get_by_label("médiation de dettes").check()
    form = _fields(page)
    page.get_by_role("button", name="Inscrire au registre").dblclick()
    told(page, "Demande enregistrée")
    # The same form once more, as a reload would send it.
    again = page.request.post(
        f"{person.rstrip('/')}/".replace("/personnes/", "/demandes/nouvelle/"),
        form=form,
        headers={"Referer": site.base},
    )
    assert again.ok
    page.goto(person)
    expect(page.locator("tbody tr")).to_have_count(1)


def _fields(page: Page) -> dict[str, str]:
    return dict(
        page.evaluate(
            "[...new FormData(document.querySelector('main form[method=post]'))]"
            ".filter(([, value]) => typeof value === 'string')"
        )
    )


def test_a_draft_comes_back(site: Site) -> None:
    page = site.page("nadia")
    page.goto("/personnes/?q=lejeune samira")
    page.locator("tbody a").first.click()
    press(page, "Ajouter au fil")
    page.get_by_label("En quelques mots").fill("Appel du propriétaire")
    page.get_by_label("Ce qui s'est passé").fill("Le loyer d'octobre est payé.")
    expect(page.locator("[data-draft-status]")).to_contain_text("Brouillon enregistré")
    address = page.url
    page.goto("/aide/")
    page.goto(address)
    expect(page.get_by_label("En quelques mots")).to_have_value("Appel du propriétaire")
    expect(page.get_by_label("Ce qui s'est passé")).to_have_value("Le loyer d'octobre est payé.")
    page.get_by_role("main").locator("button.primary").click()
    told(page, "La note est sur le fil.")
    expect(page.get_by_role("main")).to_contain_text("Appel du propriétaire")


def test_cohabiting_parents_behave_as_the_law_room_says(site: Site) -> None:
    page = site.page("hafida")
    page.goto("/demandes/?q=Brancaleri")
    claim = page.locator("tbody a[href^='/demandes/']").first.get_attribute("href")
    page.goto(f"{claim}calcul/")
    live = page.locator("#calcul-vif")
    expect(live).to_be_visible()
    covered = "Non couvert" not in live.inner_text()
    field(page, "category_reason").fill("Vit chez ses parents.")
    press(page, "Figer et passer à la proposition")
    if covered:
        page.wait_for_url(f"**{claim}proposition/")
    else:
        expect(page.locator(".error-summary")).to_be_visible()
        expect(field(page, "category_reason")).to_have_value("Vit chez ses parents.")


def test_a_consultation_is_asked_answered_and_done_on_site(site: Site) -> None:
    member, director = site.page("fatma"), site.page("anne")
    member.goto("/conseil/")
    member.locator("tbody a").first.click()
    member.locator("tbody a").first.click()
    name = member.get_by_role("heading", level=1).inner_text()
    member.keyboard.press("c")
    member.wait_for_url("**?acte=consulter")
    field(member, "reason").fill("Comprendre la situation du logement.")
    press(member, "Demander")
    told(member, "La demande est envoyée au directeur général.")
    assert name
    director.goto("/conseil/consultations/")
    director.locator("tbody tr", has_text="Comprendre la situation du logement.").get_by_role(
        "link", name="Répondre"
    ).click()
    well_made(director)
    director.get_by_role("radio", name="Accorder").check()
    field(director, "answer").fill("Lundi à 10 h, dans mon bureau.")
    press(director, "Répondre")
    row = director.locator("tbody tr", has_text="Comprendre la situation du logement.")
    expect(row).to_contain_text("accordée")
    row.get_by_role("button", name="Consulté sur place").click()
    expect(row).to_contain_text("Consulté sur place,")


def test_the_receipt_opens_over_the_page(site: Site) -> None:
    person = open_file(site, "sabrina", "Léopold", "Montulet", BORN, 988)
    page = site.page("sabrina")
    register(page, person, "ris")
    link = page.get_by_role("link", name="Voir l'accusé")
    assert "Accusé de réception" in text_of_pdf(page, link)
    link.click()
    expect(page.locator("dialog.preview iframe")).to_be_visible()
    page.get_by_role("button", name="Fermer").click()
    expect(page.locator("dialog.preview")).to_have_count(0)
    expect(link).to_be_focused()


def test_nothing_is_proposed_while_a_condition_is_unknown_without_a_reason(site: Site) -> None:
    person = open_file(site, "nadia", "Clémence", "Inconnu", BORN, 987)
    page = site.page("nadia")
    register(page, person, "ris")
    claim = claim_of(site, "francoise", "Inconnu")
    confide(site, claim, "Nadia Baudart")
    page.goto(claim)
    press(page, "Oui, ouvrir l'enquête")
    page.goto(f"{claim}proposition/")
    page.locator("[name=measure][value=refuse]").check()
    field(page, "grounds_in_fact").fill("Elle ne répond plus.")
    press(page, "Remettre au chef de service")
    expect(page.locator("#id_despite_unknown_error")).to_be_visible()
    expect(field(page, "grounds_in_fact")).to_have_value("Elle ne répond plus.")
    establish_all(page, claim)
    assert unfold
