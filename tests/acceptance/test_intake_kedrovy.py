"""Kedrovy's report taken in from its Word file comes to the state of its package."""

from application.commands.load_package import LoadPackage, Package
from application.intake.compose import take_in
from application.ledger import History
from domain.event import Event, SourceCell
from domain.indicator import FactReported
from domain.values import AbsenceReason, Absent, Stated
from tests.acceptance.sources import package
from tests.acceptance.taken import TODAY, answers, packaged, paper, taken

PROGRAM = "kedrovy"


def texts_only_in_the_paper() -> set[str]:
    """The cells whose text the package says to stand in the paper without carrying it."""
    return {
        cell
        for cell, value in packaged(PROGRAM).values.items()
        if isinstance(value, Absent) and value.absent is AbsenceReason.NOT_CARRIED
    }


def test_the_paper_comes_to_the_state_of_the_package_cell_for_cell() -> None:
    ours, theirs = taken(PROGRAM).dated, packaged(PROGRAM).dated
    assert ours.keys() == theirs.keys()
    assert len(theirs) > 400
    differing = {cell for cell, said in theirs.items() if ours[cell] != said}
    assert differing == texts_only_in_the_paper()


def test_explanations_are_carried_where_the_package_leaves_them_in_the_paper() -> None:
    ours, theirs = taken(PROGRAM).dated, packaged(PROGRAM).dated
    printed = {
        " ".join(text.split()) for one in paper(PROGRAM).tables for row in one.rows for text in row
    }
    assert len(texts_only_in_the_paper()) == 5
    for cell in texts_only_in_the_paper():
        value, timing = ours[cell]
        assert isinstance(value, Stated)
        assert value.value in printed
        assert timing == theirs[cell][1]


def test_every_figure_names_the_cell_of_the_paper_that_the_package_names() -> None:
    found = take_in(paper(PROGRAM), answers(PROGRAM), None, TODAY).command
    assert found is not None
    ours, theirs = _places(found), _places(LoadPackage.of(_package()))
    assert ours == theirs
    a_header = 1
    assert len(theirs) == 10 + 20 + 3 * 17 + 3 * 10 + (5 * 44 - 3 * 17) + a_header


def test_calculations_are_divided_as_the_package_divides_them() -> None:
    found = take_in(paper(PROGRAM), answers(PROGRAM), None, TODAY).command
    assert found is not None
    ours, theirs = _facts(found), _facts(LoadPackage.of(_package()))
    assert ours == theirs
    assert sum(one.calculation is not None for one in theirs) == 9


def test_the_same_paper_again_says_nothing_new() -> None:
    known = taken(PROGRAM)
    again = take_in(paper(PROGRAM), answers(PROGRAM), known.state, TODAY, known.history.register)
    assert again.nothing_new
    assert again.command is None


def test_handed_in_over_its_package_it_adds_the_explanations_alone() -> None:
    known = packaged(PROGRAM)
    over = take_in(paper(PROGRAM), answers(PROGRAM), known.state, TODAY, known.history.register)
    assert {command.name for command in over.commands} == {"explain_deviation"}
    assert len(over.commands) == 5


def test_nothing_is_left_unread_and_every_table_is_known() -> None:
    found = take_in(paper(PROGRAM), answers(PROGRAM), None, TODAY)
    assert not found.unread
    assert [table.kind for table in found.tables] == ["form-1", "form-2", "form-3"]
    assert not any(table.unused for table in found.tables)


def test_explanations_of_sums_are_said_to_be_left_out() -> None:
    """Rows 3, 6, 15, 18 and 27 of Form 2 explain sums, no line of them."""
    found = take_in(paper(PROGRAM), answers(PROGRAM), None, TODAY)
    assert {one.rule for one in found.findings} == {"left_out_of_paper"}
    assert len(found.findings) == 5


def test_the_answers_name_no_figure_of_the_paper() -> None:
    given = answers(PROGRAM)
    assert not given.columns
    assert not given.kinds
    assert not given.names


def _package() -> Package:
    return Package.model_validate(package(PROGRAM))


def _events(command: LoadPackage) -> list[Event]:
    return list(command.decide(PROGRAM, History(PROGRAM), TODAY).events)


def _places(command: LoadPackage) -> dict[str, tuple[int, int, int | None]]:
    """Where the paper prints each figure."""
    found = dict[str, SourceCell | None]()
    for event in _events(command):
        rows = [row.cell for row in event.rows(1) if hasattr(row, "cell")]
        figured = [cell for cell in rows if cell.startswith(_FIGURES)]
        found |= dict.fromkeys(figured, event.at)
        found |= {one.cell: one.at for one in getattr(event, "figures", ())}
    return {cell: (at.table, at.row, at.cell) for cell, at in found.items() if at is not None}


_FIGURES = ("target:", "fact:", "appropriation:", "period-plan:", "cash-report:")


def _facts(command: LoadPackage) -> list[FactReported]:
    """The facts by cell, without the order in which they were told."""
    facts = [one for one in _events(command) if isinstance(one, FactReported)]
    return sorted(facts, key=lambda one: (one.indicator, one.period))
