"""Program: passport, tree of elements, acts and amendments, documents that are cited."""

from collections.abc import Iterator
from datetime import date
from typing import ClassVar, Literal

from pydantic import StrictBool

from domain import cells
from domain.dates import (
    ALWAYS,
    PRELIMINARY,
    Assertion,
    Register,
    Restatement,
    Row,
    Timing,
    Viewpoint,
    Withdrawal,
    in_error,
    precedence,
)
from domain.event import Event, EventOfProgram, SourceCell, WithdrawsStatement
from domain.legal_act import Basis, Document, DocumentKind, basis_of, document_id
from domain.periods import Period
from domain.refusals import (
    DocumentFromTheFuture,
    NotAnAct,
    PeriodOutsideProgram,
    UnknownElement,
    UnknownExecutor,
)
from domain.values import Absent, CellValue, ElementKind, Identifier, Stated, Text, Value


class Municipality(Value):
    """Whose program it is. `zone` is its IANA time zone, `region` the region that oversees it (by
    ISO 3166-2, as RU-MOS); `invented` marks illustrations.
    """

    id: Identifier
    name: Text
    zone: str
    region: Identifier | None = None
    invented: StrictBool = False


class ProgramEvent(EventOfProgram):
    """An event of the Program aggregate."""

    @property
    def stream(self) -> str:
        return f"program/{self.program}"


class Registered(ProgramEvent):
    """A program was registered: whose it is and its first and last year."""

    topic: ClassVar = "program.registered.v1"
    municipality: Municipality
    first_year: int
    last_year: int

    def rows(self, position: int) -> Iterator[Row]:
        for field in ("first_year", "last_year"):
            value = Stated(value=str(getattr(self, field)))
            yield self.says(position, cells.passport(field), value)


class PassportSet(ProgramEvent):
    """A field of the passport was stated: title, code, customer, coordinator, a body's name, …"""

    topic: ClassVar = "program.passport_set.v1"
    field: str
    value: CellValue
    was: CellValue | None = None

    def rows(self, position: int) -> Iterator[Row]:
        yield self.says(position, cells.passport(self.field), self.value, was=self.was)


class ElementAdded(ProgramEvent):
    """An element of the tree came to exist. Its code is canonical; the printed one stands beside."""

    topic: ClassVar = "program.element_added.v1"
    element: Identifier
    kind: ElementKind
    name: Text = ""
    parent: Identifier | None = None
    number: str | None = None
    code: str | None = None
    printed_code: str | None = None
    was: CellValue | None = None

    def rows(self, position: int) -> Iterator[Row]:
        yield self.says(
            position, cells.element(self.element, "kind"), Stated(value=self.kind), was=self.was
        )
        for field in ("name", "parent", "number", "code"):
            if (text := getattr(self, field)) is not None and text != "":
                printed = self.printed_code or "" if field == "code" else ""
                value = Stated(value=text, printed=printed)
                yield self.says(position, cells.element(self.element, field), value)


class ElementChanged(ProgramEvent):
    """A field of an element (name, parent, number, code) was stated anew."""

    topic: ClassVar = "program.element_changed.v1"
    element: Identifier
    field: Literal["name", "parent", "number", "code"]
    value: CellValue
    was: CellValue | None = None

    def rows(self, position: int) -> Iterator[Row]:
        yield self.says(position, cells.element(self.element, self.field), self.value, was=self.was)


class ElementRemoved(ProgramEvent):
    """An element ceased to exist; what hangs on it is hidden with it."""

    topic: ClassVar = "program.element_removed.v1"
    element: Identifier
    value: Absent
    was: CellValue | None = None

    def rows(self, position: int) -> Iterator[Row]:
        yield self.says(position, cells.element(self.element, "kind"), self.value, was=self.was)


class AmendmentLine(Value):
    """One line of a decree: the cell, what it was, what it becomes, from and until when.

    `as_printed`: why «was» is recorded although it does not stand. `overlap`: whether a value of an
    earlier act that starts later is replaced or kept.
    """

    cell: str
    was: CellValue
    becomes: CellValue
    effective_on: date | None = None
    until_on: date | None = None
    as_printed: Text = ""
    overlap: Literal["replaces", "keeps"] | None = None
    at: SourceCell | None = None


