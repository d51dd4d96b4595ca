"""One story and what became of it: a later archive copy, an excerpt with a harder headline, and
an article that the same author wrote half a year before. All of it is one witness."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from enduse.fuse import find_drift, fuse_incidents
from enduse.fuse.drift import compare_copies
from enduse.model.claim import (
    AGAIN,
    Because,
    Certainty,
    Claim,
    ClaimKind,
    Cue,
    Part,
    Publication,
    Role,
)
from enduse.model.document import Document, Section, SectionKind, SourceLine, Span
from enduse.model.drift import Shift
from enduse.model.interchange import with_id
from enduse.model.reprint import Relation, Reprint
from enduse.reprints import find_reprints

BACKGROUND = (
    "The coastal state has sent wire-guided missiles to the River Front since the spring of "
    "2018, and several of the launchers have since been filmed in other hands."
)
CORE = (
    "A film released on Sunday shows fighters of the Black Column firing a wire-guided missile at "
    "an army post near Old Harbour. The launcher was likely captured from the River Front in the "
    "fighting of last winter, when two of its depots changed hands in a week."
)
HARD = CORE.replace("was likely captured", "was captured")
STORY = f"Black Column fires guided missile near Old Harbour\n\n{CORE}\n\n{BACKGROUND}"
COMMENT = (
    "Our readers will remember the debate about the programme. Lawmakers meet on Thursday to hear "
    "how deliveries are watched, and a former inspector is expected to speak for an hour."
)
EXCERPT = (
    f"Black Column captured missile from River Front\n\n{COMMENT} The Harbour Monitor has this: "
    f"{HARD} {COMMENT[::-1]}"
)
BEFORE = (
    "It is not clear where the launcher seen on the northern road came from, and neither side "
    f"wished to speak of it. {BACKGROUND} A shepherd heard two explosions before dawn, he said, "
    "and the road was closed until the evening while an officer counted what was left."
)


def page(name, text, day, **facts):
    title = Section(SectionKind.TITLE, 0, text.index("\n") if "\n" in text else 1)
    return Document(f"doc-{name}", "", text, date_published=day, sections=(title,), **facts)


PAGES = (
    page("monitor", STORY, date(2019, 6, 9), publisher="Harbour Monitor", byline="L. Sabri"),
    page(
        "archive",
        STORY,
        date(2019, 6, 12),
        publisher="Coast Archive",
        source_line=SourceLine(0, 1, "By L. Sabri", "The Harbour Monitor", date(2019, 6, 9)),
    ),
    page("digest", EXCERPT, date(2019, 6, 10), publisher="Policy Digest"),
    page("before", BEFORE, date(2018, 12, 2), publisher="Harbour Monitor", byline="L. Sabri"),
)


class NoRegister:
    version = "0"

    def ancestors(self, entity_id, days=None):
        return ()

    def entity(self, entity_id):
        return None

    def find(self, name, kind=None, on=None, country=None):
        return ()


def capture(document, quote, certainty):
    roles = tuple(
        Role(part, name, reference=name)
        for part, name in (
            (Part.FROM, "river-front"),
            (Part.TO, "black-column"),
            (Part.WEAPON, "guided-missile"),
        )
    )
    start = document.text.index(quote)
    span = Span.of(document, start, start + len(quote))
    claim = Claim("", document.id, ClaimKind.TRANSFER, roles, span, "capture", certainty=certainty)
    return with_id(claim)


@pytest.fixture(scope="module")
def story():
    monitor, archive, digest, _ = PAGES
    hedged = "The launcher was likely captured from the River Front"
    claims = [
        capture(monitor, hedged, Certainty.PROBABLE),
        capture(archive, hedged, Certainty.PROBABLE),
        capture(digest, hedged.replace("likely ", ""), Certainty.CERTAIN),
        capture(digest, "Black Column captured missile from River Front", Certainty.CERTAIN),
    ]
    reprints = list(find_reprints(PAGES))
    incidents = fuse_incidents(claims, map(Publication.of, PAGES), reprints, NoRegister())
    return claims, reprints, incidents


def test_the_copies_are_found_with_their_relation(story):
    _, reprints, _ = story
    found = {(each.copy[4:], each.of[4:]): each.relation for each in reprints}
    assert found["archive", "monitor"] is Relation.REPRINT
    assert found["digest", "monitor"] is Relation.EXCERPT
    assert found["monitor", "before"] is Relation.SHARED
    assert all(each.directed for each in reprints)


def test_all_of_it_is_one_witness_and_stays_probable(story):
    (incident,) = story[2]
    (witness,) = incident.witnesses
    assert witness.document_id == "doc-monitor"
    assert set(witness.copies) == {"doc-archive", "doc-digest"}
    assert incident.certainty is Certainty.PROBABLE
    assert incident.independent == 1.0


def test_the_drift_shows_the_dropped_hedge_and_the_harder_headline(story):
    claims, reprints, incidents = story
    drifts = find_drift(incidents, claims, PAGES, reprints)
    shifts = {(each.shift, each.original_document, each.copy_document) for each in drifts}
    assert (Shift.HEDGE_DROPPED, "doc-monitor", "doc-digest") in shifts
    assert (Shift.HEADLINE_HARDENED, "doc-monitor", "doc-digest") in shifts
    assert not any(each.copy_document == "doc-archive" for each in drifts)


def test_a_headline_joins_what_its_text_tells_even_where_it_names_less(story):
    digest = PAGES[2]
    told = next(claim for claim in story[0] if claim.span.quote.startswith("The launcher was capt"))
    short = Claim(
        "",
        digest.id,
        ClaimKind.TRANSFER,
        tuple(role for role in told.roles if role.part is not Part.FROM),
        Span.of(digest, 0, 46),
        "capture",
    )
    known = [Publication.of(digest)]
    assert len(fuse_incidents([told, with_id(short)], known, [], NoRegister())) == 1
    elsewhere = with_id(replace(short, span=Span.of(digest, 60, 100)))
    assert len(fuse_incidents([told, elsewhere], known, [], NoRegister())) == 2


def test_a_change_is_told_once_against_the_first_telling():
    """The digest copies the monitor and its archive copy; the archive changed nothing."""
    monitor, archive, digest, _ = PAGES
    hedged = "The launcher was likely captured from the River Front"
    claims = [
        capture(monitor, hedged, Certainty.PROBABLE),
        capture(archive, hedged, Certainty.PROBABLE),
        capture(digest, hedged.replace("likely ", ""), Certainty.CERTAIN),
    ]
    reprints = list(find_reprints(PAGES))
    assert ("doc-digest", "doc-archive") in {(each.copy, each.of) for each in reprints}
    (drift,) = find_drift([], claims, PAGES, reprints)
    assert (drift.shift, drift.original_document) == (Shift.HEDGE_DROPPED, "doc-monitor")


def test_a_headline_that_its_text_says_again_is_harder_than_what_the_text_is_drawn_from():
    words = "Column seized rifles"
    roles = (Role(Part.WEAPON, "rifles"), Role(Part.TO, "Column"))
    first = with_id(
        Claim(
            "", "doc-a", ClaimKind.TRANSFER, roles, Span("doc-a", 40, 80, "x"),
            mode="capture", certainty=Certainty.PROBABLE,
        )
    )  # fmt: skip
    again = Cue(f"certain{AGAIN}", 0, len(words), words)
    text = with_id(
        replace(first, document_id="doc-b", span=Span("doc-b", 40, 80, "y"),
                because=Because("rule", (again,)))
    )  # fmt: skip
    page = Document("doc-b", "", f"{words}\n" + "z" * 99,
                    sections=(Section(SectionKind.TITLE, 0, len(words)),))  # fmt: skip
    home = {first.id: "incident-1", text.id: "incident-1"}
    excerpt = Reprint("reprint-1", "doc-b", "doc-a", Relation.EXCERPT, 0.5, directed=True)
    (drift,) = compare_copies(home, [first, text], [page], [excerpt])
    assert drift.shift is Shift.HEADLINE_HARDENED
    assert drift.after == "certain (headline)"
    plain = replace(text, because=Because("rule"))
    assert compare_copies(home, [first, plain], [page], [excerpt]) == ()
