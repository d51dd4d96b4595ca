"""Who does what to whom, as grammar: each verb group with its subject, objects and prepositions.

In: chunks of one sentence. Out: one clause a verb group, with the chunk indices of what stands in
each slot. Refused: nothing; a slot that no rule fills stays empty.

The walk is a shallow one: left over prepositional phrases, asides and coordinated verbs for the
subject; right over coordinated phrases and prepositions for the rest. It is linear, with caps.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from enduse.extract.phrases import Chunk, Phrase
from enduse.extract.tokens import Token

_REACH = 40  # chunks to either side: no clause of a real sentence is wider
_STOPS = frozenset(";:SW?!.")


@dataclass(frozen=True, slots=True)
class Clause:
    """One verb group and its slots.

    Attributes:
        verb: chunk of the verb group; main: token of its main verb.
        passive: whether be + participle (or a bare participle after a noun) makes it so.
        bare: whether it has no subject of its own: infinitive, -ing, reduced relative.
        subject, objects: chunk indices; a list is one slot with several.
        preps: (preposition, chunk indices) after the verb, and before it at the sentence start.
        parent: the clause whose complement it is, -1 if none; `relative` if opened by which/who.
    """

    verb: int
    main: int
    passive: bool
    bare: bool
    subject: tuple[int, ...] = ()
    objects: tuple[int, ...] = ()
    preps: tuple[tuple[str, tuple[int, ...]], ...] = ()
    parent: int = -1
    relative: bool = False
    local: dict[int, tuple[tuple[str, tuple[int, ...]], ...]] = field(default_factory=dict)


def find_clauses(chunks: Sequence[Chunk], tokens: Sequence[Token]) -> list[Clause]:
    """Return a clause for each verb group, in order."""
    clauses: list[Clause] = []
    by_chunk: dict[int, int] = {}
    for at, chunk in enumerate(chunks):
        if chunk.tag != "V":
            continue
        made = _read_clause(at, chunks, tokens, clauses, by_chunk)
        by_chunk[at] = len(clauses)
        clauses.append(made)
    return clauses


def _read_clause(
    at: int,
    chunks: Sequence[Chunk],
    tokens: Sequence[Token],
    done: list[Clause],
    by_chunk: dict[int, int],
) -> Clause:
    first, last = chunks[at].first, chunks[at].last
    main = next((i for i in range(last - 1, first - 1, -1) if tokens[i].tag in "bzdng"), last - 1)
    words = [tokens[i].low for i in range(first, main)]
    passive = tokens[main].tag == "n" and any(word in _BE for word in words)
    bare = tokens[first].tag in "Tgn" or (tokens[main].tag == "g" and first == main)
    subject, parent, relative, gap = _find_subject(at, chunks, tokens, done, by_chunk)
    objects, preps, local = _find_right(at, chunks, tokens)
    if gap and not objects:
        objects = gap
    return Clause(
        at, main, passive, bare, subject, objects, _leading(at, chunks, tokens, done) + preps,
        parent, relative, local,
    )  # fmt: skip


_BE = frozenset("be is are was were been being am 's 're get got gets".split())
Slots = tuple[tuple[int, ...], int, bool, tuple[int, ...]]


def _find_subject(
    at: int,
    chunks: Sequence[Chunk],
    tokens: Sequence[Token],
    done: list[Clause],
    by_chunk: dict[int, int],
) -> Slots:
    """Return (subject chunks, parent clause, relative?, antecedent that is the object)."""
    none: Slots = ((), -1, False, ())
    j = at - 1
    closed = False
    while j >= 0 and at - j < _REACH:
        chunk = chunks[j]
        if chunk.tag in 'AJ"O' or (chunk.tag == "K"):
            j -= 1
        elif chunk.tag in ")]":
            j = _open_bracket(j, chunks) - 1
        elif chunk.tag == "N":
            if _in_preposition(j, chunks):
                j = _before_preposition(j, chunks)
                continue
            return _subject_from(j, chunks, tokens, closed)
        elif chunk.tag in ",-":
            k = _aside_start(j, chunks)
            if k < 0:
                return _inherit(at, j, chunks, tokens, done, by_chunk)
            closed, j = True, k - 1
        elif chunk.tag == "W":
            subject = _antecedent(j, chunks)
            return (subject, -1, True, ()) if subject else none
        elif chunk.tag == "V" and _is_reduced(j, at, chunks, tokens):
            j -= 1
        elif chunk.tag in "CVI":
            return _inherit(at, j, chunks, tokens, done, by_chunk)
        else:
            return none
    return none


def _is_reduced(j: int, at: int, chunks: Sequence[Chunk], tokens: Sequence[Token]) -> bool:
    """Return whether the verb at j is a bare participle after a noun: "the rifle used in X was"."""
    single = chunks[j].last - chunks[j].first == 1 and tokens[chunks[j].first].tag in "dng"
    finite = tokens[chunks[at].first].tag in "XMzd"
    return single and finite and j > 0 and chunks[j - 1].tag == "N"


def _open_bracket(j: int, chunks: Sequence[Chunk]) -> int:
    k = j
    while k > 0 and chunks[k].tag not in "([" and j - k < _REACH:
        k -= 1
    return k


def _in_preposition(j: int, chunks: Sequence[Chunk]) -> bool:
    k = _group_start(j, chunks)
    while k > 0 and chunks[k - 1].tag in 'AY"':
        k -= 1
    return k > 0 and chunks[k - 1].tag in "IE"


def _before_preposition(j: int, chunks: Sequence[Chunk]) -> int:
    k = _group_start(j, chunks)
    while k > 0 and chunks[k - 1].tag in 'AY"':
        k -= 1
    while k > 0 and chunks[k - 1].tag in "IEC":
        k -= 1
    return k - 1


def _group_start(j: int, chunks: Sequence[Chunk]) -> int:
    """Return the first phrase of the list that ends at j: "A, B and C"."""
    k = j
    while k >= 2 and chunks[k - 1].tag == "C" and chunks[k - 2].tag == "N":  # noqa: PLR2004
        k -= 2
        k = _comma_start(k, chunks)
    if (
        k >= 3
        and chunks[k - 1].tag == "C"
        and chunks[k - 2].tag == ","
        and chunks[k - 3].tag == "N"
    ):  # noqa: PLR2004
        k = _comma_start(k - 3, chunks)
    return k


def _comma_start(k: int, chunks: Sequence[Chunk]) -> int:
    while k >= 2 and chunks[k - 1].tag == "," and chunks[k - 2].tag == "N":  # noqa: PLR2004
        k -= 2
    return k


def _subject_from(
    j: int,
    chunks: Sequence[Chunk],
    tokens: Sequence[Token],
    closed: bool,  # noqa: FBT001
) -> Slots:
    start = _group_start(j, chunks)
    group = tuple(k for k in range(start, j + 1) if chunks[k].tag == "N")
    if closed and len(group) > 1 and not any(chunks[k].tag == "C" for k in range(start, j)):
        group = group[:1]  # "X, a member of Y, ... did": X did
    if closed and start >= 2 and chunks[start - 1].tag == "," and chunks[start - 2].tag == "N":  # noqa: PLR2004
        group = (start - 2,)
    before = start - 1
    while before >= 0 and chunks[before].tag in 'AY"':
        before -= 1
    if before >= 0 and chunks[before].tag == "W":
        return group, -1, True, _antecedent(before, chunks)
    return group, -1, False, ()


def _antecedent(j: int, chunks: Sequence[Chunk]) -> tuple[int, ...]:
    """Return the phrase that which/who at j stands for."""
    k = j - 1
    while k >= 0 and chunks[k].tag in ',IAY"-':
        k -= 1
    if k < 0 or chunks[k].tag != "N":
        return ()
    start = _group_start(k, chunks)
    return tuple(i for i in range(start, k + 1) if chunks[i].tag == "N")


def _aside_start(j: int, chunks: Sequence[Chunk]) -> int:
    """Return the mark that opens the aside closed by the mark at j, -1 if there is none."""
    for k in range(j - 1, max(-1, j - _REACH), -1):
        if chunks[k].tag == chunks[j].tag and k > 0:
            after = chunks[k + 1]
            opens = after.tag in "WIDAN" or (after.tag == "V")
            return k if opens and chunks[k - 1].tag in 'NK")]' else -1
        if chunks[k].tag in ";:":
            return -1
    return -1


def _inherit(
    at: int,
    j: int,
    chunks: Sequence[Chunk],
    tokens: Sequence[Token],
    done: list[Clause],
    by_chunk: dict[int, int],
) -> Slots:
    """Return the subject of the verb before: coordination, infinitive, complement, participle."""
    k = j
    while k >= 0 and chunks[k].tag != "V" and at - k < _REACH:
        if chunks[k].tag in ";":
            break
        k -= 1
    if k < 0 or k not in by_chunk:
        return (), -1, False, ()
    parent = done[by_chunk[k]]
    subject = parent.subject
    if tokens[chunks[at].first].tag == "T" and parent.objects and not parent.passive:
        subject = parent.objects if _controls_object(parent, tokens) else subject
    return subject, by_chunk[k], False, ()


_OBJECT_CONTROL = frozenset(
    "allow enable help force order urge ask tell permit let have make see cause prompt lead want "
    "expect require persuade instruct push train equip send use show film prevent stop".split()
)


def _controls_object(parent: Clause, tokens: Sequence[Token]) -> bool:
    return tokens[parent.main].lemma in _OBJECT_CONTROL


Right = tuple[
    tuple[int, ...],
    tuple[tuple[str, tuple[int, ...]], ...],
    dict[int, tuple[tuple[str, tuple[int, ...]], ...]],
]


def _find_right(at: int, chunks: Sequence[Chunk], tokens: Sequence[Token]) -> Right:
    """Return the objects, the prepositions after the verb, and those of single objects."""
    objects: list[int] = []
    preps: list[tuple[str, tuple[int, ...]]] = []
    local: dict[int, list[tuple[str, tuple[int, ...]]]] = {}
    j = at + 1
    while j < len(chunks) and j - at < _REACH:
        tag = chunks[j].tag
        if tag in 'AYO"EJ' or tag in "([":
            j = _close_bracket(j, chunks) + 1 if tag in "([" else j + 1
        elif tag == "N":
            if objects and _has_verb_after(j, chunks):
                break
            if not preps or _same_sort(objects, j, chunks):
                objects.append(j)
            j += 1
        elif tag == "I":
            group, after = prep_group(j, chunks, objects)
            if not group:
                if chunks[j + 1 : j + 2] and chunks[j + 1].tag == "V":
                    break
                preps.append((tokens[chunks[j].first].low, ()))
                j += 1
                continue
            entry = (" ".join(tokens[chunks[j].first].low.split()), group)
            preps.append(entry)
            if objects:
                local.setdefault(objects[-1], []).append(entry)
                if entry[0] == "with" and _is_extra(objects, group, chunks):
                    objects.extend(group)
                    preps.pop()
            j = after
        elif tag == "," and objects and _aside_end(j, chunks, tokens) > 0:
            j = _aside_end(j, chunks, tokens) + 1
        elif tag in ",C-":
            if not _list_goes_on(j, at, chunks, objects, preps):
                break
            j += 1
        else:
            break
    _add_ellipsis(j, chunks, tokens, objects, local)
    return tuple(objects), tuple(preps), {key: tuple(value) for key, value in local.items()}


def _aside_end(j: int, chunks: Sequence[Chunk], tokens: Sequence[Token]) -> int:
    """Return the comma that closes an apposition opened at j ("X, an ally of Y,"), -1 if none."""
    first = chunks[j + 1 : j + 2]
    if not first or first[0].phrase is None or first[0].phrase.determiner not in ("a", "an", "the"):
        return -1
    before = chunks[j - 1].phrase
    if before is None or tokens[before.head].tag != "P":
        return -1
    for k in range(j + 2, min(j + 8, len(chunks))):
        if chunks[k].tag == ",":
            return k if chunks[k + 1 : k + 2] and chunks[k + 1].tag in "IV" else -1
        if chunks[k].tag not in "INO":
            return -1
    return -1


def _add_ellipsis(
    j: int,
    chunks: Sequence[Chunk],
    tokens: Sequence[Token],
    objects: list[int],
    local: dict[int, list[tuple[str, tuple[int, ...]]]],
) -> None:
    """Take in a later object of the same sort: "... after fighting X, as well as Y near Z"."""
    if not objects:
        return
    for k in range(j, min(j + _REACH, len(chunks) - 1)):
        chunk = chunks[k]
        if chunk.tag in ";:.SW" or (chunk.tag == "V" and tokens[chunk.first].tag not in "gdnT"):
            return
        joins = chunk.tag == "C" and tokens[chunk.first].low in _ADDING
        if joins and chunks[k + 1].tag == "N" and _same_sort(objects, k + 1, chunks):
            objects.append(k + 1)
            if k + 2 < len(chunks) and chunks[k + 2].tag == "I":
                group, _ = prep_group(k + 2, chunks)
                entry = (tokens[chunks[k + 2].first].low, group)
                local.setdefault(k + 1, []).append(entry)


_ADDING = frozenset({"as well as", "along with", "together with"})


def _is_extra(objects: list[int], group: tuple[int, ...], chunks: Sequence[Chunk]) -> bool:
    """Return whether "with 40 grenades" adds to a list of weapons."""
    phrase = chunks[group[0]].phrase
    weapon = phrase is not None and phrase.kind == "weapon" and phrase.quantity is not None
    return weapon and _same_sort(objects, group[0], chunks)


def _close_bracket(j: int, chunks: Sequence[Chunk]) -> int:
    k = j
    while k < len(chunks) - 1 and chunks[k].tag not in ")]" and k - j < _REACH:
        k += 1
    return k


def _has_verb_after(j: int, chunks: Sequence[Chunk]) -> bool:
    """Return whether the phrase at j is the subject of a verb of its own."""
    k = j + 1
    while k < len(chunks) and chunks[k].tag in 'AY"':
        k += 1
    return k < len(chunks) and chunks[k].tag == "V" and chunks[k - 1].tag != ","


def _same_sort(objects: list[int], j: int, chunks: Sequence[Chunk]) -> bool:
    last = chunks[objects[-1]].phrase if objects else None
    here = chunks[j].phrase
    return last is not None and here is not None and last.kind == here.kind


def prep_group(
    j: int, chunks: Sequence[Chunk], objects: Sequence[int] = ()
) -> tuple[tuple[int, ...], int]:
    """Return the phrases after the preposition at j and where they end.

    A list of the objects' own sort is not continued in it: "rifles with 40 rounds, and mortars".
    """
    k = j + 1
    while k < len(chunks) and chunks[k].tag in 'AYIC"JEO':
        if chunks[k].tag == "C" and chunks[k + 1 : k + 2] and chunks[k + 1].tag != "I":
            break
        k += 1
    if k >= len(chunks) or chunks[k].tag != "N":
        return (), j + 1
    group = [k]
    k += 1
    if (
        objects
        and _same_sort(list(objects), group[0], chunks)
        and chunks[k : k + 1]
        and (chunks[k].tag == ",")
    ):
        return tuple(group), k
    while k + 1 < len(chunks) and k - j < _REACH:
        step = _list_step(k, chunks)
        if step < 0 or _has_verb_after(step, chunks) or not _alike(group[0], step, chunks):
            break
        group.append(step)
        k = step + 1
    return tuple(group), k


def _alike(one: int, two: int, chunks: Sequence[Chunk]) -> bool:
    a, b = chunks[one].phrase, chunks[two].phrase
    if a is None or b is None:
        return False
    same = {a.kind, b.kind} <= _NAMELIKE or a.kind == b.kind
    return same and not (b.determiner in ("a", "an") and a.kind in _NAMELIKE)


_NAMELIKE = frozenset({"group", "people", "name", "place", "speaker", "pronoun"})


def _list_step(k: int, chunks: Sequence[Chunk]) -> int:
    """Return the next phrase of a list whose mark stands at k, -1 if the list ends."""
    i = k
    while i < len(chunks) and chunks[i].tag in ",C" and i - k < 2:  # noqa: PLR2004
        i += 1
    while i < len(chunks) and chunks[i].tag in 'AY"':
        i += 1
    return i if i > k and i < len(chunks) and chunks[i].tag == "N" else -1


def _list_goes_on(
    j: int,
    at: int,
    chunks: Sequence[Chunk],
    objects: list[int],
    preps: list[tuple[str, tuple[int, ...]]],
) -> bool:
    """Return whether after the mark at j another object or preposition follows."""
    k = j + 1
    while k < len(chunks) and chunks[k].tag in 'CAY",':
        k += 1
    if k >= len(chunks):
        return False
    if chunks[k].tag == "I":
        return chunks[j].tag == "," and bool(objects or preps)
    if chunks[k].tag != "N" or not objects:
        return False
    if _has_verb_after(k, chunks):
        return False
    if _same_sort(objects, k, chunks) or (not preps and _alike(objects[-1], k, chunks)):
        return True
    phrase = chunks[k].phrase
    counted = phrase is not None and (
        phrase.quantity is not None or phrase.determiner in ("a", "an")
    )
    return counted and len(objects) > 1 and not preps


def _leading(
    at: int, chunks: Sequence[Chunk], tokens: Sequence[Token], done: list[Clause]
) -> tuple[tuple[str, tuple[int, ...]], ...]:
    """Return the prepositions at the head of the sentence, for its first clause."""
    if done and any(not clause.bare for clause in done):
        return ()
    found: list[tuple[str, tuple[int, ...]]] = []
    j = 0
    while j < at and j < _REACH:
        if chunks[j].tag == "I":
            group, after = prep_group(j, chunks)
            if group:
                found.append((tokens[chunks[j].first].low, group))
                j = after
                continue
        j += 1
    return tuple(found)


def with_subject(clause: Clause, subject: tuple[int, ...]) -> Clause:
    """Return the clause with another subject."""
    return replace(clause, subject=subject)


def phrase_at(chunks: Sequence[Chunk], index: int) -> Phrase:
    """Return the phrase of a chunk that is one.

    Raises:
        ValueError: the chunk is no phrase.
    """
    phrase = chunks[index].phrase
    if phrase is None:
        raise ValueError(f"chunk {index} is no phrase")
    return phrase
