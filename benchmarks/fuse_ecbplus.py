"""Measure fusing on ECB+: which mentions, over many articles, tell of the same event.

Each event mention of a fully annotated sentence becomes a claim: its head as the mode, and as
parties the nearest person, thing and place of its sentence. The parties are known by their words
(`names`) or by the gold entity each stands for (`entities`), as a resolved case knows them.
Every topic holds two like but different incidents, so merging too much is punished. ECB+ names no
copies and has few arms in it: it tells how cautiously fusing merges, not how it counts witnesses.

Scores: MUC, B3 and CEAFe (F1) and their mean, over the mentions of each topic, singletons kept;
beside them, each mention alone and all mentions of one head word together.

usage: fuse_ecbplus.py [--topics dev|all]
"""

# ruff: noqa: ARG002 - a register that knows nothing takes what any register takes

from __future__ import annotations

import argparse
import csv
import gzip
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

from enduse.fuse import fuse_incidents
from enduse.model.claim import Claim, ClaimKind, Part, Publication, Role

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data" / "ecbplus"
DEV = {"2", "5", "12", "18", "21", "23", "34", "35"}
PARTS = (("HUMAN", Part.ACTOR), ("NON_HUMAN", Part.WEAPON), ("LOC", Part.PLACE))
Groups = list[frozenset[str]]


class NoRegister:
    """A register that knows nothing."""

    version = "0"

    def ancestors(self, entity_id: str, days: object = None) -> tuple[str, ...]:
        """Return nothing."""
        return ()

    def entity(self, entity_id: str) -> None:
        """Return nothing."""

    def mentions(self, text: str) -> tuple[()]:
        """Return nothing."""
        return ()

    def find(self, name: str, *_: object) -> tuple[()]:
        """Return nothing."""
        return ()


@dataclass(frozen=True)
class Mention:
    """One mention: where it stands, its words, and the instance it belongs to."""

    key: str
    topic: str
    document: str
    sort: str
    sentence: str
    place: int
    words: tuple[str, ...]
    instance: str


