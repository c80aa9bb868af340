"""Form 2: money planned and spent in a year, by measure and by executor."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from application.reports.figure import (
    RUBLES,
    Figure,
    computed,
    moved,
    percent,
    stated,
    sum_of_lines,
)
from application.reports.lines import bodies, lines, rolled_up, told_apart
from application.reports.tree import PROGRAM, tree
from domain import cells
from domain.cells import Line
from domain.codes import ClassificationCode, fold
from domain.dates import Assertion
from domain.refusals import NotACode
from domain.state import State
from domain.values import AbsenceReason, ElementKind, Stated, Value

_AIMS = {ElementKind.GOAL, ElementKind.OBJECTIVE}
_MONEY = ("appropriation", "period-plan", "cash", "cash-report")


class Form2Row(Value):
    """The program (`element` null) or an element, as a whole («Всего»: `executor` null) or of one
    executor. Money is in rubles; the percents are cash ÷ plan × 100, of the year and of the period.
    """

    element: str | None
    element_kind: str | None
    code: tuple[str, str, str, str] | None
    name: str | None
    executor: str | None
    executor_id: str | None
    plan_year: Figure
    plan_period: Figure
    cash: Figure
    percent_year: Figure
    percent_period: Figure
    explanation: Figure


class Form2(Value):
    """The rows in the order of the tree; `total` is the «Всего» of the program."""

    rows: tuple[Form2Row, ...]
    total: Form2Row


def form_2(state: State, year: int, period: str | None = None) -> Form2:
    """Form 2 of a year.

    `period` is that of «план на период» and of a report's cumulative cash, left out: the whole
    year. Payments count by their own day: ask `as_of` the period's end.
    """
    elements = tree(state)
    book = _Book(state, year, period or str(year), bodies(state))
    found = rolled_up(elements, filter(book.has_figures, lines(state, elements, _MONEY, year)))
    own = {line.element for line in found[PROGRAM]}
    rows = [
        row
        for name, of in found.items()
        if name == PROGRAM or elements.elements[name].kind not in _AIMS or name in own
        for row in book.rows(name, of)
    ]
    return Form2(rows=tuple(rows), total=rows[0])


@dataclass(frozen=True, slots=True)
class _Book:
    """The figures of one form: its state, year and period, and the names of bodies."""

    state: State
    year: int
    period: str
    names: Mapping[str, str]

    def plan_year(self, line: Line) -> Figure:
        return stated(self.state.said(cells.appropriation(line)), RUBLES)

    def plan_period(self, line: Line) -> Figure:
        return stated(self.state.said(cells.period_plan(line, self.period)), RUBLES)

    def cash(self, line: Line) -> Figure:
        """The sum of the line's postings if there are any, else the report's cumulative figure."""
        if (posted := self.state.moved.get(cells.cash(line))) is not None:
            return moved(posted)
        said = self.state.said(cells.cash_report(line, self.period))
        return stated(said, RUBLES, AbsenceReason.NOT_REPORTED)

    def has_figures(self, line: Line) -> bool:
        return any(f(line).value is not None for f in (self.plan_year, self.plan_period, self.cash))

    def control(self, column: str, element: str, executor: str) -> Assertion | None:
        """What the paper prints there. It prints one period a year: the whole one."""
        if self.period != str(self.year) and not column.endswith("-year"):
            return None
        return self.state.said(f"control:{column}:{self.year}:{element}:{executor}")

    def rows(self, element: str, found: list[Line]) -> Iterable[Form2Row]:
        """«Всего», then a row an executor."""
        yield self.row(element, None, found)
        for executor in told_apart(line.executor for line in found):
            yield self.row(element, executor, [one for one in found if one.executor == executor])

    def row(self, element: str, executor: str | None, found: list[Line]) -> Form2Row:
        finest = executor is not None and all(line.element == element for line in found)

        def control(column: str) -> Assertion | None:
            return self.control(column, element, executor or "all")

        def money(
            column: str,
            figure: Callable[[Line], Figure],
            otherwise: AbsenceReason = AbsenceReason.NOT_STATED,
        ) -> Figure:
            return sum_of_lines(
                [figure(line) for line in found],
                finest=finest,
                control=control(column),
                otherwise=otherwise,
            )

        plan_year = money("plan-year", self.plan_year)
        plan_period = money("plan-period", self.plan_period)
        cash = money("cash", self.cash, AbsenceReason.NOT_REPORTED)

        def share(column: str, rule: str, plan: Figure) -> Figure:
            return computed(
                percent(cash.number, plan.number),
                rule,
                (*cash.sources, *plan.sources),
                unit="%",
                control=control(column),
            )

        state, whole = self.state, element == PROGRAM
        return Form2Row(
            element=None if whole else element,
            element_kind=None if whole else state.text(cells.element(element, "kind")),
            code=code_parts(state, element),
            name=state.text(cells.passport("title") if whole else cells.element(element, "name")),
            executor=self.names.get(executor, executor) if executor else None,
            executor_id=executor,
            plan_year=plan_year,
            plan_period=plan_period,
            cash=cash,
            percent_year=share("percent-year", "cash / plan_year * 100", plan_year),
            percent_period=share("percent-period", "cash / plan_period * 100", plan_period),
            explanation=self.explanation(found),
        )

    def explanation(self, found: list[Line]) -> Figure:
        """What the documents say of the lines, joined where several say something."""
        said = [
            one
            for line in found
            if (one := self.state.said(cells.explanation(line.key, self.period))) is not None
        ]
        texts = [one for one in said if isinstance(one.value, Stated)]
        if len(texts) <= 1:
            return stated(next(iter(texts or said), None))
        return Figure(
            value="; ".join(dict.fromkeys(stated(one).value or "" for one in texts)),
            rule="explanations of lines",
            from_=tuple(one.position for one in texts),
        )


def code_parts(state: State, element: str) -> tuple[str, str, str, str] | None:
    """The four parts of an element's code or of the program's own («04» is 04 0 0 0), canonical.

    None where no such code is stated.
    """
    whole = element == PROGRAM
    text = state.text(cells.passport("code") if whole else cells.element(element, "code"))
    if text is None:
        return None
    try:
        code = ClassificationCode.parse(text)
    except NotACode:
        return (fold(text), "0", "0", "0") if whole else None
    return (code.program, code.subprogram, code.main_measure, code.measure)
