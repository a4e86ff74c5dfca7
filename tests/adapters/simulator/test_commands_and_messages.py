"""What people type: commands, messages, mentions, and what the bot hears of them."""

import pytest

from adapters.simulator.errors import Unplayable
from adapters.simulator.events import home_event
from adapters.simulator.simulator import SlackSimulator
from tests.adapters.simulator.stand_in import StandInBot


async def test_a_command_arrives_signed_in_slacks_form(
    slack: SlackSimulator, bot: StandInBot
) -> None:
    bot.will_answer({"text": "Electronic Discovery Reference Model"})

    played = await slack.command("ada", "general", "/term", "EDRM")

    form = bot.heard[0]
    assert played.ok
    assert bot.forged == 0
    assert form["command"] == "/term"
    assert form["text"] == "EDRM"
    assert form["user_id"] == "U0ADA"
    assert form["channel_name"] == "general"
    assert form["response_url"].startswith(slack.base_url)


async def test_a_commands_answer_is_seen_by_the_asker_alone(
    slack: SlackSimulator, bot: StandInBot
) -> None:
    bot.will_answer({"text": "Electronic Discovery Reference Model"})

    await slack.command("ada", "general", "/term", "EDRM")

    assert slack.sees("ada", "general")[-1].only_for == "U0ADA"
    assert slack.sees("ben", "general") == []


async def test_an_answer_in_the_channel_is_seen_by_all(
    slack: SlackSimulator, bot: StandInBot
) -> None:
    bot.will_answer({"text": "For everybody", "response_type": "in_channel"})

    await slack.command("ada", "general", "/term", "share EDRM")

    assert slack.sees("ben", "general")[-1].text == "For everybody"


async def test_a_plain_text_answer_is_shown(slack: SlackSimulator, bot: StandInBot) -> None:
    bot.will_answer("Plain words")

    await slack.command("ada", "general", "/term")

    assert slack.sees("ada", "general")[-1].text == "Plain words"


async def test_mentions_and_channels_in_a_command_arrive_as_ids(
    slack: SlackSimulator, bot: StandInBot
) -> None:
    await slack.command("ada", "general", "/term", "ask @ben in #soc about <b> & payload")

    assert bot.heard[0]["text"] == (
        "ask <@U0BEN|ben> in <#C0SOC|soc> about &lt;b&gt; &amp; payload"
    )


async def test_a_bot_that_fails_is_reported_to_the_asker(
    slack: SlackSimulator, bot: StandInBot
) -> None:
    bot.will_answer("oops", status=500)

    played = await slack.command("ada", "general", "/term")

    assert not played.ok
    assert slack.sees("ada", "general")[-1].user == "USLACKBOT"
    assert "http_error" in slack.sees("ada", "general")[-1].text


async def test_a_bot_that_is_not_there_is_reported(slack: SlackSimulator) -> None:
    slack.bot_url = "http://127.0.0.1:9/slack/events"

    played = await slack.command("ada", "general", "/term")

    assert played.notice == '/term failed with the error "dispatch_failed"'


async def test_a_mention_is_heard_as_message_and_as_mention(
    slack: SlackSimulator, bot: StandInBot
) -> None:
    played = await slack.mention("ada", "general", "term EDRM")

    assert played.message is not None
    assert [event["ts"] for event in bot.events("message")] == [played.message.ts]
    assert bot.events("app_mention")[0]["text"] == "<@U0PARLEY> term EDRM"


async def test_a_mention_outside_the_bots_channels_is_not_heard(
    slack: SlackSimulator, bot: StandInBot
) -> None:
    await slack.mention("ada", "random", "term EDRM")

    assert bot.heard == []
    assert "not in this channel" in slack.sees("ada", "random")[-1].text


async def test_a_direct_message_is_heard(slack: SlackSimulator, bot: StandInBot) -> None:
    await slack.direct("ada", "hello")

    event = bot.events("message")[0]
    assert event["channel_type"] == "im"
    assert event["channel"].startswith("D0")


async def test_a_stranger_is_named_by_their_own_team(
    slack: SlackSimulator, bot: StandInBot
) -> None:
    await slack.mention("stella", "harbour-search", "term EDRM")

    assert bot.events("app_mention")[0]["user_team"] == "T0HARBOUR"
    assert bot.heard[0]["is_ext_shared_channel"] is True


