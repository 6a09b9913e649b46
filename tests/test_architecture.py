"""What import-linter's contracts cannot say: doors, owners of tables, and words for everything that can go wrong."""

import ast
import configparser
import importlib
import string
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import Any

import grimp
import pglast
from pglast.visitors import Visitor

from estafette.base.errors import Problem
from estafette.base.languages import LANGUAGES
from estafette.web import words

PACKAGE = Path(__file__).parent.parent / "src" / "estafette"
LINTER = Path(__file__).parent.parent / ".importlinter"
# They start and wire everything, so they may look behind the doors.
ENTRIES = {"cli", "main", "web", "worker"}
# Written through estafette.base.changes alone, on behalf of whoever has something to tell.
SHARED_TABLES = {"changes", "pending_reactions"}
# Folders that are no capability: they have a shape of their own.
NO_CAPABILITY = {"http", *ENTRIES, "base", "contracts", "migrations", "realtime", "static"}


def unit(module: str) -> str:
    return module.split(".")[1] if "." in module else ""


def modules() -> list[str]:
    """Every module of the package by its dotted name."""
    names = [file.relative_to(PACKAGE).with_suffix("").parts for file in sorted(PACKAGE.rglob("*.py"))]
    return [".".join(["estafette", *(part for part in parts if part != "__init__")]) for parts in names]


def test_a_capability_is_entered_by_its_door() -> None:
    graph = grimp.build_graph("estafette")
    trespasses = [
        f"{importer} -> {imported}"
        for importer in graph.modules
        for imported in graph.find_modules_directly_imported_by(importer)
        if imported.count(".") > 1 and unit(imported) not in {unit(importer), "base"} and unit(importer) not in ENTRIES
    ]
    assert trespasses == []


def test_every_capability_keeps_to_the_anatomy() -> None:
    linter = configparser.ConfigParser(allow_no_value=True)
    linter.read(LINTER)
    listed = set(linter["importlinter:contract:anatomy"]["containers"].split())
    folders = {file.parent.name for file in PACKAGE.glob("*/__init__.py")} - NO_CAPABILITY
    assert listed == {f"estafette.{name}" for name in folders}


class Writes(Visitor):
    """Collects the tables that a statement inserts into, updates, deletes from or merges into."""

    def __init__(self) -> None:
        super().__init__()
        self.tables: set[str] = set()

    def visit_InsertStmt(self, _: Any, node: Any) -> None:  # noqa: N802 - pglast looks for these names
        self.tables.add(node.relation.relname)

    visit_UpdateStmt = visit_DeleteStmt = visit_MergeStmt = visit_InsertStmt  # noqa: N815


@cache
def statements(file: Path) -> list[str]:
    """String constants of a module that PostgreSQL's own parser accepts."""
    found: list[str] = []
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and " " in node.value.strip():
            try:
                if pglast.parse_sql(node.value):
                    found.append(node.value)
            except pglast.parser.ParseError:
                continue
    return found


def test_a_table_is_written_by_one_capability() -> None:
    owners: dict[str, set[str]] = defaultdict(set)
    for file in PACKAGE.rglob("*.py"):
        for sql in statements(file):
            writes = Writes()
            writes(pglast.parse_sql(sql))
            for table in writes.tables - SHARED_TABLES:
                owners[table].add(file.relative_to(PACKAGE).parts[0])
    assert {"messages", "people", "files"} <= owners.keys(), "no statement found: the test looks in the wrong place"
    assert {table: who for table, who in owners.items() if len(who) > 1} == {}


def test_changes_and_pending_reactions_are_written_by_the_change_feed_alone() -> None:
    writers: set[str] = set()
    for file in PACKAGE.rglob("*.py"):
        for sql in statements(file):
            writes = Writes()
            writes(pglast.parse_sql(sql))
            if writes.tables & SHARED_TABLES:
                writers.add(str(file.relative_to(PACKAGE)))
    # Whoever stores what changed calls the function `append_changes`; only what waits is taken off by a statement.
    assert writers == {"base/pending_reactions.py"}


# The first steps of a new server: CREATE ROLE and CREATE DATABASE take no parameters.
GLUED_ON_PURPOSE = {"base/postgres/first_steps.py"}


def test_sql_is_never_put_together_from_pieces() -> None:
    glued = [
        f"{file.relative_to(PACKAGE)}:{node.lineno}"
        for file in PACKAGE.rglob("*.py")
        if str(file.relative_to(PACKAGE)) not in GLUED_ON_PURPOSE
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in {"fetch", "fetchrow", "fetchval", "execute", "executemany", "prepare"}
        and node.args
        and isinstance(node.args[0], ast.JoinedStr | ast.BinOp)
    ]
    assert glued == []


def problems() -> set[type[Problem]]:
    """Every kind of problem there is."""
    for name in modules():
        if not name.endswith("__main__"):
            importlib.import_module(name)
    found: set[type[Problem]] = set()
    left = [Problem]
    while left:
        kind = left.pop()
        found.add(kind)
        left += kind.__subclasses__()
    return {kind for kind in found if kind.__module__.startswith("estafette.")}


def test_every_problem_has_words_in_four_languages() -> None:
    told = words.problem_sentences()
    assert {kind.__qualname__ for kind in problems() if kind not in told} == set()
    silent = [(kind.code, language) for kind in told for language in LANGUAGES if not getattr(told[kind], language)]
    assert silent == []


def test_every_problem_has_a_code_of_its_own() -> None:
    codes: dict[str, set[str]] = defaultdict(set)
    for kind in problems():
        codes[kind.code].add(kind.__qualname__)
    assert {code: kinds for code, kinds in codes.items() if len(kinds) > 1} == {}


# The functions that name a field's code, and the place of the code among their arguments.
CODE_AT = {"invalid": 1, "FieldError": 1, "refuse": 1, "Wrong": 0}


def codes_used() -> dict[str, str]:
    """Every code that a field error is given anywhere, with a place where."""
    used: dict[str, str] = {}
    for file in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            place = CODE_AT.get(name)
            if place is None or len(node.args) <= place:
                continue
            for part in ast.walk(node.args[place]):
                if isinstance(part, ast.Constant) and isinstance(part.value, str):
                    used[part.value] = f"{file.relative_to(PACKAGE)}:{node.lineno}"
    return used


def test_every_code_of_a_field_has_words() -> None:
    used = codes_used()
    assert "required" in used, "no code found: the test looks in the wrong place"
    assert {code: where for code, where in used.items() if code not in words.field_sentences()} == {}


def test_sentences_ask_for_the_same_values_in_every_language() -> None:
    uneven: list[str] = []
    for sentence in [*words.problem_sentences().values(), *words.field_sentences().values()]:
        asked = {
            language: {name for _, name, _, _ in string.Formatter().parse(getattr(sentence, language)) if name}
            for language in LANGUAGES
        }
        if any(names != asked["en"] for names in asked.values()):
            uneven.append(sentence.en)
    assert uneven == []


def test_each_migration_has_a_number_of_its_own() -> None:
    numbers = [file.name[:4] for file in sorted((PACKAGE / "migrations").glob("*.sql"))]
    assert numbers == sorted(set(numbers))
