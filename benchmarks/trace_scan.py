"""How fast the scans of a network of dated transfers are, beside the memory of the machine.

Random transfers between 100,000 actors over twenty years, sorted by day. Each figure is the median
in core-seconds of interleaved rounds. networkx, where it is installed, gets the network unrolled
in time, since it knows none, and its building is counted apart. raphtory knows time; it tells who
can be reached within so many transfers, and neither chances nor best routes.

    python benchmarks/trace_scan.py --transfers 10000000
    python benchmarks/trace_scan.py --transfers 1000000 --networkx --raphtory 4
"""

from __future__ import annotations

import argparse
import resource
import statistics
import time
from collections.abc import Callable
from typing import Any

import numpy as np

from enduse.trace.kernels import compiled
from enduse.trace.scan import (
    Transfers,
    find_best_routes,
    find_k_best_routes,
    find_simple_routes,
    sort_transfers,
    turn_round,
)

DAYS = 7300
MILLION = 1e6
EDGE_BYTES = 16


def make_network(actors: int, size: int, width: int) -> tuple[Transfers, float]:
    """Return a random network and the seconds its sorting and indexing took."""
    chance = np.random.default_rng(3)
    giver = chance.integers(0, actors, size, dtype=np.int32)
    taker = chance.integers(0, actors, size, dtype=np.int32)
    first = chance.integers(0, DAYS, size).astype(np.int32)
    last = first + chance.integers(0, width + 1, size).astype(np.int32)
    sure = (0.3 + 0.7 * chance.random(size)).astype(np.float32)
    start = time.perf_counter()
    network = sort_transfers(giver, taker, (first, last), sure, actors)
    return network, time.perf_counter() - start


def measure(cases: dict[str, Callable[[], Any]], rounds: int) -> dict[str, tuple[float, Any]]:
    """Return the median seconds and the last answer of each case; the first round warms up."""
    seconds: dict[str, list[float]] = {name: [] for name in cases}
    answers: dict[str, Any] = {}
    for round_ in range(rounds + 1):
        for name, case in cases.items():
            start = time.process_time()
            answers[name] = case()
            if round_:
                seconds[name].append(time.process_time() - start)
    return {name: (statistics.median(seconds[name]), answers[name]) for name in cases}


def copy_speed() -> float:
    """Return the memory bandwidth of one core in GB/s: a copy reads and writes each byte."""
    source, target = np.ones(2**26), np.zeros(2**26)
    taken = measure({"copy": lambda: np.copyto(target, source)}, 5)["copy"][0]
    return 2 * source.nbytes / taken / 1e9


def run_scans(actors: int, size: int, rounds: int) -> None:
    """Measure every scan on one network and print a line each."""
    days, sorting = make_network(actors, size, 0)
    spans, _ = make_network(actors, size, 60)
    suppliers = [at * 7 for at in range(64)]
    back = turn_round(days)
    found = measure(
        {
            "read the four arrays (bound)": lambda: compiled("read_all")(
                days.giver, days.taker, days.first, days.chance
            ),
            "best route to every actor, readable": lambda: find_best_routes(days, suppliers),
            "4 best walks to every actor": lambda: find_k_best_routes(days, suppliers, 4),
            "16 best walks to every actor": lambda: find_k_best_routes(days, suppliers, 16),
            "best route, dated by 0 to 60 days": lambda: find_best_routes(spans, suppliers),
            "10 best simple routes to one holder": lambda: find_simple_routes(
                days, suppliers, 99, 10, back=back
            ),
        },
        rounds,
    )
    bound = found["read the four arrays (bound)"][0]
    print(f"{actors:,} actors, {size:,} transfers; sorting and indexing {sorting:.2f} s")
    for name, (seconds, _) in found.items():
        speed = size / seconds / MILLION
        print(
            f"  {name:38} {seconds:8.4f} s {speed:8.1f} M transfers/s "
            f"{speed * EDGE_BYTES / 1000:6.2f} GB/s  {bound / seconds:5.2f} of the bound"
        )
    routes = found["best route to every actor, readable"][1]
    print(f"  reached {int((routes.chance > 0).sum()):,}; labels {routes.by.size:,}")
    print(f"  peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MiB")


def run_networkx(actors: int, size: int) -> None:
    """Measure networkx on the same network unrolled in time: building, then best routes."""
    try:
        import networkx as nx  # noqa: PLC0415 - not a dependency
    except ImportError:
        print("  networkx is not installed here; it is no dependency")
        return
    network, _ = make_network(actors, size, 0)
    start = time.process_time()
    graph = nx.DiGraph()
    last = dict.fromkeys(range(actors))
    for at, (giver, taker) in enumerate(
        zip(network.giver.tolist(), network.taker.tolist(), strict=True)
    ):
        if last[giver] is None:
            last[giver] = (giver, -1)
        node = (taker, at)
        graph.add_edge(last[giver], node, weight=-float(np.log(network.chance[at])))
        if last[taker] is not None:
            graph.add_edge(last[taker], node, weight=0.0)
        last[taker] = node
    built = time.process_time() - start
    start = time.process_time()
    nx.multi_source_dijkstra_path_length(
        graph, {(at * 7, -1) for at in range(64) if (at * 7, -1) in graph}
    )
    print(
        f"  networkx: building {built:.1f} s, best value to every actor "
        f"{time.process_time() - start:.2f} s"
    )


def run_raphtory(actors: int, size: int, hops: int) -> None:
    """Measure raphtory's temporal reachability on the same network: loading, then reach."""
    try:
        from raphtory import Graph, algorithms  # noqa: PLC0415 - not a dependency
    except ImportError:
        print("  raphtory is not installed here; it is no dependency")
        return
    network, _ = make_network(actors, size, 0)
    start = time.process_time()
    graph = Graph()
    days = zip(network.first.tolist(), network.giver.tolist(), network.taker.tolist(), strict=True)
    for day, giver, taker in days:
        graph.add_edge(day, giver, taker)
    built = time.process_time() - start
    start = time.process_time()
    algorithms.temporally_reachable_nodes(graph, hops, 0, [at * 7 for at in range(64)])
    print(
        f"  raphtory: loading {built:.1f} s, reach within {hops} transfers (no chances, no best) "
        f"{time.process_time() - start:.2f} s"
    )


def main() -> None:
    """Run the scans and print them beside the bandwidth of the machine."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--actors", type=int, default=100_000)
    parser.add_argument("--transfers", type=int, default=10_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--networkx", action="store_true")
    parser.add_argument("--raphtory", type=int, metavar="HOPS", default=0)
    asked = parser.parse_args()
    print(f"copying memory: {copy_speed():.1f} GB/s on one core")
    run_scans(asked.actors, asked.transfers, asked.rounds)
    if asked.networkx:
        run_networkx(asked.actors, asked.transfers)
    if asked.raphtory:
        run_raphtory(asked.actors, asked.transfers, asked.raphtory)


if __name__ == "__main__":
    main()
