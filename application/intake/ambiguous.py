"""What in a recognized table may be read in two ways, or not at all: it is told and never guessed."""

import re
from collections.abc import Container, Iterator, Sequence

from application.intake.about import parts_in
from application.intake.answers import Answers
from application.intake.kind import Column, Found
from application.intake.said import LeftOut, Unread, not_a_number
from application.intake.text import is_empty, is_figure, plain

SHOWN = 60
_YEAR = re.compile(r"(?<![\w.])20\d\d(?!\w)")
_TORN = re.compile(r"\d[^\S\n\t]*[\n\t]\s*\d")
_NUMBERING = re.compile(r"^(?:№|n\b)")


def doubts(
    tables: Sequence[Found], answers: Answers, year: int | None, period: str
) -> Iterator[Unread | LeftOut]:
    """Columns that two headers claim (none of a field whose column is answered), that nobody reads, that
    are of another time than the paper, and figures that several cells share, or that share one.
    """
    for found in tables:
        if found.table.merged or len(found.columns) < found.table.width:
            filled = [row for row in found.data_rows if not found.alone(row)]
            answered = answers.columns.get(str(found.table.number), {})
            yield from _unread_columns(found, filled, answered)
            yield from _shared_figures(found, filled)
        yield from _several_figures(found)
        if year is not None:
            yield from _of_another_time(found, year, period)


def _unread_columns(
    found: Found, rows: Sequence[int], answered: Container[str]
) -> Iterator[Unread | LeftOut]:
    """Columns with texts that no field is read from."""
    taken = set(found.columns.values())
    for place, header in enumerate(found.header):
        count = sum(not is_empty(found.table.rows[row][place]) for row in rows)
        if place in taken or not count or not header or header in _headers(found):
            continue
        at = found.at(max(found.first_row - 1, 0), "").model_copy(update={"cell": place + 1})
        field = _claimed(found, header)
        if field and field not in answered:
            rival = found.columns[field] + 1
            yield Unread(at, f"по заголовку это то же, что графа {rival}: {_shown(header)}")
        elif not _NUMBERING.match(header):
            yield LeftOut(at, f"графа {_shown(header)}, в ней заполнено ячеек: {count}")


def _headers(found: Found) -> set[str]:
    """The headers that stand over several columns at once, as over the parts of a code."""
    return {
        found.header[column]
        for name, column in found.columns.items()
        if not _is_figure_field(found, name) and column < len(found.header)
    }


def _claimed(found: Found, header: str) -> str:
    """The field with a column of its own that a header says, if it is one of figures; "" if none."""
    for column in found.kind.columns:
        if hit := re.search(column.says, header):
            name = f"{column.field}-{hit[1]}" if hit.re.groups else column.field
            return name if column.figure and name in found.columns else ""
    return ""


def _shared_figures(found: Found, rows: Sequence[int]) -> Iterator[Unread]:
    """Figures that stand in a cell merged over several: whose they are is not said."""
    figures = {c: name for name, c in found.columns.items() if _is_figure_field(found, name)}
    of_rows = set(rows)
    for (row, column), at in found.table.merged.items():
        if row in of_rows and column in figures and is_figure(found.table.rows[at[0]][at[1]]):
            text = plain(found.table.rows[at[0]][at[1]])
            yield Unread(
                found.at(row, figures[column]), f"ячейка объединена с другой, в которой {text}"
            )


def _several_figures(found: Found) -> Iterator[Unread]:
    """Figures one a line in a cell, which without their line ends would read as thousands."""
    figures = {c: name for name, c in found.columns.items() if _is_figure_field(found, name)}
    for row, texts in enumerate(found.table.rows[found.first_row :], found.first_row):
        for column, name in figures.items():
            text = texts[column]
            if ("\n" in text or "\t" in text) and _TORN.search(text) and is_figure(text):
                yield Unread(found.at(row, name), not_a_number(text))


def _of_another_time(found: Found, year: int, period: str) -> Iterator[Unread]:
    """Columns whose header names another year than the paper's, or a part of it."""
    for name, place in found.columns.items():
        column = found.kind.column(name)
        if column is None or not column.about or place >= len(found.header):
            continue
        header = found.header[place]
        years, parts = set(_YEAR.findall(header)), parts_in(header) - {""}
        own = {period[5:]} if column.about == "period" and period else set[str]()
        of = year - (column.about == "last year")
        if (years and str(of) not in years) or not parts <= own:
            row = max(found.first_row - 1, 0)
            yield Unread(
                found.at(row, name), f"графа не за {_when(of, column, period)}: {_shown(header)}"
            )


def _when(year: int, column: Column, period: str) -> str:
    return period if column.about == "period" and period else f"{year} год"


def _is_figure_field(found: Found, name: str) -> bool:
    column = found.kind.column(name)
    return column is not None and column.figure


def _shown(header: str) -> str:
    return f"«{header[:SHOWN]}»"
