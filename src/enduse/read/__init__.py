"""Preserved bytes to documents: text, publication facts, and what only surrounds the story."""

from enduse.read.readers import READERS, read_document, read_snapshot

__all__ = ["READERS", "read_document", "read_snapshot"]
