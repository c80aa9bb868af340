"""The glossary names what is in the domain, and the domain has nothing that is named nowhere."""

import dataclasses
from enum import Enum

import pytest
from pydantic import BaseModel

from domain import access, cells
from tests.house.tree import (
    classes_of_domain,
    in_backticks,
    modules_of_domain,
    rows_of,
    text,
)

GLOSSARY = text("docs/glossary.md")
ROWS = list(rows_of(GLOSSARY))


def names_of_domain() -> set[str]:
    names = {module.__name__.removeprefix("domain.") for module in modules_of_domain()}
    names |= {name for told in (cells, access) for name in vars(told) if not name.startswith("_")}
    for kind in classes_of_domain():
        names.add(kind.__name__)
        names |= {name for name in vars(kind) if not name.startswith("_")}
        if issubclass(kind, Enum):
            names |= {str(member.value) for member in list[Enum](kind)}
        if issubclass(kind, BaseModel):
            names |= set(kind.model_fields)
        if dataclasses.is_dataclass(kind):
            names |= {field.name for field in dataclasses.fields(kind)}
    return names


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0][:40])
def test_every_code_name_of_the_glossary_is_in_the_domain(row: list[str]) -> None:
    code = row[1] if len(row) == 3 else row[0]
    named = in_backticks(code)
    assert named, "a row without a code name"
    assert not set(named) - names_of_domain()


def test_every_class_of_the_domain_is_in_the_glossary_or_the_catalogue_of_events() -> None:
    catalogue = text("docs/events.md")
    told = {name for row in ROWS for cell in row[:2] for name in in_backticks(cell)}
    by_topic = {
        kind
        for kind in classes_of_domain()
        if isinstance(topic := vars(kind).get("topic"), str) and f"### `{topic}`" in catalogue
    }
    untold = {kind.__name__ for kind in classes_of_domain() if kind not in by_topic} - told
    assert not untold


def test_no_term_is_told_twice() -> None:
    terms = [row[0] for row in ROWS]
    assert len(terms) == len(set(terms))
