"""Cases of precedence and withdrawal that chance draws seldom: SQL gives what `dates.md` says."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from adapters.event_store import PostgresLedger
from adapters.read_model import PostgresReadModel
from domain.budget import CashExecutionPosted
from domain.dates import ALWAYS, Viewpoint
from domain.event import Event
from domain.indicator import FactReported
from domain.legal_act import Document
from domain.program import ActRecorded, ActWithdrawn, StatementWithdrawn
from domain.report import PeriodClosedEvent, PeriodReopened, ReportAccepted, ReportReturned
from tests.adapters.recording import asked, record
from tests.conftest import Database
from tests.given import (
    LINE,
    PROGRAM,
    T1,
    TODAY,
    act,
    basis,
    registered,
    report,
    stated,
    step,
    target,
)

FIRST = 9
"""The position of a case's first event: the program and its target of 80 stand before it."""

A55 = act("55", date(2021, 3, 24))
A56 = act("56", date(2021, 3, 24))
A22 = act("22", date(2022, 1, 31), applies_from=date(2021, 1, 1))
A61 = act("61", date(2021, 10, 1))
A62 = act("62", date(2021, 11, 1))
FACT = "fact:i1:2021"
SUMMER, AUTUMN = date(2021, 7, 1), date(2021, 10, 1)


def says(value: str, by: Document, since: date | None = None, until: date | None = None) -> Event:
    dates = {"effective_on": since or by.applies, "until_on": until}
    return target(value, by=by).model_copy(update=dates)


def annuls(
    by: Document, of: Document, *, cell: str | None = None, since: date | None = None
) -> Event:
    return ActWithdrawn(
        program=PROGRAM,
        basis=basis(by),
        effective_on=since or by.applies,
        act=basis(of).document,
        cell=cell,
    )


def act_in_error(of: Document, *, cell: str | None = None) -> Event:
    return ActWithdrawn(
        program=PROGRAM,
        basis=basis(of),
        effective_on=ALWAYS,
        act=basis(of).document,
        cell=cell,
        recording_error=True,
    )


def in_error(of_position: int, *, cell: str | None = None) -> Event:
    return StatementWithdrawn(
        program=PROGRAM,
        basis=basis(A61),
        effective_on=A61.applies,
        of_position=of_position,
        cell=cell,
        reason="вымышлено",
    )


def fact(value: str, on: date, *, preliminary: bool = False, last_year: bool = False) -> Event:
    return FactReported(
        program=PROGRAM,
        basis=basis(report(on, "1")),
        effective_on=date(2021, 12, 31),
        indicator="i1",
        period="2021",
        value=stated(value),
        preliminary=preliminary,
        last_year=last_year,
    )


def recorded(document: Document) -> Event:
    return ActRecorded(
        program=PROGRAM, basis=basis(document), effective_on=ALWAYS, document=document
    )


