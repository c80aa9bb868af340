"""The commands of docs/security/keys.md do what the page says, in its order."""

import re
import shlex
from collections.abc import Iterator

import pytest
from typer.testing import CliRunner, Result

from api import cli
from api.cli import options
from tests.api.test_cli import printed
from tests.conftest import Database
from tests.house.tree import text

PAGE = text("docs/security/keys.md")
OLD_KEY = "1204"


def commands() -> Iterator[list[str]]:
    """The words of every command that stands in a block of its own."""
    for block in re.findall(r"^```\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE):
        for line in block.splitlines():
            yield shlex.split(line, comments=True)


@pytest.fixture
def owner(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command line in production, by who owns the database."""
    monkeypatch.setenv("LETOPIS_DATABASE_URL", database.app_url)
    monkeypatch.setenv("LETOPIS_OWNER_DATABASE_URL", database.owner_url)
    monkeypatch.setattr(options, "configure_logging", lambda _: None)


def run(words: list[str]) -> Result:
    return CliRunner().invoke(cli.cli, words)


@pytest.mark.usefixtures("owner")
def test_the_commands_work_in_their_order() -> None:
    told = list(commands())
    assert len(told) == 6
    for program, *words in told:
        assert program == "letopis"
        if OLD_KEY in words:
            first = printed(run(["keys", "list", "--json"]))[0]
            words[words.index(OLD_KEY)] = str(first["position"])
        done = run(words)
        assert done.exit_code == 0, (words, done.stderr)
    roles = {
        (one["actor"]["subject"], one["role"]) for one in printed(run(["access", "list", "--json"]))
    }
    assert roles == {("7c1e9a", "operator"), ("b02f17", "owner"), ("robot", "reporter")}
    assert [one["holds"] for one in printed(run(["keys", "list", "--json"]))] == [False, True]


@pytest.mark.usefixtures("owner")
def test_a_third_key_is_refused_as_told() -> None:
    assert "Two keys of an account live at once, a third is refused" in PAGE
    ended = [run(["keys", "issue", "robot"]) for _ in range(3)]
    assert [done.exit_code for done in ended] == [0, 0, 1]
    assert "two_keys_live" in ended[-1].stderr


def test_what_is_named_within_a_line_is_a_command() -> None:
    named = [one.split() for one in re.findall(r"`letopis ([^`]+)`", PAGE)]
    assert len(named) >= 6
    for words in named:
        known = [word for word in words if re.fullmatch("[a-z-]+", word) and word[0] != "-"]
        assert run([*known, "--help"]).exit_code == 0, words
