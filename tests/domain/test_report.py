"""The way of a period's report: every step, every refusal, what it locks, exceptions and their end."""

from datetime import date, timedelta

import pytest

from domain import cells, refusals as r
from domain.amendment import amend
from domain.dates import ALWAYS, Register, Viewpoint
from domain.event import Event
from domain.indicator import ReportedFact, report_fact
from domain.legal_act import Document
from domain.locks import locks_on, require_open, status_of, step_taken
from domain.periods import Period
from domain.program import ActRecorded
from domain.report import (
    IssuedFile,
    PeriodClosedEvent,
    PeriodEvent,
    PeriodReopened,
    ReportAccepted,
    ReportReturned,
    ReportSubmitted,
    move_report,
    reported_period,
    submit_report,
)
from domain.withdrawal import error_in_act, withdraw_act
from tests.domain.promises import Promise, produced, promised, refuses
from tests.given import (
    PROGRAM,
    STEPS_BASIS,
    T1,
    TODAY,
    Chronicle,
    act,
    basis,
    line,
    registered,
    report,
    stated,
    step,
    stepped,
    target,
)

BASIS = basis(STEPS_BASIS)
SUBMITTED, RETURNED, ACCEPTED = ReportSubmitted, ReportReturned, ReportAccepted
CLOSED, REOPENED = PeriodClosedEvent, PeriodReopened
TO_THE_END = (SUBMITTED, ACCEPTED, CLOSED)
UNTIL = TODAY + timedelta(days=10)
ORDER, LATER = act("9", date(2022, 3, 1)), act("61", date(2022, 10, 1))


def taken(
    chronicle: Chronicle,
    kind: type[PeriodEvent],
    *,
    by: Document = STEPS_BASIS,
    today: date = TODAY,
    until_on: date | None = None,
) -> Event:
    """The step of the year's report as the deciders decide it."""
    if kind is SUBMITTED:
        (event,) = chronicle.decided(submit_report, basis(by), "2021", today)
        return event
    until_on = until_on or (UNTIL if kind is REOPENED else None)
    (event,) = chronicle.decided(
        move_report, kind, basis(by), "2021", today, reason="причина", until_on=until_on
    )
    return event


def way(*kinds: type[PeriodEvent]) -> Chronicle:
    chronicle = registered()
    for kind in kinds:
        taken(chronicle, kind)
    return chronicle


def status(chronicle: Chronicle, period: str = "2021", today: date = TODAY) -> str:
    return status_of(step_taken(chronicle.register, period, today))


def moving(chronicle: Chronicle, kind: type[PeriodEvent]) -> r.Refusal:
    if kind is SUBMITTED:
        return chronicle.refusal(submit_report, BASIS, "2021", TODAY)
    return chronicle.refusal(
        move_report, kind, BASIS, "2021", TODAY, reason="причина", until_on=UNTIL
    )


def reported(register: Register, program: str, period: str) -> Period:
    """`reported_period` with its arguments in the order of all other deciders."""
    return reported_period(register, period)


def opened(register: Register, program: str, span: Period, today: date) -> None:
    """`require_open` likewise."""
    require_open(register, span, today)


