"""What one person has on their screen of Teams, as the page's JSON."""

from collections.abc import Iterable
from typing import Any

from adapters.simulator.teams.conversations import Conversation, Scope, Team
from adapters.simulator.teams.dialogs import Dialog, warnings_in
from adapters.simulator.teams.messages import Message
from adapters.simulator.teams.people import Account, UserRole
from adapters.simulator.teams.world import World

Json = dict[str, Any]

#: How the page names whoever is no member of the company.
KINDS = {UserRole.GUEST: "guest", UserRole.ANONYMOUS: "anonymous"}
#: What the page calls each kind of conversation.
SCOPES = {Scope.CHANNEL: "channel", Scope.GROUP_CHAT: "group", Scope.PERSONAL: "dm"}


def account_json(world: World, account: Account) -> Json:
    """Return somebody for the selector, for mentions, and for inputs that pick a person."""
    is_ours = account.tenant_id == world.tenant_id
    return {
        "id": account.id,
        "aad_object_id": account.aad_object_id,
        "name": account.name,
        "handle": account.handle,
        "title": account.title,
        "tz": account.tz,
        "kind": KINDS.get(account.role, "member") if is_ours else "stranger",
        "deleted": account.deleted,
        "is_bot": False,
    }


def screen_json(world: World, person: Account, n: int) -> Json:
    """Return all that *person* sees now; *n* is the number of the newest change."""
    own_chat = world.personal(person.id)
    seen = [one for one in world.conversations.values() if _is_listed(world, one, person)]
    dialog = world.dialogs.get(person.id)
    return {
        "n": n,
        "now": world.now().isoformat(),
        "person": person.id,
        "teams": [_team_json(team, person) for team in world.teams.values()],
        "channels": [_channel_json(world, one, person) for one in [*seen, own_chat]],
        "dialog": dialog and _dialog_json(dialog),
    }


def _is_listed(world: World, conversation: Conversation, person: Account) -> bool:
    is_personal = conversation.scope is Scope.PERSONAL
    return not is_personal and person in world.members_of(conversation)


def _team_json(team: Team, person: Account) -> Json:
    return {
        "id": team.id,
        "name": team.name,
        "is_member": person.id in team.members,
        "bot_is_member": team.has_bot,
        "is_overheard": team.is_overheard,
    }


def _channel_json(world: World, conversation: Conversation, person: Account) -> Json:
    is_personal = conversation.scope is Scope.PERSONAL
    return {
        "id": conversation.id,
        "name": "General" if conversation.is_general else conversation.name,
        "kind": SCOPES[conversation.scope],
        "team": conversation.team,
        "type": conversation.type,
        "bot_is_member": world.has_bot(conversation),
        "members": [account.id for account in world.members_of(conversation)],
        "with": world.bot_id if is_personal else None,
        "messages": [
            _message_json(world, conversation, message, person)
            for message in _in_reading_order(conversation.messages.values())
        ],
    }


def _in_reading_order(messages: Iterable[Message]) -> list[Message]:
    """Return whole threads after each other, the one written to last at the end."""
    written = sorted(messages, key=lambda message: int(message.id))
    newest = {message.thread: int(message.id) for message in written}
    return sorted(written, key=lambda message: newest[message.thread])


def _message_json(
    world: World, conversation: Conversation, message: Message, person: Account
) -> Json:
    author = world.people.find(message.author)
    card = message.card_for(person.id)
    return {
        "id": message.id,
        "thread": message.root,
        "at": message.at.isoformat(),
        "user": message.author,
        "author": {"name": author.name if author else world.bot_name, "is_bot": author is None},
        "text": message.text,
        "mentions": [
            {"id": entity["mentioned"]["id"], "text": entity["text"]}
            for entity in message.entities
            if entity.get("type") == "mention"
        ],
        "card": card,
        "summary": message.summary or (card or {}).get("fallbackText", ""),
        "edited": message.edited_at is not None,
        "reply_count": 0 if message.root else len(conversation.thread(message.id)) - 1,
    }


def _dialog_json(dialog: Dialog) -> Json:
    """Return a dialog; of its errors those that the card does not show by itself."""
    shown = warnings_in(dialog.card)
    return {
        "title": dialog.title,
        "card": dialog.card,
        "errors": {name: said for name, said in dialog.errors.items() if shown.get(name) != said},
        "answers": dict(dialog.answers),
    }
