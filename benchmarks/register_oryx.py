"""Measure how many names of a list of visually confirmed losses the register resolves.

Each name of the lists (a system as its maker of the list wrote it, with a running number or what
it belongs to) is asked for as `enduse reference find NAME --kind weapon` asks: whole, and if that
is not known by the entries named inside it. Beside both shares stands the judgement by hand of a
sample: names drawn by chance, running numbers dropped, each with the category it should have and
whether the entry found is the right one. The sample keeps digests, not names.

usage: register_oryx.py [--data FOLDER] [--missing N] [--draw N]
"""

from __future__ import annotations

import argparse
import csv
import gzip
import hashlib
import random
import re
import sys
from collections import Counter
from pathlib import Path

from enduse.model.entity import Candidate
from enduse.model.mention import EntityKind
from enduse.reference.register import Register, load_register

DATA = Path(__file__).resolve().parents[2] / "shared" / "data" / "oryx"
SAMPLE = Path(__file__).with_name("register_oryx_sample.tsv")
LISTS = ("captured", "destroyed", "abandoned", "damaged")
NUMBER = re.compile(r"^\d+ (?!mm)")
FLOORS = {"names": 0.85, "rows": 0.95}


def read_names(folder: Path) -> Counter[str]:
    """Return the names of the lists with the count of their rows."""
    rows: Counter[str] = Counter()
    for name in LISTS:
        with gzip.open(folder / f"event_{name}.csv.gz", "rt", encoding="utf-8") as file:
            rows.update(row["system"] for row in csv.DictReader(file))
    return rows


def find(register: Register, name: str) -> tuple[Candidate, ...]:
    """Return what the command finds for a weapon's name."""
    return register.find(name, EntityKind.WEAPON) or register.find_inside(name, EntityKind.WEAPON)


def digest(name: str) -> str:
    """Return the mark by which the sample knows a name."""
    return hashlib.sha256(name.encode()).hexdigest()[:16]


def judge_sample(register: Register, names: set[str]) -> None:
    """Print how many names of the sample have the right category, and the right entry."""
    known = {digest(name): name for name in names}
    right, entries, total = 0, 0, 0
    with SAMPLE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            if row["name"] not in known:
                print(f"not in the lists: {row['name']}", file=sys.stderr)
                continue
            total += 1
            found = find(register, known[row["name"]])
            entity = register.entity(found[0].entity_id) if found else None
            category = entity.category if entity else ""
            right += category == row["category"]
            entries += bool(entity) and entity.id in row["entries"].split("|")
            if category != row["category"]:
                print(f"  {known[row['name']]}: {category or 'none'}, not {row['category']}")
    print(f"sample judged by hand: {right} of {total} in the right category, ", end="")
    print(f"{entries} with the right entry")


def draw_sample(register: Register, names: set[str], count: int) -> None:
    """Print names drawn by chance with what is found for them, to be judged."""
    for name in random.Random(20).sample(sorted(names), count):
        found = find(register, name)
        entity = register.entity(found[0].entity_id) if found else None
        print(digest(name), name, entity and entity.category, entity and entity.id, sep="\t")


def main() -> int:
    """Print the shares; 0 if they keep the floors or the lists are absent."""
    cli = argparse.ArgumentParser(description=__doc__)
    cli.add_argument("--data", type=Path, default=DATA)
    cli.add_argument("--missing", type=int, default=0, help="print so many names not resolved")
    cli.add_argument("--draw", type=int, default=0, help="print so many names to be judged")
    options = cli.parse_args()
    if not options.data.is_dir():
        print(f"skipped: the lists are absent: {options.data}", file=sys.stderr)
        return 0
    rows, register = read_names(options.data), load_register()
    plain = {NUMBER.sub("", name) for name in rows}
    if options.draw:
        draw_sample(register, plain, options.draw)
        return 0
    whole = {name for name in rows if register.find(name, EntityKind.WEAPON)}
    resolved = {name for name in rows if find(register, name)}
    shares = {
        "names": len(resolved) / len(rows),
        "rows": sum(rows[name] for name in resolved) / rows.total(),
    }
    print(f"{len(rows):,} names, {rows.total():,} rows; {len(plain):,} names without numbers")
    print(f"resolved: {shares['names']:.1%} of names, {shares['rows']:.1%} of rows;", end=" ")
    print(f"known whole: {len(whole) / len(rows):.1%} of names,", end=" ")
    print(f"{sum(rows[name] for name in whole) / rows.total():.1%} of rows")
    known = sum(bool(register.find(name, EntityKind.WEAPON)) for name in plain)
    print(f"without numbers known whole: {known / len(plain):.1%} of names")
    if SAMPLE.exists():
        judge_sample(register, plain)
    missing = [name for name, _ in rows.most_common() if name not in resolved]
    for name in missing[: options.missing]:
        print(f"  not resolved: {name} ({rows[name]})")
    return 0 if all(shares[what] >= floor for what, floor in FLOORS.items()) else 1


if __name__ == "__main__":
    raise SystemExit(main())
