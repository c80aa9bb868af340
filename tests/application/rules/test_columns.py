"""Computed columns of Form 1 and Form 2: what raises a finding, and what does not."""

from decimal import Decimal

import pytest

from application.rules.columns import RULES
from application.rules.figures import Slip, russian, slip, wrong_digit
from tests.application.rules.asked import ask, brief
from tests.application.rules.tables import form_1, form_2

Found = list[tuple[str, str, str]]

RAISED: dict[str, tuple[str, Found]] = {
    "figure_of_an_absence": (
        """
        indicator | plan | fact | deviation | ratio
        survey    | 90   | 0?   | 90        | 0
        """,
        [("deviation:survey", "90", ""), ("ratio:survey", "0", "")],
    ),
    "division_by_zero": (
        """
        indicator | last | plan | fact | ratio | growth
        trained   | 0    | 10   | 0    | 0     | 0
        """,
        [("growth:trained", "0", "")],
    ),
    "figure_truncated": (
        """
        indicator | last | plan | fact | deviation | ratio | growth
        hearings  | 5    | 9    | 8    | -1        | 88,88 | 160
        services  | 97,9 | 90   | 99,5 | 9,5       | 110,5 | 101,63
        """,
        [("ratio:hearings", "88,88", "88.89"), ("ratio:services", "110,5", "110.56")],
    ),
    "figure_rounded_otherwise": (
        """
        indicator | plan | fact | ratio
        third     | 3    | 1    | 34
        """,
        [("ratio:third", "34", "33.33")],
    ),
    "figure_of_wrong_sign": (
        """
        indicator | plan | fact | deviation
        portal    | 100  | 91,2 | 8,8
        """,
        [("deviation:portal", "8,8", "-8.8")],
    ),
    "figure_misprinted": (
        """
        indicator | last | plan | fact | deviation | ratio | growth
        portal    | 93   | 100  | 91,2 | -8,8      | 9,2   | 98,06
        """,
        [("ratio:portal", "9,2", "91.2")],
    ),
    "ratio_in_place_of_growth": (
        """
        indicator | last | plan | fact | ratio
        hearings  | 5    | 9    | 8    | 160
        """,
        [("ratio:hearings", "160", "88.89")],
    ),
    "figure_differs": (
        """
        indicator | plan | fact | ratio
        events    | 30   | 39   | 142,5
        """,
        [("ratio:events", "142,5", "130")],
    ),
    "figure_left_out": (
        """
        indicator | last | plan | fact | growth
        hearings  | 5    | 9    | 8    | -
        """,
        [("growth:hearings", "-", "160")],
    ),
}
CLEAN = """
indicator | direction | last | plan | fact | deviation | ratio | growth
services  | increase  | 97,9 | 90   | 99,5 | 9,5       | 110,6 | 101,63
half-up   | increase  | 8    | 8    | 1    | −7        | 12,5  | 13
survey    | increase  | -    | 90   | 0?   | -         | -     | -
trained   | increase  | 0    | 10   | 0    | -10       | 0     | -
turned    | decrease  | 15   | 10   | 12,5 | 2,5       | 80    | 83,33
as-it-is  | decrease  | 15   | 10   | 12,5 | 2,5       | 125   | 83,3
none-left | decrease  | 1    | 0,1  | 0    | -0,1      | -     | 0
empty     | increase  |      |      | 5    |           |       |
thousands | increase  | 1 000 | 1 500 | 1 250,5 | −249,5 | 83,37 | 125,05
"""
HEADER = "Относительное отклонение факта от плана, %"


@pytest.mark.parametrize("rule", RAISED)
def test_a_figure_that_does_not_follow_is_found_by_its_rule_alone(rule: str) -> None:
    table, expected = RAISED[rule]
    found = ask(RULES, form_1(table))
    assert {one.rule for one in found} == {rule}
    cells = [(f"control:{cell}:2021", printed, right) for cell, printed, right in expected]
    assert sorted(brief(found)) == cells


def test_figures_that_follow_raise_nothing() -> None:
    assert ask(RULES, form_1(CLEAN)) == []


def test_a_message_has_the_figures_as_papers_print_them() -> None:
    table, _ = RAISED["figure_truncated"]
    first = next(one for one in ask(RULES, form_1(table)) if "services" in one.cell)
    assert first.message == (
        "Отношение факта к плану: напечатано 110,5, а 99,5 ÷ 90 × 100 = 110,56: "
        "знаки отброшены, округлённо 110,6"
    )


