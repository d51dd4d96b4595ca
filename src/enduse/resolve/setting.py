"""The setting of a document: what its claims and its text tell of what a name in it may mean.

In: claims, documents, publications. Out: for each document the countries it speaks of, the
entities it names, the short forms it defines and where its place names lie.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from enduse.model.claim import Claim, Part, Publication
from enduse.model.document import Document
from enduse.model.entity import Entity
from enduse.model.mention import EntityKind
from enduse.ports import Register
from enduse.reference.grounding import Grounded, Named, Placement, Shares, ground_names
from enduse.resolve.definitions import find_definitions
from enduse.resolve.judged import fold_name

_NO_PEOPLE = 300
_CODES = {"region": "admin1", "district": "admin2"}


@dataclass(frozen=True, slots=True)
class Setting:
    """What a document tells of the names in it.

    Attributes:
        written: when it was published.
        countries: the share of its names that lie in each country.
        named: how often each entity is named.
        defined: folded short form to what the text says it stands for.
        grounded: folded place name to the place it means here.
    """

    written: date | None
    countries: Mapping[str, float]
    named: Mapping[str, int] = field(default_factory=dict)
    defined: Mapping[str, str] = field(default_factory=dict)
    grounded: Mapping[str, Grounded] = field(default_factory=dict)


def read_settings(
    claims: Sequence[Claim],
    publications: Iterable[Publication],
    register: Register,
    documents: Iterable[Document] = (),
) -> dict[str, Setting]:
    """Return the setting of each document that has a claim."""
    told = {publication.document_id: publication for publication in publications}
    by_document: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        by_document[claim.document_id].append(claim)
    settings = {
        document_id: _read_claims(own, told.get(document_id), register)
        for document_id, own in by_document.items()
    }
    for document in documents:
        if document.id in settings:
            home = _home_of(told.get(document.id), register)
            settings[document.id] = replace(
                settings[document.id],
                defined={
                    fold_name(short): long
                    for short, long in find_definitions(document.text).items()
                },
                grounded=_ground(document.text, by_document[document.id], register, home),
            )
    return settings


def _read_claims(
    claims: Sequence[Claim], publication: Publication | None, register: Register
) -> Setting:
    named = Counter(role.reference for claim in claims for role in claim.roles if role.reference)
    countries: Counter[str] = Counter()
    for entity_id, times in named.items():
        entity = register.entity(entity_id)
        countries.update(dict.fromkeys(entity.countries if entity else (), times))
    return Setting(publication.published if publication else None, _shares(countries), dict(named))


def _shares(count: Counter[str]) -> dict[str, float]:
    total = sum(count.values())
    return {country: number / total for country, number in sorted(count.items())}


def _home_of(publication: Publication | None, register: Register) -> Shares:
    """Return the publisher's country, where the register knows the publisher."""
    name = publication.publisher if publication else None
    found = register.find(name, EntityKind.ACTOR) if name else ()
    entity = register.entity(found[0].entity_id) if found else None
    countries = entity.countries if entity else ()
    return Shares({country: 1 / len(countries) for country in countries})


def _definitions(text: str) -> dict[str, str]:
    return {fold_name(short): long for short, long in find_definitions(text).items()}


def _ground(
    text: str, claims: Iterable[Claim], register: Register, home: Shares
) -> dict[str, Grounded]:
    """Return what each place name of the claims means, chosen together."""
    names = {
        Named(role.start, role.end, role.text)
        for claim in claims
        for role in claim.roles
        if role.part is Part.PLACE and role.start is not None and role.end is not None
    }
    ordered = sorted(name for name in names if text[name.start : name.end] == name.text)
    found = ground_names(text, ordered, lambda name: ("name", _placements(name, register)), home)
    return {fold_name(g.named.text): g for g in found if g is not None and g.rule == "name"}


def _placements(name: str, register: Register) -> list[Placement]:
    entities = [register.entity(c.entity_id) for c in register.find(name, EntityKind.PLACE)]
    return [_placement(entity) for entity in entities if entity is not None and entity.point]


def _placement(entity: Entity) -> Placement:
    """Return an entity as a place; its weight is the power of ten of its people."""
    people = int(dict(entity.codes).get("population", "") or _NO_PEOPLE)
    prefix, _, code = entity.id.partition("-")
    kind = _CODES.get(prefix, entity.category)
    held = [tie.other for tie in entity.ties if tie.other.startswith("region-")]
    region = code if kind == "admin1" else held[0].removeprefix("region-") if held else ""
    country = entity.countries[0] if len(entity.countries) == 1 else ""
    weight = math.log10(max(people, _NO_PEOPLE)) + (2.0 if kind == "country" else 0.0)
    lat, lon = (entity.point.lat, entity.point.lon) if entity.point else (0.0, 0.0)
    return Placement(entity.id, kind, lat, lon, weight, country, region)
