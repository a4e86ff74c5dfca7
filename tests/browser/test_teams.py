"""The Teams pane, played with the bot itself; Slack stands beside it, as `make run` shows them."""

from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Error, Locator, ViewportSize, expect

from adapters.simulator.teams.conversations import Conversation
from adapters.simulator.teams.dialogs import Origin, opened
from adapters.simulator.teams.simulator import TeamsSimulator
from adapters.simulator.teams.world import Draft
from adapters.teams.render import render_form, render_post
from app import Simulation
from bot.ui import Message, Text
from tests.adapters.sample_tree import sample_form, sample_message
from tests.browser.samples import HOSTILE
from tests.browser.screen import Screen
from tests.browser.test_page import CONTRASTS, NAMELESS, SPILLING
from tests.simulation import a_simulation

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

WIDE: ViewportSize = {"width": 1600, "height": 900}


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def parley(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Simulation]:
    """What `make run` starts on a fresh machine, once for all."""
    url = f"sqlite:///{tmp_path_factory.mktemp('teams')}/parley.db"
    async with a_simulation(url) as simulation:
        yield simulation


@pytest.fixture
def teams(parley: Simulation) -> TeamsSimulator:
    """An empty company."""
    parley.slack.reset()
    parley.teams.reset()
    return parley.teams


@pytest_asyncio.fixture(loop_scope="session")
async def screen(tab: Screen, parley: Simulation, teams: TeamsSimulator) -> AsyncIterator[Screen]:
    """The page, its Teams pane played as Ada; any error in it fails the test."""
    assert teams
    async with tab.showing(parley.page_url):
        await tab.page.set_viewport_size(WIDE)
        tab.pane = "teams"
        yield tab
        tab.pane = "slack"


def pane(screen: Screen) -> Locator:
    return screen.page.locator("#teams")


def own_chat(screen: Screen) -> Locator:
    """Return the way to the chat with the bot."""
    return pane(screen).locator(".channel", has_text="Parley")


def general(teams: TeamsSimulator) -> Conversation:
    return teams.conversation("general")


def post(teams: TeamsSimulator, message: Message) -> None:
    """Let the bot have posted *message* in General."""
    activity = render_post(message)
    attachments = tuple(activity["attachments"])
    teams.world.write(general(teams), Draft(teams.world.bot_id, attachments=attachments))
    teams.changed()


def open_form(teams: TeamsSimulator) -> None:
    """Put a dialog with every input before Ada."""
    card = {
        "contentType": "application/vnd.microsoft.card.adaptive",
        "content": render_form(sample_form(), instance="shown-1"),
    }
    task: dict[str, Any] = {"value": {"title": "Scorecard", "card": card}}
    ada = teams.person("ada").id
    teams.world.dialogs[ada] = opened(task, ada, Origin(general(teams).id))
    teams.changed()


async def suggest(screen: Screen, term: str) -> Locator:
    """Ask for the form for a new meaning in the own chat, and return it."""
    await own_chat(screen).click()
    await screen.say(f"term add {term}")
    offer = screen.messages.filter(has_text="opens in a window of its own").last
    await offer.get_by_role("button", name="Open “Suggest a meaning”").click()
    await expect(screen.window.get_by_role("heading", name="Suggest a meaning")).to_be_visible()
    return screen.window


async def test_every_element_of_a_card_is_drawn(screen: Screen, teams: TeamsSimulator) -> None:
    post(teams, sample_message())

    card = screen.last
    await expect(card.get_by_role("columnheader", name="Criterion")).to_be_visible()
    for words in ("Decider: Imani of Security", "1. Read the scorecards.", "— Ada, interviewer"):
        await expect(card).to_contain_text(words)
    await expect(card.locator(".message-body time").first).to_have_text("Mon, 23 Nov 2026")
    await expect(card.locator(".message-body time").nth(1)).to_have_text("10:30")
    await expect(card.get_by_role("link", name="panel guide")).to_be_visible()
    await expect(card.locator(".unknown")).to_have_count(0)
    picture = card.get_by_role("img", name="Bars: detection from 2 to 4")
    assert await picture.evaluate("node => node.complete && node.naturalWidth === 1")


async def test_a_question_unfolds_below_its_button(screen: Screen, teams: TeamsSimulator) -> None:
    post(teams, sample_message())
    withdraw = screen.button("Withdraw the vote")

    await withdraw.press("Enter")

    await expect(withdraw).to_have_attribute("aria-expanded", "true")
    await expect(screen.last).to_contain_text("Withdraw V-3? The ballots cast so far are dropped.")
    await expect(screen.button("Yes: Withdraw the vote")).to_be_focused()


