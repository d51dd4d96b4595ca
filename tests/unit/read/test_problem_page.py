"""The page of problems lists every message of collecting and reading, and no other."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[3]
MAKERS = {"report", "FetchError", "_line_problem"}
ELSEWHERE = {"_no_text", "_describe_failure"}  # functions that return a message


def words_of(node):
    """Yield the texts of an expression, "…" for what is filled in."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        yield "".join(part.value if isinstance(part, ast.Constant) else "…" for part in node.values)
    elif isinstance(node, ast.IfExp):
        yield from words_of(node.body)
        yield from words_of(node.orelse)
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        yield from words_of(node.func.value)
    elif isinstance(node, ast.Tuple):
        yield from words_of(node.elts[0])


def messages():
    for stage in ("collect", "read"):
        for path in (ROOT / "src" / "enduse" / stage).rglob("*.py"):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            for node in ast.walk(tree):
                yield from messages_of(node)


def messages_of(node):
    if isinstance(node, ast.Call) and getattr(node.func, "id", "") in MAKERS:
        place = 0 if node.func.id == "FetchError" else 2 if node.func.id == "_line_problem" else 1
        if len(node.args) > place:
            yield from words_of(node.args[place])
    elif isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "message":
        yield from words_of(node.value)
    elif isinstance(node, ast.FunctionDef) and node.name in ELSEWHERE:
        for inner in ast.walk(node):
            if isinstance(inner, ast.Return):
                yield from words_of(inner.value)


def test_page_and_code_agree():
    page = (ROOT / "docs" / "reference" / "problems.md").read_text(encoding="utf-8")
    sections = page.partition("## Collect")[2]
    listed = set(re.findall(r"^\| (?!problem |---)(.+?) \|", sections, re.MULTILINE))
    told = {re.sub(r"^… …$", "…", message.strip()) for message in messages()}
    told = {re.sub(r"(… ?)+(?= |$|,)", "…", message) for message in told}
    assert told - listed == set()
    assert listed - told == set()
