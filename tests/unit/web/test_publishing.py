"""The gate: nothing unreviewed is published unless the user and the dossier say so."""

import pytest


@pytest.fixture
def gate(client, post):
    trace = client.get("/api/custody").json()["rows"][0]["id"]
    prepared = post("/prepare", trace=trace)
    return prepared.headers["location"]


def refused(client, answer):
    page = client.get(answer.headers["location"]).text
    return "not published" in page


def test_publishing_is_refused_then_passes_after_review(client, post, book, gate):
    dossier = gate.rsplit("/", 1)[-1]
    assert refused(client, post("/write", dossier=dossier, form="html"))
    view = client.get(f"/api{gate}").json()
    assert view["unreviewed"]
    assert not view["passes"]
    for claim in view["unreviewed"]:
        post("/decide", subject=claim["id"], verdict="accept")
    view = client.get(f"/api{gate}").json()
    assert not view["passes"]
    assert refused(client, post("/write", dossier=dossier, form="html", insist="yes"))
    post("/replies", dossier=dossier, verdict="waived", because="armed groups at war")
    view = client.get(f"/api{gate}").json()
    assert (view["passes"], view["unasked"]) == (True, [])
    answer = post("/write", dossier=dossier, form="html")
    assert answer.headers["location"].startswith("/publish?written=")
    name = answer.headers["location"].split("=")[1]
    written = client.get(f"/published/{name}")
    assert written.status_code == 200
    assert "sandbox" in written.headers["content-security-policy"]
    assert "have not been reviewed" not in written.text
    assert "was not asked before publication: armed groups at war." in written.text
    for row in client.get("/api/decisions").json()["rows"]:
        if row["stands"]:
            post("/undo", decision=row["decision"]["id"])


def test_a_user_may_insist_and_the_dossier_says_so(client, post, gate):
    dossier = gate.rsplit("/", 1)[-1]
    post("/replies", dossier=dossier, verdict="asked", because="by letter")
    answer = post("/write", dossier=dossier, form="markdown", insist="yes")
    name = answer.headers["location"].split("=")[1]
    assert "have not been reviewed by a person" in client.get(f"/published/{name}").text


def test_no_party_is_passed_over_without_a_reason(client, post, gate):
    dossier = gate.rsplit("/", 1)[-1]
    for row in client.get("/api/decisions").json()["rows"]:
        if row["stands"]:
            post("/undo", decision=row["decision"]["id"])
    waiting = client.get(f"/api{gate}").json()["unasked"]
    assert waiting
    for verdict in ("waived", "not possible"):
        assert post("/replies", dossier=dossier, verdict=verdict).status_code == 409
        answer = post("/decide", matter="reply", subject=waiting[0], verdict=verdict, because=" ")
        assert answer.status_code == 409
    assert client.get(f"/api{gate}").json()["unasked"] == waiting
    assert not client.get(f"/api{gate}").json()["may_insist"]


def test_a_marking_is_never_overruled(client, post, gate):
    cited = client.get(f"/api{gate}").json()["unreviewed"][0]["document_id"]
    post("/decide", matter="marking", subject=cited, verdict="amber", because="source at risk")
    view = client.get(f"/api{gate}").json()
    assert [one["document_id"] for one in view["forbidden"]] == [cited]
    answer = post("/write", dossier=gate.rsplit("/", 1)[-1], form="html", insist="yes")
    assert refused(client, answer)
    marked = client.get(f"/api/documents/{cited}").json()["marked"]["id"]
    post("/undo", decision=marked)
    assert not client.get(f"/api{gate}").json()["forbidden"]


def test_the_ledger_of_replies_is_kept(client, post, gate):
    party = client.get(f"/api{gate}").json()["unasked"][0]
    post("/decide", matter="reply", subject=party, verdict="asked", because="by letter")
    view = client.get(f"/api{gate}").json()
    assert party not in view["unasked"]
    reply = next(one["reply"] for one in view["parties"] if one["label"] == party)
    assert reply["because"] == "by letter"
    post("/undo", decision=reply["id"])


@pytest.mark.parametrize("name", ["..%2Fcase.db", "nothing.html", "%2Fetc%2Fpasswd"])
def test_only_published_files_are_handed_out(client, name):
    assert client.get(f"/published/{name}").status_code == 404
