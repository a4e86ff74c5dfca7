"""What can be read off the page's files without a browser."""

import re
from pathlib import Path

import pytest

STATIC = Path(__file__).parents[2] / "adapters" / "simulator" / "static"
SOURCES = sorted(path for path in STATIC.rglob("*") if path.is_file())
SCRIPTS = [path for path in SOURCES if path.suffix == ".js"]
MARKUP_SINKS = re.compile(
    r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|srcdoc|\beval\(|new Function|DOMParser"
)
INLINE = re.compile(r"<style|<script(?![^>]*\bsrc=)|\sstyle=|\son\w+=|javascript:", re.IGNORECASE)


def named(path: Path) -> str:
    return str(path.relative_to(STATIC))


@pytest.mark.parametrize("source", SOURCES, ids=named)
def test_a_file_of_the_page_is_short(source: Path) -> None:
    lines = source.read_text().splitlines()

    assert len(lines) <= 400


@pytest.mark.parametrize("source", SCRIPTS, ids=named)
def test_no_script_turns_text_into_markup(source: Path) -> None:
    assert MARKUP_SINKS.findall(source.read_text()) == []


def test_the_page_holds_no_inline_script_or_style() -> None:
    assert INLINE.findall((STATIC / "index.html").read_text()) == []


@pytest.mark.parametrize("source", SOURCES, ids=named)
def test_nothing_is_loaded_from_elsewhere(source: Path) -> None:
    namespaces = {"http://www.w3.org/2000/svg"}
    # Patterns such as /^https?:/ name no host; an address does.
    addresses = set(re.findall(r"https?://[\w.-]+[\w./-]*", source.read_text()))

    assert addresses <= namespaces


def test_every_module_is_used_and_every_import_exists() -> None:
    imported = {
        (path.parent / name).resolve()
        for path in SCRIPTS
        for name in re.findall(r'from "(\.[\w./]+)"', path.read_text())
    }

    assert imported | {STATIC / "page.js"} == set(SCRIPTS)


@pytest.mark.parametrize("platform", ["slack", "teams"])
def test_what_both_platforms_use_knows_neither(platform: str) -> None:
    others = [path for path in SCRIPTS if path.parent.name != platform and path.name != "page.js"]

    assert [named(path) for path in others if f"/{platform}/" in path.read_text()] == []
