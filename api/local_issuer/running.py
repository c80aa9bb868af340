"""The local issuer in a thread of this process."""

import socket
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from ipaddress import ip_address
from threading import Thread

import uvicorn

from api.local_issuer.issuer import LocalIssuer

_PATIENCE_S = 10


@contextmanager
def local_issuer(
    *,
    client_id: str,
    redirect_uris: Iterable[str],
    audience: str,
    host: str = "127.0.0.1",
    port: int = 0,
) -> Iterator[LocalIssuer]:
    """A local issuer as long as its user wants, on a free port if none is named.

    Refuses every address but loopback: whoever reaches it may be anyone.
    """
    address = ip_address(host)
    if not address.is_loopback:
        raise ValueError(f"учебный вход не открывается на {host}: только loopback")
    v6 = address.version != ip_address("127.0.0.1").version
    family = socket.AF_INET6 if v6 else socket.AF_INET
    with socket.socket(family, proto=socket.IPPROTO_TCP) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        netloc = f"[{host}]" if v6 else host
        issuer = LocalIssuer(
            f"http://{netloc}:{listener.getsockname()[1]}",
            client_id=client_id,
            redirect_uris=redirect_uris,
            audience=audience,
        )
        config = uvicorn.Config(
            issuer.app,
            log_config=None,
            access_log=False,
            lifespan="off",
            timeout_graceful_shutdown=1,
        )
        server = uvicorn.Server(config)
        thread = Thread(
            target=server.run, kwargs={"sockets": [listener]}, name="local issuer", daemon=True
        )
        thread.start()
        try:
            _wait(server, thread)
            yield issuer
        finally:
            server.should_exit = True
            thread.join(_PATIENCE_S)


def _wait(server: uvicorn.Server, thread: Thread) -> None:
    deadline = time.monotonic() + _PATIENCE_S
    while not server.started:
        if not thread.is_alive() or time.monotonic() > deadline:
            raise RuntimeError("учебный вход не запустился")
        time.sleep(0.01)
