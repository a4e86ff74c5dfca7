"""What people say: which activities the bot hears, and in which words."""

import asyncio
from datetime import UTC, datetime

import pytest

from adapters.simulator.errors import Unplayable
from adapters.simulator.teams.conversations import Scope
from adapters.simulator.teams.outcomes import WRONG
from adapters.simulator.teams.people import UserRole
from adapters.simulator.teams.simulator import Behaviour, TeamsSimulator
from tests.adapters.simulator.teams.stand_in import StandInBot


async def test_a_mention_in_a_channel_is_an_activity_with_a_mention_entity(
    teams: TeamsSimulator, bot: StandInBot
) -> None:
    played = await teams.mention("ada", "ta-sourcing", "term EDRM")

    heard = bot.heard[0]
    channel = teams.conversation("ta-sourcing")
    ada = teams.person("ada")
    assert played.ok
    assert heard["type"] == "message"
    assert heard["channelId"] == "msteams"
    assert heard["text"] == "<at>Parley</at> term EDRM"
    assert heard["entities"][0] == {
        "type": "mention",
        "mentioned": {"id": teams.world.bot_id, "name": "Parley"},
        "text": "<at>Parley</at>",
    }
    assert heard["from"] == {"id": ada.id, "name": ada.name, "aadObjectId": ada.aad_object_id}
    assert heard["recipient"] == {"id": f"28:{teams.app_id}", "name": "Parley"}
    assert heard["conversation"] == {
        "conversationType": "channel",
        "tenantId": teams.tenant_id,
        "id": f"{channel.id};messageid={heard['id']}",
        "isGroup": True,
        "name": "ta-sourcing",
    }
    assert heard["channelData"] == {
        "tenant": {"id": teams.tenant_id},
        "channel": {"id": channel.id},
        "team": {"id": teams.team("Talent Acquisition").id},
        "teamsChannelId": channel.id,
        "teamsTeamId": teams.team("Talent Acquisition").id,
    }
    assert heard["serviceUrl"] == teams.service_url


async def test_every_activity_carries_a_true_token_and_names_its_conversation(
    teams: TeamsSimulator, bot: StandInBot
) -> None:
    await teams.direct("ada", "hello")

    assert bot.forged == 0
    assert bot.headers[0]["x-ms-tenant-id"] == teams.tenant_id
    assert bot.headers[0]["x-ms-conversation-id"] == bot.heard[0]["conversation"]["id"]
    assert bot.headers[0]["Content-Type"] == "application/json; charset=utf-8"


async def test_words_in_ones_own_chat_need_no_mention(
    teams: TeamsSimulator, bot: StandInBot
) -> None:
    await teams.direct("ada", "term <script>")

    heard = bot.heard[0]
    assert heard["text"] == "term <script>"
    assert heard["attachments"][-1]["content"] == "<div><div>term &lt;script&gt;</div></div>"
    assert heard["conversation"]["conversationType"] == Scope.PERSONAL
    assert "isGroup" not in heard["conversation"]
    assert "team" not in heard["channelData"]


async def test_without_a_mention_nothing_is_heard_in_a_channel(
    teams: TeamsSimulator, bot: StandInBot
) -> None:
    played = await teams.say("ada", "ta-sourcing", "Good morning, @ben")

    assert played.delivery is None
    assert played.message is not None
    assert played.message.text == "Good morning, <at>Ben Lindqvist</at>"
    assert bot.heard == []


async def test_a_team_may_let_the_bot_read_everything(
    teams: TeamsSimulator, bot: StandInBot
) -> None:
    teams.team("Talent Acquisition").is_overheard = True

    await teams.say("ada", "ta-sourcing", "Good morning")

    assert bot.heard[0]["text"] == "Good morning"


