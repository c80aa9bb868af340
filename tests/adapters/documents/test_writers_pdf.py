"""Forms as PDF, read by another library."""

import io
from dataclasses import replace

from pypdf import PdfReader
from pypdf.generic import DictionaryObject, StreamObject
from pypdfium2 import PdfDocument

from adapters.documents.layout import LEFT, RIGHT
from adapters.documents.writing import write
from application.reports.printed import PrintedCell, PrintedForm, PrintedRow, PrintedTable
from tests.adapters.documents.invented_form import HOSTILE, MONEY, form, hostile, long

BREAK_HERE = "\u200b"


def opened(of: PrintedForm) -> PdfReader:
    return PdfReader(io.BytesIO(write(of, "pdf")))


def text(reader: PdfReader) -> str:
    return "\n".join(page.extract_text() for page in reader.pages).replace("\u00a0", " ")


def squeezed(given: str) -> str:
    return "".join(given.split()).replace(BREAK_HERE, "")


def test_it_is_tagged_archival_russian_and_of_no_day() -> None:
    reader = opened(form())
    root = reader.trailer["/Root"]
    assert isinstance(root, DictionaryObject)
    assert str(root["/Lang"]) == "ru-RU"
    marked = root["/MarkInfo"]
    assert isinstance(marked, DictionaryObject)
    assert marked["/Marked"]
    about = root["/Metadata"].get_object()
    assert isinstance(about, StreamObject)
    metadata = about.get_data().decode()
    assert "<pdfaid:part>2</pdfaid:part>" in metadata
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in metadata
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata
    assert reader.metadata is not None
    assert reader.metadata.title == "Форма 2. Вымышленный отчет за 2021 год"
    assert reader.metadata.author == "Letopis"
    assert reader.metadata.creation_date is not None
    assert reader.metadata.creation_date.year == 2000
    assert "letopis.program=sample" in str(reader.metadata.get("/Keywords"))


def test_its_tables_are_tables_to_readers_who_listen() -> None:
    tree = str(write(form(), "pdf"))
    for tag in ("/TH", "/TD", "/TR", "/THead", "/TBody", "/Caption", "/H1"):
        assert tag in tree, tag


def test_every_font_is_inside() -> None:
    reader = opened(form())
    objects = (
        reader.get_object(n) for n in range(1, len(reader.xref_objStm) + len(reader.xref[0]))
    )
    fonts = [o for o in objects if isinstance(o, DictionaryObject) and "/FontName" in o]
    assert fonts
    for font in fonts:
        assert "Libertinus" in str(font["/FontName"])
        assert {"/FontFile2", "/FontFile3"} & set(font)


def test_it_says_what_the_form_says() -> None:
    said = text(opened(form()))
    for expected in (
        "Форма 2. Вымышленный отчет",
        "Таблица 1. Деньги",
        "Таблица 2. Акты: [вымышленные]",
        "1 129,01",
        "Исполнено",
        "Вымышленные данные",
        "запись № 62, M&M",
        "Примечание вымышленное",
        "стр. 1 из 1",
    ):
        assert expected in said, expected


def test_the_header_is_on_every_page() -> None:
    pages = opened(long(300)).pages
    assert len(pages) > 5
    assert pages[0].mediabox.width > pages[0].mediabox.height
    for number, page in enumerate(pages, 1):
        said = page.extract_text().replace("\u00a0", " ")
        assert "касса" in said
        assert f"стр. {number} из {len(pages)}" in said
        assert "Вымышленные данные" in said


def test_a_heading_is_not_left_alone_at_the_foot() -> None:
    for page in opened(long(300)).pages:
        lines = [line for line in page.extract_text().splitlines() if line.strip()]
        foot = next(n for n, line in enumerate(lines) if line.startswith("Вымышленный округ"))
        assert "Задача" not in lines[foot - 1]


def test_every_text_is_text() -> None:
    said = squeezed(text(opened(hostile())))
    for written in HOSTILE:
        assert squeezed(written) in said, written


def test_what_its_type_does_not_know_costs_the_archive_and_not_the_form() -> None:
    row = PrintedRow((PrintedCell("😀 улыбка"), *MONEY.rows[2].cells[1:]))
    reader = opened(form(PrintedTable(MONEY.columns, (row,))))
    assert "улыбка" in text(reader)
    assert b"pdfaid" not in write(form(PrintedTable(MONEY.columns, (row,))), "pdf")


def test_no_word_leaves_its_cell() -> None:
    """A code without a space is broken, all of it is there, and nothing reaches into the margin."""
    code = "КОД1" * 100
    row = PrintedRow((PrintedCell("1"), PrintedCell(code), *MONEY.rows[2].cells[2:]))
    wide = PrintedTable((MONEY.columns[1],), (PrintedRow((PrintedCell(code * 3),)),))
    for table, text_ in ((PrintedTable(MONEY.columns, (row,)), code), (wide, code * 3)):
        page = PdfDocument(write(form(table), "pdf"))[0]
        letters = page.get_textpage()
        assert squeezed(text_) in squeezed(letters.get_text_range().replace("\ufffe", ""))
        ends = [letters.get_charbox(n)[2] for n in range(letters.count_chars())]
        assert max(ends) < page.get_width() - RIGHT * 72 / 25.4


def test_no_word_leaves_the_page_around_the_tables() -> None:
    """Titles, captions, headings in tables, notes and the footer break words that fit no line."""
    code = "СЛОВО" * 60
    group = PrintedRow((PrintedCell(code), *(PrintedCell() for _ in MONEY.columns[1:])), "group")
    table = replace(MONEY, rows=(group, *MONEY.rows), caption=code)
    of = replace(form(table), title=(code, code), notes=(code,), about=(code,))
    page = PdfDocument(write(of, "pdf"))[0]
    letters = page.get_textpage()
    said = squeezed(letters.get_text_range().replace("\ufffe", ""))
    assert said.count(code) == len((*of.title, *of.notes, *of.about, table.caption, group))
    boxes = [letters.get_charbox(n) for n in range(letters.count_chars())]
    assert min(box[0] for box in boxes) >= LEFT * 72 / 25.4 - 1
    assert max(box[2] for box in boxes) < page.get_width() - RIGHT * 72 / 25.4 + 1
    assert min(box[1] for box in boxes) > 0
