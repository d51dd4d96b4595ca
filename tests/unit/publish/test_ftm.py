"""FollowTheMoney entities: what refers exists, and a plan or denial is never a bare link."""

from __future__ import annotations

import io
import json

from enduse.publish import CLAIM_EXPORTERS


def export(sample):
    pairs = [
        (claim, sample.evidence.documents[claim.document_id])
        for claim in sample.evidence.claims.values()
    ]
    stream = io.BytesIO()
    CLAIM_EXPORTERS["ftm"].write(pairs, stream)
    return [json.loads(line) for line in stream.getvalue().decode().splitlines()]


def asset_named(sample, name):
    assets = [entity for entity in export(sample) if entity["schema"] == "Asset"]
    return next(one["id"] for one in assets if one["properties"]["name"] == [name])


def test_each_entity_is_written_once_and_before_it_is_referred_to(sample):
    known = set()
    for entity in export(sample):
        properties = entity["properties"]
        referred = [
            value
            for name in ("subject", "object", "involved", "proof")
            for value in properties.get(name, ())
        ]
        assert set(referred) <= known
        assert entity["id"] not in known
        known.add(entity["id"])


def test_transfers_are_links_that_say_what_they_are(sample):
    links = {e["id"]: e["properties"] for e in export(sample) if e["schema"] == "UnknownLink"}
    assert links[sample.claim_id("plan")]["role"] == ["planned transfer supply"]
    assert links[sample.claim_id("capture")]["role"] == ["probable transfer capture"]
    assert links[sample.claim_id("denial")]["role"] == ["denied transfer sale"]
    (told,) = links[sample.claim_id("denial")]["description"]
    assert told == (
        f"Of BGM-71 TOW ({asset_named(sample, 'BGM-71 TOW')}). "
        "On the word of a spokesman, in doc-denial; denied, certain; found by rules 1"
    )


def test_a_transfer_names_its_weapon_and_how_many(sample):
    links = {e["id"]: e["properties"] for e in export(sample) if e["schema"] == "UnknownLink"}
    (told,) = links[sample.claim_id("plan")]["description"]
    asset = asset_named(sample, "anti-tank missile")
    assert told.startswith(f"Of 1,000 anti-tank missiles ({asset}). ")


def test_a_use_is_an_event_with_its_actor_and_document(sample):
    events = [entity for entity in export(sample) if entity["schema"] == "Event"]
    (use,) = [event["properties"] for event in events if event["id"] == sample.claim_id("use")]
    assert use["location"] == ["Palmyra"]
    assert use["proof"] == ["doc-notes"]
    assert len(use["involved"]) == 1
