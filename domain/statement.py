"""What a document may state of a cell: the event that says it, whichever aggregate it belongs to."""

import re
from datetime import date

from domain import budget, cells, indicator, program, road_map
from domain.cells import Line
from domain.dates import Register, Viewpoint
from domain.event import Event, SourceCell
from domain.legal_act import Basis
from domain.program import require_period
from domain.refusals import (
    AlreadyExists,
    EffectBeforeExistence,
    EndsBeforeStart,
    LineMalformed,
    NotACell,
    Refusal,
    UnknownIndicator,
    UnknownProcedure,
)
from domain.values import (
    AbsenceReason,
    Absent,
    CellValue,
    ElementKind,
    FundingSource,
    Stated,
    money,
    number,
)


def event_of(
    register: Register,
    name: str,
    basis: Basis,
    cell: str,
    value: CellValue,
    effective_on: date,
    view: Viewpoint | None,
    *,
    until_on: date | None = None,
    was: CellValue | None = None,
) -> Event:
    """The event by which a document states a cell. `view` is where the thing that the cell belongs to
    must exist; None: it is not asked whether it does.

    Refuses: NotACell, EndsBeforeStart, LineMalformed, UnknownIndicator, UnknownElement, UnknownExecutor,
    UnknownProcedure, EffectBeforeExistence, NotAPeriod, PeriodOutsideProgram, NotANumber, NotMoney.
    """
    _can_be_stated(cell, effective_on, until_on)
    about = {
        "program": name,
        "basis": basis,
        "effective_on": effective_on,
        "until_on": until_on,
        "value": value,
        "was": was,
    }
    match cells.parts(cell):
        case ["target", i, period]:
            _need_indicator(register, name, i, view, cell)
            require_period(register, period)
            _numeric(value)
            return indicator.TargetSet(**about, indicator=i, period=period)
        case ["baseline", i]:
            _need_indicator(register, name, i, view, cell)
            _numeric(value)
            return indicator.BaselineSet(**about, indicator=i)
        case ["appropriation", year, element, executor, source] if _on_a_line(year, source):
            line = Line(int(year), element, executor, source)
            return _money_event(register, name, line, about, view, None)
        case ["period-plan", year, element, executor, source, period] if _on_a_line(year, source):
            line = Line(int(year), element, executor, source)
            return _money_event(register, name, line, about, view, period)
        case ["passport", field]:
            require_passport_value(field, value)
            return program.PassportSet(**about, field=field)
        case ["element", e, "kind"]:
            return _element(about, cell, e, value)
        case ["element", e, "name" | "parent" | "number" | "code" as field]:
            _need(register, cells.element(e, "kind"), view, NotACell(cell=cell), cell)
            return program.ElementChanged(**about, element=e, field=field)
        case ["indicator", i, "element"]:
            return _indicator(register, about, i, value, view)
        case ["indicator", i, "name" | "unit" | "direction" | "type" | "number" as field]:
            _need_indicator(register, name, i, view, cell)
            return indicator.Redefined(**about, indicator=i, field=field)
        case ["procedure", p, "title"] if isinstance(value, Absent):
            of_year = road_map.require_procedure(register, name, p)
            return road_map.ProcedureRemoved(**about, year=of_year, procedure=p)
        case ["procedure", p, "title" | "result" | "position" | "person" | "number"]:
            of_year = road_map.require_procedure(register, name, p)
            return road_map.ProcedureChanged(**about, year=of_year, cell=cell)
        case ["window", p, n, "starts_on" | "ends_on"] if n.isdecimal() and int(n) > 0:
            of_year = road_map.require_procedure(register, name, p)
            _dated(cell, value)
            return road_map.ProcedureChanged(**about, year=of_year, cell=cell)
        case _:
            raise NotACell(cell=cell)


def unstated(
    register: Register,
    name: str,
    basis: Basis,
    cell: str,
    reason: str,
    effective_on: date,
    *,
    until_on: date | None = None,
) -> list[Event]:
    """«Not stated» of a cell, whether the thing it belongs to exists then or not. Nothing of cells that
    no act can state (the program's years) or that belong to a procedure already removed.
    """
    absent = Absent(absent=AbsenceReason.NOT_STATED, reason=reason)
    try:
        return [
            event_of(register, name, basis, cell, absent, effective_on, None, until_on=until_on)
        ]
    except (NotACell, UnknownProcedure):
        return []


def plan(
    register: Register,
    name: str,
    basis: Basis,
    line: Line,
    value: CellValue,
    effective_on: date,
    *,
    period: str | None = None,
    at: SourceCell | None = None,
) -> list[Event]:
    """An appropriation of the year, or with `period` the plan of a period, as a basis act states it.

    Refuses: UnknownElement, UnknownExecutor, PeriodOutsideProgram, NotMoney, NegativeAmount,
    AlreadyExists (the same document states the line twice).
    """
    require_period(register, period or str(line.year))
    program.require_line(register, name, line, register.now_known)
    if isinstance(value, Stated):
        budget.amount_of(value.value, zero=True)
    cell = cells.period_plan(line, period) if period else cells.appropriation(line)
    if any(said.timing.document == basis.document for said in register.assertions.get(cell, ())):
        raise AlreadyExists(thing=cell)
    about = {
        "program": name,
        "basis": basis,
        "effective_on": effective_on,
        "at": at,
        **budget.on_line(line),
        "value": value,
    }
    return [
        budget.PeriodPlanSet(**about, period=period) if period else budget.AppropriationSet(**about)
    ]


