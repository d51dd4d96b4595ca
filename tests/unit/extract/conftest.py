"""A small register of invented and generic names, so that the tests need no shipped data."""

from __future__ import annotations

import re

import pytest

from enduse.extract import extract_claims
from enduse.model.claim import Claim
from enduse.model.document import Document
from enduse.model.entity import Entity
from enduse.model.mention import EntityKind, Mention

NAMES = {
    "Tabir": ("tabir", EntityKind.ACTOR, "state", "Tabir"),
    "Tabiri": ("tabir", EntityKind.ACTOR, "state", "Tabir"),
    "Orland": ("orland", EntityKind.ACTOR, "state", "Orland"),
    "Northern Front": ("northern-front", EntityKind.ACTOR, "armed-group", "Northern Front"),
    "Northern Brigade": ("northern-brigade", EntityKind.ACTOR, "armed-group", "Northern Brigade"),
    "Red Column": ("red-column", EntityKind.ACTOR, "armed-group", "Red Column"),
    "Peace Monitor": ("peace-monitor", EntityKind.ACTOR, "monitor", "Peace Monitor"),
    "Kesh": ("kesh", EntityKind.PLACE, "town", "Kesh"),
    "Old Harbour": ("old-harbour", EntityKind.PLACE, "town", "Old Harbour"),
    "Kornet": ("9m133-kornet", EntityKind.WEAPON, "anti-tank-guided-missile", "9M133 Kornet"),
    "BGM-71 TOW": ("bgm-71-tow", EntityKind.WEAPON, "anti-tank-guided-missile", "BGM-71 TOW"),
    "AK-47": ("ak-47", EntityKind.WEAPON, "rifle", "AK-47"),
}


class FakeRegister:
    version = "fake"

    def entity(self, entity_id):
        for found, kind, category, label in NAMES.values():
            if found == entity_id:
                return Entity(found, kind, category, label)
        return None

    def mentions(self, text):
        pattern = "|".join(sorted(map(re.escape, NAMES), key=len, reverse=True))
        return [
            Mention(m.start(), m.end(), m.group(), NAMES[m.group()][1], (NAMES[m.group()][0],))
            for m in re.finditer(rf"(?<!\w)(?:{pattern})(?!\w)", text)
        ]

    def find(self, name, kind=None, on=None, country=None):
        return ()

    def ancestors(self, entity_id, days=None):
        return ()


@pytest.fixture(scope="session")
def register():
    return FakeRegister()


@pytest.fixture(scope="session")
def read(register):
    """Return a function from text to its claims, by rules and trees unless told otherwise."""

    def read_text(text, engine="both", **facts):
        document = Document("doc-1", "snap-1", text, language="en", **facts)
        return [c for c in extract_claims(document, register, engine) if isinstance(c, Claim)]

    return read_text
