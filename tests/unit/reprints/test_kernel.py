"""The compiled path gives what the numpy path gives, word for word."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from enduse.model.document import Document, Section, SectionKind
from enduse.reprints.flat import collect_compiled
from enduse.reprints.join import find_pairs
from enduse.reprints.options import ReprintOptions
from enduse.reprints.texts import collect_texts, order_documents

OPTIONS = ReprintOptions(seeds=1)
letters = st.sampled_from(list("abcAB é\u0301’-\n.1武装\u200b\U0001f600İſ"))
texts = st.text(letters, max_size=60) | st.lists(
    st.sampled_from(["one", "two", "three", "four", "five", "six"]), max_size=40
).map(" ".join)


@st.composite
def documents(draw):
    found = []
    for number in range(draw(st.integers(1, 6))):
        text = draw(texts)
        cut = draw(st.integers(0, len(text)))
        parts = (Section(SectionKind.NAVIGATION, 0, cut),) if draw(st.booleans()) else ()
        found.append(Document(f"d{number}", "", text, sections=parts))
    return found


@settings(max_examples=150, deadline=None)
@given(documents())
def test_the_two_paths_agree(pages):
    ordered = order_documents(pages)
    plain, compiled = collect_texts(ordered, OPTIONS), collect_compiled(ordered, OPTIONS)
    for one, other in zip(plain.texts, compiled.texts, strict=True):
        assert one.document == other.document
        np.testing.assert_array_equal(one.words.hashes, other.words.hashes)
        np.testing.assert_array_equal(one.words.starts, other.words.starts)
        np.testing.assert_array_equal(one.words.ends, other.words.ends)
        np.testing.assert_array_equal(one.prints, other.prints)
        np.testing.assert_array_equal(one.places, other.places)
        np.testing.assert_array_equal(one.texts, other.texts)
    np.testing.assert_array_equal(plain.postings.sizes, compiled.postings.sizes)
    np.testing.assert_array_equal(
        find_pairs(plain.postings, OPTIONS), find_pairs(compiled.postings, OPTIONS)
    )
