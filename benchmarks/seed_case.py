"""Runs the installed program over the seed page as a user would, and checks what it must show.

    python benchmarks/seed_case.py --data ../shared

Prints one JSON object; exits 1 if a check fails, 0 with a clear word if the data is not there.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ENDUSE = [sys.executable, "-m", "enduse"]


def run(*arguments: object) -> str:
    """Return what the command prints; fail with its message if it fails."""
    command = [*ENDUSE, *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise SystemExit(f"{' '.join(command)} left with {done.returncode}: {done.stderr}")
    return done.stdout


def main() -> int:
    """Run every command on the seed and print the checks."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--data", type=Path, default=Path("../shared"))
    data = options.parse_args().data
    if not (data / "seed" / "documents.jsonl").exists():
        print(f"skipped: no seed page under {data}")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        found = check_seed(data, Path(folder) / "case", Path(folder))
    print(json.dumps(found, indent=2))
    return 0 if all(found["checks"].values()) else 1


def check_seed(data: Path, case: Path, folder: Path) -> dict[str, Any]:
    """Return the figures and the checks by name."""
    documents = data / "seed" / "documents.jsonl"
    text = json.loads(documents.read_text(encoding="utf-8").splitlines()[0])["text"]
    started = time.perf_counter()
    run("new", case)
    run("add", case, documents)
    run("run", case)
    seconds = time.perf_counter() - started
    trace = json.loads(
        run("trace", case, "--weapon", "TOW", "--holder", "Islamic State", "--top", 12, "--json")
    )
    claims = [json.loads(line) for line in run("show", case, "claims", "--json").splitlines()]
    html, markdown = folder / "d.html", folder / "d.md"
    run("publish", case, "--as", "html", "-o", html)
    run("publish", case, "--as", "markdown", "-o", markdown)
    run("publish", case, "--as", "claims-jsonl", "-o", folder / "claims.jsonl")
    run("publish", case, "--as", "csv", "-o", folder / "claims.csv")
    checks = (
        check_trace(trace, claims)
        | check_ways(trace)
        | check_card(case, claims)
        | {
            "every quote stands at its span": all(
                text[claim["start"] : claim["end"]] == claim["quote"] for claim in claims
            ),
            "verify agrees": not json.loads(run("verify", case, "--json"))["damage"],
            "why reaches the digest": "SHA-256" in run("why", case, trace["chains"][0]["id"]),
            "a second run does nothing": "made" not in run("run", case),
            "the dossier has no script": "<script" not in html.read_text(encoding="utf-8"),
        }
    )
    return {"seconds": round(seconds, 1), "score": score(data, folder), "checks": checks}


def check_trace(trace: dict[str, Any], claims: list[dict[str, Any]]) -> dict[str, bool]:
    """Return the checks on the chains."""
    first = [(s["from"], s["mode"], s["to"]) for s in trace["chains"][0]["steps"]]
    last = trace["chains"][0]["steps"][-1]
    planned = {c["id"] for c in claims if c.get("status") in ("planned", "stopped")}
    feared = {c["id"] for c in claims if c["certainty"] == "possible"}
    stated = [s for chain in trace["chains"] for s in chain["steps"] if not s["inferred"]]
    used = {claim for step in stated for claim in step["claims"]}
    total = sum(chain["probability"] for chain in trace["chains"]) + trace["remainder"]
    return {
        "first chain": first
        == [
            ("United States", "supply", "Free Syrian Army"),
            ("Free Syrian Army", "capture", "Islamic State"),
        ],
        "the capture is probable": last["certainty"] == "probable",
        "probabilities add up to 1": abs(total - 1) < 1e-6,
        "a planned delivery was found": bool(planned),
        "no planned delivery is a stated step": not planned & used,
        "no feared capture is a stated step": not feared & used,
    }


def check_ways(trace: dict[str, Any]) -> dict[str, bool]:
    """Return the checks on the other ways that an investigator would name."""
    last = [chain["steps"][-1] for chain in trace["chains"]]
    stocks = [
        chain["probability"]
        for chain in trace["chains"]
        if any("Iraq" in step["from"] or "Iraq" in step["to"] for step in chain["steps"])
    ]
    return {
        "purchase or defection is a way": any("defection" in step["mode"] for step in last),
        "another group is a way": any(
            step["from"] not in ("Free Syrian Army", "United States") and "Iraq" not in step["from"]
            for step in last
        ),
        "Iraqi stocks are a weak way": bool(stocks) and max(stocks) < 0.05,
        "the remainder names misidentification": "taken for" in trace["remainder_words"],
    }


def check_card(case: Path, claims: list[dict[str, Any]]) -> dict[str, bool]:
    """Return the checks on the risk card of the delivery planned to Iraq."""
    planned = [
        claim["id"]
        for claim in claims
        if claim.get("status") == "planned" and "Iraq" in str(claim.get("to", ""))
    ]
    if not planned:
        return {"the plan for Iraq has a card": False}
    card = json.loads(run("risk", case, planned[0], "--json"))
    found = {one["id"]: one for one in card["indicators"]}
    met = {
        f"{name} is met by named claims": found[name]["rating"] == "met"
        and bool(found[name]["claims"])
        for name in ("R1", "R2", "I1", "I6", "E1")
    }
    return met | {f"{name} is unknown": found[name]["rating"] == "unknown" for name in ("I3", "T5")}


def score(data: Path, folder: Path) -> dict[str, Any]:
    """Return claim F1 against the gold claims, by the shared scorer."""
    run("extract", data / "seed" / "documents.jsonl", "-o", folder / "p.jsonl")
    scorer = data / "tools" / "score_claims.py"
    files = [data / "seed" / "gold.jsonl", folder / "p.jsonl"]
    done = subprocess.run(
        [sys.executable, scorer, *files, "--json"], capture_output=True, text=True, check=True
    )
    report = json.loads(done.stdout)
    return {name: report[name]["claims"]["f1"] for name in ("all", "arms", "context")}


if __name__ == "__main__":
    sys.exit(main())
