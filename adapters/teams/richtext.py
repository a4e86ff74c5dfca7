"""Texts, facts, lists and quotes as rich text, where no word needs escaping.

A `TextBlock` reads Markdown and a `FactSet` does as well. A `RichTextBlock` says what is bold or
a link beside the words instead of within them, so nothing that people wrote turns into markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC
from typing import Any, assert_never

from adapters.teams.text import address, inert, inert_line
from bot.shown import NOTHING
from bot.ui import Facts, Items, Line, Link, Note, Quote, Span, Strong, Text, TextStyle, When

Json = dict[str, Any]
Words = Text | Facts | Items | Quote | Note

BULLET = "\N{BULLET} "
_HEADING: Json = {"size": "large", "weight": "bolder"}
_SMALL: Json = {"size": "small", "isSubtle": True}
#: Letters, digits and marks that mean nothing in Markdown, wherever they stand.
_NO_MARKUP = re.compile(r"[^\W\d_](?:[^\W_]|[ ,;?!“”-]|: )*")


def draw_words(block: Words) -> list[Json]:
    """Return *block* as elements of a card; none when it is blank."""
    match block:
        case Text(style=TextStyle.HEADING):
            return _heading(block)
        case Text():
            return paragraph(block.text)
        case Note():
            return paragraph(block.text, **_SMALL)
        case Facts():
            return _lines(map(_fact, block.facts))
        case Items():
            return _lines(_items(block))
        case Quote():
            return [_quote(block)]
        case _:
            assert_never(block)


def paragraph(line: Line, **looks: Any) -> list[Json]:
    """Return *line* as one element, each run of it with *looks*; none when it is blank."""
    return rich(runs(line, **looks))


def rich(inlines: list[Json]) -> list[Json]:
    """Return *inlines* as one element; none when there are none."""
    return [{"type": "RichTextBlock", "inlines": inlines}] if inlines else []


def runs(line: Line, **looks: Any) -> list[Json]:
    """Return the runs of a line; none when it is blank."""
    spans = (line,) if isinstance(line, str) else line
    found = [_run(span) | looks for span in spans if span != ""]
    return found if any(run["text"].strip() for run in found) else []


def _run(span: str | Span) -> Json:
    match span:
        case str():
            return _text(inert(span))
        case Strong():
            return _text(inert(span.text) or NOTHING) | {"weight": "bolder"}
        case Link():
            opens = {"type": "Action.OpenUrl", "url": address(span.url)}
            return _text(inert_line(span.label)) | {"selectAction": opens}
        case When():
            return _text(in_their_zone(span))
        case _:
            assert_never(span)


def _text(text: str) -> Json:
    return {"type": "TextRun", "text": text}


def in_their_zone(when: When) -> str:
    """Return the instant in the words that each client puts into its reader's own zone."""
    at = when.at.astimezone(UTC).replace(microsecond=0, tzinfo=None).isoformat() + "Z"
    return f"{{{{DATE({at},SHORT)}}}} {{{{TIME({at})}}}}"


def _heading(block: Text) -> list[Json]:
    """Return a heading that screen readers announce, if no word of it could be Markdown."""
    if isinstance(block.text, str) and _NO_MARKUP.fullmatch(block.text):
        return [
            {"type": "TextBlock", "text": block.text, "style": "heading", "wrap": True, **_HEADING}
        ]
    return paragraph(block.text, **_HEADING)


def _fact(fact: tuple[str, Line]) -> list[Json]:
    label, value = fact
    name = _run(Strong(text=f"{inert_line(label)}: "))
    return [name, *(runs(value) or [_text(NOTHING)])]


def _items(block: Items) -> Iterator[list[Json]]:
    for number, item in enumerate(block.items, start=1):
        mark = _text(f"{number}. " if block.numbered else BULLET)
        yield [mark, *(runs(item) or [_text(NOTHING)])]


def _lines(lines: Iterable[list[Json]]) -> list[Json]:
    """Return *lines* below each other in one element."""
    inlines: list[Json] = []
    for first, *others in lines:
        begin = first | {"text": f"\n{first['text']}"} if inlines else first
        inlines += [begin, *others]
    return rich(inlines)


def _quote(block: Quote) -> Json:
    items = rich(runs(block.text) or [_text(NOTHING)])
    if block.source:
        items += paragraph(f"— {inert_line(block.source)}", **_SMALL)
    return {"type": "Container", "style": "emphasis", "items": items}
