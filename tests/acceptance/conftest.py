"""The application over the four papers, as the tests of the interface have it."""

from tests.api.conftest import papers, papers_database, plain_log

__all__ = ["papers", "papers_database", "plain_log"]
