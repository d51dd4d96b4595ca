"""Whether a person is told of as a woman or a man, so that "she" is not given to Robert.

In: the words that name a person. Out: "woman", "man", or "" where the words leave it open. Refused:
a guess from a first name that both bear.
"""

from __future__ import annotations

from collections.abc import Sequence

from enduse.reference.cues import Cues

_SEXES = (("woman", "female", "women"), ("man", "male", "men"))


def sex_of(words: Sequence[str], cues: Cues) -> str:
    """Return the sex that titles, nouns or the first name tell, "" if none does.

    Args:
        words: the words of a name, a description or a pronoun, in lower case.
        cues: the classes `female` and `male`, and the first names `women` and `men`.
    """
    told = [sex for sex, nouns, _ in _SEXES if any(word in cues.group(nouns) for word in words)]
    if not told:
        told = [sex for sex, _, names in _SEXES if words and words[0] in cues.group(names)]
    return told[0] if len(told) == 1 else ""


def last_word(text: str) -> str:
    """Return the word by which a person is named again: the surname, in lower case."""
    return text.lower().rpartition(" ")[2]
