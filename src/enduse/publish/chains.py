"""The chains: ranked in one table, and the strongest told step by step.

In: the desk. Out: sections whose every sentence cites. Refused: telling a plan or an inferred step
as done.
"""

from __future__ import annotations

from collections.abc import Iterator

from enduse.model.custody import Chain, Step
from enduse.model.dossier import DossierSection, Sentence, Table
from enduse.publish.desk import Desk
from enduse.publish.steps import ARROW, chance_of, clause_of, is_plan, route, way_of
from enduse.publish.support import incidents_of, say_voices, step_voices, tally_voices, witnesses_of
from enduse.publish.wording import NONE, count, patterns, say_chance, say_likelihood, say_period


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


def _ranks(desk: Desk) -> tuple[tuple[int, Chain], ...]:
    return tuple(enumerate(desk.trace.chains, start=1))


def _ranked(desk: Desk, rank: int, chain: Chain) -> tuple[str, ...]:
    weakest = chain.weakest
    return (
        str(rank),
        route(chain),
        say_chance(chain.probability, chain.interval),
        say_likelihood(chain.probability, desk.bands),
        f"{weakest.giver.label}{ARROW}{weakest.taker.label} ({way_of(desk, weakest)})",
    )


def _rest(desk: Desk) -> tuple[str, ...]:
    left = desk.trace.remainder
    return ("", NONE, say_chance(left), say_likelihood(left, desk.bands), "")


def _compose_chain(desk: Desk, rank: int, chain: Chain) -> DossierSection:
    head = desk.say(f"chain {rank} has {chance_of(desk, chain)}", desk.cited_by(chain))
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
        clause = clause_of(desk, step)
        return f" is inferred: no claim states the {clause}; it rests on {rests_on}; {chance}"
    if is_plan(step, desk):
        return f" is planned only, not done: {clause_of(desk, step)}"
    firm = patterns()["firmness"].get(step.certainty, "")
    lawful = ", a lawful link as far as any claim says" if step.lawful else ""
    return f": {clause_of(desk, step)}{lawful}; {firm} by {_witnesses(desk, step)}; {chance}"


def _steps_table(desk: Desk, rank: int, chain: Chain) -> Table:
    rows = tuple(
        (
            step.giver.label,
            step.taker.label,
            way_of(desk, step),
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
