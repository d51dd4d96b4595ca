"""What the search for reprints can be told: sizes in words, counts of documents; no other state."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReprintOptions:
    """The numbers of the search. All lengths are in words.

    Attributes:
        gram: words of one fingerprint.
        window: of this many neighbouring fingerprints one is kept, so that any shared run of
            `gram + window - 1` words is seen.
        seeds: fingerprints that two documents must share before they are aligned.
        passage: matched words of the shortest passage that counts as reuse by itself.
        fragment: matched words of the shortest passage that counts beside a longer one.
        likeness: least likeness (0 to 1, by letters) of a passage whose words differ much.
        most_documents: texts beyond which shared words are boilerplate rather than reuse.
        reprint_share: part of the copy from which it is a reprint and not an excerpt.
        old_days: days after which one author's words in another text are shared, not an excerpt.
        compile_from: code points of text from which the compiled path is taken.
    """

    gram: int = 5
    window: int = 4
    seeds: int = 2
    passage: int = 14
    fragment: int = 8
    likeness: float = 0.68
    most_documents: int = 10
    reprint_share: float = 0.5
    old_days: int = 120
    compile_from: int = 3_000_000
