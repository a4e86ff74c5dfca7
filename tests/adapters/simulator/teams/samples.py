"""Cards and dialogs that the tests show."""

from typing import Any

Json = dict[str, Any]

ADAPTIVE = "application/vnd.microsoft.card.adaptive"


def text(words: str = "EDRM", **more: Any) -> Json:
    return {"type": "TextBlock", "text": words, **more}


def execute(title: str = "Approve", **more: Any) -> Json:
    return {
        "type": "Action.Execute",
        "title": title,
        "verb": "glossary.approve",
        "data": {"proposal": 3},
        **more,
    }


def opens(title: str = "Edit") -> Json:
    data = {"msteams": {"type": "task/fetch"}, "route": "glossary.edit"}
    return {"type": "Action.Submit", "title": title, "data": data}


def submit(title: str = "Suggest", **data: Any) -> Json:
    return {"type": "Action.Submit", "title": title, "data": {"route": "glossary.add", **data}}


def asked(kind: str = "Text", label: str = "Term", **more: Any) -> Json:
    return {"type": f"Input.{kind}", "id": label.lower(), "label": label, **more}


def card(*body: Json, actions: tuple[Json, ...] = (), **more: Any) -> Json:
    return {
        "type": "AdaptiveCard",
        "version": "1.5",
        "body": list(body) or [text()],
        "actions": list(actions),
        **more,
    }


def attached(content: Json) -> Json:
    return {"contentType": ADAPTIVE, "content": content}


def posted(content: Json) -> Json:
    return {"attachments": [attached(content)]}


def dialog(content: Json, title: str = "Suggest a term", **more: Any) -> Json:
    value = {"title": title, "height": "medium", "width": "medium", "card": attached(content)}
    return {"task": {"type": "continue", "value": {**value, **more}}}


def said(words: str) -> Json:
    return {"task": {"type": "message", "value": words}}


def toast(words: str) -> Json:
    kind = "application/vnd.microsoft.activity.message"
    return {"statusCode": 200, "type": kind, "value": words}


def found(*titles: str) -> Json:
    kind = "application/vnd.microsoft.card.thumbnail"
    hits = [
        {
            **attached(card(text(title))),
            "preview": {"contentType": kind, "content": {"title": title, "text": "A term"}},
        }
        for title in titles
    ]
    return {"composeExtension": {"type": "result", "attachmentLayout": "list", "attachments": hits}}
