"""Plant copies of many kinds among texts of the shared sets: a harder generator of reuse.

Copies are chained, excerpts set in mid-sentence or between quotation marks, notices, navigation
rows, agency openings, formulaic reports and long official names shared by all. What is planted is
told beside the records; see reprints_harder.py, which measures with them.
"""

# ruff: noqa: ARG001, E501 - the makers of copies share a shape; sentences stand as they are set

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from reprints_generated import gum, polnear, read_lines
from reprints_muc4 import read as read_dispatches

NOTICES = (
    (
        "This article is republished under a Creative Commons Attribution licence. You may share it "
        "if you name the author and link to the original page. Last changed on {day}."
    ),
    (
        "Sign up to our morning letter and never miss a story. By signing up you agree to our terms "
        "of use and privacy policy. {name} is a registered charity."
    ),
    (
        "Copyright {year} {name}. All rights reserved. This material may not be published, broadcast, "
        "rewritten or redistributed without permission of the holder of the rights."
    ),
    (
        "Reporting by {name} in the capital; additional reporting by our correspondents in the region; "
        "editing by the night desk; our standards can be read on the page of principles."
    ),
)
NAVIGATION = (
    (
        "Home | World | Politics | Business | Opinion | Culture | Sport | Weather | About us | Contact "
        "| Subscribe | Log in | Search | Archive | Letters | Jobs | Help"
    ),
    (
        "Most read today  Latest news  Editor's choice  Video  Photo essays  Podcasts  Newsletters  "
        "Follow us on social media  Share this page  Print this page  Send to a friend"
    ),
)
OPENINGS = (
    "{place}, {day} ({agency}) -",
    "{place}, {day} ({agency}) - A spokesman for the ministry of defence said on {weekday} that",
    (
        "{place} ({agency}), {day}. Officials who spoke on condition of anonymity because they were not "
        "authorised to speak to the press said that"
    ),
)
STOCK = (
    "It was not immediately possible to verify the report.",
    "The ministry did not respond to several requests for comment.",
    "No group has claimed responsibility for the attack so far.",
    "The figures could not be confirmed by independent sources.",
    "An investigation has been opened, the police said in a short statement.",
    "He spoke on condition of anonymity because he was not authorised to talk to reporters.",
    "Tens of thousands of people have been killed since the war began five years ago.",
    "The Office of the United Nations High Commissioner for Human Rights {verb} on {weekday}.",
    "The International Committee of the Red Cross and the Red Crescent {verb} on {weekday}.",
)
FORMULAS = (
    (
        "The market closed at {n} points on {weekday}, {m} points above the close of the day before. "
        "Volume was {k} million shares. Of the shares traded {n} rose, {m} fell and {k} did not move."
    ),
    (
        "Temperatures will reach {n} degrees on the coast and {m} degrees inland. Winds from the "
        "north-west at {k} kilometres an hour. The sun rises at {n} past five, sets at {m} past six."
    ),
    (
        "The observers counted {n} explosions on {weekday}, against {m} in the report before, of which "
        "{k} were judged to be outgoing rounds of artillery. They saw {n} tanks in storage sites."
    ),
)
SHORT_QUOTES = (
    "“We will not leave this land to anybody,” he said.",
    "“This is a dark day for all of us,” the mayor said.",
    "“The door to talks remains open,” said the envoy.",
)
KINDS = ("full", "trimmed", "rewritten", "ocr", "paragraph", "sentence", "second-hand")
EXCERPTS = ("paragraph", "sentence")
CONFUSED = {"e": "c", "l": "1", "o": "0", "m": "rn", "i": "j", "a": "ä", "s": "5", "t": "f"}


@dataclass
class Rates:
    """How hard the copies are."""

    ocr: float = 0.04
    rewrite: float = 0.2
    trim: float = 0.5
    words: tuple[int, int] = (20, 40)
    edit: float = 0.05


@dataclass
class World:
    """Records and what was planted: unordered pair -> kind; (copy, original) where dates tell."""

    rng: random.Random
    words: list[str]
    records: dict[str, dict] = field(default_factory=dict)
    planted: dict[frozenset[str], str] = field(default_factory=dict)
    directed: set[tuple[str, str]] = field(default_factory=set)
    same_author: set[frozenset[str]] = field(default_factory=set)

    def add(self, text: str, day: date | None, byline: str | None = None) -> str:
        """Add a record and return its id."""
        name = f"r{len(self.records):05}-{self.rng.getrandbits(24):06x}"
        publisher = f"The {self.rng.choice(PLACES)} {self.rng.choice(PAPERS)}"
        row = {"id": name, "text": text, "publisher": publisher, "byline": byline}
        self.records[name] = row | ({"date_published": day.isoformat()} if day else {})
        return name

    def plant(self, copy: str, original: str, kind: str) -> None:
        """Note a pair; the copy is the later one."""
        self.planted[frozenset((copy, original))] = kind
        if "date_published" in self.records[copy] and "date_published" in self.records[original]:
            self.directed.add((copy, original))


