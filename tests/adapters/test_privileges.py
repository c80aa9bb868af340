"""What the application's role may do on the database, and what nobody may do to history."""

from uuid import uuid4

import psycopg
import pytest

from adapters.event_store import PostgresLedger
from adapters.migrate import APP_ROLE
from tests.adapters.postgresql_15 import both_servers
from tests.adapters.recording import asked, given_program
from tests.conftest import Database

pytestmark = both_servers

INSERT = """
    INSERT INTO history.event (originator_id, originator_version, topic, state, event_id, actor,
        request_id, correlation_id{column}) VALUES ('s', 1, 't', '', gen_random_uuid(), '', '', ''{value})
"""
READ_TABLES = (
    *("program", "assertion", "withdrawal", "posting"),
    *("access_grant", "access_key", "access_revoked"),
)
CHOSEN = [
    INSERT.format(column=", notification_id", value=", 1000"),
    INSERT.format(column=", recorded_at", value=", '2001-01-01'"),
    "COPY history.event FROM STDIN",
    "INSERT INTO history.issued_file (digest, name, content, issued_at) VALUES ('', '', '', now())",
]
CHANGES = [
    "UPDATE history.event SET state = ''",
    "UPDATE history.event SET topic = topic WHERE false",
    "DELETE FROM history.event",
    "DELETE FROM history.event WHERE false",
    "TRUNCATE history.event",
]
CHANGES_OF_ISSUED = [
    "UPDATE history.issued_file SET content = ''",
    "UPDATE history.issued_file SET name = name WHERE false",
    "DELETE FROM history.issued_file",
    "DELETE FROM history.issued_file WHERE false",
    "TRUNCATE history.issued_file",
]
CHANGES_OF_PAPERS = [
    "UPDATE papers.paper SET content = ''",
    "DELETE FROM papers.paper",
    "TRUNCATE papers.paper",
    "INSERT INTO papers.paper (digest, name, content, received_at) VALUES ('', '', '', now())",
    "UPDATE papers.mapping SET columns = '{}'",
    "DELETE FROM papers.mapping",
    "UPDATE papers.handed_in SET program = ''",
    "DELETE FROM papers.handed_in",
    "UPDATE papers.person SET surname = ''",
    "DELETE FROM papers.person",
]
CHANGES_OF_REFUSALS = [
    "UPDATE audit.refusal SET rule = ''",
    "DELETE FROM audit.refusal",
    "TRUNCATE audit.refusal",
    "INSERT INTO audit.refusal (method, route, rule, status, at) VALUES ('', '', '', 401, now())",
]
CHANGES_OF_PEOPLE = [
    "UPDATE access.session SET issuer = ''",
    "UPDATE access.session SET subject = ''",
    "UPDATE access.session SET digest = ''",
    "UPDATE access.session SET csrf = ''",
    "UPDATE access.session SET ends_at = ends_at + interval '1 day'",
    "TRUNCATE access.session",
    "UPDATE access.login SET browser = ''",
    "TRUNCATE access.login",
    "UPDATE access.person SET subject = ''",
    "DELETE FROM access.person",
    "TRUNCATE access.person",
]
CHANGES_OF_ROWS = [
    statement.format(table)
    for table in READ_TABLES
    for statement in (
        "UPDATE read.{} SET position = 0",
        "DELETE FROM read.{}",
        "TRUNCATE read.{}",
        "ALTER TABLE read.{} ADD COLUMN more text",
        "DROP TABLE read.{}",
        "BEGIN; LOCK TABLE read.{} IN ACCESS EXCLUSIVE MODE",
    )
]
DEFINITIONS = [
    "ALTER TABLE history.event DISABLE TRIGGER ALL",
    "DROP TRIGGER take_in ON history.event",
    "DROP TRIGGER refuse_change ON history.event",
    "DROP TABLE history.event",
    "DROP SCHEMA history CASCADE",
    "DROP SCHEMA audit CASCADE",
    "ALTER SCHEMA read RENAME TO other",
    "CREATE SCHEMA mine",
    "CREATE TABLE public.mine (x int)",
    "CREATE TABLE history.mine (x int)",
    "CREATE TABLE read.mine (x int)",
    "CREATE INDEX ON history.event (topic)",
    "CREATE RULE nothing AS ON INSERT TO history.event DO INSTEAD NOTHING",
    "CREATE OR REPLACE FUNCTION history.take_in() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN END'",
    "CREATE ROLE mine",
    "CREATE DATABASE mine",
    "BEGIN; LOCK TABLE history.event IN EXCLUSIVE MODE",
    "SET session_replication_role = 'replica'",
    "SELECT pg_read_file('/etc/hostname')",
    "COPY read.program TO PROGRAM 'true'",
]


def outcome(url: str, statement: str) -> str:
    """What the database answers to a statement: the refusal, or that it was carried out."""
    with psycopg.connect(url, autocommit=True) as connection:
        try:
            connection.execute(statement.encode())
        except psycopg.Error as error:
            return f"{type(error).__name__}: {error.diag.message_primary}"
    return "carried out"


