"""The walk over markup: text as a browser lays it out, and paths that lead back to it."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from enduse.model.document import SectionKind
from enduse.read.markup.flat import flatten_markup
from enduse.read.markup.guard import is_costly
from enduse.read.markup.walk import walk_page


def walk(markup):
    return walk_page(LexborHTMLParser(markup))


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>a <b>b</b>c<i> d</i></p>", "a bc d"),
        ("<p>a<b> </b>c", "a c"),
        ("<p> a \n b\tc </p>\n<p>d</p>", "a b c\n\nd"),
        ("a<br>b<br><br>c<br>\n<br>d", "a\nb\n\nc\n\nd"),
        ("a<div>b<div>c</div></div>d", "a\n\nb\n\nc\n\nd"),
        ("<ul><li>a<li>b</ul>", "a\n\nb"),
        ("<table><tr><td>a<td>b<tr><td>c<td></td><td>d</table>", "a\tb\n\nc\td"),
        ("<table><tr><td>a<table><tr><td>b<td>c</table><td>d</table>", "a\n\nb\tc\n\nd"),
        ("<pre>a\n  b\n<b>c</b> d\n</pre>e", "a\n  b\nc d\n\n\ne"),
        ("<p>&lt;b&gt; &amp;amp; &#x1F680; &eacute;</p>", "<b> &amp; 🚀 é"),
        ("<p>a&nbsp;&nbsp;b\u2003c\u200b</p>", "a\u00a0\u00a0b\u2003c\u200b"),
        ("<p>e\u0301 \u202bبندقية\u202c</p>", "e\u0301 \u202bبندقية\u202c"),
        ("<p>a<script>b</script><style>c</style><!-- d -->e", "ae"),
        ("<p>a<template>b</template><noscript>c</noscript>", "a"),
        (
            "<p>a</p><p hidden>b</p><p aria-hidden=true>c</p><p style='display:none'>d</p>e",
            "a\n\ne",
        ),
        ("<p>a<wbr>b&shy;c", "ab\u00adc"),
        ("<p>a<svg><text>b</text></svg><select><option>c</select>d", "ad"),
        ("", ""),
        ("<!-- only -->", ""),
    ],
)
def test_text(markup, text):
    assert walk(markup).text == text


def test_path_leads_to_the_element():
    tree = LexborHTMLParser("<div><p>one<p>two <span>three</span></div><div><p>four</div>")
    page = walk_page(tree)
    for anchor in page.anchors:
        steps = re.findall(r"/(\w+)\[(\d+)\]", anchor.path)
        query = " > ".join(f"{tag}:nth-of-type({number})" for tag, number in steps)
        (node,) = tree.css(query)
        assert node.text(deep=True).strip() == page.text[anchor.start : anchor.end]


def kinds(markup):
    page = walk(markup)
    return {page.text[block.start : block.end]: block.hint for block in page.blocks}


@pytest.mark.parametrize(
    ("markup", "kind"),
    [
        ("<nav>x</nav>", SectionKind.NAVIGATION),
        ("<footer>x</footer>", SectionKind.NAVIGATION),
        ("<aside><p>x</p></aside>", SectionKind.NAVIGATION),
        ("<header>x</header>", SectionKind.NAVIGATION),
        ("<div role=navigation>x</div>", SectionKind.NAVIGATION),
        ("<div class='site-menu'>x</div>", SectionKind.NAVIGATION),
        ("<div id=related-posts>x</div>", SectionKind.NAVIGATION),
        ("<div class='donate-box'>x</div>", SectionKind.DONATION),
        ("<div class=copyright>x</div>", SectionKind.LICENCE),
        ("<figure><figcaption>x</figcaption></figure>", SectionKind.CAPTION),
        ("<p class=wp-caption>x</p>", SectionKind.CAPTION),
        ("<h1>x</h1>", SectionKind.TITLE),
        ("<div class='no-menu'>x</div>", None),
        ("<div class='menubarred'>x</div>", None),
        ("<article class='tag-license'>x</article>", None),
        ("<div class='ad'><article>x</article></div>", None),
        ("<p>x</p>", None),
    ],
)
def test_kind_by_markup(markup, kind):
    story = "<p>" + "A long story is told here of two rifles. " * 5
    assert kinds(markup + story)["x"] is kind


def test_class_that_would_hold_most_of_the_page_is_no_menu():
    story = "A long story is told here of two rifles. " * 5
    page = f"<div class=sidebar><p>{story}</p></div><p>Short.</p>"
    assert kinds(page)[story.strip()] is None


def test_header_with_the_headline_is_part_of_the_story():
    assert kinds("<header><h1>A</h1><p>x</p></header>")["x"] is None


@pytest.mark.parametrize(
    "markup",
    [
        "<p>One</p>" * 5000,
        "<div><ul><li><a href=x>One</a></li></ul></div>" * 2000,
        "<table>" + "<tr><td><font size=1>a</font></td></tr>" * 5000 + "</table>",
        "<p>" + "word " * 50_000,
        '<img src="data:image/png;base64,' + "A" * 300_000 + '">',
    ],
    ids=range(5),
)
def test_ordinary_large_pages_are_not_costly(markup):
    assert not is_costly(markup)


@given(st.lists(st.sampled_from(["<p>", "<div a='>'>", "</p>", "x ", "<", "&lt;", "<!--", "-->"])))
def test_flat_text_holds_no_more_than_the_markup(pieces):
    markup = "".join(pieces)
    assert len(flatten_markup(markup)) <= len(markup) + markup.count("<")
    assert is_costly(markup) is False
