"""The page's JSON API, over real HTTP, as docs/simulator.md settles it."""

import asyncio
import base64
import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
from aiohttp import ClientPayloadError, ClientSession, web
from slack_sdk.web.async_client import AsyncWebClient

from adapters.simulator.menu import CommandLine, Menu, ShortcutLine
from adapters.simulator.page import Page
from adapters.simulator.simulator import SlackSimulator
from tests.adapters.simulator.browser import Browser
from tests.adapters.simulator.samples import card, form
from tests.adapters.simulator.stand_in import StandInBot

MENU = Menu(
    (CommandLine("/term", "Look a term up", "[term]"),),
    (ShortcutLine("incident.report", "Report to security"),),
)


class TurnedClock:
    """A clock that stands where it was put."""

    def __init__(self) -> None:
        self.present = datetime.now(UTC)

    def now(self) -> datetime:
        return self.present

    def move_to(self, instant: datetime) -> None:
        self.present = instant


@pytest.fixture
async def clock() -> TurnedClock:
    return TurnedClock()


@pytest.fixture
async def browser(
    slack: SlackSimulator, bot: StandInBot, http: ClientSession, clock: TurnedClock
) -> AsyncIterator[Browser]:
    page = Page(slack, MENU, clock)
    yield Browser(http, await page.start())
    await page.close()


async def test_the_setup_names_people_commands_and_shortcuts(browser: Browser) -> None:
    _, told = await browser.get("/api/page/setup")

    setup = told["slack"]
    kinds = {person["id"]: person["kind"] for person in setup["people"]}
    assert setup["commands"] == [{"command": "/term", "help": "Look a term up", "usage": "[term]"}]
    assert setup["shortcuts"][0]["callback_id"] == "incident.report"
    assert kinds["U0ADA"] == "member"
    assert kinds["U0GUS"] == "single_channel_guest"
    assert kinds["U0STELLA"] == "stranger"


async def test_a_command_is_played_and_its_answer_stands_in_the_state(
    browser: Browser, bot: StandInBot
) -> None:
    bot.will_answer({"text": "Electronic Discovery Reference Model"})

    status, told = await browser.act(
        "/api/page/slack/command",
        {"person": "U0ADA", "channel": "C0GENERAL", "command": "/term", "text": "EDRM"},
    )

    message = (await browser.channel("U0ADA", "C0GENERAL"))["messages"][-1]
    assert (status, told["ok"], told["notice"]) == (200, True, None)
    assert message["text"] == "Electronic Discovery Reference Model"
    assert message["ephemeral"] is True
    assert message["author"] == {"name": "Parley", "is_bot": True}
    assert (await browser.channel("U0BEN", "C0GENERAL"))["messages"] == []


async def test_a_command_in_a_thread_is_refused_in_words(browser: Browser) -> None:
    status, told = await browser.act(
        "/api/page/slack/command",
        {"person": "U0ADA", "channel": "C0GENERAL", "command": "/term", "thread": "1.2"},
    )

    assert status == 400
    assert "no slash commands in threads" in told["error"]


async def test_a_message_and_its_reply_stand_in_one_thread(
    browser: Browser, bot: StandInBot
) -> None:
    said = {"person": "U0ADA", "channel": "C0GENERAL", "text": "What is EDRM, @parley?"}
    await browser.act("/api/page/slack/say", said)
    parent = (await browser.channel("U0BEN", "C0GENERAL"))["messages"][0]

    await browser.act("/api/page/slack/say", {**said, "person": "U0BEN", "thread": parent["id"]})

    parent, reply = (await browser.channel("U0ADA", "C0GENERAL"))["messages"]
    assert parent["reply_count"] == 1
    assert reply["thread"] == parent["id"]
    assert len(bot.events("app_mention")) == 2


async def test_a_button_is_pressed_on_a_message(
    browser: Browser, slack: SlackSimulator, bot: StandInBot
) -> None:
    bot.will_answer(card())
    await slack.command("ada", "general", "/term", "EDRM")
    message = (await browser.channel("U0ADA", "C0GENERAL"))["messages"][-1]

    _, told = await browser.act(
        "/api/page/slack/press",
        {
            "person": "U0ADA",
            "channel": "C0GENERAL",
            "message": message["id"],
            "view": None,
            "block_id": "choices",
            "action_id": "share",
            "value": None,
            "answers": {},
        },
    )

    assert told["notice"] is None
    assert bot.payloads("block_actions")[0]["actions"][0]["action_id"] == "share"


