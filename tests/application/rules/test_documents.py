"""Rules on acts: an example that raises and one that does not, and the acts of the four papers."""

from datetime import date
from typing import Any

import pytest

from application.rules.documents import RULES
from tests.application.reports.invented import REPORT, command, report_of_cash
from tests.application.rules.asked import ask, brief, invented, subject


def act(date: str, number: str, **said: Any) -> dict[str, Any]:
    """An amending act; if its content is stated, with a line about nothing that counts here."""
    document = {"kind": "act", "type": "Постановление", "date": date, "number": number} | said
    cell, was = f"passport:note-{number}", {"absent": "not_stated"}
    lines = [{"cell": cell, "was": was, "becomes": "Вымышлено"}]
    return command("amend_program", act=document, lines=lines[: said.get("content_stated", 1)])


def fact(period: str, *, last_year: bool = False) -> dict[str, Any]:
    """A fact of the report of 20.01.2022."""
    said = {"indicator": "up", "period": period, "value": "1", "last_year": last_year}
    return command("report_facts", document=REPORT, facts=[said])


@pytest.mark.parametrize(
    ("adopted", "outside"),
    [
        ("2022-01-01", ["document:2022-01-01-5:date"]),
        ("2022-01-20", ["document:2022-01-20-5:date"]),
        ("2021-12-31", []),
        ("2022-01-21", []),  # younger than the report, which can not cite it
    ],
)
def test_act_outside_period(adopted: str, outside: list[str]) -> None:
    told = invented(fact("2021"), act(adopted, "5"))
    assert [one.cell for one in ask(RULES, told, "act_outside_period")] == outside


def test_the_period_may_be_told_by_money() -> None:
    told = invented(report_of_cash("1.00", "a"), act("2022-01-10", "5"))
    assert brief(ask(RULES, told, "act_outside_period")) == [
        ("document:2022-01-10-5:date", "10.01.2022", "2021-12-31")
    ]


def test_without_a_report_no_act_is_outside() -> None:
    assert not ask(RULES, invented(act("2022-01-10", "5")), "act_outside_period")


def test_the_figure_of_last_year_is_no_reported_period() -> None:
    told = invented(fact("2021", last_year=True), act("2022-01-10", "5"))
    assert not ask(RULES, told, "act_outside_period")


def test_act_content_not_stated() -> None:
    told = invented(act("2021-05-05", "5", content_stated=False), act("2021-06-05", "6"))
    (silent,) = ask(RULES, told, "act_content_not_stated")
    assert silent.cell == "document:2021-05-05-5:content_stated"
    assert "№ 5" in silent.message


def test_act_date_assumed() -> None:
    told = invented(act("2021-05-05", "5", date_stated=False), act("2021-06-05", "6"))
    (assumed,) = ask(RULES, told, "act_date_assumed")
    assert assumed.cell == "document:2021-05-05-5:date_stated"
    assert "05.05.2021" in assumed.message


def test_an_act_without_any_date_is_another_rules() -> None:
    undated = {"kind": "act", "type": "Постановление", "date": None, "date_stated": False}
    assert not ask(RULES, invented(basis=undated), "act_date_assumed")


def test_a_draft_is_no_act_yet() -> None:
    document = {"kind": "act", "type": "Проект", "date": "2021-05-05", "date_stated": False}
    draft = command("amend_program", act=document | {"content_stated": False}, draft=True, lines=[])
    assert not ask(RULES, invented(draft))


def test_a_report_with_an_assumed_date_is_no_act() -> None:
    told = command(
        "record_document", document=REPORT | {"date_stated": False}, effective_on="2021-12-31"
    )
    assert not ask(RULES, invented(told))


def test_form_3_of_kedrovy() -> None:
    assert [(one.rule, one.cell) for one in ask(RULES, "kedrovy")] == [
        ("act_outside_period", "document:2022-01-31-22:date"),
        ("act_content_not_stated", "document:2021-03-24-55:content_stated"),
        ("act_content_not_stated", "document:2022-01-31-22:content_stated"),
    ]
    assert {one.severity for one in ask(RULES, "kedrovy")} == {"warning"}


def test_form_3_of_kedrovy_before_its_report_and_its_last_act() -> None:
    first = subject("kedrovy", dated_by="2021-03-24")
    assert [(one.rule, one.cell) for one in ask(RULES, first)] == [
        ("act_content_not_stated", "document:2021-03-24-55:content_stated")
    ]


def test_in_the_edition_of_the_first_act_the_second_is_not_there() -> None:
    """The report is: an edition bounds acts only."""
    edition = subject("kedrovy", edition=(date(2021, 3, 24), 55))
    assert [one.rule for one in ask(RULES, edition)] == ["act_content_not_stated"]
    assert "fact:objective-1-1:2021" in edition.state.cells


@pytest.mark.parametrize(
    ("program", "assumed"),
    [("stupino", "2019-09-03"), ("krasnogorsk", "2022-01-01"), ("shatura", "2020-06-22")],
)
def test_the_other_papers_have_an_assumed_date(program: str, assumed: str) -> None:
    (finding,) = ask(RULES, program)
    assert (finding.rule, finding.computed) == ("act_date_assumed", assumed)
