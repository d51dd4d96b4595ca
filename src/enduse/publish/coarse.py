"""A trace with no place among its holders that is finer than may be printed.

In: a trace, the evidence, the register, the options. Out: the trace, its holders that are places
under a coarse name, in its sentences too. Refused: nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from enduse.model.custody import Chain, Step, Trace
from enduse.model.incident import Party
from enduse.ports import Register
from enduse.publish.evidence import Evidence, Options
from enduse.publish.places import name_holder
from enduse.publish.support import incidents_of
from enduse.publish.wording import patterns


def coarsen_trace(
    trace: Trace, evidence: Evidence, register: Register | None, options: Options
) -> Trace:
    """Return the trace with each holder that is a place coarsened.

    The strictest limit of all steps that name the place holds in all of them; a step that nobody
    reports may be recent.
    """
    names = dict(_renamed(trace, evidence, register, options))
    if not names:
        return trace
    return replace(
        trace,
        sighting=replace(trace.sighting, holder=_call(trace.sighting.holder, names)),
        chains=tuple(_chain(chain, names) for chain in trace.chains),
        would_change_most=tuple(
            replace(lever, fact=_reword(lever.fact, names)) for lever in trace.would_change_most
        ),
        remainder_words=_reword(trace.remainder_words, names),
        notes=tuple(_reword(note, names) for note in trace.notes),
    )


def _renamed(
    trace: Trace, evidence: Evidence, register: Register | None, options: Options
) -> Iterator[tuple[str, str]]:
    """Yield each holder's name that may not be printed, and what is printed instead."""
    for party, steps in _steps_of(trace).values():
        told = [one for step in steps for one in incidents_of(step, evidence) or (None,)]
        name = name_holder(party, told, options, register)
        if name != party.label:
            yield party.label, name or patterns()["unnamed"]["place"]


def _steps_of(trace: Trace) -> Mapping[str, tuple[Party, list[Step]]]:
    found: dict[str, tuple[Party, list[Step]]] = {}
    for step in (step for chain in trace.chains for step in chain.steps):
        for party in (step.giver, step.taker):
            found.setdefault(party.label, (party, []))[1].append(step)
    return found


def _chain(chain: Chain, names: Mapping[str, str]) -> Chain:
    return replace(
        chain,
        steps=tuple(_step(step, names) for step in chain.steps),
        gaps=tuple(_reword(gap, names) for gap in chain.gaps),
        reasons=tuple(_reword(reason, names) for reason in chain.reasons),
    )


def _step(step: Step, names: Mapping[str, str]) -> Step:
    giver, taker = _call(step.giver, names), _call(step.taker, names)
    return replace(step, giver=giver, taker=taker, rests_on=_reword(step.rests_on, names))


def _call(party: Party, names: Mapping[str, str]) -> Party:
    return replace(party, label=names.get(party.label, party.label))


def _reword(text: str, names: Mapping[str, str]) -> str:
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(name, names[name])
    return text