async def test_a_reply_stands_in_its_thread(teams: TeamsSimulator, bot: StandInBot) -> None:
    first = await teams.say("ada", "ta-sourcing", "Who knows EDRM?")

    await teams.mention("ben", "ta-sourcing", "term EDRM", thread=first.message)

    assert first.message is not None
    heard = bot.heard[0]
    assert heard["replyToId"] == first.message.id
    assert heard["conversation"]["id"].endswith(f";messageid={first.message.id}")
    assert len(teams.sees_thread("ada", first.message)) == 2


async def test_the_general_channel_has_no_name_on_the_wire(
    teams: TeamsSimulator, bot: StandInBot
) -> None:
    await teams.mention("ada", "general", "help")

    assert "name" not in bot.heard[0]["conversation"]
    assert bot.heard[0]["channelData"]["channel"]["id"] == bot.heard[0]["channelData"]["team"]["id"]


async def test_a_group_chat_has_no_threads(teams: TeamsSimulator, bot: StandInBot) -> None:
    await teams.mention("ben", "Panel C-104", "help")

    heard = bot.heard[0]
    assert heard["conversation"]["conversationType"] == "groupChat"
    assert heard["conversation"]["id"] == teams.conversation("Panel C-104").id
    assert "team" not in heard["channelData"]


async def test_the_bot_cannot_be_mentioned_where_it_is_not(
    teams: TeamsSimulator, bot: StandInBot
) -> None:
    with pytest.raises(Unplayable, match="not in random"):
        await teams.mention("ada", "random", "help")

    assert bot.heard == []


async def test_nobody_speaks_where_they_are_not(teams: TeamsSimulator, bot: StandInBot) -> None:
    with pytest.raises(Unplayable, match="Hana Sato is not in soc"):
        await teams.mention("hana", "soc", "help")


async def test_who_has_not_installed_the_bot_has_no_chat_with_it(
    teams: TeamsSimulator, bot: StandInBot
) -> None:
    with pytest.raises(Unplayable, match="has not installed Parley"):
        await teams.direct("gus", "hello")


async def test_a_thread_that_is_gone_cannot_be_continued(
    teams: TeamsSimulator, bot: StandInBot
) -> None:
    first = await teams.say("ada", "ta-sourcing", "Who knows EDRM?")
    assert first.message is not None
    await teams.delete("ada", first.message)

    with pytest.raises(Unplayable, match="no longer there"):
        await teams.say("ben", "ta-sourcing", "Me", thread=first.message)


async def test_an_answer_can_be_waited_for(teams: TeamsSimulator, bot: StandInBot) -> None:
    channel = teams.conversation("general").id

    await asyncio.gather(
        teams.wait_for(lambda: teams.sees("ada", "general")), bot.post(channel, text="Here")
    )

    assert teams.sees("ada", "general")[0].text == "Here"


async def test_who_left_cannot_sign_in(teams: TeamsSimulator, bot: StandInBot) -> None:
    with pytest.raises(Unplayable, match="has left"):
        await teams.direct("otto", "hello")


async def test_a_guest_a_stranger_and_a_nameless_one_are_told_apart(
    teams: TeamsSimulator, bot: StandInBot
) -> None:
    await teams.mention("gus", "ta-sourcing", "help")
    await teams.mention("stella", "harbour-search", "help")
    await teams.mention("anon", "Panel C-104", "help")

    assert teams.person("gus").role is UserRole.GUEST
    assert teams.person("stella").tenant_id != teams.tenant_id
    assert [said["conversation"]["tenantId"] for said in bot.heard] == [teams.tenant_id] * 3
    assert "aadObjectId" not in bot.heard[2]["from"]


async def test_a_strangers_own_chat_belongs_to_their_tenant(
    teams: TeamsSimulator, bot: StandInBot
) -> None:
    await teams.install("stella")

    await teams.direct("stella", "hello")

    stella = teams.person("stella")
    assert bot.heard[-1]["channelData"]["tenant"]["id"] == stella.tenant_id


