"""Form 1 of Kedrovy against findings.md, and what Kedrovy does not show."""

from typing import Any

from application.reports.form_1 import form_1
from domain import cells
from tests.application.reports.controls import agrees
from tests.application.reports.invented import REPORT, command, invented
from tests.application.reports.papers import Data, at, form, register, values

COLUMNS = ("deviation", "ratio", "growth")


def kedrovy(dated_by: str = "2022-02-01") -> dict[str, Data]:
    rows = form("1", "kedrovy", 2021, "2021-12-31", dated_by)["rows"]
    return {row["indicator"]: row for row in rows}


def test_ten_indicators_of_the_goal_and_the_objectives() -> None:
    groups = [(row["group"], row["group_kind"]) for row in kedrovy().values()]
    assert groups == (
        [("goal", "goal")] * 2
        + [("objective-1", "objective")] * 3
        + [("objective-2", "objective")] * 3
        + [("objective-3", "objective")] * 2
    )
    numbers = [row["number"] for row in kedrovy().values()]
    assert numbers == ["1", "2", "1", "2", "3", "1", "2", "3", "1", "2"]


def test_the_columns_are_those_of_the_contract() -> None:
    for row in kedrovy().values():
        assert set(row) >= {
            "group",
            "number",
            "indicator",
            "name",
            "unit",
            "last_fact",
            "plan",
            "fact",
            "deviation",
            "ratio",
            "growth",
            "explanation",
            "calculation",
        }


def test_the_misprint_stands_beside_what_is_right() -> None:
    row = kedrovy()["objective-1-2"]
    assert row["unit"] == "%"
    assert values([row["last_fact"], row["plan"], row["fact"]]) == ["93", "100", "91.2"]
    assert row["ratio"]["value"] == "91.2"
    assert row["ratio"]["printed"] == "9,2"
    assert row["deviation"]["value"] == "-8.8"
    assert row["growth"]["value"] == "98.06"
    assert row["fact"]["document"] == "2022-01-31-a"
    assert row["ratio"]["from"] == sorted([row["plan"]["position"], row["fact"]["position"]])
    assert row["calculation"]["value"] == "ДМУ=(52/57)*100"


def test_an_absence_is_never_zero() -> None:
    row = kedrovy()["goal-1"]
    assert row["fact"]["absent"] == "not_measured"
    assert row["fact"]["printed"] == "0"
    assert row["plan"]["value"] == "90"
    for column, printed in zip(COLUMNS, ("90", "0", "-"), strict=True):
        assert row[column]["absent"] == "undefined"
        assert "value" not in row[column]
        assert row[column]["printed"] == printed


def test_truncated_figures_stand_beside_rounded_ones() -> None:
    rows = kedrovy()
    pairs = {
        name: (rows[name]["ratio"]["value"], rows[name]["ratio"]["printed"])
        for name in ("objective-1-1", "objective-2-1", "objective-3-1")
    }
    assert pairs == {
        "objective-1-1": ("110.56", "110,5"),
        "objective-2-1": ("88.89", "88,88"),
        "objective-3-1": ("66.67", "66,6"),
    }


def test_zero_by_zero_is_undefined_and_zero_of_ten_is_zero() -> None:
    row = kedrovy()["objective-3-2"]
    assert row["growth"]["absent"] == "undefined"
    assert row["growth"]["printed"] == "0"
    assert values([row["ratio"], row["deviation"]]) == ["0", "-10"]


def test_all_printed_figures_agree_but_those_of_the_findings() -> None:
    state = at(register("kedrovy"), "2021-12-31", "2022-02-01")
    controls = {
        (parts[2], parts[1])
        for cell in state.cells
        if (parts := cells.parts(cell))[0] == "control" and parts[1] in COLUMNS
    }
    assert len(controls) == 30
    rows = kedrovy()
    wrong = {(name, column) for name, column in controls if not agrees(rows[name][column])}
    assert wrong == {
        ("goal-1", "deviation"),
        ("goal-1", "ratio"),
        ("objective-1-2", "ratio"),
        ("objective-1-1", "ratio"),
        ("objective-2-1", "ratio"),
        ("objective-3-1", "ratio"),
        ("objective-3-2", "growth"),
    }


def test_before_the_report_only_plans_stand() -> None:
    rows = kedrovy("2022-01-30")
    assert len(rows) == 10
    for row in rows.values():
        assert "value" in row["plan"]
        assert row["fact"] == {"absent": "not_reported"}
        assert row["last_fact"] == {"absent": "not_reported"}
        assert row["deviation"]["absent"] == "undefined"
        assert "printed" not in row["deviation"]


def test_stupino_has_27_rows_for_each_of_its_years_and_none_outside() -> None:
    for year in range(2020, 2025):
        assert len(form("1", "stupino", year)["rows"]) == 27
    assert form("1", "stupino", 2019)["rows"] == []


def facts(**values: str) -> dict[str, Any]:
    return command(
        "report_facts",
        document=REPORT,
        facts=[
            {"indicator": name, "period": "2021", "value": value} for name, value in values.items()
        ],
    )


def test_lower_is_better_divides_the_plan_by_the_fact() -> None:
    state = at(invented(facts(down="5.5", up="3")), "2021-12-31", "2022-02-01")
    rows = {row.indicator: row for row in form_1(state, 2021).rows}
    assert set(rows) == {"up", "down"}
    assert (rows["down"].ratio.value, rows["down"].ratio.rule) == ("80", "plan / fact * 100")
    assert (rows["down"].deviation.value, rows["down"].deviation.unit) == ("1.1", "%")
    assert rows["up"].ratio.absent == "undefined"
    assert rows["up"].ratio.rule == "fact / plan * 100"


def test_a_zero_fact_of_a_falling_indicator_is_undefined() -> None:
    state = at(invented(facts(down="0.0")), "2021-12-31", "2022-02-01")
    row = next(row for row in form_1(state, 2021).rows if row.indicator == "down")
    assert (row.ratio.absent, row.deviation.value) == ("undefined", "-4.4")


def test_a_fact_without_a_target_has_a_row_and_a_part_said_anew_has_none() -> None:
    anew = command(
        "amend_program",
        act={"kind": "act", "date": "2021-06-01", "number": "7"},
        lines=[{"cell": "target:up:2022", "was": {"absent": "not_stated"}, "becomes": "9"}],
        restates=["target:down:"],
    )
    register_ = invented(anew, facts(late="1"))
    rows = form_1(at(register_, "2021-12-31", "2022-02-01"), 2021).rows
    assert [row.indicator for row in rows] == ["up", "late"]
    assert rows[1].plan.absent == "not_stated"
