"""The tree of the project as the tests of the house see it."""

import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import domain

ROOT = Path(__file__).parents[2]
ROOMS = ("domain", "application", "adapters", "api")


def text(name: str) -> str:
    """A file of the project."""
    return (ROOT / name).read_text(encoding="utf-8")


def python_files(*folders: str) -> list[Path]:
    """The Python files of some folders."""
    return sorted(file for folder in folders for file in (ROOT / folder).rglob("*.py"))


def modules_of_domain() -> Iterator[ModuleType]:
    """Every module of `domain`."""
    for found in pkgutil.iter_modules(domain.__path__, "domain."):
        yield importlib.import_module(found.name)


def classes_of_domain() -> list[type]:
    """Every public class of `domain` but refusals, which docs/api.md lists."""
    return [
        kind
        for module in modules_of_domain()
        for kind in vars(module).values()
        if inspect.isclass(kind)
        and kind.__module__ == module.__name__
        and not issubclass(kind, Exception)
        and not kind.__name__.startswith("_")
    ]


def in_backticks(cell: str) -> list[str]:
    """What a line of Markdown names as code."""
    return re.findall(r"`([^`]+)`", cell)


def rows_of(page: str) -> Iterator[list[str]]:
    """The rows of a page's tables, without their heads."""
    lines = page.splitlines()
    for number, line in enumerate(lines):
        if line.startswith("| ") and number > 1 and not line.startswith("| ---"):
            following = lines[number + 1] if number + 1 < len(lines) else ""
            if not following.startswith("| ---"):
                yield [cell.strip() for cell in line.strip("|").split(" | ")]
