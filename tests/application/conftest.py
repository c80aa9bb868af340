"""The invented municipality, for tests that read its life or go on with it."""

import pytest

from application.commands.command import Decision
from application.ledger import History
from tests.application.sample import load


@pytest.fixture(scope="session")
def loaded() -> tuple[History, Decision]:
    return load()


@pytest.fixture
def life(loaded: tuple[History, Decision]) -> History:
    """A life of the test's own."""
    return loaded[0].copy()
