"""Times of two ways of doing a thing, taken in turns: only their ratio is a figure."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median, quantiles

Act = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Figure:
    """How much longer `what` takes than `against`: the median of paired ratios and its quartiles.

    `ms` and `against_ms` are medians in milliseconds, `events` the size of the log.
    """

    events: int
    what: str
    against: str
    ms: float
    against_ms: float
    ratio: float
    low: float
    high: float

    def __str__(self) -> str:
        times = " | ".join(
            f"{ms:,.0f}" if ms >= 100 else f"{ms:.3g}" for ms in (self.ms, self.against_ms)
        )
        spread = f"{self.low:.2f}–{self.high:.2f}"
        return (
            f"| {self.events:,} | {self.what} | {self.against} | {times} "
            f"| {self.ratio:.2f} | {spread} |"
        )


HEAD = (
    "| events | what | against | ms | ms | ratio | middle half |\n"
    "| ---: | --- | --- | ---: | ---: | ---: | --- |"
)


def compare(
    events: int,
    what: str,
    against: str,
    pairs: Sequence[tuple[Act, Act]],
    repetitions: int,
) -> Figure:
    """Times each pair in turns, first the one and then the other, and the next time the reverse.

    What a connection does for the first time (preparing, planning) is done before the watch starts.
    """
    times: list[tuple[float, float]] = []
    for one, other in pairs:
        for _ in range(min(repetitions, 12)):
            one(), other()
    for repetition in range(repetitions):
        for one, other in pairs:
            if repetition % 2:
                later, earlier = seconds(other), seconds(one)
                times.append((earlier, later))
            else:
                times.append((seconds(one), seconds(other)))
    return figure(events, what, against, times)


def figure(events: int, what: str, against: str, times: Sequence[tuple[float, float]]) -> Figure:
    """The figure of paired times in seconds."""
    ratios = [one / other for one, other in times]
    low, ratio, high = quantiles(ratios, n=4) if len(ratios) > 1 else ratios * 3
    return Figure(
        events,
        what,
        against,
        median(one for one, _ in times) * 1000,
        median(other for _, other in times) * 1000,
        ratio,
        low,
        high,
    )


def seconds(act: Act) -> float:
    """How long it takes."""
    started = time.perf_counter()
    act()
    return time.perf_counter() - started
