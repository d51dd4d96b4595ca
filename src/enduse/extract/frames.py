"""Actions found in a sentence with the phrases that fill their roles, before names are resolved.

In: a parsed sentence and the vocabulary of actions. Out: frames. Refused: an action whose needed
roles nothing of the right sort fills.

Each verb group and each noun of action is tried with the patterns of its entries; what decides
between "supply X with Y" and "supply Y to X" is the sort of the phrase, as in the frames of
Fillmore (1976) with selection restrictions.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from enduse.extract.clauses import Clause, prep_group
from enduse.extract.fitting import fits
from enduse.extract.parsed import Parsed
from enduse.extract.phrases import Chunk, Phrase, read_phrase, singular
from enduse.model.claim import ClaimKind, Part
from enduse.reference.actions import Action, Pattern
from enduse.reference.cues import Cues

Preps = tuple[tuple[str, tuple[int, ...]], ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """One action with its fillers.

    Attributes:
        action: which.
        trigger: tokens of the words that say it, first and last (not included).
        clause: index of its clause in the sentence, -1 for a noun of action.
        roles: role to phrases.
        preps: what stands after it, for place and time.
        local: weapon phrase's first token to the prepositions that belong to it alone.
    """

    action: Action
    sentence: int
    trigger: tuple[int, int]
    clause: int
    roles: Mapping[Part, tuple[Phrase, ...]]
    preps: tuple[tuple[str, tuple[Phrase, ...]], ...] = ()
    local: Mapping[int, tuple[tuple[str, tuple[Phrase, ...]], ...]] = field(default_factory=dict)
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The actions by the words that open them."""

    verbs: Mapping[str, tuple[tuple[Action, tuple[str, ...]], ...]]
    nouns: Mapping[str, tuple[Action, ...]]


def index_actions(actions: Sequence[Action]) -> Vocabulary:
    """Return the actions by first word of their verbs and by their nouns."""
    verbs: dict[str, list[tuple[Action, tuple[str, ...]]]] = {}
    nouns: dict[str, list[Action]] = {}
    for action in actions:
        for phrase in action.verbs:
            first, *rest = phrase.split()
            verbs.setdefault(first, []).append((action, tuple(rest)))
        for noun in action.nouns:
            nouns.setdefault(noun, []).append(action)
    longest = {
        word: tuple(sorted(entries, key=lambda entry: -len(entry[1])))
        for word, entries in verbs.items()
    }
    return Vocabulary(longest, {noun: tuple(entries) for noun, entries in nouns.items()})


def find_frames(parsed: Parsed, vocabulary: Vocabulary, cues: Cues) -> Iterator[Frame]:
    """Yield the frames of a sentence: of its verbs, then of its nouns of action."""
    for index, clause in enumerate(parsed.clauses):
        yield from _verb_frames(parsed, index, clause, vocabulary)
    for at, phrase in parsed.phrases():
        yield from _noun_frames(parsed, at, phrase, vocabulary, cues)


def choose_frames(parsed: Parsed, frames: Sequence[Frame]) -> Iterator[Frame]:
    """Yield the frames without those a clause says better with another kind.

    "Assisted X with rockets" is a use, no affiliation; "to be used against" is a purpose, no use.
    """
    armed = {f.clause for f in frames if f.clause >= 0 and f.action.kind in _ARMED}
    for frame in frames:
        if frame.action.kind is ClaimKind.AFFILIATION and frame.clause in armed:
            continue
        if frame.action.kind is ClaimKind.USE and _is_purpose(parsed, frame):
            continue
        yield frame


_ARMED = frozenset({ClaimKind.USE, ClaimKind.TRANSFER})


def _is_purpose(parsed: Parsed, frame: Frame) -> bool:
    if frame.clause < 0 or not parsed.clauses[frame.clause].passive:
        return False
    return parsed.tokens[parsed.chunks[parsed.clauses[frame.clause].verb].first].tag == "T"


