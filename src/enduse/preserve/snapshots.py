"""The record of what was received.

In: what a collector fetched. Out: its snapshot. Refused: nothing; an empty body is preserved too,
for that an address held nothing is itself a finding.
"""

from __future__ import annotations

from enduse.model.record import make_id, sha256
from enduse.model.snapshot import Fetched, Snapshot


def make_snapshot(fetched: Fetched) -> Snapshot:
    """Return the snapshot of what was fetched; the same bytes at the same address give one id.

    >>> from datetime import UTC, datetime
    >>> when = datetime(2015, 6, 12, tzinfo=UTC)
    >>> snapshot = make_snapshot(Fetched("a.txt", b"one", "text/plain", when, "file 1"))
    >>> snapshot.size, snapshot.digest[:8]
    (3, '7692c3ad')
    """
    digest = sha256(fetched.body)
    return Snapshot(
        id=make_id("snap", digest, fetched.address),
        digest=digest,
        size=len(fetched.body),
        media_type=fetched.media_type,
        address=fetched.address,
        fetched_at=fetched.fetched_at,
        fetched_by=fetched.fetched_by,
    )
