"""The setting of a document: which countries its claims speak of, to choose between namesakes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from enduse.model.claim import Claim, Publication
from enduse.ports import Register


@dataclass(frozen=True, slots=True)
class Setting:
    """When a document was written and the share of its names that lie in each country."""

    written: date | None
    countries: Mapping[str, float]


def read_settings(
    claims: Iterable[Claim], publications: Iterable[Publication], register: Register
) -> dict[str, Setting]:
    """Return the setting of each document that has a claim."""
    days = {publication.document_id: publication.published for publication in publications}
    counts: dict[str, Counter[str]] = {}
    for claim in claims:
        count = counts.setdefault(claim.document_id, Counter())
        for role in claim.roles:
            entity = register.entity(role.reference) if role.reference else None
            count.update(entity.countries if entity else ())
    return {
        document_id: Setting(days.get(document_id), _shares(count))
        for document_id, count in counts.items()
    }


def _shares(count: Counter[str]) -> dict[str, float]:
    total = sum(count.values())
    return {country: number / total for country, number in sorted(count.items())}
