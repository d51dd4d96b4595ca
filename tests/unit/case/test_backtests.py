"""A casebook frozen on the day of a plan, judged, and compared with what came."""

import json
from datetime import date

import pytest

from enduse.case.backtests import describe_backtest, judge_plans
from enduse.case.casebook import create_case, open_case
from enduse.case.imports import import_claims
from enduse.case.run import run_stages
from enduse.cli.app import run
from enduse.errors import NotFoundError


def claim(doc, published, mode, status, giver, taker, **more):
    return {
        "doc": doc,
        "published": published,
        "publisher": f"Paper {doc}",
        "kind": "transfer",
        "mode": mode,
        "status": status,
        "from": {"text": giver},
        "to": {"text": taker},
        "weapon": {"text": "Kern-9 launcher"},
    } | more


PLAN = claim("one", "2015-01-10", "supply", "planned", "Ostrava Republic", "Vesk Guard")
LEAK = claim(
    "two",
    "2015-06-20",
    "capture",
    "done",
    "Vesk Guard",
    "Hollow Front",
    time={"text": "early June", "start": "2015-06-01", "end": "2015-06-10"},
)


@pytest.fixture
def made(tmp_path):
    def make(*claims):
        lines = tmp_path / "claims.jsonl"
        lines.write_text("".join(json.dumps(one) + "\n" for one in claims), encoding="utf-8")
        with create_case(tmp_path / "case") as book:
            assert not import_claims(book, lines).problems
            run_stages(book)
        return tmp_path / "case"

    return make


def test_a_later_capture_makes_the_forecast_true(made):
    with open_case(made(PLAN, LEAK)) as book:
        found = judge_plans(book)
    (only,) = found.forecasts
    assert (only.day, only.diverted, len(only.claims)) == (date(2015, 1, 10), True, 1)
    assert "came true" in describe_backtest(found)


def test_frozen_after_the_capture_nothing_comes(made):
    with open_case(made(PLAN, LEAK)) as book:
        found = judge_plans(book, [date(2015, 7, 1)])
    assert [one.diverted for one in found.forecasts] == [False]
    assert "silence is not proof" in describe_backtest(found)


def test_no_dated_plan_is_told(made):
    with (
        open_case(made(LEAK)) as book,
        pytest.raises(NotFoundError, match="planned transfer"),
    ):
        judge_plans(book)


def test_the_command_prints_scores_and_refuses_what_is_no_day(made, capsys):
    case = made(PLAN, LEAK)
    assert run(["backtest", str(case), "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed["curve"][0]["count"] == 1
    assert 0 < printed["brier"] < 1
    assert run(["backtest", str(case), "--at", "June"]) == 2
