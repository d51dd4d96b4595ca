"""The world to bytes: files, folders, lines of records, tables and web addresses.

The only code that opens an address on the network.
"""

from enduse.collect.choose import COLLECTORS, choose_collector, collect
from enduse.collect.lines import collect_lines
from enduse.collect.options import Clock, CollectOptions, spell_address
from enduse.collect.parts import Part, collect_parts, join_pieces, open_part, split_lines

__all__ = [
    "COLLECTORS",
    "Clock",
    "CollectOptions",
    "Part",
    "choose_collector",
    "collect",
    "collect_lines",
    "collect_parts",
    "join_pieces",
    "open_part",
    "spell_address",
    "split_lines",
]
