"""A workbook of facts handed in, dry run and commit: how long each stage takes, and against what."""

import resource
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from io import BytesIO
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from typing import Any

import psycopg
import xlsxwriter
from pydantic import SecretStr
from python_calamine import CalamineWorkbook

from adapters.embedded_postgres import EmbeddedPostgres
from adapters.migrate import APP_ROLE, migrate
from api.bootstrap import Letopis, open_letopis
from api.handing_in import handed_in
from api.settings import Settings
from application.access import LOCAL_CALLER
from application.commands.command import execute
from application.commands.register_program import RegisterProgram
from application.intake.answers import Answers
from application.ledger import Request
from application.progress import Stage
from tests.benchmarks.blocks import block, copy_blocks
from tests.benchmarks.posting import invented_program
from tests.benchmarks.timing import Figure, figure, seconds

MONTHS = 50
_YEARS = (2021, 2022, 2023, 2024, 2025)
_COPIES = """
CREATE SCHEMA copied;
CREATE TABLE copied.event (LIKE history.event INCLUDING INDEXES);
CREATE TABLE copied.assertion (LIKE read.assertion INCLUDING INDEXES);
"""
_REPORT = {"kind": "report", "type": "Отчёт", "date": "2026-03-10", "number": "5"}
_WORDS = {
    Stage.READING: "reading the file",
    Stage.TAKING_IN: "taking in: rows to commands",
    Stage.DECIDING: "rules that refuse: commands to events",
    Stage.CHECKING: "findings, and was → becomes",
    Stage.RECORDING: "append",
}


@dataclass(slots=True)
class Stages:
    """Seconds by stage, as the progress tells it; what comes before the first stage is left out."""

    spent: dict[Stage, float] = field(default_factory=dict)
    _now: Stage | None = None
    _since: float = 0.0

    def __call__(self, stage: Stage, done: int, of: int) -> None:
        if stage is not self._now:
            self.end()
            self._now = stage

    def end(self) -> None:
        """Ends the stage that is on."""
        until = time.perf_counter()
        if self._now is not None:
            self.spent[self._now] = self.spent.get(self._now, 0.0) + until - self._since
        self._now, self._since = None, until


@dataclass(frozen=True, slots=True)
class Taken:
    """One workbook handed in, first as a dry run: seconds by stage, the log's positions from the first to
    the last, and the most memory of its process and of the one that read the file, in MiB.
    """

    tried: Mapping[Stage, float]
    recorded: Mapping[Stage, float]
    positions: tuple[int, int]
    memory: float
    reader_memory: float


