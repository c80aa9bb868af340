"""Rules on road maps: an example that raises and one that does not, and what findings.md names."""

import re
from collections import Counter
from typing import Any

import pytest

from application.rules.road_map import RULES
from application.rules.rule import Rule
from tests.application.reports.invented import PROGRAM
from tests.application.rules.asked import (
    after,
    amended,
    ask,
    brief,
    exemplified,
    invented,
    road_map,
    subject,
    windows,
)

FEBRUARY = {"id": "p", "windows": windows(("2021-02-01", "2021-02-10"))}


def test_window_backwards_which_only_an_amendment_can_bring() -> None:
    turned = amended("window:p:1:ends_on", "2021-02-10", "2021-01-31")
    (backwards,) = ask(RULES, after(road_map(FEBRUARY), turned), "window_backwards")
    assert brief([backwards]) == [("window:p:1:ends_on", "31.01.2021", "2021-02-01")]
    assert backwards.severity == "error"
    assert len(backwards.positions) == 2


def test_a_window_of_one_day_is_not_backwards() -> None:
    short = amended("window:p:1:ends_on", "2021-02-10", "2021-02-01")
    assert not ask(RULES, after(road_map(FEBRUARY), short), "window_backwards")


def whole(*days: tuple[str, str]) -> dict[str, Any]:
    return {"id": "p", "number": "3.", "windows": windows(*days)}


def part(name: str, *days: tuple[str, str]) -> dict[str, Any]:
    return {"id": name, "number": name, "parent": "p", "windows": windows(*days)}


@pytest.mark.parametrize(
    ("days", "outside"),
    [
        (("2021-11-01", "2021-11-30"), False),
        (("2021-11-01", "2021-12-20"), False),
        (("2021-11-01", "2021-12-21"), True),
        (("2021-10-31", "2021-11-30"), True),
        (("2021-03-01", "2021-03-10"), False),
        (("2021-03-01", "2021-11-10"), True),  # from one window into another
    ],
)
def test_part_outside_procedure(days: tuple[str, str], *, outside: bool) -> None:
    spans = whole(("2021-03-01", "2021-03-31"), ("2021-11-01", "2021-12-20"))
    found = ask(RULES, road_map(spans, part("p1", days)), "part_outside_procedure")
    assert [one.cell for one in found] == ["window:p1:1:ends_on"] * outside


def test_parts_fall_short() -> None:
    told = road_map(
        whole(("2021-11-01", "2021-12-20")),
        part("p1", ("2021-11-01", "2021-11-10")),
        part("p2", ("2021-11-20", "2021-11-30")),
    )
    assert brief(ask(RULES, told, "parts_fall_short")) == [
        ("window:p:1:ends_on", "20.12.2021", "2021-11-30")
    ]


@pytest.mark.parametrize(
    "parts",
    [
        [part("p1", ("2021-11-01", "2021-11-10")), part("p2", ("2021-11-20", "2021-12-20"))],
        [part("p1", ("2021-03-01", "2021-03-10"))],  # not within: the other rule's
        [],
    ],
)
def test_parts_that_reach_the_end(parts: list[dict[str, Any]]) -> None:
    told = road_map(whole(("2021-11-01", "2021-12-20")), *parts)
    assert not ask(RULES, told, "parts_fall_short")


def numbered(name: str, number: str, indicator: str = "up") -> dict[str, Any]:
    return {"id": name, "number": number, "indicator": indicator}


def test_number_used_twice() -> None:
    told = road_map(numbered("p1", "6."), numbered("p2", "6"), numbered("p3", "7."))
    (twice,) = ask(RULES, told, "number_used_twice")
    assert (twice.cell, twice.printed, twice.severity) == ("procedure:p2:number", "6", "error")
    assert "p1" in twice.message
    assert len(twice.positions) == 2


@pytest.mark.parametrize(
    "pair",
    [
        (numbered("p1", "6."), numbered("p2", "6.", "down")),
        (numbered("p1", "1."), numbered("p2", "1.1.")),
        ({"id": "p1"}, {"id": "p2"}),
    ],
)
def test_numbers_that_name_one_procedure_each(pair: tuple[dict[str, Any], ...]) -> None:
    assert not ask(RULES, road_map(*pair), "number_used_twice")


def test_procedure_torn() -> None:
    told = road_map({"id": "p1", "torn": True}, FEBRUARY)
    (torn,) = ask(RULES, told, "procedure_torn")
    assert (torn.cell, torn.severity) == ("procedure:p1:torn", "error")


def headings(**numbers: str) -> list[dict[str, Any]]:
    """Indicators of the invented program, those named with a number."""
    bare = {
        one["id"]: {"id": one["id"], "element": one["element"], "name": one["name"]}
        for one in PROGRAM["indicators"]
    }
    return [one | ({"number": numbers[id_]} if id_ in numbers else {}) for id_, one in bare.items()]


THREE_BLOCKS = [numbered(f"p{n}", "1.", name) for n, name in enumerate(("up", "down", "late"))]


