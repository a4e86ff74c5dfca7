"""Blocks, cards and forms that the tests show."""

from typing import Any

Json = dict[str, Any]


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def button(label: str = "Share here", action_id: str = "share", **more: Any) -> Json:
    return {"type": "button", "text": plain(label), "action_id": action_id, "value": "1", **more}


def option(text: str = "Plain", value: str = "plain") -> Json:
    return {"text": plain(text), "value": value}


def section(text: str = "Words") -> Json:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}}


def actions(*elements: Json, block_id: str = "choices") -> Json:
    return {"type": "actions", "block_id": block_id, "elements": list(elements)}


def card(**more: Any) -> Json:
    return {"text": "EDRM", "blocks": [section("*EDRM*"), actions(button())], **more}


def asked(label: str, element: Json, block_id: str, **more: Any) -> Json:
    return {
        "type": "input",
        "block_id": block_id,
        "label": plain(label),
        "element": element,
        **more,
    }


def text_input(**more: Any) -> Json:
    return {"type": "plain_text_input", "action_id": "label_input", **more}


def form(*blocks: Json, **more: Any) -> Json:
    return {
        "type": "modal",
        "callback_id": "glossary.add",
        "title": plain("Suggest a term"),
        "submit": plain("Suggest"),
        "blocks": list(blocks) or [asked("Term", text_input(), "label")],
        **more,
    }


def home(*blocks: Json) -> Json:
    return {"type": "home", "blocks": list(blocks) or [section("Waiting for you")]}
