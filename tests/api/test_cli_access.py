"""Rights and keys on the command line, and who it acts as."""

import json
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from api import cli
from api.cli import options
from tests.api.test_cli import PACKAGES, Runs, printed
from tests.conftest import Database

GRANTING = ("grant", "revoke", "list", "publish")
KEYS = ("issue", "revoke", "list")
ROLES = ("--role", "owner", "--role", "reporter", "--role", "finance", "--municipality", "sample")


@pytest.fixture
def letopis(database: Database, monkeypatch: pytest.MonkeyPatch) -> Runs:
    """The command line in production, by who owns the database."""
    monkeypatch.setenv("LETOPIS_DATABASE_URL", database.app_url)
    monkeypatch.setenv("LETOPIS_OWNER_DATABASE_URL", database.owner_url)
    monkeypatch.setattr(options, "configure_logging", lambda _: None)
    return lambda *words: CliRunner().invoke(cli.cli, [str(word) for word in words])


def holdings(letopis: Runs, room: str = "access") -> list[Any]:
    found: list[Any] = printed(letopis(room, "list", "--json"))
    return found


def refused(result: Result) -> str:
    assert (result.exit_code, result.stdout) == (1, ""), result.stderr
    return " ".join(result.stderr.split())


@pytest.mark.parametrize(
    "words", [*(("access", one) for one in GRANTING), *(("keys", one) for one in KEYS)]
)
def test_every_command_has_an_example(words: tuple[str, str]) -> None:
    result = CliRunner().invoke(cli.cli, [*words, "--help"])
    assert result.exit_code == 0
    assert "letopis" in " ".join(result.stdout.split())


def test_the_owner_of_the_database_grants_and_writes_nothing(letopis: Runs) -> None:
    assert "LETOPIS_KEY" in refused(letopis("load", PACKAGES / "sample.json"))
    key = letopis("keys", "issue", "robot", *ROLES).stdout.strip()
    assert key.startswith("letopis_")
    assert "LETOPIS_KEY" in refused(letopis("load", PACKAGES / "sample.json"))


def test_a_key_writes_what_it_may(letopis: Runs, monkeypatch: pytest.MonkeyPatch) -> None:
    told = printed(letopis("keys", "issue", "robot", *ROLES, "--json"))
    monkeypatch.setenv("LETOPIS_KEY", told["key"])
    assert "not_allowed" in refused(letopis("load", PACKAGES / "kedrovy.json"))
    told = refused(letopis("load", PACKAGES / "sample.json"))
    assert "second_person_needed" in told  # a package that submits and accepts is the operator's
    monkeypatch.setenv("LETOPIS_KEY", "letopis_unknown")
    assert "unknown_key" in refused(letopis("load", PACKAGES / "sample.json"))


def test_a_key_is_shown_once(letopis: Runs) -> None:
    issued = letopis("keys", "issue", "robot", "--days", "30")
    assert issued.exit_code == 0, issued.stderr
    key = issued.stdout.strip()
    assert key not in issued.stderr
    assert key not in json.dumps(holdings(letopis, "keys"))


def test_a_role_is_granted_told_and_revoked(letopis: Runs) -> None:
    words = ("https://id.example", "7c1e", "owner", "--program", "kedrovy")
    position = printed(letopis("access", "grant", *words, "--json"))["position"]
    (told,) = holdings(letopis)
    assert (told["position"], told["role"], told["holds"]) == (position, "owner", True)
    assert "granted_already" in refused(letopis("access", "grant", *words))
    gone = letopis("access", "revoke", position, "--reason", "Уволен")
    assert gone.exit_code == 0, gone.stderr
    (told,) = holdings(letopis)
    assert told["holds"] is False
    assert "unknown_grant" in refused(letopis("access", "revoke", position, "--reason", "Уволен"))


def test_the_roles_of_one_are_told(letopis: Runs) -> None:
    for who in (("https://id.example", "7c1e"), ("https://id.example", "b02f"), ("urn:x", "7c1e")):
        assert letopis("access", "grant", *who, "auditor").exit_code == 0

    def told(*asked: str) -> list[tuple[str, str]]:
        found = printed(letopis("access", "list", *asked, "--json"))
        return [(one["actor"]["issuer"], one["actor"]["subject"]) for one in found]

    one = [("https://id.example", "7c1e")]
    assert told("--issuer", "https://id.example") == [*one, ("https://id.example", "b02f")]
    assert told("--subject", "7c1e") == [*one, ("urn:x", "7c1e")]
    assert told("--issuer", "https://id.example", "--subject", "7c1e") == one
    assert told("--subject", "nobody") == []


def test_a_role_is_not_revoked_as_a_key(letopis: Runs) -> None:
    words = ("--machine", "robot", "auditor")
    position = printed(letopis("access", "grant", *words, "--json"))["position"]
    assert "unknown_grant" in refused(letopis("keys", "revoke", position, "--reason", "нет"))


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (("access", "grant", "auditor"), 2, "Назовите, кому"),
        (("access", "grant", "--machine", "robot", "king"), 2, "role"),
        (("access", "grant", "--machine", "robot", "owner"), 1, "scope_does_not_fit"),
        (("access", "grant", "https://id.example", "Имя Фамилия", "auditor"), 2, "subject"),
        (("keys", "issue", "robot", "--until", "2020-01-01"), 1, "ends_before_start"),
        (("keys", "issue", "robot", "--days", "1000"), 1, "key_too_long"),
        (("keys", "issue", "robot", "--days", "1", "--until", "2030-01-01"), 2, "что-то одно"),
        (("keys", "issue", "robot", "--program", "x"), 2, "Охват без роли"),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence(
    letopis: Runs, words: tuple[str, ...], status: int, said: str
) -> None:
    result = letopis(*words)
    assert (result.exit_code, result.stdout) == (status, "")
    assert said in " ".join(result.stderr.split())
    assert "Traceback" not in result.stderr


def test_without_the_owner_or_a_key_nothing_is_granted(
    letopis: Runs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("LETOPIS_OWNER_DATABASE_URL")
    assert "LETOPIS_KEY" in refused(letopis("keys", "issue", "robot"))
    assert "LETOPIS_KEY" in refused(letopis("access", "grant", "--machine", "robot", "auditor"))


def test_who_only_says_to_be_the_owner_grants_nothing(
    letopis: Runs, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LETOPIS_OWNER_DATABASE_URL", database.app_url)
    assert "не владеет журналом" in refused(letopis("keys", "issue", "robot"))
