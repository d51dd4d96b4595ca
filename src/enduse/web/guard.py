"""What keeps strangers out: only loopback hosts, only our own forms, nothing but our own scripts.

In: every request, before any page. Out: the answer with headers that forbid all but our own files.
Refused: a Host that is not loopback (DNS rebinding), a post without this run's token or from
another origin, a body that is too large.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import MutableMapping
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOOPBACK = ("127.0.0.1", "localhost", "::1")
"""The hosts a request may be addressed to."""

MOST_BYTES = 2_000_000
"""The largest body of a post."""

HEADERS = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        "connect-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), interest-cohort=()",
    "cache-control": "no-store",
}
"""What every answer says, unless it says so itself."""


def make_token() -> str:
    """Return a token that forms of this run carry."""
    return secrets.token_urlsafe(24)


class Guard:
    """Wraps the application: refuses strangers, reads the forms of posts, sets the headers.

    A form is left in `scope["state"]["form"]` as the last value of each field.
    """

    def __init__(self, app: ASGIApp, token: str) -> None:
        self._app = app
        self._token = token

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer the request, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        refusal = _refuse_host(headers) or _refuse_method(scope)
        if refusal is None and scope["method"] == "POST":
            body = await _read_body(receive)
            refusal = self._refuse_post(headers, body, scope)
            receive = _replay(body or b"")
        answer = self._app if refusal is None else refusal
        await answer(scope, receive, _with_headers(send))

    def _refuse_post(
        self, headers: Headers, body: bytes | None, scope: MutableMapping[str, Any]
    ) -> PlainTextResponse | None:
        if body is None:
            return _say(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "This is too much for one form.")
        try:
            text = body.decode("utf-8")
            fields = parse_qs(text, keep_blank_values=True, errors="strict", max_num_fields=200)
        except ValueError:
            return _say(HTTPStatus.BAD_REQUEST, "This is not a form.")
        form = {name: values[-1] for name, values in fields.items()}
        origin = headers.get("origin")
        if origin is not None and origin != f"http://{headers['host']}":
            return _say(HTTPStatus.FORBIDDEN, "The form comes from another site.")
        given = form.get("token", "") or headers.get("x-enduse-token", "")
        if not hmac.compare_digest(given.encode(), self._token.encode()):
            return _say(
                HTTPStatus.FORBIDDEN, "The form is from an earlier run. Reload the page, try again."
            )
        scope.setdefault("state", {})["form"] = form
        return None


def _refuse_host(headers: Headers) -> PlainTextResponse | None:
    host = headers.get("host", "")
    name = host.rsplit(":", 1)[0] if host.rsplit(":", 1)[-1].isdigit() else host
    if name.strip("[]") in LOOPBACK:
        return None
    return _say(HTTPStatus.MISDIRECTED_REQUEST, "The workbench answers on loopback only.")


def _refuse_method(scope: Scope) -> PlainTextResponse | None:
    """Refuse whatever neither reads nor posts a form; the API is read only."""
    allowed = ("GET",) if scope["path"].startswith("/api/") else ("GET", "HEAD", "POST")
    if scope["method"] in allowed:
        return None
    refusal = _say(HTTPStatus.METHOD_NOT_ALLOWED, "This is not done here.")
    refusal.headers["allow"] = ", ".join(allowed)
    return refusal


def _say(status: HTTPStatus, words: str) -> PlainTextResponse:
    return PlainTextResponse(words + "\n", status_code=status)


async def _read_body(receive: Receive) -> bytes | None:
    """Return the body, or None if it is too large."""
    parts: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return b"".join(parts)
        parts.append(message.get("body", b""))
        size += len(parts[-1])
        if size > MOST_BYTES:
            return None
        if not message.get("more_body", False):
            return b"".join(parts)


def _replay(body: bytes) -> Receive:
    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    return receive


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                if name not in headers:
                    headers[name] = value
        await send(message)

    return sending
