"""Invented programs for benchmarks, of the shape that real ones have: batches of events by day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from random import Random

from domain import cells
from domain.budget import AppropriationSet, CashExecutionPosted, PeriodPlanSet
from domain.dates import ALWAYS
from domain.event import Event
from domain.indicator import BaselineSet, Defined, FactReported, TargetSet
from domain.legal_act import Basis, Document
from domain.program import (
    ActRecorded,
    ActWithdrawn,
    AmendmentApplied,
    DocumentRecorded,
    ElementAdded,
    Municipality,
    PassportSet,
    Registered,
    StatementWithdrawn,
)
from domain.values import CellValue, Direction, ElementKind, FundingSource, Stated
from tests.given import act, basis, payment_order, report

EVENTS_A_PROGRAM = 868
"""Events of one program, the answers to its requests included: 1,152 programs are a million."""

SIZES = 12
"""Different sizes of programs, from about 60 to about 410 cells."""

NAME = "program-0000"
"""The name that stands for every program's own; all names are equally long."""

_YEARS = (2021, 2022, 2023, 2024)
_FIRST_DAY = date(2021, 1, 1)
_OWN = act("1", date(2020, 12, 20), in_force_on=_FIRST_DAY)
_FIELDS = ("title", "code", "customer", "coordinator", "goal", "period", "control", "result")


@dataclass(frozen=True)
class Batch:
    """What one request records on a day: all of it or none."""

    on: date
    events: tuple[Event, ...]


@cache
def chronicle(size: int, withdrawn: int) -> tuple[Batch, ...]:
    """All batches of an invented program: `size` from 0 (smallest) to 11, up to five withdrawals.

    What names a position names the event's place in the program, from 1, an answer after each batch.
    """
    return tuple(_Invented(size, withdrawn).batches())


