"""Rules on days: an example that raises and one that does not, and the counts of findings.md."""

from collections import Counter
from typing import Any

import pytest

from application.rules import production_calendar
from application.rules.calendar import RULES
from application.rules.rule import Rule
from tests.application.reports.invented import command
from tests.application.rules.asked import (
    MEMO,
    PAPERS,
    after,
    ask,
    brief,
    deadlines,
    exemplified,
    invented,
    road_map,
    subject,
    windows,
)

MONTHS_OF_2021 = [f"2021-{month:02}-10" for month in range(1, 13)]
FEBRUARY = windows(("2020-02-01", "2020-02-28"))


def found(rule: str, *procedures: dict[str, Any], year: int = 2021) -> list[tuple[str, str, str]]:
    years = {"first": year, "last": year + 1}
    told = road_map(*procedures, year=year, years=years, **_dated_in(year))
    return brief(ask(RULES, told, rule))


def _dated_in(year: int) -> dict[str, Any]:
    """What the invented program plans lies in 2021; here only its road map counts."""
    act = {"kind": "act", "type": "Постановление", "date": f"{year - 1}-12-20", "number": "100"}
    return {"basis": act, "indicators": [], "appropriations": [], "effective_on": f"{year}-01-01"}


@pytest.mark.parametrize(
    ("day", "right"),
    [
        ("2020-02-29", "2020-03-02"),  # Saturday
        ("2020-03-01", "2020-03-02"),  # Sunday
        ("2020-05-09", "2020-05-12"),  # a holiday on a Saturday counts once
        ("2020-03-02", None),
        ("2020-05-04", None),
    ],
)
def test_deadline_on_weekend(day: str, right: str | None) -> None:
    cells = [(cell, computed) for cell, _, computed in _of("deadline_on_weekend", day)]
    assert cells == ([("window:p:1:ends_on", right)] if right else [])


def test_a_working_saturday_is_no_weekend() -> None:
    assert not found("deadline_on_weekend", deadlines("2021-02-20"))
    assert found("deadline_on_weekend", deadlines("2021-02-27"))


@pytest.mark.parametrize(
    ("day", "right"),
    [
        ("2020-01-01", "2020-01-09"),
        ("2020-05-04", "2020-05-12"),  # a day off moved there
        ("2020-06-24", "2020-06-25"),
        ("2020-07-01", "2020-07-02"),
        ("2020-05-09", None),  # Saturday
        ("2020-04-30", None),
        ("2020-12-31", None),
    ],
)
def test_deadline_on_holiday(day: str, right: str | None) -> None:
    cells = [computed for _, _, computed in _of("deadline_on_holiday", day)]
    assert cells == ([right] if right else [])


@pytest.mark.parametrize(
    ("day", "right"),
    [
        ("2020-03-30", "2020-05-12"),
        ("2020-05-08", "2020-05-12"),
        ("2020-04-04", None),  # Saturday
        ("2020-05-01", None),  # a holiday
        ("2020-03-27", None),
        ("2020-07-01", None),
    ],
)
def test_deadline_in_non_working_days(day: str, right: str | None) -> None:
    cells = [computed for _, _, computed in _of("deadline_in_non_working_days", day)]
    assert cells == ([right] if right else [])


def _of(rule: str, day: str) -> list[tuple[str, str, str]]:
    return found(rule, deadlines(day), year=2020)


def test_the_first_day_of_a_window_may_be_a_day_off() -> None:
    assert not found(
        "deadline_on_weekend", {"id": "p", "windows": windows(("2021-02-28", "2021-03-01"))}
    )


def test_month_end_in_leap_year() -> None:
    assert found("month_end_in_leap_year", {"id": "p", "windows": FEBRUARY}, year=2020) == [
        ("window:p:1:ends_on", "28.02.2020", "2020-02-29")
    ]
    ends = deadlines("2020-01-31", "2020-02-28", "2020-03-31")
    assert [cell for cell, *_ in found("month_end_in_leap_year", ends, year=2020)] == [
        "window:p:2:ends_on"
    ]


@pytest.mark.parametrize(
    ("year", "procedure"),
    [
        (2021, {"id": "p", "windows": windows(("2021-02-01", "2021-02-28"))}),
        (2020, {"id": "p", "windows": windows(("2020-02-01", "2020-02-29"))}),
        (2020, {"id": "p", "windows": windows(("2020-02-17", "2020-02-28"))}),
        (2020, deadlines("2020-01-28", "2020-02-28", "2020-03-28")),
        (2020, deadlines("2020-02-28")),
    ],
)
def test_no_month_end(year: int, procedure: dict[str, Any]) -> None:
    assert not found("month_end_in_leap_year", procedure, year=year)


@pytest.mark.parametrize(
    ("days", "missing"),
    [
        (MONTHS_OF_2021[:11], "нет декабря"),
        (MONTHS_OF_2021[:4] + MONTHS_OF_2021[6:], "нет мая, июня"),
        (MONTHS_OF_2021, None),
        (MONTHS_OF_2021[1:], None),  # a duty begins when it begins
        (MONTHS_OF_2021[6:], None),
        (MONTHS_OF_2021[6:11], None),  # five are no list of the year
        (MONTHS_OF_2021[2::3], None),  # quarterly
        (MONTHS_OF_2021[::2], None),  # every other month
        ([*MONTHS_OF_2021[:11], "2021-01-20"], None),  # two in a month
        (MONTHS_OF_2021[:5], None),  # too few to be a list of the year
    ],
)
def test_gap_in_monthly_list(days: list[str], missing: str | None) -> None:
    gaps = ask(RULES, road_map(deadlines(*days)), "gap_in_monthly_list")
    assert [gap.message.split(": ")[1] for gap in gaps] == ([missing] if missing else [])
    assert all((gap.printed, gap.cell) == (str(len(days)), "procedure:p:title") for gap in gaps)


