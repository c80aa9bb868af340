"""Secrets are nowhere: not in logs, answers, metrics, tables, tracebacks or settings as they print."""

import base64
import io
import json
import logging
import os
import subprocess
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any, NoReturn

import psycopg
import pytest
import structlog
from psycopg import sql
from pydantic import SecretStr, ValidationError
from starlette.testclient import TestClient

from api.bootstrap import Letopis, open_letopis
from api.log_lines import configure_logging
from api.settings import Settings
from application.keys import new_key
from domain.access import Role, Scope
from domain.refusals import LedgerAway
from tests.adapters.recording import asked
from tests.api.conftest import opened, served
from tests.api.people import bearer, granted, key_of, key_of_all_roles, machine
from tests.api.town import REPORT, Town, fact, post, program_of
from tests.conftest import Database

LETOPIS = Path(sys.executable).with_name("letopis")
PASSWORD = "pw-5f0c7d1e"  # noqa: S105 (planted, opens nothing)
COOKIE = "cookie-8c1f4b2a"
CLIENT_SECRET = "client-93e0b7d4"  # noqa: S105 (planted, opens nothing)
NAME = "Кукушкина Прасковья"
LATIN_NAME = "Praskovya-Kukushkina"
WRONG_KEY = new_key()


def _part(told: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(told).encode()).decode().rstrip("=")


TOKEN = ".".join(
    (_part({"alg": "ES256", "typ": "at+jwt"}), _part({"sub": "u-17", "name": NAME}), "c2lnbmF0dXJl")
)
PLANTED = {
    "password": PASSWORD,
    "cookie": COOKIE,
    "client secret": CLIENT_SECRET,
    "name": NAME,
    "name in Latin": LATIN_NAME,
    "token": TOKEN,
    "payload of the token": TOKEN.split(".")[1],
    "wrong key": WRONG_KEY,
}
SETTINGS: dict[str, Any] = {
    "app_password": SecretStr(PASSWORD),
    "oidc_client_id": "letopis",
    "oidc_client_secret": SecretStr(CLIENT_SECRET),
}


def leaks(told: str, **more: str) -> set[str]:
    """The names of the planted secrets that a text tells, as they are or as JSON writes them."""
    looked_for = PLANTED | more
    return {
        name
        for name, secret in looked_for.items()
        if secret in told or json.dumps(secret).strip('"') in told
    }


@contextmanager
def log_of(monkeypatch: pytest.MonkeyPatch, log_format: Any) -> Iterator[io.StringIO]:
    """All that is logged in a format, by us and by libraries."""
    written, former = io.StringIO(), structlog.get_config()
    handlers = list(logging.getLogger().handlers)
    with monkeypatch.context() as patched:
        patched.setattr(sys, "stderr", written)
        configure_logging(Settings(_env_file=None, log_format=log_format))
        try:
            yield written
        finally:
            structlog.configure(**former)
            logging.getLogger().handlers[:] = handlers


@contextmanager
def faulty(monkeypatch: pytest.MonkeyPatch, letopis: Letopis, error: str) -> Iterator[None]:
    """A fault of ours in a route, with secrets among its variables and perhaps in its text."""

    def fails(*_: object) -> NoReturn:
        variables = {**PLANTED, "url": f"postgresql://letopis:{PASSWORD}@db/letopis"}
        raise RuntimeError(error, len(variables))

    with monkeypatch.context() as patched:
        patched.setattr(type(letopis.model), "programs", fails)
        yield


def dump(database: Database) -> str:
    """Every row of every table as text."""
    tables = asked(
        database.owner_url,
        "SELECT table_schema AS s, table_name AS t FROM information_schema.tables"
        " WHERE table_schema NOT IN ('pg_catalog', 'information_schema')",
    )
    assert {(row["s"], row["t"]) for row in tables} > {("history", "event"), ("audit", "refusal")}
    told: list[str] = []
    with psycopg.connect(database.owner_url) as connection:
        for row in tables:
            named = sql.SQL("SELECT * FROM {}").format(sql.Identifier(row["s"], row["t"]))
            for values in connection.execute(named):
                told += [
                    v.decode("utf-8", "replace") if isinstance(v, bytes) else str(v) for v in values
                ]
    return "\n".join(told)


