"""Program: its years, its tree, its documents, and the way of a period's report."""

from datetime import date

import pytest

from domain import cells, refusals as r
from domain.amendment import amend
from domain.dates import ALWAYS, Viewpoint
from domain.legal_act import Basis, Document, DocumentKind
from domain.program import (
    DocumentRecorded,
    ElementAdded,
    ElementRemoved,
    FindingWaived,
    cite,
    cite_act,
    documents,
    require_line,
    require_period,
    years,
)
from domain.state import state_of
from domain.values import ElementKind, Stated
from tests.domain.promises import Promise, produced, promised, refuses
from tests.given import (
    FIRST_DAY,
    LINE,
    OWN_ACT,
    PROGRAM,
    T1,
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

OWN = basis(OWN_ACT)
SIGNED_ON = date(2022, 3, 1)
REPORT = basis(report(SIGNED_ON))
YEARS_END = date(2021, 12, 31)


FUTURE = report(date(2023, 7, 2))
REFUSED: list[Promise] = [
    refuses(r.DocumentFromTheFuture, cite, FUTURE, TODAY),
    refuses(r.DocumentFromTheFuture, cite_act, act("1", date(2023, 7, 2)), TODAY),
    refuses(r.NotAnAct, cite_act, report(SIGNED_ON), TODAY),
]


@pytest.mark.parametrize("promise", REFUSED, ids=str)
def test_refused_by_name(promise: Promise) -> None:
    assert type(promise.kept()) is promise.refusal


def test_every_promise_is_brought_about() -> None:
    assert produced(REFUSED) == promised(cite, cite_act)


def test_a_period_lies_within_the_years_of_the_program() -> None:
    register = registered().register
    assert years(register, register.now_known) == (2021, 2024)
    for inside in ("2021", "2024-Q4"):
        assert require_period(register, inside).text == inside
    assert require_period(register, "2020", year_before=True).year == 2020
    for outside, before in [("2020", False), ("2025", False), ("2025", True), ("2019", True)]:
        with pytest.raises(r.PeriodOutsideProgram):
            require_period(register, outside, year_before=before)


def test_a_budget_line_needs_its_element_and_its_executor() -> None:
    register = registered().register
    require_line(register, PROGRAM, LINE, register.now_known)
    require_line(register, PROGRAM, LINE._replace(executor="-"), register.now_known)
    with pytest.raises(r.UnknownElement):
        require_line(register, PROGRAM, LINE._replace(element="x"), register.now_known)
    with pytest.raises(r.UnknownExecutor):
        require_line(register, PROGRAM, LINE._replace(executor="x"), register.now_known)


def test_the_requisites_of_a_document_are_seen_at_every_day() -> None:
    chronicle = registered()
    paper = Document(
        kind=DocumentKind.ACT, type="Постановление", issuer="Администрация", title="О программе",
        date=date(2021, 3, 24), number="55", date_stated=False, in_force_on=date(2021, 4, 2),
        applies_from=FIRST_DAY, summary="Меняет план", digest="0" * 64,
    )  # fmt: skip
    chronicle.take(cite(chronicle.register, PROGRAM, paper, TODAY)[1])
    assert documents(chronicle.register)["2021-03-24-55"] == {
        "kind": "act", "type": "Постановление", "issuer": "Администрация", "title": "О программе",
        "date": "2021-03-24", "number": "55", "date_stated": "false",
        "in_force_on": "2021-04-02", "applies_from": "2021-01-01", "summary": "Меняет план",
        "content_stated": "true", "digest": "0" * 64,
    }  # fmt: skip
    number = cells.document("2021-03-24-55", "number")
    assert chronicle.value(number, ALWAYS, date(2021, 4, 2)) == stated("55")
    assert chronicle.value(number, ALWAYS, date(2021, 3, 23)) != stated("55")


def test_the_programs_own_undated_act_sorts_before_every_other() -> None:
    undated = act(None, None)
    chronicle = registered(target("80"), target("70", by=undated))
    chronicle.record(amend, act("55", FIRST_DAY), [line(T1, "80", "90")], (), TODAY)
    assert basis(undated) == Basis(
        document="undated-a", kind=DocumentKind.ACT, dated_on=ALWAYS, in_force_on=ALWAYS
    )
    assert chronicle.value(T1, FIRST_DAY) == stated("90")
    assert chronicle.value(T1, FIRST_DAY, date(2020, 12, 19)) == stated("70")


@pytest.mark.parametrize(
    ("number", "order"), [("55", 55), ("55-п", 55), (" 7/1", 7), ("к-12", 0), (None, 0)]
)
def test_the_order_within_a_day_is_the_numbers_leading_digits(
    number: str | None, order: int
) -> None:
    assert act(number, FIRST_DAY).order == order
    assert act(number, FIRST_DAY, day_order=3).order == 3


def test_control_figures_are_kept_as_printed() -> None:
    figures = (
        {"cell": "control:ratio:i1:2021", "printed": "9,2", "value": "9.2"},
        {"cell": "control:growth:i1:2021", "printed": "–"},
    )
    event = DocumentRecorded.model_validate(
        {"program": PROGRAM, "basis": REPORT, "effective_on": YEARS_END, "figures": figures}
    )
    chronicle = registered(event)
    ratio = Stated(value="9.2", printed="9,2")
    assert chronicle.value("control:ratio:i1:2021", YEARS_END) == ratio
    assert chronicle.value("control:growth:i1:2021", YEARS_END) == Stated(value="–", printed="–")


def test_a_waiver_stands_with_its_reason() -> None:
    waived = FindingWaived(
        program=PROGRAM, basis=REPORT, effective_on=SIGNED_ON, rule="misprint",
        cell="control:ratio:i1:2021", reason="опечатка в отчёте",
    )  # fmt: skip
    cell = cells.waiver("misprint", "control:ratio:i1:2021")
    assert registered(waived).value(cell, SIGNED_ON) == stated("опечатка в отчёте")


def tree() -> Chronicle:
    """The goal, a measure under it, an indicator, its target and an appropriation on them."""
    measure = ElementAdded(
        program=PROGRAM, basis=OWN, effective_on=FIRST_DAY, element="measure-1",
        kind=ElementKind.MEASURE, name="Мероприятие", parent="goal", code="04.0.02.4",
        printed_code="04 0 02 4",
    )  # fmt: skip
    return registered(target("80"), appropriation("1.00"), measure)


def shown(chronicle: Chronicle, as_of: date) -> set[str]:
    state = state_of(chronicle.register, Viewpoint(as_of, TODAY, chronicle.last_position))
    return {cell.split(":")[0] for cell in state.cells}


def test_what_is_removed_is_hidden_with_all_that_hangs_on_it() -> None:
    chronicle = tree()
    removed_on = date(2021, 6, 1)
    chronicle.take(
        [
            ElementRemoved(
                program=PROGRAM, basis=OWN, effective_on=removed_on, element="goal", value=absent()
            )
        ]
    )
    assert {"element", "indicator", "target", "appropriation"} <= shown(
        chronicle, date(2021, 5, 31)
    )
    assert shown(chronicle, removed_on) == {"passport", "document"}


def test_a_code_keeps_its_printed_spelling() -> None:
    said = tree().value(cells.element("measure-1", "code"), FIRST_DAY)
    assert said == Stated(value="04.0.02.4", printed="04 0 02 4")
