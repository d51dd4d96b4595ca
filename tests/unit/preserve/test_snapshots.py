"""The record of what was received."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from enduse.model.record import sha256
from enduse.model.snapshot import Fetched
from enduse.preserve import make_snapshot

WHEN = datetime(2015, 6, 12, tzinfo=UTC)


def test_keeps_where_when_and_by_whom():
    fetched = Fetched("https://example.org/a", b"body", "text/html", WHEN, "web 1")
    found = make_snapshot(fetched)
    assert (found.digest, found.size) == (sha256(b"body"), 4)
    assert (found.address, found.media_type) == ("https://example.org/a", "text/html")
    assert (found.fetched_at, found.fetched_by) == (WHEN, "web 1")


@given(st.binary(max_size=50), st.text(max_size=20))
def test_id_depends_on_bytes_and_address_only(body, address):
    fetched = Fetched(address, body, "", WHEN, "file 1")
    later = replace(fetched, fetched_at=datetime(2020, 1, 1, tzinfo=UTC), fetched_by="file 2")
    assert make_snapshot(fetched).id == make_snapshot(later).id
    other_body = replace(fetched, body=body + b"x")
    other_address = replace(fetched, address=address + "x")
    assert make_snapshot(fetched).id != make_snapshot(other_body).id
    assert make_snapshot(fetched).id != make_snapshot(other_address).id
