"""An index that takes documents one by one and says at once what each shares with the others.

In: documents, in any order. Out: for each the reprints it has a part in, and the pairs that may
have changed with it; at any time all reprints, the same as if they were looked for at once. A new
document is looked up by its fingerprints: it is compared with the texts that bear the same ones,
never with all.

Memory: 12 bytes a fingerprint (two words in five), 8 bytes for each pair that was ever worth
aligning, some 300 bytes a document; the documents too, unless they are fetched when needed.
"""

from __future__ import annotations

from bisect import insort
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import lru_cache
from itertools import combinations

import numpy as np

from enduse.model.document import Document
from enduse.model.reprint import Reprint
from enduse.reference.reuse import load_stock_phrases
from enduse.reprints.collection import Collection, Text
from enduse.reprints.join import COMMON_PART, find_pairs
from enduse.reprints.judge import judge_pair
from enduse.reprints.options import ReprintOptions
from enduse.reprints.pairs import Pair, PairSet
from enduse.reprints.runs import SortedRuns
from enduse.reprints.standing import IndexState, Member
from enduse.reprints.stock import hash_stock
from enduse.reprints.texts import collect_texts, read_text
from enduse.reprints.words import Hashes

DEFAULTS = ReprintOptions()
TEXTS_KEPT = 256
Fetch = Callable[[str], Document]


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

    def __init__(
        self,
        options: ReprintOptions = DEFAULTS,
        fetch: Fetch | None = None,
        state: IndexState | None = None,
    ) -> None:
        """Make an index.

        Args:
            options: the sizes to apply.
            fetch: gives a document by its id; without it the index keeps the documents.
            state: what an earlier index held; nothing if left out.
        """
        self._options = options
        self._stock = hash_stock(load_stock_phrases())
        self._documents: dict[str, Document] = {}
        self._fetch = fetch or self._documents.__getitem__
        self._keeps = fetch is None
        self._members = list(state.members) if state else []
        self._numbers = {each.id: at for at, each in enumerate(self._members)}
        self._runs = SortedRuns(state.runs if state else ())
        self._pairs = PairSet(state.pairs if state else None)
        self._first: dict[int, list[tuple[Member, int]]] = {}
        self._text = lru_cache(TEXTS_KEPT)(self._read_text)

    @classmethod
    def build(
        cls,
        documents: Iterable[Document],
        options: ReprintOptions = DEFAULTS,
        fetch: Fetch | None = None,
    ) -> FingerprintIndex:
        """Return an index of many documents, read at once."""
        return cls.of(collect_texts(documents, options), options, fetch)

    @classmethod
    def of(
        cls, collection: Collection, options: ReprintOptions = DEFAULTS, fetch: Fetch | None = None
    ) -> FingerprintIndex:
        """Return an index of texts that are read already."""
        index = cls(options, fetch)
        texts = collection.texts
        for text in texts:
            index._enter(text)
        sizes = [each.size for each in index._members]
        prints = [np.zeros(0, np.uint64), *(text.prints for text in texts)]
        index._runs.add(np.concatenate(prints), np.repeat(np.arange(len(sizes)), sizes))
        index._pairs = PairSet.of(find_pairs(collection.postings, options, loose=True))
        return index

    def __len__(self) -> int:
        """The number of documents."""
        return len(self._members)

    @property
    def state(self) -> IndexState:
        """All that another index needs to go on where this one stands."""
        return IndexState(tuple(self._members), self._runs.runs, self._pairs.packed())

    def add(self, document: Document) -> tuple[Reprint, ...]:
        """Take a document and return the reprints it has a part in, by copy and original.

        A document whose id is known already is left as it is.
        """
        number = len(self._members)
        return self._judge(pair for pair in self._take(document) if number in pair)

    def take(self, document: Document) -> set[tuple[str, str]]:
        """Take a document and return the pairs, by id, whose finding may be new or changed.

        Beside the document's own pairs these are earlier ones that share words with it: words
        that many texts bear are boilerplate.
        """
        return {self._ids(pair) for pair in self._take(document)}

    def judge(self, pairs: Iterable[tuple[str, str]]) -> tuple[Reprint, ...]:
        """Return what stands between the pairs as all documents taken so far show it."""
        return self._judge((self._numbers[one], self._numbers[other]) for one, other in pairs)

    def reprints(self) -> tuple[Reprint, ...]:
        """Return all reprints among the documents, by copy and original."""
        return self._judge(self._pairs)

    def _ids(self, pair: Pair) -> tuple[str, str]:
        return self._members[pair[0]].id, self._members[pair[1]].id

    def _enter(self, text: Text) -> int:
        number = len(self._members)
        member = Member.of(text)
        self._members.append(member)
        self._numbers[member.id] = number
        if self._keeps:
            self._documents[member.id] = text.document
        return number

    def _read_text(self, number: int) -> Text:
        return read_text(self._fetch(self._members[number].id), self._options)

    def _take(self, document: Document) -> set[Pair]:
        if document.id in self._numbers:
            return set()
        text = read_text(document, self._options)
        partners, touched = self._look_up(text)
        number = self._enter(text)
        self._runs.add(text.prints, np.full(len(text.prints), number))
        for each in text.prints.tolist():
            if each in self._first:
                insort(self._first[each], (self._members[number], number))
        own = {(other, number) for other in partners}
        self._pairs.add(own)
        return own | touched

    def _look_up(self, text: Text) -> tuple[list[int], set[Pair]]:
        """Return the texts that share enough with a new one, and the known pairs it may change.

        It changes how many texts bear a fingerprint, which counts up to `most_documents`, and
        which texts are the first to bear one beyond that.
        """
        shared: Counter[int] = Counter()
        rare: Counter[int] = Counter()
        groups: list[list[int]] = []
        pushed: set[int] = set()
        member, most = Member.of(text), self._options.most_documents
        low, counts = self._runs.find(text.prints)
        for at in np.flatnonzero(counts).tolist():
            if counts[at] <= most:
                bearers = self._runs.numbers_at(low, at).tolist()
                groups.append(bearers)
            if counts[at] < most:
                rare.update(bearers)
            else:
                bearers = self._first_bearers(int(text.prints[at]), member, pushed)
            shared.update(bearers)
        partners = sorted(
            number
            for number, count in shared.items()
            if rare[number] >= self._options.seeds or count >= self._least_common(member, number)
        )
        among = (pair for group in groups for pair in combinations(sorted(group), 2))
        return partners, self._pairs.known(among) | self._pairs.with_any(pushed)

    def _least_common(self, member: Member, number: int) -> float:
        size = min(member.size, self._members[number].size)
        return max(COMMON_PART * size, self._options.seeds)

    def _first_bearers(self, print_: int, member: Member, pushed: set[int]) -> list[int]:
        """Return the first texts that bear a common hash, or all where the new one is as early.

        In the second case the last of the first is among them no more; it is added to `pushed`.
        """
        bearers = self._bearers(print_)
        most = self._options.most_documents
        last, number = bearers[most - 1]
        if member < last:
            pushed.add(number)
            return [each for _, each in bearers]
        return [each for _, each in bearers[:most]]

    def _bearers(self, print_: int) -> list[tuple[Member, int]]:
        """Return the texts that bear a common hash, in order of writing."""
        if print_ not in self._first:
            numbers = self._runs.numbers_of(print_)
            self._first[print_] = sorted((self._members[each], each) for each in numbers)
        return self._first[print_]

    def _judge(self, pairs: Iterable[Pair]) -> tuple[Reprint, ...]:
        found = (self._judge_one(*pair) for pair in sorted(pairs))
        kept = (each for each in found if each is not None)
        return tuple(sorted(kept, key=lambda each: (each.copy, each.of)))

    def _judge_one(self, one: int, other: int) -> Reprint | None:
        left, right = (self._counted(self._text(each)) for each in (one, other))
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
        least = max(COMMON_PART * min(len(left.prints), len(right.prints)), self._options.seeds)
        earlier = min(Member.of(left), Member.of(right))
        return self._count_first(left.prints[at[common]], earlier) >= least

    def _count_first(self, prints: Hashes, member: Member) -> int:
        """Return of how many of the hashes the text is among the first bearers."""
        most = self._options.most_documents
        return sum(member <= self._bearers(each)[most - 1][0] for each in prints.tolist())
