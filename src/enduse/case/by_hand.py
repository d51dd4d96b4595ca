"""Claims that people make: from words marked in a document, or in place of a found claim.

In: what a person states, as plain words. Out: a claim tied to code points, signed by its maker,
and the decision that made it. Refused: words that do not stand in the document.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from enduse.case.casebook import Casebook
from enduse.case.clock import now
from enduse.case.deciding import about_claim, keep
from enduse.case.judging import signer_of
from enduse.case.standing import BY_HAND
from enduse.errors import MisuseError, NotFoundError
from enduse.model.claim import Because, Certainty, Claim, ClaimKind, Part, Polarity, Role, Speaker
from enduse.model.dates import DateRange
from enduse.model.decision import Decision, Matter
from enduse.model.document import Document, Span
from enduse.model.interchange import with_id
from enduse.model.quantity import Quantity
from enduse.store.kinds import CLAIM, DOCUMENT


@dataclass(frozen=True, slots=True)
class Draft:
    """What a person says that a stretch of text claims, as written into a form.

    Attributes:
        roles: names by part ("weapon": "TOW"); an empty name takes the part away.
        speaker: on whose word, empty for the author's own.
        since, until: days in ISO form, empty if not said.
    """

    kind: str
    roles: Mapping[str, str] = field(default_factory=dict)
    mode: str = ""
    status: str = ""
    polarity: str = "affirmed"
    certainty: str = "certain"
    speaker: str = ""
    since: str = ""
    until: str = ""
    quantity: str = ""


def make_claim(
    book: Casebook,
    document_id: str,
    place: tuple[int, int],
    draft: Draft,
    because: str = "",
    by: str = "",
) -> Decision:
    """Keep a claim on the words at a place, accepted by its maker; return the decision.

    Raises:
        NotFoundError: there is no such document.
        MisuseError: the document has no text there, or the draft says nothing that can be kept.
    """
    document = _document(book, document_id)
    try:
        span = Span.of(document, *place)
    except ValueError as error:
        raise MisuseError(
            "there are no words at this place", document.label, "Mark the words again"
        ) from error
    signer = signer_of(book, by)
    blank = Claim("", document_id, ClaimKind.USE, (), span, extractor=f"{BY_HAND}{signer}")
    claim = _written(blank, draft, document, "marked")
    book.store.put(CLAIM, [claim])
    told = Decision("", 0, Matter.CLAIM, claim.id, "accept", signer, now(), because, made=claim.id)
    return keep(book, [about_claim(told, claim)])[0]


def correct_claim(
    book: Casebook, claim_id: str, draft: Draft, because: str = "", by: str = ""
) -> Decision:
    """Keep a corrected claim in place of another, which is set aside; return the decision.

    Raises:
        NotFoundError: there is no such claim.
        MisuseError: the draft says nothing that can be kept, or what the claim says already.
    """
    old = book.store.get(CLAIM, claim_id)
    if old is None:
        raise NotFoundError(f"there is no claim {claim_id!r}", str(book.folder), "Reload the page")
    signer, on = signer_of(book, by), now()
    blank = replace(old, extractor=f"{BY_HAND}{signer}")
    made = _written(blank, draft, _document(book, old.document_id), "corrected")
    book.store.put(CLAIM, [made])
    corrected = Decision("", 0, Matter.CLAIM, old.id, "correct", signer, on, because, made=made.id)
    stands = Decision("", 0, Matter.CLAIM, made.id, "accept", signer, on, because, made=made.id)
    return keep(book, [about_claim(corrected, old), about_claim(stands, made)])[0]


def find_words(book: Casebook, document_id: str, quote: str, turn: int = 1) -> tuple[int, int]:
    """Return where the words stand in the document, the given time they occur.

    Raises:
        MisuseError: they do not stand there.
    """
    document = _document(book, document_id)
    words, start = quote.strip(), -1
    for _ in range(turn):
        start = document.text.find(words, start + 1) if words else -1
        if start < 0:
            raise MisuseError(
                "these words do not stand in the document", document.label, "Copy them from it"
            )
    return start, start + len(words)


def _document(book: Casebook, document_id: str) -> Document:
    document = book.store.get(DOCUMENT, document_id)
    if document is None:
        raise NotFoundError(
            f"there is no document {document_id!r}", str(book.folder), "Reload the page"
        )
    return document


def _written(blank: Claim, draft: Draft, document: Document, how: str) -> Claim:
    try:
        claim = replace(
            blank,
            kind=ClaimKind(draft.kind),
            roles=_roles(blank, draft, document),
            mode=draft.mode or None,
            status=draft.status or None,
            polarity=Polarity(draft.polarity),
            certainty=Certainty(draft.certainty),
            attribution=_speakers(blank, draft),
            time=_time(blank, draft),
            quantity=_quantity(blank, draft),
            because=Because(f"by-hand:{how}"),
            score=1.0,
        )
    except ValueError as error:
        raise MisuseError(
            f"this cannot be kept: {error}", next_step="Choose from the words the form offers"
        ) from error
    if not claim.roles:
        raise MisuseError("a claim names at least one party", next_step="Fill in who or what")
    return with_id(claim)


def _roles(blank: Claim, draft: Draft, document: Document) -> tuple[Role, ...]:
    kept = {role.part: role for role in blank.roles}
    found = []
    for part in Part:
        if part.value not in draft.roles:
            found += [kept[part]] if part in kept else []
            continue
        name = draft.roles[part.value].strip()
        if name and part in kept and kept[part].text == name:
            found.append(kept[part])
        elif name:
            found.append(_role(part, name, blank.span, document))
    return tuple(found)


def _role(part: Part, name: str, span: Span | None, document: Document) -> Role:
    start = document.text.find(name, span.start, span.end) if span else -1
    return Role(part, name) if start < 0 else Role(part, name, start, start + len(name))


def _speakers(blank: Claim, draft: Draft) -> tuple[Speaker, ...]:
    name = draft.speaker.strip()
    if blank.attribution and blank.attribution[0].text == name:
        return blank.attribution
    return (Speaker(name),) if name else ()


def _time(blank: Claim, draft: Draft) -> DateRange | None:
    since = date.fromisoformat(draft.since) if draft.since else None
    until = date.fromisoformat(draft.until) if draft.until else since
    if since is None and until is None:
        return None
    if since and until and until < since:
        raise ValueError(f"{until} is before {since}")
    return DateRange(since, until, blank.time.text if blank.time else "")


def _quantity(blank: Claim, draft: Draft) -> Quantity | None:
    words = draft.quantity.strip()
    if blank.quantity is not None and blank.quantity.text == words:
        return blank.quantity
    if not words:
        return None
    number = float(words) if words.replace(".", "", 1).isascii() and words.isdigit() else None
    return Quantity(words, number, number)
