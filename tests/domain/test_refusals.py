"""Refusals: each has its sentence in two languages, and every value that the sentence names."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

from domain import refusals
from domain.refusals import Malformed, Refusal, Unknown, snake

ROOT = Path(__file__).parents[2]
ROOMS = ("domain", "application", "adapters", "api")
FAMILIES = {"Refusal", "Malformed", "Unknown"}
"""Classes that are only inherited from."""

REFUSALS = {
    name: thing
    for name, thing in vars(refusals).items()
    if isinstance(thing, type) and issubclass(thing, Refusal)
}


def placeholders(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


class Raised:
    """Refusals as the code of all rooms defines and raises them."""

    def __init__(self) -> None:
        self.trees = {
            path: ast.parse(path.read_text(encoding="utf-8"))
            for room in ROOMS
            for path in (ROOT / room).rglob("*.py")
        }
        self.sentences: dict[str, list[str]] = {}
        for one in self._defined():
            doc = ast.get_docstring(one) or ""
            self.sentences[one.name] = doc.splitlines()

    def _defined(self) -> Iterator[ast.ClassDef]:
        families, found = set(FAMILIES), dict[str, ast.ClassDef]()
        classes = [
            n for t in self.trees.values() for n in ast.walk(t) if isinstance(n, ast.ClassDef)
        ]
        for _ in classes:  # a subclass of a subclass needs one more round
            for one in classes:
                if families & {base.id for base in one.bases if isinstance(base, ast.Name)}:
                    families.add(one.name)
                    found[one.name] = one
        yield from found.values()

    def places(self) -> Iterator[tuple[str, str, set[str]]]:
        """Where a refusal is made: the place, its name, the values given."""
        for path, tree in self.trees.items():
            for node in ast.walk(tree):
                where = f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}"
                if isinstance(node, ast.Call) and (name := self._name(node.func)):
                    given = {keyword.arg or "**" for keyword in node.keywords}
                    yield where, name, given
                elif isinstance(node, ast.Raise) and (name := self._name(node.exc)):
                    yield where, name, set()

    def _name(self, node: ast.expr | None) -> str | None:
        name = node.id if isinstance(node, ast.Name) else getattr(node, "attr", None)
        return name if name in self.sentences else None


RAISED = Raised()


def test_all_rooms_were_read() -> None:
    assert {name for name in REFUSALS if name not in FAMILIES} <= set(RAISED.sentences)
    assert len(list(RAISED.places())) > len(REFUSALS)


@pytest.mark.parametrize("name", sorted(RAISED.sentences))
def test_a_refusal_is_one_russian_and_one_english_sentence(name: str) -> None:
    russian, english = RAISED.sentences[name]
    assert re.search("[а-яё]", russian, re.IGNORECASE)
    assert not re.search("[а-яё]", english, re.IGNORECASE)
    assert placeholders(english) <= placeholders(russian)


def test_every_value_of_a_sentence_is_given_where_it_is_raised() -> None:
    missing = [
        f"{where} {name}: {sorted(lacking)}"
        for where, name, given in RAISED.places()
        if (lacking := placeholders(" ".join(RAISED.sentences[name])) - given)
    ]
    assert missing == []


def test_a_refusal_without_its_values_would_be_found(monkeypatch: pytest.MonkeyPatch) -> None:
    tree = ast.parse("raise PeriodClosed(periods='2021')\nraise PeriodClosed")
    monkeypatch.setattr(RAISED, "trees", {ROOT / "domain" / "x.py": tree})
    assert sorted(RAISED.places()) == [
        ("domain/x.py:1", "PeriodClosed", {"periods"}),
        ("domain/x.py:2", "PeriodClosed", set()),
    ]


def test_a_refusal_speaks_both_languages_and_keeps_its_values() -> None:
    refusal = refusals.PeriodOutsideProgram(period="2030", first=2021, last=2024)
    assert str(refusal) == refusal.text("ru") == "Период 2030 вне сроков программы (2021–2024)."
    assert refusal.text("en") == "The period 2030 is outside the program's years (2021–2024)."
    assert refusal.values == {"period": "2030", "first": "2021", "last": "2024"}
    assert refusal.name == "period_outside_program"


def test_what_a_value_says_is_never_a_placeholder_of_its_own() -> None:
    assert refusals.NotACell(cell="{value}").text("ru").startswith("«{value}»")


def test_a_value_that_was_forgotten_shows_as_a_dash() -> None:
    assert refusals.PeriodClosed().text("en").startswith("The period — is closed")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("NotACell", "not_a_cell"),
        ("LostRace", "lost_race"),
        ("WasDoesNotStand", "was_does_not_stand"),
    ],
)
def test_a_refusal_is_named_by_its_class(name: str, expected: str) -> None:
    assert snake(name) == expected


def test_families_tell_malformed_from_unknown() -> None:
    assert not [r for r in REFUSALS.values() if issubclass(r, Malformed) and issubclass(r, Unknown)]
    named = {name for name, one in REFUSALS.items() if issubclass(one, Unknown)} - {"Unknown"}
    assert all(name.startswith("Unknown") for name in named)
    malformed = {name for name, one in REFUSALS.items() if issubclass(one, Malformed)}
    assert {"NotANumber", "NotMoney", "NotAPeriod", "NotACell", "NotACode", "NotADate"} < malformed
