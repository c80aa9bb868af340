"""What is generated from the code is what stands in docs/; what it claims of events is what they do."""

import json
import re
from collections.abc import Iterator
from datetime import date

from api.demo.load import packages_of_the_demo
from application.commands.load_package import LoadPackage, Package
from application.ledger import History
from docs.generate_events import EFFECTIVE_ON, OTHERWISE, SAYS, catalogue
from docs.generate_refusals import with_tables
from domain.dates import Assertion, Posting, Restatement, Withdrawal
from domain.event import Event
from domain.topics import EVENTS, event_from
from tests.house.tree import text

_VERBS = {Assertion: "states", Withdrawal: "withdraws", Posting: "posts", Restatement: "restates"}


def test_the_catalogue_of_events_is_up_to_date() -> None:
    assert text("docs/events.md") == catalogue(), "run `make docs`"


def test_the_tables_of_refusals_are_up_to_date() -> None:
    page = text("docs/api.md")
    assert page == with_tables(page), "run `make docs`"


def test_the_catalogue_tells_of_no_event_that_is_not_there() -> None:
    words = {topic.rpartition(".")[0] for topic in EVENTS}
    assert set(SAYS) == words
    assert set(EFFECTIVE_ON) | {word for word, _ in OTHERWISE} <= words


def test_events_leave_the_rows_that_the_catalogue_tells() -> None:
    for event in (*_golden_samples(), *_events_of_the_demo()):
        told = SAYS[event.topic.rpartition(".")[0]]
        cells = set(re.findall(r"`([a-z-]+):…`", told))
        for row in event.rows(1):
            assert _VERBS[type(row)] in told, event.topic
            if isinstance(row, Assertion | Posting):
                assert row.cell.partition(":")[0] in cells, event.topic


def test_the_catalogue_tells_of_no_cell_that_no_event_states() -> None:
    told = set(re.findall(r"`([a-z-]+):…`", " ".join(SAYS.values())))
    stated = {
        row.cell.partition(":")[0]
        for event in (*_golden_samples(), *_events_of_the_demo())
        for row in event.rows(1)
        if isinstance(row, Assertion | Posting)
    }
    assert stated == told


def _golden_samples() -> Iterator[Event]:
    for topic in EVENTS:
        yield event_from(topic, json.loads(text(f"tests/golden/events/{topic}.json")))


def _events_of_the_demo() -> Iterator[Event]:
    for file in packages_of_the_demo():
        package = Package.model_validate_json(file.read_text(encoding="utf-8"))
        load = LoadPackage.of(package)
        yield from load.decide(package.program, History(package.program), date(2026, 11, 1)).events
