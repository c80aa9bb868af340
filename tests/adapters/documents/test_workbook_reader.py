"""Sheets as one would read them exactly: numbers, dates, formulas, merged cells, old and foreign files."""

import codecs
import datetime as dt
import io
import re
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, strategies as st
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from adapters.documents.number_formats import scale_of
from adapters.documents.reading import read_paper
from adapters.documents.sheet_table import duration_text, moment_text, number_text
from application.intake.paper import Mark, Table
from tests.adapters.documents.making import archive, custom, in_cells, workbook, workbook_parts

SAMPLES = Path(__file__).with_name("samples")


def sheet(rows: str, after: str = "") -> Table:
    (only,) = read_paper(workbook(rows, after), "выдумано.xlsx").tables
    return only


def written(book: openpyxl.Workbook) -> bytes:
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


@pytest.mark.parametrize(
    ("stored", "read"),
    [
        ("0.30000000000000004", "0.3"),
        ("1129.0099999999998", "1129.01"),
        ("0.1", "0.1"),
        ("5", "5"),
        ("5.0", "5"),
        ("-8.8", "-8.8"),
        ("1129010.01", "1129010.01"),
        ("9007199254740993", "9007199254740992"),
        ("1E22", "10000000000000000000000"),
        ("1.5E-7", "0.00000015"),
        ("-0", "0"),
    ],
)
def test_a_number_reads_to_the_digits_that_a_sheet_shows(stored: str, read: str) -> None:
    assert sheet(in_cells(stored)).rows == ((read,),)


@given(st.floats(-1e300, 1e300))
def test_the_text_of_a_number_is_that_number_to_fifteen_digits(value: float) -> None:
    text = number_text(value)
    whole = value.is_integer() and abs(value) < 1e16
    assert float(text) == (value if whole else float(f"{value:.15g}"))
    assert set(text) <= set("-0123456789.")
    assert not text.endswith(".0")


def test_days_and_moments() -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].append(
        [
            dt.date(2021, 3, 24),
            dt.datetime(2021, 3, 24, 18, 30),  # noqa: DTZ001 (sheets know no zones)
            dt.time(10, 5),
            dt.timedelta(hours=30),
        ]
    )
    (found,) = read_paper(written(book), "даты").tables
    assert found.rows == (("24.03.2021", "24.03.2021 18:30", "10:05", "30:00"),)


def test_moments_at_the_edges() -> None:
    assert moment_text(dt.datetime.max) == "31.12.9999 23:59:59"  # noqa: DTZ901 (sheets know no zones)
    assert moment_text(dt.datetime(2021, 3, 23, 23, 59, 59, 999_999)) == "24.03.2021"  # noqa: DTZ001 (sheets know no zones)
    assert duration_text(-61) == "-0:01:01"


def test_truths_texts_and_errors() -> None:
    rows = in_cells("1", "0", kind="b") + in_cells("#DIV/0!", kind="e") + in_cells("x", kind="str")
    assert sheet(rows).rows == (("ИСТИНА", "ЛОЖЬ"), ("#DIV/0!", ""), ("x", ""))


def test_control_characters_and_line_ends_of_texts() -> None:
    texts = in_cells("a_x0000_b_x0007_", "1_x000D_\n2", "в\u2028г", kind="str")
    assert sheet(texts).rows == (("ab", "1\n2", "в\nг"),)


def test_the_value_of_a_formula_is_read() -> None:
    rows = '<row><c r="A1"><f>1+1</f><v>2</v></c><c r="B1" t="str"><f>""</f><v></v></c></row>'
    assert sheet(rows + in_cells("3")).rows == (("2",), ("3",))


@pytest.mark.parametrize(
    ("code", "scale"),
    [
        ("0%", 2),
        ("0.00%;-0.00%", 2),
        ("#,##0,", -3),
        ("#,##0.0,,", -6),
        ('0.0" %"', 0),
        (r"0\%", 0),
        ("[$-419]#,##0.00", 0),
        ("# ##0", 0),
        ("General", 0),
        ("", 0),
    ],
)
def test_a_format_may_shift_the_point(code: str, scale: int) -> None:
    assert scale_of(code) == scale


@pytest.mark.parametrize("ending", ["xlsx", "xls", "ods"])
def test_per_cent_and_thousands_read_as_they_are_shown(ending: str) -> None:
    (found,) = read_paper((SAMPLES / f"shown.{ending}").read_bytes(), "выдумано").tables
    assert found.rows[0] == ("80%", "90%", "91.2%", "50%", "7%", "29%", "12.5", "110%")
    thousands = "1129010.5" if ending == "ods" else "1129.0105"  # LibreOffice keeps no such format
    assert found.rows[1] == (thousands, *[""] * 7)


def test_raised_and_struck_parts_of_a_text_look_so() -> None:
    book = openpyxl.Workbook()
    note = TextBlock(InlineFont(vertAlign="superscript"), "1")
    gone = TextBlock(InlineFont(strike=True), "85")
    bold = TextBlock(InlineFont(b=True), "9")
    book.worksheets[0].append(
        [CellRichText("90", note), CellRichText(gone, "90"), CellRichText(bold, "0")]
    )
    (found,) = read_paper(written(book), "выдумано").tables
    assert found.rows == (("90¹", "8\u03365\u033690", "90"),)


