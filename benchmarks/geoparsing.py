"""Measure how often place names of news articles are put within 161 km of where they lie.

First with the spans given, then end to end with the names that the register finds by itself. Each
collection is read twice: the first reading tells where a publisher is at home (the regions its
articles name), the second uses it. "One pass" leaves that out. A name whose place is unknown is
put where its article speaks of ("near"); the figures without those stand beside.

Data: LGL, TR-News, GeoWebNews, GeoVirus, development halves. usage: geoparsing.py [NAME…]
"""

from __future__ import annotations

import gzip
import re
import sys
import time
import xml.etree.ElementTree as ET
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from enduse.model.mention import EntityKind
from enduse.reference.grounding import Grounded, Named, Placement, Shares, distance
from enduse.reference.register import Register, load_register

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data" / "geoparsing"
NAMES = ("lgl", "trnews", "geowebnews", "geovirus")
NEAR = 161
STRAY = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[0-9a-fA-F]+);)")
LESS = re.compile(r"<(?![/!?a-zA-Z])")
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


@dataclass(frozen=True)
class Article:
    """A text, its publisher, its place names, and where those lie that have coordinates."""

    text: str
    publisher: str
    names: tuple[Named, ...]
    points: dict[Named, tuple[float, float]]


def read_articles(name: str) -> Iterator[Article]:
    """Yield the articles of a collection; one whose markup is broken is left out and named."""
    raw = gzip.decompress((SHARED / f"{name}.dev.xml.gz").read_bytes()).decode()
    for block in re.findall(r"<article[\s>].*?</article>", raw, re.DOTALL):
        cleaned = LESS.sub("&lt;", STRAY.sub("&amp;", CONTROLS.sub(" ", block)))
        try:
            yield read_article(ET.fromstring(cleaned))
        except ET.ParseError as error:
            print(f"  left out an article: {error}", file=sys.stderr)


def read_article(node: ET.Element) -> Article:
    """Return the article of an element."""
    points = {}
    names = []
    for each in (*node.iter("toponym"), *node.iter("location")):
        shift = 1 if each.tag == "location" else 0
        told = each.findtext("phrase") or each.findtext("extractedName") or each.findtext("name")
        start, end = (int(each.findtext(tag) or 0) - shift for tag in ("start", "end"))
        inner = each.find("gaztag")
        where = inner if inner is not None else each
        lat = where.findtext("lat") or where.findtext("latitude")
        lon = where.findtext("lon") or where.findtext("longitude")
        named = Named(start, end, told or "")
        if lat and lon:
            names.append(named)
            points[named] = float(lat), float(lon)
    publisher = node.findtext("feedid") or (node.findtext("domain") or "").strip()
    return Article(node.findtext("text") or "", publisher, tuple(names), points)


def own_names(article: Article, register: Register) -> tuple[Named, ...]:
    """Return the place names the register finds in the text."""
    found = register.mentions(article.text)
    return tuple(Named(m.start, m.end, m.text) for m in found if m.kind is EntityKind.PLACE)


Homes = dict[str, list[tuple[int, Placement]]]


def ground_all(
    articles: Sequence[Article],
    names: Sequence[tuple[Named, ...]],
    register: Register,
    *,
    passes: int = 2,
) -> list[list[Grounded | None]]:
    """Return the places of all articles' names, the publisher's home counted in a first pass."""
    homes: Homes = defaultdict(list)
    found: list[list[Grounded | None]] = []
    for _ in range(passes):
        found = [
            register.ground(article.text, own, home_of(homes, article, number))
            for number, (article, own) in enumerate(zip(articles, names, strict=True))
        ]
        homes = defaultdict(list)
        for number, (article, places) in enumerate(zip(articles, found, strict=True)):
            homes[article.publisher] += [
                (number, each.place)
                for each in places
                if article.publisher and each and each.rule == "name" and each.place.region
            ]
    return found


def home_of(homes: Homes, article: Article, number: int) -> Shares:
    """Return the places that the publisher's other articles name."""
    return Shares.of((place, 1.0) for other, place in homes[article.publisher] if other != number)


def is_near(place: Placement, point: tuple[float, float]) -> bool:
    """Return whether the place lies within 161 km of the point."""
    return distance(place, place._replace(lat=point[0], lon=point[1])) <= NEAR


def given_spans(articles: Sequence[Article], register: Register) -> None:
    """Print the share placed within 161 km, the spans given."""
    names = [article.names for article in articles]
    for passes, words in ((2, "publishers' homes counted"), (1, "one pass")):
        start = time.perf_counter()
        found = ground_all(articles, names, register, passes=passes)
        spent = time.perf_counter() - start
        count: Counter[str] = Counter()
        for article, places in zip(articles, found, strict=True):
            for named, each in zip(article.names, places, strict=True):
                count["all"] += 1
                if each and is_near(each.place, article.points[named]):
                    count["near" if each.rule == "near" else "named"] += 1
        whole = (count["named"] + count["near"]) / count["all"]
        print(
            f"  spans given, {words}: {whole:.3f} of {count['all']} within {NEAR} km"
            f" ({count['named'] / count['all']:.3f} by a name of the place or a part of it),"
            f" {passes * count['all'] / spent:,.0f} names a second"
        )


def own_spans(articles: Sequence[Article], register: Register) -> None:
    """Print recall and precision of the register's own names, and the share placed right."""
    names = [own_names(article, register) for article in articles]
    found = ground_all(articles, names, register)
    count: Counter[str] = Counter()
    for article, places in zip(articles, found, strict=True):
        mine = [each for each in places if each is not None]
        count["mine"] += len(mine)
        count["gold"] += len(article.names)
        for named in article.names:
            hits = [e for e in mine if e.named.start < named.end and named.start < e.named.end]
            count["met"] += bool(hits)
            count["right"] += any(is_near(e.place, article.points[named]) for e in hits)
    recall, precision = count["met"] / count["gold"], count["met"] / max(count["mine"], 1)
    print(
        f"  end to end: {count['right'] / count['gold']:.3f} of {count['gold']} found and placed"
        f" within {NEAR} km; recall {recall:.3f}, precision {precision:.3f} (names without"
        f" coordinates count against it), F1 {2 * recall * precision / (recall + precision):.3f}"
    )


def main() -> int:
    """Measure the collections named, or all."""
    if not SHARED.exists():
        print("the collections are not here; nothing is measured")
        return 0
    register = load_register()
    for name in sys.argv[1:] or NAMES:
        articles = list(read_articles(name))
        print(f"{name}: {len(articles)} articles")
        given_spans(articles, register)
        own_spans(articles, register)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
