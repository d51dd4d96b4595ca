"""How many, as bounds that the words support."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Quantity:
    """A count between min and max, both included; None is no bound. `text` is the wording."""

    text: str
    min: float | None = None
    max: float | None = None
