"""The official forms of the four papers over HTTP, with the figures that were recomputed from them."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.api.town import refusal

FORMS = ("1", "2", "3", "passport", "financing", "targets", "money-roadmap", "procedures")
PROGRAMS = {"kedrovy": 2021, "stupino": 2022, "krasnogorsk": 2022, "shatura": 2020, "sample": 2024}
COLUMNS = {
    "1": "group number indicator name unit last_fact plan fact deviation ratio growth explanation "
    "calculation",
    "2": "code name executor plan_year plan_period cash percent_year percent_period explanation",
    "3": "act kind date number summary content_stated in_period",
    "financing": "element source total years",
    "money-roadmap": "element responsible quarters result",
    "procedures": "indicator number parent title result responsible windows torn",
}


def form(papers: TestClient, name: str, program: str, **asked: Any) -> Any:
    asked.setdefault("year", PROGRAMS[program])
    answer = papers.get(f"/api/v1/programs/{program}/forms/{name}.json", params=asked)
    assert answer.status_code == 200, answer.text
    return answer.json()["data"]


def said(figure: Any) -> str:
    """A figure's value, or the name of its absence: exactly one of them is there."""
    assert ("value" in figure) != ("absent" in figure), figure
    return str(figure.get("value", figure.get("absent")))


@pytest.mark.parametrize("program", PROGRAMS)
@pytest.mark.parametrize("name", FORMS)
def test_every_program_has_every_form(papers: TestClient, program: str, name: str) -> None:
    data = form(papers, name, program)
    for row in data.get("rows", ()):
        assert set(COLUMNS.get(name, "").split()) <= row.keys()


FORM_1 = """
goal-1        | not_measured | 90  | not_measured | undefined | undefined | undefined
goal-2        | 100          | 100 | 100          | 0         | 100       | 100
objective-1-1 | 97.9         | 90  | 99.5         | 9.5       | 110.56    | 101.63
objective-1-2 | 93           | 100 | 91.2         | -8.8      | 91.2      | 98.06
objective-1-3 | 100          | 100 | 100          | 0         | 100       | 100
objective-2-1 | 5            | 9   | 8            | -1        | 88.89     | 160
objective-2-2 | 300          | 300 | 450          | 150       | 150       | 150
objective-2-3 | 15           | 30  | 39           | 9         | 130       | 260
objective-3-1 | 20           | 30  | 20           | -10       | 66.67     | 100
objective-3-2 | 0            | 10  | 0            | -10       | 0         | undefined
"""


def test_form_1_of_kedrovy_is_recomputed(papers: TestClient) -> None:
    rows = form(papers, "1", "kedrovy")["rows"]
    columns = ("last_fact", "plan", "fact", "deviation", "ratio", "growth")
    told = [[row["indicator"], *(said(row[column]) for column in columns)] for row in rows]
    assert told == [[c.strip() for c in line.split("|")] for line in FORM_1.strip().splitlines()]


@pytest.mark.parametrize(
    ("indicator", "column", "printed", "right"),
    [
        ("goal-1", "fact", "0", "not_measured"),
        ("goal-1", "deviation", "90", "undefined"),
        ("goal-1", "ratio", "0", "undefined"),
        ("objective-1-1", "ratio", "110,5", "110.56"),
        ("objective-1-2", "ratio", "9,2", "91.2"),
        ("objective-2-1", "ratio", "88,88", "88.89"),
        ("objective-3-1", "ratio", "66,6", "66.67"),
        ("objective-3-2", "growth", "0", "undefined"),
    ],
)
def test_what_kedrovy_prints_stands_beside_what_is_right(
    papers: TestClient, indicator: str, column: str, printed: str, right: str
) -> None:
    rows = {row["indicator"]: row for row in form(papers, "1", "kedrovy")["rows"]}
    assert (rows[indicator][column]["printed"], said(rows[indicator][column])) == (printed, right)


def test_a_stated_figure_names_its_document_and_a_computed_one_its_sources(
    papers: TestClient,
) -> None:
    row = next(r for r in form(papers, "1", "kedrovy")["rows"] if r["indicator"] == "objective-1-2")
    assert row["fact"]["document"] == "2022-01-31-a"
    assert row["fact"]["unit"] == row["ratio"]["unit"] == "%"
    assert row["ratio"]["from"] == sorted([row["plan"]["position"], row["fact"]["position"]])
    assert row["ratio"]["rule"]
    absent = form(papers, "1", "kedrovy")["rows"][0]["fact"]
    assert absent["reason"]
    assert None not in absent.values()


