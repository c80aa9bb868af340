"""A decree is the unit of change: its lines over all aggregates, each «was» checked, or none."""

from collections.abc import Iterable
from datetime import date, timedelta

from domain import budget, cells, indicator, program, road_map
from domain.dates import (
    ALWAYS,
    Assertion,
    Register,
    Restatement,
    Viewpoint,
    in_error,
    provisional,
    standing,
)
from domain.event import Event
from domain.legal_act import Basis, Document, basis_of, next_serial
from domain.program import AmendmentLine, basis_from, cite_act, documents
from domain.refusals import (
    ContentNotStated,
    DocumentFromTheFuture,
    LineMalformed,
    OverlapUndecided,
    SameDayTie,
    UnknownAct,
    WasDoesNotStand,
)
from domain.statement import event_of, unstated
from domain.values import (
    NOT_STATED,
    Stated,
    same,
    shown,
)


def amend(
    register: Register,
    name: str,
    act: Document,
    lines: Iterable[AmendmentLine],
    restates: Iterable[str],
    today: date,
    *,
    signs: str | None = None,
) -> list[Event]:
    """Everything that one decree changes, in the order of its lines.

    `register` is left with the decided statements in it (provisionally), so that each line sees the
    act's own earlier steps. With `signs` the draft's lines and restated parts are the act's.

    Refuses: NotAnAct, DocumentFromTheFuture, ContentNotStated, UnknownAct (no such draft), NotACell,
    LineMalformed, UnknownIndicator, UnknownElement, UnknownExecutor, UnknownProcedure,
    EffectBeforeExistence, NotAPeriod, PeriodOutsideProgram, NotANumber, NotMoney, SameDayTie,
    OverlapUndecided, WasDoesNotStand.
    """
    lines, restates = tuple(lines), tuple(restates)
    if act.dated_on > today:
        raise DocumentFromTheFuture(dated_on=act.dated_on, today=today)
    if bool(lines or restates) != act.content_stated:
        raise ContentNotStated(act=act.number or act.title)
    basis, recorded = cite_act(register, name, act, today)
    if not recorded and lines:
        recorded = _content_now_stated(register, name, act, basis)
    if signs:
        recorded = [_signed(register, name, act, basis, signs)]
    events = [
        *recorded,
        program.AmendmentApplied(
            program=name, basis=basis, effective_on=act.applies, lines=len(lines), restates=restates
        ),
    ]
    _take(register, events)
    for line in lines:
        decided = _line(register, name, basis, act, line)
        _take(register, decided)
        events += decided
    omitted = _omitted(register, name, basis, act, restates)
    _take(register, omitted)
    return events + omitted


def draft(
    register: Register,
    name: str,
    act: Document,
    lines: Iterable[AmendmentLine],
    restates: Iterable[str],
    today: date,
) -> list[Event]:
    """A draft: recorded with its lines, states nothing, shows as a draft. Signing writes it."""
    identity = next_serial("draft", documents(register))
    basis = basis_of(act.model_copy(update={"date": act.date or today}), identity)
    return [
        program.ActRecorded(
            program=name,
            basis=basis,
            effective_on=ALWAYS,
            document=act,
            draft=True,
            lines=tuple(lines),
            restates=tuple(restates),
        )
    ]


def _signed(
    register: Register, name: str, act: Document, basis: Basis, draft_id: str
) -> program.ActRecorded:
    status = register.cell(cells.document(draft_id, "status"), register.now_known)
    if status is None or status.value != Stated(value="draft"):
        raise UnknownAct(act=draft_id, program=name)
    return program.ActRecorded(
        program=name, basis=basis, effective_on=ALWAYS, document=act, signs=draft_id
    )


def _content_now_stated(register: Register, name: str, act: Document, basis: Basis) -> list[Event]:
    """An act known only by its requisites has its requisites said anew once its lines come in."""
    if documents(register)[basis.document].get("content_stated") == "true":
        return []
    return [program.ActRecorded(program=name, basis=basis, effective_on=ALWAYS, document=act)]


def _take(register: Register, events: Iterable[Event]) -> None:
    position = register.last_position
    for event in events:
        position += 1
        register.take(provisional(event.rows(position), position))
    register.last_position = position  # an event without rows has its position too


def _line(
    register: Register, name: str, basis: Basis, act: Document, line: AmendmentLine
) -> list[Event]:
    effective_on = line.effective_on or act.applies
    as_of = max(effective_on, basis.in_force_on)
    view = Viewpoint(as_of, basis.dated_on, register.last_position, basis.edition)
    _no_tie(register, basis, line.cell)
    for said in register.living(line.cell):
        if said.timing.document == basis.document and said.timing.effective_on == effective_on:
            raise LineMalformed(
                cell=line.cell,
                why=(
                    "акт уже называет эту ячейку с того же дня",
                    "the act already names this cell from the same day",
                ),
            )
    until_on, cut = _overlap(register, name, basis, line, effective_on)
    stands = register.cell(line.cell, view)
    value = stands.value if stands else NOT_STATED
    if not same(line.was, value) and not line.as_printed:
        raise WasDoesNotStand(
            cell=line.cell,
            was=shown(line.was),
            as_of=as_of,
            stands=shown(value),
            document=stands.timing.document if stands else "—",
        )
    said_by_line = event_of(
        register,
        name,
        basis,
        line.cell,
        line.becomes,
        effective_on,
        view,
        until_on=until_on,
        was=line.was,
    ).model_copy(update={"at": line.at})
    return [*cut, said_by_line, *late_omissions(register, name, said_by_line)]


