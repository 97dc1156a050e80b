"""The sentences of the demo centre: what people say and what their workers write."""

from __future__ import annotations

from datetime import date

from filrouge.base.centres.models import ServiceKind
from filrouge.claims.models import Aid

WAVES = (date(2025, 12, 31), date(2026, 2, 28), date(2026, 3, 31), date(2026, 6, 30))
"""Last days of allowances in the waves of the reform (public sources of the law sheet, 11)."""

ALLOWANCES = ("Allocations de chômage", "Allocations de chômage", "Allocations d'insertion")

SERVICE_OF = {
    Aid.ENERGY: ServiceKind.ENERGY,
    Aid.HEATING: ServiceKind.ENERGY,
    Aid.DEBT_MEDIATION: ServiceKind.DEBTS,
    Aid.MEDICAL: ServiceKind.GENERAL,
    Aid.FINANCIAL: ServiceKind.GENERAL,
    Aid.RENTAL_GUARANTEE: ServiceKind.GENERAL,
}

ASKING_AFTER_UNEMPLOYMENT = (
    "Mon chômage est terminé et je n'ai encore rien trouvé.",
    "On m'a écrit que je n'avais plus droit aux allocations. Je ne sais pas comment payer le loyer.",
    "J'ai reçu la lettre de fin de droit. J'ai toujours cherché, je voudrais suivre une formation.",
    "Mes allocations d'insertion se sont arrêtées. J'habite seul depuis deux ans.",
    "Après vingt ans de chômage et de petits contrats, je n'ai plus rien depuis ce mois-ci.",
    "Je préfère venir tout de suite plutôt que d'attendre des dettes.",
    "Je garde ma mère malade, je n'ai pas pu chercher comme il fallait.",
    "Je travaille quelques heures en titres-services, cela ne suffit pas.",
    "J'ai encore deux loyers d'avance, après je ne sais pas.",
    "Le syndicat m'a dit de venir ici avant la fin du mois.",
)

ASKING_RIS = (
    "Je me suis séparée et je n'ai plus de revenus à moi.",
    "Ma mutuelle s'est arrêtée, le médecin-conseil me dit apte.",
    "Je sors d'un centre d'accueil, j'ai trouvé un studio.",
    "J'ai terminé l'école, mes parents ne peuvent plus m'aider et je vis seul.",
    "Mon contrat s'est terminé, je n'ai pas assez de jours pour le chômage.",
    "Je reprends des études d'aide-soignante, il me faut de quoi vivre.",
    "J'ai été reconnue réfugiée le mois passé.",
    "Je dors chez des amis, je cherche un logement.",
    "Mon entreprise a fait faillite, je n'ai droit à rien d'autre pour l'instant.",
    "Je suis seule avec les enfants depuis l'été.",
)

ASKING: dict[str, tuple[str, ...]] = {
    Aid.ENERGY: (
        "La régularisation du gaz est de plusieurs centaines d'euros.",
        "On m'annonce un compteur à budget.",
    ),
    Aid.HEATING: (
        "Je me chauffe au mazout et le réservoir est presque vide.",
        "J'ai la facture de livraison du mois passé.",
    ),
    Aid.DEBT_MEDIATION: (
        "Les huissiers sont passés, je n'ouvre plus le courrier.",
        "J'ai trois crédits et je ne m'en sors plus.",
    ),
    Aid.MEDICAL: (
        "Le dentiste demande un acompte que je n'ai pas.",
        "Les lunettes de ma fille sont cassées.",
    ),
    Aid.FINANCIAL: (
        "La machine à laver est tombée en panne.",
        "La facture de la cantine s'est accumulée.",
    ),
    Aid.RENTAL_GUARANTEE: (
        "J'ai trouvé un appartement, il me manque la garantie.",
        "Le propriétaire demande deux mois de garantie.",
    ),
}

NEED: dict[str, tuple[str, ...]] = {
    Aid.ENERGY: (
        "Facture de régularisation supérieure au budget du ménage, coupure annoncée.",
        "Logement mal isolé, charges d'énergie au-dessus du quart des ressources.",
    ),
    Aid.HEATING: (
        "Revenus sous le plafond du fonds mazout, chauffage principal, facture vue.",
        "Bénéficiaire de l'intervention majorée, livraison de moins de soixante jours.",
    ),
    Aid.DEBT_MEDIATION: (
        "Endettement de plusieurs créanciers, budget négatif chaque mois, saisie annoncée.",
        "Trois crédits à la consommation, loyer en retard de deux mois.",
    ),
    Aid.MEDICAL: (
        "Soins nécessaires, devis vu, aucune réserve après les charges fixes.",
        "Traitement interrompu faute de moyens, attestation du médecin.",
    ),
    Aid.FINANCIAL: (
        "Dépense imprévue et nécessaire, budget du ménage en équilibre sans réserve.",
        "Ressources à peine supérieures aux charges, enfants à charge.",
    ),
    Aid.RENTAL_GUARANTEE: (
        "Logement adapté trouvé, garantie impossible à constituer sans aide.",
        "Sortie d'un hébergement provisoire, bail signé sous réserve de la garantie.",
    ),
}

