"""Worlds of arms with known custody: who gave what to whom, and what outlets report of it.

In: a seed and a shape. Out: a `World`. Nothing in it is a real actor or a real report. The same
seed and shape give the same world.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from enduse.model.claim import Certainty
from enduse.model.entity import Entity
from enduse.model.mention import EntityKind

DAYS = 2200
MODES = ("capture", "capture", "capture", "sale", "loot", "surrender")
FROM_A_STATE = 0.3


@dataclass(frozen=True)
class Shape:
    """What sort of worlds: how many of each, how reliable the outlets, how copies are made.

    Attributes:
        reliability: for each outlet the chance that it reports a move rightly.
        lots: fewest and most lots of each weapon.
        steps: how often a lot changes hands; drawn from.
        tellings: how many outlets report a move; drawn from.
        verbatim, credited: parts of the copies that repeat the words, or name whom they copy; the
            rest are silent copies in words of their own.
        known: whether the register knows what each actor is, and who makes each weapon.
    """

    families: int = 4
    states: int = 4
    clients: int = 5
    groups: int = 6
    reliability: tuple[float, ...] = (0.95, 0.9, 0.85, 0.75, 0.6, 0.5)
    lots: tuple[int, int] = (2, 4)
    steps: tuple[int, ...] = (1, 2, 2, 2, 3, 3, 4)
    tellings: tuple[int, ...] = (0, 1, 1, 2, 2, 3)
    rumours: tuple[int, int] = (16, 28)
    speculations: tuple[int, ...] = (1, 1, 1, 2, 2)
    verbatim: float = 0.75
    credited: float = 0.2
    known: bool = True


SHAPES = {
    "usual": Shape(),
    "large": Shape(families=6, states=6, clients=12, groups=14, lots=(3, 5), rumours=(40, 60)),
    "small": Shape(families=2, states=2, clients=3, groups=3, rumours=(4, 8)),
    "careless": Shape(reliability=(0.8, 0.7, 0.6, 0.55, 0.45, 0.35)),
    "careful": Shape(reliability=(0.98, 0.97, 0.95, 0.92, 0.9, 0.85)),
    "rumoured": Shape(rumours=(40, 60), speculations=(1, 2, 3)),
    "quiet": Shape(rumours=(2, 6), speculations=(0, 0, 1)),
    "thin": Shape(tellings=(0, 0, 1, 1, 1, 2)),
    "dense": Shape(tellings=(1, 2, 3, 4, 5)),
    "short": Shape(steps=(1, 1, 1, 2)),
    "long": Shape(steps=(3, 4, 5), clients=8, groups=10),
    "silent": Shape(verbatim=0.5, credited=0.25),
    "unknown": Shape(known=False),
}


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
    shape: Shape = Shape()
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

    def ancestors(self, entity_id: str, days: object = None) -> tuple[str, ...]:  # noqa: ARG002
        """Return a weapon's class; actors stand alone."""
        return ("class-0",) if entity_id.startswith("weapon") else ()


