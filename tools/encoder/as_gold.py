"""Write annotated passages as a set of documents and claims, to measure an extractor on them.

In: files of passages. Out: documents.jsonl and claims.jsonl in a folder, as extract_gold.py of the
benchmarks reads them. Refused: a claim whose quote does not stand in its passage.

Run: python tools/encoder/as_gold.py FOLDER FILE [FILE ...]
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from passages import MANY, Passage, parse

from enduse.extract import extract_claims
from enduse.model.claim import Claim, ClaimKind, Part
from enduse.model.document import Document
from enduse.model.interchange import to_record
from enduse.reference.register import load_register

BULK = re.compile(r"\b(kg|kilo|ton|litre|pound)", re.IGNORECASE)


@cache
def read_amount(words: str) -> dict[str, Any] | None:
    """Return the bounds that the extractor reads from the words of an amount."""
    thing = "of explosives" if BULK.search(words) else "rifles"
    text = f"The army seized {words} {thing} from rebels."
    found = extract_claims(Document("d", "s", text, language="en"), load_register(), "rules")
    for claim in found:
        if isinstance(claim, Claim) and claim.kind is ClaimKind.TRANSFER and claim.quantity:
            amount = to_record(claim, "d")["quantity"]
            return {"text": words, "min": amount.get("min"), "max": amount.get("max")}
    return None


def records(passage: Passage, name: str) -> Iterator[dict[str, Any]]:
    """Yield the claims of a passage; a line with the document alone where it has none."""
    if not passage.claims:
        yield {"doc": name}
    for claim in passage.claims:
        at = passage.text.find(claim["quote"])
        if at < 0:
            continue
        record: dict[str, Any] = {"doc": name, "kind": claim["kind"]}
        for part in (part.value for part in Part):
            if claim.get(part):
                first, *others = claim[part].split(MANY)
                record[part] = {"text": first} | ({"and": others} if others else {})
        status = claim.get("status", "gained" if claim["kind"] == "control" else "done")
        record |= {"mode": claim["mode"]} if claim.get("mode") else {}
        record |= {"status": status} if status != "done" else {}
        amount = read_amount(claim["quantity"]) if claim.get("quantity") else None
        record |= {"quantity": amount} if amount else {}
        record |= {"medium": claim["medium"]} if claim.get("medium") else {}
        yield record | {
            "polarity": claim.get("pol", "affirmed"),
            "certainty": claim.get("cert", "certain"),
            "attribution": claim["att"].split(MANY) if claim.get("att") else [],
            "quote": claim["quote"],
            "start": at,
            "end": at + len(claim["quote"]),
        }


def main() -> None:
    """Write the two files."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    documents, claims = [], []
    for path in map(Path, sys.argv[2:]):
        for number, passage in enumerate(parse(path), 1):
            name = f"{path.stem}-{number}"
            documents.append({"id": name, "source": path.stem, "lang": "en", "text": passage.text})
            claims += records(passage, name)
    for name, rows in (("documents", documents), ("claims", claims)):
        lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        (folder / f"{name}.jsonl").write_text(lines, encoding="utf-8")
    print(len(documents), "documents", sum("kind" in claim for claim in claims), "claims")


if __name__ == "__main__":
    main()
