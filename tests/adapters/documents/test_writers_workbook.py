"""Forms as workbooks, read by another library and computed anew."""

import io
import re
import shutil
import subprocess
import zipfile
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from adapters.documents.figures import figure as shown
from adapters.documents.writing import write
from application.reports.printed import (
    Formula,
    PrintedCell,
    PrintedColumn,
    PrintedForm,
    PrintedRow,
    PrintedTable,
)
from tests.adapters.documents.invented_form import HOSTILE, NO_BREAK, SPENT, figure, form, hostile
from tests.adapters.documents.recomputing import computed

HEAD = 7
"""The sheet's row of the header: over it the banner, the title, what the form is about, the notes, the
caption, and an empty row.
"""
DATA = HEAD + 3


def opened(of: PrintedForm, *, values: bool = False) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(write(of, "xlsx")), data_only=values)


def first(of: PrintedForm, *, values: bool = False) -> Worksheet:
    sheet = opened(of, values=values).worksheets[0]
    assert isinstance(sheet, Worksheet)
    return sheet


def test_the_header_is_merged_numbered_frozen_and_repeated() -> None:
    sheet = first(form())
    merged = {str(of) for of in sheet.merged_cells.ranges}
    assert {"C7:D7", "A7:A8", "B7:B8", "E7:E8", "F7:F8", "A11:F11", "A2:F2"} <= merged
    assert sheet["C7"].value == SPENT
    assert [sheet.cell(HEAD + 1, n).value for n in (3, 4)] == ["план", "касса"]
    assert [sheet.cell(HEAD + 2, n).value for n in range(1, 7)] == [1, 2, 3, 4, 5, 6]
    assert sheet.freeze_panes == f"A{DATA}"
    assert sheet.print_title_rows == f"${HEAD}:${HEAD + 2}"
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.page_setup.fitToWidth in {None, 1}  # 1 unless said
    assert sheet.page_setup.fitToHeight == 0
    assert sheet.sheet_properties.pageSetUpPr is not None
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.auto_filter.ref is None


def test_figures_are_numbers_that_show_as_printed() -> None:
    sheet = first(form(), values=True)
    total = sheet[f"C{DATA}"]
    assert total.data_type == "n"
    assert total.value == 1129.01
    assert total.number_format == '[$-419]#,##0.00;"−"#,##0.00'
    assert total.font.b
    assert total.alignment.horizontal == "right"
    assert sheet[f"E{DATA + 2}"].number_format == '[$-419]#,##0;"−"#,##0'
    days = sheet[f"F{DATA + 2}"]
    assert days.data_type == "s"
    assert days.alignment.wrap_text


def test_a_number_as_text_stays_text() -> None:
    acts = opened(form()).worksheets[1]
    cells = [cell for row in acts.iter_rows() for cell in row if cell.value == "055"]
    assert [cell.data_type for cell in cells] == ["s"]


@pytest.mark.parametrize(
    ("text", "number", "number_format"),
    [
        ("9,2", "9.2", '[$-419]#,##0.0;"−"#,##0.0'),
        ("−8,8", "-8.8", '[$-419]#,##0.0;"−"#,##0.0'),
        ("-8,8", "-8.8", "[$-419]#,##0.0;-#,##0.0"),
        ("+9,5", "9.5", '[$-419]+#,##0.0;"−"#,##0.0;#,##0.0'),
        ("100,0", "100", '[$-419]#,##0.0;"−"#,##0.0'),
        ("97,23", "97.234567", '[$-419]#,##0.00;"−"#,##0.00'),
        ("2021", "2021", '[$-419]0;"−"0'),
        ("1 129", "1129", '[$-419]#,##0;"−"#,##0'),
        ("1\u202f129", "1129", '[$-419]#,##0;"−"#,##0'),
        ("97,2\u00a0%", "97.2", '[$-419]#,##0.0"\u00a0%";"−"#,##0.0"\u00a0%"'),
        ("999 999 999 999,999", "999999999999.999", '[$-419]#,##0.000;"−"#,##0.000'),
    ],
)
def test_a_figure_that_a_double_carries(text: str, number: str, number_format: str) -> None:
    found = shown(PrintedCell(text, Decimal(number)))
    assert found is not None
    assert found.number == float(number)
    assert found.format == number_format


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("9 999 999 999 999,999", "9999999999999.999"),  # sixteen digits
        ("12345678901234567890", "12345678901234567890"),
        ("9,2", "91.2"),  # a misprint stays as printed
        ("110,5", "110.56"),  # so does what is truncated
        ("90", "-90"),
        ("х", "0"),
        ("1 29", "129"),
        ("1.5", "1.5"),
        ("1,5", "NaN"),
        ("1,5", "1e400"),
    ],
)
def test_what_it_does_not_is_text(text: str, number: str) -> None:
    assert shown(PrintedCell(text, Decimal(number))) is None


