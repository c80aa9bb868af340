"""The road map of procedures as printed: a table an indicator, a line a window in the columns of dates."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from application.reports.printed import PrintedColumn, PrintedForm, PrintedRow, PrintedTable
from application.reports.printing.about import Seen, printed_form, titles
from application.reports.printing.cells import day, text
from application.reports.printing.words import NOT_NAMED, answering
from application.reports.procedures import ProcedureRow, procedures as figures
from domain.state import State

TITLE = "Дорожная карта по исполнению показателей"
COLUMNS = (
    PrintedColumn("number", ("№ п/п",), 6, "center"),
    PrintedColumn("title", ("Мероприятие",), 34),
    PrintedColumn("result", ("Ожидаемый результат",), 30),
    PrintedColumn("responsible", ("Ответственный",), 20),
    PrintedColumn("starts_on", ("Дата начала",), 11, "center"),
    PrintedColumn("ends_on", ("Дата завершения",), 11, "center"),
)
COMPLETED = PrintedColumn("completed_on", ("Дата исполнения",), 11, "center")
WITHOUT_INDICATOR = "Процедуры, не отнесенные к показателям"


def procedures(state: State, year: int, seen: Seen) -> PrintedForm:
    """The road map of a year. Days of completion have a column of their own once there are any."""
    rows = figures(state, year).rows
    done = any(window.completed_on for row in rows for window in row.windows)
    columns = (*COLUMNS, COMPLETED) if done else COLUMNS
    tables = [
        PrintedTable(
            columns,
            tuple(_row(one, columns) for one in of),
            caption=name or WITHOUT_INDICATOR,
            numbered=False,
        )
        for (_, name), of in groupby(rows, lambda one: (one.indicator, one.indicator_name))
    ]
    torn = [f"{one.number or ''} «{one.title}»".strip() for one in rows if one.torn]
    return printed_form(
        seen,
        state,
        "procedures",
        year,
        titles(seen, state, TITLE, f"на {year} год"),
        tables or [PrintedTable(columns, (), numbered=False)],
        notes=[f"В документе нет ни ответственного, ни сроков: {'; '.join(torn)}"] if torn else (),
    )


def _row(one: ProcedureRow, columns: Sequence[PrintedColumn]) -> PrintedRow:
    who = one.responsible
    printed = {
        "number": one.number,
        "title": one.title,
        "result": one.result,
        "responsible": answering(who.position, who.person) if who else "",
        "starts_on": _days([window.starts_on for window in one.windows]),
        "ends_on": _days([window.ends_on for window in one.windows]),
        "completed_on": _days([window.completed_on for window in one.windows]),
    }
    return PrintedRow(tuple(text(printed[column.field]) for column in columns))


def _days(days: Sequence[date | None]) -> str:
    """A day a line; where only some windows have one, a dash holds the line of the others."""
    if not any(days):
        return ""
    return "\n".join(day(one).text or NOT_NAMED for one in days)
