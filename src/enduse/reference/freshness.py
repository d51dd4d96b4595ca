"""Whether the compiled files still fit the data, and compiling them anew when they do not.

In: the folder of the data. Out: arrays and plain values of both layers, from the compiled file
beside the data, else from the user's cache, else compiled now (and kept if a folder can be
written). In a source checkout the files' times count too, so that an edit is seen at once.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from enduse.errors import DataError
from enduse.reference import compilation
from enduse.reference.compiled import read_compiled, write_compiled

FORMAT = "5"
WORD_FILES = ("everyday.txt", "folding.tsv", "articles.tsv")
LISTED_FILES = ("places/countries.tsv", "places/supplement.tsv")
PLACE_FILES = ("persons.txt", "places/context.tsv", "places/towns.tsv.xz", "places/units.tsv")
CODE = ("alphabet", "tokens", "lexicon", "readings", "entries", "places", "compilation", "sounds")
BUILDERS: dict[str, Callable[[Path, str, str], compilation.Compiled]] = {
    "listed": compilation.build_listed,
    "places": compilation.build_places,
}


def load_compiled(name: str, data: Path) -> compilation.Compiled:
    """Return a layer's arrays and plain values ("listed" or "places"), compiled if need be."""
    stamp = stamp_of(name, data)
    for path in (compiled_path(name, data), cache_path(name, stamp)):
        with contextlib.suppress(OSError, DataError):
            arrays, plain = read_compiled(path)
            if plain["stamp"] == stamp:
                return arrays, plain
    arrays, plain = BUILDERS[name](data, digest_of(name, data), stamp)
    for path in (compiled_path(name, data), cache_path(name, stamp)):
        with contextlib.suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            write_compiled(path, arrays, plain)
            return read_compiled(path)
    return arrays, plain


def compile_all(
    data: Path, folder: Path | None = None, *, timed: bool | None = None
) -> Iterator[Path]:
    """Compile both layers, whether stale or not, and yield the files.

    Args:
        data: the folder of the data.
        folder: where the files go; beside the data if None.
        timed: whether the files' times count; as the place of the data says if None.
    """
    for name, builder in BUILDERS.items():
        path = (folder / f"{name}.bin") if folder else compiled_path(name, data)
        path.parent.mkdir(parents=True, exist_ok=True)
        arrays, plain = builder(data, digest_of(name, data), stamp_of(name, data, timed=timed))
        write_compiled(path, arrays, plain)
        yield path


def compiled_path(name: str, data: Path) -> Path:
    """Return where the compiled layer lies beside the data."""
    return data / "compiled" / f"{name}.bin"


def cache_path(name: str, stamp: str) -> Path:
    """Return where the compiled layer lies in the user's cache."""
    return Path.home() / ".cache" / "enduse" / f"{name}-{stamp[:20]}.bin"


def source_files(name: str, data: Path) -> Sequence[Path]:
    """Return the files a layer is made from, those that exist, sorted."""
    files = [data / word for word in WORD_FILES]
    if name == "listed":
        files += [data / word for word in LISTED_FILES]
        for folder in ("weapons", "actors"):
            with contextlib.suppress(FileNotFoundError), os.scandir(data / folder) as entries:
                files += [Path(entry.path) for entry in entries if entry.name.endswith(".yml")]
    else:
        files += [data / word for word in PLACE_FILES]
    return sorted(path for path in files if path.exists())


def stamp_of(name: str, data: Path, *, timed: bool | None = None) -> str:
    """Return a quick mark of the files: names and sizes, in a source checkout their times too."""
    timed = in_checkout(data) if timed is None else timed
    files = list(source_files(name, data))
    if timed:
        files += [Path(__file__).with_name(f"{module}.py") for module in CODE]
    parts = [FORMAT]
    for path in files:
        facts = path.stat()
        parts.append(f"{path.name}:{facts.st_size}:{facts.st_mtime_ns if timed else 0}")
    return hashlib.sha256("|".join(parts).encode()).hexdigest()


def in_checkout(data: Path) -> bool:
    """Return whether the data lies in a source checkout, or is not the package's own."""
    package = Path(__file__).parent
    if data != package / "data":
        return True
    return (package.parents[2] / "pyproject.toml").exists()


def digest_of(name: str, data: Path) -> str:
    """Return the SHA-256 of the files' names and bytes."""
    whole = hashlib.sha256(FORMAT.encode())
    for path in source_files(name, data):
        whole.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()
