"""What can be read off the page's files without a browser."""

import re
from pathlib import Path

import pytest

STATIC = Path(__file__).parents[2] / "adapters" / "simulator" / "static"
SOURCES = sorted(path for path in STATIC.iterdir() if path.is_file())
MARKUP_SINKS = re.compile(
    r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|srcdoc|\beval\(|new Function|DOMParser"
)
INLINE = re.compile(r"<style|<script(?![^>]*\bsrc=)|\sstyle=|\son\w+=|javascript:", re.IGNORECASE)


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.name)
def test_a_file_of_the_page_is_short(source: Path) -> None:
    lines = source.read_text().splitlines()

    assert len(lines) <= 400


@pytest.mark.parametrize("source", sorted(STATIC.glob("*.js")), ids=lambda path: path.name)
def test_no_script_turns_text_into_markup(source: Path) -> None:
    assert MARKUP_SINKS.findall(source.read_text()) == []


def test_the_page_holds_no_inline_script_or_style() -> None:
    assert INLINE.findall((STATIC / "index.html").read_text()) == []


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.name)
def test_nothing_is_loaded_from_elsewhere(source: Path) -> None:
    namespaces = {"http://www.w3.org/2000/svg"}
    # Patterns such as /^https?:/ name no host; an address does.
    addresses = set(re.findall(r"https?://[\w.-]+[\w./-]*", source.read_text()))

    assert addresses <= namespaces


def test_every_module_is_used_and_every_import_exists() -> None:
    modules = {path.name for path in STATIC.glob("*.js")}
    imported = {
        name
        for path in STATIC.glob("*.js")
        for name in re.findall(r'from "\./([\w.]+)"', path.read_text())
    }

    assert imported | {"page.js"} == modules
