"""Real processes, started as people start them: they open, keep, stop and refuse in a sentence."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import httpx2
import pytest

from api.pages.signing_in import BACK
from tests.adapters.identity.browser import came_back
from tests.api.town import REPORT, program_of

LETOPIS = Path(sys.executable).with_name("letopis")
PATIENCE_S = 60
PROGRAMS = ["kedrovy", "krasnogorsk", "sample", "shatura", "stupino"]


def environment(**more: str) -> dict[str, str]:
    """This process's, without settings of Letopis but those that are named."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("LETOPIS_")}
    return clean | {"PYTHONUNBUFFERED": "1"} | more


@dataclass(frozen=True, slots=True)
class Demo:
    """A running demo and where it answers."""

    process: subprocess.Popen[str]
    address: str
    data_dir: Path
    key: str = "letopis_unknown"

    def get(self, path: str) -> Any:
        answer = httpx2.get(f"{self.address}{path}", timeout=PATIENCE_S)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def post(self, path: str, body: Any) -> httpx2.Response:
        headers = {"Idempotency-Key": uuid4().hex, "Authorization": f"Bearer {self.key}"}
        address = f"{self.address}/api/v1{path}"
        return httpx2.post(address, json=body, headers=headers, timeout=PATIENCE_S)

    def ends(self, by: signal.Signals) -> int:
        self.process.send_signal(by)
        return self.process.wait(PATIENCE_S)

    @property
    def database_runs(self) -> bool:
        """Whether a PostgreSQL works in the data folder, found by its own record of its number."""
        record = self.data_dir / "cluster" / "postmaster.pid"
        if not record.exists():
            return False
        try:
            os.kill(int(record.read_text().splitlines()[0]), 0)
        except ProcessLookupError:
            return False
        return True


@contextmanager
def demo(data_dir: Path) -> Iterator[Demo]:
    """`letopis demo --no-browser --port 0`, once it has printed its links."""
    words = ("demo", "--no-browser", "--port", "0", "--data-dir", str(data_dir))
    log = (data_dir.parent / "log").open("a")
    with (
        log,
        subprocess.Popen(
            [LETOPIS, *words], stdout=subprocess.PIPE, stderr=log, text=True, env=environment()
        ) as process,
    ):
        try:
            assert process.stdout is not None
            printed = ""
            while "Ctrl+C" not in printed:
                line = process.stdout.readline()
                assert line, Path(log.name).read_text()
                printed += line
            links = re.findall(r"http://127\.0\.0\.1:\d+\S+", printed)
            assert len(links) == 3
            yield Demo(process, links[0].rstrip("/"), data_dir)
        finally:
            process.kill()


def test_a_demo_keeps_its_data_whatever_ends_it(tmp_path: Path) -> None:
    data_dir, town = tmp_path / "data", program_of()
    with demo(data_dir) as first:
        assert first.get("/health/ready")["status"] == "ok"
        listed = first.get("/api/v1/programs")
        assert [one["program"] for one in listed["data"]] == PROGRAMS
        assert first.post("/programs", town).status_code == 401
        page = _signed_in(first, "hozyaykin", "/programs/sample")
        assert "<b>Олег Хозяйкин</b></a> <small>владелец программы</small>" in page
        issue = ("keys", "issue", "robot", "--role", "owner", "--role", "reporter")
        issued = _beside(data_dir, *issue, "--municipality", "town", "--json").stdout
        robot = replace(first, key=json.loads(issued)["key"])
        assert robot.post("/programs", town).status_code == 201
        published = _beside(data_dir, "access", "publish", town["program"])
        assert "опубликована" in published.stderr
        beside = _beside(data_dir, "show", "kedrovy", "--json")
        assert json.loads(beside.stdout)["program"] == "kedrovy"
        fact = {"document": REPORT, "period": "2021", "value": "81"}
        path = f"/programs/{town['program']}/indicators/i1/facts"
        assert robot.post(path, fact).status_code == 201
        size = first.get("/health/ready")["size"]
        assert first.ends(signal.SIGKILL) == -signal.SIGKILL
    with demo(data_dir) as second:
        assert second.get("/health/ready")["size"] == size
        indicator = f"/api/v1/programs/{town['program']}/indicators/i1"
        assert second.get(indicator)["data"]["facts"]["2021"]["value"] == "81"
        assert second.database_runs
        assert second.ends(signal.SIGTERM) == 0
        assert not second.database_runs
    with demo(data_dir) as third:
        assert third.get("/health/ready")["size"] == size
        third.ends(signal.SIGINT)  # its status depends on whether the caller ignores SIGINT
        assert not third.database_runs
    assert "Traceback" not in (tmp_path / "log").read_text()