A61_IN_FORCE_LATER = act(
    "61", date(2021, 10, 1), in_force_on=date(2021, 12, 1), applies_from=date(2021, 10, 1)
)
KIND, STEPS = "document:2021-03-24-55:kind", "period:2021:status"
MARCH, LATER, LAST = date(2022, 3, 1), date(2022, 3, 15), date(2023, 3, 1)
CASES: dict[str, tuple[str, list[Event], str | None]] = {
    "a final fact before a preliminary one": (
        FACT,
        [fact("10", MARCH), fact("8", LATER, preliminary=True)],
        "10",
    ),
    "a preliminary fact before last year's": (
        FACT,
        [fact("8", LATER, preliminary=True), fact("11", LAST, last_year=True)],
        "8",
    ),
    "the latest document": (T1, [says("85", A22), says("90", A55)], "85"),
    "the later place within the day": (T1, [says("91", A56), says("90", A55)], "91"),
    "the later effect of one document": (
        T1,
        [says("95", A55, AUTUMN), says("90", A55, SUMMER)],
        "95",
    ),
    "the later recording": (T1, [says("90", A55), says("91", A55)], "91"),
    "a statement that ended": (T1, [says("90", A55, until=AUTUMN)], "80"),
    "an annulled act": (T1, [says("90", A55), annuls(A61, A55)], "80"),
    "recorded under an annulled act later": (T1, [annuls(A61, A55), says("90", A55)], "80"),
    "a statement in error": (T1, [says("90", A55), in_error(FIRST)], "80"),
    "another cell of a statement in error": (
        T1,
        [says("90", A55), in_error(FIRST, cell=FACT)],
        "90",
    ),
    "an annulment in error": (T1, [says("90", A55), annuls(A61, A55), in_error(FIRST + 1)], "90"),
    "a cell of an annulment is not the annulment": (
        T1,
        [says("90", A55), annuls(A61, A55), in_error(FIRST + 1, cell=T1)],
        "80",
    ),
    "an annulling act in error": (T1, [says("90", A55), annuls(A61, A55), act_in_error(A61)], "90"),
    "a cell of an annulling act in error": (
        T1,
        [says("90", A55), annuls(A61, A55), act_in_error(A61, cell=T1)],
        "80",
    ),
    "an annulled annulment": (
        T1,
        [says("90", A55), annuls(A61, A55), annuls(A62, A61, since=ALWAYS)],
        "90",
    ),
    "an annulled cell of an annulment": (
        T1,
        [says("90", A55), annuls(A61, A55), annuls(A62, A61, cell=T1, since=ALWAYS)],
        "80",
    ),
    "never deeper: what withdraws a withdrawal is not asked whether it stands": (
        T1,
        [says("90", A55), annuls(A61, A55), annuls(A62, A61), annuls(act("63", LAST), A62)],
        "90",
    ),
    "an act that annuls itself": (T1, [says("90", A61), annuls(A61, A61)], "80"),
    "one cell of an act": (T1, [says("90", A55), annuls(A61, A55, cell=T1)], "80"),
    "another cell of an act": (T1, [says("90", A55), annuls(A61, A55, cell=FACT)], "90"),
    "an annulled act keeps its requisites": (KIND, [recorded(A55), annuls(A61, A55)], "act"),
    "an act in error has no requisites": (KIND, [recorded(A55), act_in_error(A55)], None),
    "the kind of an act in error": (KIND, [recorded(A55), act_in_error(A55, cell=KIND)], None),
    "the step that was recorded last, whatever its document": (
        STEPS,
        [step(ReportReturned, "2021", by=A56), step(ReportAccepted, "2021", by=A55)],
        "accepted",
    ),
    "a step that ended": (
        STEPS,
        [step(ReportAccepted, "2021", by=A22), step(PeriodReopened, "2021", by=A55, until_on=LAST)],
        "accepted",
    ),
    "a step under an annulled act": (
        STEPS,
        [step(PeriodClosedEvent, "2021", by=A55), annuls(A61, A55, since=ALWAYS)],
        "closed",
    ),
    "a step under an annulled act, by its cell": (
        STEPS,
        [step(PeriodClosedEvent, "2021", by=A55), annuls(A61, A55, cell=STEPS, since=ALWAYS)],
        "closed",
    ),
    "a step under an act in error": (
        STEPS,
        [step(PeriodClosedEvent, "2021", by=A55), act_in_error(A55)],
        "closed",
    ),
    "everything in error": (T1, [says("90", A55), in_error(FIRST), in_error(8)], None),
}


@pytest.mark.parametrize(("cell", "events", "answer"), CASES.values(), ids=CASES)
def test_sql_and_fold_give_the_answer(
    ledger: PostgresLedger, cell: str, events: Sequence[Event], answer: str | None
) -> None:
    given = [*registered(target("80")).events.values()]
    assert len(given) == FIRST - 1
    record(ledger, PROGRAM, [*given, *events])
    model = PostgresReadModel(ledger)
    view = Viewpoint(TODAY, TODAY, model.size())
    folded = ledger.history(PROGRAM).register.cell(cell, view)
    assert (folded.value.model_dump()["value"] if folded else None) == answer
    assert model.state(PROGRAM, view).text(cell) == answer
    assert model.states([PROGRAM], view, [""])[PROGRAM].text(cell) == answer


