"""Reprints to what they mean for claims: which claims are one statement told again.

In: claims with spans, and reprints with aligned spans. Out: pairs of a copied claim and its
original, and for one claim the documents its words were taken from.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from enduse.model.claim import Claim
from enduse.model.document import Span
from enduse.model.reprint import AlignedSpan, Relation, Reprint

COVERED = 0.5
SAME_PLACE = 0.3
WHOLE = (Relation.REPRINT,)
TEXTUAL = (Relation.REPRINT, Relation.EXCERPT, Relation.SHARED)


@dataclass(frozen=True, slots=True)
class Retelling:
    """A claim that a copy makes and the claim of the original that it repeats."""

    copy: Claim
    original: Claim
    reprint: Reprint


@dataclass(frozen=True, slots=True)
class Loan:
    """One document's words taken from another, for one claim.

    Attributes:
        borrower, lender: document ids; without direction both may be either.
        span: where the claim's words stand in the lender, None if it has no place there.
        own_words: the claim stands outside the copied words of an excerpt.
        outside: the claim stands outside the copied words of a reprint, so that it is the
            lender's only if the lender makes it too.
        relation: of the texts.
    """

    borrower: str
    lender: str
    directed: bool
    because: str
    span: Span | None = None
    own_words: bool = False
    outside: bool = False
    relation: Relation = Relation.SHARED


def map_span(span: Span, reprint: Reprint) -> Span | None:
    """Return where a copy's words stand in the original, None if they were not copied.

    Within an aligned span the place is found in proportion, so it is near, not exact, where
    words were changed.

    >>> found = Reprint("r", "copy", "of", Relation.EXCERPT, 0.1, (AlignedSpan(10, 30, 100, 120),))
    >>> mapped = map_span(Span("copy", 15, 25, "ten signs."), found)
    >>> mapped.start, mapped.end
    (105, 115)
    """
    inside = [aligned for aligned in reprint.spans if _shared(span, aligned) > 0]
    if sum(_shared(span, aligned) for aligned in inside) < COVERED * (span.end - span.start):
        return None
    first, last = inside[0], inside[-1]
    start = _project(max(span.start, first.copy_start), first)
    end = _project(min(span.end, last.copy_end), last)
    return Span(reprint.of, min(start, end), max(start, end), span.quote)


def _shared(span: Span, aligned: AlignedSpan) -> int:
    return min(span.end, aligned.copy_end) - max(span.start, aligned.copy_start)


def _project(place: int, aligned: AlignedSpan) -> int:
    size = aligned.copy_end - aligned.copy_start
    part = (place - aligned.copy_start) / size if size else 0.0
    return aligned.of_start + round(part * (aligned.of_end - aligned.of_start))


def turned(reprint: Reprint) -> Reprint:
    """Return the reprint with its two sides changed about, for one without direction."""
    spans = [
        AlignedSpan(each.of_start, each.of_end, each.copy_start, each.copy_end)
        for each in reprint.spans
    ]
    spans.sort(key=lambda each: each.copy_start)
    return Reprint(
        reprint.id,
        reprint.of,
        reprint.copy,
        reprint.relation,
        reprint.share,
        tuple(spans),
        reprint.directed,
        reprint.because,
    )


class Copies:
    """The reprints by the document that copies; those without direction stand on both sides."""

    def __init__(self, reprints: Iterable[Reprint]) -> None:
        """Take the reprints in any order."""
        self._by_copy: dict[str, list[Reprint]] = defaultdict(list)
        for reprint in sorted(reprints, key=lambda each: (each.copy, each.of, each.id)):
            if reprint.relation in TEXTUAL:
                self._by_copy[reprint.copy].append(reprint)
                if not reprint.directed:
                    self._by_copy[reprint.of].append(turned(reprint))

    def loans(self, document_id: str, span: Span | None) -> Iterator[Loan]:
        """Yield where the words at the span were taken from, nearest first, each once."""
        waiting: list[tuple[str, Span | None]] = [(document_id, span)]
        seen = {document_id}
        while waiting:
            borrower, place = waiting.pop(0)
            for reprint in self._by_copy.get(borrower, ()):
                loan = _loan(reprint, place)
                yield loan
                if loan.lender not in seen and not loan.own_words and not loan.outside:
                    seen.add(loan.lender)
                    waiting.append((loan.lender, loan.span))


def _loan(reprint: Reprint, span: Span | None) -> Loan:
    whole = reprint.relation in WHOLE
    mapped = map_span(span, reprint) if span is not None else None
    own_words = mapped is None and not whole
    words = f"{reprint.relation.value} of {reprint.of}" if reprint.directed else "shared text"
    because = f"{words} ({reprint.because})" if reprint.because else words
    outside = span is not None and mapped is None and whole
    return Loan(
        reprint.copy,
        reprint.of,
        reprint.directed,
        because,
        mapped,
        own_words,
        outside,
        reprint.relation,
    )


def find_retellings(claims: Iterable[Claim], reprints: Iterable[Reprint]) -> tuple[Retelling, ...]:
    """Return the claims that stand in copied words, each with the claim it repeats.

    Two claims are one statement told twice if they are of one kind and the copy's words align
    with the original's; where several could be meant, parties in common decide. Claims without a
    place in their texts are one if the whole text was reprinted and they say the same.
    """
    by_document: dict[str, list[Claim]] = defaultdict(list)
    for claim in sorted(claims, key=lambda each: each.id):
        by_document[claim.document_id].append(claim)
    ordered = sorted(reprints, key=lambda each: (each.copy, each.of, each.id))
    return tuple(
        retelling
        for reprint in ordered
        if reprint.relation in TEXTUAL
        for retelling in _retellings_of(reprint, by_document)
    )


def _retellings_of(reprint: Reprint, by_document: Mapping[str, list[Claim]]) -> Iterator[Retelling]:
    originals = by_document.get(reprint.of, [])
    scored = []
    for copy in by_document.get(reprint.copy, []):
        mapped = map_span(copy.span, reprint) if copy.span else None
        unplaced = copy.span is None and reprint.relation in WHOLE
        for original in originals:
            likeness = _likeness(copy, mapped, original) if mapped else 0.0
            if likeness > 0 or (unplaced and _says_the_same(copy, original)):
                scored.append((-likeness, copy.id, original.id, copy, original))
    taken: set[str] = set()
    for *_, copy, original in sorted(scored, key=lambda each: each[:3]):
        if copy.id not in taken and original.id not in taken:
            taken |= {copy.id, original.id}
            yield Retelling(copy, original, reprint)


def _says_the_same(copy: Claim, original: Claim) -> bool:
    alike = original.span is None and copy.kind is original.kind and copy.time == original.time
    one, other = ({(r.part, r.label.casefold()) for r in claim.roles} for claim in (copy, original))
    return alike and one == other


def _likeness(copy: Claim, mapped: Span, original: Claim) -> float:
    span = original.span
    if span is None or copy.kind is not original.kind:
        return 0.0
    shared = min(mapped.end, span.end) - max(mapped.start, span.start)
    whole = min(mapped.end - mapped.start, span.end - span.start)
    if shared < SAME_PLACE * max(whole, 1):
        return 0.0
    agreeing = sum(_agrees(role.label, original, copy) for role in copy.roles)
    return shared / max(whole, 1) + agreeing


def _agrees(label: str, original: Claim, copy: Claim) -> bool:
    part = next(role.part for role in copy.roles if role.label == label)
    other = original.role(part)
    return other is not None and other.label.casefold() == label.casefold()
