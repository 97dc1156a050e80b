"""What the applicant receives, and the counter of the exemption for work."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from filrouge.law.case.kinds import BusinessOrigin, IncomeKind, Period, SpiKind
from filrouge.law.labels import _
from filrouge.law.money import Cents, plain_euros, round_half_up
from filrouge.law.reading import CaseProblem, Reader, money_problem

MAX_CHEQUES = 10_000

SPI_ONLY_WORKED_FROM = date(2014, 10, 1)
"""From then on only periods worked use up the three years (royal decree of 25 April 2014)."""


@dataclass(frozen=True, slots=True)
class Income:
    """One income of the applicant.

    Attributes:
        kind: what it is; says whether it counts.
        amount: net, in cents, per `period`.
        period: month or year.
        label: the worker's own words, to tell two of a kind apart.
        spi: the socio-professional exemption of art. 35 is asked for it (work only).
        cheques: number of ALE cheques per `period` (ALE only).
        spi_kind: variant of the exemption.
        work_started_on: day the work started; work held before the right opens no exemption.
        covers_days: days of the month that the amount pays, when it is not the whole month
            (the amount is then brought to a month, art. 35).
        reference_year: year the income of a self-employed person comes from (art. 24).
        business: origin of the income of a self-employed person (art. 24).
        exempt_part: part that the law's ceiling leaves out, per `period` (training premium,
            volunteer); None when it was not looked up.
    """

    kind: IncomeKind
    amount: Cents
    period: Period = Period.MONTH
    label: str = ""
    spi: bool = False
    cheques: int = 0
    spi_kind: SpiKind = SpiKind.GENERAL
    work_started_on: date | None = None
    covers_days: int = 0
    reference_year: int | None = None
    business: BusinessOrigin = BusinessOrigin.OWN
    exempt_part: Cents | None = None

    @property
    def yearly(self) -> int:
        """Cents per year."""
        return self.amount * self.period.per_year

    @property
    def is_left_out(self) -> bool:
        """True when it does not count at all (art. 22 § 1, art. 24)."""
        if self.kind.is_exempt:
            return self.exempt_part is None
        return self.business is BusinessOrigin.BUSINESS_TRANSFER

    def counted_in(self, days_of_month: int) -> int:
        """Cents per year before any exemption for work; a part of a month becomes a month.

        The month so found is rounded to the cent.
        """
        amount = self.amount - (self.exempt_part or 0)
        if self.covers_days:
            covered = min(self.covers_days, days_of_month)
            amount = Cents(int(round_half_up(amount * days_of_month, covered)))
        return max(0, amount) * self.period.per_year

    def as_dict(self) -> dict[str, object]:
        """JSON-safe form."""
        started = self.work_started_on
        return {
            "kind": self.kind.value,
            "amount": plain_euros(self.amount),
            "period": self.period.value,
            "label": self.label,
            "spi": self.spi,
            "cheques": self.cheques,
            "spi_kind": self.spi_kind.value,
            "work_started_on": started.isoformat() if started else None,
            "covers_days": self.covers_days,
            "reference_year": self.reference_year,
            "business": self.business.value,
            "exempt_part": None if self.exempt_part is None else plain_euros(self.exempt_part),
        }

    @classmethod
    def read(cls, reader: Reader) -> "Income":
        """Read the fields; errors go to the reader."""
        income = cls(
            kind=reader.choice("kind", IncomeKind) or IncomeKind.OTHER,
            amount=reader.money("amount"),
            period=reader.choice("period", Period, Period.MONTH) or Period.MONTH,
            label=reader.text("label"),
            spi=reader.boolean("spi"),
            cheques=reader.integer("cheques", 0),
            spi_kind=reader.choice("spi_kind", SpiKind, SpiKind.GENERAL) or SpiKind.GENERAL,
            work_started_on=reader.day("work_started_on"),
            covers_days=reader.integer("covers_days", 0),
            reference_year=reader.optional_integer("reference_year"),
            business=reader.choice("business", BusinessOrigin, BusinessOrigin.OWN)
            or BusinessOrigin.OWN,
            exempt_part=reader.optional_money("exempt_part"),
        )
        reader.finish()
        return income

    def problems(self, path: str) -> Iterator[CaseProblem]:
        """What cannot be accepted."""
        if message := money_problem(self.amount):
            yield CaseProblem(f"{path}.amount", message)
        yield from self._work_problems(path)
        if not 0 <= self.cheques <= MAX_CHEQUES:
            yield CaseProblem(f"{path}.cheques", f"Le nombre de chèques va de 0 à {MAX_CHEQUES}.")
        if self.cheques and self.kind is not IncomeKind.ALE_CHEQUES:
            yield CaseProblem(f"{path}.cheques", "Ce champ ne vaut que pour des chèques ALE.")
        if not 0 <= self.covers_days <= 31:
            yield CaseProblem(f"{path}.covers_days", "Le nombre de jours va de 0 à 31.")
        elif self.covers_days and self.period is Period.YEAR:
            yield CaseProblem(
                f"{path}.covers_days", "Ce champ ne vaut que pour un montant par mois."
            )
        elif self.covers_days and self.kind is IncomeKind.ALE_CHEQUES:
            yield CaseProblem(f"{path}.covers_days", "Ce champ ne vaut pas pour des chèques ALE.")
        yield from self._exempt_problems(path)

    def _work_problems(self, path: str) -> Iterator[CaseProblem]:
        if self.spi and not self.kind.is_work:
            yield CaseProblem(
                f"{path}.spi",
                "L'exonération socioprofessionnelle ne vaut que pour un revenu du travail.",
            )
        if not self.spi and (self.spi_kind is not SpiKind.GENERAL or self.work_started_on):
            name = "work_started_on" if self.work_started_on else "spi_kind"
            yield CaseProblem(
                f"{path}.{name}", "Ce champ demande « spi: true » pour le même revenu."
            )
        if self.kind is not IncomeKind.SELF_EMPLOYED:
            if self.business is not BusinessOrigin.OWN:
                yield CaseProblem(f"{path}.business", "Ce champ ne vaut que pour un indépendant.")
            if self.reference_year is not None:
                yield CaseProblem(
                    f"{path}.reference_year", "Ce champ ne vaut que pour un indépendant."
                )
        elif self.reference_year is not None and not 1990 <= self.reference_year <= 2200:
            yield CaseProblem(f"{path}.reference_year", "Une année est attendue, par exemple 2024.")

    def _exempt_problems(self, path: str) -> Iterator[CaseProblem]:
        if self.exempt_part is None:
            return
        if not self.kind.has_unchecked_ceiling:
            message = "Ce champ ne vaut que pour une prime de formation ou un volontaire."
            yield CaseProblem(f"{path}.exempt_part", message)
        elif message_found := money_problem(self.exempt_part):
            yield CaseProblem(f"{path}.exempt_part", message_found)


@dataclass(frozen=True, slots=True)
class WorkedPeriod:
    """A period of work or training during which the exemption was granted, both days included."""

    first: date
    last: date

    def as_dict(self) -> dict[str, object]:
        """JSON-safe form."""
        return {"first": self.first.isoformat(), "last": self.last.isoformat()}

    @classmethod
    def read(cls, reader: Reader) -> "WorkedPeriod":
        """Read the fields; errors go to the reader."""
        first = reader.day("first", needed=True) or SPI_ONLY_WORKED_FROM
        last = reader.day("last", needed=True) or first
        reader.finish()
        return cls(first, last)


@dataclass(frozen=True, slots=True)
class SpiCounter:
    """What was used of the exemption of art. 35: three years in all, within six years.

    Attributes:
        first_day: first day it was ever granted; None when never.
        periods: periods worked with it since then.
        shortage_from: first day of the three months for a job in shortage, once in a lifetime.
    """

    first_day: date | None = None
    periods: tuple[WorkedPeriod, ...] = ()
    shortage_from: date | None = None

    def days_used(self, before: date) -> int:
        """Calendar days used up before a date; until 30/9/2014 all days since the first."""
        if self.first_day is None:
            return 0
        elapsed = max(0, (min(before, SPI_ONLY_WORKED_FROM) - self.first_day).days)
        return elapsed + sum((last - first).days + 1 for first, last in self._worked(before))

    def months_used(self, before: date) -> int:
        """Months used up before a date: those touched by a period."""
        if self.first_day is None:
            return 0
        spans = self._worked(before)
        if self.first_day < SPI_ONLY_WORKED_FROM and self.first_day < before:
            end = min(before, SPI_ONLY_WORKED_FROM) - timedelta(days=1)
            spans.append((self.first_day, end))
        months = {
            month
            for first, last in spans
            for month in range(first.year * 12 + first.month, last.year * 12 + last.month + 1)
        }
        return len(months)

    def _worked(self, before: date) -> list[tuple[date, date]]:
        spans = []
        for period in self.periods:
            first = max(period.first, SPI_ONLY_WORKED_FROM)
            last = min(period.last, before - timedelta(days=1))
            if first <= last:
                spans.append((first, last))
        return spans

    def as_dict(self) -> dict[str, object]:
        """JSON-safe form."""
        return {
            "first_day": self.first_day.isoformat() if self.first_day else None,
            "periods": [period.as_dict() for period in self.periods],
            "shortage_from": self.shortage_from.isoformat() if self.shortage_from else None,
        }

    @classmethod
    def read(cls, reader: Reader) -> "SpiCounter":
        """Read the fields; errors go to the reader."""
        counter = cls(
            first_day=reader.day("first_day"),
            periods=tuple(WorkedPeriod.read(item) for item in reader.items("periods")),
            shortage_from=reader.day("shortage_from"),
        )
        reader.finish()
        return counter

    def problems(self, path: str) -> Iterator[CaseProblem]:
        """What cannot be accepted."""
        if self.shortage_from and self.shortage_from.day != 1:
            yield CaseProblem(
                f"{path}.shortage_from", _("La période de trois mois commence le 1er d'un mois.")
            )
        if self.periods and self.first_day is None:
            yield CaseProblem(f"{path}.first_day", _("Ce champ est obligatoire avec des périodes."))
        previous: WorkedPeriod | None = None
        for position, period in enumerate(self.periods):
            place = f"{path}.periods[{position}]"
            if period.last < period.first:
                yield CaseProblem(f"{place}.last", _("La fin de la période précède son début."))
            if self.first_day and period.first < self.first_day:
                yield CaseProblem(f"{place}.first", _("La période précède le premier jour."))
            if previous and period.first <= previous.last:
                yield CaseProblem(
                    f"{place}.first", _("Les périodes se suivent sans se chevaucher.")
                )
            previous = period
