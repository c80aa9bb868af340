"""The built wheel holds the rooms, and nothing that is for development only."""

import subprocess
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.house.tree import ROOMS, ROOT, python_files, text


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The files in a wheel built now."""
    folder = tmp_path_factory.mktemp("wheel")
    command = ["uv", "build", "--wheel", "--quiet", "--out-dir", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True)
    (wheel,) = Path(folder).glob("*.whl")
    with ZipFile(wheel) as opened:
        return opened.namelist()


def test_the_wheel_holds_the_rooms(names: list[str]) -> None:
    assert {name.split("/")[0] for name in names if "dist-info" not in name} == set(ROOMS)
    assert "api/app.py" in names
    assert "adapters/identity/tokens.py" in names


def test_the_local_issuer_is_in_no_wheel_and_no_image(names: list[str]) -> None:
    assert (ROOT / "api/local_issuer/issuer.py").exists()
    assert not [name for name in names if "local_issuer" in name]
    lines = text(".dockerignore").splitlines()
    assert lines.index("!api") < lines.index("api/local_issuer")


def test_only_the_demo_knows_the_local_issuer() -> None:
    knowing = {
        str(file.relative_to(ROOT))
        for file in python_files(*ROOMS)
        if "local_issuer" in file.read_text(encoding="utf-8")
    }
    inside = {name for name in knowing if name.startswith("api/local_issuer/")}
    assert knowing - inside == {"api/demo/people.py"}
