"""The Bot Connector: what it does for the bot, and what it refuses with which words."""

from dataclasses import replace
from typing import Any

import pytest
from aiohttp import ClientError, ClientSession

from adapters.simulator.faults import FaultKind
from adapters.simulator.teams.errors import Refusal
from adapters.simulator.teams.rates import Counted, RateLimits, Rates
from adapters.simulator.teams.simulator import Behaviour, TeamsSimulator
from tests.adapters.simulator.teams.samples import card, execute, posted, text
from tests.adapters.simulator.teams.stand_in import StandInBot

Json = dict[str, Any]


def thread(teams: TeamsSimulator, **more: Any) -> Json:
    """Return the parameters that begin a thread in a channel."""
    channel = {"channel": {"id": teams.conversation("ta-sourcing").id}}
    activity = {"type": "message", "text": "Good morning"}
    return {"isGroup": True, "channelData": channel, "activity": activity, **more}


def chat(teams: TeamsSimulator, person: str = "ada", **more: Any) -> Json:
    """Return the parameters that find the chat with one person."""
    members = [{"id": teams.people.find(person).id}]  # type: ignore[union-attr]  # everybody is there
    return {"isGroup": False, "members": members, "tenantId": teams.tenant_id, **more}


class TestPosting:
    async def test_a_thread_begins_in_a_channel(
        self, teams: TeamsSimulator, bot: StandInBot
    ) -> None:
        status, said = await bot.call("POST", "conversations", thread(teams))

        first = teams.sees("ada", "ta-sourcing")[0]
        assert status == 201
        assert said == {"id": f"{first.conversation};messageid={first.id}", "activityId": first.id}
        assert first.text == "Good morning"

    async def test_a_reply_goes_into_the_thread_its_address_names(
        self, teams: TeamsSimulator, bot: StandInBot
    ) -> None:
        _, began = await bot.call("POST", "conversations", thread(teams))

        status, said = await bot.post(began["id"], text="And one more thing")

        first, reply = teams.sees("ada", "ta-sourcing")
        assert (status, said) == (201, {"id": reply.id})
        assert teams.sees_thread("ada", first) == [first, reply]

    async def test_a_reply_to_a_message_goes_into_its_thread(
        self, teams: TeamsSimulator, bot: StandInBot
    ) -> None:
        first = await teams.mention("ada", "ta-sourcing", "help")
        assert first.message is not None
        path = f"conversations/{first.message.conversation}/activities/{first.message.id}"

        status, _ = await bot.call("POST", path, {"type": "message", "text": "Here"})

        assert status == 201
        assert [m.text for m in teams.sees_thread("ada", first.message)][-1] == "Here"

    async def test_a_chat_with_one_person_is_found_again(
        self, teams: TeamsSimulator, bot: StandInBot
    ) -> None:
        _, once = await bot.call("POST", "conversations", chat(teams))
        _, again = await bot.call("POST", "conversations", chat(teams))

        await bot.post(once["id"], text="Only for you")

        assert once == again
        assert [message.text for message in teams.sees_direct("ada")] == ["Only for you"]

    async def test_a_chat_is_found_by_the_directory_id_and_may_begin_with_words(
        self, teams: TeamsSimulator, bot: StandInBot
    ) -> None:
        members = [{"id": teams.person("ada").aad_object_id}]
        activity = {"type": "message", "text": "Hello"}

        status, said = await bot.call(
            "POST", "conversations", chat(teams, members=members, activity=activity)
        )

        assert status == 201
        assert said["activityId"] == teams.sees_direct("ada")[0].id

    async def test_an_edit_replaces_everything(
        self, teams: TeamsSimulator, bot: StandInBot
    ) -> None:
        _, said = await bot.call("POST", "conversations", thread(teams))
        path = f"conversations/{said['id']}/activities/{said['activityId']}"

        status, _ = await bot.call("PUT", path, {"type": "message", **posted(card())})

        message = teams.sees("ada", "ta-sourcing")[0]
        assert status == 200
        assert (message.text, message.words()) == ("", "EDRM")
        assert message.edited_at is not None

    async def test_what_was_deleted_is_gone(self, teams: TeamsSimulator, bot: StandInBot) -> None:
        _, said = await bot.call("POST", "conversations", thread(teams))
        path = f"conversations/{said['id']}/activities/{said['activityId']}"

        first = await bot.call("DELETE", path)
        second = await bot.call("DELETE", path)

        assert first == (200, None)
        assert second[0] == 404
        assert teams.sees("ada", "ta-sourcing") == []


