"""Given to the tests of adapters: a log with rows of every kind in the read model."""

import pytest

from adapters import rebuild
from adapters.event_store import PostgresLedger
from tests.adapters.recording import given_rows_of_every_kind


@pytest.fixture
def log_size(ledger: PostgresLedger, monkeypatch: pytest.MonkeyPatch) -> int:
    """The size of a log with rows of every kind, read in batches of five events by a rebuild."""
    monkeypatch.setattr(rebuild, "BATCH", 5)
    return given_rows_of_every_kind(ledger)
