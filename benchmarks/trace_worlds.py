"""Worlds of arms with known custody, and how well chains, calibration and copies hold in them.

A world has states that make weapons, clients they supply, groups that take, sell and lose them.
Outlets of different reliability report what happened, late, hedged, wrongly or not at all; some
invent; others copy. The claims of a world go through fusing and tracing as a case's do. Nothing in
a world is a real actor or a real report.

    python benchmarks/trace_worlds.py --set dev        # worlds to look at while working
    python benchmarks/trace_worlds.py --set verdict    # worlds kept apart: the figures to quote
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path

from enduse.fuse import fuse_incidents
from enduse.model.claim import Certainty, Claim, ClaimKind, Part, Publication, Role, Speaker
from enduse.model.custody import Question, Trace
from enduse.model.dates import DateRange
from enduse.model.document import Span
from enduse.model.entity import Entity
from enduse.model.incident import Party
from enduse.model.interchange import to_record, with_id
from enduse.model.mention import EntityKind
from enduse.model.reprint import AlignedSpan, Relation, Reprint
from enduse.reference.priors import Priors, load_priors
from enduse.trace import trace_custody

FIRST_SEED = {"dev": 0, "verdict": 100_000}
START = date(2012, 1, 1)
DAYS = 2200
FAMILIES = 4
STATES, CLIENTS, GROUPS = 4, 5, 6
RELIABILITY = (0.95, 0.9, 0.85, 0.75, 0.6, 0.5)
MODES = ("capture", "capture", "capture", "sale", "loot", "surrender")
FROM_A_STATE = 0.3
COPY_VERBATIM, COPY_CREDITED = 0.75, 0.95


@dataclass(frozen=True)
class Move:
    """One true transfer of a lot."""

    giver: str
    taker: str
    weapon: str
    mode: str
    day: int


@dataclass(frozen=True)
class Report:
    """One document with one transfer claim, as an outlet wrote it."""

    giver: str
    taker: str
    weapon: str
    mode: str
    first: int | None
    last: int | None
    published: int
    outlet: int
    certainty: Certainty
    true: bool
    of: Move | None = None
    copies: int = 0
    status: str = "done"


@dataclass(frozen=True)
class Case:
    """A sighting with its true chain, and whether every step of it was reported rightly."""

    weapon: str
    holder: str
    day: int
    truth: tuple[Move, ...]
    reported: bool


@dataclass
class World:
    """A register of invented names, the reports on them, and the sightings with their truth."""

    seed: int
    entries: dict[str, Entity] = field(default_factory=dict)
    reports: list[Report] = field(default_factory=list)
    cases: list[Case] = field(default_factory=list)
    version: str = "world"

    def entity(self, entity_id: str) -> Entity | None:
        """Return the invented entry."""
        return self.entries.get(entity_id)

    def mentions(self, text: str) -> tuple[()]:
        """Return nothing: worlds are not read."""
        del text
        return ()

    def find(self, name: str, *_: object, **__: object) -> tuple[()]:
        """Return nothing: names are already resolved."""
        del name
        return ()

    def ancestors(self, entity_id: str) -> tuple[str, ...]:
        """Return a weapon's class; actors stand alone."""
        return ("class-0",) if entity_id.startswith("weapon") else ()


def make_world(seed: int) -> World:
    """Return the world of a seed: the same seed gives the same world."""
    chance = random.Random(seed)
    world = World(seed)
    _people(world)
    for weapon in range(FAMILIES):
        for _ in range(chance.randint(2, 4)):
            _follow_lot(world, f"weapon-{weapon}", chance)
    for _ in range(chance.randint(16, 28)):
        world.reports.append(_rumour(chance))
    for _ in range(chance.randint(1, 3)):
        world.reports.append(_plan(chance))
    for weapon in range(FAMILIES):
        world.reports.append(
            Report(
                f"state-{weapon % STATES}",
                "",
                f"weapon-{weapon}",
                "origin",
                None,
                None,
                chance.randrange(DAYS),
                0,
                Certainty.CERTAIN,
                true=True,
            )
        )
    return world


