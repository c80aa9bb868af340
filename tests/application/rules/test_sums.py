"""Money: sums on every margin, reports against payments, the layout of Form 2."""

import pytest

from application.rules import form_2, passport, sums
from tests.application.reports.invented import REPORT, command, payment, report_of_cash
from tests.application.rules.asked import after, ask, brief, invented
from tests.application.rules.tables import control, form_2 as reported, line, program, record

RULES = (*sums.RULES, *passport.RULES, *form_2.RULES)
BODIES = [{"id": name, "name": name} for name in ("school", "library", "office")]
CLEAN = """
element | executor | plan     | cash     | percent
program | all      | 1 129,01 | 1 097,79 |
program | school   | 312,48   | 312,48   |
program | library  | 30,00    | 30,00    |
program | office   | 786,53   | 755,31   |
m       | all      | 1 129,01 | 1 097,79 | 97,23
m       | school   | 312,48   | 312,48   |
m       | library  | 30,00    | 30,00    |
m       | office   | 786,53   | 755,31   |
m1      | all      | 342,48   | 342,48   |
m1      | school   | 312,48   | 312,48   |
m1      | library  | 30,00    | 30,00    |
m2      | office   | 786,53   | 755,31   | 96,03
"""


def test_sums_that_add_up_raise_nothing() -> None:
    assert ask(RULES, reported(CLEAN, bodies=BODIES)) == []


SLIPS = """
program | all     | 1 129,01 | 1 128,01 | plan-year | 1129010.00
program | office  | 786,53   | 786,52   | plan-year | 786530.00
m       | school  | 312,48   | 321,48   | plan-year | 312480.00
m1      | all     | 342,48   | 342,4    | plan-year | 342480.00
"""


@pytest.mark.parametrize("slip", SLIPS.strip().splitlines())
def test_a_wrong_sum_is_found_wherever_it_stands(slip: str) -> None:
    element, executor, right, wrong, column, computed = (part.strip() for part in slip.split("|"))
    table = "\n".join(
        text.replace(right, wrong, 1) if [c.strip() for c in text.split("|")][:2] == [element, executor]
        else text
        for text in CLEAN.splitlines()
    )  # fmt: skip
    found = ask(sums.RULES, reported(table, bodies=BODIES))
    if wrong == "342,4":  # for 342,48 five digits would do, but cut they are wrong
        assert found[0].message.endswith("знаки отброшены")
    assert brief(found) == [(f"control:{column}:2021:{element}:{executor}", wrong, computed)]
    assert found[0].rule == "sum_of_lines"


def test_a_body_without_lines_has_no_sum() -> None:
    found = ask(sums.RULES, reported(CLEAN + "program | nobody | 5,00 | 0,00 |", bodies=BODIES))
    assert brief(found) == [("control:plan-year:2021:program:nobody", "5,00", "0.00")]


def test_a_body_below_but_not_above_does_not_roll_up() -> None:
    below = CLEAN + "m1 | other | 0,00 | 0,00 |"
    bodies = [*BODIES, {"id": "other", "name": "Отдел образования"}]
    found = ask(RULES, reported(below, bodies=bodies))
    cell = "appropriation:2021:m1:other:-"
    assert [(one.rule, one.cell) for one in found] == [("executors_do_not_roll_up", cell)]
    assert "«Отдел образования» стоит в m1, а среди строк m его нет" in found[0].message


def test_the_program_names_those_who_have_money() -> None:
    """Who has none may miss among the rows of the whole program, who has some may not."""
    for money, rules in (("0,00", []), ("5,00", ["executors_do_not_roll_up"])):
        below = CLEAN + f"m1 | other | {money} | {money} |\nm | other | {money} | {money} |"
        bodies = [*BODIES, {"id": "other", "name": "Отдел образования"}]
        found = ask(form_2.RULES, reported(below, bodies=bodies))
        assert [one.rule for one in found] == rules


def test_two_precisions_are_one_warning_a_form() -> None:
    mixed = CLEAN.replace("30,00 ", "30,0  ")
    found = ask(RULES, reported(mixed, bodies=BODIES))
    assert [(one.rule, one.cell) for one in found] == [("two_precisions", "form-2:2021")]
    for column in ("«План на год»: ", "«Касса»: "):
        assert column in found[0].message


APPENDIX = """
element | source    | total | 2021  | 2022
m1      | municipal | 163,9 | 82,3  | 81,6
m1      | regional  | 1,5   | 1,5   | 0
m2      | municipal | 31,6  | 15,7  | 15,9
program | municipal | 195,5 | 98,0  | 97,5
program | regional  | 1,5   | 1,5   | 0
program | all       | 197,0 | 99,5  | 97,5
"""
PASSPORT = """
source    | total | 2021 | 2022
all       | 197,0 | 99,5 | 97,5
municipal | 195,5 | 98,0 | 97,5
regional  | 1,5   | 1,5  | 0
"""


def test_a_passport_that_agrees_raises_nothing() -> None:
    assert ask(RULES, program(APPENDIX, PASSPORT)) == []


def test_a_wrong_total_breaks_both_margins() -> None:
    """As in Stupino: one total is wrong by 0,3, so that the sources do not add up either."""
    wrong = PASSPORT.replace("195,5", "195,8")
    found = ask(RULES, program(APPENDIX, wrong))
    assert [(one.rule, *row) for one, row in zip(found, brief(found), strict=True)] == [
        ("passport_years", "control:passport:municipal:total", "195,8", "195500.00"),
        ("passport_sources", "control:passport:all:total", "197,0", "197300.00"),
    ]
    assert found[0].message.startswith("Напечатано 195,8, а по годам 195,5: разница 0,3")


