"""Trace how weapons changed hands: documents in, claims with quotes, custody chains out."""
