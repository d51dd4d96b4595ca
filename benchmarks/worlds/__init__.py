"""Invented worlds of arms for `trace_worlds.py`."""
