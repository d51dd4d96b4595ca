"""E-mail messages: body, subject, sender, day; HTML bodies; what holds no text."""

from datetime import UTC, date, datetime
from email.message import EmailMessage

import pytest

from enduse.model.problem import Problem
from enduse.model.snapshot import Fetched
from enduse.preserve import make_snapshot
from enduse.read import read_document


def make(subject="Rifles at the harbour", **headers):
    message = EmailMessage()
    message["From"] = "Ana Roe <ana@example.org>"
    message["Message-ID"] = "<1@example.org>"
    message["Subject"] = subject
    message["Date"] = headers.get("date", "Mon, 03 Feb 2014 23:10:00 -0500")
    return message


def read(message):
    body = message if isinstance(message, bytes) else bytes(message)
    fetched = Fetched("a.eml", body, "message/rfc822", datetime(2020, 1, 1, tzinfo=UTC), "test 1")
    return read_document(make_snapshot(fetched), body)


def test_plain_body_goes_before_html_and_headers_tell_the_facts():
    message = make()
    message.set_content("Two rifles – بندقيتان – were found in the depot.\n")
    message.add_alternative("<p>Other words.</p>", subtype="html")
    document = read(message)
    assert document.text.strip() == "Two rifles – بندقيتان – were found in the depot."
    assert (document.title, document.byline) == ("Rifles at the harbour", "Ana Roe")
    assert document.date_published == date(2014, 2, 3)


def test_html_body_is_read_as_a_page():
    message = make()
    message.set_content("<p>Two rifles<p>were found", subtype="html", charset="windows-1252")
    document = read(message)
    assert document.text == "Two rifles\n\nwere found"
    assert document.anchors


def test_coded_headers_are_read():
    message = make(subject="Винтовки на складе")
    message.set_content("Two rifles were found.")
    assert read(message).title == "Винтовки на складе"


@pytest.mark.parametrize(
    "day", ["soon", "Mon, 99 Feb 2014 10:00:00 +0000", "3 May 2031 10:00:00 +0000"]
)
def test_bad_day_is_no_day(day):
    raw = f"Message-ID: <1@a>\nFrom: a\nDate: {day}\n\nTwo rifles were found.\n".encode()
    assert read(raw).date_published is None


def test_attachment_alone_is_refused():
    message = make()
    message.set_content(b"\x00\x01", maintype="application", subtype="octet-stream")
    problem = read(message)
    assert isinstance(problem, Problem)
    assert problem.message == "the message's body holds no text"


def test_note_that_begins_like_a_message_is_plain_text():
    body = b"Date: 3 May 2014\nTo: all\n\nTwo rifles were found."
    fetched = Fetched("a.txt", body, "", datetime(2020, 1, 1, tzinfo=UTC), "test 1")
    assert read_document(make_snapshot(fetched), body).text.startswith("Date: 3 May")
