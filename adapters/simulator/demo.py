"""Plays a tour without a page: each step is done, and must show what it promises."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from adapters.simulator.blocks import elements_of
from adapters.simulator.errors import Unplayable
from adapters.simulator.menu import TourLine
from adapters.simulator.messages import Message, texts_in
from adapters.simulator.simulator import SlackSimulator
from adapters.simulator.views import View

#: As a step's channel: the direct message with the bot.
DIRECT = "direct message"
PATIENCE_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Types:
    """Types a slash command."""

    command: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Presses:
    """Presses a button by its label, on the open form or else on the newest message that has it."""

    label: str


@dataclass(frozen=True, slots=True)
class Fills:
    """Fills in the open form, by the labels of its inputs, and submits it."""

    answers: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a tour.

    `expects` must come into the person's sight; with `seen_by`, into somebody else's. The channel
    is where the step happens and where it shows, unless `seen_in` names another.
    """

    title: str
    does: str
    person: str
    channel: str
    act: Types | Presses | Fills
    expects: str
    seen_by: str | None = None
    seen_in: str | None = None

    def line(self, slack: SlackSimulator) -> TourLine:
        """Return the step as the page lists it."""
        typed = self.act if isinstance(self.act, Types) else None
        return TourLine(
            self.title,
            self.does,
            self.expects,
            person=slack.person(self.person).id,
            channel=None if self.channel == DIRECT else slack.channel(self.channel).id,
            command=typed.command if typed else None,
            text=typed.text if typed else None,
            press=self.act.label if isinstance(self.act, Presses) else None,
        )


def lines(slack: SlackSimulator, steps: Sequence[Step]) -> tuple[TourLine, ...]:
    """Return *steps* as the page lists them."""
    return tuple(step.line(slack) for step in steps)


async def play(
    slack: SlackSimulator,
    steps: Sequence[Step],
    tell: Callable[[str], None],
    *,
    patience_seconds: float = PATIENCE_SECONDS,
) -> int:
    """Play *steps* in order, tell of each, and return how many showed something else."""
    differences = 0
    for number, step in enumerate(steps, start=1):
        tell(f"{number}. {step.title}: {step.does}")
        difference = await _play(slack, step, patience_seconds)
        differences += difference is not None
        tell(f"   ✗ {difference}" if difference else f"   ✓ {step.expects}")
    return differences


async def _play(slack: SlackSimulator, step: Step, patience_seconds: float) -> str | None:
    before = _sight(slack, step)
    try:
        await _act(slack, step, patience_seconds)
        await slack.wait_for(
            lambda: any(step.expects in words for words in _new(slack, step, before)),
            patience_seconds,
        )
    except Unplayable as error:
        shown = " | ".join(_new(slack, step, before)) or "nothing new"
        return f"“{step.expects}” did not come into sight. {error} Shown instead: {shown}"
    return None


async def _act(slack: SlackSimulator, step: Step, patience_seconds: float) -> None:
    channel = _channel(slack, step.person, step.channel)
    match step.act:
        case Types(command, text):
            await slack.command(step.person, channel, command, text)
        case Presses(label):
            # What is to be pressed may still be on its way.
            await slack.wait_for(
                lambda: _surfaces_with(slack, step.person, channel, label), patience_seconds
            )
            surface = _surfaces_with(slack, step.person, channel, label)[0]
            await slack.press(step.person, surface, label)
        case Fills(answers):
            view = slack.view_of(step.person)
            if view is None:
                raise Unplayable("No form is open.")
            await slack.submit(step.person, view, answers)


def _surfaces_with(
    slack: SlackSimulator, person: str, channel: str, label: str
) -> list[Message | View]:
    """Return where a button with this label is in sight, the newest first."""
    view = slack.view_of(person)
    surfaces: list[Message | View] = [view] if view else []
    surfaces += reversed(slack.sees(person, channel))
    return [surface for surface in surfaces if _has_button(surface, label)]


def _has_button(surface: Message | View, label: str) -> bool:
    elements = elements_of(list(surface.blocks))
    return any((element.get("text") or {}).get("text") == label for element in elements)


def _new(slack: SlackSimulator, step: Step, before: Sequence[str]) -> list[str]:
    return [words for words in _sight(slack, step) if words not in before]


def _sight(slack: SlackSimulator, step: Step) -> list[str]:
    """Return the words of everything the step may show itself in."""
    person = step.seen_by or step.person
    channel = _channel(slack, person, step.seen_in or step.channel)
    views = [slack.view_of(person), slack.home_of(person)]
    return [
        *(f"{message.ts}\n{message.words()}" for message in slack.sees(person, channel)),
        *("\n".join(texts_in([view.body])) for view in views if view),
    ]


def _channel(slack: SlackSimulator, person: str, channel: str) -> str:
    found = slack.direct_channel(person) if channel == DIRECT else slack.channel(channel)
    return found.id
