"""conversations.*: finding, reading, opening, creating, inviting, archiving."""

import re

from adapters.simulator.api.calls import Call, Json, method, page
from adapters.simulator.channels import Channel, Kind
from adapters.simulator.errors import Refusal
from adapters.simulator.events import joined_event
from adapters.simulator.messages import Message

_KINDS = {"public_channel": Kind.PUBLIC, "private_channel": Kind.PRIVATE, "im": Kind.DM}


@method("conversations.open", tier=3, scope="im:write")
def open_direct(call: Call) -> Json:
    """Open the direct message with one person, or the one that was opened before."""
    if call.has("channel"):
        return {"channel": _opened(call, call.workspace.channel(call.text("channel")))}
    users = call.listed("users")
    if len(users) != 1:
        raise Refusal("not_enough_users" if not users else "method_not_supported_for_channel_type")
    person = call.workspace.people.get(users[0])
    if person.is_bot:
        raise Refusal("cannot_dm_bot")
    if person.deleted:
        raise Refusal("user_disabled")
    return {"channel": _opened(call, call.workspace.direct(call.workspace.bot.id, person.id))}


@method("conversations.info", tier=3, scope="*:read")
def show(call: Call) -> Json:
    """Describe one conversation."""
    channel = _looked_up(call)
    body = described(call, channel)
    if call.flag("include_num_members"):
        body["num_members"] = len(channel.members)
    return {"channel": body}


@method("conversations.list", tier=2, scope="*:read")
def list_all(call: Call) -> Json:
    """List the conversations the bot can know of."""
    wanted = {_KINDS[kind] for kind in call.listed("types") or ["public_channel"] if kind in _KINDS}
    found = [
        described(call, channel)
        for channel in call.workspace.channels.values()
        if channel.kind in wanted and _can_see(call, channel)
        if not (call.flag("exclude_archived") and channel.is_archived)
    ]
    return page(call, found, "channels")


@method("conversations.members", tier=4, scope="*:read")
def members(call: Call) -> Json:
    """List who is in a conversation."""
    return page(call, sorted(_looked_up(call).members), "members")


@method("conversations.history", tier=3, scope="*:history")
def history(call: Call) -> Json:
    """Return messages, the newest first; replies stand in their threads."""
    channel = _readable(call)
    found = [m for m in channel.messages.values() if not m.is_reply and _within(call, m)]
    shown = [_shown(call, channel, message) for message in reversed(found)]
    return page(call, shown, "messages")


@method("conversations.replies", tier=3, scope="*:history")
def replies(call: Call) -> Json:
    """Return a thread, its first message first."""
    channel = _readable(call)
    parent = channel.messages.get(call.text("ts"))
    if parent is None:
        raise Refusal("thread_not_found")
    found = [m for m in channel.replies(parent.thread_ts or parent.ts) if _within(call, m)]
    return page(call, [_shown(call, channel, m) for m in [parent, *found]], "messages")


@method("conversations.create", tier=2, scope="*:write")
def create(call: Call) -> Json:
    """Make a channel with the bot in it."""
    name = call.text("name")
    if len(name) > 80:  # noqa: PLR2004  # Slack's limit
        raise Refusal("invalid_name_maxlength")
    if not re.fullmatch(r"[\w-]+", name) or name != name.lower():
        raise Refusal("invalid_name_specials")
    if call.workspace.channel_called(name):
        raise Refusal("name_taken")
    kind = Kind.PRIVATE if call.flag("is_private") else Kind.PUBLIC
    number = len(call.workspace.channels) + 1
    bot = call.workspace.bot.id
    channel = Channel(f"C0MADE{number:04d}", name, kind, {bot}, creator=bot)
    call.workspace.channels[channel.id] = channel
    return {"channel": described(call, channel)}


