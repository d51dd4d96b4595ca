"""Rebuild the open passages: real text whose licence would allow training, with claims made here.

They measure; the shipped weights did not learn from them. They are passages of public sets that lie
beside the project, none of them in the hand-checked or the fresh set: Wikipedia (CC BY-SA; reports
of FAMuS, the hedge corpus, re3d), Wikinews and speeches (CC BY, public; GUM), pages that FAMuS
gives out under CC BY-SA, statements of the US and UK governments (public domain, OGL; re3d). Their
claims are kept in `open/` as offsets, so that no sentence of the passages stands here; this program
reads the passages from the sets and puts both together.

In: the folder of the public sets. Out: a file of passages, as `as_gold.py` and `train.py` read
them. Refused: a passage whose SHA-256 is another; a set that is absent is named.

Run: python tools/encoder/open_texts.py DATA FILE
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from passages import MANY

ROOT = Path(__file__).parents[2]
sys.path.append(str(ROOT / "benchmarks"))  # where the fresh set is read from the same sets
from fresh_set import join, read_rows, read_text  # noqa: E402 - after its folder is known

HERE = Path(__file__).parent / "open"
TOLD = re.compile(r"^# text = (.*)$", re.MULTILINE)  # a sentence of a parsed document
Texts = Iterator[tuple[str, str]]  # the key of each text in its set, and the text
Spans = list[list[int]]


def read_texts(data: Path, source: str) -> Texts:
    """Yield the texts of a source: a public set, of some one part ("gum-news")."""
    name, _, part = source.partition("-")
    if name == "famus":
        for row in read_rows(data / "famus" / "source_validation.dev.jsonl.gz"):
            yield row["instance_id"], join(row[f"{part}_dict"]["doctext"].split(" "))
    elif name == "re3d":
        for path in sorted((data / "re3d" / part).glob("documents.jsonl*")):
            yield from ((row["_id"], row["text"]) for row in read_rows(path))
    elif name == "hedge":
        path = data / "hedge_wiki" / "szeged_uncertainty_wiki.dev.xml.gz"
        for one in ET.fromstring(read_text(path)).iter("Document"):
            sentences = ("".join(s.itertext()).strip() for s in one.iter("Sentence"))
            yield str(one.findtext("DocID")), " ".join(sentences)
    elif name == "gum":
        for path in sorted((data / "gum").glob("gum.*.jsonl.gz")):
            for row in read_rows(path):
                yield row["doc"], " ".join(TOLD.findall(row["conllu"]))


def passages(data: Path) -> Iterator[str]:
    """Yield the passages in the compact form. Raises SystemExit where one is not as annotated."""
    lines = (HERE / "claims.jsonl").read_text(encoding="utf-8").splitlines()
    claims = {row["id"]: row["claims"] for row in map(json.loads, lines)}
    sources: dict[str, dict[str, str]] = {}
    for line in (HERE / "documents.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        name, source, key, start, end, digest = line.split("\t")
        if source not in sources:
            sources[source] = dict(read_texts(data, source))
        text = sources[source].get(key, "")[int(start) : int(end)]
        if hashlib.sha256(text.encode()).hexdigest() != digest:
            message = f"{name}: {source} {key} under {data} is not the text that was annotated"
            raise SystemExit(message)
        text = "\n".join(row for row in text.split("\n") if row.strip())
        yield "\n".join([f"@ {name} | {source}", text, *_told(text, claims[name]), ""])


def _told(text: str, claims: list[dict[str, Any]]) -> Iterator[str]:
    """Yield the lines of a passage's claims, the words of each span put in."""
    for claim in claims:
        fields = {name: value for name, value in claim.items() if name != "kind"}
        shown = [f"{name}: {_worded(text, value)}" for name, value in fields.items()]
        yield "- " + " | ".join([claim["kind"], *shown])
    if not claims:
        yield "- none"


def _worded(text: str, value: str | Spans) -> str:
    return value if isinstance(value, str) else MANY.join(text[a:b] for a, b in value)


def main() -> None:
    """Write the passages."""
    data, out = map(Path, sys.argv[1:3])
    try:
        found = list(passages(data))
    except FileNotFoundError as absent:
        message = f"{absent.filename} is absent: name the folder of the public sets"
        raise SystemExit(message) from None
    out.write_text("\n".join(found), encoding="utf-8")
    print(len(found), "passages")


if __name__ == "__main__":
    main()
