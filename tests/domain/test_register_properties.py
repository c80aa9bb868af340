"""The register against a second evaluator, and what must hold for every history."""

from hypothesis import HealthCheck, given, settings, strategies as st

from domain.dates import Register, Row, Viewpoint
from domain.event import Event
from tests.domain.painter import Asked, Painting
from tests.strategies import History, histories, turning_days, viewpoints
from tests.wild import wild_histories

some = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
any_history = st.one_of(histories(), histories(), wild_histories())


def rows_of(history: History) -> list[Row]:
    return [row for at, event in enumerate(history, start=1) for row in event.rows(at)]


def folded(history: list[Event]) -> Register:
    register = Register()
    register.take(rows_of(history))
    return register


def answers(register: Register, viewpoint: Viewpoint) -> tuple[object, object]:
    return register.at(viewpoint), register.moved(viewpoint)


@some
@given(st.data())
def test_the_register_agrees_with_the_painting(data: st.DataObject) -> None:
    history = data.draw(any_history)
    view = data.draw(viewpoints(history))
    register = folded(history)
    painting = Painting(rows_of(history), Asked(view.dated_by, view.at_position, view.edition))
    for as_of in turning_days(history):
        asked = Viewpoint(as_of, view.dated_by, view.at_position, view.edition)
        stands = {cell: said.position for cell, said in register.at(asked).items()}
        moved = {cell: moved.amount for cell, moved in register.moved(asked).items()}
        assert stands == painting.stands(as_of), as_of
        assert moved == painting.moved(as_of), as_of


@some
@given(st.data())
def test_what_is_appended_changes_no_earlier_answer(data: st.DataObject) -> None:
    history = data.draw(any_history)
    view = data.draw(viewpoints(history))
    known_then = folded(history[: view.at_position])
    assert answers(folded(history), view) == answers(known_then, view)
