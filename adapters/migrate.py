"""Brings a database to the newest schema, with the owner's role."""

from pathlib import Path

import psycopg
from alembic import command
from alembic.config import Config
from psycopg import sql
from sqlalchemy import NullPool, create_engine

from adapters.sql import grants

APP_ROLE = "letopis_app"
MIGRATION_LOCK = 7305809156
"""Key of the advisory lock that keeps migrations, checks and rebuilds apart."""


def migrate(owner_url: str, *, app_password: str | None = None) -> None:
    """Runs all missing migrations and grants the application's role its rights.

    `owner_url` is a libpq URL of a role that may create schemas and roles. The role `letopis_app`
    is made if it does not exist; with `app_password` it gets this password. Starting several at
    once is safe: they wait for each other.
    """
    with psycopg.connect(owner_url, autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(%s)", (MIGRATION_LOCK,))
        _make_role(connection, app_password)
        _run_migrations(owner_url)
        connection.execute(grants(APP_ROLE))


def _make_role(connection: psycopg.Connection, password: str | None) -> None:
    exists = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (APP_ROLE,)).fetchone()
    if not exists:
        connection.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(APP_ROLE)))
    if password:
        connection.execute(
            sql.SQL("ALTER ROLE {} PASSWORD {}").format(
                sql.Identifier(APP_ROLE), sql.Literal(password)
            )
        )


def _run_migrations(owner_url: str) -> None:
    engine = create_engine(
        "postgresql+psycopg://", creator=lambda: psycopg.connect(owner_url), poolclass=NullPool
    )
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