def _verb_frames(
    parsed: Parsed, index: int, clause: Clause, vocabulary: Vocabulary
) -> Iterator[Frame]:
    lemma = parsed.tokens[clause.main].lemma
    seen: set[tuple[ClaimKind, bool]] = set()
    for action, rest in vocabulary.verbs.get(lemma, ()):
        end = _match_rest(parsed, clause, rest)
        key = (action.kind, action.kind is ClaimKind.USE and "self" in action.id)
        if end < 0 or key in seen:
            continue
        made = _best_reading(parsed, index, clause, action, rest)
        if made is not None:
            seen.add(key)
            yield replace(made, trigger=(clause.main, max(end, clause.main + 1)))


def _match_rest(parsed: Parsed, clause: Clause, rest: tuple[str, ...]) -> int:
    """Return where the words after the verb end, -1 if they do not follow."""
    at = clause.main + 1
    for word in rest:
        limit = min(at + 5, len(parsed.tokens))
        while at < limit and parsed.tokens[at].low != word:
            if parsed.tokens[at].tag not in "DJAQNPO" or (
                word in _PARTICLES and at > clause.main + 4
            ):
                return -1
            at += 1
        if at >= limit:
            return -1
        at += 1
    return at


_PARTICLES = frozenset({"down", "up", "over", "out", "off", "in", "away", "back"})


def _best_reading(
    parsed: Parsed, index: int, clause: Clause, action: Action, rest: tuple[str, ...]
) -> Frame | None:
    """Return the reading, active or passive, that fills most roles, None if none fills enough."""
    readings: list[tuple[Pattern, tuple[int, ...], str]] = []
    tag = parsed.tokens[clause.main].tag
    near = _near_phrase(parsed, clause)
    if clause.passive:
        readings.append((action.passive, clause.subject, "passive"))
    else:
        if tag != "n" or clause.verb != clause.main:
            readings.append((action.active, clause.subject, "active"))
            if near and near != clause.subject and tag in "dgn":
                readings.append((action.active, near, "active-near"))
        if tag in "dn" and len(_group_tokens(parsed, clause)) == 1:
            readings.append((action.passive, near or clause.subject, "reduced"))
    best: tuple[int, Frame] | None = None
    for pattern, subject, name in readings:
        if not pattern.slots:
            continue
        frame = _fill(parsed, index, clause, action, (pattern, subject, name, rest))
        if frame is None or (name == "reduced" and clause.objects and not _with_only(frame)):
            continue
        weight = sum(len(v) > 0 for v in frame.roles.values()) * 2 - (name == "reduced")
        if best is None or weight > best[0]:
            best = (weight, frame)
    return best[1] if best else None


def _with_only(frame: Frame) -> bool:
    return not frame.roles


def _group_tokens(parsed: Parsed, clause: Clause) -> range:
    chunk = parsed.chunks[clause.verb]
    return range(chunk.first, chunk.last)


def _near_phrase(parsed: Parsed, clause: Clause) -> tuple[int, ...]:
    """Return the phrase directly before the verb, over adverbs and one comma."""
    at = clause.verb - 1
    while at >= 0 and parsed.chunks[at].tag in 'AY"':
        at -= 1
    return (at,) if at >= 0 and parsed.chunks[at].tag == "N" else ()


Reading = tuple[Pattern, tuple[int, ...], str, tuple[str, ...]]


def _fill(
    parsed: Parsed, index: int, clause: Clause, action: Action, reading: Reading
) -> Frame | None:
    pattern, subject, name, rest = reading
    roles: dict[Part, list[Phrase]] = {}
    _assign(parsed, "subject", subject, pattern, action, roles)
    objects, preps = _shift_particles(clause, rest)
    _assign(parsed, "object", objects, pattern, action, roles)
    for word, group in preps:
        _assign(parsed, word, group, pattern, action, roles)
    local = {
        parsed.chunks[at].first: _phrases_of(parsed, entries)
        for at, entries in clause.local.items()
    }
    for at in objects:  # an object list: each may carry its own prepositions
        for word, group in clause.local.get(at, ()):
            if (word, group) not in preps:
                _assign(parsed, word, group, pattern, action, roles)
    _mark_special(parsed, clause, action, roles)
    _expand_weapons(parsed, roles)
    if not _meets(action, roles):
        return None
    fixed = {part: tuple(phrases) for part, phrases in roles.items()}
    return Frame(
        action, parsed.index, (clause.main, clause.main + 1), index, fixed,
        _phrases_of(parsed, preps), local, f"{action.id}/{name}",
    )  # fmt: skip


