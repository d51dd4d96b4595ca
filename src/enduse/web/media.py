"""The bytes of pictures: always encoded anew; all else only as a file to save.

In: a key of `enduse.case.views.media`. Out: `/media/KEY` the picture, `/media/KEY?as=cover` its
grey blur, `/media/KEY?as=file` the bytes as received, to be saved, never run among our own pages.
Refused: what is no picture, by name.
"""

from __future__ import annotations

from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from enduse.case.views.media import media_bytes, show_image
from enduse.errors import MisuseError

_SAVED = {
    "content-security-policy": "sandbox; default-src 'none'",
    "content-disposition": "attachment",
}


def add_media(app: FastAPI) -> None:
    """Hang the two addresses of pictures onto the application."""
    app.get("/media/{owner}", include_in_schema=False)(send_media)
    app.get("/media/{owner}/{number}", include_in_schema=False)(send_media)


async def send_media(request: Request, owner: str, number: int = 0) -> Response:
    """Return the picture in the form asked for."""
    form = request.query_params.get("as", "picture")
    key = f"{owner}/{number}" if number else owner
    kind, body = media_bytes(request.app.state.book, key)
    if form == "file":
        return Response(body, media_type="application/octet-stream", headers=_SAVED)
    if kind != "image":
        raise MisuseError(f"{key} is {kind}, which is only saved", next_step="Save it as a file")
    made = await run_in_threadpool(show_image, body, cover=form == "cover")
    return Response(made.body, media_type=made.media_type)
