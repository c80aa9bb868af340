"""An unsafe start is refused, with every reason at once; each danger is made for real."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
import pytest
from pydantic import SecretStr

from adapters.embedded_postgres import EmbeddedPostgres
from adapters.migrate import APP_ROLE, migrate
from adapters.sql import grants
from api.bootstrap import open_letopis
from api.safety import UnsafeStart, require_safe
from api.settings import Settings

ISSUER = "https://id.example.org"


@pytest.fixture(scope="module")
def durable(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedPostgres]:
    """A server that keeps what it was told, as in production."""
    with EmbeddedPostgres(tmp_path_factory.mktemp("durable") / "data") as server:
        migrate(server.url(), app_password=server.password)
        yield server


def reasons(url: str, **given: Any) -> list[str]:
    """Why Letopis does not start so; nothing if it does."""
    settings = Settings(database_url=SecretStr(url), **{"_env_file": None, **given})
    with open_letopis(settings) as letopis:
        try:
            require_safe(letopis)
        except UnsafeStart as unsafe:
            return [line.removeprefix("  • ") for line in str(unsafe).splitlines()[1:]]
    return []


@contextmanager
def altered(server: EmbeddedPostgres, do: str, undo: str) -> Iterator[None]:
    """A database on which something was changed by its owner, until it is changed back."""
    with psycopg.connect(server.url(), autocommit=True) as owner:
        owner.execute(do.encode())
        try:
            yield
        finally:
            owner.execute(undo.encode())
            owner.execute(
                grants(APP_ROLE)
            )  # who owned a thing for a while has no other right to it


def app_url(server: EmbeddedPostgres, options: str = "") -> str:
    url = server.url(user=APP_ROLE)
    return f"{url}&options={quote(options)}" if options else url


def test_what_is_safe_starts(durable: EmbeddedPostgres) -> None:
    assert reasons(app_url(durable)) == []
    public = {"host": "0.0.0.0", "public_url": "https://letopis.example.org"}  # noqa: S104 (what is asked)
    assert reasons(app_url(durable), oidc_issuer=ISSUER, **public) == []


def _guard(name: str, table: str, on: str = "UPDATE OR DELETE OR TRUNCATE") -> str:
    return (
        f"CREATE TRIGGER {name} BEFORE {on} ON history.{table} FOR EACH STATEMENT "
        "EXECUTE FUNCTION history.refuse_change()"
    )


_ONE_COLUMN = "UPDATE OF topic OR DELETE OR TRUNCATE"
_UNGUARDED = "DROP TRIGGER refuse_change ON history.event"
DANGERS = {
    "может менять": (
        f"GRANT UPDATE (topic) ON history.event TO {APP_ROLE}",
        f"REVOKE UPDATE (topic) ON history.event FROM {APP_ROLE}",
    ),
    "стирать": (
        f"GRANT DELETE ON history.issued_file TO {APP_ROLE}",
        f"REVOKE DELETE ON history.issued_file FROM {APP_ROLE}",
    ),
    "суперпользователь": (f"ALTER ROLE {APP_ROLE} SUPERUSER", f"ALTER ROLE {APP_ROLE} NOSUPERUSER"),
    "создавать роли": (f"ALTER ROLE {APP_ROLE} CREATEROLE", f"ALTER ROLE {APP_ROLE} NOCREATEROLE"),
    "обойти защиту": (f"ALTER ROLE {APP_ROLE} REPLICATION", f"ALTER ROLE {APP_ROLE} NOREPLICATION"),
    "refuse_change (history.event)": (
        "ALTER TABLE history.event DISABLE TRIGGER refuse_change",
        "ALTER TABLE history.event ENABLE TRIGGER refuse_change",
    ),
    "take_in (history.event)": (
        "ALTER TABLE history.event ENABLE REPLICA TRIGGER take_in",
        "ALTER TABLE history.event ENABLE TRIGGER take_in",
    ),
    "TRUNCATE history.event": (
        f"GRANT TRUNCATE ON history.event TO {APP_ROLE}",
        f"REVOKE TRUNCATE ON history.event FROM {APP_ROLE}",
    ),
    "UPDATE history.issued_file": (
        "GRANT UPDATE ON history.issued_file TO PUBLIC",
        "REVOKE UPDATE ON history.issued_file FROM PUBLIC",
    ),
    "DELETE history.event": (
        f"GRANT pg_write_all_data TO {APP_ROLE}",
        f"REVOKE pg_write_all_data FROM {APP_ROLE}",
    ),
    "BYPASSRLS": (f"ALTER ROLE {APP_ROLE} BYPASSRLS", f"ALTER ROLE {APP_ROLE} NOBYPASSRLS"),
    "session_replication_role": (
        f"GRANT SET ON PARAMETER session_replication_role TO {APP_ROLE}",
        f"REVOKE SET ON PARAMETER session_replication_role FROM {APP_ROLE}",
    ),
    "pg_write_server_files": (
        f"GRANT pg_write_server_files TO {APP_ROLE}",
        f"REVOKE pg_write_server_files FROM {APP_ROLE}",
    ),
    "refuse_change_of_issued (history.issued_file)": (
        "DROP TRIGGER refuse_change_of_issued ON history.issued_file",
        _guard("refuse_change_of_issued", "issued_file"),
    ),
    "защиты журнала нет": (
        f"{_UNGUARDED}; {_guard('refuse_change', 'event', on='DELETE')}",
        f"{_UNGUARDED}; {_guard('refuse_change', 'event')}",
    ),
    "выключена (refuse_change (history.event))": (
        f"{_UNGUARDED}; {_guard('refuse_change', 'event', on=_ONE_COLUMN)}",
        f"{_UNGUARDED}; {_guard('refuse_change', 'event')}",
    ),
    "session_replication_role = replica": (
        f"ALTER ROLE {APP_ROLE} SET session_replication_role = 'replica'",
        f"ALTER ROLE {APP_ROLE} RESET session_replication_role",
    ),
    "выключена (session_replication_role": (
        "ALTER DATABASE letopis SET session_replication_role = 'replica'",
        "ALTER DATABASE letopis RESET session_replication_role",
    ),
    "владеет журналом (history.event": (
        f"ALTER TABLE history.event OWNER TO {APP_ROLE}",
        "ALTER TABLE history.event OWNER TO letopis_owner",
    ),
    "владеет журналом (history)": (
        f"ALTER SCHEMA history OWNER TO {APP_ROLE}",
        "ALTER SCHEMA history OWNER TO letopis_owner",
    ),
    "владеет журналом": (
        f"GRANT letopis_owner TO {APP_ROLE}",
        f"REVOKE letopis_owner FROM {APP_ROLE}",
    ),
}


@pytest.mark.parametrize("told", DANGERS)
def test_a_danger_in_the_database_is_told(durable: EmbeddedPostgres, told: str) -> None:
    with altered(durable, *DANGERS[told]):
        found = reasons(app_url(durable))
        assert any(told in reason for reason in found), found
    assert reasons(app_url(durable)) == []


def test_the_role_of_the_owner_is_told_whole(durable: EmbeddedPostgres) -> None:
    found = " ".join(reasons(durable.url()))
    for told in ("менять или стирать", "владеет журналом", "суперпользователь", "создавать роли"):
        assert told in found


def test_a_database_without_a_schema_is_told(durable: EmbeddedPostgres) -> None:
    with altered(durable, "CREATE DATABASE bare", "DROP DATABASE bare WITH (FORCE)"):
        (found,) = reasons(durable.url("bare", APP_ROLE))
    assert "letopis migrate" in found


def test_a_commit_that_may_be_forgotten_is_told(durable: EmbeddedPostgres) -> None:
    (found,) = reasons(app_url(durable, "-c synchronous_commit=off"))
    assert "synchronous_commit = off" in found


def test_a_server_that_does_not_sync_is_told(tmp_path: Path) -> None:
    with EmbeddedPostgres(tmp_path / "data", durable=False) as server:
        migrate(server.url(), app_password=server.password)
        (found,) = reasons(app_url(server))
    assert "fsync = off" in found
    assert "full_page_writes = off" in found


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"oidc_issuer": "http://127.0.0.1:9000"}, "LETOPIS_OIDC_ISSUER"),
        ({"oidc_issuer": "https://localhost:9000"}, "LETOPIS_OIDC_ISSUER"),
        ({"oidc_issuer": "https://id.localhost."}, "LETOPIS_OIDC_ISSUER"),
        ({"oidc_issuer": "https://[::ffff:127.0.0.1]"}, "LETOPIS_OIDC_ISSUER"),
        ({"oidc_issuer": "https://0.0.0.0"}, "LETOPIS_OIDC_ISSUER"),
        ({"host": "0.0.0.0"}, "LETOPIS_HOST"),  # noqa: S104 (it must be refused)
        ({"host": "0.0.0.0", "public_url": "http://localhost"}, "LETOPIS_HOST"),  # noqa: S104 (it must be refused)
    ],
)
def test_a_danger_in_the_settings_is_told(
    durable: EmbeddedPostgres, given: dict[str, Any], told: str
) -> None:
    (found,) = reasons(app_url(durable), **given)
    assert found.startswith(told)


def test_all_reasons_are_told_at_once(durable: EmbeddedPostgres) -> None:
    with altered(durable, *DANGERS["суперпользователь"]):
        unsafe = {"oidc_issuer": "http://127.0.0.1:9000", "host": "0.0.0.0"}  # noqa: S104 (it must be refused)
        found = reasons(app_url(durable, "-c synchronous_commit=off"), **unsafe)
    assert len(found) >= 4


def test_development_serves_this_machine_only(durable: EmbeddedPostgres) -> None:
    development = {"environment": "development"}
    assert reasons(app_url(durable), oidc_issuer="http://127.0.0.1:9000", **development) == []
    (found,) = reasons(app_url(durable), host="0.0.0.0", **development)  # noqa: S104 (it must be refused)
    assert "0.0.0.0 не обслуживается" in found
