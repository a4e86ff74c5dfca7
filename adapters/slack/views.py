"""The frame of a window: its title, its size, what it carries along."""

from __future__ import annotations

import json

from adapters.slack import limits
from adapters.slack.richtext import draw_words
from adapters.slack.text import Json, plain
from bot.shown import one_line, shortened
from bot.ui import Text, TextStyle


def modal(title: str, blocks: list[Json], *, metadata: str) -> Json:
    """Return a window; a title too long for its bar stands whole above *blocks*."""
    line = one_line(title)
    bar = shortened(line, limits.MODAL_TITLE)
    above = [] if bar == line else draw_words(Text(text=line, style=TextStyle.HEADING))
    return {
        "type": "modal",
        "title": plain(bar),
        "blocks": above + blocks,
        "private_metadata": limits.within(limits.METADATA, "What a form carries along", metadata),
    }


def sized(view: Json) -> Json:
    """Return *view* if Slack takes it.

    Raises:
        TooBig: it has too many blocks or bytes.
    """
    limits.within(limits.VIEW_BLOCKS, "A window", view["blocks"])
    limits.within(limits.VIEW_BYTES, "A window", json.dumps(view))
    return view