def make_world(seed: int, shape: Shape = SHAPES["usual"]) -> World:
    """Return the world of a seed: the same seed and shape give the same world."""
    chance = random.Random(seed)
    world = World(seed, shape)
    _people(world)
    for weapon in range(shape.families):
        for _ in range(chance.randint(*shape.lots)):
            _follow_lot(world, f"weapon-{weapon}", chance)
    for _ in range(chance.randint(*shape.rumours)):
        world.reports.append(_rumour(shape, chance))
    for _ in range(chance.randint(1, 3)):
        world.reports.append(_plan(shape, chance))
    for weapon in range(shape.families if shape.known else 0):
        world.reports.append(
            Report(
                f"state-{weapon % shape.states}",
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
    shape = world.shape
    rows = [(f"state-{at}", "state") for at in range(shape.states)]
    rows += [
        (f"client-{at}", "armed-group" if at else "armed-forces") for at in range(shape.clients)
    ]
    rows += [(f"group-{at}", "armed-group") for at in range(shape.groups)]
    for name, category in rows if shape.known else ():
        world.entries[name] = Entity(name, EntityKind.ACTOR, category, name.title())
    for at in range(shape.families):
        name = f"weapon-{at}"
        world.entries[name] = Entity(name, EntityKind.WEAPON, "rifle", name.title())
    world.entries["class-0"] = Entity("class-0", EntityKind.WEAPON, "rifle", "Class")


def _follow_lot(world: World, weapon: str, chance: random.Random) -> None:
    """Let one lot change hands, report each change, and see it with its last holder."""
    shape = world.shape
    day = chance.randrange(DAYS // 2)
    holder = f"state-{int(weapon.removeprefix('weapon-')) % shape.states}"
    moves: list[Move] = []
    for step in range(chance.choice(shape.steps)):
        taker = _other(shape, chance, [holder, *_met(moves)], clients=step == 0)
        mode = "supply" if step == 0 else chance.choice(MODES)
        moves.append(Move(holder, taker, weapon, mode, day))
        holder = taker
        day += _dwell(chance)
    told = [_tell(shape, move, chance) for move in moves]
    world.reports += [report for reports in told for report in reports]
    right = all(any(report.true for report in reports) for reports in told)
    seen = moves[-1].day + _dwell(chance)
    for _ in range(chance.choice(shape.speculations)):
        world.reports.append(_speculation(shape, moves[-1], seen, chance))
    world.cases.append(Case(weapon, holder, seen, tuple(moves), right))


def _dwell(chance: random.Random) -> int:
    """Return how long a holder keeps a lot: three weeks to two and a half years."""
    return int(20 * 45 ** chance.random())


def _speculation(shape: Shape, last: Move, seen: int, chance: random.Random) -> Report:
    """Return a guess, made after the weapon was first noticed, of how its holder came by it."""
    guess = replace(
        last,
        giver=_anyone(shape, chance, last),
        mode=chance.choice(MODES),
        day=chance.randint(max(0, last.day - 400), seen),
    )
    certainty = chance.choices(tuple(Certainty), (0.3, 0.35, 0.35))[0]
    published = chance.randint(last.day, seen)
    guess = replace(guess, day=min(guess.day, published))
    report = _report(guess, published, chance.choice((2, 3, 4, 5)), certainty, chance)
    return replace(report, true=False, copies=chance.choice((0, 2, 5, 10, 20)))


def _met(moves: Sequence[Move]) -> list[str]:
    return [name for move in moves for name in (move.giver, move.taker)]


def _other(shape: Shape, chance: random.Random, met: Sequence[str], *, clients: bool) -> str:
    names = [f"client-{at}" for at in range(shape.clients)]
    if not clients:
        names += [f"group-{at}" for at in range(shape.groups)]
    return chance.choice([name for name in names if name not in met])


def _tell(shape: Shape, move: Move, chance: random.Random) -> list[Report]:
    """Return what independent outlets report of a move: nothing, right, or wrong in one part."""
    reports = []
    for _ in range(chance.choice(shape.tellings)):
        outlet = chance.randrange(len(shape.reliability))
        sound = chance.random() < shape.reliability[outlet]
        told = move if sound else _mistake(shape, move, chance)
        published = move.day + int(chance.expovariate(1 / 90)) + 1
        reports.append(_report(told, published, outlet, _hedge(chance, sound=sound), chance))
    return [replace(one, true=_same(one, move), of=move) for one in reports]


def _same(report: Report, move: Move) -> bool:
    return (report.giver, report.taker, report.weapon) == (move.giver, move.taker, move.weapon)


def _mistake(shape: Shape, move: Move, chance: random.Random) -> Move:
    part = chance.choice(("giver", "taker", "weapon", "mode"))
    if part == "weapon":
        return replace(move, weapon=f"weapon-{chance.randrange(shape.families)}")
    if part == "mode":
        return replace(move, mode=chance.choice(MODES))
    return replace(move, **{part: _anyone(shape, chance, move)})


def _anyone(shape: Shape, chance: random.Random, move: Move) -> str:
    names = [f"client-{at}" for at in range(shape.clients)] + [
        f"group-{at}" for at in range(shape.groups)
    ]
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


def _rumour(shape: Shape, chance: random.Random) -> Report:
    """Return an invented transfer that a weak outlet tells and others like to copy."""
    names = [f"client-{at}" for at in range(shape.clients)] + [
        f"group-{at}" for at in range(shape.groups)
    ]
    giver, taker = chance.sample(names, 2)
    if chance.random() < FROM_A_STATE:
        giver = f"state-{chance.randrange(shape.states)}"
    day = chance.randrange(DAYS)
    move = Move(
        giver,
        taker,
        f"weapon-{chance.randrange(shape.families)}",
        "supply" if giver.startswith("state") else chance.choice(MODES),
        day,
    )
    outlet = chance.choice((3, 4, 5))
    certainty = chance.choices(tuple(Certainty), (0.35, 0.35, 0.3))[0]
    report = _report(move, day + chance.randint(1, 120), outlet, certainty, chance)
    return replace(report, true=False, copies=chance.choice((1, 3, 6, 12, 20)))


def _plan(shape: Shape, chance: random.Random) -> Report:
    day = chance.randrange(DAYS)
    move = Move(
        f"state-{chance.randrange(shape.states)}",
        f"client-{chance.randrange(shape.clients)}",
        f"weapon-{chance.randrange(shape.families)}",
        "supply",
        day,
    )
    return replace(_report(move, day, 1, Certainty.CERTAIN, chance), status="planned", true=False)
