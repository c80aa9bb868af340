"""How a number format shifts the point of what it shows: 0.912 is read as 91.2% where a sheet shows that."""

import re
from collections.abc import Mapping
from decimal import Decimal

from adapters.documents.archive import Parts
from adapters.documents.markup import local_name, tree_of

BUILT_IN = {9: "0%", 10: "0.00%"}
_SHOWN_AS_IS = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_THOUSANDS = re.compile(r"[0#?](,+)(?![0#?,])")
_STYLES = re.compile(r"xl/(?:\w+/)*styles\w*\.xml", re.IGNORECASE)
_CELL = re.compile(
    rb"(<(?:\w+:)?c\s[^<>]*>)(\s*(?:<(?:\w+:)?f\b(?:[^<>]*/>|[^<>]*>[^<]*</(?:\w+:)?f>))?\s*)"
    rb"(<(?:\w+:)?v>)\s*([-+0-9.eE]+)\s*(</(?:\w+:)?v>)"
)
_STYLE = re.compile(rb"""\ss=["'](\d{1,6})["']""")
_TYPE = re.compile(rb"""\st=["'](\w+)["']""")


def scale_of(code: str) -> int:
    """The power of ten between a number and what its format shows: 2 for per cent, -3 for thousands."""
    shown = _SHOWN_AS_IS.sub("", code).partition(";")[0]
    return 2 * shown.count("%") - 3 * sum(len(found[1]) for found in _THOUSANDS.finditer(shown))


def scaled_text(value: float, scale: int) -> str:
    """A number as its format shows it, to the fifteen digits that a sheet has, never rounded further.

    >>> scaled_text(0.912, 2), scaled_text(1129010.0, -3)
    ('91.2%', '1129.01')
    """
    shown = Decimal(f"{value:.15g}").scaleb(scale)
    text = format(shown, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return f"{text}%" if scale > 0 else text


def with_shown_scales(parts: Parts) -> Parts:
    """The parts of a workbook, its numbers that are shown as per cent or in thousands turned into texts."""
    scales = {
        place: scale
        for name in parts
        if _STYLES.fullmatch(name)
        for place, scale in _scales(parts, name).items()
    }
    if not scales:
        return parts
    return {
        name: _CELL.sub(lambda found: _as_shown(found, scales), part)
        if b"sheetData" in part
        else part
        for name, part in parts.items()
    }


def _scales(parts: Parts, name: str) -> dict[int, int]:
    """The styles of cells whose formats shift the point, by their place in the list of styles."""
    root = tree_of(parts, name)
    codes = dict(BUILT_IN)
    formats: list[int] = []
    for one in root.iter():
        match local_name(one):
            case "numFmt" if one.get("numFmtId", "").isdigit():
                codes[int(one.get("numFmtId", ""))] = one.get("formatCode", "")
            case "cellXfs":
                given = (xf.get("numFmtId", "") for xf in one if local_name(xf) == "xf")
                formats = [int(text) if text.isdigit() else 0 for text in given]
    found = {place: scale_of(codes.get(number, "")) for place, number in enumerate(formats)}
    return {place: scale for place, scale in found.items() if scale}


def _as_shown(found: re.Match[bytes], scales: Mapping[int, int]) -> bytes:
    begin, formula, opening, value, closing = found.groups()
    style, kind = _STYLE.search(begin), _TYPE.search(begin)
    scale = scales.get(int(style[1]), 0) if style else 0
    if not scale or (kind and kind[1] != b"n"):
        return found[0]
    try:
        text = scaled_text(float(value), scale)
    except (ValueError, OverflowError, ArithmeticError):
        return found[0]
    begin = _TYPE.sub(b"", begin)
    return begin[:-1] + b' t="str">' + formula + opening + text.encode() + closing
