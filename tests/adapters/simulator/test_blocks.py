"""The checker of Block Kit: good samples pass, broken ones are named."""

from typing import Any

import pytest

from adapters.simulator.blocks import (
    problems_in_message,
    problems_in_suggestions,
    problems_in_view,
)
from tests.adapters.simulator.samples import (
    actions,
    asked,
    button,
    card,
    form,
    home,
    option,
    plain,
    section,
    text_input,
)

Json = dict[str, Any]


def picker(kind: str, **more: Any) -> Json:
    return {"type": kind, "action_id": kind, **more}


def with_options(kind: str, count: int, **more: Any) -> Json:
    return picker(kind, options=[option(f"o{n}", f"v{n}") for n in range(count)], **more)


def picture(**more: Any) -> Json:
    return {"type": "image", "alt_text": "A chart", "slack_file": {"id": "F1"}, **more}


def fields(*texts: str) -> Json:
    return {"type": "section", "fields": [plain(text) for text in texts]}


def confirm(**more: Any) -> Json:
    parts = {"title": "Sure?", "text": "It cannot be undone.", "confirm": "Yes", "deny": "No"}
    return {name: plain(text) for name, text in (parts | more).items()}


RICH: Json = {
    "type": "rich_text",
    "elements": [{"type": "rich_text_quote", "elements": [{"type": "text", "text": "x"}]}],
}
TABLE: Json = {
    "type": "table",
    "rows": [[{"type": "raw_text", "text": "Term"}, {"type": "raw_text", "text": "Times"}]],
}

GOOD_BLOCKS = [
    section("x" * 3000),
    fields(*["x" * 2000] * 10),
    {**section(), "accessory": button()},
    {**section(), "accessory": with_options("overflow", 5)},
    {"type": "header", "text": plain("x" * 150)},
    {"type": "divider"},
    {"type": "context", "elements": [plain("x")] * 9 + [picture()]},
    actions(*[button(action_id=f"a#{n}") for n in range(25)]),
    actions(button("x" * 75, value="x" * 2000, style="danger", confirm=confirm())),
    actions(with_options("static_select", 100, placeholder=plain("x" * 150))),
    actions(with_options("radio_buttons", 10), with_options("checkboxes", 10)),
    actions(picker("datepicker", initial_date="2026-11-23"), picker("timepicker")),
    picture(title=plain("Votes")),
    asked("x" * 2000, text_input(max_length=3000, multiline=True), "label"),
    RICH,
    TABLE,
    {"type": "markdown", "text": "**x**"},
]

BROKEN_BLOCKS = {
    "empty section text": section(""),
    "section of 3001": section("x" * 3001),
    "section without words": {"type": "section"},
    "eleven fields": fields(*["x"] * 11),
    "field of 2001": fields("x" * 2001),
    "header of 151": {"type": "header", "text": plain("x" * 151)},
    "header with mrkdwn": {"type": "header", "text": {"type": "mrkdwn", "text": "x"}},
    "header without text": {"type": "header"},
    "eleven in context": {"type": "context", "elements": [plain("x")] * 11},
    "empty context": {"type": "context", "elements": []},
    "button in context": {"type": "context", "elements": [button()]},
    "26 buttons": actions(*[button(action_id=f"a#{n}") for n in range(26)]),
    "no buttons": actions(),
    "button label of 76": actions(button("x" * 76)),
    "button without label": actions({"type": "button", "action_id": "a"}),
    "button value of 2001": actions(button(value="x" * 2001)),
    "button with mrkdwn": actions({**button(), "text": {"type": "mrkdwn", "text": "x"}}),
    "button of unknown style": actions(button(style="warning")),
    "action id of 256": actions(button(action_id="a" * 256)),
    "block id of 256": actions(button(), block_id="b" * 256),
    "doubled action id": actions(button("One", "same"), button("Two", "same")),
    "confirm title of 101": actions(button(confirm=confirm(title="x" * 101))),
    "confirm text of 301": actions(button(confirm=confirm(text="x" * 301))),
    "confirm button of 31": actions(button(confirm=confirm(deny="x" * 31))),
    "confirm without deny": actions(button(confirm={"title": plain("x"), "text": plain("x")})),
    "101 options": actions(with_options("static_select", 101)),
    "no options": actions(with_options("static_select", 0)),
    "select without options": actions(picker("static_select")),
    "option text of 76": actions(picker("static_select", options=[option("x" * 76)])),
    "option value of 151": actions(picker("static_select", options=[option("x", "v" * 151)])),
    "initial option not offered": actions(
        with_options("static_select", 2, initial_option=option("other", "other"))
    ),
    "placeholder of 151": actions(with_options("static_select", 1, placeholder=plain("x" * 151))),
    "six in an overflow": actions(with_options("overflow", 6)),
    "eleven radio buttons": actions(with_options("radio_buttons", 11)),
    "eleven checkboxes": actions(with_options("checkboxes", 11)),
    "date in words": actions(picker("datepicker", initial_date="Monday")),
    "time in words": actions(picker("timepicker", initial_time="nine")),
    "text input among buttons": actions(text_input()),
    "button in an input": asked("x", button(), "label"),
    "overflow in an input": asked("x", with_options("overflow", 2), "label"),
    "label of 2001": asked("x" * 2001, text_input(), "label"),
    "max_length of 3001": asked("x", text_input(max_length=3001), "label"),
    "min above max": asked("x", text_input(min_length=9, max_length=5), "label"),
    "initial value too long": asked("x", text_input(max_length=2, initial_value="xxx"), "l"),
    "number without decimals said": asked("x", picker("number_input"), "label"),
    "picture without alt text": {"type": "image", "slack_file": {"id": "F1"}},
    "picture with two sources": picture(image_url="https://example.com/x.png"),
    "picture without source": {"type": "image", "alt_text": "A chart"},
    "table of 101 rows": {"type": "table", "rows": TABLE["rows"] * 101},
    "unknown block": {"type": "carrousel"},
    "unknown property": {"type": "divider", "colour": "red"},
    "text as a string": {"type": "section", "text": "x"},
    "no block at all": "x",
}