reported.__name__, opened.__name__ = reported_period.__name__, require_open.__name__
REFUSED: list[Promise] = [
    refuses(r.NotAPeriod, submit_report, BASIS, "2021-13", TODAY),
    refuses(r.PeriodOutsideProgram, submit_report, BASIS, "2020", TODAY),
    refuses(r.NoReportForPeriod, submit_report, BASIS, "2021-H1", TODAY),
    refuses(r.ReportTooEarly, submit_report, BASIS, "2023-Q3", TODAY),
    refuses(r.ReportNotInState, submit_report, BASIS, "2021", TODAY, given=lambda: way(SUBMITTED)),
    refuses(r.NotAPeriod, move_report, ACCEPTED, BASIS, "2021-13", TODAY),
    refuses(r.PeriodOutsideProgram, move_report, ACCEPTED, BASIS, "2025", TODAY),
    refuses(r.NoReportForPeriod, move_report, ACCEPTED, BASIS, "2021-03", TODAY),
    refuses(r.ReportNotInState, move_report, ACCEPTED, BASIS, "2021", TODAY),
    refuses(r.PeriodNotClosed, move_report, REOPENED, BASIS, "2021", TODAY, reason="суд"),
    refuses(
        r.ReasonRequired, move_report, RETURNED, BASIS, "2021", TODAY, reason=" ",
        given=lambda: way(SUBMITTED),
    ),
    refuses(
        r.ReopeningUnbounded, move_report, REOPENED, BASIS, "2021", TODAY,
        reason="суд", given=lambda: way(*TO_THE_END),
    ),
    refuses(r.NotAPeriod, reported, "2021-13"),
    refuses(r.PeriodOutsideProgram, reported, "2020-Q4"),
    refuses(r.NoReportForPeriod, reported, "2021-H2"),
    refuses(
        r.PeriodClosed, opened, Period.parse("2021-02"), TODAY,
        given=lambda: way(*TO_THE_END),
    ),
    refuses(
        r.ReportUnderReview, opened, Period.parse("2021"), TODAY, given=lambda: way(SUBMITTED)
    ),
]  # fmt: skip


@pytest.mark.parametrize("promise", REFUSED, ids=str)
def test_refused_by_name(promise: Promise) -> None:
    assert type(promise.kept()) is promise.refusal


def test_every_promise_is_brought_about() -> None:
    assert produced(REFUSED) == promised(submit_report, move_report, reported_period, require_open)


WAYS: list[tuple[tuple[type[PeriodEvent], ...], set[type[PeriodEvent]]]] = [
    ((), {SUBMITTED}),
    ((SUBMITTED,), {RETURNED, ACCEPTED}),
    ((SUBMITTED, RETURNED), {SUBMITTED}),
    ((SUBMITTED, RETURNED, SUBMITTED), {RETURNED, ACCEPTED}),
    ((SUBMITTED, ACCEPTED), {RETURNED, CLOSED}),
    ((SUBMITTED, ACCEPTED, RETURNED), {SUBMITTED}),
    ((SUBMITTED, ACCEPTED, CLOSED), {REOPENED}),
    ((SUBMITTED, ACCEPTED, CLOSED, REOPENED), {SUBMITTED}),
    ((SUBMITTED, ACCEPTED, CLOSED, REOPENED, SUBMITTED), {RETURNED, ACCEPTED}),
    ((SUBMITTED, ACCEPTED, CLOSED, REOPENED, SUBMITTED, ACCEPTED), {RETURNED, CLOSED}),
]
"""Where a report stands → the steps that are possible, all others being refused."""


@pytest.mark.parametrize(("before", "possible"), WAYS)
def test_the_way_of_a_report(
    before: tuple[type[PeriodEvent], ...], possible: set[type[PeriodEvent]]
) -> None:
    for kind in (SUBMITTED, RETURNED, ACCEPTED, CLOSED, REOPENED):
        chronicle = way(*before)
        if kind in possible:
            assert type(taken(chronicle, kind)) is kind
            assert status(chronicle) == kind.status
        else:
            assert isinstance(moving(chronicle, kind), r.ReportNotInState | r.PeriodNotClosed)


def test_a_refusal_says_where_the_report_stands() -> None:
    refusal = moving(way(SUBMITTED, ACCEPTED), SUBMITTED)
    assert refusal.text("ru") == "Отчёт за 2021 сейчас «принят»: это действие невозможно."
    assert "“accepted”" in refusal.text("en")


def test_an_act_is_not_asked_to_give_up_a_step_of_its_own() -> None:
    chronicle = way(SUBMITTED, ACCEPTED)
    chronicle.take([ordered(ORDER)])
    taken(chronicle, CLOSED, by=ORDER)
    cell = cells.report_status("2021")
    refusal = chronicle.refusal(
        withdraw_act, "2022-03-01-9", LATER, TODAY, since="beginning", cell=cell
    )
    assert isinstance(refusal, r.NothingToWithdraw)


