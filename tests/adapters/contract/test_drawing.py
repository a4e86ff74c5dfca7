"""The same tree says the same on every platform, and what people wrote stays what they wrote."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pydantic import BaseModel

from adapters.simulator.messages import texts_in
from adapters.slack.render import render_message as on_slack
from adapters.teams.render import render_message as on_teams
from bot.shown import visible
from bot.ui import Message, Text
from tests.adapters.sample_tree import sample_form, sample_message
from tests.adapters.teams.checks import words_in as teams_words

ADAPTERS = Path(__file__).parent.parent
#: What people read in whatever was drawn for a platform.
READ: dict[str, Callable[[object], str]] = {
    "slack": lambda drawn: "".join(texts_in(drawn)),
    "teams": teams_words,
}
DRAWN: dict[str, Callable[[Message], str]] = {
    "slack": lambda message: READ["slack"](on_slack(message)["blocks"]),
    "teams": lambda message: READ["teams"](on_teams(message)["body"]),
}
SAID = {
    *("alt", "blocks", "buttons", "facts", "header", "hint", "inputs", "items", "label"),
    *("options", "rows", "source", "text"),
}
SHOWN = [
    ("invoice\u202egnp.exe", "invoice[U+202E]gnp.exe"),
    ("\u2066isolated\u2069", "[U+2066]isolated[U+2069]"),
    ("nul\x00 bell\x07 escape\x1b", "nul\u2400 bell\u2407 escape\u241b"),
    ("delete\x7f next\x85", "delete[U+007F] next[U+0085]"),
    ("half \ud83d pair", "half \ufffd pair"),
    ("one\r\ntwo\rthree\u2028four", "one\ntwo\nthree\nfour"),
    ("tab\tand\nline", "tab\tand\nline"),
    ("\u05e9\u05dc\u05d5\u05dd \u200fmarks stay", "\u05e9\u05dc\u05d5\u05dd \u200fmarks stay"),
]


def sayings(value: object) -> Iterator[str]:
    """Yield every text of a tree that people read, in order."""
    if isinstance(value, str):
        yield value.strip(" .")
    elif isinstance(value, BaseModel):
        for name, inner in value:
            if name in SAID:
                yield from sayings(inner)
    elif isinstance(value, tuple):
        for inner in value:
            yield from sayings(inner)


def golden(platform: str, name: str) -> str:
    """Return the words of what a platform's adapter draws as agreed."""
    file = ADAPTERS / platform / "golden" / f"{name}.json"
    return READ[platform](json.loads(file.read_text("utf-8")))


@pytest.mark.parametrize("platform", READ)
def test_every_word_of_a_message_stands_there_in_order(platform: str) -> None:
    said, at = golden(platform, "message"), 0

    for saying in sayings(sample_message().blocks):
        at = said.find(saying, at)
        assert at >= 0, saying


@pytest.mark.parametrize("platform", READ)
def test_every_word_of_a_form_stands_there(platform: str) -> None:
    said = golden(platform, "form")

    assert [saying for saying in sayings(sample_form().inputs) if saying not in said] == []


@pytest.mark.parametrize("platform", DRAWN)
@pytest.mark.parametrize(("written", "shown"), SHOWN)
def test_characters_that_command_the_screen_are_shown_as_signs(
    platform: str, written: str, shown: str
) -> None:
    said = DRAWN[platform](Message(text="Sample.", blocks=(Text(text=written),)))

    assert visible(written) == said == shown
    said.encode()
