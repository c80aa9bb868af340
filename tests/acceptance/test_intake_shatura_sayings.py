"""What the road map of procedures says, cell by cell, is what its package says."""

import re
from collections import Counter
from datetime import date

from domain.values import Stated
from tests.acceptance.sources import text
from tests.acceptance.taken import Cells, packaged, sayings
from tests.acceptance.test_packages import surnames

OF_REGISTERING = ("document:", "road-map:", "passport:first_year", "passport:last_year")


def texts(said: Cells, kind: str, field: str) -> dict[str, str]:
    """Ids of things → the text of a field."""
    return {
        cell.split(":")[1]: value.value
        for cell, value in said.items()
        if cell.startswith(f"{kind}:") and cell.endswith(f":{field}") and isinstance(value, Stated)
    }


def test_the_sayings_are_the_cells_of_the_package() -> None:
    expected = {
        cell: value
        for cell, value in packaged("shatura").values.items()
        if not cell.startswith(OF_REGISTERING)
    }
    assert sayings("shatura") == expected


def test_counts_are_those_of_the_paper() -> None:
    said = sayings("shatura")
    procedures, parents = texts(said, "procedure", "title"), texts(said, "procedure", "parent")
    windows = Counter(cell.rpartition(":")[2] for cell in said if cell.startswith("window:"))
    assert (len(texts(said, "indicator", "name")), len(procedures), len(parents)) == (20, 113, 37)
    assert windows == {"starts_on": 884, "ends_on": 884}
    weekend = [
        value.value
        for cell, value in said.items()
        if cell.endswith(":ends_on")
        and isinstance(value, Stated)
        and date.fromisoformat(value.value).weekday() >= 5
    ]
    assert len(weekend) == 150


def test_damage_is_kept_as_printed() -> None:
    said = sayings("shatura")
    numbers = texts(said, "procedure", "number")
    assert texts(said, "procedure", "torn") == {"16-2": "true"}
    assert [id_ for id_, number in numbers.items() if id_.startswith("12-") and number == "6."] == [
        "12-6",
        "12-6-b",
    ]
    assert texts(said, "indicator", "number") == {"14": "14."}
    lists = Counter(cell.split(":")[1] for cell in said if cell.endswith(":starts_on"))
    assert [id_ for id_, n in lists.items() if n == 11] == ["15-1", "16-1"]


def test_no_person_is_named() -> None:
    said = sayings("shatura")
    told = "\n".join(value.value for value in said.values() if isinstance(value, Stated))
    named = surnames(text("shatura"))
    assert len(named) >= 12
    assert not [name for name in named if re.search(rf"\b{name[:-2]}\w{{0,4}}\b", told)]
    persons = set(texts(said, "procedure", "person").values())
    assert len(persons) == 9, "three of the twelve answer for no procedure"
