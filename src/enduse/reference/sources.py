"""Reviewed files read as they stand: YAML in which every value is a string, and TSV tables.

In: paths of the data. Out: typed sources with their path. Refused: keys given twice, anchors
that repeat, shapes that `enduse.reference.shape` does not know; each names file and field.
"""

from __future__ import annotations

import csv
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import yaml

from enduse.errors import DataError
from enduse.reference.shape import ActorSource, WeaponSource

T = TypeVar("T", WeaponSource, ActorSource)
DATA = Path(__file__).parent / "data"
_Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


class StringLoader(_Loader):  # type: ignore[misc]
    """A YAML loader that gives strings only and refuses a key given twice."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:  # noqa: FBT001, FBT002 - the library's own signature
        """Return the mapping, or raise for a key given twice."""
        keys = [key.value for key, _ in node.value]
        for place, key in enumerate(keys):
            if key in keys[:place]:
                line = node.value[place][0].start_mark.line + 1
                raise yaml.constructor.ConstructorError(
                    None, None, f"the key {key!r} is given twice, in line {line}"
                )
        found: dict[Hashable, Any] = super().construct_mapping(node, deep=deep)
        return found


@dataclass(frozen=True, slots=True)
class Sourced:
    """A source with the file it stands in."""

    path: Path
    source: WeaponSource | ActorSource


def parse_yaml(text: str, place: str) -> Any:
    r"""Return what the YAML holds, every scalar a string.

    >>> parse_yaml("serial: 0012345\nmade_in: [no]", "x.yml")
    {'serial': '0012345', 'made_in': ['no']}

    Raises:
        DataError: it is no YAML, or a key is given twice.
    """
    try:
        return yaml.load(text, StringLoader)  # noqa: S506 - gives strings, makes no objects
    except yaml.YAMLError as error:
        raise DataError(
            " ".join(str(error).split()), place, "Mend the file; data/README.md shows the form"
        ) from error


def read_source(path: Path, shape: type[T]) -> T:
    """Return the file's source.

    Raises:
        DataError: it is no YAML or does not fit the shape; names the field.
    """
    return convert_source(parse_yaml(path.read_text(encoding="utf-8"), str(path)), shape, str(path))


def convert_source(plain: Any, shape: type[T], place: str) -> T:
    """Return the plain value as a source.

    Raises:
        DataError: it does not fit the shape; names the field.
    """
    try:
        return msgspec.convert(plain, shape, strict=True)
    except msgspec.ValidationError as error:
        raise DataError(
            str(error), place, "Mend the field; data/README.md says what it may hold"
        ) from error


def read_table(path: Path) -> Iterator[dict[str, str]]:
    """Yield the rows of a TSV file with a heading, values as they stand.

    Raises:
        DataError: a row has more or fewer fields than the heading.
    """
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        head = next(rows, [])
        for number, row in enumerate(rows, start=2):
            if len(row) != len(head):
                raise DataError(
                    f"{len(row)} fields where the heading has {len(head)}",
                    f"{path}, line {number}",
                    "Part the fields by one tab each",
                )
            yield dict(zip(head, row, strict=True))


def read_words(path: Path) -> frozenset[str]:
    """Return the words of a file, one a line."""
    return frozenset(path.read_text(encoding="utf-8").split())


def list_files(data: Path, folder: str) -> Sequence[Path]:
    """Return the YAML files of a folder of the data, sorted."""
    return sorted((data / folder).glob("*.yml"))
