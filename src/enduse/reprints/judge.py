"""A pair of documents with their passages to a reprint, or to nothing.

In: two texts with their words, their fingerprints and how many texts share each, and the
passages both hold. Out: the finding with its relation, share, spans and direction. Refused:
passages too short, too unlike, made of stock phrases, common to many texts, or standing at the
foot or head of both texts as a notice does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from enduse.model.document import Document
from enduse.model.record import make_id
from enduse.model.reprint import AlignedSpan, Relation, Reprint
from enduse.reprints.alignment import Passage, align
from enduse.reprints.direction import Direction, find_direction
from enduse.reprints.join import Numbers
from enduse.reprints.options import ReprintOptions
from enduse.reprints.stock import mark_stock
from enduse.reprints.words import Hashes, Places, Words
from enduse.text.bylines import names_agree

DENSE = 0.8
EDGE_WORDS = 3
NOTICE_WORDS = 70
NOTICE_SHARE = 0.4
EXCERPT_OF = 0.2
WHOLE = 0.4


@dataclass(frozen=True, slots=True)
class Text:
    """One document as the judge sees it.

    Attributes:
        prints, places: its fingerprints and the word each starts at.
        texts: for each fingerprint, in how many texts it stands.
    """

    document: Document
    words: Words
    prints: Hashes
    places: Places
    texts: Numbers


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
    if _share(passages, left, right) >= options.reprint_share:
        kept = passages  # much of a whole text is no boilerplate, however many texts bear it
    if not any(_fresh(left, p, stock, options) >= options.passage for p in kept):
        return None
    return _make_reprint(left, right, kept, options)


def _like(left: Text, right: Text, passage: Passage, options: ReprintOptions) -> bool:
    if passage.density >= DENSE:
        return True
    words = _quote(left, passage.left_start, passage.left_end)
    others = _quote(right, passage.right_start, passage.right_end)
    return fuzz.ratio(words, others) >= 100 * options.likeness


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
    return passage.length <= NOTICE_WORDS and _at_edge(left, right, passage)


def _at_edge(left: Text, right: Text, passage: Passage) -> bool:
    """Return whether the passage closes or opens both texts, as a notice does.

    Where the passage is much of either text, it is that text's matter and no notice.
    """
    size = min(len(left.words), len(right.words))
    if passage.length > NOTICE_SHARE * size:
        return False
    closes = max(len(left.words) - passage.left_end, len(right.words) - passage.right_end)
    opens = max(passage.left_start, passage.right_start)
    return min(closes, opens) <= EDGE_WORDS


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


def _share(passages: Sequence[Passage], left: Text, right: Text) -> float:
    return max(_shares(passages, left, right))


def _shares(passages: Sequence[Passage], left: Text, right: Text) -> tuple[float, float]:
    in_left = sum(p.left_end - p.left_start for p in passages)
    in_right = sum(p.right_end - p.right_start for p in passages)
    return in_left / len(left.words), in_right / len(right.words)


def _make_reprint(
    left: Text, right: Text, passages: tuple[Passage, ...], options: ReprintOptions
) -> Reprint:
    shares = _shares(passages, left, right)
    direction = find_direction(left.document, right.document, shares)
    copy, original = left, right
    if direction.left_copies is False:
        copy, original, shares = right, left, (shares[1], shares[0])
        passages = tuple(passage.flipped for passage in passages)
    spans = sorted((_span(copy.words, original.words, p) for p in passages), key=_span_order)
    relation, why = _relate(copy.document, original.document, shares, direction, options)
    return Reprint(
        id=make_id("reprint", copy.document.id, original.document.id, spans),
        copy=copy.document.id,
        of=original.document.id,
        relation=relation,
        share=round(min(shares[0], 1.0), 4),
        spans=tuple(spans),
        directed=direction.left_copies is not None,
        because=_because(passages, shares[0], direction, why),
    )


def _span_order(span: AlignedSpan) -> tuple[int, int]:
    return span.copy_start, span.of_start


def _span(copy: Words, original: Words, passage: Passage) -> AlignedSpan:
    return AlignedSpan(
        *_code_points(copy, passage.left_start, passage.left_end),
        *_code_points(original, passage.right_start, passage.right_end),
    )


def _code_points(words: Words, start: int, end: int) -> tuple[int, int]:
    return int(words.starts[start]), int(words.ends[end - 1])


def _relate(
    copy: Document,
    original: Document,
    shares: tuple[float, float],
    direction: Direction,
    options: ReprintOptions,
) -> tuple[Relation, str]:
    share, of_share = shares
    if share >= options.reprint_share and of_share >= EXCERPT_OF:
        return Relation.REPRINT, ""
    if direction.left_copies is None:
        return Relation.SHARED, ""
    days = _days_apart(copy, original)
    if days >= options.old_days and share < options.reprint_share and _one_author(copy, original):
        return Relation.SHARED, f"one author's words {days} days apart"
    return Relation.EXCERPT, ""


def _days_apart(copy: Document, original: Document) -> int:
    if copy.written is None or original.written is None:
        return 0
    return abs((copy.written - original.written).days)


def _one_author(copy: Document, original: Document) -> bool:
    """Return whether both may be one author's: the bylines agree, or one does not tell."""
    names = [_author(copy), _author(original)]
    if all(names):
        return names_agree(names[0], names[1])
    publishers = [copy.publisher or "", original.publisher or ""]
    return not all(publishers) or names_agree(*publishers)


def _author(document: Document) -> str:
    line = document.source_line
    return (line.byline if line and line.byline else document.byline) or ""


def _because(passages: tuple[Passage, ...], share: float, direction: Direction, why: str) -> str:
    count = sum(p.matched for p in passages)
    text = f"{count} words in {len(passages)} passage(s) match, {share:.0%} of the copy's text"
    return "; ".join(part for part in (text, direction.because, why) if part)
