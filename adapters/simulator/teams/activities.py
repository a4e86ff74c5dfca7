"""What happens in Teams, in the words in which the bot is told of it."""

from collections.abc import Mapping
from datetime import UTC, datetime
from html import escape
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from adapters.simulator.teams.conversations import Conversation, Scope
from adapters.simulator.teams.messages import Message
from adapters.simulator.teams.people import Account
from adapters.simulator.teams.world import World

Json = dict[str, Any]

LOCALE = "en-US"
LINK = "https://teams.microsoft.com/l/message"


class Activities:
    """Writes activities for the bot of *world*, which answers at *service_url*."""

    def __init__(self, world: World, service_url: str) -> None:
        self._world = world
        self._service_url = service_url

    def message(self, sender: Account, conversation: Conversation, message: Message) -> Json:
        """Return the activity of a new message."""
        activity = self._about_message("message", sender, conversation, message)
        if message.root:
            activity["replyToId"] = message.root
        return activity

    def edited(self, sender: Account, conversation: Conversation, message: Message) -> Json:
        """Return the activity of a message that was edited."""
        activity = self._about_message("messageUpdate", sender, conversation, message)
        activity["channelData"]["eventType"] = "editMessage"
        return activity

    def deleted(self, sender: Account, conversation: Conversation, message: Message) -> Json:
        """Return the activity of a message that was taken back."""
        activity = self._about_message("messageDelete", sender, conversation, message)
        activity["channelData"]["eventType"] = "softDeleteMessage"
        for gone in ("text", "textFormat", "attachments", "entities"):
            activity.pop(gone)
        return activity

    def reaction(
        self, sender: Account, conversation: Conversation, message: Message, kind: str
    ) -> Json:
        """Return the activity of a reaction to a message of the bot."""
        return {
            **self._common("messageReaction", sender, conversation, message.thread),
            "reactionsAdded": [{"type": kind}],
            "replyToId": message.id,
        }

    def invoke(
        self,
        name: str,
        value: Mapping[str, Any],
        sender: Account,
        conversation: Conversation,
        about: Message | None = None,
    ) -> Json:
        """Return an invoke; *about* is the message whose card was used."""
        activity = self._common("invoke", sender, conversation, about.thread if about else None)
        activity |= {"name": name, "value": dict(value)}
        activity["channelData"]["source"] = {"name": "message" if about else "compose"}
        if about:
            activity["replyToId"] = about.id
            activity["channelData"]["legacy"] = {"replyToId": f"1:{about.id}"}
        return activity

    def members(
        self,
        field: str,
        accounts: list[Json],
        sender: Account,
        conversation: Conversation,
        event: str | None = None,
    ) -> Json:
        """Return `conversationUpdate` with *accounts* in *field* (`membersAdded`…)."""
        activity = self._with_team(self._common("conversationUpdate", sender, conversation))
        if event:
            activity["channelData"]["eventType"] = event
        return {**activity, field: accounts}

    def installation(self, action: str, sender: Account, conversation: Conversation) -> Json:
        """Return `installationUpdate`; *action* is `add` or `remove`."""
        activity = self._with_team(self._common("installationUpdate", sender, conversation))
        return {**activity, "action": action}

    def bot(self) -> Json:
        """Return the bot as an account."""
        return {"id": self._world.bot_id, "name": self._world.bot_name}

    def payload(self, conversation: Conversation, message: Message) -> Json:
        """Return a message as a message extension quotes it to the bot."""
        author = self._world.people.find(message.author)
        return {
            "linkToMessage": f"{LINK}/{conversation.id}/{message.id}",
            "id": message.id,
            "replyToId": message.root,
            "createdDateTime": _moment(message.at),
            "lastModifiedDateTime": message.edited_at and _moment(message.edited_at),
            "deleted": False,
            "summary": message.summary or None,
            "subject": None,
            "importance": "normal",
            "locale": LOCALE.lower(),
            "body": {"contentType": "html", "content": as_html(message)},
            "from": {
                "device": None,
                "conversation": None,
                "user": author and _quoted_user(author),
                "application": None if author else self._quoted_bot(),
            },
            "reactions": [],
            "mentions": [
                {"id": n, "mentionText": name, "mentioned": {"user": None, "application": None}}
                for n, name in enumerate(_mentioned(message))
            ],
            "attachments": list(message.attachments),
        }

    def _about_message(
        self, kind: str, sender: Account, conversation: Conversation, message: Message
    ) -> Json:
        activity = self._common(kind, sender, conversation, message.thread)
        html = {"contentType": "text/html", "content": as_html(message)}
        return {
            **activity,
            "id": message.id,
            "text": message.text,
            "textFormat": "plain",
            "attachments": [*message.attachments, html],
            "entities": [*message.entities, *activity["entities"]],
        }

    def _common(
        self,
        kind: str,
        sender: Account,
        conversation: Conversation,
        root: str | None = None,
    ) -> Json:
        now = self._world.now()
        return {
            "type": kind,
            "id": f"f:{uuid4()}",
            "timestamp": _moment(now),
            "localTimestamp": now.astimezone(ZoneInfo(sender.tz)).isoformat(
                timespec="milliseconds"
            ),
            "localTimezone": sender.tz,
            "locale": LOCALE,
            "channelId": "msteams",
            "serviceUrl": self._service_url,
            "from": sender.as_sender(),
            "recipient": self.bot(),
            "conversation": self._where(conversation, root),
            "entities": [_client(sender)],
            "channelData": self._channel_data(conversation),
        }

    def _where(self, conversation: Conversation, root: str | None) -> Json:
        body: Json = {
            "conversationType": str(conversation.scope),
            "tenantId": self._world.tenant_of(conversation),
            "id": conversation.wire_id(root),
        }
        if conversation.scope is not Scope.PERSONAL:
            body["isGroup"] = True
        name = conversation.wire_name()
        return body | ({"name": name} if name else {})

    def _channel_data(self, conversation: Conversation) -> Json:
        data: Json = {"tenant": {"id": self._world.tenant_of(conversation)}}
        team = self._world.team_of(conversation)
        if team is None:
            return data
        return {
            **data,
            "channel": {"id": conversation.id},
            "team": {"id": team.id},
            "teamsChannelId": conversation.id,
            "teamsTeamId": team.id,
        }

    def _with_team(self, activity: Json) -> Json:
        """Return an event of a team with the team's name, which other activities do not tell."""
        team_id = activity["channelData"].get("teamsTeamId")
        if team_id is None:
            return activity
        data = {**activity["channelData"], "team": self._world.team(team_id).as_json()}
        return {**activity, "channelData": data}

    def _quoted_bot(self) -> Json:
        return {
            "applicationIdentityType": "bot",
            "id": self._world.sample.app_id,
            "displayName": self._world.bot_name,
        }


