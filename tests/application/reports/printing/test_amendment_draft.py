"""The draft of a decree says what a diff says, a table a part of the program."""

from datetime import date

from application.queries.diff import changes_between
from application.queries.viewpoint import Resolved
from application.reports.printed import PrintedForm
from application.reports.printing.amendment_draft import amendment_draft
from domain.dates import Viewpoint
from domain.state import State
from tests.application.reports.printing.page import check
from tests.application.reports.printing.seen import POSITION, life, seen, state


def sides(program: str, before: str, after: str) -> tuple[State, State]:
    return state(life(program), before, before), state(life(program), after, after)


def draft(program: str, before: str, after: str) -> PrintedForm:
    was, becomes = sides(program, before, after)
    day = date.fromisoformat(before)
    since = Resolved(Viewpoint(day, day, POSITION))
    changes = changes_between(was, becomes)
    return amendment_draft(was, becomes, changes, 2024, seen(program, after, after), since=since)


def test_it_reads_as_a_decree(*, update_golden: bool) -> None:
    """№ 118 of 20.05.2024 adds an assistant and money, № 61 of 01.07.2024 moves a duty and a deadline."""
    told = draft("sample", "2024-05-19", "2024-09-30")
    assert told.title[0] == "ПРОЕКТ"
    check(told, "sample-amendment-draft", update=update_golden)


def test_every_change_of_a_plan_is_in_it_and_nothing_else() -> None:
    was, becomes = sides("sample", "2024-05-19", "2024-09-30")
    told = draft("sample", "2024-05-19", "2024-09-30")
    kinds = (
        *("target", "baseline", "appropriation", "period-plan", "passport"),
        *("element", "indicator", "procedure", "window"),
    )
    planned = [one for one in changes_between(was, becomes) if one.cell.split(":")[0] in kinds]
    assert sum(len(table.rows) for table in told.tables) == len(planned)
    assert any(one.cell.startswith("fact:") for one in changes_between(was, becomes))


def test_was_and_becomes_stand_side_by_side() -> None:
    told = draft("sample", "2024-05-19", "2024-09-30")
    captions = [table.caption for table in told.tables]
    assert captions == [
        "1. Перечень мероприятий и целевых показателей",
        "2. Значения целевых показателей",
        "3. Финансирование, тыс. руб.",
        "4. Дорожная карта",
    ]
    money = [[cell.text for cell in row.cells] for row in told.tables[2].rows]
    assert [
        "1",
        "Содержание условного центра услуг",
        "Условный центр услуг (вымышленный)",
        "Местный бюджет",
        "2024 год",
        "480,00",
        "510,00",
        "30,00",
    ] in money
    for table in told.tables[1:3]:
        for row in table.rows:
            was, becomes, delta = row.cells[-3:]
            if was.number is not None and becomes.number is not None:
                assert delta.number == becomes.number - was.number
                assert delta.formula


def test_nothing_changes_nothing() -> None:
    told = draft("stupino", "2021-01-01", "2021-01-01")
    assert told.tables == ()
    assert told.notes[-1] == "Изменений нет"


def test_what_is_gone_is_called_as_it_was() -> None:
    was, becomes = sides("sample", "2024-09-30", "2024-05-19")
    whose = seen("sample", "2024-05-19", "2024-05-19")
    told = amendment_draft(was, becomes, changes_between(was, becomes), 2024, whose)
    rows = [[cell.text for cell in row.cells] for table in told.tables for row in table.rows]
    gone = [row for row in rows if row[1] == "Условный помощник жителя"]
    assert gone
    assert all(row[-2] == "–" or row[-1] == "–" or row[-1] == "" for row in gone)
    assert not told.notes
