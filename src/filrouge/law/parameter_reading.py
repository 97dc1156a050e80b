"""Reads YAML strictly: every error names the file and the line."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import yaml


class ParameterError(Exception):
    """A parameter file is wrong, or a value is asked that the law data does not hold."""


class Place:
    """A node of a YAML file, to read it strictly and name its file and line in errors."""

    def __init__(self, path: Path, node: yaml.Node) -> None:
        self.path = path
        self.node = node

    def error(self, message: str) -> ParameterError:
        return ParameterError(
            f"{self.path.name}, ligne {self.node.start_mark.line + 1} : {message}"
        )

    def fields(self) -> dict[str, "Place"]:
        if not isinstance(self.node, yaml.MappingNode):
            raise self.error("une liste de champs est attendue.")
        found: dict[str, Place] = {}
        for key, value in self.node.value:
            name = str(key.value)
            if name in found:
                raise Place(self.path, key).error(f"le champ « {name} » est écrit deux fois.")
            found[name] = Place(self.path, value)
        return found

    def checked_fields(self, allowed: frozenset[str], needed: Iterable[str]) -> dict[str, "Place"]:
        fields = self.fields()
        for name, place in fields.items():
            if name not in allowed:
                raise place.error(f"champ inconnu « {name} ».")
        for name in needed:
            if name not in fields:
                raise self.error(f"il manque le champ « {name} ».")
        return fields

    def items(self) -> list["Place"]:
        if not isinstance(self.node, yaml.SequenceNode):
            raise self.error("une liste est attendue.")
        return [Place(self.path, node) for node in self.node.value]

    def text(self) -> str:
        if not isinstance(self.node, yaml.ScalarNode) or not self.node.value.strip():
            raise self.error("un texte est attendu.")
        return str(self.node.value).strip()

    def date(self) -> date:
        try:
            return date.fromisoformat(self.text())
        except ValueError:
            raise self.error("une date AAAA-MM-JJ est attendue.") from None

    def is_list(self) -> bool:
        """True when the node is a list."""
        return isinstance(self.node, yaml.SequenceNode)


def read_yaml(path: Path) -> Place | None:
    """The root of a YAML file, None when it is empty.

    Raises:
        ParameterError: the file cannot be read, naming the file and the line.
    """
    loader: type[yaml.Loader] = getattr(yaml, "CLoader", yaml.Loader)
    try:
        root = yaml.compose(path.read_text(encoding="utf-8"), Loader=loader)
    except (OSError, UnicodeDecodeError):
        raise ParameterError(f"Le fichier {path.name} ne peut pas être lu.") from None
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise ParameterError(f"{path.name}, ligne {line} : YAML illisible.") from error
    except (yaml.YAMLError, RecursionError):
        raise ParameterError(f"{path.name}, ligne 1 : YAML illisible.") from None
    return None if root is None else Place(path, root)
