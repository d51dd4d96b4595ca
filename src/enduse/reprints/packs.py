"""Many documents to the reprints among them, in parts that can go between processes.

In: documents in packs: each written as bytes, with its fingerprints. Out: tasks of pairs worth
aligning, which any process can judge by itself, and their findings. The result is that of
`find_reprints`. Memory: 8 bytes a fingerprint (two words in five), one byte for each of eight
times as many slots, and the documents as bytes, where the packs hold them; the words of a text
are read again where it has a part in a pair, so that none are kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

import msgspec
import numpy as np

from enduse.model.document import Document
from enduse.model.reprint import Reprint
from enduse.reference.reuse import load_stock_phrases
from enduse.reprints.flat import FlatTexts
from enduse.reprints.join import Numbers, find_pairs
from enduse.reprints.judge import judge_pair
from enduse.reprints.kernel import read_batch
from enduse.reprints.options import ReprintOptions
from enduse.reprints.slots import post_ordered, start_places
from enduse.reprints.stock import hash_stock
from enduse.reprints.words import Hashes

TASK_PAIRS = 250
DEFAULTS = ReprintOptions()
_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(Document)


@dataclass(frozen=True, slots=True)
class Pack:
    """Some documents as bytes, with their fingerprints.

    Attributes:
        ids, names: of each document: its id and its label.
        days: the day of writing of each as a number, the last of all days where undated.
        bodies: each document as bytes; they may lie elsewhere and be fetched when asked for.
        prints: the fingerprints of all, in order.
        counts: how many of them each document has, repeated ones included.
    """

    ids: tuple[str, ...]
    names: tuple[str, ...]
    days: tuple[int, ...]
    bodies: Sequence[bytes]
    prints: Hashes
    counts: Numbers


@dataclass(frozen=True, slots=True)
class PairTask:
    """Pairs to judge, with all that judging them needs.

    Attributes:
        bodies: the documents as bytes.
        bearers: for each fingerprint of each document, in how many texts it stands.
        pairs: the two documents of each pair, as places in `bodies`.
    """

    bodies: tuple[bytes, ...]
    bearers: Numbers
    pairs: tuple[tuple[int, int], ...]


def pack_documents(documents: Sequence[Document], options: ReprintOptions = DEFAULTS) -> Pack:
    """Return the documents as one pack."""
    batch = read_batch(documents, options)
    return Pack(
        tuple(document.id for document in documents),
        tuple(document.label for document in documents),
        tuple((document.written or date.max).toordinal() for document in documents),
        tuple(map(_ENCODER.encode, documents)),
        batch.prints,
        batch.print_counts,
    )


class PackedDocuments:
    """The packs of all documents, in any order.

    >>> words = "The convoy left the depot at dawn with forty crates of mortar rounds for the port"
    >>> packed = PackedDocuments()
    >>> packed.add(pack_documents([Document("doc-1", "", f"{words} and nobody saw it leave.")]))
    >>> packed.add(pack_documents([Document("doc-2", "", f"He wrote: {words}. We asked him.")]))
    >>> [found.copy for task in packed.tasks() for found in judge_task(task)]
    ['doc-1']
    """

    def __init__(self, options: ReprintOptions = DEFAULTS) -> None:
        """Hold nothing."""
        self._options = options
        self._packs: list[Pack] = []

    def add(self, pack: Pack) -> None:
        """Take a pack."""
        self._packs.append(pack)

    def names(self) -> dict[str, str]:
        """Return the label of each document by its id; of one given twice the last."""
        return {
            id_: name
            for each in self._packs
            for id_, name in zip(each.ids, each.names, strict=True)
        }

    def tasks(self) -> Iterator[PairTask]:
        """Yield the pairs worth aligning, some in each task."""
        if not self._packs:
            return
        order = self._order()
        prints = np.concatenate([pack.prints for pack in self._packs])
        starts = start_places(pack.counts for pack in self._packs)
        postings, bearers = post_ordered(prints, starts, order)
        pairs = order[find_pairs(postings, self._options)]
        for at in range(0, len(pairs), TASK_PAIRS):
            numbers, local = np.unique(pairs[at : at + TASK_PAIRS], return_inverse=True)
            parts = [bearers[starts[each] : starts[each + 1]] for each in numbers.tolist()]
            yield PairTask(
                tuple(self._bodies(numbers)),
                np.concatenate(parts),
                tuple((left, right) for left, right in local.reshape(-1, 2).tolist()),
            )

    def _bodies(self, numbers: Numbers) -> Iterator[bytes]:
        """Yield the documents of these places as bytes."""
        firsts = np.cumsum([0, *(len(pack.ids) for pack in self._packs)])
        packs = np.searchsorted(firsts, numbers, side="right") - 1
        for at, inside in zip(packs.tolist(), (numbers - firsts[packs]).tolist(), strict=True):
            yield self._packs[at].bodies[inside]

    def _order(self) -> Numbers:
        """Return the places of the documents in order of writing; each id once, the last given."""
        ids = [each for pack in self._packs for each in pack.ids]
        days = np.array([each for pack in self._packs for each in pack.days], np.int64)
        last = {id_: at for at, id_ in enumerate(ids)}
        by_id = np.array([last[id_] for id_ in sorted(last)], np.int64)
        return by_id[np.argsort(days[by_id], kind="stable")]


def judge_task(task: PairTask, options: ReprintOptions = DEFAULTS) -> list[Reprint]:
    """Return the reprints among the pairs of a task."""
    documents = [_DECODER.decode(body) for body in task.bodies]
    batch = read_batch(documents, options)
    texts = FlatTexts.of(documents, [batch], task.bearers)
    stock = _stock()
    found = (judge_pair(texts[left], texts[right], stock, options) for left, right in task.pairs)
    return [each for each in found if each is not None]


def in_order(found: Iterable[Reprint]) -> list[Reprint]:
    """Return the reprints by copy and original."""
    return sorted(found, key=lambda each: (each.copy, each.of))


def warm_up() -> None:
    """Load the compiled code, which takes longer than a thousand documents."""
    packed = PackedDocuments()
    packed.add(pack_documents([Document("", "", "one")]))
    list(packed.tasks())


@cache
def _stock() -> Hashes:
    """Return the stock phrases' hashes, which nothing but the reviewed list decides."""
    return hash_stock(load_stock_phrases())
