"""A pair of documents with their passages to a reprint, or to nothing.

In: two texts with their words, their fingerprints and how many texts share each, and the
passages both hold. Out: the finding with its relation, share, spans and direction. Refused:
passages too short, too unlike, made of stock phrases, common to many texts, standing at the foot
or head of both texts as a notice does, or one form filled in with other numbers.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

import numpy as np
from rapidfuzz import fuzz

from enduse.model.reprint import Reprint
from enduse.reprints.alignment import Passage, align
from enduse.reprints.collection import Text
from enduse.reprints.finding import find_shares, make_reprint
from enduse.reprints.options import ReprintOptions
from enduse.reprints.stock import mark_stock
from enduse.reprints.words import Hashes

DENSE = 0.8
EDGE_WORDS = 3
NOTICE_WORDS = 70
NOTICE_SHARE = 0.4
WHOLE = 0.4
SCATTERED = 0.1
STANDING = 5
FEW_TEXTS = 3
PAIR = 2
FORM_NUMBERS = 3
FORM_WORDS = 60
_NUMBER = re.compile(r"\d+")


def judge_pair(left: Text, right: Text, stock: Hashes, options: ReprintOptions) -> Reprint | None:
    """Return what the two texts share, or None where that is no reuse.

    Args:
        left: one text.
        right: the other; the order does not matter to the result.
        stock: sorted hashes of the word runs of stock phrases.
        options: the sizes to apply.
    """
    if right.document.id < left.document.id:
        left, right = right, left
    passages = align(left.words.hashes, right.words.hashes, options.fragment)
    passages = tuple(p for p in passages if _like(left, right, p, options))
    passages = _without_overlap(passages)
    kept = tuple(p for p in passages if not _is_boilerplate(left, right, p, options))
    if max(find_shares(passages, left, right)) >= options.reprint_share:
        kept = passages  # much of a whole text is no boilerplate, however many texts bear it
    if not _enough(kept, left, right, stock, options):
        return None
    return make_reprint(left, right, kept, options)


def _enough(
    passages: Sequence[Passage], left: Text, right: Text, stock: Hashes, options: ReprintOptions
) -> bool:
    """Return whether one passage is long enough, or many short ones are much of a text."""
    fresh = [_fresh(left, each, stock, options) for each in passages]
    if any(
        words >= options.passage + (STANDING if _standing(left, each, options) else 0)
        for words, each in zip(fresh, passages, strict=True)
    ):
        return True
    size = min(len(left.words), len(right.words))
    return sum(fresh) >= max(2 * options.passage, SCATTERED * size)


def _standing(text: Text, passage: Passage, options: ReprintOptions) -> bool:
    """Return whether more than a few texts share the words, as they do long names and titles."""
    return _bearers(text, passage, options) > FEW_TEXTS


def _bearers(text: Text, passage: Passage, options: ReprintOptions) -> float:
    """Return how many texts bear the words of the passage: the median, 0 if none is known."""
    inside = (text.places >= passage.left_start) & (text.places + options.gram <= passage.left_end)
    bearers = text.texts[inside & (text.texts > 1)]
    middle = len(bearers) // 2
    ranked = np.sort(bearers)
    if len(ranked) % 2:
        return float(ranked[middle])
    return float(ranked[middle - 1] + ranked[middle]) / 2 if middle else 0.0


def _like(left: Text, right: Text, passage: Passage, options: ReprintOptions) -> bool:
    if passage.density >= DENSE:
        return True
    words, others = _quotes(left, right, passage)
    return fuzz.ratio(words, others) >= 100 * options.likeness


def _quotes(left: Text, right: Text, passage: Passage) -> tuple[str, str]:
    return (
        _quote(left, passage.left_start, passage.left_end),
        _quote(right, passage.right_start, passage.right_end),
    )


def _quote(text: Text, start: int, end: int) -> str:
    return text.document.text[text.words.starts[start] : text.words.ends[end - 1]].casefold()


def _without_overlap(passages: Sequence[Passage]) -> tuple[Passage, ...]:
    """Return the passages, longest first choice, so that no word of either text counts twice."""
    kept: list[Passage] = []
    for passage in sorted(passages, key=lambda p: (-p.matched, p.left_start, p.right_start)):
        if not any(_overlap(passage, other) for other in kept):
            kept.append(passage)
    return tuple(sorted(kept, key=lambda p: p.left_start))


def _overlap(one: Passage, other: Passage) -> bool:
    left = min(one.left_end, other.left_end) - max(one.left_start, other.left_start)
    right = min(one.right_end, other.right_end) - max(one.right_start, other.right_start)
    return max(left, right) > 0


def _is_boilerplate(left: Text, right: Text, passage: Passage, options: ReprintOptions) -> bool:
    inside = (left.places >= passage.left_start) & (left.places + options.gram <= passage.left_end)
    shared = inside & (left.texts > 1)
    common = shared & (left.texts > options.most_documents)
    if 2 * int(common.sum()) > int(shared.sum()):
        return True
    if passage.length <= FORM_WORDS and _is_form(*_quotes(left, right, passage)):
        return True
    few = _bearers(left, passage, options) <= PAIR
    return passage.length <= NOTICE_WORDS and _at_edge(left, right, passage, few=few)


def _is_form(words: str, others: str) -> bool:
    """Return whether both fill in one form: the numbers differ, as no copyist changes them.

    >>> _is_form("at 9 degrees, wind 40, rain 3 mm", "at 7 degrees, wind 25, rain 11 mm")
    True
    """
    numbers, theirs = Counter(_NUMBER.findall(words)), Counter(_NUMBER.findall(others))
    least = min(numbers.total(), theirs.total())
    return least >= FORM_NUMBERS and 2 * (numbers & theirs).total() <= least


def _at_edge(left: Text, right: Text, passage: Passage, *, few: bool) -> bool:
    """Return whether the passage closes or opens both texts, as a notice does.

    Where the passage is much of either text, it is that text's matter and no notice; where only
    these two open with it, it is a first paragraph that was taken over.
    """
    size = min(len(left.words), len(right.words))
    if passage.length > NOTICE_SHARE * size:
        return False
    closes = max(len(left.words) - passage.left_end, len(right.words) - passage.right_end)
    opens = max(passage.left_start, passage.right_start)
    return closes <= EDGE_WORDS or (opens <= EDGE_WORDS and not few)


def _fresh(text: Text, passage: Passage, stock: Hashes, options: ReprintOptions) -> int:
    """Return the matched words that neither stock phrases nor many texts account for."""
    words = text.words.hashes[passage.left_start : passage.left_end]
    worn = mark_stock(words, stock)
    if not _whole(text, passage):
        common = text.places[text.texts > options.most_documents] - passage.left_start
        for place in common[(common > -options.gram) & (common < len(words))].tolist():
            worn[max(place, 0) : place + options.gram] = True
    return passage.matched - int(worn.sum())


def _whole(text: Text, passage: Passage) -> bool:
    return passage.left_end - passage.left_start >= WHOLE * len(text.words)
