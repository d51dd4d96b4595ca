"""A small case with every kind of page, open in the workbench."""

import shutil

import pytest
from starlette.testclient import TestClient

from enduse.case.add import add_to_case
from enduse.case.ask import trace_sighting
from enduse.case.casebook import create_case, open_case
from enduse.case.demo import DOCUMENTS, HOLDER, WEAPON
from enduse.case.gate import prepare_dossier
from enduse.case.run import run_stages
from enduse.web import jobs
from enduse.web.app import make_app

TOKEN = "token-of-this-test"


@pytest.fixture(scope="session")
def finished(tmp_path_factory):
    """The demo case with every stage run, a question asked and a dossier composed."""
    folder = tmp_path_factory.mktemp("finished") / "demo"
    with create_case(folder) as made:
        add_to_case(made, [str(DOCUMENTS)])
        run_stages(made)
        prepare_dossier(made, trace_sighting(made, (WEAPON, HOLDER)).id)
    return folder


@pytest.fixture(scope="module")
def book(finished, tmp_path_factory):
    """A copy of it for the tests of one module, open."""
    folder = tmp_path_factory.mktemp("case") / "demo"
    shutil.copytree(finished, folder)
    with open_case(folder) as opened:
        yield opened


@pytest.fixture
def client(book, monkeypatch):
    monkeypatch.setattr(jobs, "AT_ONCE", 60)  # wait for work however busy the machine is
    app = make_app(book, TOKEN)
    with TestClient(app, base_url="http://127.0.0.1:8765", follow_redirects=False) as opened:
        opened.cookies.set("reviewer", "Ana%20Example")
        yield opened


@pytest.fixture
def post(client):
    def send(path, **fields):
        return client.post(path, data={"token": TOKEN, "back": "/decisions", **fields})

    return send
