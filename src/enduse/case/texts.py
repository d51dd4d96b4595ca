"""The texts of casebooks, and of files that lie outside any, one after the other.

In: addresses: casebooks' folders, other folders, files, URLs. Out: texts. What cannot be read goes
to `problems`, and the rest is read on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from enduse.case.casebook import is_case, open_case
from enduse.case.copying import list_parts, read_plainly
from enduse.case.limits import limits_of
from enduse.model.problem import Problem
from enduse.settings import read_settings
from enduse.store.kinds import DOCUMENT


def read_texts(addresses: Iterable[str], problems: list[Problem]) -> Iterator[str]:
    """Yield the text of every document of the casebooks and of what else is named.

    Raises:
        DamagedCaseError: a casebook cannot be read.
    """
    options = limits_of(read_settings(None))
    for address in addresses:
        if is_case(Path(address)):
            with open_case(address) as book:
                yield from (document.text for document in book.store.find(DOCUMENT))
            continue
        for part in list_parts([address], options):
            for found in read_plainly(part, options):
                if isinstance(found, Problem):
                    problems.append(found)
                else:
                    yield found.text