def test_form_2_of_kedrovy_adds_up(papers: TestClient) -> None:
    data = form(papers, "2", "kedrovy")
    columns = ("plan_year", "plan_period", "cash", "percent_year", "percent_period")
    assert [said(data["total"][c]) for c in columns] == [
        *("1129010.00", "1129010.00", "1097790.00", "97.23", "97.23")
    ]
    assert (data["total"]["executor"], data["total"]["code"]) == (None, ["04", "0", "0", "0"])
    whole = {r["executor"]: said(r["plan_year"]) for r in data["rows"] if r["element"] is None}
    assert whole["Администрация города Кедрового"] == "312480.00"
    assert whole["МУ «Кедровская ЦБС»"] == "30000.00"
    assert whole["МУ «Культура»"] == "786530.00"
    short = [
        row
        for row in data["rows"]
        if row["executor"] and row["code"][3] != "0" and said(row["cash"]) != said(row["plan_year"])
    ]
    assert [(row["code"], row["executor"], said(row["cash"])) for row in short] == [
        (["04", "0", "02", "4"], "МУ «Культура»", "755310.00")
    ]


def test_form_3_of_kedrovy_has_both_acts(papers: TestClient) -> None:
    rows = form(papers, "3", "kedrovy")["rows"]
    told = [(r["act"], r["number"], r["date"], r["content_stated"], r["in_period"]) for r in rows]
    assert told == [
        ("2021-03-24-55", "55", "2021-03-24", False, True),
        ("2022-01-31-22", "22", "2022-01-31", False, False),
    ]


def test_before_its_report_kedrovy_has_plans_only(papers: TestClient) -> None:
    asked = {"as_of": "2021-12-31", "dated_by": "2022-01-30"}
    assert [r["number"] for r in form(papers, "3", "kedrovy", **asked)["rows"]] == ["55"]
    rows = form(papers, "1", "kedrovy", **asked)["rows"]
    assert [said(row["plan"]) for row in rows][:3] == ["90", "100", "90"]
    assert {said(row["fact"]) for row in rows} == {"not_reported"}
    total = form(papers, "2", "kedrovy", **asked)["total"]
    assert [said(total[c]) for c in ("plan_year", "cash", "percent_year")] == [
        *("1129010.00", "not_reported", "undefined")
    ]


def test_the_day_after_its_report_kedrovy_has_facts_and_cash(papers: TestClient) -> None:
    asked = {"as_of": "2021-12-31", "dated_by": "2022-02-01"}
    assert [r["number"] for r in form(papers, "3", "kedrovy", **asked)["rows"]] == ["55", "22"]
    assert said(form(papers, "1", "kedrovy", **asked)["rows"][2]["fact"]) == "99.5"
    assert said(form(papers, "2", "kedrovy", **asked)["total"]["cash"]) == "1097790.00"


def test_stupino_has_its_indicators_and_two_sums_that_do_not_add_up(papers: TestClient) -> None:
    rows = form(papers, "targets", "stupino")["rows"]
    assert len(rows) == 27
    assert sum(row["type"] == "Приоритетный целевой" for row in rows) == 25
    assert sum(row["direction"] == "decrease" for row in rows) == 8
    data = form(papers, "financing", "stupino")
    assert said(data["total"]) == "423767800.00"
    passport = {row["source"]: row["total"] for row in data["passport"]}
    assert said(passport["municipal"]) == "421246100.00"
    assert passport["municipal"]["printed"] == "421 246,4"
    assert data["rows"][0]["years"].keys() == {"2020", "2021", "2022", "2023", "2024"}


def test_krasnogorsk_adds_up_by_quarter(papers: TestClient) -> None:
    data = form(papers, "money-roadmap", "krasnogorsk")
    assert [said(q) for q in data["quarters"]] == [
        *("62526000.00", "62526000.00", "96525800.00", "78350000.00")
    ]
    assert said(data["total"]) == "299927800.00"
    assert [said(s["total"]) for s in data["subprograms"]] == ["265362000.00", "34565800.00"]
    assert [said(row["total"]) for row in data["rows"]] == [
        *("265069000.00", "293000.00", "16221000.00", "5041000.00", "7070000.00", "6233800.00")
    ]
    planned_nothing, said_nothing = data["rows"][1]["quarters"][0], data["rows"][2]["quarters"][0]
    assert (said(planned_nothing), said(said_nothing)) == ("0.00", "not_stated")


def test_shatura_has_its_procedures_and_the_torn_one(papers: TestClient) -> None:
    rows = form(papers, "procedures", "shatura")["rows"]
    assert len({row["indicator"] for row in rows}) == 20
    assert len(rows) == 113
    assert sum(row["parent"] is not None for row in rows) == 37
    assert sum(len(row["windows"]) for row in rows) == 884
    assert all({"starts_on", "ends_on"} <= w.keys() for row in rows for w in row["windows"])
    torn = [row for row in rows if row["torn"]]
    assert [(row["number"], row["windows"], row["responsible"]) for row in torn] == [
        ("2.", [], None)
    ]
    assert len(papers.get("/api/v1/programs/shatura/indicators").json()["data"]) == 20


def test_there_are_no_other_forms(papers: TestClient) -> None:
    answer = papers.get("/api/v1/programs/kedrovy/forms/9.json?year=2021")
    assert (answer.status_code, refusal(answer)) == (404, "unknown_form")
    assert papers.get("/api/v1/programs/kedrovy/forms/1.json").status_code == 422
    assert papers.get("/api/v1/programs/kedrovy/forms/1.json?year=20211").status_code == 422