def mention(account_id: str, name: str) -> Json:
    """Return the entity that makes `<at>name</at>` in a text a mention."""
    return {
        "type": "mention",
        "mentioned": {"id": account_id, "name": name},
        "text": f"<at>{name}</at>",
    }


def selected(activity: Json, conversation: Conversation) -> Json:
    """Return an activity of a team with the channel that was chosen at the installation."""
    data = {**activity["channelData"], "settings": {"selectedChannel": {"id": conversation.id}}}
    return {**activity, "channelData": data}


def _client(sender: Account) -> Json:
    return {
        "type": "clientInfo",
        "locale": LOCALE,
        "country": "US",
        "platform": "Web",
        "timezone": sender.tz,
    }


def _quoted_user(account: Account) -> Json:
    kind = "aadUser" if account.aad_object_id else "anonymousGuest"
    return {
        "userIdentityType": kind,
        "id": account.aad_object_id or account.id,
        "displayName": account.name,
    }


def _moment(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%S}.{at.microsecond // 1000:03d}Z"


def as_html(message: Message) -> str:
    """Return a message's text as the client writes it, with its mentions as elements."""
    text = escape(message.text, quote=False)
    for n, name in enumerate(_mentioned(message)):
        inner = escape(name, quote=False)
        text = text.replace(f"&lt;at&gt;{inner}&lt;/at&gt;", f'<at id="{n}">{inner}</at>')
    return f"<div><div>{text.replace(chr(10), '<br>')}</div></div>"


def _mentioned(message: Message) -> list[str]:
    entities = (entity for entity in message.entities if entity.get("type") == "mention")
    return [str(entity["mentioned"]["name"]) for entity in entities]
