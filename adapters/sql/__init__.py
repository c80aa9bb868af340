"""All SQL text, by name."""

from functools import cache
from pathlib import Path
from typing import LiteralString

_FOLDER = Path(__file__).parent


@cache
def text(name: str) -> LiteralString:
    """The statement in `{name}.sql`. Our own files only, hence literal."""
    return (_FOLDER / f"{name}.sql").read_text(encoding="utf-8")


def read_model_tables(schema: str) -> LiteralString:
    """The statements that make the read model's tables in a schema (an identifier of our own)."""
    return text("read_model").replace("{schema}", schema)


def grants(role: str) -> LiteralString:
    """The statements that give the application's role what it needs (a quoted identifier)."""
    return text("grants").replace("{role}", role)
