"""An incident's evidence to its probability, and the parts that made it.

In: the witnesses for and against with their certainty. Out: reasons, each with what it adds to
the log-odds, and the probability that their sum gives:

    p = 1 / (1 + exp(-(r1 + r2 + ... + rn)))

The first reason is the log-odds of the firmest certainty a witness gives. Each further
independent witness adds `witness:gain`, less if it hedges, up to `witness:most` in all; copies
add nothing. Speakers who are parties, kinds of proof and denials add or take away. A claim that
an extractor is not sure of takes away ln(score). All numbers are in the reviewed file
`priors/fusion.tsv`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp, log

from enduse.model.claim import Certainty
from enduse.model.incident import Reason

FIRM = 1.0
LEAST_SCORE = 0.01
FLAT_WORDS = {
    Certainty.CERTAIN: "said flatly",
    Certainty.PROBABLE: "said to be probable",
    Certainty.POSSIBLE: "said to be possible",
}


@dataclass(frozen=True, slots=True)
class Strand:
    """One voice for or against: how firm, whose interest, what proof, how well read.

    Attributes:
        score: chance that at least one of its claims was read rightly, 0 to 1.
    """

    certainty: Certainty
    party: bool
    media: tuple[str, ...] = ()
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Weighed:
    """Voices for an incident with their effective number, and voices against with theirs."""

    strands: Sequence[Strand]
    independent: float
    denials: Sequence[Strand] = ()
    against: float = 0.0


def weigh_chance(
    weighed: Weighed, numbers: Mapping[str, float]
) -> tuple[float, tuple[Reason, ...]]:
    """Return the probability and the reasons whose values add up to its log-odds.

    >>> numbers = {"base:certain": 0.8}
    >>> chance, reasons = weigh_chance(Weighed([Strand(Certainty.CERTAIN, False)], 1.0), numbers)
    >>> round(chance, 3), reasons[0].words
    (0.8, 'said flatly')
    """
    reasons = [*_base(weighed, numbers), *_further(weighed, numbers)]
    reasons += [*_interest(weighed, numbers), *_proof(weighed, numbers)]
    reasons += [*_against(weighed, numbers), *_reading(weighed)]
    kept = tuple(Reason(reason.words, round(reason.value, 4)) for reason in reasons)
    return 1.0 / (1.0 + exp(-sum(reason.value for reason in kept))), kept


def find_firmest(strands: Sequence[Strand]) -> Certainty:
    """Return the firmest certainty among the strands; possible where there are none."""
    return min((each.certainty for each in strands), key=_rank, default=Certainty.POSSIBLE)


def _rank(certainty: Certainty) -> int:
    return certainty.rank


def _base(weighed: Weighed, numbers: Mapping[str, float]) -> list[Reason]:
    if not weighed.strands:
        return [Reason("nobody says so, it is only denied", _log_odds(numbers["base:possible"]))]
    firmest = find_firmest(weighed.strands)
    return [Reason(FLAT_WORDS[firmest], _log_odds(numbers[f"base:{firmest.value}"]))]


def _log_odds(chance: float) -> float:
    return log(chance / (1 - chance))


def _further(weighed: Weighed, numbers: Mapping[str, float]) -> list[Reason]:
    """Return what voices beyond the firmest add: gain, times firmness, times independence."""
    count = len(weighed.strands)
    if count < 2 or weighed.independent <= 1.0:  # noqa: PLR2004 - a second voice is the first to add
        return []
    firmness = sorted((_firmness(each, numbers) for each in weighed.strands), reverse=True)[1:]
    part = (weighed.independent - 1.0) / (count - 1)
    gain = min(numbers["witness:gain"] * part * sum(firmness), numbers["witness:most"])
    return [Reason(f"{weighed.independent:.1f} independent witnesses", gain)]


def _firmness(strand: Strand, numbers: Mapping[str, float]) -> float:
    if strand.certainty is Certainty.CERTAIN:
        return FIRM
    return numbers[f"witness:{strand.certainty.value}"]


def _interest(weighed: Weighed, numbers: Mapping[str, float]) -> list[Reason]:
    if weighed.strands and all(strand.party for strand in weighed.strands):
        return [Reason("only parties to it say so", numbers["speaker:party"])]
    return []


def _proof(weighed: Weighed, numbers: Mapping[str, float]) -> list[Reason]:
    """Return what the strongest kind of proof adds."""
    media = {medium for strand in weighed.strands for medium in strand.media}
    known = [(numbers[key], medium) for medium in media if (key := f"medium:{medium}") in numbers]
    return [Reason(f"rests on {max(known)[1]}", max(known)[0])] if known else []


def _against(weighed: Weighed, numbers: Mapping[str, float]) -> list[Reason]:
    """Return what denials take away, each as far as it is independent of the others."""
    reasons = []
    part = min(1.0, weighed.against / len(weighed.denials)) if weighed.denials else 0.0
    for party, words in ((False, "denied by others"), (True, "denied by a party to it")):
        count = sum(1 for strand in weighed.denials if strand.party is party)
        if count:
            key = "denial:party" if party else "denial:independent"
            reasons.append(Reason(words, count * part * numbers[key]))
    return reasons


def _reading(weighed: Weighed) -> list[Reason]:
    """Return what doubt in the reading takes away, from the best read voice."""
    best = max((strand.score for strand in weighed.strands), default=1.0)
    return (
        [Reason("doubt whether it was read rightly", log(max(best, LEAST_SCORE)))]
        if best < 1
        else []
    )
