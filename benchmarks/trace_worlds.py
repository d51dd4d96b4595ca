"""Worlds of arms with known custody, and how well chains, calibration and copies hold in them.

A world has states that make weapons, clients they supply, groups that take, sell and lose them.
Outlets of different reliability report what happened, late, hedged, wrongly or not at all; some
invent; others copy. With `--through import` the claims enter by `enduse import` in invented names
that no register knows; without it they are fused and traced directly, with a register.

    python benchmarks/trace_worlds.py --set dev        # worlds to look at while working
    python benchmarks/trace_worlds.py --set verdict    # worlds kept apart: the figures to quote
    python benchmarks/trace_worlds.py --shape all      # every shape of world, a line each
    python benchmarks/trace_worlds.py --through import # by the casebook, as a user does
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from worlds.casebooks import ask, casebook
from worlds.making import SHAPES, Case, Report, Shape, World, make_world
from worlds.rivals import follow_latest, follow_most_reported
from worlds.scoring import Tally, calibration_error, table
from worlds.telling import Told, day_of, name_of, tell

from enduse.fuse import fuse_incidents
from enduse.model.claim import Part
from enduse.model.custody import Question, Trace
from enduse.model.incident import Party
from enduse.reference.priors import Priors, load_priors
from enduse.trace import trace_custody

FIRST_SEED = {"dev": 0, "verdict": 100_000}
Asking = Callable[[Case], Trace]


@contextmanager
def directly(world: World, reports: list[Report], priors: Priors) -> Iterator[Asking]:
    """Yield a way to trace sightings by fusing and tracing alone."""

    def trace(case: Case) -> Trace:
        told = tell(world, case.day, reports)
        incidents = fuse_incidents(told.claims, told.publications, told.reprints, world)
        question = Question(
            Party(Part.WEAPON, case.weapon.title(), case.weapon),
            Party(Part.ACTOR, case.holder.title(), case.holder),
            day_of(case.day),
        )
        return trace_custody(question, incidents, told.claims, world, priors)

    yield trace


@contextmanager
def by_casebook(world: World, reports: list[Report], priors: Priors) -> Iterator[Asking]:
    """Yield a way to trace sightings by import, run and trace."""
    del priors
    with casebook(world, reports) as book:
        yield lambda case: ask(book, case)


WAYS = {"fuse": directly, "import": by_casebook}


def holders(trace: Trace, rank: int = 0) -> tuple[str, ...]:
    """Return the names of a ranked chain's holders, first to last; empty where there is none."""
    if rank >= len(trace.chains):
        return ()
    steps = trace.chains[rank].steps
    return (*(step.giver.label for step in steps), steps[-1].taker.label)


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
    copies = world.reports[at].copies
    more = replace(world.reports[at], copies=copies + 10 * max(1, copies))
    return [*world.reports[:at], more, *world.reports[at + 1 :]]


def run(first: int, sightings: int, shape: Shape, through: str, priors: Priors) -> Tally:
    """Trace sightings in worlds from a first seed on, and count."""
    tally = Tally()
    seed = first
    while tally.cases < sightings:
        world = make_world(seed, shape)
        with WAYS[through](world, world.reports, priors) as trace:
            for case in world.cases[: sightings - tally.cases]:
                found = trace(case)
                _count(world, case, found, _namer(through), tally)
                _copy(world, case, holders(found), (through, priors), tally)
        seed += 1
    return tally


def _namer(through: str) -> Callable[[str], str]:
    return name_of if through == "import" else str.title


def _count(
    world: World, case: Case, trace: Trace, namer: Callable[[str], str], tally: Tally
) -> None:
    told = tell(world, case.day, world.reports)
    plain = (*(move.giver for move in case.truth), case.holder)
    truth = tuple(map(namer, plain))
    tally.cases += 1
    tally.ours_all += holders(trace) == truth
    by_holders: dict[tuple[str, ...], float] = {}
    for rank, chain in enumerate(trace.chains):
        key = holders(trace, rank)
        by_holders[key] = by_holders.get(key, 0.0) + chain.probability
    tally.shares += [(share, key == truth) for key, share in by_holders.items()]
    first = holders(trace)
    tally.first.append((by_holders.get(first, 0.0), first == truth))
    tally.none_true.append((trace.remainder, truth not in by_holders))
    if _is_full(told, case):
        tally.full += 1
        tally.ours += holders(trace) == truth
        tally.latest += follow_latest(told, case) == plain
        tally.most += follow_most_reported(told, case) == plain


def _copy(
    world: World, case: Case, before: tuple[str, ...], way: tuple[str, Priors], tally: Tally
) -> None:
    """Count whether the first chain changes when a false report is copied ten times more."""
    reports = copied_tenfold(world, case)
    if reports is not None:
        with WAYS[way[0]](world, reports, way[1]) as trace:
            tally.copied += 1
            tally.changed += holders(trace(case)) != before


def _is_full(told: Told, case: Case) -> bool:
    """Return whether every step of the truth is rightly reported by the day of the sighting."""
    said = {(report.of, report.true) for report in told.reports.values() if report.of is not None}
    return all((move, True) in said for move in case.truth)


def describe(tally: Tally, name: str) -> str:
    """Return the figures of a run in one line: right, rivals, calibration, copies."""
    latest, most = tally.ours / max(1, tally.latest), tally.ours / max(1, tally.most)
    return (
        f"{name:10} {tally.cases:4} sightings, {tally.full:4} fully reported: true chain first "
        f"{tally.ours}, latest claim {tally.latest} ({latest:.2f} times; floor 2), most reported "
        f"{tally.most} ({most:.2f}; floor 3); of all {tally.ours_all}; calibration error "
        f"{calibration_error(tally.shares):.3f} (ceiling 0.10), of first chains "
        f"{calibration_error(tally.first):.3f}, of the remainder "
        f"{calibration_error(tally.none_true):.3f}; changed by copies {tally.changed} of "
        f"{tally.copied} ({tally.changed / max(1, tally.copied):.1%}, ceiling 2 %)"
    )


def main() -> None:
    """Run the worlds and print the figures with their floors."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--set", choices=sorted(FIRST_SEED), default="dev")
    parser.add_argument("--seed", type=int, help="the first world; by default that of the set")
    parser.add_argument("--shape", choices=(*SHAPES, "all"), default="usual")
    parser.add_argument("--through", choices=sorted(WAYS), default="fuse")
    parser.add_argument("--sightings", type=int, default=300)
    parser.add_argument("--priors", type=Path)
    parser.add_argument("--curve", action="store_true", help="print the calibration curve too")
    asked = parser.parse_args()
    priors = load_priors(asked.priors)
    for name in SHAPES if asked.shape == "all" else (asked.shape,):
        first = FIRST_SEED[asked.set] if asked.seed is None else asked.seed
        tally = run(first, asked.sightings, SHAPES[name], asked.through, priors)
        print(describe(tally, name), flush=True)
        if asked.curve:
            print("\n".join(["chains:", *table(tally.shares), "first chains:"]))
            print("\n".join([*table(tally.first), "remainder:"]))
            print("\n".join(table(tally.none_true)))


if __name__ == "__main__":
    main()
