"""The sections around the chains: plans, fears, speakers, contradictions, gaps, levers.

In: the desk. Out: sections whose every sentence and row cites; an empty section is left out by
the composer. Refused: telling a planned, feared or denied act as done: each has only its noun.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from enduse.model.claim import Claim
from enduse.model.dossier import DossierSection, Sentence, Table
from enduse.model.incident import Incident
from enduse.publish.citing import hedge_words, label_document
from enduse.publish.desk import Desk
from enduse.publish.phrases import name_incident
from enduse.publish.support import Drift, find_drift, tally_voices, voices
from enduse.publish.wording import count, join, name_speaker, patterns, say_month

_TOLD = "no claim states"
"""Gaps that begin so repeat what the inferred step itself says."""


def compose_planned(desk: Desk) -> DossierSection:
    """Return what is planned or was stopped; never as delivered, dated by month at most."""
    planned = desk.planned()
    told = (desk.say(_tell_plan(desk, one), one.claims) for one in planned[: desk.options.limit])
    rest = _left_out(desk, planned)
    return DossierSection("Planned, not delivered", (*told, *rest), key="planned")


def compose_feared(desk: Desk) -> DossierSection:
    """Return what is feared or called possible and is nowhere told as done."""
    feared = desk.feared()
    told = (desk.say(_tell_fear(desk, one), one.claims) for one in feared[: desk.options.limit])
    heading = "Feared or called possible, not shown to have happened"
    return DossierSection(heading, (*told, *_left_out(desk, feared)), key="feared")


def compose_speakers(desk: Desk) -> DossierSection:
    """Return who says so: speakers, media, hedges, witnesses and their copies, and what drifted."""
    told = {incident.id: incident for incident in desk.near if incident.id in desk.stepping}
    named = {**{incident.id: incident for incident in desk.seen}, **told}
    incidents = [one for one in named.values() if one.claims]
    table = Table(
        "On whose word each finding rests",
        ("Finding", "On the word of", "Medium", "Hedge", "Counted as"),
        tuple(_spoken(desk, incident) for incident in incidents),
        tuple(desk.book.cite(voices(one.claims, desk.evidence)) for one in incidents),
    )
    drifted = (
        _tell_drift(desk, drift) for one in incidents for drift in find_drift(one, desk.evidence)
    )
    sentences = (*_tell_copies(desk, incidents), *drifted)
    tables = (table,) if incidents else ()
    return DossierSection("Who says so", sentences, tables, "speakers")


def compose_doubts(desk: Desk) -> DossierSection:
    """Return the denials and the findings that cannot both be true; or that there are none."""
    denied = desk.denied()
    sentences = (
        *(_tell_denial(desk, one) for one in denied[: desk.options.limit]),
        *_left_out(desk, denied),
        *_tell_conflicts(desk),
    )
    if not sentences and desk.ground:
        sentences = (desk.say("no claim of this casebook denies a finding above", desk.ground),)
    return DossierSection("Denials and contradictions", sentences, key="doubts")


def compose_gaps(desk: Desk) -> DossierSection:
    """Return what is not known, each gap once, with the chains it is a gap of."""
    gaps: dict[str, list[int]] = {}
    for rank, chain in enumerate(desk.trace.chains, start=1):
        for gap in dict.fromkeys(chain.gaps):
            if gap.startswith(_TOLD):
                continue
            gaps.setdefault(gap, []).append(rank)
    sentences = tuple(
        desk.say(
            f"not known (chain{'s' * (len(ranks) > 1)} {join(map(str, ranks))}): {gap}",
            [claim for rank in ranks for claim in desk.cited_by(desk.trace.chains[rank - 1])],
        )
        for gap, ranks in gaps.items()
    )
    return DossierSection("What is not known", sentences, key="gaps")


def compose_levers(desk: Desk) -> DossierSection:
    """Return the facts that would move the ranking most, the strongest first."""
    sentences = tuple(
        desk.say(
            f"{lever.fact}: to know this would move the chances by up to {_points(lever.shift)}",
            desk.ground,
        )
        for lever in desk.trace.would_change_most
        if desk.ground
    )
    return DossierSection("What would change the picture most", sentences, key="levers")


def _tell_plan(desk: Desk, incident: Incident) -> str:
    state = "stopped" if incident.status == "stopped" else "planned"
    hedge = "" if incident.certainty.rank == 0 else f", {incident.certainty.value}"
    open_end = (
        "" if desk.done_as(incident) else "; no claim of this casebook says that it was delivered"
    )
    return f"{state}{hedge}: {name_incident(incident)}{_told_in(desk, incident)}{open_end}"


def _tell_fear(desk: Desk, incident: Incident) -> str:
    open_end = "" if desk.done_as(incident) else "; no claim of this casebook says that it happened"
    return f"called possible only: {name_incident(incident)}{open_end}"


def _told_in(desk: Desk, incident: Incident) -> str:
    claims = [desk.evidence.claim(claim_id) for claim_id in incident.claims]
    days = [desk.evidence.document(claim.document_id).written for claim in claims]
    known = sorted(day for day in days if day)
    return f", as told in {say_month(known[0])}" if known else ""


def _left_out(desk: Desk, incidents: tuple[Incident, ...]) -> Iterator[Sentence]:
    rest = incidents[desk.options.limit :]
    if rest:
        claims = [claim for incident in rest for claim in (*incident.claims, *incident.denials)]
        yield desk.say(f"{count(len(rest), 'more')} of this kind, not listed", claims)


def _spoken(desk: Desk, incident: Incident) -> tuple[str, ...]:
    claims = _voice_claims(desk, incident)
    media = dict.fromkeys(claim.medium for claim in claims if claim.medium)
    hedges = dict.fromkeys(filter(None, (_hedge(claim) for claim in claims)))
    return (
        name_incident(incident),
        "; ".join(dict.fromkeys(_speakers(desk, claim) for claim in claims)),
        join(media) or "not said",
        "; ".join(hedges) or "none",
        tally_voices(incident.witnesses, incident.independent)
        if incident.witnesses
        else "not counted",
    )


def _voice_claims(desk: Desk, incident: Incident) -> tuple[Claim, ...]:
    ids = voices(incident.claims, desk.evidence)
    return tuple(desk.evidence.claim(claim_id) for claim_id in ids)


def _speakers(desk: Desk, claim: Claim) -> str:
    """Return the chain of speakers, nearest first, ending with the publisher."""
    document = desk.evidence.document(claim.document_id)
    origin = document.source_line.publisher if document.source_line else None
    publisher = origin or document.publisher or document.label
    said = [name_speaker(speaker.name or speaker.text) for speaker in claim.attribution]
    return (
        ", in ".join((", told by ".join(said), publisher))
        if said
        else f"{publisher}, in its own voice"
    )


def _hedge(claim: Claim) -> str:
    words = hedge_words(claim)
    return f"{claim.certainty.value} (“{words}”)" if words else _unless_certain(claim)


def _unless_certain(claim: Claim) -> str:
    return claim.certainty.value if claim.certainty.rank else ""


def _said(claim: Claim) -> str:
    words = hedge_words(claim)
    said: str = patterns()["says"][claim.certainty.value]
    return f"{said} (“{words}”)" if words else said


def _tell_copies(desk: Desk, incidents: Iterable[Incident]) -> Iterator[Sentence]:
    """Yield one sentence for each copy, however many findings it repeats."""
    carried: dict[tuple[str, str], set[str]] = {}
    for incident in incidents:
        for witness in incident.witnesses:
            for copy in witness.copies:
                carried.setdefault((copy, witness.document_id), set()).update(incident.claims)
    for copy, original in sorted(carried):
        labels = [label_document(desk.evidence.document(key)) for key in (copy, original)]
        reason = _why_copy(desk, copy, original)
        yield desk.say(
            f"{labels[0]}, repeats {labels[1]}, and does not count again{reason}",
            carried[copy, original],
        )


def _why_copy(desk: Desk, copy: str, original: str) -> str:
    """Return what tells that one document copies the other, if a reprint says it of these two."""
    for reprint in desk.evidence.reprints:
        if (reprint.copy, reprint.of) == (copy, original) and reprint.because:
            return f": {reprint.because}"
    return ""


def _tell_drift(desk: Desk, drift: Drift) -> Sentence:
    original = desk.evidence.document(drift.original.document_id)
    copy = desk.evidence.document(drift.copy.document_id)
    text = (
        f"{label_document(copy)}, states {_said(drift.copy)} what {label_document(original)}, "
        f"states {_said(drift.original)}; only the original counts here, with its hedge"
    )
    return desk.book.sentence(text, (drift.original.id, drift.copy.id))


def _tell_denial(desk: Desk, incident: Incident) -> Sentence:
    denials = [desk.evidence.claim(claim_id) for claim_id in incident.denials]
    who = join(dict.fromkeys(_speakers(desk, claim) for claim in denials))
    affirmed = "; others affirm it" if incident.claims else "; no claim affirms it"
    return desk.say(
        f"denied: {name_incident(incident)}, by {who}{affirmed}",
        (*incident.denials, *incident.claims),
    )


def _tell_conflicts(desk: Desk) -> Iterator[Sentence]:
    by_id = {incident.id: incident for incident in desk.near}
    for incident in desk.near:
        for other in (
            by_id[key] for key in incident.conflicts if key in by_id and key > incident.id
        ):
            yield desk.say(
                f"cannot both be true: {name_incident(incident)}; and {name_incident(other)}",
                (*incident.claims, *other.claims, *incident.denials, *other.denials),
            )


def _points(shift: float) -> str:
    return f"about {max(1, round(abs(shift) * 100))} percentage points"
