"""What a stage did not understand or could not do, and where: nothing is dropped in silence."""

from __future__ import annotations

from dataclasses import dataclass

from enduse.model.record import make_id


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that went wrong while all else went on.

    Attributes:
        stage: the stage that met it ("collect", "read", …).
        subject: the id, file or address it is about.
        message: what is wrong, naming the thing.
        place: line, page or span within the subject; empty if the whole.
        next_step: what the reader can do now.
    """

    stage: str
    subject: str
    message: str
    place: str = ""
    next_step: str = ""

    @property
    def id(self) -> str:
        """The content id."""
        return make_id("problem", self.stage, self.subject, self.message, self.place)

    @property
    def words(self) -> str:
        """The problem as one line.

        >>> Problem("read", "a.pdf", "the file is empty", "", "Add it again").words
        'a.pdf: the file is empty. Add it again'
        """
        where = f"{self.subject}, {self.place}" if self.place else self.subject
        return f"{where}: {self.message}" + (f". {self.next_step}" if self.next_step else "")
