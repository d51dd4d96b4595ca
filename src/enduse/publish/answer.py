"""The first sections: the answer in brief, what was seen, and the chains, ranked and step by step.

In: the desk. Out: sections whose every sentence cites. Refused: telling a plan or an inferred
step as done.
"""

from __future__ import annotations

from collections.abc import Iterator

from enduse.model.custody import Chain, Step
from enduse.model.dossier import DossierSection, Sentence, Table
from enduse.model.incident import Incident
from enduse.publish.desk import Desk
from enduse.publish.phrases import name_way, say_incident, say_step
from enduse.publish.places import name_place
from enduse.publish.support import incidents_of, say_voices, step_voices, tally_voices, witnesses_of
from enduse.publish.wording import (
    NONE,
    count,
    join,
    name_party,
    name_weapon,
    patterns,
    say_chance,
    say_day,
    say_likelihood,
    say_period,
)

ARROW = " → "


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


def compose_chains(desk: Desk) -> tuple[DossierSection, ...]:
    """Return the ranking, then one section for each chain."""
    if not desk.trace.chains:
        return ()
    table = Table(
        "Chains of custody that the evidence is consistent with, likeliest first",
        ("Rank", "Chain", "Chance", "Likelihood", "Weakest step"),
        (*(_ranked(desk, rank, chain) for rank, chain in _ranks(desk)), _rest(desk)),
        (*(desk.book.cite(desk.cited_by(chain)) for _, chain in _ranks(desk)), ()),
    )
    told = [_compose_chain(desk, rank, chain) for rank, chain in _ranks(desk)[: desk.options.told]]
    rest = tuple(_untold(desk))
    return (DossierSection("How it may have come there", rest, (table,), "ranking"), *told)


def route(chain: Chain) -> str:
    """Return the holders of a chain in order."""
    return ARROW.join([chain.steps[0].giver.label, *(step.taker.label for step in chain.steps)])


def is_plan(step: Step, desk: Desk) -> bool:
    """Return whether all that a step rests on is planned or stopped, so that it is not done."""
    incidents = incidents_of(step, desk.evidence)
    if incidents:
        return all(incident.planned for incident in incidents)
    claims = [desk.evidence.claim(claim_id) for claim_id in step.claims]
    return bool(claims) and all(claim.planned for claim in claims)


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
    yield desk.say(f"this chain has {_chance(desk, first)}", desk.cited_by(first))
    if len(first.steps) > 1:
        weakest = first.weakest
        yield desk.say(
            f"its weakest step is the one from {name_party(weakest.giver.label)} to "
            f"{name_party(weakest.taker.label)}: {_way(desk, weakest)}",
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


def _ranks(desk: Desk) -> tuple[tuple[int, Chain], ...]:
    return tuple(enumerate(desk.trace.chains, start=1))


def _ranked(desk: Desk, rank: int, chain: Chain) -> tuple[str, ...]:
    weakest = chain.weakest
    return (
        str(rank),
        route(chain),
        say_chance(chain.probability, chain.interval),
        say_likelihood(chain.probability, desk.bands),
        f"{weakest.giver.label}{ARROW}{weakest.taker.label} ({_way(desk, weakest)})",
    )


def _rest(desk: Desk) -> tuple[str, ...]:
    left = desk.trace.remainder
    return ("", NONE, say_chance(left), say_likelihood(left, desk.bands), "")


def _compose_chain(desk: Desk, rank: int, chain: Chain) -> DossierSection:
    head = desk.say(f"chain {rank} has {_chance(desk, chain)}", desk.cited_by(chain))
    steps = tuple(_step(desk, chain, rank, at) for at in range(len(chain.steps)))
    weighed = [desk.say(f"weighed: {'; '.join(chain.reasons)}", desk.cited_by(chain))]
    return DossierSection(
        f"Chain {rank}: {route(chain)}",
        (head, *steps, *(weighed if chain.reasons else ())),
        (_steps_table(desk, rank, chain),),
        "chain",
        3,
    )


def _untold(desk: Desk) -> Iterator[Sentence]:
    """Yield the sentence on the chains that are ranked and not told step by step."""
    rest = desk.trace.chains[desk.options.told :]
    if rest:
        cited = [claim for chain in rest for claim in desk.cited_by(chain)]
        some = count(len(rest), "weaker chain")
        yield desk.say(f"ranked below, but not told step by step: {some}", cited)


def _step(desk: Desk, chain: Chain, rank: int, at: int) -> Sentence:
    step = chain.steps[at]
    cited = step_voices(step, desk.evidence) or desk.cited_by(chain)
    return desk.say(f"step {at + 1}{_tell_step(desk, step, rank)}", cited)


def _tell_step(desk: Desk, step: Step, rank: int) -> str:
    """Return what follows "step N"; a step of an earlier chain is only pointed to."""
    for earlier, chain in _ranks(desk)[: rank - 1]:
        if step in chain.steps:
            ends = f"{step.giver.label}{ARROW}{step.taker.label}"
            return f" is step {chain.steps.index(step) + 1} of chain {earlier}: {ends}"
    chance = f"its chance is {say_chance(step.probability)}"
    if step.inferred:
        rests_on = step.rests_on or "the order of the other steps"
        clause = _clause(desk, step)
        return f" is inferred: no claim states the {clause}; it rests on {rests_on}; {chance}"
    if is_plan(step, desk):
        return f" is planned only, not done: {_clause(desk, step)}"
    firm = patterns()["firmness"].get(step.certainty, "")
    lawful = ", a lawful link as far as any claim says" if step.lawful else ""
    return f": {_clause(desk, step)}{lawful}; {firm} by {_witnesses(desk, step)}; {chance}"


def _steps_table(desk: Desk, rank: int, chain: Chain) -> Table:
    rows = tuple(
        (
            step.giver.label,
            step.taker.label,
            _way(desk, step),
            step.weapon.label,
            say_period(step.start, step.end),
            say_chance(step.probability),
            _tally(desk, step),
        )
        for step in chain.steps
    )
    cited = tuple(desk.book.cite(step_voices(step, desk.evidence)) for step in chain.steps)
    head = ("From", "To", "How", "What", "When", "Chance", "Witnesses")
    return Table(f"Chain {rank}, step by step", head, rows, cited)


def _witnesses(desk: Desk, step: Step) -> str:
    """Return who states a step; the claims' documents are counted where no incident tells."""
    witnesses = witnesses_of(incidents_of(step, desk.evidence))
    stated = count(max(1, round(step.witnesses)), "witness", "witnesses")
    return say_voices(witnesses, step.witnesses) if witnesses else stated


def _tally(desk: Desk, step: Step) -> str:
    if step.inferred:
        return "none"
    witnesses = witnesses_of(incidents_of(step, desk.evidence))
    return tally_voices(witnesses, step.witnesses) if witnesses else f"{step.witnesses:.2g}"


def _tell_briefly(desk: Desk, step: Step) -> str:
    """Return a step as a clause with a verb, whether it is told as done or not."""
    state = " is planned, not done" if is_plan(step, desk) else " is inferred, stated by no claim"
    done = not step.inferred and not is_plan(step, desk)
    return f"{_clause(desk, step)}{'' if done else state}"


def _way(desk: Desk, step: Step) -> str:
    return name_way(step, planned=is_plan(step, desk))


def _clause(desk: Desk, step: Step) -> str:
    return say_step(step, planned=is_plan(step, desk))


def _chance(desk: Desk, chain: Chain) -> str:
    word = say_likelihood(chain.probability, desk.bands)
    chance = say_chance(chain.probability, chain.interval)
    return f"a chance of {chance}: “{word}” in the words of the scale"


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
