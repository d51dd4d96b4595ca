"""How likely a claim is right: a logistic model over what made it.

In: a claim, the reviewed weights. Out: the claim with its score. Refused: nothing; a feature
without a weight counts nothing.

The features tell how the claim was read (verb, noun, apposition), how sure the encoder is, which
roles stand and what resolved them. The weights are fitted on hand-checked claims by
`benchmarks/extract_score.py`, the score is the share of such claims that were right (Platt's
logistic calibration, 1999).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import replace

from enduse.model.claim import Certainty, Claim, ClaimKind, Part, Polarity

CHANCE = "chance:"  # the sense of the cue that keeps what the encoder gave a claim
WEAKEST = "weakest:"  # that of its least sure core role (of harm, the amount)
LEFT_OUT = "left-out:"  # that of words which nearly fill a core role that it lacks
ENCODER = "encoder"  # what the rule of a claim that it alone makes begins with
UNWEIGHED = 0.6  # what a single engine gives each claim
_STEPS = {CHANCE: 20, WEAKEST: 10, LEFT_OUT: 20}  # of each chance
_LONG, _LONGER = 120, 260  # code points of a quote
_WORDY = 6  # words of a role
_NEEDED = {
    ClaimKind.USE: (Part.ACTOR, Part.WEAPON),
    ClaimKind.POSSESSION: (Part.ACTOR, Part.WEAPON),
    ClaimKind.TRANSFER: (Part.FROM, Part.TO, Part.WEAPON),
    ClaimKind.LOSS: (Part.ACTOR, Part.WEAPON),
    ClaimKind.ORIGIN: (Part.ACTOR, Part.WEAPON),
    ClaimKind.AFFILIATION: (Part.ACTOR, Part.OTHER),
    ClaimKind.CONTROL: (Part.ACTOR, Part.PLACE),
    ClaimKind.CASUALTIES: (Part.VICTIM, Part.ACTOR),
}


def add_score(claim: Claim, weights: Mapping[str, float]) -> Claim:
    """Return the claim with its score; unchanged where there are no weights."""
    if not weights:
        return claim
    total = sum(weights.get(name, 0.0) for name in name_features(claim))
    return replace(claim, score=round(1 / (1 + math.exp(-total)), 4))


def name_features(claim: Claim) -> Iterator[str]:
    """Yield the names of the features that hold for a claim."""
    yield "always"
    yield f"kind:{claim.kind.value}"
    rule, _, form = claim.because.rule.partition("/") if claim.because else ("", "", "")
    own = rule == ENCODER
    yield f"form:{ENCODER if own else form or rule.split('-', maxsplit=1)[0]}"
    yield from _of_chances(claim, own=own)
    for part in _NEEDED[claim.kind]:
        if claim.role(part) is None:
            yield f"lacks:{claim.kind.value}:{part.value}"
    for filled, _, how in claim.because.resolved if claim.because else ():
        yield f"resolved:{how.split(maxsplit=1)[0]}"
        if filled in ("victim", "weapon"):
            yield "resolved-core"
    if claim.score != UNWEIGHED and not own:  # what two engines that read it together made of it
        yield "agreed" if claim.score > UNWEIGHED else "alone"
    yield from _of_roles(claim)
    yield from _of_fields(claim)


def _of_chances(claim: Claim, *, own: bool) -> Iterator[str]:
    """Yield in which step each of the encoder's chances lies; of its own claims finer ones."""
    for cue in claim.because.cues:
        prefix = next((one for one in _STEPS if cue.sense.startswith(one)), None)
        if prefix is not None:
            chance = float(cue.sense.removeprefix(prefix))
            coarse = prefix == CHANCE and not own
            yield (
                f"borne-out:{int(chance * 5)}"
                if coarse
                else f"{prefix}{int(chance * _STEPS[prefix])}"
            )


def _of_roles(claim: Claim) -> Iterator[str]:
    for role in claim.roles:
        if role.part is Part.PLACE and claim.kind is not ClaimKind.CONTROL:
            yield "place"
            continue
        if role.reference is not None:
            yield f"known:{role.part.value}"
        if len(role.text.split()) > _WORDY:
            yield "wordy-role"
        if role.text.islower():
            yield f"common:{role.part.value}"


def _of_fields(claim: Claim) -> Iterator[str]:
    if claim.time is not None:
        yield "time"
    if claim.quantity is not None:
        yield "quantity"
    if claim.attribution:
        yield "attributed"
    if claim.certainty is not Certainty.CERTAIN:
        yield "hedged"
    if claim.polarity is Polarity.DENIED:
        yield "denied"
    length = claim.span.end - claim.span.start if claim.span else 0
    if length > _LONG:
        yield "long"
    if length > _LONGER:
        yield "longer"
