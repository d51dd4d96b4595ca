"""What holds for all worlds of reports: order never matters, a copy never adds."""

from __future__ import annotations

from datetime import date, timedelta
from math import exp

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.fuse.small import (
    JUNE,
    copied,
    fuse,
    said,
    use,
)

from enduse.model.claim import (
    Certainty,
    Claim,
    Polarity,
    Publication,
)
from enduse.model.document import Span
from enduse.model.interchange import with_id

ACTORS = ("red-front", "blue-guard", "free-army", "desert-brigade")


@st.composite
def worlds(draw):
    """Return claims over five documents, their publications and a forest of reprints."""
    names = "abcde"
    claims = [
        use(
            f"doc-{draw(st.sampled_from(names))}",
            draw(st.sampled_from(ACTORS)),
            draw(st.sampled_from(("tow", "kornet", "atgm"))),
            draw(st.sampled_from(("hill-town", "north-province", None))),
            draw(st.sampled_from((JUNE, None))),
            certainty=draw(st.sampled_from(list(Certainty))),
            polarity=draw(st.sampled_from((Polarity.AFFIRMED,) * 4 + (Polarity.DENIED,))),
            attribution=draw(st.sampled_from(((), (said("the-observatory"),)))),
            span=draw(st.none() | st.integers(0, 5).map(lambda i: Span("", i * 9, i * 9 + 30, ""))),
        )
        for _ in range(draw(st.integers(1, 7)))
    ]
    reprints = [
        copied(f"doc-{names[i]}", f"doc-{names[draw(st.integers(0, i - 1))]}")
        for i in range(1, 5)
        if draw(st.booleans())
    ]
    day = date(2020, 6, 10)
    known = [
        Publication(
            f"doc-{each}", day + timedelta(i), draw(st.sampled_from((None, f"The {each} Post")))
        )
        for i, each in enumerate(names)
    ]
    return claims, known, reprints


@settings(max_examples=80, deadline=None)
@given(worlds(), st.randoms())
def test_order_never_matters_and_reasons_make_the_probability(world, rng):
    claims, known, reprints = world
    incidents = fuse(claims, known, reprints)
    for each in (claims, known, reprints):
        rng.shuffle(each)
    assert fuse(claims, known, reprints) == incidents
    for incident in incidents:
        odds = sum(reason.value for reason in incident.reasons)
        assert incident.probability == pytest.approx(1 / (1 + exp(-odds)))
        assert incident.interval[0] <= incident.independent + 1e-9 <= incident.interval[1] + 1e-6
    placed = [claim for each in incidents for claim in (*each.claims, *each.denials)]
    assert sorted(placed) == sorted({claim.id for claim in claims})


@settings(max_examples=80, deadline=None)
@given(worlds(), st.sampled_from(list(Certainty)), st.data())
def test_a_reprint_never_raises_witnesses_certainty_or_chance(world, certainty, data):
    claims, known, reprints = world
    told = data.draw(st.sampled_from(claims))
    copy = with_id(
        Claim(
            "",
            "doc-z",
            told.kind,
            told.roles,
            span=Span("doc-z", told.span.start, told.span.end, "") if told.span else None,
            time=told.time,
            polarity=told.polarity,
            certainty=certainty,
        )
    )
    before = {each.id: each for each in fuse(claims, known, reprints)}
    page = Publication("doc-z", date(2020, 7, 1), "The Copy Desk")
    fused = fuse([*claims, copy], [*known, page], [*reprints, copied("doc-z", told.document_id)])
    home = next(each for each in fused if copy.id in (*each.claims, *each.denials))
    if {told.id} & {*home.claims, *home.denials}:
        (old,) = [e for e in before.values() if told.id in (*e.claims, *e.denials)]
        assert len(home.witnesses) <= len(old.witnesses)
        assert home.independent <= old.independent + 1e-9
        assert home.certainty.rank >= old.certainty.rank
        assert home.probability <= old.probability + 1e-9
