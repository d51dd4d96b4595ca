"""Actions found in a sentence with the phrases that fill their roles, before names are resolved.

In: a parsed sentence and the vocabulary of actions. Out: frames. Refused: an action whose needed
roles nothing of the right sort fills.

Each verb group and each noun of action is tried with the patterns of its entries; what decides
between "supply X with Y" and "supply Y to X" is the sort of the phrase, as in the frames of
Fillmore (1976) with selection restrictions.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from enduse.extract.filling import (
    Frame,
    Vocabulary,
    assign,
    expand_weapons,
    meets,
    phrases_of,
    sweep_list,
    sweep_subjects,
)
from enduse.extract.fitting import fits
from enduse.extract.grammar import Clause, Preps
from enduse.extract.nominals import find_noun_frames, noun_actions
from enduse.extract.parsed import Parsed
from enduse.extract.phrases import Phrase, singular
from enduse.extract.realis import is_told_as_fact
from enduse.extract.subjects import group_start
from enduse.model.claim import ClaimKind, Part
from enduse.reference.actions import Action, Pattern


def find_frames(parsed: Parsed, vocabulary: Vocabulary) -> Iterator[Frame]:
    """Yield the frames of a sentence: of its verbs, then of its nouns of action."""
    for index, clause in enumerate(parsed.clauses):
        yield from _verb_frames(parsed, index, clause, vocabulary)
    for at, phrase in parsed.phrases():
        yield from find_noun_frames(parsed, at, phrase, vocabulary)


def may_frame(parsed: Parsed, vocabulary: Vocabulary) -> bool:
    """Return whether a verb or noun of action, of tie or of link stands in the sentence.

    It does not depend on what fills the slots, so where it does not hold no tree is needed.
    """
    verbs = any(
        _match_rest(parsed, clause, rest) >= 0 and _may_arm(parsed, action)
        for clause in parsed.clauses
        for action, rest in vocabulary.verbs.get(parsed.tokens[clause.main].lemma, ())
    )
    if verbs or any(noun_actions(parsed, phrase, vocabulary) for _, phrase in parsed.phrases()):
        return True
    ties, links = parsed.cues.table("ties"), parsed.cues.table("links")
    lows = [token.low for token in parsed.tokens]
    return any(word in ties or word in links for low in lows for word in (low, singular(low)))


def _may_arm(parsed: Parsed, action: Action) -> bool:
    """Return whether a phrase may be the weapon that an action needs first, if it needs one."""
    if action.needs[:1] != ((Part.WEAPON,),) or "verb-weapon" in action.marks:
        return True
    return any(fits(Part.WEAPON, phrase, action, parsed) for _, phrase in parsed.phrases())


def choose_frames(parsed: Parsed, frames: Sequence[Frame]) -> Iterator[Frame]:
    """Yield the frames without those a clause says better with another kind.

    "Assisted X with rockets" is a use, no affiliation; "to be used against" is a purpose, no use.
    """
    armed = {f.clause for f in frames if f.clause >= 0 and f.action.kind in _ARMED}
    given = {f.clause for f in frames if f.action.kind is ClaimKind.TRANSFER and Part.TO in f.roles}
    used = {f.clause for f in frames if f.action.kind is ClaimKind.USE and f.clause >= 0}
    for frame in frames:
        if (
            frame.action.kind is ClaimKind.TRANSFER
            and frame.clause in used
            and Part.TO not in frame.roles
            and frame.action.mode == "supply"
        ):
            continue  # "the jets delivered two bombs"
        if not is_told_as_fact(frame, parsed) or _is_taken_somewhere(frame):
            continue
        if frame.action.kind is ClaimKind.AFFILIATION and frame.clause in armed:
            continue
        if frame.action.kind is ClaimKind.USE and (
            _is_purpose(parsed, frame) or (frame.clause >= 0 and frame.clause in given)
        ):
            continue
        yield frame


def _is_taken_somewhere(frame: Frame) -> bool:
    """Return whether what is "captured at the station" is no place, as a place is at none."""
    named = all(p.named is None and p.kind == "name" for p in frame.roles.get(Part.PLACE, ()))
    where = (phrase for word, row in frame.preps if word in ("at", "near") for phrase in row)
    return frame.action.kind is ClaimKind.CONTROL and named and any(p.kind != "time" for p in where)


_LISTING = frozenset({ClaimKind.TRANSFER, ClaimKind.LOSS, ClaimKind.POSSESSION})
_TAKEN = frozenset({ClaimKind.TRANSFER, ClaimKind.POSSESSION})
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
    particle = ""
    for action, rest in vocabulary.verbs.get(lemma, ()):
        end = _match_rest(parsed, clause, rest)
        key = (action.kind, "besides" in action.marks)
        if end < 0 or key in seen or (particle and rest[:1] != (particle,)):
            continue
        if rest and rest[0] in parsed.cues.group("particles"):
            particle = rest[0]  # "shot down" is no "shot"
        own = _without_rest(parsed, clause, rest)
        made = _best_reading(parsed, index, own, action, rest)
        if made is not None:
            seen.add(key)
            yield replace(made, trigger=(clause.main, max(end, clause.main + 1)))


def _without_rest(parsed: Parsed, clause: Clause, rest: tuple[str, ...]) -> Clause:
    """Return the clause without the objects that are words of the verb: "taken prisoner"."""
    kept = tuple(
        at
        for at in clause.objects
        if (phrase := parsed.chunks[at].phrase) is None
        or parsed.tokens[phrase.head].low not in rest
    )
    return replace(clause, objects=kept) if kept != clause.objects else clause


def _match_rest(parsed: Parsed, clause: Clause, rest: tuple[str, ...]) -> int:
    """Return where the words after the verb end, -1 if they do not follow."""
    at = clause.main + 1
    for word in rest:
        limit = min(at + 5, len(parsed.tokens))
        while at < limit and parsed.tokens[at].low != word:
            if parsed.tokens[at].tag not in "DJAQNPO" or (
                word in parsed.cues.group("particles") and at > clause.main + 4
            ):
                return -1
            at += 1
        if at >= limit:
            return -1
        at += 1
    return at


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
            if near and near != clause.subject and tag in "dgn" and not clause.sure:
                readings.append((action.active, near, "active-near"))
        if _shares_passive(parsed, clause):
            readings.append((action.passive, clause.subject, "passive"))
        alone = tag in "dn" and len(_group_tokens(parsed, clause)) == 1
        if alone and not clause.sure and _may_be_reduced(parsed, index, action, near):
            readings.append((action.passive, near or clause.subject, "reduced"))
    best: tuple[int, Frame] | None = None
    for pattern, subject, name in readings:
        if not pattern.slots:
            continue
        frame = _fill(parsed, index, clause, action, (pattern, subject, name, rest))
        if frame is None or (name == "reduced" and clause.objects):
            continue
        weight = sum(len(v) > 0 for v in frame.roles.values()) * 2 - (name == "reduced")
        if best is None or weight > best[0]:
            best = (weight, frame)
    return best[1] if best else None


def _shares_passive(parsed: Parsed, clause: Clause) -> bool:
    """Return whether it goes on with a passive: "was captured or killed"."""
    if clause.objects or parsed.tokens[clause.main].tag not in "dn":
        return False
    view, at = parsed.view, clause.verb
    joined = view.tag(at - 1) == "C" and view.tag(at - 2) == "V"
    return joined and any(one.verb == at - 2 and one.passive for one in parsed.clauses)


def _may_be_reduced(parsed: Parsed, index: int, action: Action, near: tuple[int, ...]) -> bool:
    """Return whether a bare past form may be a participle after a noun.

    It may where it says by whom, as a headline does ("rifles seized in Tabir"), or where the
    sentence has another finite verb; "stage four of the rocket burned" has none.
    """
    clause = parsed.clauses[index]
    headline = near in ((), clause.subject) and "verb-weapon" not in action.marks
    if headline or any(word == "by" for word, _ in clause.preps):
        return True
    return any(
        set(near) & set(_slots(other))
        or (other.subject == clause.subject and other.parent != index)
        for other in parsed.clauses
        if other is not clause and not other.bare
    )


def _slots(clause: Clause) -> list[int]:
    return [*clause.objects, *(at for _, group in clause.preps for at in group)]


def _group_tokens(parsed: Parsed, clause: Clause) -> range:
    chunk = parsed.chunks[clause.verb]
    return range(chunk.first, chunk.last)


def _near_phrase(parsed: Parsed, clause: Clause) -> tuple[int, ...]:
    """Return the phrase directly before the verb, over adverbs and one comma."""
    at = parsed.view.skip(clause.verb - 1, -1, 'AY"')
    if at > 0 and parsed.chunks[at].tag == "," and parsed.tokens[clause.main].tag == "g":
        at = parsed.view.skip(at - 1, -1, 'AY"')
        if at > 0 and parsed.chunks[at - 1].tag in "IE":
            return ()
    if at < 0 or parsed.chunks[at].tag != "N":
        return ()
    phrase = parsed.chunks[at].phrase
    if phrase is None or phrase.kind not in ("weapon", "craft"):
        return (at,)
    first = group_start(at, parsed.view)
    return tuple(i for i in range(first, at + 1) if parsed.chunks[i].tag == "N")


Reading = tuple[Pattern, tuple[int, ...], str, tuple[str, ...]]


def _fill(
    parsed: Parsed, index: int, clause: Clause, action: Action, reading: Reading
) -> Frame | None:
    pattern, subject, name, rest = reading
    if name.startswith("active") and _is_instrument(parsed, clause):
        subject = _user_of(parsed, index, clause)
    roles: dict[Part, list[Phrase]] = {}
    assign(parsed, "subject", subject, pattern, action, roles)
    objects, preps = _shift_particles(parsed, clause, rest)
    objects = tuple(at for at in objects if parsed.tokens[_head(parsed, at)].low not in rest)
    assign(parsed, "object", objects, pattern, action, roles)
    for word, group in preps:
        assign(parsed, word, group, pattern, action, roles)
    local = {
        parsed.chunks[at].first: phrases_of(parsed, entries) for at, entries in clause.local.items()
    }
    for at in objects:  # an object list: each may carry its own prepositions
        for word, group in clause.local.get(at, ()):
            if (word, group) not in preps:
                assign(parsed, word, group, pattern, action, roles)
    if "verb-weapon" in action.marks and _is_figure(parsed, preps):
        return None
    _mark_special(clause, action, roles)
    expand_weapons(parsed, roles)
    if action.kind in _LISTING and name in ("active", "active-near"):
        sweep_list(parsed, roles, objects)
    if action.kind in _TAKEN and Part.WEAPON in pattern.slots.get("subject", ()) and clause.passive:
        sweep_subjects(parsed, clause.verb, action, roles)
    if not meets(action, roles):
        return None
    fixed = {part: tuple(phrases) for part, phrases in roles.items()}
    return Frame(
        action, parsed.index, (clause.main, clause.main + 1), index, fixed,
        phrases_of(parsed, preps), local, f"{action.id}/{name}",
    )  # fmt: skip


def _is_figure(parsed: Parsed, preps: Preps) -> bool:
    """Return whether the verb is used of words or goods: "bombarded with letters"."""
    phrases = (parsed.chunks[at].phrase for word, group in preps if word == "with" for at in group)
    return any(phrase is not None and phrase.kind == "other" for phrase in phrases)


def _is_instrument(parsed: Parsed, clause: Clause) -> bool:
    main = parsed.tokens[clause.main]
    return main.tag == "g" and clause.bare and main.lemma in parsed.cues.group("instrumental")


def _user_of(parsed: Parsed, index: int, clause: Clause) -> tuple[int, ...]:
    """Return who uses what follows "using": the agent named by "by", else the main subject."""
    near = parsed.view.skip(clause.verb - 1, -1, 'AY",')
    if near > 0 and parsed.view.tag(near - 1) == "I" and parsed.view.word(near - 1) == "by":
        return (near,)
    for before in reversed(parsed.clauses[:index]):
        if not before.bare and before.subject:
            return () if before.passive else before.subject
    return clause.subject if parsed.view.tag(clause.verb - 1) != "N" else ()


def _head(parsed: Parsed, at: int) -> int:
    phrase = parsed.chunks[at].phrase
    return phrase.head if phrase is not None else parsed.chunks[at].first


def _shift_particles(
    parsed: Parsed, clause: Clause, rest: tuple[str, ...]
) -> tuple[tuple[int, ...], Preps]:
    """Return objects and prepositions with a verb's particle taken out ("shot down a jet")."""
    objects, preps = clause.objects, list(clause.preps)
    particles = [word for word in rest if word in parsed.cues.group("particles")]
    for at, (word, group) in enumerate(preps):
        if particles and word == particles[0]:
            del preps[at]
            return objects + group, tuple(preps)
    return objects, tuple(preps)


def _mark_special(clause: Clause, action: Action, roles: dict[Part, list[Phrase]]) -> None:
    """Fill the weapon of verbs that name one ("bombed")."""
    if "verb-weapon" in action.marks and roles.get(Part.TARGET):
        main = clause.main
        roles.setdefault(Part.WEAPON, []).append(
            Phrase(main, main + 1, main, "strike", None, None, None, None, "", (main, main + 1))
        )
