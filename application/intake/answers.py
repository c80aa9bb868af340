"""Answers to what no paper prints: ids, directions, the date assumed for an undated paper, …"""

import tomllib
from typing import Any

from pydantic import Field

from application.commands.register_program import Years
from domain.legal_act import Document
from domain.periods import PeriodText
from domain.program import Municipality
from domain.values import Day, Direction, Identifier, Value


class Answers(Value):
    """All of it may be left out where Letopis already knows the program or the paper says it.

    `basis` is the act that founds the program, `document` the paper itself (left out: the basis).
    `ids`: printed name → id, of elements and bodies. `directions`, `units`: indicator id → what it is;
    `direction`: of all other indicators that the paper names.
    `names`: cell → its text, where the paper prints it in another case or torn.
    `period`: what a report is about (2031, 2031-Q1), where its titles leave that open; wins over them.
    `kinds`: table number → kind of table, `columns`: table number → field → column (both counted
    from 1, column 0: the table has no such column), where a header is misread.
    """

    program: Identifier | None = None
    municipality: Municipality | None = None
    years: Years | None = None
    year: int | None = None
    period: PeriodText | None = None
    effective_on: Day | None = None
    basis: Document | None = None
    document: Document | None = None
    ids: dict[str, Identifier] = Field(default_factory=dict)
    direction: Direction | None = None
    directions: dict[Identifier, Direction] = Field(default_factory=dict)
    units: dict[Identifier, str] = Field(default_factory=dict)
    names: dict[str, str] = Field(default_factory=dict)
    kinds: dict[str, str] = Field(default_factory=dict)
    columns: dict[str, dict[str, int]] = Field(default_factory=dict)

    @classmethod
    def from_toml(cls, text: str) -> "Answers":
        """From a TOML file's text. Raises TOMLDecodeError, ValidationError."""
        given: dict[str, Any] = tomllib.loads(text)
        return cls.model_validate(given)
