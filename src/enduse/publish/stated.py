"""Steps held to their reports: what no claim states of these two parties is told as inferred.

In: a trace, the evidence, the register. Out: the trace with each step marked as inferred whose
reports tell of other parties, and without sightings of other holders. Refused: passing a report
about one group off as one about another. A report about a unit is one about the group it belonged
to on that day; not the other way round.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from enduse.model.claim import ClaimKind, Part
from enduse.model.custody import Sighting, Step, Trace
from enduse.model.incident import Incident, Party
from enduse.ports import Register
from enduse.publish.evidence import Evidence
from enduse.publish.phrases import name_incident
from enduse.publish.support import incidents_of

_BELONGING = ("branch", "member")


def keep_to_reports(trace: Trace, evidence: Evidence, register: Register | None) -> Trace:
    """Return the trace with every step that no incident tells of its own parties as inferred."""
    chains = tuple(
        replace(chain, steps=tuple(_keep(step, evidence, register) for step in chain.steps))
        for chain in trace.chains
    )
    return replace(trace, chains=chains, sighting=_keep_seen(trace.sighting, evidence, register))


def _keep_seen(seen: Sighting, evidence: Evidence, register: Register | None) -> Sighting:
    """Return the sighting with only those incidents in which its own holder has the weapon."""
    known = [one for key in seen.incidents if (one := evidence.incident(key))]
    at = seen.at
    kept = [one for one in known if _is_of(one.party(Part.ACTOR), seen.holder, at, register)]
    if len(kept) == len(known):
        return seen
    claims = {claim for one in kept for claim in one.claims}
    return replace(
        seen,
        incidents=tuple(one.id for one in kept),
        claims=tuple(claim for claim in seen.claims if claim in claims),
    )


def _keep(step: Step, evidence: Evidence, register: Register | None) -> Step:
    told = [one for one in incidents_of(step, evidence) if one.kind is ClaimKind.TRANSFER]
    plan_only = all(one.planned for one in told)
    if step.inferred or plan_only or any(_tells(one, step, register) for one in told):
        return step
    return replace(step, inferred=True, rests_on=f"the report of the {name_incident(told[0])}")


def _tells(incident: Incident, step: Step, register: Register | None) -> bool:
    """Return whether the incident is about the two parties of the step."""
    ends = ((Part.FROM, step.giver), (Part.TO, step.taker))
    named = [(incident.party(part), party) for part, party in ends]
    return all(_is_of(told, party, step.end, register) for told, party in named)


def _is_of(told: Party | None, party: Party, day: date | None, register: Register | None) -> bool:
    if told is None:
        return party.entity_id is None
    return told.key == party.key or _belongs(told.key, party.key, day, register)


def _belongs(unit: str, group: str, day: date | None, register: Register | None) -> bool:
    """Return whether the unit belonged to the group on the day, directly or through another."""
    seen, waiting = set(), [unit]
    while waiting and register is not None:
        entity = register.entity(waiting.pop())
        for tie in entity.ties if entity else ():
            if tie.kind in _BELONGING and tie.other not in seen and _holds(tie.start, tie.end, day):
                seen.add(tie.other)
                waiting.append(tie.other)
    return group in seen


def _holds(start: date | None, end: date | None, day: date | None) -> bool:
    """Return whether a tie holds on the day; on an unknown day, whether it still holds."""
    if day is None:
        return end is None
    return (start or date.min) <= day <= (end or date.max)
