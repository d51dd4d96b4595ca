"""What stands before a head noun: its possessor, and the weapon that an action's noun names.

In: a phrase of a parsed sentence. Out: the words before its head as a phrase of their own. Refused:
words that name nothing.
"""

from __future__ import annotations

from dataclasses import replace

from enduse.extract.parsed import Parsed
from enduse.extract.phrases import Phrase, read_phrase, singular
from enduse.model.mention import EntityKind

OWNER_KINDS = frozenset({"group", "people", "name", "pronoun", "place", "compound"})


def owner_phrase(parsed: Parsed, phrase: Phrase) -> Phrase | None:
    """Return the possessor before a noun as a phrase of its own: "X's", "ISIL tanks"; None."""
    if phrase.determiner in parsed.cues.group("possessives") and phrase.owner_words is None:
        at = next(
            i for i in range(phrase.first, phrase.last) if parsed.tokens[i].low == phrase.determiner
        )
        return Phrase(at, at + 1, at, "pronoun", None, None, None, None, "", (at, at + 1))
    if phrase.owner_words is not None:
        return read_phrase(parsed.tokens, phrase.owner_words, parsed.names, parsed.cues)
    if phrase.owner is None:
        return _common_owner(parsed, phrase)
    span = [
        i
        for i in range(phrase.core[0], phrase.head)
        if phrase.owner.start <= parsed.tokens[i].start < phrase.owner.end
    ]
    if not span:
        return None
    return read_phrase(parsed.tokens, (span[0], span[-1] + 1), parsed.names, parsed.cues)


def owner_beside(parsed: Parsed, phrase: Phrase) -> Phrase | None:
    """Return the owner before a weapon, else the one after it: "two boats of the navy"."""
    owner = owner_phrase(parsed, phrase)
    if owner is not None:
        return owner
    at = next((i for i, c in enumerate(parsed.chunks) if c.first <= phrase.head < c.last), -1)
    view = parsed.view
    if at < 0 or view.tag(at + 1) != "I" or view.word(at + 1) not in ("of", "by"):
        return None
    after = view.phrase(at + 2)
    if after is None or after.kind not in ("group", "name"):
        return None
    forces = singular(parsed.tokens[after.head].low) in parsed.cues.group("owning_forces")
    return after if forces or parsed.tokens[after.head].tag == "P" else None


def _common_owner(parsed: Parsed, phrase: Phrase) -> Phrase | None:
    """Return the force before a weapon: "army helicopters", "enemy tanks", "Front-held guns"."""
    if phrase.kind not in ("weapon", "craft", "strike"):
        return None
    forces, holding = parsed.cues.group("owning_forces"), parsed.cues.group("holding")
    if phrase.kind == "strike":
        holding |= parsed.cues.group("leading")  # "the Front-led raids"
    for i in range(phrase.core[0], phrase.head):
        stem, _, tail = parsed.tokens[i].low.rpartition("-")
        if stem and tail in holding:
            held = read_phrase(parsed.tokens, (i, i + 1), parsed.names, parsed.cues)
            return replace(held, kind="compound")
        if singular(parsed.tokens[i].low) in forces:
            return read_phrase(parsed.tokens, (i, i + 1), parsed.names, parsed.cues)
    return None


def inner_weapon(parsed: Parsed, phrase: Phrase) -> Phrase | None:
    """Return the weapon named before a noun of action: "weapons shipments"."""
    heads = parsed.cues.table("heads")
    for i in range(phrase.head - 1, phrase.core[0] - 1, -1):
        row = heads.get(singular(parsed.tokens[i].low)) or heads.get(parsed.tokens[i].low)
        if row is not None and row.sense in ("weapon", "craft"):
            first = i
            while first > phrase.core[0] and parsed.tokens[first - 1].tag in "JNP":
                first -= 1
            return read_phrase(parsed.tokens, (first, i + 1), parsed.names, parsed.cues)
        mention = parsed.tokens[i].mention
        if mention == parsed.tokens[phrase.head].mention:
            continue  # "air" of "air strikes"
        if mention >= 0 and parsed.names[mention].kind is EntityKind.WEAPON:
            return read_phrase(parsed.tokens, (i, i + 1), parsed.names, parsed.cues)
    return None
