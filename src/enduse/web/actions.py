"""What people do: decide, take back, correct, mark words, merge, split, ask, prepare, publish.

In: a form, read and checked by the guard. Out: the page it came from, or a record for a script.
Every decision is signed; a page that shows what was done offers to take it back.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from http import HTTPStatus
from urllib.parse import parse_qsl, urlencode, urlsplit

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from enduse.case import by_hand, deciding, gate, judging
from enduse.case.casebook import Casebook
from enduse.case.standing import decisions_on
from enduse.case.views import review
from enduse.errors import MisuseError
from enduse.model.claim import Part
from enduse.model.decision import Decision, Matter
from enduse.web.render import LANGUAGES, signer_of, to_cookie
from enduse.web.working import add_work

_TOLD = ("done", "batch")
_YEAR_SECONDS = 31_536_000
Form = dict[str, str]


def add_actions(app: FastAPI) -> None:
    """Hang every action onto the application."""
    actions: dict[str, Callable[[Request], Awaitable[Response]]] = {
        "/decide": decide,
        "/decide-many": decide_many,
        "/replies": tell_replies,
        "/tie": tie_picture,
        "/undo": undo,
        "/correct": correct,
        "/claims": mark_claim,
        "/judge": judge,
        "/unjudge": unjudge,
        "/language": choose_language,
        "/reviewer": choose_reviewer,
    }
    for path, action in actions.items():
        app.post(path, include_in_schema=False)(action)
    add_work(app)


async def decide(request: Request) -> Response:
    """Keep a decision on one thing."""
    book, form = _given(request)
    matter, subject = _matter(form), _need(form, "subject")
    if matter is Matter.CLAIM:
        _refuse_corrected(book, subject)
    decision = deciding.decide(
        book,
        matter,
        subject,
        _need(form, "verdict"),
        form.get("because", ""),
        _signer(request, form),
    )
    return _answer(request, form, decision)


async def decide_many(request: Request) -> Response:
    """Keep the same decision on claims alike in one thing, exactly those the preview showed."""
    book, form = _given(request)
    ids = review.choose_claims(
        book, _need(form, "column"), _need(form, "word"), form.get("mark", "")
    )
    signer = _signer(request, form)
    kept = deciding.decide_many(
        book, Matter.CLAIM, ids, _need(form, "verdict"), form.get("because", ""), signer
    )
    return _answer(request, form, kept[-1] if kept else None, batch=len(kept) > 1)


async def tell_replies(request: Request) -> Response:
    """Keep the same word on every party of a dossier of which nobody said anything yet."""
    book, form = _given(request)
    kept = deciding.decide_many(
        book,
        Matter.REPLY,
        gate.view_gate(book, _need(form, "dossier")).unasked,
        _need(form, "verdict"),
        form.get("because", ""),
        _signer(request, form),
    )
    return _answer(request, form, kept[-1] if kept else None, batch=len(kept) > 1)


async def tie_picture(request: Request) -> Response:
    """Keep that a picture belongs to a document."""
    book, form = _given(request)
    subject = f"{_need(form, 'picture')} {_need(form, 'document')}"
    decision = deciding.decide(book, Matter.TIE, subject, "tied", "", _signer(request, form))
    return _answer(request, form, decision)


async def undo(request: Request) -> Response:
    """Take a decision back, or all that were taken at once with it."""
    book, form = _given(request)
    given = _need(form, "decision"), _signer(request, form)
    if form.get("batch") == "yes":
        return _answer(request, form, deciding.take_back_batch(book, *given)[-1])
    return _answer(request, form, deciding.take_back(book, *given))


async def correct(request: Request) -> Response:
    """Keep a corrected claim in place of another."""
    book, form = _given(request)
    subject = _need(form, "subject")
    _refuse_corrected(book, subject)
    decision = by_hand.correct_claim(
        book,
        subject,
        _draft(form),
        form.get("because", ""),
        _signer(request, form),
    )
    return _answer(request, form, decision)


async def mark_claim(request: Request) -> Response:
    """Keep a new claim on marked words, or on words typed or pasted in."""
    book, form = _given(request)
    document = _need(form, "document")
    if form.get("start") and form.get("end"):
        place = _whole(form, "start"), _whole(form, "end")
    else:
        turn = _whole(form, "turn") if form.get("turn") else 1
        quote = _need(form, "quote").replace("\r\n", "\n")  # as a browser sends lines
        place = by_hand.find_words(book, document, quote, turn)
    decision = by_hand.make_claim(
        book, document, place, _draft(form), form.get("because", ""), _signer(request, form)
    )
    return _answer(request, form, decision)


async def judge(request: Request) -> Response:
    """Keep that two names or entities are the same, different, or that one is unsure."""
    book, form = _given(request)
    conclusion = (_need(form, "left"), _need(form, "verdict"), _need(form, "right"))
    judging.record_judgement(book, conclusion, form.get("because", ""), _signer(request, form))
    return _answer(request, form, None)


async def unjudge(request: Request) -> Response:
    """Take the last such judgement back."""
    book, form = _given(request)
    judging.retract_judgement(
        book,
        _need(form, "left"),
        _need(form, "verdict"),
        _need(form, "right"),
        _signer(request, form),
    )
    return _answer(request, form, None)


async def choose_language(request: Request) -> Response:
    """Keep the language of the interface in a cookie."""
    _, form = _given(request)
    language = form.get("lang", "en")
    answer = RedirectResponse(_back(form), HTTPStatus.SEE_OTHER)
    _set_cookie(answer, "lang", language if language in LANGUAGES else "en")
    return answer


async def choose_reviewer(request: Request) -> Response:
    """Keep the name under which this browser signs in a cookie."""
    _, form = _given(request)
    answer = RedirectResponse(_back(form), HTTPStatus.SEE_OTHER)
    _set_cookie(answer, "reviewer", to_cookie(form.get("by", "").strip()))
    return answer


def _set_cookie(answer: Response, name: str, value: str) -> None:
    answer.set_cookie(name, value, max_age=_YEAR_SECONDS, httponly=True, samesite="strict")


def _given(request: Request) -> tuple[Casebook, Form]:
    return request.app.state.book, request.state.form


def _need(form: Form, name: str) -> str:
    value = form.get(name, "").strip()
    if not value:
        raise MisuseError(f"{name} is missing", next_step="Fill it in and try again")
    return value


def _refuse_corrected(book: Casebook, claim_id: str) -> None:
    """Refuse what a page from before a correction asks: the claim and its correction would stand.

    Raises:
        MisuseError: another claim stands in the place of this one.
    """
    if any(one.verdict == "correct" for one in decisions_on(book, Matter.CLAIM, [claim_id])):
        raise MisuseError(
            "the claim was corrected after this page was made",
            claim_id,
            "Reload the page; to decide on it anew, take the correction back",
        )


def _whole(form: Form, name: str) -> int:
    value = _need(form, name)
    if not (value.isascii() and value.isdigit() and len(value) < 10):  # noqa: PLR2004 - a place
        raise MisuseError(f"{name} {value!r} is no number", next_step="Mark the words again")
    return int(value)


def _matter(form: Form) -> Matter:
    try:
        return Matter(form.get("matter", "claim"))
    except ValueError as error:
        raise MisuseError(str(error), next_step="Reload the page") from error


def _signer(request: Request, form: Form) -> str:
    return form.get("by", "").strip()[:80] or signer_of(request)


def _draft(form: Form) -> by_hand.Draft:
    names = {
        part.value: form[f"role-{part.value}"] for part in Part if f"role-{part.value}" in form
    }
    told = {
        name: form.get(name, "").strip()
        for name in ("mode", "status", "speaker", "since", "until", "quantity")
    }
    return by_hand.Draft(
        kind=_need(form, "kind"),
        roles=names,
        polarity=form.get("polarity") or "affirmed",
        certainty=form.get("certainty") or "certain",
        **told,
    )


def _answer(
    request: Request, form: Form, decision: Decision | None, *, batch: bool = False
) -> Response:
    """Return a record to a script, else the page the form came from, with the offer to undo."""
    if "application/json" in request.headers.get("accept", ""):
        kept = decision.id if decision else ""
        verdict = decision.verdict if decision else ""
        return JSONResponse({"decision": kept, "verdict": verdict})
    done = decision.id if decision and decision.retracts is None else ""
    return RedirectResponse(_back(form, done, batch=batch), HTTPStatus.SEE_OTHER)


def _back(form: Form, done: str = "", *, batch: bool = False) -> str:
    """Return the local address to go back to; never one of another host."""
    parts = urlsplit(form.get("back") or "/")
    path = parts.path if parts.path.startswith("/") and not parts.path.startswith("//") else "/"
    query = [(name, value) for name, value in parse_qsl(parts.query) if name not in _TOLD]
    if done:
        query += [("done", done), *([("batch", "yes")] if batch else [])]
    tail = f"?{urlencode(query)}" if query else ""
    anchor = f"#{parts.fragment}" if parts.fragment else ""
    return f"{path}{tail}{anchor}"
