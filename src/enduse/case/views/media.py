"""Pictures, videos and sounds: those a document shows, those kept on their own, and their covers.

In: an open casebook. Out: what there is, with what people said of it. The bytes that a page names
are found among what was preserved with it; nothing is fetched. Marked media are covered: the page
is given a grey blur and not the picture, until somebody asks for it.
"""

from __future__ import annotations

import posixpath
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from enduse.case.casebook import Casebook
from enduse.case.standing import decisions_on
from enduse.errors import DamagedCaseError, NotFoundError, ReadingError
from enduse.model.decision import COVERED, Decision, Matter
from enduse.model.document import Document
from enduse.model.record import sha256
from enduse.model.snapshot import Snapshot
from enduse.read.images import Recoded, measure_image, recode_image
from enduse.read.markup.media import Shown, find_media
from enduse.store.kinds import DOCUMENT, SNAPSHOT

PAGE = 24
_KINDS = ("image", "video", "audio")


@dataclass(frozen=True, slots=True)
class MediaView:
    """One picture, video or sound.

    Attributes:
        key: where the workbench answers its bytes: a snapshot's id, or a document's and a number.
        kind: image, video or audio.
        name: the last part of its address.
        alt, caption: what the page says of it.
        refused: why it is not shown; empty if it is.
        covered: whether it is shown grey and blurred first.
        marking, marked: what a person said of it.
        snapshot_id: the snapshot of its bytes; empty if they stand in the page.
        ties: the decisions that tie it to documents.
    """

    key: str
    kind: str
    name: str
    alt: str
    caption: str
    digest: str
    size: int
    refused: str
    covered: bool
    marking: str
    marked: Decision | None
    snapshot_id: str
    ties: tuple[Decision, ...] = ()


@dataclass(frozen=True, slots=True)
class MediaOf:
    """What a document shows.

    Attributes:
        missing: addresses whose bytes were not preserved.
        ornaments: how many pictures are left out as too small to show anything.
    """

    media: tuple[MediaView, ...]
    missing: tuple[str, ...]
    ornaments: int


@dataclass(frozen=True, slots=True)
class MediaList:
    """A page of the pictures, videos and sounds that were preserved, by address."""

    rows: tuple[MediaView, ...]
    page: int
    more: bool


@dataclass(frozen=True, slots=True)
class _Found:
    key: str
    kind: str
    address: str
    body: bytes
    digest: str
    snapshot_id: str
    alt: str = ""
    caption: str = ""


def media_of(book: Casebook, document: Document) -> MediaOf:
    """Return what a document shows and what a person tied to it."""
    found, missing = _collect(book, document)
    views = _views(book, found)
    kept = tuple(view for view in views if view is not None)
    return MediaOf(kept, tuple(missing), len(views) - len(kept))


def list_media(book: Casebook, page: int = 0) -> MediaList:
    """Return a page of the media that were preserved as files of their own."""
    rows = book.store.select(
        "SELECT id FROM snapshot WHERE media_type LIKE 'image/%' OR media_type LIKE 'video/%' "
        "OR media_type LIKE 'audio/%' ORDER BY address, id LIMIT :most OFFSET :skip",
        most=PAGE + 1,
        skip=PAGE * page,
    )
    snapshots = (book.store.get(SNAPSHOT, row["id"]) for row in rows[:PAGE])
    found = [_kept(book, one) for one in snapshots if one is not None]
    views = tuple(view for view in _views(book, found) if view is not None)
    return MediaList(views, page, len(rows) > PAGE)


def media_bytes(book: Casebook, key: str) -> tuple[str, bytes]:
    """Return the kind and the bytes behind a key, as they were received.

    Raises:
        NotFoundError: nothing of this key is a picture, video or sound.
    """
    owner, _, number = key.partition("/")
    if number:
        document = book.store.get(DOCUMENT, owner)
        found = _collect(book, document)[0] if document is not None else []
        chosen = next((one for one in found if one.key == key), None)
    else:
        snapshot = book.store.get(SNAPSHOT, owner)
        usable = snapshot is not None and kind_of(snapshot)
        chosen = _kept(book, snapshot) if snapshot is not None and usable else None
    if chosen is None:
        raise NotFoundError(f"there is no picture {key!r}", next_step="See the document's page")
    return chosen.kind, chosen.body


def show_image(body: bytes, *, cover: bool) -> Recoded:
    """Return a picture encoded anew, or its cover.

    Raises:
        ReadingError: it is none that is decoded; names why.
    """
    return recode_image(body, cover=cover)


