"""What people do in the browser is kept, signed and reversible, and survives a new run."""

import json
import re

import pytest

from enduse.case.run import run_stages
from enduse.case.standing import accepted_claims, set_aside, waits_for_run
from enduse.store.kinds import CLAIM, DOCUMENT, INCIDENT, RESOLVED


@pytest.fixture
def claim(client):
    """An open claim of the document with most claims."""
    rows = client.get("/api/documents").json()["rows"]
    document = max(rows, key=lambda row: row["claims"])["id"]
    claims = client.get(f"/api/documents/{document}").json()["claims"]
    return next(one for one in claims if one["state"] == "open" and not one["by_hand"])


def find(client, claim):
    view = client.get(f"/api/documents/{claim['document_id']}").json()
    return next(one for one in view["claims"] if one["id"] == claim["id"])


def undo(client, post, claim):
    return post("/undo", decision=find(client, claim)["decision"]["id"])


@pytest.mark.parametrize("verdict", ["accept", "reject", "unsure"])
def test_a_decision_is_kept_signed_and_taken_back(client, post, claim, verdict):
    answer = post("/decide", matter="claim", subject=claim["id"], verdict=verdict, because="so")
    assert answer.status_code == 303
    kept = find(client, claim)
    assert kept["state"] == verdict
    assert kept["decision"]["by"] == "Ana Example"
    assert kept["decision"]["because"] == "so"
    assert kept["decision"]["on"]
    assert "Take it back" in client.get(answer.headers["location"]).text
    undo(client, post, claim)
    assert find(client, claim)["state"] == "open"


def test_taking_back_brings_back_what_stood_before(client, post, claim):
    post("/decide", subject=claim["id"], verdict="accept")
    post("/decide", subject=claim["id"], verdict="unsure")
    undo(client, post, claim)
    assert find(client, claim)["state"] == "accept"
    undo(client, post, claim)
    assert find(client, claim)["state"] == "open"


def test_nobody_decides_without_a_name(client, post, claim):
    client.cookies.delete("reviewer")
    answer = post("/decide", subject=claim["id"], verdict="accept")
    assert answer.status_code == 409
    assert find(client, claim)["state"] == "open"


@pytest.mark.parametrize(
    "fields",
    [{"verdict": "maybe"}, {"subject": "claim-none"}, {"matter": "weather"}, {"subject": ""}],
)
def test_what_cannot_be_kept_is_refused(client, post, claim, fields):
    given = {"matter": "claim", "subject": claim["id"], "verdict": "accept", **fields}
    assert post("/decide", **given).status_code in (404, 409)
    assert find(client, claim)["state"] == "open"


def test_a_rejected_claim_is_left_out_of_the_next_run(client, post, book, claim):
    post("/decide", subject=claim["id"], verdict="reject", because="misread")
    assert waits_for_run(book)
    assert "Bring up to date" in client.get("/").text
    run_stages(book)
    assert not waits_for_run(book)
    assert not book.store.has(RESOLVED, claim["id"])
    told = {key for incident in book.store.find(INCIDENT) for key in incident.claims}
    assert claim["id"] not in told
    assert find(client, claim)["state"] == "reject"
    undo(client, post, claim)
    run_stages(book)
    assert book.store.has(RESOLVED, claim["id"])


def test_a_corrected_claim_takes_the_place_of_the_found_one(client, post, book, claim):
    before = book.store.count(CLAIM)
    post(
        "/correct",
        subject=claim["id"],
        kind="possession",
        certainty="possible",
        **{"role-actor": "a unit nobody named", "role-weapon": claim["roles"][0]["text"]},
    )
    old = find(client, claim)
    assert old["state"] == "correct"
    made = find(client, {**claim, "id": old["decision"]["made"]})
    assert (made["kind"], made["certainty"], made["by_hand"]) == ("possession", "possible", True)
    assert made["quote"] == claim["quote"]
    assert claim["id"] in set_aside(book)
    run_stages(book)
    assert book.store.has(RESOLVED, made["id"])
    assert not book.store.has(RESOLVED, claim["id"])
    undo(client, post, claim)
    assert made["id"] in set_aside(book)
    assert claim["id"] not in set_aside(book)
    assert book.store.count(CLAIM) == before + 1  # nothing is deleted
    run_stages(book)


