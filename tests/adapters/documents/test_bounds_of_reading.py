"""A reader of its own for each file: bounded in time and memory, whatever becomes of it."""

import json
import subprocess
import sys
import time
from collections.abc import Callable
from threading import BoundedSemaphore
from typing import Any

import pytest

from adapters.documents import limits, reading
from adapters.documents.reading import read_paper
from domain.refusals import PaperBroken, PaperTooLarge, PaperTooSlow, ReadersBusy
from tests.adapters.documents.making import (
    compound,
    in_cells,
    p,
    stored,
    tbl,
    tc,
    word,
    workbook,
)

MEASURE = """
import json, resource, sys, time
from adapters.documents.reading import read_paper
from domain.refusals import Refusal
content, started, said = sys.stdin.buffer.read(), time.monotonic(), "read"
try:
    paper = read_paper(content, "")
except Refusal as refusal:
    said = refusal.name
memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
print(json.dumps({"said": said, "seconds": time.monotonic() - started, "memory_mib": memory}))
"""


def measured(content: bytes) -> Any:
    """What `read_paper` says, in how many seconds, and the most memory of the reader in MiB."""
    done = subprocess.run(
        [sys.executable, "-c", MEASURE], input=content, stdout=subprocess.PIPE, check=True
    )
    return json.loads(done.stdout)


def shared(text: str, *, times: int) -> bytes:
    """A workbook in which many cells say the same long text."""
    rows = in_cells(*["0"] * 100, kind="s") * (times // 100)
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    strings = f'<sst xmlns="{main}"><si><t>{text}</t></si></sst>'
    return workbook(rows, **{"xl/sharedStrings.xml": strings})


CORNERS = (
    '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
)
HOSTILE: dict[str, Callable[[], bytes]] = {
    "the corners of a sheet": lambda: workbook(CORNERS),
    "a hundred thousand columns": lambda: workbook(in_cells(*["1"] * 100_000)),
    "as many columns, far down": lambda: workbook(in_cells(*["1"] * 16_000) * 60),
    "a long text in many cells": lambda: stored(shared("я" * 3_000_000, times=10_000)),
    "long texts in many cells": lambda: stored(shared("я" * 100, times=100_000)),
    "many cells": lambda: stored(workbook(in_cells(*["0.12"] * 900) * 300)),
    "too many elements": lambda: stored(word("<w:p/>" * 5_000_000)),
    "rows of one cell and a wide one": lambda: stored(
        word(tbl([tc("1")] * 1_000, *[[tc("1")]] * 2_000)),
    ),
    "fields within fields": lambda: word(
        "<w:p>" + '<w:r><w:fldChar w:fldCharType="begin"/><w:t>a</w:t></w:r>' * 100_000 + "</w:p>"
    ),
    "unclosed elements": lambda: stored(workbook("<row><c " * 3_000_000)),
    "a formula in pieces": lambda: stored(workbook("<row><c><f>1" * 2_000_000)),
    "a large compound file in circles": lambda: (
        compound({"Workbook": b"\x09\x08\4\0" * 10_000})[:-512] + bytes(512 * 60_000)
    ),
}


REFUSED = {
    *("the corners of a sheet", "a hundred thousand columns", "as many columns, far down"),
    *("a long text in many cells", "too many elements", "rows of one cell and a wide one"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_takes_little_time_and_memory(name: str) -> None:
    found = measured(HOSTILE[name]())
    assert found["said"] == "paper_too_large" or name not in REFUSED
    assert found["said"] in {"paper_too_large", "paper_too_slow", "paper_broken", "read"}
    assert found["seconds"] < limits.SECONDS + 5
    assert found["memory_mib"] * limits.MIB <= limits.MEMORY


def test_a_hundred_thousand_columns_are_refused_at_once() -> None:
    found = measured(HOSTILE["a hundred thousand columns"]())
    assert found["said"] == "paper_too_large"
    assert found["seconds"] < 5


def test_a_small_paper_takes_less_than_half_a_second() -> None:
    content, seconds = word(p("текст")), []
    for _ in range(5):
        started = time.monotonic()
        read_paper(content, "мал")
        seconds.append(time.monotonic() - started)
    assert min(seconds) < 0.5


def stand_in(monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """Another program in the reader's place, which does what a broken parser would."""
    monkeypatch.setattr(reading, "_READER", [sys.executable, "-c", script])


def test_a_reader_that_hangs_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "SECONDS", 0.5)
    stand_in(monkeypatch, "import time; time.sleep(60)")
    started = time.monotonic()
    with pytest.raises(PaperTooSlow):
        read_paper(b"x", "")
    assert time.monotonic() - started < 5


@pytest.mark.parametrize(
    ("script", "refusal"),
    [
        ("import os; os.kill(os.getpid(), 24)", PaperTooSlow),
        ("import os; os.kill(os.getpid(), 11)", PaperBroken),
        ("raise TypeError", PaperBroken),
        ("raise MemoryError", PaperTooLarge),
        (
            "import os; os.write(2, b'memory allocation of 9 bytes failed'); os.abort()",
            PaperTooLarge,
        ),
        (
            "from adapters.documents.reader_process import confine; confine(); bytes(600 * 1024 * 1024)",
            PaperTooLarge,
        ),
    ],
)  # fmt: skip
def test_however_a_reader_ends_it_is_a_refusal(
    script: str, refusal: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_in(monkeypatch, script)
    with pytest.raises(refusal):
        read_paper(b"x", "")


def test_no_file_can_be_written_by_a_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in(
        monkeypatch,
        "from adapters.documents.reader_process import confine; confine()\n"
        "import tempfile\n"
        "try:\n    f = tempfile.TemporaryFile(); f.write(b'x'); f.flush()\n"
        'except OSError:\n    print(\'{"refused": "PaperEmpty", "values": {}}\')\n',
    )
    with pytest.raises(Exception, match="пуст"):
        read_paper(b"x", "")


def test_files_wait_for_each_other_but_not_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "SECONDS", 0.2)
    monkeypatch.setattr(reading, "_places", taken := BoundedSemaphore(1))
    with taken, pytest.raises(ReadersBusy):
        read_paper(b"x", "")
