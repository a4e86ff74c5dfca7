"""The rest of the page: Home, the clock, the tour, behind the scenes, and how it looks."""

import pytest
from playwright.async_api import expect

from adapters.simulator.simulator import SlackSimulator
from tests.browser.bot import ScriptedBot
from tests.browser.conftest import MovedClock
from tests.browser.screen import Screen

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

NAMELESS = """() => [...document.querySelectorAll("button, input, select, textarea, a[href]")]
  .filter((node) => node.checkVisibility() && !(node.labels?.length || node.ariaLabel
    || node.getAttribute("aria-labelledby") || node.textContent.trim()))
  .map((node) => node.outerHTML)"""
SPILLING = """() => [document.scrollingElement, ...document.querySelectorAll("body *")]
  .filter((node) => node.checkVisibility() && !node.closest("svg, .unseen, .suggestions")
    && node.scrollWidth > node.clientWidth + 1 && node.clientWidth > 0
    && ["visible", "hidden"].includes(getComputedStyle(node).overflowX)
    && getComputedStyle(node).textOverflow !== "ellipsis"
    && getComputedStyle(node).display !== "inline")
  .map((node) => `${node.tagName}.${node.className} ${node.scrollWidth}>${node.clientWidth}`)"""
CONTRASTS = """() => {
  const probe = document.body.appendChild(document.createElement("i"));
  const style = getComputedStyle(document.documentElement);
  const light = (name) => {
    probe.style.color = style.getPropertyValue(name);
    const parts = getComputedStyle(probe).color.match(/[\\d.]+/g).slice(0, 3).map((part) => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
  };
  const ratio = (one, other) => {
    const [low, high] = [light(one), light(other)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };
  const pairs = [["--ink", "--surface"], ["--ink", "--sunken"], ["--ink", "--private"],
    ["--soft", "--surface"], ["--soft", "--sunken"], ["--soft", "--ground"],
    ["--soft", "--private"], ["--soft", "--accent-soft"], ["--accent", "--surface"],
    ["--accent", "--sunken"], ["--accent", "--private"], ["--on-accent", "--accent"],
    ["--on-accent", "--accent-hover"], ["--danger", "--surface"], ["--danger", "--danger-soft"],
    ["--private-ink", "--private"], ["--ink", "--line"]];
  return pairs.filter(([one, other]) => ratio(one, other) < 4.5).map((pair) => pair.join(" on "));
}"""


async def test_home_is_filled_when_it_is_opened(screen: Screen, bot: ScriptedBot) -> None:
    await screen.go("Parley")

    await screen.page.get_by_role("tab", name="Home").click()

    home = screen.page.get_by_role("tabpanel", name="Home")
    await expect(home.get_by_role("heading", name="Waiting for you")).to_be_visible()
    await home.get_by_role("button", name="Start").click()
    await expect(screen.button("Start")).not_to_have_attribute("aria-busy", "true")
    assert bot.of_type("block_actions")[0]["view"]["type"] == "home"


async def test_playing_somebody_else_leaves_the_home_of_the_first(screen: Screen) -> None:
    await screen.go("Parley")
    await screen.page.get_by_role("tab", name="Home").click()
    home = screen.page.get_by_role("tabpanel", name="Home")
    await expect(home.get_by_text("Waiting for you")).to_be_visible()

    await screen.become("U0BEN")

    await expect(home).to_be_hidden()
    await expect(screen.page.get_by_role("heading", name="general")).to_be_visible()


async def test_the_clock_jumps_to_monday_morning(screen: Screen, clock: MovedClock) -> None:
    opener = screen.page.get_by_role("button", name="Clock:")
    await expect(opener).to_contain_text("Mon, 23 Nov 2026, 10:0")
    await opener.click()

    await screen.page.get_by_role("button", name="Next Monday 09:00").click()

    await expect(opener).to_contain_text("Mon, 30 Nov 2026, 09:00")
    assert clock.now().isoformat().startswith("2026-11-30T08:00")


async def test_the_clock_goes_to_a_time_of_ones_own_and_never_back(
    screen: Screen, clock: MovedClock
) -> None:
    screen.expect_console("400")
    opener = screen.page.get_by_role("button", name="Clock:")
    await opener.click()
    await screen.page.get_by_label("Or to a time of your own").fill("2026-12-24T18:00")

    await screen.button("Move").click()

    await expect(opener).to_contain_text("Thu, 24 Dec 2026, 18:00")
    await opener.click()
    await screen.page.get_by_label("Or to a time of your own").fill("2026-01-01T18:00")
    await screen.button("Move").click()
    await expect(screen.page.locator(".notice")).to_contain_text("The clock only goes forward.")
    assert clock.now().isoformat().startswith("2026-12-24T17:00")


