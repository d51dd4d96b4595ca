"""How long work tells where it is: what, how far, of how much."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")

Progress = Callable[[str, int, int | None], None]
"""Called with the stage's name, how many are done, and how many there are if that is known."""


def be_silent(_what: str, _done: int, _total: int | None) -> None:
    """Tell nobody."""


def counted(what: str, values: Iterable[T], total: int | None, progress: Progress) -> Iterator[T]:
    """Yield the values, telling progress before the first and after each."""
    progress(what, 0, total)
    for done, value in enumerate(values, 1):
        yield value
        progress(what, done, total)
