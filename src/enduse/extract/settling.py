"""Word classes that only the words on both sides can settle.

In: the classes so far and the words in small letters. Out: the same list, changed in place.
Refused: nothing.
"""

from __future__ import annotations

from enduse.reference.cues import Cues

_AGED = ("-year-old", "-month-old")


def settle_counts(tags: list[str], lows: list[str], cues: Cues) -> None:
    """Decide the words beside a count: "35 more civilians", "dozens of wounded"."""
    for i in range(1, len(lows)):
        after = tags[i + 1] if i + 1 < len(tags) else "."
        if lows[i] == "more" and tags[i - 1] == "Q" and after in "NPJ":
            tags[i] = "J"
        elif tags[i] == "d" and lows[i - 1] == "of" and lows[i] in cues.table("tolls"):
            tags[i] = "J" if after in "NPJ" else "N"
        elif tags[i] == "J" and lows[i].endswith(_AGED) and after not in "NPJQ":
            tags[i] = "N"  # "a 16-year-old was hurt"


def settle_words(tags: list[str], lows: list[str], cues: Cues) -> None:
    """Decide the words that need both sides: "one", "May 13", "after" with a clause or a noun."""
    for i, low in enumerate(lows):
        after = tags[i + 1] if i + 1 < len(tags) else "."
        if low == "one" and tags[i] == "R":
            tags[i] = "Q"
        elif low == "may" and (after == "Q" or (i and tags[i - 1] in "IJ")):
            tags[i] = "P"
        elif low in cues.group("adjectival") and after in "NPJ":
            tags[i] = "J"
        elif low == "might" and i and tags[i - 1] == "D":
            tags[i] = "N"
        elif tags[i] == "I" and i and tags[i - 1] == "D" and after in "NPJ":
            tags[i] = "J"  # "the following", "the above"
        elif (
            tags[i] == "J"
            and after in "I.,CX"
            and (is_head(low, cues) or low in cues.table("ties"))
        ):
            tags[i] = "N"  # "the chief of", "an explosive against"
        elif low in cues.group("roughly") and after in "QA" and tags[i] in "IA":
            tags[i] = "A"
        elif tags[i] in "SI" and low in cues.group("both_ways"):
            tags[i] = "S" if _opens_clause(i + 1, tags) else "I"


def _opens_clause(at: int, tags: list[str]) -> bool:
    """Return whether a subject and a finite verb follow before any mark."""
    for j in range(at, min(at + 14, len(tags))):
        if tags[j] in "XMzb":
            return j > at
        if tags[j] == "d":
            return j > at and tags[j + 1 : j + 2] not in (["I"], ["."])
        if tags[j] not in "DQJNPOKAIRCY":
            return False
    return False


def is_head(low: str, cues: Cues) -> bool:
    """Return whether the word is a noun that the head table lists."""
    return low in cues.table("heads") or low.removesuffix("s") in cues.table("heads")
