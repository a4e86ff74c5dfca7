"""Posting to Teams: where a post goes, who reads it, and that nobody waits for anybody."""

import asyncio
import json
from datetime import UTC, datetime
from urllib.parse import quote

import pytest
from yarl import URL

from adapters.simulator.faults import FaultKind
from adapters.simulator.teams.rates import POSTS
from adapters.simulator.teams.simulator import TeamsSimulator
from adapters.teams.conversations import POINTERS_KEPT, Pointers, conversation_of
from adapters.teams.limits import CARD_BYTES, compact
from adapters.teams.platform import NO_PRIVATE_CHAT, SAID_IN_PRIVATE, TeamsPlatform
from bot.errors import DeliveryError
from bot.inbound import Place, UserRef
from bot.platform import MessageRef
from bot.ui import Message, Text
from tests.adapters.teams.house import House, settings_for
from tests.blocking import calls_that_wait

HELLO = Message(text="Hello.", blocks=(Text(text="Hello there."),))
SECRET = Message(text="For you alone.")
CHANNEL = "hiring-security"
CHAT = "Panel C-104"


async def test_a_post_in_a_channel_begins_a_thread(house: House) -> None:
    place = house.place(CHANNEL)

    first = await house.platform.post(place, HELLO, key="send:1")
    await house.platform.post(place, HELLO, key="send:2")

    assert [seen.root for seen in house.said_in(CHANNEL)] == [None, None]
    assert first == MessageRef(place, house.said_in(CHANNEL)[0].id)
    assert len(house.teams.journal.calls("conversations.create")) == 2


async def test_a_thread_is_named_in_channels_alone(house: House) -> None:
    chat = house.place(CHAT)

    assert conversation_of(house.place(CHAT, "1700000000000")) == chat.channel


async def test_a_post_in_a_thread_is_a_reply(house: House) -> None:
    root = await house.platform.post(house.place(CHANNEL), HELLO, key="send:1")

    await house.platform.post(house.place(CHANNEL, root.id), HELLO, key="send:2")

    assert house.said_in(CHANNEL)[1].root == root.id


async def test_a_post_is_opened_by_its_address_with_its_thread(house: House) -> None:
    root = await house.platform.post(house.place(CHANNEL), HELLO, key="send:1")
    reply = await house.platform.post(house.place(CHANNEL, root.id), HELLO, key="send:2")

    channel = quote(root.place.channel, safe="")
    assert "%3A" in channel
    assert [ref.link for ref in (root, reply)] == [
        f"https://teams.microsoft.com/l/message/{channel}/{ref.id}"
        f"?tenantId={house.teams.tenant_id}&parentMessageId={root.id}"
        for ref in (root, reply)
    ]


async def test_a_post_in_a_group_chat_is_opened_as_one(house: House) -> None:
    ref = await house.platform.post(house.place(CHAT), HELLO, key="send:1")

    address = URL(str(ref.link))
    assert address.parts[-2:] == (ref.place.channel, ref.id)
    assert json.loads(address.query["context"]) == {"contextType": "chat"}
    assert " " not in str(ref.link)
    assert '"' not in str(ref.link)


async def test_a_post_in_ones_own_chat_has_no_address(house: House) -> None:
    chat = await house.platform.direct(house.user("ada"))

    assert (await house.platform.post(chat, HELLO, key="send:1")).link is None


async def test_a_group_chat_has_no_threads(house: House) -> None:
    await house.platform.post(house.place(CHAT), HELLO, key="send:1")

    assert [seen.root for seen in house.said_in(CHAT)] == [None]
    assert house.teams.journal.calls("conversations.create") == []


@pytest.mark.parametrize("name", [CHANNEL, CHAT])
async def test_a_first_post_can_be_edited_and_so_can_a_reply(house: House, name: str) -> None:
    first = await house.platform.post(house.place(name), HELLO, key="send:1")
    reply = await house.platform.post(house.place(name, first.id), HELLO, key="send:2")

    for ref in (first, reply):
        await house.platform.edit(ref, Message(text="Closed."))

    assert ["Closed." in seen.words() for seen in house.said_in(name)] == [True, True]
    assert ["Hello" in seen.words() for seen in house.said_in(name)] == [False, False]


async def test_notifications_show_the_text_of_the_message(house: House) -> None:
    await house.platform.post(house.place(CHANNEL), HELLO, key="send:1")

    [seen] = house.said_in(CHANNEL)
    assert (seen.summary, seen.text) == ("Hello.", "")


async def test_what_one_person_may_see_goes_into_their_own_chat(house: House) -> None:
    root = await house.platform.post(house.place(CHANNEL), HELLO, key="send:1")
    thread = house.place(CHANNEL, root.id)

    ref = await house.platform.post(thread.privately(house.user("ada")), SECRET, key="send:2")

    [seen] = house.said_to("ada")
    assert "For you alone." in seen.words()
    assert ref == MessageRef(Place("teams", house.teams.tenant_id, seen.conversation), seen.id)
    [_, pointer] = house.said_in(CHANNEL)
    assert pointer.root == root.id
    assert pointer.words() == SAID_IN_PRIVATE.text


