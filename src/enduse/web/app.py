"""The application: pages, API, actions and static files over one open casebook.

In: an open casebook. Out: an ASGI application. Nothing is loaded from elsewhere; the API is
described at `/api/openapi.json`.
"""

from __future__ import annotations

from http import HTTPStatus
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.staticfiles import StaticFiles

from enduse.case.casebook import Casebook
from enduse.case.views.custody import picture_style
from enduse.errors import EnduseError, NotFoundError
from enduse.web.actions import add_actions
from enduse.web.base_map import add_base_map, check_base_map
from enduse.web.guard import HEADERS, Guard, make_token
from enduse.web.jobs import Jobs
from enduse.web.media import add_media
from enduse.web.pages import add_pages, component_schemas
from enduse.web.render import render

_STATIC = Path(__file__).parent / "static"


def make_app(book: Casebook, token: str | None = None) -> FastAPI:
    """Return the workbench on an open casebook.

    Args:
        book: the casebook; the caller closes it.
        token: what the forms carry; None makes one for this run.

    Raises:
        MisuseError: the base map in the settings is none.
    """
    app = FastAPI(
        title="enduse",
        description="The data behind every page of the workbench, read only.",
        version="1",
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/openapi.json",
    )
    app.state.book = book
    app.state.name = book.folder.resolve().name
    app.state.token = token or make_token()
    flags = {"reviewer": book.settings.reviewer or None}
    app.state.base_map = check_base_map(book)
    app.state.built = find_built(_STATIC / "dist")
    app.state.jobs = Jobs(book.folder, flags)
    app.get("/static/chains.css", include_in_schema=False)(_send_picture_style)
    add_base_map(app)
    add_media(app)
    app.mount("/static", StaticFiles(directory=_STATIC), name="static")
    add_pages(app)
    add_actions(app)
    app.add_exception_handler(EnduseError, _show_error)
    app.add_exception_handler(RequestValidationError, _show_error)
    app.add_exception_handler(HTTPException, _show_error)
    app.add_exception_handler(Exception, _show_fault)
    app.add_middleware(Guard, token=app.state.token)
    _describe(app)
    return app


def find_built(folder: Path) -> frozenset[str]:
    """Return the islands of script that were bundled when the package was built, maybe none."""
    return frozenset(path.stem for path in folder.glob("*.js"))


async def _send_picture_style() -> Response:
    return Response(picture_style(), media_type="text/css")


def _describe(app: FastAPI) -> None:
    """Add the shapes of all answers to the description of the API."""
    made = app.openapi

    def described() -> dict[str, Any]:
        schema = made()
        schema.setdefault("components", {}).setdefault("schemas", {}).update(component_schemas())
        return schema

    app.openapi = described  # type: ignore[method-assign]


async def _show_error(request: Request, error: Exception) -> Response:
    """Return what is wrong and the next step: a record to a script, a page to a person."""
    status, words, step = _read_error(error)
    wants_record = "application/json" in request.headers.get("accept", "")
    if request.url.path.startswith("/api") or wants_record:
        return JSONResponse({"message": words, "next_step": step}, status)
    shown = {"message": words, "next_step": step, "status": status}
    return render(request, "error.html", shown, status)


async def _show_fault(request: Request, error: Exception) -> Response:
    """Return that the program failed; beyond the guard, so its headers are set here."""
    answer = await _show_error(request, error)
    answer.headers.update(HEADERS)
    return answer


def _read_error(error: Exception) -> tuple[int, str, str]:
    if isinstance(error, EnduseError):
        status = HTTPStatus.NOT_FOUND if isinstance(error, NotFoundError) else HTTPStatus.CONFLICT
        return status, error.message, error.next_step
    if isinstance(error, HTTPException):
        return error.status_code, str(error.detail), "See the overview"
    if isinstance(error, RequestValidationError):
        first = error.errors()[0]
        where = ".".join(str(part) for part in first.get("loc", ()))
        return (
            HTTPStatus.UNPROCESSABLE_ENTITY,
            f"{where}: {first.get('msg', '')}",
            "Mend the address",
        )
    words = f"the program failed: {type(error).__name__}: {error}"
    step = "What was kept before is kept. Try again; the terminal says where it failed"
    return HTTPStatus.INTERNAL_SERVER_ERROR, words, step
