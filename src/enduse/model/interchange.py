"""Claims in the interchange format, one JSON object a line, and back.

The format is docs/reference/claims.md: role fields by name, `doc`, `quote`, `start`, `end`.
In: claims, or lines of the format. Out: records, or claims. Refused: a field of another type than
the format gives it, and words that its lists do not have; the error names the field.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Annotated, Any

import msgspec

from enduse.errors import MisuseError
from enduse.model.claim import (
    Because,
    Certainty,
    Claim,
    ClaimKind,
    Part,
    Polarity,
    Role,
    Speaker,
)
from enduse.model.dates import DateRange
from enduse.model.document import Span
from enduse.model.quantity import Quantity
from enduse.model.record import make_id, to_plain


def with_id(claim: Claim) -> Claim:
    """Return the claim with its content id: everything but id and score counts."""
    blank = replace(claim, id="", score=1.0)
    return replace(claim, id=make_id("claim", to_plain(blank)))


def to_record(claim: Claim, doc: str) -> dict[str, Any]:
    """Return the claim as a plain dict of the interchange format; `doc` names its document."""
    record: dict[str, Any] = {"id": claim.id, "doc": doc, "kind": claim.kind.value}
    record |= {
        key: value for key, value in (("mode", claim.mode), ("status", claim.status)) if value
    }
    record |= {role.part.value: _role_record(role) for role in claim.roles}
    if claim.time is not None:
        record["time"] = _drop_none(
            text=claim.time.text, start=_iso(claim.time.start), end=_iso(claim.time.end)
        )
    if claim.quantity is not None:
        record["quantity"] = {
            "text": claim.quantity.text,
            "min": _number(claim.quantity.min),
            "max": _number(claim.quantity.max),
        }
    record |= {"polarity": claim.polarity.value, "certainty": claim.certainty.value}
    record["attribution"] = [speaker.text for speaker in claim.attribution]
    if claim.medium:
        record["medium"] = claim.medium
    if claim.span is not None:
        record |= {"quote": claim.span.quote, "start": claim.span.start, "end": claim.span.end}
    elif quote := unplaced_quote(claim):
        record["quote"] = quote
    record["because"] = _because_record(claim.because)
    return record | {"score": round(claim.score, 4), "extractor": claim.extractor}


def _role_record(role: Role) -> dict[str, Any]:
    record = _drop_none(
        text=role.text,
        name=role.name,
        reference=role.reference,
        start=role.start,
        end=role.end,
        described=role.described,
    )
    return record | ({"and": list(role.also)} if role.also else {})


def _because_record(because: Because) -> dict[str, Any]:
    return {
        "rule": because.rule,
        "cues": [to_plain(cue) for cue in because.cues],
        "resolved": [
            {"part": part, "words": words, "how": how} for part, words, how in because.resolved
        ],
    }


_Place = Annotated[int, msgspec.Meta(ge=0, le=2**53)]


class RoleRecord(msgspec.Struct, frozen=True):
    """A party as the format holds it; see docs/reference/claims.md."""

    text: str = ""
    start: _Place | None = None
    end: _Place | None = None
    reference: str | None = None
    id: str | None = None
    name: str | None = None
    also: tuple[str, ...] | None = msgspec.field(name="and", default=None)
    described: str | None = None


class TimeRecord(msgspec.Struct, frozen=True):
    """A time as the format holds it: ISO days."""

    text: str | None = None
    start: str | None = None
    end: str | None = None


class QuantityRecord(msgspec.Struct, frozen=True):
    """A quantity as the format holds it."""

    text: str | None = None
    min: float | None = None
    max: float | None = None


class SpeakerRecord(msgspec.Struct, frozen=True):
    """A speaker as the format may hold one, beside a bare name."""

    text: str


_Named = str | RoleRecord | None


class ClaimRecord(msgspec.Struct, frozen=True):
    """One line of the format with every field of its type; a line without a kind has no claim.

    What the program writes but does not take back (`id`, `because`, `title`) is not looked at.
    """

    doc: str | None = None
    kind: str | None = None
    mode: str | None = None
    status: str | None = None
    actor: _Named = None
    weapon: _Named = None
    target: _Named = None
    beneficiary: _Named = None
    from_: _Named = msgspec.field(name="from", default=None)
    to: _Named = None
    via: _Named = None
    by: _Named = None
    other: _Named = None
    victim: _Named = None
    place: _Named = None
    time: TimeRecord | None = None
    quantity: QuantityRecord | None = None
    polarity: str | None = None
    certainty: str | None = None
    attribution: tuple[str | SpeakerRecord, ...] | None = None
    medium: str | None = None
    quote: str | None = None
    start: _Place | None = None
    end: _Place | None = None
    score: Annotated[float, msgspec.Meta(ge=0, le=1)] | None = None
    extractor: str | None = None
    published: str | None = None
    publisher: str | None = None


_LINES = msgspec.json.Decoder(ClaimRecord)
_NEXT_STEP = "See docs/reference/claims.md for the fields and their values"


def read_line(line: bytes) -> ClaimRecord:
    """Return the record on a line.

    >>> read_line(b'{"doc": "a", "kind": "use", "weapon": "TOW"}').weapon
    'TOW'

    Raises:
        MisuseError: it is no JSON, or a field is of another type; names the field.
    """
    try:
        return _LINES.decode(line)
    except ValueError as error:
        raise _refuse(error) from error


def from_record(record: Mapping[str, Any], document_id: str, by: str) -> Claim:
    """Return the claim that a plain dict of the format holds; see `claim_of`.

    Raises:
        MisuseError: a field has no meaning in the format; names the field.
    """
    try:
        read = msgspec.convert(record, ClaimRecord)
    except msgspec.ValidationError as error:
        raise _refuse(error) from error
    return claim_of(read, document_id, by)


def claim_of(record: ClaimRecord, document_id: str, by: str) -> Claim:
    """Return the claim that a record holds.

    Args:
        record: one line of the format; `also` of gold sets is not kept.
        document_id: the document it belongs to.
        by: who made it, kept as the extractor.

    Raises:
        MisuseError: a field has no meaning in the format; names the value.
    """
    try:
        return with_id(_claim_of(record, document_id, by))
    except ValueError as error:
        raise _refuse(error) from error


def day_published(record: ClaimRecord) -> date | None:
    """Return the day on which its document was published: of an ISO date, or of a date and time.

    >>> day_published(ClaimRecord(published="2015-06-09T10:30:00Z"))
    datetime.date(2015, 6, 9)

    Raises:
        MisuseError: it is neither.
    """
    if not record.published:
        return None
    try:
        return datetime.fromisoformat(record.published).date()
    except ValueError as error:
        message = f"published {record.published!r} is no ISO day"
        raise MisuseError(message, next_step="Write it as 2015-06-09, or leave it out") from error


def _refuse(error: Exception) -> MisuseError:
    message = f"not a claim of the interchange format: {error}"
    return MisuseError(message, next_step=_NEXT_STEP)


def _claim_of(record: ClaimRecord, document_id: str, by: str) -> Claim:
    return Claim(
        id="",
        document_id=document_id,
        kind=ClaimKind(record.kind or ""),
        roles=tuple(_roles_of(record)),
        span=_span_of(record, document_id),
        mode=record.mode,
        status=record.status,
        time=_time_of(record.time),
        quantity=_quantity_of(record.quantity),
        polarity=Polarity(record.polarity or "affirmed"),
        certainty=Certainty(record.certainty or "certain"),
        attribution=tuple(_speaker_of(said) for said in record.attribution or ()),
        medium=record.medium,
        because=_because_of(record),
        extractor=by,
        score=1.0 if record.score is None else record.score,
    )


_FIELDS = tuple((part, "from_" if part is Part.FROM else part.value) for part in Part)


def _roles_of(record: ClaimRecord) -> Iterator[Role]:
    for part, name in _FIELDS:
        value: _Named = getattr(record, name)
        if isinstance(value, str) and value:
            yield Role(part, value)
        elif isinstance(value, RoleRecord) and value != _NOBODY:
            yield _role_of(part, value)


_NOBODY = RoleRecord()


def _role_of(part: Part, value: RoleRecord) -> Role:
    if not value.text:
        raise ValueError(f"{part.value} has no text")
    return Role(
        part,
        value.text,
        start=value.start,
        end=value.end,
        reference=value.reference or value.id,
        name=value.name,
        also=value.also or (),
        described=value.described,
    )


def _speaker_of(value: str | SpeakerRecord) -> Speaker:
    return Speaker(value if isinstance(value, str) else value.text)


def _span_of(record: ClaimRecord, document_id: str) -> Span | None:
    if record.quote is None or record.start is None:
        return None
    end = record.start + len(record.quote) if record.end is None else record.end
    if end < record.start:
        raise ValueError(f"the quote ends at {end}, before its start {record.start}")
    return Span(document_id, record.start, end, record.quote)


_UNPLACED = "told without its place"


def _because_of(record: ClaimRecord) -> Because:
    unplaced = record.quote if record.start is None else None
    return Because("imported", resolved=(("quote", unplaced, _UNPLACED),) if unplaced else ())


def unplaced_quote(claim: Claim) -> str | None:
    """Return the quote of a claim that was told without the place where the words stand."""
    told = (words for _, words, how in claim.because.resolved if how == _UNPLACED)
    return next(told, None)


def place_quote(claim: Claim, start: int) -> Claim:
    """Return the claim, with a new id, whose unplaced quote stands at a place in its document.

    >>> told = claim_of(ClaimRecord(kind="use", weapon="TOW", quote="a TOW"), "doc-1", "")
    >>> place_quote(told, 7).span
    Span(document_id='doc-1', start=7, end=12, quote='a TOW')
    """
    quote = unplaced_quote(claim) or ""
    span = Span(claim.document_id, start, start + len(quote), quote)
    return with_id(replace(claim, span=span, because=Because("imported")))


def _time_of(value: TimeRecord | None) -> DateRange | None:
    if value is None or value == TimeRecord():
        return None
    return DateRange(_day_of(value.start), _day_of(value.end or value.start), value.text or "")


def _day_of(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def _quantity_of(value: QuantityRecord | None) -> Quantity | None:
    if value is None or value == QuantityRecord():
        return None
    return Quantity(value.text or "", value.min, value.max)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _number(value: float | None) -> float | int | None:
    return int(value) if value is not None and float(value).is_integer() else value


def _drop_none(**fields: Any) -> dict[str, Any]:
    return {key: value for key, value in fields.items() if value is not None}