PLACES = ("Harbour", "Valley", "Northern", "Lake", "Hill", "Canal", "Border", "Desert")
PAPERS = ("Post", "Herald", "Monitor", "Star", "Courier", "Observer", "Gazette", "Tribune")
WEEKDAYS = ("Monday", "Tuesday", "Thursday", "Saturday")


def dispatches() -> Iterator[list[str]]:
    """Yield news dispatches in capitals."""
    for text in read_dispatches().values():
        yield re.split(r"(?<=[.!?])\s+(?=[A-Z])", " ".join(text.split()))[:30]


def windows() -> Iterator[list[str]]:
    """Yield stretches of news of five sentences, looked at by nobody who made the finder."""
    for line in read_lines("rams/dev.jsonlines.gz"):
        yield [" ".join(words) for words in json.loads(line)["sentences"]]


def read_texts(name: str, rng: random.Random) -> list[list[str]]:
    """Return texts as sentences, no two of which share nine words in a row."""
    taken: set[tuple[str, ...]] = set()
    kept = []
    for sentences in {"gum": gum, "polnear": polnear, "muc4": dispatches, "rams": windows}[name]():
        words = re.findall(r"\w+", " ".join(sentences).lower())
        grams = {tuple(words[i : i + 9]) for i in range(len(words) - 8)}
        if not grams & taken and len(words) >= 100:
            kept.append(sentences)
        taken |= grams
    rng.shuffle(kept)
    return kept


def scan(text: str, rate: float, rng: random.Random) -> str:
    """Return the text as a scan reads it: letters confused, spaces lost, words broken."""
    out = []
    for char in text:
        roll = rng.random()
        if roll >= rate:
            out.append(char)
        elif char == " ":
            out.append(rng.choice(("", "-\n", "\n", " ' ")))
        else:
            out.append(CONFUSED.get(char, rng.choice(("", char + char, "~"))))
    return "".join(out)


def rewrite(text: str, rate: float, world: World) -> str:
    """Return the text with words replaced, put in, left out, or two changed about."""
    rng, out = world.rng, []
    for token in text.split():
        roll = rng.random()
        if roll < rate * 0.5:
            out.append(rng.choice(world.words))
        elif roll < rate * 0.7:
            out += [token, rng.choice(world.words)]
        elif roll < rate * 0.85:
            continue
        elif roll < rate and out:
            out[-1:] = [token, out[-1]]
        else:
            out.append(token)
    return " ".join(out)


def body(sentences: list[str], rng: random.Random) -> str:
    """Return the sentences as paragraphs of one to five."""
    parts, at = [], 0
    while at < len(sentences):
        size = rng.randint(1, 5)
        parts.append(" ".join(sentences[at : at + size]))
        at += size
    return rng.choice(("\n\n", "\n")).join(parts)


