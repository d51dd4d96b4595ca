"""Reprints, excerpts and what only looks like them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz import fuzz

from enduse.model.document import Document, Section, SectionKind, SourceLine
from enduse.model.reprint import Relation
from enduse.reprints import ReprintOptions, find_reprints

STORY = """Armed men took a column of green lorries from the quarry road on Sunday night.
Two drivers who reached the next village said the crates held mortar rounds packed in straw.
A clerk at the river port had signed for the same crates nine days earlier, and his ledger gives
the weight of every pallet. The ministry of supply likely lost track of the load when its own
escort turned back at the second bridge. Nobody in the valley has seen the lorries since, although
a shepherd found straw and a broken seal beside the northern track. The seal bears the number of
a warehouse that was closed in spring, when its last guards were not paid."""
OTHER = """Farmers along the lower canal say that the harvest will fail unless the sluice is mended.
The district engineer promised pumps in March, but the pumps stand in a yard without motors.
A teacher collected names for a letter to the governor, and three hundred people signed it in one
evening. The governor's office has an open day each Thursday, at which no farmer has yet been heard.
Rain is not expected before the autumn, and the wells of four hamlets are already brackish. Prices
of fodder have doubled in the market, so that many families sell goats which they meant to keep."""
QUOTE = STORY[STORY.index("A clerk") : STORY.index("The ministry")].strip()


def document(name: str, text: str, **facts: object) -> Document:
    return Document(f"doc-{name}", "snap", text, **facts)


def test_a_later_whole_copy_is_a_reprint_of_the_earlier():
    old = document("b", STORY, date_published=date(2020, 3, 1))
    new = document("a", STORY, date_published=date(2020, 3, 4))
    (found,) = find_reprints([new, old])
    assert (found.copy, found.of, found.relation) == ("doc-a", "doc-b", Relation.REPRINT)
    assert found.directed
    assert found.share == 1.0
    assert "4 March 2020" in found.because


def test_a_trimmed_copy_is_a_reprint_with_its_place():
    sentences = STORY.split(". ")
    text = ". ".join(sentences[2:5])
    old = document("old", STORY, date_published=date(2020, 3, 1))
    new = document("new", text, date_published=date(2020, 3, 4))
    (found,) = find_reprints([old, new])
    assert found.relation is Relation.REPRINT
    assert found.share > 0.95


def misread(text: str, every: int) -> str:
    """Return the text with each so-many-th letter read wrong, and its lines cut by hyphens."""
    wrong = {"m": "rn", "l": "1", "o": "0", "e": "c", "h": "b", "i": "l", "s": "5", " ": "-\n"}
    read = (wrong.get(char, char) if at % every == 0 else char for at, char in enumerate(text))
    return "".join(read)


def reworded(text: str, every: int) -> str:
    """Return the text with each so-many-th word put in other words."""
    words = text.split()
    words[::every] = [f"other {word[::-1]}" for word in words[::every]]
    return " ".join(words)


@pytest.mark.parametrize(
    "changed",
    [misread(STORY, 50), misread(STORY, 23), reworded(STORY, 10), reworded(STORY, 7)],
    ids=["2 letters misread in 100", "4 in 100", "a word changed in 10", "in 7"],
)
def test_a_badly_scanned_or_lightly_rewritten_copy_is_a_reprint(changed):
    old = document("old", STORY, date_published=date(2020, 3, 1))
    new = document("new", changed, date_published=date(2020, 3, 4))
    (found,) = find_reprints([new, old, document("other", OTHER)])
    assert (found.copy, found.of, found.relation) == ("doc-new", "doc-old", Relation.REPRINT)
    assert found.share > 0.6


@pytest.mark.parametrize(
    "quoted",
    [
        QUOTE,
        QUOTE.replace("had signed for", "signed earlier for").replace("pallet", "pa11et"),
        QUOTE.upper(),
        QUOTE.replace(" ", "  \n", 6),
    ],
)
def test_one_quoted_sentence_in_another_article_is_an_excerpt(quoted):
    half = OTHER.index("The governor's")
    text = f"{OTHER[:half]}“{quoted}” {OTHER[half:]}"
    old = document("old", STORY, date_published=date(2020, 3, 1))
    new = document("new", text, date_published=date(2020, 3, 9))
    (found,) = find_reprints([old, new])
    (span,) = found.spans
    assert (found.relation, found.copy) == (Relation.EXCERPT, "doc-new")
    copied = text[span.copy_start : span.copy_end]
    assert fuzz.ratio(copied.casefold(), STORY[span.of_start : span.of_end].casefold()) > 75
    assert 0.1 < found.share < 0.4


def test_unrelated_articles_share_nothing():
    assert list(find_reprints([document("a", STORY), document("b", OTHER)])) == []


def test_words_of_navigation_and_licence_are_not_reuse():
    notice = STORY[:300]
    texts = [f"{notice}\n{body}" for body in (OTHER, "The pumps came by train at last. " * 3)]
    parts = (Section(SectionKind.LICENCE, 0, len(notice)),)
    pages = [document(str(i), text, sections=parts) for i, text in enumerate(texts)]
    assert list(find_reprints(pages)) == []


def test_a_notice_under_two_texts_is_not_reuse():
    notice = "\nRead more of our work on the valley, write to the desk, or give what you can today."
    assert list(find_reprints([document("a", STORY + notice), document("b", OTHER + notice)])) == []


def test_a_sentence_in_many_texts_is_boilerplate_but_a_story_in_many_papers_is_not():
    words = [
        f"{chr(97 + i)}{chr(97 + j)}{chr(97 + k)}"
        for i in range(9)
        for j in range(9)
        for k in range(9)
    ]
    own = [" ".join(words[i * 40 : i * 40 + 40]) for i in range(16)]
    quoting = [document(f"q{i}", f"{own[i]} {QUOTE} {own[i][::-1]}") for i in range(16)]
    assert list(find_reprints(quoting)) == []
    papers = [document(f"p{i:02}", STORY) for i in range(16)]
    found = list(find_reprints(papers))
    assert {each.copy for each in found} | {each.of for each in found} == {p.id for p in papers}


def test_one_form_filled_in_with_other_numbers_is_not_reuse():
    form = (
        "The gauge at the lower bridge stood at {} centimetres at dawn and {} at dusk, {} less "
        "than in the week before, and the keeper let {} boats pass through the lock that day."
    )
    texts = [
        f"{STORY[:300]} {form.format(212, 208, 9, 14)} {STORY[300:]}",
        f"{OTHER[:300]} {form.format(187, 190, 3, 22)} {OTHER[300:]}",
    ]
    assert list(find_reprints([document("a", texts[0]), document("b", texts[1])])) == []
    kept = texts[1].replace(form.format(187, 190, 3, 22), form.format(212, 208, 9, 14))
    assert len(list(find_reprints([document("a", texts[0]), document("b", kept)]))) == 1


def test_a_first_paragraph_that_one_text_took_over_is_an_excerpt():
    lead = STORY[: STORY.index("A clerk")]
    pages = [document("a", STORY * 2), document("b", lead + OTHER)]
    (found,) = find_reprints(pages)
    assert (found.relation, found.directed) == (Relation.EXCERPT, False)


def test_stock_phrases_do_not_count():
    stock = (
        "The claim could not be independently verified, and the ministry did not immediately "
        "respond to a request for comment."
    )
    texts = [f"{body[:200]} {stock} {body[200:]}" for body in (STORY, OTHER)]
    assert list(find_reprints([document("a", texts[0]), document("b", texts[1])])) == []


def test_a_source_line_tells_direction_against_the_page_date():
    line = SourceLine(0, 1, publisher="The Valley Herald")
    archive = document("a", STORY, source_line=line, date_published=date(2020, 3, 1))
    original = document("b", STORY, publisher="Valley Herald", date_published=date(2020, 3, 2))
    (found,) = find_reprints([archive, original])
    assert (found.copy, found.of) == ("doc-a", "doc-b")
    assert "source line" in found.because


def test_a_text_that_names_the_other_is_the_copy_where_no_date_tells():
    text = f"The Valley Herald writes: {QUOTE} {OTHER}"
    original = document("z", STORY, publisher="The Valley Herald")
    (found,) = find_reprints([document("a", text, publisher="Canal Post"), original])
    assert (found.copy, found.directed, found.relation) == ("doc-a", True, Relation.EXCERPT)


def test_without_anything_to_tell_the_pair_is_in_id_order():
    (found,) = find_reprints([document("b", STORY), document("a", STORY)])
    assert (found.copy, found.of, found.directed) == ("doc-a", "doc-b", False)


def test_one_authors_words_half_a_year_later_are_shared():
    text = f"{OTHER} {QUOTE} {OTHER[::-1]}"
    old = document("a", STORY, byline="R. Amin", date_published=date(2020, 3, 1))
    new = document("b", text, byline="By R. Amin", date_published=date(2020, 9, 20))
    (found,) = find_reprints([old, new])
    assert found.relation is Relation.SHARED
    assert (found.copy, found.directed) == ("doc-b", True)


def test_an_empty_text_and_a_repeated_document_do_no_harm():
    page = document("a", STORY)
    assert list(find_reprints([page, page, document("b", ""), document("c", "…")])) == []


def test_text_without_spaces_is_compared_by_character():
    old = "武装人员周日夜间在采石场公路上夺走了一队绿色卡车两名逃到邻村的司机说"
    old += "箱子里装的是用稻草包着的迫击炮弹"
    new = f"据报道，{old}。农民说如果不修水闸今年的收成就会失败。"
    (found,) = find_reprints([document("a", old), document("b", new)])
    assert found.copy == "doc-a"


WORDS = [f"w{chr(97 + i)}{chr(97 + j)}" for i in range(20) for j in range(10)]
texts = st.lists(st.sampled_from(WORDS), min_size=30, max_size=80)


@st.composite
def collections(draw):
    bases = draw(st.lists(texts, min_size=2, max_size=4))
    pages = []
    for number in range(draw(st.integers(2, 6))):
        base, other = draw(st.sampled_from(bases)), draw(st.sampled_from(bases))
        cut = draw(st.integers(0, 30))
        words = base[cut:] + (other[:25] if draw(st.booleans()) else [])
        day = draw(st.none() | st.integers(0, 400).map(lambda d: date(2020, 1, 1) + timedelta(d)))
        pages.append(document(f"{number}", " ".join(words), date_published=day))
    return pages


@settings(max_examples=60, deadline=None)
@given(collections(), st.randoms())
def test_order_never_matters_and_spans_hold_near_equal_words(pages, rng):
    found = list(find_reprints(pages))
    shuffled = list(pages)
    rng.shuffle(shuffled)
    assert list(find_reprints(shuffled)) == found
    by_id = {page.id: page.text for page in pages}
    for each in found:
        assert 0 < each.share <= 1
        for span in each.spans:
            copied = by_id[each.copy][span.copy_start : span.copy_end]
            original = by_id[each.of][span.of_start : span.of_end]
            assert fuzz.ratio(copied, original) >= 100 * ReprintOptions().likeness
        starts = [span.copy_start for span in each.spans]
        assert starts == sorted(starts)


@settings(max_examples=40, deadline=None)
@given(texts, st.integers(0, 5))
def test_a_whole_copy_is_always_found_and_whole(words, offset):
    text = " ".join(words)
    old = document("old", text, date_published=date(2020, 1, 1))
    new = document("new", text, date_published=date(2020, 1, 2 + offset))
    found = list(find_reprints([old, new]))
    distinct = len(set(words)) > 25
    assert not distinct or [each.share for each in found] == [1.0]
