"""Given: programs (invented) recorded through the ledger, and clients that ask for more."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import psycopg
from psycopg.rows import dict_row

from adapters.event_store import PostgresLedger
from application.commands.amend_program import AmendProgram
from application.ledger import Receipt, Request
from domain.event import Event
from domain.program import PassportSet
from tests.given import FIRST_DAY, OWN_ACT, T1, TODAY, act, basis, registered, stated, target


class Today:
    """A clock that stands at the invented day of today; `before` happens whenever it is asked,
    that is between the reading of a history and the decision."""

    def __init__(self, before: Callable[[], object] = lambda: None) -> None:
        self._before = before

    def today(self, zone: ZoneInfo) -> date:
        self._before()
        return TODAY


def request(key: str | None = None, *, digest: str = "d1") -> Request:
    return Request(actor="clerk-1", role="reporting", key=key, digest=digest)


def new_key() -> str:
    return uuid4().hex


def given_program(ledger: PostgresLedger, program: str = "invented") -> Receipt:
    """The invented program of `tests.given` with the target 80 of its first indicator."""
    events = registered(target("80")).events.values()
    return record(ledger, program, [e.model_copy(update={"program": program}) for e in events])


def record(ledger: PostgresLedger, program: str, events: Sequence[Event]) -> Receipt:
    """Events appended without a decision."""
    return ledger.append(ledger.history(program), events, request(), "given", {})


def titled(program: str, value: str) -> PassportSet:
    """An event of a program that says one thing."""
    return PassportSet(
        program=program,
        basis=basis(OWN_ACT),
        effective_on=FIRST_DAY,
        field="title",
        value=stated(value),
    )


def amendment(was: str, becomes: str, *, number: str = "55") -> AmendProgram:
    """The decree of 24.03.2021 that changes the target of the first indicator."""
    return AmendProgram.model_validate(
        {
            "act": act(number, date(2021, 3, 24)),
            "lines": [{"cell": T1, "was": was, "becomes": becomes}],
        }
    )


def asked(url: str, question: str, values: Any = None) -> list[dict[str, Any]]:
    """The rows that answer a question put in SQL."""
    with psycopg.connect(url, autocommit=True, row_factory=dict_row) as connection:
        return connection.execute(question.encode(), values).fetchall()
