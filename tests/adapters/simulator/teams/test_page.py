"""The JSON API behind the page's Teams pane, over real HTTP, as docs/simulator.md settles it."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from aiohttp import ClientSession

from adapters.simulator.journal import Journal
from adapters.simulator.menu import CommandLine, Menu, SearchLine, ShortcutLine
from adapters.simulator.page import Page
from adapters.simulator.simulator import SlackSimulator
from adapters.simulator.teams.rates import Rates
from adapters.simulator.teams.simulator import Behaviour, TeamsSimulator
from tests.adapters.simulator.browser import Browser, Json
from tests.adapters.simulator.teams.samples import (
    asked,
    attached,
    card,
    dialog,
    execute,
    found,
    opens,
    posted,
    said,
    submit,
    text,
    toast,
)
from tests.adapters.simulator.teams.stand_in import StandInBot

MENU = Menu(
    commands=(CommandLine("/term", "Look a term up"),),
    shortcuts=(ShortcutLine("glossary.explain", "Explain a term"),),
    words=(CommandLine("term", "Look a term up", "[word]"),),
    searches=(SearchLine("glossary.find", "Find a term"),),
)


@pytest.fixture
async def journal() -> Journal:
    return Journal()


@pytest.fixture
async def slack(journal: Journal) -> AsyncIterator[SlackSimulator]:
    async with SlackSimulator(journal=journal) as simulator:
        yield simulator


@pytest.fixture
async def teams(journal: Journal) -> AsyncIterator[TeamsSimulator]:
    settings = Behaviour(patience_seconds=2.0, rates=Rates.unlimited())
    async with TeamsSimulator(settings, journal=journal) as simulator:
        yield simulator


@pytest.fixture
async def browser(
    slack: SlackSimulator, teams: TeamsSimulator, bot: StandInBot, http: ClientSession
) -> AsyncIterator[Browser]:
    page = Page(slack, MENU, teams=teams)
    yield Browser(http, await page.start())
    await page.close()


@pytest.fixture
def ada(teams: TeamsSimulator) -> str:
    return teams.person("ada").id


@pytest.fixture
def sourcing(teams: TeamsSimulator) -> str:
    return teams.conversation("ta-sourcing").id


async def act(browser: Browser, name: str, **body: object) -> Json:
    status, told = await browser.act(f"/api/page/teams/{name}", body)
    assert status == 200, told
    return told


async def refusal(browser: Browser, name: str, **body: object) -> str:
    status, told = await browser.act(f"/api/page/teams/{name}", body)
    assert status == 400, told
    error: str = told["error"]
    return error


async def seen(browser: Browser, person: str, channel: str) -> list[Json]:
    messages: list[Json] = (await browser.channel(person, channel, "teams"))["messages"]
    return messages


async def with_card(browser: Browser, teams: TeamsSimulator, bot: StandInBot, shown: Json) -> Json:
    """Let the bot post a card in Ada's own chat, and return the place of it."""
    chat = teams.own_chat("ada").id
    await bot.post(chat, **posted(shown))
    message = (await seen(browser, teams.person("ada").id, chat))[-1]
    return {"person": teams.person("ada").id, "channel": chat, "message": message["id"]}


async def test_the_setup_names_people_words_and_searches(browser: Browser) -> None:
    _, told = await browser.get("/api/page/setup")

    setup = told["teams"]
    kinds = {person["handle"]: person["kind"] for person in setup["people"]}
    assert [line["command"] for line in setup["commands"]] == ["term"]
    assert [line["callback_id"] for line in setup["shortcuts"]] == ["glossary.explain"]
    assert setup["searches"] == [{"command": "glossary.find", "title": "Find a term"}]
    assert (kinds["ada"], kinds["gus"]) == ("member", "guest")
    assert (kinds["stella"], kinds["anon"]) == ("stranger", "anonymous")


async def test_a_person_sees_own_conversations_and_which_teams_there_are(
    browser: Browser, teams: TeamsSimulator
) -> None:
    state = await browser.state(teams.person("gus").id, "teams")

    names = {channel["name"]: channel["kind"] for channel in state["channels"]}
    assert names == {
        "General": "channel",
        "hiring-security": "channel",
        "ta-sourcing": "channel",
        "": "dm",
    }
    joined = {team["name"] for team in state["teams"] if team["is_member"]}
    assert joined == {"Talent Acquisition"}
    own_chat = state["channels"][-1]
    assert (own_chat["with"], own_chat["bot_is_member"]) == (teams.world.bot_id, False)


