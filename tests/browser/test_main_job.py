"""The main job, whole, as new users do it: from the counter to a paid and notified decision."""

from __future__ import annotations

from datetime import date, timedelta

from playwright.sync_api import expect

from filrouge.demo.people_names import iban, niss
from tests.browser.acts import (
    CONDITIONS,
    a_pdf,
    claim_of,
    day,
    field,
    plan_session,
    press,
    stands,
    text_of_pdf,
    told,
    unfold,
)
from tests.browser.axe import well_made
from tests.browser.site import Site, today

FIRST, LAST, BORN, SERIAL = "Amandine", "Vieuxtemps", date(1990, 3, 12), 996
NAME = f"{FIRST} {LAST}"
COMMITTEE = "Comité spécial du service social"


def test_from_the_counter_to_the_payment(site: Site) -> None:
    _come_in(site)
    person = _open_the_file(site)
    _register(site, person)
    claim = claim_of(site, "francoise", LAST)
    _assign(site, claim)
    _open_the_inquiry(site, claim)
    _household_and_resources(site, person)
    _documents(site, person, claim)
    _findings_and_visit(site, claim)
    _compute(site, claim)
    _propose(site, claim)
    _send_back_then_approve(site, claim)
    session = _schedule_and_convene(site, claim)
    _read_the_sheet(site, session)
    _decide(site, session, claim)
    _notify(site, claim)
    _pay(site, claim)
    _read_the_thread(site, person)


def _come_in(site: Site) -> None:
    window = site.window()
    page = window.new_page()
    page.goto("/")
    site.shoot(page, "00-connexion")
    site.sign_in(page, "sabrina")
    window.close()


def _open_the_file(site: Site) -> str:
    page = site.page("sabrina")
    page.goto("/")
    site.shoot(page, "01-accueil-reception")
    page.goto("/personnes/?q=vieuxtemps")
    expect(page.get_by_text("Personne ne correspond à « vieuxtemps »")).to_be_visible()
    press(page, "Ouvrir un dossier")
    expect(field(page, "last_name")).to_have_value("Vieuxtemps")
    # While typing: somebody of that name and that birth date is known already.
    field(page, "first_name").fill("samira")
    field(page, "last_name").fill("LEJEUNE")
    field(page, "birth_date").fill("1991-05-14")
    warning = page.locator("#doublons")
    expect(warning).to_contain_text("Cette personne a peut-être déjà un dossier")
    expect(warning.get_by_role("link", name="Samira Lejeune")).to_be_visible()
    field(page, "niss").fill(niss(date(1991, 5, 14), 980))
    expect(warning).to_contain_text("Ce numéro national est déjà connu du centre")
    site.shoot(page, "02-doublon-signale")
    field(page, "first_name").fill(FIRST)
    field(page, "last_name").fill(LAST)
    field(page, "birth_date").fill(day(BORN))
    field(page, "niss").fill(niss(BORN, SERIAL))
    expect(warning).to_be_empty()
    field(page, "sex").select_option("f")
    field(page, "phone").fill("0499 00 99 96")
    field(page, "street").fill("Rue du Vieux Pont 4")
    field(page, "postal_code").fill("4999")
    field(page, "city").fill("Valbourg")
    field(page, "residence_status").select_option("belgian")
    field(page, "nationality").fill("belge")
    field(page, "iban").fill(iban(9_000_996))
    press(page, "Ouvrir le dossier")
    stands(page, NAME)
    return page.url.removeprefix(site.base)


def _register(site: Site, person: str) -> None:
    page = site.page("sabrina")
    press(page, "Enregistrer une demande")
    page.get_by_label("revenu d'intégration", exact=True).check()
    words = "Je n'ai plus que mon petit contrat et ma fille est avec moi."
    page.get_by_label("Ce que dit la personne, dans ses mots").fill(words)
    site.shoot(page, "03-demande-au-guichet")
    press(page, "Inscrire au registre et préparer l'accusé")
    told(page, "Demande enregistrée. Remettez ou envoyez l'accusé de réception aujourd'hui.")
    site.shoot(page, "04-fiche-a-l-accueil")
    receipt = page.get_by_role("link", name="Voir l'accusé")
    text = text_of_pdf(page, receipt)
    assert NAME in text and words in text and "30 jours" in text