async def test_behind_the_scenes_shows_the_signed_request_and_the_calls(screen: Screen) -> None:
    await screen.say("/term EDRM")
    await screen.button("Share here").click()

    await screen.button("Behind the scenes").click()
    steps = screen.page.get_by_role("complementary", name="Side panel").locator(".step")
    press = steps.filter(has_text="1 call back")
    await press.locator("summary").first.click()

    await expect(press).to_contain_text("X-Slack-Signature")
    await expect(press).to_contain_text("v0=")
    await expect(press).to_contain_text("Rows written")
    await expect(press.locator(".call")).to_contain_text("chat.postMessage")


async def test_the_tour_does_its_steps_points_and_ticks(screen: Screen) -> None:
    tour = screen.page.get_by_role("region", name="First tour")
    steps = tour.locator(".tour-step")

    await tour.get_by_role("button", name="Do it: Look a term up").click()
    await expect(steps.nth(0)).to_contain_text("(seen)")
    await expect(screen.last).to_contain_class("pointed")
    await tour.get_by_role("button", name="Do it: Share it").click()
    await expect(steps.nth(1)).to_contain_text("(seen)")
    await screen.say("/term ask")
    await tour.get_by_role("button", name="Do it: Approve it").click()
    await expect(steps.nth(2)).to_contain_text("(seen)")
    await tour.get_by_role("button", name="Do it: Ask aloud").click()

    await expect(steps.nth(3)).to_contain_text("(seen)")
    await expect(screen.page.get_by_label("You are")).to_have_value("U0BEN")
    await expect(tour).to_contain_text("That was the tour.")


async def test_a_step_of_the_tour_done_by_hand_is_ticked_too(screen: Screen) -> None:
    await screen.say("/term EDRM")

    first = screen.page.locator(".tour-step").first
    await expect(first).to_contain_text("(seen)")


async def test_starting_over_clears_the_messages_and_the_tour(screen: Screen) -> None:
    await screen.say("/term EDRM")
    await expect(screen.page.locator(".tour-seen")).to_have_count(1)

    await screen.button("Start over").click()
    await screen.window.get_by_role("button", name="Start over").click()

    await expect(screen.messages).to_have_count(0)
    await expect(screen.page.locator(".tour-seen")).to_have_count(0)


async def test_news_in_another_conversation_are_counted(
    screen: Screen, slack: SlackSimulator
) -> None:
    await slack.post("U0BEN", "C0HIRINGSEC", "The panel meets at ten.")

    other = screen.page.locator(".channel", has_text="hiring-security")
    await expect(other).to_contain_text("1 new")
    await other.click()
    await expect(other).not_to_contain_text("new")


@pytest.mark.parametrize(("width", "height"), [(1600, 900), (1280, 800), (800, 900)])
async def test_nothing_spills_and_everything_has_a_name(
    screen: Screen, width: int, height: int
) -> None:
    await screen.page.set_viewport_size({"width": width, "height": height})
    await screen.open()
    await screen.say("@Parley " + "longword" * 60)
    await screen.button("1 reply").click()
    await (
        screen.page.get_by_role("complementary", name="Thread")
        .get_by_role("button", name="Close the thread")
        .click()
    )
    await screen.say("/term everything")
    await expect(screen.messages).to_have_count(2)

    await expect(screen.field).to_be_in_viewport(ratio=1)
    assert await screen.page.evaluate(SPILLING) == []
    assert await screen.page.evaluate(NAMELESS) == []
    await screen.say("/term form")
    await expect(screen.window).to_be_visible()
    assert await screen.page.evaluate(SPILLING) == []
    assert await screen.page.evaluate(NAMELESS) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_every_text_stands_out_from_its_ground(screen: Screen, scheme: str) -> None:
    await screen.page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")

    assert await screen.page.evaluate(CONTRASTS) == []


async def test_all_is_still_for_those_who_ask_for_it(screen: Screen) -> None:
    await screen.page.emulate_media(reduced_motion="reduce")

    await screen.say("/term short")

    await expect(screen.window).to_have_css("animation-name", "none")
    await expect(screen.button("Tour")).to_have_css("transition-duration", "0s")
