"""The language a text is written in.

In: a text, its sections, and the language that its page or record states. Out: an ISO 639-1 code,
or None where the text is too short to tell. Refused: a stated language whose script the text does
not use, as on Arabic pages made from an English template.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Protocol

_CODE = re.compile(r"[a-z]{2,3}(?![a-z])")
_FEWEST_LETTERS = 60
_SAMPLE = 4000
_LETTER = re.compile(r"[^\W\d_]")
_BASIC_LATIN = re.compile(r"[A-Za-z]")
_LATIN_SHARE = 0.3


class _Identifier(Protocol):
    def classify(self, text: str) -> tuple[str, float]: ...


def choose_language(text: str, stated: str | None) -> str | None:
    """Return the stated language if the text can be in it, else the one it reads as.

    Args:
        text: the body of the document.
        stated: what the page or record says: "en", "en-GB", "en_GB".

    >>> choose_language("Two rifles.", "en-GB"), choose_language("Two rifles.", None)
    ('en', None)
    """
    code = normalise_code(stated)
    sample = text[:_SAMPLE]
    letters = len(_LETTER.findall(sample))
    if code is not None and not (code == "en" and _other_script(sample, letters)):
        return code
    if letters < _FEWEST_LETTERS:
        return code
    return _identifier().classify(sample)[0]


def normalise_code(stated: str | None) -> str | None:
    """Return the language part of a stated code in lower case, None if it is no code.

    >>> normalise_code("AR-sy"), normalise_code("English"), normalise_code("")
    ('ar', None, None)
    """
    found = _CODE.match((stated or "").strip().lower())
    return found[0] if found is not None else None


def _other_script(sample: str, letters: int) -> bool:
    latin = len(_BASIC_LATIN.findall(sample))
    return letters >= _FEWEST_LETTERS and latin < _LATIN_SHARE * letters


@cache
def _identifier() -> _Identifier:
    from py3langid.langid import (  # noqa: PLC0415 - loading its model takes most of a second
        MODEL_FILE,
        LanguageIdentifier,
    )

    identifier: _Identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    return identifier