def test_a_submitted_report_fixes_its_viewpoint_and_its_files() -> None:
    file = IssuedFile(form="1", file_format="pdf", digest="a" * 64, size=7)
    (event,) = registered().decided(
        submit_report, BASIS, "2021", TODAY, at_position=9, files=(file,)
    )
    assert isinstance(event, ReportSubmitted)
    assert (event.as_of, event.dated_by) == (date(2021, 12, 31), STEPS_BASIS.dated_on)
    assert (event.at_position, event.files) == (9, (file,))


def test_the_step_that_was_recorded_last_counts_whatever_its_document() -> None:
    """Dates and numbers of the documents in an order of their own: a return of the same day under a
    lower number, a report submitted again under its old document, an acceptance dated before.
    """
    eighth, tenth = date(2022, 7, 8), date(2022, 7, 10)
    chronicle = registered()
    steps: list[tuple[type[PeriodEvent], Document]] = [
        (SUBMITTED, report(eighth, "12")),
        (RETURNED, report(eighth, "3")),
        (SUBMITTED, report(eighth, "12")),
        (RETURNED, report(tenth, "1")),
        (SUBMITTED, report(eighth, "12")),
        (ACCEPTED, report(date(2022, 7, 9), "2")),
    ]
    for kind, by in steps:
        taken(chronicle, kind, by=by)
        assert status(chronicle) == kind.status, (kind, by)
    assert status(chronicle, today=eighth) == "submitted"


def test_an_act_that_is_annulled_or_in_error_does_not_take_a_step_along() -> None:
    """Else whoever annuls an order would open a closed period for ever."""
    for recording_error in (False, True):
        chronicle = way(SUBMITTED, ACCEPTED)
        chronicle.take([ordered(ORDER)])
        taken(chronicle, CLOSED, by=ORDER)
        if recording_error:
            chronicle.record(error_in_act, "2022-03-01-9", "не та программа")
        else:
            chronicle.record(withdraw_act, "2022-03-01-9", LATER, TODAY, since="beginning")
        assert status(chronicle) == "closed"


def ordered(document: Document) -> ActRecorded:
    own = basis(document)
    return ActRecorded(program=PROGRAM, basis=own, effective_on=ALWAYS, document=document)


@pytest.mark.parametrize(
    ("kinds", "locks"),
    [
        ((), {}),
        ((SUBMITTED,), {"2021": "submitted"}),
        ((SUBMITTED, RETURNED), {}),
        ((SUBMITTED, ACCEPTED), {"2021": "accepted"}),
        ((SUBMITTED, ACCEPTED, CLOSED), {"2021": "closed"}),
        ((SUBMITTED, ACCEPTED, CLOSED, REOPENED), {}),
    ],
)
def test_a_report_locks_its_period_and_all_that_lies_within(
    kinds: tuple[type[PeriodEvent], ...], locks: dict[str, str]
) -> None:
    register = way(*kinds).register
    for inside in ("2021", "2021-H2", "2021-Q1", "2021-12"):
        assert locks_on(register, Period.parse(inside), TODAY) == locks
    for outside in ("2022", "2022-01"):
        assert locks_on(register, Period.parse(outside), TODAY) == {}


def test_a_quarter_does_not_lock_the_year() -> None:
    chronicle = stepped(registered(), "2021-Q1", *TO_THE_END)
    require_open(chronicle.register, Period.parse("2021"), TODAY)
    with pytest.raises(r.PeriodClosed):
        require_open(chronicle.register, Period.parse("2021-02"), TODAY)


def test_a_decree_may_apply_to_a_closed_period() -> None:
    """A lawful act about the past is not held up by a report: the next viewpoint shows it."""
    chronicle = registered(target("80"))
    stepped(chronicle, "2021", *TO_THE_END)
    decree = act("31", date(2022, 5, 1), applies_from=date(2021, 1, 1))
    chronicle.record(amend, decree, [line(T1, "80", "76")], (), TODAY)
    assert chronicle.value(T1, date(2021, 12, 31)) == stated("76")
    assert chronicle.value(T1, date(2021, 12, 31), date(2022, 4, 30)) == stated("80")


