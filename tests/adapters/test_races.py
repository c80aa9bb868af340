"""Clients that want the same thing at the same time, through the one way in which commands go."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier, local

import pytest

from adapters.event_store import PostgresLedger
from adapters.read_model import PostgresReadModel
from application.commands.amend_program import AmendProgram
from application.commands.command import Command, execute
from application.commands.load_package import LoadPackage, Package
from application.commands.report_facts import ReportFacts
from application.ledger import Receipt
from domain.dates import Viewpoint
from domain.indicator import StatementWithdrawn, TargetSet
from domain.refusals import KeyReused, LineMalformed, LostRace, Refusal, WasDoesNotStand
from tests.adapters.postgresql_15 import both_servers
from tests.adapters.recording import (
    Today,
    amendment,
    asked,
    given_program,
    new_key,
    record,
    request,
    titled,
)
from tests.conftest import Database
from tests.given import T1, TODAY

pytestmark = both_servers


def meeting(clients: int) -> Today:
    """A clock at which all clients meet once: each has read the history, none has decided."""
    barrier, mine = Barrier(clients, timeout=20), local()

    def meet() -> None:
        if not hasattr(mine, "met"):
            mine.met = True
            barrier.wait()

    return Today(before=meet)


def at_once(*clients: Callable[[], Receipt]) -> list[Receipt | Refusal]:
    """What each client got, in the order of the clients."""

    def outcome(client: Callable[[], Receipt]) -> Receipt | Refusal:
        try:
            return client()
        except Refusal as refusal:
            return refusal

    with ThreadPoolExecutor(len(clients)) as pool:
        return list(pool.map(outcome, clients))


def target_now(ledger: PostgresLedger) -> str | None:
    model = PostgresReadModel(ledger)
    return model.state("invented", Viewpoint(TODAY, TODAY, model.size())).text(T1)


def test_of_two_amendments_of_one_cell_the_second_is_told_both_values(
    ledger: PostgresLedger,
) -> None:
    given_program(ledger)
    decisions = []

    def overtaken() -> None:
        decisions.append(1)
        if len(decisions) == 1:
            execute(ledger, Today(), "invented", amendment("80", "90"), request())

    late = amendment("80", "91", number="56")
    with pytest.raises(WasDoesNotStand) as refusal:
        execute(ledger, Today(before=overtaken), "invented", late, request())
    assert len(decisions) == 2
    assert (refusal.value.values["was"], refusal.value.values["stands"]) == ("80", "90")
    assert target_now(ledger) == "90"


def test_of_ten_equal_amendments_at_once_one_is_recorded(ledger: PostgresLedger) -> None:
    size = given_program(ledger).position
    clock = meeting(10)
    got = at_once(
        *[lambda: execute(ledger, clock, "invented", amendment("80", "90"), request())] * 10
    )
    refusals = [one for one in got if isinstance(one, Refusal)]
    assert {type(one) for one in refusals} == {LineMalformed}
    assert len(refusals) == 9
    assert ledger.history("invented").log_size == size + 3


def test_what_the_loser_of_a_race_may_still_do_is_decided_anew(ledger: PostgresLedger) -> None:
    given_program(ledger)
    clock = meeting(3)
    got = at_once(
        *(
            lambda i=indicator: execute(ledger, clock, "invented", fact_of(i), request())
            for indicator in ("i1", "i2", "i3")
        )
    )
    receipts = [one for one in got if isinstance(one, Receipt)]
    assert len(receipts) == 3, got
    facts = ledger.history("invented").register.of_kind("fact")
    assert sorted(facts) == [f"fact:i{n}:2021" for n in (1, 2, 3)]


def fact_of(indicator: str) -> ReportFacts:
    """A fact under a document of its own, so that it is recorded in the Program stream too."""
    return ReportFacts.model_validate(
        {
            "document": {"kind": "report", "title": indicator, "date": "2022-03-01"},
            "facts": [{"indicator": indicator, "period": "2021", "value": "5"}],
        }
    )


def test_one_key_sent_ten_times_at_once_is_carried_out_once(
    ledger: PostgresLedger, database: Database
) -> None:
    size = given_program(ledger).position
    clock, key = meeting(10), new_key()
    got = at_once(
        *[lambda: execute(ledger, clock, "invented", amendment("80", "90"), request(key))] * 10
    )
    receipts = [one for one in got if isinstance(one, Receipt)]
    assert len(receipts) == 10, got
    assert {(r.position, r.positions) for r in receipts} == {
        (size + 3, (size + 1, size + 2, size + 3))
    }
    assert all(r.result == receipts[0].result for r in receipts)
    assert sorted(r.replayed for r in receipts) == [False] + [True] * 9
    assert asked(database.owner_url, "SELECT count(*) FROM history.event") == [{"count": size + 4}]


def test_ten_processes_of_one_key_without_meeting(ledger: PostgresLedger) -> None:
    given_program(ledger)
    for was, becomes in (("80", "81"), ("81", "82"), ("82", "83")):
        key, command = new_key(), amendment(was, becomes, number=becomes)
        got = at_once(
            *[lambda k=key, c=command: execute(ledger, Today(), "invented", c, request(k))] * 10
        )
        assert not [one for one in got if isinstance(one, Refusal)]
        assert len({one.position for one in got if isinstance(one, Receipt)}) == 1
        assert target_now(ledger) == becomes


class Overtaken(AmendProgram):
    """An amendment whose twin with the same key is carried out after its key was looked up and
    before its history is read."""

    def streams(self, program: str) -> list[str] | None:
        OVERTAKING.pop()() if OVERTAKING else None
        return super().streams(program)


OVERTAKING: list[Callable[[], Receipt]] = []


def test_a_twin_that_was_quicker_is_answered_and_not_taken_for_a_conflict(
    ledger: PostgresLedger,
) -> None:
    given_program(ledger)
    asking, twin = request(new_key()), amendment("80", "90")
    first: list[Receipt] = []

    def overtake() -> Receipt:
        first.append(execute(ledger, Today(), "invented", twin, asking))
        return first[0]

    OVERTAKING.append(overtake)
    second = execute(ledger, Today(), "invented", Overtaken(**dict(twin)), asking)
    assert second.replayed
    assert (second.positions, second.result) == (first[0].positions, first[0].result)


def test_a_key_of_another_request_is_refused(ledger: PostgresLedger) -> None:
    given_program(ledger)
    key = new_key()
    execute(ledger, Today(), "invented", amendment("80", "90"), request(key))
    other = request(key, digest="d2")
    with pytest.raises(KeyReused):
        execute(ledger, Today(), "invented", amendment("90", "95", number="56"), other)
    with pytest.raises(KeyReused):
        ledger.append(ledger.history("invented"), [titled("invented", "А")], other, "x", {})
    assert target_now(ledger) == "90"


def test_keys_differ_in_any_sign(ledger: PostgresLedger) -> None:
    given_program(ledger)
    receipts = [
        ledger.append(ledger.history("invented"), [titled("invented", key)], request(key), "x", {})
        for key in ("a", "A", "a ", "а", "a/b", "a:b", "%", "_")
    ]
    assert len({receipt.position for receipt in receipts}) == 8


PACKAGE = Package.model_validate(
    {
        "letopis_package": 1,
        "program": "invented",
        "commands": [
            {"command": "amend_program", "body": amendment("80", "19").model_dump(mode="json")},
            {
                "command": "correct_statement",
                "body": {
                    "cell": T1,
                    "document": "2021-03-24-55",
                    "reason": "опечатка",
                    "right": {"value": {"value": "91"}},
                },
            },
        ],
    }
)


def test_a_correction_in_a_package_refers_to_its_own_batch(ledger: PostgresLedger) -> None:
    given_program(ledger)
    others: list[int] = []

    def meanwhile() -> None:
        if not others:
            others.append(record(ledger, "other", [titled("other", "А")]).position)

    package: Command = LoadPackage.of(PACKAGE)
    receipt = execute(ledger, Today(before=meanwhile), "invented", package, request())
    assert others == [receipt.positions[0] - 1]
    events = ledger.history("invented").events
    (withdrawn,) = [
        e for p, e in events.items() if p in receipt.positions and isinstance(e, StatementWithdrawn)
    ]
    statement = events[withdrawn.of_position]
    assert isinstance(statement, TargetSet)
    assert statement.model_dump()["value"]["value"] == "19"
    assert statement.effective_on == date(2021, 3, 24)
    assert [e.replaces for p, e in events.items() if p in receipt.positions][-1] == (
        withdrawn.of_position
    )
    assert target_now(ledger) == "91"


def test_a_batch_that_refers_to_itself_is_never_appended_elsewhere(
    ledger: PostgresLedger, database: Database
) -> None:
    given_program(ledger)
    history = ledger.history("invented")
    decision = LoadPackage.of(PACKAGE).decide("invented", history, TODAY)
    size = record(ledger, "other", [titled("other", "А")]).position
    with pytest.raises(LostRace):
        ledger.append(history, decision.events, request(), "load_package", {})
    assert asked(database.owner_url, "SELECT max(notification_id) FROM history.event") == [
        {"max": size}
    ]
