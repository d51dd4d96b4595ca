"""What a name may mean: the entries it names, best first, with the features of each score.

In: a name, and what is known of it (kind, day, country, other names of the text). Out: candidates.
Nothing is refused. The score tells how surely the entry bears the name; what the setting tells
only chooses between namesakes, and stands among the features.
A name asked for by itself counts without the words it needs beside it in a running text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from enduse.model.entity import Candidate, Entity, Name
from enduse.model.mention import EntityKind
from enduse.reference.company import Company, gain_of
from enduse.reference.layers import Layer
from enduse.reference.matcher import Matcher
from enduse.reference.meanings import Reading

FOLDED = 0.95
"""Score of a name that is spelled alike but for case, marks, hyphens and article."""

TOP = 10.0
"""About the greatest weight of a reading: a country's."""

_OUT_OF_USE, _AFTERWARDS = 0.3, 0.6
_MOST = 20


@dataclass(frozen=True, slots=True)
class Asked:
    """A name and what is known of it."""

    name: str
    kind: EntityKind | None = None
    on: date | None = None
    country: str | None = None
    company: Company | None = None


class Search:
    """The search over all layers."""

    def __init__(self, matcher: Matcher, layers: Sequence[Layer]) -> None:
        self._matcher = matcher
        self._layers = layers

    def find(self, asked: Asked) -> tuple[Candidate, ...]:
        """Return the entries whose name this is, best first.

        The exact spelling comes before the folded one, a name in use on the day before one out of
        use, an entry at home in the country before others, one that fits the company, then the
        likelier one.
        """
        asked = replace(asked, name=" ".join(asked.name.split()))
        found: dict[str, tuple[tuple[float, ...], Candidate]] = {}
        for reading in self._matcher.readings_of(asked.name)[: 4 * _MOST]:
            entity = self._layers[reading.layer].entity(reading.entity)
            if asked.kind is None or entity.kind is asked.kind:
                found.setdefault(entity.id, _rated(entity, reading, asked))
        ranked = sorted(found.values(), key=lambda each: (each[0], each[1].entity_id))
        return tuple(candidate for _, candidate in ranked[:_MOST])


def _rated(entity: Entity, reading: Reading, asked: Asked) -> tuple[tuple[float, ...], Candidate]:
    """Return what an entry is ordered by, and the entry as a candidate."""
    spelled = [name for name in entity.names if name.text == asked.name]
    in_use = max((_in_use(name, asked.on) for name in spelled), default=1.0)
    exact = 1.0 if spelled else 0.0
    home = 1.0 if asked.country in entity.countries else 0.0
    score = (1.0 if spelled else FOLDED) - (1.0 - in_use) * _OUT_OF_USE
    features = [("exact" if spelled else "folded", exact or FOLDED), ("in use", in_use)]
    if asked.country is not None:
        features.append(("country", home))
    told = asked.company.features(entity) if asked.company else {}
    features += [*told.items(), ("likelihood", round(min(reading.weight / TOP, 1.0), 4))]
    candidate = Candidate(entity.id, entity.name, round(score, 4), tuple(features))
    return (-score - gain_of(told), -home, -reading.weight), candidate


def _in_use(name: Name, on: date | None) -> float:
    """Return 1 in the name's time, 0 before it; after it people go on saying it for a while."""
    if on is None or (name.start or date.min) <= on <= (name.end or date.max):
        return 1.0
    return 0.0 if name.start and on < name.start else _AFTERWARDS
