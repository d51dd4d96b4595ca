"""The connection below the web collector: only checked addresses, and one deadline for all.

In: a host and port. Out: a stream to one of the host's addresses, each checked after the name is
resolved and before it is asked, so that a name cannot change its meaning between the check and
the connection. Refused: hosts with an address that is not public, and any wait past the deadline.
"""

from __future__ import annotations

import ssl
import time
from collections.abc import Iterable
from typing import Any

import httpcore2
import httpx2

from enduse.collect.addresses import is_public, resolve_host


class RefusedAddressError(Exception):
    """The host has an address that may not be asked."""


class DeadlineError(Exception):
    """The time for the whole address is used up."""


class Deadline:
    """A moment after which no wait is begun.

    Attributes:
        ends: in seconds of the monotonic clock.
    """

    def __init__(self, seconds: float) -> None:
        self.ends = time.monotonic() + seconds

    @property
    def passed(self) -> bool:
        """Whether no wait may be begun any more."""
        return time.monotonic() >= self.ends

    def clip(self, timeout: float | None) -> float:
        """Return the seconds that may be waited: the time-out, or less where less is left.

        Raises:
            DeadlineError: none are left.
        """
        left = self.ends - time.monotonic()
        if left <= 0:
            raise DeadlineError
        return left if timeout is None else min(timeout, left)


class _DeadlineStream(httpcore2.NetworkStream):
    """A stream that never waits past the deadline, however slowly bytes drip in."""

    def __init__(self, stream: httpcore2.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._deadline.clip(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.clip(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore2.NetworkStream:
        left = self._deadline.clip(timeout)
        return _DeadlineStream(
            self._stream.start_tls(ssl_context, server_hostname, left), self._deadline
        )

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


class CheckedBackend(httpcore2.NetworkBackend):
    """Connects by checked addresses only.

    Attributes:
        allow_private: whether addresses that are not public may be asked.
    """

    def __init__(self, deadline: Deadline, *, allow_private: bool) -> None:
        self._deadline = deadline
        self.allow_private = allow_private
        self._plain = httpcore2.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.NetworkStream:
        """Return a stream to the first of the host's addresses that answers.

        Raises:
            RefusedAddressError: one of its addresses may not be asked.
        """
        failure: Exception = httpcore2.ConnectError("the name has no address")
        for address in self._resolve(host, port):
            try:
                stream = self._plain.connect_tcp(
                    address, port, self._deadline.clip(timeout), local_address, socket_options
                )
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                failure = error
                continue
            return _DeadlineStream(stream, self._deadline)
        raise failure

    def _resolve(self, host: str, port: int) -> tuple[str, ...]:
        try:
            addresses = resolve_host(host, port)
        except (OSError, UnicodeError) as error:
            raise httpcore2.ConnectError(f"the name {host} is not known") from error
        refused = [address for address in addresses if not is_public(address)]
        if refused and not self.allow_private:
            raise RefusedAddressError(f"{host} is at {refused[0]}")
        return addresses


class CheckedTransport(httpx2.BaseTransport):
    """Carries requests over the checked backend."""

    def __init__(self, backend: CheckedBackend) -> None:
        self._pool = httpcore2.ConnectionPool(
            ssl_context=httpx2.create_ssl_context(trust_env=False), network_backend=backend
        )

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Return the response to the request; its body is still to be read."""
        answer = self._pool.handle_request(
            httpcore2.Request(
                request.method,
                httpcore2.URL(
                    scheme=request.url.raw_scheme,
                    host=request.url.raw_host,
                    port=request.url.port,
                    target=request.url.raw_path,
                ),
                headers=request.headers.raw,
                content=request.stream,
                extensions=request.extensions,
            )
        )
        body = _Body(answer)
        return httpx2.Response(answer.status, headers=answer.headers, stream=body)

    def close(self) -> None:
        """Close all connections."""
        self._pool.close()


class _Body(httpx2.SyncByteStream):
    def __init__(self, answer: httpcore2.Response) -> None:
        self._answer = answer

    def __iter__(self) -> Any:
        return iter(self._answer.iter_stream())

    def close(self) -> None:
        self._answer.close()