class ActRecorded(ProgramEvent):
    """An act was recorded. A draft keeps its lines here and states nothing until it is signed."""

    topic: ClassVar = "program.act_recorded.v1"
    document: Document
    draft: StrictBool = False
    signs: str | None = None
    lines: tuple[AmendmentLine, ...] = ()
    restates: tuple[str, ...] = ()

    def rows(self, position: int) -> Iterator[Row]:
        yield from _requisites(self, position, self.document)
        if self.draft:
            status = cells.document(self.basis.document, "status")
            yield self.says(position, status, Stated(value="draft"), rank=PRELIMINARY)
        if self.signs:
            status = cells.document(self.signs, "status")
            yield self.says(position, status, Stated(value=f"signed:{self.basis.document}"))


class DocumentRecorded(ProgramEvent):
    """A paper that is no act was recorded (a report), or figures printed in any document that
    Letopis computes itself: sums, deviations, percents (control figures).
    """

    topic: ClassVar = "program.document_recorded.v1"
    document: Document | None = None
    figures: tuple["ControlFigure", ...] = ()

    def rows(self, position: int) -> Iterator[Row]:
        if self.document is not None:
            yield from _requisites(self, position, self.document)
        for figure in self.figures:
            value = Stated(value=figure.value or figure.printed, printed=figure.printed)
            yield self.says(position, figure.cell, value)


class ControlFigure(Value):
    """A printed figure that Letopis computes itself; `value` is the decimal, None for a dash."""

    cell: str
    printed: str
    value: str | None = None
    at: SourceCell | None = None


class AmendmentApplied(ProgramEvent):
    """A decree's lines were recorded as one unit. `restates`: prefixes of cells that it says anew."""

    topic: ClassVar = "program.amendment_applied.v1"
    lines: int
    restates: tuple[str, ...] = ()

    def rows(self, position: int) -> Iterator[Row]:
        for prefix in self.restates:
            yield Restatement(position, prefix, self.timing)


class ActWithdrawn(ProgramEvent):
    """An act (or one cell of it; its requisites stay) no longer counts: annulled or suspended by
    another act, or recorded in error. `effective_on` 0001-01-01 means «from the beginning».
    """

    topic: ClassVar = "program.act_withdrawn.v1"
    act: str
    cell: str | None = None
    recording_error: StrictBool = False
    reason: Text = ""

    def rows(self, position: int) -> Iterator[Row]:
        if not self.recording_error and self.cell is None:
            status = "annulled" if self.until_on is None else "suspended"
            cell = cells.document(self.act, "status")
            yield self.says(position, cell, Stated(value=f"{status}:{self.basis.document}"))
        yield Withdrawal(
            position,
            self.timing,
            self.recording_error,
            of_document=self.act,
            of_cell=self.cell,
            reason=self.reason,
        )


class StatementWithdrawn(WithdrawsStatement, ProgramEvent):
    """A statement of the Program aggregate was recorded in error."""

    topic: ClassVar = "program.statement_withdrawn.v1"


class FindingWaived(ProgramEvent):
    """A finding was accepted with a reason."""

    topic: ClassVar = "program.finding_waived.v1"
    rule: str
    cell: str
    reason: Text

    def rows(self, position: int) -> Iterator[Row]:
        yield self.says(position, cells.waiver(self.rule, self.cell), Stated(value=self.reason))


def _requisites(event: ProgramEvent, position: int, document: Document) -> Iterator[Row]:
    """Requisites are facts about documents, not effects: seen at every `as_of`."""
    printed = {
        "kind": document.kind.value,
        "type": document.type,
        "issuer": document.issuer,
        "title": document.title,
        "date": document.date.isoformat() if document.date else "",
        "number": document.number or "",
        "date_stated": str(document.date_stated).lower(),
        "in_force_on": document.in_force_on.isoformat() if document.in_force_on else "",
        "applies_from": document.applies_from.isoformat() if document.applies_from else "",
        "summary": document.summary,
        "content_stated": str(document.content_stated).lower(),
        "digest": document.digest,
    }
    for field, text in printed.items():
        if text:
            cell = cells.document(event.basis.document, field)
            yield event.says(position, cell, Stated(value=text))


# Deciders


def documents(register: Register) -> dict[str, dict[str, str]]:
    """All known documents with their requisites, annulled ones too."""
    found: dict[str, dict[str, str]] = {}
    for cell in register.of_kind("document"):
        _, identity, field = cells.parts(cell)
        said = _requisite(register, cell)
        if said is not None and isinstance(said.value, Stated):
            found.setdefault(identity, {})[field] = said.value.value
    return found


