"""A paragraph of a Word paper as a line of text: insertions in; deletions and codes of fields out."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from lxml import etree

from adapters.documents.markup import WORD, local_name
from adapters.documents.texts import raised, struck
from domain.refusals import PaperReachesOutside

SEEN_THROUGH = frozenset({"sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo"})
"""What wraps paragraphs, tables, rows and cells without meaning to the reader."""
_PASSED_OVER = frozenset(
    {"pPr", "rPr", "sdtPr", "sdtEndPr", "del", "moveFrom", "delText", "delInstrText", "rt"}
    | {"drawing", "pict", "object", "txbxContent"}
)
_MARKS = {"tab": "\t", "ptab": "\t", "cr": "\n", "noBreakHyphen": "-"}
_SYMBOLS = {"2D": "−", "A3": "≤", "B0": "°", "B1": "±", "B3": "≥", "B4": "×", "B7": "•"}
"""Of the font Symbol, by their low byte."""
_PRIVATE = "\uf000"
_REACHING = re.compile(r"\s*(?:DDEAUTO|DDE|LINK|INCLUDETEXT)\b", re.IGNORECASE)
_OFF = {"0", "false", "off"}


def chosen(alternatives: etree._Element) -> etree._Element:
    """Of contents for newer and older programs the first, which says all that the others say."""
    return next(iter(alternatives), alternatives)


def line_of(paragraph: etree._Element) -> str:
    """The text of a paragraph. Refuses (PaperReachesOutside) fields that fetch from other files."""
    line = _Line()
    line.gather(paragraph)
    while line.codes:
        line.close_code()
    return "".join(line.pieces)


def text_boxes(paragraph: etree._Element) -> Iterator[etree._Element]:
    """The text boxes that are anchored in a paragraph, each once."""
    for one in paragraph:
        name = local_name(one)
        if name == "txbxContent":
            yield one
        elif name == "AlternateContent":
            yield from text_boxes(chosen(one))
        elif name not in {"del", "moveFrom"}:
            yield from text_boxes(one)


@dataclass(slots=True)
class _Line:
    """`codes` are the fields that are open, each with its code as far as read or None once its result
    follows; `hidden` counts the former.
    """

    pieces: list[str] = field(default_factory=list)
    codes: list[list[str] | None] = field(default_factory=list)
    hidden: int = 0
    look: Callable[[str], str] = str

    def gather(self, within: etree._Element) -> None:
        for one in within:
            match local_name(one):
                case "t":
                    self.say(one.text or "")
                case "tab" | "ptab" | "cr" | "noBreakHyphen" as mark:
                    self.say(_MARKS[mark])
                case "br":
                    self.say(
                        "\n" if one.get(f"{WORD}type", "textWrapping") == "textWrapping" else ""
                    )
                case "sym":
                    self.say(_symbol(one.get(f"{WORD}char", "")))
                case "instrText":
                    if self.codes and (code := self.codes[-1]) is not None:
                        code.append(one.text or "")
                case "fldChar":
                    self.turn(one.get(f"{WORD}fldCharType", ""))
                case "fldSimple":
                    _check_code(one.get(f"{WORD}instr", ""))
                    self.gather(one)
                case "AlternateContent":
                    self.gather(chosen(one))
                case "den":
                    self.say("/")
                    self.gather(one)
                case "r" if _is_on(one, "vanish"):
                    pass
                case "r":
                    outer, self.look = self.look, _look_of(one)
                    self.gather(one)
                    self.look = outer
                case name if name not in _PASSED_OVER:
                    self.gather(one)

    def say(self, text: str) -> None:
        if not self.hidden:
            self.pieces.append(self.look(text))

    def turn(self, edge: str) -> None:
        """At the beginning of a field, between its code and its result, and at its end."""
        if edge == "begin":
            self.codes.append([])
            self.hidden += 1
        elif edge in {"separate", "end"} and self.codes:
            self.close_code()
            if edge == "separate":
                self.codes.append(None)

    def close_code(self) -> None:
        """Takes the innermost field away."""
        if (code := self.codes.pop()) is not None:
            self.hidden -= 1
            _check_code("".join(code))


def _check_code(code: str) -> None:
    if _REACHING.match(code):
        raise PaperReachesOutside(part=("поле", "a field"), target=code.strip()[:200])


def _is_on(run: etree._Element, name: str) -> bool:
    """Whether a run has a property that is there or not."""
    found = run.find(f"{WORD}rPr/{WORD}{name}")
    return found is not None and found.get(f"{WORD}val") not in _OFF


def _look_of(run: etree._Element) -> Callable[[str], str]:
    """How a run's text looks where that tells it from the text around it."""
    if _is_on(run, "strike") or _is_on(run, "dstrike"):
        return struck
    place = run.find(f"{WORD}rPr/{WORD}vertAlign")
    return raised if place is not None and place.get(f"{WORD}val") == "superscript" else str


def _symbol(code: str) -> str:
    """A sign of a font of signs, by its hexadecimal number."""
    if not re.fullmatch("[0-9A-Fa-f]{4}", code):
        return ""
    sign = chr(int(code, 16))
    return _SYMBOLS.get(code[2:].upper(), sign) if sign >= _PRIVATE else sign
