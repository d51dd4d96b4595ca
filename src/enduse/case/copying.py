"""Reprints without a casebook, for pipelines: documents in, one record for each pair out.

Little is compared here and at once. Much is read in parts by several processes, each of which
gives fingerprints back; pairs that share enough are then judged, again by all of them. Either way
gives the same records. Memory: some 100 bytes for each fingerprint; of much, the documents lie in
a temporary folder, as large as they are, while it works.
"""

from __future__ import annotations

import gc
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import accumulate, chain, islice
from pathlib import Path
from tempfile import NamedTemporaryFile, TemporaryDirectory
from typing import TYPE_CHECKING, Any, overload

from enduse.case.clock import now
from enduse.case.limits import limits_of
from enduse.collect import (
    CollectOptions,
    Part,
    collect_parts,
    join_pieces,
    open_part,
    split_lines,
)
from enduse.engine import run_over
from enduse.errors import MisuseError
from enduse.model.document import Document
from enduse.model.problem import Problem
from enduse.model.reprint import Reprint
from enduse.preserve import make_snapshot
from enduse.read import read_snapshot
from enduse.reprints import find_reprints
from enduse.settings import read_settings

if TYPE_CHECKING:
    from enduse.reprints.packs import Pack

STANDARD_INPUT = "-"
"""The address that means documents as JSONL on standard input."""

FEW_PARTS = 2
"""Parts from which on the compiled path and several processes are taken."""

FEW_TASKS = 4


def read_plainly(part: Part, options: CollectOptions) -> Iterator[Document | Problem]:
    """Yield the documents of a part, with no language told."""
    return (found for found, _ in _read_with_address(part, options))


def _read_with_address(
    part: Part, options: CollectOptions
) -> Iterator[tuple[Document | Problem, str]]:
    """Yield what a part holds, and where: the path, with the line in it if it has many."""
    moment = now()  # asked once: it would take as long as the reading of the line
    for found in open_part(part, options, lambda: moment):
        if isinstance(found, Problem):
            yield found, found.subject
        else:
            for read in read_snapshot(make_snapshot(found), found.body, identify=False):
                yield read, found.address


def reprint_inputs(
    addresses: Iterable[str], problems: list[Problem], workers: int | None = None
) -> Iterator[dict[str, Any]]:
    """Yield the reprints among the documents as records; what went wrong goes to `problems`."""
    settings = read_settings(None, {"workers": workers})
    limits = limits_of(settings)
    parts = list_parts(addresses, limits)
    first = list(islice(parts, FEW_PARTS))
    if len(first) < FEW_PARTS:
        yield from _compare_few(first, limits, problems)
    else:
        yield from _compare_many(chain(first, parts), limits, settings.processes, problems)


def list_parts(addresses: Iterable[str], options: CollectOptions) -> Iterator[Part]:
    """Yield the parts that the addresses hold, "-" standing for standard input."""
    for address in addresses:
        if address == STANDARD_INPUT:
            yield from join_pieces(split_lines(sys.stdin.buffer, STANDARD_INPUT, options))
        else:
            yield from collect_parts([address], options, now)


def _compare_few(
    parts: Iterable[Part], limits: CollectOptions, problems: list[Problem]
) -> Iterator[dict[str, Any]]:
    found = [each for part in parts for each in _read_with_address(part, limits)]
    problems += [each for each, _ in found if isinstance(each, Problem)]
    documents = [each for each, _ in found if not isinstance(each, Problem)]
    labels = {each.id: each.label for each in documents}
    names = tell_apart(labels, {each.id: address for each, address in found})
    for pair in find_reprints(documents):
        yield _record(pair, names)