LATE = {"kind": "act", "type": "Постановление", "date": "2021-02-05", "number": "9"}
FIRST = {"id": "p1", "windows": windows(("2021-02-01", "2021-02-10"), ("2021-03-01", "2021-03-10"))}
SECOND = {"id": "p2", "windows": windows(("2021-01-11", "2021-02-04"))}


def test_duty_before_known() -> None:
    told = road_map(FIRST, SECOND, basis=LATE)
    (late,) = ask(RULES, told, "duty_before_known")
    assert late.cell == "road-map:2021:status"
    assert late.computed == "начал 2, окончаний 1"
    assert "05.02.2021)" in late.message
    assert "процедур 2 из 2" in late.message


def test_a_duty_of_the_acts_own_day_is_known() -> None:
    told = road_map({"id": "p", "windows": windows(("2021-02-05", "2021-02-05"))}, basis=LATE)
    assert not ask(RULES, told, "duty_before_known")


def test_an_undated_act_knows_everything() -> None:
    undated = {"kind": "act", "type": "Постановление", "date": None, "date_stated": False}
    assert not ask(RULES, road_map(FIRST, SECOND, basis=undated), "duty_before_known")


def done(window: int, on: str, procedure: str = "p1") -> dict[str, Any]:
    return command(
        "complete_occurrence",
        procedure=procedure,
        window=window,
        completed_on=on,
        document=MEMO,
    )


@pytest.mark.parametrize(
    ("on", "computed"),
    [("2021-02-10", []), ("2021-02-12", ["2021-02-10"]), ("2021-02-11", ["2021-02-10"])],
)
def test_completed_late(on: str, computed: list[str]) -> None:
    late = ask(RULES, after(road_map(FIRST), done(1, on)), "completed_late")
    assert [finding.computed for finding in late] == computed
    assert [finding.cell for finding in late] == ["completion:p1:1"] * len(computed)


def test_what_ends_on_a_weekend_is_in_time_on_the_next_working_day() -> None:
    weekend = {"id": "p1", "windows": windows(("2021-02-01", "2021-02-06"))}
    assert not ask(RULES, after(road_map(weekend), done(1, "2021-02-08")), "completed_late")
    assert ask(RULES, after(road_map(weekend), done(1, "2021-02-09")), "completed_late")


def test_a_duty_before_it_was_known_is_never_late() -> None:
    known = road_map(FIRST, SECOND, basis=LATE | {"date": "2021-02-04"})
    unknown = road_map(FIRST, SECOND, basis=LATE)
    assert ask(RULES, after(known, done(1, "2021-04-01", "p2")), "completed_late")
    assert not ask(RULES, after(unknown, done(1, "2021-04-01", "p2")), "completed_late")


def test_shatura_has_the_counts_of_findings_md() -> None:
    assert Counter(finding.rule for finding in ask(RULES, "shatura")) == {
        "deadline_on_weekend": 150,
        "deadline_on_holiday": 153 - 150,
        "deadline_in_non_working_days": 286 - 153,
        "month_end_in_leap_year": 61,
        "gap_in_monthly_list": 2,
        "duty_before_known": 1,
    }


def test_the_three_holidays_of_shatura() -> None:
    """One New Year's day, and twice the day of the vote, 01.07.2020, which the 153 include."""
    assert brief(ask(RULES, "shatura", "deadline_on_holiday")) == [
        ("window:14-2:2:ends_on", "01.07.2020", "2020-07-02"),
        ("window:19-2:1:ends_on", "01.01.2020", "2020-01-09"),
        ("window:19-2:3:ends_on", "01.07.2020", "2020-07-02"),
    ]


def test_two_lists_of_shatura_have_eleven_windows() -> None:
    assert [(gap.cell, gap.printed) for gap in ask(RULES, "shatura", "gap_in_monthly_list")] == [
        ("procedure:15-1:title", "11"),
        ("procedure:16-1:title", "11"),
    ]


def test_duties_of_shatura_before_the_letter_of_june() -> None:
    (late,) = ask(RULES, "shatura", "duty_before_known")
    assert "22.06.2020, принята условно" in late.message
    assert late.computed == "начал 434, окончаний 368"


@pytest.mark.parametrize("program", [paper for paper in PAPERS if paper != "shatura"])
def test_the_other_papers_have_no_dates_to_look_at(program: str) -> None:
    assert not ask(RULES, program)


def test_a_finding_is_a_cell_and_all_here_are_warnings() -> None:
    of_shatura = ask(RULES, "shatura")
    assert len({(one.rule, one.cell) for one in of_shatura}) == len(of_shatura)
    assert {one.severity for one in of_shatura} == {"warning"}
    assert all(one.positions for one in of_shatura)


def test_before_the_decree_is_known_there_is_nothing_to_find() -> None:
    assert not ask(RULES, subject("shatura", dated_by="2020-06-21"))
    assert len(ask(RULES, subject("shatura", dated_by="2020-06-22"))) == 350


@pytest.mark.parametrize(
    "rule", [rule for rule in RULES if "Шатура" in rule.example], ids=lambda rule: rule.id
)
def test_the_published_example_is_found(rule: Rule) -> None:
    assert exemplified(rule, ask([rule], "shatura"))


def test_a_year_is_read_once() -> None:
    production_calendar._year.cache_clear()
    ask(RULES, "shatura")
    assert production_calendar._year.cache_info().misses <= 2


def test_no_road_map_no_findings() -> None:
    assert not ask(RULES, invented(road_maps=[]))
