"""Cards of earlier days against what came after."""

from datetime import date

import pytest

from enduse.model.risk import Forecast, backtest_record
from enduse.reference.indicators import load_indicators
from enduse.trace import Known, Yardstick, backtest
from enduse.trace.backtest import score_forecasts

THEN, LATER = date(2015, 6, 12), date(2016, 1, 1)


@pytest.fixture
def yardstick(register, priors):
    return Yardstick(register, priors, load_indicators())


@pytest.fixture
def run(make_claim, make_palmyra, make_palmyra_claims, yardstick):
    def run_with(*later):
        incidents, claims = tuple(make_palmyra()), tuple(make_palmyra_claims(make_palmyra()))
        then = Known(THEN, incidents, claims)
        more = tuple(make_claim(one) for one in later)
        now = Known(LATER, (*incidents, *later), (*claims, *more))
        return backtest([then], now, yardstick)

    return run_with


def leak(make_incident, **changes):
    told = {
        "mode": "capture",
        "from_": "iq-forces",
        "to": "is",
        "weapon": "tow",
        "time": ("2015-08-01", "2015-08-31"),
    }
    return make_incident("leak", "transfer", **(told | changes))


def test_a_later_capture_is_a_diversion(run, make_incident):
    found = run(leak(make_incident))
    assert [one.diverted for one in found.forecasts] == [True]
    assert found.forecasts[0].claims == ("claim-leak",)
    assert found.brier == pytest.approx((1 - found.forecasts[0].chance) ** 2)


def test_without_a_later_report_it_counts_as_not_diverted_and_says_so(run):
    found = run()
    assert [one.diverted for one in found.forecasts] == [False]
    assert any("silence is not proof" in note for note in found.notes)


@pytest.mark.parametrize(
    "changes",
    [
        {"time": ("2015-05-01", "2015-08-31")},
        {"time": None},
        {"weapon": "arms"},
        {"from_": "fsa"},
        {"status": "planned"},
    ],
)
def test_what_need_not_be_the_delivery_is_no_diversion(run, make_incident, changes):
    assert not run(leak(make_incident, **changes)).forecasts[0].diverted


def test_what_came_later_does_not_change_the_card_of_then(run, make_incident):
    assert run(leak(make_incident)).forecasts[0].chance == run().forecasts[0].chance


def test_a_plan_is_judged_on_its_first_day_only(make_palmyra, make_palmyra_claims, yardstick):
    incidents, claims = tuple(make_palmyra()), tuple(make_palmyra_claims(make_palmyra()))
    days = [Known(date(2015, month, 20), incidents, claims) for month in (9, 7, 8)]
    found = backtest(days, Known(LATER, incidents, claims), yardstick)
    assert [one.day for one in found.forecasts] == [date(2015, 7, 20)]


def test_the_curve_counts_every_forecast():
    chances = [0.1, 0.15, 0.5, 0.9, 1.0]
    forecasts = [
        Forecast(THEN, f"p{at}", "", "", chance, (0, 1), 0.5, diverted=at > 2)
        for at, chance in enumerate(chances)
    ]
    found = score_forecasts(forecasts)
    assert sum(point.count for point in found.curve) == 5
    assert found.curve[-1].part_true == 1
    assert found.brier < found.brier_of_base
    assert backtest_record(found)["curve"][0]["count"] == 2


def test_no_plans_give_no_score():
    found = score_forecasts([])
    assert found.brier is None
    assert backtest_record(found)["brier"] is None
