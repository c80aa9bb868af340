"""Files made part by part, sound and hostile ones; all they say is invented."""

import io
import struct
import warnings
import zipfile
from collections.abc import Iterable, Mapping, Sequence

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"

Entry = tuple[str | zipfile.ZipInfo, str | bytes]


def archive(entries: Iterable[Entry]) -> bytes:
    """A ZIP archive; names may be there twice."""
    written = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(written, "w") as made:
        warnings.simplefilter("ignore")
        for name, part in entries:
            made.writestr(name, part, zipfile.ZIP_DEFLATED)
    return written.getvalue()


def stored(packed: bytes) -> bytes:
    """The same archive without compression, which no rate of compression gives away."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed)) as given, zipfile.ZipFile(written, "w") as made:
        for name in given.namelist():
            made.writestr(name, given.read(name))
    return written.getvalue()


def relationships(*those: tuple[str, str, str]) -> str:
    """A part that tells kinds, targets and modes of relationships."""
    told = "".join(
        f'<Relationship Id="r{n}" Type="{_R}/{kind}" Target="{target}" TargetMode="{mode}"/>'
        for n, (kind, target, mode) in enumerate(those)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{told}</Relationships>'


def word_parts(body: str) -> dict[str, str | bytes]:
    """The parts of a Word paper with such a body."""
    wordless = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    return {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"/>',
        "_rels/.rels": relationships(("officeDocument", "word/document.xml", "Internal")),
        "word/document.xml": f'<w:document xmlns:w="{W}" {wordless}><w:body>{body}</w:body></w:document>',
    }


def word(body: str, **more: str | bytes) -> bytes:
    """A Word paper with such a body, and more parts."""
    return archive((word_parts(body) | more).items())


def p(text: str) -> str:
    """A paragraph."""
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def tc(text: str, properties: str = "") -> str:
    """A cell of a Word table."""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(text)}</w:tc>"


def tbl(*rows: Sequence[str]) -> str:
    """A Word table of cells."""
    told = "".join(f"<w:tr>{''.join(row)}</w:tr>" for row in rows)
    return f"<w:tbl>{told}</w:tbl>"


def workbook_parts(sheet_data: str, after: str = "") -> dict[str, str | bytes]:
    """The parts of a workbook with one sheet, «Лист», of such rows."""
    sheet = f'<worksheet xmlns="{_S}"><sheetData>{sheet_data}</sheetData>{after}</worksheet>'
    return {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"/>',
        "_rels/.rels": relationships(("officeDocument", "xl/workbook.xml", "Internal")),
        "xl/_rels/workbook.xml.rels": relationships(
            ("worksheet", "worksheets/sheet1.xml", "Internal"),
            ("sharedStrings", "sharedStrings.xml", "Internal"),
        ),
        "xl/workbook.xml": f'<workbook xmlns="{_S}" xmlns:r="{_R}"><sheets>'
        '<sheet name="Лист" sheetId="1" r:id="r0"/></sheets></workbook>',
        "xl/sharedStrings.xml": f'<sst xmlns="{_S}"/>',
        "xl/worksheets/sheet1.xml": sheet,
    }


def workbook(sheet_data: str, after: str = "", **more: str | bytes) -> bytes:
    """A workbook with one sheet, and more parts."""
    return archive((workbook_parts(sheet_data, after) | more).items())


def in_cells(*values: str, kind: str = "n") -> str:
    """A row of cells as a sheet's markup has them, from A1 on."""
    told = "".join(f'<c t="{kind}"><v>{value}</v></c>' for value in values)
    return f"<row>{told}</row>"


def custom(**said: str) -> str:
    """Custom properties of a document, in the names of Letopis."""
    vt = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
    told = "".join(
        f'<property name="letopis.{name}"><vt:lpwstr>{value}</vt:lpwstr></property>'
        for name, value in said.items()
    )
    of = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
    return f'<Properties xmlns="{of}" xmlns:vt="{vt}">{told}</Properties>'


def compound(streams: Mapping[str, bytes]) -> bytes:
    """A compound file (as .xls and .doc are) with such streams, each in sectors of its own."""
    sectors: list[bytes] = []
    links: list[int] = []

    def put(content: bytes) -> int:
        first = len(sectors)
        pieces = [content[at : at + 512].ljust(512, b"\0") for at in range(0, len(content), 512)]
        sectors.extend(pieces)
        links.extend([*range(first + 1, first + len(pieces)), 0xFFFFFFFE])
        return first

    entries = [_entry("Root Entry", 5, 0xFFFFFFFE, 0)]
    for name, content in streams.items():
        content = content.ljust(4096, b"\0")  # noqa: PLW2901 (no small streams here)
        entries.append(_entry(name, 2, put(content), len(content)))
    directory = put(b"".join(entries).ljust(512, b"\0"))
    table = len(sectors)
    links += [0xFFFFFFFD] + [0xFFFFFFFF] * (127 - len(links))
    head = struct.pack(
        "<8s16xHHHHH6x9I109I",
        *(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 62, 3, 0xFFFE, 9, 6),
        *(0, 1, directory, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0, table),
        *[0xFFFFFFFF] * 108,
    )  # fmt: skip
    return head + b"".join(sectors) + struct.pack("<128I", *links)


def _entry(name: str, kind: int, first: int, size: int) -> bytes:
    told = (name + "\0").encode("utf-16-le")
    return struct.pack(
        "<64sHBBIII36xIII", told, len(told), kind, 1, *[0xFFFFFFFF] * 3, first, size, 0
    )


def record(kind: int, content: bytes = b"") -> bytes:
    """A record of an old workbook's stream."""
    return struct.pack("<HH", kind, len(content)) + content


def old_workbook(*records: bytes) -> bytes:
    """An old .xls whose globals hold such records and that has no sheets."""
    beginning = record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0))
    return compound({"Workbook": beginning + b"".join(records) + record(0x0A)})
