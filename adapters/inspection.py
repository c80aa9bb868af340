"""What makes a database unsafe to keep the history in, seen from the application's own connection."""

from adapters import sql
from adapters.read_model import Connections

OWNS = "owns"
"""The danger of owning the history: it may be altered by who does, whatever guards it."""


class PostgresInspection:
    """Looks at the role that the application came under, at the log's guards and the server's settings."""

    def __init__(self, ledger: Connections) -> None:
        self._ledger = ledger

    def dangers(self) -> dict[str, str]:
        """Each danger by its name, with what it was found in; `dangers.sql` tells all of them."""
        with self._ledger.connection() as connection:
            rows = connection.execute(sql.text("dangers")).fetchall()
        return {row["danger"]: row["found"] for row in rows}

    def owns_history(self) -> bool:
        """Whether the application came under the role that owns the history."""
        return OWNS in self.dangers()