@pytest.fixture
def letopis(database: Database) -> Iterator[Letopis]:
    with opened(database, **SETTINGS) as letopis:
        owner = f"postgresql://letopis_owner:{PASSWORD}@db.example/letopis"
        settings = letopis.settings.model_copy(update={"owner_database_url": SecretStr(owner)})
        yield replace(letopis, settings=settings, owner_url=owner)


def asked_in_every_way(client: TestClient, key: str) -> dict[int, list[str]]:
    """Requests that succeed, are refused and fail: their answers by status, with all headers."""
    client.headers["Cookie"] = f"letopis={COOKIE}; __Host-session={COOKIE}"
    client.headers["User-Agent"] = client.headers["From"] = LATIN_NAME
    town = Town(client, program_of()["program"])
    good = bearer(key)
    found: dict[int, list[str]] = {}
    for answer in (
        post(client, "/programs", program_of(town.program), headers=good),
        client.get(f"/api/v1/programs/{town.program}", headers=good),
        client.get(f"/api/v1/programs/{town.program}"),
        *(client.get("/api/v1/refusals", headers=bearer(one)) for one in (WRONG_KEY, TOKEN)),
        client.get("/api/v1/refusals", headers={"Authorization": f"Basic {PASSWORD}"}),
        client.get("/api/v1/refusals", headers={"Authorization": key}),
        post(client, f"/programs/{town.program}/facts/batch", _wrong(town), headers=good),
        client.get("/api/v1/programs?limit=0", headers=good),
        client.get("/api/v1/nowhere", headers=good),
        client.post("/api/v1/programs", content=b"{", headers=good),
        client.get("/", headers=bearer(TOKEN)),
        client.get("/intake"),
    ):
        told = f"{answer.text}\n{dict(answer.headers)}"
        found.setdefault(answer.status_code, []).append(told)
    return found


def _wrong(town: Town) -> Any:
    return {"document": REPORT, "facts": [{**fact("i1", "81"), "by": NAME}]}


@pytest.mark.parametrize("log_format", ["json", "console"])
def test_no_log_and_no_answer_tells_a_secret(
    letopis: Letopis, database: Database, monkeypatch: pytest.MonkeyPatch, log_format: str
) -> None:
    assert leaks(repr(letopis)) == set()
    with log_of(monkeypatch, log_format) as written, served(letopis) as client:
        key = key_of_all_roles(letopis)
        answers = asked_in_every_way(client, key)
        typed_in = client.get(f"/api/v1/programs/{key}", headers=bearer(key))  # by mistake
        with faulty(monkeypatch, letopis, "it broke"):
            failed = client.get("/api/v1/programs", headers=bearer(key))
        url = f"postgresql://u:{PASSWORD}@db/letopis"
        text = f"{key} at {url} with Bearer {COOKIE}, password={PASSWORD}, {TOKEN}"
        with faulty(monkeypatch, letopis, text):
            failed_worse = client.get("/api/v1/programs", headers=bearer(key))
        everywhere = [
            client.get(path, headers=bearer(key)).text
            for path in (
                "/api/v1/events?limit=1000",
                "/api/v1/refusals",
                "/metrics",
                "/openapi.json",
            )
        ]
    statuses = {200, 201, 401, 404, 415, 422}
    assert statuses <= answers.keys()
    assert {failed.status_code, failed_worse.status_code} == {500}
    assert typed_in.status_code == 404
    told = [one for of_status in answers.values() for one in of_status]
    for one in (*told, failed.text, failed_worse.text, *everywhere):
        assert leaks(one, key=key) == set()
    lines = written.getvalue()
    assert leaks(lines, key=key) == set()
    assert "it broke" in lines
    assert "raise RuntimeError(error, len(variables))" in lines
    assert lines.count("answered") > len(told)
    rows = dump(database)
    assert leaks(rows, key=key) == set()
    assert sha256(key.encode()).hexdigest() in rows


