"""Adding to a casebook: files, folders, JSONL of documents, addresses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from enduse.case.casebook import Casebook
from enduse.case.clock import now
from enduse.case.limits import limits_of
from enduse.case.progress import Progress, be_silent
from enduse.collect import choose_collector, collect, spell_address
from enduse.model.problem import Problem
from enduse.model.snapshot import Fetched, Snapshot
from enduse.preserve import make_snapshot
from enduse.store.kinds import PROBLEM, SNAPSHOT

_BATCH = 100
_PART = re.compile(r"#(?:line|row)=\d+$")


@dataclass(slots=True)
class Added:
    """What an addition did: snapshots new and known, and what could not be taken."""

    new: list[str] = field(default_factory=list)
    known: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def add_to_case(book: Casebook, addresses: Iterable[str], progress: Progress = be_silent) -> Added:
    """Preserve everything the addresses hold; what cannot be taken becomes a problem.

    Bytes are written before the record that points at them, batch by batch: a killed addition
    loses nothing that was recorded, and adding again goes on where it stopped.
    """
    added, named = Added(), list(addresses)
    failed = {row["subject"] for row in book.store.rows(PROBLEM, stage="collect")}
    _forget_problems(book, _asked_again(failed, named))
    for batch in _batches(_collect_all(book, named, added)):
        snapshots = [(make_snapshot(fetched), fetched) for fetched in batch]
        fresh = [(snap, got) for snap, got in snapshots if not book.store.has(SNAPSHOT, snap.id)]
        for _, fetched in fresh:
            book.objects.put(fetched.body)
        book.store.put(SNAPSHOT, _once(snap for snap, _ in fresh))
        _forget_problems(book, failed & {_PART.sub("", got.address) for _, got in snapshots})
        new = dict.fromkeys(snap.id for snap, _ in fresh)
        added.new += new
        added.known += [snap.id for snap, _ in snapshots if snap.id not in new]
        progress("add", len(added.new) + len(added.known), None)
    book.store.put(PROBLEM, added.problems)
    return added


def _asked_again(failed: Iterable[str], addresses: Iterable[str]) -> set[str]:
    """Return what failed before and is now asked for, by itself or with the folder it lies in."""
    kinds = {spell_address(address): choose_collector(address) for address in addresses}
    folders = [Path(address) for address, kind in kinds.items() if kind == "folder"]
    return {
        one
        for one in failed
        if one in kinds or ("://" not in one and any(map(Path(one).is_relative_to, folders)))
    }


def _forget_problems(book: Casebook, subjects: Iterable[str]) -> None:
    for subject in subjects:
        book.store.drop(PROBLEM, stage="collect", subject=subject)


def _collect_all(book: Casebook, addresses: Iterable[str], added: Added) -> Iterator[Fetched]:
    options = limits_of(book.settings)
    for address in addresses:
        for found in collect(address, options, now):
            if isinstance(found, Problem):
                added.problems.append(found)
            else:
                yield found


def _once(snapshots: Iterable[Snapshot]) -> list[Snapshot]:
    return list({snapshot.id: snapshot for snapshot in snapshots}.values())


def _batches(fetched: Iterable[Fetched]) -> Iterator[list[Fetched]]:
    stream = iter(fetched)
    while batch := list(islice(stream, _BATCH)):
        yield batch
