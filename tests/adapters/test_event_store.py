"""The ledger on PostgreSQL: what is stored, what is refused, and that it is all or nothing."""

import json
from datetime import UTC, datetime
from uuid import UUID

import psycopg
import pytest
from eventsourcing.persistence import IntegrityError

from adapters.event_store import ANSWERED, Envelope, PostgresLedger
from adapters.read_model import PostgresReadModel
from application.commands.command import execute
from application.commands.record_document import RecordDocument
from application.ledger import History
from domain.event import Event, SourceCell
from domain.program import ControlFigure, DocumentRecorded
from domain.refusals import AlreadyExists, LedgerAway, LostRace
from tests.adapters.postgresql_15 import both_servers
from tests.adapters.recording import Today, asked, given_program, record, request, titled
from tests.conftest import Database
from tests.given import FIRST_DAY, OWN_ACT, T1, basis, registered, target

pytestmark = both_servers


def test_payload_is_readable_json_under_a_stable_topic(
    ledger: PostgresLedger, database: Database
) -> None:
    at = SourceCell(table=1, row=5, cell=6, printed="91,2")
    event = target("91.2").model_copy(update={"at": at})
    asking = request("key-1")
    ledger.append(ledger.history("invented"), [event], asking, "report", {"ответ": "принято"})

    stored, answer = asked(database.owner_url, "SELECT * FROM history.event ORDER BY 1")
    assert stored["topic"] == "indicator.target_set.v1"
    metadata = {
        "actor": {"issuer": "urn:letopis:local", "subject": "local"},
        "role": "",
        "request_id": asking.request_id,
        "correlation_id": asking.request_id,
        "command": "report",
    }
    expected = {
        "event_id": str(stored["event_id"]),
        "metadata": metadata,
        "event": {
            "program": "invented",
            "basis": {
                "document": "2020-12-20-P",
                "kind": "act",
                "dated_on": "2020-12-20",
                "in_force_on": "2021-01-01",
                "day_order": 0,
            },
            "effective_on": "2021-01-01",
            "at": {"table": 1, "row": 5, "cell": 6, "printed": "91,2"},
            "indicator": "i1",
            "period": "2021",
            "value": {"value": "91.2", "unit": "", "printed": ""},
        },
    }
    exact = json.dumps(expected, ensure_ascii=False, separators=(",", ":"))
    assert stored["state"].decode("utf-8") == exact

    assert answer["topic"] == ANSWERED
    assert json.loads(answer["state"])["metadata"] == metadata
    assert '{"digest":"d1","events":1,"result":{"ответ":"принято"}}' in answer["state"].decode()


def test_letters_are_stored_as_themselves(ledger: PostgresLedger, database: Database) -> None:
    record(ledger, "invented", [titled("invented", "Доступная «среда» – 2021 ₽ 😀")])
    (stored,) = asked(database.owner_url, "SELECT state FROM history.event")
    assert "Доступная «среда» – 2021 ₽ 😀".encode() in stored["state"]


def test_typed_columns_say_what_the_payload_says(
    ledger: PostgresLedger, database: Database
) -> None:
    given_program(ledger)
    record(ledger, "other", [titled("other", "Другая")])
    ledger.append(ledger.history("other"), [titled("other", "Та")], request("k"), "again", {})
    rows = asked(database.owner_url, "SELECT * FROM history.event ORDER BY notification_id")
    assert [row["notification_id"] for row in rows] == list(range(1, len(rows) + 1))
    for row in rows:
        payload = json.loads(row["state"])
        assert row["event_id"] == UUID(payload["event_id"])
        who = payload["metadata"]["actor"]
        assert row["actor"] == f"{who['issuer']} {who['subject']}"
        for column in ("request_id", "correlation_id"):
            assert row[column] == payload["metadata"][column]
        says, typed = payload["event"], ("program", "document", "effective_on", "dated_on")
        if row["topic"] == ANSWERED:
            assert [row[column] for column in typed] == [None] * 4
            continue
        assert row["program"] == says["program"]
        assert row["document"] == says["basis"]["document"]
        assert row["effective_on"].isoformat() == says["effective_on"]
        assert row["dated_on"].isoformat() == says["basis"]["dated_on"]


def test_every_event_is_read_as_it_was_recorded(ledger: PostgresLedger) -> None:
    events = list(registered(target("80")).events.values())
    before = datetime.now(UTC)
    receipt = record(ledger, "invented", events)
    assert receipt.positions == tuple(range(1, len(events) + 1))
    assert receipt.position == len(events)
    history = ledger.history("invented")
    assert list(history.events.values()) == events
    assert list(history.events) == list(receipt.positions)
    assert history.last_position == history.log_size == receipt.position
    recorded_at = PostgresReadModel(ledger).recorded_at(receipt.position)
    assert recorded_at is not None
    assert before <= recorded_at <= datetime.now(UTC)


def test_history_of_some_streams_leaves_the_others_out(ledger: PostgresLedger) -> None:
    given_program(ledger)
    record(ledger, "invented", [target("7", indicator="i2")])
    history = ledger.history("invented", ["indicator/invented/i1"])
    assert set(history.versions) == {"program/invented", "indicator/invented/i1"}
    assert T1 in history.register.assertions
    assert list(history.events) == [1, 2, 3, 4, 5, 8]
    assert history.last_position == history.log_size == 9