BROKEN_VIEWS = {
    "title of 25": form(title=plain("x" * 25)),
    "no title": form(title=None),
    "submit of 25": form(submit=plain("x" * 25)),
    "close of 25": form(close=plain("x" * 25)),
    "input without submit": form(submit=None),
    "metadata of 3001": form(private_metadata="x" * 3001),
    "callback id of 256": form(callback_id="x" * 256),
    "101 blocks": form(*[section()] * 101),
    "no blocks": {**form(), "blocks": []},
    "a file block": form({"type": "file", "external_id": "x", "source": "remote"}),
    "a table": form(TABLE),
    "markdown": form({"type": "markdown", "text": "x"}),
    "250 KB": form(*[section("é" * 1500)] * 90),
    "doubled block id": form(asked("x", text_input(), "l"), asked("y", picker("datepicker"), "l")),
    "doubled action id": form(asked("x", text_input(), "a"), asked("y", text_input(), "b")),
    "two focused inputs": form(
        asked("x", text_input(focus_on_load=True), "a"),
        asked("y", picker("datepicker", focus_on_load=True), "b"),
    ),
    "a message": {"type": "message", "blocks": []},
    "101 blocks at home": home(*[section()] * 101),
}


@pytest.mark.parametrize("block", GOOD_BLOCKS, ids=lambda block: block["type"])
def test_a_good_block_passes(block: Json) -> None:
    assert problems_in_message({"text": "x", "blocks": [block]}) == []


@pytest.mark.parametrize("name", BROKEN_BLOCKS)
def test_a_broken_block_is_refused(name: str) -> None:
    assert problems_in_message({"text": "x", "blocks": [BROKEN_BLOCKS[name]]}) != []


@pytest.mark.parametrize("name", BROKEN_VIEWS)
def test_a_broken_view_is_refused(name: str) -> None:
    assert problems_in_view(BROKEN_VIEWS[name]) != []


def test_good_views_pass() -> None:
    assert problems_in_view(form()) == []
    assert problems_in_view(form(*[section()] * 100, submit=None)) == []
    assert problems_in_view(home()) == []


def test_fifty_blocks_pass_and_one_more_is_refused() -> None:
    assert problems_in_message(card(blocks=[section()] * 50)) == []
    assert problems_in_message(card(blocks=[section()] * 51)) == [
        "blocks: no more than 50 items allowed, has 51"
    ]


def test_a_problem_says_where_it_is() -> None:
    problems = problems_in_message(card(blocks=[section(), actions(button("x" * 76))]))

    assert problems == ["blocks/1/elements/0/text/text: must be less than 76 characters, has 76"]


def test_a_message_of_forty_thousand_characters_passes() -> None:
    assert problems_in_message({"text": "x" * 40_000}) == []
    assert problems_in_message({"text": "x" * 40_001}) != []


def test_suggestions_are_options_or_groups() -> None:
    assert problems_in_suggestions({"options": []}) == []
    assert problems_in_suggestions({"options": [option()] * 101}) != []
    assert problems_in_suggestions({}) != []
