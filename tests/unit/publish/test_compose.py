"""What every dossier must keep: each sentence cites, plans stay plans, copies count once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from enduse.errors import MisuseError
from enduse.model.claim import Part, Role
from enduse.model.custody import Trace
from enduse.model.incident import Party
from enduse.model.record import to_json
from enduse.model.reprint import AlignedSpan
from enduse.publish import EXPORTERS, Evidence, Options, Reply, compose_dossier, gather
from enduse.publish.support import voices


def section(dossier, key):
    return next(found for found in dossier.sections if found.key == key)


def texts(dossier, key):
    return [sentence.text for sentence in section(dossier, key).sentences]


def test_every_sentence_cites_a_quote_that_is_in_the_list(sample):
    dossier = compose_dossier(sample.trace, sample.evidence)
    numbers = {citation.number for citation in dossier.citations}
    sentences = [sentence for part in dossier.sections for sentence in part.sentences]
    assert len(sentences) > 15
    assert all(sentence.citations for sentence in sentences)
    assert {number for sentence in sentences for number in sentence.citations} <= numbers
    assert sorted(numbers) == list(range(1, len(numbers) + 1))


def test_sections_stand_in_reading_order(sample):
    keys = [part.key for part in compose_dossier(sample.trace, sample.evidence).sections]
    assert keys == [
        *("answer", "sighting", "ranking", "chain", "chain", "planned", "feared"),
        *("speakers", "doubts", "gaps", "levers", "parties"),
    ]


def test_citations_are_numbered_in_reading_order(sample):
    dossier = compose_dossier(sample.trace, sample.evidence)
    first = section(dossier, "answer").sentences[0].citations
    assert first == (1,)
    assert dossier.citations[0].claim_id == sample.claim_id("use")


def test_citations_carry_quote_span_digest_and_publication_facts(sample):
    dossier = compose_dossier(sample.trace, sample.evidence)
    for citation in dossier.citations:
        document = sample.evidence.documents[citation.document_id]
        assert document.text[citation.start : citation.end] == citation.quote
        assert len(citation.digest) == 64
        assert citation.publisher == document.publisher
        assert citation.published == document.date_published


def test_the_answer_names_chain_chance_and_remainder(sample):
    said = texts(compose_dossier(sample.trace, sample.evidence), "answer")
    assert said[0] == (
        "The Islamic State used BGM-71 TOW at or near Palmyra between 13 May 2015 and 9 June 2015: "
        "stated flatly by one witness."
    )
    assert said[1] == (
        "The evidence is consistent with two chains; in the likeliest, the United States supplied "
        "the Free Syrian Army with BGM-71 TOW between 1 April 2014 and 9 June 2015, and then the "
        "Islamic State probably captured BGM-71 TOW from the Free Syrian Army between "
        "1 November 2014 and 9 June 2015."
    )
    assert "about 6 in 10 (38–79 %): “likely”" in said[2]
    assert said[-1].startswith("The chance that none of these chains holds is about 3 in 10")


def test_a_plan_is_never_told_as_delivered(sample):
    dossier = compose_dossier(sample.trace, sample.evidence)
    (said,) = texts(dossier, "planned")
    assert said == (
        "Planned: supply of 1,000 anti-tank missiles by the United States to the Iraqi Army, as "
        "told in June 2015; no claim of this casebook says that it was delivered."
    )
    everything = [s.text for part in dossier.sections for s in part.sentences]
    assert not [text for text in everything if "supplied the Iraqi Army" in text]


def test_a_plan_is_dated_by_month_and_names_no_place(sample):
    (said,) = texts(compose_dossier(sample.trace, sample.evidence), "planned")
    assert "Baghdad" not in said
    assert "20 June" not in said


def test_the_way_of_a_plan_is_never_printed(sample):
    plan = sample.claim("plan")
    way = replace(plan, roles=(*plan.roles, Role(Part.VIA, "Mill Hill Freight")))
    evidence = replace(sample.evidence, claims={**sample.evidence.claims, plan.id: way})
    assert b"Mill Hill" not in to_json(compose_dossier(sample.trace, evidence))


def test_a_recent_target_that_may_be_a_place_is_nowhere_printed(sample):
    site = "Mill Hill Airport"
    use, *others = sample.evidence.incidents
    hit = replace(use, parties=(*use.parties, Party(Part.TARGET, site)))
    claim = sample.claim("use")
    told = replace(claim, roles=(*claim.roles, Role(Part.TARGET, site)))
    evidence = replace(
        sample.evidence,
        incidents=(hit, *others),
        claims={**sample.evidence.claims, claim.id: told},
    )
    recent = Options(prepared=date(2015, 6, 20))
    assert site.encode() not in to_json(compose_dossier(sample.trace, evidence, None, recent))
    later = compose_dossier(sample.trace, evidence, None, Options(prepared=date(2026, 1, 15)))
    assert f"against {site}" in texts(later, "sighting")[0]
    assert site in next(one.about for one in later.citations if one.claim_id == claim.id)


def test_a_step_that_only_a_plan_tells_is_not_told_as_done(sample):
    first = sample.trace.chains[0]
    planned = replace(
        first.steps[0], claims=(sample.claim_id("plan"),), incident_id="incident-plan"
    )
    trace = replace(sample.trace, chains=(replace(first, steps=(planned, first.steps[1])),))
    dossier = compose_dossier(trace, sample.evidence)
    everything = " ".join(s.text for part in dossier.sections for s in part.sentences)
    cells = {
        cell for part in dossier.sections for t in part.tables for row in t.rows for cell in row
    }
    assert "supplied" not in everything
    assert "Step 1 is planned only, not done: supply of BGM-71 TOW" in everything
    assert "planned, not done" in cells
    assert "planned, not done" in dossier.picture
    assert ">supply<" not in dossier.picture


def test_the_standing_words_about_plans_disappear_when_a_delivery_is_claimed(sample):
    plan = next(one for one in sample.evidence.incidents if one.id == "incident-plan")
    done = replace(plan, id="incident-done", status="done")
    evidence = replace(sample.evidence, incidents=(*sample.evidence.incidents, done))
    (said,) = texts(compose_dossier(sample.trace, evidence), "planned")
    assert "no claim" not in said


def test_a_fear_is_never_told_as_a_capture(sample):
    dossier = compose_dossier(sample.trace, sample.evidence)
    (said,) = texts(dossier, "feared")
    assert said == (
        "Called possible only: capture of anti-tank missiles from the Iraqi Army by the Islamic "
        "State; no claim of this casebook says that it happened."
    )
    everything = " ".join(s.text for part in dossier.sections for s in part.sentences)
    assert "captured anti-tank" not in everything


def test_an_inferred_step_is_told_by_its_noun_and_what_it_rests_on(sample):
    dossier = compose_dossier(sample.trace, sample.evidence)
    second = [part for part in dossier.sections if part.key == "chain"][1]
    assert second.sentences[2].text == (
        "Step 2 is inferred: no claim states the passing of BGM-71 TOW from the Free Syrian Army "
        "to the Al Nusrah Front; it rests on fighting side by side; its chance is about 2 in 10."
    )


def test_a_step_told_before_is_only_pointed_to(sample):
    dossier = compose_dossier(sample.trace, sample.evidence)
    second = [part for part in dossier.sections if part.key == "chain"][1]
    assert second.sentences[1].text.startswith("Step 1 is step 1 of chain 1")


def test_copies_do_not_count_and_their_lost_hedge_is_told(sample):
    dossier = compose_dossier(sample.trace, sample.evidence)
    told, drift = texts(dossier, "speakers")
    assert told == (
        "The Daily Ledger (demo), 10 June 2015, repeats Field Notes (demo), 9 June 2015, and does "
        "not count again: its source line names Field Notes (demo)."
    )
    assert "states flatly what Field Notes (demo), 9 June 2015, states as probable" in drift
    answer = section(dossier, "answer").sentences
    cited = {number for sentence in answer for number in sentence.citations}
    quoted = {c.claim_id for c in dossier.citations if c.number in cited}
    assert sample.claim_id("hard") not in quoted


def test_a_document_that_copies_elsewhere_is_cited_for_its_own_words(sample):
    use = sample.claim("use").span
    shared = AlignedSpan(0, use.end - use.start, use.start, use.end)
    (reprint,) = sample.evidence.reprints
    evidence = replace(sample.evidence, reprints=(replace(reprint, spans=(shared,)),))
    both = {sample.claim_id("capture"), sample.claim_id("hard")}
    assert set(voices(both, evidence)) == both
    assert voices(both, sample.evidence) == (sample.claim_id("capture"),)


def test_a_citation_names_the_copies_that_repeat_it(sample):
    dossier = compose_dossier(sample.trace, sample.evidence)
    own = next(c for c in dossier.citations if c.claim_id == sample.claim_id("capture"))
    assert own.copies == ("The Daily Ledger (demo), 10 June 2015",)


def test_denials_name_who_denies(sample):
    (said,) = texts(compose_dossier(sample.trace, sample.evidence), "doubts")
    assert said == (
        "Denied: sale of BGM-71 TOW by the Free Syrian Army to the Islamic State, by a spokesman, "
        "in Levant Dispatch (demo); no claim affirms it."
    )


def test_lawful_links_carry_no_wrongdoing(sample):
    dossier = compose_dossier(sample.trace, sample.evidence)
    (said,) = texts(dossier, "parties")
    assert said.endswith("the United States; this implies no wrongdoing.")
    assert any("implies no wrongdoing" in note for note in dossier.notes)


def test_the_ledger_lists_every_party_and_shows_replies(sample):
    replies = (Reply("United States", date(2026, 1, 5), "No comment"),)
    dossier = compose_dossier(sample.trace, sample.evidence, None, Options(replies=replies))
    rows = {row[0]: row for row in section(dossier, "parties").tables[0].rows}
    assert set(rows) == {
        *("Islamic State", "United States", "Free Syrian Army", "Al Nusrah Front", "Iraqi Army")
    }
    assert rows["United States"][2:] == ("2026-01-05", "No comment")
    assert rows["Iraqi Army"][1:] == ("taker in a plan", "not yet asked", "none yet")


def test_unreviewed_claims_are_labelled_first(sample):
    assert "reviewed by nobody" in compose_dossier(sample.trace, sample.evidence).warnings[0]
    some = Options(reviewed=frozenset({sample.claim_id("use")}))
    partly = compose_dossier(sample.trace, sample.evidence, None, some)
    assert "accepted one claim of 8" in partly.warnings[0]
    assert [c.claim_id for c in partly.citations if c.reviewed] == [sample.claim_id("use")]
    every = Options(reviewed=frozenset(sample.evidence.claims))
    assert (
        "all eight claims"
        in compose_dossier(sample.trace, sample.evidence, None, every).warnings[0]
    )


def test_one_sided_evidence_is_warned_of(sample):
    warnings = compose_dossier(sample.trace, sample.evidence).warnings
    assert any("party to the conflict" in warning for warning in warnings)


def test_the_day_of_knowledge_is_stated(sample):
    options = Options(as_of=date(2015, 6, 12))
    dossier = compose_dossier(sample.trace, sample.evidence, None, options)
    assert "Only documents published by 12 June 2015 were used." in dossier.warnings


def test_the_same_input_gives_the_same_bytes_in_any_order(sample):
    turned = replace(
        sample.evidence,
        incidents=sample.evidence.incidents[::-1],
        claims=dict(reversed(sample.evidence.claims.items())),
        documents=dict(reversed(sample.evidence.documents.items())),
    )
    dossier = compose_dossier(sample.trace, sample.evidence)
    assert to_json(compose_dossier(sample.trace, turned)) == to_json(dossier)


def test_sentence_ids_stay_when_other_sentences_change(sample):
    before = compose_dossier(sample.trace, sample.evidence)
    without = replace(sample.trace, would_change_most=())
    after = compose_dossier(without, sample.evidence)
    first = [s.id for part in before.sections for s in part.sentences if part.key != "levers"]
    assert [s.id for part in after.sections for s in part.sentences] == first
    assert len(set(first)) == len(first)


def test_a_dangling_citation_is_refused_by_name(sample):
    claims = {k: v for k, v in sample.evidence.claims.items() if k != sample.claim_id("supply")}
    with pytest.raises(MisuseError, match=sample.claim_id("supply")):
        compose_dossier(sample.trace, replace(sample.evidence, claims=claims))


def test_a_trace_without_chains_says_so(sample):
    trace = replace(sample.trace, chains=(), remainder=1.0, would_change_most=())
    dossier = compose_dossier(trace, sample.evidence)
    said = texts(dossier, "answer")
    assert said[1] == "The claims give no chain by which it came there."
    assert "ranking" not in [part.key for part in dossier.sections]


def test_a_trace_without_any_claim_still_gives_a_dossier(sample):
    sighting = replace(sample.trace.sighting, claims=(), incidents=(), at=None)
    trace = Trace("trace-empty", sighting, (), 1.0)
    dossier = compose_dossier(trace, Evidence({}, {}))
    assert not [s for part in dossier.sections for s in part.sentences]
    assert dossier.notes[-1] == "No claim in this casebook shows the Islamic State with BGM-71 TOW."
    for exporter in EXPORTERS.values():
        assert exporter.name


def test_an_imported_claim_without_a_span_is_cited_and_warned_of(sample):
    claims = {
        key: replace(claim, span=None) if key == sample.claim_id("use") else claim
        for key, claim in sample.evidence.claims.items()
    }
    dossier = compose_dossier(sample.trace, replace(sample.evidence, claims=claims))
    cited = next(c for c in dossier.citations if c.claim_id == sample.claim_id("use"))
    assert (cited.quote, cited.start) == ("", None)
    assert any("taken over" in warning for warning in dossier.warnings)


def test_gather_ties_documents_to_digests(sample):
    evidence = gather(sample.evidence.documents.values(), (), (), (), ())
    assert set(evidence.digests.values()) == {""}


def test_a_report_about_another_group_does_not_state_the_step(sample):
    incidents = tuple(
        replace(
            one,
            parties=tuple(
                replace(party, label="Al Nusrah Front") if party.label == "Islamic State" else party
                for party in one.parties
            ),
        )
        if one.id == "incident-capture"
        else one
        for one in sample.evidence.incidents
    )
    dossier = compose_dossier(sample.trace, replace(sample.evidence, incidents=incidents))
    first = next(part for part in dossier.sections if part.key == "chain")
    assert first.sentences[2].text == (
        "Step 2 is inferred: no claim states the capture of BGM-71 TOW from the Free Syrian Army "
        "by the Islamic State; it rests on the report of the capture of BGM-71 TOW from the Free "
        "Syrian Army by the Al Nusrah Front; its chance is about 6 in 10."
    )
    assert "probably captured" not in " ".join(texts(dossier, "answer"))
    assert "inferred: capture" in dossier.picture


def test_a_sighting_of_another_holder_is_no_sighting(sample):
    seen, *others = sample.evidence.incidents
    parties = tuple(
        replace(party, label="Al Nusrah Front") if party.label == "Islamic State" else party
        for party in seen.parties
    )
    evidence = replace(sample.evidence, incidents=(replace(seen, parties=parties), *others))
    dossier = compose_dossier(sample.trace, evidence)
    assert texts(dossier, "answer")[0].startswith("No claim shows the Islamic State with")
    assert "sighting" not in [part.key for part in dossier.sections]


def test_weak_chains_are_ranked_but_not_told(sample):
    dossier = compose_dossier(sample.trace, sample.evidence, None, Options(told=1))
    assert [part.key for part in dossier.sections].count("chain") == 1
    assert texts(dossier, "ranking") == [
        "Ranked below, but not told step by step: one weaker chain."
    ]
    assert len(section(dossier, "ranking").tables[0].rows) == 3
