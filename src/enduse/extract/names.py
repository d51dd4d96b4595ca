"""Names in a document: what the register knows, and what only looks like a name.

In: a document's text and the register. Out: named stretches in order, none overlapping, each with
its kind and register id. Refused: names whose needed words are not near, which the register
itself leaves out.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache

from enduse.model.entity import Entity
from enduse.model.mention import EntityKind, Mention
from enduse.ports import Register

LookUp = Callable[[str], Entity | None]


@dataclass(frozen=True, slots=True)
class Named:
    """One stretch of text that the register knows.

    Attributes:
        start, end: code points of the document.
        text: as written.
        kind: weapon, actor or place; `also_place` where an actor's name is a country's too.
        entity: likeliest register id; `label` its name; `category` its category there.
        countries: its ISO 3166-1 alpha-2 codes.
    """

    start: int
    end: int
    text: str
    kind: EntityKind
    entity: str
    label: str
    category: str
    countries: tuple[str, ...] = ()
    also_place: bool = False


def find_names(text: str, register: Register) -> tuple[Named, ...]:
    """Return what the register knows in the text, longest first where stretches overlap."""
    look_up: LookUp = cache(register.entity)
    told = [mention for mention in register.mentions(text) if not _is_general(mention, look_up)]
    mentions = sorted(told, key=lambda found: (found.start, -found.end))
    kept: list[Named] = []
    for at, mention in enumerate(mentions):
        if kept and mention.start < kept[-1].end:
            continue
        rivals = _same_span(mentions, at)
        kept.append(_named(mention, rivals, look_up))
    return tuple(_spread(text, _join_classes(text, kept, register)))


def _join_classes(text: str, kept: Sequence[Named], register: Register) -> list[Named]:
    """Make one name of a model with its class beside it ("BGM-71 TOW anti-tank missile")."""
    joined: list[Named] = []
    for name in kept:
        last = joined[-1] if joined else None
        whole = _with_class(last, name, register) if last else None
        if last is None or whole is None or not text[last.end : name.start].isspace():
            joined.append(name)
            continue
        joined[-1] = replace(
            whole, start=last.start, end=name.end, text=text[last.start : name.end]
        )
    return joined


def _with_class(left: Named, right: Named, register: Register) -> Named | None:
    """Return the model of two weapons of which the other is a class; None if neither is."""
    if left.kind is not EntityKind.WEAPON or right.kind is not EntityKind.WEAPON:
        return None
    if right.entity == left.entity or right.entity in register.ancestors(left.entity):
        return left
    return right if left.entity in register.ancestors(right.entity) else None


def _is_general(mention: Mention, look_up: LookUp) -> bool:
    """Return whether the words describe people in general ("fighters") and name nobody."""
    entity = look_up(mention.entity_ids[0])
    return entity is not None and entity.category == "population" and entity.name[:1].islower()


_ABBREVIATION = re.compile(r"\s*[(\[]\s*([A-Z][A-Za-z&-]{1,9})\s*[)\]]")
_SHORT = re.compile(r"(?<![\w-])[A-Z]{2}[A-Za-z-]{1,8}(?![\w-])")


def _spread(text: str, kept: list[Named]) -> list[Named]:
    """Add the places where a short form defined or used in a known name stands alone."""
    forms: dict[str, Named] = {}
    for name in kept:
        defined = _ABBREVIATION.match(text, name.end)
        if defined:
            forms[defined.group(1)] = name
        if name.kind is EntityKind.WEAPON:
            for word in _SHORT.findall(name.text):
                forms.setdefault(word.removesuffix("s"), name)
    if not forms:
        return kept
    known = sorted(kept, key=lambda one: one.start)
    added = []
    for found in _SHORT.finditer(text):
        whole = forms.get(found.group()) or forms.get(found.group().removesuffix("s"))
        if whole is not None and not _taken(known, found.start(), found.end()):
            added.append(replace(whole, start=found.start(), end=found.end(), text=found.group()))
    return sorted([*kept, *added], key=lambda one: one.start)


def _taken(known: list[Named], start: int, end: int) -> bool:
    at = bisect_right(known, start, key=lambda one: one.start)
    before = at > 0 and known[at - 1].end > start
    return before or (at < len(known) and known[at].start < end)


def _same_span(mentions: Sequence[Mention], at: int) -> list[Mention]:
    span = (mentions[at].start, mentions[at].end)
    last = at + 1
    while last < len(mentions) and (mentions[last].start, mentions[last].end) == span:
        last += 1
    return list(mentions[at + 1 : last])


def _named(mention: Mention, rivals: Sequence[Mention], look_up: LookUp) -> Named:
    """Return the name with what the register says; of two kinds the actor is kept."""
    kinds = {mention.kind, *(rival.kind for rival in rivals)}
    chosen = mention
    if EntityKind.WEAPON not in kinds or mention.kind is not EntityKind.WEAPON:
        chosen = next((m for m in (mention, *rivals) if m.kind is EntityKind.ACTOR), mention)
    entity = look_up(chosen.entity_ids[0])
    return Named(
        mention.start,
        mention.end,
        mention.text,
        chosen.kind,
        chosen.entity_ids[0],
        entity.name if entity else mention.text,
        entity.category if entity else "",
        entity.countries if entity else (),
        EntityKind.PLACE in kinds,
    )
