"""The Bot Connector: what the bot may ask of it, answered out of the world's memory."""

from collections.abc import Mapping
from typing import Any

from adapters.simulator.teams import errors
from adapters.simulator.teams.conversations import Conversation, Scope, Team, in_team
from adapters.simulator.teams.messages import Message
from adapters.simulator.teams.outgoing import as_draft
from adapters.simulator.teams.people import Account
from adapters.simulator.teams.rates import Counted, RateLimits
from adapters.simulator.teams.world import World

Json = dict[str, Any]
Reply = tuple[int, object]

OK, CREATED = 200, 201
LEAST_PAGE, MOST_PAGE = 50, 500


class Connector:
    """One method for each call. It returns a status and a body, or raises `errors.Refusal`."""

    def __init__(self, world: World, limits: RateLimits) -> None:
        self._world = world
        self._limits = limits

    def create(self, body: Json) -> Reply:
        """Begin a thread in a channel, or find the chat with one person."""
        channel = _at(body, "channelData", "channel", "id")
        if isinstance(channel, str):
            return self._begin_thread(channel, body)
        return self._begin_chat(body)

    def send(self, wire_id: str, body: Json, reply_to: str | None = None) -> Reply:
        """Post a message, as a reply where the conversation or *reply_to* names a thread."""
        conversation, root = self._writable(wire_id)
        if reply_to and not root:
            root = conversation.get(reply_to).thread
        self._limits.count(Counted.SEND, conversation.id)
        message = self._world.write(conversation, as_draft(body, self._world.bot_id, root))
        return CREATED, {"id": message.id}

    def update(self, wire_id: str, message_id: str, body: Json) -> Reply:
        """Edit a message of the bot's own."""
        conversation, message = self._own(wire_id, message_id)
        draft = as_draft(body, self._world.bot_id)
        changes = {
            "text": draft.text,
            "summary": draft.summary,
            "attachments": draft.attachments,
            "entities": draft.entities,
        }
        self._world.rewrite(conversation, message, changes)
        return OK, {"id": message.id}

    def delete(self, wire_id: str, message_id: str) -> Reply:
        """Take a message of the bot's own back."""
        conversation, message = self._own(wire_id, message_id)
        del conversation.messages[message.id]
        return OK, None

    def members(self, wire_id: str) -> Reply:
        """List who is in a conversation."""
        return OK, [account.as_member() for account in self._roster(wire_id)]

    def paged_members(self, wire_id: str, query: Mapping[str, str]) -> Reply:
        """List who is in a conversation, a page at a time."""
        roster = self._roster(wire_id)
        size = min(max(_number(query.get("pageSize")), LEAST_PAGE), MOST_PAGE)
        start = _number(query.get("continuationToken"))
        page: Json = {"members": [one.as_member() for one in roster[start : start + size]]}
        if start + size < len(roster):
            page["continuationToken"] = str(start + size)
        return OK, page

    def member(self, wire_id: str, name: str) -> Reply:
        """Return one member, by account id, directory id or e-mail."""
        roster = self._roster(wire_id)
        found = self._world.people.find(name)
        if found is None or found not in roster:
            raise errors.no_such_member()
        return OK, found.as_member()

    def team(self, team_id: str) -> Reply:
        """Return a team's details."""
        return OK, self._installed_team(team_id).as_json()

    def channels(self, team_id: str) -> Reply:
        """List a team's channels; General comes first and without a name."""
        team = self._installed_team(team_id)
        channels = in_team(self._world.conversations.values(), team.id)
        return OK, {"conversations": [{"id": c.id, "name": c.wire_name()} for c in channels]}

    def _begin_thread(self, channel_id: str, body: Json) -> Reply:
        conversation, _ = self._writable(channel_id)
        if conversation.scope is not Scope.CHANNEL or body.get("isGroup") is not True:
            raise errors.bad_request("A thread needs a channel, and isGroup.")
        self._limits.count(Counted.CREATE, conversation.id)
        draft = as_draft(body.get("activity"), self._world.bot_id)
        message = self._world.write(conversation, draft)
        return CREATED, {"id": conversation.wire_id(message.id), "activityId": message.id}

    def _begin_chat(self, body: Json) -> Reply:
        account = self._only_member(body)
        if account.id not in self._world.installed:
            raise errors.not_in_roster()
        chat = self._world.personal(account.id)
        self._limits.count(Counted.CREATE, chat.id)
        if body.get("activity") is None:
            return CREATED, {"id": chat.id}
        draft = as_draft(body["activity"], self._world.bot_id)
        return CREATED, {"id": chat.id, "activityId": self._world.write(chat, draft).id}

    def _only_member(self, body: Json) -> Account:
        members = body.get("members")
        if body.get("isGroup") or not isinstance(members, list) or len(members) != 1:
            raise errors.bad_request("A chat needs one member; a bot begins no group chats.")
        account = self._world.people.find(str(_at(members[0], "id")))
        tenant = body.get("tenantId") or _at(body, "channelData", "tenant", "id")
        if account is None or account.deleted or account.tenant_id != tenant:
            raise errors.bad_request("Invalid user identity in provided tenant.")
        return account

    def _writable(self, wire_id: str) -> tuple[Conversation, str | None]:
        conversation, root = self._world.conversation(wire_id)
        if conversation.members & self._world.blocked and conversation.scope is Scope.PERSONAL:
            raise errors.blocked()
        if not self._world.has_bot(conversation):
            raise errors.not_in_roster()
        return conversation, root

    def _own(self, wire_id: str, message_id: str) -> tuple[Conversation, Message]:
        conversation, _ = self._writable(wire_id)
        message = conversation.get(message_id)
        if message.author != self._world.bot_id:
            raise errors.not_the_author()
        self._limits.count(Counted.SEND, conversation.id)
        return conversation, message

    def _roster(self, wire_id: str) -> list[Account]:
        conversation, _ = self._world.conversation(wire_id)
        if not self._world.has_bot(conversation):
            raise errors.not_in_roster()
        self._limits.count(Counted.MEMBERS, conversation.id)
        return self._world.members_of(conversation)

    def _installed_team(self, team_id: str) -> Team:
        team = self._world.team(team_id)
        if not team.has_bot:
            raise errors.not_in_roster()
        return team


def _at(value: object, *path: str) -> object:
    for name in path:
        value = value.get(name) if isinstance(value, Mapping) else None
    return value


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() else 0
