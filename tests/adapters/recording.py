"""Given: programs (invented) recorded through the ledger, and clients that ask for more."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import psycopg
from psycopg.rows import dict_row

from adapters.event_store import PostgresLedger
from adapters.read_model import PostgresReadModel
from application.access import LOCAL_CALLER
from application.commands.amend_program import AmendProgram
from application.commands.command import execute
from application.commands.correct_statement import CorrectStatement
from application.commands.post_cash import PostCash
from application.commands.withdraw_act import WithdrawAct
from application.ledger import Receipt, Request
from domain.event import Event
from domain.program import PassportSet
from tests.given import (
    FIRST_DAY,
    LINE,
    OWN_ACT,
    T1,
    TODAY,
    act,
    appropriation,
    basis,
    registered,
    stated,
    target,
)


class Today:
    """A clock that stands at the invented day of today; `before` happens whenever it is asked,
    that is between the reading of a history and the decision."""

    def __init__(self, before: Callable[[], object] = lambda: None) -> None:
        self._before = before

    def today(self, zone: ZoneInfo) -> date:
        self._before()
        return TODAY


def request(key: str | None = None, *, digest: str = "d1") -> Request:
    return Request(LOCAL_CALLER, key=key, digest=digest)


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


def given_rows_of_every_kind(ledger: PostgresLedger) -> int:
    """The invented program with an amendment that is annulled, a payment and a correction; the size
    of the log."""
    given_program(ledger)
    record(ledger, "invented", [appropriation("5000.00")])
    payment = PostCash.model_validate(
        {
            "document": {"kind": "payment", "number": "1", "date": "2021-05-01"},
            "entries": [{**LINE._asdict(), "amount": "100.10"}],
        }
    )
    annulment = WithdrawAct.model_validate(
        {
            "act": "2021-03-24-55",
            "by": {"kind": "act", "number": "61", "date": "2021-10-01"},
        }
    )
    correction = CorrectStatement.model_validate(
        {
            "cell": "target:i1:2021",
            "document": "2020-12-20-P",
            "reason": "опечатка",
            "right": {"value": {"value": "81"}},
        }
    )
    for command in (amendment("80", "90"), payment, annulment, correction):
        execute(ledger, Today(), "invented", command, request(new_key()))
    return PostgresReadModel(ledger).size()


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


def tamper(owner_url: str, statement: str) -> None:
    """Changes one row behind the ledger's back."""
    with psycopg.connect(owner_url) as connection:
        assert connection.execute(statement.encode()).rowcount == 1


TAMPERING = {
    "value": """UPDATE read.assertion SET value = '{"value": "99"}' WHERE value = '{"value": "90"}'""",
    "absence": 'UPDATE read.assertion SET was = NULL WHERE was = \'{"value": "80"}\' AND position < 15',
    "end": "UPDATE read.assertion SET until_on = '2030-01-01' WHERE cell = 'passport:first_year'",
    "rank": "UPDATE read.assertion SET rank = 1 WHERE cell = 'passport:last_year'",
    "act": "UPDATE read.withdrawal SET of_document = 'x' WHERE of_document IS NOT NULL",
    "amount": "UPDATE read.posting SET amount = amount + 0.01",
    "municipality": "UPDATE read.program SET invented = false",
}
"""Statements of the owner that change one of these rows, by what they change."""
