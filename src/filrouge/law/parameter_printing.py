"""Plain-text and data forms of the values of the law, and of the steps and checks of a rule."""

import textwrap
from collections.abc import Iterable, Sequence
from datetime import date

from filrouge.law import parameter_store
from filrouge.law.checks import Check, Verdict
from filrouge.law.money import format_euros
from filrouge.law.parameter_questions import Change, Report
from filrouge.law.parameter_store import ParameterValue, Status, Unit, Value
from filrouge.law.steps import ParameterUse, Step, StepRole

WIDTH = 100

STATUS_MEANINGS = {
    Status.OFFICIAL: "confirmé par une source officielle",
    Status.SECONDARY: "confirmé par une source secondaire",
    Status.COMPUTED: "calculé par nous",
    Status.UNCONFIRMED: "non confirmé",
    Status.CONFLICTING: "inconnu ou sources contradictoires",
}

_SUFFIXES = {
    Unit.EUR_PER_MONTH: " par mois",
    Unit.EUR_PER_YEAR: " par an",
    Unit.EUR_PER_CHEQUE: " par chèque",
    Unit.EUR_PER_HOUR: " par heure",
    Unit.EUR_PER_LITRE: " par litre",
    Unit.PERCENT: " %",
    Unit.POINTS: " points",
    Unit.CALENDAR_DAYS: " jours calendrier",
    Unit.WORKING_DAYS: " jours ouvrables",
    Unit.MONTHS: " mois",
    Unit.YEARS: " ans",
    Unit.LITRES: " litres",
    Unit.PEOPLE: " personnes",
}
_SINGULAR = {
    Unit.CALENDAR_DAYS: " jour calendrier",
    Unit.WORKING_DAYS: " jour ouvrable",
    Unit.YEARS: " an",
    Unit.POINTS: " point",
    Unit.LITRES: " litre",
    Unit.PEOPLE: " personne",
}
_MARKS = {Verdict.MET: "✓", Verdict.NOT_MET: "✗", Verdict.NOT_KNOWN: "?"}


def figure(value: int, unit: Unit) -> str:
    """Write one figure with its unit: `1 340,47 € par mois`, `12,5 %`, `76 h`, `30 jours`."""
    if unit.is_money:
        return format_euros(value) + _SUFFIXES.get(unit, "")
    if unit is Unit.PERMILLE:
        whole, rest = divmod(value, 10)
        return f"{whole},{rest} %" if rest else f"{whole} %"
    if unit is Unit.MINUTES:
        whole, rest = divmod(value, 60)
        return f"{whole} h {rest:02d}" if rest else f"{whole} h"
    suffix = _SINGULAR.get(unit) if value == 1 else None
    number = f"{value:,}".replace(",", "\u202f") if unit is Unit.PEOPLE else str(value)
    return number + (suffix or _SUFFIXES.get(unit, ""))


def value_text(value: Value, unit: Unit) -> str:
    """Write a value with its unit; the figures of a table are separated by a slash."""
    if isinstance(value, tuple):
        suffix = _SUFFIXES.get(unit, "")
        return " / ".join(figure(item, unit).removesuffix(suffix) for item in value) + suffix
    if isinstance(value, int):
        return figure(value, unit)
    if unit is Unit.DATE:
        return f"{date.fromisoformat(value):%d/%m/%Y}"
    return value


def entry_lines(line: ParameterValue) -> list[str]:
    """One line of the law's data, in full."""
    period = f"depuis le {line.valid_from:%d/%m/%Y}"
    if line.valid_to:
        period = f"du {line.valid_from:%d/%m/%Y} au {line.valid_to:%d/%m/%Y}"
    if line.known_from:
        period += f", connu depuis le {line.known_from:%d/%m/%Y}"
    lines = _wrapped(f"{value_text(line.value, line.unit)}   ({period})", 2)
    if line.meaning:
        lines += _wrapped(line.meaning, 4)
    lines += _wrapped(f"[{line.status}, {STATUS_MEANINGS[line.status]}] {line.article}", 4)
    if not line.article.startswith("Source"):
        lines += _wrapped(f"Source : {line.source}", 4)
    if line.note:
        lines += _wrapped(line.note, 4)
    if line.author:
        lines += _wrapped(f"{line.origin.label.capitalize()} par {line.author}.", 4)
    return lines


def entries_table(groups: Iterable[Sequence[ParameterValue]]) -> str:
    """Parameters with their lines."""
    lines = list[str]()
    for group in groups:
        head = group[0]
        lines += _wrapped(f"{head.name} : {head.label} ({head.unit.label})", 0)
        for line in group:
            lines += entry_lines(line)
        if head.options:
            other = [f"{key} ({meaning})" for key, meaning in head.options]
            lines += _wrapped("Lectures : " + " ; ".join(other), 4)
        lines.append("")
    return "\n".join(lines[:-1])


