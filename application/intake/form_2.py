"""Form 2: money planned and spent in the reported year, by element and by executor."""

from collections.abc import Iterator, Sequence

from application.intake.absence import figure_value, prose
from application.intake.budget_rows import BudgetRow, BudgetRows
from application.intake.kind import Column, Found, Kind, Scope
from application.intake.money import UNIT_NOT_STATED, in_thousands, money
from application.intake.said import LeftOut, Read, Said, Unread, not_a_number
from application.intake.text import is_dash, is_empty
from domain import cells
from domain.cells import Line
from domain.refusals import NotANumber
from domain.values import Stated

COLUMNS = (
    Column("mp", r"(?:^|\| )мп$", required=False),
    Column("pp", r"(?:^|\| )пп$", required=False),
    Column("om", r"(?:^|\| )ом$", required=False),
    Column("m", r"(?:^|\| )м$", required=False),
    Column("percent_year", r"(?:к плану|%).*\bгод", figure=True),
    Column("percent_period", r"(?:к плану|%).*\bпериод", required=False, figure=True),
    Column("plan_year", r"(?:^|\| )план на .*год|(?:^|\| )план на год", figure=True, about="year"),
    Column(
        "plan_period", r"(?:^|\| )план на .*период", required=False, figure=True, about="period"
    ),
    Column("cash", r"кассов\w+ (?:исполнени|расход)", figure=True, about="period"),
    Column("name", r"наименовани.*(?:программ|мероприят)"),
    Column("executor", "исполнител"),
    Column("source", "источник", required=False),
    Column("explanation", "обосновани|причин", required=False),
    Column("code", r"\bкод", required=False),
)
_MONEY = ("plan_year", "plan_period", "cash")
_PERCENT = ("percent_year", "percent_period")
_CONTROLS = {field: field.replace("_", "-") for field in (*_MONEY, *_PERCENT)}


PART = "итог одного источника: Летопись хранит итоги по всем источникам"
OF_PART_OF_YEAR = "итог за часть года: Летопись хранит итоги за год"
SUM = "обоснование в строке-сумме: Летопись хранит обоснования строк исполнителей"

Units = dict[tuple[int, str], bool]
"""Whether a table's column is in thousands of rubles."""


def read(tables: Sequence[Found], scope: Scope) -> Iterator[Read]:
    """The elements and bodies; the money of the finest rows as statements, every other printed sum and
    all percents as control figures.
    """
    rows = BudgetRows(scope)
    for found in tables:
        yield from rows.take(found)
    units: Units = {}
    for found in tables:
        for field in _MONEY:
            known = in_thousands(found, field, scope)
            if known is not None:
                units[found.table.number, field] = known
            elif field in found.columns:
                yield Unread(found.at(max(found.first_row - 1, 0), field), UNIT_NOT_STATED)
    for one in rows.rows:
        for field in (*_MONEY, *_PERCENT):
            yield from _figure(one, field, rows, units)
        yield from _explanation(one, rows)


def _figure(one: BudgetRow, field: str, rows: BudgetRows, units: Units) -> Iterator[Read]:
    found, row, year = one.found, one.row, rows.scope.needed_year
    printed, at = found.cell(row, field), found.at(row, field)
    thousands = units.get((found.table.number, field))
    if is_empty(printed) or (thousands is None and field in _MONEY):
        return
    try:
        is_money = field in _MONEY
        value = money(printed, thousands=bool(thousands)) if is_money else figure_value(printed)
    except NotANumber:
        yield Unread(at, not_a_number(printed))
        return
    line = rows.finest(one)
    if line is not None and field in _MONEY:
        if field != "cash" or isinstance(value, Stated):
            yield Said(_cell(field, line, rows.scope), value, at)
    elif rows.is_part(one):
        yield LeftOut(at, PART)
    elif _period(rows.scope) != str(year) and field != "plan_year":
        yield LeftOut(at, OF_PART_OF_YEAR)
    else:
        executor = "all" if one.executor is None else one.executor
        yield Said(f"control:{_CONTROLS[field]}:{year}:{one.element}:{executor}", value, at)


def _explanation(one: BudgetRow, rows: BudgetRows) -> Iterator[Read]:
    printed, at = one.found.cell(one.row, "explanation"), one.found.at(one.row, "explanation")
    if is_empty(printed) or is_dash(printed):
        return
    line = rows.finest(one)
    if line is None:
        yield LeftOut(at, SUM)
        return
    yield Said(cells.explanation(line.key, _period(rows.scope)), prose(printed), at)


def _cell(field: str, line: Line, scope: Scope) -> str:
    """The cell that a column of money states of a line."""
    match field:
        case "plan_year":
            return cells.appropriation(line)
        case "plan_period":
            return cells.period_plan(line, _period(scope))
        case _:
            return cells.cash_report(line, _period(scope))


def _period(scope: Scope) -> str:
    return scope.period or str(scope.needed_year)


KIND = Kind("form-2", "Форма 2. Расходы на реализацию программы", COLUMNS, read, of_year=True)
