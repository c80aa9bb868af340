"""What a paper says of one cell, before anything is recorded."""

from dataclasses import dataclass, field
from datetime import date

from domain.cells import Line
from domain.event import SourceCell
from domain.values import CellValue


@dataclass(frozen=True, slots=True)
class Said:
    """A paper's statement about a cell (keys of `domain.cells`): the value as it would be recorded,
    with the printed text in it, and where in the paper it stands.

    `last_year`: printed as «факт за прошлый год». `source` cells `control:…` hold figures that Letopis
    computes itself.
    """

    cell: str
    value: CellValue
    at: SourceCell | None = None
    last_year: bool = False


@dataclass(frozen=True, slots=True)
class ActSaid:
    """An act that a paper lists (Form 3): its requisites as printed, without saying what it changed."""

    type: str
    issuer: str
    title: str
    date: str
    number: str
    summary: str
    at: SourceCell


@dataclass(frozen=True, slots=True)
class PaymentSaid:
    """A payment that a paper lists (a cash register): its order's number and day, and on which line
    what amount went out (rubles with two digits).
    """

    line: Line
    amount: str
    paid_on: date
    number: str
    at: SourceCell


@dataclass(frozen=True, slots=True)
class Unread:
    """A cell that could not be read, and why (Russian, with the text that stands there)."""

    at: SourceCell
    why: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something that was read and is not kept, and why (Russian)."""

    at: SourceCell
    why: str


Read = Said | ActSaid | PaymentSaid | Unread | LeftOut


@dataclass(slots=True)
class Sayings:
    """All that a paper says, in its order."""

    said: list[Said] = field(default_factory=list)
    acts: list[ActSaid] = field(default_factory=list)
    payments: list[PaymentSaid] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)

    def take(self, one: Read) -> None:
        match one:
            case Said():
                self.said.append(one)
            case ActSaid():
                self.acts.append(one)
            case PaymentSaid():
                self.payments.append(one)
            case Unread():
                self.unread.append(one)
            case LeftOut():
                self.left_out.append(one)


def not_a_number(printed: str) -> str:
    """Why a figure's cell could not be read."""
    lines = (" ".join(line.split()) for line in printed.splitlines())
    return f"не число: «{' / '.join(filter(None, lines))[:60]}»"