def _people(world: World) -> None:
    rows = [(f"state-{at}", "state") for at in range(STATES)]
    rows += [(f"client-{at}", "armed-group" if at else "armed-forces") for at in range(CLIENTS)]
    rows += [(f"group-{at}", "armed-group") for at in range(GROUPS)]
    for name, category in rows:
        world.entries[name] = Entity(name, EntityKind.ACTOR, category, name.title())
    for at in range(FAMILIES):
        name = f"weapon-{at}"
        world.entries[name] = Entity(name, EntityKind.WEAPON, "rifle", name.title())
    world.entries["class-0"] = Entity("class-0", EntityKind.WEAPON, "rifle", "Class")


def _follow_lot(world: World, weapon: str, chance: random.Random) -> None:
    """Let one lot change hands, report each change, and see it with its last holder."""
    day = chance.randrange(DAYS // 2)
    holder = f"state-{int(weapon[-1]) % STATES}"
    moves: list[Move] = []
    for step in range(chance.choice((1, 2, 2, 2, 3, 3, 4))):
        taker = _other(chance, holder, moves, clients=step == 0)
        mode = "supply" if step == 0 else chance.choice(MODES)
        moves.append(Move(holder, taker, weapon, mode, day))
        holder = taker
        day += _dwell(chance)
    told = [_tell(move, chance) for move in moves]
    world.reports += [report for reports in told for report in reports]
    right = all(any(report.true for report in reports) for reports in told)
    seen = moves[-1].day + _dwell(chance)
    for _ in range(chance.choice((1, 1, 1, 2, 2))):
        world.reports.append(_speculation(moves[-1], seen, chance))
    world.cases.append(Case(weapon, holder, seen, tuple(moves), right))


def _dwell(chance: random.Random) -> int:
    """Return how long a holder keeps a lot: three weeks to two and a half years."""
    return int(20 * 45 ** chance.random())


def _speculation(last: Move, seen: int, chance: random.Random) -> Report:
    """Return a guess, made after the weapon was first noticed, of how its holder came by it."""
    guess = replace(
        last,
        giver=_anyone(chance, last),
        mode=chance.choice(MODES),
        day=chance.randint(max(0, last.day - 400), seen),
    )
    certainty = chance.choices(tuple(Certainty), (0.3, 0.35, 0.35))[0]
    published = chance.randint(last.day, seen)
    guess = replace(guess, day=min(guess.day, published))
    report = _report(guess, published, chance.choice((2, 3, 4, 5)), certainty, chance)
    return replace(report, true=False, copies=chance.choice((0, 2, 5, 10, 20)))


def _other(chance: random.Random, holder: str, moves: Sequence[Move], *, clients: bool) -> str:
    names = [f"client-{at}" for at in range(CLIENTS)]
    if not clients:
        names += [f"group-{at}" for at in range(GROUPS)]
    met = {holder, *(move.giver for move in moves), *(move.taker for move in moves)}
    return chance.choice([name for name in names if name not in met])


def _tell(move: Move, chance: random.Random) -> list[Report]:
    """Return what independent outlets report of a move: nothing, right, or wrong in one part."""
    reports = []
    for _ in range(chance.choice((0, 1, 1, 2, 2, 3))):
        outlet = chance.randrange(len(RELIABILITY))
        sound = chance.random() < RELIABILITY[outlet]
        told = move if sound else _mistake(move, chance)
        published = move.day + int(chance.expovariate(1 / 90)) + 1
        reports.append(_report(told, published, outlet, _hedge(chance, sound=sound), chance))
    return [replace(one, true=_same(one, move), of=move) for one in reports]


def _same(report: Report, move: Move) -> bool:
    return (report.giver, report.taker, report.weapon) == (move.giver, move.taker, move.weapon)


def _mistake(move: Move, chance: random.Random) -> Move:
    part = chance.choice(("giver", "taker", "weapon", "mode"))
    if part == "weapon":
        return replace(move, weapon=f"weapon-{chance.randrange(FAMILIES)}")
    if part == "mode":
        return replace(move, mode=chance.choice(MODES))
    return replace(move, **{part: _anyone(chance, move)})


def _anyone(chance: random.Random, move: Move) -> str:
    names = [f"client-{at}" for at in range(CLIENTS)] + [f"group-{at}" for at in range(GROUPS)]
    return chance.choice([name for name in names if name not in (move.giver, move.taker)])


def _hedge(chance: random.Random, *, sound: bool) -> Certainty:
    """Return how firmly it is said: who errs is a little more often unsure, and not always."""
    weights = (0.75, 0.18, 0.07) if sound else (0.5, 0.3, 0.2)
    return chance.choices(tuple(Certainty), weights)[0]


def _report(
    move: Move, published: int, outlet: int, certainty: Certainty, chance: random.Random
) -> Report:
    """Return the report; its dates are a day, a month around it, or none."""
    kind = chance.choice(("day", "month", "month", "none"))
    spread = {"day": 3, "month": 15}.get(kind)
    first = None if spread is None else move.day - spread
    last = None if spread is None else min(move.day + spread, published)
    return Report(
        move.giver,
        move.taker,
        move.weapon,
        move.mode,
        first,
        last,
        published,
        outlet,
        certainty,
        true=True,
        copies=_copies(chance),
    )


def _copies(chance: random.Random) -> int:
    return chance.choice((0, 0, 0, 1, 2, 4))


def _rumour(chance: random.Random) -> Report:
    """Return an invented transfer that a weak outlet tells and others like to copy."""
    names = [f"client-{at}" for at in range(CLIENTS)] + [f"group-{at}" for at in range(GROUPS)]
    giver, taker = chance.sample(names, 2)
    if chance.random() < FROM_A_STATE:
        giver = f"state-{chance.randrange(STATES)}"
    day = chance.randrange(DAYS)
    move = Move(
        giver,
        taker,
        f"weapon-{chance.randrange(FAMILIES)}",
        "supply" if giver.startswith("state") else chance.choice(MODES),
        day,
    )
    outlet = chance.choice((3, 4, 5))
    certainty = chance.choices(tuple(Certainty), (0.35, 0.35, 0.3))[0]
    report = _report(move, day + chance.randint(1, 120), outlet, certainty, chance)
    return replace(report, true=False, copies=chance.choice((1, 3, 6, 12, 20)))


def _plan(chance: random.Random) -> Report:
    day = chance.randrange(DAYS)
    move = Move(
        f"state-{chance.randrange(STATES)}",
        f"client-{chance.randrange(CLIENTS)}",
        f"weapon-{chance.randrange(FAMILIES)}",
        "supply",
        day,
    )
    return replace(_report(move, day, 1, Certainty.CERTAIN, chance), status="planned", true=False)


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
            _publish(told, report, f"doc-{at:03}", until, copying)
    for at, case in enumerate(world.cases):
        if case.day <= until:
            _publish_sighting(told, case, f"seen-{at:03}", chance)
    return told


def _publish(told: Told, report: Report, name: str, until: int, chance: random.Random) -> None:
    quote = f"Report {name} in words of its own."
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
        claim = _claim(report, document, quote if how < COPY_VERBATIM else f"{document} retells.")
        if COPY_VERBATIM <= how < COPY_CREDITED:
            speaker = Speaker(f"outlet-{report.outlet}-{name[-1]}")
            claim = replace(claim, attribution=(speaker,))
        _add(told, claim, report, f"copyist-{chance.randrange(40)}", day)
        if how < COPY_VERBATIM:
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


def _add(told: Told, claim: Claim, report: Report, publisher: str, day: int) -> None:
    claim = with_id(claim)
    told.claims.append(claim)
    told.publications.append(Publication(claim.document_id, _day(day), publisher))
    told.reports[claim.id] = report


def _claim(report: Report, document: str, quote: str) -> Claim:
    time = None
    if report.first is not None and report.last is not None:
        time = DateRange(_day(report.first), _day(max(report.first, report.last)))
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
    time = DateRange(_day(case.day - chance.randint(0, 10)), _day(case.day))
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
    told.publications.append(Publication(name, _day(case.day), f"viewer-{name}"))


def _role(part: Part, name: str) -> Role:
    return Role(part, name.title(), reference=name, name=name.title())


def _day(number: int) -> date:
    return START + timedelta(days=number)


def follow_latest(told: Told, case: Case) -> tuple[str, ...]:
    """Return the holders that following the latest claim back gives, first to last."""
    day = {one.document_id: one.published for one in told.publications}
    return _walk(
        told, case, lambda claims: max(claims, key=lambda one: (day[one.document_id], one.id))
    )


def follow_most_reported(told: Told, case: Case) -> tuple[str, ...]:
    """Return the holders that following the most often made claim back gives, first to last."""

    def most(claims: list[Claim]) -> Claim:
        counts = Counter(_giver(claim) for claim in claims)
        best = max(sorted(counts), key=lambda giver: counts[giver])
        return next(claim for claim in claims if _giver(claim) == best)

    return _walk(told, case, most)


def _giver(claim: Claim) -> str:
    role = claim.role(Part.FROM)
    return role.reference or "" if role else ""


def _walk(told: Told, case: Case, pick) -> tuple[str, ...]:  # noqa: ANN001
    """Follow picked claims of the weapon back until a state or nothing is reached."""
    holder, chain = case.holder, [case.holder]
    while not holder.startswith("state"):
        into = [
            claim
            for claim in told.claims
            if claim.kind is ClaimKind.TRANSFER
            and claim.status == "done"
            and (taker := claim.role(Part.TO)) is not None
            and taker.reference == holder
            and (weapon := claim.role(Part.WEAPON)) is not None
            and weapon.reference == case.weapon
            and _giver(claim) not in chain
        ]
        if not into:
            break
        holder = _giver(pick(into))
        chain.append(holder)
    return tuple(reversed(chain))


def trace_case(world: World, told: Told, case: Case, priors: Priors) -> Trace:
    """Return the trace of the case's sighting from all that is told."""
    incidents = fuse_incidents(told.claims, told.publications, told.reprints, world)
    question = Question(
        Party(Part.WEAPON, case.weapon.title(), case.weapon),
        Party(Part.ACTOR, case.holder.title(), case.holder),
        _day(case.day),
    )
    return trace_custody(question, incidents, told.claims, world, priors)


def holders(trace: Trace, rank: int = 0) -> tuple[str, ...]:
    """Return the holders of a ranked chain, first to last; empty where there is none."""
    if rank >= len(trace.chains):
        return ()
    steps = trace.chains[rank].steps
    return (*(step.giver.key for step in steps), steps[-1].taker.key)


def true_holders(case: Case) -> tuple[str, ...]:
    """Return the holders of the true chain, first to last."""
    return (*(move.giver for move in case.truth), case.holder)


def copied_tenfold(world: World, case: Case) -> list[Report] | None:
    """Return the reports with one false report of the weapon copied ten times more, or None."""
    false = [
        at
        for at, report in enumerate(world.reports)
        if not report.true
        and report.weapon == case.weapon
        and report.status == "done"
        and report.published < case.day
    ]
    if not false:
        return None
    at = random.Random(world.seed + case.day).choice(false)
    more = replace(
        world.reports[at], copies=world.reports[at].copies + 10 * max(1, world.reports[at].copies)
    )
    return [*world.reports[:at], more, *world.reports[at + 1 :]]


@dataclass
class Tally:
    """What is counted over all sightings."""

    full: int = 0
    ours: int = 0
    latest: int = 0
    most: int = 0
    cases: int = 0
    ours_all: int = 0
    shares: list[tuple[float, bool]] = field(default_factory=list)
    copied: int = 0
    changed: int = 0
    none_true: list[tuple[float, bool]] = field(default_factory=list)


def run(first: int, sightings: int, priors: Priors) -> Tally:
    """Trace sightings in worlds from a first seed on, and count."""
    tally = Tally()
    seed = first
    while tally.cases < sightings:
        world = make_world(seed)
        for case in world.cases[: sightings - tally.cases]:
            _count(world, case, priors, tally)
        seed += 1
    return tally


def _count(world: World, case: Case, priors: Priors, tally: Tally) -> None:
    told = tell(world, case.day, world.reports)
    trace = trace_case(world, told, case, priors)
    truth = true_holders(case)
    tally.cases += 1
    tally.ours_all += holders(trace) == truth
    by_holders: dict[tuple[str, ...], float] = {}
    for rank, chain in enumerate(trace.chains):
        key = holders(trace, rank)
        by_holders[key] = by_holders.get(key, 0.0) + chain.probability
    tally.shares += [(share, key == truth) for key, share in by_holders.items()]
    tally.none_true.append((trace.remainder, truth not in by_holders))
    if _is_full(told, case):
        tally.full += 1
        tally.ours += holders(trace) == truth
        tally.latest += follow_latest(told, case) == truth
        tally.most += follow_most_reported(told, case) == truth
    reports = copied_tenfold(world, case)
    if reports is not None:
        again = trace_case(world, tell(world, case.day, reports), case, priors)
        tally.copied += 1
        tally.changed += holders(again) != holders(trace)


def _is_full(told: Told, case: Case) -> bool:
    """Return whether every step of the truth is rightly reported by the day of the sighting."""
    said = {(report.of, report.true) for report in told.reports.values() if report.of is not None}
    return all((move, True) in said for move in case.truth)


def calibration_error(shares: Iterable[tuple[float, bool]], bins: int = 10) -> float:
    """Return the expected calibration error: the gap of share and truth, averaged over bins."""
    kept = list(shares)
    gap = 0.0
    for at in range(bins):
        inside = [
            one
            for one in kept
            if at / bins <= one[0] < (at + 1) / bins or (at == bins - 1 and one[0] == 1)
        ]
        if inside:
            mean = statistics.fmean(share for share, _ in inside)
            true = statistics.fmean(float(right) for _, right in inside)
            gap += abs(mean - true) * len(inside) / len(kept)
    return gap


def table(shares: Iterable[tuple[float, bool]], bins: int = 10) -> list[str]:
    """Return the calibration curve as lines: bin, how many, mean share, part that is true."""
    kept = list(shares)
    lines = []
    for at in range(bins):
        inside = [one for one in kept if at / bins <= one[0] < (at + 1) / bins]
        if inside:
            mean = statistics.fmean(share for share, _ in inside)
            true = statistics.fmean(float(right) for _, right in inside)
            lines.append(
                f"  {at / bins:.1f}-{(at + 1) / bins:.1f}  {len(inside):5}  {mean:.3f}  {true:.3f}"
            )
    return lines


def export(world: World, folder: Path) -> None:
    """Write a world's claims in the interchange format, for `enduse import`."""
    told = tell(world, DAYS * 2, world.reports)
    day = {one.document_id: one for one in told.publications}
    with (folder / f"world-{world.seed}.jsonl").open("w", encoding="utf-8") as file:
        for claim in told.claims:
            record = to_record(claim, claim.document_id)
            published = day[claim.document_id]
            record |= {"published": str(published.published), "publisher": published.publisher}
            file.write(json.dumps(record) + "\n")


def main() -> None:
    """Run the worlds and print the figures with their floors."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--set", choices=sorted(FIRST_SEED), default="dev")
    parser.add_argument("--sightings", type=int, default=300)
    parser.add_argument("--priors", type=Path)
    parser.add_argument("--export", type=Path, help="write the first world's claims to a folder")
    asked = parser.parse_args()
    if asked.export:
        export(make_world(FIRST_SEED[asked.set]), asked.export)
        return
    tally = run(FIRST_SEED[asked.set], asked.sightings, load_priors(asked.priors))
    print(f"{tally.cases} sightings, {tally.full} of them fully reported; set {asked.set}")
    print(
        f"true chain first, fully reported: ours {tally.ours}, latest claim {tally.latest} "
        f"(ratio {tally.ours / max(1, tally.latest):.2f}, floor 2), most reported {tally.most} "
        f"(ratio {tally.ours / max(1, tally.most):.2f}, floor 3)"
    )
    print(f"true chain first, all: {tally.ours_all} of {tally.cases}")
    print(
        f"calibration error {calibration_error(tally.shares):.3f} over {len(tally.shares)} "
        f"chains (ceiling 0.10); of the first chains and of the remainder:"
    )
    print(f"  remainder {calibration_error(tally.none_true):.3f}")
    print("\n".join(table(tally.shares)))
    print("\n".join(table(tally.none_true)))
    print(
        f"a false report copied ten times more changed the first chain in {tally.changed} of "
        f"{tally.copied} ({tally.changed / max(1, tally.copied):.1%}, ceiling 2 %)"
    )


if __name__ == "__main__":
    main()