async def test_a_form_keeps_what_was_typed_beside_what_was_refused(
    browser: Browser, slack: SlackSimulator, bot: StandInBot
) -> None:
    view = slack.workspace.views.open("U0ADA", form())
    bot.will_answer({"response_action": "errors", "errors": {"label": "Taken already."}})

    _, told = await browser.act(
        "/api/page/slack/submit",
        {"person": "U0ADA", "view": view.id, "answers": {"label": {"label_input": "EDRM"}}},
    )

    shown = (await browser.state("U0ADA"))["views"][0]
    assert told["errors"] == {"label": "Taken already."}
    assert shown["errors"] == {"label": "Taken already."}
    assert shown["values"]["label"] == {"label_input": "EDRM"}


async def test_a_form_of_somebody_else_cannot_be_submitted(
    browser: Browser, slack: SlackSimulator
) -> None:
    view = slack.workspace.views.open("U0ADA", form())

    status, told = await browser.act(
        "/api/page/slack/submit", {"person": "U0BEN", "view": view.id, "answers": {}}
    )

    assert (status, told["error"]) == (400, "That form is no longer open.")


async def test_a_form_is_closed(browser: Browser, slack: SlackSimulator, bot: StandInBot) -> None:
    view = slack.workspace.views.open("U0ADA", form(notify_on_close=True))

    await browser.act("/api/page/slack/close", {"person": "U0ADA", "view": view.id, "all": False})

    assert (await browser.state("U0ADA"))["views"] == []
    assert bot.payloads("view_closed")[0]["is_cleared"] is False


async def test_a_shortcut_carries_the_message(
    browser: Browser, slack: SlackSimulator, bot: StandInBot
) -> None:
    played = await slack.post("ben", "general", "Strange mail from the bank")
    assert played.message

    await browser.act(
        "/api/page/slack/shortcut",
        {
            "person": "U0ADA",
            "callback_id": "incident.report",
            "channel": "C0GENERAL",
            "message": played.message.ts,
        },
    )

    quoted = bot.payloads("message_action")[0]["message"]
    assert quoted["text"] == "Strange mail from the bank"


async def test_home_suggestions_joins_and_direct_messages_are_played(
    browser: Browser, slack: SlackSimulator, bot: StandInBot
) -> None:
    await browser.act("/api/page/slack/home", {"person": "U0ADA"})
    await browser.act("/api/page/slack/join", {"person": "U0ADA", "channel": "C0SOC"})
    _, direct = await browser.act("/api/page/slack/dm", {"person": "U0ADA", "with": "U0PARLEY"})

    assert len(bot.events("app_home_opened")) == 1
    assert bot.events("member_joined_channel")[0]["user"] == "U0ADA"
    assert slack.direct_channel("ada").id == direct["channel"]


async def test_a_file_is_uploaded_and_sent(
    browser: Browser, bot: StandInBot, slack: SlackSimulator, http: ClientSession
) -> None:
    content = base64.b64encode(b"term,plain\n").decode()
    _, stored = await browser.act(
        "/api/page/slack/upload", {"person": "U0ADA", "name": "terms.csv", "content": content}
    )

    channel = slack.direct_channel("ada").id
    said = {"person": "U0ADA", "channel": channel, "text": "import", "files": [stored["file"]]}
    await browser.act("/api/page/slack/say", said)

    event = bot.events("message")[0]
    file = event["files"][0]
    headers = {"Authorization": f"Bearer {slack.bot_token}"}
    async with http.get(file["url_private_download"], headers=headers) as answer:
        downloaded = await answer.read()
    assert event["subtype"] == "file_share"
    assert file["name"] == "terms.csv"
    assert downloaded == b"term,plain\n"


async def test_a_file_that_is_no_picture_is_only_saved(
    browser: Browser, slack: SlackSimulator
) -> None:
    file = slack.workspace.store_file("U0ADA", "page.html", b"<script>alert(1)</script>")

    async with browser.http.get(f"{browser.address}/api/page/slack/files/{file.id}") as answer:
        disposition = answer.headers["Content-Disposition"]

    assert disposition == "attachment"


