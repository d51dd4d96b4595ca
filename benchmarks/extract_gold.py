"""How many claims of hand-checked sets the extractor finds, by the public scorer.

In: folders with documents.jsonl and claims.jsonl (or gold.jsonl), and the scorer's file. Out: one
JSON object with the figures of each part; --errors lists what was missed and made up. Refused:
nothing; a folder that is absent is skipped and named.

Run: python benchmarks/extract_gold.py --data DIR [DIR …] --scorer score_claims.py [--part 0:0.8]
     [--folds 5] [--save FILE]
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import Any

from enduse.extract import extract_claims
from enduse.model.claim import Claim
from enduse.model.document import Document
from enduse.model.interchange import to_record
from enduse.ports import Register
from enduse.reference.register import load_register


def main() -> int:
    """Score every folder and print the figures; 0 unless nothing could be scored."""
    options = _read_options()
    figures: dict[str, Any] = {}
    register = load_register()
    for folder in options.data:
        claims = next(
            (f for n in ("claims.jsonl", "gold.jsonl") if (f := folder / n).exists()), None
        )
        if claims is None or options.scorer is None or not options.scorer.exists():
            print(f"skipped: {folder} or the scorer is absent", file=sys.stderr)
            continue
        figures[folder.name] = _score(folder, claims, register, options)
    print(json.dumps(figures, ensure_ascii=False, indent=1))
    return 0 if figures else 1


def _read_options() -> argparse.Namespace:
    cli = argparse.ArgumentParser(description=__doc__)
    cli.add_argument("--data", nargs="+", type=Path, required=True)
    cli.add_argument("--scorer", type=Path)
    cli.add_argument("--part", default="0:1", help="share of the documents, in order: 0:0.8")
    cli.add_argument("--errors", type=int, default=0)
    cli.add_argument("--extractor", default="joined")
    cli.add_argument("--folds", type=int, default=0, help="print the figures of each fold, too")
    cli.add_argument("--save", type=Path, help="write the predicted claims here")
    return cli.parse_args()


def _score(
    folder: Path, claims: Path, register: Register, options: argparse.Namespace
) -> dict[str, Any]:
    chosen = choose_documents(folder, options.part)
    start = time.process_time()
    predicted = [
        record for one in chosen for record in extract_records(one, register, options.extractor)
    ]
    seconds = time.process_time() - start
    words = sum(len(one["text"].split()) for one in chosen)
    if options.save:
        options.save.write_text("\n".join(json.dumps(record) for record in predicted) + "\n")
    report = _compare(folder, (claims, predicted), {one["id"] for one in chosen}, options)
    found: dict[str, Any] = {
        "documents": len(chosen),
        "words_per_second": round(words / seconds),
        **report,
    }
    if options.folds:
        found["folds"] = [
            _summary(_compare(folder, (claims, predicted), _fold(chosen, at, options), options))
            for at in range(options.folds)
        ]
    return found


def choose_documents(folder: Path, part: str) -> list[dict[str, Any]]:
    """Return the documents of a share of a set, in order: "0:0.8" is the first four fifths."""
    lines = (folder / "documents.jsonl").read_text(encoding="utf-8").splitlines()
    documents = [json.loads(line) for line in lines if line]
    first, last = (float(share) for share in part.split(":"))
    return documents[int(first * len(documents)) : int(last * len(documents))]


def measure(folder: Path, scorer: Path, part: str) -> dict[str, Any]:
    """Return the figures of a part of a set, as the scorer gives them."""
    options = argparse.Namespace(
        part=part, extractor="joined", scorer=scorer, errors=0, folds=0, save=None
    )
    return _score(folder, folder / "claims.jsonl", load_register(), options)


def _fold(chosen: list[dict[str, Any]], at: int, options: argparse.Namespace) -> set[str]:
    return {one["id"] for one in chosen[at :: options.folds]}


def _summary(report: dict[str, Any]) -> dict[str, Any]:
    """Return a fold's F1 figures, by group of kinds."""
    return {
        name: {"claim_f1": row["claims"]["f1"], "slot_f1": row["slots"]["f1"]}
        for name, row in report.items()
        if name in ("arms", "context", "all")
    }


def _compare(
    folder: Path,
    sides: tuple[Path, list[dict[str, Any]]],
    wanted: set[str],
    options: argparse.Namespace,
) -> dict[str, Any]:
    """Return the scorer's report on some of the documents."""
    claims, predicted = sides
    with tempfile.TemporaryDirectory() as name:
        gold = Path(name) / "gold.jsonl"
        lines = claims.read_text(encoding="utf-8").splitlines()
        gold.write_text(
            "\n".join(line for line in lines if line and json.loads(line)["doc"] in wanted)
        )
        found = Path(name) / "found.jsonl"
        mine = [json.dumps(record) for record in predicted if record["doc"] in wanted]
        found.write_text("\n".join(mine))
        return _run_scorer(gold, found, folder, options)


def _run_scorer(
    gold: Path, found: Path, folder: Path, options: argparse.Namespace
) -> dict[str, Any]:
    base = [sys.executable, str(options.scorer), str(gold), str(found)]
    base += ["--documents", str(folder / "documents.jsonl"), "--by", "kind"]
    if options.errors:
        shown = subprocess.run(
            [*base, "--errors", str(options.errors)], capture_output=True, text=True, check=True
        )
        print(shown.stdout, file=sys.stderr)
    done = subprocess.run([*base, "--json"], capture_output=True, text=True, check=True)
    return dict(json.loads(done.stdout))


def read_document(record: dict[str, Any]) -> Document:
    """Return the document that a record of a set holds."""
    day = record.get("date_published")
    return Document(
        id=record["id"],
        snapshot_id="set",
        text=record["text"],
        date_published=date.fromisoformat(day) if day else None,
        language=record.get("lang"),
    )


def extract_records(
    record: dict[str, Any], register: Register, extractor: str
) -> list[dict[str, Any]]:
    """Return the claims of one record in the interchange format."""
    found = extract_claims(read_document(record), register, extractor)
    return [to_record(claim, record["id"]) for claim in found if isinstance(claim, Claim)]


if __name__ == "__main__":
    raise SystemExit(main())
