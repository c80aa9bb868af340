"""Writes the tables of refusals in docs/api.md from the code: `make docs`."""

import ast
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

from starlette.requests import Request

from api import problems
from domain import refusals
from domain.refusals import Refusal

PAGE = Path(__file__).with_name("api.md")
_BEGIN, _END = "<!-- refusals: generated -->\n", "<!-- end of refusals -->"
_API = Path(problems.__file__).parent
_ROOMS = {"domain", "application", "adapters", "api"}


def with_tables(page: str) -> str:
    """The page with its generated part written anew."""
    before, _, rest = page.partition(_BEGIN)
    _, _, after = rest.partition(_END)
    return f"{before}{_BEGIN}{tables()}{_END}{after}"


def tables() -> str:
    """Both tables: what the rules refuse, and what HTTP itself refuses."""
    rules = "".join(
        f"| `{snake}` | {_statuses(kind)} | {_russian(kind)} |\n"
        for snake, kind in sorted((refusals.snake(kind.__name__), kind) for kind in _kinds())
    )
    served = "".join(f"| `{name}` | {status} |\n" for name, status in sorted(set(_served())))
    return (
        f"\n| name | status | text |\n| --- | --- | --- |\n{rules}"
        f"\nRefused before any rule is asked:\n\n| name | status |\n| --- | --- |\n{served}\n"
    )


def _kinds() -> Iterator[type[Refusal]]:
    """Every refusal that is raised, of any room: those that only group others are not."""
    for room in _ROOMS:
        for module in walk_packages(import_module(room).__path__, f"{room}."):
            if "migrations" not in module.name and "__main__" not in module.name:
                import_module(module.name)
    waiting: list[type[Refusal]] = [Refusal]
    while waiting:
        kind = waiting.pop()
        waiting += (below := kind.__subclasses__())
        if not below and kind.__module__.split(".")[0] in _ROOMS:
            yield kind


def _russian(kind: type[Refusal]) -> str:
    return (kind.__doc__ or "").strip().splitlines()[0]


def _statuses(kind: type[Refusal]) -> str:
    """What `api.problems` answers: for what a path names or a reader asks, and for a body."""
    asked = [Request({"type": "http", "method": m, "path_params": {}}) for m in ("GET", "POST")]
    found = dict.fromkeys(problems.status_of(kind(), request) for request in asked)
    return ", in a body ".join(str(status) for status in found)


def _served() -> Iterator[tuple[str, int]]:
    """Names and statuses that are written out where the HTTP layer refuses."""
    for file in sorted(_API.rglob("*.py")):
        for call in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and getattr(call.func, "id", "") in _REFUSING:
                literals = [a.value for a in call.args if isinstance(a, ast.Constant)][:2]
                match literals:
                    case [int(status), str(name)]:
                        yield name, status


_REFUSING = {"NotServed", "problem"}


if __name__ == "__main__":
    PAGE.write_text(with_tables(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