def _shift_particles(clause: Clause, rest: tuple[str, ...]) -> tuple[tuple[int, ...], Preps]:
    """Return objects and prepositions with a verb's particle taken out ("shot down a jet")."""
    objects, preps = clause.objects, list(clause.preps)
    particles = [word for word in rest if word in _PARTICLES]
    for at, (word, group) in enumerate(preps):
        if particles and word == particles[0]:
            del preps[at]
            return objects + group, tuple(preps)
    return objects, tuple(preps)


def _phrases_of(parsed: Parsed, preps: Preps) -> tuple[tuple[str, tuple[Phrase, ...]], ...]:
    made = []
    for word, group in preps:
        phrases = tuple(p for p in (parsed.chunks[i].phrase for i in group) if p is not None)
        made.append((word, phrases))
    return tuple(made)


def _assign(  # noqa: PLR0913
    parsed: Parsed,
    slot: str,
    group: tuple[int, ...],
    pattern: Pattern,
    action: Action,
    roles: dict[Part, list[Phrase]],
) -> None:
    parts = pattern.slots.get(slot)
    if not parts:
        return
    before = {part: len(phrases) for part, phrases in roles.items()}
    for at in group:
        phrase = parsed.chunks[at].phrase
        if phrase is None:
            continue
        for part in parts:
            if fits(part, phrase, action, parsed) and before.get(part, 0) == 0:
                roles.setdefault(part, []).append(phrase)
                break


def _expand_weapons(parsed: Parsed, roles: dict[Part, list[Phrase]]) -> None:
    """Replace "weapons" by the list that spells them out: "weapons: 12 rifles and 3 mortars"."""
    expanded: list[Phrase] = []
    for phrase in roles.get(Part.WEAPON, []):
        listed = _listed_after(parsed, phrase)
        expanded += listed or [phrase]
    if expanded:
        roles[Part.WEAPON] = expanded


def _listed_after(parsed: Parsed, phrase: Phrase) -> list[Phrase]:
    at = next((i for i, c in enumerate(parsed.chunks) if c.phrase is phrase), -1)
    j = at + 1
    opened = False
    while j < len(parsed.chunks) and parsed.chunks[j].tag in ",-:(E[":
        opened = opened or parsed.chunks[j].tag in "-:E("
        j += 1
    if at < 0 or not opened:
        return []
    found: list[Phrase] = []
    while j < len(parsed.chunks) and parsed.chunks[j].tag in ",CN-A" and j - at < 60:  # noqa: PLR2004
        item = parsed.chunks[j].phrase
        if item is not None and item.kind == "weapon":
            found.append(item)
        elif item is not None and not found:
            return []
        j += 1
    return found


def _mark_special(
    parsed: Parsed, clause: Clause, action: Action, roles: dict[Part, list[Phrase]]
) -> None:
    """Fill the weapon of verbs that name one ("bombed")."""
    if "verb-weapon" in action.marks and roles.get(Part.TARGET):
        main = clause.main
        roles.setdefault(Part.WEAPON, []).append(
            Phrase(main, main + 1, main, "strike", None, None, None, None, "", (main, main + 1))
        )


def _meets(action: Action, roles: Mapping[Part, Sequence[Phrase]]) -> bool:
    """Return whether the needed roles are there; of a transfer's, the context may give the parties."""
    needs = action.needs[:1] if action.kind is ClaimKind.TRANSFER else action.needs
    return all(any(roles.get(part) for part in choice) for choice in needs)


def _noun_frames(
    parsed: Parsed, at: int, phrase: Phrase, vocabulary: Vocabulary, cues: Cues
) -> Iterator[Frame]:
    seen: set[ClaimKind] = set()
    for action in _noun_actions(parsed, phrase, vocabulary):
        if action.kind in seen or not action.noun.slots:
            continue
        frame = _fill_noun(parsed, at, phrase, action, cues)
        if frame is not None:
            seen.add(action.kind)
            yield frame


