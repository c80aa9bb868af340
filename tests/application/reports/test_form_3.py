"""Form 3: amending acts within and outside the year."""

from typing import Any

from application.reports.form_3 import form_3
from application.reports.printing.form_3 import acts_notes
from tests.application.reports.invented import command, invented
from tests.application.reports.papers import at, form


def test_kedrovy_was_changed_twice_the_second_time_after_the_year() -> None:
    rows = form("3", "kedrovy", 2021, "2021-12-31", "2022-02-01")["rows"]
    assert [(r["act"], r["number"], r["date"], r["in_period"]) for r in rows] == [
        ("2021-03-24-55", "55", "2021-03-24", True),
        ("2022-01-31-22", "22", "2022-01-31", False),
    ]
    assert {r["kind"] for r in rows} == {"Постановление"}
    assert {r["issuer"] for r in rows} == {"Администрация города Кедрового"}
    assert not any(r["content_stated"] for r in rows)
    assert all(r["date_stated"] for r in rows)


def test_an_act_is_not_seen_before_its_date() -> None:
    rows = form("3", "kedrovy", 2021, "2021-12-31", "2022-01-30")["rows"]
    assert [r["number"] for r in rows] == ["55"]


def test_a_program_that_nobody_amended_has_no_rows() -> None:
    for program in ("stupino", "krasnogorsk", "shatura"):
        assert form("3", program, 2020)["rows"] == []


def act(number: str, date: str, **more: Any) -> dict[str, Any]:
    requisites = {
        "kind": "act",
        "type": "Решение",
        "date": date,
        "number": number,
        "content_stated": False,
    }
    return command("amend_program", act=requisites | more)


def test_by_date_and_number_without_drafts_and_the_founding_act() -> None:
    draft = command(
        "amend_program",
        draft=True,
        act={"kind": "act", "date": "2021-04-01"},
        lines=[{"cell": "passport:title", "was": "Вымышленная программа", "becomes": "Иное"}],
    )
    register = invented(
        act("10", "2021-05-05"),
        act("9", "2021-05-05"),
        act("2", "2022-01-10"),
        draft,
        act("1", "2021-01-15"),
    )
    rows = form_3(at(register, "2024-12-31", "2024-12-31"), 2021).rows
    assert [(row.number, row.in_period) for row in rows] == [
        ("1", True),
        ("9", True),
        ("10", True),
        ("2", False),
    ]


def test_an_amended_title_does_not_make_its_act_the_founding_one() -> None:
    register = invented(
        command(
            "amend_program",
            act={"kind": "act", "date": "2021-04-01", "number": "4"},
            lines=[{"cell": "passport:title", "was": "Вымышленная программа", "becomes": "Иное"}],
        )
    )
    rows = form_3(at(register, "2024-12-31", "2024-12-31"), 2021).rows
    assert [(row.number, row.content_stated) for row in rows] == [("4", True)]


def test_an_annulled_act_was_adopted_all_the_same() -> None:
    ruling = {"kind": "act", "type": "Решение", "date": "2021-09-01", "number": "5"}
    register = invented(
        act("4", "2021-05-05"),
        command("withdraw_act", act="2021-05-05-4", by=ruling, since="2021-09-01", reason="отмена"),
    )
    before = form_3(at(register, "2021-08-31", "2021-08-31"), 2021).rows
    assert [(row.number, row.status) for row in before] == [("4", None)]
    rows = form_3(at(register, "2024-12-31", "2024-12-31"), 2021).rows
    assert [(row.number, row.status) for row in rows] == [
        ("4", "annulled:2021-09-01-5"),
        ("5", None),
    ]
    assert list(acts_notes(rows)) == ["Отменены: от 05.05.2021 № 4"]
