"""Which words of a phrase name what it speaks of.

In: a phrase of a parsed sentence. Out: offsets of the name, without titles, ages and pre-noun
forms. Refused: nothing; a phrase always has a head.
"""

from __future__ import annotations

from enduse.extract.parsed import Parsed
from enduse.extract.phrases import Phrase


def span_of(phrase: Phrase, parsed: Parsed) -> tuple[int, int]:
    """Return the offsets of the words that name the phrase."""
    if phrase.kind == "compound":
        return _compound_span(phrase, parsed)
    if phrase.named is not None and phrase.kind in ("group", "people", "place", "name"):
        head = parsed.tokens[phrase.head]
        if phrase.named.start <= head.start < phrase.named.end:
            return phrase.named.start, phrase.named.end
    first, last = trimmed(phrase, parsed)
    return parsed.tokens[first].start, parsed.tokens[last - 1].end


def _compound_span(phrase: Phrase, parsed: Parsed) -> tuple[int, int]:
    """Return the name in "US-made" or "pro-Assad"."""
    token = parsed.tokens[phrase.head]
    if token.low.startswith("pro-"):
        return token.start + len("pro-"), token.end
    if phrase.named is not None and phrase.named.end <= token.end and "-" not in phrase.named.text:
        return phrase.named.start, phrase.named.end
    return token.start, token.start + (
        token.text.rfind("-") if "-" in token.text else len(token.text)
    )


def trimmed(phrase: Phrase, parsed: Parsed) -> tuple[int, int]:
    """Return the core's tokens without titles, ages and pre-noun forms like "US-made"."""
    first, last = phrase.core
    prefixes = parsed.cues.table("ship_prefixes")
    first = next((i for i in range(first, phrase.head) if parsed.tokens[i].text in prefixes), first)
    while first < last - 1 and (
        parsed.tokens[first].low in parsed.cues.group("skipped")
        or parsed.tokens[first].low.endswith(("-made", "-built", "-held", "-supplied", "-backed"))
        or parsed.tokens[first].tag in "DQ"
        or parsed.tokens[first].text in (",", ".")
        or (parsed.tokens[first].tag == "A" and parsed.tokens[first + 1].tag != "J")
    ):
        first += 1
    while last - 1 > phrase.head and parsed.tokens[last - 1].tag == "K":
        last -= 1
    return _person_start(first, last, phrase, parsed), last


def _person_start(first: int, last: int, phrase: Phrase, parsed: Parsed) -> int:
    """Return where a person's own name starts: after "president-elect", "Red Column supporter"."""
    if phrase.named is not None or phrase.kind not in ("name", "people", "speaker"):
        return first
    if parsed.tokens[first].low in parsed.cues.given_names:
        return first  # "James Ernest Karo"
    for i in range(first + 1, last - 1):
        own = parsed.tokens[i].low in parsed.cues.given_names
        if own and all(token.tag == "P" for token in parsed.tokens[i:last]):
            return i
    return first
