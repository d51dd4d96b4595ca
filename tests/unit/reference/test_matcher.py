"""The search for names: by arrays and by loops alike, and the same whenever it is asked."""

from dataclasses import fields

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enduse.reference import kernels
from enduse.reference.lexicon import find_hits
from enduse.reference.loops import (
    MANY,
    compiled,
    find_hits_fast,
    find_tokens_fast,
    fold_fast,
    hear_fast,
    sift_fast,
)
from enduse.reference.register import load_register
from enduse.reference.spans import join_hits, sift
from enduse.reference.tokens import find_tokens

PIECES = (
    "BGM-71E TOW,T-72B3, Kornet,near Tadmur ,in the Aleppo countryside,Al-Bab,الأسد,وتاو,صاروخ",
    " ,\n,. ,-,’,‌,̈, the , ال , St. , street , Mr ,2,К,ß,İ,ﬁ,𝔄,\ud800,_,٣,M 16,m16",
    "time,Time,magazine,missile’s,missiles,Mus‌lims,NEW JERSEY,New York,US,by,by EW",
)
TEXTS = st.lists(
    st.sampled_from([piece for line in PIECES for piece in line.split(",")]) | st.text(max_size=6),
    max_size=40,
).map("".join)


@pytest.fixture(scope="module")
def matcher():
    return load_register()._matcher


def plainly(kernel):
    return kernel


@pytest.mark.filterwarnings("ignore:overflow")  # hashes wrap round, which numpy tells of
@pytest.mark.parametrize("ready", [plainly, compiled])
@settings(max_examples=150, deadline=None)
@given(text=TEXTS)
def test_loops_find_what_arrays_find(matcher, ready, text):
    folded = matcher.alphabet.fold(text)
    quick = fold_fast(text, matcher.alphabet, ready(kernels.read_points))
    assert np.array_equal(folded.codes, quick.codes)
    assert (folded.offsets is None) == (quick.offsets is None)
    assert folded.offsets is None or np.array_equal(folded.offsets, quick.offsets)

    tokens = find_tokens(folded, matcher.alphabet, matcher.articles)
    words = find_tokens_fast(
        quick,
        matcher.alphabet,
        matcher.articles,
        ready(kernels.read_words),
        ready(kernels.read_capitals),
    )
    for column in fields(tokens):
        assert np.array_equal(getattr(tokens, column.name), getattr(words, column.name))

    hits = []
    for layer in matcher.layers:
        found = find_hits(layer.lexicon, tokens)
        same = find_hits_fast(layer.lexicon, tokens, ready(kernels.read_names))
        order = np.lexsort((found.lasts, found.firsts))
        assert np.array_equal(found.firsts[order], same.firsts)
        assert np.array_equal(found.lasts[order], same.lasts)
        assert np.array_equal(found.groups[order], same.groups)
        hits.append(same)

    heard = matcher.hints.read(tokens)
    also = hear_fast(matcher.hints, matcher._buckets, tokens, ready(kernels.read_hints))
    for column in fields(heard):
        assert np.array_equal(getattr(heard, column.name), getattr(also, column.name))

    spans = join_hits(hits, matcher.layers)
    kept, beside = sift(spans, tokens, heard)
    left, bits = sift_fast(spans, tokens, heard, ready(kernels.read_sides))
    assert np.array_equal(kept, left)
    assert np.array_equal(beside[kept], bits[kept])


@settings(max_examples=150, deadline=None)
@given(text=TEXTS)
def test_mentions_are_the_same_before_and_after_much_was_read(matcher, text):
    matcher.read = 0
    before = matcher.mentions(text)
    matcher.read = MANY
    assert matcher.mentions(text) == before


@settings(max_examples=100, deadline=None)
@given(text=TEXTS)
def test_mentions_stand_where_they_say_and_do_not_overlap(matcher, text):
    last = (0, 0)
    for mention in matcher.mentions(text):
        assert text[mention.start : mention.end] == mention.text
        assert mention.entity_ids
        span = mention.start, mention.end
        assert span == last or mention.start >= last[1]
        last = span


SHOUTED = "GUNMEN CAME AND WERE SEEN NEAR FALLS VILLAGE AND THEN THEY ALL WENT HOME AGAIN"
SAID = "Gunmen came and were seen, Captain Falls Village Smith went home again."


@pytest.mark.parametrize("order", [(SHOUTED, SAID), (SAID, SHOUTED)])
def test_what_a_name_means_does_not_hang_on_what_was_read_before(order):
    fresh = {text: load_register().mentions(text) for text in order}
    register = load_register()
    for text in order:
        assert register.mentions(text) == fresh[text]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The story ran in Time, the weekly magazine.", True),
        ("It took a long time to print the magazine.", False),
        ("He read it in Time." + " It was late." * 40 + " A magazine lay there.", False),
        ("He said Time" + ", and he said so," * 30 + " is a magazine", False),
    ],
)
def test_an_everyday_word_is_a_name_only_with_a_capital_and_near_what_it_needs(text, found):
    ids = {one for mention in load_register().mentions(text) for one in mention.entity_ids}
    assert ("time-magazine" in ids) is found


@pytest.mark.parametrize(
    "text",
    [
        "the Muslims of Egypt",  # plain
        "the Muslims, l’Egypt’s own",  # the needed word stands inside a longer one
        "the Muslims of Egypt‌ian towns",  # a mark that counts as nothing parts it
    ],
)
def test_a_needed_word_is_seen_beside_marks_that_count_as_nothing(text):
    assert any(mention.text.endswith("Muslims") for mention in load_register().mentions(text))


def test_a_text_of_names_alone_has_room_for_all(matcher):
    text = "Kornet missile T-72 TOW missile. " * 2000
    matcher.read = 0
    before = matcher.mentions(text)
    matcher.read = MANY
    assert matcher.mentions(text) == before
    assert len(before) >= 4000
