"""Every page and its data: one table, so that a page and the API give the same answer.

In: a request. Out: for `/x` the page, for `/api/x` the same view as JSON, described by OpenAPI.
"""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Annotated, Any, get_type_hints

import msgspec
from fastapi import Depends, FastAPI, Query
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from enduse.case import gate
from enduse.case.casebook import Casebook
from enduse.case.views import (
    custody,
    documents,
    doubts,
    entities,
    incidents,
    maps,
    media,
    overview,
    review,
    search,
)
from enduse.web.render import render


async def the_book(request: Request) -> Casebook:
    """Return the open casebook."""
    book: Casebook = request.app.state.book
    return book


Book = Annotated[Casebook, Depends(the_book)]
Page = Annotated[int, Query(ge=0, le=20_000, description="Which page of the list, from 0.")]
Words = Annotated[str, Query(max_length=200, description="Words, or parts of words.")]
Word = Annotated[str, Query(max_length=60)]


async def show_overview(book: Book) -> overview.Overview:
    """The case at a glance: what it holds, what waits, what could not be done."""
    return overview.view_overview(book)


async def show_documents(book: Book, text: Words = "", page: Page = 0) -> documents.DocumentList:
    """Documents, latest first."""
    return documents.list_documents(book, text, page)


async def show_document(book: Book, document_id: str) -> documents.DocumentView:
    """One document: text, claims, copies, bytes, run log."""
    return documents.view_document(book, document_id)


async def show_media(book: Book, page: Page = 0) -> media.MediaList:
    """Pictures, videos and sounds that were preserved as files of their own."""
    return media.list_media(book, page)


async def show_queue(book: Book, document: Word = "") -> review.Queue:
    """The document to review next, with its open claims."""
    return review.view_queue(book, document)


async def show_many(book: Book, column: Word = "kind", word: Word = "") -> review.Chosen:
    """What a decision on many claims would touch."""
    return review.view_chosen(book, column, word)


async def show_names(
    book: Book, verdict: Word = "unsure", page: Page = 0, own: Page = 0
) -> review.NameList:
    """Names tied to entities, by the program and by people."""
    return review.list_names(book, verdict, page, own)


async def show_copies(book: Book, page: Page = 0) -> review.CopyList:
    """Documents that copy others, with the passages side by side."""
    return review.list_copies(book, page)


async def show_decisions(book: Book, page: Page = 0) -> review.Ledger:
    """The ledger of decisions, latest first."""
    return review.list_decisions(book, page)


async def show_incidents(book: Book, kind: Word = "", page: Page = 0) -> incidents.IncidentList:
    """Incidents, latest first."""
    return incidents.list_incidents(book, kind, page)


async def show_contradictions(book: Book, page: Page = 0) -> incidents.IncidentList:
    """Incidents that somebody denies, or that cannot both be true."""
    return incidents.list_incidents(book, "", page, doubted=True)


async def show_map(book: Book, kind: Word = "") -> maps.CaseMap:
    """Where the latest incidents were, as areas."""
    return maps.view_map(book, kind)


async def show_incident(book: Book, incident_id: str) -> incidents.IncidentView:
    """One incident: claims, denials, witnesses, reasons."""
    return incidents.view_incident(book, incident_id)


async def show_parties(
    book: Book, kind: str, text: Words = "", page: Page = 0
) -> entities.PartyList:
    """Weapons, actors or places, those of most incidents first."""
    return entities.list_parties(book, kind, text, page)


async def show_party(book: Book, party: str) -> entities.PartyView:
    """One weapon, actor or place."""
    return entities.view_party(book, party)


async def show_traces(book: Book) -> custody.TraceList:
    """The questions asked: which weapon with whom."""
    return custody.list_traces(book)


async def show_trace(book: Book, trace_id: str) -> custody.TraceView:
    """The ranked chains of one sighting."""
    return custody.view_trace(book, trace_id)


async def show_drift(book: Book, page: Page = 0) -> doubts.DriftList:
    """What copies changed: hedges dropped, speakers lost, numbers, hardened headlines."""
    return doubts.list_drift(book, page)


async def show_plans(book: Book, page: Page = 0) -> doubts.PlanList:
    """Planned transfers, each with a risk card."""
    return doubts.list_plans(book, page)


async def show_risk(book: Book, claim_id: str) -> doubts.RiskView:
    """The diversion-risk card of a planned transfer."""
    return doubts.view_risk(book, claim_id)


