"""What a name may mean: the entries it names, best first, with the features of each score.

In: a name, and what is known of it (kind, day, country). Out: candidates. Nothing is refused.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from enduse.model.entity import Candidate
from enduse.model.mention import EntityKind
from enduse.reference.layers import Layer
from enduse.reference.matcher import Matcher


class Search:
    """The search over all layers."""

    def __init__(self, matcher: Matcher, layers: Sequence[Layer]) -> None:
        self._matcher = matcher
        self._layers = layers

    def find(
        self, name: str, kind: EntityKind | None, on: date | None, country: str | None
    ) -> tuple[Candidate, ...]:
        """Return the entries whose name this is, word for word."""
        del on, country
        found = []
        for mention in self._matcher.mentions(name):
            if (kind is None or mention.kind is kind) and mention.text == name:
                found += [Candidate(each, name, 1.0) for each in mention.entity_ids]
        return tuple(found)
