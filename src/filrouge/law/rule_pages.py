"""One page per rule, written from the rules' own data: `python -m filrouge.law docs docs/law`.

Formulas come from the `Rule` objects, values from the parameters, examples from running the rule.
Nothing here is typed twice; a test compares the pages with what this module writes.
"""

import pkgutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

import filrouge.law
from filrouge.law import parameter_store, rule_examples
from filrouge.law.case_file import read_case
from filrouge.law.choices import CHOICES
from filrouge.law.parameter_printing import STATUS_MEANINGS, steps_table, value_text
from filrouge.law.parameter_store import ParameterStore, ParameterValue, Status
from filrouge.law.ris import entitlement
from filrouge.law.steps import ParameterUse, Rule, Step

MARK = "<!-- Écrit par « python -m filrouge.law docs docs/law » : ne pas corriger à la main. -->"


@dataclass(frozen=True, slots=True)
class Subject:
    """A page on one subject.

    Attributes:
        slug: name of the file.
        title: in French.
        summary: what the rule answers, in French.
        families: families of parameters shown.
        rules: the lines of the explanation.
        example: runs the rule and writes what it found.
        limits: what the rule does not know, in French.
    """

    slug: str
    title: str
    summary: str
    families: tuple[str, ...]
    rules: tuple[Rule, ...]
    example: Callable[[], str]
    limits: tuple[str, ...] = ()


def pages(examples: Path) -> dict[str, str]:
    """Text of every page, by file name.

    Args:
        examples: folder of the case files of the integration income.
    """
    store = parameter_store.shipped()
    mine = {f"{subject.slug}.md": _subject_page(subject, store) for subject in subjects()}
    mine["readings.md"] = _readings()
    income = _income_pages(examples, store)
    return {"README.md": _index(mine, income), **mine, **income}


def write_pages(directory: Path, examples: Path) -> tuple[Path, ...]:
    """Write every page, and remove the generated pages of rules that are gone.

    Raises:
        OSError: the folder cannot be written.
    """
    directory.mkdir(parents=True, exist_ok=True)
    wanted = pages(examples)
    for old in directory.glob("*.md"):
        if old.name not in wanted and MARK in old.read_text(encoding="utf-8"):
            old.unlink()
    for name, text in wanted.items():
        (directory / name).write_text(text, encoding="utf-8")
    return tuple(directory / name for name in wanted)


def subjects() -> tuple[Subject, ...]:
    """The subjects, in the order of a file's life."""
    return tuple(Subject(*fields) for fields in rule_examples.SUBJECTS)


def all_rules() -> tuple[Rule, ...]:
    """Every `Rule` of the room, wherever it stands, each key and label once."""
    found: dict[tuple[str, str], Rule] = {}
    for module in pkgutil.walk_packages(filrouge.law.__path__, "filrouge.law."):
        if ".tests" in module.name or module.name.endswith("__main__"):
            continue
        for item in vars(import_module(module.name)).values():
            if isinstance(item, Rule):
                found.setdefault((item.key, item.label), item)
    return tuple(found.values())


def _subject_page(subject: Subject, store: ParameterStore) -> str:
    lines = [line for name in store.names() if _in(name, subject) for line in store.history(name)]
    parts = [f"# {subject.title}", MARK, subject.summary]
    if subject.rules:
        parts += ["## Formule", _formulas(subject.rules)]
    parts += ["## Valeurs de la loi", _values(lines)]
    parts += _doubts(lines)
    parts += ["## Exemple", _fenced(subject.example())]
    if subject.limits:
        parts += ["## À savoir", "\n".join(f"- {limit}" for limit in subject.limits)]
    return "\n\n".join(parts) + "\n"


def _in(name: str, subject: Subject) -> bool:
    return any(name == family or name.startswith(f"{family}.") for family in subject.families)


def _formulas(rules: Sequence[Rule]) -> str:
    return "\n".join(f"- **{rule.label}** : {rule.text} *{rule.article}*" for rule in rules)


def _values(lines: Sequence[ParameterValue]) -> str:
    if not lines:
        return "Cette règle n'utilise aucune valeur datée."
    rows = [
        "| paramètre | valeur | valable | statut | article et source |",
        "|---|---|---|---|---|",
    ]
    for line in lines:
        until = f" au {line.valid_to:%d/%m/%Y}" if line.valid_to else ""
        origin = (
            line.source if line.article.startswith("Source") else f"{line.article}. {line.source}"
        )
        rows.append(
            f"| {line.label} (`{line.name}`) | {line.meaning or value_text(line.value, line.unit)} "
            f"| {line.valid_from:%d/%m/%Y}{until} | {line.status} | {_cell(origin)} |"
        )
    return "\n".join(rows)


def _cell(text: str) -> str:
    return text.replace("|", "/")


