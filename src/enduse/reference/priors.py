"""What is assumed before any report is read: custody priors, likelihood words, telling terms.

In: the tab-separated files of `data/priors`, or an analyst's own file in place of `custody.tsv`.
Out: `Priors`. Refused: a file without the right columns, a number that is none, a value outside
its own bounds, a name that the shipped file does not have.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from math import inf
from pathlib import Path

from enduse.errors import DataError

FOLDER = Path(__file__).parent / "data" / "priors"
_COLUMNS = ("name", "value", "low", "high", "reason", "cites", "reviewed")


@dataclass(frozen=True, slots=True)
class Prior:
    """One assumption: its value, the bounds it may reasonably have, and the reason for it.

    Attributes:
        cites: pages that support it; empty if nobody has named one.
        reviewed: who checked it and when; "no" if nobody has.
    """

    name: str
    value: float
    low: float
    high: float
    reason: str
    cites: str = ""
    reviewed: str = "no"


@dataclass(frozen=True, slots=True)
class Band:
    """A likelihood word and the probabilities it stands for, low included, high not."""

    words: str
    low: float
    high: float


@dataclass(frozen=True)
class Priors:
    """Every assumption that a trace rests on.

    Attributes:
        custody: the priors by name, in the order of their file.
        bands: the likelihood words, lowest first.
        terms: (of, term) to meaning: words that tell a kind from a name.
        label: the file they came from, as a reader is told.
    """

    custody: Mapping[str, Prior]
    bands: tuple[Band, ...]
    terms: Mapping[tuple[str, str], str]
    label: str = "the shipped priors"

    def __getitem__(self, name: str) -> float:
        """Return the value of the prior.

        >>> load_priors()["weight:supply"]
        1.0

        Raises:
            KeyError: no prior has the name.
        """
        return self.custody[name].value

    def weight(self, mode: str | None) -> float:
        """Return how much a way of changing hands moves, beside a supply; unknown ways are weak."""
        known = self.custody.get(f"weight:{mode}") or self.custody["weight:opportunity"]
        return known.value

    def with_value(self, name: str, value: float) -> Priors:
        """Return the priors with one value changed."""
        changed = {**self.custody, name: replace(self.custody[name], value=value)}
        return replace(self, custody=changed)

    def likelihood(self, probability: float) -> str:
        """Return the likelihood word for a probability.

        >>> load_priors().likelihood(0.6)
        'likely'
        >>> load_priors().likelihood(0.02)
        'almost no chance'
        """
        fitting = [band.words for band in self.bands if band.low <= probability]
        return fitting[-1] if fitting else self.bands[0].words

    def meaning(self, of: str, term: str | None) -> str | None:
        """Return what a word means for actors, weapons, claims or categories, or None."""
        return None if term is None else self.terms.get((of, term.casefold()))

    @cached_property
    def feared_phrases(self) -> tuple[str, ...]:
        """The words that tell what may come, longest first."""
        return self._phrases("feared")

    @cached_property
    def hedged_phrases(self) -> tuple[str, ...]:
        """The words that doubt what was, longest first."""
        return self._phrases("hedged")

    def _phrases(self, meaning: str) -> tuple[str, ...]:
        found = (key[1] for key, value in self.terms.items() if value == meaning)
        return tuple(sorted(found, key=lambda term: (-len(term), term)))


def load_priors(path: Path | None = None) -> Priors:
    """Return the shipped priors, with the values of an analyst's own file in their place.

    Args:
        path: a file with the columns of `custody.tsv`; it may hold only the rows that differ.

    Raises:
        DataError: a file lacks a column, a number or a known name; says which line.
    """
    custody = {prior.name: prior for prior in _read_custody(FOLDER / "custody.tsv")}
    label = "the shipped priors"
    if path is not None:
        custody |= _known_only(_read_custody(path), custody, path)
        label = path.name
    bands = tuple(
        Band(row["words"], float(row["low"]), float(row["high"]))
        for row in _rows(FOLDER / "likelihood.tsv", ("words", "low", "high"))
    )
    terms = {
        (row["of"], row["term"]): row["meaning"]
        for row in _rows(FOLDER / "terms.tsv", ("term", "of", "meaning"))
    }
    return Priors(custody, bands, terms, label)


def _known_only(own: Iterable[Prior], shipped: Mapping[str, Prior], path: Path) -> dict[str, Prior]:
    found = {prior.name: prior for prior in own}
    for name in found:
        if name not in shipped:
            raise DataError(
                f"no prior is called {name!r}",
                place=str(path),
                next_step=f"Use one of the names in {FOLDER / 'custody.tsv'}",
            )
    return found


def _read_custody(path: Path) -> Iterable[Prior]:
    for number, row in enumerate(_rows(path, _COLUMNS), start=2):
        yield _prior_of(row, f"{path}, line {number}")


def _prior_of(row: Mapping[str, str], place: str) -> Prior:
    try:
        value, low, high = float(row["value"]), float(row["low"]), float(row["high"])
    except (TypeError, ValueError) as error:
        raise DataError(
            f"{row['name']!r} has a value that is no number",
            place=place,
            next_step="Write value, low and high with digits and a point",
        ) from error
    if not 0 <= low <= value <= high:
        raise DataError(
            f"{row['name']!r} has a value outside its own bounds",
            place=place,
            next_step="Order them so that 0 <= low <= value <= high",
        )
    least, most = _bounds(row["name"])
    if low < least or high > most:
        raise DataError(
            f"{row['name']!r} has a value outside {least:g} to {most:g}",
            place=place,
            next_step="Give value, low and high within these bounds",
        )
    return Prior(row["name"], value, low, high, row["reason"], row["cites"], row["reviewed"])


def _bounds(name: str) -> tuple[float, float]:
    """Return the least and the greatest value a prior may have: chances end at 1."""
    known = {
        "recency:half-life": (1.0, inf),
        "misidentified": (0.0, 0.99),
        "unreported": (0.0, inf),
    }
    weighs = name.startswith(("weight:", "root:", "evidence:", "risk:"))
    return known.get(name, (0.0, inf if weighs else 1.0))


def _rows(path: Path, columns: tuple[str, ...]) -> list[dict[str, str]]:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file, delimiter="\t", strict=True))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise DataError(
            f"the priors cannot be read: {error}",
            place=str(path),
            next_step="Give a tab-separated file in UTF-8",
        ) from error
    missing = [name for name in columns if rows and rows[0].get(name) is None]
    if missing or not rows:
        raise DataError(
            f"the columns {', '.join(missing or columns)} are missing",
            place=str(path),
            next_step=f"Begin from {FOLDER / 'custody.tsv'}",
        )
    return rows
