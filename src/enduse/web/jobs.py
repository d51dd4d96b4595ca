"""Long work beside the pages: run in one thread of its own, watched, cancelled, gone on with later.

In: a piece of work on a casebook. Out: a job with what, how far, of how much, for how long. The
work keeps what is finished as it goes, so a cancelled or killed job goes on where it stopped when
started again; what a killed process was asked for is noted in the casebook (`case.unfinished`).
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from enduse.case import unfinished
from enduse.case.casebook import Casebook, open_case
from enduse.case.progress import Progress
from enduse.errors import EnduseError

Work = Callable[[Casebook, Progress], str]
"""Work on a casebook that tells its progress and returns the address of its result."""

AT_ONCE = 1.5
"""Seconds in which short work is waited for, so that its result is the next page."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a person asked for: in words, by which action, with which fields."""

    what: str
    action: unfinished.Action
    fields: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class JobView:
    """How far a job is.

    Attributes:
        state: running, done, failed or cancelled.
        seconds: how long it has been at work.
        left: about how many seconds more this step takes; none while that cannot be told.
    """

    id: int
    what: str
    state: str
    step: str
    done: int
    total: int | None
    seconds: int
    left: int | None
    result: str
    words: str


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
        began, step_began, took: when the job and its step began, and how long all took; seconds.
    """

    id: int
    what: str
    state: str = "running"
    step: str = ""
    done: int = 0
    total: int | None = None
    result: str = ""
    words: str = ""
    began: float = field(default_factory=time.monotonic)
    step_began: float = field(default_factory=time.monotonic)
    took: float | None = None
    stop: threading.Event = field(default_factory=threading.Event)
    ended: threading.Event = field(default_factory=threading.Event)

    def tell(self, step: str, done: int, total: int | None) -> None:
        """Note how far the work is; end it here if it was cancelled."""
        if self.stop.is_set():
            raise CancelledError
        if step != self.step:
            self.step_began = time.monotonic()
        self.step, self.done, self.total = step, done, total

    def end(self, state: str, words: str = "") -> None:
        """Note how it ended, and when."""
        self.took, self.words, self.state = time.monotonic() - self.began, words, state

    def view(self) -> JobView:
        """Return how far it is."""
        now = time.monotonic()
        left = None
        if self.state == "running" and self.total and self.done:
            left = round((now - self.step_began) * max(self.total - self.done, 0) / self.done)
        names = ("id", "what", "state", "step", "done", "total", "result", "words")
        told = {name: getattr(self, name) for name in names}
        seconds = int(now - self.began if self.took is None else self.took)
        return JobView(**told, seconds=seconds, left=left)


class Jobs:
    """The jobs of this run; one works at a time, the others wait their turn."""

    def __init__(self, folder: Path, flags: dict[str, Any]) -> None:
        self._folder, self._flags = folder, flags
        self._turn = threading.Lock()
        self._every: dict[int, Job] = {}
        unfinished.note_restart(folder)

    def start(self, asked: Asked, work: Work) -> Job:
        """Note the work, start it in a thread, wait a moment for it, and return the job."""
        job = Job(len(self._every) + 1, asked.what)
        self._every[job.id] = job
        noted = unfinished.note_begun(self._folder, asked.what, asked.action, asked.fields)
        threading.Thread(target=self._carry_out, args=(job, work, noted.id), daemon=True).start()
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

    def _carry_out(self, job: Job, work: Work, noted: str) -> None:
        try:
            with self._turn, open_case(self._folder, self._flags) as book:
                job.result = work(book, job.tell)
                job.end("done")
        except CancelledError:
            job.end("cancelled")
        except EnduseError as error:
            job.end("failed", str(error))
        except Exception as error:  # noqa: BLE001 - shown to the person who waits for it
            job.end("failed", f"{type(error).__name__}: {error}")
        finally:
            unfinished.note_ended(self._folder, noted)
            job.ended.set()
