"""The rules of the house: names, lengths, what stands where."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from adapters.read_model import TABLES
from domain.topics import EVENTS
from tests.house.tree import ROOMS, ROOT, python_files, text

BANNED = {"manager", "service", "handler", "helper", "util", "base", "impl"}
LONGEST_FILE, LONGEST_FUNCTION = 400, 70
AT_THE_TOP = {
    *ROOMS,
    *("tests", "docs", ".ci"),
    *("README.md", "CHANGELOG.md", "LICENSE", "Makefile", "pyproject.toml", "uv.lock"),
    *("Dockerfile", "docker-compose.yml", ".dockerignore", ".gitignore", ".git"),
}
# The code, and then the reason: in brackets or after a dash.
_SILENCED = re.compile(r"#\s*(?:noqa|type:\s*ignore)(?P<rest>.*)")
_WITH_REASON = re.compile(r"(?::\s*[A-Z0-9, ]+?|\[[a-z-, ]+\])\s*(?:\(.{8,}\)|[-–—#]\s*.{8,})\s*$")

Defined = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def words(name: str) -> set[str]:
    """The words of a name, in the singular: `TaxServices` is tax, service."""
    split = re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+", name)
    return {word.lower().removesuffix("s") for word in split} | {word.lower() for word in split}


@cache
def syntax(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))


def defined(*folders: str) -> Iterator[tuple[str, Defined]]:
    for file in python_files(*folders):
        for node in ast.walk(syntax(file)):
            if isinstance(node, Defined):
                yield f"{file.relative_to(ROOT)}:{node.lineno} {node.name}", node


def test_no_name_says_nothing() -> None:
    files = [
        str(file.relative_to(ROOT))
        for folder in (*ROOMS, "tests", "docs")
        for file in (ROOT / folder).rglob("*")
        if not {"__pycache__", "node_modules"} & set(file.parts) and words(file.stem) & BANNED
    ]
    things = [
        where for where, node in defined(*ROOMS, "tests", "docs") if words(node.name) & BANNED
    ]
    assert not files + things


@pytest.mark.parametrize("name", ["EventHandler", "base_url", "Services", "impl"])
def test_a_banned_word_is_found(name: str) -> None:
    assert words(name) & BANNED


@pytest.mark.parametrize("name", ["Basis", "baseline", "EmbeddedPostgres", "database", "basis"])
def test_a_word_that_only_looks_like_it_is_not(name: str) -> None:
    assert not words(name) & BANNED


def test_no_file_is_too_long() -> None:
    lengths = {
        str(file.relative_to(ROOT)): len(file.read_text(encoding="utf-8").splitlines())
        for file in python_files(*ROOMS, "tests", "docs")
        if file.name != "refusals.py"  # a list of sentences, not code
    }
    assert not {name: length for name, length in lengths.items() if length > LONGEST_FILE}


def test_no_function_is_too_long() -> None:
    too_long = [
        where
        for where, node in defined(*ROOMS)
        if not isinstance(node, ast.ClassDef)
        and (node.end_lineno or 0) - node.lineno >= LONGEST_FUNCTION
    ]
    assert not too_long


def test_every_topic_has_a_golden_sample() -> None:
    kept = {file.stem for file in (ROOT / "tests/golden/events").glob("*.json")}
    assert not set(EVENTS) - kept


def test_every_sql_file_explains_itself_and_is_used_by_name() -> None:
    sources = "\n".join(file.read_text(encoding="utf-8") for file in python_files("adapters"))
    named = set(re.findall(r'"(\w+)"', sources))
    named |= {f"insert_{table}" for table in TABLES.values()}
    files = sorted((ROOT / "adapters/sql").glob("*.sql"))
    assert len(files) > 20
    for file in files:
        assert file.read_text(encoding="utf-8").startswith("-- "), file.name
        assert file.stem in named, f"{file.name} is used nowhere"
    for file in (ROOT / "adapters/migrations/versions").glob("*.sql"):
        assert file.read_text(encoding="utf-8").startswith("-- "), file.name
        assert file.with_suffix(".py").exists()


def test_what_answers_people_reads_what_is_visible_to_them() -> None:
    sources = python_files("api/routes", "api/pages")
    assert not [file.name for file in sources if "letopis.model" in file.read_text("utf-8")]


def test_every_module_says_what_it_is() -> None:
    silent = [
        str(file.relative_to(ROOT))
        for file in python_files(*ROOMS, "tests", "docs")
        if not ast.get_docstring(syntax(file)) and file.read_text(encoding="utf-8").strip()
    ]
    assert not silent


def test_what_silences_a_checker_says_why() -> None:
    bare = [
        f"{file.relative_to(ROOT)}: {found[0].strip()}"
        for file in python_files(*ROOMS, "tests", "docs")
        if file != Path(__file__)
        for found in _SILENCED.finditer(file.read_text(encoding="utf-8"))
        if not _WITH_REASON.match(found["rest"])
    ]
    assert not bare


def test_reasons_are_told_apart() -> None:
    assert _WITH_REASON.match(": S105 (of throw-away databases)")
    assert _WITH_REASON.match(": PLW2901 - what is left of it")
    assert _WITH_REASON.match("[attr-defined]  # its members")
    assert not _WITH_REASON.match(": S105")
    assert not _WITH_REASON.match("")


def test_nothing_else_lies_at_the_top() -> None:
    passed_over = {line.strip("/") for line in text(".gitignore").splitlines() if "*" not in line}
    assert not {entry.name for entry in ROOT.iterdir()} - AT_THE_TOP - passed_over
