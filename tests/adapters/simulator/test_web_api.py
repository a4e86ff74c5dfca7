"""The Web API, asked with Slack's own client."""

from typing import Any

import pytest
from aiohttp import ClientSession
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from adapters.simulator.simulator import SlackSimulator
from tests.adapters.simulator.refusals import refusal
from tests.adapters.simulator.samples import actions, button, card, section
from tests.adapters.simulator.stand_in import StandInBot

METADATA = {"event_type": "parley", "event_payload": {"key": "vote:3"}}


class TestAccess:
    async def test_the_bot_learns_who_it_is(self, client: AsyncWebClient) -> None:
        answer = await client.auth_test()

        assert (answer["team_id"], answer["user_id"]) == ("T0PARLEY", "U0PARLEY")

    async def test_a_wrong_token_is_refused(
        self, slack: SlackSimulator, http: ClientSession
    ) -> None:
        client = AsyncWebClient("xoxb-wrong", base_url=slack.api_base, session=http)

        assert await refusal(client, "auth.test") == "invalid_auth"

    async def test_a_missing_token_is_refused(
        self, slack: SlackSimulator, http: ClientSession
    ) -> None:
        async with http.post(slack.api_base + "auth.test") as answer:
            body = await answer.json()

        assert body == {"ok": False, "error": "not_authed"}

    async def test_an_unknown_method_is_refused(self, client: AsyncWebClient) -> None:
        assert await refusal(client, "chat.shout") == "unknown_method"


class TestPosting:
    async def test_a_post_is_seen_and_found_again_by_its_metadata(
        self, client: AsyncWebClient, slack: SlackSimulator
    ) -> None:
        posted = await client.chat_postMessage(
            channel="C0GENERAL", text="A vote is open", metadata=METADATA
        )

        found = await client.conversations_history(
            channel="C0GENERAL", include_all_metadata=True, oldest="0"
        )
        bare = await client.conversations_history(channel="C0GENERAL")
        assert slack.sees("ada", "general")[-1].text == "A vote is open"
        assert found["messages"][0]["metadata"] == METADATA
        assert found["messages"][0]["ts"] == posted["ts"]
        assert "metadata" not in bare["messages"][0]

    async def test_a_post_is_edited_and_deleted(
        self, client: AsyncWebClient, slack: SlackSimulator
    ) -> None:
        posted = await client.chat_postMessage(channel="C0GENERAL", **card())

        await client.chat_update(channel="C0GENERAL", ts=posted["ts"], text="Closed", blocks=[])
        edited = slack.sees("ada", "general")[-1]
        await client.chat_delete(channel="C0GENERAL", ts=posted["ts"])

        assert (edited.text, edited.blocks, edited.edited_ts is not None) == ("Closed", (), True)
        assert slack.sees("ada", "general") == []

    async def test_a_thread_is_written_and_read(self, client: AsyncWebClient) -> None:
        parent = await client.chat_postMessage(channel="C0GENERAL", text="Question")

        await client.chat_postMessage(channel="C0GENERAL", text="Answer", thread_ts=parent["ts"])

        thread = await client.conversations_replies(channel="C0GENERAL", ts=parent["ts"])
        history = await client.conversations_history(channel="C0GENERAL")
        assert [message["text"] for message in thread["messages"]] == ["Question", "Answer"]
        assert [message["text"] for message in history["messages"]] == ["Question"]
        assert history["messages"][0]["reply_count"] == 1

    async def test_an_ephemeral_is_seen_by_one(
        self, client: AsyncWebClient, slack: SlackSimulator
    ) -> None:
        await client.chat_postEphemeral(channel="C0GENERAL", user="U0ADA", text="Only you")

        assert slack.sees("ada", "general")[-1].text == "Only you"
        assert slack.sees("ben", "general") == []

    async def test_a_direct_message_reaches_the_person(
        self, client: AsyncWebClient, slack: SlackSimulator
    ) -> None:
        opened = await client.conversations_open(users="U0ADA")

        await client.chat_postMessage(channel=opened["channel"]["id"], text="Hello Ada")

        assert slack.sees_direct("ada")[-1].text == "Hello Ada"

    async def test_a_permalink_names_the_thread(self, client: AsyncWebClient) -> None:
        parent = await client.chat_postMessage(channel="C0GENERAL", text="Question")
        reply = await client.chat_postMessage(
            channel="C0GENERAL", text="Answer", thread_ts=parent["ts"]
        )

        link = await client.chat_getPermalink(channel="C0GENERAL", message_ts=reply["ts"])

        assert link["permalink"].endswith(f"?thread_ts={parent['ts']}&cid=C0GENERAL")

    async def test_a_reaction_is_added_once(
        self, client: AsyncWebClient, slack: SlackSimulator
    ) -> None:
        posted = await client.chat_postMessage(channel="C0GENERAL", text="Question")
        reaction = {"channel": "C0GENERAL", "timestamp": posted["ts"], "name": "eyes"}

        await client.api_call("reactions.add", json=reaction)

        assert slack.sees("ada", "general")[-1].reactions == {"eyes": ("U0PARLEY",)}
        assert await refusal(client, "reactions.add", **reaction) == "already_reacted"

    async def test_the_bot_hears_its_own_posts_and_edits(
        self, client: AsyncWebClient, slack: SlackSimulator, bot: StandInBot
    ) -> None:
        posted = await client.chat_postMessage(channel="C0GENERAL", text="One")
        await client.chat_update(channel="C0GENERAL", ts=posted["ts"], text="Two")

        await slack.wait_for(lambda: len(bot.events("message")) == 2)

        by_subtype = {event.get("subtype"): event for event in bot.events("message")}
        assert by_subtype[None]["bot_id"] == "B0PARLEY"
        assert by_subtype["message_changed"]["message"]["text"] == "Two"