def dress(text: str, rng: random.Random) -> str:
    """Return the text with what many pages bear."""
    parts = text.split("\n")
    fill = {
        "day": f"{rng.randint(1, 28)} {rng.choice(('March', 'June', 'May'))}",
        "year": rng.randint(2016, 2021),
        "name": f"{rng.choice(PLACES)} {rng.choice(PAPERS)}",
        "place": rng.choice(("OLD HARBOUR", "HILL TOWN", "LAKE CITY")),
        "agency": rng.choice(("Agency One", "Wire Two")),
        "weekday": rng.choice(WEEKDAYS),
        "verb": rng.choice(("called for restraint", "sent a mission", "spoke of a grave breach")),
    }
    numbers = {"n": rng.randint(11, 99), "m": rng.randint(11, 99), "k": rng.randint(11, 99)}
    if rng.random() < 0.4:
        parts[0] = f"{rng.choice(OPENINGS).format(**fill)} {parts[0]}"
    if rng.random() < 0.4:
        notice = rng.choice(NOTICES).format(**fill)
        parts.insert(rng.choice((0, len(parts), len(parts) // 2)), notice)
    if rng.random() < 0.3:
        parts.insert(0, rng.choice(NAVIGATION))
    for chance, stock in ((0.4, STOCK), (0.2, SHORT_QUOTES), (0.08, FORMULAS)):
        if rng.random() < chance:
            sentence = rng.choice(stock).format(**fill, **numbers)
            parts.insert(rng.randint(0, len(parts)), sentence)
    return "\n".join(parts)


def build(texts: list[list[str]], seed: int, rates: Rates | None = None) -> World:
    """Return a world; with rates every copy is as hard as they say, else each as chance has it."""
    rng = random.Random(seed)
    world = World(rng, re.findall(r"\w+", " ".join(" ".join(t) for t in texts[:400])))
    pool = iter(texts)
    for _ in range(len(texts) // 18):
        for kind in KINDS:
            hard = rates or Rates(
                rng.uniform(0.01, 0.06),
                rng.uniform(0.05, 0.3),
                rng.uniform(0.3, 0.9),
                (20, rng.choice((25, 40, 60))),
                rng.choice((0.0, 0.0, 0.05, 0.1)),
            )
            plant(world, kind, pool, hard)
        author(world, next(pool), next(pool))
    for text in pool:
        world.add(dress(body(text, rng), rng), day_of(rng))
    return world


def day_of(rng: random.Random) -> date | None:
    """Return a day, or none for a fifth of the documents."""
    return date(2018, 1, 1) + timedelta(rng.randint(0, 500)) if rng.random() < 0.8 else None


def plant(world: World, kind: str, pool: Iterator[list[str]], rates: Rates) -> None:
    """Add an original and what became of it."""
    rng = world.rng
    text = next(pool)
    day = date(2018, 1, 1) + timedelta(rng.randint(0, 400))
    dated = rng.random() < 0.85
    first = day if dated else None
    later = day + timedelta(rng.randint(1, 60)) if dated else None
    if kind in EXCERPTS:
        part = cut(text, kind, rates, rng)
        if part is None:
            return
        part = rewrite(part, rates.edit, world) if rates.edit else part
        copy = set_in(part, next(pool), rng)
    else:
        copy = {"full": whole, "trimmed": trim, "second-hand": whole}.get(kind, whole)(
            text, rates, rng
        )
        if kind == "rewritten":
            copy = rewrite(copy, rates.rewrite, world)
        if kind == "ocr":
            copy = scan(copy, rates.ocr, rng)
    original = world.add(dress(body(text, rng), rng), first)
    borrower = world.add(dress(copy, rng), later)
    world.plant(borrower, original, kind)
    if kind == "second-hand":
        again = trim(text, rates, rng)
        third = world.add(dress(again, rng), later + timedelta(20) if later else None)
        world.plant(third, borrower, kind)
        world.plant(third, original, kind)


def whole(text: list[str], rates: Rates, rng: random.Random) -> str:
    """Return all of it, in other paragraphs."""
    return body(text, rng)


def trim(text: list[str], rates: Rates, rng: random.Random) -> str:
    """Return part of the sentences, in their order."""
    count = max(3, round(len(text) * rates.trim))
    kept = sorted(rng.sample(range(len(text)), min(count, len(text))))
    return body([text[at] for at in kept], rng)


def cut(text: list[str], kind: str, rates: Rates, rng: random.Random) -> str | None:
    """Return two to four sentences, or one with as many words as the rates say."""
    if kind == "paragraph":
        start = rng.randint(0, max(0, len(text) - 4))
        part = " ".join(text[start : start + rng.randint(2, 4)])
        return part if len(part.split()) >= 24 else None
    low, high = rates.words
    fitting = [each for each in text if low <= len(re.findall(r"\w+", each)) <= high]
    return rng.choice(fitting) if fitting else None


def set_in(part: str, host: list[str], rng: random.Random) -> str:
    """Return the host with the part in it, in one of the ways writers do it."""
    way = rng.choice(("plain", "quoted", "attributed", "own paragraph"))
    part = {
        "plain": part,
        "quoted": f"“{part}”",
        "attributed": f"In its words: “{part}” That was the report.",
        "own paragraph": f"\n{part}\n",
    }[way]
    at = rng.randint(1, max(1, len(host) - 1))
    return body([*host[:at], part, *host[at:]], rng)


def author(world: World, text: list[str], other: list[str]) -> None:
    """Add two articles of one author, half a year and more apart, with a paragraph in common."""
    rng = world.rng
    part = cut(text, "paragraph", Rates(), rng)
    if part is None:
        return
    name = f"{rng.choice('ABCDEF')}. {rng.choice(PLACES)}sen"
    day = date(2018, 1, 1) + timedelta(rng.randint(0, 200))
    one = world.add(dress(body(text, rng), rng), day, name)
    later = day + timedelta(rng.randint(170, 400))
    two = world.add(dress(set_in(part, other, rng), rng), later, f"By {name}")
    world.plant(two, one, "paragraph")
    world.same_author.add(frozenset((one, two)))