@pytest.mark.parametrize(("on", "answer"), [(date(2021, 11, 30), "90"), (date(2021, 12, 1), "80")])
def test_an_annulment_counts_when_it_is_in_force(
    ledger: PostgresLedger, on: date, answer: str
) -> None:
    given = [*registered(target("80")).events.values()]
    record(ledger, PROGRAM, [*given, says("90", A55), annuls(A61_IN_FORCE_LATER, A55)])
    model = PostgresReadModel(ledger)
    view = Viewpoint(on, on, model.size())
    assert ledger.history(PROGRAM).register.cell(T1, view) is not None
    assert model.state(PROGRAM, view).text(T1) == answer
    assert model.states([PROGRAM], view, [""])[PROGRAM].text(T1) == answer


def test_money_counts_when_its_document_is_in_force(ledger: PostgresLedger) -> None:
    paid = CashExecutionPosted(
        program=PROGRAM,
        basis=basis(A61_IN_FORCE_LATER),
        effective_on=A61_IN_FORCE_LATER.applies,
        year=LINE.year,
        element=LINE.element,
        executor=LINE.executor,
        amount="100.00",
    )
    record(ledger, PROGRAM, [*registered().events.values(), paid])
    model = PostgresReadModel(ledger)
    for on, amounts in ((date(2021, 11, 30), []), (date(2021, 12, 1), [Decimal(100)])):
        view = Viewpoint(on, on, model.size())
        for state in (model.state(PROGRAM, view), model.states([PROGRAM], view, [""])[PROGRAM]):
            assert [moved.amount for moved in state.moved.values()] == amounts


def test_programs_do_not_withdraw_from_each_other(ledger: PostgresLedger) -> None:
    """Programs have acts of one name; what one withdraws by name or position stands in the others."""
    given = [*registered(target("80")).events.values()]
    then = [
        [says("90", A55), annuls(A61, A55)],
        [says("90", A55)],
        [says("90", A55), annuls(A61, A55), act_in_error(A61)],
        [in_error(FIRST + 1), in_error(3 * FIRST + 1), in_error(8)],
    ]
    for number, events in enumerate(then):
        program = f"p{number}"
        own = [event.model_copy(update={"program": program}) for event in [*given, *events]]
        record(ledger, program, own)
    model = PostgresReadModel(ledger)
    view = Viewpoint(TODAY, TODAY, model.size())
    programs = [row.program for row in model.programs(model.size())]
    targets = {name: state.text(T1) for name, state in model.states(programs, view, [""]).items()}
    assert targets == {"p0": "80", "p1": "90", "p2": "90", "p3": "80"}
    assert targets == {name: model.state(name, view).text(T1) for name in programs}
    before = model.states(programs, replace(view, at_position=FIRST), [""])
    assert (before["p0"].text(T1), before["p1"].cells) == ("90", {})


def test_a_question_of_the_past_is_answered_as_it_was(
    ledger: PostgresLedger, database: Database
) -> None:
    record(ledger, PROGRAM, [*registered(target("80")).events.values()])
    model = PostgresReadModel(ledger)
    now = Viewpoint(TODAY, TODAY, model.size())
    then = model.state(PROGRAM, now)
    for event in (says("90", A55), in_error(8), act_in_error(A55)):
        record(ledger, PROGRAM, [event])
        assert model.state(PROGRAM, now) == then
        assert model.state(PROGRAM, replace(now, at_position=model.size())) != then
    assert asked(database.owner_url, "SELECT max(position) FROM read.assertion") == [{"max": 9}]
