"""A throw-away PostgreSQL 15 from Debian's programs, on a private unix socket."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

PROGRAMS = Path("/usr/lib/postgresql/15/bin")
both_servers = pytest.mark.parametrize("server", ["main_server", "old_server"], indirect=True)
_NOBODY = 65534
_PATIENCE_S = 30


@contextmanager
def postgresql_15() -> Iterator[str]:
    """The owner's URL of a fresh server; it ends with this process. Skips where it is missing."""
    if not (PROGRAMS / "postgres").exists():
        pytest.skip(f"there are no programs of PostgreSQL 15 in {PROGRAMS}")
    account = _NOBODY if os.geteuid() == 0 else None
    folder = Path(tempfile.mkdtemp(prefix="letopis-15-", dir="/tmp"))
    try:
        if account is not None:
            os.chown(folder, account, account)
        cluster = folder / "cluster"
        options = (
            "--username=owner",
            "--auth=trust",
            "--encoding=UTF8",
            "--no-locale",
            "--no-sync",
        )
        subprocess.run(
            [str(PROGRAMS / "initdb"), "-D", str(cluster), *options],
            check=True,
            cwd=folder,
            user=account,
            group=account,
            stdout=subprocess.DEVNULL,
        )
        with _running(cluster, folder, account):
            yield f"postgresql://owner@/postgres?host={folder}"
    finally:
        shutil.rmtree(folder)


@contextmanager
def _running(cluster: Path, sockets: Path, account: int | None) -> Iterator[None]:
    settings = ("-clisten_addresses=", "-cfsync=off", "-csynchronous_commit=off")
    # It gets a signal at the death of the tests' process, so that no server is left behind.
    command = ["setpriv", "--pdeathsig", "INT", str(PROGRAMS / "postgres")]
    with (sockets / "log").open("wb") as log:
        process = subprocess.Popen(
            [*command, "-D", str(cluster), "-k", str(sockets), *settings],
            cwd=sockets,
            user=account,
            group=account,
            start_new_session=True,
            stdout=log,
            stderr=log,
        )
    try:
        _wait(process, sockets)
        yield
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(_PATIENCE_S)


def _wait(process: subprocess.Popen[bytes], sockets: Path) -> None:
    deadline = time.monotonic() + _PATIENCE_S
    while True:
        try:
            psycopg.connect(f"postgresql://owner@/postgres?host={sockets}").close()
            return
        except psycopg.OperationalError:
            if process.poll() is not None or time.monotonic() > deadline:
                raise
            time.sleep(0.02)
