"""Counts over all sightings: true chains first, calibration, first chains changed by copies."""

from __future__ import annotations

import statistics
from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass
class Tally:
    """What is counted over all sightings."""

    full: int = 0
    ours: int = 0
    latest: int = 0
    most: int = 0
    cases: int = 0
    ours_all: int = 0
    shares: list[tuple[float, bool]] = field(default_factory=list)
    first: list[tuple[float, bool]] = field(default_factory=list)
    copied: int = 0
    changed: int = 0
    none_true: list[tuple[float, bool]] = field(default_factory=list)


def calibration_error(shares: Iterable[tuple[float, bool]], bins: int = 10) -> float:
    """Return the expected calibration error: the gap of share and truth, averaged over bins."""
    kept = list(shares)
    gap = 0.0
    for at in range(bins):
        inside = [
            one
            for one in kept
            if at / bins <= one[0] < (at + 1) / bins or (at == bins - 1 and one[0] == 1)
        ]
        if inside:
            mean = statistics.fmean(share for share, _ in inside)
            true = statistics.fmean(float(right) for _, right in inside)
            gap += abs(mean - true) * len(inside) / len(kept)
    return gap


def table(shares: Iterable[tuple[float, bool]], bins: int = 10) -> list[str]:
    """Return the calibration curve as lines: bin, how many, mean share, part that is true."""
    kept = list(shares)
    lines = []
    for at in range(bins):
        inside = [one for one in kept if at / bins <= one[0] < (at + 1) / bins]
        if inside:
            mean = statistics.fmean(share for share, _ in inside)
            true = statistics.fmean(float(right) for _, right in inside)
            lines.append(
                f"  {at / bins:.1f}-{(at + 1) / bins:.1f}  {len(inside):5}  {mean:.3f}  {true:.3f}"
            )
    return lines
