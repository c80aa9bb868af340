"""The invented municipality: its whole life, told by documents, read at chosen moments.

The expected figures are computed here by hand from the decrees and payment orders of the package,
in thousands of rubles unless a figure is written out.
"""

import json
import re
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from application.commands.command import Decision
from application.commands.correct_statement import CorrectStatement
from application.commands.load_package import LoadPackage, Package
from application.commands.post_cash import PostCash
from application.commands.report_facts import ReportFacts
from application.commands.reverse_cash import ReverseCash
from application.ledger import History
from domain.dates import Edition, Viewpoint
from domain.findings import findings
from domain.refusals import (
    BudgetClosed,
    CashOverAppropriation,
    PeriodClosed,
    ReversalOverPosting,
    UnknownPosition,
)
from domain.state import State, state_of
from domain.values import shown

PACKAGE = Path(__file__).parents[2] / "api" / "demo" / "packages" / "sample.json"
TODAY = date(2026, 11, 1)

SERVICES_CENTER = "appropriation:2024:07.1.01.2:centr-uslug:municipal"
PORTAL = "2024:07.1.02.1:infocentr:municipal"
COURSES = "cash:2024:07.2.02.1:infocentr:municipal"
E_SERVICES = "cash:2024:07.1.01.1:upr-cifra:regional"


def day(text: str) -> date:
    return date.fromisoformat(text)


def rows(table: str) -> list[list[str]]:
    """A text table: columns divided by bars, what follows the last bar is the reason."""
    return [[c.strip() for c in line.split("|")] for line in table.strip().splitlines()]


@pytest.fixture(scope="module")
def loaded() -> tuple[History, Decision]:
    package = Package.model_validate_json(PACKAGE.read_text(encoding="utf-8"))
    decision = LoadPackage.of(package).decide(package.program, History(package.program), TODAY)
    life = History(package.program)
    life.decided(decision.events)
    return life, decision


@pytest.fixture
def life(loaded: tuple[History, Decision]) -> History:
    return loaded[0].copy()


def at(
    life: History,
    as_of: str,
    dated_by: str,
    *,
    known: int | None = None,
    edition: Edition | None = None,
) -> State:
    position = life.register.last_position if known is None else known
    return state_of(life.register, Viewpoint(day(as_of), day(dated_by), position, edition))


def stands(state: State, cell: str) -> str:
    said = state.said(cell)
    return shown(said.value) if said else "—"


def before(life: History, document: str, cell: str) -> int:
    """What was known just before a document's first word about a cell was taken in."""
    said = (*life.register.assertions[cell], *life.register.postings.get(cell, ()))
    return min(s.position for s in said if s.timing.document == document) - 1


def thousands(state: State, prefix: str, suffix: str = "") -> Decimal:
    """The sum of appropriations whose keys begin and end so, in thousands of rubles."""
    return sum(
        (
            Decimal(said.value.value) / 1000
            for cell, said in state.cells.items()
            if cell.startswith(prefix)
            and cell.endswith(suffix)
            and "value" in said.value.model_fields
        ),
        Decimal(0),
    )


# The planned figures: which decree stands

