"""Every exception that leaves the package: each names the thing, the place and the next step."""

from __future__ import annotations


class EnduseError(Exception):
    """The root of all errors a user may see.

    Attributes:
        message: what is wrong, naming the thing.
        place: the file, address, line or id it is about; empty if it has none.
        next_step: what the reader can do now.
    """

    exit_code = 2

    def __init__(self, message: str, place: str = "", next_step: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.place = place
        self.next_step = next_step

    def __str__(self) -> str:
        """Return the error as one line: place, message, next step."""
        head = f"{self.place}: {self.message}" if self.place else self.message
        return f"{head}. {self.next_step}" if self.next_step else head


class MisuseError(EnduseError):
    """The command or call cannot be carried out as given (exit code 2)."""


class NotFoundError(MisuseError):
    """A file, case, id or name does not exist."""


class FetchError(EnduseError):
    """An address could not be collected; other addresses go on (exit code 1)."""

    exit_code = 1


class ReadingError(EnduseError):
    """Bytes could not be read as a document; other documents go on (exit code 1)."""

    exit_code = 1


class DataError(EnduseError):
    """A reviewed data file breaks its rules (exit code 1)."""

    exit_code = 1


class DamagedCaseError(EnduseError):
    """A casebook's bytes, ids or schema are not what they should be (exit code 3)."""

    exit_code = 3


class NewerCaseError(DamagedCaseError):
    """The casebook was written by a newer enduse than this one."""
