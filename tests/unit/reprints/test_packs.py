"""Documents in packs give what documents at once give."""

from __future__ import annotations

import pickle
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from enduse.model.document import Document
from enduse.reprints import ReprintOptions, find_reprints
from enduse.reprints.packs import PackedDocuments, in_order, judge_task, pack_documents

OPTIONS = ReprintOptions(most_documents=3)
WORDS = [f"w{chr(97 + i)}{chr(97 + j)}" for i in range(20) for j in range(10)]
texts = st.lists(st.sampled_from(WORDS), min_size=0, max_size=60)


@st.composite
def collections(draw):
    bases = draw(st.lists(texts, min_size=2, max_size=4))
    pages = []
    for number in range(draw(st.integers(0, 9))):
        base, other = draw(st.sampled_from(bases)), draw(st.sampled_from(bases))
        words = base[draw(st.integers(0, 25)) :] + (other[:25] if draw(st.booleans()) else [])
        day = draw(st.none() | st.integers(0, 9).map(lambda d: date(2020, 1, 1) + timedelta(d)))
        mark = draw(st.sampled_from(["", "’", "é"]))
        name = draw(st.sampled_from([f"doc-{number}", "doc-0"]))
        text = " ".join(words) + mark
        pages.append(Document(name, "", text, name=f"name {number}", date_published=day))
    return pages


def find_packed(packs):
    packed = PackedDocuments(OPTIONS)
    for pack in packs:
        packed.add(pickle.loads(pickle.dumps(pack_documents(pack, OPTIONS))))
    tasks = pickle.loads(pickle.dumps(list(packed.tasks())))
    found = in_order(each for task in tasks for each in judge_task(task, OPTIONS))
    return found, packed.names()


@settings(max_examples=100, deadline=None)
@given(collections(), st.integers(0, 9))
def test_any_packs_give_what_all_at_once_give(pages, cut):
    found, names = find_packed([pages[:cut], pages[cut:]])
    assert found == list(find_reprints(pages, OPTIONS))
    assert names == {page.id: page.name for page in pages}


def test_no_pack_and_no_words_are_no_reprint():
    assert find_packed([]) == ([], {})
    assert find_packed([[], [Document("a", "", "")]])[0] == []