PLANS = """
target:satisfaction:2024     | 2022-12-31 | 2022-12-31 | —    | № 400 is in force from 1 January 2023
target:satisfaction:2024     | 2023-01-01 | 2023-01-01 | 75.0 | № 400
target:satisfaction:2024     | 2024-05-19 | 2024-05-19 | 75.0 | the eve of № 118
target:satisfaction:2024     | 2024-05-20 | 2024-05-20 | 78.0 | № 118
target:satisfaction:2024     | 2024-12-31 | 2025-01-26 | 78.0 | № 31 is not yet signed
target:satisfaction:2024     | 2024-12-31 | 2025-01-27 | 76.0 | № 31, of January 2025, applies to 2024
target:satisfaction:2024     | 2024-01-01 | 2025-01-27 | 76.0 | from its first day, before № 118
target:satisfaction:2024     | 2024-01-01 | 2024-12-31 | 75.0 | but not by the papers of 2024
target:satisfaction:2024     | 2023-12-31 | 2026-11-01 | 75.0 | and not for 2023
target:school-speed:2024     | 2024-12-31 | 2025-01-26 | 70.0 | № 400
target:school-speed:2024     | 2024-12-31 | 2025-01-27 | 65.0 | № 31
target:requests-on-time:2024 | 2024-05-19 | 2024-05-19 | 95.0 | № 400
target:requests-on-time:2024 | 2024-07-14 | 2026-11-01 | 96.0 | № 118
target:requests-on-time:2024 | 2024-07-15 | 2026-11-01 | 95.0 | suspended by the ruling: № 400 again
target:requests-on-time:2024 | 2024-07-15 | 2024-07-11 | 96.0 | the ruling of 12 July is not yet there
target:requests-on-time:2024 | 2024-09-30 | 2026-11-01 | 95.0 | the last day of the suspension
target:requests-on-time:2024 | 2024-10-01 | 2026-11-01 | 96.0 | № 118 again
target:satisfaction:2024     | 2024-07-15 | 2024-12-31 | 78.0 | the ruling suspends one cell only
target:wifi:2024             | 2024-02-11 | 2024-02-11 | 5    | № 400
target:wifi:2024             | 2024-02-12 | 2024-02-12 | 6    | № 19, though entered after № 118
target:wifi:2024             | 2024-05-20 | 2024-05-20 | 7    | № 118, the later decree
target:trained:2025          | 2024-02-12 | 2024-02-12 | 85   | № 19
target:services-online:2025  | 2025-03-16 | 2025-03-16 | 80.0 | № 400
target:services-online:2025  | 2025-03-17 | 2025-03-17 | 83.0 | № 77
target:services-online:2025  | 2025-06-22 | 2026-11-01 | 83.0 | № 77 stood until the eve of № 140
target:services-online:2025  | 2025-06-23 | 2025-06-23 | 80.0 | annulled: № 400 revives
target:services-online:2025  | 2025-12-31 | 2025-06-22 | 83.0 | № 140 is not yet signed
target:services-online:2026  | 2025-06-22 | 2025-06-22 | 90.0 | № 77
target:services-online:2026  | 2026-11-01 | 2026-11-01 | 88.0 | № 400 again; the draft's 92.0 states nothing
target:wifi:2023             | 2023-12-31 | 2026-11-01 | нет (not_applicable) | measured from 2024 on
baseline:satisfaction        | 2023-01-01 | 2023-01-01 | нет (not_measured) | no survey before
target:chat-bot:2024         | 2024-05-19 | 2024-05-19 | —    | № 118 brings this indicator
target:chat-bot:2024         | 2024-05-20 | 2024-05-20 | 10.0 | № 118
element:07.2.02.2:kind       | 2024-05-19 | 2024-05-19 | —    | and this measure
element:07.2.02.2:kind       | 2024-05-20 | 2024-05-20 | measure | № 118
window:p1.2:1:ends_on        | 2024-05-19 | 2024-05-19 | 2024-06-28 | № 400
window:p1.2:1:ends_on        | 2024-05-20 | 2024-05-20 | 2024-08-30 | № 118 moves the deadline
completion:p1.2:1            | 2024-12-31 | 2024-12-31 | 2024-08-21 | late for № 400, in time for № 118
procedure:p4:person          | 2024-06-30 | 2024-12-31 | person-4 | № 400
procedure:p4:person          | 2024-07-01 | 2024-12-31 | person-6 | order № 61
"""


@pytest.mark.parametrize(("cell", "as_of", "dated_by", "expected", "why"), rows(PLANS))
def test_which_decree_stands(
    life: History, cell: str, as_of: str, dated_by: str, expected: str, why: str
) -> None:
    assert stands(at(life, as_of, dated_by), cell) == expected, why


EDITIONS = """
2022-12-14 | 400 | 6700 | 75.0 | 95.0 | 2500+1400+60 and 1300+480+320+125+260+160+95
2024-05-20 | 118 | 6930 | 78.0 | 96.0 | + 30 for the center, + 200 for the new measure
2024-07-12 | 15  | 6930 | 78.0 | 95.0 | the ruling suspends one target on this day
2025-01-27 | 31  | 6935 | 76.0 | 95.0 | + 30 for the portal, − 25 for protection
"""


@pytest.mark.parametrize(("signed", "number", "money", "survey", "in_time", "why"), rows(EDITIONS))
def test_2024_in_each_edition(
    life: History, signed: str, number: str, money: str, survey: str, in_time: str, why: str
) -> None:
    """All papers are on the table, acts only up to the edition; as of 15 August 2024."""
    state = at(life, "2024-08-15", "2026-11-01", edition=(day(signed), int(number)))
    assert thousands(state, "appropriation:2024:") == Decimal(money), why
    assert stands(state, "target:satisfaction:2024") == survey
    assert stands(state, "target:requests-on-time:2024") == in_time