async def test_the_clock_goes_forward_only(browser: Browser, clock: TurnedClock) -> None:
    before = clock.now()

    moved, _ = await browser.act("/api/page/clock", {"advance_seconds": 3600})
    back, told = await browser.act("/api/page/clock", {"to": before.isoformat()})

    assert (moved, back) == (200, 400)
    assert clock.now() == before + timedelta(hours=1)
    assert "only goes forward" in told["error"]


async def test_the_drawer_shows_signed_requests_and_their_calls(
    browser: Browser, slack: SlackSimulator, http: ClientSession
) -> None:
    await slack.command("ada", "general", "/term", "EDRM")
    headers = {"Authorization": f"Bearer {slack.bot_token}"}
    async with http.post(slack.api_base + "auth.test", headers=headers):
        _, drawer = await browser.get("/api/page/journal?since=0")

    sent, called = drawer["entries"]
    names = [name for name, _ in sent["request"]["headers"]]
    assert "X-Slack-Signature" in names
    assert sent["request"]["parsed"]["command"] == "/term"
    assert (called["title"], called["cause"], called["outcome"]) == ("auth.test", sent["n"], "ok")
    assert slack.bot_token not in json.dumps(called)
    assert drawer["last"] == called["n"]


async def test_what_no_person_caused_is_no_cause_of_calls(slack: SlackSimulator) -> None:
    journal = slack.journal
    asked = journal.begin_asking("U0ADA")

    journal.begin_asking(None)

    assert journal.cause == asked


async def test_a_reset_empties_the_workspace(browser: Browser, slack: SlackSimulator) -> None:
    await slack.post("ada", "general", "hello")

    await browser.act("/api/page/reset", {})

    assert (await browser.channel("U0ADA", "C0GENERAL"))["messages"] == []


async def test_after_a_reset_the_bot_can_write_where_it_wrote_before(
    browser: Browser, slack: SlackSimulator, client: AsyncWebClient
) -> None:
    direct = slack.direct_channel("ada").id

    await browser.act("/api/page/reset", {})

    assert (await client.chat_postMessage(channel=direct, text="hello"))["ok"]


async def test_an_open_page_is_told_of_changes(browser: Browser, slack: SlackSimulator) -> None:
    heard = []
    async with browser.http.get(f"{browser.address}/api/page/events") as stream:
        await stream.content.readline()
        await slack.post("ada", "general", "hello")
        async with asyncio.timeout(60):
            async for line in stream.content:
                heard.append(line.decode().strip())
                if line.startswith(b"data:"):
                    break

    assert "event: change" in heard


async def test_a_stop_does_not_wait_for_pages_that_stay_open(
    slack: SlackSimulator, http: ClientSession
) -> None:
    app = Page(slack).application()
    runner = web.AppRunner(app, shutdown_timeout=1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    address = f"http://127.0.0.1:{runner.addresses[0][1]}/api/page/events"
    async with http.get(address) as stream:
        await stream.content.readline()

        await app.shutdown()

        async with asyncio.timeout(60):
            with pytest.raises(ClientPayloadError):
                await stream.content.read()
    await runner.cleanup()


@pytest.mark.parametrize("host", ["evil.example", "evil.example:3979", "127.0.0.1.evil.example"])
async def test_another_host_is_refused(browser: Browser, host: str) -> None:
    status, _ = await browser.get("/api/page/setup", Host=host)

    assert status == 403


async def test_another_origin_cannot_act(browser: Browser, slack: SlackSimulator) -> None:
    status, _ = await browser.act("/api/page/reset", {}, Origin="https://evil.example")

    assert status == 403


async def test_a_form_post_cannot_act(browser: Browser) -> None:
    async with browser.http.post(f"{browser.address}/api/page/reset", data={"a": "b"}) as answer:
        status = answer.status

    assert status == 415


async def test_the_page_itself_is_served(browser: Browser) -> None:
    async with browser.http.get(f"{browser.address}/") as answer:
        status, policy = answer.status, answer.headers["Content-Security-Policy"]

    assert status == 200
    assert policy.startswith("default-src 'self'")
