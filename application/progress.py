"""How far a long piece of work is, for whoever waits for it."""

from collections.abc import Callable
from enum import StrEnum


class Stage(StrEnum):
    """What is being done to what was handed in."""

    READING = "reading"
    TAKING_IN = "taking_in"
    DECIDING = "deciding"
    CHECKING = "checking"
    RECORDING = "recording"


Progress = Callable[[Stage, int, int], None]
"""Told what is being done, how much of it is done, and of how much (0: nobody counts)."""


def unheard(stage: Stage, done: int, of: int) -> None:
    """The progress that nobody listens to."""
