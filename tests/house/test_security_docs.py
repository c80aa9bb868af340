"""The answer to ASVS 5.0: every requirement of levels 1 and 2 once, and nothing named that is not there."""

import re
from collections import Counter

import pytest

from tests.house.tree import ROOT, rows_of, text

PAGE = text("docs/security/asvs.md")
WANTED = dict(
    line.split() for line in text("tests/house/asvs_levels_1_and_2.txt").splitlines() if line
)
ANSWERS = [row for row in rows_of(PAGE) if re.fullmatch(r"V\d+\.\d+\.\d+", row[0])]
STATES = {"met", "partly", "short", "n.a."}


def test_every_requirement_is_answered_once() -> None:
    assert Counter(row[0] for row in ANSWERS) == dict.fromkeys(WANTED, 1)
    assert len(WANTED) == 253


@pytest.mark.parametrize("row", ANSWERS, ids=lambda row: row[0])
def test_an_answer_says_something(row: list[str]) -> None:
    requirement, level, state, answer = row
    assert level == WANTED[requirement]
    assert state in STATES
    assert len(answer) > 5


def test_the_counts_are_those_of_the_rows() -> None:
    told = {row[0]: int(row[1]) for row in rows_of(PAGE) if row[0] in STATES}
    assert told == Counter(row[2] for row in ANSWERS)


@pytest.mark.parametrize("page", ["asvs", "threats", "keys", "roles", "sessions"])
def test_what_is_named_is_there(page: str) -> None:
    named = re.findall(r"`([\w./-]+/[\w./-]+)(?:::\w+)?`", text(f"docs/security/{page}.md"))
    files = {name for name in named if name.startswith(("tests/", "docs/", "api/", "adapters/"))}
    files |= {name for name in named if name.startswith(("domain/", "application/"))}
    assert files
    assert not {name for name in files if not (ROOT / name).exists()}


def test_a_test_is_named_and_there() -> None:
    named = re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", PAGE)
    assert len(named) > 100
    told_by_head = {("tests/house/test_security_docs.py", "")}
    lacking = [
        f"{file}::{name}"
        for file, name in set(named) - told_by_head
        if not name or not re.search(rf"^def {name}\(", text(file), re.MULTILINE)
    ]
    assert not lacking