def read_mentions(topics: set[str] | None) -> Iterator[Mention]:
    """Yield the mentions of the fully annotated sentences."""
    name = "ECBplus_coreference_sentences.train_dev.csv"
    with (SHARED / name).open(encoding="utf-8") as file:
        scored = {tuple(row.values()) for row in csv.DictReader(file)}
    with gzip.open(SHARED / "ecbplus.train_dev.jsonl.gz", "rt", encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            if topics is None or str(row["topic"]) in topics:
                yield from read_one(row, scored)


def read_one(row: dict, scored: set[tuple[str, ...]]) -> Iterator[Mention]:
    """Yield the scored mentions of one article."""
    topic, tree = str(row["topic"]), ET.fromstring(row["xml"])
    name = row["file"].removesuffix(".xml").partition("_")[2]
    tokens = {each.get("t_id"): each for each in tree.iter("token")}
    instances = {
        source.get("m_id"): relation.get("note") or f"{row['file']}:{relation.get('r_id')}"
        for relation in tree.find("Relations") or ()
        for source in relation.iter("source")
    }
    for node in tree.find("Markables") or ():
        anchors = [tokens[each.get("t_id")] for each in node.iter("token_anchor")]
        if not anchors or (topic, name, anchors[0].get("sentence")) not in scored:
            continue
        key = f"{row['file']}:{node.get('m_id')}"
        yield Mention(
            key,
            topic,
            row["file"],
            node.tag,
            str(anchors[0].get("sentence")),
            int(anchors[0].get("t_id") or 0),
            tuple(each.text or "" for each in anchors),
            instances.get(node.get("m_id"), key),
        )


def stem(word: str) -> str:
    """Return a word without its commonest English endings."""
    word = word.lower()
    for ending in ("ing", "ies", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word.removesuffix(ending)
    return word


def make_claim(event: Mention, others: Sequence[Mention], *, entities: bool) -> Claim:
    """Return the event as a claim with the nearest person, thing and place of its sentence."""
    roles = []
    for sort, part in PARTS:
        near = [each for each in others if each.sort.startswith(sort)]
        if near:
            best = min(near, key=lambda each: (abs(each.place - event.place), each.key))
            reference = best.instance if entities else None
            roles.append(Role(part, " ".join(best.words), reference=reference))
    mode = stem(event.words[0])
    return Claim(event.key, event.document, ClaimKind.USE, tuple(roles), mode=mode)


def fuse(mentions: Sequence[Mention], *, entities: bool) -> Groups:
    """Return the event mentions as fusing groups them."""
    beside: dict[tuple[str, str], list[Mention]] = defaultdict(list)
    for each in mentions:
        beside[each.document, each.sentence].append(each)
    events = [each for each in mentions if each.sort.startswith(("ACTION", "NEG_ACTION"))]
    claims = [
        make_claim(each, beside[each.document, each.sentence], entities=entities) for each in events
    ]
    known = [Publication(each) for each in {event.document for event in events}]
    return [frozenset(each.claims) for each in fuse_incidents(claims, known, (), NoRegister())]


def group_by(mentions: Iterable[Mention], key: str) -> Groups:
    """Return the event mentions by instance, head word, or each alone."""
    found: dict[Hashable, set[str]] = defaultdict(set)
    for each in mentions:
        if each.sort.startswith(("ACTION", "NEG_ACTION")):
            names = {"gold": each.instance, "head": stem(each.words[0]), "alone": each.key}
            found[names[key]].add(each.key)
    return [frozenset(each) for each in found.values()]


Counts = tuple[float, float, float, float]
"""What is right and how much there is, for recall and for precision."""


def count_muc(gold: Groups, given: Groups) -> Counts:
    """Return the links kept and all links."""

    def one_way(these: Groups, those: Groups) -> tuple[float, float]:
        home = {key: at for at, each in enumerate(those) for key in each}
        kept = sum(len(each) - len({home.get(key, key) for key in each}) for each in these)
        return kept, sum(len(each) - 1 for each in these)

    return (*one_way(gold, given), *one_way(given, gold))


def count_b3(gold: Groups, given: Groups) -> Counts:
    """Return for each mention the part of its group that is right."""
    home = {key: each for each in given for key in each}
    truth = {key: each for each in gold for key in each}
    total = float(len(truth))
    recall = sum(len(truth[key] & home[key]) / len(truth[key]) for key in truth)
    precision = sum(len(truth[key] & home[key]) / len(home[key]) for key in truth)
    return recall, total, precision, total


def count_ceafe(gold: Groups, given: Groups) -> Counts:
    """Return the likeness of groups matched one to one, the likest first.

    The best match is found greedily, which may fall a little short of the optimum.
    """
    home: dict[str, int] = {key: at for at, each in enumerate(given) for key in each}
    pairs = Counter((at, home[key]) for at, each in enumerate(gold) for key in each)
    scored = sorted(
        ((2 * n / (len(gold[a]) + len(given[b])), -a, -b) for (a, b), n in pairs.items()),
        reverse=True,
    )
    used: set[tuple[str, int]] = set()
    total = 0.0
    for likeness, one, other in scored:
        if ("gold", one) not in used and ("given", other) not in used:
            used |= {("gold", one), ("given", other)}
            total += likeness
    return total, float(len(gold)), total, float(len(given))


MEASURES = {"MUC": count_muc, "B3": count_b3, "CEAFe": count_ceafe}


def score(pairs: Sequence[tuple[Groups, Groups]]) -> dict[str, tuple[float, float, float]]:
    """Return precision, recall and F1 by measure, summed over topics."""
    found = {}
    for name, measure in MEASURES.items():
        sums = [sum(column) for column in zip(*(measure(*pair) for pair in pairs), strict=True)]
        recall, precision = sums[0] / max(sums[1], 1e-9), sums[2] / max(sums[3], 1e-9)
        found[name] = (precision, recall, 2 * precision * recall / max(precision + recall, 1e-9))
    return found


def main() -> int:
    """Print the scores of each method."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--topics", choices=("dev", "all"), default="all")
    args = parser.parse_args()
    if not SHARED.is_dir():
        print(f"the shared data folder is absent: {SHARED}", file=sys.stderr)
        return 0
    by_topic: dict[str, list[Mention]] = defaultdict(list)
    for mention in read_mentions(DEV if args.topics == "dev" else None):
        by_topic[mention.topic].append(mention)
    gold = [group_by(each, "gold") for each in by_topic.values()]
    count = sum(len(group) for groups in gold for group in groups)
    print(f"{len(by_topic)} topics, {count} event mentions, {sum(map(len, gold))} events")
    methods = {
        "each alone": [group_by(each, "alone") for each in by_topic.values()],
        "same head word": [group_by(each, "head") for each in by_topic.values()],
        "fused, names": [fuse(each, entities=False) for each in by_topic.values()],
        "fused, entities": [fuse(each, entities=True) for each in by_topic.values()],
    }
    for name, given in methods.items():
        found = score(list(zip(gold, given, strict=True)))
        mean = sum(each[2] for each in found.values()) / len(found)
        cells = "  ".join(f"{k} {p:.3f}/{r:.3f}/{f:.3f}" for k, (p, r, f) in found.items())
        print(f"{name:16} {cells}  mean F1 {mean:.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
