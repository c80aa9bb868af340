"""The explanatory report: what fell short, what was not spent."""

from typing import Any

import pytest

from application.reports.explanatory import explanatory
from tests.application.reports.invented import REPORT, command, invented, payment
from tests.application.reports.printing.seen import of_program, state

FACTS = [
    [cell.strip() for cell in row.split("|")]
    for row in """
down | value=4.40             |       | reached as planned
down | value=4.50             | down  | a falling indicator is above its plan
down | value=4.30             |       | below it
up   | value=0                |       | zero was planned
up   | value=-1               | up    | a rising indicator is below its plan
down | absent=not_measured    | down  | nothing was measured
down | absent=not_due         |       | nothing is due yet
down | absent=not_applicable  |       | nothing can be
""".strip().splitlines()
]


def reported(indicator: str, said: str) -> dict[str, Any]:
    name, value = said.split("=")
    facts = [{"indicator": indicator, "period": "2021", name: value, "reason": "довод"}]
    if name == "value":
        del facts[0]["reason"]
    return command("report_facts", document=REPORT, facts=facts)


@pytest.mark.parametrize(("indicator", "said", "listed", "why"), FACTS)
def test_what_falls_short(indicator: str, said: str, listed: str, why: str) -> None:
    told = explanatory(state(invented(reported(indicator, said)), "2021-12-31", "2022-12-31"), 2021)
    other = {"up", "down"} - {indicator}
    assert {row.indicator for row in told.indicators} - other == set(filter(None, [listed])), why


def test_a_fact_that_nobody_reported_falls_short() -> None:
    told = explanatory(state(invented(), "2021-12-31", "2022-12-31"), 2021)
    assert [row.indicator for row in told.indicators] == ["up", "down"]


def test_kedrovy_missed_five_and_one_of_them_unmeasured() -> None:
    told = explanatory(of_program("kedrovy", "2021-12-31", "2022-02-01")[0], 2021)
    assert [row.indicator for row in told.indicators] == [
        "goal-1",
        "objective-1-2",
        "objective-2-1",
        "objective-3-1",
        "objective-3-2",
    ]


def test_all_that_kedrovy_did_not_spend_is_the_newspaper_s() -> None:
    told = explanatory(of_program("kedrovy", "2021-12-31", "2022-02-01")[0], 2021)
    (one,) = told.money
    assert (one.line.element, one.line.executor) == ("04.0.02.4", "МУ «Культура»")
    assert one.shortfall.value == "31220"
    assert [row.number for row in told.acts] == ["55"]


def test_what_was_spent_in_full_is_not_listed() -> None:
    told = explanatory(
        state(
            invented(payment("100.00", "1"), payment("20.00", "2", "regional")),
            "2021-12-31",
            "2022-12-31",
        ),
        2021,
    )
    assert {(one.line.executor, one.line.source): one.shortfall.value for one in told.money} == {
        ("Первая служба", "regional"): "30",
        ("Вторая служба", "municipal"): None,
        (None, "municipal"): None,
    }
