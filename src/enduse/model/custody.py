"""Custody: steps from a lawful supplier or maker to the holder seen, ranked chains of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from enduse.model.claim import Certainty
from enduse.model.incident import Party


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: how did this weapon come to this holder?

    Attributes:
        weapon, holder: entity ids, or folded names where nobody has resolved them.
        at: the day of the sighting; None asks for the latest one known.
        as_of: the day up to which documents were used; None is no limit.
        top: how many chains to show at most.
    """

    weapon: Party
    holder: Party
    at: date | None = None
    as_of: date | None = None
    top: int = 10


@dataclass(frozen=True, slots=True)
class Sighting:
    """A weapon seen with a holder: the question a trace answers."""

    weapon: Party
    holder: Party
    at: date | None
    claims: tuple[str, ...]
    incidents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """One change of holder in a chain.

    Attributes:
        mode: the transfer's mode, or "production" or an opportunity's name.
        start, end: the days between which it happened.
        probability: chance that this step happened, 0 to 1.
        inferred: True where no claim states it; `rests_on` then names what it rests on.
        lawful: True for a supply or sale by a state, or by the supplier a chain begins with.
        weapon: what passed, as the incident names it.
        incidents: every incident that tells of this step; `incident_id` is the first.
        weight: the prior weight of its mode beside other ways.
    """

    giver: Party
    taker: Party
    weapon: Party
    mode: str
    start: date | None
    end: date | None
    probability: float
    inferred: bool
    claims: tuple[str, ...]
    witnesses: float
    incident_id: str | None = None
    rests_on: str = ""
    lawful: bool = False
    certainty: str = "certain"
    incidents: tuple[str, ...] = ()
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Chain:
    """One way the weapon may have come to the holder, with its share of the probability.

    Attributes:
        interval: bounds between which the probability lies four times in five.
        words: the likelihood word for the probability.
        gaps: what is not known about it, in words.
        reasons: what made its probability.
        complete: whether it begins with a maker or a lawful supplier.
        prior: the probability it would have if every report were as likely right as wrong.
        evidence: what the reports make of its odds: odds of the probability over odds of the
            prior; None where it has no prior.
        shipped: its probability under the shipped priors, where others are in force, else None.
    """

    id: str
    steps: tuple[Step, ...]
    probability: float
    interval: tuple[float, float]
    words: str
    gaps: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    complete: bool = True
    prior: float = 0.0
    evidence: float | None = None
    shipped: float | None = None

    @property
    def route(self) -> tuple[tuple[str, str, str], ...]:
        """Givers, takers and modes: what makes it the same chain under other priors."""
        return tuple((step.giver.key, step.taker.key, step.mode) for step in self.steps)

    @property
    def weakest(self) -> Step:
        """The step with the least probability: the chain is never firmer than it."""
        return min(self.steps, key=lambda step: step.probability)

    @property
    def weighed(self) -> str:
        """Prior, evidence and posterior side by side, in words."""
        factor = "no factor" if self.evidence is None else f"{self.evidence:.2g} times the odds"
        words = f"prior {self.prior:.0%}, evidence {factor}, posterior {self.probability:.0%}"
        shipped = "" if self.shipped is None else f"; under the shipped priors {self.shipped:.0%}"
        return words + shipped

    @property
    def certainties(self) -> tuple[Certainty, ...]:
        """How firm the account is after each step, first step first: it never rises."""
        ranks = [Certainty(step.certainty).rank for step in self.steps]
        return tuple(list(Certainty)[max(ranks[: at + 1])] for at in range(len(ranks)))


@dataclass(frozen=True, slots=True)
class Lever:
    """A fact that, if known, would move the ranking: which, and by how much (0 to 1)."""

    fact: str
    shift: float
    incident_id: str | None = None


@dataclass(frozen=True, slots=True)
class Trace:
    """The answer to a sighting: ranked chains that, with the remainder, share probability 1.

    Attributes:
        remainder: the chance of none of these; `remainder_words` says what it holds.
        plans: ids of incidents of planned or stopped transfers: none of them is a step.
        notes: the standing sentences.
        asked_at: the day of the sighting that was asked for, None if the last known one was.
    """

    id: str
    sighting: Sighting
    chains: tuple[Chain, ...]
    remainder: float
    would_change_most: tuple[Lever, ...] = ()
    remainder_words: str = ""
    notes: tuple[str, ...] = ()
    plans: tuple[str, ...] = ()
    asked_at: date | None = None


def share_out(probabilities: Sequence[float], places: int = 4) -> tuple[float, ...]:
    """Return the probabilities rounded so that they still add up to the same rounded sum.

    The largest cut-off parts are rounded up first (the largest-remainder method).

    >>> share_out((1 / 3, 1 / 3, 1 / 3), places=2)
    (0.34, 0.33, 0.33)
    """
    units = 10**places
    floors = [int(value * units) for value in probabilities]
    short = round(sum(probabilities) * units) - sum(floors)
    by_rest = sorted(
        range(len(floors)), key=lambda at: (floors[at] - probabilities[at] * units, at)
    )
    for at in by_rest[:short]:
        floors[at] += 1
    return tuple(count / units for count in floors)


def trace_record(trace: Trace) -> dict[str, Any]:
    """Return the trace as the plain record of the command-line contract.

    The probabilities of the chains and the remainder add up to 1 after rounding.
    """
    shares = share_out([*(chain.probability for chain in trace.chains), trace.remainder])
    return {
        "id": trace.id,
        "sighting": {
            "weapon": trace.sighting.weapon.label,
            "holder": trace.sighting.holder.label,
            "at": _iso(trace.sighting.at),
            "claims": list(trace.sighting.claims),
        },
        "chains": [
            _chain_record(chain, share)
            for chain, share in zip(trace.chains, shares[:-1], strict=True)
        ],
        "remainder": shares[-1],
        "remainder_words": trace.remainder_words,
        "would_change_most": [
            {"fact": lever.fact, "shift": round(lever.shift, 4)}
            for lever in trace.would_change_most
        ],
        "plans": list(trace.plans),
        "notes": list(trace.notes),
    }


def _chain_record(chain: Chain, share: float) -> dict[str, Any]:
    return {
        "id": chain.id,
        "probability": share,
        "interval": [round(bound, 4) for bound in chain.interval],
        "prior": round(chain.prior, 4),
        "evidence": None if chain.evidence is None else round(chain.evidence, 2),
        "under_shipped_priors": None if chain.shipped is None else round(chain.shipped, 4),
        "steps": [_step_record(step) for step in chain.steps],
        "words": chain.words,
        "complete": chain.complete,
        "gaps": list(chain.gaps),
        "reasons": list(chain.reasons),
    }


def _step_record(step: Step) -> dict[str, Any]:
    return {
        "from": step.giver.label,
        "to": step.taker.label,
        "mode": step.mode,
        "weapon": step.weapon.label,
        "start": _iso(step.start),
        "end": _iso(step.end),
        "probability": round(step.probability, 4),
        "certainty": step.certainty,
        "inferred": step.inferred,
        "rests_on": step.rests_on,
        "lawful": step.lawful,
        "claims": list(step.claims),
        "witnesses": step.witnesses,
        "incidents": list(step.incidents),
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
