"""Modals: every input, what is wrong beside it, windows over windows, and the way back."""

from typing import Any

import pytest
from playwright.async_api import expect

from tests.browser import samples
from tests.browser.bot import ScriptedBot
from tests.browser.screen import Screen

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def fill(screen: Screen) -> None:
    form = screen.window
    await form.get_by_label("Headline").fill("Split panel")
    await form.get_by_label("Years").fill("7")
    await form.get_by_label("Country").select_option("ta")
    await form.get_by_role("group", name="Sites").get_by_label("Security").check()
    await form.get_by_role("radiogroup", name="Rating").get_by_label("Meets").check()
    await form.get_by_role("group", name="Tools").get_by_label("Talent acquisition").check()
    await form.get_by_label("Day").fill("2026-12-01")
    await form.get_by_label("Call").fill("2026-12-01T10:15")
    await form.get_by_label("Second").select_option("U0BEN")
    await form.get_by_label("Room").select_option("C0GENERAL")


def answers(said: dict[str, Any]) -> dict[str, dict[str, Any]]:
    values = said["view"]["state"]["values"]
    return {name: next(iter(block.values())) for name, block in values.items()}


async def test_every_input_is_filled_in_and_sent(screen: Screen, bot: ScriptedBot) -> None:
    await screen.say("/term form")
    await fill(screen)

    await screen.window.get_by_role("button", name="Send").click()

    await expect(screen.window).to_have_count(0)
    given = answers(bot.of_type("view_submission")[0])
    assert given["headline"]["value"] == "Split panel"
    assert given["evidence"]["value"] is None
    assert given["years"]["value"] == "7"
    assert given["country"]["selected_option"]["value"] == "ta"
    assert [one["value"] for one in given["sites"]["selected_options"]] == ["security"]
    assert given["rating"]["selected_option"]["value"] == "3"
    assert [one["value"] for one in given["tools"]["selected_options"]] == ["ta"]
    assert given["day"]["selected_date"] == "2026-12-01"
    assert given["hour"]["selected_time"] == "09:30"
    assert given["call"]["selected_date_time"] == 1796116500
    assert given["second"]["selected_user"] == "U0BEN"
    assert given["room"]["selected_conversation"] == "C0GENERAL"


async def test_missing_answers_are_marked_beside_their_fields(
    screen: Screen, bot: ScriptedBot
) -> None:
    await screen.say("/term form")

    await screen.window.get_by_label("Headline").press("Enter")

    headline = screen.window.get_by_label("Headline")
    await expect(headline).to_have_attribute("aria-invalid", "true")
    await expect(headline).to_be_focused()
    await expect(screen.window.locator(".input-problem:visible")).to_have_count(8)
    assert bot.of_type("view_submission") == []


async def test_what_the_bot_refuses_stands_beside_the_field_and_nothing_typed_is_lost(
    screen: Screen, bot: ScriptedBot
) -> None:
    bot.refuse_next = {"years": "Nobody has that many years."}
    await screen.say("/term form")
    await fill(screen)

    await screen.window.get_by_role("button", name="Send").click()

    years = screen.window.get_by_label("Years")
    await expect(screen.window.get_by_text("Nobody has that many years.")).to_be_visible()
    await expect(years).to_be_focused()
    await expect(years).to_have_accessible_description("Nobody has that many years.")
    await expect(screen.window.get_by_label("Headline")).to_have_value("Split panel")
    await years.fill("6")
    await screen.window.get_by_role("button", name="Send").click()
    await expect(screen.window).to_have_count(0)


async def test_a_second_window_goes_back_to_the_first_with_its_words(screen: Screen) -> None:
    await screen.say("/term short")
    await screen.window.get_by_label("What happened?").fill("A strange mail")
    await screen.window.get_by_role("button", name="Show rules").click()
    await expect(screen.window.get_by_text("Be kind.")).to_be_visible()

    await screen.window.get_by_role("button", name="Back").click()

    await expect(screen.window.get_by_label("What happened?")).to_have_value("A strange mail")


async def test_escape_closes_a_form_tells_the_bot_and_returns_the_focus(
    screen: Screen, bot: ScriptedBot
) -> None:
    await screen.say("/term short")
    await expect(screen.window.get_by_label("What happened?")).to_be_focused()

    await screen.page.keyboard.press("Escape")

    await expect(screen.window).to_have_count(0)
    await expect(screen.field).to_be_focused()
    assert len(bot.of_type("view_closed")) == 1


async def test_hostile_words_in_a_form_stay_text(screen: Screen, bot: ScriptedBot) -> None:
    bot.refuse_next = {"what": samples.HOSTILE}
    await screen.say("/term short")
    await screen.window.get_by_label("What happened?").fill(samples.HOSTILE)

    await screen.window.get_by_role("button", name="Send").click()

    await expect(screen.window.locator(".input-problem")).to_contain_text("<img src=x onerror")
    await expect(screen.window.locator("img, script")).to_have_count(0)
    assert await screen.page.title() == "Parley simulator"
