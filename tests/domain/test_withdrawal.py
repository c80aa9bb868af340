"""What no longer counts: annulments and recording errors. Their dates are told in docs/time.md."""

from datetime import date
from typing import Any

import pytest

from domain import cells, refusals as r
from domain.amendment import amend
from domain.dates import ALWAYS
from domain.event import Event
from domain.program import ActWithdrawn, documents
from domain.refusals import Refusal
from domain.values import NOT_STATED
from domain.withdrawal import RightStatement, correct, error_in_act, withdraw_act
from tests.domain.promises import Promise, produced, promised, refuses
from tests.given import (
    T1,
    T2,
    T3,
    TODAY,
    Chronicle,
    act,
    appropriation,
    line,
    registered,
    report,
    stated,
    target,
)

ADOPTED_ON = date(2021, 3, 24)
ACT, ACT_ID = act("55", ADOPTED_ON), "2021-03-24-55"
LATER = act("61", date(2021, 10, 1))
YEARS_END = date(2021, 12, 31)
REPORT = report(date(2022, 3, 1))
FACT = cells.fact("i1", "2021")


def amended() -> Chronicle:
    """Act 55 of 24.03.2021: the first target 80 → 90 (position 13), the second 7."""
    chronicle = registered(target("80"), appropriation("1000.00"))
    lines = [line(T1, "80", "90"), line(T2, NOT_STATED, "7")]
    chronicle.record(amend, ACT, lines, (), TODAY)
    return chronicle


def at(chronicle: Chronicle, cell: str) -> int:
    """The position of the last statement about a cell."""
    return chronicle.register.assertions[cell][-1].position


def put_right(
    chronicle: Chronicle,
    position: int,
    right: RightStatement | None = None,
    *,
    cell: str | None = None,
) -> list[Event]:
    return chronicle.decided(
        correct,
        position,
        chronicle.events[position],
        right,
        "ошибка ввода",
        TODAY,
        cell=cell,
        reversed_before=str(chronicle.returned(position)),
    )


def not_put_right(
    chronicle: Chronicle, position: int, right: RightStatement | None = None, **named: Any
) -> Refusal:
    return chronicle.refusal(
        correct,
        position,
        chronicle.events[position],
        right,
        named.pop("reason", "ошибка ввода"),
        TODAY,
        reversed_before=str(chronicle.returned(position)),
        **named,
    )


AMENDED = amended()
SAID, EVENT = at(AMENDED, T1), AMENDED.events[at(AMENDED, T1)]
TOMORROW = RightStatement(document=act("55", date(2023, 7, 2)))


def taken_back() -> Chronicle:
    chronicle = amended()
    put_right(chronicle, SAID)
    return chronicle


FROM_DAY = {"since": date(2021, 10, 1)}
REFUSED: list[Promise] = [
    refuses(r.UnknownAct, withdraw_act, "2021-01-01-1", LATER, TODAY, given=amended, **FROM_DAY),
    refuses(r.NotAnAct, withdraw_act, ACT_ID, REPORT, TODAY, given=amended, **FROM_DAY),
    refuses(
        r.DocumentFromTheFuture, withdraw_act, ACT_ID, LATER, ADOPTED_ON, given=amended, **FROM_DAY
    ),
    refuses(
        r.EndsBeforeStart,
        withdraw_act,
        ACT_ID,
        LATER,
        TODAY,
        given=amended,
        since=LATER.dated_on,
        until_on=ADOPTED_ON,
    ),
    refuses(r.WithdrawnByItself, withdraw_act, ACT_ID, ACT, TODAY, given=amended, **FROM_DAY),
    refuses(
        r.NothingToWithdraw, withdraw_act, ACT_ID, LATER, TODAY, given=amended, cell=T3, **FROM_DAY
    ),
    refuses(r.UnknownAct, error_in_act, "2021-01-01-1", "ошибка", given=amended),
    refuses(r.ReasonRequired, error_in_act, ACT_ID, "  ", given=amended),
    refuses(r.ReasonRequired, correct, SAID, EVENT, None, " ", TODAY, given=amended),
    refuses(
        r.RegistrationStays, correct, 1, amended().events[1], None, "ошибка", TODAY, given=amended
    ),
    refuses(r.UnknownPosition, correct, 999, EVENT, None, "ошибка", TODAY, given=amended),
    refuses(r.NothingToWithdraw, correct, SAID, EVENT, None, "ошибка", TODAY, given=taken_back),
    refuses(
        r.DocumentFromTheFuture, correct, SAID, EVENT, TOMORROW, "ошибка", TODAY, given=amended
    ),
]


