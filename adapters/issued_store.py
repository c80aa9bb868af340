"""The files in which reports were issued: kept for ever as they were."""

from adapters import sql
from adapters.read_model import Connections
from application.ports import KeptPaper


class PostgresIssued:
    """`application.ports.Issued` on PostgreSQL, which checks the digests and refuses every change."""

    def __init__(self, ledger: Connections) -> None:
        self._ledger = ledger

    def keep(self, file: KeptPaper) -> None:
        """Keeps a file, once."""
        with self._ledger.connection() as connection:
            connection.execute(
                sql.text("keep_issued"),
                {"digest": file.digest, "name": file.name, "content": file.content},
            )

    def issued(self, digest: str) -> KeptPaper | None:
        """The very bytes that were kept under a digest."""
        with self._ledger.connection() as connection:
            row = connection.execute(sql.text("issued"), {"digest": digest}).fetchone()
        return KeptPaper(row["digest"], row["name"], row["content"]) if row else None
