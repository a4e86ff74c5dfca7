"""Messages are drawn as Slack means them, and never as anything else."""

import pytest
from playwright.async_api import expect

from adapters.simulator.simulator import SlackSimulator
from tests.browser import samples
from tests.browser.bot import ScriptedBot
from tests.browser.screen import Screen

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_every_block_is_drawn(screen: Screen) -> None:
    await screen.say("/term everything")

    await expect(screen.last.get_by_role("heading", name="Vote V-3")).to_be_visible()
    for words in ("panel", "Search: Berlin", "Read the scorecards.", "Yes: 2", "Opened by Ada."):
        await expect(screen.last.get_by_text(words)).to_be_visible()
    await expect(screen.last.get_by_role("columnheader", name="Criterion")).to_be_visible()
    await expect(screen.last.locator("blockquote")).to_have_text("Strong on detection.")
    await expect(screen.last.locator("pre")).to_have_text("a  b\n1  2")
    await expect(screen.last.locator("section, .unknown")).to_have_count(0)
    picture = screen.last.get_by_role("img", name="Bars: writing 3.")
    assert await picture.evaluate("node => node.complete && node.naturalWidth === 1")


async def test_a_date_stands_in_the_readers_own_zone(screen: Screen) -> None:
    await screen.say("/term everything")
    in_berlin = screen.last.locator(".message-body time")
    await expect(in_berlin).to_have_text("Monday, 23 November 2026 10:30")

    await screen.become("U0DEV")

    await expect(in_berlin).to_have_text("Monday, 23 November 2026 15:00")


async def test_hostile_text_stays_text(screen: Screen, slack: SlackSimulator) -> None:
    await screen.say(samples.HOSTILE)

    await expect(screen.last).to_contain_text("<img src=x onerror=document.title='taken'>")
    await expect(screen.last).to_contain_text("[U+202E]gnp.exe")
    await expect(screen.last.locator("img, script, a")).to_have_count(0)
    assert await screen.page.title() == "Parley simulator"
    assert slack.workspace.channels["C0GENERAL"].messages


async def test_hostile_text_of_the_bot_stays_text(screen: Screen, bot: ScriptedBot) -> None:
    section = {"type": "section", "text": samples.plain(samples.HOSTILE)}
    link = {"type": "link", "url": "javascript:document.title='taken'", "text": "Press me"}
    rich = {"type": "rich_text", "elements": [samples.line(link, samples.words(samples.HOSTILE))]}

    await bot.client.chat_postMessage(channel="C0GENERAL", text="x", blocks=[section, rich])

    await expect(screen.last).to_contain_text("<img src=x onerror")
    await expect(screen.last.locator("img, script, a")).to_have_count(0)
    assert await screen.page.title() == "Parley simulator"


async def test_a_private_answer_is_marked_and_seen_by_nobody_else(screen: Screen) -> None:
    await screen.say("/term EDRM")
    await expect(screen.last).to_contain_text("Only visible to you")

    await screen.become("U0BEN")

    await expect(screen.page.get_by_text("Ben Lindqvist, Recruiter")).to_be_attached()
    await expect(screen.messages).to_have_count(0)
    await expect(screen.page.get_by_text("No messages here yet.")).to_be_visible()


async def test_a_press_reaches_the_bot_and_its_post_is_read_aloud(
    screen: Screen, bot: ScriptedBot
) -> None:
    await screen.say("/term EDRM")

    await screen.button("Share here").click()

    await expect(screen.last).to_contain_text("EDRM means Electronic Discovery Reference Model.")
    await expect(screen.page.locator("#announcer")).to_contain_text("Parley: EDRM means")
    assert bot.of_type("block_actions")[0]["actions"][0]["action_id"] == "share"


async def test_a_press_with_a_question_waits_for_the_answer(
    screen: Screen, bot: ScriptedBot
) -> None:
    await screen.say("/term everything")

    await screen.button("Close the vote").click()
    await screen.window.get_by_text("Keep it open").click()
    await expect(screen.window).to_have_count(0)
    assert bot.of_type("block_actions") == []
    await screen.button("Close the vote").click()
    await screen.window.get_by_text("Close it").click()

    await expect(screen.last).to_contain_text("The vote is closed.")
    await expect(screen.last).to_contain_text("(edited)")


async def test_a_choice_in_a_message_is_sent_at_once(screen: Screen, bot: ScriptedBot) -> None:
    await screen.say("/term everything")

    await screen.last.get_by_label("Department").select_option("ta")

    await expect(screen.last.get_by_label("Department")).not_to_have_attribute("aria-busy", "true")
    await screen.last.get_by_role("button", name="More choices").click()
    await screen.page.get_by_role("menuitem", name="Withdraw").click()
    await expect(screen.page.get_by_role("menu")).to_have_count(0)
    await screen.button("Vote yes").click()
    await expect(screen.button("Vote yes")).not_to_have_attribute("aria-busy", "true")
    chosen = [said["actions"][0].get("selected_option") for said in bot.of_type("block_actions")]
    assert [one and one["value"] for one in chosen] == ["ta", "withdraw", None]


async def test_a_guest_is_marked(screen: Screen) -> None:
    await screen.become("U0GUS")
    await expect(screen.page.locator(".person-card")).to_contain_text("Guest, one channel")

    await screen.say("Good morning")

    await expect(screen.last.locator(".badge")).to_have_text("Guest, one channel")


async def test_a_thread_opens_beside_and_takes_replies(screen: Screen, bot: ScriptedBot) -> None:
    await screen.say("@Parley are you there?")
    await expect(screen.messages).to_have_count(1)

    await screen.button("1 reply").click()
    thread = screen.page.get_by_role("complementary", name="Thread")
    await expect(thread.locator("article")).to_have_count(2)
    await thread.get_by_role("textbox").fill("Thank you")
    await thread.get_by_role("textbox").press("Enter")

    await expect(thread.locator("article").last).to_contain_text("Thank you")
    await expect(screen.button("2 replies")).to_be_visible()
    await thread.get_by_role("textbox").press("Escape")
    await expect(thread).to_be_hidden()
    await expect(screen.button("2 replies")).to_be_focused()
    assert len(bot.of_type("app_mention")) == 1
