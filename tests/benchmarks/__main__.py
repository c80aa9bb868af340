"""Benchmarks: `uv run python -m tests.benchmarks --events 10000 1000000`."""

import argparse
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from os import nice
from pathlib import Path

from adapters.embedded_postgres import EmbeddedPostgres
from adapters.migrate import APP_ROLE, migrate
from tests.benchmarks.posting import through_http
from tests.benchmarks.reading import all_programs, one_program, reader
from tests.benchmarks.rebuilding import rebuilding
from tests.benchmarks.seeding import seed
from tests.benchmarks.timing import HEAD, Figure
from tests.benchmarks.workbook import handing_in


def main(arguments: Sequence[str] | None = None) -> None:
    """Prints a table of figures for each size of the log, then for each size of a workbook."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--events", type=int, nargs="*", default=[10_000, 1_000_000])
    parser.add_argument("--repetitions", type=int, default=200, help="of the shortest things")
    parser.add_argument("--rows", type=int, nargs="*", default=[100_000], help="of workbooks")
    parser.add_argument("--rounds", type=int, default=3, help="how often a workbook is handed in")
    asked = parser.parse_args(arguments)
    print(HEAD)  # noqa: T201 (it is what it is for)
    for events in asked.events:
        for figure in figures(events, asked.repetitions):
            print(figure, flush=True)  # noqa: T201 (it is what it is for)
    for rows in asked.rows:
        for found in handing_in(rows, asked.rounds):
            print(found, flush=True)  # noqa: T201 (it is what it is for)


def figures(events: int, repetitions: int) -> Iterator[Figure]:
    """All figures of a log of about so many events, on a server and in a folder of its own."""
    seldom = max(2, repetitions // 20)
    with (
        tempfile.TemporaryDirectory(prefix="letopis-benchmarks-") as folder,
        EmbeddedPostgres(Path(folder)) as embedded,
    ):
        owner_url, app_url = embedded.url(), embedded.url(user=APP_ROLE)
        migrate(owner_url, app_password=embedded.password)
        with ProcessPoolExecutor(1, get_context("spawn"), nice, (10,)) as patient:
            programs = patient.submit(seed, owner_url, events).result()
        with reader(owner_url, app_url, programs) as asked:
            yield from one_program(asked, repetitions)
            yield from all_programs(asked, seldom)
            size = asked.size
        yield from through_http(owner_url, app_url, size, repetitions)
        yield rebuilding(owner_url, size, 1 if events > 100_000 else seldom // 2)


if __name__ == "__main__":
    main()
