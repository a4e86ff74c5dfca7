"""The Web API on people, places and files."""

from slack_sdk.web.async_client import AsyncWebClient

from adapters.simulator.simulator import SlackSimulator
from tests.adapters.simulator.stand_in import StandInBot


class TestPeopleAndPlaces:
    async def test_guests_strangers_and_leavers_are_told_apart(
        self, client: AsyncWebClient
    ) -> None:
        guest = (await client.users_info(user="U0GUS"))["user"]
        stranger = (await client.users_info(user="U0STELLA"))["user"]
        leaver = (await client.users_info(user="U0OTTO"))["user"]

        assert (guest["is_restricted"], guest["is_ultra_restricted"]) == (True, True)
        assert (stranger["is_stranger"], stranger["team_id"]) == (True, "T0HARBOUR")
        assert leaver["deleted"] is True

    async def test_an_email_finds_its_account_in_any_case(self, client: AsyncWebClient) -> None:
        found = await client.users_lookupByEmail(email="Ada@Northwind.example")

        assert found["user"]["id"] == "U0ADA"

    async def test_a_long_list_comes_in_pages(self, client: AsyncWebClient) -> None:
        names = []
        async for page in await client.users_list(limit=5):
            names += [member["id"] for member in page["members"]]

        assert len(names) == len(set(names)) == 15

    async def test_a_channel_is_made_filled_and_archived(
        self, client: AsyncWebClient, slack: SlackSimulator, bot: StandInBot
    ) -> None:
        made = await client.conversations_create(name="inc-42", is_private=True)
        channel = made["channel"]["id"]

        await client.conversations_invite(channel=channel, users=["U0ADA", "U0DEV"])
        members = await client.conversations_members(channel=channel)
        await client.conversations_archive(channel=channel)

        await slack.wait_for(lambda: len(bot.events("member_joined_channel")) == 2)
        assert members["members"] == ["U0ADA", "U0DEV", "U0PARLEY"]
        assert slack.channel(channel).is_archived

    async def test_a_public_channel_is_joined(self, client: AsyncWebClient) -> None:
        await client.conversations_join(channel="C0RANDOM")

        shown = await client.conversations_info(channel="C0RANDOM", include_num_members=True)
        assert shown["channel"]["is_member"] is True
        assert shown["channel"]["num_members"] == 6

    async def test_shared_channels_are_marked(self, client: AsyncWebClient) -> None:
        listed = await client.conversations_list(types="public_channel,private_channel")

        shared = {found["name"]: found["is_ext_shared"] for found in listed["channels"]}
        assert shared["harbour-search"] is True
        assert shared["general"] is False

    async def test_the_team_and_the_bot_are_described(self, client: AsyncWebClient) -> None:
        team = await client.team_info()
        bot = await client.bots_info()
        joined = await client.users_conversations()

        assert team["team"]["id"] == "T0PARLEY"
        assert bot["bot"]["user_id"] == "U0PARLEY"
        assert "random" not in [channel["name"] for channel in joined["channels"]]

    async def test_a_file_is_uploaded_in_three_steps(
        self, client: AsyncWebClient, slack: SlackSimulator
    ) -> None:
        await client.files_upload_v2(
            content="a,b\n", filename="terms.csv", title="Terms", channel="C0GENERAL"
        )

        file = slack.sees("ada", "general")[-1].files[0]
        assert (file["title"], file["size"]) == ("Terms", 4)
