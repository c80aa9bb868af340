"""Register a program with what its basis act states: passport, tree, indicators, money, road map."""

from datetime import date
from typing import Any, ClassVar, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, field_validator, model_validator

from application.commands.command import Command, Decision
from application.commands.shapes import GivenValue
from application.ledger import History
from domain import budget, cells, indicator, program, road_map, statement
from domain.cells import Line
from domain.codes import ClassificationCode
from domain.event import Event, SourceCell
from domain.legal_act import Basis, Document
from domain.program import Municipality
from domain.refusals import AlreadyExists, UnknownElement
from domain.values import (
    Day,
    Direction,
    ElementKind,
    FundingSource,
    Identifier,
    Stated,
    Text,
    Value,
    number,
)


class Years(Value):
    """First and last year of the program."""

    first: int = Field(ge=1990, le=2100)
    last: int = Field(ge=1990, le=2100)

    @model_validator(mode="after")
    def in_order(self) -> Self:
        if self.last < self.first:
            msg = "последний год раньше первого"
            raise ValueError(msg)
        return self


class Body(Value):
    """A body (executor, customer, …) and its name."""

    id: Identifier
    name: Text


class Element(Value):
    """An element of the tree; `code` is the four-part classification code where one is printed."""

    id: Identifier
    kind: ElementKind
    parent: Identifier | None = None
    number: str | None = None
    name: Text
    code: str | None = None
    printed_code: str | None = None


class NewIndicator(Value):
    """An indicator with its baseline and its targets by year."""

    id: Identifier
    element: Identifier
    name: Text
    unit: str = ""
    direction: Direction | None = None
    type: str | None = None
    number: str | None = None
    baseline: GivenValue | None = None
    targets: dict[str, GivenValue] = Field(default_factory=dict)
    source: SourceCell | None = None


class PlannedMoney(Value):
    """A year's appropriation of a line, or with `period` the plan of a period, in rubles."""

    year: int
    period: str | None = None
    element: Identifier
    executor: str = "-"
    source: FundingSource = FundingSource.NOT_STATED
    value: GivenValue
    at: SourceCell | None = None

    @property
    def line(self) -> Line:
        return Line(self.year, self.element, self.executor, self.source)


class YearsRoadMap(Value):
    """The road map of a year."""

    year: int
    procedures: tuple[road_map.Procedure, ...]


class RegisterProgram(Command):
    """A program with everything that its basis act states. `places`: where in the paper a cell stands, for
    what has no place of its own (passport, bodies, elements, values of an indicator).

    Refuses: AlreadyExists, NotAnAct, DocumentFromTheFuture,
    UnknownElement, UnknownExecutor, PeriodOutsideProgram,
    NotANumber, NotMoney, NotACode, UnknownIndicator, UnknownProcedure, WindowBackwards.
    """

    name: ClassVar = "register_program"

    program: Identifier
    municipality: Municipality
    years: Years
    basis: Document
    effective_on: Day
    passport: dict[Identifier, GivenValue] = Field(default_factory=dict)
    bodies: tuple[Body, ...] = ()
    elements: tuple[Element, ...] = ()
    indicators: tuple[NewIndicator, ...] = ()
    appropriations: tuple[PlannedMoney, ...] = ()
    period_plans: tuple[PlannedMoney, ...] = ()
    road_maps: tuple[YearsRoadMap, ...] = ()
    places: dict[str, SourceCell] = Field(default_factory=dict)

    @field_validator("municipality")
    @classmethod
    def known_zone(cls, value: Municipality) -> Municipality:
        try:
            ZoneInfo(value.zone)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            msg = f"часовой пояс «{value.zone}» неизвестен"
            raise ValueError(msg) from None
        return value

    def zone(self, history: History) -> ZoneInfo:
        return ZoneInfo(self.municipality.zone)

    def decide(self, program_id: str, history: History, today: date) -> Decision:
        if history.exists:
            raise AlreadyExists(thing=program_id)
        basis, recorded = program.cite_act(history.register, program_id, self.basis, today)
        about: dict[str, Any] = {
            "program": program_id,
            "basis": basis,
            "effective_on": self.effective_on,
        }
        events: list[Event] = []

        def say(said: list[Event]) -> None:
            history.decided(said)
            events.extend(said)

        say(
            [
                program.Registered(
                    **about,
                    municipality=self.municipality,
                    first_year=self.years.first,
                    last_year=self.years.last,
                ),
                *recorded,
            ]
        )
        for field, value in self.passport.items():
            statement.require_passport_value(field, value)
        passport = self.passport | {f"body.{b.id}": Stated(value=b.name) for b in self.bodies}
        say(
            [
                program.PassportSet(
                    **about, field=f, value=v, at=self.places.get(cells.passport(f))
                )
                for f, v in passport.items()
            ]
        )
        for element in self.elements:
            say([self._added(history, about, element)])
        for new in self.indicators:
            say(self._defined(history, about, new))
        for planned in (*self.appropriations, *self.period_plans):
            say(self._planned(history, basis, planned))
        for map_ in self.road_maps:
            say(road_map.approve(history.register, program_id, basis, map_.year, self.effective_on))
            for procedure in map_.procedures:
                say(
                    road_map.schedule(
                        history.register, program_id, basis, map_.year, procedure, self.effective_on
                    )
                )
        return Decision(events, {"program": program_id, "act": basis.document})

    def _added(self, history: History, about: dict[str, Any], element: Element) -> Event:
        view = history.register.now_known
        if program.exists(history.register, cells.element(element.id, "kind"), view):
            raise AlreadyExists(thing=element.id)
        if element.parent and not program.exists(
            history.register, cells.element(element.parent, "kind"), view
        ):
            raise UnknownElement(element=element.parent, program=history.program)
        code = ClassificationCode.parse(element.code).canonical if element.code else None
        return program.ElementAdded(
            **about,
            element=element.id,
            kind=element.kind,
            name=element.name,
            parent=element.parent,
            number=element.number,
            code=code,
            printed_code=element.printed_code,
            at=self.places.get(cells.element(element.id, "kind")),
        )

    def _defined(self, history: History, about: dict[str, Any], new: NewIndicator) -> list[Event]:
        register = history.register
        if program.exists(register, cells.indicator(new.id, "element"), register.now_known):
            raise AlreadyExists(thing=new.id)
        program.require_line(
            register, history.program, Line(0, new.element, "-", "-"), register.now_known
        )
        about = about | {"indicator": new.id, "at": new.source}
        events: list[Event] = [
            indicator.Defined(
                **about,
                element=new.element,
                name=new.name,
                unit=new.unit,
                direction=new.direction,
                type=new.type,
                number=new.number,
            )
        ]
        if new.baseline is not None:
            _numeric(new.baseline)
            at = self.places.get(cells.baseline(new.id), new.source)
            events.append(indicator.BaselineSet(**about | {"at": at}, value=new.baseline))
        for period, value in new.targets.items():
            program.require_period(register, period)
            _numeric(value)
            at = self.places.get(cells.target(new.id, period), new.source)
            events.append(indicator.TargetSet(**about | {"at": at}, period=period, value=value))
        return events

    def _planned(self, history: History, basis: Basis, planned: PlannedMoney) -> list[Event]:
        register = history.register
        return [
            *budget.open_year(register, history.program, basis, planned.year),
            *statement.plan(
                register,
                history.program,
                basis,
                planned.line,
                planned.value,
                self.effective_on,
                period=planned.period,
                at=planned.at,
            ),
        ]


def _numeric(value: GivenValue) -> None:
    if isinstance(value, Stated):
        number(value.value)
