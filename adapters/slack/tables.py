"""Tables: Slack's own where it takes one, otherwise columns of aligned text."""

from __future__ import annotations

from collections.abc import Iterator

from adapters.slack import limits
from adapters.slack.richtext import preformatted
from adapters.slack.text import Json
from bot.shown import columns, one_line, pieces
from bot.ui import Table

Row = tuple[str, ...]


def fits_native(table: Table) -> bool:
    """Say whether Slack's own table can hold *table*."""
    rows = _rows(table)
    return (
        0 < len(table.header) <= limits.TABLE_COLUMNS
        and len(rows) <= limits.TABLE_ROWS
        and all(len(cell) <= limits.SECTION for row in rows for cell in row)
        and sum(len(cell) for row in rows for cell in row) <= limits.TABLE_CHARACTERS
    )


def native(table: Table) -> Json:
    """Return Slack's table block; long cells wrap instead of being hidden."""
    rows = [[{"type": "raw_text", "text": cell} for cell in row] for row in _rows(table)]
    return {"type": "table", "rows": rows, "column_settings": [{"is_wrapped": True}] * len(rows[0])}


def aligned(table: Table) -> list[Json]:
    """Return the table as aligned text, the header repeated in each block."""
    header, *rows = columns(_rows(table))
    if not header:
        return []
    room = limits.SECTION - len(header) - 1
    if room < limits.SECTION // 2:
        return [preformatted(text) for text in _filled([header, *rows], limits.SECTION)]
    return [preformatted(f"{header}\n{text}") for text in _filled(rows, room)] or [
        preformatted(header)
    ]


def _rows(table: Table) -> list[Row]:
    return [tuple(map(one_line, row)) for row in (table.header, *table.rows)]


def _filled(lines: list[str], room: int) -> Iterator[str]:
    """Yield *lines* joined to texts of at most *room* characters."""
    text = ""
    for piece in (piece for line in lines for piece in pieces(line, room)):
        if text and len(text) + 1 + len(piece) > room:
            yield text
            text = ""
        text = f"{text}\n{piece}" if text else piece
    if text:
        yield text
