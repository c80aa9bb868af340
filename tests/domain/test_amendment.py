"""A decree is the unit of change: all of its lines over all aggregates, or none.

How its dates work is the matter of docs/time.md; here is what a line may say, and what is refused.
"""

from collections.abc import Sequence
from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given, settings, strategies as st

from domain import cells, refusals as r
from domain.amendment import amend
from domain.event import Event, SourceCell
from domain.legal_act import Document
from domain.program import ActRecorded, AmendmentApplied, AmendmentLine
from domain.refusals import Refusal
from domain.road_map import Procedure, ProcedureScheduled, Window
from domain.values import NOT_STATED, CellValue
from tests.domain.promises import Promise, produced, promised, refuses
from tests.given import (
    FIRST_DAY,
    LINE,
    OWN_ACT,
    PROGRAM,
    T1,
    T2,
    TODAY,
    Chronicle,
    absent,
    act,
    appropriation,
    basis,
    line,
    registered,
    report,
    stated,
    target,
)

ADOPTED_ON = date(2021, 3, 24)
ACT = act("55", ADOPTED_ON)
YEARS_END = date(2021, 12, 31)
PLAN = cells.appropriation(LINE)
T4 = cells.target("i4", "2021")


def program() -> Chronicle:
    """Target 80 of the first indicator, 1000.00 rubles, and a road map with one procedure."""
    windows = (Window(starts_on=date(2021, 2, 1), ends_on=date(2021, 2, 28)),)
    scheduled = ProcedureScheduled(
        program=PROGRAM,
        basis=basis(OWN_ACT),
        effective_on=FIRST_DAY,
        year=2021,
        procedure=Procedure(id="1", title="Сбор", indicator="i1", windows=windows),
    )
    return registered(target("80"), appropriation("1000.00"), scheduled)


def same_day() -> Chronicle:
    chronicle = program()
    chronicle.record(amend, act("55-к", ADOPTED_ON), [line(T1, "80", "81")], (), TODAY)
    return chronicle


def later_start() -> Chronicle:
    chronicle = program()
    earlier = act("10", date(2021, 1, 10), applies_from=date(2021, 7, 1))
    chronicle.record(amend, earlier, [line(T1, "80", "90")], (), TODAY)
    return chronicle


def refused(
    refusal: type[Refusal],
    cell: str,
    becomes: CellValue | str,
    *,
    was: CellValue | str = NOT_STATED,
    by: Document = ACT,
) -> Promise:
    return refuses(refusal, amend, by, [line(cell, was, becomes)], (), TODAY, given=program)


T1_LINE = line(T1, "80", "90")
REFUSED: list[Promise] = [
    refuses(r.NotAnAct, amend, report(ADOPTED_ON), [T1_LINE], (), TODAY, given=program),
    refuses(r.DocumentFromTheFuture, amend, ACT, [T1_LINE], (), date(2021, 3, 23), given=program),
    refuses(r.ContentNotStated, amend, ACT, [], (), TODAY, given=program),
    refuses(r.UnknownAct, amend, ACT, [T1_LINE], (), TODAY, signs="draft-a", given=program),
    refused(r.NotACell, "fact:i1:2021", "90"),
    refused(r.LineMalformed, "passport:last_year", "скоро", was="2024"),
    refused(r.NotACell, "passport:last_year", NOT_STATED, was="2024"),
    refused(r.LineMalformed, "window:1:1:ends_on", "скоро", was="2021-02-28"),
    refused(r.LineMalformed, "element:new:kind", "затея"),
    refused(r.LineMalformed, PLAN, "-1.00", was="1000.00"),
    refused(r.UnknownIndicator, "target:i9:2021", "90"),
    refused(r.UnknownElement, "appropriation:2021:nowhere:-:-", "1.00"),
    refused(r.UnknownExecutor, "appropriation:2021:goal:nobody:-", "1.00"),
    refused(r.UnknownProcedure, "window:9:1:ends_on", "2021-02-28"),
    refused(r.EffectBeforeExistence, T2, "1", by=act("2", date(2020, 12, 24))),
    refused(r.PeriodOutsideProgram, "target:i1:2030", "90"),
    refused(r.NotAPeriod, "target:i1:2021-13", "90"),
    refused(r.NotANumber, T1, "девяносто", was="80"),
    refused(r.NotMoney, PLAN, "1000", was="1000.00"),
    refused(r.WasDoesNotStand, T1, "90", was="85"),
    refuses(r.SameDayTie, amend, ACT, [line(T1, "81", "90")], (), TODAY, given=same_day),
    refuses(r.OverlapUndecided, amend, ACT, [T1_LINE], (), TODAY, given=later_start),
]


