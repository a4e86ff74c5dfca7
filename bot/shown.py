"""Plain text on its way to a screen: every character is seen, and none is obeyed."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import assert_never

from bot.ui import Line, Link, Span, Strong, When

#: Stands where a text is empty, which no platform takes.
NOTHING = "—"

_GAP = "  "
#: A cell wider than this is not cut, it only pushes the rest of its row to the right.
_WIDEST_COLUMN = 30

_LINE_ENDS = "\r\u2028\u2029"
#: Control characters, characters that turn the writing direction around, lone surrogates.
_HOSTILE = re.compile(
    "\r\n|[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufff9-\ufffb\ufeff\ud800-\udfff]"
)


def visible(text: str) -> str:
    """Return *text* with control and direction characters as signs that can be seen."""
    return _HOSTILE.sub(_sign, text)


def _sign(found: re.Match[str]) -> str:
    char = found.group()
    if char == "\r\n" or char in _LINE_ENDS:
        return "\n"
    if char < "\x20":
        return chr(0x2400 + ord(char))  # the Control Pictures block draws each of them
    if "\ud800" <= char <= "\udfff":
        return "\ufffd"
    return f"[U+{ord(char):04X}]"


def one_line(text: str) -> str:
    """Return *text* visible and on one line; a dash when it is blank."""
    return " ".join(visible(text).split()) or NOTHING


def cut(text: str, room: int) -> tuple[str, str]:
    """Return the beginning of *text* that fits into *room* characters, and the rest.

    The cut falls behind a line, or else a word; only an endless word is cut through.
    """
    if len(text) <= room:
        return text, ""
    line_end = text.rfind("\n", room // 2, room) + 1
    word_end = text.rfind(" ", 0, room) + 1
    at = line_end or word_end or room
    return text[:at], text[at:]


def pieces(text: str, room: int) -> list[str]:
    """Return *text* in pieces of at most *room* characters; joined they are *text* again."""
    found = []
    while text:
        piece, text = cut(text, room)
        found.append(piece)
    return found


def shortened(text: str, room: int) -> str:
    """Return *text*, or its beginning and an ellipsis; the caller shows the whole elsewhere."""
    if len(text) <= room:
        return text
    return cut(text, room)[0].rstrip()[: room - 1] + "…"


def columns(rows: Sequence[Sequence[str]]) -> list[str]:
    """Return each row as a line, for letters of one width: cells stand below each other."""
    widths = [min(max(map(len, column)), _WIDEST_COLUMN) for column in zip(*rows, strict=True)]
    return [
        _GAP.join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]


def moment(at: datetime) -> str:
    """Return an instant for those whose screen shows no local time, or who hear it."""
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def words(line: Line, *, moment: Callable[[datetime], str] = moment) -> str:
    """Return a line as the words that it says, for those who hear it; *moment* says instants."""
    if isinstance(line, str):
        return line
    return "".join(_word(span, moment) for span in line)


def _word(span: str | Span, moment: Callable[[datetime], str]) -> str:
    match span:
        case str():
            return span
        case Strong():
            return span.text
        case Link():
            return span.label
        case When():
            return moment(span.at)
        case _:
            assert_never(span)
