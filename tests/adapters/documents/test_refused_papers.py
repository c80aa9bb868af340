"""Hostile and broken files: each is refused by its reason, with the values."""

import os
import stat
import zipfile
from zlib import compress

import pytest

from adapters.documents import limits
from adapters.documents.reading import read_paper
from domain import refusals
from domain.refusals import Refusal
from tests.adapters.documents.making import (
    archive,
    compound,
    in_cells,
    old_workbook,
    p,
    record,
    relationships,
    tbl,
    tc,
    word,
    word_parts,
    workbook,
    workbook_parts,
)

LAUGHS = (
    '<!DOCTYPE w:document [<!ENTITY a "ха">'
    + "".join(
        f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefghi", "bcdefghij", strict=True)
    )
    + "]>"
)


def refusal(content: bytes) -> Refusal:
    with pytest.raises(Refusal) as caught:
        read_paper(content, "выдумано")
    return caught.value


def refused(content: bytes, name: str, *told: str) -> None:
    found = refusal(content)
    assert type(found) is getattr(refusals, name), found
    assert not [one for one in told if one not in found.text("ru")], found


def with_rels(*those: tuple[str, str, str]) -> bytes:
    parts = {"word/_rels/document.xml.rels": relationships(*those)}
    return word(p("текст"), **parts)


@pytest.mark.parametrize("content", [b"", b" \r\n", b"\0" * 5000])
def test_nothing(content: bytes) -> None:
    refused(content, "PaperEmpty")


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"%PDF-1.7\n", "PDF"),
        (b"\xef\xbb\xbf <!DOCTYPE HTML><html>", "HTML"),
        (b"MIME-Version: 1.0", "HTML"),
        (b"{\\rtf1", "RTF"),
        (b"<?xml version='1.0'?><Workbook/>", "XML"),
        (b"\x89PNG\r\n", "рисунок"),
        (b"Rar!\x1a", "архив"),
        (b"MZ\x90\0", "программа"),
        ("показатель;план\n".encode(), "неизвестного вида"),
        (compound({"WordDocument": b"text"}), "старый Word (.doc)"),
        (compound({"PowerPoint Document": b"text"}), "составной файл"),
        (archive([("a.txt", "текст")]), "архив"),
        (archive([("inner.zip", archive([("inner.zip", b"")]))]), "архив"),
        (archive([("mimetype", "application/vnd.oasis.opendocument.text")]), "opendocument.text"),
        (
            archive([
                ("_rels/.rels", relationships(("officeDocument", "ppt/presentation.xml", "Internal"))),
                ("ppt/presentation.xml", "<p/>"),
            ]),
            "презентация",
        ),
        (
            archive([
                ("_rels/.rels", relationships(("officeDocument", "xl/workbook.bin", "Internal"))),
                ("xl/workbook.bin", b"\x83\1\0"),
            ]),
            ".xlsb",
        ),
    ],
)  # fmt: skip
def test_another_kind_by_what_it_holds(content: bytes, what: str) -> None:
    refused(content, "PaperUnknownFormat", what, ".docx", ".xlsx")


def test_a_password() -> None:
    parts = archive(word_parts(p("тайна")).items())
    first = parts.index(b"PK\x01\x02")
    refused(parts[: first + 8] + b"\1" + parts[first + 9 :], "PaperEncrypted", "Content_Types")
    refused(
        compound({"EncryptionInfo": b"", "EncryptedPackage": os.urandom(9000)}), "PaperEncrypted"
    )
    refused(old_workbook(record(0x2F, b"\1\0\1\0\1\0")), "PaperEncrypted", "Workbook")
    manifest = {"META-INF/manifest.xml": "<manifest><encryption-data/></manifest>"}
    ods = {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "\1\2"}
    refused(archive([*ods.items(), *manifest.items()]), "PaperEncrypted", "manifest")


