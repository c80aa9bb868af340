"""What it takes to record something: the right that each event needs, whichever command decided it."""

from collections.abc import Sequence

from application.access import RECORDS, THE_REQUEST, WRITES, Need, Permission
from application.ledger import History
from domain import budget, indicator, late_correction, program, report, road_map
from domain.access import ANYBODY, AccessEvent, AccessGranted, Role, Where
from domain.event import Event, WithdrawsStatement


def needed_for(event: Event, history: History) -> Need:
    """The right that it takes to record an event on a history. What is taken back as recorded in error
    takes the right to record it. Raises: TypeError for a kind of event that is not told here.
    """
    if isinstance(event, WithdrawsStatement):
        return needed_for(history.events[event.of_position], history)
    match event:
        case late_correction.CorrectionGrounded():
            return needed_for(history.events[event.of_position], history)
        case indicator.FactReported() | indicator.DeviationExplained():
            return _need(Permission.REPORT, event.period)
        case road_map.OccurrenceCompleted():
            return _need(Permission.REPORT, f"{event.effective_on:%Y-%m}")
        case budget.CashExecutionPosted() if event.period:
            return _need(Permission.POST_MONEY, event.period)
        case budget.VarianceExplained():
            return _need(Permission.POST_MONEY, event.period)
        case budget.MoneyMoved():
            return _need(Permission.POST_MONEY, f"{event.effective_on:%Y-%m}")
        case program.DocumentRecorded():
            return Need(RECORDS if event.figures else WRITES)
        case program.ActRecorded() if not (event.draft or event.signs or event.lines):
            return Need(WRITES)
        case program.FindingWaived():
            return _need(Permission.WAIVE_FINDING)
        case report.PeriodEvent():
            return _of_report(event, history)
        case AccessEvent():
            return _of_access(event)
        case budget.Closed():
            return _need(Permission.CLOSE_PERIOD, str(event.year))
        case (
            program.ProgramEvent()
            | indicator.IndicatorEvent()
            | budget.BudgetEvent()
            | road_map.RoadMapEvent()
        ):
            return _need(Permission.PLAN)
        case _:
            raise TypeError(type(event).__name__)


def place_of(events: Sequence[Event], history: History) -> Where | None:
    """The program that events are about, and whose; None: they are about none."""
    for event in events:
        if isinstance(event, program.Registered):
            whose = event.municipality
            return Where(event.program, whose.id, whose.region)
    return history.where


def _need(permission: Permission, period: str | None = None) -> Need:
    return Need(frozenset({permission}), period)


_STEPS = {
    report.ReportSubmitted: Permission.SUBMIT_REPORT,
    report.ReportReturned: Permission.ACCEPT_REPORT,
    report.ReportAccepted: Permission.ACCEPT_REPORT,
    report.PeriodClosedEvent: Permission.CLOSE_PERIOD,
    report.PeriodReopened: Permission.CLOSE_PERIOD,
}


def _of_report(event: report.PeriodEvent, history: History) -> Need:
    """A step of a report; who accepts it is not who submitted it."""
    need = _need(_STEPS[type(event)], event.period)
    if not isinstance(event, report.ReportAccepted):
        return need
    submitted = [
        position
        for position, one in history.events.items()
        if isinstance(one, report.ReportSubmitted) and one.period == event.period
    ]
    submitted_by = history.actors.get(max(submitted), THE_REQUEST) if submitted else None
    why = (
        f"отчёт за {event.period} сдали вы, принять его должен другой",
        f"you submitted the report for {event.period}, another person must accept it",
    )
    return Need(need.one_of, event.period, submitted_by, why)


def _of_access(event: AccessEvent) -> Need:
    """What is published is so by its owner; any other right is granted by an operator, to another."""
    if event.actor == ANYBODY:
        granted = isinstance(event, AccessGranted) and event.role is Role.PUBLIC
        one_of = {Permission.PUBLISH} if granted else {Permission.PUBLISH, Permission.GRANT_ACCESS}
        return Need(frozenset(one_of))
    why = ("право выдаётся вам самим", "the right would be your own")
    return Need(frozenset({Permission.GRANT_ACCESS}), None, event.actor, why)
