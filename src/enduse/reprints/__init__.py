"""Stage 6: documents in, the reprints among them out. Copies are found, directed and explained."""

from enduse.reprints.find import find_reprints
from enduse.reprints.index import FingerprintIndex
from enduse.reprints.options import ReprintOptions

__all__ = ["FingerprintIndex", "ReprintOptions", "find_reprints"]
