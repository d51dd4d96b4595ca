"""Source lines, notices, bylines and dates, one line at a time; and facts from markup."""

from datetime import UTC, date, datetime

import pytest

from enduse.model.snapshot import Fetched
from enduse.preserve import make_snapshot
from enduse.read import read_document, read_snapshot
from enduse.read.dates import find_dates, parse_day
from enduse.read.decode import decode_text
from enduse.read.language import choose_language
from enduse.read.markup.facts import split_window_title
from enduse.read.notices import parse_byline, parse_dateline, parse_notice
from enduse.read.source_lines import find_source_line

STORY = "The guards found forty rifles in a depot near the harbour on the first night of the year."


def read(text, when=datetime(2020, 1, 1, tzinfo=UTC), media_type="text/plain"):
    body = text.encode()
    return read_document(make_snapshot(Fetched("a", body, media_type, when, "test 1")), body)


@pytest.mark.parametrize(
    ("line", "byline", "publisher", "day"),
    [
        ("[Source: By Ana Roe, The Gazette, 03Feb14]", "Ana Roe", "The Gazette", "2014-02-03"),
        ("Source: By Ana Roe, Notes, The Post, Oslo, 03Feb14", "Ana Roe", "The Post", "2014-02-03"),
        ("Source: Ana Roe, Harbour Post, 3 February 2014", "Ana Roe", "Harbour Post", "2014-02-03"),
        ("Source: Harbour Post, Oslo, 3 February 2014", None, "Harbour Post", "2014-02-03"),
        ("Source: Harbour Post", None, "Harbour Post", None),
        ("(Source: Harbour, 3.2.2014)", None, "Harbour", "2014-02-03"),
        ("(Reprinted from The Gazette, February 3, 2014)", None, "The Gazette", "2014-02-03"),
        ("This article first appeared in The Post on 03Feb14.", None, "The Post", "2014-02-03"),
        ("Originally published by Harbour Post and is shared here.", None, "Harbour Post", None),
        ("Originally published at Field Gazette Online", None, "Field Gazette Online", None),
        ("Fuente: El Diario, 3 de febrero de 2014", None, "El Diario", "2014-02-03"),
        ("Впервые опубликовано: Вестник, 3 февраля 2014", None, "Вестник", "2014-02-03"),
        ("المصدر: صحيفة الميناء، ٣ فبراير ٢٠١٤", None, "صحيفة الميناء", "2014-02-03"),
    ],
)  # fmt: skip
def test_source_line(line, byline, publisher, day):
    found = find_source_line(line, 7, bracketed=False)
    assert (found.byline, found.publisher) == (byline, publisher)
    assert (found.date.isoformat() if found.date else None) == day
    assert (found.start, found.end) == (7, 7 + len(line))


@pytest.mark.parametrize(
    "line",
    ["Source:", "The source: a guard.", "Sources said so.", "Source: " + "x" * 500, "", "["],
)
def test_no_source_line(line):
    assert find_source_line(line, 0, bracketed=False) is None


def test_plain_source_line_amid_a_text_needs_brackets_or_a_day():
    text = f"A heading of four words\n\n{STORY}\n\nSource: Harbour Post\n\n{STORY}"
    assert read(text).source_line is None
    text = text.replace("Source: Harbour Post", "Source: Harbour Post, 3 May 2014")
    assert read(text).source_line.publisher == "Harbour Post"


def test_day_ahead_of_the_fetch_is_refused():
    text = f"A heading of four words\n3 May 2031\n\n{STORY}\n\n[Source: The Gazette, 3 May 2031]"
    document = read(text)
    assert document.date_published is None
    assert (document.source_line.publisher, document.source_line.date) == ("The Gazette", None)


def test_day_is_not_taken_from_an_address():
    fetched = Fetched(
        "https://example.org/2014/05/03/a", STORY.encode(), "", datetime(2020, 1, 1, tzinfo=UTC), ""
    )
    document = read_document(make_snapshot(fetched), fetched.body)
    assert document.date_published is None
    assert document.address == "https://example.org/2014/05/03/a"


