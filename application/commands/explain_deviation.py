"""Explain why a fact or an execution deviates."""

from datetime import date
from typing import ClassVar, Self

from pydantic import model_validator

from application.commands.command import Command, Decision
from application.commands.shapes import GivenValue
from application.ledger import History
from domain.budget import explain_variance
from domain.cells import Line
from domain.indicator import explain_deviation
from domain.legal_act import Document
from domain.periods import PeriodText
from domain.program import cite
from domain.values import FundingSource, Identifier, Value


class BudgetLine(Value):
    """A budget line; `-` where a paper is silent."""

    year: int
    element: Identifier
    executor: str = "-"
    source: FundingSource = FundingSource.NOT_STATED


class ExplainDeviation(Command):
    """The explanation of an `indicator`'s fact or of a budget `line`'s execution in a period.

    Refuses: UnknownIndicator, UnknownElement, UnknownExecutor, PeriodOutsideProgram,
    PeriodClosed, ReportUnderReview, DocumentFromTheFuture.
    """

    name: ClassVar = "explain_deviation"

    document: Document
    period: PeriodText
    indicator: Identifier | None = None
    line: BudgetLine | None = None
    explanation: GivenValue

    @model_validator(mode="after")
    def one_of_both(self) -> Self:
        if (self.indicator is None) == (self.line is None):
            msg = "нужно ровно одно из двух: indicator или line"
            raise ValueError(msg)
        return self

    def decide(self, program: str, history: History, today: date) -> Decision:
        register = history.register
        basis, recorded = cite(register, program, self.document, today)
        if self.line is not None:
            line = Line(self.line.year, self.line.element, self.line.executor, self.line.source)
            events = explain_variance(
                register, program, basis, line, self.period, self.explanation, today
            )
        else:
            events = explain_deviation(
                register, program, basis, self.indicator or "", self.period, self.explanation, today
            )
        return Decision([*recorded, *events], {"document": basis.document})