@pytest.mark.parametrize(
    "statements",
    [
        *(CHOSEN, CHANGES, CHANGES_OF_ISSUED, CHANGES_OF_PAPERS),
        *(CHANGES_OF_REFUSALS, CHANGES_OF_PEOPLE, CHANGES_OF_ROWS, DEFINITIONS),
    ],
    ids=["chosen", "changes", "issued", "papers", "refusals", "people", "rows", "definitions"],
)
def test_the_application_is_refused(database: Database, statements: list[str]) -> None:
    got = {statement: outcome(database.app_url, statement) for statement in statements}
    assert {s: o for s, o in got.items() if not o.startswith("InsufficientPrivilege")} == {}


def test_history_is_closed_to_its_owner_too(ledger: PostgresLedger, database: Database) -> None:
    given_program(ledger)
    stored = asked(database.owner_url, "SELECT * FROM history.event ORDER BY 1")
    got = {
        statement: outcome(database.owner_url, statement)
        for statement in (*CHANGES, *CHANGES_OF_ISSUED)
    }
    assert {s: o for s, o in got.items() if "history is append-only" not in o} == {}
    assert asked(database.owner_url, "SELECT * FROM history.event ORDER BY 1") == stored


def test_even_the_owner_does_not_choose_a_position(database: Database) -> None:
    chosen = INSERT.format(column=", notification_id, recorded_at", value=", 1000, '2001-01-01'")
    with psycopg.connect(database.owner_url, autocommit=True) as connection:
        connection.execute(chosen.encode())
    (row,) = asked(
        database.owner_url,
        "SELECT notification_id, now() - recorded_at < '1 min' AS is_new FROM history.event",
    )
    assert row == {"notification_id": 1, "is_new": True}


def test_the_application_appends_what_it_is_granted(database: Database) -> None:
    with psycopg.connect(database.app_url, autocommit=True) as connection:
        for _ in range(2):
            other = INSERT.replace("'s'", f"'{uuid4()}'").format(column="", value="")
            connection.execute(other.encode())
    positions = asked(database.app_url, "SELECT notification_id FROM history.event ORDER BY 1")
    assert [row["notification_id"] for row in positions] == [1, 2]


def test_the_rights_of_the_application_are_exactly_these(database: Database) -> None:
    outcome(database.app_url, f"GRANT ALL ON history.event TO {APP_ROLE}")
    of_tables = asked(
        database.owner_url,
        """
        SELECT table_schema || '.' || table_name || ' ' || privilege_type AS granted
        FROM information_schema.table_privileges
        WHERE grantee = %s AND table_schema <> 'pg_catalog'
        """,
        [APP_ROLE],
    )
    assert {row["granted"] for row in of_tables} == {
        "history.event SELECT",
        "history.issued_file SELECT",
        "papers.paper SELECT",
        "papers.mapping SELECT",
        "papers.handed_in SELECT",
        "papers.person SELECT",
        "audit.refusal SELECT",
        *(f"access.{table} SELECT" for table in ("session", "login", "person")),
        *(f"access.{table} INSERT" for table in ("session", "login", "person")),
        *(f"access.{table} DELETE" for table in ("session", "login")),
        *(f"read.{table} {right}" for table in READ_TABLES for right in ("SELECT", "INSERT")),
    }
    of_columns = asked(
        database.owner_url,
        """
        SELECT column_name FROM information_schema.column_privileges
        WHERE grantee = %s AND table_schema = 'history' AND table_name = 'event'
            AND privilege_type = 'INSERT'
        """,
        [APP_ROLE],
    )
    all_columns = asked(
        database.owner_url,
        """
        SELECT column_name FROM information_schema.columns
        WHERE table_schema = 'history' AND table_name = 'event'
        """,
    )
    not_granted = {row["column_name"] for row in all_columns} - {
        row["column_name"] for row in of_columns
    }
    assert not_granted == {"notification_id", "recorded_at"}


def test_everybody_else_has_no_rights(database: Database) -> None:
    assert (
        asked(
            database.owner_url,
            """
        SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace,
            LATERAL aclexplode(coalesce(c.relacl, acldefault('r', c.relowner))) AS acl
        WHERE n.nspname IN ('history', 'read', 'papers', 'audit', 'access') AND c.relkind = 'r'
            AND acl.grantee = 0
        UNION ALL
        SELECT n.nspname, '' FROM pg_namespace n,
            LATERAL aclexplode(coalesce(n.nspacl, acldefault('n', n.nspowner))) AS acl
        WHERE n.nspname IN ('history', 'read', 'papers', 'audit', 'access') AND acl.grantee = 0
        """,
        )
        == []
    )


def test_the_role_of_the_application_is_nobody(database: Database) -> None:
    (role,) = asked(
        database.owner_url,
        """
        SELECT rolsuper, rolcreaterole, rolcreatedb, rolreplication, rolbypassrls,
            EXISTS (SELECT FROM pg_auth_members WHERE member = r.oid) AS belongs,
            EXISTS (
                SELECT FROM pg_shdepend
                WHERE refclassid = 'pg_authid'::regclass AND refobjid = r.oid AND deptype = 'o'
            ) AS owns
        FROM pg_roles r WHERE rolname = %s
        """,
        [APP_ROLE],
    )
    assert not [right for right, given in role.items() if given]


def test_the_application_does_not_wait_for_ever(database: Database) -> None:
    limits = asked(
        database.app_url,
        """
        SELECT current_setting('statement_timeout') AS statement,
            current_setting('lock_timeout') AS lock,
            current_setting('idle_in_transaction_session_timeout') AS idle
        """,
    )
    assert limits == [{"statement": "15s", "lock": "5s", "idle": "15s"}]
