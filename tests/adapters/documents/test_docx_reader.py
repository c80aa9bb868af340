"""A Word paper as one reads it: merged cells, changes accepted, fields and boxes, tables in tables."""

import io

import docx
import pytest

from adapters.documents.reading import read_paper
from application.intake.paper import Block, Paragraph, Table
from tests.adapters.documents.making import W, p, tbl, tc, word


def blocks(body: str) -> tuple[Block, ...]:
    return read_paper(word(body), "выдумано.docx").blocks


def line(inside: str) -> str:
    (only,) = blocks(f"<w:p>{inside}</w:p>")
    assert isinstance(only, Paragraph)
    return only.text


def table(*rows: list[str]) -> Table:
    (only,) = blocks(tbl(*rows))
    assert isinstance(only, Table)
    return only


def r(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def field(code: str, result: str) -> str:
    def edge(of: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{of}"/></w:r>'

    told = f"<w:r><w:instrText>{code}</w:instrText></w:r>"
    return f"{edge('begin')}{told}{edge('separate')}{r(result)}{edge('end')}"


def test_paragraphs_and_tables_stand_in_their_order() -> None:
    found = blocks(p("до") + tbl([tc("1")]) + p("между") + tbl([tc("2")]))
    assert found == (
        Paragraph("до"),
        Table(1, (("1",),)),
        Paragraph("между"),
        Table(2, (("2",),)),
    )


def test_a_heading_of_two_rows_is_merged_across_and_down() -> None:
    restart, goes_on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    found = table(
        [tc("№", restart), tc("План", '<w:gridSpan w:val="2"/>')],
        [tc("", goes_on), tc("2021"), tc("2022")],
        [tc("", goes_on), tc("0,5"), tc("1 129,01")],
    )
    assert found.rows == (("№", "План", ""), ("", "2021", "2022"), ("", "0,5", "1 129,01"))
    assert found.merged == {(0, 2): (0, 1), (1, 0): (0, 0), (2, 0): (0, 0)}
    assert [found.text(row, 0) for row in range(3)] == ["№"] * 3


def test_a_block_merged_both_ways_is_one_cell() -> None:
    across = '<w:gridSpan w:val="2"/>'
    found = table(
        [tc("всё", across + '<w:vMerge w:val="restart"/>'), tc("а")],
        [tc("не видно", across + "<w:vMerge/>"), tc("б")],
    )
    assert found.rows == (("всё", "", "а"), ("", "", "б"))
    assert set(found.merged.values()) == {(0, 0)}
    assert set(found.merged) == {(0, 1), (1, 0), (1, 1)}


def test_a_merge_of_old_and_columns_left_out_before_a_row() -> None:
    late = f'<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>{tc("2")}</w:tr>'
    first, rest = tc("1", '<w:hMerge w:val="restart"/>'), tc("", "<w:hMerge/>")
    (found,) = blocks(f"<w:tbl><w:tr>{first}{rest}</w:tr>{late}</w:tbl>")
    assert found == Table(1, (("1", ""), ("", "2")), {(0, 1): (0, 0)})


def test_a_cell_that_continues_nothing_keeps_its_text() -> None:
    assert table([tc("1", "<w:vMerge/>")]).rows == (("1",),)


def test_dates_one_a_line_stay_one_a_line() -> None:
    dates = "".join(p(f"0{n}.03.2021;") for n in range(1, 4))
    (found,) = blocks(f"<w:tbl><w:tr><w:tc>{dates}</w:tc></w:tr></w:tbl>")
    assert found == Table(1, (("01.03.2021;\n02.03.2021;\n03.03.2021;",),))


def test_rows_of_different_lengths_become_one_length() -> None:
    assert table([tc("1")], [tc("2"), tc("3")]).rows == (("1", ""), ("2", "3"))


def test_changes_are_read_as_accepted() -> None:
    moved = f"<w:moveFrom>{r('прежде ')}</w:moveFrom><w:moveTo>{r('теперь ')}</w:moveTo>"
    deleted = "<w:del><w:r><w:delText>80</w:delText></w:r></w:del>"
    assert line(f"{moved}{deleted}<w:ins>{r('90')}</w:ins>") == "теперь 90"


def test_a_deleted_row_is_not_there_and_a_deleted_line_end_joins() -> None:
    gone = f"<w:tr><w:trPr><w:del/></w:trPr>{tc('нет')}</w:tr>"
    torn = f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{r('разо')}</w:p>{p('рвано')}"
    (found,) = blocks(f"<w:tbl>{gone}<w:tr><w:tc>{torn}</w:tc></w:tr></w:tbl>")
    assert found == Table(1, (("разорвано",),))
    assert blocks(torn) == (Paragraph("разорвано"),)


def test_fields_show_their_results_without_their_codes() -> None:
    assert line(r("стр. ") + field("PAGE \\* MERGEFORMAT", "7")) == "стр. 7"
    assert line(field(f"IF {field('PAGE', '1')} = 1", "да")) == "да"
    assert line(f'<w:fldSimple w:instr="DATE">{r("24.03.2021")}</w:fldSimple>') == "24.03.2021"
    assert line(f"<w:hyperlink>{r('ссылка')}</w:hyperlink>") == "ссылка"


def test_hidden_text_is_not_printed() -> None:
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>тайно</w:t></w:r>"
    shown = '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>видно</w:t></w:r>'
    assert line(hidden + shown) == "видно"


@pytest.mark.parametrize(
    ("look", "text", "read"),
    [
        ("<w:vertAlign w:val='superscript'/>", "1", "90¹"),
        ("<w:vertAlign w:val='subscript'/>", "1", "901"),
        ("<w:strike/>", "5", "905\u0336"),
        ("<w:dstrike/>", "5 6", "905\u0336 6\u0336"),
        ("<w:strike w:val='0'/>", "5", "905"),
        ("<w:b/>", "5", "905"),
    ],
)
def test_a_note_and_what_is_struck_out_are_no_digits(look: str, text: str, read: str) -> None:
    runs = f"<w:r><w:t>90</w:t></w:r><w:r><w:rPr>{look}</w:rPr><w:t>{text}</w:t></w:r>"
    assert line(runs) == read


def test_signs_that_are_no_letters() -> None:
    signs = (
        "<w:r><w:t>а</w:t><w:tab/><w:t>б</w:t><w:br/><w:t>в</w:t><w:br w:type='page'/>"
        "<w:t>г</w:t><w:noBreakHyphen/><w:t>д</w:t><w:softHyphen/><w:cr/>"
        "<w:sym w:font='Symbol' w:char='F0B4'/></w:r>"
    )
    assert line(signs) == "а\tб\nвг-д\n×"


def test_content_controls_wrap_text_cells_rows_and_tables() -> None:
    def sdt(inside: str) -> str:
        return f"<w:sdt><w:sdtPr><w:alias/></w:sdtPr><w:sdtContent>{inside}</w:sdtContent></w:sdt>"

    row = f"<w:tr>{sdt(tc('1'))}{tc('2')}</w:tr>"
    found = blocks(sdt(f"<w:p>{sdt(r('в поле'))}</w:p><w:tbl>{sdt(row)}</w:tbl>"))
    assert found == (Paragraph("в поле"), Table(1, (("1", "2"),)))


def test_a_table_in_a_cell_is_text_of_the_cell() -> None:
    inner = tbl([tc("а"), tc("б")], [tc("в"), tc("")])
    cell = f"<w:tc>{p('до')}{inner}{p('после')}</w:tc>"
    (found,) = blocks(f"<w:tbl><w:tr>{cell}</w:tr></w:tbl>")
    assert found == Table(1, (("до\nа\nб\nв\nпосле",),))


def test_text_of_a_box_follows_its_paragraph_once() -> None:
    box = f"<w:pict><w:txbxContent>{p('УТВЕРЖДЕНО')}</w:txbxContent></w:pict>"
    both = f"<mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
    found = blocks(f"<w:p>{r('текст')}<w:r>{both}</mc:AlternateContent></w:r></w:p>")
    assert found == (Paragraph("текст"), Paragraph("УТВЕРЖДЕНО"))


def test_no_control_character_comes_through() -> None:
    assert line(r("до&#x202E;после&#x85;конец&#13;")) == "допосле\nконец\n"


def test_a_strict_document_and_any_name_of_its_main_part_are_read() -> None:
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    text = f'<w:document xmlns:w="{strict}"><w:body>{p("строго")}</w:body></w:document>'
    parts = {"word/document.xml": text}
    assert read_paper(word("", **parts), "строгий").blocks == (Paragraph("строго"),)
    utf_16 = text.replace(strict, W).encode("utf-16")
    parts_16 = {"word/document.xml": utf_16}
    assert read_paper(word("", **parts_16), "шестнадцать").blocks == (Paragraph("строго"),)


@pytest.mark.parametrize("columns", [1, 8])
def test_what_a_library_writes_is_read(columns: int) -> None:
    document = docx.Document()
    document.add_heading("Отчёт (выдумано)")
    made = document.add_table(rows=30, cols=columns)
    for place, cell in enumerate(made._cells):
        cell.text = str(place)
    made.cell(0, 0).merge(made.cell(1, columns - 1))
    written = io.BytesIO()
    document.save(written)
    paper = read_paper(written.getvalue(), "как есть")
    (found,) = paper.tables
    assert paper.name == "как есть"
    assert next(iter(paper.paragraphs)) == "Отчёт (выдумано)"
    assert [len(row) for row in found.rows] == [columns] * 30
    assert len(found.merged) == 2 * columns - 1
    assert found.rows[29][-1] == str(30 * columns - 1)
