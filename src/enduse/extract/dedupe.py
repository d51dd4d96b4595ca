"""The same proposition once: of claims that agree, the fuller is kept.

In: a document's claims. Out: those that say something of their own, in order of their spans.
Refused: merging claims whose places or times differ: they are different occasions.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from enduse.extract.phrases import is_plural
from enduse.model.claim import AGAIN, Claim, ClaimKind, Cue, Part, Role
from enduse.model.interchange import with_id

_CORE = {
    ClaimKind.USE: (Part.ACTOR, Part.WEAPON),
    ClaimKind.POSSESSION: (Part.ACTOR, Part.WEAPON),
    ClaimKind.TRANSFER: (Part.FROM, Part.TO, Part.WEAPON),
    ClaimKind.LOSS: (Part.ACTOR, Part.WEAPON),
    ClaimKind.ORIGIN: (Part.WEAPON, Part.ACTOR),
    ClaimKind.AFFILIATION: (Part.ACTOR, Part.OTHER),
    ClaimKind.CONTROL: (Part.ACTOR, Part.PLACE),
    ClaimKind.CASUALTIES: (Part.VICTIM,),
}


def drop_repeats(claims: Iterable[Claim]) -> list[Claim]:
    """Return the claims without those another says more fully, in order of their spans.

    What is kept remembers in its cues where it is said again, and how firmly.
    """
    kept: list[Claim] = []
    again: dict[str, list[Cue]] = {}
    index: dict[object, list[Claim]] = {}
    for claim in sorted(claims, key=lambda one: -_fullness(one)):
        fuller = next((o for o in _candidates(claim, index) if _repeats(claim, o)), None)
        if fuller is None:
            kept.append(claim)
            for key in _keys(claim):
                index.setdefault(key, []).append(claim)
        elif claim.span is not None and not _same_stretch(claim, fuller):
            sense = f"{claim.certainty.value}{AGAIN}"
            cue = Cue(sense, claim.span.start, claim.span.end, claim.span.quote)
            again.setdefault(fuller.id, []).append(cue)
    return sorted((_remember(claim, again.get(claim.id, ())) for claim in kept), key=_order)


def _remember(claim: Claim, again: Sequence[Cue]) -> Claim:
    if not again:
        return claim
    cues = (*claim.because.cues, *sorted(again, key=lambda cue: (cue.start, cue.end)))
    return with_id(replace(claim, because=replace(claim.because, cues=cues)))


def _keys(claim: Claim) -> set[object]:
    """Return what a claim is found by: its sort, and what fills its core roles."""
    sort = (claim.kind, claim.polarity)
    named = {(sort, part, name) for part in _CORE[claim.kind] for name in _names(claim.role(part))}
    return {sort, *named}


def _candidates(claim: Claim, index: Mapping[object, Sequence[Claim]]) -> Iterator[Claim]:
    """Yield the kept claims that it may repeat: those that share a filler with it.

    Each core role that it has must be theirs as well, so the role whose names are rarest is
    enough; without this the work would grow with the square of the claims.
    """
    sort = (claim.kind, claim.polarity)
    filled = [
        [index.get((sort, part, name), ()) for name in _names(role)]
        for part in _CORE[claim.kind]
        if (role := claim.role(part)) is not None
    ]
    rows = min(filled, key=lambda rows: sum(map(len, rows)), default=[index.get(sort, ())])
    return itertools.chain.from_iterable(rows)


def _names(role: Role | None) -> set[str]:
    """Return the words and the reference by which two roles may be the same."""
    if role is None:
        return set()
    return {f"={role.reference}", *_words(role.text)} if role.reference else set(_words(role.text))


def _order(claim: Claim) -> tuple[int, int, str]:
    return (claim.span.start, claim.span.end, claim.id) if claim.span else (0, 0, claim.id)


def _fullness(claim: Claim) -> float:
    length = claim.span.end - claim.span.start if claim.span else 0
    return len(claim.roles) + bool(claim.time) + bool(claim.quantity) + min(length, 400) / 1000


def _repeats(claim: Claim, other: Claim) -> bool:
    """Return whether the other says all that the claim says."""
    if (claim.kind, claim.polarity) != (other.kind, other.polarity):
        return False
    if not _same_sort(claim, other) or _other_amount(claim, other):
        return False
    if _recalls(claim, other):
        return True
    near = _same_stretch(claim, other) or _dies_once(claim, other)
    for part in _CORE[claim.kind]:
        mine, theirs = claim.role(part), other.role(part)
        if mine is None and (near or theirs is None):
            continue
        if mine is None or theirs is None or not _same(mine, theirs):
            return False
        if part is Part.WEAPON and near and _listed_apart(mine, theirs):
            return False
    return near or (_agree_time(claim, other) and _agree_place(claim, other))


def _recalls(claim: Claim, other: Claim) -> bool:
    """Return whether "the missile was fired" only takes up a missile already told of."""
    if claim.kind is not ClaimKind.USE or claim.span is None or other.span is None:
        return False
    mine, theirs = claim.role(Part.WEAPON), other.role(Part.WEAPON)
    bare = all(role.part in (Part.WEAPON, Part.PLACE) for role in claim.roles)
    later = other.span.start < claim.span.start and claim.span.quote.lower().startswith("the ")
    return bare and later and mine is not None and theirs is not None and _same(mine, theirs)


def _same_sort(claim: Claim, other: Claim) -> bool:
    """Return whether what their kind asks for beside the roles agrees: status, harm and count.

    What is firmer says more: a headline without the hedge of its text is no repeat of the text.
    """
    if claim.certainty.rank < other.certainty.rank:
        return False
    if claim.kind is ClaimKind.TRANSFER:
        return claim.status == other.status
    if claim.kind is ClaimKind.CASUALTIES:
        return claim.mode == other.mode and _same_count(claim, other)
    return True


def _listed_apart(mine: Role, theirs: Role) -> bool:
    """Return whether one sentence names both in different words: "bombs and barrel bombs"."""
    return mine.start != theirs.start and mine.text.lower() != theirs.text.lower()


def _dies_once(claim: Claim, other: Claim) -> bool:
    """Return whether both tell one person's death or capture, of one place and one day."""
    if claim.kind is not ClaimKind.CASUALTIES or claim.mode not in ("killed", "captured"):
        return False
    victim = claim.role(Part.VICTIM)
    single = all(one.quantity is None or one.quantity.max == 1 for one in (claim, other))
    return single and not (victim is not None and is_plural(victim.text))


