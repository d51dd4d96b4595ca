"""Pictures on the pages: found beside their page, covered when marked, never as received."""

import base64
import io
import shutil

import pytest
from PIL import Image
from starlette.testclient import TestClient

from enduse.case.add import add_to_case
from enduse.case.casebook import create_case, open_case
from enduse.case.run import run_stages
from enduse.store.kinds import PROBLEM, SNAPSHOT
from enduse.web.app import make_app

TOKEN = "token-of-this-test"
SVG = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"


def photo(colour, size=(200, 120), kind="JPEG"):
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, kind)
    return out.getvalue()


PAGE = """<html lang=en><title>Field note with photographs</title><body><article>
<p>Fighters of the brigade captured a TOW missile near the town, the note says.</p>
<figure><img src="note_files/launcher.jpg" alt="A launcher on a lorry">
<figcaption>By the road</figcaption></figure>
<img src="note_files/dot.gif"><img src="note_files/drawing.svg" alt="A sketch">
<img src="data:image/png;base64,%s" alt="Within the page"><img src="note_files/gone.jpg">
<video src="note_files/clip.mp4"></video>
</article></body></html>"""


@pytest.fixture(scope="module")
def saved(tmp_path_factory):
    """A page as a browser saves it, with a folder beside it, and a picture on its own."""
    folder = tmp_path_factory.mktemp("saved")
    inner = base64.b64encode(photo((0, 0, 200), kind="PNG")).decode()
    (folder / "note.html").write_text(PAGE % inner, encoding="utf-8")
    beside = folder / "note_files"
    beside.mkdir()
    (beside / "launcher.jpg").write_bytes(photo((200, 0, 0)))
    (beside / "dot.gif").write_bytes(photo((0, 0, 0), (1, 1), "GIF"))
    (beside / "drawing.svg").write_bytes(SVG)
    (beside / "clip.mp4").write_bytes(b"\0\0\0\x20ftypisom" + bytes(100))
    (folder / "alone.png").write_bytes(photo((0, 200, 0), kind="PNG"))
    return folder


@pytest.fixture(scope="module")
def made(saved, tmp_path_factory):
    folder = tmp_path_factory.mktemp("media") / "case"
    with create_case(folder) as book:
        add_to_case(book, [str(saved)])
        run_stages(book, ("read",))
    return folder


@pytest.fixture
def book(made, tmp_path):
    shutil.copytree(made, tmp_path / "case")
    with open_case(tmp_path / "case", {"reviewer": "Ana"}) as opened:
        yield opened


@pytest.fixture
def client(book):
    return TestClient(make_app(book, TOKEN), base_url="http://127.0.0.1:8765")


@pytest.fixture
def document(book):
    return book.store.select("SELECT id FROM document WHERE title LIKE 'Field note%'")[0]["id"]


def shown(client, document):
    return client.get(f"/api/documents/{document}").json()["shown"]


def by_alt(client, document, alt):
    return next(one for one in shown(client, document)["media"] if one["alt"] == alt)


def decide(client, **fields):
    back = {"token": TOKEN, "back": "/"}
    return client.post("/decide", data={**back, **fields}, follow_redirects=False)


def test_a_saved_page_shows_what_was_saved_with_it(client, document):
    found = shown(client, document)
    assert [(one["kind"], one["alt"]) for one in found["media"]] == [
        ("image", "A launcher on a lorry"),
        ("image", "A sketch"),
        ("image", "Within the page"),
        ("video", ""),
    ]
    assert found["media"][0]["caption"] == "By the road"
    assert found["ornaments"] == 1
    assert [address.rsplit("/", 1)[-1] for address in found["missing"]] == ["gone.jpg"]


def test_pictures_are_encoded_anew(client, document, saved):
    one = by_alt(client, document, "A launcher on a lorry")
    answer = client.get(f"/media/{one['key']}")
    assert answer.headers["content-type"] == "image/jpeg"
    assert answer.content != (saved / "note_files" / "launcher.jpg").read_bytes()
    inner = by_alt(client, document, "Within the page")
    assert client.get(f"/media/{inner['key']}").status_code == 200


def test_a_drawing_with_a_script_is_refused_by_name(client, document):
    one = by_alt(client, document, "A sketch")
    assert "SVG" in one["refused"]
    page = client.get(f"/documents/{document}").text
    assert "which can hold scripts" in page
    assert f'src="/media/{one["key"]}"' not in page
    answer = client.get(f"/media/{one['key']}")
    assert answer.status_code == 409
    assert b"<script>alert(1)" not in answer.content


def test_a_video_is_only_saved(client, document):
    [one] = [one for one in shown(client, document)["media"] if one["kind"] == "video"]
    assert client.get(f"/media/{one['key']}").status_code == 409
    answer = client.get(f"/media/{one['key']}?as=file")
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"] == "attachment"
    assert "sandbox" in answer.headers["content-security-policy"]
    page = client.get(f"/documents/{document}").text
    assert "<video" not in page
    assert "not played here" in page


