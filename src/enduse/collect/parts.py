"""Addresses to parts of some megabytes each, which any process can take further by itself.

In: addresses, or a stream of JSON lines. Out: parts, each with what was fetched, in order; lines
of a file stay bytes, so that taking them apart is left to whoever opens the part. What the parts
hold, opened one after the other, is what `collect` yields.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

from enduse.collect.choose import choose_collector, collect
from enduse.collect.files import check_file, explain_error
from enduse.collect.folders import walk_folder
from enduse.collect.lines import collect_some_lines, report_empty
from enduse.collect.options import Clock, CollectOptions, Found
from enduse.model.problem import Problem
from enduse.model.snapshot import Fetched

PART_BYTES = 2_000_000
PART_THINGS = 2_000


class Lines(NamedTuple):
    """Some whole lines of a file of JSON lines, the first of which has this number."""

    address: str
    first: int
    body: bytes


Piece = Lines | Fetched | Problem
Part = tuple[Piece, ...]


def collect_parts(
    addresses: Iterable[str], options: CollectOptions, clock: Clock
) -> Iterator[Part]:
    """Yield what the addresses hold, in order, some in each part."""
    return join_pieces(piece for address in addresses for piece in _split(address, options, clock))


def open_part(part: Part, options: CollectOptions, clock: Clock) -> Found:
    """Yield what was fetched, and problems, in order."""
    for piece in part:
        if isinstance(piece, Lines):
            yield from collect_some_lines(piece.body, piece.address, piece.first, options, clock)
        else:
            yield piece


def join_pieces(pieces: Iterable[Piece]) -> Iterator[Part]:
    """Yield the pieces in parts of some two megabytes."""
    part: list[Piece] = []
    size = 0
    for piece in pieces:
        part.append(piece)
        size += 0 if isinstance(piece, Problem) else len(piece.body)
        if size >= PART_BYTES or len(part) >= PART_THINGS:
            yield tuple(part)
            part, size = [], 0
    if part:
        yield tuple(part)


def _split(address: str, options: CollectOptions, clock: Clock) -> Iterator[Piece]:
    kind = choose_collector(address)
    if kind == "lines":
        yield from _split_file(address, options)
    elif kind == "folder":
        for path in walk_folder(address, options):
            yield from _split(path, options, clock) if isinstance(path, str) else [path]
    else:
        yield from collect(address, options, clock)


def _split_file(address: str, options: CollectOptions) -> Iterator[Piece]:
    problem = check_file(address, None)
    if problem is not None:
        yield problem
        return
    try:
        with Path(address).open("rb") as stream:
            yield from split_lines(stream, address, options)
    except OSError as error:
        yield explain_error(address, error)


def split_lines(stream: BinaryIO, address: str, options: CollectOptions) -> Iterator[Piece]:
    """Yield the lines of a stream, some megabytes at a time, or the problem that there are none.

    Of a line that is longer than the limit so much is kept as shows that it is.
    """
    number, found = 1, False
    for body in _read_blocks(stream, options.max_file_bytes):
        if not body.isspace():
            found = True
            yield Lines(address, number, body)
        number += body.count(b"\n")
    if not found:
        yield report_empty(address)


def _read_blocks(stream: BinaryIO, longest: int) -> Iterator[bytes]:
    """Yield whole lines, some at a time; a line that is too long loses its end."""
    kept: list[bytes] = []
    size = 0
    while block := stream.read(PART_BYTES):
        end = block.rfind(b"\n") + 1
        if end:
            yield b"".join((*kept, block[:end]))
            kept, size = [], 0
        if size <= longest + 1:
            kept.append(block[end:])
            size += len(block) - end
    if size:
        yield b"".join(kept)
