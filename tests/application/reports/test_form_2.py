"""Form 2 of Kedrovy against findings.md, and what Kedrovy does not show."""

from decimal import Decimal

from application.reports.form_2 import Form2Row, form_2
from domain import cells
from domain.dates import Register
from tests.application.reports.controls import agrees, printed_in
from tests.application.reports.invented import (
    REPORT,
    command,
    invented,
    payment,
    report_of_cash,
)
from tests.application.reports.papers import Data, at, form, register, values

MONEY = ("plan_year", "plan_period", "cash")
COLUMNS = (*MONEY, "percent_year", "percent_period")
NOTHING = Decimal(0)


def kedrovy(dated_by: str = "2022-02-01") -> Data:
    return form("2", "kedrovy", 2021, "2021-12-31", dated_by)


def by_place(data: Data) -> dict[tuple[str, str], Data]:
    """The rows as control figures name them."""
    return {(r["element"] or "program", r["executor_id"] or "all"): r for r in data["rows"]}


def test_the_total_of_the_program() -> None:
    total = kedrovy()["total"]
    assert values([total[column] for column in COLUMNS]) == [
        "1129010.00",
        "1129010.00",
        "1097790.00",
        "97.23",
        "97.23",
    ]
    assert total["executor"] is None
    assert total["code"] == ["04", "0", "0", "0"]
    assert total == kedrovy()["rows"][0]


def test_executors_and_measures() -> None:
    rows = by_place(kedrovy())
    plans = {place: row["plan_year"]["value"] for place, row in rows.items()}
    assert plans["program", "administraciya"] == "312480.00"
    assert plans["program", "kedrovskaya-cbs"] == "30000.00"
    assert plans["program", "mu-kultura"] == "786530.00"
    assert [plans[f"04.0.02.{n}", "all"] for n in (2, 3, 4, 5)] == [
        "250880.00",
        "17900.00",
        "786530.00",
        "73700.00",
    ]
    assert rows["04.0.02.2", "kedrovskaya-cbs"]["executor"] == "МУ «Кедровская ЦБС»"
    assert rows["04.0.02.4", "all"]["code"] == ["04", "0", "02", "4"]


def test_the_whole_shortfall_is_of_one_line() -> None:
    short = {
        place: Decimal(row["plan_year"]["value"]) - Decimal(row["cash"]["value"])
        for place, row in by_place(kedrovy()).items()
    }
    assert {place: s for place, s in short.items() if s and "all" not in place} == dict.fromkeys(
        [("program", "mu-kultura"), ("04.0.02.0", "mu-kultura"), ("04.0.02.4", "mu-kultura")],
        Decimal("31220.00"),
    )


def test_goals_and_objectives_have_no_money_rows() -> None:
    kinds = [row["element_kind"] for row in kedrovy()["rows"] if row["executor"] is None]
    assert kinds == [
        None,
        "main_measure",
        "measure",
        "main_measure",
        *["measure"] * 5,
        "main_measure",
        "measure",
    ]


def test_every_control_figure_agrees_but_zero_of_zero() -> None:
    state = at(register("kedrovy"), "2021-12-31", "2022-02-01")
    controls = [
        (column.replace("-", "_"), element, executor)
        for cell in state.cells
        if (parts := cells.parts(cell))[0] == "control" and len(parts) == 5 and parts[1] != "header"
        for _, column, _, element, executor in [parts]
    ]
    rows = by_place(kedrovy())
    assert len(controls) == sum(
        rows[element, executor][column].get("printed") is not None
        for column, element, executor in controls
    )
    for column, element, executor in controls:
        row = rows[element, executor]
        figure = row[column]
        if column.startswith("percent") and Decimal(row["plan_year"]["value"]) == NOTHING:
            assert (figure["absent"], figure["printed"]) == ("undefined", "0,00")
        else:
            assert agrees(figure), (column, element, executor, figure)
    printed_rows, finest_rows = 4 + 3 + 3 + 4 + 2 + 3 + 3 + 2 + 2 + 9 + 9, 17
    assert len(controls) == 5 * printed_rows - 3 * finest_rows


def test_every_printed_sum_of_a_line_is_its_value() -> None:
    rows = {
        path: figure
        for path, figure in printed_in(kedrovy()).items()
        if not path.rsplit("/", 1)[1].startswith("percent")
    }
    assert [path for path, figure in rows.items() if not agrees(figure)] == []


def test_a_row_shows_nothing_printed_where_the_paper_has_no_row() -> None:
    rows = by_place(kedrovy())
    for executor in ("otdel-obrazovaniya", "mu-cbs"):  # three lines below, one line below
        assert rows["program", executor]["plan_year"]["value"] == "0.00"
        assert "printed" not in rows["program", executor]["plan_year"]
    assert rows["04.0.03.1", "mu-cbs"]["plan_year"]["printed"] == "0,00"


