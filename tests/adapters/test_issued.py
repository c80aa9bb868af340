"""Reports are issued at one viewpoint, their files kept for ever; what moves on meanwhile is seen."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from hashlib import sha256

import pytest
from eventsourcing.persistence import IntegrityError
from hypothesis import given, settings

from adapters.event_store import PostgresLedger
from adapters.issued_store import PostgresIssued
from adapters.read_model import PostgresReadModel
from adapters.rebuild import check, rebuild
from application.commands.command import ATTEMPTS
from application.ports import KeptPaper, RecordedQuery, Writer
from application.queries.forms import printed_form
from application.queries.periods import issued_file, periods
from application.queries.viewpoint import Resolved
from application.reports.printed import PrintedForm
from application.submitting import FORMATS, Desk, Submission, submit
from domain.dates import Viewpoint
from domain.event import Event
from domain.indicator import FactReported
from domain.refusals import LostRace, ReportTooEarly
from domain.report import ReportSubmitted
from tests.adapters.postgresql_15 import both_servers
from tests.adapters.recording import Today, given_program, new_key, record, request
from tests.conftest import Database
from tests.given import PROGRAM, TODAY, basis, registered, report, stated, target
from tests.wild import wild_histories

CONTENT = bytes(range(256)) * 100
FILE = KeptPaper(sha256(CONTENT).hexdigest(), "invented-1-2021.pdf", CONTENT)
SIGNED = report(date(2022, 3, 1), "5")
SUBMISSION = Submission(document=SIGNED)


def plain(form: PrintedForm, file_format: str) -> bytes:
    """A writer whose files say all that the form says."""
    return f"{file_format}: {form}".encode()


def fact(value: str) -> FactReported:
    """A fact of the year under a report that is known: it says nothing in the Program stream."""
    return FactReported(
        program=PROGRAM, basis=basis(report(date(2022, 2, 1), "4")),
        effective_on=date(2021, 12, 31), indicator="i1", period="2021", value=stated(value),
    )  # fmt: skip


def desk(
    ledger: PostgresLedger,
    write: Writer = plain,
    clock: Today | None = None,
) -> Desk:
    model, issued = PostgresReadModel(ledger), PostgresIssued(ledger)
    return Desk(ledger, model, issued, clock or Today(), write)


def submitted(ledger: PostgresLedger) -> list[tuple[int, ReportSubmitted]]:
    asked = RecordedQuery(program=PROGRAM, topic=ReportSubmitted.topic)
    return [
        (recorded.position, recorded.event)
        for recorded in PostgresReadModel(ledger).events(asked)
        if isinstance(recorded.event, ReportSubmitted)
    ]


def as_seen(ledger: PostgresLedger, event: ReportSubmitted) -> dict[tuple[str, str], str]:
    """The digests of the forms at the viewpoint that the report fixes, written anew."""
    assert event.at_position is not None
    seen = Resolved(Viewpoint(event.as_of, event.dated_by, event.at_position))
    model = PostgresReadModel(ledger)
    return {
        (form, file_format): sha256(
            plain(printed_form(model, PROGRAM, form, event.as_of.year, seen), file_format)
        ).hexdigest()
        for form in ("1", "2", "3")
        for file_format in FORMATS
    }


@both_servers
def test_an_issued_file_is_given_back_as_it_was(ledger: PostgresLedger) -> None:
    issued = PostgresIssued(ledger)
    assert issued.issued(FILE.digest) is None
    issued.keep(FILE)
    issued.keep(replace(FILE, name="other.pdf"))
    assert issued.issued(FILE.digest) == FILE


@both_servers
def test_a_file_that_is_not_what_its_digest_says_is_not_kept(ledger: PostgresLedger) -> None:
    with pytest.raises(IntegrityError, match="issued_file_check"):
        PostgresIssued(ledger).keep(replace(FILE, content=b"else"))


def test_a_years_report_is_three_forms_in_three_formats(ledger: PostgresLedger) -> None:
    given_program(ledger)
    before = PostgresReadModel(ledger).size()
    submit(desk(ledger), PROGRAM, "2021", SUBMISSION, request(new_key()))
    ((position, event),) = submitted(ledger)
    assert (event.as_of, event.dated_by) == (date(2021, 12, 31), SIGNED.dated_on)
    assert event.at_position == before
    assert {(f.form, f.file_format): f.digest for f in event.files} == as_seen(ledger, event)
    file = issued_file(PostgresReadModel(ledger), PROGRAM, "2021", position, "2", "pdf")
    kept = PostgresIssued(ledger).issued(file.digest)
    assert kept is not None
    assert len(kept.content) == file.size


def test_nothing_is_written_for_a_report_that_is_refused(ledger: PostgresLedger) -> None:
    given_program(ledger)

    def never(form: PrintedForm, file_format: str) -> bytes:
        raise AssertionError(form.form)

    with pytest.raises(ReportTooEarly):
        submit(desk(ledger, never), PROGRAM, "2024", SUBMISSION, request(new_key()))


class Meanwhile:
    """Records a fact under a report that is known, which moves no Program stream, when it is called for one
    of these times, counted from 1.
    """

    def __init__(self, ledger: PostgresLedger, times: Collection[int]) -> None:
        self.ledger, self.times, self.called = ledger, times, 0

    def __call__(self) -> None:
        self.called += 1
        if self.called in self.times:
            record(self.ledger, PROGRAM, [fact(f"7{self.called}")])


def writing(meanwhile: Meanwhile) -> Writer:
    """A writer that is called once for each attempt to submit."""

    def write(form: PrintedForm, file_format: str) -> bytes:
        if (form.form, file_format) == ("3", "pdf"):
            meanwhile()
        return plain(form, file_format)

    return write


def once_and_as_seen(ledger: PostgresLedger) -> None:
    """One report, at the last position before its own, with the files of that position."""
    ((position, event),) = submitted(ledger)
    assert event.at_position is not None
    between = RecordedQuery(program=PROGRAM, after=event.at_position, up_to=position)
    topics = [one.topic for one in PostgresReadModel(ledger).events(between)]
    assert topics == ["program.document_recorded.v1", ReportSubmitted.topic]
    assert {(f.form, f.file_format): f.digest for f in event.files} == as_seen(ledger, event)


def test_what_is_recorded_while_files_are_written_is_in_them(ledger: PostgresLedger) -> None:
    given_program(ledger)
    meanwhile = Meanwhile(ledger, {1, 2})
    submit(desk(ledger, writing(meanwhile)), PROGRAM, "2021", SUBMISSION, request(new_key()))
    assert meanwhile.called == ATTEMPTS
    once_and_as_seen(ledger)


def test_what_is_recorded_just_before_the_report_is_in_its_files(ledger: PostgresLedger) -> None:
    """The day of today is asked for twice an attempt; the second time the history is read already."""
    given_program(ledger)
    meanwhile = Meanwhile(ledger, {2})
    at = desk(ledger, clock=Today(meanwhile))
    submit(at, PROGRAM, "2021", SUBMISSION, request(new_key()))
    assert meanwhile.called > 2
    once_and_as_seen(ledger)


def test_a_history_that_never_rests_is_given_up(ledger: PostgresLedger) -> None:
    given_program(ledger)
    meanwhile = Meanwhile(ledger, range(100))
    with pytest.raises(LostRace):
        submit(desk(ledger, writing(meanwhile)), PROGRAM, "2021", SUBMISSION, request(new_key()))
    assert meanwhile.called == ATTEMPTS
    assert submitted(ledger) == []


def test_a_retry_is_answered_as_at_first(ledger: PostgresLedger) -> None:
    given_program(ledger)
    key = request(new_key())
    first = submit(desk(ledger), PROGRAM, "2021", SUBMISSION, key)
    record(ledger, PROGRAM, [fact("70")])
    again = submit(desk(ledger), PROGRAM, "2021", SUBMISSION, key)
    assert (again.positions, again.result) == (first.positions, first.result)
    assert again.replayed


# The threads of the connection pool draw random numbers of their own while Hypothesis draws its.
@pytest.mark.filterwarnings("ignore:Do not use the `random` module inside strategies")
def test_what_was_issued_never_changes(ledger: PostgresLedger, database: Database) -> None:
    """Whatever is recorded afterwards, under whatever dates: the bytes stay, and the viewpoint that was
    fixed still tells the same.
    """
    record(ledger, PROGRAM, [*registered(target("80")).events.values(), fact("70")])
    submit(desk(ledger), PROGRAM, "2021", SUBMISSION, request(new_key()))
    ((_, event),) = submitted(ledger)
    issued = PostgresIssued(ledger)
    first = {file.digest: issued.issued(file.digest) for file in event.files}
    given_first = len(registered().events)

    @settings(max_examples=10)
    @given(wild_histories())
    def later(history: list[Event]) -> None:
        record(ledger, PROGRAM, history[given_first + 2 :])
        ((_, still),) = submitted(ledger)
        assert still == event
        assert {(f.form, f.file_format): f.digest for f in still.files} == as_seen(ledger, still)
        assert {file.digest: issued.issued(file.digest) for file in still.files} == first

    later()
    assert check(database.owner_url) == []
    now = Viewpoint(TODAY, TODAY, PostgresReadModel(ledger).size())
    told = periods(PostgresReadModel(ledger), PROGRAM, now)
    rebuild(database.owner_url)
    assert periods(PostgresReadModel(ledger), PROGRAM, now) == told
    assert {file.digest: issued.issued(file.digest) for file in event.files} == first
