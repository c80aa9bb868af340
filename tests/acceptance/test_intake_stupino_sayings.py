"""What the program's three tables say, cell by cell, is what its package says."""

from collections import Counter
from decimal import Decimal

import pytest

from application.intake.intake import read
from domain.values import AbsenceReason, Absent, Stated
from tests.acceptance.taken import Cells, answers, packaged, paper, sayings

OF_REGISTERING = ("document:", "budget:")
YEARS = range(2020, 2025)


def rubles(said: Cells, cell: str) -> Decimal:
    value = said[cell]
    assert isinstance(value, Stated)
    return Decimal(value.value)


def test_the_sayings_are_the_cells_of_the_package() -> None:
    expected = {
        cell: value
        for cell, value in packaged("stupino").values.items()
        if not cell.startswith(OF_REGISTERING)
    }
    assert sayings("stupino") == expected


def test_indicators_are_counted_as_recomputed() -> None:
    said = sayings("stupino")
    types = Counter(
        v.value for c, v in said.items() if c.endswith(":type") and isinstance(v, Stated)
    )
    assert types == {"Приоритетный целевой": 25, "муниципальной программы": 2}
    directions = Counter(
        v.value for c, v in said.items() if c.endswith(":direction") and isinstance(v, Stated)
    )
    assert directions == {"increase": 19, "decrease": 8}


@pytest.mark.parametrize(
    ("cell", "printed", "amount"),
    [
        ("control:passport:municipal:total", "421 246,4", "421246400.00"),
        ("control:financing:program:municipal:total", "421 246,1", "421246100.00"),
        ("control:passport:all:total", "423 767,8", "423767800.00"),
        ("control:financing:program:all:total", "423 767,8", "423767800.00"),
        ("control:passport:federal:total", "0", "0.00"),
    ],
)
def test_printed_sums_stay_as_printed(cell: str, printed: str, amount: str) -> None:
    assert sayings("stupino")[cell] == Stated(value=amount, printed=printed)


def test_lines_add_up_to_the_sums_of_the_appendix() -> None:
    said = sayings("stupino")
    for year in YEARS:
        lines = [
            rubles(said, f"appropriation:{year}:{element}:-:{source}")
            for element in ("1", "2")
            for source in ("municipal", "regional", "off_budget")
        ]
        assert sum(lines) == rubles(said, f"control:financing:program:all:{year}")


def test_the_federal_source_stands_in_the_passport_only() -> None:
    federal = [cell for cell in sayings("stupino") if ":federal" in cell]
    assert federal == ["control:passport:federal:total"]


@pytest.mark.parametrize(
    ("indicator", "baseline", "target"),
    [
        ("1.01-1", "96.68", "94.6"),
        ("1.02-1", "2.38", "11.5"),
        ("2.01-2", "0", "25.0"),
        ("2.03-4", "0.55", "2"),
    ],
)
def test_the_four_targets_worse_than_the_baseline(
    indicator: str, baseline: str, target: str
) -> None:
    said = sayings("stupino")
    values = [said[f"baseline:{indicator}"], said[f"target:{indicator}:2020"]]
    assert [one.value for one in values if isinstance(one, Stated)] == [baseline, target]


def test_a_dash_is_no_baseline() -> None:
    said = sayings("stupino")["baseline:1.02-2"]
    assert isinstance(said, Absent)
    assert said.absent is AbsenceReason.NOT_STATED


def test_prose_and_the_person_are_left_out_and_told() -> None:
    told = read(paper("stupino"), answers("stupino"), None).sayings.left_out
    assert [(one.at.row, one.why) for one in told] == [
        (2, "текст не переносится"),
        (6, "лицо не переносится, только должность"),
        (10, "текст не переносится"),
    ]


def test_every_figure_has_its_own_place_in_the_paper() -> None:
    found = read(paper("stupino"), answers("stupino"), None).sayings.said
    places = [one.at for one in found if one.cell.startswith(("target:", "baseline:"))]
    assert len(places) == len(set(map(str, places))) == 27 * 6
