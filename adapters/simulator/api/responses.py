"""What a bot says to a response address: anew, or in the place of what it was asked from."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from adapters.simulator.api.calls import Json, Slack
from adapters.simulator.channels import Channel
from adapters.simulator.errors import Refusal
from adapters.simulator.events import changed_event, message_event
from adapters.simulator.messages import Message
from adapters.simulator.tickets import ResponseAddress
from adapters.simulator.workspace import Draft, SlackWorkspace, checked_blocks


def respond(slack: Slack, path: str, body: str) -> None:
    """Do what *body* says in the place the address belongs to."""
    address = slack.workspace.responses.use(path)
    said = _said(body)
    channel = slack.workspace.channel(address.channel)
    original = _original(channel, address)
    if said.get("delete_original") and original:
        _shelf(channel, original).pop(original.ts, None)
    elif said.get("replace_original") and original:
        _replace(slack, channel, original, said)
    else:
        message = say(slack.workspace, channel, address.user, said)
        if message.only_for is None:
            slack.hear(message_event(slack.workspace, channel, message))


def say(workspace: SlackWorkspace, channel: Channel, user: str, said: Mapping[str, Any]) -> Message:
    """Write what a bot answered to *user*: for all when it says so, else for them alone."""
    is_for_all = said.get("response_type") == "in_channel"
    draft = Draft(
        workspace.bot.id,
        str(said.get("text") or ""),
        tuple(said.get("blocks") or ()),
        thread_ts=said.get("thread_ts"),
        only_for=None if is_for_all else user,
    )
    return workspace.write(channel, draft)


def _said(body: str) -> Json:
    try:
        said = json.loads(body)
    except ValueError:
        raise Refusal("invalid_payload") from None
    if not isinstance(said, dict) or not isinstance(said.get("blocks") or [], list):
        raise Refusal("invalid_payload")
    return said


def _original(channel: Channel, address: ResponseAddress) -> Message | None:
    ts = address.message or ""
    return channel.ephemerals.get(ts) or channel.messages.get(ts)


def _shelf(channel: Channel, message: Message) -> dict[str, Message]:
    return channel.ephemerals if message.only_for else channel.messages


def _replace(slack: Slack, channel: Channel, original: Message, said: Json) -> None:
    text = str(said.get("text") or "")
    blocks = checked_blocks(text, said.get("blocks") or ())
    if original.only_for:
        # An ephemeral cannot be edited: its place is taken, and it is not marked as edited.
        channel.put(replace(original, text=text, blocks=blocks))
        return
    after = slack.workspace.rewrite(channel, original, {"text": text, "blocks": blocks})
    slack.hear(changed_event(slack.workspace, channel, original, after))
