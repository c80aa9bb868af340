"""Annul or suspend an act, or take back an act recorded in error."""

from datetime import date
from typing import ClassVar, Literal

from pydantic import StrictBool

from application.commands.command import Command, Decision
from application.ledger import History
from domain.legal_act import Document
from domain.refusals import ReasonRequired
from domain.values import Day, Text
from domain.withdrawal import error_in_act, withdraw_act


class WithdrawAct(Command):
    """An act no longer counts under an annulling act or a ruling (`by`): `since` a day or from the
    `beginning`, until `until_on` if it is a suspension; one `cell` of it or all. `revives` false: earlier
    values do not come back. With `recording_error` there is no annulling act, only a reason.

    Refuses: UnknownAct, DocumentFromTheFuture, WithdrawnByItself, NothingToWithdraw, ReasonRequired.
    """

    name: ClassVar = "withdraw_act"

    act: str
    by: Document | None = None
    since: Day | Literal["beginning"] | None = None
    until_on: Day | None = None
    cell: str | None = None
    revives: StrictBool = True
    recording_error: StrictBool = False
    reason: Text = ""

    def decide(self, program: str, history: History, today: date) -> Decision:
        register = history.register
        if self.recording_error:
            events = error_in_act(register, program, self.act, self.reason)
        elif self.by is None:
            raise ReasonRequired
        else:
            events = withdraw_act(
                register,
                program,
                self.act,
                self.by,
                today,
                since=self.since or self.by.counts_from,
                until_on=self.until_on,
                cell=self.cell,
                revives=self.revives,
                reason=self.reason,
            )
        return Decision(events, {"act": self.act, "by": events[-1].basis.document})
