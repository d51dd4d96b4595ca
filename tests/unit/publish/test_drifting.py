"""What copies changed, in the dossier: a table, a drawing, and citations of both claims."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from xml.etree import ElementTree as ET

from enduse.model.claim import Part, Role
from enduse.model.drift import Drift, Shift
from enduse.publish import Options, compose_dossier
from enduse.publish.drifting import MOST, UNTOLD, draw_drift

OPTIONS = Options(prepared=date(2026, 1, 15))


def changed(sample, number=1):
    """Return the sample's evidence with changes between two claims of a seen incident."""
    incident = next(each for each in sample.evidence.incidents if each.id == "incident-use")
    claims = list(sample.evidence.claims.values())
    one, other = claims[0], claims[1]
    drifts = tuple(
        Drift(
            f"drift-{at}",
            Shift.HEDGE_DROPPED,
            one.id,
            other.id,
            one.document_id,
            other.document_id,
            "probable: <likely>",
            "certain",
            incident_id=incident.id,
        )
        for at in range(number)
    )
    return replace(sample.evidence, drifts=drifts)


def test_a_target_that_may_be_a_place_is_not_told_by_its_change(sample):
    evidence = changed(sample)
    (drift,) = evidence.drifts
    claim = evidence.claims[drift.original]
    hit = replace(claim, roles=(*claim.roles, Role(Part.TARGET, "Mill Hill Airport")))
    drift = replace(drift, shift=Shift.PARTY_CHANGED, before="Mill Hill Airport", after="x")
    evidence = replace(evidence, claims={**evidence.claims, claim.id: hit}, drifts=(drift,))
    recent = Options(prepared=date(2015, 6, 20))
    told = section_of(sample, evidence, recent)
    assert "Mill Hill" not in told.picture
    assert told.tables[0].rows[0][1] == UNTOLD
    assert section_of(sample, evidence).tables[0].rows[0][1] == "Mill Hill Airport"


def section_of(sample, evidence, options=OPTIONS):
    dossier = compose_dossier(sample.trace, evidence, None, options)
    return next((each for each in dossier.sections if each.key == "drift"), None)


def test_a_change_is_told_in_a_table_that_cites_both_claims_and_in_a_drawing(sample):
    section = section_of(sample, changed(sample))
    (table,) = section.tables
    assert table.rows[0][1::2] == ("probable: <likely>", "certain")
    assert table.rows[0][4] == "hedge dropped"
    assert len(table.citations[0]) == 2
    drawn = ET.fromstring(section.picture)
    words = "".join(drawn.itertext())
    assert "hedge dropped" in words
    assert "probable: <likely>" in words


def test_where_no_copy_changed_anything_there_is_no_section(sample):
    assert section_of(sample, sample.evidence) is None


def test_many_changes_are_counted_beyond_the_limit(sample):
    section = section_of(sample, changed(sample, MOST + 3))
    assert len(section.tables[0].rows) == MOST
    assert section.sentences[0].text.startswith("3 more changes")


def test_long_words_are_cut_in_the_drawing_and_whole_in_its_title():
    long = "word " * 40
    drawn = ET.fromstring(draw_drift([(long, "a", "b", "c", "hedge dropped")]))
    texts = [each.text for each in drawn.iter() if each.tag.endswith("}text")]
    assert max(len(text) for text in texts) < 50
    assert any(long in (each.text or "") for each in drawn.iter() if each.tag.endswith("}title"))
