"""Whether the engine that reads documents finds a cue in a sentence.

In: the register, rows of the English cue tables, sentences. Out: yes, no, or None where no test of
the table is known. It lets the check of the reviewed data meet the real engine.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from enduse.extract import extract_claims
from enduse.model.claim import Claim
from enduse.model.document import Document
from enduse.ports import Register
from enduse.reference.cues import CueRow

Test = Callable[[Claim, CueRow], bool]
FORMS = frozenset({"made", "supplied", "fired", "held", "backed-form", "ally-form", "command-form"})
TESTS: Mapping[str, Test] = {
    "hedges": lambda claim, row: claim.certainty == row.sense,
    "risk": lambda claim, row: claim.certainty == row.sense,
    "negation": lambda claim, row: claim.polarity == "denied",  # noqa: ARG005 - one sense only
    "plans": lambda claim, row: claim.status == row.sense,
    "stopped": lambda claim, row: claim.status == row.sense,
    "speech": lambda claim, row: bool(claim.attribution),  # noqa: ARG005 - any sense names one
    "medium": lambda claim, row: claim.medium == row.sense,
    "quantity": lambda claim, row: claim.quantity is not None,  # noqa: ARG005 - the same
    "ties": lambda claim, row: claim.mode == row.sense,
    "prenouns": lambda claim, row: claim.because.rule in FORMS,  # noqa: ARG005 - the same
    "tolls": lambda claim, row: claim.kind == "casualties" and claim.mode == row.sense,
    "toll_nouns": lambda claim, row: claim.kind == "casualties",  # noqa: ARG005 - the same
    "heads": lambda claim, row: True,  # noqa: ARG005 - a claim at all shows that the noun counts
}


def judge_cue(register: Register) -> Callable[[CueRow, str], bool | None]:
    """Return the function that says whether the engine finds a cue in a sentence."""

    def judge(row: CueRow, sentence: str) -> bool | None:
        test = TESTS.get(row.table)
        if test is None:
            return None
        document = Document("cue", "", sentence, language="en")
        found = extract_claims(document, register, "both")  # cues are the grammar's
        return any(test(claim, row) for claim in found if isinstance(claim, Claim))

    return judge
