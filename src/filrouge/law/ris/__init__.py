"""The integration income (revenu d'intégration, RIS): what a person may receive, and why.

Law of 26 May 2002, art. 14; royal decree of 11 July 2002, art. 22 to 35. Start with
`entitlement(case)`; the formula is in `formula`, one module per article beside it.
"""

from filrouge.law.case import (
    Appraisal,
    BusinessOrigin,
    Capital,
    Case,
    Cohabitant,
    Income,
    IncomeKind,
    Ownership,
    Period,
    Property,
    PropertyKind,
    Share,
    SpiCounter,
    SpiKind,
    Spouse,
    Transfer,
    WorkedPeriod,
)
from filrouge.law.category import Category
from filrouge.law.choices import ChoiceError
from filrouge.law.reading import CaseError, CaseProblem
from filrouge.law.ris.entitlement import Entitlement, entitlement
from filrouge.law.ris.figures import Figures, figures
from filrouge.law.ris.formula import Right, compute
from filrouge.law.ris.payable import (
    Advance,
    MonthAdvance,
    MonthPart,
    MonthPayment,
    PaidPart,
    advance,
    month_payment,
)
from filrouge.law.ris.values import RisLaw

__all__ = [
    "Advance",
    "Appraisal",
    "BusinessOrigin",
    "Capital",
    "Case",
    "CaseError",
    "CaseProblem",
    "Category",
    "ChoiceError",
    "Cohabitant",
    "Entitlement",
    "Figures",
    "Income",
    "IncomeKind",
    "MonthAdvance",
    "MonthPart",
    "MonthPayment",
    "Ownership",
    "PaidPart",
    "Period",
    "Property",
    "PropertyKind",
    "Right",
    "RisLaw",
    "Share",
    "SpiCounter",
    "SpiKind",
    "Spouse",
    "Transfer",
    "WorkedPeriod",
    "advance",
    "compute",
    "entitlement",
    "figures",
    "month_payment",
]
