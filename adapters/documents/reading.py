"""A file of any kind that is accepted, read into a paper by a process of its own."""

import json
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

import structlog

from adapters.documents import limits
from application.intake.paper import Block, Mark, Paper, Paragraph, Table
from domain import refusals
from domain.refusals import PaperBroken, PaperTooLarge, PaperTooSlow, ReadersBusy, Refusal

log = structlog.get_logger()

AT_ONCE = 2
"""So many files are read at the same time: each may take all of its memory."""

_READER = [sys.executable, "-E", "-s", "-B", "-m", "adapters.documents.reader_process"]
_ROOT = Path(__file__).parents[2]
_TOO_LONG = {-signal.SIGXCPU, -signal.SIGKILL}
_places = BoundedSemaphore(AT_ONCE)


def read_paper(content: bytes, name: str) -> Paper:
    """The paper in a file, Word or workbook by what it holds and not by its `name`.

    Takes at most `limits.SECONDS` seconds (and as many to wait for others) and 512 MiB.
    Refuses: PaperEmpty, PaperUnknownFormat, PaperTooLarge, PaperTooSlow, PaperEncrypted,
    PaperHasMacros, PaperReachesOutside, PaperDeclaresEntities, PaperNotComputed, PaperBroken,
    ReadersBusy.
    """
    limits.at_most(limits.BYTES, len(content), limits.BYTES_)
    with _a_place():
        answer = _answer(content)
    if "refused" in answer:
        raise refusal_of(answer)
    mark = Mark(*answer["mark"]) if answer["mark"] else None
    return Paper(name, sha256(content).hexdigest(), tuple(_blocks(answer["blocks"])), mark)


def refusal_of(answer: Any) -> Refusal:
    """The refusal that a reader answered."""
    values = {k: tuple(v) if isinstance(v, list) else v for k, v in answer["values"].items()}
    found: Refusal = getattr(refusals, answer["refused"])(**values)
    return found


def _answer(content: bytes) -> Any:
    with subprocess.Popen(  # noqa: S603 (a module of ours, nothing of the file in its arguments)
        _READER, cwd=_ROOT, env={},
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    ) as reader:  # fmt: skip
        try:
            answer, complaint = reader.communicate(content, timeout=limits.SECONDS)
        except subprocess.TimeoutExpired as fault:
            raise PaperTooSlow(seconds=limits.SECONDS) from fault
        finally:
            reader.kill()
    if reader.returncode == 0:
        return json.loads(answer)
    if reader.returncode in _TOO_LONG:
        raise PaperTooSlow(seconds=limits.CPU_SECONDS)
    if b"memory allocation" in complaint or b"MemoryError" in complaint:
        most = limits.MEMORY // limits.MIB
        raise PaperTooLarge(what=limits.MEMORY_, found=f"> {most}", most=most)
    log.warning(
        "reader failed",
        status=reader.returncode,
        complaint=_nameless(complaint[-2000:].decode(errors="replace")),
    )
    raise PaperBroken(why=("его не удалось прочитать", "it could not be read"))


def _nameless(complaint: str) -> str:
    """The places of a traceback and the kind of fault, without its words: they may be the paper's."""
    lines = [line.strip() for line in complaint.splitlines()]
    places = [line for line in lines if line.startswith("File ")]
    return "; ".join([*places, *(line.partition(":")[0] for line in lines[-1:])])


def _blocks(told: Sequence[Any]) -> Iterator[Block]:
    number = 0
    for one in told:
        if isinstance(one, str):
            yield Paragraph(one)
        else:
            number += 1
            merged = {(row, column): (*at,) for row, column, *at in one["merged"]}
            yield Table(number, tuple(map(tuple, one["rows"])), merged, one["sheet"])


@contextmanager
def _a_place() -> Iterator[None]:
    if not _places.acquire(timeout=limits.SECONDS):
        raise ReadersBusy
    try:
        yield
    finally:
        _places.release()
