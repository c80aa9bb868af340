"""An invented form with everything that a form may have, and one with what should stay text."""

import sys
from decimal import Decimal

from adapters.documents.writing import write
from application.reports.printed import (
    Formula,
    PrintedCell,
    PrintedColumn,
    PrintedForm,
    PrintedRow,
    PrintedTable,
)

NO_BREAK = "\u00a0"
SPENT = "Расходы, тыс. рублей"
HOSTILE = (
    "=cmd|' /C calc'!A0",
    "+1",
    "-2+3",
    "@SUM(1+1)",
    "\t=1+1",
    "=1+1\n=2+2",
    "https://example.com/a",
    "mailto:a@example.com",
    "file:///etc/passwd",
    "<script>alert(1)</script>",
    "</title><img src=x onerror=alert(1)>",
    "{{ 7 * 7 }} {% raw %}",
    "#let x = 1; #x",
    "$x^2$ *b* _i_ `c` <l> @r // \\ ",
    '#read("/etc/passwd")',
    "&lt; &amp; & ]]>",
    "{cash}/{plan}",
    "001",
    "1E5",
    "12/24",
    "ИСТИНА",
    "_x0041_",
)
COLUMNS = (
    PrintedColumn("number", ("№ пп",), 4, "center"),
    PrintedColumn("name", ("Наименование мероприятия",), 30),
    PrintedColumn("plan", (SPENT, "план"), 10, "right"),
    PrintedColumn("cash", (SPENT, "касса"), 10, "right"),
    PrintedColumn("percent", ("Исполнено, %",), 8, "right"),
    PrintedColumn("days", ("Дни",), 8, "center"),
)


def figure(text: str, formula: Formula | None = None) -> PrintedCell:
    """A figure by what is printed."""
    plain = text.replace(NO_BREAK, "").replace("−", "-").replace(",", ".")
    return PrintedCell(text, Decimal(plain), formula)


def _row(number: str, name: str, plan: str, cash: str, percent: str, days: str = "") -> PrintedRow:
    share = Formula("ROUND({cash}/{plan}*100,2)")
    return PrintedRow(
        (
            *(PrintedCell(number), PrintedCell(name), figure(plan), figure(cash)),
            *(figure(percent, share), PrintedCell(days)),
        )
    )


def _sum(name: str, plan: str, cash: str, of: tuple[int, ...]) -> PrintedRow:
    cells = (figure(text, Formula(sum_of=of)) for text in (plan, cash))
    last = (figure("97,23"), PrintedCell())
    return PrintedRow((PrintedCell(), PrintedCell(name), *cells, *last), "total")


MONEY = PrintedTable(
    COLUMNS,
    (
        _sum("Всего", f"1{NO_BREAK}129,01", f"1{NO_BREAK}097,79", (2, 3, 5)),
        PrintedRow((PrintedCell("Задача 1. Вымышленная"), *[PrintedCell()] * 5), "group"),
        _row("1", "Первое", "312,48", "312,48", "100", "01.02.2021\n01.03.2021"),
        _row("2", "Второе", "30,00", "30,00", "100"),
        PrintedRow((PrintedCell("Задача 2. Вымышленная"), *[PrintedCell()] * 5), "group"),
        _row("3", "Третье " + "с очень длинным наименованием " * 6, "786,53", "755,31", "96,03"),
    ),
    caption="Деньги",
)
ACTS = PrintedTable(
    (PrintedColumn("act", ("Вид акта",), 30), PrintedColumn("number", ("Номер",), 10, "center")),
    (PrintedRow((PrintedCell("Постановление вымышленное"), PrintedCell("055"))),),
    caption="Акты: [вымышленные]",
    numbered=False,
)


def form(*tables: PrintedTable, invented: str = "Вымышленные данные") -> PrintedForm:
    """The form of some tables, of the two above if none are given."""
    return PrintedForm(
        program="sample",
        form="2",
        year=2021,
        position=62,
        title=("Форма 2. Вымышленный отчет", "за 2021 год"),
        tables=tables or (MONEY, ACTS),
        about=("Вымышленный округ", "По состоянию на 31.12.2021, запись № 62, M&M"),
        invented=invented,
        notes=("Примечание вымышленное",),
    )


def hostile() -> PrintedForm:
    """Everywhere a text that some program would take for more than text."""
    rows = tuple(PrintedRow((PrintedCell(text), PrintedCell(text))) for text in HOSTILE)
    groups = tuple(PrintedRow((PrintedCell(text), PrintedCell()), "group") for text in HOSTILE)
    columns = tuple(PrintedColumn(f"c{n}", (HOSTILE[n],), 10) for n in range(2))
    tables = (
        PrintedTable(columns, rows, caption=HOSTILE[0]),
        PrintedTable(columns, groups, caption=HOSTILE[9], numbered=False),
    )
    return PrintedForm(
        program="<b>&",
        form="=1",
        year=2021,
        position=1,
        title=HOSTILE,
        tables=tables,
        about=HOSTILE,
        invented=HOSTILE[0],
        notes=HOSTILE,
    )


def long(rows: int) -> PrintedForm:
    """A form of many rows."""
    every = (*MONEY.rows[1:4], MONEY.rows[5])
    return form(PrintedTable(COLUMNS, every * (rows // len(every))))


if __name__ == "__main__":
    sys.stdout.buffer.write(write(form(), sys.argv[1]))
