"""Road map: procedures, their windows, what was completed and who answers."""

from datetime import date, timedelta

import pytest

from domain import cells, refusals as r
from domain.dates import Viewpoint
from domain.report import PeriodClosedEvent, ReportSubmitted
from domain.road_map import (
    Procedure,
    ProcedureRemoved,
    ProcedureScheduled,
    Window,
    approve,
    assign,
    complete,
    require_procedure,
    schedule,
)
from domain.state import state_of
from domain.values import NOT_STATED
from tests.domain.promises import Promise, produced, promised, refuses
from tests.given import (
    FIRST_DAY,
    OWN_ACT,
    PROGRAM,
    TODAY,
    Chronicle,
    absent,
    basis,
    registered,
    stated,
    stepped,
)

OWN = basis(OWN_ACT)
DONE_ON = date(2021, 2, 10)
WINDOWS = (
    Window(starts_on=date(2021, 2, 1), ends_on=date(2021, 2, 28)),
    Window(starts_on=date(2021, 5, 1), ends_on=date(2021, 5, 31)),
)


def procedure(
    name: str = "1",
    *,
    title: str = "Сбор сведений",
    indicator: str | None = "i1",
    parent: str | None = None,
    windows: tuple[Window, ...] = WINDOWS,
    torn: bool = False,
) -> Procedure:
    return Procedure(
        id=name,
        title=title,
        indicator=indicator,
        parent=parent,
        windows=windows,
        torn=torn,
        position="Начальник отдела",
    )


def scheduled(*procedures: Procedure) -> Chronicle:
    chronicle = registered()
    chronicle.record(approve, OWN, 2021, FIRST_DAY)
    for one in procedures or (procedure(),):
        chronicle.record(schedule, OWN, 2021, one, FIRST_DAY)
    return chronicle


BACKWARDS = Window(starts_on=date(2021, 3, 2), ends_on=date(2021, 3, 1))
REFUSED: list[Promise] = [
    refuses(r.AlreadyExists, approve, OWN, 2021, FIRST_DAY, given=scheduled),
    refuses(r.AlreadyExists, schedule, OWN, 2021, procedure(), FIRST_DAY, given=scheduled),
    refuses(r.UnknownIndicator, schedule, OWN, 2021, procedure(indicator="i9"), FIRST_DAY),
    refuses(r.UnknownProcedure, schedule, OWN, 2021, procedure(parent="7"), FIRST_DAY),
    refuses(r.WindowBackwards, schedule, OWN, 2021, procedure(windows=(BACKWARDS,)), FIRST_DAY),
    refuses(r.UnknownProcedure, require_procedure, "7", given=scheduled),
    refuses(r.UnknownProcedure, complete, OWN, "7", 1, DONE_ON, "", TODAY, given=scheduled),
    refuses(r.UnknownWindow, complete, OWN, "1", 3, DONE_ON, "", TODAY, given=scheduled),
    refuses(
        r.NotYet, complete, OWN, "1", 2, DONE_ON, "", DONE_ON - timedelta(days=1), given=scheduled
    ),
    refuses(r.CompletedBeforeStart, complete, OWN, "1", 2, DONE_ON, "", TODAY, given=scheduled),
    refuses(
        r.PeriodClosed, complete, OWN, "1", 1, DONE_ON, "", TODAY,
        given=lambda: stepped(scheduled(), "2021-Q1", PeriodClosedEvent),
    ),
    refuses(
        r.ReportUnderReview, complete, OWN, "1", 1, DONE_ON, "", TODAY,
        given=lambda: stepped(scheduled(), "2021", ReportSubmitted),
    ),
    refuses(r.UnknownProcedure, assign, OWN, "7", "Глава", None, DONE_ON, given=scheduled),
]  # fmt: skip


@pytest.mark.parametrize("promise", REFUSED, ids=str)
def test_refused_by_name(promise: Promise) -> None:
    assert type(promise.kept()) is promise.refusal


def test_every_promise_is_brought_about() -> None:
    deciders = (approve, schedule, require_procedure, complete, assign)
    assert produced(REFUSED) == promised(*deciders)


