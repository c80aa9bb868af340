"""The papers themselves, as text: what stands in their cells, and what was made of them."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

ROOT = Path(__file__).parents[2]
SOURCES = ROOT.parent / "shared" / "sources"
PAPERS = {
    "kedrovy": "kedrovy-report-2021",
    "stupino": "stupino-program-2020-2024",
    "krasnogorsk": "krasnogorsk-roadmap-2022",
    "shatura": "shatura-roadmap-2020",
}
NUMBER = re.compile(r"-?\d+([.,]\d+)?")


def text(program: str) -> str:
    """A paper, its spaces made ordinary."""
    if not SOURCES.exists():
        pytest.skip(f"the papers are not in {SOURCES}")
    found = (SOURCES / f"{PAPERS[program]}.txt").read_text(encoding="utf-8")
    return found.replace("\u00a0", " ")


def package(program: str) -> Any:
    """What was made of a paper."""
    file = ROOT / "api" / "demo" / "packages" / f"{program}.json"
    return json.loads(file.read_text(encoding="utf-8"))


def lines(program: str) -> list[list[str]]:
    """The cells of every line."""
    found = []
    for line in text(program).splitlines():
        cells = [plain(cell) for cell in line.split("\t")]
        found.append(cells[1:] if len(cells) > 1 and not cells[0] else cells)
    return found


def cells(program: str) -> list[str]:
    """All cells in their order, empty ones too."""
    return [cell for line in lines(program) for cell in line]


def plain(cell: str) -> str:
    """A cell without spaces around and with single ones inside, and without the dump's own marks."""
    return " ".join(re.sub(r"\[bookmark:.*?\]", "", cell).split())


def tight(cell: str) -> str:
    """A figure without the spaces between its digits."""
    return re.sub(r"\s", "", cell)


def words(of: str) -> list[str]:
    return re.findall(r"\w+", of.lower())


def texts(of: Any, field: str = "") -> Iterator[tuple[str, str]]:
    """Every text of a package with the field that it stands in."""
    if isinstance(of, str):
        yield field, of
    elif isinstance(of, dict):
        for name, member in of.items():
            yield from texts(member, name)
    elif isinstance(of, list):
        for member in of:
            yield from texts(member, field)


def form(papers: TestClient, name: str, program: str, year: int) -> Any:
    """A form as everybody sees it."""
    answer = papers.get(f"/api/v1/programs/{program}/forms/{name}.json", params={"year": year})
    assert answer.status_code == 200, answer.text
    return answer.json()["data"]


def printed(figures: list[Any]) -> list[str]:
    """What a paper prints in the places of figures; empty where it prints nothing."""
    return [plain(figure.get("printed", "")) for figure in figures]


def numbers_of_cells(program: str) -> Counter[str]:
    """The cells that hold a number and nothing else, but for the rows that number the columns."""
    found = [tight(cell) for cell in cells(program)]
    counted = Counter(cell for cell in found if NUMBER.fullmatch(cell))
    for start, cell in enumerate(found):
        run = 0
        while cell == "1" and found[start + run : start + run + 1] == [str(run + 1)]:
            run += 1
        if run > 3:
            counted -= Counter(map(str, range(1, run + 1)))
    return counted
