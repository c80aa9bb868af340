"""Writing: every command of the contract, once per Idempotency-Key."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Body, Header, Path, Query, Response
from pydantic import Field, StrictBool

from api.admission import needs
from api.problems import NotServed
from api.routes.asking import (
    Answer,
    Asked,
    DryRun,
    IdempotencyKey,
    NoParameters,
    Recorded,
    problems,
)
from api.routes.reading import Program
from application.access import RECORDS, Permission
from application.commands.amend_program import AmendProgram
from application.commands.commit_money import CommitMoney
from application.commands.complete_occurrence import CompleteOccurrence
from application.commands.correct_statement import CorrectStatement
from application.commands.explain_deviation import ExplainDeviation
from application.commands.post_cash import OfAPeriod, PostCash
from application.commands.register_program import RegisterProgram
from application.commands.report_facts import Fact, FactOfPeriod, ReportFacts
from application.commands.reverse_cash import ReverseCash
from application.commands.withdraw_act import WithdrawAct
from domain.budget import Payment
from domain.event import SourceCell
from domain.legal_act import Document
from domain.values import Day, FundingSource, Identifier, Text, Value

router = APIRouter(prefix="/api/v1", tags=["writing"])

Nothing = Annotated[NoParameters, Query()]
Trial = Annotated[DryRun, Query()]
OptionalKey = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        min_length=1,
        max_length=200,
        description="Нужен, кроме пробного прогона",
    ),
]
Year = Annotated[int, Path(ge=1990, le=2100)]
WRITES: dict[str, Any] = {
    "status_code": 201,
    "response_model": Answer[Recorded],
    "responses": problems(404, 408, 409, 413, 415, 507),
}
_TRIED: dict[int | str, dict[str, Any]] = {
    200: {"description": "Пробный прогон: ничего не записано", "model": Answer[Recorded]}
}
_TRIABLE = WRITES | {"responses": WRITES["responses"] | _TRIED}
_MOST_DIGITS = 19
_REPORT = {
    "kind": "report",
    "type": "Отчёт",
    "title": "Отчёт за 2024 год",
    "date": "2025-03-10",
    "number": "5",
}
_ORDER = {"kind": "payment", "type": "Платёжное поручение", "date": "2024-05-20", "number": "118"}


class OneFact(FactOfPeriod):
    """One fact and the document that states it."""

    document: Document


class Withdrawn(Value):
    """How an act is annulled or suspended: `by` which act or ruling, `since` when (a day, or from the
    `beginning`), `until_on` for a suspension, one `cell` or all. `revives` false: earlier values do not
    come back. `recording_error`: the act was recorded in error, there is no annulling act.
    """

    by: Document | None = None
    since: Day | Literal["beginning"] | None = None
    until_on: Day | None = None
    cell: str | None = None
    revives: StrictBool = True
    recording_error: StrictBool = False
    reason: Text = ""


class Entry(Value):
    """An amount in rubles on a budget line; `-` where a paper is silent."""

    element: Identifier
    executor: str = "-"
    source: FundingSource = FundingSource.NOT_STATED
    amount: str = Field(examples=["12500.00"])
    paid_on: Day | None = None
    printed: str = ""
    override_reason: Text = ""
    at: SourceCell | None = None

    def of(self, year: int) -> Payment:
        return Payment(year=year, **{f: getattr(self, f) for f in Entry.model_fields})


class OneEntry(Entry, OfAPeriod):
    """One payment and its document. With `cumulative` the amount is a report's total for `period`."""

    document: Document


class Entries(OfAPeriod):
    """Payments of one document, or with `cumulative` the totals of a report for `period`."""

    document: Document
    entries: tuple[Entry, ...] = Field(min_length=1, max_length=1000)


class OneCommitment(Entry):
    """A commitment, or with `releases` its release."""

    document: Document
    subject: Text = ""
    releases: StrictBool = False


