"""Lists that spell out what the sentence before called "weapons" or "an arsenal".

In: a sentence without claims of its own, the claims before it. Out: for each counted weapon in it
the claim before with that weapon. Refused: a list too far from a claim about arms in general.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from enduse.extract.conflicts import Context
from enduse.extract.parsed import Parsed
from enduse.extract.phrases import Phrase, singular
from enduse.extract.spans import span_of
from enduse.model.claim import Because, Claim, ClaimKind, Part, Role
from enduse.model.document import Document, Span
from enduse.model.interchange import with_id
from enduse.model.mention import EntityKind

_KINDS = (ClaimKind.TRANSFER, ClaimKind.POSSESSION, ClaimKind.LOSS)
_NEAR = 3  # sentences between the claim and the end of its list
_LEAST = 2  # counted weapons that make a list


def read_inventory(
    parsed: Parsed, context: Context, document: Document
) -> tuple[Claim | None, list[Claim]]:
    """Return the claim about arms in general that the sentence spells out, and its items."""
    items = [phrase for _, phrase in parsed.phrases() if _is_item(phrase, parsed)]
    general = _general_claim(parsed, context) if len(items) >= _LEAST else None
    if general is None:
        return None, []
    return general, [_itemise(general, item, parsed, document) for item in items]


def _is_item(phrase: Phrase, parsed: Parsed) -> bool:
    return phrase.kind == "weapon" and (phrase.quantity is not None or parsed.capitals)


def _general_claim(parsed: Parsed, context: Context) -> Claim | None:
    """Return the latest claim near by whose weapon is arms in general."""
    general = parsed.cues.group("generic_weapons")
    for claim in context.recent(parsed, _NEAR):
        weapon = claim.role(Part.WEAPON)
        if claim.kind in _KINDS and weapon is not None:
            words = weapon.text.lower().split()
            return claim if singular(words[-1]) in general else None
    return None


def _itemise(claim: Claim, item: Phrase, parsed: Parsed, document: Document) -> Claim:
    start, end = span_of(item, parsed)
    known = item.named if item.named and item.named.kind is EntityKind.WEAPON else None
    words = document.text[start:end]
    weapon = Role(
        Part.WEAPON, words, start, end, known.entity if known else None,
        known.label if known else None,
    )  # fmt: skip
    roles = _with_weapon(claim.roles, weapon)
    because = Because(
        f"{claim.because.rule}/inventory",
        claim.because.cues,
        (*claim.because.resolved, ("weapon", words, "item of the list")),
    )
    first, last = parsed.tokens[item.first].start, parsed.tokens[item.last - 1].end
    span = Span.of(document, first, last)
    return with_id(replace(claim, roles=roles, span=span, quantity=item.quantity, because=because))


def _with_weapon(roles: Sequence[Role], weapon: Role) -> tuple[Role, ...]:
    return tuple(weapon if role.part is Part.WEAPON else role for role in roles)
