"""MUC-4 slots filled from claims: instrument, perpetrator organisation, date and location.

In: the folder of the MUC-3/4 dev set (raw/dev). Out: recall, precision and F1 of each slot over all
templates. Refused: nothing; an absent folder is named.

How claims become slots (the mapping is the benchmark's own, nothing is tuned on it):
- an incident is what `use` and `casualties` claims (affirmed, not captures in arrest by a state)
  tell; claims are put together into one template while their places do not differ.
- INSTRUMENT ID: the weapon's words; PERP ORGANIZATION ID: the actor where it is an organisation the
  register knows, or has no common noun for a head; DATE: the claim's days; LOCATION: the place.

How it is scored (MUC-4 guidelines, 1992, "all templates"): templates are paired one to one, best
first; a filler is right (1) where it shares the key's head words, partial (0.5) where words overlap
only in part; a missed template's fillers count as missing, a spare one's as spurious. A date within
the key's range is right, one within a week partial; a place is right where the key's most specific
name agrees, partial where only a containing one does.

Run: python benchmarks/extract_muc4.py --data DIR [--extractor both]
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from extract_gold import read_document

from enduse.extract import extract_claims
from enduse.model.claim import Claim, ClaimKind, Part, Polarity
from enduse.reference.register import load_register

SLOTS = ("INSTRUMENT", "PERP ORGANIZATION", "DATE", "LOCATION")
KEYS = {"6": "INSTRUMENT", "10": "PERP ORGANIZATION", "2": "DATE", "3": "LOCATION"}
MONTHS = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]
Template = dict[str, list[list[str]]]  # slot to fillers, each with its alternative wordings
_DAY = re.compile(r"(\d{1,2}) ([A-Z]{3}) (\d\d)")
_WEEK = timedelta(days=7)


def main() -> int:
    """Score the dev set and print the figures; 0 unless it is absent."""
    cli = argparse.ArgumentParser(description=__doc__)
    cli.add_argument("--data", type=Path, required=True)
    cli.add_argument("--extractor", default="joined")
    options = cli.parse_args()
    folder = options.data / "raw" / "dev"
    if not folder.exists():
        print(f"skipped: {folder} is absent", file=sys.stderr)
        return 1
    register = load_register()
    totals = {slot: [0.0, 0, 0] for slot in SLOTS}  # points, told, wanted
    for name, key in (("tst1-muc3", "key-tst1.v7"), ("tst2-muc4", "key-tst2.v4")):
        keys = read_keys(_text(folder / f"{key}.gz"))
        for document, text in read_messages(_text(folder / f"{name}.gz")):
            found = extract_claims(
                read_document({"id": document, "text": text, "lang": "en"}),
                register,
                options.extractor,
            )
            told = fill_templates(claim for claim in found if isinstance(claim, Claim))
            add_points(totals, keys.get(document, []), told)
    print(json.dumps({slot: rates(*counts) for slot, counts in totals.items()}, indent=1))
    return 0


def _text(path: Path) -> str:
    return gzip.decompress(path.read_bytes()).decode("latin-1")


def read_messages(text: str) -> Iterator[tuple[str, str]]:
    """Yield the id and the text of each message."""
    marks = list(re.finditer(r"^(TST\d-MUC\d-\d{4}).*$", text, re.MULTILINE))
    for at, mark in enumerate(marks):
        end = marks[at + 1].start() if at + 1 < len(marks) else len(text)
        yield mark.group(1), text[mark.end() : end].strip()


def read_keys(text: str) -> dict[str, list[Template]]:
    """Return the key templates of each message; optional ones (with "?") are left out."""
    found: dict[str, list[Template]] = defaultdict(list)
    document, slot = "", ""
    for line in text.splitlines():
        head = re.match(r"^(\d+)\.\s+[A-Z: ]+?\s{2,}(.*)$", line)
        number, value = (head[1], head[2].strip()) if head else ("", line.strip())
        if number == "0":
            document = value
        elif number == "1" and value not in ("*", "-"):
            found[document].append(defaultdict(list))
        slot = KEYS.get(number, "" if number else slot)
        if slot and value not in ("-", "*", "") and found[document] and not line.startswith(";"):
            found[document][-1][slot].append(_wordings(value))
    return dict(found)


def _wordings(value: str) -> list[str]:
    quoted = re.findall(r'"((?:[^"\\]|\\.)*)"', value)
    return [one.replace('\\"', "") for one in quoted] or [value]


def fill_templates(claims: Iterable[Claim]) -> list[Template]:
    """Return the templates that the claims of a message make."""
    made: list[tuple[str, Template]] = []
    for claim in claims:
        harm = claim.kind in (ClaimKind.USE, ClaimKind.CASUALTIES)
        if not harm or claim.polarity is Polarity.DENIED:
            continue
        place = claim.role(Part.PLACE)
        where = place.text.upper() if place else ""
        one = next((t for w, t in made if not (w and where) or same_words(w, where)), None)
        if one is None:
            one = defaultdict(list)
            made.append((where, one))
        _add(one, claim, where)
    return [template for _, template in made]


def _add(template: Template, claim: Claim, where: str) -> None:
    weapon, actor = claim.role(Part.WEAPON), claim.role(Part.ACTOR)
    fillers = {
        "INSTRUMENT": weapon.text.upper() if weapon else "",
        "PERP ORGANIZATION": actor.text.upper() if actor and actor.reference else "",
        "DATE": _write_day(claim),
        "LOCATION": where,
    }
    for slot, filler in fillers.items():
        single = slot in ("DATE", "LOCATION") and template[slot]
        if filler and not single and [filler] not in template[slot]:
            template[slot].append([filler])


def _write_day(claim: Claim) -> str:
    day = claim.time.start if claim.time else None
    return f"{day.day:02d} {MONTHS[day.month - 1]} {day.year % 100:02d}" if day else ""


def add_points(
    totals: Mapping[str, list[float]], keys: Sequence[Template], told: Sequence[Template]
) -> None:
    """Pair the templates, best first, and add the points of each slot."""
    ranked = sorted(
        ((sum(points(k, t).values()), -i, -j) for i, k in enumerate(keys) for j, t in
         enumerate(told)), reverse=True,
    )  # fmt: skip
    pairs: dict[int, int] = {}
    for worth, i, j in ranked:
        if worth > 0 and -i not in pairs and -j not in pairs.values():
            pairs[-i] = -j
    for i, key in enumerate(keys):
        got = points(key, told[pairs[i]]) if i in pairs else {}
        for slot in SLOTS:
            totals[slot][0] += got.get(slot, 0.0)
            totals[slot][2] += len(key.get(slot, ()))
    for template in told:
        for slot in SLOTS:
            totals[slot][1] += len(template.get(slot, ()))


def points(key: Template, told: Template) -> dict[str, float]:
    """Return the points of each slot of a pair of templates."""
    found: dict[str, float] = {}
    for slot in SLOTS:
        left = list(told.get(slot, ()))
        for filler in key.get(slot, ()):
            best = max(left, key=lambda one: worth_of(slot, filler, one), default=None)
            worth = worth_of(slot, filler, best) if best else 0.0
            if best and worth:
                left.remove(best)
                found[slot] = found.get(slot, 0.0) + worth
    return found


def worth_of(slot: str, key: Sequence[str], told: Sequence[str]) -> float:
    """Return 1 for a right filler, 0.5 for a partly right one, 0 for a wrong one."""
    if slot == "DATE":
        return _worth_of_day(key[0], told[0])
    if slot == "LOCATION":
        *wider, narrow = re.split(r"[:/]\s*", key[0])
        return 1.0 if same_words(narrow, told[0]) else 0.5 * any(
            same_words(area, told[0]) for area in wider
        )  # fmt: skip
    return max((1.0 if same_words(k, t) else 0.5 * shares_word(k, t)) for k in key for t in told)


def _worth_of_day(key: str, told: str) -> float:
    wanted, day = [_read_day(m) for m in _DAY.finditer(key)], _DAY.search(told)
    if not wanted or day is None:
        return 0.0
    mine = _read_day(day)
    if min(wanted) <= mine <= max(wanted):
        return 1.0
    return 0.5 if min(wanted) - _WEEK <= mine <= max(wanted) + _WEEK else 0.0


def _read_day(match: re.Match[str]) -> date:
    return date(1900 + int(match[3]), MONTHS.index(match[2]) + 1, int(match[1]))


def _words(name: str) -> set[str]:
    plain = re.sub(r"\((?:CITY|TOWN|DEPARTMENT|FARM|NEIGHBORHOOD|PROVINCE)\)", "", name)
    return {w.removesuffix("S") for w in re.findall(r"\w+", plain)} - {"THE", "A", "OF", "DE"}


def same_words(one: str, other: str) -> bool:
    """Return whether the words of one name are all in the other."""
    a, b = _words(one), _words(other)
    return bool(a and b) and (a <= b or b <= a)


def shares_word(one: str, other: str) -> bool:
    """Return whether two names have a word in common."""
    return bool(_words(one) & _words(other))


def rates(right: float, told: float, wanted: float) -> dict[str, Any]:
    """Return recall, precision and F1 from points and counts."""
    recall = right / wanted if wanted else 0.0
    precision = right / told if told else 0.0
    both = recall + precision
    return {
        "recall": round(recall, 3),
        "precision": round(precision, 3),
        "f1": round(2 * recall * precision / both, 3) if both else 0.0,
        "points": right,
        "told": told,
        "wanted": wanted,
    }


if __name__ == "__main__":
    raise SystemExit(main())
