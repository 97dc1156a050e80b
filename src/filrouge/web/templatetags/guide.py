"""Invented data for the style guide, so that its page needs nothing from the database."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms, template

register = template.Library()

TODAY = dt.date(2026, 3, 18)


class SampleForm(forms.Form):
    """Every kind of field once."""

    needs = forms.CharField(
        label="Ce que la personne demande",
        help_text="Ses mots à elle, entre guillemets si possible.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    received_on = forms.DateField(
        label="Demande reçue le",
        help_text="Le délai de 30 jours commence ce jour-là.",
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    category = forms.ChoiceField(
        label="Avec qui vit-elle ?",
        choices=[
            ("1", "Elle vit avec d’autres et partage les frais"),
            ("2", "Elle vit seule"),
            ("3", "Elle a un enfant mineur à charge"),
        ],
        widget=forms.RadioSelect,
    )
    referent = forms.ChoiceField(
        label="Référent social",
        choices=[("", "Choisir…"), ("nb", "Nadia Baudart"), ("lf", "Luc Fabry")],
    )
    email = forms.EmailField(label="Adresse électronique", required=False)
    agrees = forms.BooleanField(label="La personne accepte que son employeur soit contacté")


def _form() -> SampleForm:
    form = SampleForm(
        {"needs": "", "received_on": "2026-03-02", "category": "2", "referent": "", "agrees": "on"}
    )
    form.fields["received_on"].article = "Loi du 26 mai 2002, art. 21 § 1."  # type: ignore[attr-defined]
    form.fields["needs"].error_messages["required"] = "Écrivez la demande, même en quelques mots."
    form.fields["referent"].error_messages["required"] = "Choisissez qui suit la demande."
    return form


def _knots() -> list[dict[str, Any]]:
    brussels = dt.timezone(dt.timedelta(hours=1))
    return [
        {
            "title": "Calcul du revenu d’intégration",
            "badge": {"text": "figé", "level": "info"},
            "when": dt.datetime(2026, 3, 18, 10, 12, tzinfo=brussels),
            "body": "Isolée depuis le 1er mars. Salaire à temps partiel commencé le 9 mars, "
            "exonération socioprofessionnelle ouverte.",
            "strong": True,
            "rows": [
                {
                    "label": "Montant de la catégorie 2",
                    "article": "art. 14 § 1, 2°",
                    "amount": 1608564,
                },
                {
                    "label": "Salaire net, après exonération",
                    "article": "art. 23 et 35",
                    "amount": -341196,
                    "signed": True,
                },
                {
                    "label": "Exonération générale",
                    "article": "art. 22 § 2",
                    "amount": 25000,
                    "signed": True,
                },
                {
                    "label": "Droit par mois",
                    "article": "art. 14 § 2",
                    "amount": 107697,
                    "total": True,
                },
            ],
        },
        {
            "title": "Visite à domicile",
            "audience": "équipe de suivi",
            "when": dt.date(2026, 3, 9),
            "body": "Studio, bail vu. Vit seule depuis le 1er mars. Compteurs à son nom.",
        },
        {
            "title": "Trois pièces reçues, aucune à redemander",
            "badge": {"text": "complet", "level": "done"},
            "when": dt.date(2026, 3, 5),
            "body": "Bail, contrat de travail, extraits choisis par elle. "
            "La composition de ménage de 2025 est encore valable.",
        },
        {
            "title": "Demande enregistrée au guichet",
            "badge": {"text": "accusé remis", "level": "done"},
            "when": dt.date(2026, 2, 25),
            "body": "« Mon chômage s’arrête fin février et je commence un mi-temps. »\n"
            "Numéro 2026-0412, référente N. Baudart.",
            "strong": True,
        },
        {
            "title": "Séance d’information sur la fin du chômage",
            "audience": "accueil",
            "when": "déc. 2025",
            "body": "Présente. « Je préfère venir avant que ça coince. » Rendez-vous pris.",
        },
    ]


def _queue() -> list[dict[str, Any]]:
    def line(person: str, what: str, why: str, due: int, level: str, action: str) -> dict[str, Any]:
        return {
            "person": person,
            "person_url": "#",
            "what": what,
            "why": why,
            "due": TODAY + dt.timedelta(days=due),
            "level": level,
            "url": "#",
            "action": action,
        }

    return [
        {
            "id": "late",
            "title": "En retard",
            "lines": [
                line(
                    "Karim Benali",
                    "Décider de la demande de revenu d’intégration",
                    "Loi du 26 mai 2002, art. 21 § 1",
                    -2,
                    "late",
                    "Préparer la proposition",
                )
            ],
        },
        {
            "id": "today",
            "title": "Aujourd’hui",
            "lines": [
                line(
                    "Aline Dumont",
                    "Notifier la décision du conseil",
                    "Loi du 26 mai 2002, art. 21 § 4",
                    0,
                    "soon",
                    "Écrire la lettre",
                )
            ],
        },
        {
            "id": "week",
            "title": "Cette semaine",
            "lines": [
                line(
                    "Samira Lejeune",
                    "Terminer l’enquête sociale",
                    "Il manque la composition de ménage",
                    3,
                    "ok",
                    "Ouvrir l’enquête",
                ),
                line(
                    "Jean-Pierre Vandenberghe",
                    "Évaluer le projet individualisé",
                    "Loi du 26 mai 2002, art. 11",
                    4,
                    "ok",
                    "Évaluer",
                ),
            ],
        },
        {
            "id": "waiting",
            "title": "En attente d’autres",
            "lines": [
                {
                    "person": "Rosa Willems",
                    "person_url": "#",
                    "what": "Convention de stage à signer",
                    "why": "Envoyée lun. 9 mars 2026",
                    "due": TODAY + dt.timedelta(days=12),
                    "level": "ok",
                    "waiting_for": "attend le partenaire",
                }
            ],
        },
    ]


def _figures() -> list[dict[str, Any]]:
    return [
        {
            "label": "Montant de la catégorie 2, par an",
            "rule": "Une personne isolée reçoit le montant de la catégorie 2.",
            "article": "art. 14 § 1, 2°",
            "amount": 1608564,
            "parameter": "ris.amount.category_2, depuis le 1er mars 2026",
            "source": "Moniteur belge",
            "status": "A",
            "inputs": [("Situation retenue", "isolée depuis le 1er mars 2026")],
        },
        {
            "label": "Salaire net, après exonération de 315,67 € par mois",
            "rule": "Le salaire compte, moins l’exonération d’insertion.",
            "article": "art. 23 et 35",
            "amount": -341196,
            "signed": True,
            "status": "B",
            "source": "Circulaire du SPP Intégration sociale",
            "inputs": [("Salaire net par mois", "600,00 €"), ("Exonération", "315,67 €")],
        },
        {
            "label": "Exonération générale",
            "article": "art. 22 § 2",
            "amount": 25000,
            "signed": True,
            "status": "U",
            "inputs": [],
        },
        {"label": "Droit par mois", "article": "art. 14 § 2", "amount": 107697, "total": True},
    ]


@register.simple_tag
def guide_sample() -> dict[str, Any]:
    """Everything the style guide shows, under one name."""
    return {
        "today": TODAY,
        "form": _form(),
        "knots": _knots(),
        "groups": _queue(),
        "figures": _figures(),
        "crumbs": [{"label": "Personnes", "url": "#"}, {"label": "Mes suivis", "url": "#"}],
        "actions": [
            {"label": "Ajouter au fil", "url": "#"},
            {"label": "Écrire", "url": "#"},
            {"label": "Préparer la proposition", "url": "#", "primary": True},
        ],
        "term": {
            "what": "Décider de la demande de revenu d’intégration",
            "remaining": "proposition motivée, puis conseil du mardi 24 mars.",
            "why": "Loi du 26 mai 2002, art. 21 § 1.",
            "due": TODAY + dt.timedelta(days=9),
            "level": "soon",
        },
        "late_term": {
            "what": "Notifier la décision",
            "why": "Loi du 26 mai 2002, art. 21 § 4.",
            "due": TODAY - dt.timedelta(days=1),
            "level": "late",
            "url": "#",
            "action": "Écrire la lettre",
        },
        "chips": [
            {"label": "Tout", "url": "#", "current": True},
            {"label": "Demandes", "url": "#", "count": 2},
            {"label": "Parcours", "url": "#"},
            {"label": "Documents", "url": "#", "count": 3},
            {"label": "Notes d’équipe", "url": "#"},
            {"label": "Décisions", "url": "#"},
        ],
        "selects": [
            {
                "name": "service",
                "label": "Service",
                "options": [
                    {"value": "", "label": "Tous les services"},
                    {"value": "ssp", "label": "Service social de première ligne", "selected": True},
                ],
            },
            {
                "name": "referent",
                "label": "Référent",
                "options": [{"value": "", "label": "Tous"}],
            },
        ],
        "steps": [
            {"label": "Demande", "url": "#", "state": "done"},
            {"label": "Enquête", "url": "#", "state": "done"},
            {
                "label": "Calcul",
                "url": "#",
                "state": "current",
                "missing": "Le salaire de mars manque.",
            },
            {"label": "Proposition", "url": "#", "state": "todo"},
            {
                "label": "Conseil",
                "state": "blocked",
                "missing": "Après l’accord du chef de service.",
            },
            {"label": "Notification", "state": "blocked"},
        ],
        "tabs": [
            {"label": "Le fil", "url": "#", "current": True},
            {"label": "Documents", "url": "#", "count": 7},
            {"label": "Ménage et ressources", "url": "#"},
        ],
        "page": {
            "count_text": "Personnes 26 à 50, plus de 1 000 au total",
            "previous_url": "#",
            "next_url": "#",
        },
        "team": [
            {"label": "Nadia Baudart", "detail": "référente sociale"},
            {"label": "Luc Fabry", "detail": "insertion"},
        ],
        "household": [{"label": "Samira, seule", "value": "catégorie 2"}],
        "documents": [
            {"label": "Bail", "value": "jusqu’en févr. 2029", "url": "#"},
            {"label": "Contrat de travail", "value": "en cours", "url": "#"},
            {"label": "Composition de ménage", "value": "expire le 2 avr.", "level": "soon"},
        ],
        "gauge": {"label": "180 h libres sur 228 h", "text": "3 ans", "value": 48, "max": 228},
        "person": {
            "name": "Samira Lejeune",
            "url": "#",
            "facts": "née le 14 mai 1991 · dossier 004 518",
            "badge": {"text": "à vous", "level": "info"},
        },
        "effects": [
            "La décision devient définitive et son numéro est attribué.",
            "La lettre part à la personne ; le délai de recours de 3 mois commence.",
        ],
        "results": [
            {
                "label": "Personnes",
                "results": [
                    {"label": "Samira Lejeune", "detail": "14/05/1991 · 004 518", "url": "#"},
                    {"label": "Marc Lejeune", "detail": "02/11/1968 · 001 207", "url": "#"},
                ],
            },
            {"label": "Actions", "results": [{"label": "Enregistrer une demande", "url": "#"}]},
        ],
        "minutes": 456,
        "national_number": "42012205181",
        "letters": ["A", "B", "C", "U", "X"],
    }
