"""Stage 7's main way: claims to incidents, with witnesses, certainty, figures and probability.

In: claims whose roles are resolved, publications, reprints and the register. Out: incidents,
sorted by id, the same whatever the order of what comes in. What is planned is never merged with
what was done; a claim that denies stands as a denial of the incident it fits.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from enduse.fuse.accounts import Account, make_account
from enduse.fuse.chance import Weighed, find_firmest, weigh_chance
from enduse.fuse.cluster import Statement, group_statements
from enduse.fuse.conflicts import find_conflicts
from enduse.fuse.copies import Copies, find_retellings
from enduse.fuse.errors import find_shared_errors
from enduse.fuse.figures import merge_figures
from enduse.fuse.outline import meet_times, name_mode, name_parties, name_place, name_status
from enduse.fuse.strands import make_strand, make_witness
from enduse.fuse.witnesses import Evidence, Testimony, weigh_testimony
from enduse.model.claim import Claim, Polarity, Publication
from enduse.model.incident import Incident
from enduse.model.record import make_id
from enduse.model.reprint import Reprint
from enduse.ports import Register
from enduse.reference.reuse import load_fusion_numbers


def fuse_incidents(
    claims: Iterable[Claim],
    publications: Iterable[Publication],
    reprints: Iterable[Reprint],
    register: Register,
    numbers: Mapping[str, float] | None = None,
) -> tuple[Incident, ...]:
    """Return the incidents that the claims tell of, sorted by id.

    Args:
        claims: from any number of documents, with `reference` and `name` on resolved roles.
        publications: what each document tells of its publication; may lack some.
        reprints: who copies whom.
        register: for what holds a weapon, actor or place.
        numbers: by name; the reviewed ones of `priors/fusion.tsv` if None.
    """
    numbers = load_fusion_numbers() if numbers is None else numbers
    ordered = sorted({claim.id: claim for claim in claims}.values(), key=lambda each: each.id)
    reprints = tuple(reprints)
    known = {each.document_id: each for each in publications}
    evidence = Evidence(Copies(reprints), known, numbers, {})
    accounts = [make_account(each, known.get(each.document_id), register) for each in ordered]
    groups = group_statements(accounts, find_retellings(ordered, reprints), numbers)
    evidence = replace(evidence, shared_errors=_find_errors(groups, evidence))
    incidents = [make_incident(group, evidence, register) for group in groups]
    return tuple(sorted(_add_conflicts(incidents, register), key=lambda each: each.id))


def _find_errors(
    groups: Sequence[Sequence[Statement]], evidence: Evidence
) -> Mapping[tuple[str, str], float]:
    testimonies = (weigh_testimony(_split(group)[0], evidence) for group in groups)
    return find_shared_errors(testimonies, evidence)


def _split(statements: Sequence[Statement]) -> tuple[list[Claim], list[Claim]]:
    """Return the claims that affirm and those that deny."""
    claims = [account.claim for each in statements for account in each.accounts]
    affirmed = [claim for claim in claims if claim.polarity is Polarity.AFFIRMED]
    return affirmed, [claim for claim in claims if claim.polarity is Polarity.DENIED]


def make_incident(
    statements: Sequence[Statement], evidence: Evidence, register: Register
) -> Incident:
    """Return the incident that a group of statements tells of."""
    affirmed, denied = _split(statements)
    leads = _leads(statements)
    testimony = weigh_testimony(affirmed, evidence)
    incident = _outline(leads, affirmed, denied, register)
    merged, rivals = merge_figures(
        claim.quantity for group in testimony.groups for claim in group.claims if claim.quantity
    )
    incident = replace(incident, quantity=merged, figures=rivals)
    return _weigh(incident, testimony, weigh_testimony(denied, evidence), evidence, register)


def _leads(statements: Sequence[Statement]) -> list[Account]:
    """Return the leading accounts that affirm; those that deny if none does."""
    leads = [each.lead for each in statements]
    affirming = [each for each in leads if each.claim.polarity is Polarity.AFFIRMED]
    return affirming or leads


def _outline(
    leads: Sequence[Account], affirmed: Sequence[Claim], denied: Sequence[Claim], register: Register
) -> Incident:
    parties = name_parties(leads, register)
    claims = tuple(sorted(claim.id for claim in affirmed))
    denials = tuple(sorted(claim.id for claim in denied))
    kind = leads[0].claim.kind
    keys = [(party.part, party.key) for party in parties]
    return Incident(
        id=make_id("incident", kind, keys, claims, denials),
        kind=kind,
        mode=name_mode(leads),
        status=name_status(leads),
        parties=parties,
        place=name_place(leads, register),
        time=meet_times(leads),
        quantity=None,
        claims=claims,
        denials=denials,
    )


def _weigh(
    incident: Incident,
    testimony: Testimony,
    against: Testimony,
    evidence: Evidence,
    register: Register,
) -> Incident:
    parties = incident.parties
    strands, denials = (
        [make_strand(each, evidence.publication(each.root), parties, register) for each in groups]
        for groups in (testimony.groups, against.groups)
    )
    weighed = Weighed(strands, testimony.independent, denials, against.independent)
    probability, reasons = weigh_chance(weighed, evidence.numbers)
    return replace(
        incident,
        witnesses=tuple(map(make_witness, testimony.groups, strands)),
        independent=round(float(testimony.independent), 4),
        interval=testimony.interval,
        certainty=find_firmest(strands),
        probability=probability,
        reasons=reasons,
        dependences=testimony.forest,
    )


def _add_conflicts(incidents: Sequence[Incident], register: Register) -> Iterable[Incident]:
    conflicts = find_conflicts(incidents, register)
    return (replace(each, conflicts=conflicts.get(each.id, ())) for each in incidents)
