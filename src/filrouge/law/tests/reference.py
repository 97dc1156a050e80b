"""The integration income again, slowly, in `Decimal` euros: obviously right, to compare with."""

from decimal import ROUND_HALF_UP, Decimal, localcontext

from filrouge.law import parameter_store
from filrouge.law.case import Case, Income, IncomeKind, Property, PropertyKind

CENT = Decimal("0.01")
FINE = Decimal("1e-25")  # absorbs the endless decimals of thirds before rounding


def _euros(cents: int) -> Decimal:
    return Decimal(cents) / 100


def _value(name: str, case: Case, category: int | None = None) -> Decimal:
    found = parameter_store.value(name, case.on)
    if isinstance(found, tuple):
        assert category is not None
        found = found[category - 1]
    assert isinstance(found, int)
    return _euros(found)


def _rounded(amount: Decimal) -> Decimal:
    return amount.quantize(FINE).quantize(CENT, ROUND_HALF_UP)


def _share(share: tuple[int, int]) -> Decimal:
    return Decimal(share[0]) / Decimal(share[1])


def _yearly(income: Income) -> Decimal:
    return _euros(income.amount) * (12 if income.period == "month" else 1)


def _property(case: Case, item: Property) -> Decimal:
    share = _share(item.share)
    if item.kind is PropertyKind.BUILT:
        abatement = _value("assets.built.abatement", case)
        abatement += _value("assets.built.abatement_per_child", case) * case.children
    else:
        abatement = _value("assets.unbuilt.abatement", case)
    flat = max(Decimal(0), _euros(item.cadastral_income) * share - share * abatement) * 3
    flat = max(Decimal(0), flat - _euros(item.mortgage_interest))
    if item.rent is None:
        return flat
    return max(flat, _euros(item.rent) * share)


def _capital(case: Case) -> Decimal:
    if not case.capital:
        return Decimal(0)
    owned = sum((_euros(item.amount) * _share(item.share) for item in case.capital), Decimal(0))
    share = min(_share(item.share) for item in case.capital)
    lower = _value("assets.capital.lower", case) * share
    upper = _value("assets.capital.upper", case) * share
    counted = Decimal(0)
    if owned > lower:
        counted += (min(owned, upper) - lower) * Decimal("0.06")
    if owned > upper:
        counted += (owned - upper) * Decimal("0.10")
    return counted


def _spouse(case: Case) -> Decimal:
    if case.spouse is None or case.spouse.has_right_to_integration:
        return Decimal(0)
    net = _euros(case.spouse.net_monthly)
    if case.category == 3:
        return net * 12
    return max(Decimal(0), net - _value("ris.amount.monthly", case, 1)) * 12


def reference(case: Case) -> tuple[Decimal, Decimal]:
    """Month and first month (zero when whole), in euros."""
    with localcontext() as context:
        context.prec = 60
        amount = _value("ris.amount.yearly", case, int(case.category))
        plain, work, ale = Decimal(0), Decimal(0), Decimal(0)
        for income in case.incomes:
            if income.kind is IncomeKind.ALE_CHEQUES:
                ale += _yearly(income)
                cheques = income.cheques * (12 if income.period == "month" else 1)
                ale -= cheques * _value("exemption.ale_cheque", case)
            elif income.spi:
                work += _yearly(income)
            elif not income.kind.is_exempt:
                plain += _yearly(income)
        ale = max(Decimal(0), ale)
        for item in case.properties:
            plain += _property(case, item)
        plain += _capital(case) + _spouse(case)
        spi = _value("exemption.spi.monthly", case) * 12
        total = plain + ale + max(Decimal(0), work - spi)
        if total >= amount:
            return Decimal(0), Decimal(0)
        exemption = min(_value("exemption.general", case, int(case.category)), total - ale)
        yearly = amount - (total - exemption)
        return _rounded(yearly / 12), _first_month(case, yearly)


def _first_month(case: Case, yearly: Decimal) -> Decimal:
    start = case.starts_on
    if start.day == 1 or (start.year, start.month) != (case.on.year, case.on.month):
        return Decimal(0)
    following = start.replace(day=28)
    length = 28
    while following.replace(day=length).month == start.month:
        try:
            following.replace(day=length + 1)
        except ValueError:
            break
        length += 1
    days = length - start.day + 1
    return _rounded(yearly * days / (12 * length))
