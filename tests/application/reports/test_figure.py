"""Figures: exact, never null, never rounded twice."""

from decimal import Decimal

import pytest

from application.reports.figure import (
    Figure,
    computed,
    difference,
    percent,
    stated,
    sum_of_lines,
    total,
)
from domain.values import AbsenceReason


def money(amount: str, position: int) -> Figure:
    return Figure(value=amount, unit="rub", position=position)


@pytest.mark.parametrize(
    ("part", "whole", "expected"),
    [
        ("99.5", "90", "110.56"),
        ("8", "9", "88.89"),
        ("1", "800", "0.13"),  # 0.125: half goes up, not to even
        ("39", "30", "130"),
        ("0", "10", "0"),
        ("-0.00", "10", "0"),
        ("9" * 28, "0." + "0" * 26 + "1", "9" * 28 + "0" * 29),
    ],
)
def test_percent_is_rounded_half_up_once(part: str, whole: str, expected: str) -> None:
    result = percent(Decimal(part), Decimal(whole))
    assert result is not None
    assert format(result, "f") == expected


def test_percent_of_nothing_or_of_zero_is_undefined() -> None:
    assert percent(None, Decimal(1)) is None
    assert percent(Decimal(1), None) is None
    assert percent(Decimal(0), Decimal(0)) is None


def test_difference_is_exact_over_all_digits() -> None:
    one, other = Decimal("1" + "0" * 27), Decimal("0." + "0" * 26 + "1")
    assert format(difference(one, other) or 0, "f") == "9" * 27 + "." + "9" * 27
    assert format(difference(Decimal("91.2"), Decimal(100)) or 0, "f") == "-8.8"


def test_a_total_leaves_absences_out_and_is_absent_without_any_value() -> None:
    empty = Figure(absent=AbsenceReason.NOT_STATED, position=2)
    assert total([money("0.10", 1), empty, money("0.20", 3)], "sum").model_dump() == {
        "value": "0.30",
        "unit": "rub",
        "rule": "sum",
        "from": (1, 3),
    }
    assert total([empty], "sum").model_dump() == {"absent": AbsenceReason.NOT_STATED}


def test_a_total_of_very_large_sums_is_exact() -> None:
    large = "9" * 25 + ".99"
    assert total([money(large, n) for n in range(100)], "sum").value == "9" * 27 + ".00"


def test_one_line_stands_as_stated_only_in_its_own_row() -> None:
    line = Figure(value="1.00", unit="rub", position=7, printed="0,001")
    assert sum_of_lines([line], finest=True) == line
    assert sum_of_lines([line], finest=False).printed is None


def test_json_has_no_nulls_and_says_from() -> None:
    figure = computed(None, "fact / plan * 100", [3, 1, 3])
    assert figure.model_dump(mode="json") == {
        "absent": "undefined",
        "rule": "fact / plan * 100",
        "from": [1, 3],
    }
    assert stated(None).model_dump(mode="json") == {"absent": "not_stated"}


def test_the_schema_shows_every_field() -> None:
    assert set(Figure.model_json_schema(mode="serialization")["properties"]) == {
        "value",
        "absent",
        "reason",
        "unit",
        "position",
        "document",
        "rule",
        "from",
        "printed",
    }
