"""What happened, in sentences; what is planned, feared or denied, only by its noun.

In: incidents and steps. Out: plain text. Refused: telling a planned or stopped transfer, or an
inferred step, as if it had happened; both have only their noun.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from enduse.model.claim import ClaimKind, Part
from enduse.model.custody import Step
from enduse.model.incident import Incident
from enduse.publish.wording import name_party, name_weapon, patterns, say_time


def say_incident(incident: Incident, place: str | None = None) -> str:
    """Return the incident as something that happened, hedged as its firmest witness hedges it.

    Raises:
        ValueError: the incident is planned or stopped.
    """
    if incident.planned:
        raise ValueError(f"{incident.id} has not happened and may not be told as done")
    pattern = _pattern(incident.kind.value, incident.mode)["done"]
    hedge = patterns()["hedge"][incident.certainty.value]
    when = say_time(incident.time.start, incident.time.end) if incident.time else ""
    said = pattern.format_map({**_names(incident), "hedge": hedge})
    return " ".join(
        filter(None, (said, _extras(incident), f"at or near {place}" if place else "", when))
    )


def name_incident(incident: Incident) -> str:
    """Return the incident by its noun, without saying that it happened."""
    pattern = _pattern(incident.kind.value, incident.mode)["noun"]
    named: str = pattern.format_map(_names(incident))
    return " ".join(filter(None, (named, _extras(incident))))


def say_step(step: Step, *, planned: bool = False) -> str:
    """Return a step as a clause: told as done only if claims state it and none of it is a plan."""
    pattern = _pattern(ClaimKind.TRANSFER.value, step.mode)
    names = {
        "from": name_party(step.giver.label),
        "to": name_party(step.taker.label),
        "weapon": name_weapon(step.weapon.label),
        "hedge": patterns()["hedge"].get(step.certainty, ""),
    }
    said: str = pattern["noun" if planned or step.inferred else "done"].format_map(names)
    return said if planned or step.inferred else f"{said} {say_time(step.start, step.end)}".strip()


def name_way(step: Step, *, planned: bool = False) -> str:
    """Return the way of a step in a word or two: "capture, probable", "inferred: battle"."""
    if planned:
        return "planned, not done"
    if step.inferred:
        return f"inferred: {step.mode}"
    way = "unstated way" if step.mode == "unspecified" else step.mode
    return way if step.certainty == "certain" else f"{way}, {step.certainty}"


def _pattern(kind: str, mode: str | None) -> Mapping[str, str]:
    """Return the pattern of the mode, else of any mode of the kind, else of an unstated way."""
    of_kind: Mapping[str, Any] = patterns()[kind]
    fitting = (of_kind[name] for name in (mode or "any", "any", "unspecified") if name in of_kind)
    return dict(next(fitting))


def _names(incident: Incident) -> Mapping[str, str]:
    quantity = incident.quantity.text if incident.quantity else ""
    unnamed = patterns()["unnamed"]
    naming: Mapping[str, Callable[[str], str]] = {
        Part.WEAPON.value: lambda label: name_weapon(label, quantity)
    }
    said = {
        party.part.value: naming.get(party.part.value, name_party)(party.label)
        for party in incident.parties
    }
    missing = {part.value: unnamed.get(part.value, unnamed["actor"]) for part in Part}
    return {**missing, **said}


def _extras(incident: Incident) -> str:
    """Return target, beneficiary and who did it; a route or carrier is never printed."""
    words = (
        (Part.TARGET, "against"),
        (Part.BENEFICIARY, "in support of"),
        (Part.BY, "by the hand of"),
    )
    found = ((lead, incident.party(part)) for part, lead in words)
    return " ".join(f"{lead} {name_party(party.label)}" for lead, party in found if party)
