"""Claims to JSON lines of the interchange format, with the publication facts of their documents.

In: claims with their documents. Out: one object a line, UTF-8, in the order given. Refused:
nothing; characters that some programs take for line ends are written as escapes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, BinaryIO

from enduse.model.claim import Claim
from enduse.model.document import Document
from enduse.model.interchange import to_record

_LINE_ENDS = {ord(end): f"\\u{ord(end):04x}" for end in "\x85\u2028\u2029"}


class ClaimsJsonlExporter:
    """Writes claims as JSON lines."""

    name = "claims-jsonl"
    media_type = "application/x-ndjson"
    suffix = ".jsonl"

    def write(self, claims: Iterable[tuple[Claim, Document]], stream: BinaryIO) -> None:
        """Write one claim a line."""
        for claim, document in claims:
            line = json.dumps(claim_record(claim, document), ensure_ascii=False)
            stream.write(line.translate(_LINE_ENDS).encode("utf-8", "backslashreplace") + b"\n")


def claim_record(claim: Claim, document: Document) -> dict[str, Any]:
    """Return the claim's record with `published`, `publisher`, `title` where the document tells."""
    record = to_record(claim, document.label)
    published = document.date_published.isoformat() if document.date_published else None
    facts = {"published": published, "publisher": document.publisher, "title": document.title}
    return record | {key: value for key, value in facts.items() if value}