def test_money_by_source_after_the_year(life: History) -> None:
    """2024 by № 31. Municipal: 1300 + 510 + 350 + 125 + 235 + 160 + 95 + 200."""
    state = at(life, "2024-12-31", "2025-01-27")
    by_source = {
        source: thousands(state, "appropriation:2024:", f":{source}")
        for source in ("federal", "regional", "municipal", "off_budget")
    }
    assert by_source == {"federal": 2500, "regional": 1400, "municipal": 2975, "off_budget": 60}


@pytest.mark.parametrize(("as_of", "money"), [("2025-06-22", 7375), ("2025-06-23", 7175)])
def test_annulled_decree_takes_its_money_back(life: History, as_of: str, money: int) -> None:
    """2025: 6965 by № 400 and 210 by № 118; № 77 adds 200 until № 140 annuls it on 23 June."""
    assert thousands(at(life, as_of, "2026-11-01"), "appropriation:2025:") == money


def test_late_decree_breaks_the_was_of_a_newer_one(loaded: tuple[History, Decision]) -> None:
    """№ 19 (5 → 6) came in after № 118 (5 → 7), whose «was 5» no longer fits. № 19's other line (80 →
    85) breaks nothing. Of the facts, the report for 2024 prints 65.9 for 2023, its own report 65.8."""
    life, decision = loaded
    found = {(f.rule, f.cell): (f.printed, f.computed) for f in findings(life.register)}
    assert found == {
        ("was_does_not_stand", "target:wifi:2024"): ("5", "6"),
        ("restated_differently", "fact:services-online:2023"): ("65.9", "65.8"),
    }
    assert [(f["rule"], f["cell"]) for f in decision.result["findings"]] == [
        ("was_does_not_stand", "target:wifi:2024")
    ]
    not_yet = before(life, "2024-02-12-19", "target:wifi:2024")
    assert stands(at(life, "2024-03-01", "2026-11-01", known=not_yet), "target:wifi:2024") == "5"


def test_acts_without_lines_state_nothing(life: History) -> None:
    """№ 205 has no stated content, the draft is not signed: neither is behind any cell."""
    behind = {
        s.timing.document for s in life.register.everything_said() if "document:" not in s.cell
    }
    state = at(life, "2026-11-01", "2026-11-01")
    assert not behind & {"2024-09-10-205", "draft-a"}
    assert stands(state, "document:2024-09-10-205:content_stated") == "false"
    assert stands(state, "document:draft-a:status") == "draft"


# Errors of recording: the register keeps both


def test_mistyped_date_put_right(life: History) -> None:
    """№ 118 raises the center's 480 to 510 from 20 May; first typed as from 2 May."""
    right = max(s.position for s in life.register.assertions[SERVICES_CENTER])
    for known, on_10_may in ((right - 2, "510000.00"), (right, "480000.00")):
        state = at(life, "2024-05-10", "2024-12-31", known=known)
        assert stands(state, SERVICES_CENTER) == on_10_may
        state = at(life, "2024-05-20", "2024-12-31", known=known)
        assert stands(state, SERVICES_CENTER) == "510000.00"
    of_118 = [
        (str(s.timing.effective_on), shown(s.value))
        for s in life.register.assertions[SERVICES_CENTER]
        if s.timing.document == "2024-05-20-118"
    ]
    assert of_118 == [("2024-05-02", "510000.00"), ("2024-05-20", "510000.00")]


def test_mistyped_fact_put_right(life: History) -> None:
    said = life.register.assertions["fact:center-wait:2024-Q2"]
    assert [shown(s.value) for s in said] == ["41.3", "14.3"]
    for one in said:
        state = at(life, "2024-06-30", "2024-07-31", known=one.position)
        assert stands(state, "fact:center-wait:2024-Q2") == shown(one.value)


def test_mistyped_payment_put_right(life: History) -> None:
    """1000 rubles typed for 100: undone by an opposite posting of the same day, then said anew."""
    postings = life.register.postings[COURSES][:3]
    assert [p.amount for p in postings] == [1000, -1000, 100]
    assert {str(p.timing.effective_on) for p in postings} == {"2024-06-13"}
    for known, rubles in ((postings[0].position, 1000), (postings[2].position, 100)):
        assert at(life, "2024-06-30", "2024-06-30", known=known).moved[COURSES].amount == rubles


# Cash


