"""Who holds which rights and keys, read anew for every request."""

from collections.abc import Mapping
from datetime import date

from psycopg.rows import DictRow

from adapters import sql
from adapters.read_model import Connections
from application.access import Caller, Right
from application.ports import Holding
from domain.access import Actor, Role, Scope


class PostgresRights:
    """`application.ports.Rights` on PostgreSQL."""

    def __init__(self, ledger: Connections) -> None:
        self._ledger = ledger

    def caller(self, actor: Actor, today: date) -> Caller:
        """An actor with what they and anybody hold on a day."""
        asked = {
            "stream": actor.stream,
            "issuer": actor.issuer,
            "subject": actor.subject,
            "today": today,
        }
        rows = self._all("rights", asked)
        held = tuple(
            Right(Role(row["role"]), _scope(row), row["position"]) for row in rows if row["role"]
        )
        return Caller(actor, held, rows[0]["version"])

    def account(self, digest: str, today: date) -> Actor | None:
        """The machine whose live key has this SHA-256."""
        rows = self._all("account", {"digest": digest, "today": today})
        return Actor(**rows[0]) if rows else None

    def holdings(self, actor: Actor | None = None) -> list[Holding]:
        """What was ever given, to one or to all, in the order of the log."""
        asked = {"issuer": actor and actor.issuer, "subject": actor and actor.subject}
        return [
            Holding(
                position=row["position"],
                actor=Actor(issuer=row["issuer"], subject=row["subject"]),
                role=Role(row["role"]) if row["role"] else None,
                scope=_scope(row),
                effective_on=row["effective_on"],
                until_on=row["until_on"],
                revoked_at=row["revoked_at"],
            )
            for row in self._all("holdings", asked)
        ]

    def _all(self, name: str, values: Mapping[str, object]) -> list[DictRow]:
        with self._ledger.connection() as connection:
            return connection.execute(sql.text(name), values).fetchall()


def _scope(row: DictRow) -> Scope:
    return Scope(**{name: row[name] for name in Scope.model_fields})