def test_the_librarys_own_reading_works(ledger: PostgresLedger) -> None:
    given_program(ledger)
    found = list(ledger.events.get("program/invented"))
    envelopes = [envelope for envelope in found if isinstance(envelope, Envelope)]
    assert envelopes == found
    assert [e.originator_version for e in envelopes] == [1, 2, 3, 4]
    assert envelopes[0].topic == "program.registered.v1"
    assert [e.event for e in envelopes] == [
        e for e in ledger.history("invented").events.values() if e.stream == "program/invented"
    ]
    size = ledger.recorder.max_notification_id()
    assert size == 8
    assert [n.id for n in ledger.notification_log.select(start=3, limit=4)] == [3, 4, 5, 6]
    assert [n.id for n in ledger.notification_log["1,10"].items] == list(range(1, 9))


def _untouched(database: Database, size: int) -> None:
    question = """
        SELECT notification_id FROM history.event WHERE notification_id > %(size)s
        UNION ALL SELECT position FROM read.assertion WHERE position > %(size)s
        UNION ALL SELECT position FROM read.withdrawal WHERE position > %(size)s
        UNION ALL SELECT position FROM read.posting WHERE position > %(size)s
        UNION ALL SELECT position FROM read.program WHERE position > %(size)s
    """
    assert asked(database.owner_url, question, {"size": size}) == []


def _two_figures_for_one_cell() -> Event:
    figure = ControlFigure(cell="control:ratio:i1:2021", printed="9,2")
    return DocumentRecorded(
        program="invented", basis=basis(OWN_ACT), effective_on=FIRST_DAY, figures=(figure, figure)
    )


def test_a_failing_read_row_undoes_all_aggregates(
    ledger: PostgresLedger, database: Database
) -> None:
    size = given_program(ledger).position
    events = [titled("invented", "А"), target("1"), _two_figures_for_one_cell(), target("2")]
    with pytest.raises(IntegrityError):
        ledger.append(ledger.history("invented"), events, request("k"), "broken", {})
    _untouched(database, size)
    assert ledger.answered(request("k")) is None
    record(ledger, "invented", events[:2])
    assert ledger.history("invented").log_size == size + 2


def test_two_figures_for_one_cell_are_refused_before_that(ledger: PostgresLedger) -> None:
    given_program(ledger)
    figure = {"cell": "control:ratio:i1:2021", "printed": "9,2"}
    twice = RecordDocument.model_validate(
        {
            "document": {"kind": "report", "title": "Отчёт", "date": "2022-01-31"},
            "effective_on": "2021-12-31",
            "figures": [figure, figure],
        }
    )
    with pytest.raises(AlreadyExists, match="control:ratio:i1:2021"):
        execute(ledger, Today(), "invented", twice, request())


def test_a_lost_race_for_the_last_stream_undoes_all(
    ledger: PostgresLedger, database: Database
) -> None:
    given_program(ledger)
    stale = ledger.history("invented")
    size = record(ledger, "invented", [target("81")]).position
    with pytest.raises(LostRace, match="originator"):
        ledger.append(stale, [titled("invented", "А"), target("82")], request("k"), "late", {})
    _untouched(database, size)


def test_a_decision_on_a_stale_program_stream_is_refused(
    ledger: PostgresLedger, database: Database
) -> None:
    given_program(ledger)
    stale = ledger.history("invented")
    size = record(ledger, "invented", [titled("invented", "Новое")]).position
    with pytest.raises(LostRace, match="program/invented"):
        ledger.append(stale, [target("82")], request("k"), "late", {})
    _untouched(database, size)


def test_two_clients_can_not_register_the_same_program(ledger: PostgresLedger) -> None:
    events = list(registered().events.values())
    ledger.append(History("invented"), events, request(), "one", {})
    with pytest.raises(LostRace):
        ledger.append(History("invented"), events, request(), "two", {})
    assert ledger.history("invented").log_size == len(events)


def test_a_clock_set_back_does_not_set_the_log_back(
    ledger: PostgresLedger, database: Database
) -> None:
    record(ledger, "invented", [titled("invented", "А")])
    with psycopg.connect(database.owner_url) as connection:
        connection.execute("ALTER TABLE history.event DISABLE TRIGGER refuse_change")
        connection.execute("UPDATE history.event SET recorded_at = '2999-12-31 00:00+00'")
        connection.execute("ALTER TABLE history.event ENABLE TRIGGER refuse_change")
    record(ledger, "invented", [titled("invented", "Б")])
    model = PostgresReadModel(ledger)
    far = datetime(2999, 12, 31, tzinfo=UTC)
    assert (model.recorded_at(1), model.recorded_at(2)) == (far, far)
    assert model.position_at(far) == 2
    assert model.position_at(datetime(2998, 1, 1, tzinfo=UTC)) == 0


def test_all_that_the_url_says_reaches_the_server(database: Database) -> None:
    """Such as how far the server's certificate is to be trusted, and settings of the session."""
    said = "&application_name=letopis-tests&options=-c%20statement_timeout%3D7s"
    ledger = PostgresLedger(f"{database.app_url}{said}", pool_size=3)
    for _ in range(3):
        with ledger.connection() as connection:
            assert connection.info.parameter_status("application_name") == "letopis-tests"
            row = connection.execute("SELECT current_setting('statement_timeout') AS s").fetchone()
            assert row == {"s": "7s"}
    ledger.close()


def test_a_database_that_is_away_is_a_refusal(database: Database) -> None:
    with pytest.raises(LedgerAway):
        PostgresLedger(f"{database.app_url}&port=1", wait=1)


def test_a_severed_connection_is_a_refusal_and_the_next_one_works(
    ledger: PostgresLedger, database: Database
) -> None:
    given_program(ledger)

    def severed() -> None:
        with ledger.connection() as connection:
            pid = connection.info.backend_pid
            asked(database.owner_url, "SELECT pg_terminate_backend(%s)", [pid])
            connection.execute("SELECT 1")

    with pytest.raises(LedgerAway):
        severed()
    assert ledger.history("invented").exists
