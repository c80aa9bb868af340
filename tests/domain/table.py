"""Plays the entries of a case of docs/time.md through the real deciders."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from domain import cells
from domain.amendment import amend, draft
from domain.budget import CashExecutionPosted, Payment, post_cash, reverse
from domain.dates import Assertion, Posting, Withdrawal
from domain.indicator import ReportedFact, report_fact
from domain.legal_act import Document
from domain.program import ActRecorded, AmendmentLine, cite
from domain.refusals import Refusal
from domain.values import AbsenceReason, Absent, FundingSource
from domain.withdrawal import RightStatement, correct, error_in_act, withdraw_act
from tests.domain.notation import (
    CELLS,
    Case,
    Entry,
    NotUnderstood,
    Said,
    day,
    document,
    value,
)
from tests.given import (
    LINE,
    OWN_ACT,
    T1,
    Chronicle,
    appropriation,
    basis,
    line,
    payment_order,
    registered,
    report,
    target,
)

P_RECORDED = datetime(2020, 12, 21, 9, tzinfo=UTC)


@dataclass(slots=True)
class Run:
    """The chronicle of one case. `taken`: the positions of each entry, P's first; `refused`: the
    names of refusals by the number of the entry."""

    chronicle: Chronicle
    taken: list[list[int]]
    recorded: dict[int, tuple[datetime, date]] = field(default_factory=dict)
    refused: dict[int, str] = field(default_factory=dict)
    acts: dict[str, str] = field(default_factory=dict)
    drafts: dict[str, str] = field(default_factory=dict)


def play(case: Case) -> Run:
    """P and then every entry of the case, in order. A refused entry records nothing."""
    chronicle = registered(target("80"), appropriation("5000.00"))
    start = list(range(1, chronicle.last_position + 1))
    run = Run(chronicle, [start], acts={"P": basis(OWN_ACT).document})
    run.recorded = dict.fromkeys(start, (P_RECORDED, P_RECORDED.date()))
    for number, entry in enumerate(case.entries, start=1):
        try:
            positions = _record(run, entry)
        except Refusal as refusal:
            positions = []
            run.refused[number] = refusal.name
        run.taken.append(positions)
        run.recorded |= dict.fromkeys(positions, (entry.recorded_at, entry.today))
    return run


def _record(run: Run, entry: Entry) -> list[int]:
    said, chronicle, today = entry.said, run.chronicle, entry.today
    match said.form:
        case "act" | "signed":
            return _act(run, entry)
        case "draft":
            lines = [_line(one) for one in entry.lines]
            positions = chronicle.record(draft, _draft_act(), lines, (), today)
            run.drafts[said["draft"]] = chronicle.events[positions[0]].basis.document
            return positions
        case "annulled" | "voided" | "suspended":
            return _withdrawal(run, said, today)
        case "act_in_error":
            return chronicle.record(error_in_act, run.acts[said["act"]], "ошибка ввода")
        case "reported":
            return _fact(run, said, today)
        case "paid" | "returned":
            return _payment(run, said, today)
        case _:
            return _put_right(run, said, today)


def _draft_act() -> Document:
    return OWN_ACT.model_copy(update={"date": None, "number": None, "in_force_on": None})


def _act(run: Run, entry: Entry) -> list[int]:
    said, chronicle = entry.said, run.chronicle
    lines = [_line(one) for one in entry.lines]
    signs = run.drafts[said["draft"]] if said.has("draft") else None
    if signs:
        lines = [
            *next(
                event.lines
                for event in chronicle.events.values()
                if isinstance(event, ActRecorded) and event.basis.document == signs
            )
        ]
    given = document(said, content_stated=bool(lines))
    restates = ("target:",) if said.has("restates") else ()
    positions = chronicle.record(amend, given, lines, restates, entry.today, signs=signs)
    run.acts[said["number"]] = chronicle.events[positions[-1]].basis.document
    return positions


def _line(said: Said) -> AmendmentLine:
    if said.form == "retired":
        name = cells.parts(CELLS[said["cell"]])[1]
        gone = Absent(absent=AbsenceReason.NOT_APPLICABLE)
        return line(cells.indicator(name, "element"), "goal", gone)
    return AmendmentLine.model_validate(
        {
            "cell": said.cell() or T1,
            "was": value(said["was"]),
            "becomes": value(said["becomes"]),
            "effective_on": said.day("since"),
            "until_on": said.day("until"),
            "overlap": said.parts["overlap"],
            "as_printed": "так напечатано в акте" if said.has("printed") else "",
        }
    )


def _withdrawal(run: Run, said: Said, today: date) -> list[int]:
    by = document(said)
    positions = run.chronicle.record(
        withdraw_act,
        run.acts[said["act"]],
        by,
        today,
        since="beginning" if said.form == "voided" else said.day("since") or by.counts_from,
        until_on=said.day("until") if said.form == "suspended" else None,
        cell=said.cell(),
        revives=not said.has("dead"),
    )
    run.acts[said["number"]] = run.chronicle.events[positions[-1]].basis.document
    return positions


def _fact(run: Run, said: Said, today: date) -> list[int]:
    cited, recorded = cite(run.chronicle.register, run.chronicle.program, _report(said), today)
    reported = ReportedFact(
        indicator="i1",
        period="2021",
        value=value(said["value"]),
        preliminary=said["kind"] == "preliminary ",
        last_year=said["kind"] == "last year's ",
    )
    decided = report_fact(
        run.chronicle.register.copy(), run.chronicle.program, cited, reported, today
    )
    return run.chronicle.take([*recorded, *decided])


def _report(said: Said) -> Document:
    return report(day(said["on"]))


def _payment(run: Run, said: Said, today: date) -> list[int]:
    chronicle, order = run.chronicle, basis(payment_order(said["number"], day(said["on"])))
    if said.form == "returned":
        position = run.taken[int(said["entry"])][-1]
        posted = chronicle.events[position]
        if not isinstance(posted, CashExecutionPosted):
            raise NotUnderstood(said.text)
        return chronicle.record(
            reverse,
            order,
            posted,
            position,
            chronicle.returned(position),
            amount=said["amount"],
            on=order.dated_on,
            reason="возврат",
            recording_error=False,
            today=today,
        )
    payment = Payment(
        year=LINE.year,
        element=LINE.element,
        executor=LINE.executor,
        source=FundingSource(LINE.source),
        amount=said["amount"],
    )
    return chronicle.record(post_cash, order, payment, today)


def _put_right(run: Run, said: Said, today: date) -> list[int]:
    chronicle = run.chronicle
    position = _position(run, said)
    right = None
    if said.form == "put_right":
        posting = isinstance(chronicle.events[position], CashExecutionPosted)
        right = RightStatement(
            value=value(said["value"]) if said.has("value") and not posting else None,
            amount=said["value"] if said.has("value") and posting else None,
            cell=said.cell(),
            effective_on=said.day("since"),
            until_on=said.day("until"),
            document=document(said) if said.has("number") else None,
            paid_on=said.day("paid"),
        )
    positions = chronicle.record(
        correct,
        position,
        chronicle.events[position],
        right,
        "ошибка ввода",
        today,
        cell=said.cell("of"),
        reversed_before=str(chronicle.returned(position)),
    )
    if said.has("number"):
        run.acts[said["number"]] = chronicle.events[positions[-1]].basis.document
    return positions


def _position(run: Run, said: Said) -> int:
    """The one event of an entry that says something about a cell (the named one), withdraws
    something or moves money."""
    found = set()
    for position in run.taken[int(said["entry"])]:
        for row in run.chronicle.events[position].rows(position):
            match row:
                case Assertion() if not row.cell.startswith(("document:", "budget:")):
                    found |= {position} if said.cell("of") in (None, row.cell) else set()
                case Withdrawal(recording_error=False) | Posting(amount=_) if not said.has("of"):
                    found |= {position}
                case _:
                    pass
    if len(found) != 1:
        raise NotUnderstood((said.text, found))
    return found.pop()
