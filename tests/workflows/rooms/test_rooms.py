"""Admins say which channels make up a room."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.errors import DeliveryError
from bot.inbound import Command
from bot.platform import SHARED, Standing
from bot.ui import Answer
from storage import places
from storage.places import RoomPlace
from tests.bot.platforms import MemoryPlatform
from tests.workflows.people.house import SLACK, TEAMS, House, account, channel, text_of

TOO_MANY = DeliveryError("too_many_readers", permanent=True)
ON_SLACK = RoomPlace("slack", "T1", "C1")
ON_TEAMS = RoomPlace("teams", "tenant", "C1")


async def places_of(house: House, room: str) -> list[RoomPlace]:
    return await house.read(lambda session: places.places_of(session, room))


async def says_in_a_thread(house: House, words: str) -> Answer:
    return await house.engine.handle(
        Command(
            id=f"thread-{words}",
            user=account("Adam"),
            place=replace(channel(SLACK), thread="17.5"),
            name="",
            text=words,
        )
    )


async def test_a_room_has_a_place_on_each_platform(house: House) -> None:
    first = await house.says("Adam", "room add Triage", SLACK)
    second = await house.says("Adam", "room add triage", TEAMS)

    assert await places_of(house, "triage") == [ON_SLACK, ON_TEAMS]
    assert text_of(first).startswith("“triage” is a new room")
    assert text_of(second).startswith("This channel is now one of the 2 places of “triage”.")


async def test_everybody_in_the_channel_is_told(house: House) -> None:
    await house.says("Adam", "room add triage", TEAMS)
    await house.run_timers()
    await house.says("Adam", "room remove", TEAMS)

    came, went = await house.sent()
    assert came.place == went.place == channel(TEAMS)
    assert came.message.text.startswith("Adam made this channel part of the room “triage”")
    assert went.message.text.startswith("Adam took this channel out of the room “triage”")


async def test_a_channel_that_left_before_it_was_looked_at_is_not_told_that_it_came(
    house: House,
) -> None:
    await house.says("Adam", "room add triage")
    await house.says("Adam", "room remove")

    await house.run_timers()

    [went] = await house.sent()
    assert went.message.text.startswith("Adam took this channel out")


@pytest.mark.parametrize(
    ("readers", "refusal", "told", "listed"),
    [
        (["Mia"], None, "stands here.", "triage: this channel."),
        (["Mia", "Gus"], None, "people of other companies read along here", "from outside read"),
        (["Mia", "Sue"], None, "people of other companies read along here", "from outside read"),
        ([], DeliveryError(SHARED, permanent=True), "companies read along here", "outside read"),
        ([], TOO_MANY, "could not find out who reads here", "who reads there is not known"),
    ],
)
async def test_a_place_says_whether_people_from_outside_read_along(
    house: House,
    slack: MemoryPlatform,
    readers: list[str],
    refusal: DeliveryError | None,
    told: str,
    listed: str,
) -> None:
    slack.standings |= {account("Gus"): Standing.GUEST, account("Sue"): Standing.FOREIGN}
    slack.members["C1"] = [account(name) for name in readers]
    slack.fail("readers", *[refusal] if refusal else [])

    await house.says("Adam", "room add triage")
    await house.run_timers()

    [announced] = await house.sent()
    assert told in announced.message.text
    assert listed in text_of(await house.says("Adam", "room list"))


async def test_a_platform_that_does_not_answer_is_asked_again_before_anybody_is_told(
    house: House, slack: MemoryPlatform
) -> None:
    slack.fail("readers", DeliveryError("unavailable"))
    await house.says("Adam", "room add triage")

    with pytest.raises(DeliveryError):
        await house.run_timers()
    early = await house.sent()
    house.clock.advance(timedelta(minutes=2))
    await house.run_timers()

    [announced] = await house.sent()
    assert early == []
    assert "stands here." in announced.message.text


async def test_before_anybody_looked_it_is_not_known_who_reads_in_a_place(house: House) -> None:
    await house.says("Adam", "room add triage")

    listed = text_of(await house.says("Adam", "room list"))

    assert listed.startswith("triage: this channel (who reads there is not known).")
    assert "nothing sensitive is posted either" in listed


async def test_a_guest_who_came_later_is_seen_the_next_day_without_another_word(
    house: House, slack: MemoryPlatform
) -> None:
    await house.says("Adam", "room add triage")
    await house.run_timers()
    before = await house.sent()
    slack.standings[account("Gus")] = Standing.GUEST
    slack.members["C1"] = [account("Gus")]

    await house.starts_timer("rooms.look_again")
    await house.run_timers()

    assert "read along" in text_of(await house.says("Adam", "room list"))
    assert await house.sent() == before


async def test_the_same_channel_is_not_added_twice(house: House) -> None:
    await house.says("Adam", "room add triage")

    again = await house.says("Adam", "room add #TRIAGE")

    assert "part of “triage” already" in text_of(again)
    assert await places_of(house, "triage") == [ON_SLACK]


async def test_a_channel_is_meant_where_somebody_asks_in_a_thread(house: House) -> None:
    await says_in_a_thread(house, "room add triage")
    await says_in_a_thread(house, "room add drills --thread")

    assert await places_of(house, "triage") == [ON_SLACK]
    assert await places_of(house, "drills") == [replace(ON_SLACK, thread="17.5")]


@pytest.mark.parametrize("name", ["", "two words", "-x", "a" * 41, "rôle", "x_y"])
async def test_a_name_that_is_not_one_plain_word_is_refused(house: House, name: str) -> None:
    refused = await house.says("Adam", f"room add {name}")

    assert "A room's name is one word" in text_of(refused)
    assert await house.sent() == []


async def test_a_chat_of_two_is_no_room(house: House) -> None:
    refused = await house.engine.handle(
        Command(
            id="alone",
            user=account("Adam", TEAMS),
            place=channel(TEAMS),
            one_to_one=True,
            name="",
            text="room add triage",
        )
    )

    assert "This is a chat of the two of us" in text_of(refused)
    assert await places_of(house, "triage") == []


async def test_a_channel_leaves_its_only_room_without_a_name(house: House) -> None:
    await house.says("Adam", "room add triage", SLACK)
    await house.says("Adam", "room add triage", TEAMS)

    one_left = await house.says("Adam", "room remove", SLACK)
    none_left = await house.says("Adam", "room remove triage", TEAMS)

    assert text_of(one_left) == "This channel is no longer part of “triage”; 1 place is left."
    assert "“triage” has no place any more" in text_of(none_left)
    assert await places_of(house, "triage") == []


async def test_of_several_rooms_one_is_named(house: House) -> None:
    await house.says("Adam", "room add triage")
    await house.says("Adam", "room add drills")

    unsaid = await house.says("Adam", "room remove")
    other = await house.says("Adam", "room remove votes")
    said = await house.says("Adam", "room remove drills")

    assert "“room remove drills”, “room remove triage”" in text_of(unsaid)
    assert "It is part of “drills”, “triage”." in text_of(other)
    assert text_of(said).startswith("“drills” has no place")
    assert await places_of(house, "triage") == [ON_SLACK]


async def test_a_channel_in_no_room_cannot_leave_one(house: House) -> None:
    assert "This channel is in no room" in text_of(await house.says("Adam", "room remove triage"))


async def test_all_rooms_are_listed_with_their_places(house: House) -> None:
    assert "There is no room yet" in text_of(await house.says("Adam", "room list"))
    await house.says("Adam", "room add triage", SLACK)
    await house.says("Adam", "room add triage", TEAMS)
    await says_in_a_thread(house, "room add drills --thread")
    await house.run_timers()

    for words in ("room", "room list"):
        listed = text_of(await house.says("Adam", words, TEAMS))
        assert listed == "drills: Slack C1 (a thread). triage: Slack C1, this channel."


@pytest.mark.parametrize("platform", [SLACK, TEAMS])
@pytest.mark.parametrize("words", ["room", "room list", "room add triage", "room remove triage"])
async def test_nobody_but_an_admin_touches_rooms(house: House, words: str, platform: str) -> None:
    await house.says("Adam", "room add triage", SLACK)
    await house.says("Adam", "room add triage", TEAMS)

    for name in ("Mia", "Lena", "Lee", "Sam"):
        refused = text_of(await house.says(name, words, platform))
        assert "not for you to see or do" in refused or "I do not know you" in refused
    assert await places_of(house, "triage") == [ON_SLACK, ON_TEAMS]
    allowed = text_of(await house.says("Adam", words, platform))
    assert "not for you" not in allowed