def _compare_many(
    parts: Iterable[Part], limits: CollectOptions, processes: int, problems: list[Problem]
) -> Iterator[dict[str, Any]]:
    # the compiler takes a second to load, which few documents should not wait for
    from enduse.reprints.packs import PackedDocuments, in_order, judge_task, warm_up  # noqa: PLC0415

    warm_up()  # once, before other processes start as copies of this one
    packed, addresses = PackedDocuments(), dict[str, str]()
    with TemporaryDirectory(prefix="enduse-") as folder:
        pack_part = partial(_pack, limits, folder)
        for pack, met, where in run_over(pack_part, parts, processes, gc.freeze, FEW_PARTS):
            problems += met
            addresses |= zip(pack.ids, where, strict=True)
            packed.add(pack)
        judged = run_over(judge_task, packed.tasks(), processes, gc.freeze, FEW_TASKS)
        found = in_order(chain.from_iterable(judged))
    names = tell_apart(packed.names(), addresses)
    for pair in found:
        yield _record(pair, names)


def tell_apart(labels: Mapping[str, str], addresses: Mapping[str, str]) -> dict[str, str]:
    """Return the name to print for each id: its label, or its address where others bear it too.

    >>> tell_apart({"1": "a", "2": "b", "3": "a"}, {"1": "x/a", "2": "x/b", "3": "y/a"})
    {'1': 'x/a', '2': 'b', '3': 'y/a'}
    """
    borne = Counter(labels.values())
    return {id_: label if borne[label] == 1 else addresses[id_] for id_, label in labels.items()}


def _pack(limits: CollectOptions, folder: str, part: Part) -> tuple[Pack, list[Problem], list[str]]:
    """Return a part as a pack, what went wrong, and the address of each document."""
    from enduse.reprints.packs import pack_documents  # noqa: PLC0415 - as above

    found = list(_read_with_address(part, limits))
    documents = [each for each, _ in found if not isinstance(each, Problem)]
    pack = pack_documents(documents)
    aside = SetAside.write(pack.bodies, folder)
    met = [each for each, _ in found if isinstance(each, Problem)]
    where = [address for each, address in found if not isinstance(each, Problem)]
    return replace(pack, bodies=aside), met, where


class SetAside(Sequence[bytes]):
    """Documents as bytes in a file: most are never asked for, and need not pass between processes.

    >>> with TemporaryDirectory() as folder:
    ...     SetAside.write([b"one", b"two"], folder)[1]
    b'two'
    """

    def __init__(self, path: str, ends: Sequence[int]) -> None:
        """Keep where each ends in the file."""
        self._path, self._ends = path, ends

    @classmethod
    def write(cls, bodies: Sequence[bytes], folder: str) -> SetAside:
        """Write them to a new file in the folder; MisuseError where there is no room for them."""
        try:
            with NamedTemporaryFile(dir=folder, delete=False) as stream:
                stream.writelines(bodies)
        except OSError as error:
            message = f"the documents cannot be set aside: {error.strerror}"
            next_step = "Free space there, or name a folder on another disk in TMPDIR"
            raise MisuseError(message, folder, next_step) from error
        return cls(stream.name, tuple(accumulate(map(len, bodies))))

    def __len__(self) -> int:
        """How many there are."""
        return len(self._ends)

    @overload
    def __getitem__(self, at: int) -> bytes: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[bytes]: ...
    def __getitem__(self, at: int | slice) -> bytes | Sequence[bytes]:
        """Read one, or several."""
        if isinstance(at, slice):
            return [self[each] for each in range(*at.indices(len(self)))]
        start = self._ends[at - 1] if at else 0
        with Path(self._path).open("rb") as stream:
            stream.seek(start)
            return stream.read(self._ends[at] - start)


def _record(pair: Reprint, names: dict[str, str]) -> dict[str, Any]:
    record = {
        "copy": names[pair.copy],
        "of": names[pair.of],
        "relation": pair.relation.value,
        "share": round(pair.share, 4),
        "spans": [[s.copy_start, s.copy_end, s.of_start, s.of_end] for s in pair.spans],
        "because": pair.because,
    }
    return record if pair.directed else record | {"directed": False}
