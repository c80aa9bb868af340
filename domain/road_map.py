"""Road map of one program and year: procedures, windows, who is responsible, what was completed."""

from collections.abc import Iterator
from datetime import date
from typing import ClassVar

from pydantic import StrictBool

from domain import cells
from domain.dates import Register, Row
from domain.event import Event, EventOfProgram, SourceCell, WithdrawsStatement
from domain.legal_act import Basis
from domain.locks import require_open
from domain.periods import Period
from domain.program import exists
from domain.refusals import (
    AlreadyExists,
    CompletedBeforeStart,
    NotYet,
    UnknownIndicator,
    UnknownProcedure,
    UnknownWindow,
    WindowBackwards,
)
from domain.values import CellValue, Day, Identifier, Stated, Text, Value

_FIELDS = (
    "title",
    "indicator",
    "element",
    "number",
    "parent",
    "result",
    "position",
    "person",
)


class Window(Value):
    """First and last day of one occurrence of a procedure."""

    starts_on: Day
    ends_on: Day


class RoadMapEvent(EventOfProgram):
    """An event of the RoadMap aggregate of one year."""

    year: int

    @property
    def stream(self) -> str:
        return f"road_map/{self.program}/{self.year}"


class Approved(RoadMapEvent):
    """A road map was approved."""

    topic: ClassVar = "road_map.approved.v1"

    def rows(self, position: int) -> Iterator[Row]:
        yield self.says(position, f"road-map:{self.year}:status", Stated(value="approved"))


class Procedure(Value):
    """A procedure as printed: title, result, responsible (position and person apart; a person is a
    reference, never a name), windows in printed order. `torn`: the paper lost its person and dates.
    """

    id: Identifier
    title: Text
    indicator: Identifier | None = None
    element: Identifier | None = None
    number: str | None = None
    parent: Identifier | None = None
    result: Text | None = None
    position: Text | None = None
    person: Identifier | None = None
    windows: tuple[Window, ...] = ()
    torn: StrictBool = False
    at: SourceCell | None = None


class ProcedureScheduled(RoadMapEvent):
    """A procedure came to be due in its windows."""

    topic: ClassVar = "road_map.procedure_scheduled.v1"
    procedure: Procedure
    was: CellValue | None = None

    def rows(self, position: int) -> Iterator[Row]:
        this = self.procedure
        yield self.says(position, cells.procedure(this.id, "year"), Stated(value=str(self.year)))
        for field in _FIELDS:
            if text := getattr(this, field):
                was = self.was if field == "title" else None
                yield self.says(
                    position, cells.procedure(this.id, field), Stated(value=text), was=was
                )
        if this.torn:
            yield self.says(position, cells.procedure(this.id, "torn"), Stated(value="true"))
        for n, window in enumerate(this.windows, start=1):
            for edge in ("starts_on", "ends_on"):
                value = Stated(value=getattr(window, edge).isoformat())
                yield self.says(position, cells.window(this.id, n, edge), value)


class ProcedureChanged(RoadMapEvent):
    """A field of a procedure or an edge of one of its windows was stated anew."""

    topic: ClassVar = "road_map.procedure_changed.v1"
    cell: str
    value: CellValue
    was: CellValue | None = None

    def rows(self, position: int) -> Iterator[Row]:
        yield self.says(position, self.cell, self.value, was=self.was)


class ProcedureRemoved(RoadMapEvent):
    """A procedure ceased to exist; its windows are hidden with it."""

    topic: ClassVar = "road_map.procedure_removed.v1"
    procedure: Identifier
    value: CellValue
    was: CellValue | None = None

    def rows(self, position: int) -> Iterator[Row]:
        cell = cells.procedure(self.procedure, "title")
        yield self.says(position, cell, self.value, was=self.was)


class OccurrenceCompleted(RoadMapEvent):
    """One window of a procedure was done on `effective_on`; `evidence` says what proves it."""

    topic: ClassVar = "road_map.occurrence_completed.v1"
    procedure: Identifier
    window: int
    evidence: Text = ""

    def rows(self, position: int) -> Iterator[Row]:
        cell = cells.completion(self.procedure, self.window)
        yield self.says(position, cell, Stated(value=self.effective_on.isoformat()))


