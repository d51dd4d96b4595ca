"""Stage 6: documents in, the reprints among them out. Copies are found, directed and explained."""

from enduse.reprints.find import find_among, find_reprints
from enduse.reprints.index import FingerprintIndex
from enduse.reprints.options import ReprintOptions
from enduse.reprints.runs import Run
from enduse.reprints.standing import IndexState, Member
from enduse.reprints.texts import collect_texts

__all__ = [
    "FingerprintIndex",
    "IndexState",
    "Member",
    "ReprintOptions",
    "Run",
    "collect_texts",
    "find_among",
    "find_reprints",
]
