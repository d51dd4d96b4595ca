"""Documents to the texts the judge compares: words, fingerprints, and who else bears each.

In: documents in any order. Out: their texts, numbered in the order of writing, and the postings
of all fingerprints. Long inputs are read by the compiled kernel, short ones by numpy; both give
the same numbers, which a property test holds them to.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

import numpy as np

from enduse.model.document import Document
from enduse.reprints.collection import Collection, Text
from enduse.reprints.fingerprints import take_fingerprints
from enduse.reprints.join import Numbers, Postings, post
from enduse.reprints.options import ReprintOptions
from enduse.reprints.words import read_codes, read_words


def order_documents(documents: Iterable[Document]) -> list[Document]:
    """Return the documents by day of writing, undated last, then id; each id once."""
    by_id = {document.id: document for document in documents}
    return sorted(by_id.values(), key=writing_order)


def writing_order(document: Document) -> tuple[date, str]:
    """Return what puts documents in order of writing: the day (undated last), then the id."""
    return document.written or date.max, document.id


def read_text(document: Document, options: ReprintOptions) -> Text:
    """Return one document's text, its fingerprints counted as if no other bore them."""
    words = read_words(read_codes(document))
    prints = take_fingerprints(words.hashes, options)
    alone = np.ones(len(prints.hashes), np.int64)
    return Text(document, words, prints.hashes, prints.places, alone)


def collect_texts(documents: Iterable[Document], options: ReprintOptions) -> Collection:
    """Return the texts of the documents with their fingerprints counted over all of them."""
    ordered = order_documents(documents)
    if sum(len(document.text) for document in ordered) >= options.compile_from:
        # the compiler takes a second to load, which a small case should not wait for
        from enduse.reprints.flat import collect_compiled  # noqa: PLC0415

        return collect_compiled(ordered, options)
    return count_texts([read_text(document, options) for document in ordered])


def count_texts(texts: Sequence[Text]) -> Collection:
    """Return the collection of the texts: postings, and each fingerprint's count of texts."""
    sizes = np.array([len(text.prints) for text in texts], np.int64)
    hashes = np.concatenate([np.zeros(0, np.uint64), *(text.prints for text in texts)])
    numbers = np.repeat(np.arange(len(texts)), sizes)
    postings = post(hashes, numbers, len(texts))
    return Collection(_with_counts(texts, postings), postings)


def _with_counts(texts: Sequence[Text], postings: Postings) -> tuple[Text, ...]:
    return tuple(replace(text, texts=count_bearers(text, postings)) for text in texts)


def count_bearers(text: Text, postings: Postings) -> Numbers:
    """Return for each fingerprint of the text in how many texts it stands."""
    return postings.counts[np.searchsorted(postings.hashes, text.prints)]
