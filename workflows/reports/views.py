"""What several parts of reports show."""

from collections.abc import Sequence
from datetime import datetime

from bot.shown import moment
from bot.ui import Block, Button, Buttons, Message, Note, Text, When


def with_buttons(text: str, buttons: Sequence[Button], *blocks: Block, note: str = "") -> Message:
    """Return a sentence with more below it, and buttons at the end."""
    shown: list[Block] = [Text(text=text), *blocks]
    if note:
        shown.append(Note(text=note))
    if buttons:
        shown.append(Buttons(buttons=tuple(buttons)))
    return Message(text=" ".join(filter(None, (text, note))), blocks=tuple(shown))


def timed(text: str, label: str, at: datetime, buttons: Sequence[Button] = ()) -> Message:
    """Return a sentence with a moment below it, which each reader sees in their own zone."""
    blocks: list[Block] = [Text(text=text), Note(text=(f"{label} ", When(at=at)))]
    if buttons:
        blocks.append(Buttons(buttons=tuple(buttons)))
    return Message(text=f"{text} {label} {moment(at)}.", blocks=tuple(blocks))


def cut(text: str, most: int) -> str:
    """Return the beginning of a text, in at most so many bytes: platforms count those."""
    if len(text.encode()) <= most:
        return text
    kept = text.encode()[: most - len("…".encode())].decode(errors="ignore")
    return f"{kept}…"


def newest(texts: Sequence[str], most: int) -> list[str]:
    """Return the last of some texts, in order, as many as fit into so many bytes together."""
    kept: list[str] = []
    for text in reversed(texts):
        most -= len(text.encode())
        if most < 0:
            break
        kept.insert(0, text)
    return kept
