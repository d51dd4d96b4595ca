"""A folder to the paths of the files in it.

In: a folder. Out: its files' paths, those of sub-folders included, sorted by name. Hidden files,
folders and casebooks are passed over. Refused: links that lead out of the folder or back into a
folder above them, and folders that may not be listed, each with a problem.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from enduse.collect.files import explain_error
from enduse.collect.options import CollectOptions, report
from enduse.model.problem import Problem


def walk_folder(address: str, options: CollectOptions) -> Iterator[str | Problem]:
    """Yield the path of each file, and problems, in the order of their names."""
    root = Path(address)
    if (root / options.case_marker).exists():
        yield report(
            address, "this is a casebook, not a folder of documents", "Add the documents themselves"
        )
        return
    found = False
    for path in _walk(root, root.resolve(), options):
        found = True
        yield path
    if not found:
        yield report(address, "the folder holds no file", "Check the path")


def _walk(folder: Path, root: Path, options: CollectOptions) -> Iterator[str | Problem]:
    """Yield files below the folder; kept as a list of open folders, so that depth is no limit."""
    waiting: list[Path | Problem] = [folder]
    while waiting:
        item = waiting.pop()
        if isinstance(item, Problem):
            yield item
        elif _is_folder(item):
            waiting.extend(reversed(_list_folder(item, folder, options)))
        else:
            problem = _check_link(item, root)
            yield problem or str(item)


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:
        return False  # collecting it as a file tells what is wrong


def _list_folder(folder: Path, top: Path, options: CollectOptions) -> list[Path | Problem]:
    """Return the entries of one folder to go on with, sorted by name."""
    if folder != top:
        if (folder / options.case_marker).exists():
            return []
        problem = _check_link(folder, top.resolve()) or _check_loop(folder)
        if problem is not None:
            return [problem]
    try:
        names = sorted(os.listdir(folder))  # noqa: PTH208 - names are sorted before they are paths
    except OSError as error:
        return [explain_error(str(folder), error)]
    return [folder / name for name in names if not name.startswith(".")]


def _check_link(path: Path, root: Path) -> Problem | None:
    if not path.is_symlink():
        return None
    try:
        target = path.resolve()
    except (OSError, RuntimeError):
        return report(str(path), "the link leads to itself", "Remove the link")
    if target.is_relative_to(root) or not target.exists():
        return None
    return report(str(path), "the link leads out of the folder", f"Add {target} itself")


def _check_loop(folder: Path) -> Problem | None:
    if not folder.is_symlink() or folder.resolve() not in folder.absolute().parents:
        return None
    return report(str(folder), "the link leads back to a folder above it", "Remove the link")
