"""Texts, facts, lists and quotes as rich text, where no word needs escaping.

Rich text says what is bold, a link or a date beside the words instead of within them, so
nothing that people wrote can turn into markup.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC
from typing import assert_never

from adapters.slack import limits
from adapters.slack.text import Json, address, plain
from bot.shown import NOTHING, one_line, pieces, visible
from bot.ui import Facts, Items, Line, Link, Quote, Span, Strong, Text, TextStyle, When

Words = Text | Facts | Items | Quote

#: In a reader's own zone, such as "Nov 23, 2026 9:30 AM" or "today 9:30 AM".
DATE_FORMAT = "{date_short_pretty} {time}"
_NEW_LINE: Json = {"type": "text", "text": "\n"}


def draw_words(block: Words) -> list[Json]:
    """Return *block* as blocks of Slack's; none when it is blank."""
    match block:
        case Text(style=TextStyle.HEADING):
            return _heading(block)
        case Text():
            return paragraph(block.text)
        case Facts():
            return _packed(_fact_parts(block))
        case Items():
            return _packed(_item_parts(block))
        case Quote():
            return _packed(_quote_parts(block))
        case _:
            assert_never(block)


def paragraph(line: Line) -> list[Json]:
    """Return *line* as one block, or several when it is long."""
    return _packed(_section(chunk) for chunk in _chunks(elements(line)))


def preformatted(text: str) -> Json:
    """Return *text*, which fits into one block, in letters of one width."""
    return _rich_text([{"type": "rich_text_preformatted", "elements": [_text(text)]}])


def elements(line: Line) -> list[Json]:
    """Return the elements of a line; none when it is blank."""
    spans = (line,) if isinstance(line, str) else line
    found = [_element(span) for span in spans if span != ""]
    return found if any(element.get("text", "-").strip() for element in found) else []


def fallback(when: When) -> str:
    """Return the instant as text, with its zone, for readers whose client cannot show it."""
    return f"{when.at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def _element(span: str | Span) -> Json:
    match span:
        case str():
            return _text(span)
        case Strong():
            return {**_text(span.text or NOTHING), "style": {"bold": True}}
        case Link():
            url = address(span.url)
            return {"type": "link", "url": url, "text": one_line(span.label)}
        case When():
            seconds = int(span.at.timestamp())
            date = {"type": "date", "timestamp": seconds, "format": DATE_FORMAT}
            return {**date, "fallback": fallback(span)}
        case _:
            assert_never(span)


def _text(text: str) -> Json:
    return {"type": "text", "text": visible(text)}


def _heading(block: Text) -> list[Json]:
    line = elements(block.text)
    title = one_line("".join(element.get("text", "") for element in line))
    if not line:
        return []
    plain_words = all(element["type"] == "text" for element in line)
    if plain_words and len(title) <= limits.HEADER:
        return [{"type": "header", "text": plain(title)}]
    for element in line:
        element["style"] = {"bold": True}
    return _packed(_section(chunk) for chunk in _chunks(line))


def _fact_parts(block: Facts) -> Iterator[Json]:
    for label, value in block.facts:
        name = _element(Strong(text=f"{one_line(label)}: "))
        line = [name, *(elements(value) or [_text(NOTHING)])]
        yield from (_section(chunk) for chunk in _chunks(line))


def _item_parts(block: Items) -> Iterator[Json]:
    for index, item in enumerate(block.items):
        first, *rest = _chunks(elements(item) or [_text(NOTHING)])
        yield _item(first, index=index, numbered=block.numbered)
        yield from (_section(chunk) for chunk in rest)


def _item(line: list[Json], *, index: int, numbered: bool) -> Json:
    style = "ordered" if numbered else "bullet"
    item = {"type": "rich_text_list", "style": style, "elements": [_section(line)]}
    return {**item, "offset": index} if numbered and index else item


def _quote_parts(block: Quote) -> Iterator[Json]:
    for chunk in _chunks(elements(block.text) or [_text(NOTHING)]):
        yield {"type": "rich_text_quote", "elements": chunk}
    if block.source:
        yield _section([_text(f"— {one_line(block.source)}")])


def _section(line: list[Json]) -> Json:
    return {"type": "rich_text_section", "elements": line}


def _rich_text(parts: list[Json]) -> Json:
    return {"type": "rich_text", "elements": parts}


def _size(element: Json) -> int:
    inner = element.get("elements")
    if inner is not None:
        return sum(_size(part) for part in inner)
    return len(element.get("text") or element["fallback"])


def _chunks(line: list[Json]) -> list[list[Json]]:
    """Return *line* in runs that each fit into one block; nothing is left out."""
    if sum(map(_size, line)) <= limits.SECTION:
        return [line] if line else []
    chunks: list[list[Json]] = [[]]
    room = limits.SECTION
    for element in _small(line):
        if _size(element) > room:
            chunks.append([])
            room = limits.SECTION
        chunks[-1].append(element)
        room -= _size(element)
    return chunks


def _small(line: list[Json]) -> Iterator[Json]:
    """Yield *line* in elements small enough to fill blocks evenly; a date stays whole."""
    for element in line:
        if "text" not in element:
            yield element
            continue
        for piece in pieces(element["text"], limits.SECTION // 6):
            yield {**element, "text": piece}


def _packed(parts: Iterable[Json]) -> list[Json]:
    """Return *parts* in as few blocks as they fit into, in order."""
    blocks: list[list[Json]] = []
    room = 0
    for part in parts:
        size = _size(part) + 1
        if size > room:
            blocks.append([])
            room = limits.SECTION + 1
        _join(blocks[-1], part)
        room -= size
    return [_rich_text(block) for block in blocks]


def _join(parts: list[Json], part: Json) -> None:
    """Add *part*, going on with the list or paragraph before it if it is of the same kind."""
    before: Json = parts[-1] if parts else {"type": None}
    match part["type"], before["type"]:
        case "rich_text_list", "rich_text_list":
            before["elements"] += part["elements"]
        case "rich_text_section", "rich_text_section":
            before["elements"] += [_NEW_LINE, *part["elements"]]
        case _:
            parts.append(part)
