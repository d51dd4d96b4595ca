"""Values to canonical JSON and back, and ids made from content.

In: any frozen dataclass of the model. Out: canonical JSON (sorted keys)
and ids that are a prefix and a hash of that JSON. The same content gives the same id anywhere.
"""

from __future__ import annotations

import hashlib
from typing import Any, TypeVar

import msgspec

T = TypeVar("T")


def to_json(value: object) -> bytes:
    """Return the canonical JSON of a value: keys sorted, dates in ISO form, UTF-8.

    >>> to_json({"b": 1, "a": ["x"]})
    b'{"a":["x"],"b":1}'
    """
    return msgspec.json.encode(value, order="sorted")


def from_json(kind: type[T], raw: bytes | str) -> T:
    """Return the value of the given type that the JSON holds, checked field by field.

    Raises:
        msgspec.ValidationError: the JSON does not fit the type.
    """
    return msgspec.json.decode(raw, type=kind)


def to_plain(value: object) -> Any:
    """Return the value as plain dicts, lists, strings and numbers."""
    return msgspec.to_builtins(value)


def sha256(body: bytes) -> str:
    """Return the SHA-256 of the bytes in lower-case hex.

    >>> sha256(b"")[:8]
    'e3b0c442'
    """
    return hashlib.sha256(body).hexdigest()


def make_id(prefix: str, *parts: object) -> str:
    """Return a prefix and the first 80 bits of the SHA-256 of the parts' canonical JSON.

    >>> make_id("claim", "a", 1)
    'claim-135f17a475a61afdeeaf'
    >>> make_id("claim", "a1") == make_id("claim", "a", 1)
    False
    """
    return f"{prefix}-{sha256(to_json(parts))[:20]}"
