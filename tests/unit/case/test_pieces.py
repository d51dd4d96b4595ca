"""Pieces of a text: joined they are the text; marks are right to the code point."""

from hypothesis import given
from hypothesis import strategies as st

from enduse.case.views.pieces import Stretch, cut_text

TEXTS = st.text(st.sampled_from("ab é\u0301صا🚀👩\u200d🔬\u202e\n\r\x00"), max_size=30)
STRETCHES = st.lists(
    st.tuples(st.integers(-2, 32), st.integers(-2, 32), st.sampled_from("pqrs")), max_size=6
)


@given(TEXTS, STRETCHES)
def test_pieces_cover_the_text_once_in_order(text, places):
    pieces = cut_text(text, [Stretch(*place) for place in places])
    at = 0
    for piece in pieces:
        assert piece.start == at
        at += 1 if piece.sign else len(piece.text)
        if not piece.sign:
            assert text[piece.start : at] == piece.text
    assert at == len(text)


@given(TEXTS, STRETCHES)
def test_every_code_point_has_exactly_the_marks_that_cover_it(text, places):
    known = [Stretch(*place) for place in places if 0 <= place[0] < place[1] <= len(text)]
    for piece in cut_text(text, known):
        for at in range(piece.start, piece.start + max(len(piece.text), 1)):
            covering = sorted(one.id for one in known if one.start <= at < one.end)
            assert sorted(piece.marks) == covering


@given(TEXTS, STRETCHES)
def test_every_mark_begins_once(text, places):
    known = [Stretch(*place) for place in places if 0 <= place[0] < place[1] <= len(text)]
    begun = [name for piece in cut_text(text, known) for name in piece.begins]
    assert sorted(begun) == sorted(one.id for one in known)
