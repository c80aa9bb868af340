"""What official forms look like, and the figures of findings.md in them."""

import time

import pytest

from application.reports.printed import PrintedForm, PrintedRow, PrintedTable
from application.reports.printing.about import INVENTED
from application.reports.printing.forms import BLANKS, PRINTED
from tests.application.reports.invented import invented, payment, report_of_cash
from tests.application.reports.printing.seen import (
    POSITION,
    PROGRAMS,
    of_program,
    printed,
    seen,
    state,
)

SLOWEST = 0.2


def texts(row: PrintedRow) -> list[str]:
    return [cell.text.replace("\u00a0", " ") for cell in row.cells]


def column(table: PrintedTable, field: str) -> list[str]:
    place = [one.field for one in table.columns].index(field)
    return [texts(row)[place] for row in table.rows if row.kind != "group"]


EVERY_FORM = [(form, program, year) for program, year in PROGRAMS for form in PRINTED]


@pytest.mark.parametrize(("form", "program", "year"), EVERY_FORM)
def test_every_form_of_every_program_is_printed_at_once(form: str, program: str, year: int) -> None:
    at, whose = of_program(program, f"{year}-12-31", "2026-10-01")
    took = []
    for _ in range(3):
        start = time.perf_counter()
        told = PRINTED[form](at, year, whose)
        took.append(time.perf_counter() - start)
    assert min(took) < SLOWEST
    assert (told.program, told.form, told.year, told.position) == (program, form, year, POSITION)
    assert bool(told.invented) == (program == "sample")
    for table in told.tables:
        assert len({one.field for one in table.columns}) == len(table.columns)
        assert {len(row.cells) for row in table.rows} <= {len(table.columns)}


@pytest.mark.parametrize(("form", "program", "year"), EVERY_FORM)
def test_a_form_is_printed_before_anything_was_said(form: str, program: str, year: int) -> None:
    at, whose = of_program(program, "2019-01-01", "2018-01-01")
    assert PRINTED[form](at, year, whose).title


def test_figures_stand_to_the_right() -> None:
    for form, program, year in EVERY_FORM:
        for table in printed(form, program, year).tables:
            for place, one in enumerate(table.columns):
                if any(row.cells[place].number is not None for row in table.rows):
                    assert one.align == "right", (form, one.field)


def test_the_columns_of_form_1_are_eleven_under_a_merged_header() -> None:
    columns = printed("1", "kedrovy", 2021).tables[0].columns
    assert len(columns) == 11
    merged = [one.field for one in columns if one.titles[0] == "Значение показателя"]
    assert merged == ["last_fact", "plan", "fact"]


def test_form_1_prints_what_is_right() -> None:
    table = printed("1", "kedrovy", 2021, "2021-12-31", "2022-02-01").tables[0]
    assert column(table, "ratio") == (
        ["х", "100", "110,56", "91,2", "100", "88,89", "150", "130", "66,67", "0"]
    )
    assert column(table, "deviation") == [
        "х",
        "0",
        "9,5",
        "−8,8",
        "0",
        "−1",
        "150",
        "9",
        "−10",
        "−10",
    ]
    assert column(table, "growth") == [
        "х",
        "100",
        "101,63",
        "98,06",
        "100",
        "160",
        "150",
        "260",
        "100",
        "х",
    ]
    assert column(table, "fact")[0] == "не измерялся"
    assert [row.cells[0].text[:19] for row in table.rows if row.kind == "group"] == [
        "Показатели цели «Со",
        *(f"Показатели задачи {n}" for n in (1, 2, 3)),
    ]


def test_form_2_prints_the_sums_of_findings() -> None:
    table = printed("2", "kedrovy", 2021, "2021-12-31", "2022-02-01").tables[0]
    assert [one.titles[-1] for one in table.columns[:4]] == ["МП", "Пп", "ОМ", "М"]
    whole = texts(table.rows[0])
    assert whole[:4] == ["04", "0", "0", "0"]
    assert whole[5:11] == ["Всего", "1 129,01", "1 129,01", "1 097,79", "97,23", "97,23"]
    spent = {(texts(row)[5], texts(row)[6]) for row in table.rows[1:10]}
    assert {
        ("Администрация города Кедрового", "312,48"),
        ("МУ «Кедровская ЦБС»", "30,00"),
        ("МУ «Культура»", "786,53"),
    } <= spent
    headed = [texts(row)[0] for row in table.rows if row.kind == "group"]
    assert [text[:9] for text in headed] == ["Задача 1.", "Задача 2.", "Задача 3."]


def test_zero_of_zero_is_no_percent() -> None:
    table = printed("2", "kedrovy", 2021, "2021-12-31", "2022-02-01").tables[0]
    zero = [texts(row) for row in table.rows if row.kind != "group" and texts(row)[6] == "0,00"]
    assert zero
    assert {row[9] for row in zero} == {"х"}


