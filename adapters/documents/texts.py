"""Texts as they leave a file: ordinary line ends, no control characters, limited in all."""

import re
from dataclasses import dataclass

from adapters.documents import limits

_LINE_END = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_UNSEEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""Control characters, and those that turn the direction of what is read."""

_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_STROKE = "\u0336"


def clean(text: str) -> str:
    """The text without what nobody sees and no database stores."""
    return _UNSEEN.sub("", _LINE_END.sub("\n", text))


def raised(text: str) -> str:
    """The text as it stands above the line: «1» after a figure is a note and no digit of it.

    >>> raised("1")
    '¹'
    """
    return text.translate(_RAISED)


def struck(text: str) -> str:
    """The text with the stroke through it that one sees: what is struck out is no figure and no name."""
    return "".join(sign if sign.isspace() else f"{sign}{_STROKE}" for sign in text)


@dataclass(slots=True)
class Measure:
    """How much of a file has been read. Refuses (PaperTooLarge) when it gets too much."""

    cells: int = 0
    letters: int = 0

    def take_table(self, rows: int, columns: int) -> None:
        """Before its places are made."""
        limits.at_most(limits.COLUMNS, columns, limits.COLUMNS_)
        self.cells += rows * columns
        limits.at_most(limits.CELLS, self.cells, limits.CELLS_)

    def take_text(self, text: str, times: int = 1) -> str:
        """The text, cleaned. It stands there so many times."""
        self.letters += len(text) * times
        limits.at_most(limits.LETTERS, self.letters, limits.LETTERS_)
        return clean(text)
