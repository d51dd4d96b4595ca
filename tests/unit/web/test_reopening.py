"""Decisions outlive extraction; where a claim's words or rule changed, it is open again."""

from dataclasses import replace

from enduse.case.by_hand import Draft, make_claim
from enduse.case.run import run_stages
from enduse.case.standing import accepted_claims
from enduse.case.verify import verify_case
from enduse.model.claim import Because
from enduse.model.interchange import with_id
from enduse.store.kinds import CLAIM, DOCUMENT


def extract_again(book):
    """Make every stage believe that nothing has been extracted."""
    book.store.mark_done("extract", dict.fromkeys(book.store.ids(DOCUMENT), "another version"))
    run_stages(book)


def test_decisions_and_made_claims_outlive_extraction(client, post, book):
    claim = next(book.store.find(CLAIM))
    post("/decide", subject=claim.id, verdict="accept", because="checked")
    made = make_claim(
        book, claim.document_id, (0, 13), Draft("use", {"weapon": "Demonstration"}), by="Ana"
    )
    extract_again(book)
    assert {claim.id, made.subject} <= accepted_claims(book)
    assert book.store.has(CLAIM, made.subject)
    assert book.store.has(CLAIM, claim.id)
    assert verify_case(book).damage == []


def test_a_claim_whose_rule_changed_is_open_again_with_the_earlier_decision(client, post, book):
    claim = next(c for c in book.store.find(CLAIM) if c.id not in accepted_claims(book))
    post("/decide", subject=claim.id, verdict="reject", because="misread")
    other = with_id(replace(claim, because=Because("a newer rule", claim.because.cues)))
    book.store.remove(CLAIM, [claim.id])
    book.store.put(CLAIM, [other])
    view = client.get(f"/api/documents/{claim.document_id}").json()
    shown = next(one for one in view["claims"] if one["id"] == other.id)
    assert shown["state"] == "open"
    assert shown["decision"] is None
    assert (shown["earlier"]["verdict"], shown["earlier"]["because"]) == ("reject", "misread")
    page = client.get(f"/documents/{claim.document_id}").text
    assert "Open again: the words or the rule changed since" in page
    queue = client.get("/api/review", params={"document": claim.document_id}).json()
    assert other.id in queue["open"]
