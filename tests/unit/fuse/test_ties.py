"""What ties two documents together beside text that both hold."""

import pytest

from enduse.fuse.ties import Voice, find_ties
from enduse.model.claim import Claim, ClaimKind, Publication
from enduse.model.document import Span

LONG = "The hill brigade took nine launchers from the harbour guard on the night of the ceasefire."


@pytest.mark.parametrize(
    ("left", "right", "tied"),
    [
        (LONG, LONG, True),
        (LONG, LONG.upper().replace(" ", "\n"), True),
        (LONG, LONG.replace("nine", "ten"), False),
        ("They took nine launchers.", "They took nine launchers.", False),
    ],
)
def test_a_long_sentence_in_common_is_one_voice(left, right, tied):
    voices = [
        Voice(
            name,
            Publication(name, publisher=f"The {name} Post"),
            (Claim("c", name, ClaimKind.TRANSFER, (), Span(name, 0, len(quote), quote)),),
        )
        for name, quote in (("doc-1", left), ("doc-2", right))
    ]
    strengths = [tie.strength for tie in find_ties(*voices, {"tie:same-publisher": 0.5})]
    assert (1.0 in strengths) is tied
