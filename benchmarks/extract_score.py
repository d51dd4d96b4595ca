"""Fit the weights of the claims' scores on hand-checked claims, and say how well they calibrate.

In: folders with documents.jsonl and claims.jsonl, the scorer's file. Out: Brier score, calibration
error and precision above thresholds, cross-validated over documents; --write keeps the weights
fitted on all of them. Refused: nothing; an absent folder is named. With --bar, `joined` tells what
has this chance, whatever its score: the weights then also learn from what the bars keep out.

Run: python benchmarks/extract_score.py --data DIR [DIR …] --scorer FILE [--part 0:0.8]
     [--extractor rules both joined] [--bar 0.4] [--write FILE]
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import math
import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

from extract_gold import choose_documents, read_document

from enduse.extract import EXTRACTORS
from enduse.extract.encoder import agreeing, sifting
from enduse.extract.scoring import name_features
from enduse.model.claim import Claim
from enduse.model.interchange import to_record
from enduse.reference.register import load_register

Example = tuple[str, tuple[str, ...], bool]  # document, features, whether the claim is right
STEPS, RATE, PULL, SEEN = 400, 0.5, 0.01, 4
COMMAND = "benchmarks/extract_score.py"


def main() -> int:
    """Fit, print the cross-validated figures; 0 unless the set is absent."""
    options = _read_options()
    absent = [path for path in (*options.data, options.scorer) if not path.exists()]
    if absent:
        print(f"skipped: {absent[0]} is absent", file=sys.stderr)
        return 1
    if options.bar is not None:
        lower_bars(options.bar)
    scorer = load_scorer(options.scorer)
    examples = [
        one
        for folder in options.data
        for name in options.extractor
        for one in _read_examples(folder, options.part, scorer, name)
    ]
    print(json.dumps(_cross_validate(examples, options.folds), indent=1))
    if options.write:
        _write(options.write, _fit(examples))
    return 0


def _read_options() -> argparse.Namespace:
    cli = argparse.ArgumentParser(description=__doc__)
    cli.add_argument("--data", type=Path, nargs="+", required=True)
    cli.add_argument("--scorer", type=Path, required=True)
    cli.add_argument("--part", default="0:0.8")
    cli.add_argument("--folds", type=int, default=5)
    cli.add_argument("--extractor", nargs="+", default=["rules", "both", "joined"])
    cli.add_argument("--bar", type=float)
    cli.add_argument("--write", type=Path)
    return cli.parse_args()


def lower_bars(chance: float) -> None:
    """Let the encoder tell what has the chance, in this process."""
    agreeing.SURE = agreeing.SURE_BARE = sifting.SURE = chance
    agreeing.LIKELY = 0.0


def load_scorer(path: Path) -> ModuleType:
    """Return the scorer's file as a module."""
    spec = importlib.util.spec_from_file_location("score_claims", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _read_examples(folder: Path, part: str, scorer: ModuleType, extractor: str) -> list[Example]:
    engine = EXTRACTORS[extractor]()
    gold: dict[str, list[Any]] = defaultdict(list)
    for record in scorer.read(folder / "claims.jsonl"):
        if record.get("kind"):
            gold[record["doc"]].append(record)
    register = load_register()
    examples: list[Example] = []
    for one in choose_documents(folder, part):
        claims = [c for c in engine.extract(read_document(one), register) if isinstance(c, Claim)]
        records = [to_record(claim, one["id"]) for claim in claims]
        pairs = scorer.pair_up(gold[one["id"]], records)
        right = {j for i, j in pairs if scorer.core_right(gold[one["id"]][i], records[j])}
        examples += [(one["id"], tuple(name_features(c)), j in right) for j, c in enumerate(claims)]
    return examples


def _fit(examples: Sequence[Example]) -> dict[str, float]:
    """Return the weights by gradient descent on the log loss, drawn towards zero."""
    counts: dict[str, int] = defaultdict(int)
    for _, features, _ in examples:
        for name in features:
            counts[name] += 1
    weights = {name: 0.0 for name, count in sorted(counts.items()) if count >= SEEN}
    for _ in range(STEPS):
        slopes = {name: PULL * weight for name, weight in weights.items() if name != "always"}
        for _, features, right in examples:
            miss = (_chance(features, weights) - right) / len(examples)
            for name in features:
                if name in weights:
                    slopes[name] = slopes.get(name, 0.0) + miss
        for name, slope in slopes.items():
            weights[name] -= RATE * slope
    return weights


def _chance(features: Sequence[str], weights: Mapping[str, float]) -> float:
    return 1 / (1 + math.exp(-sum(weights.get(name, 0.0) for name in features)))


def _cross_validate(examples: Sequence[Example], folds: int) -> dict[str, Any]:
    documents = list(dict.fromkeys(doc for doc, _, _ in examples))
    told: list[tuple[float, bool]] = []
    for fold in range(folds):
        held = set(documents[fold::folds])
        weights = _fit([one for one in examples if one[0] not in held])
        told += [(_chance(f, weights), right) for doc, f, right in examples if doc in held]
    base = sum(right for _, right in told) / len(told)
    brier = sum((chance - right) ** 2 for chance, right in told) / len(told)
    return {
        "claims": len(told),
        "right": round(base, 4),
        "brier": round(brier, 4),
        "brier_of_base_rate": round(base * (1 - base), 4),
        "calibration_error": round(_calibration_error(told), 4),
        "above": {str(at / 10): _above(told, at / 10) for at in range(2, 9)},
    }


def _calibration_error(told: Sequence[tuple[float, bool]]) -> float:
    """Return the mean distance of chance and share right over ten bins, weighted by size."""
    bins: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for one in told:
        bins[min(int(one[0] * 10), 9)].append(one)
    gaps = (abs(sum(c for c, _ in b) - sum(r for _, r in b)) for b in bins.values())
    return sum(gaps) / len(told)


def _above(told: Sequence[tuple[float, bool]], threshold: float) -> dict[str, float]:
    kept = [right for chance, right in told if chance >= threshold]
    share = sum(right for _, right in told)
    return {
        "kept": len(kept),
        "precision": round(sum(kept) / len(kept), 4) if kept else 0.0,
        "of_the_right": round(sum(kept) / share, 4) if share else 0.0,
    }


def _write(path: Path, weights: Mapping[str, float]) -> None:
    lines = [f"{name}\t{weight:.4f}\t{COMMAND}\tno" for name, weight in weights.items()]
    path.write_text("\n".join(["feature\tweight\tcites\treviewed", *lines]) + "\n")


if __name__ == "__main__":
    raise SystemExit(main())