def test_a_year_of_the_passport_is_that_of_the_appendix() -> None:
    wrong = PASSPORT.replace("1,5   | 1,5", "1,6   | 1,6").replace("99,5", "99,6")
    found = ask(RULES, program(APPENDIX, wrong.replace("197,0", "197,1")))
    assert [(one.rule, *row) for one, row in zip(found, brief(found), strict=True)] == [
        ("passport_against_appendix", "control:passport:regional:2021", "1,6", "1500.00")
    ]


def test_rounded_years_need_not_add_up() -> None:
    """0,34 + 0,34 = 0,68: printed 0,3 + 0,3 = 0,7, and every figure is right."""
    lines = [
        {"year": year, "element": "m1", "source": "municipal", "value": "340.00"}
        for year in (2021, 2022)
    ]
    figures = [
        control(f"control:passport:{source}:{column}", printed, money=True)
        for source in ("all", "municipal")
        for column, printed in (("2021", "0,3"), ("2022", "0,3"), ("total", "0,7"))
    ]
    told = invented(record(figures), appropriations=[{"executor": "-"} | one for one in lines])
    assert ask(RULES, told) == []


def test_a_source_that_the_appendix_does_not_list() -> None:
    told = program(APPENDIX, PASSPORT + "federal | 0 | |")
    found = ask(RULES, told)
    assert [(one.rule, one.cell, one.printed) for one in found] == [
        ("source_not_in_appendix", "control:passport:federal:total", "0")
    ]


def test_reported_cash_is_the_sum_of_the_payments() -> None:
    """Payments of 700 and 55,31 rubles, of which the report prints 755,30."""
    paid = [payment("70.00", "1"), payment("5.31", "2")]
    right = invented(*paid, report_of_cash("75.31", "a"))
    wrong = invented(*paid, report_of_cash("75.30", "a"))
    assert ask(sums.RULES, right) == []
    found = ask(sums.RULES, wrong)
    assert [(one.rule, *row) for one, row in zip(found, brief(found), strict=True)] == [
        ("cash_against_payments", "cash-report:2021:m1:a:municipal:2021", "75.30", "75.31")
    ]


def test_payments_after_the_report_do_not_make_it_wrong() -> None:
    told = invented(payment("70.00", "1"), report_of_cash("70.00", "a"))
    late = payment("5.00", "9")
    late["body"]["document"] |= {"date": "2022-02-01"}
    late["body"]["entries"][0] |= {"paid_on": "2021-12-30"}
    assert ask(sums.RULES, after(told, late)) == []


@pytest.mark.parametrize(("year", "rules"), [("40.00", []), ("50.00", ["quarters_against_year"])])
def test_quarters_add_up_to_the_year(year: str, rules: list[str]) -> None:
    of = {"year": 2021, "element": "m1", "executor": "a", "source": "municipal"}
    told = invented(
        appropriations=[of | {"value": year}],
        period_plans=[of | {"period": f"2021-Q{n}", "value": "10.00"} for n in range(1, 5)],
    )
    found = ask(sums.RULES, told)
    assert [one.rule for one in found] == rules
    assert all(row[1:] == ("50.00", "40.00") for row in brief(found))


@pytest.mark.parametrize(("plan", "rules"), [("9,9", []), ("9,0", ["forms_disagree_on_the_plan"])])
def test_two_forms_name_one_plan(plan: str, rules: list[str]) -> None:
    """The appendix prints tenths, the report hundredths: 9,90 is 9,9."""
    row = {"element": "m1", "executor": "a"}
    act = {"kind": "act", "type": "Постановление", "date": "2020-12-20", "number": "100"}
    told = invented(
        record(
            [control("control:financing:program:all:2021", plan, money=True)],
            document=act,
            effective_on="2021-01-01",
        ),
        record([control("control:plan-year:2021:program:all", "9,90", money=True)]),
        appropriations=[line("2021", row, "9,9")],
    )
    found = ask(sums.RULES, told)
    assert [one.rule for one in found if one.rule != "sum_of_lines"] == rules


def test_a_later_decree_makes_no_old_report_wrong() -> None:
    told = reported(CLEAN, bodies=BODIES)
    decree = {"kind": "act", "type": "Постановление", "date": "2022-03-01", "number": "9"}
    cell = "appropriation:2021:m2:office:-"
    lines = [{"cell": cell, "was": "786530.00", "becomes": "800000.00"}]
    amended = after(told, command("amend_program", act=decree, lines=lines))
    assert ask(RULES, amended) == []


def test_an_earlier_decree_that_came_in_late_does() -> None:
    told = reported(CLEAN, bodies=BODIES)
    decree = {"kind": "act", "type": "Постановление", "date": "2021-03-01", "number": "9"}
    cell = "appropriation:2021:m2:office:-"
    lines = [{"cell": cell, "was": "786530.00", "becomes": "800000.00"}]
    found = ask(sums.RULES, after(told, command("amend_program", act=decree, lines=lines)))
    assert {one.cell.split(":", 3)[3] for one in found} == {
        "program:all", "program:office", "m:all", "m:office"
    }  # fmt: skip
    assert REPORT["date"] > decree["date"]
