"""What comes later than it should says so, on every way that a message is read."""

from datetime import UTC, datetime, timedelta

from bot.lateness import marked
from bot.ui import Message, Note, Text

DUE = datetime(2026, 3, 2, 9, tzinfo=UTC)
CALL = Message(text="Please come.", blocks=(Text(text="Please come."),), due=DUE)


def test_what_comes_within_a_minute_says_nothing() -> None:
    assert marked(CALL, DUE + timedelta(seconds=59)) == CALL


def test_what_comes_late_says_so_below_all_else_and_where_only_the_text_is_read() -> None:
    late = "This is late by a minute: Parley could not send it before."

    said = marked(CALL, DUE + timedelta(seconds=119))

    assert said.text == f"Please come. {late}"
    assert said.blocks == (*CALL.blocks, Note(text=late))
