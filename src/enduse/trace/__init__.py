"""Incidents to ranked custody chains, diversion-risk cards and back-tests. Pure functions."""

from enduse.trace.backtest import Known, backtest
from enduse.trace.custody import trace_custody
from enduse.trace.kinship import CaseTies, Kinship, read_ties
from enduse.trace.risk import Yardstick, assess_risk, find_adversaries, find_plan

__all__ = [
    "CaseTies",
    "Kinship",
    "Known",
    "Yardstick",
    "assess_risk",
    "backtest",
    "find_adversaries",
    "find_plan",
    "read_ties",
    "trace_custody",
]
