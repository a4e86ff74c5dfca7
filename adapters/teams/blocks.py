"""Every block of a message as elements of a card."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import assert_never

from adapters.teams import limits
from adapters.teams.buttons import draw_button
from adapters.teams.richtext import Json, draw_words, paragraph
from adapters.teams.tables import draw_table
from adapters.teams.text import inert
from bot.ui import Block, Buttons, Divider, Facts, File, Image, Items, Note, Quote, Table, Text

#: Bots may hand out files in one-to-one chats alone, and only after a consent.
_NO_FILES = "A file that Microsoft Teams does not take from me: "


@dataclass
class Page:
    """One card while it is drawn: the dialog it stands in, if any, and what is used up."""

    instance: str = ""
    picture_bytes_left: int = limits.PICTURE_BYTES


def draw(blocks: Iterable[Block], page: Page) -> list[Json]:
    """Return *blocks* in order."""
    return separated(drawn for block in blocks for drawn in draw_block(block, page))


def draw_block(block: Block, page: Page) -> list[Json | None]:
    """Return one block as elements of a card; none when it is blank, None for a divider."""
    match block:
        case Text() | Facts() | Items() | Quote() | Note():
            return [*draw_words(block)]
        case Divider():
            return [None]
        case Table():
            return [*draw_table(block)]
        case File():
            return [*paragraph((_NO_FILES, block.alt))]
        case Image():
            return [*_image(block, page)]
        case Buttons():
            return [*_buttons(block, page)]
        case _:
            assert_never(block)


def separated(elements: Iterable[Json | None]) -> list[Json]:
    """Return *elements*, with a line above each that comes after a None."""
    found: list[Json] = []
    line = False
    for element in elements:
        if element is not None:
            found.append({**element, "separator": True} if line and found else element)
        line = element is None
    return found


def _image(block: Image, page: Page) -> list[Json]:
    """Return the picture within the card, or its words where there is no room for it."""
    if not 0 < len(block.png) <= page.picture_bytes_left:
        return paragraph(("Picture: ", block.alt))
    page.picture_bytes_left -= len(block.png)
    return [
        {
            "type": "Image",
            "url": f"data:image/png;base64,{base64.b64encode(block.png).decode()}",
            "altText": inert(block.alt),
            "msteams": {"allowExpand": True},
        }
    ]


def _buttons(block: Buttons, page: Page) -> Iterator[Json]:
    actions = [draw_button(button, page.instance) for button in block.buttons]
    for at in range(0, len(actions), limits.ROW_BUTTONS):
        yield {"type": "ActionSet", "actions": actions[at : at + limits.ROW_BUTTONS]}