async def test_an_edit_is_told_with_the_same_id(teams: TeamsSimulator, bot: StandInBot) -> None:
    first = await teams.direct("ada", "term EDMR")
    assert first.message is not None

    await teams.edit("ada", first.message, "term EDRM")

    edited = bot.activities("messageUpdate")[0]
    assert (edited["id"], edited["text"]) == (first.message.id, "term EDRM")
    assert edited["channelData"]["eventType"] == "editMessage"
    assert teams.sees_direct("ada")[0].text == "term EDRM"


async def test_what_was_taken_back_is_gone(teams: TeamsSimulator, bot: StandInBot) -> None:
    first = await teams.direct("ada", "term EDMR")
    assert first.message is not None

    await teams.delete("ada", first.message)

    deleted = bot.activities("messageDelete")[0]
    assert deleted["channelData"]["eventType"] == "softDeleteMessage"
    assert "text" not in deleted
    assert teams.sees_direct("ada") == []


async def test_only_ones_own_messages_can_be_changed(
    teams: TeamsSimulator, bot: StandInBot
) -> None:
    first = await teams.say("ada", "ta-sourcing", "Mine")
    assert first.message is not None

    with pytest.raises(Unplayable, match="own messages"):
        await teams.edit("ben", first.message, "Yours")


async def test_edits_and_deletions_that_do_not_concern_the_bot_are_not_told(
    teams: TeamsSimulator, bot: StandInBot
) -> None:
    first = await teams.say("ada", "ta-sourcing", "Mine")
    assert first.message is not None

    edited = await teams.edit("ada", first.message, "Still mine")
    assert edited.message is not None
    await teams.delete("ada", edited.message)

    assert bot.heard == []


async def test_a_reaction_is_told_when_it_is_to_the_bots_own_message(
    teams: TeamsSimulator, bot: StandInBot
) -> None:
    channel = teams.conversation("ta-sourcing")
    await bot.post(channel.id, text="Good morning")
    other = await teams.say("ada", "ta-sourcing", "Good morning")
    assert other.message is not None

    await teams.react("ben", teams.sees("ben", "ta-sourcing")[0])
    await teams.react("ben", other.message)

    heard = bot.activities("messageReaction")
    assert [said["reactionsAdded"] for said in heard] == [[{"type": "like"}]]
    assert heard[0]["replyToId"] == teams.sees("ben", "ta-sourcing")[0].id


async def test_a_bot_that_fails_is_said_to_have_failed(
    teams: TeamsSimulator, bot: StandInBot
) -> None:
    bot.will_answer(status=500)

    played = await teams.direct("ada", "help")

    assert (played.ok, played.notice) == (False, WRONG)


async def test_messages_are_dated_by_a_clock_that_can_be_moved() -> None:
    monday = datetime(2026, 11, 23, 9, tzinfo=UTC)
    async with TeamsSimulator(Behaviour(now=lambda: monday)) as teams:
        first = await teams.say("ada", "general", "One")
        second = await teams.say("ada", "general", "Two")

    assert first.message is not None
    assert second.message is not None
    assert first.message.at == monday
    assert int(second.message.id) == int(first.message.id) + 1


async def test_the_journal_tells_what_was_asked_and_answered(
    teams: TeamsSimulator, bot: StandInBot
) -> None:
    await teams.direct("ada", "help")

    entry = next(e.as_json() for e in teams.journal if e.kind == "message")
    sent = dict(entry["request"]["headers"])
    assert (entry["platform"], entry["title"]) == ("teams", "help")
    assert entry["request"]["parsed"]["text"] == "help"
    assert sent["Authorization"].endswith("…")
    assert entry["answer"]["status"] == 200


async def test_a_reset_puts_everything_back(teams: TeamsSimulator, bot: StandInBot) -> None:
    await teams.direct("ada", "help")
    await teams.uninstall("ada")

    teams.reset()

    assert teams.sees_direct("ada") == []
    assert teams.person("ada").id in teams.world.installed
    assert list(teams.journal) == []
