"""Topics: what was ever stored loads for ever, as it was stored."""

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from domain.access import AccessEvent
from domain.event import Event
from domain.indicator import TargetSet
from domain.report import ReportSubmitted
from domain.topics import EVENTS, UPCASTS, event_from
from tests.domain.samples import SAMPLES

GOLDEN = Path(__file__).parents[1] / "golden" / "events"


def stored(event: Event) -> dict[str, Any]:
    """The payload as the ledger stores it."""
    return event.model_dump(mode="json", exclude_none=True)


def belongs_to_none(topic: str) -> set[str]:
    """The field that an event of no program leaves out: rights state no cell of any program."""
    return {"program"} if issubclass(EVENTS[topic], AccessEvent) else set()


def golden(topic: str) -> dict[str, Any]:
    payload: dict[str, Any] = json.loads((GOLDEN / f"{topic}.json").read_text(encoding="utf-8"))
    return payload


@pytest.fixture(scope="module", autouse=True)
def _missing_samples(*, update_golden: bool) -> None:
    if not update_golden:
        return
    for sample in SAMPLES:
        path = GOLDEN / f"{sample.topic}.json"
        if not path.exists():
            text = json.dumps(stored(sample), ensure_ascii=False, indent=1)
            path.write_text(f"{text}\n", encoding="utf-8")


def test_every_topic_has_its_sample_and_every_sample_its_topic() -> None:
    kept = {path.stem for path in GOLDEN.iterdir()}
    assert set(EVENTS) <= kept
    assert kept <= set(EVENTS) | set(UPCASTS)


@pytest.mark.parametrize("topic", [*EVENTS, *UPCASTS])
def test_a_sample_loads_and_is_stored_as_before(topic: str) -> None:
    event = event_from(topic, golden(topic))
    assert event.topic in EVENTS
    if topic in EVENTS:
        assert type(event) is EVENTS[topic]
        assert stored(event) == golden(topic)


@pytest.mark.parametrize("topic", EVENTS)
def test_a_sample_fills_every_field(topic: str) -> None:
    assert set(golden(topic)) == set(EVENTS[topic].model_fields) - belongs_to_none(topic)


@pytest.mark.parametrize("topic", EVENTS)
def test_a_sample_says_what_it_says_at_any_position(topic: str) -> None:
    rows = list(event_from(topic, golden(topic)).rows(99))
    assert {row.position for row in rows} <= {99}
    silent = {"program.amendment_applied.v1"}
    assert rows or topic in silent or belongs_to_none(topic)


@pytest.mark.parametrize("topic", [*EVENTS, *UPCASTS])
def test_a_topic_is_a_stable_word_with_a_version_and_no_python_path(topic: str) -> None:
    assert re.fullmatch(r"(program|indicator|budget|road_map|access)\.[a-z_]+\.v[1-9][0-9]*", topic)


def test_one_class_has_one_topic_and_its_stream_is_named_by_its_aggregate() -> None:
    assert len(set(EVENTS.values())) == len(EVENTS)
    for sample in SAMPLES:
        assert sample.stream.split("/")[0] == sample.topic.split(".")[0]
        assert ":" not in sample.stream


def test_what_is_unknown_is_not_loaded() -> None:
    payload = golden(TargetSet.topic)
    with pytest.raises(KeyError):
        event_from("indicator.target_set.v99", payload)
    with pytest.raises(ValueError, match="extra"):
        event_from(TargetSet.topic, payload | {"surprise": 1})
    with pytest.raises(ValueError, match="basis"):
        event_from(TargetSet.topic, {k: v for k, v in payload.items() if k != "basis"})


def test_a_report_of_old_has_the_viewpoint_of_its_period_and_document_and_no_files() -> None:
    old = golden("program.report_submitted.v1")
    event = event_from("program.report_submitted.v1", old)
    assert isinstance(event, ReportSubmitted)
    assert (event.period, event.as_of) == ("2021-Q3", date(2021, 9, 30))
    assert event.dated_by == event.basis.dated_on == date(2021, 3, 24)
    assert (event.at_position, event.files) == (None, ())
    assert stored(event).items() >= old.items()


def test_older_shapes_are_upcast_step_by_step(monkeypatch: pytest.MonkeyPatch) -> None:
    """Made up: v0 said a bare number of a year, v0.5 named the period."""

    def with_period(payload: dict[str, Any]) -> dict[str, Any]:
        return {k: v for k, v in payload.items() if k != "year"} | {"period": str(payload["year"])}

    def with_value(payload: dict[str, Any]) -> dict[str, Any]:
        return payload | {"value": {"value": payload["value"]}}

    older, old = "indicator.target_planned.v1", "indicator.target_planned.v2"
    monkeypatch.setitem(UPCASTS, older, (old, with_period))
    monkeypatch.setitem(UPCASTS, old, (TargetSet.topic, with_value))
    newest = golden(TargetSet.topic)
    bare = {k: v for k, v in newest.items() if k not in ("period", "value", "was")}
    payload = bare | {"year": 2021, "value": "91.2"}
    kept = json.dumps(payload)
    event = event_from(older, payload)
    assert isinstance(event, TargetSet)
    assert (event.period, event.value.model_dump()["value"]) == ("2021", "91.2")
    assert event == event_from(old, with_period(payload))
    assert json.dumps(payload) == kept