def _other_amount(claim: Claim, other: Claim) -> bool:
    """Return whether both state amounts, and different ones: two occasions."""
    mine, theirs = claim.quantity, other.quantity
    if mine is None and theirs is None:
        return False
    if mine is None or theirs is None:
        return not _same_stretch(claim, other) and claim.kind is ClaimKind.TRANSFER
    return (mine.min, mine.max) != (theirs.min, theirs.max)


def _same_count(claim: Claim, other: Claim) -> bool:
    mine, theirs = claim.quantity, other.quantity
    return mine is None or (theirs is not None and (mine.min, mine.max) == (theirs.min, theirs.max))


def _same_stretch(claim: Claim, other: Claim) -> bool:
    if claim.span is None or other.span is None:
        return False
    return claim.span.start < other.span.end and other.span.start < claim.span.end


def _agree_time(claim: Claim, other: Claim) -> bool:
    if claim.time is None or other.time is None:
        return True
    return claim.time.overlaps(other.time)


def _agree_place(claim: Claim, other: Claim) -> bool:
    if claim.kind in (ClaimKind.ORIGIN, ClaimKind.AFFILIATION, ClaimKind.CONTROL):
        return True
    mine, theirs = claim.role(Part.PLACE), other.role(Part.PLACE)
    return mine is None or theirs is None or _same(mine, theirs)


def _same(left: Role, right: Role) -> bool:
    if left.reference is not None and left.reference == right.reference:
        return True
    a, b = _words(left.text), _words(right.text)
    if not a or not b:
        return False
    short, long = sorted((a, b), key=len)
    return short <= long and 2 * len(short) >= len(long)


@lru_cache(maxsize=10_000)
def _words(name: str) -> frozenset[str]:
    flat = unicodedata.normalize("NFKD", name.casefold())
    words = re.findall(r"\w+", "".join(c for c in flat if not unicodedata.combining(c)))
    small = {"the", "a", "an", "of", "al", "el", "s"}
    return frozenset(
        w.removesuffix("s") if len(w) > len("gas") else w for w in words if w not in small
    )
