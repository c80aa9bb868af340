"""Some seconds of the fuzzer; twenty minutes are run by hand: `uv run python -m tests.fuzz`."""

import re
import subprocess
import sys
from random import Random

import pytest

from tests.fuzz.__main__ import main
from tests.fuzz.confined import CRASH, HANG, OUT_OF_MEMORY, READ, TOO_SLOW, Confined
from tests.fuzz.mutations import mutated
from tests.fuzz.samples import samples


def test_no_broken_file_does_harm() -> None:
    """In a process of its own, for those that read are forked from it and inherit its memory."""
    command = [sys.executable, "-m", "tests.fuzz", "--minutes", "0.15", "--seed", "2021"]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    found = re.match(r"(\d+) files: (\d+) read, (\d+) refused, 0 harmful\n", ran.stdout)
    assert found, ran.stdout
    assert min(map(int, found.groups())) > 10


def test_the_same_seed_breaks_files_in_the_same_way() -> None:
    valid = samples()["invented.xls"]
    ways = [[mutated(Random(n), valid, valid) for n in range(20)] for _ in "ab"]  # noqa: S311 (nothing secret)
    assert ways[0] == ways[1]
    assert len({*ways[0], valid}) > 15


@pytest.mark.parametrize(
    ("reads", "what"),
    [
        ("lambda content: {'blocks': []}", READ),
        ("lambda content: {'refused': 'PaperBroken'}", "PaperBroken"),
        ("lambda content: {}[0]", CRASH),
        ("lambda content: __import__('os').kill(__import__('os').getpid(), 9)", CRASH),
        ("lambda content: __import__('os').kill(__import__('os').getpid(), 24)", TOO_SLOW),
        ("lambda content: __import__('time').sleep(9)", HANG),
        (
            "lambda content: __import__('os').write(2, b'memory allocation') * __import__('os').abort()",
            OUT_OF_MEMORY,
        ),
    ],
)  # fmt: skip
def test_harm_would_be_seen(reads: str, what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.fuzz.confined.answer_to", eval(reads))  # noqa: S307 (written above)
    monkeypatch.setattr("adapters.documents.limits.SECONDS", 1)
    with Confined() as confined:
        assert [confined.read(b"x").what for _ in range(2)] == [what] * 2


def test_harm_ends_with_status_one(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("tests.fuzz.confined.answer_to", dict)
    assert main(["--minutes", "0.01"]) == 1
    assert "harmful" in capsys.readouterr().out
