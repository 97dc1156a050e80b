"""The lines of the explanation of the integration income: label, rule and article, in French.

The formula that uses them is in `ris.formula`.
"""

from filrouge.law.labels import _
from filrouge.law.parameter_store import Unit
from filrouge.law.steps import Rule, StepRole

_DECREE = "AR du 11 juillet 2002, art. "
_LAW = "Loi du 26 mai 2002, art. "

BASE = Rule(
    "base",
    _("Montant de la catégorie, par an"),
    _("Montant annuel de la catégorie à la date du calcul."),
    _LAW + "14 § 1",
    StepRole.BASE,
)
ORDINARY = Rule(
    "ordinary",
    _("Ressources comptées en entier"),
    _("Chaque montant par mois × 12, ou par an."),
    _DECREE + "22 à 24 et 33",
    StepRole.RESOURCE,
)
WORK = Rule(
    "work",
    _("Revenus du travail, après exonération socioprofessionnelle"),
    _("Revenus nets par an moins 12 × l'exonération du mois, jamais sous zéro."),
    _DECREE + "23 et 35",
    StepRole.RESOURCE,
)
WORK_MONTH = Rule(
    "work_month",
    _("Revenus du travail par mois, après exonération"),
    _("Revenus nets du mois moins l'exonération du mois, jamais sous zéro."),
    _DECREE + "23 et 35",
    StepRole.SUBTOTAL,
    Unit.EUR_PER_MONTH,
)
WORK_IN_FULL = Rule(
    "work",
    _("Revenus du travail, sans exonération socioprofessionnelle"),
    _("L'exonération ne vaut que si un complément reste dû après elle : ce n'est pas le cas."),
    _DECREE + "23 et 35",
    StepRole.RESOURCE,
)
SPI_SPENT = Rule(
    "work",
    _("Revenus du travail, exonération épuisée"),
    _("Les trois ans sont utilisés, ou les six ans sont passés : le revenu compte en entier."),
    _DECREE + "35",
    StepRole.RESOURCE,
)
SPI_EXEMPT = Rule(
    "spi_exempt",
    _("Exonération avec revenu artistique, par an"),
    _("Le revenu artistique est exonéré par an, l'autre revenu du travail par mois."),
    _DECREE + "35",
    StepRole.SUBTOTAL,
)
SPI_CHOICE = Rule(
    "spi_choice",
    _("Revenu artistique et autre revenu du travail"),
    _("Une lecture a été choisie pour le cumul des exonérations."),
    _DECREE + "35",
    StepRole.NOTE,
)
SPI_TOO_EARLY = Rule(
    "spi_too_early",
    _("Travail commencé avant le droit"),
    _("L'exonération vaut pour qui a déjà droit et commence à travailler : pas pour ce revenu."),
    _DECREE + "35",
    StepRole.NOTE,
)
SPI_NO_COUNTER = Rule(
    "spi_no_counter",
    _("Compteur de l'exonération non donné"),
    _("Vérifiez que les trois ans, dans les six ans, ne sont pas utilisés."),
    _DECREE + "35",
    StepRole.NOTE,
)
MONTH_MADE_WHOLE = Rule(
    "month_made_whole",
    _("Revenu d'une partie du mois, ramené au mois"),
    _("Montant × jours du mois ÷ jours payés, arrondi au cent."),
    _DECREE + "35",
    StepRole.NOTE,
)
SELF_EMPLOYED = Rule(
    "self_employed",
    _("Revenu d'indépendant"),
    _("Revenu de l'année de référence ; une cession d'entreprise taxée comme revenu n'en est pas."),
    _DECREE + "24",
    StepRole.NOTE,
)
BUILT = Rule(
    "built",
    _("Immeuble bâti"),
    _(
        "(Revenu cadastral × part − part × (abattement + abattement par enfant × enfants)) × 3, "
        "moins les intérêts hypothécaires, jamais sous zéro ; loyer × part s'il est plus élevé."
    ),
    _DECREE + "25 et 26",
    StepRole.RESOURCE,
)
PROPERTY_CHOICE = Rule(
    "property_choice",
    _("Biens immobiliers : lecture retenue"),
    _("Le texte laisse une question ouverte."),
    _DECREE + "25 et 26",
    StepRole.NOTE,
)
UNBUILT = Rule(
    "unbuilt",
    _("Terrain non bâti"),
    _(
        "(Revenu cadastral × part − part × abattement) × 3, moins les intérêts hypothécaires, "
        "jamais sous zéro ; loyer × part s'il est plus élevé."
    ),
    _DECREE + "25 et 26",
    StepRole.RESOURCE,
)
CAPITAL = Rule(
    "capital",
    _("Capitaux mobiliers"),
    _("6 % de la tranche entre les deux seuils et 10 % au-dessus ; seuils × part."),
    _DECREE + "27",
    StepRole.RESOURCE,
)
TRANSFER_VALUE = Rule(
    "transfer_value",
    _("Valeur des biens cédés"),
    _(
        "Valeur vénale × part, l'usufruit compté à son pourcentage ; pour une vente, moins la "
        "première tranche (habitation) et les dettes payées avec le prix."
    ),
    _DECREE + "28 à 30",
    StepRole.SUBTOTAL,
    Unit.EUR,
)
TRANSFER_TOO_OLD = Rule(
    "transfer_too_old",
    _("Cession de plus de dix ans avant la demande"),
    _("Elle ne compte pas."),
    _DECREE + "28",
    StepRole.NOTE,
)
TRANSFER_ABATEMENT = Rule(
    "transfer_abatement",
    _("Abattement sur les biens vendus"),
    _(
        "Abattement annuel de la catégorie × mois ÷ 12, du mois qui suit la vente au début du "
        "droit, puis une fois à chaque anniversaire."
    ),
    _DECREE + "31",
    StepRole.SUBTOTAL,
    Unit.EUR,
)
TRANSFER_LEFT = Rule(
    "transfer_left",
    _("Ce qui reste des biens cédés"),
    _("Compté comme un capital mobilier."),
    _DECREE + "28 à 32",
    StepRole.SUBTOTAL,
    Unit.EUR,
)
TRANSFER = Rule(
    "transfer",
    _("Biens cédés"),
    _("6 % de la tranche entre les deux seuils et 10 % au-dessus ; seuils × la plus petite part."),
    _DECREE + "27 et 28",
    StepRole.RESOURCE,
)
TRANSFER_EQUITY = Rule(
    "transfer_equity",
    _("Bien cédé : le centre en décide autrement"),
    _("Raison d'équité donnée dans la décision."),
    _DECREE + "32",
    StepRole.NOTE,
)
SPOUSE = Rule(
    "spouse",
    _("Ressources du conjoint ou partenaire"),
    _("Ce qui dépasse par mois le montant de la catégorie 1, × 12."),
    _DECREE + "34",
    StepRole.RESOURCE,
)
SPOUSE_MONTH = Rule(
    "spouse_month",
    _("Ressources du conjoint ou partenaire comptées par mois"),
    _("Ressources du mois moins le montant mensuel de la catégorie 1, jamais sous zéro."),
    _DECREE + "34",
    StepRole.SUBTOTAL,
    Unit.EUR_PER_MONTH,
)
SPOUSE_IN_FULL = Rule(
    "spouse",
    _("Ressources du conjoint ou partenaire"),
    _("En catégorie 3, toutes les ressources comptent : montant du mois × 12."),
    _DECREE + "34",
    StepRole.RESOURCE,
)
SPOUSE_LEFT_OUT = Rule(
    "spouse",
    _("Conjoint ou partenaire qui a lui-même droit à l'intégration sociale"),
    _("Ses ressources ne sont pas comptées ici."),
    _DECREE + "34",
    StepRole.NOTE,
)
SPOUSE_WITH_ACTIVATION = Rule(
    "spouse_activation",
    _("Conjoint ou partenaire avec droit à l'intégration sociale et salaire d'activation"),
    _("Un salaire article 60 § 7 ou d'activation compte malgré ce droit."),
    _DECREE + "34",
    StepRole.NOTE,
)
COUPLE_PAID = Rule(
    "couple_paid",
    _("Couple couvert par un seul montant de catégorie 3"),
    _("Le partenaire reçoit déjà le montant qui couvre les deux : rien de plus n'est dû."),
    _LAW + "14 § 1, 3°",
    StepRole.NOTE,
)
COHABITANTS_MONTH = Rule(
    "cohabitants_month",
    _("Ressources des cohabitants au-dessus de la catégorie 1, par mois"),
    _("Leurs ressources moins un montant de catégorie 1 par personne, jamais sous zéro."),
    _DECREE + "34",
    StepRole.SUBTOTAL,
    Unit.EUR_PER_MONTH,
)
COHABITANTS_DECIDED = Rule(
    "cohabitants_decided",
    _("Part que le centre décide de compter, par mois"),
    _("Décision motivée du centre : pourcentage, et montant par mois au plus."),
    _DECREE + "34",
    StepRole.SUBTOTAL,
    Unit.EUR_PER_MONTH,
)
COHABITANTS = Rule(
    "cohabitants",
    _("Ressources des cohabitants"),
    _("Ce qui est compté par mois × 12."),
    _DECREE + "34",
    StepRole.RESOURCE,
)
COHABITANTS_REASON = Rule(
    "cohabitants_reason",
    _("Raison de la décision du centre"),
    _("Donnée dans la décision."),
    _DECREE + "34",
    StepRole.NOTE,
)
FAMILY_BENEFIT = Rule(
    "family_benefit",
    _("Allocations familiales que le cohabitant reçoit pour le demandeur"),
    _("Montant par mois × 12, sans le supplément pour handicap."),
    _DECREE + "34",
    StepRole.RESOURCE,
)
ALE = Rule(
    "ale",
    _("Chèques ALE, part au-dessus du plafond"),
    _("Montant reçu moins nombre de chèques × plafond, sans autre exonération."),
    _DECREE + "22 § 1",
    StepRole.RESOURCE,
)
EXEMPT = Rule(
    "exempt",
    _("Ressources qui ne comptent pas"),
    _("La loi les laisse hors du calcul."),
    _DECREE + "22 § 1",
    StepRole.NOTE,
)
EXEMPT_UNCHECKED = Rule(
    "exempt_unchecked",
    _("Ressources exonérées sous un plafond à vérifier"),
    _("La loi fixe un plafond qui manque encore ici : vérifiez qu'il n'est pas dépassé."),
    _DECREE + "22 § 1",
    StepRole.NOTE,
)
GENERAL = Rule(
    "general",
    _("Exonération générale"),
    _("Si les ressources restent sous le montant de la catégorie ; jamais plus que leur total."),
    _DECREE + "22 § 2",
    StepRole.EXEMPTION,
)
COUNTABLE = Rule(
    "countable",
    _("Ressources prises en compte, par an"),
    _("Somme des ressources moins l'exonération générale."),
    _DECREE + "22 à 35",
    StepRole.SUBTOTAL,
)
YEARLY = Rule(
    "yearly",
    _("Droit par an"),
    _("Montant de la catégorie moins les ressources prises en compte, jamais sous zéro."),
    _LAW + "14 § 2",
    StepRole.SUBTOTAL,
)
MONTHLY = Rule(
    "monthly",
    _("Droit par mois"),
    _("Droit par an ÷ 12, arrondi au cent."),
    _LAW + "14 § 2",
    StepRole.RESULT,
    Unit.EUR_PER_MONTH,
)
FIRST_MONTH = Rule(
    "first_month",
    _("Premier mois, incomplet"),
    _("Droit par an × jours ÷ (12 × jours du mois), arrondi une seule fois au cent."),
    _LAW + "21",
    StepRole.RESULT,
    Unit.EUR,
)
