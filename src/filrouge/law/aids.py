"""Other aids with figures of their own: installation premium, heating, rental guarantee.

Amounts are cents.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from filrouge.law import parameter_store
from filrouge.law.category import Category
from filrouge.law.checks import Check, check, unconfirmed, uses
from filrouge.law.labels import _, long_date
from filrouge.law.money import format_euros
from filrouge.law.operations import Whole, minimum
from filrouge.law.parameter_store import ParameterStore, Unit
from filrouge.law.steps import ParameterUse, Recorder, Rule, Step, StepInput, StepRole
from filrouge.law.terms import Regime, TermKind, compute

PREMIUM = Rule(
    "installation.premium",
    _("Prime d'installation"),
    _("Un mois du revenu d'intégration de la catégorie 3, à la date de la demande."),
    "Loi du 26 mai 2002, art. 14 § 3",
    StepRole.RESULT,
    Unit.EUR,
)
LITRES = Rule(
    "heating.litres",
    _("Litres pris en compte"),
    _("Litres livrés, moins ceux déjà aidés dans l'année, au plus 1 500 par ménage et par an."),
    "Source : Fonds social chauffage",
    StepRole.SUBTOTAL,
    Unit.LITRES,
)
HEATING = Rule(
    "heating.allowance",
    _("Allocation de chauffage"),
    _("Litres × allocation par litre, sans dépasser le maximum de l'année."),
    "Source : Fonds social chauffage",
    StepRole.RESULT,
    Unit.EUR,
)
PUMP = Rule(
    "heating.pump",
    _("Allocation de chauffage, combustible à la pompe"),
    _("Montant forfaitaire, une fois par ménage et par an."),
    "Source : Fonds social chauffage",
    StepRole.RESULT,
    Unit.EUR,
)
GUARANTEE = Rule(
    "guarantee.most",
    _("Garantie locative la plus haute"),
    _("Loyer d'un mois × nombre de mois de la forme choisie."),
    "Source : luttepauvrete.wallonie.be",
    StepRole.RESULT,
    Unit.EUR,
)
RULES = (PREMIUM, LITRES, HEATING, PUMP, GUARANTEE)


class Ground(StrEnum):
    """On which text an installation premium is asked."""

    INTEGRATION = "integration"
    SOCIAL_AID = "social_aid"


class Fuel(StrEnum):
    """Fuels of the heating fund; natural gas, electricity and wood are not among them."""

    BULK_OIL = "bulk_oil"
    BULK_PROPANE = "bulk_propane"
    PUMP = "pump"


class Guarantee(StrEnum):
    """Forms of rental guarantee with a limit."""

    ADVANCE = "advance"
    BANK = "bank"


@dataclass(frozen=True, slots=True)
class Aid:
    """An aid: amount in cents, what must hold, how it was found."""

    amount: int
    checks: tuple[Check, ...]
    steps: tuple[Step, ...]
    parameters: tuple[ParameterUse, ...]

    @property
    def unconfirmed(self) -> tuple[ParameterUse, ...]:
        """Values used that no source states or that sources contradict."""
        return unconfirmed(self.parameters)


def installation_premium(
    on: date,
    ground: Ground = Ground.INTEGRATION,
    *,
    had_before: bool | None = None,
    leaves_homelessness: bool | None = None,
    monthly_income: int | None = None,
    category: Category = Category.SINGLE,
    given_at_address: bool | None = None,
    store: ParameterStore | None = None,
) -> Aid:
    """The installation premium: one month of category 3, once in a lifetime.

    Args:
        on: day of the request.
        ground: integration income (art. 14 § 3), or social aid (organic law, art. 57bis).
        had_before: the person already had one, in any centre.
        leaves_homelessness: the person was homeless and moves into a home.
        monthly_income: income per month in cents (social aid only).
        category: category whose income is compared (social aid only).
        given_at_address: the household already had one at this address (social aid only).
        store: values of the law; the shipped ones when None.
    """
    store = store or parameter_store.shipped()
    rule = store.entry("installation.premium", on)
    monthly = store.entry("ris.amount.monthly", on)
    recorder = Recorder()
    amount = recorder.step(
        PREMIUM, monthly.table[Category.DEPENDENT_FAMILY - 1], parameters=(rule, monthly)
    )
    found = [
        check(
            "once",
            _("La personne n'a jamais reçu cette prime"),
            None if had_before is None else not had_before,
            _("Une seule fois dans la vie, tous centres confondus."),
            rule,
        ),
        check(
            "homeless",
            _("La personne quitte la situation de sans-abri pour un logement"),
            leaves_homelessness,
            _("La prime aide à s'installer après le sans-abrisme."),
            rule,
        ),
    ]
    if ground is Ground.SOCIAL_AID:
        found += _social_premium_checks(on, monthly_income, category, given_at_address, store)
    return Aid(amount, tuple(found), recorder.steps, uses(rule, monthly))


def _social_premium_checks(
    on: date,
    income: int | None,
    category: Category,
    given_at_address: bool | None,
    store: ParameterStore,
) -> list[Check]:
    margin, household = (
        store.entry("installation.margin", on),
        store.entry("installation.household", on),
    )
    base = store.entry("ris.amount.monthly", on)
    amount = base.table[category - 1]
    limit_text = _("{income} par mois ; moins de {base} augmentés de {margin} %.").format(
        income="?" if income is None else format_euros(income),
        base=format_euros(amount),
        margin=margin.number,
    )
    under = None if income is None else 100 * income < (100 + margin.number) * amount
    return [
        check(
            "income",
            _("Les revenus restent sous le revenu d'intégration augmenté de 10 %"),
            under,
            limit_text,
            margin,
            base,
        ),
        check(
            "household",
            _("Le ménage n'a pas encore eu la prime à cette adresse"),
            None if given_at_address is None else not given_at_address,
            _("Une prime par ménage à une adresse."),
            household,
        ),
    ]


@dataclass(frozen=True, slots=True)
class Heating:
    """A request for the heating allowance; None when not known.

    Attributes:
        fuel: fuel bought.
        litres: litres delivered (0 for fuel at the pump).
        delivered_on: day of the delivery.
        requested_on: day of the request.
        per_litre: allowance per litre, cents, from the fund's scale of prices.
        litres_before: litres already helped this year for the household.
        granted_before: cents already granted this year to the household.
        preferential: the whole household has the increased health refund (BIM).
        income: yearly gross taxable income of the household, cents.
        dependants: people in charge.
        debt_mediation: debt mediation or collective settlement, and the bill cannot be paid.
    """

    fuel: Fuel
    litres: int
    delivered_on: date
    requested_on: date
    per_litre: int = 0
    litres_before: int = 0
    granted_before: int = 0
    preferential: bool | None = None
    income: int | None = None
    dependants: int = 0
    debt_mediation: bool | None = None


def heating_allowance(request: Heating, store: ParameterStore | None = None) -> Aid:
    """The heating allowance of a delivery.

    Raises:
        ValueError: a number is negative.
        ParameterError: no rule on the day of the delivery.
    """
    store = store or parameter_store.shipped()
    numbers = (request.litres, request.per_litre, request.litres_before, request.granted_before)
    if min(numbers) < 0 or request.dependants < 0 or (request.income or 0) < 0:
        raise ValueError("a number is negative")
    found = [_heating_term(request, store), _heating_group(request, store)]
    if request.fuel is Fuel.PUMP:
        return _pump(request, tuple(found), store)
    on = request.delivered_on
    most_litres, most = store.entry("heating.litres", on), store.entry("heating.most", on)
    scale = store.entry("heating.per_litre", on)
    found.append(_heating_scale(request, scale.table, store))
    left = max(0, most_litres.number - request.litres_before)
    inputs = (
        StepInput(_("Litres livrés"), request.litres, Unit.LITRES),
        StepInput(_("Litres déjà aidés cette année"), request.litres_before, Unit.LITRES),
    )
    price = StepInput(_("Allocation par litre"), request.per_litre, Unit.EUR_PER_LITRE)
    recorder = Recorder({LITRES.key: inputs, HEATING.key: (price,)})
    litres = recorder.step(LITRES, min(request.litres, left), parameters=(most_litres,))
    room = max(0, most.number - request.granted_before)
    amount = recorder.step(HEATING, min(litres * request.per_litre, room), parameters=(scale, most))
    return Aid(amount, tuple(found), recorder.steps, uses(most_litres, scale, most))


def _pump(request: Heating, found: tuple[Check, ...], store: ParameterStore) -> Aid:
    entry = store.entry("heating.pump", request.delivered_on)
    recorder = Recorder()
    amount = recorder.step(
        PUMP, entry.number if request.granted_before == 0 else 0, parameters=(entry,)
    )
    return Aid(amount, found, recorder.steps, uses(entry))


def _heating_term(request: Heating, store: ParameterStore) -> Check:
    term = compute(TermKind.HEATING_REQUEST, request.delivered_on, Regime.SOCIAL_AID, store=store)
    reason = _("Livraison le {delivered}, demande le {asked}, jusqu'au {due}.").format(
        delivered=long_date(request.delivered_on),
        asked=long_date(request.requested_on),
        due=long_date(term.due),
    )
    entry = store.entry("term.heating_request.social_aid", request.delivered_on)
    answer = request.delivered_on <= request.requested_on <= term.due
    return check("term", _("La demande suit la livraison dans les 60 jours"), answer, reason, entry)


def _heating_group(request: Heating, store: ParameterStore) -> Check:
    """One of three groups is enough: increased refund, low income, debts."""
    label = _("Le ménage fait partie d'un des trois groupes")
    if request.preferential or request.debt_mediation:
        text = _("Intervention majorée, ou médiation de dettes avec facture impayable.")
        return check("group", label, True, text, article=HEATING.article)
    if request.income is None:
        unknown = None if None in (request.preferential, request.debt_mediation) else False
        text = _("Revenus du ménage inconnus.")
        return check("group", label, unknown, text, article=HEATING.article)
    on = request.delivered_on
    base, each = store.entry("heating.income", on), store.entry("heating.income_per_dependant", on)
    limit = base.number + each.number * request.dependants
    text = _("Revenus de {income}, au plus {limit} pour {count} personnes à charge.").format(
        income=format_euros(request.income), limit=format_euros(limit), count=request.dependants
    )
    return check("group", label, request.income <= limit, text, base, each)


def _heating_scale(request: Heating, scale: tuple[int, ...], store: ParameterStore) -> Check:
    low, high = scale
    text = _("{given} par litre ; l'échelle va de {low} à {high}.").format(
        given=format_euros(request.per_litre), low=format_euros(low), high=format_euros(high)
    )
    entry = store.entry("heating.per_litre", request.delivered_on)
    return check(
        "scale",
        _("L'allocation par litre est dans l'échelle"),
        low <= request.per_litre <= high,
        text,
        entry,
    )


def guarantee_limit(
    rent: int, form: Guarantee, on: date, store: ParameterStore | None = None
) -> Aid:
    """The highest rental guarantee of a form, from the monthly rent in cents.

    Raises:
        ValueError: the rent is negative.
    """
    if rent < 0:
        raise ValueError("the rent is negative")
    entry = (store or parameter_store.shipped()).entry(f"guarantee.{form.value}.months", on)
    inputs = (StepInput(_("Loyer"), rent, Unit.EUR_PER_MONTH),)
    recorder = Recorder({GUARANTEE.key: inputs})
    amount = recorder.step(GUARANTEE, rent * entry.number, parameters=(entry,))
    return Aid(amount, (), recorder.steps, uses(entry))


def guaranteed(
    asked: Whole, rent: Whole, form: Guarantee, on: date, store: ParameterStore | None = None
) -> Whole:
    """What may be given of a guarantee asked, cents; ints or int64 arrays."""
    months = (store or parameter_store.shipped()).number(f"guarantee.{form.value}.months", on)
    return minimum(asked, rent * months)