@method("conversations.invite", tier=3, scope="*:write")
def invite(call: Call) -> Json:
    """Bring people into a channel: all of them or, when one cannot come, nobody."""
    channel = _readable(call)
    if channel.is_archived:
        raise Refusal("is_archived")
    users = call.listed("users")
    problems = [
        {"user": user, "ok": False, "error": problem}
        for user in users
        if (problem := _why_not(call, channel, user))
    ]
    if problems or not users:
        code = str(problems[0]["error"]) if problems else "no_user"
        raise Refusal(code, details=problems)
    for user in users:
        channel.members.add(user)
        call.slack.hear(joined_event(call.workspace, channel, user, call.workspace.bot.id))
    return {"channel": described(call, channel)}


@method("conversations.kick", tier=3, scope="*:write")
def kick(call: Call) -> Json:
    """Put one person out of a channel."""
    channel, user = _readable(call), call.text("user")
    if user == call.workspace.bot.id:
        raise Refusal("cant_kick_self")
    if channel.name == "general":
        raise Refusal("cant_kick_from_general")
    if user not in channel.members:
        raise Refusal("not_in_channel")
    channel.members.discard(user)
    return {}


@method("conversations.join", tier=3, scope="channels:join")
def join(call: Call) -> Json:
    """Let the bot into a public channel."""
    channel = _visible(call)
    if channel.kind is not Kind.PUBLIC:
        raise Refusal("method_not_supported_for_channel_type")
    if channel.is_archived:
        raise Refusal("is_archived")
    channel.members.add(call.workspace.bot.id)
    return {"channel": described(call, channel)}


@method("conversations.archive", tier=2, scope="*:write")
def archive(call: Call) -> Json:
    """Close a channel for good."""
    channel = _readable(call)
    if channel.is_archived:
        raise Refusal("already_archived")
    if channel.name == "general":
        raise Refusal("cant_archive_general")
    channel.is_archived = True
    return {}


def _opened(call: Call, channel: Channel) -> Json:
    if call.workspace.bot.id not in channel.members:
        raise Refusal("channel_not_found")
    return described(call, channel) if call.flag("return_im") else {"id": channel.id}


def _looked_up(call: Call) -> Channel:
    channel = _visible(call)
    if channel.kind is Kind.DM:
        raise Refusal("missing_scope", ["needed: im:read"])
    return channel


def _why_not(call: Call, channel: Channel, user: str) -> str | None:
    person = call.workspace.people.find(user)
    if person is None or person.deleted:
        return "user_not_found"
    if user == call.workspace.bot.id:
        return "cant_invite_self"
    return "already_in_channel" if user in channel.members else None


def _can_see(call: Call, channel: Channel) -> bool:
    return channel.kind is Kind.PUBLIC or call.workspace.bot.id in channel.members


def _visible(call: Call) -> Channel:
    channel = call.workspace.channel(call.text("channel"))
    if not _can_see(call, channel):
        raise Refusal("channel_not_found")
    return channel


def _readable(call: Call) -> Channel:
    channel = _visible(call)
    if call.workspace.bot.id not in channel.members:
        raise Refusal("not_in_channel")
    return channel


def described(call: Call, channel: Channel) -> Json:
    """Return *channel* as the bot sees it."""
    body = channel.as_json() | {"is_member": call.workspace.bot.id in channel.members}
    others = channel.members - {call.workspace.bot.id}
    return body | ({"user": next(iter(others), "")} if channel.kind is Kind.DM else {})


def _within(call: Call, message: Message) -> bool:
    oldest, latest = call.arguments.get("oldest") or "0", call.arguments.get("latest") or "inf"
    if call.flag("inclusive") and message.ts in (oldest, latest):
        return True
    try:
        return float(oldest) < float(message.ts) < float(latest)
    except (TypeError, ValueError):
        raise Refusal("invalid_ts_latest") from None


def _shown(call: Call, channel: Channel, message: Message) -> Json:
    body = message.as_json(team=call.workspace.team_id, replies=len(channel.replies(message.ts)))
    if not call.flag("include_all_metadata"):
        body.pop("metadata", None)
    return body
