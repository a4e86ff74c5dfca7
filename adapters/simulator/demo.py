"""Plays a tour without a page: each step is done, and must show what it promises."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from adapters.simulator.errors import Unplayable
from adapters.simulator.menu import Beside, ForwardClock, TourLine, jumps
from adapters.simulator.scenes import (
    DIRECT,
    SLACK,
    TEAMS,
    Act,
    Jumps,
    Presses,
    Says,
    Scene,
    SlackScene,
    TeamsScene,
    Types,
    Waits,
)
from adapters.simulator.simulator import SlackSimulator
from adapters.simulator.teams.simulator import TeamsSimulator

#: A card is edited some seconds after what changed it, and a machine may have much else to do.
PATIENCE_SECONDS = 30.0

Scenes = Mapping[str, Scene]


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a tour.

    `expects` must come into the person's sight; with `seen_by`, into somebody else's. The channel
    is where the step happens and where it shows, unless `seen_in` names another. With `beside`,
    it must also come into that person's sight on the other platform: in their own conversation
    with the bot, unless `beside_in` names a channel.
    """

    title: str
    does: str
    person: str
    channel: str
    act: Act
    expects: str
    seen_by: str | None = None
    seen_in: str | None = None
    platform: str = SLACK
    beside: str | None = None
    beside_in: str = DIRECT

    @property
    def other_platform(self) -> str:
        """Return the platform on which the step is not done."""
        return TEAMS if self.platform == SLACK else SLACK

    def line(self, scenes: Scenes) -> TourLine:
        """Return the step as the page lists it."""
        here, other = scenes[self.platform], self.other_platform
        there = scenes[other]
        beside = (
            Beside(other, there.id_of(self.beside), there.channel_id(self.beside_in))
            if self.beside
            else None
        )
        command = self.act.command if isinstance(self.act, Types) else None
        text = self.act.text if isinstance(self.act, Types | Says) else None
        return TourLine(
            self.title,
            self.does,
            self.expects,
            person=here.id_of(self.person),
            channel=here.channel_id(self.channel),
            command=command,
            text=text,
            press=self.act.label if isinstance(self.act, Presses) else None,
            then=(self.act.then or None) if isinstance(self.act, Presses) else None,
            wait_seconds=_seconds(self.act) if isinstance(self.act, Waits) else None,
            jump=self.act.to if isinstance(self.act, Jumps) else None,
            platform=self.platform,
            seen_alone=self.seen_in == DIRECT,
            beside=beside,
        )


def scenes_of(slack: SlackSimulator, teams: TeamsSimulator) -> Scenes:
    """Return where the tour plays."""
    return {SLACK: SlackScene(slack), TEAMS: TeamsScene(teams)}


def lines(scenes: Scenes, steps: Sequence[Step]) -> tuple[TourLine, ...]:
    """Return *steps* as the page lists them."""
    return tuple(step.line(scenes) for step in steps)


async def play(
    scenes: Scenes,
    steps: Sequence[Step],
    tell: Callable[[str], None],
    *,
    clock: ForwardClock | None = None,
    patience_seconds: float = PATIENCE_SECONDS,
) -> int:
    """Play *steps* in order, tell of each, and return how many showed something else."""
    differences = 0
    for number, step in enumerate(steps, start=1):
        tell(f"{number}. {step.title}: {step.does}")
        difference = await _play(scenes, step, clock, patience_seconds)
        differences += difference is not None
        tell(f"   ✗ {difference}" if difference else f"   ✓ {step.expects}")
    return differences


@dataclass(frozen=True, slots=True)
class _Sight:
    """What a person sees somewhere, without what they saw before."""

    scene: Scene
    person: str
    channel: str
    before: Sequence[str]

    @classmethod
    def now(cls, scene: Scene, person: str, channel: str) -> "_Sight":
        return cls(scene, person, channel, scene.sight(person, channel))

    def new(self) -> list[str]:
        return [
            words
            for words in self.scene.sight(self.person, self.channel)
            if words not in self.before
        ]


def _sights(scenes: Scenes, step: Step) -> list[_Sight]:
    """Return everything that the step must show itself in."""
    reader, where = step.seen_by or step.person, step.seen_in or step.channel
    sights = [_Sight.now(scenes[step.platform], reader, where)]
    if step.beside:
        sights.append(_Sight.now(scenes[step.other_platform], step.beside, step.beside_in))
    return sights


async def _play(
    scenes: Scenes, step: Step, clock: ForwardClock | None, patience_seconds: float
) -> str | None:
    sights = _sights(scenes, step)
    try:
        await _act(scenes[step.platform], step, clock, patience_seconds)
        for sight in sights:
            await sight.scene.wait_for(
                lambda sight=sight: any(step.expects in words for words in sight.new()),  # type: ignore[misc]  # bound at once
                patience_seconds,
            )
    except Unplayable as error:
        shown = " | ".join(words for sight in sights for words in sight.new()) or "nothing new"
        return f"“{step.expects}” did not come into sight. {error} Shown instead: {shown}"
    return None


async def _act(
    scene: Scene, step: Step, clock: ForwardClock | None, patience_seconds: float
) -> None:
    """Do what a step says, on its platform or with the clock."""
    match step.act:
        case Waits() if clock is not None:
            clock.move_to(clock.now() + step.act.length)
        case Jumps(to) if clock is not None:
            clock.move_to(jumps(clock.now())[to])
        case _:
            await scene.act(step.person, step.channel, step.act, patience_seconds)


def _seconds(act: Waits) -> int:
    return round(act.length.total_seconds())
