"""Roles of a claim from phrases: the name as written, what it stands for, the register's entry.

In: a phrase of a parsed sentence, the ledger of names so far. Out: a role whose text stands in the
document. Refused: a pronoun that nothing resolves gives no role.
"""

from __future__ import annotations

from collections.abc import Sequence

from enduse.extract.entities import Ledger, Party, resolve_party
from enduse.extract.names import Named
from enduse.extract.owners import OWNER_KINDS, inner_weapon, owner_beside
from enduse.extract.parsed import Parsed, is_country
from enduse.extract.phrases import Phrase, singular
from enduse.extract.sharing import SHARED
from enduse.extract.spans import span_of
from enduse.model.claim import Part, Role
from enduse.model.mention import EntityKind

Resolved = tuple[str, str, str]
_DOERS = frozenset({Part.ACTOR, Part.BY, Part.FROM, Part.TO})


def make_role(
    part: Part,
    phrases: Sequence[Phrase],
    parsed: Parsed,
    ledger: Ledger,
    barred: frozenset[str] = frozenset(),
) -> tuple[Role | None, list[Resolved]]:
    """Return the role of a list of phrases, the first as its text, and what resolved what.

    `barred` holds the last words of the names that no pronoun of the list stands for.
    """
    made = [_one_role(part, phrase, parsed, ledger, barred) for phrase in phrases]
    roles = [(role, how) for role, how in made if role is not None]
    if not roles:
        return None, []
    first = roles[0][0]
    also = tuple(role.text for role, _ in roles[1:] if role.text != first.text)
    whole = Role(
        part, first.text, first.start, first.end, first.reference, first.name, also, first.described
    )
    return whole, [how for _, how in roles if how is not None]


def _one_role(
    part: Part, phrase: Phrase, parsed: Parsed, ledger: Ledger, barred: frozenset[str]
) -> tuple[Role | None, Resolved | None]:
    if part in _DOERS and phrase.kind in ("attack", "strike", "weapon", "craft"):
        owner = owner_beside(parsed, phrase)
        if owner is None or owner.kind not in OWNER_KINDS:
            return None, None
        phrase = owner
    if part is Part.WEAPON and phrase.kind == "strike":
        phrase = inner_weapon(parsed, phrase) or phrase
    words = " ".join(t.text for t in parsed.tokens[phrase.first : phrase.last])
    start, end = parsed.tokens[phrase.first].start, parsed.tokens[phrase.last - 1].end
    if part not in (Part.PLACE, Part.VICTIM) or phrase.kind == "pronoun":
        party, how = resolve_party(phrase, parsed, ledger, barred)
        if party is not None:
            return _resolved_role(part, party, (start, end, words)), (part.value, words, how)
    if part is Part.VICTIM and (
        parsed.tokens[phrase.head].tag == "Q" or words.lower().endswith(("others", " more"))
    ):
        counted = ledger.victim
        if counted is not None and parsed.index - counted.sentence <= 1:
            return _resolved_role(part, counted, (start, end, words)), (part.value, words, "count")
    if phrase.kind == "pronoun":
        return None, None
    role = _named_role(part, phrase, parsed)
    counts = parsed.tokens[phrase.head].tag == "Q"  # "178 wounded" names nobody for the next
    alone = parsed.tokens[phrase.head].tag == "P" and role.reference is None  # nor does "Karo"
    named = part is Part.VICTIM and not counts and not alone
    if named and role.start is not None and role.end is not None:
        ledger.victim = Party(
            role.text, role.start, role.end, "people", _register_name(part, phrase, parsed),
            parsed.index, 1.0,
        )  # fmt: skip
    return role, None


def flag_role(part: Part, phrase: Phrase, parsed: Parsed, ledger: Ledger) -> Role | None:
    """Return the party whose flag a warship's prefix tells ("USS", "HMS"), None if not named."""
    flags = parsed.cues.senses("ship_prefixes")
    words = (parsed.tokens[i].text for i in range(*phrase.core))
    country = next((flags[word] for word in words if word in flags), "")
    for party in reversed(ledger.parties if country else []):
        named = party.named
        if named is not None and country in named.countries and party.sort != "weapon":
            return Role(part, party.text, party.start, party.end, named.entity, named.label)
    return None


def _resolved_role(part: Part, party: Party, place: tuple[int, int, str]) -> Role:
    start, end, words = place
    named = party.named
    return Role(
        part, party.text, start, end, named.entity if named else None,
        named.label if named else None, (), words,
    )  # fmt: skip


def _named_role(part: Part, phrase: Phrase, parsed: Parsed) -> Role:
    start, end = span_of(phrase, parsed)
    text = _slice(parsed, start, end)
    named = _register_name(part, phrase, parsed)
    if phrase.sense.startswith(SHARED):
        return Role(part, text, start, end, None, f"{text} {phrase.sense.removeprefix(SHARED)}")
    told = parsed.cues.senses("verb_weapons").get(parsed.tokens[phrase.head].lemma)
    if part is Part.WEAPON and phrase.kind == "strike" and told:
        return Role(part, text, start, end, None, told)
    return Role(
        part, text, start, end, named.entity if named else None, named.label if named else None
    )


def _slice(parsed: Parsed, start: int, end: int) -> str:
    return parsed.text[start - parsed.start : end - parsed.start]


def _register_name(part: Part, phrase: Phrase, parsed: Parsed) -> Named | None:
    """Return the register's name that the role may carry."""
    named = phrase.named
    if part is Part.WEAPON or (named is not None and named.kind is EntityKind.WEAPON):
        return named if named is not None and named.kind is EntityKind.WEAPON else None
    if named is not None:
        return named
    owner = phrase.owner
    head = singular(parsed.tokens[phrase.head].low)
    if owner is not None and not is_country(owner) and head in parsed.cues.group("member_names"):
        return owner if owner.kind is EntityKind.ACTOR else None
    return None
