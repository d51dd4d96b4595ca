"""What ties two documents together beside text that both hold."""

from dataclasses import replace
from datetime import date
from itertools import permutations

import pytest

from enduse.fuse.copies import Copies
from enduse.fuse.ties import Voice, find_ties
from enduse.fuse.witnesses import Evidence, weigh_testimony
from enduse.model.claim import Claim, ClaimKind, Publication, Speaker
from enduse.model.document import Span
from enduse.model.reprint import Relation, Reprint

LONG = "The hill brigade took nine launchers from the harbour guard on the night of the ceasefire."


@pytest.mark.parametrize(
    ("left", "right", "tied"),
    [
        (LONG, LONG, True),
        (LONG, LONG.upper().replace(" ", "\n"), True),
        (LONG, LONG.replace("nine", "ten"), False),
        ("They took nine launchers.", "They took nine launchers.", False),
    ],
)
def test_a_long_sentence_in_common_is_one_voice(left, right, tied):
    voices = [
        Voice(
            name,
            Publication(name, publisher=f"The {name} Post"),
            (Claim("c", name, ClaimKind.TRANSFER, (), Span(name, 0, len(quote), quote)),),
        )
        for name, quote in (("doc-1", left), ("doc-2", right))
    ]
    strengths = [tie.strength for tie in find_ties(*voices, {"tie:same-publisher": 0.5})]
    assert (1.0 in strengths) is tied


def story(name, day, *, publisher, quotes=None):
    speaker = () if quotes is None else (Speaker(quotes, quotes),)
    claim = Claim(f"claim-{name}", name, ClaimKind.TRANSFER, (), attribution=speaker)
    return claim, Publication(name, publisher=publisher, published=date(2015, 6, day))


def weigh(stories, reprints=()):
    numbers = {"tie:same-publisher": 0.5, "tie:same-video": 0.75, "tie:unknown-origin": 0.25}
    told = {publication.document_id: publication for _, publication in stories}
    evidence = Evidence(Copies(reprints), told, numbers, {})
    return weigh_testimony([claim for claim, _ in stories], evidence)


NEWS = [
    story("early", 3, publisher="Harbour Journal"),
    story("late", 8, publisher="Harbour Journal"),
    story("after", 20, publisher="Harbour Journal"),
]


@pytest.mark.parametrize("order", list(permutations(range(4))))
def test_who_cites_a_newspaper_does_not_make_its_articles_one_voice(order):
    stories = [*NEWS, story("citing", 10, publisher="Hill Post", quotes="Harbour Journal")]
    found = weigh([stories[at] for at in order])
    assert {each.members for each in found.groups} == {("after",), ("citing", "late"), ("early",)}
    alone = weigh(NEWS)
    assert found.independent == pytest.approx(alone.independent)
    assert found.interval == alone.interval


@pytest.mark.parametrize("order", list(permutations(range(4))))
def test_a_newspaper_in_two_ways_of_writing_is_cited_once(order):
    news = [
        story("early", 3, publisher="Hill Post"),
        story("late", 8, publisher="The Hill-Post"),
        story("after", 20, publisher="THE HILL POST"),
    ]
    stories = [*news, story("citing", 10, publisher="Canal Digest", quotes="the Hill Post")]
    found = weigh([stories[at] for at in order])
    assert {each.members for each in found.groups} == {("after",), ("citing", "late"), ("early",)}
    assert found.independent == pytest.approx(weigh(news).independent)


def test_who_cites_two_newspapers_is_tied_to_an_article_of_each():
    claim, facts = story("citing", 10, publisher="Canal Digest", quotes="Hill Post")
    both = (Speaker("Hill Post", "Hill Post"), Speaker("Harbour Journal", "Harbour Journal"))
    stories = [*NEWS, story("other", 4, publisher="The Hill Post")]
    found = weigh([*stories, (replace(claim, attribution=both), facts)])
    assert {each.members for each in found.groups} == {
        ("after",),
        ("citing", "late", "other"),
        ("early",),
    }