class TestRefusals:
    @pytest.mark.parametrize(
        ("code", "arguments"),
        [
            ("not_in_channel", {"channel": "C0RANDOM", "text": "x"}),
            ("channel_not_found", {"channel": "C0NOWHERE", "text": "x"}),
            ("is_archived", {"channel": "C0OLD", "text": "x"}),
            ("no_text", {"channel": "C0GENERAL"}),
            ("msg_too_long", {"channel": "C0GENERAL", "text": "x" * 40_001}),
            ("invalid_blocks", {"channel": "C0GENERAL", "text": "x", "blocks": [section("")]}),
            ("invalid_blocks_format", {"channel": "C0GENERAL", "text": "x", "blocks": "[{"}),
            (
                "cannot_reply_to_message",
                {"channel": "C0GENERAL", "text": "x", "thread_ts": "1700000000.000001"},
            ),
            ("user_disabled", {"channel": "U0OTTO", "text": "x"}),
            (
                "invalid_metadata_schema",
                {"channel": "C0GENERAL", "text": "x", "metadata": {"event_type": "parley"}},
            ),
        ],
    )
    async def test_a_post_is_refused_as_slack_refuses_it(
        self, client: AsyncWebClient, code: str, arguments: dict[str, Any]
    ) -> None:
        assert await refusal(client, "chat.postMessage", **arguments) == code

    async def test_broken_blocks_are_named_one_by_one(self, client: AsyncWebClient) -> None:
        twice = actions(button("One", "same"), button("Two", "same"))

        with pytest.raises(SlackApiError) as refused:
            await client.chat_postMessage(channel="C0GENERAL", text="x", blocks=[twice])

        messages = refused.value.response["response_metadata"]["messages"]
        assert messages == ["[ERROR] blocks: action_id same already exists, it stands 2 times"]

    async def test_what_others_wrote_cannot_be_edited(
        self, client: AsyncWebClient, slack: SlackSimulator
    ) -> None:
        played = await slack.post("ada", "general", "Mine")
        assert played.message
        place = {"channel": "C0GENERAL", "ts": played.message.ts}

        assert await refusal(client, "chat.update", text="x", **place) == "cant_update_message"
        assert await refusal(client, "chat.delete", **place) == "cant_delete_message"

    async def test_a_message_that_is_not_there_cannot_be_edited(
        self, client: AsyncWebClient
    ) -> None:
        place = {"channel": "C0GENERAL", "ts": "1.1"}

        assert await refusal(client, "chat.update", text="x", **place) == "message_not_found"

    @pytest.mark.parametrize(
        ("code", "method", "arguments"),
        [
            ("user_not_found", "users.info", {"user": "U0NOBODY"}),
            ("users_not_found", "users.lookupByEmail", {"email": "otto@northwind.example"}),
            ("not_in_channel", "conversations.history", {"channel": "C0RANDOM"}),
            ("thread_not_found", "conversations.replies", {"channel": "C0GENERAL", "ts": "1.1"}),
            ("user_disabled", "conversations.open", {"users": "U0OTTO"}),
            ("cannot_dm_bot", "conversations.open", {"users": "U0PARLEY"}),
            ("name_taken", "conversations.create", {"name": "general"}),
            ("invalid_name_specials", "conversations.create", {"name": "Not Allowed"}),
            ("invalid_name_maxlength", "conversations.create", {"name": "x" * 81}),
            ("cant_archive_general", "conversations.archive", {"channel": "C0GENERAL"}),
            ("already_archived", "conversations.archive", {"channel": "C0OLD"}),
            ("is_archived", "conversations.join", {"channel": "C0OLD"}),
            ("user_not_in_channel", "chat.postEphemeral", {"channel": "C0SOC", "user": "U0ADA"}),
            ("invalid_arguments", "users.info", {}),
            ("bot_not_found", "bots.info", {"bot": "B0OTHER"}),
            ("file_not_found", "files.info", {"file": "F1"}),
        ],
    )
    async def test_a_call_is_refused_as_slack_refuses_it(
        self, client: AsyncWebClient, code: str, method: str, arguments: dict[str, Any]
    ) -> None:
        assert await refusal(client, method, **arguments) == code

    async def test_one_bad_id_blocks_a_whole_invitation(
        self, client: AsyncWebClient, slack: SlackSimulator
    ) -> None:
        with pytest.raises(SlackApiError) as refused:
            await client.conversations_invite(channel="C0SOC", users=["U0ADA", "U0NOBODY"])

        assert refused.value.response["errors"] == [
            {"user": "U0NOBODY", "ok": False, "error": "user_not_found"}
        ]
        assert "U0ADA" not in slack.channel("soc").members
