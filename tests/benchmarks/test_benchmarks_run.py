"""The benchmarks run and give figures; how good these are is told by docs/benchmarks.md."""

import math

from tests.benchmarks.__main__ import figures


def test_all_figures_are_there() -> None:
    found = list(figures(events=3_000, repetitions=2))
    assert len(found) == 14
    for figure in found:
        assert math.isfinite(figure.ratio)
        assert figure.ratio > 0
        assert f"| {figure.ratio:.2f} |" in str(figure)