def _assign(site: Site, claim: str) -> None:
    page = site.page("francoise")
    page.goto("/equipe/")
    line = page.locator(".queue-line", has_text=NAME)
    site.shoot(page, "05-file-de-l-equipe")
    line.get_by_role("link", name="Attribuer").click()
    page.wait_for_url(f"**{claim}attribuer/")
    expect(page.get_by_role("row", name="Nadia Baudart")).to_contain_text("%")
    site.shoot(page, "06-attribuer-selon-la-charge")
    page.get_by_role("radio", name="Nadia Baudart").check()
    press(page, "Confier la demande")
    told(page, "Demande confiée")


def _open_the_inquiry(site: Site, claim: str) -> None:
    page = site.page("nadia")
    page.goto("/")
    site.shoot(page, "07-mon-travail")
    page.locator(".queue-line", has_text=NAME).get_by_role("link", name="Vérifier").click()
    expect(page.get_by_role("heading", name="Le centre est-il compétent ?")).to_be_visible()
    expect(page.get_by_text("Si un autre CPAS est compétent")).to_be_visible()
    text = text_of_pdf(page, page.get_by_role("link", name="Voir l'accusé"))
    assert "Nadia Baudart" in text or "Service social général" in text
    site.shoot(page, "08-verifier-la-competence")
    press(page, "Oui, ouvrir l'enquête")
    told(page, "Enquête ouverte")
    page.wait_for_url(f"**{claim}enquete/")


def _household_and_resources(site: Site, person: str) -> None:
    page = site.page("nadia")
    page.goto(f"{person}menage/")
    unfold(page, "Ajouter quelqu’un au ménage")
    field(page, "first_name").fill("Lison")
    field(page, "last_name").fill(LAST)
    field(page, "birth_date").fill("2019-06-02")
    field(page, "relation").select_option("child")
    field(page, "starts_on").fill("2019-06-02")
    field(page, "dependent").check()
    press(page, "Ajouter au ménage")
    expect(page.get_by_text("Catégorie 3", exact=False).first).to_be_visible()
    site.shoot(page, "09-menage")
    page.goto(f"{person}ressources/")
    unfold(page, "Ajouter une ressource")
    field(page, "revenu-kind").select_option("wage")
    field(page, "revenu-label").fill("Titres-services")
    field(page, "revenu-amount_cents").fill("420,50")
    field(page, "revenu-exempted_work").check()
    field(page, "revenu-starts_on").fill(day(today() - timedelta(days=90)))
    press(page, "Noter la ressource")
    expect(page.get_by_role("row", name="Titres-services")).to_contain_text("420,50")
    site.shoot(page, "10-ressources")


def _documents(site: Site, person: str, claim: str) -> None:
    page = site.page("nadia")
    page.goto(f"{claim}enquete/")
    press(page, "Ajouter un document")
    page.get_by_label("Fichier").set_input_files(a_pdf("Bail"))
    field(page, "kind").select_option("lease")
    field(page, "title").fill("Bail rue du Vieux Pont")
    field(page, "valid_until").fill(day(today() + timedelta(days=400)))
    press(page, "Mettre au dossier")
    told(page, "Le document est dans le dossier")
    text_of_pdf(page, page.get_by_role("link", name="Bail rue du Vieux Pont"))
    site.shoot(page, "11-documents")
    page.goto(f"{claim}enquete/")
    unfold(page, "Demander les documents qui manquent")
    page.locator("[name=kinds][value=payslip]").check()
    site.shoot(page, "12-demander-ce-qui-manque")
    press(page, "Faire la lettre")
    told(page, "La lettre qui demande ces documents est prête dans le dossier")
    expect(page.get_by_role("complementary")).to_contain_text("fiche de paie")
    page.goto(f"{person}documents/")
    letter = page.get_by_role("link", name="Documents demandés")
    assert "fiche de paie" in text_of_pdf(page, letter).lower()


