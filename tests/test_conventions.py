"""What is agreed on for the whole house, checked by the machine (docs/architecture.md)."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models
from django.urls import URLPattern, URLResolver, get_resolver

from tests.guards import centre_tables

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "filrouge"
CODE = sorted(
    path for path in SOURCE.rglob("*.py") if not {"migrations", "tests"} & set(path.parts)
)
TEMPLATES = sorted(SOURCE.rglob("*.html"))
ROOMS = sorted(
    {Path(config.path) for config in apps.get_app_configs() if SOURCE in Path(config.path).parents}
)

PUBLIC_ADDRESSES = {"login", "login_without_hat", "healthz", "accessibility", "help"}
"""Names of the addresses that may be opened without signing in, each with its own test."""

ISOLATED = {
    "centres.User",
    "centres.Centre",
    "trail.Payload",
    "web.FailedLogin",
    "lawbook.ParameterLine",
}
"""Models that carry no centre: humans, the centre itself, payloads reached by their entry, and
wrong passwords, which come before anybody wears a hat, and national values of the law, which belong
to the installation."""


def name(path: Path) -> str:
    return str(path.relative_to(SOURCE))


def calls(path: Path) -> Iterator[tuple[int, str]]:
    """Line and dotted name of every call in a file."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            yield node.lineno, ast.unparse(node.func)


# --- the law ---------------------------------------------------------------------------------


def test_the_law_loads_without_django_and_without_the_house() -> None:
    code = (
        "import sys, filrouge.law, filrouge.law.ris, filrouge.law.terms, filrouge.law.cli;"
        "print([name for name in sys.modules if name.split('.')[0] == 'django'"
        " or name.startswith('filrouge.') and not name.startswith('filrouge.law')])"
    )
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert answer.stdout.strip() == "[]", answer.stdout + answer.stderr


@pytest.mark.parametrize("path", [p for p in CODE if name(p).startswith("law/")], ids=name)
def test_the_law_counts_without_floats(path: Path) -> None:
    found = []
    refusals: set[ast.AST] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, float):
            found.append((node.lineno, f"the number {node.value}"))
        if isinstance(node, ast.BinOp | ast.AugAssign) and isinstance(node.op, ast.Div):
            left = ast.unparse(node.left if isinstance(node, ast.BinOp) else node.target)
            if not re.search(r"path|Path|directory|folder|parent", left):
                found.append((node.lineno, "a division by /"))
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "isinstance":
            refusals.update(ast.walk(node))
        if isinstance(node, ast.Name) and node.id == "float" and node not in refusals:
            found.append((node.lineno, "the type float"))
        if isinstance(node, ast.Attribute) and node.attr.startswith("float"):
            found.append((node.lineno, f"the type {node.attr}"))
    assert found == []


# --- the clock, search, logic ----------------------------------------------------------------

CLOCKS = re.compile(
    r"(^|\.)(datetime\.(now|utcnow|today)|date\.today|timezone\.(now|localdate|localtime)|time\.time)$"
)
MAY_READ_THE_CLOCK = (
    "web/middleware.py",
    "web/logs.py",
    "web/entry.py",
    "web/views/entry.py",
    "web/management/",
    "demo/management/",
)


@pytest.mark.parametrize("path", CODE, ids=name)
def test_nobody_reads_the_clock_inside_a_rule(path: Path) -> None:
    if name(path).startswith(MAY_READ_THE_CLOCK):
        return
    assert [(line, call) for line, call in calls(path) if CLOCKS.search(call)] == []