async def test_hostile_words_stay_words(screen: Screen, teams: TeamsSimulator) -> None:
    post(teams, Message(text="x", blocks=(Text(text=HOSTILE),)))
    await expect(screen.last).to_contain_text("<img src=x onerror")

    await screen.say(HOSTILE)

    await expect(screen.messages).to_have_count(2)
    await expect(screen.last).to_contain_text("[U+202E]gnp.exe")
    await expect(screen.messages.locator("img, script, a")).to_have_count(0)
    assert await screen.page.title() == "Parley simulator"


async def test_the_bot_is_mentioned_by_keyboard_and_answers_in_private(
    screen: Screen,
) -> None:
    await screen.field.focus()
    await screen.page.keyboard.type("@par")
    await expect(screen.offers).to_have_count(1)
    await screen.page.keyboard.press("Enter")
    await screen.page.keyboard.type("ter")
    await expect(screen.offers.first).to_contain_text("Say what a word or an acronym means")
    await screen.page.keyboard.press("Enter")

    await screen.page.keyboard.type("EDRM")
    await screen.page.keyboard.press("Enter")

    await expect(screen.messages.first.locator(".mention")).to_have_text("@Parley")
    await expect(screen.last).to_contain_text("in their own chat with me")
    await expect(own_chat(screen)).to_contain_text("1 new")
    await own_chat(screen).click()
    await expect(screen.last).to_contain_text("Electronic Discovery Reference Model")


async def test_a_thread_takes_replies(screen: Screen) -> None:
    await screen.say("Who is on call?")
    await screen.last.get_by_role("button", name="Reply", exact=True).click()

    thread = screen.page.get_by_role("complementary", name="Thread on Teams")
    await thread.get_by_role("textbox").fill("I am")
    await thread.get_by_role("textbox").press("Enter")

    await expect(thread.locator("article")).to_have_count(2)
    await expect(screen.messages.last).to_contain_text("I am")
    await thread.get_by_role("textbox").press("Escape")
    await expect(thread).to_be_hidden()


async def test_what_is_wrong_stands_at_its_field_and_nothing_typed_is_lost(
    screen: Screen,
) -> None:
    form = await suggest(screen, "???")
    term = form.get_by_role("textbox", name="Term", exact=True)
    plain = form.get_by_role("textbox", name="Plain words")
    send = form.get_by_role("button", name="Send to the owners")
    await term.fill("???")
    await form.get_by_role("radio", name="Security").check()

    await send.click()
    await expect(plain).to_be_focused()
    await expect(plain).to_have_accessible_description("Please answer this one.")
    await plain.fill("Nothing that has a letter.")
    await send.click()

    await expect(term).to_be_focused()
    await expect(term).to_have_attribute("aria-invalid", "true")
    await expect(form.locator(".card-warning")).to_contain_text("Problem:")
    await expect(plain).to_have_value("Nothing that has a letter.")
    await expect(form.get_by_role("radio", name="Security")).to_be_checked()


async def test_a_meaning_suggested_on_teams_is_approved_on_slack(screen: Screen) -> None:
    form = await suggest(screen, "boomerang")
    await form.get_by_role("textbox", name="Term", exact=True).fill("boomerang")
    await form.get_by_role("radio", name="Talent acquisition").check()
    plain = form.get_by_role("textbox", name="Plain words")
    await plain.fill("Somebody who left and now works here again.")
    await form.get_by_role("textbox", name="Term", exact=True).press("Enter")
    await expect(screen.page.get_by_role("status")).to_contain_text("Elena Marković can approve it")

    screen.pane = "slack"
    await screen.become("U0ELENA")
    await screen.go("Parley")
    request = screen.messages.filter(has_text="New meaning: boomerang")
    await request.get_by_role("button", name="Approve", exact=True).click()

    await expect(request).to_contain_text("Approved by Elena Marković")
    screen.pane = "teams"
    await screen.say("term boomerang")
    await expect(screen.last).to_contain_text("Somebody who left and now works here again.")
    await screen.button("Behind the scenes").click()
    steps = screen.page.locator(".step")
    await expect(steps.filter(has_text="Slack, Elena Marković")).to_have_count(1)
    asked = steps.filter(has_text="Teams, Ada Okafor").first
    await asked.locator("summary").first.click()
    await expect(asked).to_contain_text("Authorization")
    # Whatever else is posted meanwhile stands there as well.
    sent = asked.locator(".call").filter(has_text="activities.send")
    await expect(sent).to_have_count(1)


