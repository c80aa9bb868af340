"""What was refused to whom, for auditors."""

from collections.abc import Mapping

from psycopg.rows import DictRow

from adapters import sql
from adapters.read_model import Connections
from application.ports import KeptRefusal, RefusalsAsked, Refused
from domain.access import Actor


class PostgresRefusals:
    """`application.ports.Refusals` on PostgreSQL."""

    def __init__(self, ledger: Connections) -> None:
        self._ledger = ledger

    def keep(self, refused: Refused) -> None:
        """Keeps a refusal."""
        by = refused.actor
        columns = {
            "request_id": refused.request_id,
            "issuer": by and by.issuer,
            "subject": by and by.subject,
            "method": refused.method,
            "route": refused.route,
            "program": refused.program,
            "rule": refused.rule,
            "status": refused.status,
            "address": refused.network,
        }
        with self._ledger.connection() as connection:
            connection.execute(sql.text("keep_refusal"), columns)

    def kept(self, asked: RefusalsAsked) -> list[KeptRefusal]:
        """What was refused, newest first."""
        given = {
            "before": asked.before,
            "rule": asked.rule,
            "program": asked.program,
            "since": asked.since,
            "limit": asked.limit,
        }
        with self._ledger.connection() as connection:
            rows = connection.execute(sql.text("refusals"), given).fetchall()
        return [KeptRefusal(row["number"], row["at"], _refused(row)) for row in rows]


def _refused(row: DictRow) -> Refused:
    return Refused(
        request_id=row["request_id"],
        actor=_actor(row),
        method=row["method"],
        route=row["route"],
        program=row["program"],
        rule=row["rule"],
        status=row["status"],
        network=row["address"],
    )


def _actor(row: Mapping[str, str | None]) -> Actor | None:
    issuer, subject = row["issuer"], row["subject"]
    return Actor(issuer=issuer, subject=subject) if issuer and subject else None