async def test_a_thread_is_told_once_that_somebody_is_answered_elsewhere(house: House) -> None:
    root = await house.platform.post(house.place(CHANNEL), HELLO, key="send:1")
    thread = house.place(CHANNEL, root.id)

    for who in ("ada", "ada", "ben"):
        await house.platform.post(thread.privately(house.user(who)), SECRET, key="send:2")

    assert [len(house.said_to(who)) for who in ("ada", "ben")] == [2, 1]
    assert len(house.said_in(CHANNEL)) == 3


async def test_a_pointer_that_cannot_be_posted_harms_no_answer(house: House) -> None:
    root = await house.platform.post(house.place(CHANNEL), HELLO, key="send:1")
    house.teams.team("Talent Acquisition").has_bot = False

    thread = house.place(CHANNEL, root.id)
    ref = await house.platform.post(thread.privately(house.user("ada")), SECRET, key="send:2")

    assert [seen.id for seen in house.said_to("ada")] == [ref.id]


async def test_a_pointer_that_failed_is_posted_with_the_next_answer(house: House) -> None:
    chat = house.place(CHAT)
    await house.platform.direct(house.user("ada"))
    house.teams.faults.add("activities.*", FaultKind.RATE_LIMITED, about=SAID_IN_PRIVATE.text)

    for _ in range(2):
        await house.platform.post(chat.privately(house.user("ada")), SECRET, key="send:1")

    assert len(house.said_to("ada")) == 2
    assert [seen.words() for seen in house.said_in(CHAT)] == [SAID_IN_PRIVATE.text]


async def test_no_thread_is_begun_only_to_point_elsewhere(house: House) -> None:
    place = house.place(CHANNEL).privately(house.user("ada"))

    await house.platform.post(place, SECRET, key="send:1")

    assert len(house.said_to("ada")) == 1
    assert house.said_in(CHANNEL) == []


async def test_a_group_chat_is_told_as_well(house: House) -> None:
    await house.platform.post(house.place(CHAT).privately(house.user("ben")), SECRET, key="send:1")

    assert [seen.words() for seen in house.said_in(CHAT)] == [SAID_IN_PRIVATE.text]


@pytest.mark.parametrize("letter", ["a", "\u0416", "\u6771", "\U0001f600"])
async def test_the_largest_card_that_is_drawn_is_one_that_teams_takes(
    house: House, letter: str
) -> None:
    card = {"version": "1.5", "fallbackText": letter}
    room = (CARD_BYTES - len(compact(card)) - 200) // len(letter.encode())
    message = Message(text=letter * 250, blocks=(Text(text=letter * (room - 250)),))

    ref = await house.platform.post(house.place(CHANNEL), message, key="send:1")

    assert [seen.id for seen in house.said_in(CHANNEL)] == [ref.id]


async def test_in_their_own_chat_everything_is_private_anyway(house: House) -> None:
    ada = house.user("ada")
    chat = await house.platform.direct(ada)

    await house.platform.post(chat.privately(ada), SECRET, key="send:1")

    assert [seen.words() for seen in house.said_to("ada")] == ["For you alone."]


async def test_who_has_not_added_the_app_is_told_how_and_the_answer_stays_private(
    house: House,
) -> None:
    root = await house.platform.post(house.place(CHANNEL), HELLO, key="send:1")
    house.teams.world.installed.discard(house.teams.person("ada").id)
    place = house.place(CHANNEL, root.id).privately(house.user("ada"))

    with pytest.raises(DeliveryError) as refused:
        await house.platform.post(place, SECRET, key="send:2")

    assert (refused.value.code, refused.value.permanent) == ("person_unreachable", True)
    assert (refused.value.out_of_reach, refused.value.told) == (True, True)
    [_, pointer] = house.said_in(CHANNEL)
    assert pointer.words() == NO_PRIVATE_CHAT.text


async def test_who_cannot_be_told_how_to_add_the_app_is_somebodys_to_look_after(
    house: House,
) -> None:
    root = await house.platform.post(house.place(CHANNEL), HELLO, key="send:1")
    house.teams.world.installed.discard(house.teams.person("ada").id)
    house.teams.team("Talent Acquisition").has_bot = False

    for place in (house.place(CHANNEL, root.id), house.place(CHANNEL)):
        with pytest.raises(DeliveryError) as refused:
            await house.platform.post(place.privately(house.user("ada")), SECRET, key="send:2")
        assert (refused.value.out_of_reach, refused.value.told) == (True, False)


async def test_a_chat_that_was_closed_is_noticed_and_opened_again_later(house: House) -> None:
    ada = house.user("ada")
    chat = await house.platform.direct(ada)
    house.teams.world.installed.discard(house.teams.person("ada").id)

    with pytest.raises(DeliveryError) as refused:
        await house.platform.post(chat, SECRET, key="send:1")
    with pytest.raises(DeliveryError) as again:
        await house.platform.direct(ada)
    house.teams.world.installed.add(house.teams.person("ada").id)
    await house.platform.post(await house.platform.direct(ada), SECRET, key="send:2")

    assert refused.value.out_of_reach
    assert again.value.out_of_reach
    assert len(house.said_to("ada")) == 1