class TestRefusals:
    async def test_a_call_without_a_good_token_is_refused(
        self, teams: TeamsSimulator, http: ClientSession
    ) -> None:
        url = f"{teams.service_url}v3/conversations"
        inbound = {"Authorization": f"Bearer {teams.issuer.token(teams.service_url)}"}

        async with http.post(url, json=thread(teams)) as bare:
            said = await bare.json()
        async with http.post(url, json=thread(teams), headers=inbound) as replayed:
            status = replayed.status

        assert (bare.status, said["error"]["code"]) == (401, "Unauthorized")
        assert status == 401

    @pytest.mark.parametrize(
        ("channel", "status", "code"),
        [
            ("random", 403, "BotNotInConversationRoster"),
            ("19:nowhere@thread.tacv2", 404, "ConversationNotFound"),
        ],
    )
    async def test_no_thread_begins_where_the_bot_is_not(
        self, teams: TeamsSimulator, bot: StandInBot, channel: str, status: int, code: str
    ) -> None:
        known = teams.world.conversation_called(channel)
        channel_id = known.id if known else channel

        refused, said = await bot.call(
            "POST", "conversations", thread(teams, channelData={"channel": {"id": channel_id}})
        )

        assert (refused, said["error"]["code"]) == (status, code)

    @pytest.mark.parametrize(
        ("changes", "problem"),
        [
            ({"isGroup": False}, "isGroup"),
            ({"activity": None}, "type message"),
            ({"activity": {"type": "typing"}}, "type message"),
            ({"activity": {"type": "message", "text": " "}}, "must include non empty 'text'"),
            ({"activity": {"type": "message", "text": 1}}, "text must be a string"),
            ({"activity": {"type": "message", "attachments": "x"}}, "attachments must be a list"),
            ({"activity": {"type": "message", "text": "x", "textFormat": "rtf"}}, "textFormat"),
            ({"activity": {"type": "message", **posted(card(version="1.6"))}}, "version"),
            ({"activity": {"type": "message", **posted(card(actions=(execute(),) * 7))}}, "6"),
        ],
    )
    async def test_what_teams_would_not_show_is_not_posted(
        self, teams: TeamsSimulator, bot: StandInBot, changes: Json, problem: str
    ) -> None:
        status, said = await bot.call("POST", "conversations", thread(teams, **changes))

        assert (status, said["error"]["code"]) == (400, "BadSyntax")
        assert problem in said["error"]["message"]
        assert teams.sees("ada", "ta-sourcing") == []

    async def test_a_message_over_28_kb_is_too_large(
        self, teams: TeamsSimulator, bot: StandInBot
    ) -> None:
        channel = teams.conversation("ta-sourcing").id

        fits = await bot.post(channel, text="x" * 28_000)
        status, said = await bot.post(channel, **posted(card(text("x" * 28_700))))

        assert fits[0] == 201
        assert (status, said["error"]["code"]) == (413, "MessageSizeTooBig")

    @pytest.mark.parametrize(
        ("person", "changes", "status"),
        [
            ("gus", {}, 403),
            ("otto", {}, 400),
            ("stella", {}, 400),
            ("ada", {"tenantId": None}, 400),
            ("ada", {"members": []}, 400),
            ("ada", {"isGroup": True}, 400),
            ("ada", {"members": [{"id": "29:nobody"}]}, 400),
        ],
    )
    async def test_a_chat_needs_somebody_of_the_tenant_who_has_the_bot(
        self, teams: TeamsSimulator, bot: StandInBot, person: str, changes: Json, status: int
    ) -> None:
        refused, _ = await bot.call("POST", "conversations", chat(teams, person, **changes))

        assert refused == status

    async def test_who_removed_or_blocked_the_bot_is_not_reached(
        self, teams: TeamsSimulator, bot: StandInBot
    ) -> None:
        _, ada = await bot.call("POST", "conversations", chat(teams, "ada"))
        _, ben = await bot.call("POST", "conversations", chat(teams, "ben"))
        await teams.uninstall("ada")
        teams.block("ben")

        removed, blocked = await bot.post(ada["id"], text="x"), await bot.post(ben["id"], text="x")

        assert removed[0] == blocked[0] == 403
        assert removed[1]["error"]["code"] == "BotNotInConversationRoster"
        assert blocked[1]["error"]["code"] == "ConversationBlockedByUser"

    async def test_only_the_bots_own_messages_can_be_changed(
        self, teams: TeamsSimulator, bot: StandInBot
    ) -> None:
        first = await teams.say("ada", "ta-sourcing", "Mine")
        assert first.message is not None
        where = f"conversations/{first.message.conversation}/activities"

        status, said = await bot.call("DELETE", f"{where}/{first.message.id}")
        missing, lost = await bot.call("PUT", f"{where}/1", {"type": "message", "text": "x"})

        assert (status, said["error"]["code"]) == (403, "ForbiddenOperationException")
        assert (missing, lost["error"]["code"]) == (404, "ActivityNotFoundInConversation")

    async def test_a_thread_that_is_not_there_takes_no_reply(
        self, teams: TeamsSimulator, bot: StandInBot
    ) -> None:
        first = await teams.say("ada", "ta-sourcing", "One")
        reply = await teams.say("ada", "ta-sourcing", "Two", thread=first.message)
        assert reply.message is not None
        channel = teams.conversation("ta-sourcing").id

        answers = [
            await bot.post(f"{channel};messageid={root}", text="x")
            for root in ("1", reply.message.id)
        ]

        assert [(status, said["error"]["code"]) for status, said in answers] == [
            (404, "ConversationNotFound")
        ] * 2

    async def test_what_is_no_object_is_refused(
        self, teams: TeamsSimulator, bot: StandInBot, http: ClientSession
    ) -> None:
        await bot.post(teams.conversation("general").id, text="x")
        headers = {"Authorization": f"Bearer {bot.token}"}
        url = f"{teams.service_url}v3/conversations"

        statuses = [
            (await http.post(url, data=body, headers=headers)).status for body in (b"[", b"[1]")
        ]

        assert statuses == [400, 400]


