"""The import contracts hold, and have been seen to fail."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.tree import ROOMS, ROOT

LINT = Path(sys.executable).with_name("lint-imports")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The rooms and their contracts, copied."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for room in ROOMS:
        shutil.copytree(ROOT / room, tmp_path / room, ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


def linted(tree: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(LINT), "--no-cache"], cwd=tree, capture_output=True, text=True, check=False
    )


def test_the_contracts_hold(copy: Path) -> None:
    done = linted(copy)
    assert done.returncode == 0, done.stdout
    assert "0 broken" in done.stdout


@pytest.mark.parametrize(
    ("file", "planted", "broken"),
    [
        ("domain/values.py", "import psycopg", "domain knows the standard library"),
        ("domain/values.py", "import application.ledger", "Rooms"),
        ("application/ledger.py", "import fastapi", "application knows no web"),
        ("application/ledger.py", "import adapters.read_model", "Rooms"),
        ("adapters/read_model.py", "import eventsourcing.persistence", "only the event store"),
        ("api/app.py", "import joserfc.jwt", "only adapters.identity"),
        ("api/local_issuer/issuer.py", "import authlib.oauth2", "only adapters.identity"),
        ("adapters/rebuild.py", "import httpx2", "only adapters.identity"),
    ],
)
def test_a_planted_import_breaks_them(copy: Path, file: str, planted: str, broken: str) -> None:
    with (copy / file).open("a", encoding="utf-8") as source:
        source.write(f"\n{planted}\n")
    done = linted(copy)
    assert done.returncode == 1, done.stdout
    verdicts = [line for line in done.stdout.splitlines() if " BROKEN" in line]
    assert any(broken in line for line in verdicts), done.stdout
