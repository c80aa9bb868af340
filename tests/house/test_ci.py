"""CI runs what people run: the README's test command, and the gates of `make check`."""

import re
import subprocess

from tests.house.tree import ROOT, text

RUN = text(".ci/run")
TEST_COMMAND = "uv run pytest"


def commands_of_ci() -> list[str]:
    """What `.ci/run` runs and prints, in order."""
    return re.findall(r"^run (.+)$", RUN, re.MULTILINE)


def gates_of_make() -> list[str]:
    """The commands of the Makefile's target `check`."""
    _, _, after = text("Makefile").partition("\ncheck:")
    return re.findall(r"^\t(.+)$", after.partition("\n\n")[0], re.MULTILINE)


def test_the_tests_are_run_by_the_readmes_command() -> None:
    assert commands_of_ci()[-1] == TEST_COMMAND
    assert RUN.rstrip().endswith(f"run {TEST_COMMAND}")
    assert f"$ {TEST_COMMAND}\n" in text("README.md")
    assert f"\n\t{TEST_COMMAND}\n" in text("Makefile")


def test_the_gates_are_those_of_make_check() -> None:
    assert commands_of_ci() == ["uv sync --frozen", *gates_of_make(), TEST_COMMAND]


def test_the_script_can_be_run_and_stops_at_the_first_fault() -> None:
    assert (ROOT / ".ci/run").stat().st_mode & 0o111
    assert "set -euo pipefail" in RUN
    subprocess.run(["bash", "-n", str(ROOT / ".ci/run")], check=True)


def test_nothing_names_a_machine() -> None:
    assert not re.search(r"/(?:work|home|root|Users)/|https?://(?!127)", RUN)
