"""What is recorded together may be long: it goes in by parts, as one whole, and comes out again."""

from datetime import date
from io import BytesIO

import xlsxwriter

from adapters.copying import AT_ONCE
from adapters.documents.reading import read_paper
from adapters.event_store import PostgresLedger
from adapters.paper_store import PostgresPapers
from adapters.read_model import PostgresReadModel
from adapters.rebuild import check
from application.intake.answers import Answers
from application.intake.hand_in import Office, hand_in
from application.progress import Progress, Stage, unheard
from domain.event import Event
from domain.indicator import FactReported
from tests.adapters.recording import Today, given_program, new_key, record, request, titled
from tests.conftest import Database
from tests.given import basis, report, stated

LONG = AT_ONCE + 1_000
REPORT = report(date(2021, 10, 10), "7")


def facts(count: int) -> list[Event]:
    return [
        FactReported(
            program="invented",
            basis=basis(REPORT),
            effective_on=date(2021, 9, 30),
            indicator="i1",
            period="2021-Q3",
            value=stated(str(number)),
        )
        for number in range(count)
    ]


def test_a_long_append_is_dense_and_in_order_and_the_read_model_agrees(
    ledger: PostgresLedger, database: Database
) -> None:
    last = given_program(ledger).position
    told: list[tuple[int, int]] = []
    receipt = ledger.append(
        ledger.history("invented"),
        facts(LONG),
        request(new_key()),
        "given",
        {},
        lambda *progress: told.append(progress[1:]),
    )
    assert receipt.positions == tuple(range(last + 1, last + 1 + LONG))
    history = ledger.history("invented")
    assert [history.events[p] for p in receipt.positions] == facts(LONG)
    assert told == sorted(told)
    assert len(told) == 4, "two parts of events, two of rows"
    assert check(database.owner_url) == []


def test_a_history_takes_longer_to_fold_than_a_transaction_may_idle(
    ledger: PostgresLedger, database: Database
) -> None:
    given_program(ledger)
    record(ledger, "invented", facts(2_000))
    impatient = PostgresLedger(database.app_url, pool_size=1)
    try:
        with impatient.connection() as its_only:
            its_only.execute("SET idle_in_transaction_session_timeout = '10ms'")
        assert impatient.history("invented").events == ledger.history("invented").events
    finally:
        impatient.close()


def workbook() -> bytes:
    written = BytesIO()
    with xlsxwriter.Workbook(written) as book:
        sheet = book.add_worksheet("Факты")
        sheet.write_row(0, 0, ["Показатель", "Период", "Значение"])
        sheet.write_row(1, 0, ["i1", "2021-Q1", 81.5])
    return written.getvalue()


def test_what_is_recorded_between_foreseeing_and_recording_is_a_race_that_is_run_again(
    ledger: PostgresLedger,
) -> None:
    given_program(ledger)
    stages: list[Stage] = []

    def somebody_is_faster(stage: Stage, done: int, of: int) -> None:
        if stage not in stages and stage is Stage.RECORDING:
            record(ledger, "invented", [titled("invented", "Раньше")])
        stages.append(stage)

    handed = _handed_in(ledger, somebody_is_faster)
    assert handed == [
        "program.passport_set.v1",
        "program.document_recorded.v1",
        "indicator.fact_reported.v1",
    ]
    assert list(dict.fromkeys(stages)) == [
        Stage.TAKING_IN,
        Stage.DECIDING,
        Stage.CHECKING,
        Stage.RECORDING,
    ]


def _handed_in(ledger: PostgresLedger, progress: Progress = unheard) -> list[str]:
    """The topics of what is recorded of the program since, in the order of the log."""
    known = len(ledger.history("invented").events)
    model = PostgresReadModel(ledger)
    content = workbook()
    paper = read_paper(content, "facts.xlsx")
    answers = Answers(program="invented", document=REPORT)
    office = Office(ledger, model, PostgresPapers(ledger), Today())
    result = hand_in(
        office, paper, content, answers, request(new_key()), dry_run=False, progress=progress
    )
    assert result.receipt is not None
    events = ledger.history("invented").events.values()
    return [event.topic for event in events][known:]
