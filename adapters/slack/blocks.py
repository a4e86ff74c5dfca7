"""Every block of a message as blocks of Slack's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import TypeVar, assert_never

from adapters.slack import limits, tables
from adapters.slack.buttons import draw_button
from adapters.slack.richtext import DATE_FORMAT, draw_words, fallback, paragraph
from adapters.slack.text import Json, address, escaped, plain
from bot.shown import one_line, pieces, visible
from bot.ui import (
    Block,
    Buttons,
    Divider,
    Facts,
    File,
    Image,
    Items,
    Line,
    Link,
    Note,
    Quote,
    Strong,
    Table,
    Text,
    When,
)

T = TypeVar("T")

#: What Slack would take as markup within a link's label, and what looks the same.
_LOOKALIKES = str.maketrans("*_~`|", "\u2217\uff3f\u223c\u02cb\u2223")


@dataclass
class Page:
    """One message or view while it is drawn: its uploaded pictures, and what is used up."""

    #: The n-th picture of the message → the file it was uploaded as.
    files: Mapping[int, str] = field(default_factory=dict)
    #: Slack takes one table in a message, and none in a view.
    tables_left: int = 0
    pictures: Iterator[int] = field(default_factory=count)
    buttons: Iterator[int] = field(default_factory=count)


def draw(blocks: Iterable[Block], page: Page) -> list[Json]:
    """Return *blocks* in order; a long one becomes several."""
    return [drawn for block in blocks for drawn in draw_block(block, page)]


def draw_block(block: Block, page: Page) -> list[Json]:
    """Return one block as blocks of Slack's; none when it is blank."""
    match block:
        case Text() | Facts() | Items() | Quote():
            return draw_words(block)
        case Note():
            return _note(block)
        case Divider():
            return [{"type": "divider"}]
        case Table():
            return _table(block, page)
        case Image():
            return _image(block, page)
        case File():
            return paragraph(("File: ", block.alt))
        case Buttons():
            return _buttons(block, page)
        case _:
            assert_never(block)


def _note(block: Note) -> list[Json]:
    shown = [element for run in _runs(block.text) for element in _small_print(run)]
    return [
        {"type": "context", "elements": elements}
        for elements in batches(shown, limits.CONTEXT_ELEMENTS)
    ]


def _runs(line: Line) -> Iterator[str | When | Link]:
    """Yield *line* with neighbouring words joined: small print has no bold."""
    words = ""
    for span in (line,) if isinstance(line, str) else line:
        match span:
            case str():
                words += span
            case Strong():
                words += span.text
            case _:
                yield words
                yield span
                words = ""
    yield words


def _small_print(run: str | When | Link) -> list[Json]:
    """Return *run* for a context block, which knows no rich text.

    Words stay plain; only our own dates and links are mrkdwn, each in an element of its own.
    """
    match run:
        case str():
            text = visible(run).strip()
            return [plain(piece) for piece in pieces(text, limits.SECTION) if piece.strip()]
        case When():
            token = f"<!date^{int(run.at.timestamp())}^{DATE_FORMAT}|{fallback(run)}>"
        case Link():
            label = escaped(one_line(run.label)).translate(_LOOKALIKES)
            token = f"<{escaped(address(run.url))}|{label}>"
        case _:
            assert_never(run)
    limits.within(limits.SECTION, "A link in a note", token)
    return [{"type": "mrkdwn", "text": token, "verbatim": True}]


def _table(block: Table, page: Page) -> list[Json]:
    if page.tables_left and tables.fits_native(block):
        page.tables_left -= 1
        return [tables.native(block)]
    return tables.aligned(block)


def _image(block: Image, page: Page) -> list[Json]:
    """Return the picture, or its words where it could not be uploaded."""
    file = page.files.get(next(page.pictures))
    if file is None:
        return paragraph(("Picture: ", block.alt))
    picture: Json = {"type": "image", "slack_file": {"id": file}}
    alt = visible(block.alt)
    if len(alt) <= limits.ALT_TEXT:
        return [{**picture, "alt_text": alt}]
    below = {**picture, "alt_text": "A picture; the text below it says what it shows."}
    return [below, *paragraph(block.alt)]


def _buttons(block: Buttons, page: Page) -> list[Json]:
    drawn = [draw_button(button, next(page.buttons)) for button in block.buttons]
    return [{"type": "actions", "elements": row} for row in batches(drawn, limits.ROW_BUTTONS)]


def batches(things: Sequence[T], size: int) -> list[list[T]]:
    """Return *things* in lists of at most *size*."""
    return [list(things[at : at + size]) for at in range(0, len(things), size)]
