"""The first sections: the answer in brief, and what was seen.

In: the desk. Out: sections whose every sentence cites. Refused: telling a plan or an inferred
step as done.
"""

from __future__ import annotations

from collections.abc import Iterator

from enduse.model.custody import Step
from enduse.model.dossier import DossierSection, Sentence
from enduse.model.incident import Incident
from enduse.publish.desk import Desk
from enduse.publish.phrases import say_incident
from enduse.publish.places import name_place
from enduse.publish.steps import chance_of, clause_of, is_plan, way_of
from enduse.publish.support import say_voices, step_voices
from enduse.publish.wording import (
    NONE,
    count,
    join,
    name_party,
    name_weapon,
    patterns,
    say_chance,
    say_day,
)


def compose_answer(desk: Desk) -> DossierSection:
    """Return the answer: what was seen, the likeliest chain, the others, the remainder."""
    sentences = (*_seen_in_brief(desk), *_likeliest(desk), *_others(desk), *_remainder(desk))
    return DossierSection("The answer in brief", sentences, key="answer")


def compose_sighting(desk: Desk) -> DossierSection:
    """Return what was seen, one sentence for each sighting, with its witnesses."""
    sentences = tuple(
        desk.say(
            f"{_tell(desk, incident)}: {_basis(incident)}{_medium(desk, incident)}",
            incident.claims,
        )
        for incident in desk.seen[: desk.options.limit]
    )
    return DossierSection("What was seen", sentences, key="sighting")


def _seen_in_brief(desk: Desk) -> Iterator[Sentence]:
    sighting = desk.trace.sighting
    if desk.seen:
        first = desk.seen[0]
        yield desk.say(f"{_tell(desk, first)}: {_basis(first)}", first.claims)
        return
    who, what = name_party(sighting.holder.label), name_weapon(sighting.weapon.label)
    when = f" on {say_day(sighting.at)}" if sighting.at else ""
    if sighting.claims:
        yield desk.say(f"{who} is said to have had {what}{when}", sighting.claims)
    elif desk.ground:
        yield desk.say(f"no claim shows {who} with {what}{when}", desk.ground)


def _likeliest(desk: Desk) -> Iterator[Sentence]:
    chains = desk.trace.chains
    if not chains:
        if desk.ground:
            yield desk.say("the claims give no chain by which it came there", desk.ground)
        return
    first = chains[0]
    which = (
        "one chain:" if len(chains) == 1 else f"{count(len(chains), 'chain')}; in the likeliest,"
    )
    told = ", and then ".join(_tell_briefly(desk, step) for step in first.steps)
    yield desk.say(f"the evidence is consistent with {which} {told}", desk.cited_by(first))
    yield desk.say(f"this chain has {chance_of(desk, first)}", desk.cited_by(first))
    if len(first.steps) > 1:
        weakest = first.weakest
        yield desk.say(
            f"its weakest step is the one from {name_party(weakest.giver.label)} to "
            f"{name_party(weakest.taker.label)}: {way_of(desk, weakest)}",
            step_voices(weakest, desk.evidence) or desk.cited_by(first),
        )


def _others(desk: Desk) -> Iterator[Sentence]:
    others = desk.trace.chains[1:]
    if not others:
        return
    cited = [claim for chain in others for claim in desk.cited_by(chain)]
    least, most = (say_chance(chain.probability) for chain in (others[-1], others[0]))
    what = "the other chain has" if len(others) == 1 else "each of the other chains has"
    chance = f"a chance of {most}" if least == most else f"a chance from {least} to {most}"
    yield desk.say(f"{what} {chance}", cited)


def _remainder(desk: Desk) -> Iterator[Sentence]:
    if not desk.ground:
        return
    none = (
        "none of these chains holds"
        if desk.trace.chains
        else "it came there in a way no claim tells"
    )
    words = desk.trace.remainder_words.removeprefix(f"{NONE}:").strip()
    tail = f": {words}" if words else ""
    yield desk.say(
        f"the chance that {none} is {say_chance(desk.trace.remainder)}{tail}", desk.ground
    )


def _tell(desk: Desk, incident: Incident) -> str:
    return say_incident(incident, name_place(incident, desk.options, desk.register))


def _medium(desk: Desk, incident: Incident) -> str:
    """Return what a sighting was told from, where a claim says so."""
    claims = (desk.evidence.claim(claim_id) for claim_id in incident.claims)
    media = sorted({claim.medium for claim in claims if claim.medium})
    return f", from {join(media)}" if media else ""


def _basis(incident: Incident) -> str:
    firm = patterns()["firmness"][incident.certainty.value]
    return f"{firm} by {say_voices(incident.witnesses, incident.independent)}"


def _tell_briefly(desk: Desk, step: Step) -> str:
    """Return a step as a clause with a verb, whether it is told as done or not."""
    state = " is planned, not done" if is_plan(step, desk) else " is inferred, stated by no claim"
    done = not step.inferred and not is_plan(step, desk)
    return f"{clause_of(desk, step)}{'' if done else state}"
