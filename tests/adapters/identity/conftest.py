"""Providers for the tests of identity: a certified one, and one in the hands of the tests."""

from collections.abc import Iterator

import pytest

from adapters.identity import Provider
from tests.adapters.identity.certified import certified_provider
from tests.adapters.identity.forging import Forge, forging


@pytest.fixture(scope="session")
def certified() -> Iterator[str]:
    """The address of a certified provider."""
    with certified_provider() as issuer:
        yield issuer


@pytest.fixture
def forge() -> Iterator[Forge]:
    """A provider that says what the test wants."""
    with forging() as one:
        yield one


@pytest.fixture
def provider(forge: Forge) -> Provider:
    """The forge as the adapter knows it."""
    return Provider(forge.issuer)