def test_notice_goes_before_the_day_of_the_original():
    text = (
        f"A heading of four words\nBy Ana Roe\n3 May 2014\n\n{STORY}\n\n"
        "This page has been published on 9 May 2014 by the Field Archive."
    )
    document = read(text)
    assert document.date_published == date(2014, 5, 9)
    assert (document.publisher, document.byline) == ("Field Archive", "Ana Roe")


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("By Ana Roe", "Ana Roe"),
        ("BY ANA ROE", "ANA ROE"),
        ("By Ana Roe and Bo Li in Oslo", "Ana Roe and Bo Li"),
        ("By Ana Roe, Harbour Post", "Ana Roe"),
        ("By Ana Roe | 3 May 2014", "Ana Roe"),
        ("By Omar al-Said", "Omar al-Said"),
        ("Par Ana Roe", "Ana Roe"),
        ("By Monday the guards were gone from there.", None),
        ("By force", None),
        ("Ana Roe", None),
    ],
)
def test_byline(line, name):
    assert parse_byline(line) == name


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Oslo, 3 May 2014", date(2014, 5, 3)),
        ("May 3, 2014 at 10:15 am", date(2014, 5, 3)),
        ("3 мая 2014 г.", date(2014, 5, 3)),
        ("The depot was searched on 3 May 2014.", None),
        ("3 May", None),
    ],
)
def test_dateline(line, day):
    assert parse_dateline(line) == day


def test_notice_of_two_publishers_keeps_both_unless_one_heads_the_page():
    line = "This document has been published on 05Feb14 by the Field Archive and Harbour Trust."
    assert parse_notice(line).publisher == "Field Archive and Harbour Trust"
    text = f"Field Archive\n\nA heading of four words\n\n{STORY}\n\n{line}"
    assert read(text).publisher == "Field Archive"


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("13/05/2014 and 05/13/2014", ["2014-05-13", "2014-05-13"]),
        ("05/05/2014", ["2014-05-05"]),
        ("05/06/2014", []),
        ("2014-05-03 10:00", ["2014-05-03"]),
        ("3rd of May, 2014", ["2014-05-03"]),
        ("3-May-14", ["2014-05-03"]),
        ("29 February 2013", []),
        ("7.62.2014", []),
        ("no. 3 May 14 men", []),
        ("5 تشرين الأول 2014", ["2014-10-05"]),
        ("9 يونيو/حزيران 2015", ["2015-06-09"]),
        ("1er juin 2015", ["2015-06-01"]),
        ("3 May 1066", []),
    ],
)
def test_dates(text, days):
    assert [found.day.isoformat() for found in find_dates(text)] == days


def test_day_of_a_stated_time_is_the_publishers_own():
    assert parse_day("2014-02-03T23:30:00-05:00") == date(2014, 2, 3)


@pytest.mark.parametrize(
    ("words", "title", "site"),
    [
        ("Two rifles found | The Gazette", "Two rifles found", "The Gazette"),
        ("Two rifles found - News - Gazette", "Two rifles found", "News"),
        ("Two rifles found in T-72", "Two rifles found in T-72", None),
        ("Gazette | Two rifles found", "Gazette | Two rifles found", None),
    ],
)
def test_window_title(words, title, site):
    found = split_window_title(words)
    assert found[0] == title
    if site != "News":
        assert found[1] == site


@pytest.mark.parametrize(
    ("text", "encoding", "stated"),
    [
        ("Кирпич на складе у порта лежал до понедельника.", "windows-1251", None),
        ("Кирпич на складе у порта лежал до понедельника.", "koi8-r", "koi8-r"),
        ("قالت الوزارة إن الشرطة عثرت على بنادق في المستودع.", "windows-1256", None),
        ("قالت الوزارة إن الشرطة عثرت على بنادق في المستودع.", "utf-16-be", None),
        ("“Two rifles” – found near the harbour, a guard said on Monday.", "cp1252", None),
        ("Two rifles", "utf-16-le", None),
        ("Бандаж", "utf-8", "windows-1251"),
        ("Two rifles", "utf-8", "utf-16"),
        ("銃が二つ見つかった", "iso2022_jp", "iso-2022-jp"),
    ],
)  # fmt: skip
def test_encodings(text, encoding, stated):
    assert decode_text(text.encode(encoding), stated).text == text


