"""chat.*: posting, editing, deleting, ephemerals, permalinks; and reactions."""

from typing import Any

from adapters.simulator.api.calls import Call, Json, method
from adapters.simulator.channels import Channel, Kind
from adapters.simulator.errors import Refusal
from adapters.simulator.events import changed_event, deleted_event, message_event
from adapters.simulator.messages import Message
from adapters.simulator.workspace import Draft


@method("chat.postMessage", tier="special", scope="chat:write")
def post_message(call: Call) -> Json:
    """Write a message where the bot is a member."""
    workspace = call.workspace
    channel = _writable(call)
    call.slack.limits.count_post(channel.id)
    message = workspace.write(channel, _draft(call))
    call.slack.hear(message_event(workspace, channel, message))
    return {"channel": channel.id, "ts": message.ts, "message": _shown(call, message)}


@method("chat.update", tier=3, scope="chat:write")
def update(call: Call) -> Json:
    """Edit a message of the bot's own."""
    workspace = call.workspace
    channel = workspace.channel(call.text("channel"))
    before = _own(call, channel, "cant_update_message")
    changes = _changes(call)
    if not changes:
        raise Refusal("no_text")
    after = workspace.rewrite(channel, before, changes)
    call.slack.hear(changed_event(workspace, channel, before, after))
    return {
        "channel": channel.id,
        "ts": after.ts,
        "text": after.text,
        "message": _shown(call, after),
    }


@method("chat.delete", tier=3, scope="chat:write")
def delete(call: Call) -> Json:
    """Take a message of the bot's own back."""
    channel = call.workspace.channel(call.text("channel"))
    message = _own(call, channel, "cant_delete_message")
    del channel.messages[message.ts]
    call.slack.hear(deleted_event(call.workspace, channel, message))
    return {"channel": channel.id, "ts": message.ts}


@method("chat.postEphemeral", tier=4, scope="chat:write")
def post_ephemeral(call: Call) -> Json:
    """Show something to one member of a channel."""
    channel = _writable(call)
    user = call.workspace.people.get(call.text("user"))
    if user.id not in channel.members:
        raise Refusal("user_not_in_channel")
    message = call.workspace.write(channel, _draft(call, only_for=user.id))
    return {"message_ts": message.ts}


@method("chat.getPermalink", tier="special")
def get_permalink(call: Call) -> Json:
    """Return the address of a message."""
    channel = call.workspace.channel(call.text("channel"))
    message = channel.get(call.text("message_ts"))
    return {"channel": channel.id, "permalink": permalink(channel, message)}


@method("reactions.add", tier=3, scope="reactions:write")
def add_reaction(call: Call) -> Json:
    """Put an emoji below a message."""
    channel = call.workspace.channel(call.text("channel"))
    channel.react(call.text("timestamp"), call.text("name"), call.workspace.bot.id)
    return {}


def permalink(channel: Channel, message: Message) -> str:
    """Return the address people share a message by."""
    address = f"https://parley.slack.com/archives/{channel.id}/p{message.ts.replace('.', '')}"
    if message.is_reply:
        return f"{address}?thread_ts={message.thread_ts}&cid={channel.id}"
    return address


def _writable(call: Call) -> Channel:
    workspace = call.workspace
    channel = _named(call, call.text("channel"))
    if channel is None or (channel.kind is Kind.PRIVATE and not _is_in(call, channel)):
        raise Refusal("channel_not_found")
    if channel.is_archived:
        raise Refusal("is_archived")
    if not _is_in(call, channel):
        raise Refusal("not_in_channel" if channel.kind is Kind.PUBLIC else "channel_not_found")
    if any(workspace.people.get(user).deleted for user in _others(call, channel)):
        raise Refusal("user_disabled")
    return channel


def _named(call: Call, name: str) -> Channel | None:
    workspace = call.workspace
    if workspace.people.find(name):
        return workspace.direct(workspace.bot.id, name)
    return workspace.channels.get(name) or workspace.channel_called(name)


def _others(call: Call, channel: Channel) -> set[str]:
    return channel.members - {call.workspace.bot.id} if channel.kind is Kind.DM else set()


def _is_in(call: Call, channel: Channel) -> bool:
    return call.workspace.bot.id in channel.members


def _own(call: Call, channel: Channel, refusal: str) -> Message:
    message = channel.get(call.text("ts"))
    if message.user != call.workspace.bot.id:
        raise Refusal(refusal)
    if channel.is_archived:
        raise Refusal("is_archived")
    return message


def _changes(call: Call) -> dict[str, Any]:
    changes: dict[str, Any] = {}
    if "text" in call.arguments:
        changes["text"] = str(call.arguments["text"] or "")
    if call.has("blocks"):
        changes["blocks"] = _blocks(call)
    elif "text" in changes:
        # Slack drops the blocks of a message that is edited with a text alone.
        changes["blocks"] = ()
    if call.has("metadata"):
        changes["metadata"] = _metadata(call)
    return changes


def _draft(call: Call, only_for: str | None = None) -> Draft:
    return Draft(
        user=call.workspace.bot.id,
        text=str(call.arguments.get("text") or ""),
        blocks=_blocks(call),
        thread_ts=call.optional("thread_ts"),
        metadata=_metadata(call),
        only_for=only_for,
    )


def _blocks(call: Call) -> tuple[Json, ...]:
    blocks = call.structure("blocks", "invalid_blocks_format") or []
    if not isinstance(blocks, list):
        raise Refusal("invalid_blocks_format")
    return tuple(blocks)


def _metadata(call: Call) -> Json | None:
    metadata = call.structure("metadata", "invalid_metadata_format")
    if metadata is None or metadata == {}:
        return None
    if not isinstance(metadata, dict) or not isinstance(metadata.get("event_type"), str):
        raise Refusal("invalid_metadata_schema")
    if not isinstance(metadata.get("event_payload"), dict):
        raise Refusal("invalid_metadata_schema")
    return metadata


def _shown(call: Call, message: Message) -> Json:
    return message.as_json(team=call.workspace.team_id)
