"""Small valid files to begin with, all of invented content."""

import datetime as dt
import io
from pathlib import Path

import docx
import openpyxl
import xlsxwriter

_KEPT = Path(__file__).parents[1] / "adapters/documents/samples"


def samples() -> dict[str, bytes]:
    """Valid files by name."""
    kept = {file.name: file.read_bytes() for file in sorted(_KEPT.iterdir())}
    return kept | {"a.docx": _word(), "a.xlsx": _workbook(), "b.xlsx": _another_workbook()}


def _word() -> bytes:
    document = docx.Document()
    document.add_paragraph("Отчёт за 2021 год (выдумано)")
    table = document.add_table(rows=5, cols=4)
    for row in table.rows:
        for place, cell in enumerate(row.cells):
            cell.text = f"показатель {place}\n1 129,{place}"
    table.cell(0, 0).merge(table.cell(1, 0))
    table.cell(0, 1).merge(table.cell(0, 3))
    table.cell(2, 2).add_table(2, 2).cell(0, 0).text = "внутри"
    document.core_properties.title = "выдумано"
    return _written(document.save)


def _workbook() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["№", "Показатель", "План", None, "Дата"])
    sheet.append([1, "Доля", 0.5, 1234.25, dt.date(2021, 3, 24)])
    sheet.append([2, "Число\nмест", 1e15, True, dt.datetime(2021, 3, 24, 18, 30)])  # noqa: DTZ001 (sheets know no zones)
    sheet.merge_cells("C1:D1")
    book.create_sheet("Второй")["B3"] = "ниже и правее"
    book.create_sheet("Скрытый").sheet_state = "hidden"
    return _written(book.save)


def _another_workbook() -> bytes:
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Ещё один")
        for row in range(20):
            sheet.write_row(row, 1, [row, f"строка {row}", row / 3])
            sheet.write_formula(row, 5, f"=B{row + 1}*2", None, row * 2)
        sheet.merge_range("H1:J2", "слито")
    return written.getvalue()


def _written(save: object) -> bytes:
    written = io.BytesIO()
    save(written)  # type: ignore[operator]  # two libraries, one habit
    return written.getvalue()
