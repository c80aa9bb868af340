"""The web application over a real PostgreSQL: one with the demo's packages, one to write to."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
import structlog
from fastapi import FastAPI
from pydantic import SecretStr
from starlette.testclient import TestClient

from api.app import web_app
from api.bootstrap import Letopis, open_letopis
from api.demo.load import load_demo
from api.settings import Settings
from domain.access import Role, Scope
from tests.api.people import (
    bearer,
    give_all_roles,
    granted,
    key_of,
    key_of_all_roles,
    machine,
    person,
    sign_in,
)
from tests.api.town import TODAY, FixedClock, Town, program_of
from tests.conftest import Database, Server, fresh_database


@pytest.fixture(scope="session", autouse=True)
def plain_log() -> None:
    """The drawn tracebacks of the default log take seconds."""
    structlog.configure([structlog.processors.format_exc_info, structlog.processors.JSONRenderer()])


@contextmanager
def opened(database: Database, **given: Any) -> Iterator[Letopis]:
    """Letopis on a database of the tests; documents may be dated up to TODAY."""
    guesses = {"failed_sign_ins_per_minute": 1_000_000}  # tests share one address
    settings = Settings(
        database_url=SecretStr(database.app_url),
        owner_database_url=SecretStr(database.owner_url),
        **guesses | given,
    )
    with open_letopis(settings) as letopis:
        yield replace(letopis, clock=FixedClock(TODAY))


@contextmanager
def served(letopis: Letopis) -> Iterator[TestClient]:
    """A client that sees a fault of ours as what a real client sees: status 500."""
    with TestClient(
        web_app(letopis), base_url="https://testserver", raise_server_exceptions=False
    ) as client:
        yield client


@pytest.fixture(scope="session")
def papers_database(main_server: Server) -> Iterator[Database]:
    """The four papers and the invented municipality, for reading only."""
    with fresh_database(main_server) as database:
        with opened(database) as letopis:
            for _ in load_demo(letopis):
                pass
        yield database


@pytest.fixture(scope="session")
def papers(papers_database: Database) -> Iterator[TestClient]:
    """A client of the four papers, for reading only."""
    with opened(papers_database) as letopis, served(letopis) as client:
        yield client


@pytest.fixture(scope="session")
def clerk(papers_database: Database) -> Iterator[TestClient]:
    """A client of the four papers whose clerk may hand in anything about them, by a key and on pages."""
    with opened(papers_database) as letopis, served(letopis) as client:
        for actor in (machine("clerk"), person("clerk")):
            for municipality in ("kedrovy", "stupino", "krasnogorsk", "shatura", "sample"):
                for role in (Role.OWNER, Role.REPORTER, Role.FINANCE):
                    granted(letopis, actor, role, Scope(municipality=municipality))
        client.headers |= bearer(key_of(letopis, machine("clerk")))
        sign_in(client, person("clerk"))
        yield client


@pytest.fixture(scope="session")
def towns(main_server: Server) -> Iterator[TestClient]:
    """A client of a database that tests write to, with the key of one who may do everything there, and
    such a one signed in on pages.
    """
    with (
        fresh_database(main_server) as database,
        opened(database) as letopis,
        served(letopis) as client,
    ):
        client.headers |= bearer(key_of_all_roles(letopis))
        give_all_roles(letopis, person("all-roles"))
        sign_in(client, person("all-roles"))
        yield client


@pytest.fixture(scope="session")
def second_person(towns: TestClient) -> dict[str, str]:
    """Shows that another one asks: who accepts a report is not who submitted it."""
    assert isinstance(towns.app, FastAPI)
    letopis = towns.app.state.letopis
    granted(letopis, machine("second"), Role.OWNER)
    return bearer(key_of(letopis, machine("second")))


@pytest.fixture
def town(towns: TestClient, second_person: dict[str, str]) -> Town:
    """An invented program of the test's own."""
    registered = Town.registered(towns, program_of())
    return replace(registered, second=second_person)
