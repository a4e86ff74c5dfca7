"""What comes later than it should says so."""

from datetime import datetime, timedelta

from bot.ui import Message, Note

#: Nobody needs a word about less.
GRACE = timedelta(minutes=1)
_MINUTE = timedelta(minutes=1)


def marked(message: Message, now: datetime) -> Message:
    """Return a message that is posted *now*, and says by how much that is late."""
    if message.due is None or now - message.due < GRACE:
        return message
    said = _late((now - message.due) // _MINUTE)
    blocks = (*message.blocks, Note(text=said)) if message.blocks else ()
    return message.model_copy(update={"text": f"{message.text} {said}", "blocks": blocks})


def _late(minutes: int) -> str:
    counted = "a minute" if minutes == 1 else f"{minutes:,} minutes"
    return f"This is late by {counted}: Parley could not send it before."