class ResponsibleAssigned(RoadMapEvent):
    """From `effective_on` a person (by reference) holds the position answerable for a procedure."""

    topic: ClassVar = "road_map.responsible_assigned.v1"
    procedure: Identifier
    position: Text
    person: Identifier | None = None

    def rows(self, position: int) -> Iterator[Row]:
        yield self.says(
            position, cells.procedure(self.procedure, "position"), Stated(value=self.position)
        )
        if self.person:
            yield self.says(
                position, cells.procedure(self.procedure, "person"), Stated(value=self.person)
            )


class StatementWithdrawn(WithdrawsStatement, RoadMapEvent):
    """A statement about a procedure was recorded in error."""

    topic: ClassVar = "road_map.statement_withdrawn.v1"


# Deciders


def approve(
    register: Register, program: str, basis: Basis, year: int, effective_on: date
) -> list[Event]:
    """Approves the road map of a year. Refuses: AlreadyExists."""
    if f"road-map:{year}:status" in register.assertions:
        raise AlreadyExists(thing=f"road-map:{year}")
    return [Approved(program=program, basis=basis, effective_on=effective_on, year=year)]


def schedule(
    register: Register,
    program: str,
    basis: Basis,
    year: int,
    procedure: Procedure,
    effective_on: date,
) -> list[Event]:
    """Schedules a procedure.

    Refuses: AlreadyExists, UnknownIndicator, UnknownProcedure (its parent), WindowBackwards.
    """
    view = register.now_known
    if exists(register, cells.procedure(procedure.id, "title"), view):
        raise AlreadyExists(thing=procedure.id)
    if procedure.indicator and not exists(
        register, cells.indicator(procedure.indicator, "element"), view
    ):
        raise UnknownIndicator(indicator=procedure.indicator, program=program, exists="")
    if procedure.parent:
        require_procedure(register, program, procedure.parent)
    for window in procedure.windows:
        if window.ends_on < window.starts_on:
            raise WindowBackwards(
                procedure=procedure.id, starts_on=window.starts_on, ends_on=window.ends_on
            )
    return [
        ProcedureScheduled(
            program=program,
            basis=basis,
            effective_on=effective_on,
            year=year,
            procedure=procedure,
            at=procedure.at,
        )
    ]


def require_procedure(register: Register, program: str, procedure: str) -> int:
    """The year of the road map that the procedure stands in. Refuses: UnknownProcedure."""
    view = register.now_known
    year = register.cell(cells.procedure(procedure, "year"), view)
    if (
        year is None
        or not isinstance(year.value, Stated)
        or not exists(register, cells.procedure(procedure, "title"), view)
    ):
        raise UnknownProcedure(procedure=procedure, program=program)
    return int(year.value.value)


def complete(
    register: Register,
    program: str,
    basis: Basis,
    procedure: str,
    window: int,
    completed_on: date,
    evidence: str,
    today: date,
) -> list[Event]:
    """One occurrence done. Refuses: NotYet, UnknownProcedure, UnknownWindow, CompletedBeforeStart,
    PeriodClosed, ReportUnderReview.
    """
    if completed_on > today:
        raise NotYet(day=completed_on, today=today)
    year = require_procedure(register, program, procedure)
    said = register.cell(cells.window(procedure, window, "starts_on"), register.now_known)
    if said is None or not isinstance(said.value, Stated):
        raise UnknownWindow(procedure=procedure, program=program, window=window)
    if completed_on < date.fromisoformat(said.value.value):
        raise CompletedBeforeStart(
            procedure=procedure, completed_on=completed_on, starts_on=said.value.value
        )
    require_open(register, Period.parse(f"{completed_on:%Y-%m}"), today)
    return [
        OccurrenceCompleted(
            program=program,
            basis=basis,
            effective_on=completed_on,
            year=year,
            procedure=procedure,
            window=window,
            evidence=evidence,
        )
    ]


def assign(
    register: Register,
    program: str,
    basis: Basis,
    procedure: str,
    position: str,
    person: str | None,
    effective_on: date,
) -> list[Event]:
    """Who is answerable from a day on. Refuses: UnknownProcedure."""
    year = require_procedure(register, program, procedure)
    return [
        ResponsibleAssigned(
            program=program,
            basis=basis,
            effective_on=effective_on,
            year=year,
            procedure=procedure,
            position=position,
            person=person,
        )
    ]
