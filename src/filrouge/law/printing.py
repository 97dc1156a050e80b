"""Plain-text tables of the law's results, for the terminal. In French."""

import textwrap
from collections.abc import Iterable, Sequence
from datetime import date

from filrouge.law.labels import long_date
from filrouge.law.money import format_euros
from filrouge.law.parameter_printing import STATUS_MEANINGS, WIDTH
from filrouge.law.parameter_store import ParameterStore, Unit
from filrouge.law.ris import Entitlement
from filrouge.law.steps import ParameterUse, Step, StepInput, StepRole
from filrouge.law.terms import Term

_LABEL, _ARTICLE, _AMOUNT = 58, 26, 16

_PER = {Unit.EUR_PER_MONTH: " par mois", Unit.EUR_PER_YEAR: " par an"}
_SHORT = (
    ("Loi du 26 mai 2002, ", "L. "),
    ("AR du 11 juillet 2002, ", "AR "),
)


def entitlement_table(result: Entitlement) -> str:
    """The explained computation of one case."""
    category = result.category
    title = f"Revenu d'intégration au {long_date(result.on)}, catégorie {category.value}"
    lines = [f"{title} ({category.label})", "═" * WIDTH]
    if not result.covered:
        lines += ["NON COUVERT : ce résultat est indicatif et ne peut pas fonder une décision."]
        lines += [line for reason in result.not_covered for line in _wrapped(f"• {reason}", 2)]
        lines.append("─" * WIDTH)
    for step in result.steps:
        lines += _step_lines(step)
    lines.append("═" * WIDTH)
    if result.first_month is not None:
        lines.append(
            f"Premier mois : {result.first_month_days} jours sur {result.first_month_length}."
        )
    lines += _unconfirmed_lines(result.unconfirmed)
    lines.append("L. = loi du 26 mai 2002 ; AR = arrêté royal du 11 juillet 2002.")
    lines.append(f"Données de la loi {result.parameters_digest[:12]}, {_version(result)}.")
    return "\n".join(lines)


def _version(result: Entitlement) -> str:
    return f"Filrouge {result.package_version}"


def _step_lines(step: Step) -> list[str]:
    amount = _step_amount(step)
    heavy = step.role in (StepRole.SUBTOTAL, StepRole.RESULT)
    lines = ["─" * WIDTH] if step.role is StepRole.RESULT else []
    label = textwrap.wrap(step.label, _LABEL - 1)
    article = textwrap.wrap(_short(step.article), _ARTICLE - 1)
    for position in range(max(len(label), len(article))):
        left = label[position] if position < len(label) else ""
        middle = article[position] if position < len(article) else ""
        right = amount if position == 0 else ""
        lines.append(f"{left:<{_LABEL}}{middle:<{_ARTICLE}}{right:>{_AMOUNT}}".rstrip())
    if not heavy or step.role is StepRole.RESULT:
        lines += _wrapped(step.rule, 4)
    lines += [_input_line(item) for item in step.inputs]
    lines += [line for use in step.parameters for line in _parameter_lines(use)]
    return lines


def _step_amount(step: Step) -> str:
    if step.amount is None:
        return ""
    sign = step.role.sign
    return f"{sign} {format_euros(step.amount)}".strip()


def _input_line(item: StepInput) -> str:
    if not item.unit.is_money:
        return f"    {item.label} : {item.value}{' %' if item.unit is Unit.PERCENT else ''}"
    return f"    {item.label} : {format_euros(item.value)}{_PER.get(item.unit, '')}"


def _parameter_lines(use: ParameterUse) -> list[str]:
    since = f"(depuis le {use.valid_from:%d/%m/%Y})"
    return _wrapped(f"[{use.status}] {use.label} : {_value(use)} {since}", 4)


def _value(use: ParameterUse) -> str:
    if isinstance(use.value, str):
        return use.note or use.source
    values = use.value if isinstance(use.value, tuple) else (use.value,)
    if use.unit.is_money:
        return " / ".join(format_euros(value) for value in values)
    suffix = " %" if use.unit is Unit.PERCENT else ""
    return " / ".join(f"{value}{suffix}" for value in values)


def _unconfirmed_lines(uses: Sequence[ParameterUse]) -> list[str]:
    if not uses:
        return []
    lines = ["À confirmer avant de décider :"]
    for use in uses:
        reason = use.note or use.source
        text = f"[{use.status}, {STATUS_MEANINGS[use.status]}] {use.label}. {reason}"
        lines += _wrapped(text, 2)
    return lines


def _short(article: str) -> str:
    for long, short in _SHORT:
        article = article.replace(long, short)
    return article


def _wrapped(text: str, indent: int) -> list[str]:
    space = " " * indent
    return textwrap.wrap(text, WIDTH, initial_indent=space, subsequent_indent=space + "  ")


def terms_table(terms: Iterable[Term]) -> str:
    """Terms with their end, article, status and how they were counted."""
    lines: list[str] = []
    for term in terms:
        due = long_date(term.due)
        label = f"{term.label} (supposé)" if term.projected else term.label
        lines.append(f"{label:<60}{due:>{WIDTH - 60}}")
        lines.append(f"    {term.article}  [{term.status}, {STATUS_MEANINGS[term.status]}]")
        lines += _wrapped(term.counting, 4)
    lines.append("─" * WIDTH)
    lines += _wrapped(
        "« supposé » : compté comme si l'étape précédente prenait son dernier jour. Un délai de "
        "statut U ou X doit être vérifié.",
        0,
    )
    return "\n".join(lines)


def amounts_table(store: ParameterStore, first: date, last: date) -> str:
    """Monthly and yearly amounts of the three categories in force between two dates."""
    head = f"{'depuis le':<12}{'éch.':>5}{'par mois : 1, 2, 3':>38}{'par an : 1, 2, 3':>36}  st."
    lines = [head, "─" * WIDTH]
    yearly_lines = store.history("ris.amount.yearly")
    for position, line in enumerate(yearly_lines):
        following = yearly_lines[position + 1 :]
        if line.valid_from > last or (following and following[0].valid_from <= first):
            continue
        day = line.valid_from
        monthly = store.entry("ris.amount.monthly", day)
        step = store.number("ris.index_step", day)
        months = "".join(f"{_bare(value):>12}" for value in store.table(monthly.name, day))
        years = "".join(f"{_bare(value):>12}" for value in store.table(line.name, day))
        statuses = f"{monthly.status}/{line.status}"
        lines.append(f"{day:%d/%m/%Y}  {step:>5}  {months}{years}  {statuses}")
    lines.append("─" * WIDTH)
    lines += _wrapped(
        "Euros. Catégories : 1 cohabitant, 2 isolé, 3 famille à charge. éch. : nombre de pas "
        "d'indexation de 2 %. st. : statut du montant mensuel et du montant annuel ("
        + " ; ".join(f"{status} {meaning}" for status, meaning in STATUS_MEANINGS.items())
        + ").",
        0,
    )
    return "\n".join(lines)


def _bare(cents: int) -> str:
    return format_euros(cents)[:-2]
