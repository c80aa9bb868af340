"""What Letopis knows already, as a paper's sayings are held against it."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from application.intake.reported import control_value
from application.intake.said import ActSaid, PaymentSaid, Said
from application.intake.text import folded
from domain import cells
from domain.cells import Line
from domain.dates import Register, Viewpoint, in_error
from domain.legal_act import Document, DocumentKind, document_id
from domain.state import State, state_of
from domain.values import NOT_STATED, Absent, CellValue, FundingSource, Stated, money, same


@dataclass(frozen=True, slots=True)
class Known:
    """A program as it stands, and with `register` all that was ever said of it: what a document has
    said already it does not say anew, even where another one prevails. `own`: the paper is one of
    Letopis' own forms, `typed` the computed figures in it that somebody typed over.
    """

    state: State
    register: Register = field(default_factory=Register)
    own: bool = False
    typed: frozenset[str] = frozenset()

    def says(self, one: Said, document: str) -> bool:
        """Whether a saying is nothing new. What Letopis computes itself is nobody's statement on its own
        forms.
        """
        kind = cells.parts(one.cell)[0]
        if kind == "control":
            if self.own and one.cell not in self.typed:
                return True
            return self._stands(one, control_value(one.value), document)
        if kind == "cash-report" and self.own and self._is_paid(one):
            return True
        return self._stands(one, one.value, document)

    def before(self, act: Document) -> "Known":
        """What an act found when it was adopted, whatever was adopted since."""
        edition = (act.dated_on, act.order)
        view = Viewpoint(
            max(act.applies, act.counts_from), act.dated_on, self.register.last_position, edition
        )
        found = state_of(self.register, view)
        return replace(self, state=found) if self.register.assertions else self

    def new_acts(self, said: Iterable[ActSaid], *besides: Document | None) -> Iterator[ActSaid]:
        """The acts that are not known yet, by date and number."""
        met = {
            (one.date.isoformat() if one.date else "", folded(one.number or ""))
            for one in besides
            if one is not None
        }
        for cell in self.state.cells:
            match cells.parts(cell):
                case ["document", id_, "date"]:
                    number = self.state.text(cells.document(id_, "number"))
                    met.add((self.state.text(cell) or "", folded(number or "")))
        for act in said:
            if (act.date, folded(act.number)) not in met:
                met.add((act.date, folded(act.number)))
                yield act

    def new_payments(self, said: Iterable[PaymentSaid]) -> Iterator[PaymentSaid]:
        """The payments that are not recorded: an order may pay a line several times."""
        recorded = Counter(
            (posting.cell, posting.timing.document, format(posting.amount, "f"))
            for postings in self.register.postings.values()
            for posting in postings
        )
        for one in said:
            order = Document(kind=DocumentKind.PAYMENT, date=one.paid_on, number=one.number)
            key = (cells.cash(one.line), document_id(order, ()), one.amount)
            if recorded[key]:
                recorded[key] -= 1
            else:
                yield one

    def document(self, document: Document | None) -> str:
        """The id of a document that is known, "" of another."""
        if document is None:
            return ""
        day = document.date.isoformat() if document.date else None
        for cell in self.state.cells:
            match cells.parts(cell):
                case ["document", id_, "kind"] if self.state.text(cell) == document.kind:
                    of = {
                        field: self.state.text(cells.document(id_, field))
                        for field in ("date", "number", "title")
                    }
                    titled = document.number or (of["title"] or "") == document.title
                    if (of["date"], of["number"]) == (day, document.number or None) and titled:
                        return id_
        return ""

    def _stands(self, one: Said, value: CellValue, document: str) -> bool:
        said = self.state.said(one.cell)
        if said is not None and self._agree(said.value, value):
            return True
        if said is None and same(value, NOT_STATED):
            return True
        return any(
            document == earlier.timing.document
            and self._agree(earlier.value, value)
            and not in_error(self.register, earlier)
            for earlier in self.register.assertions.get(one.cell, ())
        )

    def _agree(self, known: CellValue, value: CellValue) -> bool:
        if same(known, value):
            return True
        if isinstance(known, Absent) or isinstance(value, Absent):
            return self.own and isinstance(known, Absent) and isinstance(value, Absent)
        return folded(known.value) == folded(value.value)

    def _is_paid(self, one: Said) -> bool:
        """Whether the payments recorded add up to the cash that Letopis printed."""
        _, year, element, executor, source, _ = cells.parts(one.cell)
        line = Line(int(year), element, executor, FundingSource(source))
        paid = self.state.moved.get(cells.cash(line))
        amount = money(one.value.value) if isinstance(one.value, Stated) else None
        return paid is not None and paid.amount == amount