async def test_a_message_is_explained_by_keyboard(screen: Screen) -> None:
    await screen.say("Which EDRM step are we at?")
    await screen.last.get_by_role("button", name="More actions").focus()

    await screen.page.keyboard.press("Enter")
    await screen.page.keyboard.press("End")
    item = screen.page.get_by_role("menuitem", name="Explain a term")
    for _ in range(await screen.page.get_by_role("menuitem").count()):
        if not await item.evaluate("item => item === document.activeElement"):
            await screen.page.keyboard.press("ArrowUp")
    await screen.page.keyboard.press("Enter")

    await expect(screen.window).to_contain_text("A well-known picture of the steps")
    await screen.page.keyboard.press("Escape")
    await expect(screen.window).to_have_count(0)
    await expect(screen.last.get_by_role("button", name="More actions")).to_be_focused()


async def test_what_a_search_finds_is_posted(screen: Screen) -> None:
    await pane(screen).get_by_role("button", name="Find a term").click()
    await expect(screen.window.get_by_role("searchbox")).to_be_focused()

    await screen.page.keyboard.type("siem")
    first = screen.window.get_by_role("list", name="What was found").get_by_role("button").first
    await expect(first).to_contain_text("SIEM: security information")
    await screen.page.keyboard.press("Enter")

    await expect(screen.window).to_have_count(0)
    await expect(screen.last).to_contain_text("Ada Okafor")
    await expect(screen.last.get_by_role("heading")).to_contain_text("SIEM")


async def choose(screen: Screen, menu: str, item: str) -> None:
    """Choose from a menu; what comes in meanwhile draws the pane anew, and closes it."""
    for patience in (2_000, 2_000, 2_000, 20_000):
        await pane(screen).get_by_role("button", name=menu).click()
        with suppress(Error):
            await screen.page.get_by_role("menuitem", name=item).click(timeout=patience)
            return
    raise AssertionError(f"{item} could not be chosen.")


async def test_the_bot_is_removed_and_added_again(screen: Screen) -> None:
    await own_chat(screen).click()
    await choose(screen, "Parley: more", "Remove Parley")
    await expect(screen.field).to_be_hidden()

    await pane(screen).get_by_role("button", name="Add Parley").click()

    await expect(screen.field).to_be_visible()


async def test_a_team_is_joined_and_left(screen: Screen) -> None:
    await pane(screen).get_by_role("button", name="Join Security").click()
    await expect(pane(screen).locator(".channel", has_text="soc")).to_be_visible()

    await choose(screen, "Security: more", "Leave Security")

    await expect(pane(screen).locator(".channel", has_text="soc")).to_have_count(0)


async def test_without_room_for_both_a_switch_shows_one_and_counts_in_the_other(
    screen: Screen, teams: TeamsSimulator
) -> None:
    await screen.page.set_viewport_size({"width": 800, "height": 900})
    await expect(pane(screen)).to_be_hidden()
    switch = screen.page.get_by_role("group", name="Platform")

    await teams.say("ben", "ta-sourcing", "A new search begins")
    await expect(switch.get_by_role("button", name="Teams")).to_contain_text("1 new")
    await switch.get_by_role("button", name="Teams").click()

    await expect(pane(screen)).to_be_visible()
    await expect(screen.page.locator("#slack")).to_be_hidden()
    await expect(switch.get_by_role("button", name="Teams")).to_have_attribute(
        "aria-pressed", "true"
    )


async def test_nothing_spills_and_everything_has_a_name(
    screen: Screen, teams: TeamsSimulator
) -> None:
    post(teams, sample_message())
    await screen.say("longword" * 60)
    await expect(screen.messages).to_have_count(2)
    for width in (1600, 1280, 1000):
        await screen.page.set_viewport_size({"width": width, "height": 800})
        assert await screen.page.evaluate(SPILLING) == []

    open_form(teams)

    await expect(screen.window.get_by_label("Years with detection")).to_have_value("3")
    await expect(screen.window.get_by_role("group", name="Sites")).to_be_visible()
    await expect(screen.window.locator(".unknown")).to_have_count(0)
    assert await screen.page.evaluate(SPILLING) == []
    assert await screen.page.evaluate(NAMELESS) == []
    await screen.page.keyboard.press("Escape")
    await expect(screen.window).to_have_count(0)
    assert await screen.page.evaluate(NAMELESS) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_every_text_stands_out_from_its_ground(screen: Screen, scheme: str) -> None:
    await screen.page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    in_pane = CONTRASTS.replace("document.documentElement", "document.querySelector('#teams')")

    assert await screen.page.evaluate(in_pane) == []
