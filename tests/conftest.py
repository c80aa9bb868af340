"""PostgreSQL for tests: one server a session, one migrated template, a fresh copy for who asks.

The server is the embedded one, or that of `LETOPIS_TEST_DATABASE_URL` (a URL of a role that may
create databases and roles; the role `letopis_app` of that server gets a password of the tests).
"""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlencode
from uuid import uuid4

import psycopg
import pytest
from hypothesis import settings
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from adapters.embedded_postgres import EmbeddedPostgres
from adapters.event_store import PostgresLedger
from adapters.migrate import APP_ROLE, migrate
from adapters.read_model import PostgresReadModel
from tests.adapters.postgresql_15 import postgresql_15

pytest_plugins = ["tests.golden_option"]

settings.register_profile("small", max_examples=25, deadline=None)
settings.register_profile("ci", max_examples=100, deadline=None)
settings.register_profile("long", max_examples=5_000, deadline=None)
settings.load_profile(
    os.environ.get("LETOPIS_HYPOTHESIS_PROFILE", "ci" if "CI" in os.environ else "small")
)

_APP_PASSWORD = "letopis-tests"  # noqa: S105 (of throw-away databases)
_MAKING_OF_ROLES = 7305809157


@dataclass(frozen=True, slots=True)
class Server:
    """A running server: the owner's URL of a database to connect to, and a migrated template."""

    owner_url: str
    template: str


@dataclass(frozen=True, slots=True)
class Database:
    """A fresh migrated database: URLs of its owner and of the application's role."""

    owner_url: str
    app_url: str


@pytest.fixture(scope="session")
def main_server() -> Iterator[Server]:
    """The server that tests run on: one of this session and worker, or the one that is named."""
    given = os.environ.get("LETOPIS_TEST_DATABASE_URL")
    if given:
        with _server(given) as server:
            yield server
        return
    with (
        tempfile.TemporaryDirectory(prefix="letopis-tests-") as folder,
        EmbeddedPostgres(Path(folder), durable=False) as embedded,
        _server(embedded.url()) as server,
    ):
        yield server


@pytest.fixture(scope="session")
def old_server() -> Iterator[Server]:
    """A server of the oldest supported PostgreSQL, 15, where Debian's programs are installed."""
    with postgresql_15() as owner_url, _server(owner_url) as server:
        yield server


@pytest.fixture
def server(request: pytest.FixtureRequest) -> Server:
    """The main server; `parametrize("server", SERVERS, indirect=True)` names another."""
    found = request.getfixturevalue(getattr(request, "param", "main_server"))
    assert isinstance(found, Server)
    return found


@pytest.fixture
def database(server: Server) -> Iterator[Database]:
    """A fresh database, migrated, with no events."""
    with fresh_database(server) as fresh:
        yield fresh


@pytest.fixture
def empty_database(server: Server) -> Iterator[str]:
    """The owner's URL of a fresh database without any schema of ours."""
    with _database(server.owner_url, template="template0") as name:
        yield _url(server.owner_url, dbname=name)


@pytest.fixture
def ledger(database: Database) -> Iterator[PostgresLedger]:
    """The ledger in the application's role."""
    opened = PostgresLedger(database.app_url)
    yield opened
    opened.close()


@pytest.fixture
def model(ledger: PostgresLedger) -> PostgresReadModel:
    """The read model in the application's role."""
    return PostgresReadModel(ledger)


@contextmanager
def fresh_database(server: Server) -> Iterator[Database]:
    """A migrated database without events that lasts as long as its user wants."""
    with _database(server.owner_url, template=server.template) as name:
        yield Database(
            owner_url=_url(server.owner_url, dbname=name),
            app_url=_url(server.owner_url, dbname=name, user=APP_ROLE, password=_APP_PASSWORD),
        )


@contextmanager
def _server(owner_url: str) -> Iterator[Server]:
    with _database(owner_url, template="template0") as template:
        with psycopg.connect(owner_url, autocommit=True) as connection:
            # Roles belong to the whole server: workers that share one must not alter them at once.
            connection.execute("SELECT pg_advisory_lock(%s)", (_MAKING_OF_ROLES,))
            migrate(_url(owner_url, dbname=template), app_password=_APP_PASSWORD)
        yield Server(owner_url, template)


@contextmanager
def _database(owner_url: str, *, template: str) -> Iterator[str]:
    name = f"letopis_test_{uuid4().hex}"
    with psycopg.connect(owner_url, autocommit=True) as connection:
        made = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        connection.execute(made.format(sql.Identifier(name), sql.Identifier(template)))
    try:
        yield name
    finally:
        with psycopg.connect(owner_url, autocommit=True) as connection:
            dropped = sql.SQL("DROP DATABASE {} WITH (FORCE)")
            connection.execute(dropped.format(sql.Identifier(name)))


def _url(owner_url: str, *, dbname: str, **other: str) -> str:
    where = {k: v for k, v in conninfo_to_dict(owner_url).items() if k != "dbname"} | other
    return f"postgresql:///{quote(dbname)}?{urlencode(where, quote_via=quote)}"
