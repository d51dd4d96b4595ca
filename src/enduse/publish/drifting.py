"""What copies changed, as a table and a small drawing for the dossier.

In: the desk, whose evidence holds the drifts. Out: a section that cites both claims of each
change; empty where no copy changed anything that the dossier speaks of.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from importlib.resources import files

from enduse.model.claim import Part
from enduse.model.dossier import DossierSection, Table
from enduse.model.drift import Drift, Shift
from enduse.model.incident import Party
from enduse.publish.citing import label_document
from enduse.publish.desk import Desk
from enduse.publish.escape import show_controls
from enduse.publish.places import coarsen_party

HEAD = ("First said in", "As", "Copied by", "As", "What changed")
UNTOLD = "a name that is not printed"
MOST = 12
"""Changes drawn and listed at most; the rest is counted."""

ROW, TOP, WIDTH, LEFT, RIGHT, LONGEST = 62, 34, 760, 16, 744, 44


def compose_drift(desk: Desk) -> DossierSection:
    """Return the section on certainty lost or won on the way, its changes by day of the copy."""
    told = {incident.id for incident in (*desk.seen, *desk.near)}
    drifts = sorted(
        (each for each in desk.evidence.drifts if each.incident_id in told),
        key=lambda each: (_day(desk, each.copy_document), each.copy_document, each.id),
    )
    if not drifts:
        return DossierSection("What the copies changed", key="drift")
    shown = drifts[:MOST]
    table = Table(
        "Changes between a claim and its copies; only the first telling counts",
        HEAD,
        tuple(_row(desk, each) for each in shown),
        tuple(desk.book.cite((each.original, each.copy)) for each in shown),
    )
    rest = len(drifts) - len(shown)
    claims = [claim for each in drifts for claim in (each.original, each.copy)]
    words = f"{rest} more changes of this kind are not listed" if rest else ""
    sentences = (desk.book.sentence(words, claims),) if words else ()
    return DossierSection(
        "What the copies changed",
        sentences,
        (table,),
        key="drift",
        picture=draw_drift([_row(desk, each) for each in shown]),
    )


def _day(desk: Desk, document_id: str) -> str:
    day = desk.evidence.document(document_id).written
    return day.isoformat() if day else "9999"


def _row(desk: Desk, drift: Drift) -> tuple[str, ...]:
    ends = (drift.original_document, drift.copy_document)
    original, copy = (label_document(desk.evidence.document(each)) for each in ends)
    before, after = drift.before, drift.after
    if drift.shift is Shift.PARTY_CHANGED:
        before = _printed(desk, drift.original, before)
        after = _printed(desk, drift.copy, after)
    return original, before, copy, after, drift.shift.replace("-", " ")


def _printed(desk: Desk, claim_id: str, label: str) -> str:
    """Return the name of a claim's party as it may be printed: a place under a coarse name."""
    claim = desk.evidence.claim(claim_id)
    role = next((role for role in claim.roles if role.label == label), None)
    if role is None or role.part is Part.VIA:
        return UNTOLD
    party = Party(role.part, role.label, role.reference)
    found = coarsen_party(party, claim, desk.options, desk.register)
    return found.label if found else UNTOLD


def draw_drift(rows: Sequence[tuple[str, ...]]) -> str:
    """Return the changes as one small SVG: left what was first said, right what became of it.

    It needs no colour to be read: each line bears its words, and a screen reader is told them.

    >>> "hedge dropped" in draw_drift([("A", "likely", "B", "certain", "hedge dropped")])
    True
    """
    height = TOP + ROW * len(rows) + 8
    told = ". ".join(f"{row[0]}: {row[1]}; {row[2]}: {row[3]} ({row[4]})" for row in rows)
    css = files("enduse.publish").joinpath("templates", "drift.css").read_text(encoding="utf-8")
    lines = "".join(_draw_row(row, TOP + ROW * at) for at, row in enumerate(rows))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="enduse-drift" role="img" '
        f'viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" '
        f'aria-labelledby="drift-title drift-desc">'
        f'<title id="drift-title">What the copies changed</title>'
        f'<desc id="drift-desc">{_safe(told)}</desc><style>{css}</style>'
        f"{_text(LEFT, 18, 'First said', 'head')}{_text(RIGHT, 18, 'Copied', 'head end')}"
        f"{lines}</svg>\n"
    )


def _draw_row(row: tuple[str, ...], y: int) -> str:
    original, before, copy, after, shift = row
    middle = WIDTH // 2
    start, end = middle - 88, middle + 88
    line = f"M{start} {y + 22}H{end}M{end - 7} {y + 17}l7 5l-7 5"
    return (
        f"<g><title>{_safe(f'{original}: {before}; {copy}: {after}')}</title>"
        f"{_text(LEFT, y + 16, original, 'small')}{_text(LEFT, y + 36, before, 'said')}"
        f"{_text(RIGHT, y + 16, copy, 'small end')}{_text(RIGHT, y + 36, after, 'said end')}"
        f'<path class="line" d="{line}"/>{_text(middle, y + 12, shift, "way")}</g>'
    )


def _text(x: int, y: int, words: str, kind: str) -> str:
    short = words if len(words) <= LONGEST else f"{words[: LONGEST - 1]}…"
    return f'<text x="{x}" y="{y}" class="{kind}">{_safe(short)}</text>'


def _safe(words: str) -> str:
    return escape(show_controls(words))
