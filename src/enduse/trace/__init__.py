"""Incidents to ranked custody chains, diversion-risk cards and back-tests. Pure functions."""

from enduse.trace.custody import trace_custody
from enduse.trace.risk import Yardstick, assess_risk, find_plan

__all__ = ["Yardstick", "assess_risk", "find_plan", "trace_custody"]
