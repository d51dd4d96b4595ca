"""A small register, and short ways to write claims, publications and copies."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from enduse.fuse import fuse_incidents
from enduse.model.claim import (
    Claim,
    ClaimKind,
    Part,
    Publication,
    Role,
    Speaker,
)
from enduse.model.dates import DateRange
from enduse.model.entity import Entity
from enduse.model.interchange import with_id
from enduse.model.mention import EntityKind
from enduse.model.reprint import AlignedSpan, Relation, Reprint

ABOVE = {
    "kornet": ("atgm",),
    "tow": ("atgm",),
    "desert-brigade": ("free-army",),
    "hill-town": ("north-province",),
}
PARTED = {"young-column": ("old-front", date(2020, 1, 1))}  # whom it left, and when


@dataclass
class SmallRegister:
    version: str = "1"

    def ancestors(self, entity_id, days=None):
        whole, left = PARTED.get(entity_id, (None, None))
        if whole and (days is None or days.earliest <= left):
            return (whole,)
        return ABOVE.get(entity_id, ())

    def entity(self, entity_id):
        if entity_id != "rebels":
            return None
        return Entity(
            entity_id, EntityKind.ACTOR, "population", entity_id, codes=(("level", "class"),)
        )

    def mentions(self, text):
        return ()

    def find(self, name, kind=None, on=None, country=None):
        return ()


REGISTER = SmallRegister()
JUNE = DateRange(date(2020, 6, 1), date(2020, 6, 5), "early June")


def role(part, reference, text=None):
    return Role(part, text or reference, reference=reference, name=reference)


def use(document="doc-a", actor="red-front", weapon="tow", place="hill-town", time=JUNE, **rest):
    """Return a use claim; None leaves a part out."""
    parts = ((Part.ACTOR, actor), (Part.WEAPON, weapon), (Part.PLACE, place))
    roles = tuple(role(part, reference) for part, reference in parts if reference)
    return with_id(Claim("", document, ClaimKind.USE, roles, time=time, **rest))


def supply(document="doc-a", giver="north-land", taker="red-front", weapon="tow", **rest):
    parts = ((Part.FROM, giver), (Part.TO, taker), (Part.WEAPON, weapon))
    roles = tuple(role(part, reference) for part, reference in parts if reference)
    rest = {"mode": "supply", **rest}
    return with_id(Claim("", document, ClaimKind.TRANSFER, roles, **rest))


def said(name, cue="according to"):
    return Speaker(name, reference=name, name=name, cue=cue)


def pages(*names, **facts):
    return [
        Publication(f"doc-{name}", date(2020, 6, 10 + i), f"Paper {name.upper()} Daily", **facts)
        for i, name in enumerate(names)
    ]


def copied(copy, of, spans=((0, 99, 0, 99),), relation=Relation.REPRINT):
    aligned = tuple(AlignedSpan(*each) for each in spans)
    return Reprint(f"reprint-{copy}-{of}", copy, of, relation, 0.9, aligned, True, "same words")


def fuse(claims, publications=(), reprints=()):
    return fuse_incidents(claims, publications, reprints, REGISTER)
