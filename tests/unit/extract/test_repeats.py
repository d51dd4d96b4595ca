"""What a document says twice is one claim, which remembers where it was said again."""

from enduse.model.claim import AGAIN, Certainty


def captures(read, text):
    return [claim for claim in read(text) if claim.kind == "transfer"]


def test_the_fuller_wording_is_kept_and_remembers_the_other(read):
    text = (
        "The Red Column captured rifles from the Northern Front in Kesh.\n\n"
        "Later the Red Column captured rifles from the Northern Front."
    )
    (claim,) = captures(read, text)
    assert claim.span.start < text.index("Later")
    (again,) = [cue for cue in claim.because.cues if cue.sense.endswith(AGAIN)]
    assert again.sense == f"certain{AGAIN}"
    assert text[again.start : again.end] == again.text
    assert again.start > text.index("Later")


def test_a_firmer_wording_is_no_repeat(read):
    text = (
        "The Red Column captured rifles from the Northern Front.\n\n"
        "The Red Column probably captured rifles from the Northern Front in Kesh."
    )
    told = {claim.certainty for claim in captures(read, text)}
    assert told == {Certainty.CERTAIN, Certainty.PROBABLE}


def test_a_weaker_wording_is_a_repeat(read):
    text = (
        "The Red Column probably captured rifles from the Northern Front.\n\n"
        "The Red Column captured rifles from the Northern Front in Kesh."
    )
    (claim,) = captures(read, text)
    assert claim.certainty is Certainty.CERTAIN
    assert any(cue.sense == f"probable{AGAIN}" for cue in claim.because.cues)
