"""Forms as Word documents, read by another library."""

import io
import zipfile

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.table import Table
from lxml import etree

from adapters.documents.reading import read_paper
from adapters.documents.writing import write
from application.reports.printed import PrintedCell, PrintedRow, PrintedTable
from tests.adapters.documents.invented_form import (
    ACTS,
    HOSTILE,
    MONEY,
    NO_BREAK,
    SPENT,
    form,
    hostile,
)


def opened() -> Document:
    return docx.Document(io.BytesIO(write(form(), "docx")))


def texts(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


def part(content: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name).decode()


def test_the_header_is_merged_numbered_and_repeated() -> None:
    table = opened().tables[0]
    rows = texts(table)
    assert rows[0] == ["№ пп", "Наименование мероприятия", SPENT, SPENT, "Исполнено, %", "Дни"]
    assert rows[1] == ["№ пп", "Наименование мероприятия", "план", "касса", "Исполнено, %", "Дни"]
    assert rows[2] == ["1", "2", "3", "4", "5", "6"]
    assert table.cell(0, 2)._tc is table.cell(0, 3)._tc
    assert table.cell(0, 0)._tc is table.cell(1, 0)._tc
    repeated = [row._tr.find(f".//{qn('w:tblHeader')}") is not None for row in table.rows]
    assert repeated == [True, True, True, *[False] * 6]


def test_rows_stand_as_printed() -> None:
    rows = texts(opened().tables[0])[3:]
    printed = [[cell.text for cell in row.cells] for row in MONEY.rows]
    assert [row for row in rows if len(set(row)) > 1] == [
        p for p in printed if "Задача" not in p[0]
    ]
    assert rows[1] == ["Задача 1. Вымышленная"] * 6
    assert rows[0][2] == f"1{NO_BREAK}129,01"


def test_figures_are_on_the_right_totals_bold_and_rows_whole() -> None:
    table = opened().tables[0]
    total, first = table.rows[3], table.rows[5]
    styles = [cell.paragraphs[0].style for cell in first.cells]
    assert [style and style.name for style in styles] == [
        "Center", "Cell", "Figure", "Figure", "Figure", "Center",
    ]  # fmt: skip
    assert all(run.bold for cell in total.cells for run in cell.paragraphs[0].runs)
    assert not any(run.bold for cell in first.cells for run in cell.paragraphs[0].runs)
    assert all(row._tr.find(f".//{qn('w:cantSplit')}") is not None for row in table.rows)


def test_a_row_taller_than_half_a_page_may_break() -> None:
    columns = MONEY.columns[:2]
    row = PrintedRow((PrintedCell("1"), PrintedCell("слово " * 2_000)))
    written = docx.Document(io.BytesIO(write(form(PrintedTable(columns, (row,))), "docx")))
    assert written.tables[0].rows[-1]._tr.find(f".//{qn('w:cantSplit')}") is None


def test_the_page_says_what_it_is_about() -> None:
    document = opened()
    section = document.sections[0]
    assert section.orientation == WD_ORIENT.LANDSCAPE
    assert [line.text for line in section.header.paragraphs] == ["Вымышленные данные"]
    footer = section.footer.paragraphs
    assert [line.text for line in footer[:2]] == list(form().about)
    fields = [field.get(qn("w:instr")) for field in footer[2]._p.iter(qn("w:fldSimple"))]
    assert fields == ["PAGE", "NUMPAGES"]
    assert "стр." in footer[2].text
    titles = [
        line.text for line in document.paragraphs if line.style and line.style.name == "Title"
    ]
    assert titles == list(form().title)


def test_no_banner_stands_over_what_is_not_invented() -> None:
    written = docx.Document(io.BytesIO(write(form(invented=""), "docx")))
    assert not any(line.text for line in written.sections[0].header.paragraphs)


def test_captions_are_numbered_by_the_document_and_read_back_without_number() -> None:
    captions = [line for line in opened().paragraphs if line.style and line.style.name == "Caption"]
    assert [line.text for line in captions] == [MONEY.caption, ACTS.caption]
    assert all(line._p.find(f".//{qn('w:numPr')}") is not None for line in captions)
    alone = docx.Document(io.BytesIO(write(form(MONEY), "docx")))
    assert not list(alone.element.body.iter(qn("w:numPr")))


def test_it_is_written_in_russian_by_letopis_on_no_day() -> None:
    content = write(form(), "docx")
    assert 'w:val="ru-RU"' in part(content, "word/styles.xml")
    assert "Times New Roman" in part(content, "word/styles.xml")
    properties = opened().core_properties
    assert properties.author == "Letopis"
    assert properties.title == "Форма 2. Вымышленный отчет за 2021 год"
    assert properties.created == properties.modified
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.namelist()[0] == "[Content_Types].xml"


def test_every_text_is_text() -> None:
    content = write(hostile(), "docx")
    tables = docx.Document(io.BytesIO(content)).tables
    assert [row[0] for row in texts(tables[0])[2:]] == list(HOSTILE)
    assert [row[0] for row in texts(tables[1])[1:]] == list(HOSTILE)
    body = etree.fromstring(part(content, "word/document.xml").encode())
    assert {"hyperlink", "fldSimple", "instrText", "object"}.isdisjoint(
        etree.QName(node).localname for node in body.iter(etree.Element)
    )


def test_our_reader_sees_the_same_table() -> None:
    table = next(iter(read_paper(write(form(), "docx"), "форма.docx").tables))
    assert table.text(0, 3) == SPENT
    assert table.rows[5][5] == "01.02.2021\n01.03.2021"
    assert table.rows[4][0] == "Задача 1. Вымышленная"
