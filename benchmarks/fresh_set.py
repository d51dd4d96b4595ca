"""Rebuild the fresh set: real passages that no rule and no training document was made after.

Passages of the public sets that the hand-checked set was drawn from, none of them in it, picked by
chance: nearly nine in ten of those that name arms or harm at least thrice (the first) or twice (the
others), of long texts a stretch among the richest in such words. The first 76 were annotated by
two readers who saw neither each other's claims nor the program's; thresholds may be chosen by them.
The other 87, annotated by one such reader, are for the verdict: nothing is chosen by them. Claims
are kept in `fresh/` as offsets, so that no sentence of the passages stands here; this program reads
the passages from the public sets and puts both together.

In: the folder of the public sets. Out: OUT/first, OUT/second and OUT/verdict, each with
documents.jsonl and claims.jsonl, for extract_gold.py and the scorer. Refused: a passage whose
SHA-256 is another; a set that is absent is named.

Run: python benchmarks/fresh_set.py --data DIR OUT
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import re
import sys
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator, Sequence
from operator import itemgetter
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent / "fresh"
SETS = {"first": "f", "second": "f", "verdict": "g"}  # and how their documents' names begin
_GLUED = [
    (re.compile(r" ([,.;:!?%)\]’”])"), r"\1"),
    (re.compile(r"([(\[“‘$]) "), r"\1"),
    (re.compile(r" (n't|'s|'re|'ve|'ll|'d|'m|’s|' )"), r"\1"),
    (re.compile(r" - "), "-"),
    (re.compile(r"`` ?| ?''"), '"'),
]
_BULLETIN = re.compile(r"\n(?=(?:DEV|TST\d)-MUC\d-\d{4})")
_NUMBER = re.compile(r"\s*((?:DEV|TST\d)-MUC\d-\d{4})")


def main() -> int:
    """Write the sets; 1 where a public set is absent or has changed."""
    cli = argparse.ArgumentParser(description=__doc__)
    cli.add_argument("--data", type=Path, required=True)
    cli.add_argument("out", type=Path)
    options = cli.parse_args()
    if not options.data.exists():
        print(f"skipped: {options.data} is absent", file=sys.stderr)
        return 1
    texts = {row["id"]: row["text"] for row in read_documents(options.data)}
    for name, letter in SETS.items():
        folder = options.out / name
        folder.mkdir(parents=True, exist_ok=True)
        lines = (HERE / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
        _write(folder / "claims.jsonl", [_restored(json.loads(line), texts) for line in lines])
        chosen = ((one, text) for one, text in texts.items() if one.startswith(letter))
        documents = [{"id": one, "text": text, "lang": "en"} for one, text in chosen]
        _write(folder / "documents.jsonl", documents)
    print(f"{len(texts)} documents in {options.out}", file=sys.stderr)
    return 0


def read_documents(data: Path) -> Iterator[dict[str, str]]:
    """Yield the passages. Raises SystemExit where one is not what was annotated."""
    sources: dict[str, dict[str, str]] = {}
    for line in (HERE / "documents.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        name, source, key, start, end, digest = line.split("\t")
        if source not in sources:
            sources[source] = dict(read_source(data, source))
        if key not in sources[source]:
            message = f"{name}: {source} {key} is not under {data}"
            raise SystemExit(message)
        text = sources[source][key][int(start) : int(end)]
        if hashlib.sha256(text.encode()).hexdigest() != digest:
            message = f"{name}: {source} {key} is not the text that was annotated"
            raise SystemExit(message)
        yield {"id": name, "text": text}


def read_source(data: Path, source: str) -> Iterator[tuple[str, str]]:
    """Yield the documents of a public set, each with its key there."""
    if source in ROWS:
        pattern, key, text = ROWS[source]
        for path in sorted(data.glob(pattern)):
            yield from ((row[key], text(row)) for row in read_rows(path))
    elif source == "muc4":
        yield from _bulletins(data / "muc4" / "raw")
    else:
        path = data / "geoparsing" / f"{source}.dev.xml.gz"
        root = ET.fromstring(read_text(path)) if path.exists() else ET.Element("articles")
        for at, one in enumerate(root.iter("article")):
            name = one.get("docid") or one.findtext("docid") or str(at)
            yield name, one.findtext("text") or ""


def join(words: Sequence[str]) -> str:
    """Return words put together as prose."""
    text = " ".join(words)
    for pattern, instead in _GLUED:
        text = pattern.sub(instead, text)
    return text


Text = Callable[[Any], str]  # how the text of a row is read
ROWS: dict[str, tuple[str, str, Text]] = {  # files, field of the key, text
    "rams": (
        "rams/dev.jsonlines.gz",
        "doc_key",
        lambda row: join([word for part in row["sentences"] for word in part]),
    ),
    "famus": (
        "famus/source_validation.dev.jsonl.gz",
        "instance_id",
        lambda row: join(row["source_dict"]["doctext"].split(" ")),
    ),
    "wikievents": ("wikievents/dev.jsonl.gz", "doc_id", itemgetter("text")),
    "re3d": ("re3d/*/documents.jsonl*", "_id", itemgetter("text")),
    "polnear": ("polnear/*.gz", "filename", itemgetter("text")),
}


def _bulletins(folder: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(folder.glob("*/*")):
        for part in () if "key" in path.name else _BULLETIN.split(read_text(path)):
            if number := _NUMBER.match(part):
                yield number[1], part[part.find("\n") :].strip()


def _restored(record: dict[str, Any], texts: dict[str, str]) -> dict[str, Any]:
    """Return a claim with the words that stand where its offsets tell."""
    text = texts[record["doc"]]

    def words(span: list[int] | str) -> str:
        return span if isinstance(span, str) else text[span[0] : span[1]]

    found = dict(record)
    for field, value in record.items():
        if isinstance(value, dict) and "text" in value:
            found[field] = value | {
                name: words(kept) if name == "text" else [words(one) for one in kept]
                for name, kept in value.items()
                if name in ("text", "also", "and")
            }
    if "attribution" in record:
        found["attribution"] = [words(one) for one in record["attribution"]]
    if "start" in record:
        found["quote"] = text[record["start"] : record["end"]]
    return found


def read_text(path: Path) -> str:
    """Return the text of a file, packed or not. Raises FileNotFoundError."""
    if path.suffix == ".gz":
        with gzip.open(path, "rt", encoding="utf-8", errors="replace") as stream:
            return stream.read()
    return path.read_text(encoding="utf-8", errors="replace")


def read_rows(path: Path) -> Iterator[Any]:
    """Yield the records of a file of JSON lines, packed or not."""
    return map(json.loads, filter(None, read_text(path).split("\n")))


def _write(path: Path, records: Sequence[dict[str, Any]]) -> None:
    lines = (json.dumps(record, ensure_ascii=False) for record in records)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    raise SystemExit(main())
