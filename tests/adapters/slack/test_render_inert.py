"""Words that people wrote are shown, never obeyed."""

import re

import pytest
from hypothesis import given

from adapters.slack.render import render_form, render_home, render_message
from bot.ui import (
    Choice,
    Form,
    Link,
    Message,
    Note,
    Option,
    ShortText,
    Text,
    When,
)
from tests.adapters import strategies
from tests.adapters.sample_tree import MONDAY, everywhere
from tests.adapters.slack.checks import OWN_TOKEN, objects, words_in

pytestmark = pytest.mark.repeats

HOSTILE = [
    "<!channel> look",
    "<!here|here> and @here, @channel, @everyone",
    "<@U123ABC> owes you",
    "<#C123ABC|general>",
    "<https://evil.example|https://intranet.example>",
    "https://evil.example and evil.example",
    "*bold* _italic_ ~struck~ `code` ```block```",
    "> quoted",
    "&lt;!channel&gt;",
    ":rotating_light: :wave:",
    "<!date^0^{date}|never>",
    "a|b^c>d<e&f",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_stand_only_where_slack_reads_no_markup(text: str) -> None:
    rendered = render_message(Message(text="Sample.", blocks=everywhere(text)), files={0: "F1"})

    for found in objects(rendered["blocks"]):
        assert found.get("type") not in {"user", "usergroup", "broadcast", "channel", "emoji"}
        assert found.get("emoji") is not True
        if found.get("type") == "mrkdwn":
            assert re.fullmatch(OWN_TOKEN, found["text"])
            assert text not in found["text"]
    assert words_in(rendered["blocks"]).count(text) >= 15


@strategies.unhurried
@given(strategies.messages)
def test_the_only_markup_is_our_own_dates_and_links(message: Message) -> None:
    rendered = render_home(message)

    for found in objects(rendered["blocks"]):
        if found.get("type") == "mrkdwn":
            assert re.fullmatch(OWN_TOKEN, found["text"])


@pytest.mark.parametrize("text", HOSTILE)
def test_the_text_for_notifications_holds_no_markup_of_slacks(text: str) -> None:
    rendered = render_message(Message(text=text))

    assert not re.search(r"[<>]|&(?!amp;|lt;|gt;)|@\w|#\w", rendered["text"])
    assert words_in(rendered["blocks"]) == text


def test_an_address_in_the_text_for_notifications_stays_as_it_is() -> None:
    rendered = render_message(Message(text="Write to ada@example.com about C#."))

    assert rendered["text"] == "Write to ada@example.com about C#."


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_in_a_form_are_plain(text: str) -> None:
    form = Form(
        title="Form",
        route="r",
        inputs=(
            ShortText(name="a", label=text, hint=text, initial=text),
            Choice(name="b", label=text, options=(Option(value="x", label=text, hint=text),)),
        ),
    )

    view = render_form(form, metadata="", problems={"a": text})

    assert all(found.get("type") != "mrkdwn" for found in objects(view))
    assert words_in(view).count(text) == 6


def test_a_link_in_a_note_cannot_leave_its_brackets() -> None:
    link = Link(label="*guide*|<!here>", url="https://example.com/a|b>c d<!here>")

    [block] = render_message(Message(text="N.", blocks=(Note(text=("See ", link)),)))["blocks"]

    token = block["elements"][1]["text"]
    assert re.fullmatch(OWN_TOKEN, token)
    assert token.startswith("<https://example.com/a%7Cb%3Ec%20d%3C!here%3E|")


def test_a_date_names_its_zone_for_clients_that_cannot_show_it() -> None:
    [block] = render_message(Message(text="D.", blocks=(Text(text=(When(at=MONDAY),)),)))["blocks"]

    [date] = block["elements"][0]["elements"]
    assert date["fallback"] == "2026-11-23 09:30 UTC"
    assert date["timestamp"] == MONDAY.timestamp()
