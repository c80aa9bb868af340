"""An invented program that is known, and what papers about it come to."""

from dataclasses import dataclass
from datetime import date

from application.commands.command import Command
from application.commands.register_program import RegisterProgram
from application.intake.compose import Taken
from application.ledger import History
from domain.dates import Register, Viewpoint
from domain.state import State, state_of

TODAY = date(2032, 3, 1)
PROGRAM = "garden"


@dataclass
class Life:
    """A program in memory."""

    history: History

    @property
    def register(self) -> Register:
        return self.history.register

    @property
    def state(self) -> State:
        """All of it as of today."""
        return state_of(self.register, Viewpoint(TODAY, TODAY, self.register.last_position))

    def do(self, command: Command) -> None:
        decided = command.decide(PROGRAM, self.history.copy(), TODAY)
        self.history.decided(decided.events)

    def take(self, taken: Taken) -> None:
        """Records all that a paper says."""
        assert taken.command is not None
        self.do(taken.command)


def garden() -> Life:
    """A goal with two indicators, a main measure with two measures, money of one body, 2031."""
    measures = ("07.0.01.1", "07.0.01.2")
    life = Life(History(PROGRAM))
    life.do(
        RegisterProgram.model_validate(
            {
                "program": PROGRAM,
                "municipality": {"id": "town", "name": "Город Выдуманный", "zone": "UTC"},
                "years": {"first": 2030, "last": 2032},
                "basis": {"kind": "act", "date": "2030-01-10", "number": "1"},
                "effective_on": "2030-01-10",
                "bodies": [{"id": "mu-sad", "name": "МУ «Сад»"}],
                "elements": [
                    {"id": "goal", "kind": "goal", "name": "Порядок"},
                    _element("main_measure", "07.0.01.0", "Посадки", "goal"),
                    _element("measure", measures[0], "Липы", "07.0.01.0"),
                    _element("measure", measures[1], "Клены", "07.0.01.0"),
                ],
                "indicators": [
                    _indicator("1", "Доля дворов", "%", "90"),
                    _indicator("2", "Число лип", "ед.", "15"),
                ],
                "appropriations": [_appropriation(measure) for measure in measures],
            }
        )
    )
    return life


def _element(kind: str, code: str, name: str, parent: str) -> dict[str, str]:
    return {"id": code, "kind": kind, "parent": parent, "name": name, "code": code}


def _indicator(number: str, name: str, unit: str, target: str) -> dict[str, object]:
    return {
        "id": f"goal-{number}",
        "element": "goal",
        "number": number,
        "name": name,
        "unit": unit,
        "direction": "increase",
        "targets": {"2031": target},
    }


def _appropriation(measure: str) -> dict[str, object]:
    about = {"year": 2031, "element": measure, "executor": "mu-sad", "source": "municipal"}
    return about | {"value": "100000.00"}
