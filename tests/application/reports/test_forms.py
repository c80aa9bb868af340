"""All forms: their names, and figures that are either a value or an absence."""

from collections.abc import Iterator

import pytest

from application.reports.forms import FORMS
from domain.state import State
from tests.application.reports.papers import Data, at, form, register

PAPERS = [("kedrovy", 2021), ("stupino", 2020), ("krasnogorsk", 2022), ("shatura", 2020)]


def figures(data: object) -> Iterator[Data]:
    """Whatever has a value or an absence, at any depth."""
    if isinstance(data, dict):
        if "value" in data or "absent" in data:
            yield data
        for one in data.values():
            yield from figures(one)
    elif isinstance(data, list):
        for one in data:
            yield from figures(one)


def test_the_names_are_those_of_the_contract() -> None:
    assert set(FORMS) == {
        "1",
        "2",
        "3",
        "passport",
        "financing",
        "targets",
        "money-roadmap",
        "procedures",
        "quarterly",
        "explanatory",
    }


@pytest.mark.parametrize(("program", "year"), PAPERS)
@pytest.mark.parametrize("name", FORMS)
def test_a_figure_is_a_value_or_an_absence(name: str, program: str, year: int) -> None:
    for figure in figures(form(name, program, year)):
        assert ("value" in figure) != ("absent" in figure)
        assert None not in figure.values()
        assert ("position" in figure) != ("rule" in figure) or figure["absent"] in {
            "not_stated",
            "not_reported",
        }


@pytest.mark.parametrize("name", FORMS)
def test_every_form_answers_before_anything_was_said(name: str) -> None:
    data = form(name, "stupino", 2020, dated_by="2019-01-01")
    assert all("value" not in figure for figure in figures(data))


@pytest.mark.parametrize(("program", "year"), PAPERS)
@pytest.mark.parametrize("name", FORMS)
def test_the_answer_does_not_hang_on_the_order_of_cells(name: str, program: str, year: int) -> None:
    state = at(register(program), "2024-12-31", "2024-12-31")
    shuffled = State(dict(sorted(state.cells.items(), key=lambda cell: cell[0][::-1])), state.moved)
    assert (
        FORMS[name](shuffled, year).model_dump_json() == FORMS[name](state, year).model_dump_json()
    )
