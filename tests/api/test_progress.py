"""On a terminal a person sees what is being done to a file and how far it is; elsewhere nothing shows."""

import os
import pty
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook

from tests.api.conftest import opened, served
from tests.api.people import bearer, key_of_all_roles
from tests.api.town import Town, program_of
from tests.conftest import Database

ANSWERS = """
document = {kind = "report", type = "Отчёт", date = 2022-02-10, number = "5"}
"""


@pytest.fixture
def program(database: Database) -> str:
    with opened(database) as letopis, served(letopis) as client:
        client.headers |= bearer(key_of_all_roles(letopis))
        return Town.registered(client, program_of()).program


@pytest.fixture
def command(database: Database, program: str, tmp_path: Path) -> list[str]:
    """Loads a paper with one fact."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["Показатель", "Период", "Значение"])
    sheet.append(["i1", "2021", 82.5])
    written = BytesIO()
    book.save(written)
    (tmp_path / "facts.xlsx").write_bytes(written.getvalue())
    (tmp_path / "answers.toml").write_text(ANSWERS, encoding="utf-8")
    load = ["load", "facts.xlsx", "--answers", "answers.toml", "--program", program]
    return [sys.executable, "-c", "from api.cli import main; main()", *load]


def test_on_a_terminal_the_stages_are_told(
    command: list[str], database: Database, tmp_path: Path
) -> None:
    ours, theirs = pty.openpty()
    environment = _environment(database) | {"TERM": "xterm", "COLUMNS": "100"}
    process = subprocess.Popen(
        command, cwd=tmp_path, env=environment, stdout=subprocess.DEVNULL, stderr=theirs
    )
    os.close(theirs)
    seen = _all_of(ours)
    assert process.wait(60) == 0
    for word in ("читается", "разбирается", "проверяется", "сверяется", "записывается"):
        assert f"facts.xlsx: {word}" in seen
    assert "100%" in seen, "a stage that has ended"


def test_elsewhere_nothing_is_told_but_the_outcome(
    command: list[str], database: Database, tmp_path: Path
) -> None:
    done = subprocess.run(
        command, cwd=tmp_path, env=_environment(database), capture_output=True, check=True
    )
    assert done.stderr.decode() == "facts.xlsx: записан, записей 2\n"


def _environment(database: Database) -> dict[str, str]:
    home = str(Path(__file__).parents[2])
    return os.environ | {
        "LETOPIS_DATABASE_URL": database.app_url,
        "LETOPIS_ENVIRONMENT": "development",
        "PYTHONPATH": home,
    }


def _all_of(terminal: int) -> str:
    seen = b""
    with open(terminal, "rb", buffering=0) as screen:
        try:
            while some := screen.read(4096):
                seen += some
        except OSError:  # Linux says so that the other side is closed
            pass
    return seen.decode()
