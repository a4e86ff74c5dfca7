"""What is read of a reported message's place, the same on every platform or refused for good."""

from dataclasses import replace

import pytest

from bot.errors import DeliveryError
from bot.inbound import FileRef
from bot.platform import NOT_HANDED_OUT, TOO_LARGE
from bot.ui import Message
from tests.adapters.contract.side import Side

pytestmark = pytest.mark.repeats

MOST = 1000


async def say(side: Side, *words: str, thread: str | None = None) -> list[str]:
    """Let the bot say *words* one after the other; return the names of the messages."""
    place = replace(side.place, thread=thread)
    said = [await side.platform.post(place, Message(text=text), key=text) for text in words]
    return [ref.id for ref in said]


async def refusal(side: Side, message: str) -> str:
    """Return why nobody may read what was said before a message."""
    with pytest.raises(DeliveryError) as refused:
        await side.platform.before(side.place, message)
    assert refused.value.permanent
    return refused.value.code


async def test_the_last_few_messages_before_one_are_read_in_order(side: Side) -> None:
    *_, last = await say(side, "one", "two", "three", "four", "five", "six", "seven")

    if not side.can_find:
        assert await refusal(side, last) == NOT_HANDED_OUT
        return
    said = await side.platform.before(side.place, last)
    assert [one.text for one in said] == ["two", "three", "four", "five", "six"]
    assert all(one.sent_at and one.author for one in said)


async def test_of_a_thread_its_beginning_is_read_as_well(side: Side) -> None:
    [root] = await say(side, "root")
    *_, last = await say(side, "1", "2", "3", "4", "5", "6", "7", thread=root)

    if not side.can_find:
        assert await refusal(side, last) == NOT_HANDED_OUT
        return
    said = await side.platform.before(replace(side.place, thread=root), last)
    assert [one.text for one in said] == ["root", "2", "3", "4", "5", "6"]


async def test_where_the_bot_is_not_it_reads_nothing(side: Side) -> None:
    with pytest.raises(DeliveryError) as refused:
        await side.platform.before(side.closed, "1600000000.000100")

    assert refused.value.permanent


async def test_a_file_is_read_as_it_was_attached(side: Side) -> None:
    content = bytes(range(256))

    assert await side.platform.download(side.attach(content), most=MOST) == content


async def test_a_file_that_is_too_large_is_refused_for_good(side: Side) -> None:
    with pytest.raises(DeliveryError) as refused:
        await side.platform.download(side.attach(b"x" * (MOST + 1)), most=MOST)

    assert (refused.value.code, refused.value.permanent) == (TOO_LARGE, True)


async def test_a_file_that_is_gone_is_refused_for_good(side: Side) -> None:
    gone = FileRef("F0GONE", "gone.bin", 1, "", address="")

    with pytest.raises(DeliveryError) as refused:
        await side.platform.download(gone, most=MOST)

    assert refused.value.permanent
