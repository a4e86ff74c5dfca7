"""What the bot wants to post: read, and refused where Teams refuses it or would not show it."""

from collections.abc import Mapping
from typing import Any

from adapters.simulator.teams.cards import problems_in_attachment
from adapters.simulator.teams.errors import bad_request, too_large
from adapters.simulator.teams.world import Draft

Json = dict[str, Any]

MOST_BYTES = 28 * 1024
FORMATS = {"plain", "markdown", "xml"}
NOTHING = "Activity must include non empty 'text' field or at least 1 attachment."


def checked_size(body: bytes) -> None:
    """Refuse a request that is larger than Teams takes."""
    if len(body) > MOST_BYTES:
        raise too_large(len(body))


def as_draft(activity: object, author: str, root: str | None = None) -> Draft:
    """Return the message that *activity* describes.

    Raises:
        Refusal: it is no message, it is empty, or a card in it is not one that Teams shows.
    """
    if not isinstance(activity, Mapping) or activity.get("type") != "message":
        raise bad_request("The activity must be of type message.")
    if activity.get("textFormat", "markdown") not in FORMATS:
        raise bad_request("The textFormat must be plain, markdown or xml.")
    attachments = _listed(activity, "attachments")
    problems = [found for one in attachments for found in problems_in_attachment(one)[1]]
    if problems:
        raise bad_request("; ".join(problems))
    text = _text(activity, "text")
    if not text.strip() and not attachments:
        raise bad_request(NOTHING)
    return Draft(
        author=author,
        text=text,
        summary=_text(activity, "summary"),
        attachments=attachments,
        entities=_listed(activity, "entities"),
        root=root,
    )


def _text(activity: Mapping[str, Any], name: str) -> str:
    value = activity.get(name) or ""
    if not isinstance(value, str):
        raise bad_request(f"The {name} must be a string.")
    return value


def _listed(activity: Mapping[str, Any], name: str) -> tuple[Json, ...]:
    value = activity.get(name) or []
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise bad_request(f"The {name} must be a list of objects.")
    return tuple(value)
