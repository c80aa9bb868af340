"""The read model built anew against COPY of the rows that it is made of."""

import psycopg

from adapters.read_model import TABLES
from adapters.rebuild import rebuild
from adapters.sql import read_model_tables
from tests.benchmarks.blocks import block, copy_blocks
from tests.benchmarks.timing import Figure, figure, seconds


def rebuilding(owner_url: str, size: int, repetitions: int) -> Figure:
    """The whole read model, swapped in, and its rows into empty tables of the same shape. What was
    posted after `size` is left out of the latter: it is little.
    """
    times = []
    with psycopg.connect(owner_url, autocommit=True) as owner:
        blocks = [
            (f"copied.{table}", block(owner, f"read.{table}", last=size))
            for table in TABLES.values()
        ]
        for _ in range(repetitions):
            built = seconds(lambda: rebuild(owner_url))
            owner.execute("DROP SCHEMA IF EXISTS copied CASCADE")
            owner.execute(read_model_tables("copied"))
            times.append((built, seconds(lambda: copy_blocks(owner, blocks))))
    return figure(size, "rebuild of the read model", "COPY of its rows", times)
