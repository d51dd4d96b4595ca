"""The weights of the claims' scores, fitted on hand-checked claims.

In: `data/priors/extract_score.tsv`. Out: feature to weight. Refused: a weight that is no number.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from enduse.errors import DataError


@cache
def load_score_weights() -> Mapping[str, float]:
    """Return the weight of each feature; empty if the table is not there.

    Raises:
        DataError: a weight is no number.
    """
    table = files("enduse.reference").joinpath("data", "priors", "extract_score.tsv")
    if not table.is_file():
        return MappingProxyType({})
    rows = csv.DictReader(table.read_text(encoding="utf-8").splitlines(), delimiter="\t")
    try:
        return MappingProxyType({row["feature"]: float(row["weight"]) for row in rows})
    except (KeyError, TypeError, ValueError) as error:
        raise DataError("a weight is no number", "extract_score.tsv") from error
