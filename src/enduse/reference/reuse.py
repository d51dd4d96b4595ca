"""The reviewed lists behind reprints and fusing: stock phrases and the numbers of fusing.

In: the plain files of the data folder. Out: immutable values. Refused: a row without a reason.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from enduse.errors import DataError


@cache
def load_stock_phrases() -> tuple[str, ...]:
    """Return phrases that many writers use, so that sharing them is no sign of copying."""
    return tuple(sorted(row["phrase"] for row in _rows("boilerplate.tsv")))


@cache
def load_fusion_numbers() -> Mapping[str, float]:
    """Return the numbers that fusing uses, by name.

    Raises:
        DataError: a row has no reason or its value is no number; names the row.
    """
    return MappingProxyType({row["name"]: _number(row) for row in _rows("priors/fusion.tsv")})


def _number(row: Mapping[str, str]) -> float:
    try:
        return float(row["value"])
    except ValueError as error:
        raise DataError(
            f"{row['name']} has the value {row['value']!r}, which is no number",
            "priors/fusion.tsv",
            "Write it with a point, as in 0.5",
        ) from error


def _rows(name: str) -> list[dict[str, str]]:
    path = files("enduse.reference").joinpath("data", *name.split("/"))
    lines = path.read_text(encoding="utf-8").splitlines()
    rows = list(csv.DictReader(lines, delimiter="\t", strict=True))
    for row in rows:
        if not row.get("reason"):
            raise DataError(f"{row} has no reason", name, "Fill the column 'reason'")
    return rows
