"""The hand-made case, and ways to vary it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest
from msgspec import structs
from tests.unit.publish.hand_made import CLAIMS, EVIDENCE, TRACE

from enduse.model.claim import (
    Speaker,
)
from enduse.model.custody import Trace
from enduse.model.document import Span
from enduse.publish import Evidence


@dataclass(frozen=True)
class Sample:
    """The hand-made case and ways to vary it."""

    trace: Trace = TRACE
    evidence: Evidence = EVIDENCE

    def claim_id(self, name):
        return CLAIMS[name].id

    def claim(self, name):
        return CLAIMS[name]

    def with_text(self, text):
        """Return the evidence with every quote, publisher, title and speaker replaced."""
        documents = {
            key: structs.replace(value, publisher=text, title=text, address=text)
            for key, value in self.evidence.documents.items()
        }
        claims = {
            key: replace(
                value,
                span=Span(value.document_id, 0, len(text), text),
                attribution=(Speaker(text),),
            )
            for key, value in self.evidence.claims.items()
        }
        return replace(self.evidence, documents=documents, claims=claims)


@pytest.fixture(scope="session")
def sample():
    return Sample()
