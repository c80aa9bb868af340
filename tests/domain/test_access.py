"""Rights and keys: what is granted, to whom it may be, and what ends it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import pytest
from pydantic import ValidationError

from domain import refusals as r
from domain.access import (
    ANYBODY,
    KEYS,
    LOCAL,
    AccessGranted,
    AccessRevoked,
    Actor,
    KeyIssued,
    Role,
    Scope,
    Where,
    basis_for,
    grant,
    held,
    issue_key,
    revoke,
)
from domain.event import Event
from domain.legal_act import Document, DocumentKind
from tests.domain.promises import promised
from tests.given import TODAY

CLERK = Actor(issuer="https://id.example", subject="clerk-1")
ROBOT = Actor(issuer=KEYS, subject="robot")
BASIS = basis_for(None, TODAY)
TOWN, PROGRAM = Scope(municipality="town"), Scope(program="invented")
DAY = timedelta(days=1)
DIGEST = "0" * 64


@dataclass(slots=True)
class Holder:
    """What one actor was granted, at positions from 1."""

    events: dict[int, Event] = field(default_factory=dict)

    def takes(self, events: Iterable[Event]) -> "Holder":
        for event in events:
            self.events[len(self.events) + 1] = event
        return self

    def granted(self, role: Role = Role.REPORTER, scope: Scope = TOWN) -> "Holder":
        return self.takes(granting(self.events, role, scope))

    def given_key(self, until_on: date = TODAY) -> "Holder":
        return self.takes(issue_key(self.events, ROBOT, DIGEST, BASIS, TODAY, until_on))

    def revoked(self, position: int) -> "Holder":
        return self.takes(revoke(self.events, position, BASIS, TODAY, "Уволен"))


def granting(
    events: Mapping[int, Event], role: Role, scope: Scope, actor: Actor = CLERK, **more: Any
) -> list[Event]:
    asked = {"since": TODAY, "until_on": None, "reason": "Приказ"} | more
    return grant(events, actor, role, scope, BASIS, **asked)


def test_what_is_granted_is_held_until_it_is_revoked() -> None:
    holder = Holder().granted().granted(Role.FINANCE, PROGRAM)
    assert [type(one) for one in held(holder.events).values()] == [AccessGranted] * 2
    holder.revoked(1)
    assert list(held(holder.events)) == [2]
    last = holder.events[3]
    assert isinstance(last, AccessRevoked)
    assert (last.actor, last.stream) == (CLERK, CLERK.stream)


def test_what_was_revoked_may_be_granted_again() -> None:
    holder = Holder().granted().revoked(1).granted()
    assert list(held(holder.events)) == [3]


def test_every_event_of_access_has_its_three_dates() -> None:
    order = Document(kind=DocumentKind.MEMO, date=TODAY - DAY, number="7")
    (event,) = grant(
        {}, CLERK, Role.REPORTER, TOWN, basis_for(order, TODAY), since=TODAY + DAY, until_on=None,
        reason="",
    )  # fmt: skip
    assert (event.effective_on, event.basis.dated_on) == (TODAY + DAY, TODAY - DAY)
    assert event.basis.document == f"{TODAY - DAY}-7"
    assert event.program is None


def test_two_keys_may_live_and_a_dead_one_makes_room() -> None:
    holder = Holder().given_key(TODAY + DAY).given_key(TODAY)
    refused = refusal(lambda: holder.given_key(TODAY))
    assert (refused.name, refused.values["positions"]) == ("two_keys_live", "1, 2")
    tomorrow = issue_key(holder.events, ROBOT, DIGEST, BASIS, TODAY + DAY, TODAY + DAY)
    assert isinstance(tomorrow[0], KeyIssued)
    assert holder.revoked(1).given_key(TODAY)


REFUSED: list[tuple[type[r.Refusal], Callable[..., Any], Callable[[], Any]]] = [
    (r.RoleOfNobody, grant, lambda: granting({}, Role.PUBLIC, PROGRAM)),
    (r.RoleOfNobody, grant, lambda: granting({}, Role.OWNER, PROGRAM, ANYBODY)),
    (r.RoleOfNobody, grant, lambda: granting({}, Role.OWNER, PROGRAM, LOCAL)),
    (r.EndsBeforeStart, grant, lambda: granting({}, Role.OWNER, TOWN, until_on=TODAY - DAY)),
    (r.GrantedAlready, grant, lambda: Holder().granted().granted()),
    (r.ScopeDoesNotFit, grant, lambda: granting({}, Role.REPORTER, Scope())),
    (r.ScopeDoesNotFit, grant, lambda: granting({}, Role.REPORTER, Scope(region="RU-TOM"))),
    (r.ScopeDoesNotFit, grant, lambda: granting({}, Role.REPORTER, Scope(period="2021"))),
    (r.ScopeDoesNotFit, grant, lambda: granting({}, Role.OVERSIGHT, TOWN)),
    (r.ScopeDoesNotFit, grant, lambda: granting({}, Role.OPERATOR, TOWN)),
    (
        r.ScopeDoesNotFit,
        grant,
        lambda: granting({}, Role.OWNER, Scope(program="invented", period="2021")),
    ),
    (r.ReasonRequired, revoke, lambda: revoke(Holder().granted().events, 1, BASIS, TODAY, " ")),
    (r.UnknownGrant, revoke, lambda: Holder().granted().revoked(2)),
    (r.UnknownGrant, revoke, lambda: Holder().granted().revoked(1).revoked(1)),
    (r.EndsBeforeStart, issue_key, lambda: Holder().given_key(TODAY - DAY)),
    (r.KeyTooLong, issue_key, lambda: Holder().given_key(TODAY + 367 * DAY)),
    (r.TwoKeysLive, issue_key, lambda: Holder().given_key().given_key().given_key()),
    (
        r.DocumentFromTheFuture,
        basis_for,
        lambda: basis_for(Document(kind=DocumentKind.MEMO, date=TODAY + DAY), TODAY),
    ),
]


def refusal(asked: Callable[[], Any]) -> r.Refusal:
    with pytest.raises(r.Refusal) as caught:
        asked()
    return caught.value


@pytest.mark.parametrize(
    ("named", "decider", "asked"), REFUSED, ids=lambda one: getattr(one, "__name__", "")
)
def test_refused_by_name(
    named: type[r.Refusal], decider: Callable[..., Any], asked: Callable[[], Any]
) -> None:
    assert type(refusal(asked)) is named


def test_every_promise_is_brought_about() -> None:
    brought = {(decider.__name__, named.__name__) for named, decider, _ in REFUSED}
    assert brought == promised(grant, revoke, issue_key, basis_for)


@pytest.mark.parametrize("mark", ["", "Иванова", "two words", "tab\t", "nul\0", "a" * 256, "é"])
def test_a_subject_is_a_mark_and_no_name(mark: str) -> None:
    with pytest.raises(ValidationError):
        Actor(issuer="https://id.example", subject=mark)


@pytest.mark.parametrize(
    ("scope", "where", "covers"),
    [
        (Scope(), Where("p", "m", "r"), True),
        (Scope(region="r"), Where("p", "m", "r"), True),
        (Scope(region="r"), Where("p", "m", "other"), False),
        (Scope(region="r"), Where("p", "m", None), False),
        (Scope(municipality="m"), Where("p", "m", None), True),
        (Scope(municipality="m"), Where("p", "other", None), False),
        (Scope(program="p"), Where("p", "m", None), True),
        (Scope(program="p"), Where("other", "m", None), False),
        (Scope(municipality="m", program="p"), Where("p", "other", None), False),
    ],
)
def test_where_a_scope_holds(scope: Scope, where: Where, covers: bool) -> None:  # noqa: FBT001 (a column of the table)
    assert scope.covers(where) is covers


@pytest.mark.parametrize(
    ("of", "period", "covers"),
    [
        (None, "2021-03", True),
        ("2021", "2021", True),
        ("2021", "2021-Q4", True),
        ("2021-Q1", "2021-03", True),
        ("2021-Q1", "2021-04", False),
        ("2021-Q1", "2021-H1", False),
        ("2021", "2022-Q1", False),
    ],
)
def test_which_periods_a_scope_covers(of: str | None, period: str, covers: bool) -> None:  # noqa: FBT001 (a column of the table)
    assert Scope(program="p", period=of).covers_period(period) is covers
