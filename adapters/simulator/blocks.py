"""Everything Slack refuses in the blocks of a message or a view, by the limits it publishes."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from adapters.simulator.elements import (
    ID,
    IN_ACTIONS,
    IN_CONTEXT,
    IN_INPUT,
    IN_SECTION,
    SECTION_HAS_WORDS,
    SUGGESTIONS,
    URL,
)
from adapters.simulator.shapes import (
    Rule,
    anything,
    by_type,
    exactly_one,
    flag,
    many,
    number,
    one_of,
    shape,
    string,
    text,
)

MESSAGE_BLOCKS, VIEW_BLOCKS = 50, 100
VIEW_BYTES = 250_000
TEXT_CHARACTERS = 40_000

_ID: dict[str, Rule] = {"block_id": ID}

_EVERYWHERE: dict[str, Rule] = {
    "actions": shape({"elements": many(IN_ACTIONS, 25)}, _ID),
    "context": shape({"elements": many(IN_CONTEXT, 10)}, _ID),
    "divider": shape({}, _ID),
    "header": shape({"text": text(150)}, {**_ID, "level": number(1, 4)}),
    "image": shape(
        {"alt_text": string(2000)},
        {
            **_ID,
            "image_url": URL,
            "slack_file": shape({}, {"id": ID, "url": URL}),
            "title": text(2000),
        },
        also=exactly_one("image_url", "slack_file"),
    ),
    "input": shape(
        {"label": text(2000), "element": IN_INPUT},
        {**_ID, "hint": text(2000), "optional": flag, "dispatch_action": flag},
    ),
    "rich_text": shape({"elements": many(anything, 1000)}, _ID),
    "section": shape(
        {},
        {
            **_ID,
            "text": text(3000, markdown=True),
            "fields": many(text(2000, markdown=True), 10),
            "accessory": IN_SECTION,
            "expand": flag,
        },
        also=SECTION_HAS_WORDS,
    ),
    "video": shape(
        {"alt_text": string(2000), "title": text(200), "video_url": URL, "thumbnail_url": URL},
        {
            **_ID,
            "author_name": string(50),
            "description": text(200),
            "provider_icon_url": URL,
            "provider_name": string(50),
            "title_url": URL,
        },
    ),
}

_CELL = by_type(
    {
        "raw_text": shape({"text": string(3000)}, {}),
        "raw_number": shape({"value": anything}, {"text": string(3000)}),
        "rich_text": anything,
    }
)

_MESSAGES_ONLY: dict[str, Rule] = {
    "file": shape({"external_id": ID, "source": one_of("remote")}, _ID),
    "markdown": shape({"text": string(12_000)}, _ID),
    "table": shape(
        {"rows": many(many(_CELL, 20), 100)},
        {**_ID, "column_settings": many(anything, 20, least=0)},
    ),
}

_IN_MESSAGE = by_type(_EVERYWHERE | _MESSAGES_ONLY)
_IN_VIEW = by_type(_EVERYWHERE)

_VIEW: dict[str, Rule] = {
    "private_metadata": string(3000, least=0),
    "callback_id": string(255, least=0),
    "external_id": string(255, least=0),
    "clear_on_close": flag,
    "notify_on_close": flag,
    "submit_disabled": flag,
}
_MODAL = shape(
    {"title": text(24), "blocks": many(_IN_VIEW, VIEW_BLOCKS)},
    {**_VIEW, "submit": text(24), "close": text(24)},
)
_HOME = shape(
    {"blocks": many(_IN_VIEW, VIEW_BLOCKS, least=0)},
    {**_VIEW, "title": text(24), "submit": text(24), "close": text(24)},
)
_SURFACE = by_type({"modal": _MODAL, "home": _HOME})


def problems_in_message(message: Mapping[str, Any]) -> list[str]:
    """Return what Slack would refuse in *message*, a mapping with `text` and `blocks`."""
    found: list[str] = []
    text_ = message.get("text")
    if isinstance(text_, str) and len(text_) > TEXT_CHARACTERS:
        found.append(f"text: must be less than {TEXT_CHARACTERS + 1} characters")
    blocks = message.get("blocks")
    if blocks is None:
        return found
    found += many(_IN_MESSAGE, MESSAGE_BLOCKS, least=0)("blocks", blocks)
    return found + list(_doubled_ids(_objects(blocks)))


def problems_in_view(view: Mapping[str, Any]) -> list[str]:
    """Return what Slack would refuse in *view*, a modal or a Home."""
    found = list(_SURFACE("view", view))
    if len(json.dumps(view, ensure_ascii=False).encode()) > VIEW_BYTES:
        found.append(f"view: must be less than {VIEW_BYTES} bytes")
    blocks = _objects(view.get("blocks"))
    has_input = any(block.get("type") == "input" for block in blocks)
    if view.get("type") == "modal" and has_input and not view.get("submit"):
        found.append("view: missing required field: submit (there is an input block)")
    if sum(bool(element.get("focus_on_load")) for element in elements_of(blocks)) > 1:
        found.append("view: only one element can have focus_on_load")
    return found + list(_doubled_ids(blocks))


def problems_in_suggestions(answer: Mapping[str, Any]) -> list[str]:
    """Return what Slack would refuse in the answer to a `block_suggestion`."""
    return list(SUGGESTIONS("options", answer))


def elements_of(blocks: Sequence[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    """Yield every element that stands in *blocks*, in reading order."""
    for block in blocks:
        candidates = [block.get("accessory"), block.get("element")]
        if block.get("type") == "actions":
            candidates += block.get("elements") or []
        yield from (item for item in candidates if isinstance(item, Mapping))


def _objects(blocks: object) -> list[Mapping[str, Any]]:
    listed = blocks if isinstance(blocks, list) else []
    return [block for block in listed if isinstance(block, Mapping)]


def _doubled_ids(blocks: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    block_ids = [block["block_id"] for block in blocks if block.get("block_id")]
    action_ids = [item["action_id"] for item in elements_of(blocks) if item.get("action_id")]
    for kind, ids in (("block_id", block_ids), ("action_id", action_ids)):
        for name, times in Counter(map(str, ids)).items():
            if times > 1:
                yield f"blocks: {kind} {name} already exists, it stands {times} times"
