"""Whose word a claim is: quotations, transcripts, reported speech and its going on."""

import pytest

from enduse.extract.quoting import find_quotes

QUOTED = [
    ('"The army fired nine rockets at our village," said Karo Bandel.', "Karo Bandel"),
    (
        '"They fired nine rockets at our village. The army shelled the post," Bandel said.',
        "Bandel",
    ),
    ('Karo Bandel said: "The army fired nine rockets at our village."', "Karo Bandel"),
]


@pytest.mark.parametrize(("text", "speaker"), QUOTED)
def test_quoted_words_are_their_speakers(read, text, speaker):
    assert all(claim.attribution[0].text == speaker for claim in read(text))
    assert read(text)


def test_a_turn_of_a_transcript_is_its_speakers(read):
    text = "TABIR, 3 MAY 88 -- [TEXT] [BANDEL] THE ARMY FIRED NINE ROCKETS AT THE VILLAGE."
    assert [s.text for claim in read(text) for s in claim.attribution] == ["BANDEL"]


def test_reported_speech_goes_on_where_the_words_say_so(read):
    text = "The ministry said rebels fired rockets. In addition, rebels fired mortars."
    assert {claim.attribution[0].text for claim in read(text)} == {"ministry"}


def test_a_new_sentence_is_the_authors_own(read):
    text = "The ministry said the road was closed. Rebels fired rockets at the village."
    assert [claim.attribution for claim in read(text)] == [()]


def test_what_follows_but_is_the_authors_own(read):
    text = "The ministry denied the shelling, but the army fired rockets at the village."
    fired = [claim for claim in read(text) if "rockets" in claim.span.quote]
    assert [claim.attribution for claim in fired] == [()]


def test_who_is_told_does_not_speak(read):
    text = "Karo Bandel, an airport worker, told Radio Tabir that rebels fired rockets at the post."
    assert [s.text for claim in read(text) for s in claim.attribution] == ["Karo Bandel"]


def test_short_marks_are_no_quotation():
    assert list(find_quotes('The "war" went on and the "peace" did not come.')) == []