def test_of_two_articles_that_is_cited_whose_words_are_taken_over():
    citing = story("citing", 10, publisher="Hill Post", quotes="Harbour Journal")
    reprint = Reprint("r", "citing", "early", Relation.EXCERPT, 0.2, directed=True)
    found = weigh([*NEWS, citing], [reprint])
    assert ("citing", "early") in [each.members for each in found.groups]


def test_who_cites_what_came_out_only_later_is_tied_to_the_first():
    found = weigh([*NEWS, story("citing", 1, publisher="Hill Post", quotes="Harbour Journal")])
    assert ("citing", "early") in [each.members for each in found.groups]


def test_a_newspaper_with_one_article_is_still_tied():
    found = weigh([NEWS[0], story("citing", 10, publisher="Hill Post", quotes="Harbour Journal")])
    assert [each.members for each in found.groups] == [("citing", "early")]


@pytest.mark.parametrize(
    ("based_on", "address", "tied"),
    [
        ("https://example.org/a/?utm_source=x", "http://www.example.org/a", True),
        ("https://example.org/a", "https://example.org/b", False),
        ("https://example.org/a", None, False),
    ],
)
def test_a_page_whose_markup_names_another_as_its_base_depends_on_it(based_on, address, tied):
    claims = [Claim(f"c{at}", name, ClaimKind.TRANSFER, ()) for at, name in enumerate("ab")]
    pages = [
        Publication("a", date(2015, 6, 9), "Hill Post", based_on=(based_on,)),
        Publication("b", date(2015, 6, 3), "Harbour Journal", address=address),
    ]
    found = weigh(list(zip(claims, pages, strict=True)))
    assert (len(found.groups) == 1) is tied
    assert (Relation.BASED_ON in {each.kind for each in found.forest}) is tied
    if tied:
        (edge,) = found.forest
        assert (edge.document_id, edge.on, edge.directed) == ("a", "b", True)
        assert found.groups[0].root == "b"


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
@pytest.mark.parametrize("day", [1, 3, 10, None])
def test_the_root_is_the_cited_article_whatever_the_days_say(order, day):
    citing, facts = story("citing", 1, publisher="Hill Post", quotes="Harbour Journal")
    published = date(2015, 6, day) if day else None
    stories = [NEWS[0], (citing, replace(facts, published=published))]
    found = weigh([stories[at] for at in order])
    assert [each.root for each in found.groups] == ["early"]
    (edge,) = found.forest
    assert (edge.document_id, edge.on, edge.kind) == ("citing", "early", Relation.QUOTES)
    assert edge.directed


def test_the_root_is_the_base_that_markup_names_whatever_the_days_say():
    claims = [Claim(f"c{at}", name, ClaimKind.TRANSFER, ()) for at, name in enumerate("ab")]
    pages = [
        Publication("a", date(2015, 6, 1), "Hill Post", based_on=("https://example.org/b",)),
        Publication("b", date(2015, 6, 3), "Harbour Journal", address="https://example.org/b"),
    ]
    found = weigh(list(zip(claims, pages, strict=True)))
    assert [each.root for each in found.groups] == ["b"]


def test_a_chain_of_citations_ends_at_its_last_link():
    chain = [
        story("first", 2, publisher="Canal Digest", quotes="Hill Post"),
        story("second", 4, publisher="The Hill Post", quotes="the Harbour Journal"),
        story("third", 9, publisher="Harbour Journal"),
    ]
    found = weigh(chain)
    assert [each.root for each in found.groups] == ["third"]
    assert [(each.document_id, each.on) for each in found.forest] == [
        ("second", "third"),
        ("first", "second"),
    ]


def test_who_cite_one_another_in_a_ring_are_one_voice_of_the_first():
    ring = [
        story("one", 4, publisher="Hill Post", quotes="Harbour Journal"),
        story("two", 2, publisher="Harbour Journal", quotes="Hill Post"),
    ]
    found = weigh(ring)
    assert [each.root for each in found.groups] == ["two"]
    assert found.independent == 1.0
