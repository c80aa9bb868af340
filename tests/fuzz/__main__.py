"""Broken files: `uv run python -m tests.fuzz --minutes 20 --seed 1`. Ends with 1 if any does harm."""

import argparse
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from adapters.documents import limits
from adapters.documents.reading import read_paper
from domain.refusals import Refusal
from tests.fuzz.confined import CRASH, HANG, OUT_OF_MEMORY, READ, TOO_SLOW, Confined, Outcome
from tests.fuzz.mutations import mutated
from tests.fuzz.samples import samples

SLOW_S = 5
"""Files that take longer are kept too."""
WHOLE_WAY_EVERY = 50
"""So often a file goes through `read_paper` itself, which must say the same."""


@dataclass(slots=True)
class Summary:
    """What became of all files."""

    counts: Counter[str] = field(default_factory=Counter)
    slowest: tuple[float, str] = (0, "")
    memory_mib: float = 0
    harm: list[str] = field(default_factory=list)

    def take(self, name: str, outcome: Outcome) -> None:
        self.counts[outcome.what] += 1
        self.slowest = max(self.slowest, (outcome.seconds, name))
        self.memory_mib = max(self.memory_mib, outcome.memory_mib)
        if outcome.what in {CRASH, HANG} or outcome.memory_mib * limits.MIB > limits.MEMORY:
            self.harm.append(f"{name}: {outcome}")

    def compare(self, name: str, outcome: Outcome, said: str) -> None:
        """What `read_paper` itself says of the file must be the same."""
        if said != {OUT_OF_MEMORY: "PaperTooLarge", TOO_SLOW: "PaperTooSlow"}.get(
            outcome.what, outcome.what
        ):
            self.harm.append(f"{name}: {outcome}, but read_paper says {said}")

    def __str__(self) -> str:
        files = self.counts.total()
        refused = files - sum(self.counts[what] for what in (READ, CRASH, HANG))
        lines = [
            f"{files} files: {self.counts[READ]} read, {refused} refused, {len(self.harm)} harmful",
            f"slowest {self.slowest[0]:.2f} s ({self.slowest[1]}), most memory {self.memory_mib:.0f} MiB",
            *(f"  {count:7} {what}" for what, count in self.counts.most_common()),
            *self.harm[:20],
        ]
        return "\n".join(lines)


def fuzz(seconds: float, seed: int, keep: Path | None = None) -> Summary:
    """Reads broken files for so long; harmful and slow ones are kept in the folder."""
    chance = Random(seed)  # noqa: S311 (nothing secret)
    summary, valid = Summary(), samples()
    ends_at = time.monotonic() + seconds
    with Confined() as confined:
        for name, content in valid.items():
            outcome = confined.read(content)
            if outcome.what != READ:
                summary.harm.append(f"{name}, which is valid: {outcome}")
        while time.monotonic() < ends_at:
            name = chance.choice([*valid])
            content = mutated(chance, valid[name], valid[chance.choice([*valid])])
            if len(content) > limits.BYTES:
                continue
            harmful = len(summary.harm)
            outcome = confined.read(content)
            summary.take(name, outcome)
            if summary.counts.total() % WHOLE_WAY_EVERY == 0:
                summary.compare(name, outcome, whole_way(content))
            if keep and (len(summary.harm) > harmful or outcome.seconds > SLOW_S):
                keep.mkdir(parents=True, exist_ok=True)
                (keep / f"{seed}-{summary.counts.total()}-{name}").write_bytes(content)
    return summary


def whole_way(content: bytes) -> str:
    """What `read_paper` says of a file: `read` or the name of the refusal."""
    try:
        read_paper(content, "выдумано")
    except Refusal as refusal:
        return type(refusal).__name__
    return READ


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the summary."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--minutes", type=float, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="a folder for files that do harm or take long")
    asked = parser.parse_args(arguments)
    summary = fuzz(asked.minutes * 60, asked.seed, asked.keep)
    print(summary)  # noqa: T201 (it is what it is for)
    return 1 if summary.harm else 0


if __name__ == "__main__":
    sys.exit(main())