async def test_a_chat_that_fails_for_now_is_not_spoken_of(house: House) -> None:
    root = await house.platform.post(house.place(CHANNEL), HELLO, key="send:1")
    house.teams.faults.add("conversations.create", FaultKind.UNAVAILABLE)
    place = house.place(CHANNEL, root.id).privately(house.user("ada"))

    with pytest.raises(DeliveryError) as later:
        await house.platform.post(place, SECRET, key="send:2")

    assert not later.value.permanent
    assert len(house.said_in(CHANNEL)) == 1


def test_pointers_are_remembered_for_so_many_places() -> None:
    pointers = Pointers()
    places = [Place("teams", "t", f"19:{n}", viewer="ada") for n in range(POINTERS_KEPT + 1)]

    first = [pointers.first(place, SECRET) for place in places]

    assert all(first)
    assert pointers.first(places[0], SECRET)
    assert not pointers.first(places[-1], SECRET)


async def test_an_answer_for_one_does_not_replace_a_post_for_all(house: House) -> None:
    ref = await house.platform.post(house.place(CHANNEL), HELLO, key="send:1")
    private = MessageRef(ref.place.privately(house.user("ada")), ref.id)

    with pytest.raises(DeliveryError) as refused:
        await house.platform.edit(private, SECRET)

    assert refused.value.permanent
    assert "Hello there." in house.said_in(CHANNEL)[0].words()


@pytest.mark.parametrize(("who", "calls"), [("nobody", 1), ("otto", 1), ("gus", 1)])
async def test_somebody_without_the_app_is_out_of_reach(house: House, who: str, calls: int) -> None:
    account = house.teams.people.find(who)
    known = account.aad_object_id if account else "00000000-0000-0000-0000-000000000000"
    user = UserRef("teams", house.teams.tenant_id, str(known))

    with pytest.raises(DeliveryError) as refused:
        await house.platform.direct(user)

    assert (refused.value.code, refused.value.permanent) == ("person_unreachable", True)
    assert len(house.teams.journal.calls("conversations.create")) == calls


async def test_people_of_other_tenants_are_not_even_asked_for(house: House) -> None:
    with pytest.raises(DeliveryError) as refused:
        await house.platform.direct(house.user("stella"))

    assert refused.value.code == "person_unreachable"
    assert house.teams.journal.calls("conversations.create") == []


async def test_a_failing_chat_is_tried_again_later(house: House) -> None:
    house.teams.faults.add("conversations.create", FaultKind.RATE_LIMITED, seconds=7)

    with pytest.raises(DeliveryError) as later:
        await house.platform.direct(house.user("ada"))

    assert later.value.retry_after == 7
    assert await house.platform.direct(house.user("ada"))


async def test_teams_has_no_history_for_bots(house: House) -> None:
    await house.platform.post(house.place(CHANNEL), HELLO, key="send:1")

    long_ago = datetime(2026, 1, 1, tzinfo=UTC)
    assert await house.platform.find(house.place(CHANNEL), "send:1", long_ago) is None


async def test_posts_go_where_the_last_activity_said(house: House) -> None:
    settings = settings_for(house.teams)
    house.platform._service_url = settings.service_url.replace("/emea/", "/elsewhere/")

    await house.teams.mention("ada", CHANNEL, "term EDRM")
    await house.until(lambda: house.said_to("ada"))

    assert house.platform._service_url == settings.service_url


async def test_before_its_start_and_after_its_end_nothing_is_posted(
    house: House,
) -> None:
    platform = TeamsPlatform(settings_for(house.teams))

    with pytest.raises(DeliveryError) as refused:
        await platform.post(house.place(CHANNEL), HELLO, key="send:1")

    await platform.close()

    assert (refused.value.code, refused.value.permanent) == ("not_started", False)


def test_settings_do_not_show_the_password() -> None:
    teams = TeamsSimulator()
    teams.base_url = "http://127.0.0.1:9"

    assert teams.app_password not in repr(settings_for(teams))


def test_a_blank_app_id_is_refused_at_once() -> None:
    teams = TeamsSimulator()
    teams.app_id = " "

    with pytest.raises(ValueError, match="PARLEY_TEAMS_APP_ID"):
        TeamsPlatform(settings_for(teams))


async def test_a_hanging_token_endpoint_delays_no_request_and_never_the_loop(house: House) -> None:
    house.teams.faults.add("token", FaultKind.SLOW, times=99, seconds=60)
    sending = asyncio.create_task(house.platform.post(house.place(CHANNEL), HELLO, key="send:1"))

    with calls_that_wait() as waited:
        for n in range(5):
            played = await house.teams.mention("ada", CHANNEL, f"term {n}")
            assert played.ok
        assert not sending.done()
    sending.cancel()

    assert waited == []


@pytest.mark.parametrize(("seconds", "most"), POSTS.items())
def test_what_teams_takes_in_any_span_is_never_passed(seconds: float, most: int) -> None:
    spacing = TeamsPlatform.spacing.total_seconds()

    assert TeamsPlatform.burst + int(seconds / spacing) <= most
