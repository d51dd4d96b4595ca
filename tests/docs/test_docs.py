"""The documents tell what the program does: every command, setting, link and public name."""

import importlib.util
import re
import tomllib
from pathlib import Path

import pytest

import enduse
from enduse.settings import Settings

ROOT = Path(__file__).parents[2]
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])


def test_the_command_line_page_is_fresh():
    found = importlib.util.spec_from_file_location("make_cli", ROOT / "docs" / "make_cli.py")
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    assert module.TARGET.read_text(encoding="utf-8") == module.describe_all()


def test_every_setting_is_documented():
    page = (ROOT / "docs" / "reference" / "settings.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `(\w+)`", page, re.MULTILINE)) == set(Settings.__dataclass_fields__)


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_links_lead_somewhere(page):
    for target in re.findall(r"\]\(([^)#]+)", page.read_text(encoding="utf-8")):
        if "://" not in target:
            assert (page.parent / target).exists(), target


def test_every_public_name_exists():
    for name in enduse.__all__:
        assert getattr(enduse, name) is not None
    assert set(enduse._HOMES) == set(enduse.__all__)


def test_constraints_agree_with_the_lock():
    locked = {
        (package["name"], package["version"])
        for package in tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))["package"]
        if "version" in package
    }
    pinned = re.findall(
        r"^([\w.-]+)==([^\s;]+)",
        (ROOT / "constraints.txt").read_text(encoding="utf-8"),
        re.MULTILINE,
    )
    assert len(pinned) > 20
    for name, version in pinned:
        assert (name.lower(), version) in locked


def test_readme_commands_are_single_lines():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for which in ("demo", "test"):
        block = re.search(rf"<!-- {which} command -->\n```sh\n(.*?)\n```", readme, re.DOTALL)
        assert block is not None
        assert "\n" not in block.group(1)
