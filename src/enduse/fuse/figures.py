"""The figures of independent witnesses to one bounded range; they are never added up.

In: the quantity that each group of documents gives. Out: what all of them allow, or, where they
contradict one another, the whole range with the competing figures beside it.
"""

from __future__ import annotations

from collections.abc import Iterable

from enduse.model.quantity import Quantity

NO_BOUND = float("inf")


def merge_figures(figures: Iterable[Quantity]) -> tuple[Quantity | None, tuple[Quantity, ...]]:
    """Return the merged figure and, where figures exclude one another, those that compete.

    >>> at_least = Quantity("more than 40", 41, None)
    >>> merge_figures([at_least, Quantity("43", 43, 43)])[0]
    Quantity(text='43', min=43, max=43)
    >>> merged, rivals = merge_figures([Quantity("20", 20, 20), Quantity("30", 30, 30)])
    >>> merged.min, merged.max, len(rivals)
    (20, 30, 2)
    """
    distinct = sorted(set(figures), key=_order)
    if not distinct:
        return None, ()
    low = max(_low(each) for each in distinct)
    high = min(_high(each) for each in distinct)
    if low <= high:
        return _range(low, high, _words(distinct, low, high)), ()
    low, high = min(_low(each) for each in distinct), max(_high(each) for each in distinct)
    words = " or ".join(each.text for each in distinct if each.text)
    return _range(low, high, words), tuple(distinct)


def _order(figure: Quantity) -> tuple[float, float, str]:
    return _low(figure), _high(figure), figure.text


def _low(figure: Quantity) -> float:
    return -NO_BOUND if figure.min is None else figure.min


def _high(figure: Quantity) -> float:
    return NO_BOUND if figure.max is None else figure.max


def _range(low: float, high: float, text: str) -> Quantity:
    return Quantity(text, None if low == -NO_BOUND else low, None if high == NO_BOUND else high)


def _words(figures: list[Quantity], low: float, high: float) -> str:
    """Return the wording that gives the range by itself, else all wordings."""
    alone = [each.text for each in figures if (_low(each), _high(each)) == (low, high)]
    return alone[0] if alone else ", ".join(each.text for each in figures if each.text)