class _Invented:
    """One invented program while it is made up; the random numbers depend on its size only."""

    def __init__(self, size: int, withdrawn: int) -> None:
        self.random = Random(size)  # noqa: S311 (invented figures)
        self.withdrawn = withdrawn
        wanted = 50 + 32 * size
        self.more = 1 + wanted // 100
        self.repeated = int(wanted * 0.3)
        self.indicators = [f"i{n}" for n in range(1, 2 + wanted // 26)]
        self.elements = [f"{n:02}.0.00.0" for n in range(1, 2 + wanted // 25)]
        self.lines = [(e, f"body-{e[:2]}") for e in self.elements[: 1 + wanted // 50]]
        self.amendments: list[Document] = []
        self.targets: list[int] = []

    def batches(self) -> list[Batch]:
        made = [Batch(_OWN.dated_on, tuple(self.registration()))]
        self.targets = [
            place for place, e in enumerate(made[0].events, start=1) if isinstance(e, TargetSet)
        ]
        made += [self.amendment(number) for number in range(self.more)]
        made += [self.report(number) for number in range(self.more)]
        made += [self.withdrawal(number) for number in range(self.withdrawn)]
        rest = EVENTS_A_PROGRAM - sum(len(batch.events) + 1 for batch in made)
        made += [self.payment(number) for number in range(rest // 2)]
        return sorted(made, key=lambda batch: batch.on)

    def registration(self) -> Iterator[Event]:
        own = {"program": NAME, "basis": basis(_OWN), "effective_on": _FIRST_DAY}
        municipality = Municipality(
            id="invented", name="Вымышленное", zone="Europe/Moscow", invented=True
        )
        yield Registered(
            **own, municipality=municipality, first_year=_YEARS[0], last_year=_YEARS[-1]
        )
        yield ActRecorded(**(own | {"effective_on": ALWAYS}), document=_OWN)
        for field in _FIELDS:
            yield PassportSet(**own, field=field, value=Stated(value=f"Вымышлено: {field}. " * 4))
        for element in self.elements:
            yield ElementAdded(
                **own,
                element=element,
                kind=ElementKind.MAIN_MEASURE,
                name="Вымышленное основное мероприятие с длинным названием",
                code=element,
            )
        for n, indicator in enumerate(self.indicators):
            yield Defined(
                **own,
                indicator=indicator,
                element=self.elements[n % len(self.elements)],
                name="Доля вымышленных услуг, оказанных в срок",
                unit="%",
                direction=Direction.INCREASE,
            )
            yield BaselineSet(**own, indicator=indicator, value=self.figure())
            for year in _YEARS:
                yield self.target(basis(_OWN), _FIRST_DAY, indicator, year, None)
        for line in self.lines:
            for year in _YEARS:
                yield self.appropriation(basis(_OWN), _FIRST_DAY, line, year, None)
                yield PeriodPlanSet(
                    **own, **_line(line, year), period=f"{year}-H1", value=self.rubles()
                )

    def amendment(self, number: int) -> Batch:
        on = date(2021, 2, 1) + timedelta(days=210 * number + self.random.randrange(200))
        document = act(str(100 + number), on, in_force_on=on + timedelta(days=7))
        self.amendments.append(document)
        by, since = basis(document), document.applies
        lines = [self.amended(by, since) for _ in range(self.repeated // self.more)]
        head: list[Event] = [
            ActRecorded(program=NAME, basis=by, effective_on=ALWAYS, document=document),
            AmendmentApplied(program=NAME, basis=by, effective_on=since, lines=len(lines)),
        ]
        return Batch(on, (*head, *lines))

    def amended(self, by: Basis, since: date) -> Event:
        year = self.random.choice(_YEARS)
        if self.random.random() < 0.5:
            return self.target(by, since, self.random.choice(self.indicators), year, self.figure())
        line = self.random.choice(self.lines)
        return self.appropriation(by, since, line, year, self.rubles())

    def target(
        self, by: Basis, since: date, indicator: str, year: int, was: CellValue | None
    ) -> TargetSet:
        return TargetSet(
            program=NAME,
            basis=by,
            effective_on=since,
            indicator=indicator,
            period=str(year),
            value=self.figure(),
            was=was,
        )

    def appropriation(
        self, by: Basis, since: date, line: tuple[str, str], year: int, was: CellValue | None
    ) -> AppropriationSet:
        return AppropriationSet(
            program=NAME,
            basis=by,
            effective_on=since,
            **_line(line, year),
            value=self.rubles(),
            was=was,
        )

    def report(self, number: int) -> Batch:
        year = _YEARS[min(number, 2)]
        on = date(2022 + min(number, 2), 3, 1 + number)
        document = report(on, str(number + 1))
        by = basis(document)
        recorded = DocumentRecorded(program=NAME, basis=by, effective_on=ALWAYS, document=document)
        facts = [
            FactReported(
                program=NAME,
                basis=by,
                effective_on=date(year, 12, 31),
                indicator=indicator,
                period=str(year),
                value=self.figure(),
            )
            for indicator in self.indicators
        ]
        return Batch(on, (recorded, *facts))

    def payment(self, number: int) -> Batch:
        on = _FIRST_DAY + timedelta(days=self.random.randrange(4 * 365))
        posted = CashExecutionPosted(
            program=NAME,
            basis=basis(payment_order(str(number), on)),
            effective_on=on,
            **_line(self.random.choice(self.lines), on.year),
            amount=self.rubles().value,
        )
        return Batch(on, (posted,))

    def withdrawal(self, number: int) -> Batch:
        """A statement in error, an act annulled from a day, a cell suspended, another statement and
        a cell of an act in error."""
        on = date(2024, 6, 1) + timedelta(days=number)
        by = basis(act(str(200 + number), on))
        of = basis(self.amendments[number % self.more]).document
        whole = {"program": NAME, "basis": by, "effective_on": on, "act": of}
        in_error = {"program": NAME, "basis": by, "effective_on": on, "reason": "вымышлено"}
        target = cells.target(self.indicators[0], "2023")
        event = (
            StatementWithdrawn(**in_error, of_position=self.targets[1]),
            ActWithdrawn(**whole),
            ActWithdrawn(**whole, cell=target, until_on=date(2025, 1, 31)),
            StatementWithdrawn(**in_error, of_position=self.targets[2]),
            ActWithdrawn(**whole, cell=target, recording_error=True, reason="вымышлено"),
        )[number]
        return Batch(on, (event,))

    def figure(self) -> Stated:
        return Stated(value=f"{self.random.randrange(1000) / 10}")

    def rubles(self) -> Stated:
        return Stated(value=f"{self.random.randrange(1, 10**6)}.00")


def _line(line: tuple[str, str], year: int) -> dict[str, str | int | FundingSource]:
    element, executor = line
    source = FundingSource.MUNICIPAL
    return {"year": year, "element": element, "executor": executor, "source": source}
