"""What was known on a day: the documents published by then.

In: documents and a day. Out: those published by the end of that day. A document that does not
tell when it was published is left out unless asked for: it may be later.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from enduse.model.document import Document


def as_of(documents: Iterable[Document], day: date, *, undated: bool = False) -> Iterator[Document]:
    """Yield the documents published by the day, in the order given.

    >>> old = Document("a", "", "", date_published=date(2015, 6, 9))
    >>> new = Document("b", "", "", date_published=date(2015, 6, 12))
    >>> [document.id for document in as_of([old, new], date(2015, 6, 10))]
    ['a']
    """
    for document in documents:
        published = document.date_published
        if (published is None and undated) or (published is not None and published <= day):
            yield document
