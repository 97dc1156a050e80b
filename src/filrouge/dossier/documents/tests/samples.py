# ruff: noqa: E501
"""One invented content per letter, for the tests and for looking at the letters."""

from __future__ import annotations

from datetime import date as D
from typing import Any

CENTRE = {
    "name": "CPAS de Valbourg",
    "address": "Place du Marché 4",
    "city": "4999 Valbourg",
    "phone": "04 555 01 00",
    "email": "accueil@cpas-valbourg.example",
    "enterprise_number": "0212.345.678",
    "opening_hours": "lundi et mercredi de 9 h à 12 h, jeudi de 13 h à 16 h",
}


def f(title: str, **k: Any) -> dict[str, Any]:
    d: dict[str, Any] = {
        "title": title,
        "centre": CENTRE,
        "recipient": {
            "name": "Nadia Exemple",
            "lines": ["Rue des Tilleuls 12, boîte 3", "4999 Valbourg"],
        },
        "on": D(2026, 3, 2),
        "reference": "D-1042 · 2026-0117",
        "service": "Service social général",
        "worker": "Claire Modèle",
        "phone": "04 555 01 12",
        "email": "claire.modele@cpas-valbourg.example",
    }
    d.update(k)
    return d


TERMS = [
    {
        "what": "Transmettre votre demande si un autre CPAS est compétent",
        "days": "5 jours",
        "by": D(2026, 3, 7),
        "article": "loi du 2 avril 1965, art. 18; loi du 26 mai 2002, art. 18, § 4",
    },
    {
        "what": "Prendre une décision",
        "days": "30 jours",
        "by": D(2026, 4, 1),
        "article": "loi du 26 mai 2002, art. 21, § 1",
    },
    {
        "what": "Vous envoyer la décision",
        "days": "8 jours après la décision",
        "by": "",
        "article": "loi du 26 mai 2002, art. 21, § 4",
    },
]
LETTERS: dict[str, tuple[str, dict[str, Any], str]] = {}
LETTERS["receipt"] = (
    "claims/receipt.typ",
    f(
        "Accusé de réception de votre demande",
        requests=[
            {"number": "2026-0117", "aid": "Revenu d'intégration", "asked": ""},
            {
                "number": "2026-0118",
                "aid": "Aide sociale : garantie locative",
                "asked": "Deux mois de loyer pour un studio, 1 040 €",
            },
        ],
        received_on=D(2026, 2, 27),
        registered_on=D(2026, 3, 2),
        late_entry=True,
        channel="au guichet",
        words="Mon contrat s'est arrêté.\nJe n'ai plus rien depuis #import * $x$ janvier.",
        terms=TERMS,
        register_article="loi du 26 mai 2002, art. 18, § 1",
    ),
    "fr",
)
LETTERS["missing"] = (
    "claims/missing_documents.typ",
    f(
        "Documents à nous remettre",
        request_number="2026-0117",
        aid="revenu d'intégration",
        missing=[
            {
                "kind": "Décision ou attestation de chômage",
                "detail": "la lettre de l'ONEM qui met fin à vos allocations",
                "why": "pour établir vos ressources",
            },
            {"kind": "Bail ou preuve du logement", "detail": "", "why": ""},
        ],
        there=[
            {"kind": "Titre d'identité ou de séjour", "on": D(2025, 11, 4)},
            {"kind": "Preuve du compte bancaire", "on": D(2024, 5, 2)},
        ],
        due_on=D(2026, 3, 16),
        ways=[
            "au guichet, pendant les permanences",
            "par la poste, à l'adresse ci-dessus",
            "par courriel, à claire.modele@cpas-valbourg.example",
        ],
        decide_before=D(2026, 3, 29),
        article="loi du 26 mai 2002, art. 19, § 2",
    ),
    "fr",
)
COMPUTATION = [
    {
        "label": "Montant de la catégorie 2, par an",
        "rule": "Montant de base × coefficient d'indexation",
        "article": "loi du 26 mai 2002, art. 14, § 1",
        "value": "16 085,64 €",
        "mark": "montants au 1er mars 2026, calculés par nous",
    },
    {
        "label": "Salaire net, moins l'exonération",
        "rule": "12 × max (0 ; 800,00 − 315,67)",
        "article": "arrêté royal du 11 juillet 2002, art. 23 et 35",
        "value": "− 5 811,96 €",
        "mark": "exonération au 1er mars 2026, calculée par nous",
    },
    {
        "label": "Exonération générale",
        "rule": "250 € par an pour la catégorie 2",
        "article": "arrêté royal du 11 juillet 2002, art. 22, § 2",
        "value": "+ 250,00 €",
    },
    {
        "label": "Droit par an",
        "rule": "Montant de la catégorie − ressources comptées",
        "article": "loi du 26 mai 2002, art. 14, § 2",
        "value": "10 523,68 €",
    },
    {
        "label": "Droit par mois",
        "rule": "Droit par an ÷ 12, arrondi au cent",
        "article": "loi du 26 mai 2002, art. 14, § 2",
        "value": "876,97 €",
        "strong": True,
    },
]
APPEAL = dict(
    court="tribunal du travail de Liège, division Valbourg",
    address="greffe, place Saint-Exemple 30, 4999 Valbourg",
    within="trois mois",
    **{"from": "qui suivent la notification de cette décision"},
    form="Par une requête écrite, datée et signée, déposée au greffe ou envoyée par lettre recommandée. Indiquez votre nom, votre adresse, la décision contestée et vos raisons ; joignez une copie de cette lettre. La procédure est en principe gratuite.",
    article="loi du 26 mai 2002, art. 47 ; loi du 11 avril 1995 (charte de l'assuré social), art. 14",
    late="Le délai ne commence pas à courir si cette lettre ne vous est ni envoyée par recommandé ni remise contre accusé de réception.",
)
LETTERS["decision"] = (
    "claims/decision.typ",
    f(
        "Décision sur votre demande de revenu d'intégration",
        request_number="2026-0117",
        aid="le revenu d'intégration",
        received_on=D(2026, 2, 27),
        granted=True,
        outcome="Le revenu d'intégration vous est accordé comme personne isolée, à partir du 27 février 2026.",
        decided_on=D(2026, 3, 19),
        body="Le comité spécial du service social",
        urgent_by_president=False,
        ratification="",
        category="Catégorie 2 : personne isolée",
        category_why="Vous vivez seule dans votre studio depuis le 1er septembre 2025 ; la visite du 5 mars 2026 l'a confirmé.",
        amount="876,97 € par mois",
        amount_note="",
        rhythm="chaque mois, par virement sur le compte BE71 0961 2345 6769",
        first_payment="au plus tard le 3 avril 2026",
        first_amount="62,64 € pour les 2 jours de février 2026",
        starts_on=D(2026, 2, 27),
        ends_on="",
        facts="Vous habitez à Valbourg et y séjournez de façon habituelle. Vous êtes de nationalité belge et majeure.\nVotre contrat de travail à temps plein s'est arrêté le 31 janvier 2026. Vous gagnez 800 € net par mois comme vendeuse à mi-temps depuis le 2 mars 2026.\nVous cherchez à compléter ce travail et vous avez demandé les autres prestations auxquelles vous pourriez avoir droit.",
        law="Les six conditions du droit sont remplies : loi du 26 mai 2002 concernant le droit à l'intégration sociale, art. 3.\nLa catégorie suit l'article 14, § 1er, 2°. Les ressources sont comptées selon les articles 22, 23 et 35 de l'arrêté royal du 11 juillet 2002.",
        computation=COMPUTATION,
        computation_note="",
        piis="Vous avez moins de 25 ans : un projet se conclut avec vous dans les trois mois, au plus tard le 19 juin 2026.",
        duties=[
            "Dites-nous tout de suite ce qui change : adresse, ménage, travail, ressources.",
            "Prévenez-nous avant un séjour à l'étranger d'une semaine ou plus.",
        ],
        conditions_articles="Paiement : loi du 26 mai 2002, art. 23. Déclaration des changements : art. 22.",
        appeal=APPEAL,
        hearing="Vous avez le droit d'être entendue avant toute décision qui réduit ou retire votre droit, avec la personne de votre choix ou un avocat (loi du 26 mai 2002, art. 20).\nUn avocat peut vous aider gratuitement : demandez-nous l'adresse du bureau d'aide juridique.",
        president="Jean Modèle",
        director="Anne Patron",
        president_signed="",
        director_signed="",
        sent_by="Par envoi recommandé RE 123 456 789 BE",
    ),
    "fr",
)
LETTERS["refusal"] = (
    "claims/decision.typ",
    dict(
        LETTERS["decision"][1],
        title="Décision sur votre demande d'aide sociale",
        aid="une garantie locative",
        granted=False,
        outcome="L'aide demandée est refusée.",
        category="",
        category_why="",
        amount="",
        rhythm="",
        first_payment="",
        first_amount="",
        starts_on="",
        ends_on="",
        computation=[],
        piis="",
        duties=[],
        law="Loi organique du 8 juillet 1976, art. 1, 57 et 60.",
        sent_by="",
    ),
    "fr",
)
for language, title, measure, duties in (
    (
        "nl",
        "Beslissing over uw aanvraag: vertaling",
        "grant",
        ["Meld elke verandering: adres, gezin, werk, inkomen."],
    ),
    (
        "de",
        "Entscheidung über Ihren Antrag: Übersetzung",
        "refuse",
        ["Melden Sie jede Änderung: Adresse, Haushalt, Arbeit, Einkommen."],
    ),
):
    LETTERS[{"nl": "dutch", "de": "german"}[language]] = (
        "claims/decision_translation.typ",
        f(
            title,
            request_number="2026-0117",
            decided_on=D(2026, 3, 19),
            measure=measure,
            aid="leefloon" if language == "nl" else "Eingliederungseinkommen",
            amount="876,97 €" if measure == "grant" else "",
            starts_on=D(2026, 2, 27) if measure == "grant" else "",
            ends_on="",
            first_payment="",
            reasons=[],
            duties=duties,
            appeal={
                "court": APPEAL["court"],
                "address": APPEAL["address"],
                "within": "drie maanden" if language == "nl" else "drei Monate",
                "until": "",
            },
        ),
        language,
    )
