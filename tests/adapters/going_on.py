"""Work that goes on beside a test."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event as Signal


@contextmanager
def going_on(*work: Callable[[], object]) -> Iterator[list[int]]:
    """Works are done over and over beside, at least five times before and after; how often each."""
    done, end = [0] * len(work), Signal()

    def run(which: int) -> None:
        while not end.is_set():
            work[which]()
            done[which] += 1

    def five_more(running: list[int]) -> None:
        while any(now < then + 5 for now, then in zip(done, running, strict=True)):
            assert not [f.result() for f in futures if f.done()]
            end.wait(0.005)

    with ThreadPoolExecutor(len(work)) as pool:
        futures = [pool.submit(run, which) for which in range(len(work))]
        try:
            five_more([0] * len(work))
            yield done
            five_more(list(done))
        finally:
            end.set()
        for future in futures:
            future.result()
