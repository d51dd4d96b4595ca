"""That what one document says comes from another, or that two have it from one source."""

from __future__ import annotations

from dataclasses import dataclass

from enduse.model.reprint import Relation


@dataclass(frozen=True, slots=True)
class Dependence:
    """A tie between two documents in what they say of one incident.

    Attributes:
        document_id, on: documents; the first depends on the second where `directed`, else both
            depend on something else (one author, one primary) or nobody knows which way.
        kind: in which way.
        strength: 1 where the two are one voice, less where they are not wholly apart, 0 to 1.
        because: what tells so, in words.
    """

    document_id: str
    on: str
    kind: Relation
    strength: float
    because: str
    directed: bool = False