async def test_an_event_not_taken_is_sent_again_three_times(
    slack: SlackSimulator, bot: StandInBot
) -> None:
    for _ in range(3):
        bot.will_answer(status=503)

    await slack.direct("ada", "hello")
    await slack.wait_for(lambda: len(bot.heard) == 4)

    retries = [headers.get("X-Slack-Retry-Num") for headers in bot.headers]
    assert retries == [None, "1", "2", "3"]
    assert len({said["event_id"] for said in bot.heard}) == 1


async def test_opening_home_is_heard(slack: SlackSimulator, bot: StandInBot) -> None:
    await slack.open_home("ada")

    assert bot.events("app_home_opened")[0]["user"] == "U0ADA"


async def test_a_forged_request_fails_verification(slack: SlackSimulator, bot: StandInBot) -> None:
    body = b"command=%2Fterm&text=EDRM"
    headers = slack.signed(body + b"x", "application/x-www-form-urlencoded")

    refused = await slack.raw("/slack/events", body, headers)

    assert refused.status == 401
    assert bot.forged == 1


async def test_an_edit_is_heard_with_both_wordings(slack: SlackSimulator, bot: StandInBot) -> None:
    played = await slack.post("ada", "general", "Before")
    assert played.message

    await slack.edit("ada", played.message, "After")

    event = bot.events("message")[1]
    assert event["subtype"] == "message_changed"
    assert (event["previous_message"]["text"], event["message"]["text"]) == ("Before", "After")


async def test_only_ones_own_message_can_be_edited(slack: SlackSimulator, bot: StandInBot) -> None:
    played = await slack.post("ada", "general", "Before")
    assert played.message

    with pytest.raises(Unplayable, match="own messages"):
        await slack.edit("ben", played.message, "After")


async def test_another_bot_is_heard_as_a_bot(slack: SlackSimulator, bot: StandInBot) -> None:
    await slack.post("pager", "soc", "Disk full on web-3")

    event = bot.events("message")[0]
    assert (event["subtype"], event["bot_id"]) == ("bot_message", "B0PAGER")


async def test_a_bot_proves_its_address_with_the_challenge(
    slack: SlackSimulator, bot: StandInBot
) -> None:
    refused = await slack.verify_url()

    challenge = bot.heard[0]["challenge"]
    assert len(challenge) > 20
    assert refused.failure == "challenge_failed"


async def test_a_check_of_the_address_carries_no_person(
    slack: SlackSimulator, bot: StandInBot
) -> None:
    checked = await slack.check_ssl()

    assert checked.ok
    assert bot.heard[0]["ssl_check"] == "1"
    assert "user_id" not in bot.heard[0]


async def test_the_same_event_can_be_sent_again(slack: SlackSimulator, bot: StandInBot) -> None:
    event = home_event(slack.workspace, "U0ADA", slack.direct_channel("ada").id, None)

    await slack.redeliver(event, times=3)

    assert len({said["event_id"] for said in bot.heard}) == 1
    assert [headers.get("X-Slack-Retry-Num") for headers in bot.headers] == [None, "1", "2", "3"]


@pytest.mark.parametrize(
    ("person", "channel", "said"),
    [
        ("nobody", "general", "Nobody here is called nobody"),
        ("ada", "nowhere", "no channel called nowhere"),
        ("gus", "general", "not in this channel"),
    ],
)
async def test_what_cannot_be_played_is_said(
    slack: SlackSimulator, person: str, channel: str, said: str
) -> None:
    with pytest.raises(Unplayable, match=said):
        await slack.command(person, channel, "/term")


async def test_an_answer_that_slack_cannot_show_fails_the_command(
    slack: SlackSimulator, bot: StandInBot
) -> None:
    bot.will_answer({"blocks": [{"type": "section"}], "text": "x"})

    played = await slack.command("ada", "general", "/term")

    assert played.notice == '/term failed with the error "invalid_blocks"'


async def test_rows_that_a_request_added_stand_in_the_journal(
    slack: SlackSimulator, bot: StandInBot
) -> None:
    counts = iter([{"inbound": 4, "job": 1}, {"inbound": 5, "job": 1}])

    async def count() -> dict[str, int]:
        return next(counts)

    slack.wire.row_counts = count
    await slack.command("ada", "general", "/term")

    assert [entry.rows for entry in slack.journal] == [{"inbound": 1}]
