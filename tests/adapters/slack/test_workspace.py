"""Which workspace is ours, whose traffic is taken, who belongs to it, and who is where."""

import json
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from aiohttp import ClientSession

from adapters.simulator.api.chat import permalink
from adapters.simulator.channels import Channel
from adapters.simulator.faults import FaultKind
from adapters.simulator.simulator import SlackSimulator
from adapters.slack import links, platform
from adapters.slack.workspace import MOST_READERS, User, judge
from bot.errors import DeliveryError
from bot.inbound import Place, UserRef
from bot.platform import Profile, Standing
from bot.ui import Message
from bot.wire import shaped
from storage.tally import row_counts
from tests.adapters.slack import traffic
from tests.adapters.slack.house import House, a_house

TEAM = "T0PARLEY"
EVERYTHING = {**traffic.PAYLOADS, "command": traffic.COMMAND}


def slack_is_away(slack: SlackSimulator) -> None:
    slack.faults.add("auth.test", FaultKind.UNAVAILABLE, times=1_000)


def slack_stammers(slack: SlackSimulator) -> None:
    slack.faults.add("auth.test", FaultKind.GARBAGE, times=1_000)


@pytest.fixture
async def http() -> AsyncIterator[ClientSession]:
    async with ClientSession() as session:
        yield session


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nobody wait for seconds before Slack is asked once more."""
    monkeypatch.setattr(platform, "ASK_AGAIN_SECONDS", 0.05)


async def has_a_home(house: House) -> None:
    """Wait until Slack has said where the workspace is."""
    await house.until(lambda: house.platform._ours().home)


async def knock(house: House, http: ClientSession, kind: str, team: str) -> int:
    """Send true traffic of one kind from *team*, and return what it was answered."""
    text = json.dumps(EVERYTHING[kind]).replace("T0PARLEY", team)
    body, content_type = traffic.encoded(kind, json.loads(text))
    signed = traffic.headers(house.slack.signing_secret, body, content_type)
    async with http.post(house.slack.bot_url or "", data=body, headers=signed) as response:
        return response.status


@pytest.mark.parametrize("team", ["T0PARLEY", None], ids=["in the settings", "asked"])
async def test_one_workspace_is_heard_and_another_leaves_nothing_behind(
    database_url: str, http: ClientSession, team: str | None
) -> None:
    async with a_house(database_url, team=team) as house:
        before = await house.database.read(row_counts)
        foreign = {await knock(house, http, kind, "T0OTHER") for kind in EVERYTHING}
        after = await house.database.read(row_counts)
        heard_of_them = list(house.toy.heard)
        own = {await knock(house, http, kind, "T0PARLEY") for kind in EVERYTHING}

    assert (foreign, own) == ({403}, {200})
    assert before == after
    assert heard_of_them == []
    assert house.toy.heard != []


async def test_traffic_waits_outside_until_slack_says_which_workspace_is_ours(
    database_url: str, http: ClientSession
) -> None:
    async with a_house(database_url, team=None, before=slack_is_away) as house:
        before = await house.database.read(row_counts)
        early = {
            await knock(house, http, kind, team)
            for kind in EVERYTHING
            for team in ("T0PARLEY", "T0OTHER")
        }
        after = await house.database.read(row_counts)

    assert early == {503}
    assert before == after
    assert house.toy.heard == []


async def test_once_slack_has_said_it_its_traffic_is_taken(
    sqlite_url: str, http: ClientSession
) -> None:
    async with a_house(sqlite_url, team=None, before=slack_stammers) as house:
        early = await knock(house, http, "press", "T0PARLEY")
        house.slack.faults.clear()
        while (foreign := await knock(house, http, "press", "T0OTHER")) == 503:
            pass
        own = await knock(house, http, "press", "T0PARLEY")

    assert (early, foreign, own) == (503, 403, 200)
    assert house.toy.heard == ["count 4 in C0GENERAL"]


async def test_a_socket_opens_only_after_slack_has_said_it(sqlite_url: str) -> None:
    async with a_house(sqlite_url, over_socket=True, team=None, before=slack_stammers) as house:
        opened_too_early = house.slack.socket_is_open
        house.slack.faults.clear()
        await house.until(lambda: house.slack.socket_is_open)
        played = await house.slack.command("ada", "general", "/term", "EDRM")

    assert not opened_too_early
    assert played.ok


async def test_nobody_waits_for_slack_to_say_what_the_settings_say(
    sqlite_url: str, http: ClientSession
) -> None:
    async with a_house(sqlite_url, before=slack_is_away) as house:
        own = await knock(house, http, "press", "T0PARLEY")

    assert own == 200


async def test_posts_have_an_address_once_slack_has_said_where_it_is(sqlite_url: str) -> None:
    general = Place("slack", "T0PARLEY", "C0GENERAL")
    async with a_house(sqlite_url, before=slack_stammers) as house:
        before = await house.platform.post(general, Message(text="Early."), key="send:1")
        house.slack.faults.clear()
        await has_a_home(house)
        ref = await house.platform.post(general, Message(text="Hello."), key="send:2")
        answer = replace(general, thread=ref.id)
        reply = await house.platform.post(answer, Message(text="More."), key="send:3")
        found = await house.platform.find(answer, "send:3", datetime.now(UTC) - timedelta(hours=1))
        channel = house.slack.workspace.channel("C0GENERAL")
        shared = [permalink(channel, channel.get(each.id)) for each in (ref, reply)]

    assert before.link is None
    assert [ref.link, reply.link] == shared
    assert found is not None
    assert found.link == reply.link
    assert str(reply.link).endswith(f"?thread_ts={ref.id}&cid=C0GENERAL")


@pytest.mark.parametrize(
    "url", [None, 7, "", "http://parley.slack.com/", "https://slack.com.evil.example/"]
)
def test_what_is_no_address_of_slacks_makes_no_links(url: object) -> None:
    assert links.home(url) is None


@pytest.mark.parametrize("team", ["parley", "parley.enterprise"])
def test_an_address_of_slacks_makes_links_with_nothing_loose_in_them(team: str) -> None:
    home = f"https://{team}.slack.com/"

    link = links.permalink(home, "C0/<x>", "1.2", "0.9")

    assert links.home(home) == home
    assert link == f"{home}archives/C0%2F%3Cx%3E/p12?thread_ts=0.9&cid=C0%2F%3Cx%3E"


async def test_forged_traffic_is_told_nothing_while_the_workspace_is_unknown(
    sqlite_url: str, http: ClientSession
) -> None:
    async with a_house(sqlite_url, team=None, before=slack_is_away) as house:
        body, content_type = traffic.encoded("press", traffic.PAYLOADS["press"])
        forged = traffic.headers("another secret", body, content_type)
        async with http.post(house.slack.bot_url or "", data=body, headers=forged) as response:
            assert response.status == 401


async def test_a_form_that_a_partner_sends_is_of_the_workspace_it_was_opened_in(
    house: House,
) -> None:
    slack = house.slack
    await slack.command("ada", "harbour-search", "/announce")
    announcement = await house.sees("stella", "harbour-search", "Press one")
    await slack.press("stella", announcement, "Write a note")
    await house.until(lambda: slack.view_of("stella"))
    view = slack.view_of("stella")
    assert view

    played = await slack.submit("stella", view, {"Your words": "hello"})

    assert played.ok
    assert house.toy.heard[-1] == "note 2 hello in C0HARBOUR"


class TestStandings:
    @pytest.mark.parametrize(
        ("user", "standing"),
        [
            ("U0ADA", Standing.MEMBER),
            ("U0PAGER", Standing.MEMBER),
            ("U0GUS", Standing.GUEST),
            ("U0STELLA", Standing.FOREIGN),
            ("U0NOWHERE", Standing.FOREIGN),
            ("U0OTTO", Standing.GONE),
        ],
    )
    async def test_slack_says_how_an_account_belongs(
        self, house: House, user: str, standing: Standing
    ) -> None:
        assert (await house.platform.profile(UserRef("slack", TEAM, user))).standing is standing

    async def test_slack_says_which_address_is_theirs_once_they_have_shown_it(
        self, house: House
    ) -> None:
        ada = house.slack.person("ada")
        shown = await house.platform.profile(UserRef("slack", TEAM, ada.id))
        house.slack.workspace.people.add(replace(ada, is_email_confirmed=False))
        unshown = await house.platform.profile(UserRef("slack", TEAM, ada.id))

        assert shown == Profile(Standing.MEMBER, "ada@northwind.example", "Ada Okafor")
        assert unshown == Profile(Standing.MEMBER, "", "Ada Okafor")

    async def test_an_id_of_another_company_is_not_mistaken_for_ours(self, house: House) -> None:
        namesake = UserRef("slack", "T0HARBOUR", "U0ADA")

        assert (await house.platform.profile(namesake)).standing is Standing.FOREIGN

    async def test_as_long_as_slack_does_not_answer_nothing_is_said(self, house: House) -> None:
        house.slack.faults.add("users.info", FaultKind.SERVER_ERROR)

        with pytest.raises(DeliveryError) as unsaid:
            await house.platform.profile(UserRef("slack", TEAM, "U0ADA"))

        assert not unsaid.value.permanent

    async def test_before_the_workspace_is_known_nobody_belongs_to_it(
        self, sqlite_url: str
    ) -> None:
        async with a_house(sqlite_url, team=None, before=slack_is_away) as house:
            with pytest.raises(DeliveryError, match="workspace_unknown"):
                await house.platform.profile(UserRef("slack", TEAM, "U0ADA"))

    @pytest.mark.parametrize("answer", [None, 7, {"team_id": 7}, {"is_restricted": "perhaps"}])
    async def test_an_account_of_another_shape_is_nobodys(self, answer: object) -> None:
        with pytest.raises(DeliveryError, match="garbage"):
            shaped(User, answer)

    @pytest.mark.parametrize(
        ("account", "tenant", "standing"),
        [
            ({"team_id": TEAM}, TEAM, Standing.MEMBER),
            ({"team_id": TEAM, "is_restricted": True}, TEAM, Standing.GUEST),
            ({"team_id": TEAM, "is_ultra_restricted": True}, TEAM, Standing.GUEST),
            ({"team_id": TEAM, "is_stranger": True}, TEAM, Standing.FOREIGN),
            ({"team_id": TEAM, "deleted": True}, TEAM, Standing.GONE),
            ({"team_id": "T0OTHER"}, TEAM, Standing.FOREIGN),
            ({}, TEAM, Standing.FOREIGN),
            # A colleague in an organisation acts for it, and may have joined elsewhere first.
            (
                {"team_id": "T2", "enterprise_user": {"enterprise_id": "E1", "teams": [TEAM]}},
                "E1",
                Standing.MEMBER,
            ),
            (
                {"team_id": "T2", "enterprise_user": {"enterprise_id": "E1", "teams": ["T2"]}},
                "E1",
                Standing.FOREIGN,
            ),
        ],
    )
    def test_whoever_is_not_wholly_ours_is_no_member(
        self, account: dict[str, object], tenant: str, standing: Standing
    ) -> None:
        assert judge(User.model_validate(account), tenant, TEAM) is standing


class TestReaders:
    async def readers(self, house: House, channel: str) -> set[str]:
        found = await house.platform.readers(Place("slack", TEAM, channel))
        assert {reader.tenant for reader in found} == {TEAM}
        return {reader.user for reader in found}

    async def test_everybody_in_a_channel_reads_there(self, house: House) -> None:
        readers = await self.readers(house, "C0SOURCING")

        assert readers == {"U0ADA", "U0BEN", "U0ELENA", "U0GUS"}

    async def test_one_person_reads_in_a_direct_chat(self, house: House) -> None:
        direct = await house.platform.direct(UserRef("slack", TEAM, "U0GUS"))

        assert await self.readers(house, direct.channel) == {"U0GUS"}
        assert await self.readers(house, "U0GUS") == {"U0GUS"}

    async def refused(self, house: House, channel: str) -> str:
        with pytest.raises(DeliveryError) as refused:
            await house.platform.readers(Place("slack", TEAM, channel))
        assert refused.value.permanent
        return refused.value.code

    async def test_a_channel_shared_with_another_company_is_refused(self, house: House) -> None:
        shared = "shared_with_another_company"

        assert await self.refused(house, "C0HARBOUR") == shared
        house.slack.channel("soc").is_pending_ext_shared = True
        assert await self.refused(house, "C0SOC") == shared

    async def test_a_channel_that_slack_does_not_show_is_refused(self, house: House) -> None:
        assert await self.refused(house, "C0NOWHERE") == "channel_not_found"

    async def test_a_crowd_is_refused(self, house: House) -> None:
        crowd = {f"U0CROWD{n}" for n in range(MOST_READERS)}
        house.slack.workspace.channels["C0CROWD"] = Channel("C0CROWD", "crowd", members=crowd)

        assert len(await self.readers(house, "C0CROWD")) == MOST_READERS
        crowd.add("U0ONEMORE")
        assert await self.refused(house, "C0CROWD") == "too_many_readers"
