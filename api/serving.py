"""Serve: the production server, and the demo that loads its data first."""

import errno
import shutil
import signal
import socket
import sys
import webbrowser
from collections.abc import Callable
from dataclasses import replace
from types import FrameType
from typing import Never

import structlog
import uvicorn

from adapters.embedded_postgres import EmbeddedPostgres
from api.app import web_app
from api.bootstrap import Letopis, open_letopis
from api.demo.load import load_demo
from api.demo.people import people_beside
from api.safety import require_safe
from api.settings import Settings

log = structlog.get_logger()


def serve(settings: Settings) -> None:
    """Serves until it is told to stop. On the embedded database it says so loudly. Raises: UnsafeStart."""
    _stop_on_sigterm()
    with open_letopis(settings) as letopis:
        require_safe(letopis)
        if settings.database_url is None:
            log.warning(
                "ВСТРОЕННАЯ база данных: для знакомства, не для работы; см. LETOPIS_DATABASE_URL",
                data_dir=str(settings.data_dir),
            )
        _run(letopis, lambda base: log.info("serving", address=base))


def demo(settings: Settings, *, browser: bool, reset: bool) -> None:
    """Loads the demo's packages (once) and serves them, with three links to look at.

    Raises: UnsafeStart.
    """
    _stop_on_sigterm()
    if reset and settings.database_url is None:
        _forget(settings)
    with open_letopis(settings) as opened:
        require_safe(opened)
        for program, recorded in load_demo(opened):
            log.info("loaded", package=program, known=not recorded)
        with people_beside(opened) as (letopis, returns):

            def announce(base: str) -> None:
                returns(settings.public_url or base)
                sys.stdout.write(
                    "\nЛетопись открыта:\n"
                    f"  программы          {base}/\n"
                    f"  Кедровый, 2021 год {base}/programs/kedrovy?as_of=2021-12-31&year=2021\n"
                    f"  описание API       {base}/docs\n"
                    f"{_how_to_sign_in(letopis, settings)}\n"
                    "Остановить: Ctrl+C\n"
                )
                sys.stdout.flush()
                if browser:
                    webbrowser.open(base)

            _run(letopis, announce)


def _how_to_sign_in(letopis: Letopis, settings: Settings) -> str:
    who = "" if settings.oidc_issuer else "; люди вымышлены, пароля нет"
    return f"  войти              «Войти» на любой странице{who}\n" if letopis.lets_sign_in else ""


def _forget(settings: Settings) -> None:
    folder = settings.data_dir
    if folder.exists() and not (folder / "cluster").exists() and any(folder.iterdir()):
        sys.exit(f"В папке «{folder}» нет базы Летописи: --reset её не тронет.")
    embedded = EmbeddedPostgres(folder)
    if folder.exists():
        with embedded:
            pass
        shutil.rmtree(folder)


def _stop_on_sigterm() -> None:
    def stop(_number: int, _frame: FrameType | None) -> Never:
        sys.exit(0)

    signal.signal(signal.SIGTERM, stop)


class _Announcing(uvicorn.Server):
    """Tells its address once it accepts connections."""

    def __init__(self, config: uvicorn.Config, announce: Callable[[], None]) -> None:
        super().__init__(config)
        self.announce = announce

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.announce()


def _run(letopis: Letopis, announce: Callable[[str], None]) -> None:
    settings = letopis.settings
    v6 = ":" in settings.host
    family = socket.AF_INET6 if v6 else socket.AF_INET
    # With the protocol left out asyncio does not turn Nagle's algorithm off: 40 ms an answer.
    with socket.socket(family, proto=socket.IPPROTO_TCP) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((settings.host, settings.port))
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                sys.exit(
                    f"Порт {settings.port} на {settings.host} не открывается: {error.strerror}."
                )
            sys.exit(f"Порт {settings.port} занят: укажите другой (--port 0 выберет свободный).")
        host = f"[{settings.host}]" if v6 else settings.host
        base = f"http://{host}:{listener.getsockname()[1]}"
        config = uvicorn.Config(
            web_app(replace(letopis, address=settings.public_url or base)),
            log_config=None,
            access_log=False,
            timeout_graceful_shutdown=10,
            h11_max_incomplete_event_size=65_536,
        )
        _Announcing(config, lambda: announce(base)).run(sockets=[listener])