def changes_table(changes: Sequence[Change], first: date, last: date) -> str:
    """What changed between two dates."""
    if not changes:
        return f"Rien n'a changé entre le {first:%d/%m/%Y} et le {last:%d/%m/%Y}."
    lines = list[str]()
    for change in changes:
        lines += _wrapped(f"{change.name} : {change.label}", 0)
        lines += _wrapped(f"{first:%d/%m/%Y}  {_side(change.before)}", 4)
        lines += _wrapped(f"{last:%d/%m/%Y}  {_side(change.after)}", 4)
    return "\n".join(lines)


def _side(entry: ParameterValue | None) -> str:
    if entry is None:
        return "aucune valeur"
    return f"{entry.meaning or value_text(entry.value, entry.unit)}  [{entry.status}]"


def report_text(report: Report) -> str:
    """Outcome of the check of all values."""
    lines = [
        f"✓ {report.names} paramètres, {report.lines} lignes : lisibles, ordonnées, sans trou.",
        f"  Empreinte {report.digest[:16]}.",
    ]
    for deviation in report.deviations:
        mark = "✓ Écart connu :" if deviation.is_known else "✗"
        lines += _wrapped(
            f"{mark} {deviation.name}, {deviation.valid_from:%d/%m/%Y}, catégorie "
            f"{deviation.category} : {format_euros(deviation.published)} publié, "
            f"{format_euros(deviation.computed)} par la formule.",
            0,
        )
    lines.append(
        "✓ Les autres montants suivent la formule d'indexation."
        if report.is_sound
        else "✗ Des montants ne suivent pas la formule d'indexation."
    )
    for line in report.overtaken:
        lines += _wrapped(
            f"! {line.name}, {line.valid_from:%d/%m/%Y} : la valeur ajoutée par {line.author} ne "
            "vaut plus, une valeur connue plus tard la remplace.",
            0,
        )
    lines.append(
        f"{len(report.computed)} lignes calculées (C), {len(report.unconfirmed)} lignes non "
        "confirmées (U) ou contradictoires (X) :"
    )
    for line in report.unconfirmed:
        day = f"{line.valid_from:%d/%m/%Y}"
        lines += _wrapped(f"[{line.status}] {line.name} ({day}) : {line.note or line.source}", 2)
    lines.append(f"{len(report.choices)} lectures du revenu d'intégration à confirmer :")
    for choice in report.choices:
        taken = choice.readings[choice.default]
        lines += _wrapped(f"[{choice.status}] {choice.key} : {choice.question}. {taken}", 2)
    return "\n".join(lines)


def steps_table(steps: Iterable[Step]) -> str:
    """The steps of a rule, with their inputs and values of the law."""
    lines = list[str]()
    for step in steps:
        amount = "" if step.amount is None else figure(step.amount, step.unit)
        signed = f"{step.role.sign} {amount}".strip()
        if step.role is StepRole.RESULT:
            lines.append("─" * WIDTH)
        label = textwrap.wrap(step.label, WIDTH - 20)
        lines.append(f"{label[0]:<{WIDTH - 18}}{signed:>18}")
        lines += [f"  {part}" for part in label[1:]]
        lines += _wrapped(step.rule, 4)
        lines += [f"    {item.label} : {figure(item.value, item.unit)}" for item in step.inputs]
        lines += [line for use in step.parameters for line in use_lines(use)]
    return "\n".join(lines)


def use_lines(use: ParameterUse) -> list[str]:
    """A value of the law used by a step; a choice is said in words."""
    since = f"(depuis le {use.valid_from:%d/%m/%Y})"
    said = meaning(use.name, use.value) or value_text(use.value, use.unit)
    return _wrapped(f"[{use.status}] {use.label} : {said} {since}", 4)


def meaning(name: str, value: Value) -> str:
    """What a choice means, in French; empty when the value is not a choice with its readings."""
    store = parameter_store.shipped()
    if name not in store.names():
        return ""
    return dict(store.history(name)[-1].options).get(str(value), "")


def checks_table(checks: Iterable[Check]) -> str:
    """The checks of a rule: met, not met, not known."""
    lines = list[str]()
    for item in checks:
        kind = "" if item.blocking else " (conseil)"
        lines += _wrapped(f"{_MARKS[item.verdict]} {item.label}{kind}", 0)
        lines += _wrapped(item.reason, 4)
    return "\n".join(lines)


def _wrapped(text: str, indent: int) -> list[str]:
    space = " " * indent
    return textwrap.wrap(text, WIDTH, initial_indent=space, subsequent_indent=space + "  ")
