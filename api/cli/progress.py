"""Lines on a terminal that tell what is being done to a file, how far it is and for how long."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.progress import (
    BarColumn,
    Progress as Lines,
    SpinnerColumn,
    TaskProgressColumn,
    TextColumn,
    TimeElapsedColumn,
)

from api.complaining import err
from application.progress import Progress, Stage, unheard

WORDS = {
    Stage.READING: "читается",
    Stage.TAKING_IN: "разбирается",
    Stage.DECIDING: "проверяется",
    Stage.CHECKING: "сверяется",
    Stage.RECORDING: "записывается",
}


@contextmanager
def shown() -> Iterator[Callable[[str], Progress]]:
    """Gives each file, by its name, the progress that is to be told. Without a terminal nothing shows."""
    if not err.is_terminal:
        yield lambda _: unheard
        return
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TaskProgressColumn(),
        TimeElapsedColumn(),
    )
    with Lines(*columns, console=err, transient=True) as lines:
        yield lambda name: _OfFile(lines, name)


class _OfFile:
    """A line for each stage that a file is in; those of the file before it are gone."""

    def __init__(self, lines: Lines, name: str) -> None:
        self._lines, self._name = lines, name
        self._stage: Stage | None = None
        for task in lines.task_ids:
            lines.remove_task(task)

    def __call__(self, stage: Stage, done: int, of: int) -> None:
        if stage is not self._stage:
            for task in self._lines.task_ids:
                self._lines.update(task, total=1, completed=1)
            self._lines.add_task(f"{self._name}: {WORDS[stage]}", total=None)
            self._stage = stage
        if of:
            self._lines.update(self._lines.task_ids[-1], total=of, completed=done)