def _signed_in(demo: Demo, subject: str, goes_on_to: str) -> str:
    """The page that an invented person comes to, without a browser's own care for cookies."""
    with httpx2.Client(base_url=demo.address, timeout=PATIENCE_S) as client:
        left = client.get("/login", params={"next": goes_on_to})
        to_provider = left.headers["location"]
        (back,) = parse_qs(urlsplit(to_provider).query)["redirect_uri"]
        assert back == f"{demo.address}{BACK}"
        answer = came_back(to_provider, back, subject)
        client.cookies.clear()
        done = client.get(BACK, params=answer, headers={"Cookie": _pairs(left)})
        client.cookies.clear()
        return client.get(done.headers["location"], headers={"Cookie": _pairs(done)}).text


def _pairs(answer: httpx2.Response) -> str:
    return "; ".join(cookie.split(";")[0] for cookie in answer.headers.get_list("set-cookie"))


def _beside(data_dir: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """A command beside a running demo: it joins the demo's database and leaves it running."""
    return subprocess.run(
        [LETOPIS, *words],
        capture_output=True,
        text=True,
        check=True,
        env=environment(LETOPIS_DATA_DIR=str(data_dir)),
        timeout=PATIENCE_S,
    )


@pytest.fixture
def taken() -> Iterator[int]:
    """A port on which somebody else listens."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener.getsockname()[1]


def test_a_taken_port_is_told(taken: int, papers_database: Any) -> None:
    settings = environment(
        LETOPIS_DATABASE_URL=papers_database.app_url,
        LETOPIS_ENVIRONMENT="development",
        LETOPIS_PORT=str(taken),
        LETOPIS_POOL_SIZE="1",
    )
    ended = subprocess.run(
        [LETOPIS, "serve"],
        capture_output=True,
        text=True,
        check=False,
        env=settings,
        timeout=PATIENCE_S,
    )
    assert (ended.returncode, ended.stdout) == (1, "")
    assert f"Порт {taken} занят" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_only_this_machine_is_served() -> None:
    ended = subprocess.run(
        [LETOPIS, "demo", "--no-browser", "--port", "0"],
        capture_output=True,
        text=True,
        check=False,
        env=environment(LETOPIS_HOST="0.0.0.0"),  # noqa: S104 (it must be refused)
        timeout=PATIENCE_S,
    )
    assert (ended.returncode, ended.stdout) == (2, "")
    assert "0.0.0.0 не обслуживается" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_an_unsafe_start_is_refused_in_production(papers_database: Any) -> None:
    """The databases of the tests forget what they were told when their server falls."""
    ended = subprocess.run(
        [LETOPIS, "serve", "--port", "0"],
        capture_output=True,
        text=True,
        check=False,
        env=environment(
            LETOPIS_DATABASE_URL=papers_database.owner_url,
            LETOPIS_HOST="0.0.0.0",  # noqa: S104 (it must be refused)
            LETOPIS_OIDC_ISSUER="http://127.0.0.1:9",
        ),
        timeout=PATIENCE_S,
    )
    assert (ended.returncode, ended.stdout) == (2, "")
    for told in ("LETOPIS_HOST", "LETOPIS_OIDC_ISSUER", "владеет журналом", "fsync = off"):
        assert told in ended.stderr
    assert "Traceback" not in ended.stderr
    assert papers_database.owner_url not in ended.stderr


def test_the_embedded_database_is_served_in_production_and_told_of(tmp_path: Path) -> None:
    with subprocess.Popen(
        [LETOPIS, "serve", "--port", "0"],
        stderr=subprocess.PIPE,
        text=True,
        env=environment(LETOPIS_DATA_DIR=str(tmp_path / "data")),
    ) as process:
        try:
            assert process.stderr is not None
            told = ""
            while not (address := re.search(r"address=(\S+)", told)):
                line = process.stderr.readline()
                assert line, told
                told += line
            assert "ВСТРОЕННАЯ" in told
            ready = httpx2.get(f"{address[1]}/health/ready", timeout=PATIENCE_S)
            assert ready.status_code == 200
            process.send_signal(signal.SIGTERM)
            assert process.wait(PATIENCE_S) == 0
        finally:
            process.kill()


def test_a_folder_that_is_not_ours_is_not_deleted(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("дорого")
    ended = subprocess.run(
        [LETOPIS, "demo", "--no-browser", "--reset", "--data-dir", str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
        env=environment(),
        timeout=PATIENCE_S,
    )
    assert ended.returncode == 1
    assert "нет базы Летописи" in ended.stderr
    assert (tmp_path / "letter.txt").read_text() == "дорого"
