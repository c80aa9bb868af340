"""What a real client meets on a bad day: the database goes away, bodies that do not arrive."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from uuid import uuid4

import pytest
import uvicorn
from httpx2 import Response
from pydantic import SecretStr
from starlette.testclient import TestClient

from adapters.embedded_postgres import EmbeddedPostgres
from adapters.migrate import APP_ROLE, migrate
from api.app import web_app
from api.bootstrap import Letopis, open_letopis
from api.settings import Settings
from tests.api.conftest import opened, served
from tests.api.people import bearer, key_of_all_roles
from tests.api.town import REPORT, Town, fact, post, program_of, refusal
from tests.conftest import Database

LONGEST_S = 3.5


@contextmanager
def listening(letopis: Letopis) -> Iterator[int]:
    """A real server on a free port."""
    config = uvicorn.Config(web_app(letopis), port=0, log_config=None)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    try:
        yield server.servers[0].sockets[0].getsockname()[1]
    finally:
        server.should_exit = True
        thread.join()


def talk(port: int, *parts: bytes, pause_s: float = 0) -> str:
    """Sends parts with pauses, and reads until the server hangs up, which it may do half-way."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        with suppress(BrokenPipeError, ConnectionResetError):
            for part in parts:
                connection.sendall(part)
                time.sleep(pause_s)
        received = b""
        while chunk := connection.recv(65536):
            received += chunk
        return received.decode()


def head(length: int, key: str) -> bytes:
    return (
        "POST /api/v1/programs HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
        f"Authorization: Bearer {key}\r\n"
        f"Content-Type: application/json\r\nIdempotency-Key: k\r\nContent-Length: {length}\r\n\r\n"
    ).encode()


def test_bodies_that_do_not_arrive(database: Database) -> None:
    with (
        opened(database, body_seconds=0.3, max_body_bytes=2000) as letopis,
        listening(letopis) as port,
    ):
        key = key_of_all_roles(letopis)
        half = talk(port, head(100, key), b'{"program":')
        assert half.startswith("HTTP/1.1 408 "), half
        assert "urn:letopis:problem:too_slow" in half
        drop = talk(port, head(100, key), *[b" "] * 8, pause_s=0.05)
        assert drop.startswith("HTTP/1.1 408 "), drop
        large = talk(port, head(5000, key), b" " * 2001)
        assert large.startswith("HTTP/1.1 413 "), large
        in_time = talk(port, head(2, key), b"{", b"}", pause_s=0.05)
        assert in_time.startswith("HTTP/1.1 422 "), in_time
        with socket.create_connection(("127.0.0.1", port)) as cut:
            cut.sendall(head(100, key) + b"{")
        assert "200 OK" in talk(port, b"GET /health/ready HTTP/1.0\r\n\r\n")


@pytest.fixture
def mortal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[EmbeddedPostgres]:
    """A database of the test's own that comes back at the same address."""
    sockets = Path(f"/tmp/letopis-{uuid4().hex[:8]}")  # noqa: S108 (as the database itself does)

    def same_address(**_: object) -> str:
        sockets.mkdir(mode=0o700)
        return str(sockets)

    monkeypatch.setattr("adapters.embedded_postgres.tempfile.mkdtemp", same_address)
    with EmbeddedPostgres(tmp_path / "data", durable=False) as embedded:
        yield embedded


def test_the_database_goes_away_and_comes_back(mortal: EmbeddedPostgres) -> None:
    migrate(mortal.url(), app_password=mortal.password)
    settings = Settings(database_url=SecretStr(mortal.url(user=APP_ROLE)), pool_size=4)
    with open_letopis(settings) as letopis, served(letopis) as client:
        client.headers |= bearer(key_of_all_roles(letopis))
        town = Town.registered(client, program_of())
        body, key = {"document": REPORT, "facts": [fact("i1", "81")]}, uuid4().hex
        mortal.stop()
        for path in (f"/api/v1/programs/{town.program}", "/health/ready"):
            assert refusal(away(client, path)) == "ledger_away"
        assert "База данных недоступна" in away(client, f"/programs/{town.program}").text
        started = time.monotonic()
        unknown = town.post("/facts/batch", body, key=key)
        assert (unknown.status_code, refusal(unknown)) == (503, "ledger_away")
        assert time.monotonic() - started < LONGEST_S
        assert client.get("/health/live").status_code == 200
        mortal.start()  # after seconds that a patient pool would go on waiting
        again = town.post("/facts/batch", body, key=key)
        assert again.status_code == 201, again.text
        assert "idempotent-replayed" not in again.headers
        assert town.value("fact:i1:2021") == "81"
        assert post(client, "/programs", program_of()).status_code == 201


def away(client: TestClient, path: str) -> Response:
    """The answer while the database is away: soon, and saying when to ask again."""
    started = time.monotonic()
    answer = client.get(path)
    assert time.monotonic() - started < LONGEST_S
    assert answer.status_code == 503, answer.text
    assert int(answer.headers["retry-after"]) > 0
    return answer
