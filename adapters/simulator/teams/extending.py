"""What people do with the message extension: commands on messages, commands, and queries."""

from uuid import uuid4

from adapters.simulator.teams.conversations import Conversation
from adapters.simulator.teams.dialogs import Origin
from adapters.simulator.teams.messages import Message
from adapters.simulator.teams.outcomes import Played, after_fetch, after_query
from adapters.simulator.teams.people import Account
from adapters.simulator.teams.pressing import THEME
from adapters.simulator.teams.stage import Json, Stage

EXTENSION_FETCH, QUERY = "composeExtension/fetchTask", "composeExtension/query"
ASKED_FOR = 25


class Extending(Stage):
    """The message extension; it works in every conversation, with the bot in it or not."""

    async def use_on(self, person: str, message: Message, command: str) -> Played:
        """Use a command from the menu of a message."""
        who, conversation = self.person(person), self.inside(person, message.conversation)
        payload = self.activities.payload(conversation, message)
        value = {**_command(command, "message"), "messagePayload": payload}
        return await self._fetch(who, conversation, value, message.id)

    async def use(self, person: str, where: str, command: str) -> Played:
        """Use a command from the compose box."""
        who, conversation = self.person(person), self.inside(person, where)
        return await self._fetch(who, conversation, _command(command, "compose"))

    async def search(
        self, person: str, where: str, command: str, text: str, *, parameter: str = "query"
    ) -> Played:
        """Type *text* into the search box of a query command."""
        who, conversation = self.person(person), self.inside(person, where)
        typed = (
            {"name": parameter, "value": text} if text else {"name": "initialRun", "value": "true"}
        )
        value = {
            **_command(command, "compose"),
            "parameters": [typed],
            "queryOptions": {"skip": 0, "count": ASKED_FOR},
        }
        activity = self.activities.invoke(QUERY, value, who, conversation)
        return self.done(after_query(await self.tell(activity, f"look for {text}", who)))

    async def _fetch(
        self, who: Account, conversation: Conversation, value: Json, about: str | None = None
    ) -> Played:
        activity = self.activities.invoke(EXTENSION_FETCH, value, who, conversation)
        delivery = await self.tell(activity, f"command {value['commandId']}", who)
        origin = Origin(conversation.id, about, value)
        return self.done(after_fetch(self.world, who, origin, delivery))


def _command(command: str, context: str) -> Json:
    return {
        "commandId": command,
        "commandContext": context,
        "requestId": uuid4().hex,
        "context": THEME,
    }
