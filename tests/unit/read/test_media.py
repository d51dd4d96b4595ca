"""What a page shows: found with its words, its bytes beside the page or within it."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from enduse.model.snapshot import Snapshot
from enduse.read.markup.media import MOST, find_media, resolve_address

WHEN = datetime(2015, 6, 12, tzinfo=UTC)


def found(markup, address="saved/page.html", media_type="text/html"):
    body = markup.encode()
    return find_media(Snapshot("snap-1", "d", len(body), media_type, address, WHEN, "file 1"), body)


def test_pictures_with_their_words():
    [one] = found(
        "<html><figure><a><img src='page_files/a%20b.jpg' alt=' A  launcher '></a>"
        "<figcaption>Near the <b>road</b></figcaption></figure>"
    )
    assert (one.kind, one.address) == ("image", "saved/page_files/a b.jpg")
    assert (one.alt, one.caption) == ("A launcher", "Near the road")


def test_videos_and_sounds_by_their_sources():
    kinds = [
        (one.kind, one.address)
        for one in found(
            "<html><video src=a.mp4></video><video><source src=b.webm></video>"
            "<audio><source src=c.ogg></audio><picture><source src=d.png></picture>"
        )
    ]
    assert kinds == [("video", "saved/a.mp4"), ("video", "saved/b.webm"), ("audio", "saved/c.ogg")]


def test_bytes_within_the_page():
    [one, two] = found("<html><img src='data:image/gif;base64,R0lG'><img src='data:,a%20b'>")
    assert (one.address, one.body, two.body) == ("", b"GIF", b"a b")


def test_each_once_and_not_without_end():
    assert len(found("<html><body>" + "<img src=a.png>" * 5)) == 1
    assert len(found("<html><body>" + "".join(f"<img src={n}.png>" for n in range(500)))) == MOST


def test_what_is_no_page_shows_nothing():
    assert found("one <img src=a.png> two", "notes.txt", "text/plain") == ()
    assert found("<html>" + "<div>" * 200_000 + "<img src=a.png>") == ()


def test_addresses_of_the_web_and_of_files():
    assert resolve_address("https://example.org/a/b", "/c.jpg") == "https://example.org/c.jpg"
    assert (
        resolve_address("saved/page.html", "https://example.org/c.jpg")
        == "https://example.org/c.jpg"
    )
    assert resolve_address("saved/page.html", "//example.org/c.jpg") == "https://example.org/c.jpg"
    assert resolve_address("page.html", "../../x") == "../../x"  # looked up, never opened


@given(st.text(max_size=80), st.text(max_size=80))
def test_no_address_is_too_odd(page, source):
    assert isinstance(resolve_address(page, source), str)


@given(st.text(alphabet="<>/=\"' imgsrcdata:;,base64%video", max_size=200))
def test_no_markup_is_too_odd(markup):
    assert isinstance(found("<html>" + markup), tuple)