class TestRosters:
    async def test_a_roster_comes_in_pages(self, teams: TeamsSimulator, bot: StandInBot) -> None:
        team = teams.team("Talent Acquisition")
        path = f"conversations/{teams.conversation('ta-sourcing').id}/pagedmembers"

        status, said = await bot.call("GET", f"{path}?pageSize=1")

        ada = next(m for m in said["members"] if m["name"] == "Ada Okafor")
        assert status == 200
        assert len(said["members"]) == len(team.members)
        assert "continuationToken" not in said
        assert ada == {
            "id": teams.person("ada").id,
            "name": "Ada Okafor",
            "tenantId": teams.tenant_id,
            "userRole": "user",
            "objectId": teams.person("ada").aad_object_id,
            "aadObjectId": teams.person("ada").aad_object_id,
            "givenName": "Ada",
            "surname": "Okafor",
            "email": "ada@northwind.example",
            "userPrincipalName": "ada@northwind.example",
        }

    async def test_a_long_roster_needs_more_than_one_page(
        self, teams: TeamsSimulator, bot: StandInBot
    ) -> None:
        team = teams.team("Talent Acquisition")
        crowd = [newcomer(teams, n) for n in range(60)]
        team.members |= set(crowd)
        path = f"conversations/{team.id}/pagedmembers"

        _, first = await bot.call("GET", path)
        _, second = await bot.call("GET", f"{path}?continuationToken={first['continuationToken']}")

        assert len(first["members"]) == 50
        assert len(first["members"] + second["members"]) == len(team.members)
        assert "continuationToken" not in second

    async def test_guests_strangers_and_nameless_ones_are_marked(
        self, teams: TeamsSimulator, bot: StandInBot
    ) -> None:
        async def member(where: str, person: str) -> Json:
            path = f"conversations/{teams.conversation(where).id}/members/{person}"
            _, said = await bot.call("GET", path)
            found: Json = said
            return found

        guest = await member("ta-sourcing", teams.person("gus").id)
        stranger = await member("harbour-search", str(teams.person("stella").aad_object_id))
        nameless = await member("Panel C-104", teams.person("anon").id)

        assert (guest["userRole"], guest["tenantId"]) == ("guest", teams.tenant_id)
        assert stranger["tenantId"] != teams.tenant_id
        assert nameless["userRole"] == "anonymous"
        assert "objectId" not in nameless

    async def test_who_is_not_there_is_not_found(
        self, teams: TeamsSimulator, bot: StandInBot
    ) -> None:
        path = f"conversations/{teams.conversation('soc').id}/members"

        status, said = await bot.call("GET", f"{path}/ada@northwind.example")
        _, listed = await bot.call("GET", path)

        assert (status, said["error"]["code"]) == (404, "MemberNotFoundInConversation")
        assert {one["givenName"] for one in listed} == {"Chiara", "Dev", "Farid", "Grace"}

    async def test_a_team_tells_its_channels(self, teams: TeamsSimulator, bot: StandInBot) -> None:
        team = teams.team("Talent Acquisition")

        _, details = await bot.call("GET", f"teams/{team.id}")
        _, said = await bot.call("GET", f"teams/{team.id}/conversations")

        assert details == team.as_json()
        assert said["conversations"][0] == {"id": team.id, "name": None}
        assert {"ta-sourcing", "hiring-security"} <= {c["name"] for c in said["conversations"]}

    async def test_a_team_without_the_bot_tells_nothing(
        self, teams: TeamsSimulator, bot: StandInBot
    ) -> None:
        social = teams.team("Social")

        team, _ = await bot.call("GET", f"teams/{social.id}")
        roster, _ = await bot.call("GET", f"conversations/{social.id}/pagedmembers")
        nowhere, _ = await bot.call("GET", "teams/19:nowhere@thread.tacv2")

        assert (team, roster, nowhere) == (403, 403, 404)


