"""The one form in which each kind of file of the data is written.

In: a file's text. Out: the text in canonical form: NFC, one line end, no blanks at line ends, the
fields of an entry in the usual order. Nothing is refused: what cannot be read stays as it is, and
the check names it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from enduse.reference.shape import SHAPES

FIELD = re.compile(r"^(\w+):", re.MULTILINE)
ORDERS: dict[str, tuple[str, ...]] = {
    folder: tuple(shape.__struct_fields__) for folder, shape in SHAPES.items()
}


def canonical_form(text: str, order: Sequence[str] = ()) -> str:
    r"""Return the text in NFC, without marks of order, tabs or blanks at line ends.

    Args:
        text: of a YAML file.
        order: the fields in their usual order; others come last, as they stand.

    >>> canonical_form("name: y\nid: x \r\n\n\n", ["id", "name"])
    'id: x\nname: y\n'
    """
    lines = unicodedata.normalize("NFC", text.removeprefix("\ufeff")).splitlines()
    clean = "\n".join(line.replace("\t", "  ").rstrip() for line in lines).strip("\n") + "\n"
    return order_fields(clean, order) if order else clean


def order_fields(text: str, order: Sequence[str]) -> str:
    """Return the text with its fields in the order; a field goes with the lines below it."""
    starts = [found.start() for found in FIELD.finditer(text)]
    if not starts or starts[0] != 0:
        return text
    blocks = [text[start:end] for start, end in zip(starts, [*starts[1:], None], strict=True)]
    places = {name: place for place, name in enumerate(order)}
    blocks.sort(key=lambda block: places.get(block.partition(":")[0], len(places)))
    return "".join(block if block.endswith("\n") else block + "\n" for block in blocks)


def canonical_table(text: str) -> str:
    r"""Return the text of a TSV file in NFC, without blanks beside tabs or at line ends.

    >>> canonical_table("name\tid\r\n T-72\t t-72 \n\n")
    'name\tid\nT-72\tt-72\n'
    """
    lines = unicodedata.normalize("NFC", text.removeprefix("\ufeff")).splitlines()
    rows = ["\t".join(field.strip(" \u00a0") for field in line.split("\t")) for line in lines]
    return "\n".join(row for row in rows if row.strip()) + "\n"