SIGNATORY = {
    "role": "Par délégation, la responsable du service social général",
    "name": "Sophie Cadre",
}
LETTERS["transfer"] = (
    "claims/transfer.typ",
    f(
        "Transmission d'une demande",
        recipient={"name": "CPAS de Rivemont", "lines": ["Rue de l'Église 1", "4998 Rivemont"]},
        request_number="2026-0131",
        aid="revenu d'intégration",
        received_on=D(2026, 2, 27),
        registered_on=D(2026, 2, 27),
        person={
            "name": "Nadia Exemple",
            "birth_date": D(2004, 5, 6),
            "address": "Rue du Pont 9, 4998 Rivemont",
            "niss": "04.05.06-002.33",
        },
        reasons="La personne habite à Rivemont depuis le 3 janvier 2026, où elle dort et a ses affaires.",
        law="Loi du 2 avril 1965, art. 1 et 2.",
        transfer_article="(loi du 26 mai 2002, art. 18, § 4)",
        transfer_by=D(2026, 3, 4),
        enclosures=["copie de la demande signée"],
        signatory=SIGNATORY,
    ),
    "fr",
)
LETTERS["transfer_person"] = (
    "claims/transfer_person.typ",
    f(
        "Votre demande est transmise à un autre CPAS",
        request_number="2026-0131",
        aid="le revenu d'intégration",
        received_on=D(2026, 2, 27),
        to={
            "name": "CPAS de Rivemont",
            "address": "Rue de l'Église 1, 4998 Rivemont",
            "phone": "04 555 02 00",
        },
        reasons="Vous habitez à Rivemont depuis le 3 janvier 2026.",
        article="Loi du 2 avril 1965, art. 1 et 2 ; loi du 26 mai 2002, art. 18, § 4.",
        signatory=SIGNATORY,
    ),
    "fr",
)
ITEMS = [
    {
        "number": 1,
        "title": "Revenu d'intégration, N. E.",
        "reference": "2026-0117",
        "urgent": False,
        "before": D(2026, 3, 29),
    },
    {
        "number": 2,
        "title": "Garantie locative, P. M.",
        "reference": "2026-0120",
        "urgent": True,
        "before": "",
    },
]
SIGNATORIES = [
    {"role": "La directrice générale", "name": "Anne Patron", "signed": ""},
    {"role": "Le président", "name": "Jean Modèle", "signed": "Signé le 12 mars 2026"},
]
SESSION = {
    "body": "Comité spécial du service social",
    "held_on": "jeudi 19 mars 2026",
    "starts_at": "18 h 30",
    "place": "salle du conseil, place du Marché 4",
    "service": "Secrétariat du conseil",
    "worker": "",
    "reference": "CSSS 2026-06",
}
LETTERS["convocation"] = (
    "council/convocation.typ",
    f(
        "Convocation",
        **SESSION,
        items=ITEMS,
        clear_days=5,
        article="Loi organique du 8 juillet 1976, art. 30.",
        consult="Les fiches se consultent dans Filrouge dès aujourd'hui.",
        signatories=SIGNATORIES,
    ),
    "fr",
)
LETTERS["agenda"] = ("council/agenda.typ", f("Ordre du jour", **SESSION, items=ITEMS), "fr")
LETTERS["minutes"] = (
    "council/minutes.typ",
    f(
        "Procès-verbal",
        **SESSION,
        final=False,
        opened_at="18 h 34",
        closed_at="",
        present=[{"name": "Jean Modèle", "role": "président"}, {"name": "Paul Témoin", "role": ""}],
        excused=[{"name": "Lise Absente", "role": ""}],
        absent=[],
        items=[
            {
                "number": 1,
                "title": "Revenu d'intégration, N. E.",
                "reference": "2026-0117",
                "withdrawn": ["Paul Témoin"],
                "outcome": "Octroyer 876,97 € par mois à partir du 27 février 2026.",
                "facts": "Vit seule.",
                "law": "Loi du 26 mai 2002, art. 3 et 14.",
                "votes": "4 pour, 1 contre, 0 abstention.",
                "reasons": "",
                "status": "",
            },
            {
                "number": 2,
                "title": "Garantie locative, P. M.",
                "reference": "2026-0120",
                "withdrawn": [],
                "outcome": "",
                "facts": "",
                "law": "",
                "votes": "",
                "reasons": "",
                "status": "Reporté : la personne sera entendue d'abord. Le délai de décision continue.",
            },
        ],
        remarks="",
        approved="",
        signatories=SIGNATORIES,
    ),
    "fr",
)
LETTERS["urgent"] = (
    "council/urgent_decision.typ",
    f(
        "Aide urgente décidée par la présidence",
        **SESSION,
        person={"name": "Nadia Exemple", "birth_date": D(2004, 5, 6), "address": ""},
        request_number="2026-0140",
        aid="aide financière",
        decided_on=D(2026, 3, 2),
        decided_at="14 h 20",
        need="Plus de chauffage, un bébé de trois mois.",
        outcome="Payer ce jour le remplissage minimal de la citerne.",
        amount="350,00 €",
        law="Loi organique du 8 juillet 1976, art. 28, § 1er, alinéa 4.",
        ratify="À ratifier par le comité spécial à sa prochaine séance, le 19 mars 2026.",
        signatories=SIGNATORIES[1:],
    ),
    "fr",
)
