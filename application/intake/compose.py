"""Taking a paper in: what it says becomes the commands of any client, or is refused cell by cell."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from pydantic import ValidationError

from application.commands.command import Command
from application.commands.load_package import LoadPackage
from application.intake.answers import Answers
from application.intake.continuing import planned
from application.intake.doubts import left_out, restated
from application.intake.founding import registration
from application.intake.intake import Intake, read
from application.intake.known import Known
from application.intake.own import typed_over
from application.intake.paper import Paper
from application.intake.refused import AnswersNeeded, PaperMakesNoSense, PaperUnread
from application.intake.reported import acts, payments, reported
from application.intake.said import Said, Unread
from application.intake.tables import TableSeen
from domain import cells
from domain.dates import Register
from domain.findings import Finding
from domain.legal_act import Document, DocumentKind
from domain.periods import Period
from domain.state import State
from domain.values import CellValue

Composed = tuple[list[Command], list[Finding], list[Unread]]


@dataclass(frozen=True, slots=True)
class Taken:
    """What a paper comes to. `commands` record all that it says anew, `unread` are the cells that could
    not be read (nothing is recorded while there are any), `findings` warnings about the paper itself.
    """

    program: str
    commands: tuple[Command, ...]
    tables: tuple[TableSeen, ...]
    unread: tuple[Unread, ...]
    findings: tuple[Finding, ...]

    @property
    def nothing_new(self) -> bool:
        """Whether everything in the paper is known already."""
        return not self.commands and not self.unread

    @property
    def command(self) -> LoadPackage | None:
        """All of it as one command, None if there is nothing new. Refuses: PaperUnread."""
        if self.unread:
            raise PaperUnread.of(self.unread)
        return LoadPackage(commands=self.commands) if self.commands else None


def take_in(
    paper: Paper,
    answers: Answers,
    state: State | None,
    today: date,
    register: Register | None = None,
    met: dict[tuple[str, str], str] | None = None,
) -> Taken:
    """The commands that record what a paper says anew.

    `state` is what Letopis knows of the program (None: nothing), `register` all that was ever said of
    it, by which a payment or a restated figure is recognized when the paper comes again. `met`: the
    persons whom papers of the municipality have named; those named here first are added.
    Refuses: AnswersNeeded, PaperMakesNoSense.
    """
    intake = read(paper, answers, state, met)
    try:
        if state is None:
            commands, findings, unread = _founding(intake, answers)
        else:
            mark, said = paper.mark, intake.sayings.said
            typed = typed_over(mark, said, state) if mark else frozenset[str]()
            known = Known(state, register or Register(), own=mark is not None, typed=typed)
            commands, findings, unread = _continuing(intake, answers, known)
    except ValidationError as error:
        raise PaperMakesNoSense.of(error) from error
    program = answers.program or (paper.mark.program if paper.mark else "")
    return Taken(
        program=program,
        commands=tuple(commands),
        tables=intake.tables,
        unread=(*intake.sayings.unread, *_too_early(intake, today), *unread),
        findings=(*findings, *map(left_out, () if paper.mark else intake.sayings.left_out)),
    )


def _founding(intake: Intake, answers: Answers) -> Composed:
    """Everything that the paper says, on nothing."""
    said = intake.sayings.said
    registered = registration(said, answers)
    document = answers.document or registered.basis
    known = Known(State({}))
    told = [one for one in said if not known.says(one, "")]
    ends_on = registered.effective_on if _is_act(document) else _ends_on(intake, document)
    return (
        [
            registered,
            *acts(known.new_acts(intake.sayings.acts, registered.basis, document)),
            *reported(told, _facts(said, None), document, ends_on=ends_on),
            *payments(intake.sayings.payments),
        ],
        [],
        [],
    )


def _continuing(intake: Intake, answers: Answers, known: Known) -> Composed:
    """What the paper says anew. Refuses: AnswersNeeded (the paper's own requisites)."""
    document, said = answers.document or answers.basis, intake.sayings
    about = known.document(document)
    if document is not None and _is_act(document):
        known = known.before(document)
    fresh = [one for one in said.said if not known.says(one, about)]
    listed = [
        *acts(known.new_acts(said.acts, document)),
        *payments(known.new_payments(said.payments)),
    ]
    if not fresh:
        return listed, [], []
    changed, findings, unread = planned(fresh, known, document)
    if document is None:
        if not unread:
            raise AnswersNeeded.of("document")
        return listed, findings, unread
    ends_on = document.applies if _is_act(document) else _ends_on(intake, document)
    told = reported(fresh, _facts(said.said, known.state), document, ends_on=ends_on)
    return [*changed, *told, *listed], [*findings, *restated(fresh, known.state)], unread


def _is_act(document: Document) -> bool:
    return document.kind is DocumentKind.ACT


def _ends_on(intake: Intake, document: Document) -> date:
    """The last day that a report's figures are of."""
    period = intake.period or (str(intake.year) if intake.year else "")
    return Period.parse(period).last_day if period else document.dated_on


def _facts(said: Sequence[Said], state: State | None) -> dict[str, CellValue]:
    """The facts that the paper says, else those that are known."""
    known = state.cells if state else {}
    found = {cell: one.value for cell, one in known.items() if cell.startswith("fact:")}
    return found | {one.cell: one.value for one in said if one.cell.startswith("fact:")}


def _too_early(intake: Intake, today: date) -> Iterator[Unread]:
    """What is told of a day that has not come, or of a period that has not ended."""
    for act in intake.sayings.acts:
        if date.fromisoformat(act.date) > today:
            yield Unread(act.at, f"дата ещё не наступила: {act.date}")
    for paid in intake.sayings.payments:
        if paid.paid_on > today:
            yield Unread(paid.at, f"дата ещё не наступила: {paid.paid_on}")
    ended = dict[str, bool]()
    for one in intake.sayings.said:
        match cells.parts(one.cell):
            case ["fact", _, period] if one.at is not None:
                if period not in ended:
                    ended[period] = Period.parse(period).last_day <= today
                if not ended[period]:
                    yield Unread(one.at, f"период {period} ещё не закончился")
