"""Writes docs/pictures/workbench/*.png from the demo case: `python docs/make_shots.py`.

Needs Chromium and Playwright. Each picture is one main page of the workbench at 1280 by 800.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from enduse.case.add import add_to_case
from enduse.case.ask import trace_sighting
from enduse.case.casebook import Casebook, create_case
from enduse.case.demo import DOCUMENTS, HOLDER, WEAPON
from enduse.case.gate import prepare_dossier
from enduse.case.run import run_stages

TARGET = Path(__file__).parent / "pictures" / "workbench"


def make_case(folder: Path) -> Casebook:
    """Return the demo case, run and asked."""
    book = create_case(folder)
    add_to_case(book, [str(DOCUMENTS)])
    run_stages(book)
    return book


def main_pages(book: Casebook) -> dict[str, str]:
    """Return the address of each main page by the name of its picture."""
    trace = trace_sighting(book, (WEAPON, HOLDER)).id
    document = book.store.select(
        "SELECT document_id AS id FROM claim GROUP BY document_id ORDER BY count(*) DESC, 1"
    )[0]["id"]
    return {
        "overview": "/",
        "document": f"/documents/{document}",
        "review": f"/review?document={document}",
        "actor": "/entity/islamic-state",
        "map": "/map",
        "custody": f"/custody/{trace}",
        "contradictions": "/contradictions",
        "drift": "/drift",
        "gate": f"/publish/{prepare_dossier(book, trace).id}",
    }


def main() -> None:
    """Serve the demo and take the pictures."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        sys.exit("Chromium is not installed")
    TARGET.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        case = Path(folder) / "harbour"
        with make_case(case) as book:
            pages = main_pages(book)
        enduse = str(Path(sys.executable).parent / "enduse")
        command = [enduse, "serve", str(case), "--port", "0", "--no-browser", "--reviewer", "Ana"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:  # noqa: S603
            address = server.stdout.readline().strip() if server.stdout else ""
            for name, path in pages.items():
                take(program, f"{address.rstrip('/')}{path}", TARGET / f"{name}.png")
            server.terminate()


def take(program: str, address: str, target: Path) -> None:
    """Write the picture of a page, once its map and timeline move, if it has any."""
    options = ["--no-sandbox", "--enable-unsafe-swiftshader"]  # WebGL without a graphics card
    with sync_playwright() as running:
        browser = running.chromium.launch(executable_path=program, args=options)
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.goto(address)
        for island in ("map", "timeline"):
            if page.locator(f"script[src$='/dist/{island}.js']").count():
                page.wait_for_selector(f"figure[data-island={island}].moving", timeout=90_000)
        page.wait_for_timeout(1500)
        page.screenshot(path=target)
        browser.close()


if __name__ == "__main__":
    main()
