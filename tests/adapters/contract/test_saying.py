"""Posts and edits, and what each failure means, the same on every platform."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.errors import DeliveryError
from bot.platform import MessageRef
from bot.ui import Message, Text
from storage import posts
from tests.adapters.contract.side import Side, Trouble
from tests.adapters.sample_tree import sample_message
from tests.adapters.toy import PARAGRAPH

pytestmark = pytest.mark.repeats

HELLO = Message(text="Hello.", blocks=(Text(text="Hello there."),))
#: The key under which the toy announces.
ANNOUNCEMENT = "announcement"
CLOSED = Message(text="Closed.")

HOSTILE = [
    "<!channel> <@U0BEN> @here @channel",
    "<at>Ben Lindqvist</at>",
    "*bold* _italic_ `code` **bold** # heading",
    "[bank](https://evil.example) <https://evil.example|bank>",
    "{{DATE(2026-11-23T09:30:00Z)}} <!date^0^{date}|never>",
    "&lt;at&gt;Ben&lt;/at&gt; <b>bold</b>",
]


def long_ago() -> datetime:
    return datetime.now(UTC) - timedelta(hours=1)


async def test_a_post_is_read_by_all(side: Side) -> None:
    ref = await side.platform.post(side.place, HELLO, key="send:1")

    assert ref.place == side.place
    assert ["Hello there." in said for said in side.public()] == [True]


async def test_every_block_can_be_posted(side: Side) -> None:
    await side.platform.post(side.place, sample_message(), key="send:1")

    [said] = side.public()
    for words in ("should C-104 go on?", "split", "Berlin", "Ada, interviewer", "Withdraw"):
        assert words in said


async def test_a_post_can_go_into_a_thread(side: Side) -> None:
    root = await side.platform.post(side.place, HELLO, key="send:1")
    thread = replace(side.place, thread=root.id)

    reply = await side.platform.post(thread, HELLO, key="send:2")

    assert reply.place == thread
    assert reply.id != root.id
    assert len(side.public()) == 2


async def test_an_edit_replaces_everything_that_stood_there(side: Side) -> None:
    ref = await side.platform.post(side.place, HELLO, key="send:1")

    await side.platform.edit(ref, CLOSED)

    [said] = side.public()
    assert "Closed." in said
    assert "Hello" not in said


async def test_a_reply_can_be_edited_as_well(side: Side) -> None:
    root = await side.platform.post(side.place, HELLO, key="send:1")
    reply = await side.platform.post(replace(side.place, thread=root.id), HELLO, key="send:2")

    await side.platform.edit(reply, CLOSED)

    assert ["Closed." in said for said in side.public()] == [False, True]


async def test_a_second_send_under_the_same_key_edits_the_first(side: Side) -> None:
    await side.whisper("ada", "announce")
    await side.is_told("ada", "Press one")

    await side.whisper("ada", "announce")
    await side.whisper("ada", "term last")
    await side.is_told("ada", "You asked for last.")

    assert ["Press one" in said for said in side.told("ada")].count(True) == 1


async def test_a_second_send_is_posted_anew_where_the_first_is_gone(side: Side) -> None:
    await side.whisper("ada", "announce")
    await side.is_told("ada", "Press one")

    side.lose("ada", "Press one")
    await side.whisper("ada", "announce")
    await side.is_told("ada", "Press one")

    # What comes after it in the same chat waits until it is noted.
    await side.whisper("ada", "term last")
    await side.is_told("ada", "You asked for last.")
    first, second = await side.database.read(lambda session: posts.all_for(session, ANNOUNCEMENT))
    assert (first.dead, second.dead) == (True, False)


async def test_what_is_gone_cannot_be_edited(side: Side) -> None:
    gone = MessageRef(side.place, "1600000000.000100" if side.can_find else "1600000000000")

    with pytest.raises(DeliveryError) as refused:
        await side.platform.edit(gone, CLOSED)

    assert refused.value.permanent


async def test_somebodys_own_chat_is_opened_once_and_takes_posts(side: Side) -> None:
    chat = await side.platform.direct(side.user("ada"))
    again = await side.platform.direct(side.user("ada"))

    await side.platform.post(chat, HELLO, key="send:1")

    assert chat == again
    assert ["Hello there." in said for said in side.told("ada")] == [True]
    assert side.public() == []


async def test_what_one_person_may_see_no_other_sees(side: Side) -> None:
    await side.platform.post(side.place.privately(side.user("ada")), HELLO, key="send:1")

    assert ["Hello there." in said for said in side.told("ada")] == [True]
    assert side.public() == []
    assert side.told("ben") == []


async def test_what_all_read_is_not_replaced_by_what_one_may_see(side: Side) -> None:
    ref = await side.platform.post(side.place, HELLO, key="send:1")
    private = MessageRef(side.place.privately(side.user("ada")), ref.id)

    with pytest.raises(DeliveryError) as refused:
        await side.platform.edit(private, CLOSED)

    assert refused.value.permanent
    assert "Hello there." in side.public()[0]


async def test_a_post_is_found_by_its_key_where_the_platform_lets_us_look(side: Side) -> None:
    ref = await side.platform.post(side.place, HELLO, key="send:1")

    found = await side.platform.find(side.place, "send:1", long_ago())
    other = await side.platform.find(side.place, "send:2", long_ago())

    assert found == (ref if side.can_find else None)
    assert other is None


async def test_a_post_before_a_moment_is_not_found_after_it(side: Side) -> None:
    await side.platform.post(side.place, HELLO, key="send:1")

    assert await side.platform.find(side.place, "send:1", datetime.now(UTC) + timedelta(1)) is None


@pytest.mark.parametrize("where", ["closed", "nowhere"])
async def test_where_the_bot_cannot_post_is_said_for_good(side: Side, where: str) -> None:
    with pytest.raises(DeliveryError) as refused:
        await side.platform.post(getattr(side, where), HELLO, key="send:1")

    assert refused.value.permanent
    assert not refused.value.unknown


async def test_what_is_too_large_is_refused_for_good_and_not_cut(side: Side) -> None:
    with pytest.raises(DeliveryError, match="nothing was sent") as refused:
        await side.platform.post(
            side.place, Message(text="Too much", blocks=(PARAGRAPH,) * 60), key="send:1"
        )

    assert refused.value.permanent
    assert side.public() == []


async def test_a_limit_says_when_to_come_back_and_nothing_is_repeated(side: Side) -> None:
    side.fail(Trouble.LIMITED, seconds=17)

    with pytest.raises(DeliveryError) as later:
        await side.platform.post(side.place, HELLO, key="send:1")

    assert (later.value.retry_after, later.value.permanent) == (17, False)
    assert not later.value.unknown
    assert side.public() == []


@pytest.mark.parametrize("trouble", [Trouble.UNANSWERED, Trouble.DOWN, Trouble.GARBAGE])
async def test_an_unknown_outcome_is_said_and_nothing_is_repeated(
    side: Side, trouble: Trouble
) -> None:
    side.fail(trouble)

    with pytest.raises(DeliveryError) as lost:
        await side.platform.post(side.place, HELLO, key="send:1")

    assert (lost.value.unknown, lost.value.permanent) == (True, False)
    assert len(side.public()) <= 1


async def test_a_post_whose_answer_was_lost_is_found_where_that_can_be(side: Side) -> None:
    side.fail(Trouble.UNANSWERED)

    with pytest.raises(DeliveryError):
        await side.platform.post(side.place, HELLO, key="send:1")

    found = await side.platform.find(side.place, "send:1", long_ago())
    assert len(side.public()) == 1
    assert (found is not None) == side.can_find


@pytest.mark.parametrize("text", HOSTILE)
async def test_hostile_words_are_read_as_they_were_written(side: Side, text: str) -> None:
    await side.platform.post(side.place, Message(text=text, blocks=(Text(text=text),)), key="1")

    [said] = side.public()
    assert text in said.replace("\u2060", "")
    assert side.obeyed() == []
