"""A real Chromium on a real server: each test has its own copy of the demo case.

Skipped, with the reason, where Playwright or Chromium is not installed:
`pip install -e '.[browser]'`, `apt-get install chromium`, `npm ci` in this folder for axe-core.
"""

import contextlib
import shutil
import socket
import threading
from pathlib import Path

import pytest
import uvicorn

from enduse.case.add import add_to_case
from enduse.case.ask import trace_sighting
from enduse.case.casebook import create_case, open_case
from enduse.case.demo import DOCUMENTS, HOLDER, WEAPON
from enduse.case.run import run_stages
from enduse.web.app import make_app


@pytest.fixture(scope="session")
def chromium():
    playwright = pytest.importorskip(
        "playwright.sync_api", reason="Playwright is not installed: pip install -e '.[browser]'"
    )
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        pytest.skip("Chromium is not installed: apt-get install chromium")
    with playwright.sync_playwright() as running:
        browser = running.chromium.launch(
            executable_path=program,
            args=[
                "--no-sandbox",
                "--enable-unsafe-swiftshader",  # WebGL without a graphics card
            ],
        )
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def finished(tmp_path_factory):
    folder = tmp_path_factory.mktemp("cases") / "demo"
    with create_case(folder) as book:
        add_to_case(book, [str(DOCUMENTS)])
        run_stages(book)
        trace_sighting(book, (WEAPON, HOLDER))
    return folder


@pytest.fixture
def case(chromium, finished, tmp_path):
    """A copy of the finished demo, open."""
    folder = tmp_path / "demo"
    shutil.copytree(finished, folder)
    with open_case(folder, {"reviewer": "Ana Example"}) as book:
        yield book


@pytest.fixture
def address(case):
    """Where the workbench on the case answers."""
    with answering(case) as found:
        yield found


@pytest.fixture
def serve_case(finished, tmp_path):
    """Serves a copy of the finished demo with settings of its own."""

    @contextlib.contextmanager
    def serve(flags):
        folder = tmp_path / "own"
        shutil.copytree(finished, folder)
        settings = {"reviewer": "Ana Example", **flags}
        with open_case(folder, settings) as book, answering(book) as found:
            yield found

    return serve


@contextlib.contextmanager
def answering(case):
    """Answer on the case from a thread; yield the address."""
    listener = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(make_app(case), log_level="error", lifespan="off")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    server.should_exit = True
    thread.join(10)
    listener.close()


@pytest.fixture
def page(chromium, address):
    """A page that notes every request off the loopback, every error and every refused rule."""
    context = chromium.new_context(base_url=address, viewport={"width": 1360, "height": 900})
    opened = context.new_page()
    opened.set_default_timeout(30_000)
    trouble = []
    opened.on("request", lambda one: one.url.startswith(address) or trouble.append(one.url))
    opened.on("pageerror", lambda error: trouble.append(str(error)))
    opened.on("console", lambda said: said.type == "error" and trouble.append(said.text))
    yield opened
    context.close()
    assert trouble == []


AXE = Path(__file__).parent / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture
def violations():
    """Returns what axe finds on a page: rule and the first places."""
    if not AXE.exists():
        pytest.skip("axe-core is not installed: npm ci in tests/browser")

    def look(page):
        page.evaluate(AXE.read_text(encoding="utf-8"))
        found = page.evaluate("tags => axe.run(document, {runOnly: tags})", TAGS)["violations"]
        return [(one["id"], [node["html"][:120] for node in one["nodes"][:3]]) for one in found]

    return look


@pytest.fixture
def until():
    """Waits until an expression is true; the page's policy forbids Playwright's own way."""

    def wait(page, expression):
        for _ in range(100):
            if page.evaluate(expression):
                return
            page.wait_for_timeout(100)
        pytest.fail(f"never true: {expression}")

    return wait