def test_a_marked_picture_is_covered_and_taken_back(client, document):
    one = by_alt(client, document, "A launcher on a lorry")
    assert not one["covered"]
    assert (
        decide(client, matter="media", subject=one["digest"], verdict="graphic").status_code == 303
    )
    one = by_alt(client, document, "A launcher on a lorry")
    assert one["covered"]
    page = client.get(f"/documents/{document}").text
    assert f"/media/{one['key']}?as=cover" in page
    cover = Image.open(io.BytesIO(client.get(f"/media/{one['key']}?as=cover").content))
    assert cover.mode == "L"
    client.post("/undo", data={"token": TOKEN, "decision": one["marked"]["id"]})
    assert not by_alt(client, document, "A launcher on a lorry")["covered"]


def test_all_pictures_may_be_covered_until_somebody_calls_them_plain(book, document):
    with open_case(book.folder, {"cover_media": "all", "reviewer": "Ana"}) as opened:
        client = TestClient(make_app(opened, TOKEN), base_url="http://127.0.0.1:8765")
        one = by_alt(client, document, "A launcher on a lorry")
        assert one["covered"]
        decide(client, matter="media", subject=one["digest"], verdict="plain")
        assert not by_alt(client, document, "A launcher on a lorry")["covered"]


def test_a_picture_on_its_own_is_tied_to_a_document_and_freed(client, book, document):
    [alone] = [
        one for one in client.get("/api/pictures").json()["rows"] if one["name"] == "alone.png"
    ]
    fields = {"token": TOKEN, "picture": alone["snapshot_id"], "document": document}
    client.post("/tie", data=fields)
    names = [one["name"] for one in shown(client, document)["media"]]
    assert "alone.png" in names
    assert document in client.get("/pictures").text
    tied = next(one for one in shown(client, document)["media"] if one["name"] == "alone.png")
    client.post("/undo", data={"token": TOKEN, "decision": tied["ties"][0]["id"]})
    assert "alone.png" not in [one["name"] for one in shown(client, document)["media"]]


def test_pictures_of_a_page_are_no_problem_and_one_on_its_own_is(client, book):
    problems = client.get("/api/overview").json()["problems"]
    told = [one["subject"].rsplit("/", 1)[-1] for one in problems]
    assert told == ["alone.png"]


def test_a_page_that_came_after_its_pictures_takes_their_problems_away(saved, tmp_path):
    with create_case(tmp_path / "late") as late:
        add_to_case(late, [str(saved / "note_files")])
        [report] = run_stages(late, ("read",))
        assert {one.subject.rsplit("/", 1)[-1] for one in report.problems} >= {"launcher.jpg"}
        add_to_case(late, [str(saved)])
        [report] = run_stages(late, ("read",))
        assert [one.subject.rsplit("/", 1)[-1] for one in report.problems] == ["alone.png"]
        kept = {one.subject.rsplit("/", 1)[-1] for one in late.store.find(PROBLEM)}
        assert "launcher.jpg" not in kept


def test_a_page_is_parsed_once_for_all_its_pictures(client, document, monkeypatch):
    from enduse.case.views import media

    asked, real = [], media.find_media
    monkeypatch.setattr(media, "find_media", lambda *given: asked.append(1) or real(*given))
    media._parsed.clear()
    for one in shown(client, document)["media"]:
        client.get(f"/media/{one['key']}?as=file")
    client.get(f"/documents/{document}")
    assert len(asked) == 1


def test_only_pictures_are_handed_out(client, book, document):
    page = book.store.select("SELECT id FROM snapshot WHERE address LIKE '%note.html'")[0]["id"]
    for key in (page, "snap-none", f"{document}/99", f"{document}/0", "..%2Fcase.db"):
        assert client.get(f"/media/{key}?as=file").status_code in (404, 422), key


def test_what_is_no_picture_cannot_be_marked_or_tied(client, book, document):
    assert decide(client, matter="media", subject="../../x", verdict="graphic").status_code == 404
    assert decide(client, matter="media", subject="0" * 64, verdict="awful").status_code == 409
    fields = {"token": TOKEN, "picture": "snap-none", "document": document}
    assert client.post("/tie", data=fields).status_code == 404
    assert len(list(book.store.find(SNAPSHOT))) == 6


def test_a_document_is_read_on_where_its_page_is_lost(client, book, document):
    from enduse.case.views import media

    page = book.store.select("SELECT id FROM snapshot WHERE address LIKE '%note.html'")[0]["id"]
    kept = book.objects.path(book.store.get(SNAPSHOT, page).digest)
    kept.unlink()
    media._parsed.clear()
    assert client.get(f"/documents/{document}").status_code == 200
    found = shown(client, document)
    assert found["media"] == []
    assert [address.rsplit("/", 1)[-1] for address in found["missing"]] == ["note.html"]