async def test_threads_stand_whole_and_the_one_written_to_last_at_the_end(
    browser: Browser, ada: str, sourcing: str
) -> None:
    for words in ("First", "Second"):
        await act(browser, "say", person=ada, channel=sourcing, thread=None, text=words)
    first, _ = await seen(browser, ada, sourcing)

    await act(browser, "say", person=ada, channel=sourcing, thread=first["id"], text="A reply")

    second, first, reply = await seen(browser, ada, sourcing)
    assert [message["text"] for message in (second, first, reply)] == ["Second", "First", "A reply"]
    assert reply["thread"] == first["id"]
    assert first["reply_count"] == 1


async def test_a_mention_is_heard_and_marked(
    browser: Browser, bot: StandInBot, ada: str, sourcing: str
) -> None:
    await act(browser, "say", person=ada, channel=sourcing, text="@parley term EDRM")

    message = (await seen(browser, ada, sourcing))[-1]
    assert message["text"] == "<at>Parley</at> term EDRM"
    assert message["mentions"][0]["text"] == "<at>Parley</at>"
    assert len(bot.activities("message")) == 1


async def test_words_in_the_own_chat_need_no_mention(
    browser: Browser, bot: StandInBot, teams: TeamsSimulator, ada: str
) -> None:
    await act(browser, "say", person=ada, channel=teams.own_chat("ada").id, text="term EDRM")

    assert bot.activities("message")[0]["text"] == "term EDRM"


async def test_a_button_is_pressed_as_it_stands_in_the_card(
    browser: Browser, bot: StandInBot, teams: TeamsSimulator
) -> None:
    first, second = execute("Approve"), execute("Approve", data={"proposal": 4})
    place = await with_card(browser, teams, bot, card(actions=(first, second)))
    bot.will_answer(toast("Thank you."))

    told = await act(browser, "press", **place, button=second)

    assert (told["notice"], told["problems"]) == ("Thank you.", [])
    pressed = bot.activities("adaptiveCard/action")[0]["value"]["action"]
    assert pressed["data"] == {"proposal": 4}


async def test_a_button_that_is_not_on_the_card_is_refused(
    browser: Browser, bot: StandInBot, teams: TeamsSimulator
) -> None:
    place = await with_card(browser, teams, bot, card(actions=(execute("Approve"),)))

    error = await refusal(browser, "press", **place, button=execute("Decline"))

    assert error == "There is nothing called Decline here to press."


async def test_what_the_client_finds_wrong_stands_in_the_dialog_with_what_was_typed(
    browser: Browser, bot: StandInBot, teams: TeamsSimulator, ada: str
) -> None:
    place = await with_card(browser, teams, bot, card(actions=(opens("Edit"),)))
    asking = card(
        asked(isRequired=True, errorMessage="Which term?"),
        asked(label="Why"),
        actions=(submit(),),
    )
    bot.will_answer(dialog(asking))
    await act(browser, "press", **place, button=opens("Edit"))

    told = await act(browser, "submit", person=ada, button=submit(), answers={"why": "Because"})

    shown = (await browser.state(ada, "teams"))["dialog"]
    assert told["errors"] == shown["errors"] == {"term": "Which term?"}
    assert shown["answers"] == {"why": "Because"}
    assert bot.activities("task/submit") == []


async def test_a_warning_of_the_card_is_not_told_twice(
    browser: Browser, bot: StandInBot, teams: TeamsSimulator, ada: str
) -> None:
    place = await with_card(browser, teams, bot, card(actions=(opens("Edit"),)))
    warning = text("That term is taken.", color="attention")
    bot.will_answer(dialog(card(warning, asked(), actions=(submit(),))))

    told = await act(browser, "press", **place, button=opens("Edit"))

    shown = (await browser.state(ada, "teams"))["dialog"]
    assert told["errors"] == {"term": "That term is taken."}
    assert shown["errors"] == {}


async def test_a_dialog_is_dismissed(
    browser: Browser, bot: StandInBot, teams: TeamsSimulator, ada: str
) -> None:
    place = await with_card(browser, teams, bot, card(actions=(opens("Edit"),)))
    bot.will_answer(dialog(card(asked(), actions=(submit(),))))
    await act(browser, "press", **place, button=opens("Edit"))

    await act(browser, "dismiss", person=ada)

    assert (await browser.state(ada, "teams"))["dialog"] is None
    error = await refusal(browser, "submit", person=ada, button=submit(), answers={})
    assert error == "That dialog is no longer open."


