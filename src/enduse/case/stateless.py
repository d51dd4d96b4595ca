"""Work without a casebook, for pipelines: documents in, claims or reprints out, in a stream."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any

from enduse.case.clock import now
from enduse.collect import CollectOptions, collect
from enduse.engine import run_over
from enduse.errors import MisuseError
from enduse.extract import EXTRACTORS, extract_claims
from enduse.model.claim import Claim
from enduse.model.document import Document
from enduse.model.interchange import to_record
from enduse.model.problem import Problem
from enduse.ports import Register
from enduse.preserve import make_snapshot
from enduse.read import read_document
from enduse.reference.register import load_register
from enduse.reprints import find_reprints

Found = tuple[list[dict[str, Any]], list[Problem]]


def read_inputs(addresses: Iterable[str], options: CollectOptions) -> Iterator[Document | Problem]:
    """Yield the documents the addresses hold, in order, one in memory at a time."""
    for address in addresses:
        for found in collect(address, options, now):
            if isinstance(found, Problem):
                yield found
            else:
                yield read_document(make_snapshot(found), found.body)


def extract_inputs(
    addresses: Iterable[str], options: CollectOptions, extractor: str = "rules", workers: int = 1
) -> Iterator[Found]:
    """Yield, document by document, the claims as interchange records and what went wrong.

    Raises:
        MisuseError: there is no such extractor.
    """
    if extractor not in EXTRACTORS:
        raise MisuseError(
            f"there is no extractor {extractor!r}",
            next_step=f"Extractors: {', '.join(sorted(EXTRACTORS))}",
        )
    documents = read_inputs(addresses, options)
    yield from run_over(partial(_extract_one, extractor), documents, workers, _prepare)


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


def reprint_inputs(
    addresses: Iterable[str], options: CollectOptions, problems: list[Problem]
) -> Iterator[dict[str, Any]]:
    """Yield the reprints among the documents as records; what went wrong goes to `problems`."""
    labels: dict[str, str] = {}

    def documents() -> Iterator[Document]:
        for found in read_inputs(addresses, options):
            if isinstance(found, Problem):
                problems.append(found)
            else:
                labels[found.id] = found.label
                yield found

    for pair in find_reprints(documents()):
        record = {
            "copy": labels[pair.copy],
            "of": labels[pair.of],
            "relation": pair.relation.value,
            "share": round(pair.share, 4),
            "spans": [[s.copy_start, s.copy_end, s.of_start, s.of_end] for s in pair.spans],
            "because": pair.because,
        }
        yield record if pair.directed else record | {"directed": False}
