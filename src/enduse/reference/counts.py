"""How much the register holds: entries by kind and level, names by language, codes, ties.

In: entities. Out: plain counts, for the docs and for whoever asks. Nothing is refused.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from enduse.model.entity import Entity
from enduse.model.mention import EntityKind

FEWEST = 10
"""Languages with fewer entries than this are not listed."""


def count_entries(entities: Iterable[Entity]) -> dict[str, dict[str, int]]:
    """Return counts of the listed entries: of weapons and actors by what is known of them."""
    weapons: Counter[str] = Counter()
    actors: Counter[str] = Counter()
    for entity in entities:
        if entity.kind is EntityKind.WEAPON:
            weapons.update(_marks_of_weapon(entity))
        elif entity.kind is EntityKind.ACTOR:
            actors.update(_marks_of_actor(entity))
    return {"weapon": _listed(weapons), "actor": _listed(actors)}


def _marks_of_weapon(entity: Entity) -> Iterable[str]:
    codes = dict(entity.codes)
    yield "entries"
    yield f"level {codes['level']}"
    yield from (f"code {code}" for code in ("sipri", "unroca", "salw") if code in codes)
    if entity.countries:
        yield "maker country"
    yield from {f"tie {tie.kind}" for tie in entity.ties}
    yield from _marks_of_names(entity)


def _marks_of_actor(entity: Entity) -> Iterable[str]:
    yield "entries"
    yield f"category {entity.category}"
    yield from {f"code {code}" for code, _ in entity.codes if code != "level"}
    if entity.countries:
        yield "country"
    if any(name.start or name.end for name in entity.names):
        yield "dated name"
    if entity.ties:
        yield "tie"
    if any(tie.start or tie.end for tie in entity.ties):
        yield "dated tie"
    yield from _marks_of_names(entity)


def _marks_of_names(entity: Entity) -> Iterable[str]:
    yield from {f"name in {name.lang}" for name in entity.names}
    yield from ("names" for _ in entity.names)
    if entity.reviewed is not None:
        yield "reviewed by a person"


def _listed(counts: Counter[str]) -> dict[str, int]:
    kept = {k: n for k, n in counts.items() if n >= FEWEST or not k.startswith("name in ")}
    return dict(sorted(kept.items()))