@pytest.mark.parametrize("promise", REFUSED, ids=str)
def test_refused_by_name(promise: Promise) -> None:
    assert type(promise.kept()) is promise.refusal


def test_every_promise_is_brought_about() -> None:
    assert produced(REFUSED) == promised(amend)


ALL_AGGREGATES: dict[str, tuple[CellValue | str, CellValue | str]] = {
    "passport:title": (NOT_STATED, "Вымышленная программа"),
    "element:measure-1:kind": (NOT_STATED, "measure"),
    "element:measure-1:name": (NOT_STATED, "Мероприятие"),
    "element:measure-1:parent": (NOT_STATED, "goal"),
    "indicator:i4:element": (NOT_STATED, "measure-1"),
    "indicator:i1:unit": ("%", "ед."),
    "target:i1:2021": ("80", "90"),
    "target:i4:2022-Q3": (NOT_STATED, "5"),
    "baseline:i1": (NOT_STATED, "70"),
    "appropriation:2021:goal:school:municipal": ("1000.00", "900.00"),
    "appropriation:2022:measure-1:-:off_budget": (NOT_STATED, "100.00"),
    "period-plan:2021:goal:school:municipal:2021-Q1": (NOT_STATED, "250.00"),
    "procedure:1:title": ("Сбор", "Сбор сведений"),
    "window:1:1:ends_on": ("2021-02-28", "2021-03-31"),
}


def everything() -> list[AmendmentLine]:
    return [line(cell, was, becomes) for cell, (was, becomes) in ALL_AGGREGATES.items()]


def streams(events: Sequence[Event]) -> set[str]:
    return {event.stream for event in events}


def test_one_decree_changes_all_aggregates_in_the_order_of_its_lines() -> None:
    chronicle = program()
    decided = chronicle.decided(amend, ACT, everything(), (), TODAY)
    assert [type(event) for event in decided[:2]] == [ActRecorded, AmendmentApplied]
    said = [row.cell for event in decided[2:] for row in event.rows(1) if hasattr(row, "cell")]
    assert said == list(ALL_AGGREGATES)
    assert streams(decided) == {
        f"program/{PROGRAM}",
        f"indicator/{PROGRAM}/i1",
        f"indicator/{PROGRAM}/i4",
        f"budget/{PROGRAM}/2021",
        f"budget/{PROGRAM}/2022",
        f"road_map/{PROGRAM}/2021",
    }
    for cell, (_, becomes) in ALL_AGGREGATES.items():
        assert chronicle.value(cell, ADOPTED_ON) == stated(str(becomes)), cell
        assert {event.basis.document for event in decided} == {"2021-03-24-55"}


@pytest.mark.parametrize("at", [0, 5, len(ALL_AGGREGATES)])
def test_one_refused_line_refuses_them_all(at: int) -> None:
    chronicle = program()
    known = chronicle.last_position
    lines = everything()
    lines.insert(at, line(T2, "7", "8"))
    assert isinstance(chronicle.refusal(amend, ACT, lines, (), TODAY), r.WasDoesNotStand)
    assert chronicle.last_position == known


def test_a_refused_was_tells_both_values_the_day_and_the_document() -> None:
    refusal = program().refusal(amend, ACT, [line(T1, absent(), "90")], (), TODAY)
    assert refusal.values == {
        "cell": T1,
        "was": "нет (not_measured)",
        "as_of": "2021-03-24",
        "stands": "80",
        "document": "2020-12-20-P",
    }


