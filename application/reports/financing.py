"""Financing of a program: appropriations by element, source and year."""

from collections.abc import Iterable

from application.reports.figure import RUBLES, Figure, stated, sum_of_lines, total
from application.reports.lines import SOURCES, lines, rolled_up, told_apart
from application.reports.tree import PROGRAM, tree
from domain import cells
from domain.cells import Line
from domain.state import State
from domain.values import Value


class FinancingRow(Value):
    """An element with all below it (`program` for the whole) and one source, null for all of them.

    `years`: rubles by year, `total` their sum.
    """

    element: str
    element_name: str | None
    source: str | None
    total: Figure
    years: dict[str, Figure]


class Financing(Value):
    """Money by element and source; `total` and `years` are the program's. `passport` holds the
    program's rows beside what the passport prints for them.
    """

    rows: tuple[FinancingRow, ...]
    total: Figure
    years: dict[str, Figure]
    passport: tuple[FinancingRow, ...]


def financing(state: State) -> Financing:
    """Financing over all years of the program."""
    elements = tree(state)
    found = rolled_up(elements, lines(state, elements, ["appropriation"]))
    rows = [
        _row(state, "financing", name, elements.name(name), source, of)
        for name, of in found.items()
        if of or name == PROGRAM
        for source in (*_sources(line.source for line in of), None)
    ]
    whole = next(row for row in rows if row.element == PROGRAM and row.source is None)
    return Financing(
        rows=tuple(rows),
        total=whole.total,
        years=whole.years,
        passport=passport_rows(state),
    )


def passport_rows(state: State) -> tuple[FinancingRow, ...]:
    """The program's money by source as the passport shows it, with what the passport prints."""
    found = lines(state, tree(state), ["appropriation"])
    printed = {
        parts[2]
        for cell in state.cells
        if (parts := cells.parts(cell))[:2] == ["control", "passport"] and parts[2] != "all"
    }
    sources = _sources((*(line.source for line in found), *printed))
    return tuple(
        _row(state, "passport", PROGRAM, None, source, found) for source in (*sources, None)
    )


def program_years(state: State, found: Iterable[Line] = ()) -> list[int]:
    """The years of the program, and those of the lines."""
    first, last = (state.text(cells.passport(field)) for field in ("first_year", "last_year"))
    stated_years = range(int(first), int(last) + 1) if first and last else ()
    return sorted({*stated_years, *(line.year for line in found)})


def _sources(named: Iterable[str]) -> list[str]:
    return sorted(told_apart(named), key=SOURCES.index)


def _row(
    state: State, paper: str, element: str, name: str | None, source: str | None, found: list[Line]
) -> FinancingRow:
    of_source = [line for line in found if source in (None, line.source)]
    finest = source is not None and all(line.element == element for line in of_source)
    where = f"control:{paper}:{element}" if paper == "financing" else f"control:{paper}"
    cell = f"{where}:{source or 'all'}"
    years = {
        str(year): sum_of_lines(
            [
                stated(state.said(cells.appropriation(line)), RUBLES)
                for line in of_source
                if line.year == year
            ],
            finest=finest,
            control=state.said(f"{cell}:{year}"),
        )
        for year in program_years(state, found)
    }
    return FinancingRow(
        element=element,
        element_name=name,
        source=source,
        years=years,
        total=total(years.values(), "sum of years", state.said(f"{cell}:total")),
    )
