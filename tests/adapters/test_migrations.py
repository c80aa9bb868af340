"""The schema is what all migrations make of it, however often and from wherever they are run."""

import multiprocessing
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

from adapters.embedded_postgres import EmbeddedPostgres
from adapters.event_store import PostgresLedger
from adapters.migrate import APP_ROLE, migrate
from adapters.sql import read_model_tables
from tests.adapters.postgresql_15 import both_servers
from tests.adapters.recording import asked, given_program
from tests.conftest import Database

COLUMNS = """
    SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod) AS type, a.attnotnull,
        a.attidentity, a.attgenerated, a.attcollation::regcollation::text AS collation,
        pg_get_expr(d.adbin, d.adrelid) AS otherwise
    FROM pg_attribute a
    JOIN pg_class c ON c.oid = a.attrelid AND c.relkind IN ('r', 'v', 'm', 'S', 'p')
    LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
    WHERE c.relnamespace = %(schema)s::regnamespace AND a.attnum > 0 AND NOT a.attisdropped
    ORDER BY c.relname, a.attname
"""
INDEXES = """
    SELECT tablename, indexname, replace(indexdef, %(schema)s || '.', '') AS definition
    FROM pg_indexes WHERE schemaname = %(schema)s ORDER BY tablename, indexname
"""
CONSTRAINTS = """
    SELECT conrelid::regclass::text AS full_name, conname, contype::text,
        pg_get_constraintdef(oid) AS definition
    FROM pg_constraint
    WHERE connamespace = %(schema)s::regnamespace ORDER BY conname, conrelid::regclass::text
"""
TRIGGERS = """
    SELECT tgname, pg_get_triggerdef(t.oid) AS definition, tgenabled::text
    FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
    WHERE c.relnamespace = %(schema)s::regnamespace AND NOT tgisinternal ORDER BY tgname
"""
FUNCTIONS = """
    SELECT proname, pg_get_functiondef(oid) AS definition
    FROM pg_proc WHERE pronamespace = %(schema)s::regnamespace ORDER BY proname
"""


def shape(url: str, schema: str) -> dict[str, list[dict[str, Any]]]:
    """All that the catalogs tell of a schema, without its name."""
    found = {
        name: asked(url, question, {"schema": schema})
        for name, question in {
            "columns": COLUMNS,
            "indexes": INDEXES,
            "constraints": CONSTRAINTS,
            "triggers": TRIGGERS,
            "functions": FUNCTIONS,
        }.items()
    }
    for row in found["constraints"]:
        row["full_name"] = row["full_name"].removeprefix(f"{schema}.")
    return found


@both_servers
def test_migrations_make_the_read_model_that_a_rebuild_makes(database: Database) -> None:
    with psycopg.connect(database.owner_url) as connection:
        connection.execute(read_model_tables("fresh"))
    migrated = shape(database.owner_url, "read")
    assert migrated == shape(database.owner_url, "fresh")
    assert {row["relname"] for row in migrated["columns"]} == {
        "program",
        "assertion",
        "withdrawal",
        "posting",
        "access_grant",
        "access_key",
        "access_revoked",
    }
    assert len(migrated["columns"]) > 40
    assert len(migrated["indexes"]) == 9
    assert {row["contype"] for row in migrated["constraints"]} >= {"p", "c"}


@both_servers
def test_migrating_again_changes_nothing(ledger: PostgresLedger, database: Database) -> None:
    size = given_program(ledger).position
    before = [shape(database.owner_url, schema) for schema in ("history", "read", "public")]
    for _ in range(2):
        migrate(database.owner_url)
    assert before == [shape(database.owner_url, schema) for schema in ("history", "read", "public")]
    assert ledger.history("invented").log_size == size


def migrated_at_once(owner_url: str, password: str) -> list[int | None]:
    """The exit codes of four processes that migrate one database at the same time."""
    spawning = multiprocessing.get_context("spawn")
    processes = [
        spawning.Process(target=migrate, args=(owner_url,), kwargs={"app_password": password})
        for _ in range(4)
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    return [process.exitcode for process in processes]


def test_four_processes_migrate_a_new_server_at_once(tmp_path: Path) -> None:
    with EmbeddedPostgres(tmp_path / "data", durable=False) as embedded:
        assert migrated_at_once(embedded.url(), "word") == [0, 0, 0, 0]
        app_url = embedded.url(user=APP_ROLE).replace(embedded.password, "word")
        ledger = PostgresLedger(app_url)
        assert given_program(ledger).position == 8
        ledger.close()


@both_servers
def test_four_processes_migrate_a_new_database_at_once(
    empty_database: str, database: Database
) -> None:
    password = conninfo_to_dict(database.app_url)["password"]
    assert migrated_at_once(empty_database, str(password)) == [0, 0, 0, 0]
    for schema in ("history", "read", "public"):
        assert shape(empty_database, schema) == shape(database.owner_url, schema)
    versions = asked(empty_database, "SELECT version_num FROM alembic_version")
    assert versions == asked(database.owner_url, "SELECT version_num FROM alembic_version")


@both_servers
def test_a_migration_that_fails_leaves_nothing(empty_database: str) -> None:
    with psycopg.connect(empty_database) as connection:
        connection.execute("CREATE SCHEMA read")
    with pytest.raises(Exception, match='schema "read" already exists'):
        migrate(empty_database)
    assert asked(empty_database, "SELECT to_regnamespace('history') AS found") == [{"found": None}]


def test_the_servers_are_of_the_versions_that_they_say(
    request: pytest.FixtureRequest,
) -> None:
    old = request.getfixturevalue("old_server")
    (row,) = asked(old.owner_url, "SHOW server_version_num")
    assert row["server_version_num"].startswith("15")
