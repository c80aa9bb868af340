"""Form 2 as printed: money planned and spent, by measure, by executor and, if named, by source."""

from collections.abc import Iterator, Sequence, Set as AbstractSet
from dataclasses import dataclass, replace

from application.reports.figure import Figure
from application.reports.form_2 import Form2Row, form_2 as figures
from application.reports.lines import lines, told_apart
from application.reports.printed import (
    Formula,
    PrintedCell,
    PrintedColumn,
    PrintedForm,
    PrintedRow,
    PrintedTable,
)
from application.reports.printing.about import Seen, printed_form, titles
from application.reports.printing.apart import narrowed
from application.reports.printing.cells import EMPTY, figure, heading, money, summed, text
from application.reports.printing.words import (
    NOT_NAMED,
    SOURCES,
    WHOLE,
    aim,
    quoted,
    titled,
)
from application.reports.tree import PROGRAM, Tree, tree
from domain.cells import Line
from domain.state import State
from domain.values import ElementKind, FundingSource

TITLE = "Форма 2. Отчет о расходах на реализацию муниципальной программы"
CODES = "Коды аналитической программной классификации"
SPENT, SHARE = "Расходы бюджета, тыс. рублей", "Кассовые расходы, %"
NAMES = "Наименование муниципальной программы, подпрограммы, основного мероприятия, мероприятия"
COLUMNS = (
    PrintedColumn("mp", (CODES, "МП"), 4, "center"),
    PrintedColumn("pp", (CODES, "Пп"), 4, "center"),
    PrintedColumn("om", (CODES, "ОМ"), 4, "center"),
    PrintedColumn("m", (CODES, "М"), 4, "center"),
    PrintedColumn(
        "name",
        (NAMES,),
        28,
    ),
    PrintedColumn("executor", ("Ответственный исполнитель, соисполнитель",), 16),
    PrintedColumn("plan_year", (SPENT, "план на отчетный год"), 11, "right"),
    PrintedColumn("plan_period", (SPENT, "план на отчетный период"), 11, "right"),
    PrintedColumn("cash", (SPENT, "кассовое исполнение на конец отчетного периода"), 11, "right"),
    PrintedColumn("percent_year", (SHARE, "к плану на отчетный год"), 8, "right"),
    PrintedColumn("percent_period", (SHARE, "к плану на отчетный период"), 8, "right"),
    PrintedColumn("explanation", ("Обоснование отклонений",), 20),
)
SOURCE = PrintedColumn("source", ("Источник финансирования",), 12)
AFTER_EXECUTOR = 6
MONEY = ("plan_year", "plan_period", "cash")
_KINDS_OF_LINES = ("appropriation", "period-plan", "cash", "cash-report")


@dataclass(frozen=True, slots=True)
class _Said:
    """A row of the form: its figures, and its source where it is of one only."""

    row: Form2Row
    source: str = ""
    is_part: bool = False

    @property
    def element(self) -> str:
        return self.row.element or PROGRAM


def form_2(state: State, year: int, seen: Seen, *, blank: bool = False) -> PrintedForm:
    """Form 2 of a year. `blank`: the plan is there, cash and explanations are empty, and the computed
    columns wait for them.
    """
    elements = tree(state)
    said = list(_rows(state, year, elements))
    with_source = any(one.source for one in said)
    columns = (
        (*COLUMNS[:AFTER_EXECUTOR], SOURCE, *COLUMNS[AFTER_EXECUTOR:]) if with_source else COLUMNS
    )
    rows: list[PrintedRow] = []
    places: list[int] = []
    objective = None
    for one in said:
        serves = elements.nearest(one.element, ElementKind.OBJECTIVE)
        if serves is not None and serves != objective:
            rows.append(heading(aim(elements.elements[serves]), columns))
        objective = serves or objective
        places.append(len(rows))
        rows.append(_row(one, elements, columns, blank=blank))
    _add_up(rows, said, places, elements, columns, blank=blank)
    return printed_form(
        seen,
        state,
        "2",
        year,
        titles(seen, state, TITLE, f"за {year} год"),
        [PrintedTable(columns, tuple(rows))],
    )


