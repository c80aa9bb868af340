"""Texts of a workbook that look different in parts: raised digits and struck words, told as they look."""

import re
from html import unescape
from xml.sax.saxutils import escape

from adapters.documents.archive import Parts
from adapters.documents.texts import raised, struck

_RUN = re.compile(
    rb"(<(?:\w+:)?r>\s*<(?:\w+:)?rPr>)((?:(?!</).|</(?!(?:\w+:)?rPr>))*)"
    rb"(</(?:\w+:)?rPr>\s*<(?:\w+:)?t\b[^<>]*>)([^<]*)(</(?:\w+:)?t>)",
    re.DOTALL,
)
_IS_RAISED = re.compile(rb"""<(?:\w+:)?vertAlign\s+val=["']superscript["']""")
_IS_STRUCK = re.compile(rb"""<(?:\w+:)?strike(?:\s+val=["'](?:1|true)["'])?\s*/?>""")


def with_looks_told(parts: Parts) -> Parts:
    """The parts of a workbook with the texts of such runs as they look."""
    return {
        name: _RUN.sub(_told, part) if b"vertAlign" in part or b"strike" in part else part
        for name, part in parts.items()
    }


def _told(found: re.Match[bytes]) -> bytes:
    begin, properties, opening, text, closing = found.groups()
    told = unescape(text.decode("utf-8", "replace"))
    if _IS_STRUCK.search(properties):
        told = struck(told)
    elif _IS_RAISED.search(properties):
        told = raised(told)
    else:
        return found[0]
    return begin + properties + opening + escape(told).encode() + closing
