"""Incidents to ranked custody chains, diversion-risk cards and back-tests. Pure functions."""

from enduse.trace.backtest import Known, backtest
from enduse.trace.custody import trace_custody
from enduse.trace.risk import Yardstick, assess_risk, find_plan

__all__ = ["Known", "Yardstick", "assess_risk", "backtest", "find_plan", "trace_custody"]