def _doubts(lines: Sequence[ParameterValue]) -> list[str]:
    doubtful = [line for line in lines if line.status in (Status.UNCONFIRMED, Status.CONFLICTING)]
    if not doubtful:
        return []
    items = list[str]()
    for line in doubtful:
        meaning = STATUS_MEANINGS[line.status]
        items.append(f"- `{line.name}` ({line.status}, {meaning}) : {line.note or line.source}")
        items += [f"  - `{key}` : {text}" for key, text in line.options]
    return ["## À confirmer", "\n".join(items)]


def _fenced(text: str) -> str:
    return f"```text\n{text}\n```"


def _income_pages(examples: Path, store: ParameterStore) -> dict[str, str]:
    """One page per line of the integration income, with the first example that uses it."""
    mine = {rule.key for subject in subjects() for rule in subject.rules}
    used = _income_steps(examples)
    groups: dict[str, list[Rule]] = {}
    for rule in all_rules():
        if rule.key not in mine:
            groups.setdefault(rule.key, []).append(rule)
    return {
        f"ris-{key.replace('.', '-').replace('_', '-')}.md": _income_page(rules, used, store)
        for key, rules in groups.items()
    }


def _income_steps(examples: Path) -> list[tuple[str, Step]]:
    """Every step of every example, with the name of its file."""
    found = list[tuple[str, Step]]()
    for path in sorted(examples.glob("*.yaml")):
        found += [(path.name, step) for step in entitlement(read_case(path)).steps]
    return found


def _income_page(
    rules: Sequence[Rule], used: Sequence[tuple[str, Step]], store: ParameterStore
) -> str:
    key = rules[0].key
    mine = [(name, step) for name, step in used if step.key == key]
    lines = list(_lines_of([step for _name, step in mine], store))
    parts = [f"# {rules[0].label}", MARK, "Une ligne du calcul du revenu d'intégration."]
    parts += ["## Formule", _formulas(rules), "## Valeurs de la loi", _values(lines)]
    parts += [*_doubts(lines), "## Exemple"]
    for label in dict.fromkeys(step.label for _name, step in mine):
        same = [item for item in mine if item[1].label == label]
        name, step = max(same, key=lambda item: len(item[1].parameters) + len(item[1].inputs))
        parts += [f"Cas `examples/{name}`.", _fenced(steps_table([step]))]
    if not mine:
        parts.append("Aucun cas de `examples/` n'utilise cette ligne.")
    return "\n\n".join(parts) + "\n"


def _lines_of(steps: Sequence[Step], store: ParameterStore) -> Iterator[ParameterValue]:
    """The values that the steps used: the last line of each parameter, or the reading taken."""
    uses: dict[str, ParameterUse] = {use.name: use for step in steps for use in step.parameters}
    for name, use in sorted(uses.items()):
        if name in store.names():
            yield store.history(name)[-1]
        else:
            yield ParameterValue(
                name=use.name,
                label=use.label,
                value=use.value,
                unit=use.unit,
                valid_from=use.valid_from,
                article=use.article,
                source=use.source,
                status=use.status,
                note=use.note,
            )


def _readings() -> str:
    """Open questions of the integration income, with the readings a centre may take."""
    parts = [
        "# Lectures du revenu d'intégration à confirmer",
        MARK,
        "Les textes laissent ces questions ouvertes, ou les sources se contredisent. Une lecture "
        "est retenue ; le centre peut en choisir une autre.",
    ]
    for choice in CHOICES:
        lines = [
            f"- `{name}`{' (retenue)' if name == choice.default else ''} : {text}"
            for name, text in choice.readings.items()
        ]
        origin = f"`{choice.key}`, {choice.status}, {STATUS_MEANINGS[choice.status]}. "
        parts += [
            f"## {choice.question}",
            f"{origin}*{choice.article}* Vu : {choice.source}.",
            "\n".join(lines),
        ]
    return "\n\n".join(parts) + "\n"


def _index(subject_pages: dict[str, str], income_pages: dict[str, str]) -> str:
    statuses = " ; ".join(f"{status} {meaning}" for status, meaning in STATUS_MEANINGS.items())
    parts = [
        "# La loi, règle par règle",
        MARK,
        "Chaque page donne l'article, la formule, les valeurs avec leur source, ce qui reste à "
        f"confirmer, et un exemple calculé. Statuts : {statuses}.",
        "## Procédure, suites de la décision, autres aides",
        _links(subject_pages),
        "## Revenu d'intégration, ligne par ligne",
        _links(income_pages),
    ]
    return "\n\n".join(parts) + "\n"


def _links(found: dict[str, str]) -> str:
    return "\n".join(
        f"- [{text.partition(chr(10))[0].removeprefix('# ')}]({name})"
        for name, text in found.items()
    )
