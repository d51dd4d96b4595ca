"""What holds for any text: quotes stand at their spans, nothing is invented, ids are stable."""

import time
from dataclasses import replace
from datetime import date
from itertools import chain
from unittest import mock

from hypothesis import given, settings
from hypothesis import strategies as st

from enduse.extract import dedupe, extract_claims, times
from enduse.extract.dedupe import drop_repeats
from enduse.extract.segments import MOST
from enduse.extract.times import find_times
from enduse.model.claim import Claim
from enduse.model.document import Document, Section, SectionKind
from enduse.model.problem import Problem

TIMES = (
    "on 4", "May", "early-March", "mid", "12mar04", "2011", "2011-12", "Monday", "last", "in the",
    "past", "two", "weeks", "ago", "recently", "since", "(1994)", "the", "1980s", "summer of",
    "2003-04-05", "bombing", "today", "shortly after", "Sept.", "3-5", "decree", "72 hours",
)  # fmt: skip

PIECES = [
    "Rebels fired two rockets at the barracks",
    "the Northern Brigade, a member of the Northern Front,",
    "captured at least 12 AK-47 rifles from the army",
    "near Kesh",
    "according to Peace Monitor",
    "said the ministry did not supply Kornet missiles to the militia",
    "Tabir-backed",
    "its fighters",
    "were killed",
    "last December",
    "(NF)",
    "as well as a plethora of",
    "“",
    "”",
    ",",
    ".",
    "\n\n",
    "🚀",
    "e\u0301",
    "ﬁghters",
    "غارة",
    "anti-\ntank missiles",
]
TEXTS = st.lists(st.sampled_from(PIECES), max_size=14).map(" ".join) | st.text(max_size=200)


def claims_of(text, register, **facts):
    document = Document("doc-1", "snap-1", text, language="en", **facts)
    return [c for c in extract_claims(document, register) if isinstance(c, Claim)]


@settings(max_examples=150, deadline=None)
@given(text=TEXTS)
def test_every_quote_stands_at_its_span_and_no_role_is_invented(text, register):
    for claim in claims_of(text, register):
        assert text[claim.span.start : claim.span.end] == claim.span.quote
        for role in claim.roles:
            assert role.text in text
            assert all(also in text for also in role.also)
        assert all(speaker.text in text for speaker in claim.attribution)
        for cue in claim.because.cues:
            assert text[cue.start : cue.end] == cue.text


@settings(max_examples=50, deadline=None)
@given(text=TEXTS)
def test_twice_is_the_same_and_ids_are_unique(text, register):
    once, twice = claims_of(text, register), claims_of(text, register)
    assert once == twice
    assert len({claim.id for claim in once}) == len(once)


def test_claims_come_in_order_of_their_spans(read):
    found = read("Rebels fired rockets at the barracks. The army shot down a Tabiri jet near Kesh.")
    assert [claim.span.start for claim in found] == sorted(claim.span.start for claim in found)


def test_only_the_documents_own_words_are_read(register):
    text = "Rebels fired rockets.\n\nThe army seized rifles from rebels."
    menu = Section(SectionKind.NAVIGATION, 0, 21)
    assert {c.kind.value for c in claims_of(text, register)} == {"use", "transfer"}
    assert {c.kind.value for c in claims_of(text, register, sections=(menu,))} == {"transfer"}


def test_a_pathological_sentence_costs_seconds_and_a_problem(register):
    text = "rebels fired 20 rockets at soldiers near the village and " * 20_000
    start = time.process_time()
    found = list(extract_claims(Document("d", "s", text, language="en"), register))
    assert time.process_time() - start < 150  # 60 on a slow processor without VNNI
    told = [one for one in found if isinstance(one, Problem)]
    assert [one.place for one in told] == [f"{MOST}-{len(text) - 1}"]


@settings(max_examples=60, deadline=None)
@given(text=st.lists(st.sampled_from(TIMES), max_size=12).map(" ".join))
def test_rules_of_time_that_are_not_tried_would_find_nothing(text):
    tried = find_times(text, (0, len(text)), date(2020, 5, 4))
    with mock.patch.object(times, "_likely", return_value=times._COMPILED):
        assert find_times(text, (0, len(text)), date(2020, 5, 4)) == tried


@settings(max_examples=30, deadline=None)
@given(text=TEXTS)
def test_claims_that_share_no_filler_are_no_repeats(text, register):
    again = [replace(one, id=f"{one.id}{i}") for i in range(2) for one in claims_of(text, register)]
    kept = drop_repeats(again)
    with mock.patch.object(dedupe, "_candidates", lambda _, index: chain(*index.values())):
        assert drop_repeats(again) == kept


def test_unknown_language_is_a_problem_with_a_next_step(register):
    document = Document("doc-1", "snap-1", "text", language="xx")
    (problem,) = extract_claims(document, register)
    assert "xx" in problem.message
    for way in ("enduse serve", "enduse import", '"lang"'):
        assert way in problem.next_step