def _noun_actions(parsed: Parsed, phrase: Phrase, vocabulary: Vocabulary) -> tuple[Action, ...]:
    if parsed.tokens[phrase.head].tag not in "NP":
        return ()
    low = [token.low for token in parsed.tokens[phrase.core[0] : phrase.head + 1]]
    low[-1:] = [singular(low[-1])] if low else []
    for size in (3, 2, 1):
        found = vocabulary.nouns.get(" ".join(low[-size:])) if len(low) >= size else None
        if found:
            return found
    return ()


def _fill_noun(parsed: Parsed, at: int, phrase: Phrase, action: Action, cues: Cues) -> Frame | None:
    roles: dict[Part, list[Phrase]] = {}
    preps = _preps_after(parsed.chunks, at, parsed)
    for word, group in preps:
        _assign(parsed, word, group, action.noun, action, roles)
    owner = owner_phrase(parsed, phrase, cues)
    for part in action.noun.slots.get("owner", ()) if owner else ():
        if owner and fits(part, owner, action, parsed) and not roles.get(part):
            roles.setdefault(part, []).append(owner)
    if "self-weapon" in action.marks:
        roles[Part.WEAPON] = [phrase]
    elif not roles.get(Part.WEAPON):
        inner = inner_weapon(parsed, phrase, cues)
        if inner is not None:
            roles[Part.WEAPON] = [inner]
    _expand_weapons(parsed, roles)
    if not _meets(action, roles):
        return None
    fixed = {part: tuple(phrases) for part, phrases in roles.items()}
    return Frame(
        action, parsed.index, (phrase.head, phrase.head + 1), -1, fixed,
        _phrases_of(parsed, preps), {}, f"{action.id}/noun",
    )  # fmt: skip


def _preps_after(chunks: Sequence[Chunk], at: int, parsed: Parsed) -> Preps:
    found: list[tuple[str, tuple[int, ...]]] = []
    j = at + 1
    while j < len(chunks) and j - at < 12:  # noqa: PLR2004 - a noun's complements stand near
        if chunks[j].tag in 'AY"':
            j += 1
        elif chunks[j].tag == "I":
            group, after = prep_group(j, chunks)
            if not group:
                break
            found.append((parsed.tokens[chunks[j].first].low, group))
            j = after
        else:
            break
    return tuple(found)


def owner_phrase(parsed: Parsed, phrase: Phrase, cues: Cues) -> Phrase | None:
    """Return the possessor before a noun as a phrase of its own: "X's", "ISIL tanks"; None."""
    if phrase.determiner in _POSSESSIVES and phrase.owner_words is None:
        at = next(
            i for i in range(phrase.first, phrase.last) if parsed.tokens[i].low == phrase.determiner
        )
        return Phrase(at, at + 1, at, "pronoun", None, None, None, None, "", (at, at + 1))
    if phrase.owner_words is not None:
        return read_phrase(parsed.tokens, phrase.owner_words, parsed.names, cues)
    if phrase.owner is None:
        return None
    span = [
        i
        for i in range(phrase.core[0], phrase.head)
        if phrase.owner.start <= parsed.tokens[i].start < phrase.owner.end
    ]
    if not span:
        return None
    return read_phrase(parsed.tokens, (span[0], span[-1] + 1), parsed.names, cues)


_POSSESSIVES = frozenset({"its", "their", "his", "her", "our", "my"})


def inner_weapon(parsed: Parsed, phrase: Phrase, cues: Cues) -> Phrase | None:
    """Return the weapon named before a noun of action: "weapons shipments"."""
    heads = cues.table("heads")
    for i in range(phrase.head - 1, phrase.core[0] - 1, -1):
        row = heads.get(singular(parsed.tokens[i].low)) or heads.get(parsed.tokens[i].low)
        if row is not None and row.sense in ("weapon", "craft"):
            first = i
            while first > phrase.core[0] and parsed.tokens[first - 1].tag in "JNP":
                first -= 1
            return read_phrase(parsed.tokens, (first, i + 1), parsed.names, cues)
        mention = parsed.tokens[i].mention
        if mention >= 0 and parsed.names[mention].kind.value == "weapon":
            return read_phrase(parsed.tokens, (i, i + 1), parsed.names, cues)
    return None