async def show_search(book: Book, words: Words = "") -> search.Found:
    """Documents, claims and entities that hold the words."""
    return search.search_case(book, words)


async def show_dossiers(book: Book) -> gate.Desk:
    """Dossiers composed so far, and the files published."""
    return gate.view_desk(book)


async def show_gate(book: Book, dossier_id: str) -> gate.Gate:
    """What stands between a dossier and the public."""
    return gate.view_gate(book, dossier_id)


@dataclass(frozen=True, slots=True)
class View:
    """A page: where, by which template, from which data."""

    path: str
    template: str
    build: Callable[..., Awaitable[Any]]


VIEWS = (
    View("/", "overview.html", show_overview),
    View("/documents", "documents.html", show_documents),
    View("/documents/{document_id}", "document.html", show_document),
    View("/pictures", "pictures.html", show_media),
    View("/review", "review.html", show_queue),
    View("/review/many", "many.html", show_many),
    View("/names", "names.html", show_names),
    View("/copies", "copies.html", show_copies),
    View("/decisions", "decisions.html", show_decisions),
    View("/incidents", "incidents.html", show_incidents),
    View("/contradictions", "incidents.html", show_contradictions),
    View("/map", "map.html", show_map),
    View("/incidents/{incident_id}", "incident.html", show_incident),
    View("/entities/{kind}", "entities.html", show_parties),
    View("/entity/{party:path}", "entity.html", show_party),
    View("/custody", "traces.html", show_traces),
    View("/custody/{trace_id}", "trace.html", show_trace),
    View("/drift", "drift.html", show_drift),
    View("/plans", "plans.html", show_plans),
    View("/plans/{claim_id}", "risk.html", show_risk),
    View("/search", "search.html", show_search),
    View("/publish", "desk.html", show_dossiers),
    View("/publish/{dossier_id}", "gate.html", show_gate),
)


_REFUSALS: dict[int | str, dict[str, Any]] = {
    404: {"description": "There is no such thing."},
    409: {"description": "It cannot be told of this thing; the message says why."},
}


def add_pages(app: FastAPI) -> None:
    """Hang every page and its data onto the application."""
    for view in VIEWS:
        path = "/api/overview" if view.path == "/" else f"/api{view.path}"
        app.get(
            path,
            response_class=Response,
            responses={200: _schema(view), **_REFUSALS},
            operation_id=view.build.__name__,
            tags=["views"],
        )(_as_json(view))
        app.get(view.path, response_class=HTMLResponse, include_in_schema=False)(_as_page(view))


def _as_json(view: View) -> Callable[..., Awaitable[Response]]:
    async def answer(**given: Any) -> Response:
        body = msgspec.json.encode(await view.build(**given))
        return Response(body, media_type="application/json")

    return _signed(answer, view)


def _as_page(view: View) -> Callable[..., Awaitable[Response]]:
    async def answer(request: Request, **given: Any) -> Response:
        return render(request, view.template, await view.build(**given))

    return _signed(answer, view, inspect.Parameter("request", _KEYWORD, annotation=Request))


_KEYWORD = inspect.Parameter.KEYWORD_ONLY


def _signed(
    answer: Callable[..., Awaitable[Response]], view: View, *more: inspect.Parameter
) -> Callable[..., Awaitable[Response]]:
    """Return the answer with the parameters of the view, as FastAPI reads them."""
    asked = inspect.signature(view.build, eval_str=True).parameters.values()
    kept = [parameter.replace(kind=_KEYWORD) for parameter in asked]
    answer.__signature__ = inspect.Signature([*more, *kept])  # type: ignore[attr-defined]
    answer.__doc__ = view.build.__doc__
    return answer


def _schema(view: View) -> dict[str, Any]:
    """Return how OpenAPI describes the answer."""
    shape = get_type_hints(view.build)["return"]
    schema = msgspec.json.schema(shape, ref_template="#/components/schemas/{name}")
    name = schema["$ref"].rsplit("/", 1)[-1]
    return {
        "description": (view.build.__doc__ or "").strip(),
        "content": {"application/json": {"schema": {"$ref": f"#/components/schemas/{name}"}}},
    }


def component_schemas() -> dict[str, Any]:
    """Return the shapes of all answers, by name."""
    shapes = [get_type_hints(view.build)["return"] for view in VIEWS]
    _, found = msgspec.json.schema_components(shapes, ref_template="#/components/schemas/{name}")
    return found
