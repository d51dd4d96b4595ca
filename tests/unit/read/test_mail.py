"""E-mail messages: body, subject, sender, day; HTML bodies; what holds no text."""

from datetime import UTC, date, datetime
from email.message import EmailMessage
from email.policy import EmailPolicy

import pytest

from enduse.model.document import SectionKind
from enduse.model.problem import Problem
from enduse.model.snapshot import Fetched
from enduse.preserve import make_snapshot
from enduse.read import read_document, read_snapshot


def make(subject="Rifles at the harbour", **headers):
    message = EmailMessage()
    message["From"] = "Ana Roe <ana@example.org>"
    message["Message-ID"] = "<1@example.org>"
    message["Subject"] = subject
    message["Date"] = headers.get("date", "Mon, 03 Feb 2014 23:10:00 -0500")
    return message


def read_all(message):
    body = message if isinstance(message, bytes) else bytes(message)
    fetched = Fetched("a.eml", body, "message/rfc822", datetime(2020, 1, 1, tzinfo=UTC), "test 1")
    return read_snapshot(make_snapshot(fetched), body)


def read(message):
    return read_all(message)[0]


def add_inline(message, words, subtype="plain"):
    part = EmailMessage()
    part.set_content(words, subtype=subtype)
    message.attach(part)


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
    assert "application/octet-stream" in problem.next_step


def test_texts_around_a_picture_are_read_in_order_and_the_attachments_told():
    message = make()
    message.set_content("First, two rifles were found.")
    message.add_attachment(b"\xff", maintype="image", subtype="jpeg", filename="crate.jpg")
    add_inline(message, "<p>Then the missile was sold.<p>By whom?", "html")
    document, problem = read_all(message)
    first, second = "First, two rifles were found.", "Then the missile was sold.\n\nBy whom?"
    assert document.text.split("\n\n", 1)[0].strip() == first
    assert document.text.endswith(second)
    assert [anchor.path.partition("/")[0] for anchor in document.anchors] == ["part[2]"] * 2
    told = [document.text[anchor.start : anchor.end] for anchor in document.anchors]
    assert told == second.split("\n\n")
    assert problem.message == "attachments that are not read: crate.jpg"
    assert problem.next_step


def test_blank_plain_text_gives_way_to_html():
    message = make()
    message.set_content(" \u00a0\n")
    message.add_alternative("<p>Two rifles were found.</p>", subtype="html")
    (document,) = read_all(message)
    assert document.text == "Two rifles were found."


def test_forwarded_message_is_read_under_its_own_headers():
    inner = make("Forty rifles", date="Tue, 04 Feb 2014 08:00:00 +0000")
    inner.set_content("Inner words: forty rifles were sold.")
    inner.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf", filename="list.pdf")
    message = make("Fwd")
    message.set_content("See below.")
    message.add_attachment(inner)
    document, problem = read_all(message)
    assert document.text.startswith("See below.")
    assert "From: Ana Roe <ana@example.org>\nDate: Tue, 04 Feb 2014" in document.text
    assert "Inner words: forty rifles were sold." in document.text
    assert (document.title, document.date_published) == ("Fwd", date(2014, 2, 3))
    aside = [part for part in document.sections if part.kind is SectionKind.NAVIGATION]
    assert any("Subject: Forty" in document.text[part.start : part.end] for part in aside)
    assert "list.pdf" in problem.message


def test_pictures_that_a_page_shows_and_signatures_are_no_attachments():
    message = make()
    message.set_content("<p>Two rifles were found.<img src=cid:a>", subtype="html")
    message.add_related(b"\xff", maintype="image", subtype="png", cid="<a>")
    signed = (
        b"Message-ID: <1@a>\nContent-Type: multipart/signed; boundary=B\n\n--B\n\n"
        b"Two rifles were found.\n--B\nContent-Type: application/pgp-signature\n\nx\n--B--\n"
    )
    assert [len(read_all(each)) for each in (message, signed)] == [1, 1]


def test_headers_of_many_attachments_are_decoded_for_those_that_are_named(monkeypatch):
    decoded, decode = [], EmailPolicy.header_fetch_parse
    monkeypatch.setattr(
        EmailPolicy, "header_fetch_parse", lambda *given: decoded.append(1) or decode(*given)
    )
    part = b"--B\nContent-Type: image/png\nContent-Disposition: attachment; filename=%d.png\n\nx\n"
    head = b"Message-ID: <1@a>\nContent-Type: multipart/mixed; boundary=B\n\n--B\n\nTwo rifles.\n"
    _, problem = read_all(head + b"".join(part % at for at in range(300)) + b"--B--\n")
    assert problem.message.endswith("18.png, 19.png and 280 more")
    assert len(decoded) < 100


def test_later_messages_of_a_mailbox_are_told():
    head = b"From a@b Tue Feb  3 10:00:00 2014\nMessage-ID: <1@a>\nFrom: a@b\n\n"
    document, problem = read_all(head + b"Two rifles.\n\n" + head + b"Three.\n\n" + head + b"Four.")
    assert document.text == "Two rifles.\n"
    assert "later messages: 2" in problem.message


def test_note_that_begins_like_a_message_is_plain_text():
    body = b"Date: 3 May 2014\nTo: all\n\nTwo rifles were found."
    fetched = Fetched("a.txt", body, "", datetime(2020, 1, 1, tzinfo=UTC), "test 1")
    assert read_document(make_snapshot(fetched), body).text.startswith("Date: 3 May")
