"""The program taken in from its Word file comes to the state of its package."""

from application.commands.load_package import LoadPackage, Package
from application.commands.register_program import RegisterProgram
from application.intake.compose import take_in
from domain.event import SourceCell
from tests.acceptance.sources import package
from tests.acceptance.taken import TODAY, answers, packaged, paper, taken

PROGRAM = "stupino"


def test_the_paper_comes_to_the_state_of_the_package_cell_for_cell() -> None:
    """With the ids and the dates of documents, and in the order of recording."""
    ours, theirs = taken(PROGRAM).dated, packaged(PROGRAM).dated
    assert ours == theirs
    assert list(ours) == list(theirs)


def test_the_commands_are_those_of_the_package() -> None:
    """With the place of every figure. A code of two digits is part of a name, so it is not kept apart;
    the paper tells more places than the package: of the passport, the tree and each target.
    """
    found = take_in(paper(PROGRAM), answers(PROGRAM), None, TODAY)
    ours = found.commands[0]
    assert isinstance(ours, RegisterProgram)
    assert ours.places["target:1.02-1:2022"] == SourceCell(table=3, row=6, cell=9)
    assert ours.places["passport:title"] == SourceCell(table=1, row=1, cell=2)
    registered, *rest = LoadPackage.of(Package.model_validate(package(PROGRAM))).commands
    assert isinstance(registered, RegisterProgram)
    elements = tuple(one.model_copy(update={"printed_code": None}) for one in registered.elements)
    placed = {"elements": elements, "places": ours.places}
    assert found.commands == (registered.model_copy(update=placed), *rest)


def test_the_same_paper_again_says_nothing_new() -> None:
    again = take_in(paper(PROGRAM), answers(PROGRAM), packaged(PROGRAM).state, TODAY)
    assert again.nothing_new


def test_nothing_is_left_unread_and_every_table_is_known() -> None:
    found = take_in(paper(PROGRAM), answers(PROGRAM), None, TODAY)
    assert not found.unread
    assert [table.kind for table in found.tables] == ["passport", "financing", "targets"]


def test_the_answers_name_nothing_that_the_paper_prints() -> None:
    given = answers(PROGRAM)
    assert set(given.model_dump(exclude_defaults=True)) == {
        *("program", "municipality", "basis", "effective_on"),
        *("direction", "directions"),
    }
    assert given.direction == "increase"
    assert list(given.directions.values()) == ["decrease"] * 8