@pytest.mark.parametrize(
    ("numbers", "odd"),
    [
        ({"late": "14."}, ["indicator:late:number"]),
        ({"up": "1.", "down": "2."}, ["indicator:late:name"]),
        ({"up": "1.", "down": "2.", "late": "3."}, []),
        ({}, []),
    ],
)
def test_headings_numbered_unevenly(numbers: dict[str, str], odd: list[str]) -> None:
    told = road_map(*THREE_BLOCKS, indicators=headings(**numbers))
    assert [one.cell for one in ask(RULES, told, "headings_numbered_unevenly")] == odd


def test_an_indicator_without_procedures_is_no_heading() -> None:
    told = road_map(numbered("p", "1.", "late"), indicators=headings(late="14."))
    assert not ask(RULES, told, "headings_numbered_unevenly")


NET = {"title": "Мониторинг доступа школ к вымышленной сети", "indicator": "up"}
DESKS = {"title": "Пересчёт вымышленных столов", "indicator": "down"}
ACCESS = "Определён доступ школ к вымышленной сети"


def test_result_of_another_block() -> None:
    told = road_map(
        NET | {"id": "p1", "result": ACCESS}, DESKS | {"id": "p2", "result": ACCESS.upper()}
    )
    (lost,) = ask(RULES, told, "result_of_another_block")
    assert lost.cell == "procedure:p2:result"
    assert "p1" in lost.message


@pytest.mark.parametrize(
    "second",
    [
        DESKS | {"result": "Столы пересчитаны"},
        DESKS | {"title": "Доступ школ к столам и вымышленной сети", "result": ACCESS},
        DESKS | {"indicator": "up", "result": ACCESS},
    ],
)
def test_results_in_their_own_block(second: dict[str, Any]) -> None:
    told = road_map(NET | {"id": "p1", "result": ACCESS}, {"id": "p2"} | second)
    assert not ask(RULES, told, "result_of_another_block")


def test_a_result_that_no_block_speaks_of_is_nobodys() -> None:
    vague = NET | {"id": "p1", "title": "Проверка доступа", "result": ACCESS}
    told = road_map(vague, DESKS | {"id": "p2", "result": ACCESS})
    assert not ask(RULES, told, "result_of_another_block")


def quarterly(**targets: str) -> dict[str, Any]:
    """A road map of money on 2021 and one indicator of its measure, with these targets."""
    plan = {"year": 2021, "period": "2021-Q1", "element": "m1", "value": "1.00"}
    years = {period.removeprefix("of_"): value for period, value in targets.items()}
    only = {"id": "x", "element": "m1", "name": "Вымышленный", "targets": years}
    return {"period_plans": [plan], "indicators": [only], "road_maps": []}


@pytest.mark.parametrize(
    ("targets", "found"),
    [
        ({"of_2022": "5"}, [("target:x:2022", "2022", "2021")]),
        ({"of_2021": "5"}, []),
        ({"of_2021": "5", "of_2022": "6"}, []),  # a program's series
        ({}, []),
    ],
)
def test_result_of_another_year(targets: dict[str, str], found: list[tuple[str, str, str]]) -> None:
    told = invented(**quarterly(**targets))
    assert brief(ask(RULES, told, "result_of_another_year")) == found


def test_without_a_road_map_of_money_every_year_is_right() -> None:
    told = invented(**quarterly(of_2022="5") | {"period_plans": []})
    assert not ask(RULES, told, "result_of_another_year")


def test_shatura_has_exactly_what_findings_md_names() -> None:
    found = ask(RULES, "shatura")
    assert [(one.severity, one.rule, one.cell) for one in found] == [
        ("warning", "parts_fall_short", "window:1-3:1:ends_on"),
        ("error", "number_used_twice", "procedure:12-6-b:number"),
        ("error", "procedure_torn", "procedure:16-2:torn"),
        ("warning", "headings_numbered_unevenly", "indicator:14:number"),
        ("warning", "result_of_another_block", "procedure:17-1:result"),
    ]
    assert brief(found)[0] == ("window:1-3:1:ends_on", "20.12.2020", "2020-11-30")
    assert brief(found)[1][1] == "6."
    assert (found[3].printed, found[3].computed) == ("1", "20")
    assert "процедуры 15-1" in found[4].message
    assert all(one.positions for one in found)


def test_eleven_of_sixteen_dated_results_of_krasnogorsk_are_for_other_years() -> None:
    """Nine more have no year in the paper and stand under 2022."""
    found = ask(RULES, "krasnogorsk")
    assert {one.rule for one in found} == {"result_of_another_year"}
    assert Counter(one.printed for one in found) == {"2020": 4, "2021": 6, "2024": 1}
    targets = [cell for cell in subject("krasnogorsk").state.cells if cell.startswith("target:")]
    assert len(targets) == 11 + (16 - 11) + 9


@pytest.mark.parametrize("program", ["kedrovy", "stupino"])
def test_programs_without_a_road_map_raise_nothing(program: str) -> None:
    assert not ask(RULES, program)


@pytest.mark.parametrize(
    ("rule", "program"),
    [
        (rule, program)
        for rule in RULES
        for city, program in (("Шатура", "shatura"), ("Красногорск", "krasnogorsk"))
        if rule.example.startswith(city) and re.search(r"\d", rule.example)
    ],
    ids=lambda one: getattr(one, "id", one),
)
def test_the_published_example_is_found(rule: Rule, program: str) -> None:
    found = ask([rule], program)
    assert exemplified(rule, found) or any(one.cell.split(":")[1] in rule.example for one in found)
