"""The compiled scans against brute force over every route of small networks."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enduse.errors import MisuseError
from enduse.trace import kernels
from enduse.trace.scan import (
    find_best_routes,
    find_k_best_routes,
    find_simple_routes,
    sort_transfers,
    turn_round,
)

ACTORS = 5


def networks(width):
    transfer = st.tuples(
        st.integers(0, ACTORS - 1),
        st.integers(0, ACTORS - 1),
        st.integers(0, 8),
        st.integers(0, width),
        st.integers(1, 19),
    )
    return st.lists(transfer, min_size=0, max_size=9).map(as_transfers)


def as_transfers(rows):
    rows = [row for row in rows if row[0] != row[1]]
    giver, taker, first, width, chance = (
        (list(column) for column in zip(*rows, strict=True)) if rows else ([],) * 5
    )
    last = [day + wide for day, wide in zip(first, width, strict=True)]
    return sort_transfers(giver, taker, (first, last), [one / 20 for one in chance], ACTORS)


def every_route(network, start, simple):
    """Yield (actor, chance, transfers) of every time-respecting route; no transfer twice."""

    def further(actor, day, chance, used, met):
        for at in range(network.giver.size):
            if network.giver[at] != actor or at in used or network.last[at] < day:
                continue
            taker = int(network.taker[at])
            if simple and taker in met:
                continue
            gained = chance * float(network.chance[at])
            yield taker, gained, (*used, at)
            arrival = max(day, int(network.first[at]))
            yield from further(taker, arrival, gained, (*used, at), met | {taker})

    return further(start, -1, 1.0, (), {start})


@settings(max_examples=150, deadline=None)
@given(networks(width=4))
def test_the_best_route_to_every_actor_is_the_best_of_all(network):
    expected = [0.0] * ACTORS
    expected[0] = 1.0
    for actor, chance, _ in every_route(network, 0, simple=False):
        expected[actor] = max(expected[actor], chance)
    routes = find_best_routes(network, [0])
    np.testing.assert_allclose(routes.chance, expected, rtol=1e-5)


@settings(max_examples=100, deadline=None)
@given(networks(width=4))
def test_routes_read_back_respect_time_and_give_their_chance(network):
    routes = find_best_routes(network, [0])
    place = {int(given): at for at, given in enumerate(network.given_as)}
    for actor in range(1, ACTORS):
        chance, day, holder = 1.0, -1, 0
        for given_as in routes.route(actor):
            at = place[given_as]
            assert network.giver[at] == holder
            assert network.last[at] >= day
            day = max(day, int(network.first[at]))
            holder = int(network.taker[at])
            chance *= float(network.chance[at])
        if routes.chance[actor] > 0:
            assert holder == actor
            assert chance == pytest.approx(float(routes.chance[actor]), rel=1e-5)


@settings(max_examples=100, deadline=None)
@given(networks(width=4), st.integers(1, 6))
def test_simple_routes_come_best_first_and_complete(network, k):
    found = find_simple_routes(network, [0], 4, k)
    assert found == find_simple_routes(network, [0], 4, k, back=turn_round(network))
    expected = sorted(
        (chance for actor, chance, _ in every_route(network, 0, simple=True) if actor == 4),
        reverse=True,
    )
    assert found.whole
    np.testing.assert_allclose(found.chances, expected[:k], rtol=1e-5)


@settings(max_examples=100, deadline=None)
@given(networks(width=0), st.integers(1, 5))
def test_the_k_best_walks_are_the_k_best_of_all(network, k):
    def walks(actor, after, chance):
        for at in range(after + 1, network.giver.size):
            if network.giver[at] == actor:
                gained = chance * float(network.chance[at])
                yield int(network.taker[at]), gained
                yield from walks(int(network.taker[at]), at, gained)

    routes = find_k_best_routes(network, [0], k)
    for actor in range(1, ACTORS):
        expected = sorted((c for held, c in walks(0, -1, 1.0) if held == actor), reverse=True)[:k]
        got = [float(one) for one in routes.chance[actor] if one > 0]
        np.testing.assert_allclose(got, expected, rtol=1e-5)


@pytest.mark.parametrize("name", ["settle_best", "settle_k_best"])
def test_compiled_and_plain_kernels_agree(name):
    chance = np.random.default_rng(5)
    size = 400
    network = sort_transfers(
        chance.integers(0, 30, size),
        chance.integers(0, 30, size),
        ((first := chance.integers(0, 90, size)), first),
        chance.random(size),
        30,
    )
    seeds = np.array([0, 1], np.int32)
    arguments = {
        "settle_best": (
            network.giver,
            network.taker,
            network.first,
            network.last,
            network.chance,
            network.begin,
            network.out,
            seeds,
            0,
        ),
        "settle_k_best": (network.giver, network.taker, network.chance, 30, seeds, 4),
    }[name]
    plain, fast = kernels.KERNELS[name](*arguments), kernels.compiled(name)(*arguments)
    for one, other in zip(plain, fast, strict=True):
        np.testing.assert_array_equal(one, other)


def test_a_long_network_outgrows_the_first_labels():
    size = 6000
    days = np.arange(size)
    rising = (days + 1) / size
    network = sort_transfers(np.zeros(size), np.ones(size), (days, days), rising, 2)
    assert find_best_routes(network, [0]).route(1) == (size - 1,)
    assert find_k_best_routes(network, [0], 2).route(1, 1) == (size - 2,)


def test_the_limit_is_told():
    size = 12
    pairs = [(a, b) for a in range(size) for b in range(size) if a != b]
    giver, taker = zip(*pairs, strict=True)
    days = [0] * len(pairs), [9] * len(pairs)
    network = sort_transfers(giver, taker, days, [0.9] * len(pairs), size)
    assert not find_simple_routes(network, [0], 11, 10_000, limit=500).whole


def test_intervals_have_no_k_best_walks():
    network = sort_transfers([0], [1], ([1], [5]), [0.5], 2)
    with pytest.raises(MisuseError, match="one day each"):
        find_k_best_routes(network, [0], 2)


def test_a_transfer_that_ends_before_it_starts_is_refused():
    with pytest.raises(MisuseError, match="ends before it starts"):
        sort_transfers([0], [1], ([5], [1]), [0.5], 2)
