"""The whole dossier of the hand-made case, word for word, against the copy kept beside it.

To accept a wanted change, read the difference, then write the new text into the golden file.
"""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

from enduse.publish import EXPORTERS, Options, compose_dossier

GOLDEN = Path(__file__).parent / "golden" / "dossier.md"


def test_the_dossier_reads_as_the_golden_one(sample):
    options = Options(prepared=date(2026, 1, 15), reviewed=frozenset({sample.claim_id("use")}))
    dossier = compose_dossier(sample.trace, sample.evidence, None, options)
    stream = io.BytesIO()
    EXPORTERS["markdown"].write(dossier, stream)
    assert stream.getvalue().decode("utf-8") == GOLDEN.read_text(encoding="utf-8")
