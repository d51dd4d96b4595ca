"""Risk cards of earlier days against what later documents tell.

In: what was known on each day (incidents and claims fused from the documents published by then),
all that is known now, and the yardstick. Out: a `BackTest`: each plan's chance then, whether a
later report tells of diversion, Brier score and calibration curve. Refused: nothing later than
its day enters a card; a plan that no later document speaks of counts as not diverted, and the
notes say so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import fmean

from enduse.model.claim import Claim, Part
from enduse.model.incident import Incident
from enduse.model.risk import BackTest, CurvePoint, Forecast
from enduse.trace.kinship import read_kinship
from enduse.trace.network import parties_of
from enduse.trace.risk import Yardstick, assess_risk
from enduse.trace.scene import Scene, set_scene

BINS = 5
FEW = 30
_LEAKS = ("capture", "loot", "theft", "surrender", "unspecified", "smuggling", "sale")
_SILENCE = (
    "A plan counts as not diverted where no later document tells of it: silence is not proof, so "
    "the part that came true is a lower bound."
)


@dataclass(frozen=True)
class Known:
    """What was known on a day: incidents and claims from documents published by then."""

    day: date
    incidents: tuple[Incident, ...]
    claims: tuple[Claim, ...]


def backtest(frozen: Iterable[Known], now: Known, yardstick: Yardstick) -> BackTest:
    """Return how well the cards of the frozen days foretold what is known now.

    A plan that was known on several days is judged on the first of them only.

    Args:
        frozen: what was known on each day, in any order.
        now: all that is known.
        yardstick: register, priors and indicators.
    """
    forecasts: list[Forecast] = []
    met: set[tuple[tuple[str, str], ...]] = set()
    for known in sorted(frozen, key=lambda one: one.day):
        for plan in sorted(known.incidents, key=lambda one: one.id):
            parties = tuple((party.part.value, party.key) for party in plan.parties)
            if plan.status == "planned" and plan.planned and parties not in met:
                met.add(parties)
                forecasts.append(_judge(plan, known, now, yardstick))
    return score_forecasts(forecasts)


def score_forecasts(forecasts: Sequence[Forecast]) -> BackTest:
    """Return the forecasts with their Brier score, that of the base rate, and the curve.

    Brier: mean of (chance - outcome) squared (Brier, Monthly Weather Review 78, 1950).
    """
    notes: tuple[str, ...] = (_SILENCE,)
    if len(forecasts) < FEW:
        notes += (f"{len(forecasts)} forecasts are too few to tell a good judge from a lucky one.",)
    if not forecasts:
        return BackTest((), None, None, (), notes)
    base = fmean(float(one.diverted) for one in forecasts)
    return BackTest(
        tuple(forecasts),
        fmean((one.chance - one.diverted) ** 2 for one in forecasts),
        fmean((base - one.diverted) ** 2 for one in forecasts),
        tuple(_curve(forecasts)),
        notes,
    )


def _curve(forecasts: Sequence[Forecast]) -> Iterator[CurvePoint]:
    for at in range(BINS):
        inside = [one for one in forecasts if min(int(one.chance * BINS), BINS - 1) == at]
        if inside:
            yield CurvePoint(
                at / BINS,
                (at + 1) / BINS,
                len(inside),
                fmean(one.chance for one in inside),
                fmean(float(one.diverted) for one in inside),
            )


def _judge(plan: Incident, known: Known, now: Known, yardstick: Yardstick) -> Forecast:
    card = assess_risk(plan, known.incidents, known.claims, yardstick, known.day)
    leaks = find_leaks(plan, known.day, now, yardstick)
    return Forecast(
        day=known.day,
        plan_id=plan.id,
        taker=card.taker.label if card.taker else "",
        weapon=card.weapon.label if card.weapon else "",
        chance=card.expected,
        bounds=card.chance,
        unknown_share=card.unknown_share,
        diverted=bool(leaks),
        claims=tuple(sorted({claim for leak in leaks for claim in leak.claims})),
    )


def find_leaks(plan: Incident, day: date, now: Known, yardstick: Yardstick) -> tuple[Incident, ...]:
    """Return the later transfers by which weapons of the class left the plan's recipient."""
    kinship = read_kinship(now.incidents, yardstick.register, yardstick.priors, now.day)
    scene = set_scene(plan, now.incidents, now.claims, kinship, now.day)
    return tuple(one for one in scene.transfers(_LEAKS) if _is_leak(one, day, scene))


def _is_leak(one: Incident, day: date, scene: Scene) -> bool:
    """Return whether the transfer surely came after the day, from the recipient, of the class."""
    later = one.time is not None and one.time.start is not None and one.time.start > day
    lost = any(scene.is_taker(giver) for giver in parties_of(one, Part.FROM))
    gained = any(not scene.is_taker(taker) for taker in parties_of(one, Part.TO))
    return later and lost and gained and scene.weapon_alike(one)
