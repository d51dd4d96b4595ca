"""What a world's reports are as claims: published by a day, copied, hedged, or seen.

In: a world and a day. Out: `Told`: claims, publications and reprints, as reading, resolving and
finding reprints would give them; or the same as records of the interchange format.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from enduse.model.claim import Claim, ClaimKind, Part, Publication, Role, Speaker
from enduse.model.dates import DateRange
from enduse.model.document import Span
from enduse.model.interchange import to_record, with_id
from enduse.model.reprint import AlignedSpan, Relation, Reprint
from worlds.making import Case, Report, Shape, World

START = date(2012, 1, 1)


@dataclass
class Told:
    """The claims, publications and reprints that a world's reports make."""

    claims: list[Claim] = field(default_factory=list)
    publications: list[Publication] = field(default_factory=list)
    reprints: list[Reprint] = field(default_factory=list)
    reports: dict[str, Report] = field(default_factory=dict)


def tell(world: World, until: int, reports: Sequence[Report]) -> Told:
    """Return what is published by a day: originals, their copies, and sightings."""
    told = Told()
    chance = random.Random(world.seed + 7)
    for at, report in enumerate(reports):
        copying = random.Random(world.seed * 1000 + at)
        if report.published <= until:
            _publish(told, report, f"doc-{at:03}", (until, world.shape), copying)
    for at, case in enumerate(world.cases):
        if case.day <= until:
            _publish_sighting(told, case, f"seen-{at:03}", chance)
    return told


def _publish(
    told: Told, report: Report, name: str, limits: tuple[int, Shape], chance: random.Random
) -> None:
    until, shape = limits
    quote = _words(report, name)
    _add(
        told,
        _claim(report, name, quote),
        report,
        f"outlet-{report.outlet}-{name[-1]}",
        report.published,
    )
    for copy in range(report.copies):
        day = report.published + int(chance.expovariate(1 / 20)) + 1
        how = chance.random()
        if day > until:
            continue
        document = f"{name}-copy-{copy}"
        claim = _claim(
            report, document, quote if how < shape.verbatim else _words(report, document)
        )
        if shape.verbatim <= how < shape.verbatim + shape.credited:
            speaker = Speaker(f"outlet-{report.outlet}-{name[-1]}")
            claim = replace(claim, attribution=(speaker,))
        _add(told, claim, report, f"copyist-{chance.randrange(40)}", day)
        if how < shape.verbatim:
            told.reprints.append(
                Reprint(
                    f"r-{document}",
                    document,
                    name,
                    Relation.REPRINT,
                    1.0,
                    (AlignedSpan(0, len(quote), 0, len(quote)),),
                )
            )


def _words(report: Report, document: str) -> str:
    """Return a sentence that no other document has: its words are drawn, and mean nothing."""
    chance = random.Random(document)
    drawn = " ".join("".join(chance.choices("aeioklmnrst", k=6)) for _ in range(14))
    return f"{report.taker} {report.mode} {report.weapon} {drawn}."


def _add(told: Told, claim: Claim, report: Report, publisher: str, day: int) -> None:
    claim = with_id(claim)
    told.claims.append(claim)
    told.publications.append(Publication(claim.document_id, day_of(day), publisher))
    told.reports[claim.id] = report


def _claim(report: Report, document: str, quote: str) -> Claim:
    time = None
    if report.first is not None and report.last is not None:
        time = DateRange(day_of(report.first), day_of(max(report.first, report.last)))
    if report.mode == "origin":
        roles = (_role(Part.ACTOR, report.giver), _role(Part.WEAPON, report.weapon))
        kind, mode, status = ClaimKind.ORIGIN, None, None
    else:
        roles = (
            _role(Part.FROM, report.giver),
            _role(Part.TO, report.taker),
            _role(Part.WEAPON, report.weapon),
        )
        kind, mode, status = ClaimKind.TRANSFER, report.mode, report.status
    return Claim(
        "",
        document,
        kind,
        roles,
        Span(document, 0, len(quote), quote),
        mode,
        status,
        time,
        certainty=report.certainty,
    )


def _publish_sighting(told: Told, case: Case, name: str, chance: random.Random) -> None:
    time = DateRange(day_of(case.day - chance.randint(0, 10)), day_of(case.day))
    claim = Claim(
        "",
        name,
        ClaimKind.USE,
        (_role(Part.ACTOR, case.holder), _role(Part.WEAPON, case.weapon)),
        Span(name, 0, 5, "Seen."),
        time=time,
        medium="video",
    )
    told.claims.append(with_id(claim))
    told.publications.append(Publication(name, day_of(case.day), f"viewer-{name}"))


def _role(part: Part, name: str) -> Role:
    return Role(part, name.title(), reference=name, name=name.title())


def day_of(number: int) -> date:
    """Return the day of a number of days since the worlds begin."""
    return START + timedelta(days=number)


def records(world: World, reports: Sequence[Report], until: int) -> Iterator[dict[str, Any]]:
    """Yield what is told by a day as records for `enduse import`, in invented names."""
    told = tell(world, until, reports)
    by_id = {one.document_id: one for one in told.publications}
    for claim in told.claims:
        record = to_record(claim, claim.document_id)
        for role in claim.roles:
            record[role.part.value] = {"text": name_of(role.reference or "")}
        published = by_id[claim.document_id]
        yield record | {"published": str(published.published), "publisher": published.publisher}


def name_of(key: str) -> str:
    """Return the invented name of an actor or weapon: a word of its own and what it is.

    >>> name_of("group-1") != name_of("group-2")
    True
    """
    sort, number = key.split("-")
    at = int(number)
    starts, ends = ("Kar", "Ol", "Tiv", "Bre", "Zan", "Mu", "Fes"), ("dova", "mir", "sheth", "lun")
    word = starts[at % 7] + ends[(at // 7 + at) % 4] + ("" if at < 28 else "ek")
    tails = {"state": "Republic", "client": "Guard", "group": "Front", "weapon": "rifle"}
    return f"{word}-{at + 3} {tails[sort]}" if sort == "weapon" else f"{word} {tails[sort]}"