def _on_a_line(year: str, source: str) -> bool:
    return year.isdecimal() and source in set(FundingSource)


def _need(
    register: Register, existence: str, view: Viewpoint | None, unknown: Refusal, cell: str
) -> None:
    if view is None or program.exists(register, existence, view):
        return
    if program.exists(register, existence, register.now_known):
        raise EffectBeforeExistence(cell=cell, effective_on=view.as_of)
    raise unknown


def _need_indicator(
    register: Register, name: str, i: str, view: Viewpoint | None, cell: str
) -> None:
    unknown = UnknownIndicator(indicator=i, program=name, exists="")
    _need(register, cells.indicator(i, "element"), view, unknown, cell)


def _numeric(value: CellValue) -> None:
    if isinstance(value, Stated):
        number(value.value)


def _can_be_stated(cell: str, effective_on: date, until_on: date | None) -> None:
    if not cells.well_formed(cell):
        raise NotACell(cell=cell[:200])
    if until_on is not None and until_on < effective_on:
        raise EndsBeforeStart(cell=cell, effective_on=effective_on, until_on=until_on)


_YEAR = (r"(19[9]|20[0-9])[0-9]|2100", ("нужен год", "a year is needed"))
_DAY = ("нужно число месяца от 1 до 31", "a day of the month is needed, 1 to 31")
_WHY_MONTH_AND_DAY = ("нужны месяц и день ММ-ДД, например 03-01", "MM-DD is needed, as in 03-01")
_MONTH_AND_DAY = (
    r"(0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])"
    r"|(0[469]|11)-(0[1-9]|[12][0-9]|30)"
    r"|02-(0[1-9]|1[0-9]|2[0-8])"
)
_PASSPORT_VALUES: dict[str, tuple[str, tuple[str, str]]] = {
    "first_year": _YEAR,
    "last_year": _YEAR,
    "quarter_report_day": (r"[1-9]|[12][0-9]|3[01]", _DAY),
    "year_report_due": (_MONTH_AND_DAY, _WHY_MONTH_AND_DAY),
}
"""Fields of the passport that Letopis itself reckons by → what their text must be, and how to say so."""


def require_passport_value(field: str, value: CellValue) -> None:
    """Refuses (NotACell, LineMalformed) a program without its years, and what can not be reckoned by."""
    if isinstance(value, Absent):
        if field in {"first_year", "last_year"}:
            raise NotACell(cell=cells.passport(field))
    elif field in _PASSPORT_VALUES:
        pattern, why = _PASSPORT_VALUES[field]
        if not re.fullmatch(pattern, value.value):
            raise LineMalformed(cell=cells.passport(field), why=why)


def _dated(cell: str, value: CellValue) -> None:
    if isinstance(value, Stated):
        try:
            date.fromisoformat(value.value)
        except ValueError:
            raise LineMalformed(
                cell=cell, why=("нужна дата ГГГГ-ММ-ДД", "a date YYYY-MM-DD is needed")
            ) from None


def _money_event(
    register: Register,
    name: str,
    line: Line,
    about: dict[str, object],
    view: Viewpoint | None,
    period: str | None,
) -> Event:
    value = about["value"]
    if isinstance(value, Stated) and money(value.value) < 0:
        raise LineMalformed(cell=line.key, why=("сумма меньше нуля", "the amount is below zero"))
    require_period(register, period or str(line.year))
    if view is not None:
        program.require_line(register, name, line, view)
    on_line = {
        "year": line.year,
        "element": line.element,
        "executor": line.executor,
        "source": line.source,
    }
    if period is None:
        return budget.AppropriationSet.model_validate({**about, **on_line})
    return budget.PeriodPlanSet.model_validate({**about, **on_line, "period": period})


def _element(about: dict[str, object], cell: str, element: str, value: CellValue) -> Event:
    if isinstance(value, Absent):
        return program.ElementRemoved.model_validate({**about, "element": element})
    if value.value not in set(ElementKind):
        kinds = ", ".join(ElementKind)
        raise LineMalformed(
            cell=cell,
            why=(
                f"«{value.value}» — не вид элемента программы ({kinds})",
                f"“{value.value}” is no kind of element ({kinds})",
            ),
        )
    added = {**about, "element": element, "kind": value.value}
    added.pop("value")
    return program.ElementAdded.model_validate(added)


def _indicator(
    register: Register,
    about: dict[str, object],
    name: str,
    value: CellValue,
    view: Viewpoint | None,
) -> Event:
    if isinstance(value, Absent):
        return indicator.Retired.model_validate({**about, "indicator": name})
    view = view or register.now_known
    program.require_line(register, str(about["program"]), Line(0, value.value, "-", "-"), view)
    if program.exists(register, cells.indicator(name, "element"), view):
        return indicator.Redefined.model_validate({**about, "indicator": name, "field": "element"})
    defined = {**about, "indicator": name, "element": value.value}
    defined.pop("value")
    return indicator.Defined.model_validate(defined)