def test_merged_cells_as_far_as_texts_reach_and_nothing_under_them() -> None:
    merges = '<mergeCells><mergeCell ref="A1:B2"/><mergeCell ref="C1:C1048576"/></mergeCells>'
    found = sheet(in_cells("1", "7", "2") + in_cells("8", "9", ""), merges)
    assert found.rows == (("1", "", "2"), ("", "", ""))
    assert found.merged == {(0, 1): (0, 0), (1, 0): (0, 0), (1, 1): (0, 0), (1, 2): (0, 2)}


def test_rows_and_columns_count_from_the_corner_and_end_with_the_last_text() -> None:
    rows = (
        '<row r="3"><c r="C3"><v>1</v></c><c r="D3" t="str"><v></v></c><c r="F3" s="1"/></row>'
        '<row r="9000"><c r="A9000" s="1"/></row>'
    )
    assert sheet(rows).rows == (("", "", ""), ("", "", ""), ("", "", "1"))


def test_sheets_in_order_without_hidden_and_empty_ones_and_charts() -> None:
    book = openpyxl.Workbook()
    for name in ("Первый", "Скрытый", "Второй"):
        book.create_sheet(name)["A1"] = name
    book["Скрытый"].sheet_state = "veryHidden"
    book.create_chartsheet("График")
    found = list(read_paper(written(book), "листы").tables)
    assert [(one.number, one.sheet, one.rows) for one in found] == [
        (1, "Первый", (("Первый",),)),
        (2, "Второй", (("Второй",),)),
    ]


def test_markup_in_utf_16_and_with_prefixes() -> None:
    parts = workbook_parts(in_cells("#REF!", kind="e"))
    name = "xl/worksheets/sheet1.xml"
    plain = str(parts[name])
    declared = f'<?xml version="1.0" encoding="UTF-16"?>{plain}'
    prefixed = re.sub(r"<(/?)(\w)", r"<\1x:\2", plain).replace("xmlns=", "xmlns:x=")
    for part in (declared.encode("utf-16"), prefixed.encode(), codecs.BOM_UTF8 + plain.encode()):
        (found,) = read_paper(archive((parts | {name: part}).items()), "").tables
        assert found.rows == (("#REF!",),)


def test_a_book_without_macros_in_the_dress_of_one_with_them() -> None:
    kind = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    types = f'<Types xmlns="x"><Override PartName="/xl/workbook.xml" ContentType="{kind}"/></Types>'
    found = read_paper(workbook(in_cells("1"), **{"[Content_Types].xml": types}), "книга.xlsm")
    assert [one.rows for one in found.tables] == [(("1",),)]


@pytest.mark.parametrize("name", ["invented.xls", "invented.ods"])
def test_the_same_book_in_old_and_foreign_form(name: str) -> None:
    first, second = read_paper((SAMPLES / name).read_bytes(), name).tables
    truths = ("1", "0") if name.endswith("ods") else ("ИСТИНА", "ЛОЖЬ")  # stored there as numbers
    assert first.rows == (
        ("Отчёт (выдумано)", *[""] * 6),
        ("",) * 7,
        ("№", "Показатель", "План", "", "Дата", "Верно", "Доля"),
        ("", "", "2021", "2022", "", "", ""),
        ("1", "Доля\nответов", "0.5", "1234.25", "24.03.2021", truths[0], "9.2"),
        ("2", "Число мест", "1000000000000000", "-8.8", "31.12.2021 18:30", truths[1], "#DIV/0!"),
    )
    assert first.merged == {(3, 0): (2, 0), (3, 1): (2, 1), (2, 3): (2, 2)}
    assert (first.sheet, second.sheet) == ("Показатели", "Второй")
    assert second.rows == (("", "", ""), ("", "", ""), ("", "ниже и правее", "42"), ("", "", "21"))


def test_what_another_library_writes_is_read() -> None:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made) as book:
        first = book.add_worksheet("Суммы")
        first.write_row(0, 0, ["Итого", 0.1, 10**15])
        first.write_formula(1, 1, "=B1*3", None, 0.1 * 3)
        first.merge_range("A3:C3", "слито")
    (found,) = read_paper(made.getvalue(), "суммы").tables
    assert found.rows[:2] == (
        ("Итого", "0.1", "1000000000000000"),
        ("", "0.3", ""),
    )
    assert found.merged == {(2, 1): (2, 0), (2, 2): (2, 0)}


def test_the_mark_of_letopis_and_what_is_none() -> None:
    def mark(**said: str) -> Mark | None:
        return read_paper(
            workbook(in_cells("1"), **{"docProps/custom.xml": custom(**said)}), "бланк"
        ).mark

    whole = {"program": "kedrovy", "form": "1", "year": "2021", "position": "62"}
    assert mark(**whole) == Mark("kedrovy", "1", 2021, 62)
    assert mark(**whole | {"year": "в прошлом году"}) is None
    assert mark(program="kedrovy") is None
