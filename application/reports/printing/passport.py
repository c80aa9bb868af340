"""The passport as printed: a field a row, the money in words by source and year."""

from collections.abc import Iterator

from application.reports.figure import Figure
from application.reports.financing import FinancingRow
from application.reports.passport import Passport, passport as figures
from application.reports.printed import PrintedColumn, PrintedForm, PrintedRow, PrintedTable
from application.reports.printing.about import Seen, all_years, printed_form, titles
from application.reports.printing.cells import NO_BREAK, absent, figure, money, text
from application.reports.printing.words import NOT_NAMED, SOURCES, WHOLE, titled
from application.reports.tree import tree
from domain.state import State
from domain.values import ElementKind

TITLE = "Паспорт муниципальной программы"
FIELDS = {
    "title": "Наименование муниципальной программы",
    "code": "Код муниципальной программы",
    "grounds": "Основания разработки муниципальной программы",
    "goals": "Цели муниципальной программы",
    "objectives": "Задачи муниципальной программы",
    "customer": "Муниципальный заказчик муниципальной программы",
    "coordinator": "Координатор муниципальной программы",
    "period": "Сроки реализации муниципальной программы",
    "subprograms": "Перечень подпрограмм муниципальной программы",
    "financing": "Источники финансирования муниципальной программы",
    "results": "Планируемые результаты реализации муниципальной программы",
    "control": "Контроль за реализацией муниципальной программы",
    "reporting_rule": "Сроки представления отчетности о ходе реализации муниципальной программы",
}
"""A field of the passport → what its row is called; other fields go by their own names."""

_RECKONED_BY = {"quarter_report_day", "year_report_due"}
"""What Letopis reckons due dates by; papers print it in the words of `reporting_rule`."""

_LISTS = {
    "goals": ElementKind.GOAL,
    "objectives": ElementKind.OBJECTIVE,
    "subprograms": ElementKind.SUBPROGRAM,
}


def passport(state: State, year: int, seen: Seen) -> PrintedForm:
    """The passport of the whole program, whichever year is asked about."""
    data = figures(state)
    first, *rest = _rows(state, data)
    columns = (PrintedColumn("field", (first[0],), 30), PrintedColumn("value", (first[1],), 70))
    rows = tuple(PrintedRow((text(name), text(said))) for name, said in rest)
    return printed_form(
        seen,
        state,
        "passport",
        year,
        titles(seen, state, TITLE, all_years(state)),
        [PrintedTable(columns, rows, numbered=False)],
    )


def _rows(state: State, data: Passport) -> Iterator[tuple[str, str]]:
    """The rows, the program's name first: as in papers it heads the table."""
    elements = tree(state).elements
    for field in (*FIELDS, *(name for name in data.fields if name not in {*FIELDS, *_RECKONED_BY})):
        said = data.fields.get(field)
        if said is not None:
            yield FIELDS.get(field, field), figure(said).text if said.value is None else said.value
        elif field == "financing":
            yield FIELDS[field], "\n".join(_money(data.financing))
        elif field in _LISTS:
            of_kind = [one for one in elements.values() if one.kind == _LISTS[field]]
            names = [titled(one) if field == "subprograms" else one.name or "" for one in of_kind]
            if names:
                yield FIELDS[field], "\n".join(names)
        elif field == "title":
            yield FIELDS[field], ""


def _money(rows: tuple[FinancingRow, ...]) -> Iterator[str]:
    """«Всего 423 767,80 тыс. руб., в т.ч. по годам реализации: 2020 год – …», then a line a source that
    any money is stated for.
    """
    *by_source, whole = rows
    stated = [row for row in by_source if row.total.value is not None]
    yield f"{WHOLE} {_amount(whole.total)}{_by_year(whole)}"
    if stated:
        yield f"{WHOLE} {_amount(whole.total)}, в т.ч. по источникам:"
    for row in stated:
        yield f"{SOURCES[row.source or '-']}: всего {_amount(row.total)}{_by_year(row)}"


def _by_year(row: FinancingRow) -> str:
    if row.total.value is None:
        return ""
    years = "; ".join(f"{year} год – {_amount(figure)}" for year, figure in row.years.items())
    return f", в т.ч. по годам реализации: {years}"


def _amount(of: Figure) -> str:
    if of.value is None:
        return absent(of).text or NOT_NAMED
    return f"{money(of).text}{NO_BREAK}тыс.{NO_BREAK}руб."
