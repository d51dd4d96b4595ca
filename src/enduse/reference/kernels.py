"""The inner loops of the search for names, plain functions over arrays that numba compiles.

In: a folded text's codes and the tables of a lexicon. Out: its words; the stretches of words that
are names, and what stands beside them. They give what the same steps give by numpy, in less time:
those serve short texts, for which numba would take longer to start than to read. Each also runs
uncompiled, which is how the tests compare all three.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from enduse.reference.alphabet import FIRST_LETTER, IGNORED, SIZE
from enduse.reference.signs import Sense
from enduse.reference.spans import EVERYDAY, NEAR, PLACE, SMALL, SMALL_WORD, UNSURE
from enduse.reference.surroundings import Beside
from enduse.reference.tokens import (
    ALEF,
    ANY,
    BITE,
    FIRST,
    JOIN,
    JOINED,
    LAM,
    LONG_ENOUGH,
    MASKS,
    SECOND,
    SHIFT,
    Hashes,
)

ARTICLE_SHIFT = np.uint64(48)
ONE = np.uint64(1)
LAST = np.uint32(SIZE - 1)
BEFORE, AFTER, PASSED, OTHER, TITLE = (
    Sense.BEFORE,
    Sense.AFTER,
    Sense.PASSED,
    Sense.OTHER,
    Sense.TITLE,
)
PLACED, JOINS, WORDS, LOOSE = Beside.PLACED, Beside.JOINED, Beside.WORDS, Beside.LOOSE


def read_points(
    points: NDArray[np.uint32],
    table: NDArray[np.uint8],
    codes: NDArray[np.uint8],
    offsets: NDArray[np.int32],
) -> int:
    """Fill in the codes that count and where each stands; return how many do.

    Args:
        points: the text's code points.
        table: the code of each.
        codes: to fill.
        offsets: to fill.
    """
    made = 0
    for place in range(len(points)):
        code = table[min(points[place], LAST)]
        codes[made] = code
        offsets[made] = place
        made += code != IGNORED
    return made


def read_capitals(
    points: NDArray[Any],
    places: NDArray[np.int32],
    table: NDArray[np.bool_],
    capital: NDArray[np.bool_],
) -> None:
    """Fill in whether the code points at these places are capitals.

    Args:
        points: the text's code points.
        places: of the first letters of words.
        table: which code points are capitals.
        capital: to fill.
    """
    for word in range(len(places)):
        capital[word] = table[min(np.uint32(points[places[word]]), LAST)]


def read_words(  # noqa: C901, PLR0912, PLR0913, PLR0917 - one loop, kept whole
    codes: NDArray[np.uint8],
    bites: Hashes,
    count: int,
    article_table: NDArray[np.uint8],
    article_hashes: Hashes,
    starts: NDArray[np.int32],
    ends: NDArray[np.int32],
    shown: NDArray[np.int32],
    nexts: NDArray[np.int32],
    hashes: Hashes,
    opens: NDArray[np.bool_],
    closes: NDArray[np.bool_],
) -> int:
    """Fill the columns of the words, and return how many words there are.

    Args:
        codes: of the folded text, padded.
        bites: eight codes as one number, from each place.
        count: how many codes count.
        article_table: of `Articles`.
        article_hashes: of `Articles`.
        starts: column of `Tokens` to fill.
        ends: the same.
        shown: the same.
        nexts: the same.
        hashes: the same.
        opens: the same.
        closes: the same.
    """
    made = 0
    at = 0
    while at < count:
        if codes[at] == 0:
            at += 1
            continue
        begin = at
        letter = codes[at] >= FIRST_LETTER
        while at < count and codes[at] != 0 and (codes[at] >= FIRST_LETTER) == letter:
            at += 1
        start = begin
        length = at - begin
        if letter and length >= LONG_ENOUGH:
            one, two = codes[begin], codes[begin + 1]
            if (one == ALEF and two == LAM) or (length > LONG_ENOUGH and one == LAM and two == LAM):
                start = begin + 2
            elif length > LONG_ENOUGH and two == ALEF and codes[begin + 2] == LAM:
                for lead in JOINED:
                    if one == lead:
                        start = begin + 3
        starts[made] = start
        ends[made] = at
        shown[made] = begin if start == begin else max(begin, start - 2)
        opens[made] = start > begin or begin == 0 or codes[begin - 1] == 0
        closes[made] = codes[at] == 0
        nexts[made] = made + 1
        left = at - start
        value = (bites[start] & MASKS[min(left, BITE)]) * FIRST
        value ^= value >> SHIFT
        place = start + BITE
        while place < at:
            value = (value ^ (bites[place] & MASKS[min(at - place, BITE)])) * SECOND
            value ^= value >> SHIFT
            place += BITE
        hashes[made] = value * SECOND
        made += 1
    for word in range(1, made - 1):
        wanted = article_table[hashes[word] >> ARTICLE_SHIFT]
        if wanted and (wanted == ANY or codes[starts[word + 1]] == wanted):
            for article in article_hashes:
                if article == hashes[word]:
                    nexts[word - 1] = word + 1
    return made


def read_names(  # noqa: PLR0913, PLR0917 - one loop, kept whole
    hashes: Hashes,
    capital: NDArray[np.bool_],
    opens: NDArray[np.bool_],
    nexts: NDArray[np.int32],
    lower: bool,  # noqa: FBT001 - kernels take no names
    first: NDArray[np.uint8],
    first_shift: np.uint64,
    pair: NDArray[np.uint8],
    pair_shift: np.uint64,
    keys: Hashes,
    buckets: NDArray[np.uint32],
    bucket_shift: np.uint64,
    firsts: NDArray[np.int32],
    lasts: NDArray[np.int32],
    groups: NDArray[np.uint32],
) -> int:
    """Fill the columns of the names, and return how many there are; -1 if there is no room.

    Args:
        hashes: column of `Tokens`.
        capital: the same.
        opens: the same.
        nexts: the same.
        lower: whether any name may start with a small letter.
        first: table of `Lexicon`.
        first_shift: how far a hash is shifted to be a place in it.
        pair: table of `Lexicon`.
        pair_shift: how far a hash is shifted to be a place in it.
        keys: of `Lexicon`.
        buckets: table of `Lexicon`.
        bucket_shift: how far a hash is shifted to be a place in it.
        firsts: column of `Hits` to fill.
        lasts: the same.
        groups: the same.
    """
    count = len(hashes)
    made = 0
    for word in range(count):
        if not (opens[word] and (lower or capital[word])):
            continue
        table = first[hashes[word] >> first_shift]
        most = np.int64(table >> 4) if capital[word] else np.int64(table & 15)
        value = hashes[word]
        last = np.int64(word)
        length = 1
        while length <= most:
            slot = value >> bucket_shift
            key, end = np.int64(buckets[slot]), np.int64(buckets[slot + ONE])
            while key < end and keys[key] != value:
                key += 1
            if key < end:
                if made == len(firsts):
                    return -1
                firsts[made] = word
                lasts[made] = last
                groups[made] = key
                made += 1
            last = np.int64(nexts[last])
            if last >= count:
                break
            value = (value * JOIN) ^ hashes[last]
            length += 1
            if length == 2 and most > 2:  # noqa: PLR2004 - the table of first two words
                most = max(np.int64(pair[value >> pair_shift]), np.int64(2))
    return made


def read_hints(
    hashes: Hashes,
    buckets: NDArray[np.uint32],
    bucket_shift: np.uint64,
    known: Hashes,
    at: NDArray[np.int64],
    numbers: NDArray[np.int64],
) -> int:
    """Fill in which words are known and the number of each; return how many are.

    Args:
        hashes: of the text's words.
        buckets: by the upper bits of a hash, where its known hashes start.
        bucket_shift: how far a hash is shifted to be a place there.
        known: the known hashes, in order.
        at: the words to fill in.
        numbers: their numbers to fill in.
    """
    made = 0
    for word in range(len(hashes)):
        slot = hashes[word] >> bucket_shift
        for place in range(np.int64(buckets[slot]), np.int64(buckets[slot + ONE])):
            if known[place] == hashes[word]:
                at[made] = word
                numbers[made] = place
                made += 1
    return made


def read_sides(  # noqa: PLR0913, PLR0917 - one loop, kept whole
    starts: NDArray[np.int32],
    ends: NDArray[np.int32],
    capital: NDArray[np.bool_],
    senses: NDArray[np.uint8],
    firsts: NDArray[np.int32],
    lasts: NDArray[np.int32],
    asks: NDArray[np.uint16],
    kept: NDArray[np.bool_],
    beside: NDArray[np.int64],
) -> None:
    """Fill in which spans may count and what stands beside each, as `sift` does.

    Args:
        starts: column of `Tokens`.
        ends: the same.
        capital: the same.
        senses: of `Heard`.
        firsts: column of `Spans`.
        lasts: the same.
        asks: the same.
        kept: to fill.
        beside: to fill.
    """
    count = len(starts)
    for span in range(len(firsts)):
        first, last, asked = firsts[span], lasts[span], asks[span]
        before, reach = max(first - 1, 0), NEAR
        if first > 1 and senses[before] & PASSED:
            before, reach = before - 1, NEAR + 4
        led = before < first and starts[first] - ends[before] <= reach
        after = min(last + 1, count - 1)
        followed = after > last and starts[after] - ends[last] <= NEAR
        said_before = senses[before] if led else np.uint8(0)
        said_after = senses[after] if followed else np.uint8(0)
        placed = (said_before & BEFORE) | (said_after & AFTER) > 0
        kept[span] = capital[first] or asked & SMALL_WORD != EVERYDAY
        if asked & PLACE:
            single = first == last
            if not placed and (asked & UNSURE or (asked & SMALL and single)):
                kept[span] = False
                continue
            if single and (said_before & TITLE or (said_after & OTHER and capital[after])):
                kept[span] = False
                continue
        bits = PLACED if placed else 0
        if (led and before == first - 1 and capital[before]) or (
            followed and capital[after] and starts[after] - ends[last] == 1
        ):
            bits |= JOINS
        if first < last:
            bits |= WORDS
        for word in range(first, last):
            if starts[word + 1] - ends[word] > 1:
                bits |= LOOSE
        beside[span] = bits
