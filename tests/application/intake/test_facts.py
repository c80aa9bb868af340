"""A plain list of facts, drawn small and invented."""

from datetime import date

import pytest

from application.commands.report_facts import ReportFacts
from application.intake.answers import Answers
from application.intake.compose import take_in
from application.intake.facts import period_of
from application.intake.paper import Paper, Table
from tests.application.intake.garden import TODAY, garden
from tests.application.intake.whole import Told, told

HEAD = "Показатель | Период | Значение | Причина отсутствия | Расчет | Обоснование"


def facts(*rows: str) -> Told:
    return told("\n".join([HEAD, *rows]), state=garden().state)


def test_an_indicator_goes_by_its_name_or_by_its_id() -> None:
    found = facts(
        "Доля дворов | 2031 | 85,5 | | (171/200)*100 | Снегопад",
        "goal-2      | 2031-Q1 | 3 | | |",
        "ЧИСЛО  ЛИП  | 2 квартал 2031 г. | 4 | | |",
    )
    assert not found.unread
    assert found.of("fact:") == {
        "goal-1:2031": "85.5",
        "goal-2:2031-Q1": "3",
        "goal-2:2031-Q2": "4",
    }
    assert found["calculation:goal-1:2031"] == "(171/200)*100"
    assert found["explanation:goal-1:2031"] == "Снегопад"


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("goal-1 | 2031 | - | Мониторинг не проводился | |", "?not_measured"),
        ("goal-1 | 2031 |   | нет данных | |", "?not_reported"),
        ("goal-1 | 2031 | 0 | | | Мониторинг не проводился", "?not_measured"),
        ("goal-1 | 2031 | 0 | | |", "0"),
        ("goal-1 | 2031 |   | | |", ""),
    ],
)
def test_why_there_is_no_value(row: str, said: str) -> None:
    found = facts(row)
    assert not found.unread
    assert found["fact:goal-1:2031"] == said


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("Доля садов | 2031 | 1 | | |", "такого показателя нет: «Доля садов»"),
        (" | 2031 | 1 | | |", "такого показателя нет: «»"),
        ("goal-1 | когда-то | 1 | | |", "не период: «когда-то»"),
        ("goal-1 | 2031 | один | | |", "не число: «один»"),
        ("goal-1 | 2031 |  | просто так | |", "не число: «»"),
    ],
)
def test_what_cannot_be_read_is_refused(row: str, why: str) -> None:
    assert facts(row).unread == (why,)


def test_a_fact_said_twice_in_two_ways_is_refused_naming_both_cells() -> None:
    found = facts(
        "goal-1 | 2031 | 5 | | |", "goal-1 | 2031 год | 5,0 | | |", "goal-1 | 2031 | 6 | | |"
    )
    assert found.unread == (
        "fact:goal-1:2031: уже сказано 5 (таблица 1, строка 2, графа 3), а здесь 6",
    )


@pytest.mark.parametrize(
    ("printed", "period"),
    [
        ("2031", "2031"),
        ("2031 год", "2031"),
        ("III квартал 2031 г.", "2031-Q3"),
        ("4 кв. 2031", "2031-Q4"),
        ("1 полугодие 2031 года", "2031-H1"),
        ("март 2031", "2031-03"),
        ("май 2031 г.", "2031-05"),
        ("5 квартал 2031", None),
        ("31", None),
    ],
)
def test_periods_are_read_as_people_write_them(printed: str, period: str | None) -> None:
    assert period_of(printed) == period


def test_a_period_that_has_not_ended_is_refused_by_its_cell() -> None:
    life = garden()
    rows = (tuple(HEAD.split(" | ")), ("goal-1", "2032", "1", "", "", ""))
    found = take_in(Paper("x.xlsx", "", (Table(1, rows),)), _report(), life.state, TODAY)
    assert [(one.at.row, one.why) for one in found.unread] == [(2, "период 2032 ещё не закончился")]


def test_long_lists_come_in_batches_of_a_thousand() -> None:
    life = garden()
    days = [f"2031-{month:02}" for month in range(1, 13)]
    rows = [tuple(HEAD.split(" | "))]
    rows += [(f"goal-{n}", day, "1", "", "", "") for n in (1, 2) for day in days] * 100
    found = take_in(Paper("x.xlsx", "", (Table(1, tuple(rows)),)), _report(), life.state, TODAY)
    assert not found.unread, "the same fact a hundred times is said once"
    (command,) = found.commands
    assert isinstance(command, ReportFacts)
    assert len(command.facts) == 24


def _report() -> Answers:
    return Answers.model_validate(
        {"document": {"kind": "report", "type": "Отчёт", "date": date(2032, 1, 31), "number": "1"}}
    )