def _no_tie(register: Register, basis: Basis, cell: str) -> None:
    for other in register.living(cell):
        if (
            other.timing.is_act
            and other.timing.document != basis.document
            and other.timing.edition == basis.edition
        ):
            raise SameDayTie(cell=cell, other=other.timing.document, day_order=basis.day_order)


def _overlap(
    register: Register, name: str, basis: Basis, line: AmendmentLine, effective_on: date
) -> tuple[date | None, list[Event]]:
    """Where an earlier act's value starts after a later act's, the line must say what becomes of it.

    `keeps` ends the later act's statement on the eve of the earlier act's; if the later one is
    already recorded, it is withdrawn and said anew with that end.
    """
    until_on, cut = line.until_on, list[Event]()
    day = timedelta(days=1)
    for other in register.living(line.cell):
        their = other.timing
        if not their.is_act or their.document == basis.document:
            continue
        ours_is_later = basis.edition > their.edition
        late_start, open_end = (
            (their.effective_on, line.until_on) if ours_is_later else (effective_on, their.until_on)
        )
        early_start = effective_on if ours_is_later else their.effective_on
        if late_start <= early_start or (open_end is not None and open_end < late_start):
            continue
        if line.overlap is None:
            earlier, later = (
                (their.document, basis.document)
                if ours_is_later
                else (basis.document, their.document)
            )
            raise OverlapUndecided(
                cell=line.cell, earlier=earlier, later=later, starts_on=late_start
            )
        if line.overlap == "keeps" and ours_is_later:
            until_on = min(until_on or date.max, late_start - day)
        elif line.overlap == "keeps":
            cut += _ended(register, name, other, late_start - day)
    return until_on, cut


def _ended(register: Register, name: str, said: Assertion, until_on: date) -> list[Event]:
    view = register.now_known
    anew = event_of(
        register,
        name,
        basis_from(said.timing),
        said.cell,
        said.value,
        said.timing.effective_on,
        view,
        until_on=until_on,
        was=said.was,
    )
    return [
        withdrawal_of(register, name, said, f"окончание {until_on} по решению о наложении актов"),
        anew.model_copy(update={"replaces": said.position}),
    ]


def withdrawal_of(register: Register, name: str, said: Assertion, reason: str) -> Event:
    """The recording error that takes back one statement, in the stream where it stands."""
    about = {
        "program": name,
        "basis": basis_from(said.timing),
        "effective_on": said.timing.effective_on,
        "of_position": said.position,
        "cell": said.cell,
        "reason": reason,
    }
    match cells.parts(said.cell):
        case ["target" | "fact" | "calculation" | "baseline" | "indicator", name_, *_]:
            return indicator.StatementWithdrawn(**about, indicator=name_)
        case ["explanation", name_, _]:
            return indicator.StatementWithdrawn(**about, indicator=name_)
        case ["appropriation" | "period-plan" | "cash-report" | "explanation", year, *_]:
            return budget.StatementWithdrawn(**about, year=int(year))
        case ["window" | "procedure" | "completion", procedure, *_]:
            of_year = road_map.require_procedure(register, name, procedure)
            return road_map.StatementWithdrawn(**about, year=of_year)
        case _:
            return program.StatementWithdrawn(**about)


def _omitted(
    register: Register, name: str, basis: Basis, act: Document, restates: Iterable[str]
) -> list[Event]:
    """«Not stated» of every known cell of a restated part that the act does not name."""
    events: list[Event] = []
    for prefix in restates:
        for cell in sorted(c for c in register.assertions if c.startswith(prefix)):
            restatement = Restatement(0, prefix, basis.timing(act.applies, None))
            events += _omission(register, name, restatement, cell)
    return events


def late_omissions(register: Register, name: str, said: Event) -> list[Event]:
    """What later acts that restated the part already say of a cell that becomes known only now."""
    events: list[Event] = []
    gone = standing(register.withdrawals, register.now_known)
    errors = {w.of_document for w in gone if w.recording_error and w.of_document}
    for row in said.rows(register.last_position + 1):
        if not isinstance(row, Assertion):
            continue
        for restatement in register.restatements:
            if (
                row.cell.startswith(restatement.prefix)
                and row.timing.edition < restatement.timing.edition
                and restatement.timing.document not in errors
            ):
                events += _omission(register, name, restatement, row.cell)
    return events


def omissions_left(register: Register, name: str, said: Assertion) -> list[Event]:
    """What an act that restated the part says of a cell once its own statement there is taken back."""
    of_act = said.timing.document
    if same(said.value, NOT_STATED) or any(
        other.timing.document == of_act and other != said and not in_error(register, other)
        for other in register.assertions[said.cell]
    ):
        return []
    return [
        event
        for restatement in register.restatements
        if restatement.timing.document == of_act and said.cell.startswith(restatement.prefix)
        for event in _unnamed(register, name, restatement, said.cell)
    ]


def _omission(register: Register, name: str, restatement: Restatement, cell: str) -> list[Event]:
    timing = restatement.timing
    if any(said.timing.document == timing.document for said in register.assertions.get(cell, ())):
        return []
    return _unnamed(register, name, restatement, cell)


def _unnamed(register: Register, name: str, restatement: Restatement, cell: str) -> list[Event]:
    timing, reason = restatement.timing, "Не названо в новой редакции части"
    return unstated(register, name, basis_from(timing), cell, reason, timing.effective_on)
