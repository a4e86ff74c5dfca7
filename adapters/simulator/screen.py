"""What one person has on their screen, as the page's JSON."""

from datetime import UTC, datetime
from typing import Any

from adapters.simulator.channels import Channel, Kind
from adapters.simulator.messages import Message
from adapters.simulator.people import SLACKBOT, Member, Standing
from adapters.simulator.views import View
from adapters.simulator.workspace import SlackWorkspace

Json = dict[str, Any]


def person_json(member: Member) -> Json:
    """Return a person for the selector and for mentions."""
    return {
        "id": member.id,
        "name": member.name,
        "handle": member.handle,
        "title": member.title,
        "tz": member.tz,
        "kind": member.standing,
        "deleted": member.deleted,
        "is_bot": member.is_bot,
    }


def nameable(workspace: SlackWorkspace) -> list[Member]:
    """Return everybody the page must be able to name, the bot and those who left included."""
    return [member for member in workspace.people if member.id != SLACKBOT]


def screen_json(workspace: SlackWorkspace, person: Member, n: int) -> Json:
    """Return all that *person* sees now; *n* is the number of the newest change."""
    home = workspace.views.home(person.id)
    return {
        "n": n,
        "now": workspace.now().isoformat(),
        "person": person.id,
        "channels": [
            _channel_json(workspace, channel, person)
            for channel in workspace.channels.values()
            if _is_listed(channel, person)
        ],
        "views": [view_json(workspace, view) for view in workspace.views.stack(person.id)],
        "home": view_json(workspace, home) if home else None,
    }


def view_json(workspace: SlackWorkspace, view: View) -> Json:
    """Return a modal or Home with what was typed and what was refused."""
    body = view.as_json(workspace.team_id)
    return body | {"errors": dict(view.errors), "values": view.answers}


def _is_listed(channel: Channel, person: Member) -> bool:
    if person.id in channel.members:
        return True
    # Guests and strangers cannot look around.
    return channel.kind is Kind.PUBLIC and person.standing is Standing.MEMBER


def _channel_json(workspace: SlackWorkspace, channel: Channel, person: Member) -> Json:
    others = sorted(channel.members - {person.id}) or [person.id]
    return {
        "id": channel.id,
        "name": channel.name,
        "kind": channel.kind,
        "topic": channel.topic,
        "is_member": person.id in channel.members,
        "is_archived": channel.is_archived,
        "is_ext_shared": channel.is_ext_shared,
        "bot_is_member": workspace.bot.id in channel.members,
        "members": sorted(channel.members),
        "with": others[0] if channel.kind is Kind.DM else None,
        "messages": [
            _message_json(workspace, channel, message) for message in channel.seen_by(person.id)
        ],
    }


def _message_json(workspace: SlackWorkspace, channel: Channel, message: Message) -> Json:
    author = workspace.people.get(message.user)
    return {
        "id": message.ts,
        "thread": message.thread_ts if message.is_reply else None,
        "at": datetime.fromtimestamp(float(message.ts), UTC).isoformat(),
        "user": message.user,
        "author": {"name": author.name, "is_bot": author.is_bot},
        "text": message.text,
        "blocks": list(message.blocks),
        "ephemeral": message.only_for is not None,
        "edited": message.edited_ts is not None,
        "reply_count": len(channel.replies(message.ts)),
        "files": [_file_json(file) for file in message.files],
        "reactions": [
            {"name": name, "users": list(users)} for name, users in message.reactions.items()
        ],
    }


def _file_json(file: Json) -> Json:
    shown = {name: file[name] for name in ("id", "name", "mimetype", "size")}
    return shown | {"url": f"/api/page/slack/files/{file['id']}"}
