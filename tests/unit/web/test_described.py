"""The API is as its description says, whatever it is asked: Schemathesis finds nothing.

Skipped, with the reason, where Schemathesis is not installed: `pip install -e '.[browser]'`.
"""

import pytest
from hypothesis import HealthCheck, given, settings

from enduse.web.app import make_app

schemathesis = pytest.importorskip(
    "schemathesis", reason="Schemathesis is not installed: pip install -e '.[browser]'"
)
OURS = {"host": "127.0.0.1"}
EXAMPLES = 12
"""Requests invented for each address."""


@pytest.fixture(scope="module")
def operations(book):
    app = make_app(book, "t")
    described = schemathesis.openapi.from_asgi("/api/openapi.json", app, headers=OURS)
    return [found.ok() for found in described.get_all_operations()]


def test_every_address_of_the_api_is_tried(operations):
    tried = {one.path for one in operations}
    assert {"/api/overview", "/api/map", "/api/pictures", "/api/jobs/{job_id}"} <= tried
    assert len(tried) == len(operations) > 20


def test_every_answer_is_as_described(operations):
    for operation in operations:

        @given(case=operation.as_strategy())
        @settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
        def answers_as_described(case):
            case.call_and_validate(headers=OURS)

        answers_as_described()
