"""Words that people wrote are shown, never obeyed."""

import re

import pytest
from hypothesis import given

from adapters.simulator.teams.cards import problems_in_card
from adapters.teams.render import TooBig, render_form, render_message, render_post
from adapters.teams.text import inert
from bot.shown import visible
from bot.ui import (
    Block,
    Buttons,
    Choice,
    Facts,
    File,
    Form,
    Image,
    Items,
    Line,
    Link,
    Message,
    Note,
    Option,
    Quote,
    ShortText,
    Text,
    When,
)
from tests.adapters import strategies
from tests.adapters.sample_tree import MONDAY, everywhere
from tests.adapters.teams.checks import OWN_MOMENT, objects, squeezed, texts_in, words_in

pytestmark = pytest.mark.repeats

HOSTILE = [
    "<at>Ada</at> owes you",
    "<AT id='0'>everyone</AT>",
    "{{DATE(2026-11-23T09:30:00Z, SHORT)}} and {{TIME(2026-11-23T09:30:00Z)}}",
    "[bank](https://evil.example) https://evil.example",
    "**bold** _italic_ `code` # heading",
    "- item\n1. item",
    "<b>bold</b> <script>alert(1)</script> <img src=x>",
    "&lt;at&gt;Ada&lt;/at&gt;",
    "${env} ${$root}",
    "invoice\u202egnp.exe \x00\x1b",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_stand_only_where_no_markup_is_read(text: str) -> None:
    post = render_post(Message(text=text, blocks=everywhere(text)))
    card = post["attachments"][0]["content"]

    assert problems_in_card(card) == []
    assert {found.get("type") for found in objects(card)} & {"TextBlock", "FactSet"} == set()
    for shown in (*texts_in(card), card["fallbackText"], post["summary"]):
        assert re.fullmatch(OWN_MOMENT, shown) or not re.search(
            r"</?at\b|\{\{", shown, re.IGNORECASE
        )
    assert squeezed(words_in(card)).count(squeezed(visible(text))) >= 15


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_in_a_form_are_plain(text: str) -> None:
    form = Form(
        title=text,
        route="r",
        submit=text,
        inputs=(
            ShortText(name="a", label=text, hint=text, initial=text),
            Choice(name="b", label=text, options=(Option(value="x", label=text, hint=text),)),
        ),
    )

    card = render_form(form, instance="i", problems={"a": text})

    shown = [text for text in texts_in(card) if text != card["body"][1]["value"]]
    assert not any(re.search(r"</?at\b|\{\{", text, re.IGNORECASE) for text in shown)
    assert squeezed(words_in(card)).count(squeezed(visible(text))) == 8


@strategies.unhurried
@given(strategies.messages)
def test_the_only_markup_is_our_own_moments_and_links(message: Message) -> None:
    try:
        card = render_message(message)
    except TooBig:
        return

    for found in objects(card):
        if found.get("type") == "Action.OpenUrl":
            assert found["url"].startswith("https://")
        if found.get("type") == "TextBlock":
            assert not re.search(r"[*_`\[\]<>#{}&\\~|]", found["text"])
    for shown in texts_in(card):
        assert re.fullmatch(OWN_MOMENT, shown) or not re.search(
            r"</?at\b|\{\{", shown, re.IGNORECASE
        )


@strategies.unhurried
@given(strategies.messages)
def test_every_word_of_any_message_is_there(message: Message) -> None:
    try:
        shown = squeezed(words_in(render_message(message)))
    except TooBig:
        return

    for block in message.blocks:
        for text in texts_of(block):
            assert squeezed(inert(text)) in shown


def texts_of(block: Block) -> list[str]:
    match block:
        case Text(text=line) | Note(text=line):
            return spoken(line)
        case Facts(facts=facts):
            return [text for label, value in facts for text in (label, *spoken(value))]
        case Items(items=items):
            return [text for item in items for text in spoken(item)]
        case Quote(text=text, source=source):
            return [text, source]
        case Image(alt=alt) | File(alt=alt):
            return [alt]
        case Buttons(buttons=buttons):
            return [text for button in buttons for text in (button.label, button.confirm or "")]
        case _:
            return []


def spoken(line: Line) -> list[str]:
    spans = (line,) if isinstance(line, str) else line
    return [
        span if isinstance(span, str) else getattr(span, "text", getattr(span, "label", ""))
        for span in spans
    ]


def test_a_link_has_no_character_that_could_end_its_address() -> None:
    link = Link(label="guide", url='https://example.com/a b"c<d>\u202e')

    [block] = render_message(Message(text="N.", blocks=(Text(text=(link,)),)))["body"]

    url = block["inlines"][0]["selectAction"]["url"]
    assert url == "https://example.com/a%20b%22c%3Cd%3E[U+202E]"


def test_a_moment_is_put_into_each_readers_own_zone() -> None:
    [block] = render_message(Message(text="D.", blocks=(Text(text=(When(at=MONDAY),)),)))["body"]

    [run] = block["inlines"]
    assert run["text"] == "{{DATE(2026-11-23T09:30:00Z,SHORT)}} {{TIME(2026-11-23T09:30:00Z)}}"
