"""Fold and SQL give the same answer for any history and any viewpoint, and give it for ever."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

import pytest
from hypothesis import given, settings, strategies as st

from adapters.event_store import PostgresLedger
from adapters.read_model import PostgresReadModel
from adapters.rebuild import check, rebuild
from domain.dates import Register, Viewpoint
from domain.event import Event
from domain.state import State, existing, state_of
from tests.adapters.recording import record
from tests.conftest import Database
from tests.given import T1, TODAY, registered, target
from tests.strategies import histories, placed, viewpoints
from tests.wild import wild_histories

VIEWPOINTS = 25
"""Asked of each history."""

REMEMBERED = 200
"""Answers that are asked for again at the end, after all appends and after a rebuild."""

PREFIXES = ("target:", "target:i1:", "appropriation:", "cash:", "fact", "document:", "period:", "")
TREE = ["element:", "indicator:"]
share = pytest.mark.parametrize(
    ("server", "share"), [("main_server", 1), ("old_server", 20)], indirect=["server"]
)


@dataclass
class Books:
    """The registers of all programs recorded in one database, and some answers given."""

    ledger: PostgresLedger
    registers: dict[str, Register] = field(default_factory=dict)
    answers: list[tuple[str, Viewpoint, State]] = field(default_factory=list)
    asked: int = 0

    def __post_init__(self) -> None:
        self.model = PostgresReadModel(self.ledger)

    def begin(self) -> str:
        name = f"p{len(self.registers)}"
        self.registers[name] = Register()
        return name

    def take(self, program: str, events: Sequence[Event]) -> None:
        """Records events and folds them."""
        for position, event in zip(
            record(self.ledger, program, events).positions, events, strict=True
        ):
            self.registers[program].take(event.rows(position))

    def agree(self, program: str, viewpoint: Viewpoint) -> State:
        """The one answer of both."""
        self.asked += 1
        answer = self.model.state(program, viewpoint)
        assert answer == state_of(self.registers[program], viewpoint)
        return answer

    def agree_on_many(
        self, programs: Sequence[str], viewpoint: Viewpoint, prefixes: Sequence[str]
    ) -> None:
        answers = self.model.states(programs, viewpoint, prefixes)
        assert answers == {
            program: restricted(self.registers[program], viewpoint, prefixes)
            for program in programs
        }

    def agree_still(self) -> None:
        """What was answered is answered again."""
        for program, viewpoint, answer in self.answers:
            assert self.model.state(program, viewpoint) == answer


def restricted(register: Register, viewpoint: Viewpoint, prefixes: Sequence[str]) -> State:
    """The state of what begins with one of the prefixes."""
    said, moved = register.at(viewpoint), register.moved(viewpoint)
    wanted = tuple(prefixes)
    return existing(
        {cell: one for cell, one in said.items() if cell.startswith(wanted)},
        {cell: one for cell, one in moved.items() if cell.startswith(wanted)},
    )


@dataclass(frozen=True)
class Question:
    """A history, where it is cut in two, viewpoints on it, and what else is asked for with it."""

    history: list[Event]
    cut: int
    views: list[Viewpoint]
    among: list[int]
    prefixes: list[str]


@st.composite
def questions(draw: st.DrawFn, of: st.SearchStrategy[list[Event]]) -> Question:
    history = draw(of)
    views = st.lists(viewpoints(history), min_size=VIEWPOINTS, max_size=VIEWPOINTS)
    return Question(
        history,
        draw(st.integers(1, len(history))),
        draw(views),
        draw(st.lists(st.integers(0, 1_000), max_size=4)),
        draw(st.lists(st.sampled_from(PREFIXES), max_size=3)),
    )


def record_and_ask(books: Books, question: Question) -> None:
    """One history: recorded in two parts, asked after each."""
    program, first, cut = books.begin(), books.model.size() + 1, question.cut
    events = [
        event.model_copy(update={"program": program}) for event in placed(question.history, first)
    ]
    views = [replace(v, at_position=v.at_position + first - 1) for v in question.views]
    early = [replace(v, at_position=min(v.at_position, first + cut - 1)) for v in views[:5]]
    books.take(program, events[:cut])
    before = [books.agree(program, view) for view in early]
    if events[cut:]:
        books.take(program, events[cut:])
    assert [books.agree(program, view) for view in early] == before
    answers = [(program, view, books.agree(program, view)) for view in views]
    if len(books.answers) < REMEMBERED:
        books.answers += answers[:5]
    known = list(books.registers)
    among = {known[n % len(known)] for n in question.among} | {program}
    for view in views[:15]:
        books.agree_on_many(sorted(among), view, [*TREE, *question.prefixes])


# The threads of the connection pool draw random numbers of their own while Hypothesis draws its.
@pytest.mark.filterwarnings("ignore:Do not use the `random` module inside strategies")
@share
@pytest.mark.parametrize("kind", ["legal", "wild"])
def test_fold_and_sql_agree(
    ledger: PostgresLedger, database: Database, kind: str, share: int
) -> None:
    books = Books(ledger)
    drawn = histories() if kind == "legal" else wild_histories()
    examples = max(
        settings.get_profile(settings.get_current_profile_name()).max_examples // share, 5
    )

    @settings(max_examples=examples)
    @given(questions(drawn))
    def agree(question: Question) -> None:
        record_and_ask(books, question)

    agree()
    assert books.asked >= examples * VIEWPOINTS
    books.agree_still()
    assert check(database.owner_url) == []
    rebuild(database.owner_url)
    books.agree_still()


def test_a_prefix_means_its_own_letters(ledger: PostgresLedger) -> None:
    """Names may hold `_`; neither it nor `%` stands for other letters."""
    books = Books(ledger)
    program = books.begin()
    events = [*registered(target("80")).events.values()]
    books.take(program, [event.model_copy(update={"program": program}) for event in events])
    view = Viewpoint(date(2021, 12, 31), TODAY, books.model.size())
    tree = {cell for cell in books.agree(program, view).cells if cell.startswith(tuple(TREE))}
    for prefix in ("target:i_:", "target:%", "t_rget", "passport:bod%", "\\t"):
        assert set(books.model.states([program], view, [*TREE, prefix])[program].cells) == tree
    for prefix in ("target:i1:", "ta", T1):
        answer = books.model.states([program], view, [*TREE, prefix])[program]
        assert set(answer.cells) == {*tree, T1}
