"""The pure decisions about rooms, by table."""

import pytest

from bot.errors import Invalid
from bot.inbound import Place
from storage.places import RoomPlace
from workflows.rooms import rules


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("triage", "triage"),
        (" #Security-Triage ", "security-triage"),
        ("7", "7"),
        ("x" * 40, "x" * 40),
    ],
)
def test_a_room_is_named_by_one_word(text: str, name: str) -> None:
    assert rules.room_name(text) == name


@pytest.mark.parametrize(
    "text", ["", "#", "two words", "-triage", "triage!", "büro", "x" * 41, "a\nb", "##a"]
)
def test_a_name_that_cannot_be_typed_as_one_word_is_refused(text: str) -> None:
    with pytest.raises(Invalid):
        rules.room_name(text)


@pytest.mark.parametrize(
    ("thread", "of_thread", "kept"),
    [
        ("7.1", True, "7.1"),
        ("7.1", False, None),
        (None, True, None),
    ],
)
def test_a_room_is_in_the_channel_unless_the_thread_is_named(
    thread: str | None, of_thread: bool, kept: str | None
) -> None:
    here = Place("slack", "T1", "C1", thread, viewer="U1")

    assert rules.place_of(here, thread=of_thread) == RoomPlace("slack", "T1", "C1", kept)
