"""Packages hold the papers' figures, titles, codes and dates, all of them, and nothing else."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from tests.acceptance.sources import (
    PAPERS,
    numbers_of_cells,
    package,
    text,
    texts,
    tight,
    words,
)

LONGEST_RUN = 12
TITLES = {"name", "title", "result", "position"}
"""Fields that repeat a cell of a table, or the heading."""


def runs(of: str) -> set[tuple[str, ...]]:
    """Every twelve words in a row."""
    told = words(of)
    return {tuple(told[n : n + LONGEST_RUN]) for n in range(len(told) - LONGEST_RUN + 1)}


@pytest.mark.parametrize("program", ["kedrovy", "stupino", "shatura"])
def test_no_sentence_of_the_papers_prose_is_carried(program: str) -> None:
    """Prose is whole sentences outside of tables, but for the cells and headings that they quote.
    The fourth paper has none.
    """
    prose, quoted = set[tuple[str, ...]](), set[tuple[str, ...]]()
    for line in text(program).splitlines():
        if "\t" in line:
            quoted |= runs(line)
        elif line.rstrip().endswith((".", ";", ":")):
            prose |= runs(line)
    carried = package(program)
    quoted |= {run for one in _headings(carried) for run in runs(one)}
    assert len(prose - quoted) > 20
    for field, said in texts(carried):
        assert not runs(said) & (prose - quoted), f"{field}: {said}"


def _headings(carried: Any) -> Iterator[str]:
    yield carried["source"]["title"]
    for element in carried["commands"][0]["body"]["elements"]:
        yield element["name"]


@pytest.mark.parametrize("program", PAPERS)
def test_long_runs_of_words_are_titles(program: str) -> None:
    paper, carried = runs(text(program)), package(program)
    titles = {run for field, said in texts(carried) if field in TITLES for run in runs(said)}
    for field, said in texts(carried):
        if field not in TITLES:
            assert runs(said) & paper <= titles, f"{field}: {said}"


@pytest.mark.parametrize("program", PAPERS)
def test_explanations_and_reasons_are_not_the_papers_words(program: str) -> None:
    paper = " ".join(words(text(program)))
    for field, said in texts(package(program)):
        if field in {"reason", "summary", "explanation", "evidence"} and len(words(said)) > 3:
            assert " ".join(words(said)) not in paper, said


NAME = re.compile(
    r"(?P<before>[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?) ?[А-ЯЁ]\. ?[А-ЯЁ]\b"
    r"|[А-ЯЁ]\. ?[А-ЯЁ]\. ?(?P<after>[А-ЯЁ][а-яё]+)"
)


def surnames(of: str) -> set[str]:
    return {found["before"] or found["after"] for found in NAME.finditer(of)}


@pytest.mark.parametrize("program", PAPERS)
def test_no_person_is_named(program: str) -> None:
    named = surnames(text(program))
    assert named
    carried = "\n".join(said for _, said in texts(package(program)))
    assert not surnames(carried)
    stems = {name[:-2] if len(name) > 5 else name for name in named}
    assert not [stem for stem in stems if re.search(rf"\b{stem}\w{{0,4}}\b", carried)]


def figures(of: Any) -> Counter[str]:
    """What a package says is printed: figures, numbers of rows, the parts of codes."""
    found: Counter[str] = Counter()
    if isinstance(of, list):
        for member in of:
            found += figures(member)
    elif isinstance(of, dict):
        found[tight(of.get("printed", ""))] += 1
        found[str(of.get("number", "")).rstrip(".")] += 1
        found += Counter((of.get("printed_code") or "").split())
        if "code" in of.get("passport", {}):
            found["0"] += 3  # the program's own code has three parts more: 04 0 0 0
        for member in of.values():
            found += figures(member)
    return found


@pytest.mark.parametrize("program", ["kedrovy", "stupino", "krasnogorsk"])
def test_every_number_of_the_papers_cells_is_carried(program: str) -> None:
    printed = numbers_of_cells(program)
    assert printed.total() > 10
    lacking = printed - figures(package(program))
    assert not lacking


def test_every_date_of_the_road_map_is_carried() -> None:
    printed = Counter(re.findall(r"\d\d\.\d\d\.\d{4}", text("shatura")))
    carried = Counter(
        ".".join(reversed(day.split("-")))
        for field, day in texts(package("shatura"))
        if field in {"starts_on", "ends_on"}
    )
    assert carried.total() == 2 * 884
    assert not carried - printed
    cited = printed - carried
    assert cited == Counter(["06.10.2003", "22.06.2020", "10.07.2020"]), (
        "of a law, a letter, a result"
    )
