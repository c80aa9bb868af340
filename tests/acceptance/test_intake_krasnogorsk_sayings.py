"""What the road map of money says, cell by cell, is what its package says."""

from collections import Counter
from decimal import Decimal

from domain.values import Absent, Stated
from tests.acceptance.taken import Cells, packaged, sayings

OF_REGISTERING = ("document:", "budget:", "passport:first_year", "passport:last_year")


def money(said: Cells, part: str) -> Decimal:
    amounts = (
        value for cell, value in said.items() if cell.startswith("period-plan:") and part in cell
    )
    return sum((Decimal(one.value) for one in amounts if isinstance(one, Stated)), Decimal(0))


def test_the_sayings_are_the_cells_of_the_package() -> None:
    expected = {
        cell: value
        for cell, value in packaged("krasnogorsk").values.items()
        if not cell.startswith(OF_REGISTERING)
    }
    assert sayings("krasnogorsk") == expected


def test_measures_quarters_and_the_program_add_up_as_recomputed() -> None:
    said = sayings("krasnogorsk")
    assert {
        element: money(said, f":{element}:")
        for element in ("1.02", "1.03", "2.01", "2.02", "2.03", "2.E4")
    } == {
        "1.02": Decimal("265069000.00"),
        "1.03": Decimal("293000.00"),
        "2.01": Decimal("16221000.00"),
        "2.02": Decimal("5041000.00"),
        "2.03": Decimal("7070000.00"),
        "2.E4": Decimal("6233800.00"),
    }
    assert [money(said, f":2022-Q{n}") for n in range(1, 5)] == [
        Decimal("62526000.00"),
        Decimal("62526000.00"),
        Decimal("96525800.00"),
        Decimal("78350000.00"),
    ]


def test_a_zero_is_planned_nothing_and_an_empty_cell_says_nothing() -> None:
    said = sayings("krasnogorsk")
    zero, empty = (said[f"period-plan:2022:{line}:-:2022-Q1"] for line in ("1.03:mfc", "2.01:cod"))
    assert zero == Stated(value="0.00", printed="0")
    assert isinstance(empty, Absent)


def test_results_that_flowed_out_of_a_cell_belong_to_it() -> None:
    said = sayings("krasnogorsk")
    measured = Counter(
        value.value
        for cell, value in said.items()
        if cell.startswith("indicator:") and cell.endswith(":element") and isinstance(value, Stated)
    )
    assert measured == {"1.02": 3, "1.03": 1, "2.01": 2, "2.02": 17, "2.03": 1, "2.E4": 1}
    years = Counter(cell.rpartition(":")[2] for cell in said if cell.startswith("target:"))
    assert years.total() == 25
    assert years.total() - years["2022"] == 11, "11 of the 16 dated results are for other years"