class TestFaults:
    @pytest.mark.parametrize(
        ("kind", "status", "said"),
        [
            (FaultKind.RATE_LIMITED, 429, "Throttled"),
            (FaultKind.PRECONDITION_FAILED, 412, "PreconditionFailed"),
            (FaultKind.UNAUTHORIZED, 401, "Unauthorized"),
            (FaultKind.FORBIDDEN, 403, "BotNotInConversationRoster"),
            (FaultKind.NOT_FOUND, 404, "ConversationNotFound"),
        ],
    )
    async def test_a_call_refused_by_a_fault_has_no_effect(
        self, teams: TeamsSimulator, bot: StandInBot, kind: FaultKind, status: int, said: str
    ) -> None:
        teams.faults.add("activities.*", kind)
        channel = teams.conversation("general").id

        refused, body = await bot.post(channel, text="One")
        taken, _ = await bot.post(channel, text="Two")

        assert (refused, body["error"]["code"]) == (status, said)
        assert taken == 201
        assert [message.text for message in teams.sees("ada", "general")] == ["Two"]

    async def test_a_lost_answer_had_its_effect(
        self, teams: TeamsSimulator, bot: StandInBot
    ) -> None:
        await bot.post(teams.conversation("general").id, text="One")
        teams.faults.add("activities.send", FaultKind.ANSWER_LOST)

        with pytest.raises(ClientError):
            await bot.post(teams.conversation("general").id, text="Two")

        assert len(teams.sees("ada", "general")) == 2
        assert teams.journal.calls("activities.send")[-1].answer is None

    async def test_gateways_fail_with_pages_instead_of_answers(
        self, teams: TeamsSimulator, bot: StandInBot, http: ClientSession
    ) -> None:
        await bot.post(teams.conversation("general").id, text="One")
        teams.faults.add("teams.get", FaultKind.BAD_GATEWAY)
        teams.faults.add("teams.get", FaultKind.GATEWAY_TIMEOUT)
        url = f"{teams.service_url}v3/teams/x"

        statuses = [(await http.get(url)).status for _ in range(2)]

        assert statuses == [502, 504]


class TestRates:
    def test_the_eighth_post_in_a_second_is_too_many(self) -> None:
        now = [0.0]
        limits = RateLimits(Rates(), lambda: now[0])

        for _ in range(7):
            limits.count(Counted.SEND, "19:a")

        with pytest.raises(Refusal) as refused:
            limits.count(Counted.SEND, "19:a")
        assert (refused.value.status, refused.value.retry_after) == (429, 1)
        limits.count(Counted.SEND, "19:b")

    def test_after_the_wait_it_goes_on_to_the_next_limit(self) -> None:
        now = [0.0]
        limits = RateLimits(Rates(), lambda: now[0])
        for _ in range(7):
            limits.count(Counted.SEND, "19:a")

        now[0] = 1.5
        limits.count(Counted.SEND, "19:a")

        with pytest.raises(Refusal):
            limits.count(Counted.SEND, "19:a")

    def test_a_tenant_has_a_limit_of_its_own(self) -> None:
        limits = RateLimits(Rates(), lambda: 0.0)

        for n in range(50):
            limits.count(Counted.MEMBERS, f"19:{n}")

        with pytest.raises(Refusal):
            limits.count(Counted.MEMBERS, "19:50")

    async def test_the_wait_is_told_to_the_bot(self, http: ClientSession) -> None:
        async with TeamsSimulator(Behaviour(rates=Rates({3600: 2}, {}, {}))) as teams:
            bot = StandInBot(teams, http)
            channel = teams.conversation("general").id

            statuses = [(await bot.post(channel, text="x"))[0] for _ in range(3)]
            url = f"{teams.service_url}v3/conversations/{channel}/activities"
            headers = {"Authorization": f"Bearer {bot.token}"}
            body = {"type": "message", "text": "x"}
            async with http.post(url, json=body, headers=headers) as answer:
                wait = int(answer.headers["Retry-After"])

        assert statuses == [201, 201, 429]
        assert 3500 < wait <= 3600


def newcomer(teams: TeamsSimulator, n: int) -> str:
    """Add somebody to the tenant and return their id."""
    account = replace(
        teams.person("ada"), id=f"29:crowd{n}", aad_object_id=f"crowd{n}", handle=f"crowd{n}"
    )
    teams.people.add(account)
    return account.id
