"""Runs the seed page beside two own-written pages, and checks that all three are one witness.

One is a page of June 2015 that quotes the sentence with the hedge, leaves the hedge out, and says
it harder in its headline; the other an article of December 2014 by the author whom the seed page's
source line names. The quoted sentence is taken from the data when this is run.

    python benchmarks/seed_copies.py --data ../shared

Prints one JSON object; exits 1 if a check fails, 0 with a clear word if the data is not there.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tempfile
from pathlib import Path
from typing import Any

from seed_case import run

HEDGE = " likely"
HEADLINE = "Islamic State captured TOW missiles from the Free Syrian Army"
COMMENT = (
    "The committee meets again next week, and two of its members have asked for an account of the "
    "programme. We asked the department how deliveries are followed once they have crossed the "
    "border, and were told to write again in the autumn."
)
BEFORE = (
    "Islamic State shows anti-tank missiles near Damascus\n\n"
    "Photographs published on Tuesday show a launcher east of the capital. The Islamic State used "
    "TOW missiles against the Free Syrian Army in the Damascus countryside in December 2014. The "
    "United States has supplied TOW missiles to the Free Syrian Army. A farmer who sold diesel to "
    "the men said that he counted three launchers on one lorry."
)


def main() -> int:
    """Run the commands and print the checks."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--data", type=Path, default=Path("../shared"))
    data = options.parse_args().data
    seed = data / "seed" / "documents.jsonl"
    if not seed.exists():
        print(f"skipped: no seed page under {data}")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        found = check(json.loads(seed.read_text(encoding="utf-8").splitlines()[0]), Path(folder))
    print(json.dumps(found, indent=2))
    return 0 if all(found["checks"].values()) else 1


def write_pages(seed: dict[str, Any], folder: Path) -> Path:
    """Write the seed page and the two others as one file of JSON lines."""
    sentences = re.split(r"(?<=\.)\s+", seed["text"])
    quoted = next(each for each in sentences if f"{HEDGE} captured" in each)
    author, outlet = re.findall(r"Source: By ([^,\]]+), ([^,\]]+)", seed["text"])[0]
    excerpt = {
        "id": "excerpt",
        "title": HEADLINE,
        "text": f"{HEADLINE}\n\n{COMMENT}\n\n{outlet} writes: {quoted.replace(HEDGE, '')}",
        "publisher": "The Canal Policy Digest",
        "date_published": "2015-06-10",
    }
    before = {
        "id": "before",
        "title": BEFORE.partition("\n")[0],
        "text": BEFORE,
        "publisher": outlet,
        "byline": author,
        "date_published": "2014-12-11",
    }
    path = folder / "pages.jsonl"
    rows = "\n".join(json.dumps(each) for each in (seed, excerpt, before))
    path.write_text(f"{rows}\n", encoding="utf-8")
    return path


def check(seed: dict[str, Any], folder: Path) -> dict[str, Any]:
    """Return what the program makes of the three pages, and the checks by name."""
    case = folder / "case"
    run("new", case)
    run("add", case, write_pages(seed, folder))
    run("run", case)
    names = {row["id"]: row["name"] for row in records(run("show", case, "documents", "--json"))}
    captures = [
        row
        for row in records(run("show", case, "incidents", "--json"))
        if row["mode"] == "capture"
        and {"free-syrian-army", "islamic-state"} <= {p.get("entity_id") for p in row["parties"]}
        and row["status"] != "planned"
    ]
    witnesses = records(run("witnesses", case, "--json"))
    ties = {
        (names[tie["document_id"]], tie["kind"], names[tie["on"]])
        for row in witnesses
        for tie in row["dependences"]
    }
    drifts = records(run("drift", case, "--json"))
    changed = {
        (row["shift"], names[row["original_document"]], names[row["copy_document"]])
        for row in drifts
    }
    early = records(run("witnesses", case, "--as-of", "2015-01-01", "--json"))
    return {
        "ties": sorted(ties),
        "changes": sorted(changed),
        "checks": {
            "one capture, no firmer than its original": [row["certainty"] for row in captures]
            == ["probable"],
            "the pages are one witness wherever they speak": {
                row["independent"] for row in witnesses
            }
            == {1.0},
            "the excerpt depends on the seed page": ("excerpt", "excerpt", "seed") in ties,
            "one author's two articles are tied": bool(
                {("before", "same-author", "seed"), ("seed", "shared", "before")} & ties
            ),
            "the dropped hedge is shown": ("hedge-dropped", "seed", "excerpt") in changed,
            "the harder headline is shown": ("headline-hardened", "seed", "excerpt") in changed,
            "as of January 2015 only the early article speaks": {
                names[w["document"]] for row in early for w in row["witnesses"]
            }
            == {"before"},
        },
    }


def records(lines: str) -> list[dict[str, Any]]:
    """Return JSON lines as records."""
    return [json.loads(line) for line in lines.splitlines()]


if __name__ == "__main__":
    sys.exit(main())
