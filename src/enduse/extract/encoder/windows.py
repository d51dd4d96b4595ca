"""Sentences packed into windows of bounded length for the encoder.

In: the sentences of a document, in order. Out: windows; each sentence is owned by one of them, and
those before it stand there as context. Refused: nothing; an over-long sentence is cut.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from enduse.extract.encoder.wording import Pieces, Word, find_words

OWNED = 352  # pieces of the sentences that a window owns
CONTEXT = 144  # pieces of the sentences before them


@dataclass(frozen=True, slots=True)
class Window:
    """Words of neighbouring sentences, ready for the encoder.

    Attributes:
        words: the words, those of the context first.
        sentences: for each word, the number of its sentence.
        owned: the number of words of the context; those after are the window's own.
        pieces: the pieces of all words in a row, between the first and the last mark.
        cases: for each piece, the case of its word.
        heads: for each word, where its first piece stands.
    """

    words: tuple[Word, ...]
    sentences: tuple[int, ...]
    owned: int
    pieces: tuple[int, ...]
    cases: tuple[int, ...]
    heads: tuple[int, ...]


@dataclass(slots=True)
class _Cut:
    number: int
    words: list[Word]
    pieces: list[tuple[int, ...]]
    size: int


def pack(text: str, sentences: Sequence[tuple[int, int, int]], pieces: Pieces) -> Iterator[Window]:
    """Yield windows over the sentences.

    Args:
        text: the document's text.
        sentences: number, start and end of each, in order.
        pieces: the encoder's vocabulary.
    """
    before: list[_Cut] = []
    own: list[_Cut] = []
    size = 0
    for cut in _cuts(text, sentences, pieces):
        if own and size + cut.size > OWNED:
            yield _window(before, own)
            before, own, size = _tail([*before, *own]), [], 0
        own.append(cut)
        size += cut.size
    if own:
        yield _window(before, own)


def _cuts(text: str, sentences: Sequence[tuple[int, int, int]], pieces: Pieces) -> Iterator[_Cut]:
    for number, start, end in sentences:
        cut = _Cut(number, [], [], 0)
        for word in find_words(text, start, end):
            found = pieces.of(text[word.start : word.end])
            if cut.size + len(found) > OWNED:
                yield cut
                cut = _Cut(number, [], [], 0)
            cut.words.append(word)
            cut.pieces.append(found)
            cut.size += len(found)
        if cut.words:
            yield cut


def _tail(cuts: Sequence[_Cut]) -> list[_Cut]:
    kept: list[_Cut] = []
    size = 0
    for cut in reversed(cuts):
        size += cut.size
        if size > CONTEXT:
            break
        kept.append(cut)
    return kept[::-1]


def _window(before: Sequence[_Cut], own: Sequence[_Cut]) -> Window:
    words: list[Word] = []
    numbers: list[int] = []
    flat: list[int] = []
    cases: list[int] = []
    heads: list[int] = []
    for cut in (*before, *own):
        for word, found in zip(cut.words, cut.pieces, strict=True):
            words.append(word)
            numbers.append(cut.number)
            heads.append(len(flat) + 1)
            flat += found
            cases += [word.case] * len(found)
    context = sum(len(cut.words) for cut in before)
    return Window(tuple(words), tuple(numbers), context, tuple(flat), tuple(cases), tuple(heads))
