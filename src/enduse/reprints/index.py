"""An index that takes documents one by one and says at once what each shares with the others.

In: documents, in any order. Out: for each the reprints it has a part in; at any time all of
them, the same as if they were looked for at once. A new document is looked up by its
fingerprints: it is compared with the texts that bear the same ones, never with all.

Memory: the documents, 12 bytes a word, 24 bytes a fingerprint (two words in five), and 8 bytes
for each pair that was ever worth aligning: some 7 kB for a document of 2 kB beside its own text.
"""

from __future__ import annotations

from bisect import insort
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

import numpy as np

from enduse.model.document import Document
from enduse.model.reprint import Reprint
from enduse.reference.reuse import load_stock_phrases
from enduse.reprints.collection import Text
from enduse.reprints.join import COMMON_PART, find_pairs
from enduse.reprints.judge import judge_pair
from enduse.reprints.options import ReprintOptions
from enduse.reprints.runs import SortedRuns
from enduse.reprints.stock import hash_stock
from enduse.reprints.texts import collect_texts, read_text, writing_order
from enduse.reprints.words import Hashes

DEFAULTS = ReprintOptions()
Key = tuple[date, str]


class FingerprintIndex:
    """Documents by their fingerprints.

    >>> words = "the convoy left the depot at dawn with forty crates of mortar rounds for the port"
    >>> index = FingerprintIndex()
    >>> index.add(Document("doc-1", "", f"{words} and came back empty"))
    ()
    >>> [found.of for found in index.add(Document("doc-2", "", f"he said that {words}"))]
    ['doc-2']

    The pair has no date, so that it stands in the order of the ids.
    """

    def __init__(self, options: ReprintOptions = DEFAULTS) -> None:
        """Make an empty index."""
        self._options = options
        self._stock = hash_stock(load_stock_phrases())
        self._texts: list[Text] = []
        self._numbers: dict[str, int] = {}
        self._runs = SortedRuns()
        self._pairs: set[tuple[int, int]] = set()
        self._first: dict[int, list[tuple[Key, int]]] = {}

    @classmethod
    def build(
        cls, documents: Iterable[Document], options: ReprintOptions = DEFAULTS
    ) -> FingerprintIndex:
        """Return an index of many documents, read at once."""
        index = cls(options)
        collection = collect_texts(documents, options)
        index._texts = list(collection.texts)
        index._numbers = {text.document.id: at for at, text in enumerate(index._texts)}
        sizes = [len(text.prints) for text in index._texts]
        prints = [np.zeros(0, np.uint64), *(text.prints for text in index._texts)]
        index._runs.add(np.concatenate(prints), np.repeat(np.arange(len(sizes)), sizes))
        pairs = find_pairs(collection.postings, options).tolist()
        index._pairs = {(left, right) for left, right in pairs}
        return index

    def __len__(self) -> int:
        """The number of documents."""
        return len(self._texts)

    def add(self, document: Document) -> tuple[Reprint, ...]:
        """Take a document and return the reprints it has a part in, by copy and original.

        A document whose id is known already is left as it is.
        """
        if document.id in self._numbers:
            return ()
        number = len(self._texts)
        text = read_text(document, self._options)
        partners = self._find_partners(text)
        self._numbers[document.id] = number
        self._texts.append(text)
        self._runs.add(text.prints, np.full(len(text.prints), number))
        for each in text.prints.tolist():
            if each in self._first:
                insort(self._first[each], (writing_order(document), number))
        pairs = {(other, number) for other in partners}
        self._pairs |= pairs
        return self._judge(pairs)

    def reprints(self) -> tuple[Reprint, ...]:
        """Return all reprints among the documents, by copy and original."""
        return self._judge(self._pairs)

    def _find_partners(self, text: Text) -> list[int]:
        """Return the texts that share enough fingerprints with a text not yet taken."""
        shared: Counter[int] = Counter()
        rare: Counter[int] = Counter()
        low, counts = self._runs.find(text.prints)
        key = writing_order(text.document)
        for at in np.flatnonzero(counts).tolist():
            if counts[at] < self._options.most_documents:
                bearers = self._runs.numbers_at(low, at).tolist()
                rare.update(bearers)
            else:
                bearers = self._first_bearers(int(text.prints[at]), key)
            shared.update(bearers)
        return sorted(
            number
            for number, count in shared.items()
            if rare[number] >= self._options.seeds or count >= self._least_common(text, number)
        )

    def _least_common(self, text: Text, number: int) -> float:
        size = min(len(text.prints), len(self._texts[number].prints))
        return max(COMMON_PART * size, self._options.seeds)

    def _first_bearers(self, print_: int, key: Key) -> list[int]:
        """Return the first texts that bear a common hash, or all where the new one is as early."""
        bearers = self._bearers(print_)
        most = self._options.most_documents
        return [number for _, number in (bearers if key < bearers[most - 1][0] else bearers[:most])]

    def _bearers(self, print_: int) -> list[tuple[Key, int]]:
        """Return the texts that bear a common hash, in order of writing."""
        if print_ not in self._first:
            numbers = self._runs.numbers_of(print_)
            keyed = ((writing_order(self._texts[each].document), each) for each in numbers)
            self._first[print_] = sorted(keyed)
        return self._first[print_]

    def _judge(self, pairs: Iterable[tuple[int, int]]) -> tuple[Reprint, ...]:
        found = (self._judge_one(*pair) for pair in pairs)
        kept = (each for each in found if each is not None)
        return tuple(sorted(kept, key=lambda each: (each.copy, each.of)))

    def _judge_one(self, one: int, other: int) -> Reprint | None:
        left, right = (self._counted(self._texts[each]) for each in (one, other))
        if not self._worth_aligning(left, right):
            return None
        return judge_pair(left, right, self._stock, self._options)

    def _counted(self, text: Text) -> Text:
        return replace(text, texts=self._runs.find(text.prints)[1])

    def _worth_aligning(self, left: Text, right: Text) -> bool:
        """Return whether the pair shares enough, by the counts as they now are."""
        _, at, _ = np.intersect1d(left.prints, right.prints, return_indices=True)
        common = left.texts[at] > self._options.most_documents
        if int((~common).sum()) >= self._options.seeds:
            return True
        earlier = min(left, right, key=lambda text: writing_order(text.document))
        least = max(COMMON_PART * min(len(left.prints), len(right.prints)), self._options.seeds)
        return self._count_first(left.prints[at[common]], earlier) >= least

    def _count_first(self, prints: Hashes, text: Text) -> int:
        """Return of how many of the hashes the text is among the first bearers."""
        key = writing_order(text.document)
        most = self._options.most_documents
        return sum(key <= self._bearers(each)[most - 1][0] for each in prints.tolist())
