"""What several parts of reports show."""

from collections.abc import Sequence

from bot.ui import Block, Button, Buttons, Message, Note, Text


def with_buttons(text: str, buttons: Sequence[Button], *blocks: Block, note: str = "") -> Message:
    """Return a sentence with more below it, and buttons at the end."""
    shown: list[Block] = [Text(text=text), *blocks]
    if note:
        shown.append(Note(text=note))
    if buttons:
        shown.append(Buttons(buttons=tuple(buttons)))
    return Message(text=" ".join(filter(None, (text, note))), blocks=tuple(shown))