def test_formulas_give_what_is_printed() -> None:
    formulas, values = first(form()), first(form(), values=True)
    found = {
        cell.coordinate: cell.value
        for row in formulas.iter_rows()
        for cell in row
        if cell.data_type == "f"
    }
    assert found == {
        "C10": "=SUM(C12:C13,C15)",
        "D10": "=SUM(D12:D13,D15)",
        "E12": "=ROUND(D12/C12*100,2)",
        "E13": "=ROUND(D13/C13*100,2)",
        "E15": "=ROUND(D15/C15*100,2)",
    }
    for at in found:
        assert float(computed(formulas, at)) == values[at].value, at


def test_a_formula_that_would_say_something_else_is_not_written() -> None:
    columns = tuple(PrintedColumn(name, (name,), 10, "right") for name in ("a", "b"))
    ratio = Formula("{a}*2")
    rows = (
        PrintedRow((PrintedCell("9,2", Decimal("91.2")), figure("182,4", ratio))),
        PrintedRow((figure("5", Formula(sum_of=(2, 3))), figure("1"))),
        PrintedRow((figure("2"), figure("1"))),
        PrintedRow((figure("2"), figure("1"))),
        PrintedRow((PrintedCell("х", None, ratio), figure("2", Formula(sum_of=(2, 3))))),
    )
    sheet = first(form(PrintedTable(columns, rows)))
    found = {c.coordinate: c.value for row in sheet.iter_rows() for c in row if c.data_type == "f"}
    assert found == {"B12": "=SUM(B10:B11)"}


def test_a_blank_waits_for_its_figures() -> None:
    columns = tuple(PrintedColumn(name, (name,), 10, "right") for name in ("plan", "cash", "share"))
    what = "ROUND({cash}/{plan}*100,2)"
    share = PrintedCell(
        formula=Formula(f'IF(AND(COUNT({{cash}},{{plan}})=2,{{plan}}<>0),{what},"")')
    )
    rows = (
        PrintedRow((figure("10,00"), PrintedCell(formula=Formula(sum_of=(1, 2))), share), "total"),
        PrintedRow((figure("4,00"), PrintedCell(), share)),
        PrintedRow((figure("6,00"), PrintedCell(), share)),
    )
    sheet = first(form(PrintedTable(columns, rows, numbered=False)))
    top = next(row for row in range(1, 20) if sheet.cell(row, 1).value == 10)
    total, percent = f"B{top}", f"C{top}"
    assert computed(sheet, total) == ""
    assert computed(sheet, percent) == ""
    sheet[f"B{top + 1}"], sheet[f"B{top + 2}"] = 1, 2.5
    assert computed(sheet, total) == Decimal("3.5")
    assert computed(sheet, percent) == Decimal("35.00")


def test_nothing_of_a_text_is_executed() -> None:
    content = write(hostile(), "xlsx")
    book = openpyxl.load_workbook(io.BytesIO(content))
    for sheet in book.worksheets:
        cells = [cell for row in sheet.iter_rows() for cell in row]
        assert not [cell.coordinate for cell in cells if cell.data_type == "f"]
        assert not [cell.coordinate for cell in cells if cell.hyperlink]
        texts = {cell.value for cell in cells}
        assert set(HOSTILE) <= {str(text).replace("_x005F_", "_") for text in texts}
        risky = [cell for cell in cells if str(cell.value or "").startswith(tuple("=+-@\t"))]
        assert risky
        assert all(cell.quotePrefix for cell in risky)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = archive.namelist()
        sheets = b"".join(archive.read(name) for name in names if "worksheets" in name)
    assert b"<f>" not in sheets
    assert not [name for name in names if "externalLink" in name or "vba" in name]


def test_footer_and_properties() -> None:
    book = opened(form())
    sheet = book.worksheets[0]
    header, footer = sheet.oddHeader, sheet.oddFooter
    assert header is not None
    assert header.center is not None
    assert footer is not None
    assert footer.left is not None
    assert footer.right is not None
    assert "запись № 62, M&&M" in str(footer.left.text)
    assert str(footer.right.text).endswith("стр. &P из &N")
    assert "Вымышленные данные" in str(header.center.text)
    assert sheet["A1"].value == "Вымышленные данные"
    assert book.properties.creator == "Letopis"
    properties = vars(book)["custom_doc_props"].props
    assert {one.name: one.value for one in properties} == {
        "letopis.program": "sample",
        "letopis.form": "2",
        "letopis.year": "2021",
        "letopis.position": "62",
    }