def test_a_claim_on_arabic_words_stands_on_its_code_points(client, post, book):
    rows = client.get("/api/documents").json()["rows"]
    document = next(row["id"] for row in rows if row["language"] == "ar")
    fields = {"document": document, "kind": "use", "role-weapon": "تاو"}
    answer = post("/claims", quote="صاروخ تاو قرب تدمر", **fields)
    assert answer.status_code == 303, answer.text
    view = client.get(f"/api/documents/{document}").json()
    text = "".join(piece["text"] or " " for piece in view["pieces"])
    (made,) = [one for one in view["claims"] if one["by_hand"]]
    assert made["quote"] == "صاروخ تاو قرب تدمر" == text[made["start"] : made["end"]]
    assert made["state"] == "accept"
    assert made["id"] in accepted_claims(book)
    run_stages(book)
    assert book.store.has(CLAIM, made["id"])
    undo(client, post, {**made, "document_id": document})
    assert made["id"] in set_aside(book)


def test_words_on_two_lines_are_found_as_a_browser_sends_them(client, post, book):
    document = next(one for one in book.store.find(DOCUMENT) if "\n" in one.text.strip())
    end = document.text.strip().index("\n")
    quote = document.text.strip()[end - 5 : end + 6]
    fields = {"document": document.id, "kind": "use", "role-weapon": "TOW"}
    answer = post("/claims", quote=quote.replace("\n", "\r\n"), **fields)
    assert answer.status_code == 303
    post("/undo", decision=answer.headers["location"].split("done=")[1])


def test_words_that_do_not_stand_in_the_document_make_no_claim(client, post, claim):
    answer = post("/claims", document=claim["document_id"], kind="use", quote="never said")
    assert answer.status_code == 409


def test_many_are_decided_as_the_preview_showed_or_not_at_all(client, post):
    shown = client.get("/api/review/many", params={"column": "kind", "word": "affiliation"}).json()
    assert shown["count"] > 1
    fields = {"column": "kind", "word": "affiliation", "verdict": "unsure"}
    assert post("/decide-many", mark="chosen-others", **fields).status_code == 409
    answer = post("/decide-many", mark=shown["mark"], **fields)
    assert "Take them all back" in client.get(answer.headers["location"]).text
    again = client.get("/api/review/many", params={"column": "kind", "word": "affiliation"}).json()
    assert again["count"] == 0
    ledger = client.get("/api/decisions").json()["rows"]
    changed = ledger[1]["decision"]["subject"]
    post("/decide", subject=changed, verdict="accept")  # decided anew since: this one stays
    last = ledger[0]["decision"]["id"]
    assert post("/undo", decision=last, batch="yes").status_code == 303
    again = client.get("/api/review/many", params={"column": "kind", "word": "affiliation"}).json()
    assert again["count"] == shown["count"] - 1
    assert post("/undo", decision=last, batch="yes").status_code == 404
    anew = client.get("/api/decisions").json()["rows"][0]["decision"]
    assert (anew["subject"], anew["verdict"]) == (changed, "accept")
    for decision in (anew, ledger[1]["decision"]):
        post("/undo", decision=decision["id"])


def test_as_many_others_are_not_decided_in_place_of_those_shown(client, post):
    """An old page, sent again, would decide on the next claims, which nobody has looked at."""
    chosen = {"column": "kind", "word": "affiliation"}
    one, other, *_ = client.get("/api/review/many", params=chosen).json()["shown"]
    post("/decide", subject=one["id"], verdict="accept")
    before = client.get("/api/review/many", params=chosen).json()
    undo(client, post, one)
    post("/decide", subject=other["id"], verdict="accept")
    now = client.get("/api/review/many", params=chosen).json()
    assert now["count"] == before["count"]
    fields = {**chosen, "mark": before["mark"], "verdict": "accept"}
    assert post("/decide-many", **fields).status_code == 409
    assert client.get("/api/review/many", params=chosen).json() == now
    undo(client, post, other)


