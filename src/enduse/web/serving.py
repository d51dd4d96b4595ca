"""Serving: one process on loopback, which says its address when it is ready to answer."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable

import uvicorn

from enduse.case.casebook import Casebook
from enduse.errors import MisuseError
from enduse.web.app import make_app


def serve(book: Casebook, host: str, port: int, ready: Callable[[str], None]) -> None:
    """Answer until interrupted; `ready` is told the address once it can be opened.

    Raises:
        MisuseError: the host is not loopback, or the port is taken.
    """
    listener = _listen(host, port)
    _ = book.register  # loaded now, so that the first page does not wait for it
    shown = f"[{host}]" if ":" in host else host
    address = f"http://{shown}:{listener.getsockname()[1]}/"
    config = uvicorn.Config(make_app(book), log_level="warning", access_log=False, lifespan="off")
    server = _Server(config, lambda: ready(address))
    server.run(sockets=[listener])


class _Server(uvicorn.Server):
    """Tells when it is ready."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to answer, then tell."""
        await super().startup(sockets)
        self._ready()


def _listen(host: str, port: int) -> socket.socket:
    try:
        loopback = host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        loopback = False
    if not loopback:
        raise MisuseError(
            f"{host!r} is not loopback: a casebook is not served to a network",
            next_step="Use --host 127.0.0.1, and a tunnel of your own from elsewhere",
        )
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        raise MisuseError(
            f"port {port} cannot be used ({error.strerror})",
            host,
            "Name another with --port, or 0 for any free one",
        ) from error
    return listener
