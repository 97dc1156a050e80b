"""The lines of the explanation of the integration income: label, rule and article, in French.

The formula that uses them is in `ris.compute`.
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
    _("Loyer ou intérêts hypothécaires d'un bien"),
    _("Lecture retenue : intérêts déduits du forfait, puis le loyer s'il est plus élevé."),
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