def _rows(state: State, year: int, elements: Tree) -> Iterator[_Said]:
    """The rows of the form; what comes from several sources is told apart below its row."""
    found = lines(state, elements, _KINDS_OF_LINES, year)
    sources = sorted(told_apart(line.source for line in found), key=list(SOURCES).index)
    by_source = {
        source: {
            (row.element, row.executor_id): row
            for row in figures(narrowed(state, source=source), year).rows
        }
        for source in sources
    }
    data = figures(state, year).rows
    split = {row.element for row in data if row.executor_id is not None}
    for row in data:
        of = [line for line in found if _adds_to(line, row, elements)]
        own = [source for source in sources if any(line.source == source for line in of)]
        is_line = row.executor_id is not None or row.element not in split
        if not own or not is_line or any(line.element != row.element for line in of):
            yield _Said(row, WHOLE if sources else "")
        elif len(own) == 1 and row.executor_id:
            yield _Said(row, SOURCES[own[0]])
        else:
            yield _Said(row, WHOLE)
            key = (row.element, row.executor_id)
            yield from (_Said(by_source[name][key], SOURCES[name], is_part=True) for name in own)


def _adds_to(line: Line, row: Form2Row, elements: Tree) -> bool:
    """Whether a line of the budget is in the figures of a row."""
    within = row.element is None or row.element in elements.path(line.element)
    return within and row.executor_id in (None, line.executor)


def _row(
    one: _Said, elements: Tree, columns: Sequence[PrintedColumn], *, blank: bool
) -> PrintedRow:
    row = one.row
    opens = row.executor_id is None and not one.is_part

    def share(of: Figure, plan: str) -> PrintedCell:
        what = f"ROUND({{cash}}/{{{plan}}}*100,2)"
        if not blank:
            return figure(of, Formula(what))
        known = f"AND(COUNT({{cash}},{{{plan}}})=2,{{{plan}}}<>0)"
        return PrintedCell(formula=Formula(f'IF({known},{what},"")'))

    codes = row.code if opens and row.code else ("",) * 4
    printed = {
        **dict(zip(("mp", "pp", "om", "m"), map(text, codes), strict=True)),
        "name": text(_name(row, elements) if opens else ""),
        "executor": text(WHOLE if opens else _executor(row)),
        "source": text(one.source),
        "plan_year": money(row.plan_year),
        "plan_period": money(row.plan_period),
        "cash": EMPTY if blank else money(row.cash),
        "percent_year": share(row.percent_year, "plan_year"),
        "percent_period": share(row.percent_period, "plan_period"),
        "explanation": EMPTY if blank else figure(row.explanation),
    }
    return PrintedRow(
        tuple(printed[column.field] for column in columns),
        "total" if opens and row.element is None else "row",
    )


def _name(row: Form2Row, elements: Tree) -> str:
    if row.element is None:
        return f"Муниципальная программа {quoted(row.name)}".rstrip()
    return titled(elements.elements[row.element])


def _executor(row: Form2Row) -> str:
    named = row.executor_id not in (None, FundingSource.NOT_STATED)
    return (row.executor or "") if named else NOT_NAMED


def _add_up(
    rows: list[PrintedRow],
    said: Sequence[_Said],
    places: Sequence[int],
    elements: Tree,
    columns: Sequence[PrintedColumn],
    *,
    blank: bool,
) -> None:
    """Gives sums their formulas: of sources, of executors, of what is right below the element."""
    parts: dict[int, list[int]] = {place: [] for place in places}
    wholes: dict[tuple[str, str | None], int] = {}
    shown = {one.element for one in said}
    for one, place in zip(said, places, strict=True):
        key = (one.element, one.row.executor_id)
        if one.is_part:
            parts[wholes[key]].append(place)
            continue
        wholes[key] = place
        if one.row.executor_id is not None:
            parts[wholes[one.element, None]].append(place)
    for (element, executor), place in wholes.items():
        if parts[place]:
            continue
        below = [name for name in shown if _above(name, elements, shown) == element]
        found = (wholes.get((name, executor)) for name in below)
        parts[place] = sorted(one for one in found if one is not None)
    for column, field in enumerate(one.field for one in columns):
        if field not in MONEY:
            continue
        for place, of in parts.items():
            cells = list(rows[place].cells)
            added = [(one, rows[one].cells[column]) for one in of]
            cells[column] = summed(cells[column], added, blank=blank and field == "cash")
            rows[place] = replace(rows[place], cells=tuple(cells))


def _above(element: str, elements: Tree, shown: AbstractSet[str]) -> str | None:
    """The nearest shown element above one, the program above all; None above the program."""
    if element == PROGRAM:
        return None
    above = (name for name in elements.path(element) if name != element)
    return next((name for name in above if name in shown), PROGRAM)
