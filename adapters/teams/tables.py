"""Tables: the card's own where they fit, otherwise columns of aligned text."""

from __future__ import annotations

from adapters.teams import limits
from adapters.teams.richtext import Json, rich, runs
from adapters.teams.text import inert, inert_line
from bot.shown import columns
from bot.ui import Strong, Table

NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"

Row = tuple[str, ...]


def draw_table(table: Table) -> list[Json]:
    """Return *table* as elements of a card; none when it has no columns."""
    rows = [tuple(map(inert_line, row)) for row in (table.header, *table.rows)]
    width = len(table.header)
    if not width:
        return []
    if width > limits.TABLE_COLUMNS or width * len(rows) > limits.TABLE_CELLS:
        return _aligned(rows)
    return [_native(rows)]


def _native(rows: list[Row]) -> Json:
    header, *others = rows
    return {
        "type": "Table",
        "firstRowAsHeader": True,
        "columns": [{"width": 1} for _ in header],
        "rows": [_row([_cell(Strong(text=text)) for text in header])]
        + [_row([_cell(text) for text in row]) for row in others],
    }


def _row(cells: list[Json]) -> Json:
    return {"type": "TableRow", "cells": cells}


def _cell(text: str | Strong) -> Json:
    return {"type": "TableCell", "items": rich(runs((text,)))}


def _aligned(rows: list[Row]) -> list[Json]:
    """Return *rows* in letters of one width; blanks that break would be drawn as one."""
    text = "\n".join(columns(rows)).replace(" ", NO_BREAK_SPACE)
    return rich([{"type": "TextRun", "text": inert(text), "fontType": "monospace"}])
