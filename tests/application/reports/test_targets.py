"""Planned results of Stupino against findings.md."""

from tests.application.reports.papers import Data, form

YEARS = {str(year) for year in range(2020, 2025)}


def stupino() -> list[Data]:
    rows: list[Data] = form("targets", "stupino", 2020)["rows"]
    return rows


def test_27_indicators_8_of_them_lower_is_better() -> None:
    assert len(stupino()) == 27
    assert sum(row["direction"] == "decrease" for row in stupino()) == 8


def test_25_priority_targets_and_2_of_the_program() -> None:
    types = [row["type"].casefold() for row in stupino()]
    assert sum(type_.startswith("приоритетный") for type_ in types) == 25
    assert sum(type_ == "муниципальной программы" for type_ in types) == 2


def test_every_year_of_the_program_has_its_target() -> None:
    for row in stupino():
        assert set(row["targets"]) == YEARS
        assert row["element_name"]


def test_a_dash_for_a_baseline_is_an_absence_and_a_zero_target_is_zero() -> None:
    row = next(row for row in stupino() if row["indicator"] == "1.02-2")
    assert row["baseline"]["absent"] == "not_stated"
    assert row["baseline"]["printed"] == "-"
    assert {target["value"] for target in row["targets"].values()} == {"0"}
    assert sum("absent" in row["baseline"] for row in stupino()) == 1


def test_targets_worse_than_the_baseline_are_as_in_the_paper() -> None:
    pairs = [
        (row["baseline"]["value"], {target["value"] for target in row["targets"].values()})
        for row in stupino()
        if "value" in row["baseline"]
    ]
    for baseline, target in (("96.68", "94.6"), ("2.38", "11.5"), ("0", "25.0"), ("0.55", "2")):
        assert any(baseline == base and target in targets for base, targets in pairs), baseline
