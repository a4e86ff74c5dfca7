"""How meetings and their agendas look."""

from collections.abc import Sequence

from bot.ui import Block, Button, Buttons, Message, Text


def said(text: str, *blocks: Block, buttons: Sequence[Button] = ()) -> Message:
    """Return a message that begins with its text, and ends with its buttons."""
    row = (Buttons(buttons=tuple(buttons)),) if buttons else ()
    return Message(text=text, blocks=(Text(text=text), *blocks, *row) if blocks or row else ())
