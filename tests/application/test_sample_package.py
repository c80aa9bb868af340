"""The invented municipality: which decree stands at chosen moments, and that it says it is invented."""

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from adapters.event_store import PostgresLedger
from adapters.read_model import PostgresReadModel
from application.access import LOCAL_CALLER
from application.commands.command import Decision, execute
from application.commands.load_package import LoadPackage
from application.ledger import History, Request, SystemClock
from domain.dates import Viewpoint
from domain.findings import findings
from domain.state import state_of
from tests.application.sample import PACKAGE, at, before, day, package, rows, stands, thousands

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
    found = findings(life.register)
    assert {(f.rule, f.cell): (f.printed, f.computed) for f in found} == {
        ("was_does_not_stand", "target:wifi:2024"): ("5", "6"),
        ("restated_differently", "fact:services-online:2023"): ("65.9", "65.8"),
    }
    answered = [f.model_dump(mode="json") for f in found if f.rule == "was_does_not_stand"]
    assert decision.result["findings"] == answered
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


def test_database_answers_as_the_fold_does(
    ledger: PostgresLedger, model: PostgresReadModel
) -> None:
    loading = LoadPackage.of(package())
    request = Request(LOCAL_CALLER, key="sample", digest="sample")
    receipt = execute(ledger, SystemClock(), "sample", loading, request)
    register = ledger.history("sample").register
    for as_of in ("2024-03-31", "2024-08-15", "2024-12-31", "2025-06-22", "2026-11-01"):
        for dated_by in ("2024-06-30", "2025-01-27", "2026-11-01"):
            for known in (receipt.position, receipt.position - 100):
                view = Viewpoint(day(as_of), day(dated_by), known)
                assert model.state("sample", view) == state_of(register, view)


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
