"""Claims in the interchange format, one JSON object a line, and back.

The format is docs/reference/claims.md: role fields by name, `doc`, `quote`, `start`, `end`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

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


def from_record(record: Mapping[str, Any], document_id: str, by: str) -> Claim:
    """Return the claim that a record of the interchange format holds.

    Args:
        record: one object of the format; `also` of gold sets is not kept.
        document_id: the document it belongs to.
        by: who made it, kept as the extractor.

    Raises:
        MisuseError: a field has no meaning in the format; names the field and its value.
    """
    try:
        return with_id(_claim_of(record, document_id, by))
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise MisuseError(
            f"not a claim of the interchange format: {error}",
            next_step="See docs/reference/claims.md for the fields and their values",
        ) from error


def _claim_of(record: Mapping[str, Any], document_id: str, by: str) -> Claim:
    return Claim(
        id="",
        document_id=document_id,
        kind=ClaimKind(record["kind"]),
        roles=tuple(_role_of(part, record[part.value]) for part in Part if record.get(part.value)),
        span=_span_of(record, document_id),
        mode=record.get("mode"),
        status=record.get("status"),
        time=_time_of(record.get("time")),
        quantity=_quantity_of(record.get("quantity")),
        polarity=Polarity(record.get("polarity") or "affirmed"),
        certainty=Certainty(record.get("certainty") or "certain"),
        attribution=tuple(_speaker_of(said) for said in record.get("attribution") or ()),
        medium=record.get("medium"),
        because=Because("imported"),
        extractor=by,
        score=float(record.get("score", 1.0)),
    )


def _role_of(part: Part, value: Any) -> Role:
    if isinstance(value, str):
        return Role(part, value)
    return Role(
        part,
        value["text"],
        start=value.get("start"),
        end=value.get("end"),
        reference=value.get("reference") or value.get("id"),
        name=value.get("name"),
        also=tuple(value.get("and") or ()),
        described=value.get("described"),
    )


def _speaker_of(value: Any) -> Speaker:
    return Speaker(value) if isinstance(value, str) else Speaker(value["text"])


def _span_of(record: Mapping[str, Any], document_id: str) -> Span | None:
    if record.get("quote") is None or record.get("start") is None:
        return None
    start = int(record["start"])
    return Span(document_id, start, int(record.get("end") or start), record["quote"])


def _time_of(value: Mapping[str, Any] | None) -> DateRange | None:
    if not value:
        return None
    start, end = _day_of(value.get("start")), _day_of(value.get("end") or value.get("start"))
    return DateRange(start, end, value.get("text") or "")


def _day_of(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def _quantity_of(value: Mapping[str, Any] | None) -> Quantity | None:
    return Quantity(value.get("text") or "", value.get("min"), value.get("max")) if value else None


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _number(value: float | None) -> float | int | None:
    return int(value) if value is not None and float(value).is_integer() else value


def _drop_none(**fields: Any) -> dict[str, Any]:
    return {key: value for key, value in fields.items() if value is not None}
