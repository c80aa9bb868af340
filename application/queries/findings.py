"""What does not add up in a program at a viewpoint."""

from application.ledger import History, Ledger
from application.ports import ReadModel
from application.queries.program import holds_from
from application.queries.viewpoint import Resolved
from application.rules.catalogue import findings_at
from application.rules.rule import Subject, register_of
from domain import cells
from domain.dates import Viewpoint
from domain.findings import Finding
from domain.refusals import UnknownProgram
from domain.state import State


def findings(model: ReadModel, ledger: Ledger, program: str, resolved: Resolved) -> list[Finding]:
    """Errors, then warnings. Refuses: UnknownProgram, telling from when it exists."""
    view = resolved.viewpoint
    state = model.state(program, view)
    exists = cells.passport("first_year")
    if state.text(exists) is None:
        since = model.known_since(exists, program)
        raise UnknownProgram(program=program, exists=holds_from("Она", since))
    return findings_at(subject_of(ledger.history(program), view, state))


def subject_of(history: History, view: Viewpoint, state: State) -> Subject:
    """What the rules look at: the state beside all that was recorded by then."""
    known = {p: event for p, event in history.events.items() if p <= view.at_position}
    register = history.register
    if len(known) < len(history.events):
        register = register_of(known, view.at_position)
    return Subject(history.program, view, state, register, known)
