"""Cells: figures keep their precision, money is exact, an absence is a word and never a zero."""

import re
from decimal import Decimal

import pytest
from hypothesis import given, strategies as st

from application.absences import DASH, NOT_COMPUTED, REASONS, worded
from application.intake.text import cell_value, figure as read, rubles
from application.reports.figure import Figure, computed
from application.reports.printed import Formula, PrintedCell
from application.reports.printing.cells import figure, money, summed
from domain.values import AbsenceReason, Absent, Stated

KOPECKS = st.integers(-(10**17), 10**17)

PRECISION = [
    row.split("|")
    for row in """91.2|91,2
100.0|100,0
100|100
0|0
-8.8|−8,8
-0.10|−0,10
1234|1 234
1234567.89|1 234 567,89""".splitlines()
]

THOUSANDS = [
    row.split("|")
    for row in """0.00|0,00
312480.00|312,48
1129010.00|1 129,01
17900.00|17,90
5.00|0,005
0.01|0,00001
1234567.89|1 234,56789
-31220.00|−31,22
62526000.00|62 526,00
1000000000.00|1 000 000,00""".splitlines()
]


def plain(cell: PrintedCell) -> str:
    return cell.text.replace("\u00a0", " ")


@pytest.mark.parametrize(("stated", "printed"), PRECISION)
def test_a_figure_keeps_its_precision(stated: str, printed: str) -> None:
    cell = figure(Figure(value=stated))
    assert plain(cell) == printed
    assert cell.number == Decimal(stated)


@pytest.mark.parametrize(("stated", "printed"), THOUSANDS)
def test_money_is_in_thousands_with_as_many_digits_as_it_needs(stated: str, printed: str) -> None:
    cell = money(Figure(value=stated))
    assert plain(cell) == printed
    assert cell.number == Decimal(stated) / 1000


def test_a_text_stays_as_it_is() -> None:
    assert figure(Figure(value="ДМУ=(52/57)*100")) == PrintedCell("ДМУ=(52/57)*100")


@given(KOPECKS)
def test_printed_money_reads_back_exactly(kopecks: int) -> None:
    amount = Decimal(kopecks).scaleb(-2)
    cell = money(Figure(value=format(amount, "f")))
    assert rubles(cell.text, thousands=True) == amount
    assert re.fullmatch(r"−?\d{1,3}(\u00a0\d{3})*,\d{2,5}", cell.text)
    assert cell.number is not None
    assert cell.number * 1000 == amount


@given(st.integers(-(10**17), 10**17), st.integers(0, 9))
def test_a_printed_figure_reads_back_with_its_digits(digits: int, places: int) -> None:
    stated = format(Decimal(digits).scaleb(-places), "f")
    assert format(read(figure(Figure(value=stated)).text), "f") == stated


@pytest.mark.parametrize("reason", AbsenceReason)
@pytest.mark.parametrize("printed", ["", "-", "0", "—"])
def test_an_absence_is_never_a_figure(reason: AbsenceReason, printed: str) -> None:
    cell = figure(Figure(absent=reason, printed=printed))
    assert cell.number is None
    assert not any(sign.isdigit() for sign in cell.text)
    assert cell == money(Figure(absent=reason, printed=printed))


@pytest.mark.parametrize(
    "reason", [one for one in AbsenceReason if one != AbsenceReason.NOT_REPORTED]
)
def test_a_worded_absence_means_its_reason(reason: AbsenceReason) -> None:
    assert REASONS[worded(reason, "-")] == reason


def test_only_a_printed_dash_is_a_dash() -> None:
    assert worded(AbsenceReason.NOT_STATED) == ""
    assert worded(AbsenceReason.NOT_STATED, "—") == DASH
    assert worded(AbsenceReason.NOT_REPORTED, "—") == ""


def test_a_dash_and_an_x_read_back_as_intake_reads_them() -> None:
    for reason, printed in [(AbsenceReason.NOT_STATED, "-"), (AbsenceReason.NOT_APPLICABLE, "x")]:
        said = cell_value(worded(reason, printed))
        assert isinstance(said, Absent)
        assert said.absent == reason


def test_no_two_reasons_share_a_word() -> None:
    words = [worded(reason, "-") for reason in AbsenceReason]
    assert len(set(words)) == len(words)


def test_what_no_rule_computes_is_crossed_out() -> None:
    assert figure(computed(None, "fact / plan * 100", ())).text == NOT_COMPUTED
    assert isinstance(cell_value("0"), Stated)


def test_a_sum_has_its_formula_only_if_it_adds_up() -> None:
    parts = [(1, money(Figure(value="1000.00"))), (2, PrintedCell("х"))]
    right, wrong = money(Figure(value="1000.00")), money(Figure(value="1000.01"))
    assert summed(right, parts).formula == Formula(sum_of=(1, 2))
    assert summed(wrong, parts).formula is None
    assert summed(PrintedCell(), parts).formula is None
    assert summed(PrintedCell(), [(1, PrintedCell())], blank=True).formula == Formula(sum_of=(1,))
