"""Stage 7: claims in, incidents out. Copies do not count twice; contradictions are kept."""

from enduse.fuse.backing import weigh_claim
from enduse.fuse.contradictions import find_contradictions
from enduse.fuse.drift import compare_copies, find_drift
from enduse.fuse.incidents import fuse_incidents

__all__ = ["compare_copies", "find_contradictions", "find_drift", "fuse_incidents", "weigh_claim"]
