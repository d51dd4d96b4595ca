"""Actions that take long: add, run, ask, prepare, publish; each is a job that can be watched.

Work that a killed process left is offered on the overview and goes on when somebody says so, or is
forgotten.
"""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from http import HTTPStatus

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, RedirectResponse, Response

from enduse.case.add import add_to_case
from enduse.case.ask import trace_sighting
from enduse.case.casebook import Casebook
from enduse.case.drifting import keep_drift
from enduse.case.gate import prepare_dossier, publish_dossier, published_file
from enduse.case.progress import Progress
from enduse.case.run import run_stages
from enduse.case.unfinished import Action, note_ended
from enduse.case.views.documents import raw_bytes
from enduse.errors import MisuseError, NotFoundError
from enduse.web.jobs import Asked, Job, Jobs, JobView, Work
from enduse.web.render import render

_OF_FORMS = ("token", "back")
_DOWNLOAD = {"content-security-policy": "sandbox; default-src 'none'; style-src 'unsafe-inline'"}


def add_work(app: FastAPI) -> None:
    """Hang the long actions and the pages of their jobs onto the application."""
    for path, action in (
        ("/run", run),
        ("/add", add),
        ("/ask", ask),
        ("/prepare", prepare),
        ("/write", write),
        ("/drift", work_out_drift),
        ("/jobs/forget", forget),
        ("/jobs/{job_id}/cancel", cancel),
    ):
        app.post(path, include_in_schema=False)(action)
    app.get("/jobs/{job_id}", include_in_schema=False)(show_job)
    app.get("/api/jobs/{job_id}", tags=["jobs"], responses={404: {"description": "No such job."}})(
        tell_job
    )
    app.get("/published/{name}", include_in_schema=False)(download)
    app.get("/raw/{document_id}", include_in_schema=False)(show_raw)


async def run(request: Request) -> Response:
    """Bring every stage up to date."""

    def work(book: Casebook, progress: Progress) -> str:
        run_stages(book, progress=progress)
        return "/"

    return _start(request, "run", "Bringing the case up to date", work)


async def add(request: Request) -> Response:
    """Preserve a file, a folder or an address, then bring every stage up to date."""
    address = request.state.form.get("address", "").strip()
    if not address:
        raise MisuseError("nothing to add", next_step="Give a file, a folder or an address")

    def work(book: Casebook, progress: Progress) -> str:
        add_to_case(book, [address], progress)
        run_stages(book, progress=progress)
        return "/documents"

    return _start(request, "add", "Adding documents", work)


async def ask(request: Request) -> Response:
    """Rank the ways a weapon may have come to its holder."""
    form = request.state.form
    wanted = form.get("weapon", "").strip(), form.get("holder", "").strip()
    at = _day(form.get("at", ""))
    if not all(wanted):
        raise MisuseError("a sighting has a weapon and a holder", next_step="Fill in both")

    def work(book: Casebook, progress: Progress) -> str:
        progress("trace", 0, None)
        return f"/custody/{trace_sighting(book, wanted, at).id}"

    return _start(request, "ask", "Tracing custody", work)


async def prepare(request: Request) -> Response:
    """Compose the dossier of a trace and show its gate."""
    trace_id = request.state.form.get("trace", "")

    def work(book: Casebook, progress: Progress) -> str:
        progress("dossier", 0, None)
        return f"/publish/{prepare_dossier(book, trace_id).id}"

    return _start(request, "prepare", "Composing the dossier", work)


async def write(request: Request) -> Response:
    """Hold a dossier against the gate and write it."""
    form = request.state.form
    insist = form.get("insist") == "yes"

    def work(book: Casebook, progress: Progress) -> str:
        progress("publish", 0, None)
        path = publish_dossier(
            book, form.get("dossier", ""), form.get("form", "html"), insist=insist
        )
        return f"/publish?written={path.name}"

    return _start(request, "write", "Publishing", work)


async def work_out_drift(request: Request) -> Response:
    """Work out what copies changed, where a case was last run by an older enduse."""

    def work(book: Casebook, progress: Progress) -> str:
        keep_drift(book, progress)
        return "/drift"

    return _start(request, "drift", "Comparing copies with their originals", work)


async def forget(request: Request) -> Response:
    """Forget work that a killed process left."""
    note_ended(request.app.state.book.folder, request.state.form.get("work", ""))
    return RedirectResponse("/", HTTPStatus.SEE_OTHER)


async def cancel(request: Request, job_id: int) -> Response:
    """Ask a job to end; what it has finished is kept."""
    _jobs(request).cancel(job_id)
    return RedirectResponse(f"/jobs/{job_id}", HTTPStatus.SEE_OTHER)


async def show_job(request: Request, job_id: int) -> Response:
    """Show how far a job is, or go on to its result."""
    job = _find(request, job_id)
    if job.state == "done":
        return RedirectResponse(job.result, HTTPStatus.SEE_OTHER)
    answer = render(request, "job.html", job.view())
    if job.state == "running":
        answer.headers["refresh"] = "1"
    return answer


async def tell_job(request: Request, job_id: int) -> JobView:
    """Return how far a job is."""
    return _find(request, job_id).view()


async def download(request: Request, name: str) -> Response:
    """Return a published file, to be saved, never run among our own pages."""
    path = published_file(request.app.state.book, name)
    return FileResponse(path, filename=path.name, headers=_DOWNLOAD)


async def show_raw(request: Request, document_id: str) -> Response:
    """Return the bytes behind a document as plain text that no browser runs."""
    body = raw_bytes(request.app.state.book, document_id)
    return Response(body, media_type="text/plain; charset=utf-8", headers=_DOWNLOAD)


def _start(request: Request, action: Action, what: str, work: Work) -> Response:
    fields = {name: word for name, word in request.state.form.items() if name not in _OF_FORMS}
    job = _jobs(request).start(Asked(what, action, fields), work)
    if job.state == "done":
        return RedirectResponse(job.result, HTTPStatus.SEE_OTHER)
    if job.state == "failed" and "application/json" in request.headers.get("accept", ""):
        return JSONResponse(asdict(job.view()), HTTPStatus.CONFLICT)
    return RedirectResponse(f"/jobs/{job.id}", HTTPStatus.SEE_OTHER)


def _jobs(request: Request) -> Jobs:
    jobs: Jobs = request.app.state.jobs
    return jobs


def _find(request: Request, job_id: int) -> Job:
    job = _jobs(request).find(job_id)
    if job is None:
        raise NotFoundError(f"there is no job {job_id}", next_step="Start the work again")
    return job


def _day(value: str) -> date | None:
    try:
        return date.fromisoformat(value) if value else None
    except ValueError as error:
        raise MisuseError(f"{value!r} is no day", next_step="Write YYYY-MM-DD") from error
