"""The table of drift holds what comparing the whole case finds, whatever is decided on copies."""

import random
from dataclasses import replace

import pytest

from enduse.case.casebook import create_case
from enduse.case.deciding import decide, take_back
from enduse.case.drifting import keep_drift
from enduse.case.drifts import list_drift
from enduse.case.views import doubts
from enduse.model.claim import Certainty, Claim, ClaimKind, Part, Role, Speaker
from enduse.model.decision import Matter
from enduse.model.document import Document, Section, SectionKind, Span
from enduse.model.incident import Incident, Party
from enduse.model.interchange import with_id
from enduse.model.reprint import AlignedSpan, Relation, Reprint
from enduse.store import pages
from enduse.store.kinds import CLAIM, DOCUMENT, DRIFT, INCIDENT, REPRINT, RESOLVED

SENTENCE = "Quarry men took a mortar from the mill."


def fill(book, seed, documents=25):
    """Documents of three sentences each, the first a title in some, copied from one another."""
    chance = random.Random(seed)
    size = len(SENTENCE) + 1
    kept, claims, copies = [], [], []
    for number in range(documents):
        key = f"doc-{number:03}"
        titled = chance.random() < 0.4
        head = (Section(SectionKind.TITLE, 0, size - 1),) if titled else ()
        kept.append(Document(key, "snap", (SENTENCE + "\n") * 3, sections=head))
        for at in range(3):
            span = Span(key, at * size, at * size + size - 1, SENTENCE)
            roles = (Role(Part.TO, f"quarry men {at}"), Role(Part.WEAPON, "mortar"))
            claim = Claim("", key, ClaimKind.TRANSFER, roles, span, "capture", "done")
            claim = replace(
                claim,
                certainty=chance.choice(list(Certainty)),
                attribution=(Speaker("a miller"),) if chance.random() < 0.5 else (),
            )
            claims.append(with_id(claim))
        for other in chance.sample(range(number), min(number, chance.randrange(3))):
            spans = tuple(
                AlignedSpan(at * size, at * size + size, at * size, at * size + size)
                for at in range(3)
            )
            copies.append(
                Reprint(
                    f"reprint-{number:03}-{other:03}",
                    key,
                    f"doc-{other:03}",
                    Relation.REPRINT,
                    1.0,
                    spans,
                    directed=chance.random() < 0.9,
                )
            )
    told = [[one for one in claims if chance.random() < 0.3] for _ in range(4)]
    incidents = [
        Incident(
            f"incident-{number}",
            ClaimKind.TRANSFER,
            "capture",
            "done",
            (Party(Part.TO, "quarry men"),),
            None,
            None,
            None,
            tuple(sorted(one.id for one in some)),
        )
        for number, some in enumerate(told)
    ]
    book.store.put(DOCUMENT, kept)
    book.store.put(CLAIM, claims)
    book.store.put(RESOLVED, claims)
    book.store.put(REPRINT, copies)
    book.store.put(INCIDENT, incidents)
    return [one.id for one in copies]


def shown(book):
    """Return the rows of all pages, as records that `list_drift` gives too."""
    found, page, more = [], 0, True
    while more:
        view = doubts.list_drift(book, page)
        found += view.rows
        page, more = page + 1, view.more
    names = ("id", "shift", "before", "after", "original_quote", "copy_quote", "incident_id")
    return [tuple(getattr(row, name) or "" for name in names) for row in found]


def expected(book):
    names = ("id", "shift", "before", "after", "original_quote", "copy_quote", "incident_id")
    return [tuple(r.get(name) or "" for name in names) for r, _ in list_drift(book)]


@pytest.mark.parametrize("seed", range(8))
def test_pages_show_what_the_whole_case_tells(tmp_path, seed):
    chance = random.Random(seed)
    with create_case(tmp_path / "case") as book:
        copies = fill(book, seed)
        assert shown(book) == expected(book) != []
        decisions = []
        for _ in range(4):
            copy = chance.choice(copies)
            decisions.append(decide(book, Matter.REPRINT, copy, "reject", by="Ana"))
            assert shown(book) == expected(book)
        for one in decisions:
            if book.store.select("SELECT 1 FROM standing WHERE decision_id = :id", id=one.id):
                take_back(book, one.id, by="Ana")
                assert shown(book) == expected(book)


def test_a_page_is_full_and_tells_that_there_is_more(tmp_path):
    with create_case(tmp_path / "case") as book:
        fill(book, 3, 60)
        keep_drift(book)
        first = doubts.list_drift(book)
        assert len(first.rows) == pages.PAGE < book.store.count(DRIFT)
        assert first.more


def test_nothing_is_worked_out_again_without_need(tmp_path, monkeypatch):
    with create_case(tmp_path / "case") as book:
        copies = fill(book, 1)
        keep_drift(book)
        asked = []
        monkeypatch.setattr(
            "enduse.case.drifting.find_drift_in", lambda _b, some, _o: asked.append(some) or ()
        )
        keep_drift(book)
        assert asked == []
        decide(book, Matter.REPRINT, copies[0], "reject", by="Ana")
        assert len(asked) == 1
        assert len(asked[0]) < 25