def workbook(indicators: int) -> bytes:
    """Invented facts: an indicator, a month, a value in every row."""
    written = BytesIO()
    with xlsxwriter.Workbook(written, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("Факты")
        sheet.write_row(0, 0, ["Показатель", "Период", "Значение"])
        for row in range(indicators * MONTHS):
            indicator, month = divmod(row, MONTHS)
            period = f"{_YEARS[month // 12]}-{month % 12 + 1:02}"
            value = (indicator * 31 + month * 7) % 1000 / 10
            sheet.write_row(row + 1, 0, [f"i{indicator}", period, value])
    return written.getvalue()


def hand_in(app_url: str, program: str, indicators: int, content: bytes) -> Taken:
    """Registers a program and hands its facts in. To be called in a process of its own."""
    with open_letopis(Settings(database_url=SecretStr(app_url), _env_file=None)) as letopis:
        registered = RegisterProgram.model_validate(invented_program(program, indicators, _YEARS))
        execute(letopis.ledger, letopis.clock, program, registered, Request(LOCAL_CALLER))
        tried, _ = _handed_in(letopis, program, content, dry_run=True)
        # Later readers would seem as large as this process, which they are copied from, is by then.
        reader_memory = _most(resource.RUSAGE_CHILDREN)
        recorded, positions = _handed_in(letopis, program, content, dry_run=False)
    memory = _most(resource.RUSAGE_SELF)
    return Taken(tried, recorded, (positions[0], positions[-1]), memory, reader_memory)


def _handed_in(
    letopis: Letopis, program: str, content: bytes, *, dry_run: bool
) -> tuple[Mapping[Stage, float], Sequence[int]]:
    stages = Stages()
    answers = Answers.model_validate({"program": program, "document": _REPORT})
    request = Request(LOCAL_CALLER, key=f"{program}-{dry_run}", digest="0" * 64)
    result = handed_in(
        letopis, content, "facts.xlsx", answers, request, dry_run=dry_run, progress=stages
    )
    stages.end()
    if result.unread or result.findings:
        raise RuntimeError(result.unread or result.findings)
    return stages.spent, result.receipt.positions if result.receipt else ()


def _most(who: int) -> float:
    """The most memory that a process, or any of its children, had at once, in MiB."""
    most = resource.getrusage(who).ru_maxrss
    return most / 1024**2 if sys.platform == "darwin" else most / 1024


def handing_in(rows: int, rounds: int) -> Iterator[Figure | str]:
    """Figures of a workbook of about so many facts, on a server and in a folder of its own, each round
    with a program and a process of its own; then a table of the stages.
    """
    indicators = max(1, rows // MONTHS)
    content = workbook(indicators)
    taken: list[Taken] = []
    times: dict[str, list[tuple[float, float]]] = {"read": [], "append": [], "all": []}
    with (
        tempfile.TemporaryDirectory(prefix="letopis-benchmarks-") as folder,
        EmbeddedPostgres(Path(folder)) as embedded,
        psycopg.connect(embedded.url(), autocommit=True) as owner,
    ):
        migrate(embedded.url(), app_password=embedded.password)
        owner.execute(_COPIES)
        for number in range(rounds):
            with ProcessPoolExecutor(1, get_context("spawn")) as alone:
                asked = (embedded.url(user=APP_ROLE), f"program-{number}", indicators, content)
                one = alone.submit(hand_in, *asked).result()
            parsed = seconds(lambda: _parsed(content))
            copied = _copied(owner, *one.positions)
            times["read"].append((one.recorded[Stage.READING], parsed))
            times["append"].append((one.recorded[Stage.RECORDING], copied))
            times["all"].append((sum(one.recorded.values()), copied))
            taken.append(one)
    count = indicators * MONTHS
    yield figure(count, "a workbook: reading", "its parser alone", times["read"])
    yield figure(count, "a workbook: append", "COPY of its rows", times["append"])
    yield figure(count, "a workbook: all of the commit", "COPY of its rows", times["all"])
    yield "\n".join(_shares(taken))


def _parsed(content: bytes) -> object:
    with CalamineWorkbook.from_filelike(BytesIO(content)) as book:
        return book.get_sheet_by_index(0).to_python()


def _copied(owner: psycopg.Connection[Any], first: int, last: int) -> float:
    """Seconds to copy the rows of the facts, of their document and of the answer."""
    events = block(owner, "history.event", key="notification_id", first=first, last=last + 1)
    assertions = block(owner, "read.assertion", first=first, last=last)
    blocks = [("copied.event", events), ("copied.assertion", assertions)]
    return seconds(lambda: copy_blocks(owner, blocks))


def _shares(taken: Sequence[Taken]) -> Iterator[str]:
    """A table of the stages: median seconds and their share of the whole, dry run and commit."""
    yield "\n| stage | dry run, s | share | commit, s | share |\n| --- | ---: | ---: | ---: | ---: |"
    tried, recorded = ([getattr(one, way) for one in taken] for way in ("tried", "recorded"))
    totals = [median(sum(spent.values()) for spent in way) for way in (tried, recorded)]
    for stage, words in _WORDS.items():
        row = [words]
        for way, total in zip((tried, recorded), totals, strict=True):
            spent = median(one.get(stage, 0.0) for one in way)
            row += [f"{spent:.2f}", f"{spent / total:.0%}"]
        yield f"| {' | '.join(row)} |"
    yield f"| all | {totals[0]:.2f} | | {totals[1]:.2f} | |"
    memory, reader = (max(getattr(one, of) for one in taken) for of in ("memory", "reader_memory"))
    yield f"\nMost memory: {memory:.0f} MiB, of the process that reads the file {reader:.0f} MiB."
