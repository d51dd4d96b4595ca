"""A collection of texts as the judge reads it: numbered in order of writing, with postings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from enduse.model.document import Document
from enduse.reprints.join import Numbers, Postings
from enduse.reprints.words import Hashes, Places, Words


@dataclass(frozen=True, slots=True)
class Text:
    """One document with its words and fingerprints.

    Attributes:
        prints, places: its fingerprints and the word each starts at.
        texts: for each fingerprint, in how many texts it stands.
    """

    document: Document
    words: Words
    prints: Hashes
    places: Places
    texts: Numbers


@dataclass(frozen=True, slots=True)
class Collection:
    """Texts in order of writing, and the postings of their fingerprints."""

    texts: Sequence[Text]
    postings: Postings