@pytest.mark.parametrize(
    ("quarter_ends", "since_january"),
    [
        ("2024-03-31", "1315"),  # 300 + 200 | 110 | 500 + 100 + 25 | 80
        ("2024-06-30", "2830.1"),  # + 250 + 200 | 120 + 15 | 60 | 0.1 | 600 + 120 + 30 | 80 | 40
        (
            "2024-09-30",
            "4575.1",
        ),  # + 350 + 250 | 90 | 700 + 140 + 35 | 130 + 20 | 80 | returned − 50
        ("2024-12-31", "6839"),  # + 380 + 250 | 690 + 140 + 35 | 175 | 115 + 94.9 | 105 | 145 + 24
    ],  #   | 80 | 30 over the appropriation
)
def test_cash_by_quarter(life: History, quarter_ends: str, since_january: str) -> None:
    moved = at(life, quarter_ends, quarter_ends).moved
    paid = sum(m.amount for cell, m in moved.items() if cell.startswith("cash:2024:"))
    assert paid == Decimal(since_january) * 1000


def test_annual_report_agrees_with_the_payments(life: History) -> None:
    state = at(life, "2024-12-31", "2025-03-10")
    for cell, moved in state.moved.items():
        if cell.startswith("cash:"):
            reported = stands(state, cell.replace("cash:", "cash-report:", 1) + ":2024")
            assert Decimal(reported) == moved.amount


def test_payment_over_the_appropriation_needs_a_reason(life: History) -> None:
    """Portal: 80 × 4 = 320 as appropriated; the 30 of 27 December went out under a reason, № 31
    appropriated them afterwards. One kopeck more is refused."""
    assert stands(at(life, "2024-12-31", "2024-12-31"), f"appropriation:{PORTAL}") == "320000.00"
    state = at(life, "2024-12-31", "2025-01-27")
    assert state.moved[f"cash:{PORTAL}"].amount == 350_000
    assert stands(state, f"appropriation:{PORTAL}") == "350000.00"
    with pytest.raises(CashOverAppropriation):
        decide(life, PostCash, document=payment("2024-12-28"), entries=[entry(2024, "0.01")])


def test_return_is_named_by_line_and_payment(life: History) -> None:
    """Of the 250 paid on 19 July 50 came back: 200 may still come back, not a kopeck more."""
    back: dict[str, Any] = {
        "document": payment("2024-12-28"),
        "cell": E_SERVICES,
        "reason": "возврат",
    }
    with pytest.raises(ReversalOverPosting):
        decide(life, ReverseCash, **back, of_document="2024-07-19-240", amount="200000.01")
    with pytest.raises(UnknownPosition):
        decide(life, ReverseCash, **back, of_document="2024-07-19-999", amount="1.00")
    decide(life, ReverseCash, **back, of_document="2024-07-19-240", amount="200000.00")
    # 200 + 200 + 250 + 250 − 50 − 200
    assert at(life, "2024-12-31", "2024-12-31").moved[E_SERVICES].amount == 650_000


def test_corrected_payment_can_be_named_again(life: History) -> None:
    """The undone posting and its opposite are passed over: only the right one stands."""
    decide(
        life,
        CorrectStatement,
        cell=COURSES,
        document="2024-06-13-193",
        reason="ещё раз",
        right={"amount": "90.00"},
    )
    assert at(life, "2024-06-30", "2024-06-30").moved[COURSES].amount == 90


def test_commitments_and_their_release(life: History) -> None:
    """Channels: a contract of 2500, less 10 released on 18 December."""
    cell = "commitment:2024:07.2.01.1:upr-shkol:federal"
    for as_of, rubles in (("2024-12-17", 2_500_000), ("2024-12-18", 2_490_000)):
        assert at(life, as_of, "2024-12-31").moved[cell].amount == rubles


def test_books_of_2023_are_closed(life: History) -> None:
    """Executed 5753.5 of 5790; no payment of 2023 is taken any more."""
    state = at(life, "2023-12-31", "2024-03-11")
    assert thousands(state, "appropriation:2023:") == 5790
    assert thousands(state, "cash-report:2023:", ":2023") == Decimal("5753.5")
    with pytest.raises(BudgetClosed):
        decide(life, PostCash, document=payment("2023-12-28"), entries=[entry(2023, "1.00")])


# Facts and periods