@router.post(
    "/programs", dependencies=[needs(Permission.PLAN)], operation_id="register_program", **WRITES
)
def register_program(
    command: RegisterProgram, key: IdempotencyKey, _: Nothing, ask: Asked
) -> Response:
    """Registers a program with everything that its basis act states."""
    return ask.record(command.program, command, key)


@router.post(
    "/programs/{program}/amendments",
    dependencies=[needs(Permission.PLAN)],
    operation_id="amend_program",
    **(WRITES | {"responses": problems(404, 408, 409, 412, 413, 415, 428, 507) | _TRIED}),
)
def amend_program(
    program: Program,
    command: Annotated[
        AmendProgram,
        Body(
            openapi_examples={
                "decree": {
                    "summary": "Постановление с одной строкой",
                    "value": {
                        "act": {
                            "kind": "act",
                            "type": "Постановление",
                            "date": "2024-05-20",
                            "number": "118",
                        },
                        "lines": [{"cell": "target:goal-1:2024", "was": "80", "becomes": "85"}],
                    },
                },
            }
        ),
    ],
    trial: Trial,
    ask: Asked,
    key: OptionalKey = None,
    if_match: Annotated[
        str | None,
        Header(alias="If-Match", description="Последняя запись программы (last_position)"),
    ] = None,
) -> Response:
    """A decree with its lines; `dry_run=true` shows the difference and writes nothing."""
    seen = _position(if_match)
    if seen is None and not trial.dry_run:
        raise NotServed(
            428,
            "no_if_match",
            "Нужен заголовок If-Match: последняя запись программы, которую вы видели.",
            "If-Match is required: the last event of the program that you saw.",
        )
    return ask.record(program, command, key, dry_run=trial.dry_run, if_match=seen)


def _position(if_match: str | None) -> int | None:
    if if_match is None:
        return None
    digits = if_match.removeprefix("W/").strip().strip('"')
    if not digits.isdecimal() or len(digits) > _MOST_DIGITS:
        raise NotServed(
            422,
            "bad_if_match",
            'If-Match — номер записи, например "62".',
            'If-Match is the position of an event, as in "62".',
        )
    return int(digits)


@router.post(
    "/programs/{program}/acts/{act}/withdrawals",
    dependencies=[needs(Permission.PLAN)],
    operation_id="withdraw_act",
    **_TRIABLE,
)
def withdraw_act(
    program: Program, act: str, body: Withdrawn, trial: Trial, ask: Asked, key: OptionalKey = None
) -> Response:
    """Annuls or suspends an act; `dry_run=true` shows which values would come back."""
    command = WithdrawAct(act=act, **dict(body))
    return ask.record(program, command, key, dry_run=trial.dry_run)


@router.post(
    "/programs/{program}/indicators/{indicator}/facts",
    dependencies=[needs(Permission.REPORT)],
    operation_id="report_fact",
    **_TRIABLE,
)
def report_fact(
    program: Program,
    indicator: str,
    trial: Trial,
    ask: Asked,
    body: Annotated[
        OneFact,
        Body(
            examples=[
                {"document": _REPORT, "period": "2024", "value": "91.2"},
            ]
        ),
    ],
    key: OptionalKey = None,
) -> Response:
    """One fact."""
    fact = Fact(indicator=indicator, **{f: getattr(body, f) for f in FactOfPeriod.model_fields})
    command = ReportFacts(document=body.document, facts=(fact,))
    return ask.record(program, command, key, dry_run=trial.dry_run)


@router.post(
    "/programs/{program}/facts/batch",
    dependencies=[needs(Permission.REPORT)],
    operation_id="report_facts",
    **_TRIABLE,
)
def report_facts(
    program: Program,
    trial: Trial,
    ask: Asked,
    command: Annotated[
        ReportFacts,
        Body(
            examples=[
                {
                    "document": _REPORT,
                    "facts": [{"indicator": "goal-1", "period": "2024", "value": "91.2"}],
                },
            ]
        ),
    ],
    key: OptionalKey = None,
) -> Response:
    """Facts of one document, up to a thousand, all or none."""
    return ask.record(program, command, key, dry_run=trial.dry_run)