def test_form_3_lists_acts_and_tells_which_lie_outside() -> None:
    told = printed("3", "kedrovy", 2021, "2021-12-31", "2022-02-01")
    assert [texts(row) for row in told.tables[0].rows] == [
        [
            "1",
            "Постановление Администрации города Кедрового",
            "24.03.2021",
            "55",
            "О внесении изменений",
        ],
        [
            "2",
            "Постановление Администрации города Кедрового",
            "31.01.2022",
            "22",
            "О внесении изменений",
        ],
    ]
    assert told.notes == ("Приняты вне отчетного периода: от 31.01.2022 № 22",)


def test_financing_prints_the_totals_of_stupino() -> None:
    table = printed("financing", "stupino", 2020).tables[0]
    by_name = {texts(row)[0]: texts(row)[2:] for row in table.rows if row.cells[0].text}
    assert by_name["ИТОГО по муниципальной программе"] == [
        "423 767,80",
        "99 822,70",
        "98 398,30",
        "75 438,60",
        "74 811,10",
        "75 297,10",
    ]
    assert by_name["Всего по подпрограмме II"][0] == "78 639,80"
    assert texts(table.rows[-2])[1:3] == ["Местный бюджет", "421 246,10"]


def test_the_money_road_map_prints_the_totals_of_krasnogorsk() -> None:
    rows = printed("money-roadmap", "krasnogorsk", 2022).tables[0].rows
    whole = {texts(row)[0]: texts(row)[2:6] for row in rows if row.kind == "total"}
    assert whole == {
        "Всего по подпрограмме I": ["62 526,00", "62 526,00", "61 960,00", "78 350,00"],
        "Всего по подпрограмме II": ["", "", "34 565,80", ""],
        "Всего по муниципальной программе": ["62 526,00", "62 526,00", "96 525,80", "78 350,00"],
    }
    nothing, empty = ([texts(row)[2] for row in rows][n] for n in (2, 5))
    assert (nothing, empty) == ("0,00", "")


def test_the_footer_tells_the_viewpoint_and_the_edition() -> None:
    at, _ = of_program("kedrovy", "2021-12-31", "2022-02-01")
    whose = seen("kedrovy", "2021-12-31", "2022-02-01", "2021-03-24-55")
    municipality, viewpoint = PRINTED["1"](at, 2021, whose).about
    assert municipality == "Город Кедровый"
    assert viewpoint == (
        "По состоянию на 31.12.2021, по документам на 01.02.2022 (в редакции: Постановление от "
        "24.03.2021 № 55), по сведениям на запись № 148"
    )


def test_titles_name_form_municipality_program_and_year() -> None:
    title = printed("2", "kedrovy", 2021).title
    assert title[0].startswith("Форма 2. ")
    assert title[1] == "Город Кедровый"
    assert title[2].startswith("Муниципальная программа «Развитие")
    assert title[3] == "за 2021 год"


def test_invented_data_say_so() -> None:
    assert printed("1", "sample", 2024).invented == INVENTED


def figures_of(told: PrintedForm, field: str) -> list[str]:
    return [text for table in told.tables for text in column(table, field)]


def test_a_blank_asks_for_what_is_not_known() -> None:
    at, whose = of_program("kedrovy", "2021-12-31", "2022-02-01")
    one, two = (BLANKS[name](at, 2021, whose) for name in ("1", "2"))
    assert set(figures_of(one, "fact")) == set(figures_of(two, "cash")) == {""}
    assert figures_of(one, "plan")[:3] == ["90", "100", "90"]
    assert figures_of(two, "plan_year")[0] == "1 129,01"
    assert set(figures_of(one, "explanation") + figures_of(one, "calculation")) == {""}
    for told, waiting in ((one, ("deviation", "ratio", "growth")), (two, ("percent_year",))):
        fields = [of.field for of in told.tables[0].columns]
        for row in told.tables[0].rows:
            for field in waiting if row.kind != "group" else ():
                cell = row.cells[fields.index(field)]
                assert not cell.text
                assert cell.formula
                assert cell.formula.text.startswith("IF(")


def test_a_line_under_a_sum_is_no_sum() -> None:
    """The invented measure `m` has 2 rubles of its own over what its part `m1` has from two sources."""
    told = invented(payment("30.00", "1"), report_of_cash("8.00", "b"))
    at, whose = (
        state(told, "2021-12-31", "2022-12-31"),
        seen("invented", "2021-12-31", "2022-12-31"),
    )
    table = PRINTED["2"](at, 2021, whose).tables[0]
    assert [texts(row)[4:10] for row in table.rows if row.kind != "group"][4:] == [
        ["Основное мероприятие «Мероприятие»", "Всего", "Всего", "0,16", "", "0,038"],
        ["", "–", "Местный бюджет", "0,002", "", ""],
        ["", "Вторая служба", "Всего", "0,008", "", "0,008"],
        ["", "Первая служба", "Всего", "0,15", "", "0,03"],
        ["Первое", "Всего", "Всего", "0,158", "", "0,038"],
        ["", "Вторая служба", "Местный бюджет", "0,008", "", "0,008"],
        ["", "Первая служба", "Всего", "0,15", "", "0,03"],
        ["", "Первая служба", "Региональный бюджет", "0,05", "", ""],
        ["", "Первая служба", "Местный бюджет", "0,10", "", "0,03"],
        ["Второе", "Всего", "Всего", "", "", ""],
    ]
