"""The indicators of a diversion-risk card, read from the reviewed file `data/risk/indicators.yml`.

In: the file. Out: `Indicator`s in the file's order. Refused: an indicator without a question, a
rule, a reference or a review mark.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from enduse.errors import DataError

FILE = Path(__file__).parent / "data" / "risk" / "indicators.yml"
_FIXED = ("id", "group", "question", "rule", "references", "reviewed")


@dataclass(frozen=True)
class Indicator:
    """One question of the card.

    Attributes:
        id: R1 to R8, I1 to I6, T1 to T6, E1 to E4; never renamed.
        group: recipient, item, transfer or environment.
        question: asked so that yes points to risk.
        rule: how evidence for it is looked for.
        references: the frameworks that ask the same.
        settings: lists of words the rule works with, by name.
        reviewed: who checked it and when; "no" if nobody has.
    """

    id: str
    group: str
    question: str
    rule: str
    references: tuple[str, ...]
    settings: Mapping[str, tuple[str, ...]]
    reviewed: str = "no"

    def words(self, name: str) -> tuple[str, ...]:
        """Return the words of one setting; empty if the indicator has none."""
        return self.settings.get(name, ())


def load_indicators(path: Path = FILE) -> tuple[Indicator, ...]:
    """Return the indicators in the order of their file.

    >>> [one.id for one in load_indicators()][:3]
    ['R1', 'R2', 'R3']

    Raises:
        DataError: an entry lacks a field; names the entry.
    """
    entries = yaml.load(path.read_bytes(), Loader=yaml.BaseLoader)  # noqa: S506 - only strings
    return tuple(_indicator_of(entry, path) for entry in entries)


def _indicator_of(entry: Mapping[str, Any], path: Path) -> Indicator:
    missing = [name for name in _FIXED if not entry.get(name)]
    if missing:
        raise DataError(
            f"indicator {entry.get('id', '?')} lacks {', '.join(missing)}",
            place=str(path),
            next_step="Fill in every field that the other indicators have",
        )
    settings = {name: _listed(value) for name, value in entry.items() if name not in _FIXED}
    return Indicator(
        id=entry["id"],
        group=entry["group"],
        question=entry["question"],
        rule=entry["rule"],
        references=tuple(entry["references"]),
        settings=settings,
        reviewed=entry["reviewed"],
    )


def _listed(value: str | list[str]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)
