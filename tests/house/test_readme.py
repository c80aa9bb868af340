"""README's commands do what README says: they are run against the demo that README begins with."""

import os
import re
import shlex
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx2
import pytest

from api.demo.load import PROGRAMS
from tests.house.tree import ROOT, text

README = text("README.md")
LETOPIS = Path(sys.executable).with_name("letopis")
LOOPBACK = "http://127.0.0.1"
RUN_ELSEWHERE = {"uv run letopis demo", "uv run pytest"}  # by the fixture below, and by itself


@dataclass(frozen=True, slots=True)
class Example:
    """A command and what it prints; `…` stands for anything."""

    command: str
    printed: str

    def is_answered_by(self, answer: str) -> bool:
        pattern = ".*".join(re.escape(part) for part in self.printed.split("…"))
        return re.fullmatch(pattern, answer.strip(), re.DOTALL) is not None


def examples() -> Iterator[Example]:
    for block in re.findall(r"^```console\n(.*?)^```", README, re.DOTALL | re.MULTILINE):
        for command, printed in re.findall(
            r"^\$ (.*?(?<!\\)(?:'\n|\n))(.*?)(?=^\$ |\Z)", joined(block), re.DOTALL | re.MULTILINE
        ):
            yield Example(command.strip(), printed.strip())


def joined(block: str) -> str:
    """A command on one line: without continued lines and line ends within quotes."""
    block = block.replace("\\\n", "")
    return re.sub(r"'[^']*'", lambda quoted: re.sub(r"\n\s*", " ", quoted[0]), block)


MAKES_KEY = "KEY=$("
"""How the command begins that keeps a key for those after it."""

EXAMPLES = [
    example
    for example in examples()
    if example.command not in RUN_ELSEWHERE and not example.command.startswith(MAKES_KEY)
]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """The address and data folder of a running `letopis demo`, far from any settings of ours."""
    folder = tmp_path_factory.mktemp("demo")
    command = [str(LETOPIS), "demo", "--no-browser", "--port", "0"]
    with (
        (folder / "printed").open("w") as printed,
        subprocess.Popen(
            command, cwd=folder, env=environment(folder), stdout=printed, stderr=printed
        ) as process,
    ):
        try:
            yield address_of(process, folder / "printed"), folder
        finally:
            process.terminate()


@pytest.fixture(scope="module")
def key(demo: tuple[str, Path]) -> str:
    """The key that README has made."""
    _, folder = demo
    (making,) = [e.command for e in examples() if e.command.startswith(MAKES_KEY)]
    return run(making.removeprefix(MAKES_KEY).removesuffix(")"), folder, stderr=None).strip()


def environment(folder: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("LETOPIS_")}
    return kept | {"LETOPIS_DATA_DIR": str(folder / "data")}


def address_of(process: subprocess.Popen[bytes], printed: Path) -> str:
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline and process.poll() is None:
        if found := re.search(rf"программы +({LOOPBACK}:\d+)/", printed.read_text()):
            return found[1]
        time.sleep(0.1)
    pytest.fail(f"the demo did not come up:\n{printed.read_text()[-3000:]}")


def curl(command: str, base: str, key: str) -> str:
    """What curl would print; it need not be installed."""
    filled = command.replace(f"{LOOPBACK}:8000", base).replace("$KEY", key)
    arguments = iter(shlex.split(filled)[1:])
    method, url, headers, body = "GET", "", {}, None
    for argument in arguments:
        match argument:
            case "-s":
                pass
            case "-X":
                method = next(arguments)
            case "-H":
                name, _, value = next(arguments).partition(": ")
                headers[name] = value
            case "-d":
                body = next(arguments)
            case _:
                assert argument.startswith(base), f"not understood: {argument}"
                url = argument
    return httpx2.request(method, url, headers=headers, content=body, timeout=30).text


def run(command: str, folder: Path, *, stderr: int | None = subprocess.STDOUT) -> str:
    _, _, *arguments = shlex.split(command)
    done = subprocess.run(
        [str(LETOPIS), *arguments[1:]],
        cwd=folder,
        env=environment(folder),
        stdout=subprocess.PIPE,
        stderr=stderr,
        text=True,
        check=True,
    )
    return done.stdout


def test_the_two_commands_are_told() -> None:
    told = {example.command for example in examples()}
    assert told >= RUN_ELSEWHERE
    assert sum(command.startswith("curl ") for command in told) >= 4
    assert all(
        command.startswith(("curl ", "uv run letopis ", "uv run pytest", MAKES_KEY))
        for command in told
    )


def test_what_the_demo_shows_is_what_is_told(demo: tuple[str, Path]) -> None:
    base, _ = demo
    listed = httpx2.get(f"{base}/api/v1/programs", timeout=30).json()["data"]
    assert {one["program"] for one in listed} == set(PROGRAMS)
    for program in PROGRAMS:
        assert f"`{program}`" in README
    assert httpx2.get(f"{base}/", timeout=30).status_code == 200


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.command[:60])
def test_a_command_prints_what_is_told(demo: tuple[str, Path], key: str, example: Example) -> None:
    base, folder = demo
    answer = (
        curl(example.command, base, key)
        if example.command.startswith("curl ")
        else run(example.command, folder)
    )
    assert example.printed, "an example without its answer"
    assert example.is_answered_by(answer), answer


def test_a_fact_sent_again_is_not_recorded_again(demo: tuple[str, Path], key: str) -> None:
    base, _ = demo
    again = next(e.command for e in EXAMPLES if "Idempotency-Key" in e.command)
    first = curl(again, base, key)
    assert curl(again, base, key) == first


def test_every_link_leads_somewhere() -> None:
    for page in [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]:
        for link in re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8")):
            assert (page.parent / link).exists(), f"{page.name}: {link}"