CUT = "He said “the rifles came from Côte d’Ivoire” and left."


@pytest.mark.parametrize(
    ("body", "stated", "text"),
    [
        (CUT.encode() + "”".encode()[:2], None, CUT + "\ufffd"),
        (CUT.encode() + b" caf\xe9", None, CUT + " caf\ufffd"),
        (CUT.encode() + b" caf\xe9", "iso-8859-1", CUT + " caf\ufffd"),
        ("Côte ".encode() + b"caf\xe9", "utf-8", "Côte caf\ufffd"),
    ],
)
def test_one_damaged_byte_does_not_garble_the_rest(body, stated, text):
    found = decode_text(body, stated)
    assert (found.text, found.damaged) == (text, 1)


@pytest.mark.parametrize("stated", [None, "utf-8"])
@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Кирпич на складе у порта лежал до понедельника.", "windows-1251"),
        ("A café near the depot, and a “guard” – said on Monday.", "cp1252"),
    ],
)
def test_other_encodings_are_not_taken_for_damaged_utf_8(text, encoding, stated):
    found = decode_text(text.encode(encoding), stated)
    assert (found.text, found.damaged) == (text, 0)


@pytest.mark.parametrize("media_type", ["text/plain", "text/html"])
def test_damaged_characters_are_told_beside_the_document(media_type):
    body = CUT.encode() + b"\xe9 The end."
    when = datetime(2020, 1, 1, tzinfo=UTC)
    document, problem = read_snapshot(
        make_snapshot(Fetched("a", body, media_type, when, "test 1")), body
    )
    assert "d’Ivoire” and left.\ufffd The end." in document.text
    assert problem.message.endswith("in the text: 1")
    assert (problem.subject, problem.stage) == ("a", "read")


def test_marks_of_damage_that_the_text_came_with_are_not_told_again():
    assert decode_text("rifl\ufffds".encode()).damaged == 0


@pytest.mark.parametrize(
    "stated", ["base64", "rot13", "idna", "undefined", "no-such", "utf-7", "\0"]
)
def test_stated_charset_that_is_none_is_passed_over(stated):
    assert decode_text(b"Two rifles +AGE-", stated).text == "Two rifles +AGE-"


@pytest.mark.parametrize(
    ("text", "stated", "code"),
    [
        (STORY, None, "en"),
        (STORY, "fr", "fr"),
        ("قالت الوزارة إن الشرطة عثرت على بنادق في المستودع قرب الميناء يوم الاثنين", "en", "ar"),
        ("Short.", None, None),
        ("Short.", "DE-at", "de"),
        ("Short.", "english", None),
    ],
)
def test_language(text, stated, code):
    assert choose_language(text, stated) == code


def test_linked_data_of_other_things_is_passed_over():
    data = (
        '{"@type": "Event", "datePublished": "2001-01-01"}',
        "{broken",
        '[{"@type": "NewsArticle", "datePublished": "2014-05-03", "publisher": {"name": "Post"}}]',
    )
    scripts = "".join(f'<script type="application/ld+json">{item}</script>' for item in data)
    page = f"{scripts}<h1>A heading of four words</h1><p>{STORY}</p>"
    document = read(page, media_type="text/html")
    assert (document.date_published, document.publisher) == (date(2014, 5, 3), "Post")


def test_day_in_markup_ahead_of_the_fetch_is_refused():
    page = f'<meta property="article:published_time" content="2031-05-03"><p>{STORY}</p>'
    assert read(page, media_type="text/html").date_published is None