def test_before_the_report_plans_stand_and_there_is_no_cash() -> None:
    total = kedrovy("2022-01-30")["total"]
    assert total["plan_year"]["value"] == "1129010.00"
    assert total["cash"]["absent"] == "not_reported"
    assert total["percent_year"]["absent"] == "undefined"


def invented_row(register_: Register, element: str | None, executor: str | None) -> Form2Row:
    rows = form_2(at(register_, "2021-12-31", "2022-02-01"), 2021).rows
    return next(row for row in rows if (row.element, row.executor_id) == (element, executor))


def test_payments_win_over_the_report_line_by_line() -> None:
    register_ = invented(
        payment("10.00", "1"),
        payment("5.50", "2"),
        report_of_cash("99.00", "a"),
        report_of_cash("20.00", "a", "regional"),
    )
    row = invented_row(register_, "m1", "a")
    assert (row.plan_year.value, row.cash.value) == ("150.00", "35.50")
    assert row.percent_year.value == "23.67"
    assert row.plan_period.absent == "not_stated"
    assert row.percent_period.absent == "undefined"


def test_rows_without_code_and_without_money_stand() -> None:
    register_ = invented()
    second = invented_row(register_, "m2", None)
    assert (second.code, second.plan_year.absent, second.cash.absent) == (
        None,
        "not_stated",
        "not_reported",
    )
    assert invented_row(register_, "m1", None).code == ("09", "1", "01", "1")


def test_money_of_nobody_named_has_its_row_only_beside_others() -> None:
    register_ = invented()
    rows = form_2(at(register_, "2021-12-31", "2022-02-01"), 2021).rows
    assert [(row.element, row.executor) for row in rows if row.element != "m2"] == [
        (None, None),
        (None, "-"),
        (None, "Вторая служба"),
        (None, "Первая служба"),
        ("m", None),
        ("m", "-"),
        ("m", "Вторая служба"),
        ("m", "Первая служба"),
        ("m1", None),
        ("m1", "Вторая служба"),
        ("m1", "Первая служба"),
    ]
    assert rows[0].plan_year.value == "160.00"


def test_a_line_that_a_decree_leaves_out_has_no_row() -> None:
    anew = command(
        "amend_program",
        act={"kind": "act", "date": "2021-06-01", "number": "7"},
        lines=[{"cell": "appropriation:2021:m1:a:municipal", "was": "100.00", "becomes": "70.00"}],
        restates=["appropriation:2021:m1:"],
    )
    rows = form_2(at(invented(anew), "2021-12-31", "2022-02-01"), 2021).rows
    assert [row.executor_id for row in rows if row.element == "m1"] == [None, "a"]
    assert rows[0].plan_year.value == "72.00"


def test_no_row_repeats_the_total_where_no_executor_is_named() -> None:
    rows = form("2", "stupino", 2020)["rows"]
    assert {row["executor"] for row in rows} == {None}
    assert [row["plan_year"].get("value") for row in rows[:2]] == ["99822700.00", "82348000.00"]


def test_explanations_roll_up_with_their_lines() -> None:
    def explain(executor: str, text: str) -> dict[str, object]:
        line = {"year": 2021, "element": "m1", "executor": executor, "source": "municipal"}
        return command(
            "explain_deviation", document=REPORT, period="2021", line=line, explanation=text
        )

    register_ = invented(explain("a", "торги"), explain("b", "погода"))
    assert invented_row(register_, "m1", "a").explanation.value == "торги"
    assert invented_row(register_, None, None).explanation.value == "погода; торги"
    assert invented_row(register_, "m2", None).explanation.absent == "not_stated"


def test_a_quarter_has_its_own_plan_and_no_figures_of_the_whole_year() -> None:
    rows = form_2(at(register("krasnogorsk"), "2022-12-31", "2022-12-31"), 2022, "2022-Q1").rows
    assert rows[0].plan_period.value == "62526000.00"
    assert rows[0].plan_year.absent == "not_stated"
    whole = form_2(at(register("kedrovy"), "2021-12-31", "2022-02-01"), 2021, "2021-Q1").rows[0]
    assert whole.plan_year.printed == "1 129,01"
    assert (whole.plan_period.absent, whole.plan_period.printed) == ("not_stated", None)
    assert (whole.cash.absent, whole.cash.printed) == ("not_reported", None)


def test_what_a_decree_removes_is_gone_from_form_and_total() -> None:
    removal = command(
        "amend_program",
        act={"kind": "act", "date": "2021-06-01", "number": "7"},
        lines=[{"cell": "element:m1:kind", "was": "measure", "becomes": {"absent": "not_stated"}}],
    )
    register_ = invented(removal)
    assert "m1" not in {
        row.element for row in form_2(at(register_, "2021-12-31", "2022-02-01"), 2021).rows
    }
    assert invented_row(register_, None, None).plan_year.value == "2.00"
