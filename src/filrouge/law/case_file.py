"""Reads a case file (YAML or JSON, see `docs/case-file.md`) without any float."""

from datetime import date
from pathlib import Path
from typing import Any

import yaml

from filrouge.law.case import Case
from filrouge.law.reading import CaseError, CaseProblem

MAX_BYTES = 200_000
_NULLS = frozenset({"", "null", "~", "Null", "NULL"})


class _TextLoader(yaml.BaseLoader):
    """Keeps every scalar as text (so that no amount becomes a float); refuses repeated keys."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[str] = set()
        for key, _value in node.value:
            name = str(key.value)
            if name in seen:
                line = key.start_mark.line + 1
                raise CaseError([CaseProblem(name, f"Écrit deux fois, ligne {line}.")])
            seen.add(name)
        return super().construct_mapping(node, deep=deep)


def read_case(path: Path, on: date | None = None) -> Case:
    """Read a case file.

    Args:
        path: YAML or JSON, UTF-8, at most 200 kB.
        on: date of the law, instead of the one in the file.

    Raises:
        CaseError: the file cannot be read, or holds errors; each has a place and a sentence.
    """
    data = _content(path)
    if not isinstance(data, dict):
        raise _refusal(path, "le fichier ne contient pas de champs « nom: valeur ».")
    return Case.from_dict(_without_nulls(data), on)


def _content(path: Path) -> object:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise _refusal(path, "le fichier dépasse 200 ko, ce n'est pas un dossier de calcul.")
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise _refusal(path, "le fichier n'existe pas.") from None
    except UnicodeDecodeError:
        raise _refusal(path, "le fichier n'est pas du texte en UTF-8.") from None
    except OSError:
        raise _refusal(path, "le fichier ne peut pas être lu.") from None
    try:
        return yaml.load(text, Loader=_TextLoader)  # noqa: S506 (builds only text, lists, mappings)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise _refusal(path, f"le fichier n'est pas du YAML lisible, ligne {line}.") from None
    except (yaml.YAMLError, RecursionError):
        raise _refusal(path, "le fichier n'est pas du YAML lisible.") from None


def _refusal(path: Path, sentence: str) -> CaseError:
    return CaseError([CaseProblem(path.name, sentence)])


def _without_nulls(value: Any, depth: int = 0) -> Any:
    """Empty scalars and `null` become None; depth is bounded because YAML can refer to itself."""
    if depth > 6:
        return None
    if isinstance(value, dict):
        return {str(key): _without_nulls(item, depth + 1) for key, item in value.items()}
    if isinstance(value, list):
        return [_without_nulls(item, depth + 1) for item in value]
    return None if value in _NULLS else value