def test_a_window_is_two_dates_in_printed_order() -> None:
    chronicle = scheduled()
    assert chronicle.value(cells.window("1", 1, "starts_on"), FIRST_DAY) == stated("2021-02-01")
    assert chronicle.value(cells.window("1", 2, "ends_on"), FIRST_DAY) == stated("2021-05-31")
    assert chronicle.value(cells.window("1", 3, "ends_on"), FIRST_DAY) == NOT_STATED


def test_a_window_of_one_day_is_no_mistake() -> None:
    day = Window(starts_on=DONE_ON, ends_on=DONE_ON)
    assert scheduled(procedure(windows=(day,))).last_position


def test_a_torn_procedure_is_scheduled_without_its_dates_and_shows_as_torn() -> None:
    chronicle = scheduled(procedure(windows=(), torn=True))
    assert chronicle.value(cells.procedure("1", "torn"), FIRST_DAY) == stated("true")
    refusal = chronicle.refusal(complete, OWN, "1", 1, DONE_ON, "", TODAY)
    assert isinstance(refusal, r.UnknownWindow)
    assert refusal.values["window"] == "1"


def test_an_occurrence_is_done_on_its_day_with_evidence() -> None:
    chronicle = scheduled()
    (done,) = chronicle.decided(complete, OWN, "1", 1, DONE_ON, "акт сверки", TODAY)
    assert done.model_dump()["evidence"] == "акт сверки"
    assert chronicle.value(cells.completion("1", 1), DONE_ON) == stated("2021-02-10")
    assert chronicle.value(cells.completion("1", 1), date(2021, 2, 9)) == NOT_STATED


def test_an_occurrence_may_be_done_late_but_not_before_its_window() -> None:
    chronicle = scheduled()
    assert chronicle.decided(complete, OWN, "1", 1, date(2021, 12, 1), "", TODAY)
    assert chronicle.refusal(complete, OWN, "1", 1, date(2021, 1, 31), "", TODAY).values == {
        "procedure": "1",
        "completed_on": "2021-01-31",
        "starts_on": "2021-02-01",
    }


def test_a_position_and_the_person_who_holds_it_are_apart() -> None:
    chronicle = scheduled()
    from_day = date(2021, 6, 1)
    chronicle.record(assign, OWN, "1", "Заместитель главы", "person-3", from_day)
    position, person = cells.procedure("1", "position"), cells.procedure("1", "person")
    assert chronicle.value(position, date(2021, 5, 31)) == stated("Начальник отдела")
    assert chronicle.value(position, from_day) == stated("Заместитель главы")
    assert chronicle.value(person, date(2021, 5, 31)) == NOT_STATED
    assert chronicle.value(person, from_day) == stated("person-3")
    chronicle.record(assign, OWN, "1", "Глава", None, from_day)
    assert chronicle.value(position, from_day) == stated("Глава")


def test_what_was_removed_is_hidden_with_its_windows_and_its_children() -> None:
    chronicle = scheduled(procedure(), procedure("1-1", parent="1"))
    removed = ProcedureRemoved(
        program=PROGRAM, basis=OWN, effective_on=DONE_ON, year=2021, procedure="1", value=absent()
    )
    chronicle.take([removed])
    shown = state_of(chronicle.register, Viewpoint(DONE_ON, DONE_ON, chronicle.last_position))
    assert not [c for c in shown.cells if c.startswith(("procedure:", "window:"))]
    eve = Viewpoint(date(2021, 2, 9), DONE_ON, chronicle.last_position)
    shown = state_of(chronicle.register, eve)
    assert {cells.procedure("1", "title"), cells.window("1-1", 1, "ends_on")} <= set(shown.cells)
    assert isinstance(chronicle.refusal(require_procedure, "1"), r.UnknownProcedure)


def test_a_ring_of_parents_hides_itself() -> None:
    ring = [procedure("1", parent=None), procedure("2", parent="1")]
    chronicle = scheduled(*ring)
    about = {"program": PROGRAM, "basis": OWN, "effective_on": FIRST_DAY, "year": 2021}
    chronicle.take([ProcedureScheduled(**about, procedure=procedure("1", parent="2"))])
    shown = state_of(chronicle.register, Viewpoint(DONE_ON, DONE_ON, chronicle.last_position))
    assert not [c for c in shown.cells if c.startswith("procedure:")]
