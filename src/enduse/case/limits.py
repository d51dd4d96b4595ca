"""The limits for collecting that a user's settings give."""

from __future__ import annotations

from enduse.collect import CollectOptions
from enduse.settings import Settings


def limits_of(settings: Settings) -> CollectOptions:
    """Return the limits for collecting that the settings give."""
    return CollectOptions(
        max_file_bytes=settings.max_file_bytes,
        max_download_bytes=settings.max_bytes,
        connect_seconds=settings.timeout,
        read_seconds=settings.timeout,
        total_seconds=10 * settings.timeout,
        allow_private=settings.allow_private,
    )
