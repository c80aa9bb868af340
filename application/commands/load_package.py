"""Load a Letopis package: the same commands as any client's, all of them or none."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, ClassVar, Literal
from zoneinfo import ZoneInfo

from pydantic import Field, ValidationError

from application.commands.amend_program import AmendProgram
from application.commands.assign_responsible import AssignResponsible
from application.commands.command import Command, Decision
from application.commands.commit_money import CommitMoney
from application.commands.complete_occurrence import CompleteOccurrence
from application.commands.correct_statement import CorrectStatement
from application.commands.explain_deviation import ExplainDeviation
from application.commands.move_report import CloseBudget, MoveReport
from application.commands.post_cash import PostCash
from application.commands.record_document import RecordDocument
from application.commands.register_program import RegisterProgram
from application.commands.report_facts import ReportFacts
from application.commands.reverse_cash import ReverseCash
from application.commands.waive_finding import WaiveFinding
from application.commands.withdraw_act import WithdrawAct
from application.ledger import History
from application.progress import Progress, Stage, unheard
from domain.event import Event
from domain.refusals import Refusal
from domain.values import Identifier, Value

COMMANDS: dict[str, type[Command]] = {
    command.name: command
    for command in (
        RegisterProgram,
        AmendProgram,
        WithdrawAct,
        ReportFacts,
        PostCash,
        CommitMoney,
        ReverseCash,
        CorrectStatement,
        ExplainDeviation,
        RecordDocument,
        CompleteOccurrence,
        AssignResponsible,
        MoveReport,
        CloseBudget,
        WaiveFinding,
    )
}


class PackagePaper(Value):
    """The paper that a package was made from."""

    title: str
    sha256: str = ""


class PackagedCommand(Value):
    """A command by name with its body."""

    command: str
    body: dict[str, Any]


class Package(Value):
    """A file of commands about one program."""

    letopis_package: Literal[1]
    program: Identifier
    note: str = ""
    source: PackagePaper | None = None
    commands: tuple[PackagedCommand, ...] = Field(min_length=1)


class RefusedInPackage(Refusal):
    """Команда № {number} ({command}): {reason}
    Command {number} ({command}): {reason}
    """


class MalformedCommand(ValueError):
    """A command of a package, by its number, is unknown (no `error`) or has malformed data."""

    def __init__(self, number: int, command: str, error: ValidationError | None = None) -> None:
        super().__init__(number, command)
        self.number, self.command, self.error = number, command, error


class LoadPackage(Command):
    """All commands of a package, each deciding on what the ones before it decided.

    Refuses: RefusedInPackage with the number of the command and its own refusal.
    """

    name: ClassVar = "load_package"

    commands: tuple[Command, ...]

    @classmethod
    def of(cls, package: Package) -> "LoadPackage":
        """The package's commands, checked. Raises MalformedCommand."""
        return cls(commands=tuple(_commands(package.commands)))

    def zone(self, history: History) -> ZoneInfo:
        return self.commands[0].zone(history)

    def decide(
        self, program: str, history: History, today: date, progress: Progress = unheard
    ) -> Decision:
        """As every command; the history has then taken in what was decided."""
        events: list[Event] = []
        findings: list[Any] = []
        for number, command in enumerate(self.commands, start=1):
            progress(Stage.DECIDING, number - 1, len(self.commands))
            since = _last(history)
            try:
                decision = command.decide(program, history, today)
            except Refusal as refusal:
                raise RefusedInPackage(
                    number=number, command=command.name, reason=refusal
                ) from refusal
            _fold(history, since, decision.events)
            events += decision.events
            findings += decision.result.get("findings", [])
        return Decision(events, {"commands": len(self.commands), "findings": findings})


def _fold(history: History, since: int, events: Sequence[Event]) -> None:
    """Folds in what a command decided, unless it did so itself while it decided: all of it or nothing.
    A copy of the history for each command would make long packages quadratic.
    """
    if _last(history) == since:
        history.decided(events)
        return
    if _last(history) != since + len(events):
        raise HalfFolded(since, len(events))
    history.events |= dict(enumerate(events, start=since + 1))


def _last(history: History) -> int:
    return max(history.register.last_position, history.log_size)


class HalfFolded(AssertionError):
    """A command left a part of what it decided in its history."""


def _commands(packaged: Iterable[PackagedCommand]) -> Iterable[Command]:
    for number, one in enumerate(packaged, start=1):
        if one.command not in COMMANDS:
            raise MalformedCommand(number, one.command)
        try:
            yield COMMANDS[one.command].model_validate(one.body)
        except ValidationError as error:
            raise MalformedCommand(number, one.command, error) from error
