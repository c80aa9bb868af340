"""Facts through HTTP against an empty POST, and a batch of them against COPY of the same rows."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from http.client import HTTPConnection
from typing import Any
from uuid import uuid4

import psycopg

from adapters.event_store import PostgresLedger
from application.access import LOCAL_CALLER
from application.commands.command import execute
from application.commands.grant_access import GrantAccess
from application.commands.issue_key import IssueKey
from application.keys import digest_of, new_key
from application.ledger import Request, SystemClock
from application.queries.viewpoint import DEFAULT_ZONE
from domain.access import KEYS, Actor, Role, Scope
from tests.benchmarks.blocks import block, copy_blocks
from tests.benchmarks.timing import Figure, compare, figure, seconds

CLIENTS = 8
BATCH = 1_000
_YEARS = (2021, 2022, 2023, 2024)
_PATIENCE_S = 30
_COPIES = """
CREATE TABLE IF NOT EXISTS benchmark.event (LIKE history.event INCLUDING INDEXES);
CREATE TABLE IF NOT EXISTS benchmark.assertion (LIKE read.assertion INCLUDING INDEXES);
"""
_SETTINGS = {"LETOPIS_ENVIRONMENT": "development", "LETOPIS_REQUESTS_PER_MINUTE": "100000000"}
"""The database is one that forgets what it was told, which production refuses to start on."""

_REPORT = {"kind": "report", "type": "Отчёт", "date": "2025-03-10", "number": "5"}


class Client:
    """One client with one connection that is kept open."""

    def __init__(self, port: int, key: str = "") -> None:
        self._connection = HTTPConnection("127.0.0.1", port, timeout=_PATIENCE_S)
        self._shown = {"Authorization": f"Bearer {key}"} if key else {}

    def post(self, path: str, body: Any) -> Any:
        headers = {"Content-Type": "application/json", "Idempotency-Key": uuid4().hex} | self._shown
        self._connection.request("POST", path, json.dumps(body).encode(), headers)
        response = self._connection.getresponse()
        answer = response.read()
        if response.status not in (201, 204):
            raise RuntimeError(answer.decode())
        return json.loads(answer)["data"] if answer else None

    def close(self) -> None:
        self._connection.close()


class Writer:
    """A client of Letopis that reports facts of a program of its own, one indicator after another;
    and of the empty application.
    """

    def __init__(self, port: int, empty_port: int, key: str, program: str, indicators: int) -> None:
        self._client, self._empty = Client(port, key), Client(empty_port)
        self._path = f"/api/v1/programs/{program}"
        self._cells = [(f"i{n}", str(year)) for n in range(indicators) for year in _YEARS]
        self._reported = 0
        self._client.post("/api/v1/programs", invented_program(program, indicators, _YEARS))

    def fact(self) -> None:
        """One fact of one report."""
        indicator, period = self._cells[self._reported % len(self._cells)]
        self._reported += 1
        body = {"document": _REPORT, "period": period, "value": f"{self._reported}.5"}
        self._client.post(f"{self._path}/indicators/{indicator}/facts", body)

    def facts(self) -> list[int]:
        """All cells in one batch; the positions."""
        facts = [
            {"indicator": indicator, "period": period, "value": f"{number}.5"}
            for number, (indicator, period) in enumerate(self._cells)
        ]
        data = self._client.post(f"{self._path}/facts/batch", {"document": _REPORT, "facts": facts})
        positions: list[int] = data["positions"]
        return positions

    def nothing(self) -> None:
        """An empty POST."""
        self._empty.post("/", {})

    def close(self) -> None:
        self._client.close()
        self._empty.close()


def invented_program(program: str, indicators: int, years: Sequence[int]) -> dict[str, Any]:
    """The body of a request that registers a program with so many indicators."""
    return {
        "program": program,
        "municipality": {
            "id": "invented",
            "name": "Вымышленное",
            "zone": "Europe/Moscow",
            "invented": True,
        },
        "years": {"first": years[0], "last": years[-1]},
        "basis": {"kind": "act", "date": "2020-12-20", "number": "1", "in_force_on": "2021-01-01"},
        "effective_on": "2021-01-01",
        "elements": [{"id": "goal", "kind": "goal", "name": "Цель"}],
        "indicators": [
            {"id": f"i{n}", "element": "goal", "name": f"Показатель {n}", "unit": "%"}
            for n in range(indicators)
        ],
    }


@contextmanager
def served(*command: str, url: str = "") -> Iterator[int]:
    """A server process of its own on a free port, whose number follows the command."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    process = subprocess.Popen(
        [sys.executable, *command, str(port)],
        env=os.environ | _SETTINGS | {"LETOPIS_DATABASE_URL": url},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait(process, port)
        yield port
    finally:
        process.terminate()
        process.wait(_PATIENCE_S)