COLUMN_OF_CHANGES = """
indicator | last | plan | fact | ratio
services  | 97,9 | 90   | 99   | 10
portal    | 93   | 100  | 91,2 | -8,8
hearings  | 5    | 9    | 8    | -11,1
"""
COLUMN_OF_SHARES = """
indicator | last | plan | fact | ratio
services  | 97,9 | 90   | 99   | 110
portal    | 93   | 100  | 91,2 | 91,2
hearings  | 5    | 9    | 8    | 88,9
"""


@pytest.mark.parametrize(
    ("table", "header", "found"),
    [
        (COLUMN_OF_SHARES, HEADER, 1),
        (COLUMN_OF_CHANGES, HEADER, 0),
        (COLUMN_OF_SHARES, "Процент выполнения плана", 0),
        (COLUMN_OF_CHANGES, "Процент выполнения плана", 1),
        (COLUMN_OF_SHARES, "Графа", 0),
    ],
)
def test_a_column_is_read_by_its_figures_and_held_against_its_header(
    table: str, header: str, found: int
) -> None:
    told = ask(RULES, form_1(table, ("ratio", header)))
    assert [(one.rule, one.cell, one.printed) for one in told] == found * [
        ("column_against_header", "control:header:form-1:ratio:2021", header)
    ]


def test_growth_may_be_printed_as_an_increase() -> None:
    table = """
    indicator | last | fact | growth
    portal    | 80   | 100  | 25
    hearings  | 5    | 8    | 60
    """
    assert ask(RULES, form_1(table)) == []
    assert [f.rule for f in ask(RULES, form_1(table, ("growth", "Темп роста, %")))] == [
        "column_against_header"
    ]


PERCENTS = """
element | executor | plan | cash | percent
m1      | a        | 8,00 | 7,00 | 87,5
m1      | b        | 0,00 | 0,00 | 0,00
m1      | all      | 8,00 | 7,00 | 87,50
m2      | a        | 0,00 | 0,00 | 0,00
"""


def test_nothing_of_nothing_is_one_warning_a_form() -> None:
    found = ask(RULES, form_2(PERCENTS))
    assert [(one.rule, *row) for one, row in zip(found, brief(found), strict=True)] == [
        ("zero_of_zero", "form-2:2021", "0,00", "")
    ]
    assert found[0].message.endswith("таких ячеек 2")
    dashes = PERCENTS.replace("0,00 | 0,00 | 0,00", "0,00 | 0,00 | -")
    assert ask(RULES, form_2(dashes)) == []


def test_a_percent_of_nothing_that_is_not_zero_is_an_error_of_its_own() -> None:
    table = PERCENTS.replace("0,00 | 0,00 | 0,00", "0,00 | 0,00 | 100", 1)
    found = ask(RULES, form_2(table))
    assert [(one.rule, one.printed) for one in found] == [
        ("division_by_zero", "100"),
        ("zero_of_zero", "0,00"),
    ]


def test_percents_of_form_2_are_recomputed() -> None:
    found = ask(RULES, form_2(PERCENTS.replace("87,50", "97,50")), "figure_misprinted")
    assert brief(found) == [("control:percent-year:2021:m1:all", "97,50", "87.5")]


def test_money_without_a_plan_has_no_percent() -> None:
    table = """
    element | executor | plan | cash | percent
    m1      | a        | 0,00 | 5,00 | 100
    """
    found = ask(RULES, form_2(table))
    assert [(one.rule, one.printed) for one in found] == [("division_by_zero", "100")]


SLIPS = """
91,2     | 9,2      | digit             | потеряна цифра 1
91,2     | 91,22    | digit             | лишняя цифра 2
91,2     | 991,2    | digit             | лишняя цифра 9
1 129,01 | 1 219,01 | digit             | цифры переставлены
97,2     | 9,72     | digit             | сдвинута запятая
421,1    | 421,4    | digit             | вместо цифры 1 стоит 4
88,888   | 88,88    | truncated         |
88,885   | 88,88    | truncated         |
88,881   | 88,89    | rounded otherwise |
88,889   | 88,89    |                   |
-8,8     | 8,8      | sign              |
7        | 5        | other             |
33,3     | 99,7     | other             |
"""


@pytest.mark.parametrize("case", SLIPS.strip().splitlines())
def test_truncation_rounding_sign_and_misprint_are_told_apart(case: str) -> None:
    exact, printed, kind, words = (
        part.strip().replace(" ", "").replace(",", ".") if n < 2 else part.strip()
        for n, part in enumerate(case.split("|"))
    )
    missed = slip(Decimal(printed), Decimal(exact))
    assert (missed or "") == kind
    if kind == Slip.DIGIT:
        assert wrong_digit(Decimal(printed), Decimal(exact)) == words


def test_figures_are_shown_as_russian_papers_print_them() -> None:
    assert russian(Decimal("-1129010.50")) == "−1\u00a0129\u00a0010,50"
