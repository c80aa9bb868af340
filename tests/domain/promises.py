"""What deciders promise in their docstrings to refuse: a table of a test file must bring all of it
about, and nothing else.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from domain import refusals
from domain.refusals import Refusal
from tests.given import Chronicle, registered

Decider = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Promise:
    """When the decider is asked with these arguments, given a chronicle, it refuses by this name."""

    refusal: type[Refusal]
    decider: Decider
    args: tuple[Any, ...]
    given: Callable[[], Chronicle]
    named: dict[str, Any]

    def kept(self) -> Refusal:
        """The refusal that comes about; nothing is appended to the chronicle."""
        return self.given().refusal(self.decider, *self.args, **self.named)

    def __str__(self) -> str:
        return f"{self.decider.__name__}-{self.refusal.__name__}"


def refuses(
    refusal: type[Refusal],
    decider: Decider,
    *args: Any,
    given: Callable[[], Chronicle] = registered,
    **named: Any,
) -> Promise:
    return Promise(refusal, decider, args, given, named)


def promised(*deciders: Decider) -> set[tuple[str, str]]:
    """Every refusal that the docstrings name after the word «Refuses»."""
    return {
        (decider.__name__, name)
        for decider in deciders
        for name in re.findall(r"\w+", (decider.__doc__ or "").partition("Refuses")[2])
        if name in _REFUSALS
    }


def produced(promises: Iterable[Promise]) -> set[tuple[str, str]]:
    """Every refusal that a table brings about."""
    return {(promise.decider.__name__, promise.refusal.__name__) for promise in promises}


_REFUSALS = {
    name
    for name, thing in vars(refusals).items()
    if isinstance(thing, type) and issubclass(thing, Refusal)
}
