"""One document at a time gives what all at once give."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from enduse.model.document import Document
from enduse.reprints import FingerprintIndex, ReprintOptions, find_reprints

OPTIONS = ReprintOptions(most_documents=3)
WORDS = [f"w{chr(97 + i)}{chr(97 + j)}" for i in range(20) for j in range(10)]
texts = st.lists(st.sampled_from(WORDS), min_size=25, max_size=60)


@st.composite
def collections(draw):
    bases = draw(st.lists(texts, min_size=2, max_size=4))
    pages = []
    for number in range(draw(st.integers(2, 9))):
        base, other = draw(st.sampled_from(bases)), draw(st.sampled_from(bases))
        cut = draw(st.integers(0, 25))
        words = base[cut:] + (other[:25] if draw(st.booleans()) else [])
        day = draw(st.none() | st.integers(0, 9).map(lambda d: date(2020, 1, 1) + timedelta(d)))
        pages.append(Document(f"doc-{number}", "", " ".join(words), date_published=day))
    return pages


@settings(max_examples=100, deadline=None)
@given(collections(), st.integers(0, 9), st.randoms())
def test_adding_one_by_one_equals_finding_at_once(pages, known, rng):
    batch = tuple(find_reprints(pages, OPTIONS))
    rng.shuffle(pages)
    index = FingerprintIndex.build(pages[:known], OPTIONS)
    for page in pages[known:]:
        index.add(page)
    assert index.reprints() == batch
    assert len(index) == len(pages)


def bring_up_to_date(kept, index, pages):
    """Take the pages and replace what stood between the pairs they touch."""
    touched = set().union(*(index.take(page) for page in pages))
    for pair in touched:
        kept.pop(frozenset(pair), None)
    kept.update({frozenset((each.copy, each.of)): each for each in index.judge(touched)})


@settings(max_examples=150, deadline=None)
@given(collections(), st.lists(st.integers(0, 9), max_size=3), st.randoms())
def test_what_a_document_touches_is_all_that_changes(pages, cuts, rng):
    rng.shuffle(pages)
    by_id = {page.id: page for page in pages}
    cuts = sorted({0, *cuts, len(pages)})
    index = FingerprintIndex(OPTIONS, by_id.__getitem__)
    kept = {}
    for first, last in pairwise(cuts):
        bring_up_to_date(kept, index, pages[first:last])
        known = pages[:last]
        assert set(kept.values()) == set(find_reprints(known, OPTIONS))
        index = FingerprintIndex(OPTIONS, by_id.__getitem__, index.state)
        if rng.random() < 0.3:
            index = FingerprintIndex.build(known, OPTIONS, by_id.__getitem__)


def test_words_that_become_common_take_old_findings_back():
    notice = WORDS[:18]
    own = [[f"n{at}x{place}" for place in range(80)] for at in range(5)]
    texts = [" ".join([*words[:40], *notice, *words[40:]]) for words in own]
    pages = [Document(f"doc-{at}", "", text) for at, text in enumerate(texts)]
    index, kept = FingerprintIndex(OPTIONS), {}
    sizes = []
    for page in pages:
        bring_up_to_date(kept, index, [page])
        sizes.append(len(kept))
    assert sizes[1] == 1
    assert sizes[4] == 0


def test_a_copy_is_told_as_it_comes_in():
    words = " ".join(WORDS[:50])
    index = FingerprintIndex()
    old = Document("doc-b", "", words, date_published=date(2020, 1, 1))
    new = Document("doc-a", "", words, date_published=date(2020, 1, 2))
    assert index.add(old) == ()
    assert [(found.copy, found.of) for found in index.add(new)] == [("doc-a", "doc-b")]
    assert index.add(new) == ()