@pytest.mark.parametrize("path", CODE, ids=name)
def test_no_search_that_defeats_every_index(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert re.findall(r"__i(?:contains|exact|startswith|endswith|regex)\b", text) == []


def test_no_model_hides_logic_in_save_or_signals() -> None:
    with_logic = [
        model._meta.label
        for model in apps.get_models()
        if model.__module__.startswith("filrouge.")
        and ("save" in vars(model) or "delete" in vars(model))
    ]
    assert with_logic == []
    signals = re.compile(r"\b(pre_save|post_save|pre_delete|post_delete|m2m_changed|@receiver)\b")
    assert [name(path) for path in CODE if signals.search(path.read_text("utf-8"))] == []


# --- records ---------------------------------------------------------------------------------


def test_every_record_belongs_to_a_centre() -> None:
    tables = centre_tables()
    homeless = {
        model._meta.label
        for model in apps.get_models()
        if model.__module__.startswith("filrouge.") and model._meta.db_table not in tables
    }
    assert homeless <= ISOLATED


FOR_CLEANING = {"draft_by_age"}
"""Indexes of jobs that clean all centres at once."""


def test_the_centre_comes_first_in_every_unique_constraint_and_index() -> None:
    wrong = []
    for model in apps.get_models():
        if model._meta.db_table not in centre_tables():
            continue
        for rule in (*model._meta.constraints, *model._meta.indexes):
            if rule.name in FOR_CLEANING:
                continue
            if isinstance(rule, models.UniqueConstraint | models.Index):
                first = rule.fields[0] if rule.fields else ""
                parent = first and model._meta.get_field(first.lstrip("-")).is_relation
                if not (first in ("centre", "centre_id") or parent):
                    wrong.append(f"{model._meta.label}: {rule.name}")
    assert wrong == []


def test_people_and_decisions_are_never_deleted_by_a_cascade() -> None:
    kept = {"people.Person", "council.Decision", "claims.Claim", "documents.Document"}
    wrong = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, models.ForeignKey)
        and field.related_model._meta.label in kept
        and field.remote_field.on_delete is models.CASCADE
        and model._meta.label != "people.NamePart"
    ]
    assert wrong == []


ONLY_BY_A_FAULT = {
    "attendance_once",
    "chain_head_once",
    "claim_number_once",
    "counter_once",
    "draft_once",
    "seat_once",
    "submission_once",
    "term_due_later",
    "trail_entry_once",
}
"""No form leads there: numbers, chains and dates that Filrouge computes itself."""


def test_every_constraint_speaks_to_the_user() -> None:
    silent = [
        f"{model._meta.label}: {rule.name}"
        for model in apps.get_models()
        if model.__module__.startswith("filrouge.")
        for rule in model._meta.constraints
        if rule.name not in ONLY_BY_A_FAULT
        and rule.violation_error_message in (None, rule.default_violation_error_message)
    ]
    assert silent == []


# --- rooms -----------------------------------------------------------------------------------


@pytest.mark.parametrize("room", ROOMS, ids=name)
def test_every_room_has_its_furniture(room: Path) -> None:
    has = {path.stem for path in room.iterdir() if path.suffix == ".py" or path.is_dir()}
    base = name(room).startswith(("base/", "web"))
    missing = []
    if not (room / "tests" / "__init__.py").exists() and not base:
        missing.append("tests")
    if "models" in has and not base:
        missing += sorted({"actions", "queries"} - has)
    if "views" in has:
        missing += sorted({"urls"} - has)
        if not base:
            missing += sorted({"access"} - has)
    assert missing == []


def test_every_room_has_a_label_and_a_name_of_its_own() -> None:
    for room in ROOMS:
        config = next(c for c in apps.get_app_configs() if Path(c.path) == room)
        assert "label" in vars(type(config)) and "verbose_name" in vars(type(config)), room


# --- pages -----------------------------------------------------------------------------------


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_no_page_holds_inline_code(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    forbidden = {
        "style attribute": r"<[^>]*\sstyle\s*=",
        "style element": r"<style\b",
        "inline script": r"<script(?![^>]*\ssrc=)[^>]*>",
        "event attribute": r"<[^>]*\son[a-z]+\s*=",
        "javascript: link": r"javascript:",
        "unescaped value": r"\|\s*safe\b|\{%\s*autoescape\s+off",
        "another machine": r"(?:src|href)=\"(?:https?:)?//",
    }
    found = [what for what, pattern in forbidden.items() if re.search(pattern, text, re.I)]
    assert found == []


def addresses(resolver: URLResolver, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    for entry in resolver.url_patterns:
        route = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from addresses(entry, route)
        else:
            yield route, entry


def test_every_address_asks_to_sign_in_but_the_marked_ones() -> None:
    assert "django.contrib.auth.middleware.LoginRequiredMiddleware" in settings.MIDDLEWARE
    public = {
        entry.name or route
        for route, entry in addresses(get_resolver())
        if not getattr(entry.callback, "login_required", True)
    }
    assert public <= PUBLIC_ADDRESSES


def test_every_address_has_a_name_and_one_only() -> None:
    seen = [
        (entry.lookup_str.rpartition(".")[0], entry.name)
        for _route, entry in addresses(get_resolver())
    ]
    assert all(found for _module, found in seen)
    assert len(seen) == len(set(seen))


@pytest.mark.parametrize("path", CODE, ids=name)
def test_files_stay_readable_in_one_sitting(path: Path) -> None:
    """Over 500 lines a file asks for a second look; here it stops."""
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 700
