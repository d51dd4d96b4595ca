"""Keeps values and bytes; nothing but the case opens it."""
