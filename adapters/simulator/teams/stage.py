"""What every act of a person needs: who and where by name, and the way to the bot."""

from abc import ABC, abstractmethod
from typing import Any

from adapters.simulator.errors import Unplayable
from adapters.simulator.line import Delivery
from adapters.simulator.teams.activities import Activities
from adapters.simulator.teams.conversations import Conversation, Scope, Team
from adapters.simulator.teams.dialogs import Dialog
from adapters.simulator.teams.messages import Message
from adapters.simulator.teams.outcomes import Played
from adapters.simulator.teams.people import Account
from adapters.simulator.teams.wire import Parcel
from adapters.simulator.teams.world import World

Json = dict[str, Any]


class Stage(ABC):
    """Where people act. They go by handle, id or e-mail, conversations by name or id."""

    world: World

    @property
    @abstractmethod
    def activities(self) -> Activities:
        """Return the writer of activities."""

    @abstractmethod
    async def deliver(self, parcel: Parcel) -> Delivery:
        """Send *parcel* to the bot."""

    @abstractmethod
    def hand_out(self, content: bytes) -> str:
        """Return the address of a file with *content*; whoever knows it may read the file."""

    @abstractmethod
    def changed(self) -> None:
        """Tell whoever watches that something changed."""

    def person(self, name: str) -> Account:
        """Return who goes by *name*."""
        found = self.world.people.find(name)
        if found is None:
            raise Unplayable(f"Nobody here is called {name}.")
        if found.deleted:
            raise Unplayable(f"{found.name} has left and cannot sign in any more.")
        return found

    def conversation(self, name: str) -> Conversation:
        """Return the channel or chat with this name or id."""
        found = self.world.conversation_called(name)
        if found is None:
            raise Unplayable(f"There is no channel or chat called {name}.")
        return found

    def team(self, name: str) -> Team:
        """Return the team with this name or id."""
        for team in self.world.teams.values():
            if name.casefold() in {team.id, team.name.casefold()}:
                return team
        raise Unplayable(f"There is no team called {name}.")

    def inside(self, person: str, where: str) -> Conversation:
        """Return the conversation, if the person is in it."""
        who, conversation = self.person(person), self.conversation(where)
        if who not in self.world.members_of(conversation):
            raise Unplayable(f"{who.name} is not in {conversation.name}.")
        return conversation

    def own_chat(self, person: str) -> Conversation:
        """Return the chat between a person and the bot."""
        return self.world.personal(self.person(person).id)

    def sees(self, person: str, where: str) -> list[Message]:
        """Return what the person sees in a conversation now, oldest first."""
        return list(self.inside(person, where).messages.values())

    def sees_direct(self, person: str) -> list[Message]:
        """Return what the person sees in the chat with the bot."""
        return list(self.own_chat(person).messages.values())

    def sees_thread(self, person: str, message: Message) -> list[Message]:
        """Return the thread that *message* stands in, oldest first."""
        return self.inside(person, message.conversation).thread(message.thread)

    def dialog_of(self, person: str) -> Dialog | None:
        """Return the dialog that is before the person."""
        return self.world.dialogs.get(self.person(person).id)

    def is_heard(self, conversation: Conversation, message: Message) -> bool:
        """Say whether the bot is told of *message*: it was mentioned, or may hear everything."""
        if not self.world.has_bot(conversation):
            return False
        team = self.world.team_of(conversation)
        return (
            conversation.scope is Scope.PERSONAL
            or (team is not None and team.is_overheard)
            or self.world.bot_id in _mentioned(message)
        )

    async def tell(self, activity: Json, title: str, who: Account | None = None) -> Delivery:
        """Send *activity* to the bot."""
        return await self.deliver(Parcel(activity, title, who.id if who else None))

    def done(self, played: Played) -> Played:
        """Return *played* after everybody who watches was told."""
        self.changed()
        return played


def _mentioned(message: Message) -> set[str]:
    return {str(entity.get("mentioned", {}).get("id")) for entity in message.entities}