@pytest.mark.parametrize(
    "content",
    [
        word(p("а"), **{"word/vbaProject.bin": b"x"}),
        workbook(in_cells("1"), **{"xl/vbaProject.bin": "x"}),
        workbook(in_cells("1"), **{"xl/macrosheets/sheet1.xml": "<macrosheet/>"}),
        archive(
            [("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("Basic/a.xml", "")]
        ),
        compound({"Workbook": b"", "_VBA_PROJECT_CUR": b""}),
    ],
)
def test_macros(content: bytes) -> None:
    refused(content, "PaperHasMacros", "без макросов")


@pytest.mark.parametrize(
    ("content", "target"),
    [
        (with_rels(("attachedTemplate", "file:///C:/a.dotm", "External")), "file:///C:/a.dotm"),
        (with_rels(("attachedTemplate", "letter.dotm", "External")), "letter.dotm"),
        (with_rels(("oleObject", "\\\\server\\a.xlsx", "Internal")), "\\\\server"),
        (with_rels(("image", "http://invented/a.png", "External")), "http://invented/a.png"),
        (with_rels(("frame", "http://invented/", "Internal")), "http://invented/"),
        (with_rels(("aFChunk", "a.html", "Internal")), "a.html"),
        (word('<w:p><w:fldSimple w:instr="DDEAUTO excel a b"/></w:p>'), "DDEAUTO excel a b"),
        (
            word(
                '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> DD</w:instrText>'
                "</w:r><w:r><w:instrText>E cmd</w:instrText></w:r></w:p>"
            ),
            "DDE cmd",
        ),
        (workbook(in_cells("1"), **{"xl/externalLinks/externalLink1.xml": "<a/>"}), "другая книга"),
        (old_workbook(record(0x1AE, b"\1\0\5\0\0a.xls")), "a.xls"),
    ],
)
def test_links_out_of_the_file(content: bytes, target: str) -> None:
    refused(content, "PaperReachesOutside", target)


def test_a_link_to_be_clicked_reaches_nothing_by_itself() -> None:
    paper = read_paper(with_rels(("hyperlink", "http://invented/", "External")), "ссылка")
    assert list(paper.paragraphs) == ["текст"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("name", ["word/document.xml", "word/styles.xml", "docProps/custom.xml"])
def test_entities(name: str, encoding: str) -> None:
    laughing = f'<?xml version="1.0" encoding="{encoding}"?>{LAUGHS}<a>&j;</a>'.encode(encoding)
    refused(word(p("а"), **{name: laughing}), "PaperDeclaresEntities", name)


@pytest.mark.parametrize(
    "hidden",
    [
        '<?xml version="1.0" encoding="cp037"?><worksheet/>'.encode("cp037"),
        '<?xml version="1.0" encoding="UTF-7"?><worksheet/>'.encode("utf-7"),
        '<?xml version="1.0" encoding="windows-1251"?><worksheet/>'.encode("cp1251"),
        "<worksheet/>".encode("utf-16-le"),
        b"\xff\xfe<",
    ],
)
def test_markup_in_an_encoding_that_would_hide_it(hidden: bytes) -> None:
    name = "xl/worksheets/sheet1.xml"
    content = archive((workbook_parts(in_cells("1")) | {name: hidden}).items())
    refused(content, "PaperBroken")


def test_bytes_entries_and_what_they_would_unpack_to() -> None:
    refused(b"PK" + bytes(limits.BYTES), "PaperTooLarge", "байт", str(limits.BYTES))
    many = archive((f"{n}.xml", "") for n in range(limits.ENTRIES + 1))
    refused(many, "PaperTooLarge", "частей", str(limits.ENTRIES + 1))
    bomb = archive([("word/document.xml", bytes(8 * limits.MIB))])
    refused(bomb, "PaperTooLarge", "степень сжатия", str(limits.TIMES))
    noise = os.urandom(4096)
    large = archive((f"{n}.xml", noise * 1000) for n in range(25))
    refused(large, "PaperTooLarge", "после распаковки", str(4_096_000 * 25))


def test_a_size_that_lies() -> None:
    """An entry says that it unpacks to ten bytes and holds ten million."""
    packed = compress(bytes(10**7))[2:-4]
    entry = zipfile.ZipInfo("word/document.xml")
    made = bytearray(archive([("_rels/.rels", "<a/>"), (entry, bytes(10**7))]))
    for signature, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        start = made.rindex(signature)
        made[start + at : start + at + 4] = (10).to_bytes(4, "little")
    assert bytes(packed[:100]) in made
    refused(bytes(made), "PaperBroken", "архив")


@pytest.mark.parametrize(
    "name",
    ["../outside.xml", "/etc/a.xml", "word\\document.xml", "C:a.xml", "word/./../../a.xml"],
)
def test_names_that_lead_astray(name: str) -> None:
    entry = zipfile.ZipInfo("x")
    entry.filename = name
    refused(archive([*word_parts("").items(), (entry, "x")]), "PaperBroken", "имя части")


def test_links_doubles_and_nulls_among_entries() -> None:
    link = zipfile.ZipInfo("word/link.xml")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    refused(archive([*word_parts("").items(), (link, "/etc/passwd")]), "PaperBroken", "имя части")
    double = [*word_parts(p("одно")).items(), ("word/document.xml", "<a/>")]
    refused(archive(double), "PaperBroken", "дважды")
    refused(archive([*double[:-1], ("WORD/Document.XML", "<a/>")]), "PaperBroken", "дважды")
    nulls = word(p("а"), **{"word/aXb.xml": "<a/>"}).replace(b"aXb", b"a\0b")
    refused(nulls, "PaperBroken", "имя части")


@pytest.mark.parametrize("share", [0.01, 0.3, 0.7, 0.99])
def test_a_truncated_file(share: float) -> None:
    for content in (workbook(in_cells("1")), word(p("а"))):
        refused(content[: int(len(content) * share)], "PaperBroken")


@pytest.mark.parametrize(
    "content",
    [
        word("&#0;"),
        word("<w:p>"),
        word("", **{"word/document.xml": "<a/>"}),
        archive([("_rels/.rels", relationships())]),
        archive([("_rels/.rels", relationships(("officeDocument", "word/none.xml", "Internal")))]),
        word("<w:sdt><w:sdtContent>" * 5000 + "</w:sdtContent></w:sdt>" * 5000),
        workbook("<row><c r='A1'><v>1"),
        workbook("", **{"xl/workbook.xml": ""}),
        compound({"Workbook": b"\x09\x08\x10\0" + os.urandom(8000)}),
        compound({"Workbook": b""})[:700],
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 3000,
        b"PK\x05\x06" + b"\0" * 18,
    ],
)
def test_broken_insides(content: bytes) -> None:
    assert refusal(content).name in {"paper_broken", "paper_unknown_format"}


def test_formulas_that_nobody_has_computed() -> None:
    for value in ("", "<v/>", "<v></v>"):
        cell = f'<row><c r="A1"><f>1+1</f>{value}</c></row>'
        refused(workbook(cell), "PaperNotComputed", "sheet1.xml")


def test_tables_within_tables() -> None:
    body = p("дно")
    for _ in range(limits.DEPTH + 1):
        body = f"<w:tbl><w:tr><w:tc>{body}</w:tc></w:tr></w:tbl>"
    refused(word(body), "PaperTooLarge", "вложенность таблиц", str(limits.DEPTH))


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (workbook(in_cells(*["1"] * 100_000)), ""),
        (workbook(in_cells(*["1"] * 1_001)), "1001"),
        (word(tbl([tc("1", '<w:gridSpan w:val="100000"/>')])), "100000"),
        (word(tbl([tc("1")] * 1_001)), "1001"),
        (word(f"<w:tbl><w:tr><w:trPr><w:gridBefore w:val='1000'/></w:trPr>{tc('')}</w:tr></w:tbl>"), "1001"),
    ],
    ids=["100,000 in a sheet", "1,001 in a sheet", "spanned", "1,001 cells", "left out"],
)  # fmt: skip
def test_columns(content: bytes, found: str) -> None:
    refused(content, "PaperTooLarge", "столбцов", found, str(limits.COLUMNS))


def test_rows_times_columns() -> None:
    far = '<row r="2000"><c r="ALL2000"><v>1</v></c></row>'
    refused(workbook(in_cells("1") + far), "PaperTooLarge", "ячеек", "2000000")
    rows = "<w:tr/>" * 2000
    wide = tbl([tc("1", '<w:gridSpan w:val="999"/>')]).replace("</w:tbl>", f"{rows}</w:tbl>")
    refused(word(wide), "PaperTooLarge", "ячеек", str(2001 * 999))


def test_merged_cells_upon_merged_cells() -> None:
    rows = in_cells(*["1"] * 1000) * 200
    merges = '<mergeCell ref="A1:ALL200"/>' * 8
    refused(workbook(rows, f"<mergeCells>{merges}</mergeCells>"), "PaperTooLarge", "ячеек")