def test_last_years_figure_of_the_next_report_is_taken_though_that_year_is_closed() -> None:
    own = ReportedFact(indicator="i1", period="2021", value=stated("70"))
    printed = own.model_copy(update={"value": stated("71"), "last_year": True})
    chronicle = registered()
    chronicle.record(report_fact, BASIS, own, TODAY)
    stepped(chronicle, "2021", *TO_THE_END)
    chronicle.record(report_fact, basis(report(date(2023, 3, 1))), printed, TODAY)
    assert chronicle.value(cells.fact("i1", "2021"), date(2021, 12, 31)) == stated("70")
    explained = printed.model_copy(update={"explanation": stated("ремонт")})
    assert isinstance(chronicle.refusal(report_fact, BASIS, explained, TODAY), r.PeriodClosed)


@pytest.mark.parametrize(
    ("until_on", "allowed"),
    [
        (None, False),
        (TODAY - timedelta(days=1), False),
        (TODAY, True),
        (TODAY + timedelta(days=31), True),
        (TODAY + timedelta(days=32), False),
    ],
)
def test_an_exception_has_an_end_that_is_near(until_on: date | None, *, allowed: bool) -> None:
    chronicle = way(*TO_THE_END)
    if allowed:
        event = taken(chronicle, REOPENED, until_on=until_on)
        assert event.until_on == until_on
    else:
        refusal = chronicle.refusal(
            move_report, REOPENED, BASIS, "2021", TODAY, reason="суд", until_on=until_on
        )
        assert isinstance(refusal, r.ReopeningUnbounded)
        assert refusal.values["last"] == "2023-08-01"


def test_after_its_end_the_period_is_closed_by_itself() -> None:
    chronicle = way(*TO_THE_END, REOPENED)
    inside = Period.parse("2021-Q2")
    for today, there in [(TODAY, "open"), (UNTIL, "open"), (UNTIL + timedelta(days=1), "closed")]:
        assert status(chronicle, today=today) == there
        assert bool(locks_on(chronicle.register, inside, today)) == (there == "closed")
    eve = STEPS_BASIS.dated_on - timedelta(days=1)
    assert status(chronicle, today=eve) == "open"  # no step was taken yet


@pytest.mark.parametrize(
    "steps",
    [(SUBMITTED,), (SUBMITTED, RETURNED), (SUBMITTED, ACCEPTED), (SUBMITTED, ACCEPTED, RETURNED)],
)
def test_what_is_done_under_an_exception_ends_with_it(steps: tuple[type[PeriodEvent], ...]) -> None:
    """Else a report that is submitted and returned in one day would open its period for ever."""
    chronicle = way(*TO_THE_END, REOPENED, *steps)
    assert status(chronicle, today=UNTIL) == steps[-1].status
    assert status(chronicle, today=UNTIL + timedelta(days=1)) == "closed"
    again = chronicle.decided(
        move_report, REOPENED, BASIS, "2021", UNTIL + timedelta(days=1),
        reason="суд", until_on=UNTIL + timedelta(days=5),
    )  # fmt: skip
    assert [type(event) for event in again] == [REOPENED]


def test_what_is_closed_anew_under_an_exception_stays_closed() -> None:
    chronicle = way(*TO_THE_END, REOPENED, *TO_THE_END)
    for today in (TODAY, UNTIL, UNTIL + timedelta(days=1)):
        assert status(chronicle, today=today) == "closed"


def test_a_reopening_of_old_has_no_end() -> None:
    chronicle = registered()
    stepped(chronicle, "2021", *TO_THE_END)
    chronicle.take([step(REOPENED, "2021")])
    assert status(chronicle, today=date(2030, 1, 1)) == "open"


def test_a_step_is_seen_from_its_documents_day_on() -> None:
    chronicle = way(SUBMITTED)
    cell, day = cells.report_status("2021"), STEPS_BASIS.dated_on
    for as_of, seen in [(day - timedelta(days=1), False), (day, True)]:
        view = Viewpoint(as_of, as_of, chronicle.last_position)
        assert (chronicle.register.cell(cell, view) is not None) == seen