AMOUNTS: dict[str, tuple[int, int]] = {
    Aid.ENERGY: (12_000, 45_000),
    Aid.HEATING: (14_000, 30_000),
    Aid.MEDICAL: (6_000, 32_000),
    Aid.FINANCIAL: (8_000, 40_000),
    Aid.RENTAL_GUARANTEE: (70_000, 140_000),
}
"""Least and most, in euro cents; nothing is paid for debt mediation."""

RESIDENCE = (
    "Habite effectivement à Valbourg, vu lors de la visite.",
    "Inscription au registre et courrier à cette adresse.",
    "Réside ici de façon habituelle, compteurs à son nom.",
    "Bail en cours, boîte aux lettres et sonnette à son nom.",
)
RESOURCES = (
    "Aucune ressource suffisante, extraits choisis par la personne vus ensemble.",
    "Plus de revenu depuis le mois passé, pas d'épargne.",
    "Ressources limitées à celles du calcul, pas de bien immobilier.",
    "Attestation de fin de droit vue, pas d'autre allocation.",
)
WORK = (
    "Inscrite au Forem, trois candidatures montrées.",
    "Inscrit au Forem, prêt à suivre une formation courte.",
    "Cherche dans l'entretien et la logistique, permis B en cours.",
    "Accepte un projet avec le service ISP, premier rendez-vous pris.",
    "Bénévole deux jours par semaine, souhaite un emploi article 60.",
)
OTHER_RIGHTS = (
    "Droits au chômage et à la mutuelle vérifiés, rien d'autre n'est ouvert.",
    "Demande d'allocation de handicap introduite, sans effet immédiat.",
    "Allocations familiales en ordre, aucun autre droit trouvé.",
    "Pas de débiteur d'aliments à qui s'adresser sans nuire aux relations familiales.",
)
STATUS = {
    "belgian": "Belge, vu au registre national.",
    "eu_citizen": "Citoyenneté de l'Union, séjour de plus de trois mois.",
    "population_register": "Inscription au registre de la population.",
    "refugee": "Statut de réfugié reconnu, décision vue.",
    "subsidiary_protection": "Protection subsidiaire, titre de séjour valable.",
    "other": "Titre de séjour vu, séjour légal vérifié au registre national.",
}
VISITS = (
    "Deux pièces, propres et chauffées. Vit comme déclaré.",
    "Appartement au deuxième étage, humidité dans la chambre. Composition du ménage confirmée.",
    "Studio meublé, contrat vu. Voisins qui passent, personne d'autre n'y vit.",
    "Maison partagée, cuisine commune ; chacun paie ses courses.",
    "Accueil cordial. Les compteurs sont à son nom, le bail aussi.",
)
REFUSED_RESOURCES = (
    "Le salaire du partenaire, compté selon l'article 34, dépasse le montant de la catégorie."
)
REFUSED_RESIDENCE = (
    "Deux visites annoncées et une à l'improviste : le logement est vide, la personne vit "
    "habituellement à l'étranger, comme elle le confirme."
)

PAPER = (
    Aid.ENERGY, Aid.DEBT_MEDIATION, Aid.FINANCIAL, Aid.MEDICAL, Aid.HEATING, Aid.RENTAL_GUARANTEE,
)  # fmt: skip
NOTES: dict[str, tuple[tuple[str, str], ...]] = {
    Aid.ENERGY: (
        ("Dossier repris de l'ancien registre", "Plan de paiement suivi jusqu'au bout."),
        ("Compteur à budget", "Premier contact avec le gestionnaire de réseau, carte rechargée."),
    ),
    Aid.HEATING: (
        ("Dossier repris de l'ancien registre", "Fonds mazout demandé chaque hiver."),
        ("Conseils d'énergie", "Passage du tuteur énergie : joints de fenêtres et thermostat."),
    ),
    Aid.DEBT_MEDIATION: (
        ("Dossier repris de l'ancien registre", "Budget revu chaque mois avec la personne."),
        ("Plan avec les créanciers", "Cinq créanciers sur six acceptent le plan proposé."),
    ),
    Aid.MEDICAL: (
        (
            "Dossier repris de l'ancien registre",
            "Carte médicale, soins suivis à la maison médicale.",
        ),
        ("Frais pharmaceutiques", "Liste des médicaments revue avec le pharmacien."),
    ),
    Aid.FINANCIAL: (
        ("Dossier repris de l'ancien registre", "Aide unique accordée, situation stable depuis."),
        ("Guidance budgétaire", "Tableau des dépenses rempli ensemble, rendez-vous dans un mois."),
    ),
    Aid.RENTAL_GUARANTEE: (
        ("Dossier repris de l'ancien registre", "Garantie remboursée par mensualités."),
        ("Recherche de logement", "Inscription à l'agence immobilière sociale."),
    ),
}
