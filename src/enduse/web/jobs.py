"""Long work beside the pages: run in one thread of its own, watched, cancelled, gone on with later.

In: a piece of work on a casebook. Out: a job with what, how far, of how much. The work keeps what
is finished as it goes, so a cancelled or killed job goes on where it stopped when started again.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from enduse.case.casebook import Casebook, open_case
from enduse.case.progress import Progress
from enduse.errors import EnduseError

Work = Callable[[Casebook, Progress], str]
"""Work on a casebook that tells its progress and returns the address of its result."""

AT_ONCE = 1.5
"""Seconds in which short work is waited for, so that its result is the next page."""


class CancelledError(Exception):
    """Raised inside work that a person has cancelled."""


@dataclass(slots=True)
class Job:
    """One piece of work: what it is, how far it is, and how it ended.

    Attributes:
        state: running, done, failed or cancelled.
        step, done, total: what is being done, how many are done, of how many if that is known.
        result: the address to go to when done.
        words: what went wrong.
    """

    id: int
    what: str
    state: str = "running"
    step: str = ""
    done: int = 0
    total: int | None = None
    result: str = ""
    words: str = ""
    stop: threading.Event = field(default_factory=threading.Event)
    ended: threading.Event = field(default_factory=threading.Event)

    def tell(self, step: str, done: int, total: int | None) -> None:
        """Note how far the work is; end it here if it was cancelled."""
        if self.stop.is_set():
            raise CancelledError
        self.step, self.done, self.total = step, done, total

    def plain(self) -> dict[str, Any]:
        """Return the job as a record."""
        kept = ("id", "what", "state", "step", "done", "total", "result", "words")
        return {name: getattr(self, name) for name in kept}


class Jobs:
    """The jobs of this run; one works at a time, the others wait their turn."""

    def __init__(self, folder: Path, flags: dict[str, Any]) -> None:
        self._folder, self._flags = folder, flags
        self._turn = threading.Lock()
        self._every: dict[int, Job] = {}

    def start(self, what: str, work: Work) -> Job:
        """Start the work in a thread, wait a moment for it, and return the job."""
        job = Job(len(self._every) + 1, what)
        self._every[job.id] = job
        threading.Thread(target=self._carry_out, args=(job, work), daemon=True).start()
        job.ended.wait(AT_ONCE)
        return job

    def find(self, job_id: int) -> Job | None:
        """Return the job, or None."""
        return self._every.get(job_id)

    def cancel(self, job_id: int) -> None:
        """Ask the job to end; what it has finished is kept."""
        job = self._every.get(job_id)
        if job is not None:
            job.stop.set()

    def _carry_out(self, job: Job, work: Work) -> None:
        try:
            with self._turn, open_case(self._folder, self._flags) as book:
                job.result = work(book, job.tell)
                job.state = "done"
        except CancelledError:
            job.state = "cancelled"
        except EnduseError as error:
            job.state, job.words = "failed", str(error)
        except Exception as error:  # noqa: BLE001 - shown to the person who waits for it
            job.state, job.words = "failed", f"{type(error).__name__}: {error}"
        finally:
            job.ended.set()
