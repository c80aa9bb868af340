"""A forked process with the limits of the reader's own, that reads file after file."""

import faulthandler
import os
import resource
import signal
import time
import traceback
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Self

from adapters.documents import limits
from adapters.documents.reader_process import answer_to, confine

FILES_A_PROCESS = 300
READ, OUT_OF_MEMORY, TOO_SLOW, CRASH, HANG = "read", "out of memory", "too slow", "CRASH", "HANG"
_FORK = get_context("fork")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a file: `read`, a refusal by its name, or how the process ended; how long it took;
    the most memory (MiB) that the process has held so far; what it said when it crashed.
    """

    what: str
    seconds: float
    memory_mib: float = 0
    said: str = ""


class Confined:
    """Reads files in a process of its own; in a new one when that has read many or has ended."""

    def __init__(self) -> None:
        self._start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._stop()

    def read(self, content: bytes) -> Outcome:
        """What becomes of a file."""
        fresh = self._left == FILES_A_PROCESS
        outcome = self._outcome(content)
        self._left -= 1
        ended = outcome.what in {OUT_OF_MEMORY, TOO_SLOW, CRASH, HANG}
        if ended or not self._left:
            self._stop()
            self._start()
        # Limits are for one file: what a process that has read many can not do is tried afresh.
        return self.read(content) if ended and not fresh else outcome

    def _outcome(self, content: bytes) -> Outcome:
        started = time.monotonic()
        with suppress(EOFError, OSError):
            self._channel.send_bytes(content)
            if not self._channel.poll(limits.SECONDS):
                return Outcome(HANG, limits.SECONDS)
            what, said, memory_mib = self._channel.recv()
            self._complaint()
            return Outcome(what, time.monotonic() - started, memory_mib, said)
        self._process.join()
        seconds, said = time.monotonic() - started, self._complaint()
        if self._process.exitcode == -signal.SIGXCPU:
            return Outcome(TOO_SLOW, seconds)
        if self._process.exitcode == -signal.SIGABRT and "memory allocation" in said:
            return Outcome(OUT_OF_MEMORY, seconds)
        return Outcome(CRASH, seconds, said=f"{self._process.exitcode}: {said[-2000:]}")

    def _start(self) -> None:
        self._left = FILES_A_PROCESS
        self._channel, far_end = _FORK.Pipe()
        self._complaints, errors = os.pipe()
        os.set_blocking(self._complaints, False)
        self._process = _FORK.Process(target=_read_all, args=(far_end, errors), daemon=True)
        self._process.start()
        far_end.close()
        os.close(errors)

    def _stop(self) -> None:
        self._process.kill()
        self._process.join()
        self._channel.close()
        os.close(self._complaints)

    def _complaint(self) -> str:
        with suppress(BlockingIOError):
            return os.read(self._complaints, 1 << 16).decode(errors="replace")
        return ""


def _read_all(channel: Connection, errors: int) -> None:
    faulthandler.disable()  # pytest would tell of every death
    os.dup2(errors, 2)
    confine()
    while True:
        try:
            answer = answer_to(channel.recv_bytes())
            what, said = answer.get("refused", READ), ""
        except EOFError:
            return
        except BaseException:  # noqa: BLE001 (whatever it is, it is a crash)
            what, said = CRASH, traceback.format_exc()
        memory_mib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        channel.send((what, said, memory_mib))