FACTS = """
fact:services-online:2023 | 2024-03-10 | 66.0 | preliminary
fact:services-online:2023 | 2024-03-11 | 65.8 | final
fact:services-online:2023 | 2026-11-01 | 65.8 | not the 65.9 printed by the report for 2024
fact:services-online:2024 | 2025-03-09 | 72.5 | preliminary
fact:services-online:2024 | 2025-03-10 | 72.8 | final
fact:satisfaction:2023    | 2024-03-11 | нет (not_measured) | the survey was put off, which is not 0
fact:wifi:2023            | 2024-03-11 | нет (not_applicable) | measured from 2024 on
fact:incidents:2024-Q3    | 2024-10-08 | нет (not_reported) | nobody answered
fact:requests-on-time:2024 | 2025-03-10 | 95.4 | 3436 of 3600 is 95.44
"""


@pytest.mark.parametrize(("cell", "dated_by", "expected", "why"), rows(FACTS))
def test_which_fact_stands(
    life: History, cell: str, dated_by: str, expected: str, why: str
) -> None:
    assert stands(at(life, "2024-12-31", dated_by), cell) == expected, why


def test_late_report_was_unknown_before_it_came_in(life: History) -> None:
    """The report of 10 March 2025 was taken in after № 140 of 23 June 2025."""
    cell = "fact:services-online:2024"
    not_yet = before(life, "2025-03-10-a", cell)
    state = at(life, "2025-12-31", "2025-12-31", known=not_yet)
    assert stands(state, cell) == "72.5"
    assert stands(state, "target:services-online:2025") == "80.0"


def test_way_of_the_quarterly_reports(life: History) -> None:
    way = {
        period: [shown(s.value) for s in life.register.assertions[f"period:{period}:status"]]
        for period in ("2024-Q1", "2024-Q2")
    }
    assert way == {
        "2024-Q1": ["submitted", "accepted", "closed"],
        "2024-Q2": ["submitted", "returned", "submitted", "accepted"],
    }


def test_closed_quarter_takes_corrections_only(life: History) -> None:
    report = {"kind": "report", "title": "Вымышленный отчёт", "date": "2024-05-06"}
    fact = {"indicator": "deferred-answers", "value": "5.1"}
    for period in ("2024-Q1", "2024-02"):
        with pytest.raises(PeriodClosed):
            decide(life, ReportFacts, document=report, facts=[{**fact, "period": period}])
    with pytest.raises(PeriodClosed):
        decide(life, PostCash, document=payment("2024-03-28"), entries=[entry(2024, "1.00")])
    decide(life, ReportFacts, document=report, facts=[{**fact, "period": "2024-Q2"}])

    cell, known = "fact:services-online:2024-Q1", life.register.last_position
    decide(
        life,
        CorrectStatement,
        cell=cell,
        document="2024-04-08-a",
        reason="описка",
        right={"value": {"value": "66.8"}},
    )
    assert stands(at(life, "2024-12-31", "2024-12-31", known=known), cell) == "66.9"
    assert stands(at(life, "2024-12-31", "2024-12-31"), cell) == "66.8"


def decide(life: History, command: Callable[..., Any], **body: Any) -> None:
    """Carries a command out on top of the package's life."""
    life.decided(command(**body).decide("sample", life.copy(), TODAY).events)


def payment(on: str) -> dict[str, str]:
    return {"kind": "payment", "date": on, "number": "999"}


def entry(year: int, amount: str) -> dict[str, Any]:
    element, executor, source = "07.1.02.1", "infocentr", "municipal"
    return {
        "year": year,
        "element": element,
        "executor": executor,
        "source": source,
        "amount": amount,
    }


# The package itself


def members(node: Any) -> Iterator[tuple[str, Any]]:
    """Every named member of the package, however deep."""
    if isinstance(node, dict):
        yield from node.items()
    for inner in (
        node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    ):
        yield from members(inner)


def test_everything_says_that_it_is_invented() -> None:
    package = json.loads(PACKAGE.read_text(encoding="utf-8"))
    told = list(members(package))
    municipality = next(v for k, v in told if k == "municipality")
    assert municipality["invented"] is True
    assert municipality["zone"] == "Asia/Kamchatka"
    for name, value in told:
        if name in {"name", "title", "type", "issuer", "note", "summary", "subject", "evidence"}:
            text = value["value"] if isinstance(value, dict) else value
            plain = name == "summary" or re.search("условн|вымышлен", text, re.IGNORECASE)
            assert plain, f"{name}: {text}"
        if name == "person":
            assert re.fullmatch(r"person-\d", value)
        assert value is not None, name


def test_no_paper_is_dated_after_october_2026() -> None:
    dates = re.findall(r"\d{4}-\d{2}-\d{2}", PACKAGE.read_text(encoding="utf-8"))
    assert min(dates) == "2022-12-14"
    assert max(dates) < "2026-11-01"
