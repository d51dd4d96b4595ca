"""Fetched bytes to snapshots: the digest, the id and where the bytes came from."""

from enduse.preserve.snapshots import make_snapshot

__all__ = ["make_snapshot"]