def test_notes_stand_on_the_first_sheet_and_nothing_below_a_table() -> None:
    for number, sheet in enumerate(opened(form()).worksheets):
        texts = [[cell.value for cell in row if cell.value] for row in sheet.iter_rows()]
        assert (["Примечание вымышленное"] in texts) == (number == 0)
        last = form().tables[number].rows[-1].cells
        assert texts[-1][0] == next(cell.text for cell in last if cell.text)


def test_a_footer_is_never_too_long() -> None:
    table = form().tables[0]
    for letters in range(240, 260):
        made = PrintedForm("p", "2", 2021, 1, ("т",), (table,), ("а" * letters + "&&&", "&"))
        xml = zipfile.ZipFile(io.BytesIO(write(made, "xlsx"))).read("xl/worksheets/sheet1.xml")
        assert xml.count(b"<oddFooter>") == 1


def test_sheets_have_names_that_excel_takes() -> None:
    captions = ("", "A/B:C?*[d]\\'", "я" * 40, "Я" * 40, "😀" * 20, "History", "history", "а", "А")
    tables = tuple(PrintedTable(form().tables[0].columns, (), caption=of) for of in captions)
    names = opened(form(*tables)).sheetnames
    assert names[:2] == ["Форма", "A B C d"]
    assert len({name.casefold() for name in (*names, "History")}) == len(captions) + 1
    assert all(len(name.encode("utf-16-le")) <= 62 for name in names)


def test_a_text_too_long_for_a_cell_says_that_it_is_cut() -> None:
    columns = (PrintedColumn("a", ("А",)),)
    row = PrintedRow((PrintedCell("ы" * 40_000),))
    values = [row[0].value for row in first(form(PrintedTable(columns, (row,)))).iter_rows()]
    cut = next(text for text in values if str(text).startswith("ыыы"))
    assert len(str(cut)) == 32_767
    assert str(cut).endswith("[не уместилось в ячейку]")


def test_a_row_is_tall_enough_or_its_column_wide_enough() -> None:
    columns = (PrintedColumn("a", ("А",), 10), PrintedColumn("b", ("Б",), 10))
    rows = (
        PrintedRow((PrintedCell("а"), PrintedCell("слово " * 60))),
        PrintedRow((PrintedCell("а"), PrintedCell("слово " * 1_500))),
    )
    sheet = first(form(PrintedTable(columns, rows), invented=""))
    heights = [sheet.row_dimensions[at].height or 0 for at in (8, 9)]
    assert heights[0] > 40
    assert heights[1] <= 409
    assert sheet.column_dimensions["B"].width > 2 * sheet.column_dimensions["A"].width


def test_another_program_computes_the_same(tmp_path: Path) -> None:
    """LibreOffice, from formulas alone: what Letopis says that they give is taken out before."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("there is no LibreOffice here; the small spreadsheet has computed the formulas")
    content = without_values(write(form(), "xlsx"))
    (tmp_path / "form.xlsx").write_bytes(content)
    as_shown = "csv:Text - txt - csv (StarCalc):59,34,76,1,,1049,false,true,true,false,false,1"
    subprocess.run(
        [office, f"-env:UserInstallation={(tmp_path / 'user').as_uri()}", "--headless",
         "--convert-to", as_shown, "--outdir", str(tmp_path), str(tmp_path / "form.xlsx")],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    (csv,) = tmp_path.glob("*.csv")
    lines = csv.read_text(encoding="utf-8").replace(NO_BREAK, " ").splitlines()
    for name, *figures in (
        ("Всего", "1 129,01", "1 097,79", "97,23"),
        ("Первое", "312,48", "312,48", "100"),
    ):
        (line,) = (line for line in lines if f";{name};" in line)
        assert line.split(";")[2:5] == figures


def without_values(workbook: bytes) -> bytes:
    """The workbook whose formulas have no results yet."""
    written = io.BytesIO()
    given = zipfile.ZipFile(io.BytesIO(workbook))
    with given, zipfile.ZipFile(written, "w") as target:
        for name in given.namelist():
            target.writestr(name, re.sub(rb"</f><v>[^<]*</v>", b"</f>", given.read(name)))
    return written.getvalue()