@pytest.mark.parametrize(
    ("was", "stands"), [("80.0", "80"), ("80", "80.00"), ("-0", "0"), ("0080", "80")]
)
def test_was_is_compared_as_a_number(was: str, stands: str) -> None:
    chronicle = registered(target(stands))
    assert chronicle.decided(amend, ACT, [line(T1, was, "90")], (), TODAY)


@pytest.mark.parametrize(
    ("was", "stands"),
    [
        (absent(), stated("0")),
        (NOT_STATED, stated("0")),
        (stated("0"), absent()),
        (absent(), NOT_STATED),
    ],
)
def test_an_absence_is_not_zero_nor_another_absence(was: CellValue, stands: CellValue) -> None:
    chronicle = registered(target("80").model_copy(update={"value": stands}))
    refusal = chronicle.refusal(amend, ACT, [line(T1, was, "90")], (), TODAY)
    assert isinstance(refusal, r.WasDoesNotStand)


def test_a_line_keeps_its_place_in_the_paper() -> None:
    at = SourceCell(table=1, row=2, cell=3, printed="90,0")
    given = line(T1, "80", "90").model_copy(update={"at": at})
    *_, event = program().decided(amend, ACT, [given], (), TODAY)
    assert event.at == at


def test_a_cell_is_named_once_a_day_by_one_act() -> None:
    twice = [line(T1, "80", "90"), line(T1, "90", "95")]
    refusal = program().refusal(amend, ACT, twice, (), TODAY)
    assert isinstance(refusal, r.LineMalformed)
    steps = [line(T1, "80", "90"), line(T1, "90", "95", effective_on=date(2021, 6, 1))]
    assert program().decided(amend, ACT, steps, (), TODAY)


def test_the_money_line_of_an_unknown_source_is_no_cell() -> None:
    cell = "appropriation:2021:goal:school:казна"
    refusal = program().refusal(amend, ACT, [line(cell, NOT_STATED, "1.00")], (), TODAY)
    assert isinstance(refusal, r.NotACell)


@settings(max_examples=200, deadline=None)
@given(
    st.one_of(
        st.text(max_size=20),
        st.tuples(
            st.sampled_from([
                "target", "baseline", "appropriation", "period-plan", "passport", "element",
                "indicator", "procedure", "window", "fact", "document", "control",
            ]),
            st.lists(
                st.sampled_from(["i1", "goal", "2021", "kind", "title", "1", "-", "", "ю ю", "school"])
                | st.text(max_size=5),
                max_size=5,
            ),
        ).map(lambda parts: ":".join([parts[0], *parts[1]])),
    ),
    st.sampled_from(["90", "1.00", "measure", "goal", "", "2021-01-01"]).map(stated)
    | st.just(absent()),
)  # fmt: skip
def test_any_text_as_a_cell_is_recorded_or_refused_by_name(cell: str, becomes: CellValue) -> None:
    given = line(cell, NOT_STATED, becomes, as_printed="вымышлено")
    with suppress(Refusal):
        decided = amend(program().register, PROGRAM, ACT, [given], (), TODAY)
        assert {row.cell for row in decided[2].rows(1) if hasattr(row, "cell")} == {cell}


def test_an_act_prolongs_the_program() -> None:
    prolonged = program()
    prolonged.record(amend, ACT, [line("passport:last_year", "2024", "2030")], (), TODAY)
    in_2030 = line("target:i1:2030", NOT_STATED, "99")
    assert prolonged.decided(amend, act("56", date(2021, 4, 1)), [in_2030], (), TODAY)
    assert isinstance(
        program().refusal(amend, act("56", date(2021, 4, 1)), [in_2030], (), TODAY),
        r.PeriodOutsideProgram,
    )


def test_a_line_does_not_end_before_it_starts() -> None:
    ends = T1_LINE.model_copy(update={"until_on": date(2021, 3, 23)})
    refusal = program().refusal(amend, ACT, [ends], (), TODAY)
    assert isinstance(refusal, r.EndsBeforeStart)
    assert refusal.values["until_on"] == "2021-03-23"
