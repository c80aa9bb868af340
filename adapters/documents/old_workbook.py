"""An old .xls before a parser gets it: whether it is one, and whether it is safe."""

import struct
from collections.abc import Iterator, Mapping

from adapters.documents.compound import Compound
from adapters.documents.number_formats import BUILT_IN, scale_of, scaled_text
from domain.refusals import (
    PaperEncrypted,
    PaperHasMacros,
    PaperReachesOutside,
    PaperUnknownFormat,
)

_WORKBOOKS = ("Workbook", "Book")
_MACROS = ("_VBA_PROJECT_CUR", "_VBA_PROJECT")
_BEGINNINGS, _END = {0x09, 0x209, 0x409, 0x809}, 0x0A
_FILEPASS, _BOOK_REFERRED_TO, _SHEET = 0x2F, 0x1AE, 0x85
_FORMAT, _STYLE, _NUMBER, _RK, _MANY_RK = 0x41E, 0xE0, 0x203, 0x27E, 0xBD
_FEWEST, _SHORTEST = 10, 14
_ERROR_OR_TRUTH, _FORMULAS = 0x205, {0x06, 0x206, 0x406}
_NAMES = {
    0: "#NULL!",
    7: "#DIV/0!",
    15: "#VALUE!",
    23: "#REF!",
    29: "#NAME?",
    36: "#NUM!",
    42: "#N/A",
}
_OWN = {0x0401, 0x3A01}
"""References within the workbook itself and to functions of add-ins."""


def errors_of_old_workbook(content: bytes) -> dict[int, dict[tuple[int, int], str]]:
    """Its errors, as #DIV/0!, and numbers that are shown as per cent or in thousands, by sheet (counted
    from 0) and place.

    Refuses PaperEncrypted, PaperUnknownFormat, PaperHasMacros, PaperReachesOutside, PaperBroken.
    """
    compound = Compound(content)
    if "EncryptedPackage" in compound.entries:
        raise PaperEncrypted(part="EncryptedPackage")
    if "WordDocument" in compound.entries:
        raise PaperUnknownFormat(what=("старый Word (.doc)", "an old Word document (.doc)"))
    name = next((name for name in _WORKBOOKS if name in compound.entries), None)
    if name is None:
        raise PaperUnknownFormat(
            what=("составной файл без книги", "a compound file of no workbook")
        )
    for macros in _MACROS:
        if macros in compound.entries:
            raise PaperHasMacros(part=macros)
    stream = compound.stream(name)
    sheets: list[int] = []
    codes, formats = dict(BUILT_IN), list[int]()
    for kind, record in _records(stream, 0):
        if kind == _FILEPASS:
            raise PaperEncrypted(part=name)
        if kind == _BOOK_REFERRED_TO and _length_of_name(record) not in _OWN:
            raise PaperReachesOutside(part=name, target=_printable(record))
        if kind == _SHEET:
            sheets.append(int.from_bytes(record[:4], "little"))
        if kind == _FORMAT and name == _WORKBOOKS[0]:
            codes[int.from_bytes(record[:2], "little")] = _printable(record[1:])
        if kind == _STYLE:
            formats.append(int.from_bytes(record[2:4], "little"))
    scales = {place: scale_of(codes.get(number, "")) for place, number in enumerate(formats)}
    scales = {place: scale for place, scale in scales.items() if scale}
    return {
        place: dict(_errors(stream, start)) | dict(_scaled(stream, start, scales))
        for place, start in enumerate(sheets)
    }


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """The records from a beginning to its end."""
    depth = 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        yield kind, stream[at + 4 : at + 4 + length]
        depth += (kind in _BEGINNINGS) - (kind == _END)
        if depth <= 0:
            break
        at += 4 + length


def _errors(stream: bytes, start: int) -> Iterator[tuple[tuple[int, int], str]]:
    for kind, record in _records(stream, start):
        code = None
        if kind == _ERROR_OR_TRUTH and record[7:8] == b"\1":
            code = record[6]
        elif kind in _FORMULAS and record[6:7] == b"\2" and record[12:14] == b"\xff\xff":
            code = record[8]
        if code is not None:
            yield struct.unpack_from("<HH", record), _NAMES.get(code, "#ERR!")


def _scaled(
    stream: bytes, start: int, scales: Mapping[int, int]
) -> Iterator[tuple[tuple[int, int], str]]:
    """The numbers whose format shifts the point, as they are shown."""
    for kind, record in _records(stream, start) if scales else ():
        for row, column, style, value in _numbers(kind, record):
            if scale := scales.get(style):
                yield (row, column), scaled_text(value, scale)


def _numbers(kind: int, record: bytes) -> Iterator[tuple[int, int, int, float]]:
    """The numbers of a record: row, column, style, value."""
    row, column = struct.unpack_from("<HH", record) if len(record) >= _FEWEST else (0, 0)
    if kind == _RK and len(record) >= _FEWEST:
        yield row, column, *_packed(record[4:10])
    elif kind == _MANY_RK:
        for n in range((len(record) - 6) // 6):
            yield row, column + n, *_packed(record[4 + 6 * n : 10 + 6 * n])
    elif len(record) >= _SHORTEST and (
        kind == _NUMBER or (kind in _FORMULAS and record[12:14] != b"\xff\xff")
    ):
        yield row, column, *struct.unpack_from("<Hd", record, 4)


def _packed(record: bytes) -> tuple[int, float]:
    """A style, and a number packed into four bytes: the head of a double or an integer, perhaps of
    hundredths.
    """
    style, packed = struct.unpack("<HI", record)
    if packed & 2:
        value = float(struct.unpack("<i", struct.pack("<I", packed))[0] >> 2)
    else:
        (value,) = struct.unpack("<d", struct.pack("<Q", (packed & 0xFFFFFFFC) << 32))
    return style, value / 100 if packed & 1 else value


def _length_of_name(record: bytes) -> int:
    return int.from_bytes(record[2:4], "little")


def _printable(record: bytes) -> str:
    text = record[4:].decode("utf-16-le" if record[4:5] == b"\1" else "latin-1", "replace")
    return "".join(sign for sign in text if sign.isprintable())[:200]
