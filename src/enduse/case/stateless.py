"""Work without a casebook, for pipelines: documents in, claims out, in a stream."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any

from enduse.case.clock import now
from enduse.case.each import find_extractor
from enduse.case.limits import limits_of
from enduse.collect import CollectOptions, collect, collect_lines
from enduse.engine import run_over
from enduse.extract import extract_claims
from enduse.model.claim import Claim
from enduse.model.document import Document
from enduse.model.interchange import to_record
from enduse.model.problem import Problem
from enduse.model.snapshot import Fetched
from enduse.ports import Register
from enduse.preserve import make_snapshot
from enduse.read import read_snapshot
from enduse.reference.register import load_register
from enduse.settings import read_settings

STANDARD_INPUT = "-"
"""The address that means documents as JSONL on standard input."""

Found = tuple[list[dict[str, Any]], list[Problem]]


def read_inputs(addresses: Iterable[str], options: CollectOptions) -> Iterator[Document | Problem]:
    """Yield the documents the addresses hold, in order, one in memory at a time."""
    for address in addresses:
        for found in _collect(address, options):
            if isinstance(found, Problem):
                yield found
            else:
                yield from read_snapshot(make_snapshot(found), found.body)


def _collect(address: str, options: CollectOptions) -> Iterator[Fetched | Problem]:
    if address == STANDARD_INPUT:
        return collect_lines(sys.stdin.buffer, STANDARD_INPUT, options, now)
    return collect(address, options, now)


def extract_inputs(
    addresses: Iterable[str], extractor: str | None = None, workers: int | None = None
) -> Iterator[Found]:
    """Yield, document by document, the claims as interchange records and what went wrong.

    Raises:
        MisuseError: there is no such extractor.
    """
    settings = read_settings(None, {"extractor": extractor, "workers": workers})
    find_extractor(settings.extractor)
    documents = read_inputs(addresses, limits_of(settings))
    task = partial(_extract_one, settings.extractor)
    yield from run_over(task, documents, settings.processes, _prepare)


_register: Register | None = None


def _prepare() -> None:
    global _register  # noqa: PLW0603 - one register for each worker process
    _register = load_register()


def _extract_one(extractor: str, document: Document | Problem) -> Found:
    if isinstance(document, Problem):
        return [], [document]
    assert _register is not None  # noqa: S101 - prepared before the first document
    found = list(extract_claims(document, _register, extractor))
    records = [to_record(one, document.label) for one in found if isinstance(one, Claim)]
    return records, [one for one in found if isinstance(one, Problem)]
