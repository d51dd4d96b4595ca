"""Documents to the reprints among them.

In: documents, in any order. Out: one finding for each pair that shares text which is not
boilerplate, in order of the ids. Memory: the documents themselves, 12 bytes a word, and about 60
bytes a fingerprint (two words in five) while the pairs are found.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from enduse.model.document import Document
from enduse.model.reprint import Reprint
from enduse.reference.reuse import load_stock_phrases
from enduse.reprints.collection import Collection
from enduse.reprints.join import find_pairs
from enduse.reprints.judge import judge_pair
from enduse.reprints.options import ReprintOptions
from enduse.reprints.stock import hash_stock
from enduse.reprints.texts import collect_texts

DEFAULTS = ReprintOptions()


def find_reprints(
    documents: Iterable[Document], options: ReprintOptions = DEFAULTS
) -> Iterator[Reprint]:
    """Yield what the documents copy from one another, by the ids of copy and original.

    Containment decides, not likeness of the whole: a quoted sentence of some twenty words in a
    long article is found. Words that more than `options.most_documents` texts share are
    boilerplate unless they are much of a whole text.

    >>> words = "The convoy left the depot at dawn with forty crates of mortar rounds for the port"
    >>> one = Document("doc-1", "", words + " and nobody at the gate asked to see a paper.")
    >>> two = Document("doc-2", "", "He wrote: " + words + ". We could not reach him.")
    >>> [(found.copy, found.of, found.directed) for found in find_reprints([one, two])]
    [('doc-1', 'doc-2', False)]
    """
    yield from find_among(collect_texts(documents, options), options)


def find_among(collection: Collection, options: ReprintOptions = DEFAULTS) -> Iterator[Reprint]:
    """Yield what the texts copy from one another, by the ids of copy and original."""
    stock = hash_stock(load_stock_phrases())
    pairs = find_pairs(collection.postings, options).tolist()
    texts = collection.texts
    found = (judge_pair(texts[left], texts[right], stock, options) for left, right in pairs)
    yield from sorted((each for each in found if each is not None), key=_order)


def _order(found: Reprint) -> tuple[str, str]:
    return found.copy, found.of