@router.post(
    "/programs/{program}/corrections",
    dependencies=[needs(*RECORDS)],
    operation_id="correct_statement",
    **_TRIABLE,
)
def correct_statement(
    program: Program, command: CorrectStatement, trial: Trial, ask: Asked, key: OptionalKey = None
) -> Response:
    """Takes back what was recorded in error, by position, and records the right statement."""
    return ask.record(program, command, key, dry_run=trial.dry_run)


@router.post(
    "/programs/{program}/explanations",
    dependencies=[needs(Permission.REPORT, Permission.POST_MONEY)],
    operation_id="explain_deviation",
    **WRITES,
)
def explain_deviation(
    program: Program, command: ExplainDeviation, key: IdempotencyKey, _: Nothing, ask: Asked
) -> Response:
    """Why a fact or an execution deviates."""
    return ask.record(program, command, key)


@router.post(
    "/programs/{program}/budget/{year}/commitments",
    dependencies=[needs(Permission.POST_MONEY)],
    operation_id="commit_money",
    **WRITES,
)
def commit_money(
    program: Program, year: Year, body: OneCommitment, key: IdempotencyKey, _: Nothing, ask: Asked
) -> Response:
    """A commitment against an appropriation, or its release."""
    command = CommitMoney(
        document=body.document, entry=body.of(year), subject=body.subject, releases=body.releases
    )
    return ask.record(program, command, key)


@router.post(
    "/programs/{program}/budget/{year}/cash-executions",
    dependencies=[needs(Permission.POST_MONEY)],
    operation_id="post_cash",
    **WRITES,
)
def post_cash(
    program: Program,
    year: Year,
    key: IdempotencyKey,
    _: Nothing,
    ask: Asked,
    body: Annotated[
        OneEntry,
        Body(
            examples=[
                {
                    "document": _ORDER,
                    "element": "04.0.02.4",
                    "executor": "mu-kultura",
                    "amount": "12500.00",
                },
            ]
        ),
    ],
) -> Response:
    """One payment."""
    command = PostCash(
        document=body.document,
        entries=(body.of(year),),
        cumulative=body.cumulative,
        period=body.period,
    )
    return ask.record(program, command, key)


@router.post(
    "/programs/{program}/budget/{year}/cash-executions/batch",
    dependencies=[needs(Permission.POST_MONEY)],
    operation_id="post_cash_batch",
    **WRITES,
)
def post_cash_batch(
    program: Program, year: Year, body: Entries, key: IdempotencyKey, _: Nothing, ask: Asked
) -> Response:
    """Payments of one document, up to a thousand, all or none."""
    command = PostCash(
        document=body.document,
        entries=tuple(entry.of(year) for entry in body.entries),
        cumulative=body.cumulative,
        period=body.period,
    )
    return ask.record(program, command, key)


@router.post(
    "/programs/{program}/budget/{year}/reversals",
    dependencies=[needs(Permission.POST_MONEY)],
    operation_id="reverse_cash",
    **WRITES,
)
def reverse_cash(
    program: Program, year: Year, command: ReverseCash, key: IdempotencyKey, _: Nothing, ask: Asked
) -> Response:
    """A return of cash against the posting that it returns."""
    return ask.record(program, command.model_copy(update={"year": year}), key)


@router.post(
    "/programs/{program}/road-map/{year}/completions",
    dependencies=[needs(Permission.REPORT)],
    operation_id="complete_occurrence",
    **WRITES,
)
def complete_occurrence(
    program: Program,
    year: Year,
    command: CompleteOccurrence,
    key: IdempotencyKey,
    _: Nothing,
    ask: Asked,
) -> Response:
    """A procedure done in one of its windows, with evidence."""
    return ask.record(program, command.model_copy(update={"year": year}), key)
