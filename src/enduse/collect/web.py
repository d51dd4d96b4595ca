"""One web address to its bytes.

In: an http or https address. Out: the body of its answer, unpacked, under the address that gave
it. Refused, each with a problem: addresses of this machine and of private networks unless
allowed, addresses that hold a password, answers that are no page, too large, too slow, or
redirected too often. Every redirect is checked as a new address. Nothing is asked in advance, no
cookie is kept, no script is run.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager

import httpcore2
import httpx2

from enduse.collect.lines import collect_lines
from enduse.collect.options import Clock, CollectOptions, Found, describe_size, report
from enduse.collect.transport import (
    CheckedBackend,
    CheckedTransport,
    Deadline,
    DeadlineError,
    RefusedAddressError,
)
from enduse.errors import FetchError
from enduse.model.snapshot import Fetched

_LINE_TYPES = frozenset({"application/x-ndjson", "application/jsonl", "application/x-jsonlines"})
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_OK = 200
_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/pdf,text/plain;q=0.9,*/*;q=0.5",
    "Accept-Encoding": "gzip, deflate",
}


def collect_web(address: str, options: CollectOptions, clock: Clock) -> Found:
    """Yield what the address answers, or the problem of not getting it."""
    try:
        fetched = fetch_page(address, options, clock)
    except FetchError as error:
        yield report(error.place, error.message, error.next_step)
        return
    path = httpx2.URL(fetched.address).path.lower()
    kind = fetched.media_type.partition(";")[0].strip().lower()
    if kind in _LINE_TYPES or path.endswith((".jsonl", ".ndjson")):
        yield from collect_lines(io.BytesIO(fetched.body), fetched.address, options, clock)
    else:
        yield fetched


def fetch_page(address: str, options: CollectOptions, clock: Clock) -> Fetched:
    """Return what the address answers, redirects followed.

    Raises:
        FetchError: it could not be had; names the address and the next step.
    """
    deadline = Deadline(options.total_seconds)
    backend = CheckedBackend(deadline, allow_private=options.allow_private)
    timeout = httpx2.Timeout(options.read_seconds, connect=options.connect_seconds)
    headers = _HEADERS | {"User-Agent": options.user_agent}
    with (
        _explain_failures(address, options, deadline),
        httpx2.Client(
            transport=CheckedTransport(backend), headers=headers, timeout=timeout, trust_env=False
        ) as client,
    ):
        return _follow(client, address, options, clock)


def _follow(client: httpx2.Client, address: str, options: CollectOptions, clock: Clock) -> Fetched:
    url = _check_url(address, address)
    for _ in range(options.max_redirects + 1):
        with client.stream("GET", url, follow_redirects=False) as answer:
            if answer.status_code not in _REDIRECTS:
                return _take(answer, address, options, clock)
            target = answer.headers.get("location", "")
            if not target:
                raise FetchError("the redirect names no address", address, "Check the address")
            url = _check_url(str(url.join(target)), address)
    raise FetchError(
        f"more than {options.max_redirects} redirects", address, "Give the last address itself"
    )


def _check_url(text: str, asked: str) -> httpx2.URL:
    """Return the address without its fragment, or refuse it."""
    try:
        url = httpx2.URL(text).copy_with(fragment=None)
    except httpx2.InvalidURL as error:
        raise FetchError(f"the address is not well formed: {error}", asked, "Check it") from error
    if url.scheme not in ("http", "https") or not url.host:
        raise FetchError(
            f"it leads to {text[:200]}, which is not a web address", asked, "Give a web address"
        )
    if url.userinfo:
        raise FetchError(
            "the address holds a name or password, which would be kept with the page",
            f"{url.scheme}://{url.host}",
            "Save the page yourself and add the file",
        )
    return url


def _take(answer: httpx2.Response, asked: str, options: CollectOptions, clock: Clock) -> Fetched:
    if answer.status_code != _OK:
        raise FetchError(
            f"the server answers {answer.status_code} {answer.reason_phrase}".rstrip(),
            asked,
            _advise(answer.status_code),
        )
    body = _read_body(answer, asked, options.max_download_bytes)
    address = str(answer.request.url)
    by = f"web {options.version}"
    if address != asked:
        by = f"{by}, asked for {asked}"
    return Fetched(address, body, answer.headers.get("content-type", ""), clock(), by)


def _read_body(answer: httpx2.Response, asked: str, largest: int) -> bytes:
    body = bytearray()
    for part in answer.iter_bytes(65_536):
        body += part
        if len(body) > largest:
            raise FetchError(
                f"the answer is larger than {describe_size(largest)}",
                asked,
                "Download it yourself and add the file, or raise `max_bytes`",
            )
    return bytes(body)


def _advise(status: int) -> str:
    if status in (401, 402, 403, 407, 451):
        return "Open it in a browser, save the page, and add the file"
    if status in (404, 410):
        return "Check the address, or look for a copy in a web archive"
    return "Try again later"


@contextmanager
def _explain_failures(address: str, options: CollectOptions, deadline: Deadline) -> Iterator[None]:
    """Turn what the network layers raise into one kind of error, in plain words."""
    try:
        yield
    except RefusedAddressError as error:
        raise FetchError(
            f"{error}, an address of this machine or of a private network",
            address,
            "If it is meant, set `allow_private`",
        ) from error
    except (DeadlineError, httpx2.TimeoutException, httpcore2.TimeoutException) as error:
        message = "the server does not answer in time"
        if deadline.passed:
            message = f"the answer took longer than {options.total_seconds:g} s"
        raise FetchError(message, address, "Try again later, or save the page yourself") from error
    except (httpx2.DecodingError, httpx2.InvalidURL) as error:
        raise FetchError(f"the answer is damaged: {error}", address, "Try again later") from error
    except (httpx2.HTTPError, httpcore2.NetworkError, httpcore2.ProtocolError) as error:
        raise FetchError(
            _describe_failure(str(error)), address, "Check the address and the network"
        ) from error


def _describe_failure(message: str) -> str:
    return f"no connection: {message[:200]}" if message else "no connection"
