"""Shared passages to a finding: copy, original, relation, share, spans, and why.

In: two texts and the passages that both hold and that count as reuse. Out: the reprint. It is a
reprint if half of the copy or more stands in the original, and much of the original in the copy;
an excerpt if less; shared if one author uses words again long after. Whether the direction is
known stands apart from that.
"""

from __future__ import annotations

from collections.abc import Sequence

from enduse.model.document import Document
from enduse.model.record import make_id
from enduse.model.reprint import AlignedSpan, Relation, Reprint
from enduse.reprints.alignment import Passage
from enduse.reprints.collection import Text
from enduse.reprints.direction import Direction, Overlap, find_direction
from enduse.reprints.options import ReprintOptions
from enduse.reprints.words import Words
from enduse.text.bylines import names_agree

EXCERPT_OF = 0.2
NEAR = 3
OPENING, CLOSING = '"“«„‘『「', '"”»“’』」'


def make_reprint(
    left: Text, right: Text, passages: tuple[Passage, ...], options: ReprintOptions
) -> Reprint:
    """Return the finding on two texts that share the passages."""
    shares = find_shares(passages, left, right)
    quoted = _quotes_all(left, passages), _quotes_all(right, [p.flipped for p in passages])
    direction = find_direction(left.document, right.document, Overlap(shares, quoted))
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
    if direction.left_copies is None:
        share, of_share = max(shares), min(shares)
    if share >= options.reprint_share and of_share >= EXCERPT_OF:
        return Relation.REPRINT, ""
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


def _quotes_all(text: Text, passages: Sequence[Passage]) -> bool:
    """Return whether the text sets every passage in quotation marks."""
    return all(_is_quoted(text, each) for each in passages)


def _is_quoted(text: Text, passage: Passage) -> bool:
    start, end = _code_points(text.words, passage.left_start, passage.left_end)
    words = text.document.text
    before, after = words[max(0, start - NEAR) : start], words[end : end + NEAR]
    return any(mark in before for mark in OPENING) and any(mark in after for mark in CLOSING)


def find_shares(passages: Sequence[Passage], left: Text, right: Text) -> tuple[float, float]:
    """Return which part of each text's words stands in the passages."""
    in_left = sum(p.left_end - p.left_start for p in passages)
    in_right = sum(p.right_end - p.right_start for p in passages)
    return in_left / len(left.words), in_right / len(right.words)
