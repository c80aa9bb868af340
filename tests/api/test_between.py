"""What programs say differently of one thing, asked of the read model: the same as in memory."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from application.ports import ReadModel
from application.queries.between import findings_between
from application.rules.between import between
from domain.dates import Viewpoint
from tests.api.conftest import opened
from tests.application.rules.asked import PAPERS, subject
from tests.conftest import Database


@pytest.fixture(scope="module")
def model(papers_database: Database) -> Iterator[ReadModel]:
    with opened(papers_database) as letopis:
        yield letopis.model


def view(model: ReadModel, day: date = date(2024, 12, 31)) -> Viewpoint:
    return Viewpoint(day, day, model.size())


def test_the_read_model_and_memory_say_the_same_but_for_positions(model: ReadModel) -> None:
    found = findings_between(model, view(model))
    in_memory = between([subject(program) for program in PAPERS])
    assert [one.message for one in found] == [one.message for one in in_memory]
    assert [
        [[(place.program, place.cell, place.text) for place in v.places] for v in one.versions]
        for one in found
    ] == [
        [[(place.program, place.cell, place.text) for place in v.places] for v in one.versions]
        for one in in_memory
    ]


def test_every_place_names_an_event_of_its_program(model: ReadModel) -> None:
    for one in findings_between(model, view(model)):
        for version in one.versions:
            for place in version.places:
                told = {said.position for said in model.story(place.program, place.cell).assertions}
                assert place.position in told


def test_programs_may_be_named(model: ReadModel) -> None:
    only = findings_between(model, view(model), {"shatura", "krasnogorsk"})
    assert not only
    both = findings_between(model, view(model), {"shatura", "stupino"})
    assert [one.rule for one in both] == [
        "figures_of_indicator_differ",
        "definition_of_indicator_differs",
        "title_of_indicator_differs",
        "codes_in_two_alphabets",
    ]


def test_an_illustration_contradicts_no_paper(model: ReadModel) -> None:
    named = {row.program for row in model.programs(model.size())}
    assert "sample" in named
    compared = {
        place.program
        for one in findings_between(model, view(model))
        for version in one.versions
        for place in version.places
    }
    assert compared <= set(PAPERS)


def test_what_was_not_recorded_yet_is_not_compared(model: ReadModel) -> None:
    first = min(row.position for row in model.programs(model.size()))
    assert not findings_between(model, replace(view(model), at_position=first))
