"""The road map of procedures taken in from its Word file comes to the state of its package."""

from application.intake.compose import take_in
from tests.acceptance.taken import TODAY, answers, packaged, paper, taken

PROGRAM = "shatura"


def test_the_paper_comes_to_the_state_of_the_package_cell_for_cell() -> None:
    assert taken(PROGRAM).dated == packaged(PROGRAM).dated


def test_the_same_paper_again_says_nothing_new() -> None:
    again = take_in(paper(PROGRAM), answers(PROGRAM), packaged(PROGRAM).state, TODAY)
    assert again.nothing_new


def test_nothing_is_left_unread_and_every_table_is_known() -> None:
    found = take_in(paper(PROGRAM), answers(PROGRAM), None, TODAY)
    assert not found.unread
    assert {table.kind for table in found.tables} == {"procedures"}
    assert len(found.tables) == 20


def test_the_answers_name_no_figure_of_the_paper() -> None:
    given = answers(PROGRAM)
    assert not given.columns
    assert not given.kinds
    assert not [cell for cell in given.names if cell.split(":")[0] not in {"passport", "indicator"}]
