"""Reads one file from standard input and answers on standard output, within limits that the system keeps.

Started by `reading` for each file: whatever the file does to the parsers, it does it here.
"""

import json
import resource
import sys
from contextlib import suppress
from dataclasses import astuple
from typing import Any

from adapters.documents import contents, limits
from application.intake.paper import Block, Paragraph
from domain.refusals import PaperBroken, PaperTooLarge, Refusal

Answer = dict[str, Any]
"""JSON: a refusal by name with its values, or blocks and a mark."""

_LIMITS = {
    resource.RLIMIT_AS: limits.MEMORY,
    resource.RLIMIT_CPU: limits.CPU_SECONDS,
    resource.RLIMIT_FSIZE: 0,
    resource.RLIMIT_CORE: 0,
}


def main() -> None:
    """One file in, one answer out."""
    confine()
    answer = json.dumps(answer_to(sys.stdin.buffer.read()), ensure_ascii=False)
    sys.stdout.buffer.write(answer.encode())


def confine() -> None:
    """Takes the limits upon this process, for good."""
    for what, most in _LIMITS.items():
        with suppress(ValueError):  # macOS knows no limit of the address space
            resource.setrlimit(what, (most, most))


def answer_to(content: bytes) -> Answer:
    """What the file says, or why it is refused."""
    try:
        blocks, mark = contents.read(content)
        return {"blocks": [*map(_told, blocks)], "mark": mark and astuple(mark)}
    except Refusal as refusal:
        return _refused(refusal)
    except MemoryError:
        most = limits.MEMORY // limits.MIB
        return _refused(PaperTooLarge(what=limits.MEMORY_, found=f"> {most}", most=most))
    except BaseException as fault:
        if type(fault).__name__ != "PanicException":
            raise
        return _refused(PaperBroken(why=("книга не читается", "the workbook can not be read")))


def _refused(refusal: Refusal) -> Answer:
    return {"refused": type(refusal).__name__, "values": refusal.given}


def _told(block: Block) -> Any:
    if isinstance(block, Paragraph):
        return block.text
    merged = [[*place, *at] for place, at in block.merged.items()]
    return {"sheet": block.sheet, "rows": block.rows, "merged": merged}


if __name__ == "__main__":
    main()
