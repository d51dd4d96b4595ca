"""Annotated passages in the compact form, read and checked.

In: text files. Out: passages with their claims. Refused, by line: a role that the kind does not
have, words that do not stand in the passage.

A passage begins with `@ DATE | genre`; its text follows; then a line for each claim, `- KIND |
FIELD: WORDS | ... | quote: WORDS`, or `- none`. Several fillers of a role stand between ` ;; `.

Run: python tools/encoder/passages.py FILE [FILE ...]
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from enduse.extract.encoder import labels
from enduse.model.claim import ClaimKind

MANY = " ;; "
COMMON = {"place", "time", "quantity", "att", "quote"}
ROLES = {
    kind.value: {role for of, role in labels.ROLES if of is kind} | {part.value}
    for kind, part in labels.ANCHOR_OF.items()
}
MODES = {kind: {mode for of, mode in labels.FRAMES if of.value == kind and mode} for kind in ROLES}
VALUES = {
    "cert": set(labels.CERTAINTY),
    "pol": set(labels.POLARITY),
    "medium": set(labels.MEDIA[1:]),
}


@dataclass
class Passage:
    """A text with its claims, each a mapping of field to words; `line` is where it begins."""

    line: int
    text: str = ""
    claims: list[dict[str, str]] = field(default_factory=list)


def parse(path: Path) -> list[Passage]:
    """Return the passages of a file."""
    found: list[Passage] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        if line.startswith("@"):
            found.append(Passage(number))
        elif line.startswith("- ") and line[2:].split("|")[0].strip() in ROLES:
            first, *rest = line[2:].split(" | ")
            claim = {"kind": first.strip(), "line": str(number)}
            claim |= {
                name.strip(): words.strip() for name, _, words in (f.partition(":") for f in rest)
            }
            found[-1].claims.append(claim)
        elif line.strip() and not line.startswith("- none"):
            found[-1].text += ("\n" if found[-1].text else "") + line
    return found


def check(passage: Passage) -> Iterator[str]:
    """Yield what is wrong with a passage's claims."""
    for claim in passage.claims:
        kind, line = claim["kind"], claim["line"]
        for name, words in claim.items():
            if name in ("kind", "line"):
                continue
            if name in ROLES[kind] | COMMON:
                parts = [words] if name == "quote" else words.split(MANY)
                yield from (
                    f"{line}: {name}: not in the text: {p}" for p in parts if p not in passage.text
                )
            elif words not in _values(name, kind):
                yield f"{line}: {name}: {words}: not of {kind}"
        for name in ("quote", labels.ANCHOR_OF[ClaimKind(kind)].value):
            if name not in claim:
                yield f"{line}: no {name}"


def _values(name: str, kind: str) -> set[str]:
    """Return what a field may say of a kind, nothing where the kind has no such field."""
    if name == "status":
        return {"transfer": set(labels.STATUS), "control": MODES["control"]}.get(kind, set())
    if name == "mode":
        return MODES[kind] if kind != "control" else set()
    return VALUES.get(name, set())


def main() -> int:
    """Print what is wrong, and counts; 0 where nothing is."""
    counts: Counter[str] = Counter()
    wrong = 0
    for path in map(Path, sys.argv[1:]):
        for passage in parse(path):
            for problem in check(passage):
                print(f"{path}:{problem}")
                wrong += 1
            counts["passages"] += 1
            counts["words"] += len(passage.text.split())
            counts.update(claim["kind"] for claim in passage.claims)
    print(dict(counts))
    return int(wrong > 0)


if __name__ == "__main__":
    raise SystemExit(main())
