"""The road map of money of Krasnogorsk against findings.md."""

from tests.application.reports.papers import Data, form, values


def krasnogorsk() -> Data:
    return form("money-roadmap", "krasnogorsk", 2022)


def test_quarters_and_the_total_of_the_program() -> None:
    data = krasnogorsk()
    assert values(data["quarters"]) == ["62526000.00", "62526000.00", "96525800.00", "78350000.00"]
    assert data["total"]["value"] == "299927800.00"


def test_subprograms() -> None:
    totals = {one["element"]: one["total"]["value"] for one in krasnogorsk()["subprograms"]}
    assert totals == {"1": "265362000.00", "2": "34565800.00"}


def test_main_measures() -> None:
    rows = krasnogorsk()["rows"]
    assert [(row["subprogram"], row["element"], row["total"]["value"]) for row in rows] == [
        ("1", "1.02", "265069000.00"),
        ("1", "1.03", "293000.00"),
        ("2", "2.01", "16221000.00"),
        ("2", "2.02", "5041000.00"),
        ("2", "2.03", "7070000.00"),
        ("2", "2.E4", "6233800.00"),
    ]
    assert [row["responsible"] for row in rows] == ["МБУ «МФЦ»"] * 2 + ["МКУ «ЦОД»"] * 4


def test_zero_is_planned_nothing_and_an_empty_cell_is_said_nothing() -> None:
    rows = {row["element"]: row for row in krasnogorsk()["rows"]}
    assert values(rows["1.03"]["quarters"]) == ["0.00", "0.00", "0.00", "293000.00"]
    assert values(rows["2.01"]["quarters"]) == [None, None, "16221000.00", None]
    assert [quarter.get("absent") for quarter in rows["2.01"]["quarters"]] == [
        "not_stated",
        "not_stated",
        None,
        "not_stated",
    ]
    assert rows["1.02"]["quarters"][0]["printed"] == "62 526,00"
    assert rows["2.01"]["quarters"][0]["document"] == "2022-01-01-a"
    second = krasnogorsk()["subprograms"][1]
    assert values(second["quarters"]) == [None, None, "34565800.00", None]


def test_results_are_indicators_with_the_years_that_the_paper_names() -> None:
    results = {row["element"]: row["result"] for row in krasnogorsk()["rows"]}
    first = {one["indicator"]: one["targets"] for one in results["1.02"]}
    assert first["1.02-1"]["2022"]["value"] == "4.4"
    assert {year for one in results["2.02"] for year in one["targets"]} == {"2020", "2021", "2022"}


def test_another_year_has_no_rows() -> None:
    data = form("money-roadmap", "krasnogorsk", 2023)
    assert (data["rows"], data["subprograms"]) == ([], [])
    assert data["total"] == {"absent": "not_stated"}
