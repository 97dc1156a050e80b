"""Movable capital, property, and property given or sold."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from filrouge.law.case.appraisal import Appraisal
from filrouge.law.case.kinds import Ownership, PropertyKind
from filrouge.law.labels import _
from filrouge.law.money import Cents, plain_euros
from filrouge.law.reading import CaseProblem, Reader, money_problem, share_problem

Share: TypeAlias = tuple[int, int]
"""A share of ownership: numerator and denominator."""

NOTHING = Cents(0)


def share_text(share: Share) -> str:
    """A share as written in a file: 1/2."""
    return f"{share[0]}/{share[1]}"


@dataclass(frozen=True, slots=True)
class Capital:
    """Movable capital: the whole amount in cents, and the applicant's share of it (art. 27)."""

    amount: Cents
    share: Share = (1, 1)
    label: str = ""

    def as_dict(self) -> dict[str, object]:
        """JSON-safe form."""
        return {
            "amount": plain_euros(self.amount),
            "share": share_text(self.share),
            "label": self.label,
        }

    @classmethod
    def read(cls, reader: Reader) -> "Capital":
        """Read the fields; errors go to the reader."""
        capital = cls(reader.money("amount"), reader.share("share"), reader.text("label"))
        reader.finish()
        return capital

    def problems(self, path: str) -> Iterator[CaseProblem]:
        """What cannot be accepted."""
        yield from _told(path, amount=money_problem(self.amount), share=share_problem(*self.share))


@dataclass(frozen=True, slots=True)
class Property:
    """Property owned or held in usufruct (art. 25 and 26).

    Attributes:
        kind: built or unbuilt.
        cadastral_income: non-indexed, of the whole property, in cents per year.
        share: the applicant's share.
        mortgage_interest: interest the applicant pays for it, in cents per year.
        rent: rent of the whole property, in cents per year, when it is let; None when not.
        ownership: bare ownership counts for nothing.
        life_annuity: life annuity the applicant pays for it, in cents per year.
        label: the worker's own words.
    """

    kind: PropertyKind
    cadastral_income: Cents
    share: Share = (1, 1)
    mortgage_interest: Cents = NOTHING
    rent: Cents | None = None
    ownership: Ownership = Ownership.FULL
    life_annuity: Cents = NOTHING
    label: str = ""

    def as_dict(self) -> dict[str, object]:
        """JSON-safe form."""
        return {
            "kind": self.kind.value,
            "cadastral_income": plain_euros(self.cadastral_income),
            "share": share_text(self.share),
            "mortgage_interest": plain_euros(self.mortgage_interest),
            "rent": None if self.rent is None else plain_euros(self.rent),
            "ownership": self.ownership.value,
            "life_annuity": plain_euros(self.life_annuity),
            "label": self.label,
        }

    @classmethod
    def read(cls, reader: Reader) -> "Property":
        """Read the fields; errors go to the reader."""
        item = cls(
            kind=reader.choice("kind", PropertyKind) or PropertyKind.BUILT,
            cadastral_income=reader.money("cadastral_income"),
            share=reader.share("share"),
            mortgage_interest=reader.money("mortgage_interest", NOTHING),
            rent=reader.optional_money("rent"),
            ownership=reader.choice("ownership", Ownership, Ownership.FULL) or Ownership.FULL,
            life_annuity=reader.money("life_annuity", NOTHING),
            label=reader.text("label"),
        )
        reader.finish()
        return item

    def problems(self, path: str) -> Iterator[CaseProblem]:
        """What cannot be accepted."""
        yield from _told(
            path,
            cadastral_income=money_problem(self.cadastral_income),
            mortgage_interest=money_problem(self.mortgage_interest),
            life_annuity=money_problem(self.life_annuity),
            rent=money_problem(self.rent or 0),
            share=share_problem(*self.share),
        )


@dataclass(frozen=True, slots=True)
class Transfer:
    """Property given or sold (art. 28 to 32).

    Attributes:
        transferred_on: day of the transfer; older than ten years before the request, it does
            not count.
        value: market value of the whole thing on that day, in cents.
        share: the applicant's share of it.
        ownership: what was given or sold: usufruct counts 40 % of full ownership.
        for_value: sold; False when given.
        home_or_only_land: the applicant's home or only unbuilt property: a first slice of the
            price is left out when it was sold.
        debts: the applicant's debts paid from the price, in cents (sold only).
        equity: what the centre decides to count for reasons of equity (art. 32).
        label: the worker's own words.
    """

    transferred_on: date
    value: Cents
    share: Share = (1, 1)
    ownership: Ownership = Ownership.FULL
    for_value: bool = False
    home_or_only_land: bool = False
    debts: Cents = NOTHING
    equity: Appraisal | None = None
    label: str = ""

    def as_dict(self) -> dict[str, object]:
        """JSON-safe form."""
        return {
            "transferred_on": self.transferred_on.isoformat(),
            "value": plain_euros(self.value),
            "share": share_text(self.share),
            "ownership": self.ownership.value,
            "for_value": self.for_value,
            "home_or_only_land": self.home_or_only_land,
            "debts": plain_euros(self.debts),
            "equity": self.equity.as_dict() if self.equity else None,
            "label": self.label,
        }

    @classmethod
    def read(cls, reader: Reader) -> "Transfer":
        """Read the fields; errors go to the reader."""
        equity = reader.inner("equity")
        item = cls(
            transferred_on=reader.day("transferred_on", needed=True) or date.max,
            value=reader.money("value"),
            share=reader.share("share"),
            ownership=reader.choice("ownership", Ownership, Ownership.FULL) or Ownership.FULL,
            for_value=reader.boolean("for_value"),
            home_or_only_land=reader.boolean("home_or_only_land"),
            debts=reader.money("debts", NOTHING),
            equity=Appraisal.read(equity) if equity else None,
            label=reader.text("label"),
        )
        reader.finish()
        return item

    def problems(self, path: str) -> Iterator[CaseProblem]:
        """What cannot be accepted."""
        yield from _told(
            path,
            value=money_problem(self.value),
            debts=money_problem(self.debts),
            share=share_problem(*self.share),
        )
        if not self.for_value and (self.debts or self.home_or_only_land):
            name = "debts" if self.debts else "home_or_only_land"
            yield CaseProblem(f"{path}.{name}", _("Ce champ ne vaut que pour un bien vendu."))
        if self.equity:
            yield from self.equity.problems(f"{path}.equity")
            if self.equity.at_most is not None:
                yield CaseProblem(
                    f"{path}.equity.at_most", _("Pour un bien cédé, donnez un pourcentage.")
                )


def _told(path: str, **messages: str | None) -> Iterator[CaseProblem]:
    for name, message in messages.items():
        if message:
            yield CaseProblem(f"{path}.{name}", message)
