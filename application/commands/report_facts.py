"""Report facts of one document: one, or up to a thousand as one unit."""

from datetime import date
from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator, Field, StrictBool

from application.commands.command import Command, Decision
from application.commands.shapes import AsPrinted, GivenValue, InlineValue
from application.ledger import History
from domain.event import Event, SourceCell
from domain.indicator import Calculation, ReportedFact, report_fact
from domain.legal_act import Document
from domain.periods import PeriodText
from domain.program import cite
from domain.values import Identifier


def _formula(given: Any) -> Any:
    return {"formula": given} if isinstance(given, str) else given


class FactOfPeriod(InlineValue):
    """A fact of a period, or why there is none.

    `calculation`: the formula, and where it divides two numbers these. `last_year`: printed as
    «факт за прошлый год». `preliminary`: the period may not have ended.
    """

    period: PeriodText = Field(examples=["2021"])
    calculation: Annotated[Calculation | None, BeforeValidator(_formula)] = None
    explanation: GivenValue | None = None
    preliminary: StrictBool = False
    last_year: StrictBool = False
    as_printed: AsPrinted | None = None
    at: SourceCell | None = None

    def of(self, indicator: str) -> ReportedFact:
        return ReportedFact(
            indicator=indicator,
            period=self.period,
            value=self.stated,
            preliminary=self.preliminary,
            last_year=self.last_year,
            calculation=self.calculation,
            explanation=self.explanation,
            as_printed=self.as_printed.reason if self.as_printed else "",
            at=self.at,
        )


class Fact(FactOfPeriod):
    """A fact of an indicator."""

    indicator: Identifier


class ReportFacts(Command):
    """Facts that one document states; all are recorded or none.

    Refuses: see `domain.indicator.report_fact`; DocumentFromTheFuture.
    """

    name: ClassVar = "report_facts"

    document: Document
    facts: tuple[Fact, ...] = Field(min_length=1, max_length=1000)

    def streams(self, program: str) -> list[str]:
        return sorted({f"indicator/{program}/{fact.indicator}" for fact in self.facts})

    def decide(self, program: str, history: History, today: date) -> Decision:
        register = history.register
        basis, recorded = cite(register, program, self.document, today)
        events: list[Event] = list(recorded)
        for fact in self.facts:
            events += report_fact(register, program, basis, fact.of(fact.indicator), today)
        return Decision(events, {"document": basis.document})