def _findings_and_visit(site: Site, claim: str) -> None:
    page = site.page("nadia")
    page.goto(f"{claim}enquete/")
    unfold(page, "Noter une visite à domicile")
    field(page, "visited_on").fill(day(today()))
    page.get_by_label("Ce qui a été constaté").fill("Deux pièces, la chambre est à l'enfant.")
    press(page, "Noter la visite")
    expect(page.get_by_role("complementary")).to_contain_text("la chambre est à l'enfant")
    facts = {
        "residence": "Habite à Valbourg, bail vu.",
        "age": "Née le 12 mars 1990.",
        "status": "Belge, vu au registre national.",
        "resources": "Titres-services à temps partiel, rien d'autre.",
        "work": "Travaille et cherche à augmenter ses heures.",
        "other_rights": "Allocations familiales reçues, aucun autre droit.",
    }
    assert tuple(facts) == CONDITIONS
    for name, fact in facts.items():
        page.locator(f"[name={name}-result][value=met]").check()
        field(page, f"{name}-text").fill(fact)
    page.get_by_label("Bail rue du Vieux Pont").first.check()
    site.shoot(page, "13-six-conditions")
    press(page, "Enregistrer les constats")
    told(page, "Constats enregistrés")


def _compute(site: Site, claim: str) -> None:
    page = site.page("nadia")
    page.wait_for_url(f"**{claim}calcul/")
    live = page.locator("#calcul-vif")
    expect(live).to_contain_text("Droit par mois")
    expect(field(page, "category")).to_have_value("3")
    amount = live.locator("tr.total .num").last
    as_family = amount.inner_text()
    field(page, "category").select_option("2")
    expect(amount).not_to_have_text(as_family)
    field(page, "category").select_option("3")
    expect(amount).to_have_text(as_family)
    field(page, "category_reason").fill("Sa fille mineure, à charge, vit avec elle.")
    live.locator("summary").first.click()
    site.shoot(page, "14-calcul-explique")
    press(page, "Figer et passer à la proposition")
    page.wait_for_url(f"**{claim}proposition/")


def _propose(site: Site, claim: str) -> None:
    page = site.page("nadia")
    grounds = field(page, "grounds_in_fact").input_value()
    assert "Titres-services" in grounds or "titres-services" in grounds, grounds
    assert "26 mai 2002" in field(page, "grounds_in_law").input_value()
    page.locator("[name=measure][value=grant]").check()
    field(page, "ends_on").fill(day(today() + timedelta(days=364)))
    site.shoot(page, "15-proposition-redigee")
    press(page, "Remettre au chef de service")
    told(page, "Proposition remise au chef de service")
    # Four eyes: the author has no button to approve.
    expect(page.get_by_role("button", name="Approuver")).to_have_count(0)


def _send_back_then_approve(site: Site, claim: str) -> None:
    head, worker = site.page("francoise"), site.page("nadia")
    head.goto("/")
    head.locator(".queue-line", has_text=NAME).get_by_role("link", name="Relire").click()
    unfold(head, "Renvoyer à l'auteur")
    field(head, "reason").fill("Un PIIS est utile : prévoyez-le.")
    press(head, "Renvoyer")
    told(head, "Proposition renvoyée à son auteur")
    worker.goto(f"{claim}proposition/")
    expect(worker.get_by_text("Un PIIS est utile : prévoyez-le.")).to_be_visible()
    field(worker, "piis_due").check()
    field(worker, "piis_by").fill(day(today() + timedelta(days=90)))
    press(worker, "Remettre au chef de service")
    told(worker, "Proposition remise au chef de service")
    head.goto(f"{claim}proposition/")
    site.shoot(head, "16-relecture-du-chef")
    press(head, "Approuver")
    told(head, "Proposition approuvée")


def _schedule_and_convene(site: Site, claim: str) -> str:
    page = site.page("monique")
    session = plan_session(page, COMMITTEE, today(), "18:30")
    page.goto("/")
    site.shoot(page, "17-secretariat")
    page.goto(f"{claim}conseil/")
    key = session.rstrip("/").rsplit("/", 1)[1]
    field(page, "session").select_option(key)
    press(page, "Inscrire à l'ordre du jour")
    told(page, "Point inscrit à l'ordre du jour")
    page.goto(session)
    press(page, "Envoyer la convocation")
    expect(page.get_by_role("main")).to_contain_text("Envoyée le")
    text = text_of_pdf(page, page.get_by_role("link", name="Convocation").first)
    assert LAST not in text, "a convocation shows initials only"
    return session


def _read_the_sheet(site: Site, session: str) -> None:
    page = site.page("fatma")
    page.goto(session)
    expect(page.get_by_role("main")).not_to_contain_text(LAST)
    site.shoot(page, "18-ordre-du-jour-par-initiales")
    page.get_by_role("row", name="RIS").or_(page.locator("tbody tr")).first.get_by_role(
        "link"
    ).click()
    stands(page, NAME)
    site.shoot(page, "19-fiche-du-conseiller")


