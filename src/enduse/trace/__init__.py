"""Incidents to ranked custody chains, diversion-risk cards and back-tests. Pure functions."""

from enduse.trace.custody import trace_custody

__all__ = ["trace_custody"]
