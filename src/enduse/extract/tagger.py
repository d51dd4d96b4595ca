"""The class of each word in a sentence, from the word list, endings and neighbours.

In: words with offsets, the language's cues, register mentions. Out: tokens. Refused: nothing; an
unknown word is a noun, or a name where it is capitalised in running text.

The rules are the closed-class list first, then verb forms decided by the word before and after,
then endings: the order that Brill's tagger (1992) found to carry most of the weight.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from enduse.extract.marks import (
    join_adjectives,
    mark_abbreviations,
    mark_initials,
    mark_quoted,
    mark_titles,
)
from enduse.extract.phrases import singular
from enduse.extract.quantities import read_number
from enduse.extract.settling import is_head, settle_counts, settle_words
from enduse.extract.tokens import Token, is_all_capitals, mark_tag, split_words
from enduse.model.mention import Mention
from enduse.reference.cues import Cues

_LONGEST_HEAD = 4  # words
_LONGEST_FIXED = 4  # words
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*$")
_DESIGNATION = re.compile(r"(?=.*\d)(?=.*[A-Za-z])[\w./’'-]+$")
_ADJECTIVE = re.compile(
    r".{2,}(?:ous|ful|less|ible|able|ical|ish|ian|ese|ern|ular|ional|istic|ward|-like|-style|-old)$"
    r"|.+-(?:to|and|in|on)-.+|.+-(?:made|built|backed|led|supplied|held|linked|affiliated|controlled|era|based|designed|"
    r"manufactured|produced|aligned|trained|funded|sponsored|run|ed|known|defunct|launched|fired|"
    r"mounted|borne|wide|born|like|propelled|guided|occupied|backing|armed|owned|provided|owned|"
    r"bound|equipped|captured|seized|dominated)$"
)


def tag_sentence(
    text: str,
    span: tuple[int, int],
    cues: Cues,
    mentions: Sequence[Mention],
    timed: Sequence[tuple[int, int]] = (),
) -> tuple[Token, ...]:
    """Return the sentence's tokens with their classes.

    >>> from enduse.reference.cues import load_cues
    >>> said = "Rebels were using rifles."
    >>> "".join(token.tag for token in tag_sentence(said, (0, 25), load_cues("en"), ()))
    'PXgN.'
    """
    words = _join_fixed(text, list(split_words(text, *span)), cues)
    texts = [text[a:b] for a, b in words]
    lows = [word.lower().replace("’", "'") for word in texts]
    capitals = is_all_capitals(texts)
    covers = _cover(words, mentions)
    if capitals:  # a town of the name "An" is no reason to read every AN as it
        covers = [c if cues.tags.get(lows[i], "N") in "JN" else -1 for i, c in enumerate(covers)]
    plain = [cover >= 0 and _is_plain_verb(i, texts, cues) for i, cover in enumerate(covers)]
    covers = [-1 if verb else cover for verb, cover in zip(plain, covers, strict=True)]
    cased = not capitals
    tags = [
        _first_guess(word, lows[i], cues, titled=cased and i > 0, at_start=cased and i == 0)
        for i, word in enumerate(texts)
    ]
    _mark_names(tags, covers, lows, cues if capitals else None)
    _mark_times(tags, words, timed)
    mark_abbreviations(text, words, tags)
    join_adjectives(text, words, tags)
    mark_titles(text, words, tags, cues)
    mark_initials(text, words, tags)
    mark_quoted(words, tags)
    _mark_listed(tags, lows, cues)
    for i in range(len(tags)):
        if tags[i] == "V":
            tags[i] = _decide_verb(i, lows, tags, cues)
        elif lows[i] == "to":
            tags[i] = _decide_to(i, lows, tags, cues)
            if tags[i] == "T" and tags[i + 1] == "I" and tags[i + 2 : i + 3] in (["D"], ["P"]):
                tags[i + 1] = "b"  # "to down the helicopter"
        elif lows[i] == "that":
            tags[i] = _decide_that(i, tags)
        elif tags[i] == "O" and tags[i - 1 : i] == ["R"] and lows[i - 1] != "one":
            tags[i] = "X"  # "it's", "he's"
    settle_words(tags, lows, cues)
    settle_counts(tags, lows, cues)
    return tuple(
        Token(a, b, texts[i], lows[i], tags[i], _lemma(lows[i], tags[i], cues), covers[i])
        for i, (a, b) in enumerate(words)
    )


def _join_fixed(text: str, words: list[tuple[int, int]], cues: Cues) -> list[tuple[int, int]]:
    """Join the words of fixed expressions ("in support of") into one."""
    lows = [text[a:b].lower() for a, b in words]
    joined: list[tuple[int, int]] = []
    i = 0
    while i < len(words):
        rest = min(_LONGEST_FIXED, len(words) - i)
        size = next((n for n in range(rest, 1, -1) if " ".join(lows[i : i + n]) in cues.tags), 1)
        joined.append((words[i][0], words[i + size - 1][1]))
        i += size
    return joined


def _cover(words: Sequence[tuple[int, int]], mentions: Sequence[Mention]) -> list[int]:
    covers = [-1] * len(words)
    at = 0
    for i, (start, end) in enumerate(words):
        while at < len(mentions) and mentions[at].end <= start:
            at += 1
        if at < len(mentions) and mentions[at].start < end:
            covers[i] = at
    return covers


def _is_plain_verb(i: int, texts: Sequence[str], cues: Cues) -> bool:
    """Return whether a word is a verb after "to" or a modal: "to arm", "could shell"."""
    if i == 0 or not texts[i].islower():
        return False
    before = texts[i - 1].lower()
    led = before == "to" or cues.tags.get(before) == "M"
    return led and any(form == "VB" for _, form in cues.verbs.get(texts[i], ()))


def _mark_names(
    tags: list[str], covers: Sequence[int], lows: list[str], capitals: Cues | None
) -> None:
    for i, mention in enumerate(covers):
        if mention >= 0 and tags[i] not in '.,;:()[]"-':
            tags[i] = "P"
    if capitals is not None and capitals.everyday:
        _guess_names(tags, lows, capitals)


def _mark_times(
    tags: list[str], words: Sequence[tuple[int, int]], timed: Sequence[tuple[int, int]]
) -> None:
    for i, (start, end) in enumerate(words):
        if any(a <= start and end <= b for a, b in timed):
            tags[i] = "Y"


def _first_guess(  # noqa: PLR0911 - one reason a line
    word: str, low: str, cues: Cues, *, titled: bool, at_start: bool
) -> str:
    """Return the class of a word on its own; `titled` where a capital letter tells a name."""
    mark = mark_tag(word)
    if mark is not None:
        return mark
    if low in {"'s", "’s"}:
        return "O"
    if _NUMBER.match(low):
        return "Q"
    plain = " ".join(low.split())
    capital = word[0].isupper()
    if plain in cues.tags and not (capital and titled and cues.tags[plain] in "JNS"):
        return cues.tags[plain]
    if low in {"n't", "'t"}:
        return "A"
    if "-" in low and read_number([low]) is not None:
        return "Q"
    if capital and titled:
        return "P"
    if capital and at_start and low.endswith("ly") and low in cues.everyday:
        return "A"
    if capital and at_start and low not in cues.verbs:
        return "J" if _ADJECTIVE.match(low) else "P"
    return _guess_by_ending(word, low, cues)


def _guess_by_ending(word: str, low: str, cues: Cues) -> str:
    if low in cues.verbs:
        return "V"
    if _DESIGNATION.match(word):
        return "N"
    if _ADJECTIVE.match(low) or (low.endswith("ing") and "-" in low):
        return "J"  # "Orland-made", "bunker-busting"
    if low.endswith("ly"):
        return "A"
    if low.endswith("ing") and len(low) > len("thing"):
        return "V"
    return "V" if low.endswith("ed") and len(low) > len("breed") else "N"


def _guess_names(tags: list[str], lows: list[str], cues: Cues) -> None:
    """Take words that are not everyday ones for names, in text where case tells nothing."""
    for i, low in enumerate(lows):
        plain = low.isalpha() and low not in cues.everyday and not is_head(low, cues)
        if tags[i] == "N" and plain and low.removesuffix("s") not in cues.everyday:
            tags[i] = "P"


def _mark_listed(tags: list[str], lows: Sequence[str], cues: Cues) -> None:
    """Take the words of a listed noun ("car bombing", "infantry fighting vehicle") for nouns."""
    heads, openers = cues.table("heads"), cues.openers.get("heads", frozenset())
    for i, low in enumerate(lows):
        if low not in openers:
            continue
        for size in range(2, min(_LONGEST_HEAD, len(lows) - i) + 1):
            words = (*lows[i : i + size - 1], singular(lows[i + size - 1]))
            if " ".join(words) in heads or " ".join(lows[i : i + size]) in heads:
                tags[i : i + size] = ["P" if tag == "P" else "N" for tag in tags[i : i + size]]


def _decide_to(i: int, lows: list[str], tags: list[str], cues: Cues) -> str:
    for j in range(i + 1, min(i + 3, len(lows))):
        if tags[j] == "A":
            continue
        forms = {form for _, form in cues.verbs.get(lows[j], ())}
        return "T" if ("VB" in forms or lows[j] in {"be", "have", "do"}) and tags[j] != "P" else "I"
    return "I"


def _decide_that(i: int, tags: list[str]) -> str:
    before = tags[i - 1] if i else "."
    after = tags[i + 1] if i + 1 < len(tags) else "."
    if before in "NPQK" and after in "VXMbzdnA":
        return "W"
    if before in "VbzdngNPQA" and after in "DRPQNJ":
        return "S"
    return "D" if after in "NJQ" else "S"


def _decide_verb(i: int, lows: list[str], tags: list[str], cues: Cues) -> str:
    """Return the form a possible verb has here, or N or J where it is none."""
    forms = {form for _, form in cues.verbs.get(lows[i], ())} or _ending_form(lows[i])
    before = _before(i, tags)
    after = tags[i + 1] if i + 1 < len(tags) else "."
    if "VG" in forms:
        noun = lows[i + 1 : i + 2] == ["of"] and before in "NJPDO"
        if noun and not {one for one, _ in cues.verbs.get(lows[i], ())} & cues.group("of_verbs"):
            return "N"  # "the accidental bombing of"
        return _decide_gerund(before, after, tags, i)
    if forms & {"VD", "VN"} and not forms & {"VB"}:
        led = i > 0 and is_head(lows[i - 1], cues)
        return _decide_past(before, after, tags, i, noun_before=led)
    return _decide_base(i, forms, lows, tags, cues)


def _ending_form(low: str) -> set[str]:
    return {"VG"} if low.endswith("ing") else {"VD", "VN"}


def _before(i: int, tags: list[str]) -> str:
    j = i - 1
    while j >= 0 and tags[j] in "AY":
        j -= 1
    return tags[j] if j >= 0 else "."


def _decide_gerund(before: str, after: str, tags: list[str], i: int) -> str:
    if before in "DOQ" or (before == "J" and tags[i - 1] == "J"):
        return "J" if after in "NPJ" else "N"
    if before == "J" and after in "I.,":
        return "N"  # "the accidental bombing of"
    if before == "X":
        return "g"
    if before == "I":
        return "g" if after in "DRPQJNVIA" else "N"
    if before in "NP" and tags[i - 1] in "NP":
        return "g" if after in "DRPQJOTASINV" and after != "." else "N"
    return "g" if after in "DRPQNJIATSV" else "N"


def _decide_past(before: str, after: str, tags: list[str], i: int, *, noun_before: bool) -> str:
    last = tags[i - 1] if i else "."
    if before == "X":
        return "n"
    if last in "DO" or (last in "QJ" and after in "NPJ" and not noun_before):
        return "J"
    if last == "A" and after in "NPJ" and before in "DCQI,J":
        return "J"  # "remotely piloted aircraft"
    if last in "I,C." and after in "NPJ" and not _has_object_opener(i, tags):
        return "J" if last == "I" else "d"
    return "d"


def _has_object_opener(i: int, tags: list[str]) -> bool:
    return i + 1 < len(tags) and tags[i + 1] in "DRQ"


def _decide_base(  # noqa: C901, PLR0911, PLR0912 - one context a line
    i: int, forms: set[str], lows: list[str], tags: list[str], cues: Cues
) -> str:
    before, after = _before(i, tags), tags[i + 1] if i + 1 < len(tags) else "."
    last = tags[i - 1] if i else "."
    plain = "z" if "VZ" in forms and "VB" not in forms else "b"
    if before in "TM" or lows[i - 1 : i] in (["to"], ["not"], ["n't"]):
        return "b"
    if lows[i] in cues.group("never_nouns") and last not in "DJI":
        return _finite(forms, plain)
    if before == "X" and forms & {"VN"}:
        return "n"
    if before == "X" and last == "X":
        return "b" if lows[i - 1] in {"do", "does", "did"} else "N"
    if before == "R" or (before == "W" and plain):
        return _finite(forms, plain)
    if last in "DOQJI" or (last == "P" and after in "NPI.,CX" and plain == "b"):
        return "N"
    if plain == "z" and before == "N" and _is_plural(lows[i - 1]) and after not in "DR":
        return "N"
    if plain == "z" and after == "V" and is_head(lows[i], cues):
        return "N"  # "the army rockets missed"
    if before in "NPK" and after in "DRPQSJV":
        noun = plain == "b" and is_head(lows[i], cues) and not _is_plural(lows[i - 1])
        noun = noun and lows[i + 1 : i + 2] != ["that"]
        return "N" if noun else _finite(forms, plain)
    if plain == "z" and before == "N" and _is_plural(lows[i - 1]):
        return "N"  # a plural subject takes no third person: "weapons supplies"
    if before in "NPK" and after in "NIT" and not is_head(lows[i], cues):
        return plain if plain == "z" or _is_plural(lows[i - 1]) else "N"
    if last == "C" and after in "DRQ":
        return _finite(forms, plain)
    if last in ",-" and after in "DRQ" and not set(tags[:i]) & set("XMzbd"):
        return plain  # "the rebels, once allies, possess a stock"
    if last == "C" and after in "NPJ" and not is_head(lows[i], cues) and set(tags[:i]) & set("TM"):
        return plain  # "to scout and drop bombs"
    return "N"


def _is_plural(low: str) -> bool:
    return low.endswith("s") and not low.endswith(("ss", "us", "is"))


def _finite(forms: set[str], plain: str) -> str:
    return "d" if "VD" in forms and "VB" not in forms else plain


def _lemma(low: str, tag: str, cues: Cues) -> str:
    if tag in "bzdngX":
        want = {"b": "VB", "z": "VZ", "d": "VD", "n": "VN", "g": "VG"}.get(tag, "")
        readings = cues.verbs.get(low, ())
        exact = [lemma for lemma, form in readings if form == want]
        if exact:
            return exact[0]
        if readings:
            return readings[0][0]
    return low
