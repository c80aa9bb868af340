"""People on the command line: who signed in, all their sessions ended, their names erased."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from typer.testing import CliRunner

from api import cli
from api.bootstrap import Letopis
from application.ports import Person
from tests.api.conftest import opened
from tests.api.people import person
from tests.api.test_cli import Runs, printed, runs_on
from tests.conftest import Database

VERA = person("vera-17")
NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)


@pytest.fixture
def people(database: Database) -> Iterator[Letopis]:
    with opened(database) as letopis:
        letopis.people.note(Person(VERA, "Вероника Имярекова", "imyarekova@letopis.invalid", NOW))
        yield letopis


@pytest.fixture
def letopis(database: Database, monkeypatch: pytest.MonkeyPatch) -> Runs:
    return runs_on(database, monkeypatch)


@pytest.mark.parametrize("command", ["list", "sign-out", "erase"])
def test_every_command_has_an_example(command: str) -> None:
    told = CliRunner().invoke(cli.cli, ["people", command, "--help"])
    assert told.exit_code == 0
    assert "letopis people" in " ".join(told.stdout.split())


def test_the_directory_is_listed(letopis: Runs, people: Letopis) -> None:
    assert "vera-17  Вероника Имярекова" in letopis("people", "list").stdout
    assert printed(letopis("people", "list", "--json")) == [
        {
            "issuer": VERA.issuer,
            "subject": VERA.subject,
            "name": "Вероника Имярекова",
            "email": "imyarekova@letopis.invalid",
            "noted_at": "2026-11-02T09:00:00+00:00",
        }
    ]


def test_all_sessions_of_somebody_end(letopis: Runs, people: Letopis) -> None:
    shown = [people.sessions.begin(VERA, people.now()) for _ in range(2)]
    other = people.sessions.begin(person("oleg"), people.now())
    ended = letopis("people", "sign-out", VERA.issuer, VERA.subject)
    assert "Завершено входов: 2" in ended.stderr
    assert not any(people.sessions.seen(one, people.now()) for one in shown)
    assert people.sessions.seen(other, people.now())


def test_somebody_is_erased(
    letopis: Runs, people: Letopis, monkeypatch: pytest.MonkeyPatch
) -> None:
    nobody = letopis("people", "erase", VERA.issuer, "nobody")
    assert (nobody.exit_code, "справочнике нет" in nobody.stderr) == (1, True)
    assert letopis("people", "erase", "не адрес", "x").exit_code == 2
    shown = people.sessions.begin(VERA, people.now())
    done = letopis("people", "erase", VERA.issuer, VERA.subject)
    assert (done.exit_code, done.stdout) == (0, "")
    assert people.people.everybody() == []
    assert people.sessions.seen(shown, people.now()) is None
    monkeypatch.delenv("LETOPIS_OWNER_DATABASE_URL")
    by_application = letopis("people", "erase", VERA.issuer, VERA.subject)
    assert by_application.exit_code == 2
    assert "роль владельца" in by_application.stderr