@pytest.mark.parametrize("promise", REFUSED, ids=str)
def test_refused_by_name(promise: Promise) -> None:
    assert type(promise.kept()) is promise.refusal


def test_every_promise_is_brought_about() -> None:
    assert produced(REFUSED) == promised(withdraw_act, error_in_act, correct)


def test_an_act_of_the_same_day_and_a_lower_number_can_not_withdraw() -> None:
    refusal = amended().refusal(withdraw_act, ACT_ID, act("54", ADOPTED_ON), TODAY, since=YEARS_END)
    assert refusal.values == {"act": "2021-03-24-54"}


def test_an_annulled_act_stays_known_and_tells_by_which_act() -> None:
    chronicle = amended()
    *_, annulled = chronicle.decided(withdraw_act, ACT_ID, LATER, TODAY, since=LATER.dated_on)
    assert isinstance(annulled, ActWithdrawn)
    known = documents(chronicle.register)[ACT_ID]
    assert (known["number"], known["status"]) == ("55", "annulled:2021-10-01-61")
    suspended = amended()
    suspended.record(withdraw_act, ACT_ID, LATER, TODAY, since=LATER.dated_on, until_on=YEARS_END)
    assert documents(suspended.register)[ACT_ID]["status"] == "suspended:2021-10-01-61"


def test_what_does_not_revive_is_said_under_the_annulling_act() -> None:
    chronicle = amended()
    decided = chronicle.decided(
        withdraw_act, ACT_ID, LATER, TODAY, since="beginning", revives=False
    )
    assert {event.basis.document for event in decided} == {"2021-10-01-61"}
    for cell in (T1, T2):
        said = chronicle.value(cell, ADOPTED_ON)
        assert said.model_dump()["absent"] == "not_stated"
        assert chronicle.value(T1, date(2021, 3, 23)) == stated("80")


def test_a_statement_in_error_is_no_matter_of_the_annulment() -> None:
    """A line typed into the wrong row and put right leaves that row alone."""
    chronicle = registered(target("80"), target("5", indicator="i3"))
    wrong = line(T3, "5", "90", as_printed="строка перепутана")
    position = chronicle.record(amend, ACT, [wrong], (), TODAY)[-1]
    put_right(chronicle, position, RightStatement(cell=T1))
    chronicle.record(withdraw_act, ACT_ID, LATER, TODAY, since="beginning", revives=False)
    assert chronicle.value(T3, YEARS_END) == stated("5")
    refusal = chronicle.refusal(withdraw_act, ACT_ID, LATER, TODAY, since=YEARS_END, cell=T3)
    assert isinstance(refusal, r.NothingToWithdraw)


def test_an_act_in_error_is_not_known_any_more() -> None:
    chronicle = amended()
    (event,) = chronicle.decided(error_in_act, ACT_ID, "не та программа")
    assert isinstance(event, ActWithdrawn)
    assert (event.recording_error, event.effective_on) == (True, ALWAYS)
    assert ACT_ID not in documents(chronicle.register)
    refusal = chronicle.refusal(withdraw_act, ACT_ID, LATER, TODAY, since=YEARS_END)
    assert isinstance(refusal, r.UnknownAct)
