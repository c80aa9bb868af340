"""The register against a second evaluator, and what must hold for every history.

Examples: those of the Hypothesis profile, at least AT_LEAST.
"""

from datetime import date

from hypothesis import HealthCheck, given, settings, strategies as st

from domain.dates import Assertion, Moved, Register, Row, Timing, Viewpoint
from domain.values import CellValue, Stated
from tests.domain.painter import Asked, Painting
from tests.moves import DAYS
from tests.strategies import History, histories, turning_days, viewpoints
from tests.wild import wild_histories

AT_LEAST = 150
many = settings(
    max_examples=max(settings().max_examples, AT_LEAST),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
any_history = st.one_of(histories(), histories(), wild_histories())


def rows_of(history: History) -> list[Row]:
    return [row for at, event in enumerate(history, start=1) for row in event.rows(at)]


def folded(rows: list[Row]) -> Register:
    register = Register()
    register.take(rows)
    return register


def answers(register: Register, view: Viewpoint) -> tuple[dict[str, Assertion], dict[str, Moved]]:
    return register.at(view), register.moved(view)


@many
@given(histories(), st.data())
def test_the_register_agrees_with_the_painting(history: History, data: st.DataObject) -> None:
    agree(history, data.draw(viewpoints(history)))


@many
@given(wild_histories(), st.data())
def test_they_agree_on_what_no_decider_lets_through(history: History, data: st.DataObject) -> None:
    agree(history, data.draw(viewpoints(history)))


def agree(history: History, view: Viewpoint) -> None:
    """On every day on which an answer may change, and on its eve."""
    rows = rows_of(history)
    register = folded(rows)
    painting = Painting(rows, Asked(view.dated_by, view.at_position, view.edition))
    for as_of in turning_days(history):
        asked = Viewpoint(as_of, view.dated_by, view.at_position, view.edition)
        stands = {cell: said.position for cell, said in register.at(asked).items()}
        moved = {cell: moved.amount for cell, moved in register.moved(asked).items()}
        assert stands == painting.stands(as_of), as_of
        assert moved == painting.moved(as_of), as_of


@many
@given(st.data())
def test_what_is_appended_changes_no_earlier_answer(data: st.DataObject) -> None:
    history = data.draw(any_history)
    view = data.draw(viewpoints(history))
    known_then = folded(rows_of(history[: view.at_position]))
    assert answers(folded(rows_of(history)), view) == answers(known_then, view)


@many
@given(st.data())
def test_asking_one_cell_is_asking_for_all_of_them(data: st.DataObject) -> None:
    history = data.draw(any_history)
    view = data.draw(viewpoints(history))
    register = folded(rows_of(history))
    state = register.at(view)
    for cell in register.assertions:
        assert register.cell(cell, view) == state.get(cell)


@many
@given(
    st.lists(
        st.tuples(st.sampled_from(DAYS), st.integers(0, 2), st.sampled_from(DAYS)),
        unique=True,
        max_size=8,
    ),
    st.data(),
)
def test_the_order_of_entry_is_no_matter_of_the_answer(
    documents: list[tuple[date, int, date]], data: st.DataObject
) -> None:
    """However late an act is typed in, the latest document wins."""
    shuffled = data.draw(st.permutations(documents))
    day = data.draw(st.sampled_from(DAYS))
    dated_by = data.draw(st.sampled_from(DAYS))
    view = Viewpoint(day, dated_by, len(documents))
    assert _value(documents, view) == _value(shuffled, view)


def _value(documents: list[tuple[date, int, date]], view: Viewpoint) -> CellValue | None:
    rows: list[Row] = [
        Assertion(
            position,
            "target:i1:2021",
            Stated(value=f"{dated_on} {order} {effective_on}"),
            Timing(effective_on, dated_on, f"{dated_on}-{order}", dated_on, order),
        )
        for position, (dated_on, order, effective_on) in enumerate(documents, start=1)
    ]
    said = folded(rows).cell("target:i1:2021", view)
    return said.value if said else None
