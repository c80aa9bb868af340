"""Documents: acts, reports, payment orders. A statement counts from its document's dates."""

import datetime as dt
import re
from collections.abc import Iterable
from enum import StrEnum
from typing import Self

from pydantic import Field, StrictBool, model_validator

from domain.dates import ALWAYS, Edition, Timing
from domain.values import Day, Text, Value


class DocumentKind(StrEnum):
    """An act is bounded by an edition; reports and payments obey «по документам на» only."""

    ACT = "act"
    REPORT = "report"
    PAYMENT = "payment"
    MEMO = "memo"


class Document(Value):
    """A document as its requisites are printed.

    `date` None: the program's own unknown act (nothing but an act), which sorts before every dated
    document.
    `date_stated` false: the date is assumed. `in_force_on`: first day from which it counts (left out:
    its date). `applies_from`: first day to which its lines apply (left out: in_force_on).
    `day_order`: its place within its day (left out: the number's leading digits).
    `digest`: SHA-256 of the file. `content_stated` false: what it changed is not known.
    """

    kind: DocumentKind
    type: Text = ""
    issuer: Text = ""
    title: Text = ""
    date: Day | None = None
    number: str | None = Field(default=None, max_length=100)
    date_stated: StrictBool = True
    in_force_on: Day | None = None
    applies_from: Day | None = None
    day_order: int | None = Field(default=None, ge=0, le=999_999_999)
    summary: Text = ""
    content_stated: StrictBool = True
    digest: str = ""

    @model_validator(mode="after")
    def dated(self) -> Self:
        if self.date is None and self.kind is not DocumentKind.ACT:
            msg = "у документа должна быть дата (date)"
            raise ValueError(msg)
        return self

    @property
    def dated_on(self) -> dt.date:
        return self.date or ALWAYS

    @property
    def order(self) -> int:
        """Place within the day: explicit, else the number's leading digits, else 0."""
        if self.day_order is not None:
            return self.day_order
        digits = re.match(r"\s*(\d{1,9})", self.number or "")
        return int(digits[1]) if digits else 0

    @property
    def counts_from(self) -> dt.date:
        return self.in_force_on or self.dated_on

    @property
    def applies(self) -> dt.date:
        """First day to which its lines apply unless a line says otherwise."""
        return self.applies_from or self.counts_from


class Basis(Value):
    """The document behind an event: its id and the dates that the winner rule needs."""

    document: str
    kind: DocumentKind
    dated_on: dt.date
    in_force_on: dt.date
    day_order: int = 0

    def timing(self, effective_on: dt.date, until_on: dt.date | None) -> Timing:
        return Timing(
            effective_on=effective_on,
            dated_on=self.dated_on,
            document=self.document,
            in_force_on=self.in_force_on,
            day_order=self.day_order,
            until_on=until_on,
            is_act=self.kind is DocumentKind.ACT,
        )

    @property
    def edition(self) -> Edition:
        return (self.dated_on, self.day_order)


def document_id(document: Document, taken: Iterable[str]) -> str:
    """`2021-03-24-55`; without a number `2021-03-24-a`, undated `undated-a`. An id that is taken (by
    another kind of document, or in error) gets the next free letter: `2021-03-24-55-a`.
    """
    day = document.date.isoformat() if document.date else "undated"
    if document.number:
        number = re.sub(r"[:/\s]+", "_", document.number.strip())
        identity = f"{day}-{number}"
        return next_serial(identity, taken) if identity in set(taken) else identity
    return next_serial(day, taken)


def next_serial(prefix: str, taken: Iterable[str]) -> str:
    """The prefix with the next free letter: a … z, then aa, ab, …"""
    used = set(taken)
    letters = "abcdefghijklmnopqrstuvwxyz"
    serials = [*letters, *(one + two for one in letters for two in letters)]
    return next(f"{prefix}-{serial}" for serial in serials if f"{prefix}-{serial}" not in used)


def basis_of(document: Document, identity: str) -> Basis:
    """The basis that a document gives to its statements."""
    return Basis(
        document=identity,
        kind=document.kind,
        dated_on=document.dated_on,
        in_force_on=document.counts_from,
        day_order=document.order,
    )
