"""Planned results (Appendix 2) as printed: indicators by year."""

from collections.abc import Iterator

from application.reports.financing import program_years
from application.reports.printed import (
    PrintedCell,
    PrintedColumn,
    PrintedForm,
    PrintedRow,
    PrintedTable,
)
from application.reports.printing.about import Seen, all_years, printed_form, titles
from application.reports.printing.cells import EMPTY, figure, text
from application.reports.printing.words import titled
from application.reports.targets import TargetsRow, targets as figures
from application.reports.tree import Tree, tree
from domain.state import State

TITLE = "Приложение № 2. Планируемые результаты реализации муниципальной программы"
PLANNED = "Планируемое значение показателя по годам реализации муниципальной программы"
RESULTS = (
    "Количественные и/или качественные целевые показатели, "
    "характеризующие реализацию основных мероприятий"
)
COLUMNS = (
    PrintedColumn("number", ("№ п/п",), 6, "center"),
    PrintedColumn("measure", ("Основные мероприятия",), 28),
    PrintedColumn(
        "name",
        (RESULTS,),
        36,
    ),
    PrintedColumn("unit", ("Единица измерения",), 10, "center"),
    PrintedColumn("type", ("Тип показателя",), 13),
    PrintedColumn("baseline", ("Базовое значение показателя",), 10, "right"),
)


def targets(state: State, year: int, seen: Seen) -> PrintedForm:
    """Planned results over all years of the program, whichever is asked about."""
    years = program_years(state)
    columns = (
        *COLUMNS,
        *(PrintedColumn(f"y{of}", (PLANNED, f"{of} год"), 9, "right") for of in years),
    )
    return printed_form(
        seen,
        state,
        "targets",
        year,
        titles(seen, state, TITLE, all_years(state)),
        [PrintedTable(columns, tuple(_rows(state, len(columns), years)))],
    )


def _rows(state: State, width: int, years: list[int]) -> Iterator[PrintedRow]:
    """Elements above an indicator's own have rows without an indicator; an element stands in the row of
    its first one.
    """
    elements, told = tree(state), set[str]()
    for one in figures(state).rows:
        path = list(elements.path(one.element))
        for above in reversed(path[1:]):
            if above not in told:
                told.add(above)
                yield PrintedRow((*_named(elements, above), *(EMPTY,) * (width - 2)))
        opens = one.element not in told
        told.add(one.element)
        named = _named(elements, one.element) if opens else (EMPTY, EMPTY)
        yield PrintedRow((*named, *_figures(one, years)))


def _named(elements: Tree, name: str) -> tuple[PrintedCell, PrintedCell]:
    element = elements.elements[name]
    return text(element.number), text(titled(element))


def _figures(one: TargetsRow, years: list[int]) -> tuple[PrintedCell, ...]:
    return (
        text(one.name),
        text(one.unit),
        text(one.type),
        figure(one.baseline),
        *(figure(one.targets[str(year)]) for year in years),
    )