def kind_of(snapshot: Snapshot) -> str:
    """Return image, video or audio; empty for all else."""
    kind = snapshot.media_type.partition("/")[0].strip().lower()
    return kind if kind in _KINDS else ""


def _collect(book: Casebook, document: Document) -> tuple[list[_Found], list[str]]:
    """Return what a document shows, and the addresses whose bytes are not here."""
    page = book.store.get(SNAPSHOT, document.snapshot_id)
    found: list[_Found] = []
    missing: list[str] = []
    shown: Sequence[Shown] = ()
    try:
        shown = _shown_by(book, page) if page is not None else ()
    except DamagedCaseError:  # the text is read on; `verify` names the damage
        missing.append(page.address if page is not None else document.snapshot_id)
    for number, one in enumerate(shown, start=1):
        kept = _take(book, f"{document.id}/{number}", one)
        if kept is not None:
            found.append(kept)
        else:
            missing.append(one.address)
    known = {one.digest for one in found}
    tied = (one for one in _tied(book, document.id) if one.digest not in known)
    found += [_kept(book, snapshot) for snapshot in tied]
    return found, missing


_AT_HAND = 4
_parsed: OrderedDict[tuple[str, str, str], tuple[Shown, ...]] = OrderedDict()


def _shown_by(book: Casebook, page: Snapshot) -> tuple[Shown, ...]:
    """Return what a page shows; the last pages are kept, since each picture asks for its page."""
    key = page.digest, page.address, page.media_type
    known = _parsed.pop(key, None)
    if known is None:
        known = find_media(page, book.objects.get(page.digest))
    _parsed[key] = known
    while len(_parsed) > _AT_HAND:
        _parsed.popitem(last=False)
    return known


def _take(book: Casebook, key: str, shown: Shown) -> _Found | None:
    told = {"alt": shown.alt, "caption": shown.caption}
    if shown.body is not None:
        digest = sha256(shown.body)
        return _Found(key, shown.kind, "", shown.body, digest, "", **told)
    snapshots = list(book.store.find(SNAPSHOT, address=shown.address))
    if not snapshots:
        return None
    last = max(snapshots, key=lambda one: one.fetched_at)
    body = book.objects.get(last.digest)
    return _Found(last.id, shown.kind, last.address, body, last.digest, last.id, **told)


def _kept(book: Casebook, snapshot: Snapshot) -> _Found:
    body = book.objects.get(snapshot.digest)
    kind = kind_of(snapshot) or "image"
    return _Found(snapshot.id, kind, snapshot.address, body, snapshot.digest, snapshot.id)


def _tied(book: Casebook, document_id: str) -> Iterator[Snapshot]:
    for decision in decisions_on(book, Matter.TIE):
        snapshot_id, _, other = decision.subject.partition(" ")
        snapshot = book.store.get(SNAPSHOT, snapshot_id) if other == document_id else None
        if snapshot is not None:
            yield snapshot


def _views(book: Casebook, found: Iterable[_Found]) -> list[MediaView | None]:
    """Return the views, None for ornaments of a page."""
    every = list(found)
    marked = {
        one.subject: one for one in decisions_on(book, Matter.MEDIA, [f.digest for f in every])
    }
    ties: dict[str, list[Decision]] = {}
    for decision in decisions_on(book, Matter.TIE) if every else ():
        ties.setdefault(decision.subject.partition(" ")[0], []).append(decision)
    return [
        _view(book, one, marked.get(one.digest), tuple(ties.get(one.snapshot_id, ())))
        for one in every
    ]


def _view(
    book: Casebook, found: _Found, marked: Decision | None, ties: tuple[Decision, ...]
) -> MediaView | None:
    refused = ""
    if found.kind == "image":
        try:
            if measure_image(found.body).is_ornament and marked is None and not ties:
                return None
        except ReadingError as error:
            refused = error.message
    marking = marked.verdict if marked else ""
    every = book.settings.cover_media == "all" and marking != "plain"
    return MediaView(
        key=found.key,
        kind=found.kind,
        name=posixpath.basename(found.address.partition("?")[0]),
        alt=found.alt,
        caption=found.caption,
        digest=found.digest,
        size=len(found.body),
        refused=refused,
        covered=marking in COVERED or every,
        marking=marking,
        marked=marked,
        snapshot_id=found.snapshot_id,
        ties=ties,
    )
