"""A paper handed in: what it would change and what does not add up, then all of it recorded or nothing."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from application.access import RECORDS, Need, require
from application.commands.command import Foreseen, admitted, execute, preview
from application.intake.answers import Answers
from application.intake.compose import Taken, take_in
from application.intake.kinds import KINDS
from application.intake.paper import Paper
from application.intake.said import Unread
from application.intake.tables import TableSeen, tables_in
from application.ledger import Clock, History, Ledger, Receipt, Request
from application.ports import KeptPaper, Papers, ReadModel, RecordedQuery, TableMapping
from application.progress import Progress, Stage, unheard
from application.queries.findings import subject_of
from application.queries.viewpoint import DEFAULT_ZONE
from application.rules.catalogue import findings_at
from domain.access import Where
from domain.dates import Viewpoint
from domain.findings import Finding
from domain.legal_act import Document, DocumentKind
from domain.program import documents
from domain.refusals import UnknownProgram
from domain.state import State, state_of

_RECORDED_BY_PAPERS = ("program.document_recorded.v1", "program.act_recorded.v1")


@dataclass(frozen=True, slots=True)
class Office:
    """What handing a paper in needs: the log, the read model, the store of papers, the day of today."""

    ledger: Ledger
    model: ReadModel
    papers: Papers
    clock: Clock


@dataclass(frozen=True, slots=True)
class HandedIn:
    """What a paper came to. `changes`: was → becomes of every cell; `findings`: what does not add up in
    it or because of it; `known_as`: the document as which this very file is already recorded. `receipt`
    is there once it is recorded; `nothing_new`: all of it was known already.
    """

    program: str
    digest: str
    tables: tuple[TableSeen, ...]
    unread: tuple[Unread, ...]
    findings: tuple[Finding, ...]
    changes: Sequence[dict[str, Any]]
    nothing_new: bool
    known_as: str | None
    receipt: Receipt | None


def hand_in(
    office: Office,
    paper: Paper,
    content: bytes,
    answers: Answers,
    request: Request,
    *,
    dry_run: bool,
    remember: bool = False,
    progress: Progress = unheard,
) -> HandedIn:
    """Reads a paper against what Letopis knows and, unless it is a dry run, records it.

    The file is kept beside the history. `remember`: the answers' columns are how this municipality's
    tables are read from now on, which takes a right there. Refuses: AnswersNeeded, PaperUnread (nothing is
    recorded), NotAllowed, and whatever the commands refuse.
    """
    program = answers.program or (paper.mark.program if paper.mark else None)
    whose = office.model.program(program) if program else None
    history = _visible_history(office, program or "", request)
    if whose is not None:
        answers = _as_remembered(paper, answers, office.papers.mappings(whose.municipality))
    known_as = _document_of(office.model, program, paper.digest) if whose else None
    answers = answers.model_copy(
        update={"program": program, "document": answers.document or _requisites(history, known_as)}
    )
    today = _today(office.clock, answers, history)
    progress(Stage.TAKING_IN, 0, 0)
    state = _state(history, today) if history.exists else None
    municipality = whose.municipality if whose else getattr(answers.municipality, "id", "")
    met = office.papers.persons(municipality)
    taken = take_in(paper, answers, state, today, history.register, met)
    command = None if dry_run and taken.unread else taken.command
    outlook = _Outlook()
    receipt = None
    if command is not None:
        decided_on = history.copy()
        decision = command.decide(program or "", decided_on, today, progress)
        admitted(request, decided_on, decision.events)
        progress(Stage.CHECKING, 0, 0)
        outlook = _outlook(history, decided_on, today)
        if not dry_run:
            progress(Stage.RECORDING, 0, 0)
            office.papers.keep(KeptPaper(paper.digest, paper.name, content), program or "")
            office.papers.meet(municipality, met)
            receipt = execute(
                office.ledger,
                office.clock,
                program or "",
                command,
                replace(request, paper=paper.digest),
                foreseen=Foreseen(history, decision),
                progress=progress,
            )
    if remember and not dry_run:
        if receipt is None:  # nothing was recorded that takes a right
            require(request.caller, [Need(RECORDS)], history.where or Where("", municipality, None))
        _remember(office.papers, municipality, paper, taken, answers)
    return HandedIn(
        program=program or "",
        digest=paper.digest,
        tables=taken.tables,
        unread=taken.unread,
        findings=(*taken.findings, *outlook.findings),
        changes=outlook.changes,
        nothing_new=taken.nothing_new,
        known_as=known_as,
        receipt=receipt,
    )


def _visible_history(office: Office, program: str, request: Request) -> History:
    history = office.ledger.history(program)
    if history.where is not None and not request.caller.reads(history.where):
        raise UnknownProgram(program=program, exists="")
    return history


@dataclass(frozen=True, slots=True)
class _Outlook:
    """What would change, and the findings that there would be and are not yet."""

    changes: Sequence[dict[str, Any]] = ()
    findings: Sequence[Finding] = ()


def _outlook(before: History, after: History, today: date) -> _Outlook:
    known = set(_findings(before, today)) if before.exists else set[Finding]()
    findings = [one for one in _findings(after, today) if one not in known]
    return _Outlook(preview(before, after, today), findings)


def _findings(history: History, today: date) -> list[Finding]:
    view = Viewpoint(today, today, history.register.last_position)
    return findings_at(subject_of(history, view, state_of(history.register, view)))


def _state(history: History, today: date) -> State:
    return state_of(history.register, Viewpoint(today, today, history.register.last_position))


def _today(clock: Clock, answers: Answers, history: History) -> date:
    municipality = history.municipality or answers.municipality
    return clock.today(ZoneInfo(municipality.zone) if municipality else DEFAULT_ZONE)


def _as_remembered(paper: Paper, answers: Answers, remembered: dict[str, TableMapping]) -> Answers:
    """The answers with the mappings that were remembered for headers of these tables."""
    if not remembered:
        return answers
    _, seen, _ = tables_in(paper, KINDS, Answers())
    known = {
        number: one
        for table in seen
        if (one := remembered.get(header_key(table))) is not None
        and answers.kinds.get(number := str(table.number), one.kind) == one.kind
    }
    columns = {n: {**one.columns, **answers.columns.get(n, {})} for n, one in known.items()}
    return answers.model_copy(
        update={
            "kinds": {number: one.kind for number, one in known.items()} | answers.kinds,
            "columns": answers.columns | columns,
        }
    )


def _remember(
    papers: Papers, municipality: str, paper: Paper, taken: Taken, answers: Answers
) -> None:
    """By the headers as they are before any correction: so they are met again."""
    _, seen, _ = tables_in(paper, KINDS, Answers())
    for bare, table in zip(seen, taken.tables, strict=True):
        columns = answers.columns.get(str(table.number))
        if columns is not None and table.kind:
            papers.remember(municipality, header_key(bare), TableMapping(table.kind, columns))


def header_key(table: TableSeen) -> str:
    """The header of a table as it is recognized again."""
    return " ¦ ".join(table.header)


def _document_of(model: ReadModel, program: str | None, digest: str) -> str | None:
    """The document as which a file was recorded: the report if it is one, else the act."""
    found = [
        recorded.event.basis
        for topic in _RECORDED_BY_PAPERS
        for recorded in model.events(RecordedQuery(program=program, topic=topic, limit=100_000))
        if recorded.metadata.paper == digest and recorded.event is not None
    ]
    reports = [basis for basis in found if basis.kind is DocumentKind.REPORT]
    return (reports or found)[0].document if found else None


def _requisites(history: History, document: str | None) -> Document | None:
    """A known document as it would be cited."""
    if document is None:
        return None
    known = documents(history.register)[document]
    return Document(
        kind=DocumentKind(known["kind"]),
        type=known.get("type", ""),
        issuer=known.get("issuer", ""),
        title=known.get("title", ""),
        date=date.fromisoformat(known["date"]) if "date" in known else None,
        number=known.get("number"),
        date_stated=known.get("date_stated") == "true",
        content_stated=known.get("content_stated") == "true",
    )
