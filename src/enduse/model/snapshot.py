"""The exact bytes received for one address or file at one time, by their digest."""

from __future__ import annotations

from datetime import datetime

import msgspec


class Fetched(msgspec.Struct, frozen=True):
    """What a collector received, before it is preserved.

    Attributes:
        address: where it came from: a file's path as given, an address, or `FILE#line=N`
            for one document of a JSONL file.
        body: the bytes, untouched.
        media_type: the type the sender or the file name states; empty if none.
        fetched_at: when, in UTC.
        fetched_by: the collector and its version.
    """

    address: str
    body: bytes
    media_type: str
    fetched_at: datetime
    fetched_by: str


class Snapshot(msgspec.Struct, frozen=True):
    """One preserved thing: digest of its bytes, media type, where and when it came from."""

    id: str
    digest: str
    size: int
    media_type: str
    address: str
    fetched_at: datetime
    fetched_by: str
