"""What a paper reports, as commands under its document: facts, cash, explanations, printed sums."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import groupby, islice
from typing import TypeVar

from application.commands.amend_program import AmendProgram
from application.commands.command import Command
from application.commands.complete_occurrence import CompleteOccurrence
from application.commands.explain_deviation import ExplainDeviation
from application.commands.post_cash import PostCash
from application.commands.record_document import RecordDocument
from application.commands.report_facts import Fact, ReportFacts
from application.commands.shapes import AsPrinted
from application.intake.calculation import calculation
from application.intake.said import ActSaid, PaymentSaid, Said
from domain import cells
from domain.budget import Payment
from domain.indicator import Calculation
from domain.legal_act import Document, DocumentKind
from domain.program import ControlFigure
from domain.refusals import NotANumber
from domain.values import Absent, CellValue, FundingSource, Stated, number

AT_ONCE = 1000
REPORTED = ("fact", "calculation", "explanation", "cash-report", "control", "completion")
Item = TypeVar("Item")


def reported(
    fresh: Sequence[Said], facts: Mapping[str, CellValue], document: Document, *, ends_on: date
) -> Iterator[Command]:
    """Commands for all that is said of reported cells, in the order of their kinds.

    `facts`: what the paper says or Letopis knows of facts, for a calculation that is said anew of one.
    `ends_on`: the last day that the printed sums are of.
    """
    by_kind = {
        kind: [one for one in fresh if cells.parts(one.cell)[0] == kind] for kind in REPORTED
    }
    told = {one.cell: one for kind in REPORTED[:3] for one in by_kind[kind]}
    stated = list(_facts(told, facts))
    for some in chunks(stated):
        yield ReportFacts(document=document, facts=tuple(some))
    yield from _cash(by_kind["cash-report"], document)
    with_facts = {cells.explanation(fact.indicator, fact.period) for fact in stated}
    for one in by_kind["explanation"]:
        if one.cell not in with_facts:
            yield _explained(one, document)
    for one in by_kind["completion"]:
        yield _completed(one, document)
    if by_kind["control"]:
        figures = tuple(_control(one) for one in by_kind["control"])
        yield RecordDocument(document=document, effective_on=ends_on, figures=figures)


def acts(said: Iterable[ActSaid]) -> Iterator[Command]:
    """Acts that a paper lists without saying what they changed."""
    for one in said:
        act = Document(
            kind=DocumentKind.ACT,
            type=one.type,
            issuer=one.issuer,
            title=one.title,
            date=date.fromisoformat(one.date),
            number=one.number,
            summary=one.summary,
            content_stated=False,
        )
        yield AmendProgram(act=act)


def payments(said: Iterable[PaymentSaid]) -> Iterator[Command]:
    """Payments, those of one order together."""
    in_order = sorted(said, key=lambda one: (one.paid_on, one.number))
    for (paid_on, order), of_order in groupby(in_order, lambda one: (one.paid_on, one.number)):
        document = Document(
            kind=DocumentKind.PAYMENT, type="Платёжное поручение", date=paid_on, number=order
        )
        for some in chunks(of_order):
            yield PostCash(document=document, entries=tuple(_payment(one) for one in some))


def chunks(items: Iterable[Item], size: int = AT_ONCE) -> Iterator[list[Item]]:
    """The items in lists of at most as many as one command takes."""
    rest = iter(items)
    while some := list(islice(rest, size)):
        yield some


def _facts(told: Mapping[str, Said], facts: Mapping[str, CellValue]) -> Iterator[Fact]:
    """A fact for each indicator and period of which a value or a calculation is told."""
    named = dict.fromkeys(
        (parts[1], parts[2])
        for parts in map(cells.parts, told)
        if parts[0] in {"fact", "calculation"}
    )
    for indicator, period in named:
        cell = cells.fact(indicator, period)
        said = told.get(cell)
        value = said.value if said else facts[cell]
        counted = told.get(cells.calculation(indicator, period))
        formula = _formula(counted)
        explained = told.get(cells.explanation(indicator, period))
        source = said or counted
        yield Fact(
            indicator=indicator,
            period=period,
            **_inline(value),
            calculation=formula,
            explanation=explained.value if explained else None,
            as_printed=_as_printed(value, formula),
            last_year=said is not None and said.last_year,
            at=source.at if source else None,
        )


def _inline(value: CellValue) -> dict[str, str]:
    return value.model_dump(exclude={"unit"}, exclude_defaults=True)


def _formula(counted: Said | None) -> Calculation | None:
    if counted is None or not isinstance(counted.value, Stated):
        return None
    return calculation(counted.value.value)


def _as_printed(value: CellValue, formula: Calculation | None) -> AsPrinted | None:
    """A paper is recorded as it is printed, also where a value contradicts its own calculation."""
    if formula is None or not isinstance(value, Stated):
        return None
    computed = formula.contradicts(value.value)
    if computed is None:
        return None
    return AsPrinted(reason=f"Значение противоречит собственному расчёту: {_comma(computed)}")


def _comma(figure: Decimal) -> str:
    return format(figure, "f").replace(".", ",")


def _cash(said: Sequence[Said], document: Document) -> Iterator[Command]:
    periods = dict.fromkeys(cells.parts(one.cell)[5] for one in said)
    for period in periods:
        of_period = (one for one in said if cells.parts(one.cell)[5] == period)
        for some in chunks(of_period):
            entries = tuple(_entry(one) for one in some)
            yield PostCash(document=document, cumulative=True, period=period, entries=entries)


def _entry(one: Said) -> Payment:
    _, year, element, executor, source, _ = cells.parts(one.cell)
    amount = one.value.value if isinstance(one.value, Stated) else ""
    return Payment(
        year=int(year),
        element=element,
        executor=executor,
        source=FundingSource(source),
        amount=amount,
        printed=one.value.printed,
        at=one.at,
    )


def _payment(one: PaymentSaid) -> Payment:
    line = one.line
    return Payment(
        year=line.year,
        element=line.element,
        executor=line.executor,
        source=FundingSource(line.source),
        amount=one.amount,
        paid_on=one.paid_on,
        at=one.at,
    )


def _explained(one: Said, document: Document) -> ExplainDeviation:
    _, *of, period = cells.parts(one.cell)
    about = {"document": document, "period": period, "explanation": one.value}
    if len(of) == 1:
        return ExplainDeviation.model_validate(about | {"indicator": of[0]})
    line = dict(zip(("year", "element", "executor", "source"), of, strict=True))
    return ExplainDeviation.model_validate(about | {"line": line})


def _completed(one: Said, document: Document) -> CompleteOccurrence:
    _, procedure, window = cells.parts(one.cell)
    done_on = one.value.value if isinstance(one.value, Stated) else ""
    return CompleteOccurrence(
        document=document,
        procedure=procedure,
        window=int(window),
        completed_on=date.fromisoformat(done_on),
    )


def control_value(value: CellValue) -> Stated:
    """What a printed sum is once recorded: where no figure stands, what does."""
    if isinstance(value, Absent):
        return Stated(value=value.printed or value.absent, printed=value.printed)
    return value


def _control(one: Said) -> ControlFigure:
    said = control_value(one.value)
    try:
        figure = format(number(said.value), "f")
    except NotANumber:
        figure = None
    return ControlFigure(cell=one.cell, printed=said.printed, value=figure, at=one.at)
