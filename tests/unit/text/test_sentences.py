"""Sentence spans: where they end, and that they always quote the text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enduse.text.sentences import split_sentences


def sentences(text, language="en"):
    return [text[start:end] for start, end in split_sentences(text, language)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        (" \n\n\t ", []),
        ("Col. Omar fired. He left.", ["Col. Omar fired.", "He left."]),
        ("A 7.62x39mm round. Two more.", ["A 7.62x39mm round.", "Two more."]),
        ("1. First rifle. 2. Second rifle.", ["1. First rifle.", "2. Second rifle."]),
        ("Rifles seized\nThe police said so.", ["Rifles seized", "The police said so."]),
        ("A title\n\nA text.", ["A title", "A text."]),
        ("🚀 flew. Two🚀 fell.", ["🚀 flew.", "Two🚀 fell."]),
        (
            "The convoy carried forty crates of rifles and\nAmmunition Depot Nine received them.",
            ["The convoy carried forty crates of rifles and\nAmmunition Depot Nine received them."],
        ),
        ("It held approx. forty rifles. Gone.", ["It held approx. forty rifles.", "Gone."]),
    ],
)
def test_boundaries(text, expected):
    assert sentences(text) == expected


def test_arabic_question_mark_ends_a_sentence():
    assert sentences("من أطلق النار؟ لا نعرف.", "ar") == ["من أطلق النار؟", "لا نعرف."]


def test_unknown_and_missing_language_are_read_by_english_rules():
    text = "Gen. Ali left. He came."
    assert split_sentences(text, None) == split_sentences(text, "en")
    assert split_sentences(text, "zz") == split_sentences(text, "en")


@given(
    st.text(alphabet=st.sampled_from("aB.?! \n\t1٣م🚀́\"“”'[]")), st.sampled_from(["en", "ar", None])
)
def test_spans_are_in_order_trimmed_and_lose_nothing(text, language):
    spans = split_sentences(text, language)
    at = 0
    for start, end in spans:
        assert at <= start < end <= len(text)
        assert not text[at:start].strip()
        assert text[start:end] == text[start:end].strip()
        at = end
    assert not text[at:].strip()