def test_what_would_leak_is_found(letopis: Letopis, database: Database) -> None:
    """The search finds what it looks for, wherever it stands."""
    assert leaks(f"…{TOKEN}…") == {"token", "payload of the token"}
    assert leaks(json.dumps({"by": NAME})) == {"name"}
    key = key_of(letopis, machine("robot"))
    granted(letopis, machine(COOKIE), Role.AUDITOR, Scope())
    assert leaks(dump(database), key=key) == {"cookie"}
    assert key.removeprefix("letopis_") not in dump(database)


def test_settings_print_no_secret() -> None:
    url = SecretStr(f"postgresql://u:{PASSWORD}@db/letopis")
    given = {"database_url": url, "owner_database_url": url, **SETTINGS}
    settings = Settings(_env_file=None, **given)
    for told in (repr(settings), str(settings), settings.model_dump_json(), str(vars(settings))):
        assert leaks(told) == set()
    unreadable = f"postgres//u:{PASSWORD}@db/letopis"
    for name in ("database_url", "owner_database_url"):
        wrongs: list[dict[str, Any]] = [
            {name: unreadable},
            {name: url.get_secret_value(), "port": PASSWORD},
        ]
        for wrong in wrongs:
            with pytest.raises(ValidationError) as refused:
                Settings(_env_file=None, **wrong)
            assert leaks("".join(traceback.format_exception(refused.value))) == set()


@pytest.mark.parametrize(
    "url", [f"postgresql://u:{PASSWORD}@127.0.0.1:1/db", f"postgres//u:{PASSWORD}@h"]
)
@pytest.mark.parametrize(
    "words", [("serve",), ("migrate",), ("show", "kedrovy"), ("serve", "--help"), ("--help",)]
)
def test_the_command_line_tells_no_secret(url: str, words: tuple[str, ...]) -> None:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("LETOPIS_")}
    ended = subprocess.run(
        [LETOPIS, *words],
        capture_output=True,
        text=True,
        check=False,
        env=clean
        | {
            "LETOPIS_DATABASE_URL": url,
            "LETOPIS_OWNER_DATABASE_URL": url,
            "LETOPIS_APP_PASSWORD": PASSWORD,
            "LETOPIS_OIDC_CLIENT_SECRET": CLIENT_SECRET,
            "LETOPIS_PORT": "0",
        },
        timeout=60,
    )
    assert leaks(ended.stdout + ended.stderr) == set()
    assert (ended.returncode == 0) == ("--help" in words)


def test_a_database_that_is_away_is_told_without_its_password(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    url = f"postgresql://letopis_app:{PASSWORD}@127.0.0.1:1/letopis"
    with (
        log_of(monkeypatch, "console") as written,
        pytest.raises(LedgerAway) as refused,
        open_letopis(Settings(_env_file=None, database_url=SecretStr(url))),
    ):
        pytest.fail("there is no such database")
    assert leaks(written.getvalue() + "".join(traceback.format_exception(refused.value))) == set()


def test_warnings_of_libraries_are_lines_like_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    with log_of(monkeypatch, "json") as written:
        for _ in range(2):
            configure_logging(Settings(_env_file=None, log_format="json"))
        logging.getLogger("uvicorn.error").warning(
            "connecting to %s", f"postgresql://u:{PASSWORD}@h/d"
        )
        logging.getLogger("uvicorn.error").info("not told")
    (line,) = written.getvalue().splitlines()
    told = json.loads(line)
    assert (told["event"], told["level"]) == ("connecting to postgresql://u:…@h/d", "warning")
