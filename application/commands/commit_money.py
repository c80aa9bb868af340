"""Take a commitment against an appropriation, or release one."""

from datetime import date
from typing import ClassVar

from pydantic import StrictBool

from application.commands.command import Command, Decision
from application.ledger import History
from domain.budget import Payment
from domain.commitment import commit, release
from domain.legal_act import Document
from domain.program import cite
from domain.values import Text


class CommitMoney(Command):
    """A commitment (a contract) on a budget line, in rubles; with `releases` its release.

    Refuses: see `domain.commitment.commit` and `release`; DocumentFromTheFuture.
    """

    name: ClassVar = "commit_money"

    document: Document
    entry: Payment
    subject: Text = ""
    releases: StrictBool = False

    def streams(self, program: str) -> list[str]:
        return [f"budget/{program}/{self.entry.year}"]

    def decide(self, program: str, history: History, today: date) -> Decision:
        register = history.register
        basis, recorded = cite(register, program, self.document, today)
        if self.releases:
            events = release(register, program, basis, self.entry, self.subject, today)
        else:
            events = commit(register, program, basis, self.entry, self.subject, today)
        return Decision([*recorded, *events], {"document": basis.document})
