"""Measure how many actor names of a list of conflict events the register resolves.

A name that joins several actors by commas counts as resolved if each of them is. Names are asked
for whole: what stands inside a name does not count. The country of an actor is the one in which
most of its events lie, where the event file is there.

usage: register_ucdp.py [--data FOLDER] [--missing N]
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import sys
from collections import Counter, defaultdict
from pathlib import Path

from enduse.model.mention import EntityKind
from enduse.reference.register import Register, load_register

DATA = Path(__file__).resolve().parents[2] / "shared" / "data" / "ucdp_aec"
COUNTRIES = ("Syria", "Iraq", "Libya", "Yemen")
FLOOR_ALL, FLOOR_COUNTRIES = 0.70, 0.95


def read_names(folder: Path) -> Counter[str]:
    """Return the actors' names with the count of their events."""
    with (folder / "actors_in_train_validation.tsv").open(encoding="utf-8", newline="") as file:
        return Counter({r["name"]: int(r["events"]) for r in csv.DictReader(file, delimiter="\t")})


def read_countries(folder: Path) -> dict[str, str]:
    """Return the country in which most events of each actor lie."""
    seen: dict[str, Counter[str]] = defaultdict(Counter)
    for path in sorted(folder.glob("*_labels.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as file:
            for event in map(json.loads, file):
                for side in ("side_a_name", "side_b_name"):
                    if event.get(side):
                        seen[event[side]][str(event.get("location_root_name"))] += 1
    return {name: counts.most_common(1)[0][0] for name, counts in seen.items()}


def is_resolved(register: Register, name: str) -> bool:
    """Return whether the register knows the name, or each of the names it joins."""
    if register.find(name, EntityKind.ACTOR):
        return True
    parts = [part.strip() for part in name.split(",")]
    return len(parts) > 1 and all(register.find(part, EntityKind.ACTOR) for part in parts)


def main() -> int:
    """Print the shares; 0 if they keep the floors or the list is absent."""
    cli = argparse.ArgumentParser(description=__doc__)
    cli.add_argument("--data", type=Path, default=DATA)
    cli.add_argument("--missing", type=int, default=0, help="print so many names not resolved")
    options = cli.parse_args()
    if not options.data.is_dir():
        print(f"skipped: the list is absent: {options.data}", file=sys.stderr)
        return 0
    names, countries = read_names(options.data), read_countries(options.data)
    register = load_register()
    resolved = {name for name in names if is_resolved(register, name)}
    share = len(resolved) / len(names)
    events = sum(names[name] for name in resolved) / names.total()
    print(f"{len(names)} names: {share:.1%} resolved, with {events:.1%} of the events")
    kept = share >= FLOOR_ALL
    for country in COUNTRIES:
        mine = [name for name in names if countries.get(name, "").startswith(country)]
        found = sum(name in resolved for name in mine)
        kept &= found >= FLOOR_COUNTRIES * len(mine)
        print(f"  {country}: {found} of {len(mine)}, {found / max(1, len(mine)):.1%}")
    missing = [name for name, _ in names.most_common() if name not in resolved]
    for name in missing[: options.missing]:
        print(f"  not resolved: {name} ({names[name]})")
    return 0 if kept else 1


if __name__ == "__main__":
    raise SystemExit(main())
