"""Topics: the stable words under which events are stored, and the upcasts of older shapes."""

from collections.abc import Callable
from typing import Any

from domain import (
    access,
    budget,
    commitment,
    indicator,
    late_correction,
    program,
    report,
    road_map,
)
from domain.event import Event

EVENTS: dict[str, type[Event]] = {
    event.topic: event
    for event in (
        program.Registered,
        program.PassportSet,
        program.ElementAdded,
        program.ElementChanged,
        program.ElementRemoved,
        program.ActRecorded,
        program.DocumentRecorded,
        program.AmendmentApplied,
        program.ActWithdrawn,
        program.StatementWithdrawn,
        program.FindingWaived,
        late_correction.CorrectionGrounded,
        report.ReportSubmitted,
        report.ReportReturned,
        report.ReportAccepted,
        report.PeriodClosedEvent,
        report.PeriodReopened,
        indicator.Defined,
        indicator.Redefined,
        indicator.Retired,
        indicator.BaselineSet,
        indicator.TargetSet,
        indicator.FactReported,
        indicator.StatementWithdrawn,
        indicator.DeviationExplained,
        budget.Opened,
        budget.AppropriationSet,
        budget.PeriodPlanSet,
        commitment.CommitmentMade,
        commitment.CommitmentReleased,
        budget.CashExecutionPosted,
        budget.CashExecutionReversed,
        budget.StatementWithdrawn,
        budget.VarianceExplained,
        budget.Closed,
        road_map.Approved,
        road_map.ProcedureScheduled,
        road_map.ProcedureChanged,
        road_map.ProcedureRemoved,
        road_map.OccurrenceCompleted,
        road_map.ResponsibleAssigned,
        road_map.StatementWithdrawn,
        access.AccessGranted,
        access.AccessRevoked,
        access.KeyIssued,
    )
}

Payload = dict[str, Any]
UPCASTS: dict[str, tuple[str, Callable[[Payload], Payload]]] = {
    "program.report_submitted.v1": (
        report.ReportSubmitted.topic,
        report.submitted_before_files,
    ),
}
"""Older topic → (newer topic, how its payload becomes the newer one). Stored bytes never change."""


def event_from(topic: str, payload: Payload) -> Event:
    """The event that was stored under a topic, upcast to its newest shape. Unknown topic: KeyError."""
    while topic in UPCASTS:
        topic, upcast = UPCASTS[topic]
        payload = upcast(payload)
    return EVENTS[topic].model_validate(payload)
