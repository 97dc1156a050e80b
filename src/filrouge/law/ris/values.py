"""The values and readings of the law on one date, ready for the formula."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from filrouge.law.choices import Readings
from filrouge.law.days import day_number, month_length
from filrouge.law.parameter_store import ParameterError, ParameterStore, ParameterValue

NEW_REGIME = "maintenance_debtors"

ARTISTIC = "exemption.spi.artistic"
SHORTAGE = "exemption.spi.shortage"


@dataclass(frozen=True, slots=True)
class RisLaw:
    """Values in force on a day, with their sources, and the readings taken.

    Attributes:
        day: day number of the date.
        days_in_month: length of its month.
        switch: day number from which the new article 34 exists.
        taken: readings.
        others: one line of the law each, by the name used in the formula.
    """

    day: int
    days_in_month: int
    switch: int
    taken: Readings
    yearly: ParameterValue
    monthly: ParameterValue
    general: ParameterValue
    spi: ParameterValue
    spi_student: ParameterValue
    spi_shortage: ParameterValue
    spi_artistic: ParameterValue
    spi_years: ParameterValue
    spi_window: ParameterValue
    shortage_months: ParameterValue
    ale_cheque: ParameterValue
    built: ParameterValue
    built_child: ParameterValue
    unbuilt: ParameterValue
    factor: ParameterValue
    capital_lower: ParameterValue
    capital_upper: ParameterValue
    capital_middle_rate: ParameterValue
    capital_upper_rate: ParameterValue
    transfer_years: ParameterValue
    transfer_usufruct: ParameterValue
    transfer_bare: ParameterValue
    transfer_slice: ParameterValue
    transfer_abatement: ParameterValue
    old_regime: ParameterValue
    new_regime: ParameterValue
    partner_with_right: ParameterValue

    @classmethod
    def on(cls, day: date, store: ParameterStore, taken: Readings) -> "RisLaw":
        """Values in force on a day.

        Raises:
            ParameterError: a value is missing.
        """
        lines = {name: store.entry(key, day) for name, key in _PARAMETERS.items()}
        for name, (key, fallback) in _OPTIONAL.items():
            lines[name] = _entry_or(store, key, fallback, day)
        old, new = _regimes(store)
        return cls(
            day=day_number(day),
            days_in_month=month_length(day),
            switch=day_number(new.valid_from),
            taken=taken,
            old_regime=old,
            new_regime=new,
            **lines,
        )

    @property
    def knows_shortage(self) -> bool:
        """True when the exemption for jobs in shortage exists on that day."""
        return self.spi_shortage.name == SHORTAGE


_PARAMETERS = {
    "yearly": "ris.amount.yearly",
    "monthly": "ris.amount.monthly",
    "general": "exemption.general",
    "spi": "exemption.spi.monthly",
    "spi_years": "exemption.spi.years",
    "spi_window": "exemption.spi.window",
    "shortage_months": "exemption.spi.shortage_months",
    "ale_cheque": "exemption.ale_cheque",
    "built": "assets.built.abatement",
    "built_child": "assets.built.abatement_per_child",
    "unbuilt": "assets.unbuilt.abatement",
    "factor": "assets.property.factor",
    "capital_lower": "assets.capital.lower",
    "capital_upper": "assets.capital.upper",
    "capital_middle_rate": "assets.capital.middle_rate",
    "capital_upper_rate": "assets.capital.upper_rate",
    "transfer_years": "assets.transfer.years",
    "transfer_usufruct": "assets.transfer.usufruct",
    "transfer_bare": "assets.transfer.bare",
    "transfer_slice": "assets.transfer.slice",
    "transfer_abatement": "assets.transfer.abatement",
    "partner_with_right": "cohabitants.partner_with_right",
}

_OPTIONAL = {
    "spi_student": ("exemption.spi.student_with_grant", "exemption.spi.monthly"),
    "spi_shortage": (SHORTAGE, "exemption.spi.monthly"),
    "spi_artistic": (ARTISTIC, "exemption.spi.monthly"),
}
"""Values that exist only for some dates, and the one used outside these dates."""


def _entry_or(store: ParameterStore, key: str, fallback: str, day: date) -> ParameterValue:
    try:
        return store.entry(key, day)
    except ParameterError:
        return store.entry(fallback, day)


def _regimes(store: ParameterStore) -> tuple[ParameterValue, ParameterValue]:
    lines = store.history("cohabitants.regime")
    for position, line in enumerate(lines):
        if line.value == NEW_REGIME and position:
            return lines[position - 1], line
    raise ParameterError("cohabitants.regime : les deux régimes de l'art. 34 sont attendus.")


@lru_cache(maxsize=512)
def law_on(day: date, store: ParameterStore, taken: Readings) -> RisLaw:
    """As `RisLaw.on`, kept for the next case of that day."""
    return RisLaw.on(day, store, taken)


def number(line: ParameterValue) -> int:
    """The value of a line that holds one number.

    Raises:
        ParameterError: it holds something else.
    """
    if not isinstance(line.value, int):
        raise ParameterError(f"{line.name} : un nombre seul est attendu.")
    return line.value


def table(line: ParameterValue) -> tuple[int, ...]:
    """The values of a line that holds one number per category.

    Raises:
        ParameterError: it holds something else.
    """
    if not isinstance(line.value, tuple):
        raise ParameterError(f"{line.name} : un tableau par catégorie est attendu.")
    return line.value
