"""The events Slack tells a bot of, as the Events API words them."""

import secrets
from typing import Any

from adapters.simulator.channels import EVENT_TYPES, Channel
from adapters.simulator.messages import Message
from adapters.simulator.views import View
from adapters.simulator.workspace import SlackWorkspace

Json = dict[str, Any]

#: Slack's deprecated field: the same for every request, and worth nothing as a proof.
TOKEN = "verification-token-of-the-simulator"  # noqa: S105  # not a secret

#: What the bot's manifest subscribes to when nothing else is said.
SUBSCRIPTIONS = frozenset(
    {
        "app_home_opened",
        "app_mention",
        "member_joined_channel",
        "message.channels",
        "message.groups",
        "message.im",
    }
)
_MESSAGE_SUBSCRIPTIONS = {
    "channel": "message.channels",
    "group": "message.groups",
    "im": "message.im",
}


def message_event(workspace: SlackWorkspace, channel: Channel, message: Message) -> Json:
    """Return the event for a new message, of a person or of a bot."""
    event = message.as_json(team=workspace.team_id)
    event |= _where(channel) | {"event_ts": message.ts}
    if message.files:
        event["subtype"] = "file_share"
    author = workspace.people.get(message.user)
    if not author.is_bot:
        event["client_msg_id"] = secrets.token_hex(16)
    elif author.id != workspace.bot.id:
        event["subtype"] = "bot_message"
    if author.team != workspace.team_id:
        event |= {"user_team": author.team, "source_team": author.team}
    return event


def changed_event(
    workspace: SlackWorkspace, channel: Channel, before: Message, after: Message
) -> Json:
    """Return the event for an edited message."""
    return {
        "type": "message",
        "subtype": "message_changed",
        "hidden": True,
        "message": after.as_json(team=workspace.team_id),
        "previous_message": before.as_json(team=workspace.team_id),
        "ts": after.edited_ts,
        "event_ts": after.edited_ts,
        **_where(channel),
    }


def deleted_event(workspace: SlackWorkspace, channel: Channel, message: Message) -> Json:
    """Return the event for a message that was taken back."""
    ts = workspace.next_ts()
    return {
        "type": "message",
        "subtype": "message_deleted",
        "hidden": True,
        "deleted_ts": message.ts,
        "previous_message": message.as_json(team=workspace.team_id),
        "ts": ts,
        "event_ts": ts,
        **_where(channel),
    }


def mention_event(workspace: SlackWorkspace, channel: Channel, message: Message) -> Json:
    """Return the event for a message that speaks to the bot by name."""
    event = message.as_json(team=workspace.team_id)
    author = workspace.people.get(message.user)
    if author.team != workspace.team_id:
        event["user_team"] = author.team
    return {**event, "type": "app_mention", "channel": channel.id, "event_ts": message.ts}


def joined_event(
    workspace: SlackWorkspace, channel: Channel, user: str, inviter: str | None = None
) -> Json:
    """Return the event for somebody who came into a channel, the bot included."""
    event = {
        "type": "member_joined_channel",
        "user": user,
        "channel": channel.id,
        "channel_type": "C" if channel.as_json()["is_channel"] else "G",
        "team": workspace.team_id,
        "event_ts": workspace.next_ts(),
    }
    return event | ({"inviter": inviter} if inviter else {})


def home_event(workspace: SlackWorkspace, user: str, channel: str, home: View | None) -> Json:
    """Return the event for a person who opens the bot's Home."""
    event = {
        "type": "app_home_opened",
        "user": user,
        "channel": channel,
        "tab": "home",
        "event_ts": workspace.next_ts(),
    }
    return event | ({"view": home.as_json(workspace.team_id)} if home else {})


def envelope(workspace: SlackWorkspace, event: Json) -> Json:
    """Return the body of the request that carries *event* to the bot."""
    channel = workspace.channels.get(event.get("channel", ""))
    return {
        "token": TOKEN,
        "team_id": workspace.team_id,
        "context_team_id": workspace.team_id,
        "context_enterprise_id": None,
        "api_app_id": workspace.sample.app_id,
        "event": event,
        "type": "event_callback",
        "event_id": f"Ev{secrets.token_hex(5).upper()}",
        "event_time": int(float(event["event_ts"])),
        "authorizations": [
            {
                "enterprise_id": None,
                "team_id": workspace.team_id,
                "user_id": workspace.bot.id,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": bool(channel and channel.is_ext_shared),
        "event_context": secrets.token_urlsafe(24),
    }


def subscription_of(event: Json) -> str:
    """Return the name under which a manifest subscribes to this event."""
    if event["type"] != "message":
        return str(event["type"])
    return _MESSAGE_SUBSCRIPTIONS[event["channel_type"]]


def is_heard(workspace: SlackWorkspace, event: Json) -> bool:
    """Say whether the bot is where the event happened."""
    channel = workspace.channels.get(event.get("channel", ""))
    if channel is None or event["type"] == "app_home_opened":
        return True
    return workspace.bot.id in channel.members


def _where(channel: Channel) -> Json:
    return {"channel": channel.id, "channel_type": EVENT_TYPES[channel.kind]}