def _requisite(register: Register, cell: str) -> Assertion | None:
    """What is known of a document's requisite. An annulled act stays known; one in error does not."""
    known = (said for said in register.assertions[cell] if not in_error(register, said))
    return max(known, key=precedence, default=None)


def cite(
    register: Register, program: str, document: Document, today: date
) -> tuple[Basis, list[Event]]:
    """The basis that a document gives, and the event that records it if it is not yet known.

    The same number and date, or without a number the same title and date, is the same document. One
    that was recorded in error is not: its id is never given again, for nothing under it counts.
    Payment orders are cited by their postings and not recorded apart.
    Refuses: DocumentFromTheFuture.
    """
    if document.dated_on > today:
        raise DocumentFromTheFuture(dated_on=document.dated_on, today=today)
    if document.kind is DocumentKind.PAYMENT:
        return basis_of(document, document_id(document, ())), []
    known = documents(register)
    day = document.date.isoformat() if document.date else ""
    for identity, requisites in known.items():
        if (
            requisites.get("kind") == document.kind
            and requisites.get("date", "") == day
            and requisites.get("number", "") == (document.number or "")
            and (document.number or requisites.get("title", "") == document.title)
            and requisites.get("status") != "draft"
        ):
            return _known_basis(register, identity), []
    ever_used = {cells.parts(cell)[1] for cell in register.of_kind("document")}
    identity = document_id(document, ever_used)
    basis = basis_of(document, identity)
    kind = ActRecorded if document.kind is DocumentKind.ACT else DocumentRecorded
    return basis, [kind(program=program, basis=basis, effective_on=ALWAYS, document=document)]


def cite_act(
    register: Register, program: str, document: Document, today: date
) -> tuple[Basis, list[Event]]:
    """As `cite`, for what only an act may do. Refuses: NotAnAct, DocumentFromTheFuture."""
    if document.kind is not DocumentKind.ACT:
        raise NotAnAct(document=document.number or document.title or document.kind)
    return cite(register, program, document, today)


def _known_basis(register: Register, identity: str) -> Basis:
    said = _requisite(register, cells.document(identity, "kind"))
    if said is None or not isinstance(said.value, Stated):
        raise LookupError(identity)
    return basis_from(said.timing, DocumentKind(said.value.value))


def basis_from(timing: Timing, kind: DocumentKind | None = None) -> Basis:
    """The basis of a statement that is already recorded."""
    return Basis(
        document=timing.document,
        kind=kind or (DocumentKind.ACT if timing.is_act else DocumentKind.REPORT),
        dated_on=timing.dated_on,
        in_force_on=timing.in_force_on,
        day_order=timing.day_order,
    )


def years(register: Register, view: Viewpoint) -> tuple[int, int]:
    """First and last year of the program at a viewpoint."""
    first, last = (register.cell(cells.passport(f), view) for f in ("first_year", "last_year"))
    if first is None or last is None:
        return (1, 9999)
    return int(_text(first.value, "1")), int(_text(last.value, "9999"))


def _text(value: CellValue, otherwise: str) -> str:
    return value.value if isinstance(value, Stated) else otherwise


def require_period(register: Register, text: str, *, year_before: bool = False) -> Period:
    """The period within the program's years (`year_before`: also the year before the first, for
    the figure of last year). Refuses: NotAPeriod, PeriodOutsideProgram.
    """
    period = Period.parse(text)
    first, last = years(register, register.now_known)
    if not first - year_before <= period.year <= last:
        raise PeriodOutsideProgram(period=text, first=first, last=last)
    return period


def exists(register: Register, cell: str, view: Viewpoint) -> bool:
    """Whether the thing whose existence cell this is exists at the viewpoint."""
    said = register.cell(cell, view)
    return said is not None and isinstance(said.value, Stated)


def require_line(register: Register, program: str, line: cells.Line, view: Viewpoint) -> None:
    """Refuses (UnknownElement, UnknownExecutor) a budget line of things that do not exist."""
    if not exists(register, cells.element(line.element, "kind"), view):
        raise UnknownElement(element=line.element, program=program)
    if line.executor != "-" and not exists(register, cells.body(line.executor), view):
        raise UnknownExecutor(executor=line.executor, program=program)
