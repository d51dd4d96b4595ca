"""A collection of texts as the judge reads it: numbered in order of writing, with postings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from enduse.reprints.join import Postings
from enduse.reprints.judge import Text


@dataclass(frozen=True, slots=True)
class Collection:
    """Texts in order of writing, and the postings of their fingerprints."""

    texts: Sequence[Text]
    postings: Postings
