"""Where the steps of a tour happen: what a person does on a platform, and what they see there."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Protocol

from adapters.simulator.blocks import elements_of
from adapters.simulator.errors import Unplayable
from adapters.simulator.messages import Message, texts_in
from adapters.simulator.simulator import SlackSimulator
from adapters.simulator.teams.messages import Message as TeamsMessage
from adapters.simulator.teams.reading import actions_of
from adapters.simulator.teams.simulator import TeamsSimulator
from adapters.simulator.views import View

SLACK, TEAMS = "slack", "teams"
#: As a step's channel: the person's own conversation with the bot.
DIRECT = "direct message"


@dataclass(frozen=True, slots=True)
class Types:
    """Types a slash command."""

    command: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Says:
    """Writes a message; `@Parley` in it is a mention."""

    text: str


@dataclass(frozen=True, slots=True)
class Presses:
    """Presses a button by its label, on the open form or else on the newest message that has it.

    `then` is the button that sends the form which opens, with nothing filled in.
    """

    label: str
    then: str = ""


@dataclass(frozen=True, slots=True)
class Fills:
    """Fills in the open form, by the labels of its inputs, and submits it."""

    answers: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Waits:
    """Moves the clock forward, so that all happens that falls due on the way."""

    days: int = 0
    hours: int = 0

    @property
    def length(self) -> timedelta:
        """Return how far the clock is moved."""
        return timedelta(days=self.days, hours=self.hours)


@dataclass(frozen=True, slots=True)
class Jumps:
    """Moves the clock to one of the moments that the page offers, by its label."""

    to: str


Act = Types | Says | Presses | Fills | Waits | Jumps


class Scene(Protocol):
    """One platform, as a tour plays on it. People go by handle, channels by name."""

    def id_of(self, person: str) -> str:
        """Return the id of a person."""
        ...

    def channel_id(self, channel: str) -> str | None:
        """Return the id of a channel; None for everybody's own conversation with the bot."""
        ...

    def sight(self, person: str, channel: str) -> list[str]:
        """Return the words of everything that a person sees there."""
        ...

    async def act(self, person: str, channel: str, act: Act, patience_seconds: float) -> None:
        """Do something."""
        ...

    async def wait_for(self, claim: Callable[[], object], patience_seconds: float) -> None:
        """Wait until *claim* holds."""
        ...


class SlackScene:
    """Slack, with its windows and Home."""

    def __init__(self, slack: SlackSimulator) -> None:
        self._slack = slack
        self.wait_for = slack.wait_for

    def id_of(self, person: str) -> str:
        """Return the id of a person."""
        return self._slack.person(person).id

    def channel_id(self, channel: str) -> str | None:
        """Return the id of a channel; None for everybody's own conversation with the bot."""
        return None if channel == DIRECT else self._slack.channel(channel).id

    def sight(self, person: str, channel: str) -> list[str]:
        """Return the words of everything that a person sees there, windows included."""
        views = [self._slack.view_of(person), self._slack.home_of(person)]
        messages = self._slack.sees(person, self._inside(person, channel))
        return [
            *(f"{message.ts}\n{message.words()}" for message in messages),
            *("\n".join(texts_in([view.body])) for view in views if view),
        ]

    async def act(self, person: str, channel: str, act: Act, patience_seconds: float) -> None:
        """Do something."""
        where = self._inside(person, channel)
        match act:
            case Types(command, text):
                await self._slack.command(person, where, command, text)
            case Says(text):
                await self._slack.post(person, where, text)
            case Presses(label, then):
                # What is to be pressed may still be on its way.
                await self.wait_for(lambda: self._with(person, where, label), patience_seconds)
                await self._slack.press(person, self._with(person, where, label)[0], label)
                if then:
                    await self.wait_for(lambda: self._sent_by(person) == then, patience_seconds)
                    await self._fill(person, {})
            case Fills(answers):
                await self._fill(person, answers)
            case Waits() | Jumps():
                raise Unplayable("This clock cannot be moved.")

    async def _fill(self, person: str, answers: Mapping[str, Any]) -> None:
        view = self._slack.view_of(person)
        if view is None:
            raise Unplayable("No form is open.")
        await self._slack.submit(person, view, answers)

    def _sent_by(self, person: str) -> str:
        """Return the label of the button that sends the open form, "" where there is none."""
        view = self._slack.view_of(person)
        return view.body.get("submit", {}).get("text", "") if view else ""

    def _with(self, person: str, channel: str, label: str) -> list[Message | View]:
        """Return where a button with this label is in sight, the newest first."""
        view = self._slack.view_of(person)
        surfaces: list[Message | View] = [view] if view else []
        surfaces += reversed(self._slack.sees(person, channel))
        return [surface for surface in surfaces if _has_button(surface, label)]

    def _inside(self, person: str, channel: str) -> str:
        return self.channel_id(channel) or self._slack.direct_channel(person).id


class TeamsScene:
    """Teams, where a tour writes and presses."""

    def __init__(self, teams: TeamsSimulator) -> None:
        self._teams = teams
        self.wait_for = teams.wait_for

    def id_of(self, person: str) -> str:
        """Return the id of a person."""
        return self._teams.person(person).id

    def channel_id(self, channel: str) -> str | None:
        """Return the id of a channel; None for everybody's own conversation with the bot."""
        return None if channel == DIRECT else self._teams.conversation(channel).id

    def sight(self, person: str, channel: str) -> list[str]:
        """Return the words of everything that a person sees there."""
        return [f"{one.id}\n{one.words()}" for one in self._seen(person, channel)]

    async def act(self, person: str, channel: str, act: Act, patience_seconds: float) -> None:
        """Do something.

        Raises:
            Unplayable: Teams has nothing of the kind, or no tour needs it yet.
        """
        match act:
            case Says(text) if channel == DIRECT:
                await self._teams.direct(person, text)
            case Says(text):
                await self._teams.say(person, channel, text)
            case Presses(label, then):
                await self.wait_for(lambda: self._with(person, channel, label), patience_seconds)
                await self._teams.press(person, self._with(person, channel, label)[0], label)
                if then:
                    await self._send(person, then, patience_seconds)
            case _:
                raise Unplayable("A tour cannot do that on Teams.")

    async def _send(self, person: str, label: str, patience_seconds: float) -> None:
        await self.wait_for(lambda: self._teams.dialog_of(person), patience_seconds)
        dialog = self._teams.dialog_of(person)
        if dialog is not None:
            await self._teams.submit(person, dialog, button=label)

    def _with(self, person: str, channel: str, label: str) -> list[TeamsMessage]:
        """Return the messages with a button of this label, the newest first."""
        messages = reversed(self._seen(person, channel))
        return [one for one in messages if label in _titles(one)]

    def _seen(self, person: str, channel: str) -> list[TeamsMessage]:
        if channel == DIRECT:
            return self._teams.sees_direct(person)
        return self._teams.sees(person, channel)


def _has_button(surface: Message | View, label: str) -> bool:
    elements = elements_of(list(surface.blocks))
    return any((element.get("text") or {}).get("text") == label for element in elements)


def _titles(message: TeamsMessage) -> list[str]:
    # A link is an action as well, without a title.
    return [action.item.get("title", "") for action in actions_of(message.card or {})]