def _decide(site: Site, session: str, claim: str) -> None:
    page = site.page("monique")
    page.goto(session)
    press(page, "Ouvrir la séance")
    expect(page.get_by_text("Quorum : 3 présents au moins, sur 5 membres")).to_be_visible()
    page.locator("[name=present]").nth(4).uncheck()
    page.locator("[name=excused]").nth(4).check()
    well_made(page)
    site.shoot(page, "20-presences-et-quorum")
    press(page, "Ouvrir la séance")
    told(page, "La séance est ouverte, le quorum est atteint")
    # By keyboard from here: the first point, its form, the vote, sent.
    page.keyboard.press("n")
    page.wait_for_url("**/conseil/points/**")
    stands(page, NAME)
    page.keyboard.press("s")
    page.wait_for_url("**?acte=suivre")
    expect(field(page, "votes_for")).to_be_focused()
    expect(field(page, "votes_for")).to_have_value("4")
    site.shoot(page, "21-decider-au-clavier")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{session}*")
    told(page, "Décidé comme proposé")
    press(page, "Lever la séance")
    stands(page, "Procès-verbal")
    expect(page.get_by_role("main")).to_contain_text("4 pour")
    well_made(page)
    site.shoot(page, "22-proces-verbal")


def _notify(site: Site, claim: str) -> None:
    page = site.page("monique")
    page.goto(f"{claim}notification/")
    site.shoot(page, "23-lettre-a-relire")
    press(page, "Soumettre à la signature")
    told(page, "Lettre prête. Elle attend les deux signatures.")
    for key, number in (("mireille", "24"), ("anne", "25")):
        signer = site.page(key)
        signer.goto("/")
        queue = signer.locator(".queue", has_text="À signer par vous")
        expect(queue).to_be_visible()
        signer.goto(f"{claim}signer/")
        well_made(signer)
        site.shoot(signer, f"{number}-signature")
        press(signer, "Signer la lettre")
    page.goto(f"{claim}notification/")
    letter = text_of_pdf(page, page.get_by_role("link", name="Voir la lettre"))
    for words in (NAME, "Tribunal du travail", "trois mois", "Mireille Charpentois"):
        assert words in letter, words
    field(page, "delivery_number").fill("010541288500000000099")
    press(page, "Noter l'envoi")
    told(page, "Envoi noté : le délai de notification est arrêté.")
    site.shoot(page, "26-notifiee")


def _pay(site: Site, claim: str) -> None:
    page = site.page("olivier")
    page.goto("/")
    page.goto("/paiements/")
    site.shoot(page, "27-paiements")
    page.get_by_role("row", name=f"{LAST} {FIRST}").get_by_role("link").click()
    page.wait_for_url(f"**{claim}payer/")
    press(page, "Noter le paiement")
    told(page, "Premier paiement noté")
    page.goto("/paiements/?tout=1")
    expect(page.get_by_role("row", name=f"{LAST} {FIRST}")).to_be_visible()


def _read_the_thread(site: Site, person: str) -> None:
    page = site.page("nadia")
    page.goto(person)
    thread = page.get_by_role("main")
    for knot in (
        "Demande enregistrée", "Demande confiée à Nadia Baudart", "Enquête sociale ouverte",
        "Document reçu : Bail rue du Vieux Pont", "Documents demandés", "Visite à domicile",
        "Constats de l'enquête", "Calcul du revenu d'intégration", "Proposition renvoyée",
        "Proposition approuvée", "Mis à l'ordre du jour", "Décision : aide accordée",
        "Décision notifiée", "Premier paiement",
    ):  # fmt: skip
        expect(thread).to_contain_text(knot)
    site.shoot(page, "28-fil-de-la-personne")
    page.goto(f"{person}lectures/")
    readers = page.get_by_role("main")
    for name in ("Nadia Baudart", "Françoise Delvigneux", "Fatma Yılmazer", "Sabrina Vanhoutem"):
        expect(readers).to_contain_text(name)
    site.shoot(page, "29-qui-a-lu")
    page.goto("/personnes/?q=lejeune samira")
    page.get_by_role("link", name="LEJEUNE, Samira").or_(
        page.get_by_role("link", name="Lejeune, Samira")
    ).first.click()
    stands(page, "Samira Lejeune")
    site.shoot(page, "person")