async def test_a_message_is_handed_to_the_message_extension(
    browser: Browser, bot: StandInBot, ada: str, sourcing: str
) -> None:
    await act(browser, "say", person=ada, channel=sourcing, text="Strange mail")
    message = (await seen(browser, ada, sourcing))[-1]["id"]
    bot.will_answer(said("Nothing to explain."))

    told = await act(
        browser,
        "use_on",
        person=ada,
        channel=sourcing,
        message=message,
        command="glossary.explain",
    )

    quoted = bot.activities("composeExtension/fetchTask")[0]["value"]["messagePayload"]
    assert told["notice"] == "Nothing to explain."
    assert "Strange mail" in quoted["body"]["content"]


async def test_a_result_of_a_search_is_posted(
    browser: Browser, bot: StandInBot, ada: str, sourcing: str
) -> None:
    bot.will_answer(found("EDRM"))
    place = {"person": ada, "channel": sourcing}
    told = await act(browser, "search", **place, command="glossary.find", text="ed")

    await act(browser, "insert", **place, thread=None, hit=told["hits"][0]["attachment"])

    posted_by_ada = (await seen(browser, ada, sourcing))[-1]
    assert posted_by_ada["user"] == ada
    assert posted_by_ada["card"]["body"][0]["text"] == "EDRM"


async def test_only_a_sound_card_is_posted(browser: Browser, ada: str, sourcing: str) -> None:
    error = await refusal(
        browser, "insert", person=ada, channel=sourcing, hit=attached({"type": "AdaptiveCard"})
    )

    assert error == "That result cannot be posted. Search again, please."


async def test_the_bot_is_added_and_removed(
    browser: Browser, bot: StandInBot, teams: TeamsSimulator, ada: str
) -> None:
    social = teams.team("Social").id

    await act(browser, "uninstall", person=ada)
    await act(browser, "install", person=ada)
    await act(browser, "install_in", person=ada, team=social)
    await act(browser, "uninstall_from", person=ada, team=social)

    done = [activity["action"] for activity in bot.activities("installationUpdate")]
    assert done == ["remove", "add", "add", "remove"]
    assert not teams.team("Social").has_bot


async def test_teams_are_joined_and_left(
    browser: Browser, bot: StandInBot, teams: TeamsSimulator, ada: str
) -> None:
    security = teams.team("Security").id

    await act(browser, "join", person=ada, team=security)
    inside = ada in teams.team("Security").members
    await act(browser, "leave", person=ada, team=security)

    assert inside
    assert ada not in teams.team("Security").members
    assert len(bot.activities("conversationUpdate")) == 2


async def test_a_message_that_is_gone_is_told_in_words(
    browser: Browser, ada: str, sourcing: str
) -> None:
    error = await refusal(
        browser, "press", person=ada, channel=sourcing, message="1", button=execute()
    )

    assert error == "That message is no longer there."


async def test_one_drawer_holds_both_platforms_in_order(
    browser: Browser, slack: SlackSimulator, bot: StandInBot, teams: TeamsSimulator, ada: str
) -> None:
    await slack.command("ada", "general", "/term", "EDRM")
    await teams.direct("ada", "term EDRM")
    await bot.post(teams.own_chat("ada").id, text="Here you are.")

    _, drawer = await browser.get("/api/page/journal?since=0")

    asked_of_bot = [entry for entry in drawer["entries"] if entry["direction"] == "to_bot"]
    calls = [entry for entry in drawer["entries"] if entry["title"] == "activities.send"]
    assert [entry["platform"] for entry in asked_of_bot] == ["slack", "teams"]
    assert asked_of_bot[1]["person"] == ada
    assert calls[0]["cause"] == asked_of_bot[1]["n"]


async def test_a_page_is_told_on_which_platform_something_changed(
    browser: Browser, teams: TeamsSimulator
) -> None:
    heard = []
    async with browser.http.get(f"{browser.address}/api/page/events") as stream:
        await stream.content.readline()
        await teams.say("ada", "ta-sourcing", "hello")
        async with asyncio.timeout(60):
            async for line in stream.content:
                heard.append(line.decode())
                if line.startswith(b"data:"):
                    break

    assert '"platform": "teams"' in heard[-1]


async def test_a_reset_empties_conversations_and_keeps_chats_open_for_the_bot(
    browser: Browser, bot: StandInBot, teams: TeamsSimulator, ada: str
) -> None:
    chat = teams.own_chat("ada").id
    await act(browser, "say", person=ada, channel=chat, text="hello")

    await browser.act("/api/page/reset", {})

    assert await seen(browser, ada, chat) == []
    status, _ = await bot.post(chat, text="Here I am.")
    assert status == 201
