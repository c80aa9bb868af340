"""A pytest plugin: `--update-golden` writes golden samples that are missing. None is ever changed."""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="write missing golden samples of stored events (one that is there stays as it is)",
    )


@pytest.fixture(scope="session")
def update_golden(request: pytest.FixtureRequest) -> bool:
    """Whether missing samples are to be written."""
    return bool(request.config.getoption("--update-golden"))
