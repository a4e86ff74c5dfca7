"""Writing: commands, mentions, drafts, files, and what cannot be sent."""

import pytest
from playwright.async_api import FilePayload, Route, expect

from adapters.simulator.simulator import SlackSimulator
from tests.browser.bot import ScriptedBot
from tests.browser.screen import Screen

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

TERMS: FilePayload = {"name": "terms.csv", "mimeType": "text/csv", "buffer": b"term,plain\n"}


async def test_a_command_is_found_chosen_and_sent_by_keyboard(
    screen: Screen, bot: ScriptedBot
) -> None:
    await screen.field.press("/")
    offers = screen.offers
    await expect(offers).to_have_count(2)
    await expect(offers.first).to_contain_text("Look a term up")
    await expect(offers.first).to_have_attribute("aria-selected", "true")

    await screen.field.press("ArrowDown")
    await expect(offers.last).to_have_attribute("aria-selected", "true")
    await screen.field.press("ArrowUp")
    await screen.field.press("Enter")
    await expect(screen.field).to_have_value("/term ")
    await expect(screen.page.get_by_text("/term [term | add | share]")).to_be_visible()
    await screen.page.keyboard.type("EDRM")
    await screen.field.press("Enter")

    await expect(screen.last).to_contain_text("Electronic Discovery Reference Model")
    await expect(screen.field).to_have_value("")
    assert bot.commands() == ["/term EDRM"]


async def test_escape_closes_the_command_menu_and_keeps_the_words(screen: Screen) -> None:
    await screen.field.press("/")

    await screen.field.press("Escape")

    await expect(screen.offers).to_have_count(0)
    await expect(screen.field).to_have_value("/")
    await expect(screen.field).to_be_focused()


async def test_a_mention_is_offered_and_heard(screen: Screen, bot: ScriptedBot) -> None:
    await screen.page.keyboard.press("Tab")
    await screen.field.focus()
    await screen.page.keyboard.type("@par")
    await expect(screen.offers).to_have_count(1)

    await screen.field.press("Tab")
    await screen.page.keyboard.type("good morning")
    await screen.field.press("Enter")

    await expect(screen.last.locator(".mention")).to_have_text("@Parley")
    await expect(screen.button("1 reply")).to_be_visible()
    assert len(bot.of_type("app_mention")) == 1


async def test_an_unknown_command_is_not_sent(screen: Screen, bot: ScriptedBot) -> None:
    await screen.say("/trem EDRM")

    await expect(screen.page.get_by_role("status")).to_contain_text("/trem is not a command here")
    await expect(screen.field).to_have_value("/trem EDRM")
    assert bot.heard == []


async def test_each_conversation_keeps_its_own_draft(screen: Screen) -> None:
    await screen.field.fill("Half a thought")

    await screen.go("hiring-security")
    await expect(screen.field).to_have_value("")
    await screen.go("general")

    await expect(screen.field).to_have_value("Half a thought")


async def test_words_come_back_when_the_simulator_is_gone(screen: Screen) -> None:
    screen.expect_console("ERR_FAILED")
    await screen.page.route("**/api/page/slack/say", lambda route: route.abort())

    await screen.say("Do not lose this")

    await expect(screen.page.get_by_role("status")).to_contain_text("The simulator does not answer")
    await expect(screen.field).to_have_value("Do not lose this")


async def test_a_refusal_of_the_simulator_is_told_in_its_words(
    screen: Screen, slack: SlackSimulator
) -> None:
    screen.expect_console("400")

    async def archive_first(route: Route) -> None:
        slack.workspace.channels["C0GENERAL"].is_archived = True
        await route.continue_()

    await screen.page.route("**/api/page/slack/say", archive_first)

    await screen.say("Is anybody here?")

    await expect(screen.page.locator(".notice")).to_be_visible()
    await expect(screen.field).to_have_value("Is anybody here?")


async def test_a_silent_bot_is_told_in_slacks_words(screen: Screen, slack: SlackSimulator) -> None:
    slack.bot_url = "http://127.0.0.1:9/slack/events"

    await screen.say("/term EDRM")

    told = screen.page.locator(".notice, article")
    await expect(told.first).to_contain_text("/term")


async def test_a_file_goes_with_a_message(screen: Screen) -> None:
    async with screen.page.expect_file_chooser() as chooser:
        await screen.button("Attach a file").click()
    await (await chooser.value).set_files(TERMS)
    await expect(screen.page.get_by_role("list", name="Attached files")).to_contain_text(
        "terms.csv"
    )

    await screen.say("Our terms")

    await expect(screen.last.get_by_role("link")).to_contain_text("terms.csv (11 bytes)")
    await expect(screen.page.locator(".attachments li")).to_have_count(0)


async def test_a_channel_can_be_joined(screen: Screen) -> None:
    await screen.go("soc")
    await expect(screen.field).to_be_hidden()

    await screen.button("Join #soc").click()

    await expect(screen.field).to_be_visible()


async def test_an_archived_channel_takes_no_words(screen: Screen) -> None:
    await screen.go("old-searches")

    await expect(screen.page.get_by_text("This channel is archived.")).to_be_visible()
    await expect(screen.field).to_be_hidden()


async def test_a_message_shortcut_is_reached_by_keyboard(screen: Screen, bot: ScriptedBot) -> None:
    await screen.say("Strange mail")
    more = screen.last.get_by_role("button", name="More actions")
    await more.focus()

    await screen.page.keyboard.press("Enter")
    await expect(screen.page.get_by_role("menuitem").first).to_be_focused()
    await screen.page.keyboard.press("Escape")
    await expect(more).to_be_focused()
    await screen.page.keyboard.press("Enter")
    await screen.page.keyboard.press("ArrowDown")
    await screen.page.keyboard.press("Enter")

    await expect(screen.window.get_by_role("heading", name="Tell us")).to_be_visible()
    assert bot.of_type("message_action")[0]["message"]["text"] == "Strange mail"