def test_a_corrected_claim_is_decided_on_no_more(client, post, book, claim):
    """A page from before the correction would make both claims stand on the same words."""
    fields = {"kind": "possession", "role-actor": "a unit nobody named"}
    post("/correct", subject=claim["id"], **fields)
    made = find(client, claim)["decision"]["made"]
    assert post("/decide", subject=claim["id"], verdict="accept").status_code == 409
    assert post("/correct", subject=claim["id"], **fields, mode="held").status_code == 409
    assert find(client, claim)["state"] == "correct"
    assert claim["id"] in set_aside(book)
    undo(client, post, claim)
    assert made in set_aside(book)
    assert post("/decide", subject=claim["id"], verdict="accept").status_code == 303
    undo(client, post, claim)


def test_what_is_taken_back_is_not_said_to_be_kept(client, post, claim):
    answer = post("/decide", subject=claim["id"], verdict="accept", back="/review")
    page = answer.headers["location"]
    assert "Your decision is kept." in client.get(page).text
    undo(client, post, claim)
    assert "Your decision is kept." not in client.get(page).text


def test_nobody_takes_a_judgement_back_in_another_name(client, post):
    fields = {"left": "southern command", "verdict": "different", "right": "free-syrian-army"}
    post("/judge", **fields, by="Sara Example")
    client.cookies.delete("reviewer")
    form = client.get("/names").text.split('action="/unjudge"')[1].split("</form>")[0]
    given = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form))
    assert client.post("/unjudge", data=given).status_code == 409
    post("/unjudge", **fields, by="Ana Example")


def test_the_queue_goes_on_where_it_stopped(client, post):
    first = client.get("/api/review").json()
    post("/decide", subject=first["open"][0], verdict="accept")
    again = client.get("/api/review").json()
    assert again["document"]["id"] == first["document"]["id"]
    assert again["open"] == first["open"][1:]
    assert again["last"]["subject"] == first["open"][0]
    assert again["following"] not in (None, first["document"]["id"])
    post("/undo", decision=again["last"]["id"])


def test_a_merge_is_made_and_taken_back(client, post, book):
    parties = client.get("/api/entities/actor").json()["rows"]
    bare = next(row for row in parties if row["label"] == "southern command")
    fields = {"left": "southern command", "verdict": "same", "right": "free-syrian-army"}
    post("/judge", because="one command of it", **fields)
    run_stages(book)
    merged = client.get("/api/entities/actor").json()["rows"]
    assert "southern command" not in [row["label"] for row in merged]
    post("/unjudge", **fields)
    run_stages(book)
    apart = client.get("/api/entities/actor").json()["rows"]
    assert bare in apart


def test_a_copy_is_rejected_and_taken_back(client, post, book):
    copy = client.get("/api/copies").json()["rows"][0]["copy"]["id"]
    post("/decide", matter="reprint", subject=copy, verdict="reject")
    assert waits_for_run(book)
    shown = {row["copy"]["id"]: row["copy"] for row in client.get("/api/copies").json()["rows"]}
    assert shown[copy]["state"] == "reject"
    post("/undo", decision=shown[copy]["decision"]["id"])
    assert not waits_for_run(book)


def test_a_script_gets_a_record(client, claim):
    fields = {"token": "token-of-this-test", "subject": claim["id"], "verdict": "accept"}
    answer = client.post("/decide", data=fields, headers={"accept": "application/json"})
    decision = json.loads(answer.text)["decision"]
    answer = client.post(
        "/undo",
        data={"token": "token-of-this-test", "decision": decision},
        headers={"accept": "application/json"},
    )
    assert answer.status_code == 200
