"""The benchmarks run and give figures; how good these are is told by docs/benchmarks.md."""

import math

from tests.benchmarks.__main__ import figures
from tests.benchmarks.timing import Figure
from tests.benchmarks.workbook import handing_in


def test_all_figures_are_there() -> None:
    found = list(figures(events=3_000, repetitions=2))
    assert len(found) == 14
    for figure in found:
        _check(figure)


def test_a_workbook_is_handed_in_stage_by_stage() -> None:
    *found, stages = handing_in(rows=6_000, rounds=1)
    assert len(found) == 3
    for figure in found:
        assert isinstance(figure, Figure)
        assert figure.events == 6_000
        _check(figure)
    assert "| append | 0.00 | 0% |" in str(stages), "a dry run appends nothing"
    assert "| 0.00 | 0% |\n" not in str(stages), "a commit goes through all stages"


def _check(figure: Figure) -> None:
    assert math.isfinite(figure.ratio)
    assert figure.ratio > 0
    assert f"| {figure.ratio:.2f} |" in str(figure)