def _wait(process: subprocess.Popen[bytes], port: int) -> None:
    deadline = time.monotonic() + _PATIENCE_S
    while True:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
            return
        except OSError:
            if process.poll() is not None or time.monotonic() > deadline:
                raise
            time.sleep(0.05)


def through_http(owner_url: str, app_url: str, size: int, repetitions: int) -> Iterator[Figure]:
    """One fact by one client and by eight, and a batch of a thousand."""
    key = _key_of_a_machine(app_url)
    serve = ("-c", "from api.cli import main; main()", "serve", "--port")
    with (
        served(*serve, url=app_url) as port,
        served("-m", "tests.benchmarks.empty") as empty_port,
        ExitStack() as open_writers,
    ):

        def writer(name: str, indicators: int = 50) -> Writer:
            writing = Writer(port, empty_port, key, name, indicators)
            return open_writers.enter_context(closing(writing))

        alone = writer("alone")
        pairs = [(alone.fact, alone.nothing)]
        yield compare(size, "one fact, 1 client", "an empty POST", pairs, repetitions)
        many = [writer(f"client-{n}") for n in range(CLIENTS)]
        yield _together(many, size, repetitions)
        yield _batches(owner_url, writer, size, max(2, repetitions // 40))


def _key_of_a_machine(app_url: str) -> str:
    """A key that may do all that is measured."""
    account, key = Actor(issuer=KEYS, subject="benchmark"), new_key()
    until_on = SystemClock().today(DEFAULT_ZONE)
    with closing(PostgresLedger(app_url)) as ledger:
        for role in (Role.OWNER, Role.REPORTER):
            grant = GrantAccess(actor=account, role=role, scope=Scope(municipality="invented"))
            execute(ledger, SystemClock(), "", grant, Request(LOCAL_CALLER))
        issue = IssueKey(actor=account, digest=digest_of(key), until_on=until_on)
        execute(ledger, SystemClock(), "", issue, Request(LOCAL_CALLER))
    return key


def _together(writers: list[Writer], size: int, repetitions: int) -> Figure:
    """Eight clients at once, each with so many requests in a row; time per request."""
    rounds, burst = max(2, repetitions // 20), min(20, repetitions)

    def all_at_once(one: Callable[[Writer], None]) -> None:
        def in_a_row(writer: Writer) -> None:
            for _ in range(burst):
                one(writer)

        list(pool.map(in_a_row, writers))

    with ThreadPoolExecutor(len(writers)) as pool:
        requests = len(writers) * burst
        pairs = [(lambda: all_at_once(Writer.fact), lambda: all_at_once(Writer.nothing))]
        times = [
            (seconds(one) / requests, seconds(other) / requests)
            for _ in range(rounds)
            for one, other in pairs
        ]
    what = f"one fact, {len(writers)} clients, per request"
    return figure(size, what, "an empty POST", times)


def _batches(
    owner_url: str, writer: Callable[[str, int], Writer], size: int, rounds: int
) -> Figure:
    """Each batch is of a new program, so that none has a longer history than another."""
    times = []
    with psycopg.connect(owner_url, autocommit=True) as owner:
        owner.execute(_COPIES)
        for number in range(rounds):
            of_batch = writer(f"batch-{number}", BATCH // len(_YEARS))
            started = time.perf_counter()
            positions = of_batch.facts()
            answered = time.perf_counter()
            blocks = _rows_of(owner, positions[0] - 1, positions[-1] + 1)
            before = time.perf_counter()
            copy_blocks(owner, blocks)
            times.append((answered - started, time.perf_counter() - before))
    return figure(size, f"a batch of {BATCH:,} facts (HTTP)", "COPY of its rows", times)


def _rows_of(owner: psycopg.Connection[Any], first: int, last: int) -> list[tuple[str, bytes]]:
    """The rows of a batch: its document and its answer stand before and after the facts."""
    events = block(owner, "history.event", key="notification_id", first=first, last=last)
    assertions = block(owner, "read.assertion", first=first, last=last)
    return [("benchmark.event", events), ("benchmark.assertion", assertions)]
