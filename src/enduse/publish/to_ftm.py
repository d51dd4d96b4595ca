"""Claims to FollowTheMoney entities, one JSON object a line, for OpenAleph and its tools.

In: claims with their documents. Out: documents as Article, parties as LegalEntity, weapons as
Asset, transfers and ties between two parties as UnknownLink, everything else as Event; each link
and event names its document and keeps its quote, hedge and polarity in words, a link its weapon.
Refused: nothing; the schema has no field for hedges, so `status` and `role` say them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from enduse.model.claim import Claim, ClaimKind, Part, Role
from enduse.model.document import Document
from enduse.model.record import make_id
from enduse.publish.wording import name_weapon

Entity = dict[str, Any]

_ENDS = {
    ClaimKind.TRANSFER: (Part.FROM, Part.TO),
    ClaimKind.AFFILIATION: (Part.ACTOR, Part.OTHER),
}
_THINGS = (Part.WEAPON,)


class FtmExporter:
    """Writes claims as FollowTheMoney entities."""

    name = "ftm"
    media_type = "application/json+ftm"
    suffix = ".ftm.json"

    def write(self, claims: Iterable[tuple[Claim, Document]], stream: BinaryIO) -> None:
        """Write each entity once, before whatever refers to it."""
        written: set[str] = set()
        for claim, document in claims:
            for entity in make_entities(claim, document):
                if entity["id"] not in written:
                    written.add(entity["id"])
                    line = json.dumps(entity, ensure_ascii=True, sort_keys=True)
                    stream.write(line.encode("ascii") + b"\n")


def make_entities(claim: Claim, document: Document) -> Iterator[Entity]:
    """Yield the document, the parties, and the link or event that the claim tells."""
    yield _document(document)
    parties = {role.part: _party(role) for role in claim.roles if role.part is not Part.PLACE}
    yield from parties.values()
    told = _told(claim, document)
    ends = [parties[part] for part in _ENDS.get(claim.kind, ()) if part in parties]
    if len(ends) == len(_ENDS.get(claim.kind, ())) and ends:
        joined = {
            "subject": ends[0]["id"],
            "object": ends[1]["id"],
            "role": _head(claim),
            "status": _firmness(claim),
            "description": _described(claim, told["description"]),
        }
        yield _entity(claim.id, "UnknownLink", told | joined)
    else:
        yield _entity(claim.id, "Event", told | _event(claim, document, list(parties.values())))


def _document(document: Document) -> Entity:
    published = document.date_published.isoformat() if document.date_published else None
    facts = {
        "title": document.title or document.label,
        "publisher": document.publisher,
        "author": document.byline,
        "publishedAt": published,
        "sourceUrl": _web_address(document),
    }
    return _entity(document.id, "Article", facts)


def _party(role: Role) -> Entity:
    schema = "Asset" if role.part in _THINGS else "LegalEntity"
    key = role.reference or make_id("name", role.label.casefold())
    return _entity(f"{schema.lower()}-{key}", schema, {"name": role.label})


def _told(claim: Claim, document: Document) -> Entity:
    """Return what links and events share: days, words, proof, firmness."""
    time = claim.time
    return {
        "startDate": time.start.isoformat() if time and time.start else None,
        "endDate": time.end.isoformat() if time and time.end else None,
        "summary": claim.span.quote if claim.span else None,
        "description": f"{_voice(claim)}, in {document.id}; {_firmness(claim)}",
        "publisher": document.publisher,
        "sourceUrl": _web_address(document),
        "recordId": claim.id,
    }


def _event(claim: Claim, document: Document, parties: list[Entity]) -> Entity:
    place = claim.role(Part.PLACE)
    names = ", ".join(role.label for role in claim.roles if role.part is not Part.PLACE)
    facts = {"name": f"{_head(claim)}: {names}", "location": place.label if place else None}
    involved = [party["id"] for party in parties if party["schema"] == "LegalEntity"]
    return {**facts, "involved": involved, "proof": document.id}


def _described(claim: Claim, told: str) -> str:
    """Return what a link is about, which it has no end for: the weapon, by name and entity id."""
    weapon = claim.role(Part.WEAPON)
    if weapon is None:
        return told
    named = name_weapon(weapon.label, claim.quantity.text if claim.quantity else "")
    return f"Of {named} ({_party(weapon)['id']}). {told}"


def _firmness(claim: Claim) -> str:
    return f"{claim.polarity.value}, {claim.certainty.value}; found by {claim.extractor}"


def _voice(claim: Claim) -> str:
    speakers = "; ".join(speaker.text for speaker in claim.attribution)
    return f"On the word of {speakers}" if speakers else "In the author's own voice"


def _head(claim: Claim) -> str:
    """Return kind, mode and status, and that it is denied or hedged: what a reader must see."""
    hedge = "" if claim.certainty.rank == 0 else claim.certainty.value
    denied = "denied" if claim.polarity.value == "denied" else ""
    parts = (denied, claim.status if claim.planned else "", hedge, claim.kind.value, claim.mode)
    return " ".join(filter(None, parts))


def _web_address(document: Document) -> str | None:
    address = document.address or ""
    return address if address.startswith(("http://", "https://")) else None


def _entity(entity_id: str, schema: str, facts: Entity) -> Entity:
    properties = {
        name: value if isinstance(value, list) else [value]
        for name, value in facts.items()
        if value
    }
    return {"id": entity_id, "schema": schema, "properties": properties}
